"""All recognisers over one text. Each has a cheap first look, because most texts hold nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from trygglofte.personal import homes, numbers, people, reaching, vehicles
from trygglofte.personal.reaching import digits_of
from trygglofte.personal.written import Finding, Sort, plain

__all__ = ["Finding", "Located", "Sort", "digits_of", "find", "located", "masked"]

_HIDDEN = "•"


class Located(NamedTuple):
    """A finding and its place in a file, line and column counted from 1."""

    finding: Finding
    line: int
    column: int


def _has_mail(text: str) -> bool:
    return "@" in text or "(at)" in text or "[at]" in text or "snabel-a" in text


def _counts_people(text: str) -> bool:
    return people.DEED.search(text) is not None


_RECOGNISERS: tuple[tuple[Callable[[str], object], Callable[[str], Iterator[Finding]]], ...] = (
    (numbers.SUSPECT.search, numbers.numbers),
    (reaching.SUSPECT.search, reaching.phones),
    (_has_mail, reaching.emails),
    (vehicles.SUSPECT.search, vehicles.plates),
    (homes.SUSPECT.search, homes.homes),
    (people.SUSPECT.search, people.profiles),
    (_counts_people, people.few),
)


def find(text: str) -> tuple[Finding, ...]:
    """Everything in a text that is, or may be, about one person; in order of place, nothing twice."""
    found: list[Finding] = []
    plainly = ""
    for look, recognise in _RECOGNISERS:
        if look(text):
            plainly = plainly or plain(text)
            found += recognise(plainly)
    return tuple(_without_overlaps(found)) if found else ()


def located(text: str) -> tuple[Located, ...]:
    """Everything that `find` finds in the text of a file, each at its line and column."""
    return tuple(
        Located(one, text.count("\n", 0, one.start) + 1, one.start - text.rfind("\n", 0, one.start))
        for one in find(text)
    )


def _without_overlaps(found: list[Finding]) -> Iterator[Finding]:
    """A telephone number within a personal number is no finding of its own. The surer of two is kept."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (not one.sure, one.start, -one.end)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    yield from sorted(kept, key=lambda one: one.start)


def masked(text: str) -> str:
    """A text that may be shown: what is surely about a person is dots, as many as the characters were.

    A number that only looks like a personal identity number is dots too: most often it is one, mistyped.
    """
    for one in find(text):
        if one.sure or one.sort is Sort.NUMBER:
            text = text[: one.start] + _HIDDEN * (one.end - one.start) + text[one.end :]
    return text
