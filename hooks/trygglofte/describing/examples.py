"""The examples of the model, as values: for schemas, snippets and starters alike."""

from __future__ import annotations

import re
from typing import Any

from pydantic.fields import FieldInfo

from trygglofte.describing.kinds import opened
from trygglofte.describing.shapes import Group, Items, Keyed, Shape, Value, Word, shape_of
from trygglofte.model.base import Part
from trygglofte.reading import plain, read_document

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]*[1-9])?")


def example_of(info: FieldInfo) -> Any:
    """A field's example as dicts, lists and texts; made of the examples within where it has none itself."""
    if info.examples:
        return understood(str(info.examples[0]))
    return _made_up(shape_of(info), info)


def example_part(part: type[Part]) -> dict[str, Any]:
    """A part with what one writes at once in it."""
    return {
        str(info.alias): example_of(info) for name, info in part.model_fields.items() if opened(part, name)
    } or {str(info.alias): example_of(info) for info in list(part.model_fields.values())[:1]}


def understood(written: str) -> Any:
    """What a value written in YAML holds, every single value as its text."""
    tree, problems = read_document(f"x: {written}\n".encode(), "x")
    assert tree is not None, problems
    return plain(tree)["x"]


def as_json(value: Any) -> Any:
    """The same with numbers as numbers, where an editor writes them back as they were."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if _PLAIN_NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value


def _made_up(shape: Shape, info: FieldInfo) -> Any:
    if isinstance(shape, Group):
        return example_part(shape.part)
    if isinstance(shape, Items):
        return [_made_up(shape.item, info)]
    if isinstance(shape, Keyed):
        return {understood(shape.key.right[0]): _made_up(shape.item, info)}
    if isinstance(shape, Word):
        return str(next(iter(shape.kind)))
    assert isinstance(shape, Value)
    return info.description or shape.accepted.right[0]
