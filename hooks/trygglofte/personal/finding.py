"""All recognisers over one text. Each has a cheap first look, because most texts hold nothing at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from trygglofte.personal import homes, numbers, people, reaching, vehicles
from trygglofte.personal.reaching import digits_of
from trygglofte.personal.written import DASHES, SPACES, Finding, Sort, plain

__all__ = ["Finding", "Located", "Sort", "digits_of", "find", "located", "masked"]

_HIDDEN = "•"
_ALWAYS_HIDDEN = (Sort.NUMBER, Sort.EMAIL, Sort.PLATE, Sort.HOME)


class Located(NamedTuple):
    """A finding and its place in a file, line and column counted from 1."""

    finding: Finding
    line: int
    column: int


_SUSPECT = re.compile(
    rf"[0-9](?:(?<![0-9].)(?:[-+.\s{SPACES}{DASHES}]{{0,12}}[0-9]){{9}}"
    rf"|(?:(?<=(?:{homes.ENDS}).[0-9])|(?<=väg.[0-9]))[0-9]{{0,2}}(?![0-9])"
    rf"|(?<![-0-9/{DASHES}]0)(?<=0)[1-9][0-9]{{0,2}}[-/ {SPACES}{DASHES}]{{0,3}}[0-9]{{2}}|(?<=[+0]4)6"
    r"|(?<=[A-Z]{3}[0-9])[0-9][0-9A-Z]|(?<=[A-Z]{3}.[0-9])[0-9][0-9A-Z])"
)
"""A digit around which there may be something: ten of them in a row, a street before, an area code, a mark.

Everything begins with the digit, so that most of a text is passed over without a thought.
"""


def _has_digits(text: str) -> bool:
    return (
        _SUSPECT.search(text) is not None or "nummerpl" in text or "regnr" in text or "registreringsn" in text
    )


def _has_mail(text: str) -> bool:
    return "@" in text or "(at)" in text or "[at]" in text or "snabel-a" in text


_Recogniser = Callable[[str], Iterator[Finding]]
_RECOGNISERS: tuple[tuple[Callable[[str], bool], tuple[_Recogniser, ...]], ...] = (
    (_has_digits, (numbers.numbers, reaching.phones, vehicles.plates, homes.homes)),
    (_has_mail, (reaching.emails,)),
    (people.tells_of_age, (people.profiles,)),
    (people.tells_of_deeds, (people.few,)),
)


def find(text: str) -> tuple[Finding, ...]:
    """Everything in a text that is, or may be, about one person; in order of place, nothing twice."""
    found: list[Finding] = []
    plainly = ""
    for look, recognisers in _RECOGNISERS:
        if look(text):
            plainly = plainly or plain(text)
            found += [one for recognise in recognisers for one in recognise(plainly)]
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
    """A text that may be shown: what is or may be somebody's is dots, as many as the characters were.

    More than is ever told of, for a text that is cut short has lost the words that make a finding sure. Fixed
    telephone numbers stay: they are most often switchboards, and what is said of them must make sense.
    """
    shown = plain(text)
    found = [*find(text), *vehicles.plates(shown, anywhere=True)]
    for one in found:
        if one.sure or one.sort in _ALWAYS_HIDDEN:
            text = text[: one.start] + _HIDDEN * (one.end - one.start) + text[one.end :]
    return text
