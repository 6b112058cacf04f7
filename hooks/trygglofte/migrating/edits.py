"""Changes of a text at places that the parsed file knows. All else in the text stays, letter by letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trygglofte.problems import Mark
from trygglofte.reading import Mapping, Scalar


@dataclass(frozen=True, order=True, slots=True)
class Edit:
    """What stands from `start` up to `end` is to be `text`. Marks are those of the parsed file."""

    start: Mark
    end: Mark
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made. Raises ValueError where two of them touch the same letters."""
    lines = text.split("\n")
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    made, at = [], 0
    for edit in sorted(edits):
        start, end = (begins[mark.line - 1] + mark.column - 1 for mark in (edit.start, edit.end))
        if start < at:
            raise ValueError(f"two edits at line {edit.start.line}")
        made += [text[at:start], edit.text]
        at = end
    return "".join((*made, text[at:]))


def key_renamed(holder: Mapping, old: str, new: str) -> list[Edit]:
    """A key of a group under another name; nothing where it is not there."""
    entry = holder.get(old)
    return [Edit(entry.mark, entry.end, new)] if entry else []


def key_set(holder: Mapping, key: str, value: str) -> list[Edit]:
    """A plain value of a group: in its place where the key is there, else on a line before the group's first key.

    Raises ValueError for a group in braces that lacks the key, and where the key holds more than a value.
    """
    entry = holder.get(key)
    if entry:
        if not isinstance(entry.node, Scalar):
            raise ValueError(f"{key} holds more than a value")
        return [Edit(entry.node.mark, entry.node.end, value)]
    if holder.flow or not holder.entries:
        raise ValueError("a group in braces has no lines")
    first = min(entry.mark for entry in holder.entries.values())
    return [Edit(first, first, f"{key}: {value}\n{' ' * (first.column - 1)}")]
