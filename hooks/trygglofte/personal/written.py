"""A text with its odd spaces and dashes made plain, character by character, and what stands around a place in it.

Nothing moves: an offset in the plain text is the same offset in the text as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

SPACES = "\t\r\u00a0\u00ad\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff"
DASHES = "\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_ODD = re.compile(f"[{SPACES}{DASHES}]")
_SPACE = re.compile(f"[{SPACES}]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_BOUND = re.compile(r"[.!?](?=\s)|\n *(?:#? *\n|-? *[a-zåäö_]+:(?=\s)|#(?! *[a-zåäö]))")
_NEAR = 60


class Sort(StrEnum):
    """What was found, by the name of the problem that tells of it."""

    NUMBER = "personnummer"
    PHONE = "telefonnummer"
    EMAIL = "personlig-epost"
    PLATE = "bilnummer"
    HOME = "bostadsadress"
    PROFILE = "pekar-ut"
    FEW = "fa-manniskor"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a person, from `start` to `end` in the text.

    `value` is what was found in the form in which declared exceptions are compared with it: digits of a
    telephone number from its 0, an e-mail address in small letters, an address of a home; how many, of people.
    It is never shown, so it is left out of what a finding says of itself.
    """

    sort: Sort
    start: int
    end: int
    sure: bool
    value: str = ""

    def __repr__(self) -> str:
        return f"Finding({self.sort.name}, {self.start}, {self.end}, sure={self.sure})"


def plain(text: str) -> str:
    """The text with hyphens for all dashes, and spaces for all that is empty but the end of a line."""
    return text if text.isascii() and "\t" not in text and "\r" not in text else _ODD.sub(_as_plain, text)


def _as_plain(found: re.Match[str]) -> str:
    return " " if _SPACE.match(found[0]) else "-"


def in_address(text: str, at: int) -> bool:
    """Whether a place is inside an address on the web, where digits mean anything."""
    return _ADDRESS.search(text, max(0, at - 300), at) is not None


def before(text: str, at: int) -> str:
    """The words just before a place, in small letters."""
    return text[max(0, at - _NEAR) : at].lower()


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place; a key of the file, an empty line or an item begins a new one."""
    first = max((bound.end() for bound in _BOUND.finditer(text, max(0, start - 400), start)), default=None)
    last = _BOUND.search(text, end, end + 400)
    return text[max(0, start - 400) if first is None else first : last.start() if last else end + 400]
