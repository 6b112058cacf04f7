"""What every part of a document shares: the join of English name and Swedish key.

A field is declared once, with `key()`: English attribute, Swedish key, title, description and example.
Schemas, reference pages and messages are made from that and never written a second time.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, PlainValidator, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from trygglofte.reading.tree import fold


def key(alias: str, title: str, description: str, *, example: str = "", default: Any = ...) -> Any:
    """A field of the model: its Swedish key, title, what it is for, and an example as it is written.

    Without a default the key must be there.
    """
    return Field(
        default, alias=alias, title=title, description=description, examples=[example] if example else None
    )


def maybe(alias: str, title: str, description: str, *, example: str = "") -> Any:
    """A field that may be left out; None where it is."""
    return key(alias, title, description, example=example, default=None)


def many(alias: str, title: str, description: str, *, example: str = "") -> Any:
    """A list that may be left out; empty where it is."""
    return key(alias, title, description, example=example, default=())


class Understood(PlainValidator):
    """A value that a function understands from what was written.

    To pydantic it is that function and nothing more: how the value would be written as JSON, which nobody asks, is
    not worked out every time the program starts.
    """

    def __get_pydantic_core_schema__(self, source_type: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The function alone."""
        return core_schema.no_info_plain_validator_function(self.func)  # type: ignore[arg-type]


class Part(BaseModel):
    """A group of keys. Frozen; unknown keys are errors; keys may be typed without dots and rings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _respell(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            data = cls.from_short(data)
            if not isinstance(data, dict):
                raise PydanticCustomError(
                    "fel-form", "Här ska det stå nycklar med värden, inte {what}.", {"what": what(data)}
                )
        if data.keys() <= _keys_of(cls):
            return data
        spelling = spellings(cls)
        return {spelling.get(name, spelling.get(fold(name), name)): value for name, value in data.items()}

    @classmethod
    def from_short(cls, data: Any) -> Any:
        """The long form of a value written in short; parts that have a short form say which."""
        return data


def what(value: object) -> str:
    """What kind of thing was written, in Swedish."""
    if isinstance(value, dict):
        return "nycklar med värden"
    if isinstance(value, list):
        return "en lista"
    return "en text" if value else "ingenting"


def shown(text: object) -> str:
    """What somebody wrote, short enough to stand in a message."""
    line = " ".join(str(text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"


_SHOWN = 60
_spellings: dict[type[Part], dict[str, str]] = {}


def spellings(model: type[Part]) -> dict[str, str]:
    """Every accepted spelling of a model's keys → the key."""
    found = _spellings.get(model)
    if found is None:
        names = [str(info.alias) for info in model.model_fields.values()]
        found = {fold(name): name for name in names} | {name: name for name in names}
        _spellings[model] = found
    return found


@cache
def _keys_of(model: type[Part]) -> frozenset[str]:
    return frozenset(keys(model))


def keys(model: type[Part]) -> list[str]:
    """The Swedish keys of a model, in the order in which they are declared."""
    return [str(info.alias) for info in model.model_fields.values()]


def alias_of(model: type[Part], attribute: str) -> str:
    """The Swedish key of an English attribute."""
    return _aliases(model)[attribute]


@cache
def _aliases(model: type[Part]) -> dict[str, str]:
    return {name: str(info.alias) for name, info in model.model_fields.items()}


Within = tuple[tuple[str | int, ...], "Part"]
"""A part within another, after the way there."""


def parts_within(part: Part) -> list[Within]:
    """Every part within a part, the outer before the inner, with the way there."""
    found: list[Within] = []
    _gather(part, (), found)
    return found


def _gather(part: Part, steps: tuple[str | int, ...], found: list[Within]) -> None:
    for name in _holders(type(part)):
        value = getattr(part, name)
        if isinstance(value, Part):
            found.append(((*steps, name), value))
            _gather(value, (*steps, name), found)
        elif value and isinstance(value, (tuple, dict)):
            for step, item in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(item, Part):
                    found.append(((*steps, name, step), item))
                    _gather(item, (*steps, name, step), found)


@cache
def _holders(model: type[Part]) -> tuple[str, ...]:
    """The attributes of a model that may hold parts: most hold texts and numbers, and need no look."""
    return tuple(name for name, info in model.model_fields.items() if _may_hold(info.annotation))


def _may_hold(annotation: Any) -> bool:
    arguments = typing.get_args(annotation)
    return _is_part(annotation) or isinstance(annotation, str) or any(map(_may_hold, arguments))


def part_at(model: type[Part], path: tuple[str | int, ...]) -> type[Part] | None:
    """The model that describes the place a path of Swedish keys leads to, or None."""
    found: list[Any] = [model]
    for step in path:
        found = [inner for outer in found for inner in _inside(outer, step)]
    return next((item for item in found if _is_part(item)), None)


def _is_part(item: Any) -> bool:
    return isinstance(item, type) and issubclass(item, Part)


def _inside(outer: Any, step: str | int) -> Iterator[Any]:
    if _is_part(outer):
        for info in outer.model_fields.values():
            if info.alias == step:
                yield from _unwrapped(info.annotation)
        return
    origin, arguments = typing.get_origin(outer), typing.get_args(outer)
    if (origin is tuple and isinstance(step, int)) or (origin is list and isinstance(step, int)):
        yield from _unwrapped(arguments[0])
    elif origin is dict and isinstance(step, str):
        yield from _unwrapped(arguments[1])


def _unwrapped(annotation: Any) -> Iterator[Any]:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _unwrapped(typing.get_args(annotation)[0])
    elif origin in (typing.Union, types.UnionType):
        for argument in typing.get_args(annotation):
            yield from _unwrapped(argument)
    else:
        yield annotation
