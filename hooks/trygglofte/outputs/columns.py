"""The columns of a table, made from the model: one for every single value and every list of single values.

A column's name is its way of Swedish keys, `omfattning.minst`. Lists of parts have tables of their own or none.
A cell is text: numbers with a full stop, `ja` and `nej`, and lists with ` | ` between their items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from pydantic.fields import FieldInfo

from trygglofte.describing.accepted import Json
from trygglofte.describing.shapes import Group, Items, Shape, Value, Word, shape_of
from trygglofte.model.base import Part
from trygglofte.model.common import When

DERIVED = "härlett."
"""What the names of columns begin with that follow from others, and are not to be changed."""

_NUMBERS = {"tal", "heltal"}
_MAYBE_NUMBERS = {"antal", "tal-eller-dolt", "redovisat-antal"}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BETWEEN = " | "


@dataclass(frozen=True)
class Column:
    """A column. `path` is its way of keys within the row's part; empty for what identifies or is derived."""

    name: str
    title: str
    description: str
    path: tuple[str, ...] = ()
    type: str = "kort-text"
    many: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether every cell holds a number."""
        return self.type in _NUMBERS and not self.many

    @cached_property
    def may_be_number(self) -> bool:
        """Whether a cell may hold a number."""
        return self.is_number or (self.type in _MAYBE_NUMBERS and not self.many)

    @property
    def is_derived(self) -> bool:
        """Whether it follows from others."""
        return self.name.startswith(DERIVED)

    def as_field(self) -> Json:
        """The column as a field of a Table Schema (Data Package)."""
        kind = {"tal": "number", "heltal": "integer", "dag": "date"}.get(self.type, "string")
        limits = {"constraints": {"enum": list(self.words)}} if self.words and not self.many else {}
        return {
            "name": self.name, "type": "string" if self.many else kind, "title": self.title,
            "description": self.description + (" Flera skiljs åt med ” | ”." if self.many else ""), **limits,
        }  # fmt: skip


@cache
def columns_of(model: type[Part], skip: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The columns of a part of the model, in the model's order. `skip` names keys that have no column."""
    return tuple(column for column in _columns(model, (), (), ()) if column.path[0] not in skip)


def _columns(
    model: type[Part], path: tuple[str, ...], titles: tuple[str, ...], above: tuple[type[Part], ...]
) -> Iterator[Column]:
    for info in model.model_fields.values():
        here, named = (*path, str(info.alias)), (*titles, str(info.title))
        shape = shape_of(info)
        if isinstance(shape, Group):
            if issubclass(shape.part, When):  # a known date stands alone, a wording has keys of its own
                yield _column(info, here, named, "datum")
            if shape.part not in above:
                yield from _columns(shape.part, here, named, (*above, model))
        elif isinstance(shape, Items) and isinstance(shape.item, Value | Word):
            yield _column(info, here, named, _type(shape.item), shape.item, many=True)
        elif isinstance(shape, Value | Word) and _type(shape) != "sigill":
            yield _column(info, here, named, _type(shape), shape, many=_type(shape) == "rytm")


def _type(shape: Shape) -> str:
    return shape.accepted.id if isinstance(shape, Value) else "ord"


def _column(
    info: FieldInfo, path: tuple[str, ...], titles: tuple[str, ...], sort: str, shape: Shape | None = None,
    many: bool = False,
) -> Column:  # fmt: skip
    words = tuple(str(word) for word in shape.kind) if isinstance(shape, Word) else ()
    return Column(".".join(path), ": ".join(titles), str(info.description), path, sort, many, words)


def cell_of(value: Any) -> str:
    """A value as the text of a cell; empty for what is not known, and for what has columns of its own."""
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return _BETWEEN.join(cell_of(item).replace("\\", "\\\\").replace("|", "\\|") for item in value)
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def items_of(cell: str) -> list[str]:
    """The items of a cell that holds a list."""
    found = [""]
    for piece in re.findall(r"\\[\\|]|\||[^\\|]+|\\", cell):
        if piece == "|":
            found.append("")
        else:
            found[-1] += piece[1:] if piece in ("\\\\", "\\|") else piece
    return [item.strip() for item in found if item.strip()]


def looks_like_number(cell: str) -> bool:
    """Whether a cell is a number as tables write it, with a full stop."""
    return bool(_NUMBER.fullmatch(cell))
