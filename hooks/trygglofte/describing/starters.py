"""Starter files: one for each document type, with example values and a comment on every key."""

from __future__ import annotations

from typing import Any

from pydantic.fields import FieldInfo

from trygglofte.describing.examples import example_of
from trygglofte.describing.kinds import PARTS, Kind, opened
from trygglofte.describing.shapes import Group, Items, Keyed, Shape, Value, fields, group_in, shape_of
from trygglofte.model.base import Part

_COMMENT = " \0 "
"""Stands before a comment until the comments of a block are put under one another."""


def starter_text(kind: Kind) -> str:
    """The starter of a document type: what must be there and what is usual, then all else with `#` before it."""
    model = kind.model
    names = {str(info.alias): name for name, info in model.model_fields.items()}
    entries = sorted(fields(model), key=lambda entry: not opened(model, names[entry[0]]))
    blocks = [_header(kind)]
    for alias, info in entries:
        lines = _aligned(_entry(alias, info))
        if not opened(model, names[alias]):
            lines = [f"#{line}" for line in lines]
        blocks.append("\n".join([_comment(info), *lines]))
    return "\n\n".join(blocks) + "\n"


def _header(kind: Kind) -> str:
    path = kind.files.replace("data/*/", "data/<kommun>/").replace("/*.yml", "/<namn>.yml")
    return "\n".join(
        f"# {line}".rstrip()
        for line in (
            f"Mall: {kind.name.lower()}", "", kind.intro,
            f"Spara en kopia som {path}, och byt ut exemplen mot ert eget.",
            "Rader som börjar med # läses inte. Ta bort tecknet framför en nyckel för att använda den.",
            "Alla nycklar förklaras i docs/referens.md.",
        )
    )  # fmt: skip


def _comment(info: FieldInfo) -> str:
    inner = group_in(shape_of(info))
    more = f" Fler nycklar: se ”{PARTS[inner]}” i referensen." if inner else ""
    return f"# {info.title}. {info.description}{' Måste finnas.' if info.is_required() else ''}{more}"


def _entry(alias: str, info: FieldInfo, *, nested: bool = False) -> list[str]:
    """A key with its example, on one line or on several; within a part the comment follows on the line."""
    shape = shape_of(info)
    inner = _inner(shape, info)
    if inner is not None:
        lines = [f"{alias}:", *(f"  {line}" for line in inner)]
    elif isinstance(shape, Value) and shape.accepted.id == "lång-text":
        lines = [f"{alias}: |", f"  {example_of(info)}"]
    else:
        lines = [f"{alias}: {info.examples[0] if info.examples else _written(example_of(info))}"]
    if not nested:
        return lines
    return [f"{lines[0]}{_COMMENT}{info.description}", *lines[1:]]


def _aligned(lines: list[str]) -> list[str]:
    """The lines with their comments in one column."""
    split = [line.partition(_COMMENT) for line in lines]
    width = max((len(code) for code, mark, _ in split if mark), default=0)
    return [f"{code:<{width}}  # {comment}" if mark else code for code, mark, comment in split]


def _inner(shape: Shape, info: FieldInfo) -> list[str] | None:
    """The lines under a key that holds a part, or None where its example fits on its own line."""
    if isinstance(shape, Group) and not info.examples:
        return _part(shape.part)
    if isinstance(shape, Items) and isinstance(shape.item, Group):
        first, *rest = _part(shape.item.part)
        return [f"- {first}", *(f"  {line}" for line in rest)]
    if isinstance(shape, Keyed) and isinstance(shape.item, Group):
        return [f"{next(iter(example_of(info)))}:", *(f"  {line}" for line in _part(shape.item.part))]
    return None


def _part(part: type[Part]) -> list[str]:
    names = [name for name in part.model_fields if opened(part, name)] or list(part.model_fields)[:1]
    return [
        line
        for name in names
        for line in _entry(str(part.model_fields[name].alias), part.model_fields[name], nested=True)
    ]


def _written(value: Any) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
