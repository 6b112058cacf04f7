"""What stands at a place of a document: a part of the model, free keys, a list, prose, a line, or a word.

Read from the model's own annotations, so that a new field is formatted right without a word here.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

from pydantic import PlainValidator

from trygglofte.model.base import Part, alias_of, keys
from trygglofte.model.common import Document
from trygglofte.model.values import parse_line, parse_prose


class Words(Enum):
    """How free words are read."""

    PROSE = "small Markdown in paragraphs"
    LINE = "one line, whose line breaks are spaces"


Kinds = tuple[Any, ...]
"""Everything a place can hold: parts of the model, `Words`, and annotations of lists and free keys."""

_READ_BY: dict[Any, Words] = {parse_prose: Words.PROSE, parse_line: Words.LINE}


def part_of(kinds: Kinds) -> type[Part] | None:
    """The part of the model that describes the keys at a place."""
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Part)), None)


def key_order(part: type[Part]) -> list[str]:
    """The keys of a part in canonical order: as the model declares them, the substance of a document first.

    What every document may carry (sources, attachments, corrections, approvals …) is declared first and read
    last: all of it but title and summary comes after what the type of document has of its own.
    """
    names = keys(part)
    if not issubclass(part, Document):
        return names
    first = {alias_of(Document, "title"), alias_of(Document, "summary")}
    shared = set(keys(Document)) - first
    return [name for name in names if name not in shared] + [name for name in names if name in shared]


def within(kinds: Kinds, step: str | None) -> Kinds:
    """What a place holds under a key, or in its list where `step` is None."""
    return tuple(inner for kind in kinds for inner in _inside(kind, step))


def _inside(kind: Any, step: str | None) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, Part):
        for info in kind.model_fields.values():
            if info.alias == step:
                yield from _held(info.annotation, info.metadata)
        return
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (tuple, list) and step is None:
        yield from _held(arguments[0])
    elif origin is dict and step is not None:
        yield from _held(arguments[1])


def _held(annotation: Any, metadata: typing.Iterable[Any] = ()) -> Iterator[Any]:
    """What an annotation lets through. A parser of our own hides what it makes, but for free words."""
    for validator in metadata:
        if isinstance(validator, PlainValidator):
            words = _READ_BY.get(validator.func)
            yield from [words] if words else []
            return
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        yield from _held(arguments[0], arguments[1:])
    elif origin in (typing.Union, types.UnionType):
        for argument in arguments:
            yield from _held(argument)
    else:
        yield annotation
