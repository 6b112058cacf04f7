"""What stands under a key, read from the model's own types: a value, a word, a group of keys, or many of them."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BeforeValidator, PlainValidator
from pydantic.fields import FieldInfo

from trygglofte.describing.accepted import TYPES, Accepted
from trygglofte.model.base import Part


@dataclass(frozen=True)
class Value:
    """A single value of a type."""

    accepted: Accepted


@dataclass(frozen=True)
class Word:
    """A word of a closed list."""

    kind: type[StrEnum]


@dataclass(frozen=True)
class Group:
    """Keys with values."""

    part: type[Part]


@dataclass(frozen=True)
class Items:
    """A list. With `single` one item may be written without its list."""

    item: Shape
    single: bool


@dataclass(frozen=True)
class Keyed:
    """Keys that the writer chooses, each with a value of one shape."""

    key: Accepted
    item: Shape


Shape = Value | Word | Group | Items | Keyed


def shape_of(info: FieldInfo) -> Shape:
    """The shape of a field of the model."""
    return _shape(info.annotation, tuple(info.metadata))


def fields(part: type[Part]) -> Iterator[tuple[str, FieldInfo]]:
    """The Swedish keys of a part with their fields: those that must be there first."""
    ordered = sorted(part.model_fields.values(), key=lambda info: not info.is_required())
    return ((str(info.alias), info) for info in ordered)


def parts_in(part: type[Part]) -> Iterator[type[Part]]:
    """Every part that a part holds, itself first, each once and in the order they are met."""
    found = [part]
    for outer in found:
        yield outer
        for _, info in fields(outer):
            inner = group_in(shape_of(info))
            if inner and inner not in found:
                found.append(inner)


def group_in(shape: Shape) -> type[Part] | None:
    """The part that a shape leads to, however many of it there may be."""
    while isinstance(shape, Items | Keyed):
        shape = shape.item
    return shape.part if isinstance(shape, Group) else None


def names_theme(alias: str, shape: Shape) -> bool:
    """Whether a key holds ids of themes."""
    inner = shape.item if isinstance(shape, Items) else shape
    return alias in {"tema", "teman"} and isinstance(inner, Value)


def _shape(annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _shape(arguments[0], (*arguments[1:], *metadata))
    understood = next((item.func for item in metadata if isinstance(item, PlainValidator)), None)
    if understood in TYPES:
        return Value(TYPES[understood])
    if understood and isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Word(annotation)
    if understood is None and origin in {typing.Union, types.UnionType}:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return _shape(inner, metadata)
    if understood is None and origin is tuple:
        return Items(_shape(arguments[0]), any(isinstance(item, BeforeValidator) for item in metadata))
    if understood is None and origin is dict:
        key = _shape(arguments[0])
        assert isinstance(key, Value)
        return Keyed(key.accepted, _shape(arguments[1]))
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return Group(annotation)
    raise TypeError(f"describe {understood or annotation} in describing/accepted.py")
