"""Lines of a file that is begun: what is carried over, what is left to fill in, and comments about both.

Everything is made of `Line`s, so that a line that lacks its value is known by its number when the file is
whole. What a key is for is taken from the model and never written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from trygglofte.formatting.scalars import can_be_raw, written
from trygglofte.model.base import Part, alias_of
from trygglofte.model.common import Review
from trygglofte.problems import Problem
from trygglofte.reading import Mapping, plain
from trygglofte.wording import listing

_STEP = "  "
_ROOM = 100
"""Columns that a key with its comment, or a list on one line, may take before it is spread out."""


class StartError(Exception):
    """Nothing was begun. The message is Swedish; `problems` may say more."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


@dataclass(frozen=True)
class Started:
    """A file that is begun: its whole new text, and what is left to fill in.

    `path` is POSIX, from the project's folder. `text` is to be written as UTF-8 with its line endings as they
    are. `replaces_text_of` tells that the file exists and only gains lines. `left` has one Swedish sentence for
    each kind of gap, with its lines; `check` reports these lines and no others.
    """

    path: str
    text: str
    replaces_text_of: bool
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file. `gap` is what to do about it where its value is missing."""

    text: str
    gap: str = ""


Lines: TypeAlias = list[Line]


def begun(path: str, lines: Lines) -> Started:
    """A new file of these lines."""
    return Started(path, "".join(f"{line.text}\n" for line in lines), False, left_in(lines, 1))


def left_in(lines: Lines, first: int) -> tuple[str, ...]:
    """What is left to fill in, with line numbers; `first` is the number of the first line."""
    found: dict[str, list[str]] = {}
    for number, line in enumerate(lines, first):
        if line.gap:
            found.setdefault(line.gap, []).append(str(number))
    return tuple(f"{gap} (rad {listing(numbers)})." for gap, numbers in found.items())


def about(part: type[Part], attribute: str) -> str:
    """What a key is for, with an example, in the model's own words."""
    info = part.model_fields[attribute]
    example = f" Till exempel: {info.examples[0]}" if info.examples else ""
    return f"{info.description}{example}"


def comment(text: str) -> Lines:
    """A comment on a line of its own."""
    return [Line(f"# {text}")]


def commented(lines: Lines) -> Lines:
    """The lines as comments, for what may be left out."""
    return [Line(f"# {line.text}") for line in lines]


def within(lines: Lines) -> Lines:
    """The lines one step further in."""
    return [Line(f"{_STEP}{line.text}", line.gap) for line in lines]


def under(alias: str, lines: Lines) -> Lines:
    """A key with the lines below it; nothing where there are no lines."""
    return [Line(f"{written(alias)}:"), *within(lines)] if lines else []


def item(lines: Lines) -> Lines:
    """The lines as one item of a list. Comments before its first key stand before the dash."""
    at = next(number for number, line in enumerate(lines) if not line.text.startswith("#"))
    first = lines[at]
    return [*lines[:at], Line(f"- {first.text}", first.gap), *within(lines[at + 1 :])]


def gap(part: type[Part], attribute: str, todo: str, *, note: str = "", prose: bool = False) -> Lines:
    """A key without its value, which `check` finds. `todo` is said of it in Swedish, without a full stop."""
    alias, said = alias_of(part, attribute), note or about(part, attribute)
    if prose:
        said = note or str(part.model_fields[attribute].description)
        return [
            *comment(f"{said} Skriv på raderna under nyckeln, med två mellanslag först."),
            Line(f"{alias}: |", todo),
        ]
    return _noted(Line(f"{alias}:", todo), said)


def offered(part: type[Part], attribute: str, lines: Lines | None = None, *, prose: bool = False) -> Lines:
    """A key that may be left out, as a comment; with lines below it where it has an outline."""
    alias, info = alias_of(part, attribute), part.model_fields[attribute]
    if lines:
        return [*comment(str(info.description)), *commented(under(alias, lines))]
    if prose:
        return [*comment(str(info.description)), *commented([Line(f"{alias}: |")])]
    said = about(part, attribute)
    whole = f"{alias}:  # {said}"
    return comment(whole) if len(whole) <= _ROOM else [*comment(said), *comment(f"{alias}:")]


def entry(alias: str, value: Any, *, prose: bool = False, note: str = "") -> Lines:
    """A key with a value of dicts, lists and texts, quoted where it has to be."""
    key = written(alias)
    if isinstance(value, str):
        text = value.strip()
        if (prose or "\n" in text) and can_be_raw(text) and "\t" not in text:
            return [
                *_above(note),
                Line(f"{key}: |"),
                *(Line(f"{_STEP}{row}".rstrip()) for row in text.split("\n")),
            ]
        return _noted(Line(f"{key}: {written(text)}"), note)
    flow = _flow(value)
    if flow is not None and len(key) + 2 + len(flow) <= _ROOM:
        return _noted(Line(f"{key}: {flow}"), note)
    return [*_above(note), Line(f"{key}:"), *within(_block(value))]


def _block(value: Any) -> Lines:
    if isinstance(value, dict):
        return [line for alias, inner in value.items() for line in entry(alias, inner)]
    return [
        line
        for inner in value
        for line in (item(_block(inner)) if isinstance(inner, dict) else [Line(f"- {written(inner)}")])
    ]


def _flow(value: Any) -> str | None:
    """A list or keys on one line; None where they are better spread out."""
    if isinstance(value, str):
        text = value.strip()
        return written(text, flow=True) if text and "\n" not in text and "," not in text else None
    inner = [_flow(part) for part in (value.values() if isinstance(value, dict) else value)]
    if None in inner or (isinstance(value, list) and any(isinstance(part, dict) for part in value)):
        return None
    if isinstance(value, dict):
        return f"{{{', '.join(f'{written(key, flow=True)}: {text}' for key, text in zip(value, inner, strict=True))}}}"
    return f"[{', '.join(text for text in inner if text)}]"


def _noted(line: Line, note: str) -> Lines:
    """A line with a comment after it, or above where there is no room."""
    if not note:
        return [line]
    whole = f"{line.text}  # {note}"
    return [Line(whole, line.gap)] if len(whole) <= _ROOM else [*comment(note), line]


def _above(note: str) -> Lines:
    return comment(note) if note else []


def value_in(node: Mapping, part: type[Part], attribute: str) -> Any | None:
    """A value as it was written in a group of keys, or None."""
    found = node.get(alias_of(part, attribute))
    return plain(found.node) if found else None


def carried(node: Mapping, part: type[Part], *attributes: str, prose: Sequence[str] = ()) -> Lines:
    """Those of a group's keys that were written, with their values as they were."""
    lines: Lines = []
    for attribute in attributes:
        value = value_in(node, part, attribute)
        if value is not None:
            lines += entry(alias_of(part, attribute), value, prose=attribute in prose)
    return lines


def reviews_anew(part: type[Part], attribute: str, reviews: Sequence[Review]) -> Lines:
    """The functions that reviewed or approved last time, offered without their dates."""
    lines: Lines = []
    for review in reviews:
        who = entry(alias_of(Review, "role"), review.role)
        who += entry(alias_of(Review, "party"), review.party) if review.party else []
        lines += item([Line(f"{alias_of(Review, 'date')}:"), *who])
    return offered(part, attribute, lines) if lines else []
