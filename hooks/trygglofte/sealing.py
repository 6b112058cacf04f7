"""What was signed, and the seal over it.

`SIGNED` says which parts of an agreement and a pledge are the promise itself: what the parties put their names
to. The rest (titles, summaries, themes, follow-ups, sources …) is ours to keep up to date. A seal is a SHA-256
over the signed parts in a canonical form (`canonical`) in which neither formatting, nor the order of keys, nor
the order of items, nor anything unsigned plays a part. Names of those who signed are not in it: a name may be
taken away while the role stands.

Reads and writes no files; what a broken seal means is for `rules.sealing`, and where it is written for
`formatting`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from trygglofte.model import Agreement, Pledge, SignedDocument
from trygglofte.model.base import Part, alias_of
from trygglofte.model.common import Change, Period, Signatory, Signing
from trygglofte.model.dates import PartialDate
from trygglofte.model.pledge import Commitment, FocusArea, Indicator

_VERSION = "trygglöfte sigill 1"

_BOTH = ("parties", "valid", "signing", "police_areas")

SIGNED: dict[type[Part], tuple[str, ...]] = {
    Agreement: (*_BOTH, "level", "purposes", "areas", "evaluated"),
    Pledge: (*_BOTH, "municipalities", "indicators", "focus_areas", "commitments", "reporting"),
    Period: ("start", "end", "wording"),
    Signing: ("date", "by"),
    Signatory: ("role", "party"),
    FocusArea: ("title", "places", "goal", "commitments"),
    Commitment: (
        "responsible",
        "each_by_itself",
        "together_with",
        "what",
        "wording",
        "amount",
        "due",
        "places",
    ),
    Indicator: ("name", "unit", "scale", "desired", "baseline", "target"),
}
"""The attributes of each part that belong to what was signed. Of a part that is not named here all do.

An extension (`förlängt`) is a dated decision of its own and stands beside the period that was signed.
"""


def signed_attributes(model: type[Part]) -> tuple[str, ...]:
    """Which attributes of a part are signed, where what holds it is."""
    return SIGNED.get(model, tuple(model.model_fields))


@cache
def _signed_keys(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """The signed attributes of a part with their keys."""
    return tuple((name, alias_of(model, name)) for name in signed_attributes(model))


def canonical(part: Part) -> Any:
    """The signed parts as plain values: Swedish keys, texts with single spaces, items in an order of their own.

    What is left out says the same as what is empty, so that a key the model learns later changes no seal.
    """
    found = {}
    for name, key in _signed_keys(type(part)):
        value = getattr(part, name)
        if value is not None and (value := _plain(value)) not in ("", [], {}, False):
            found[key] = value
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return canonical(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return sorted(map(_plain, value), key=_written)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bool) or value is None:
        return value
    assert isinstance(value, (str, StrEnum, PartialDate, date, int)), f"no canonical form of {type(value)}"
    return " ".join(str(value).split())


_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def seal_of(part: SignedDocument) -> str:
    """The seal of what was signed as it stands now: `sha256-` and 64 digits."""
    text = f"{_VERSION}\n{_written(canonical(part))}"
    return f"sha256-{hashlib.sha256(text.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Link:
    """A dated entry that can carry a seal: `steps` lead to it, `seal` is None where it carries none."""

    day: date
    steps: tuple[str | int, ...]
    seal: str | None


def signed_on(part: SignedDocument) -> date | None:
    """The last day on which the document can have been signed, or None where that is not known."""
    return part.signing.date.last if part.signing and part.signing.date else None


def chain(part: SignedDocument) -> list[Link]:
    """The signing and every dated entry after it, oldest first: each says what the document was from then on.

    The first seal stays where it is for good, and every later one stands on the entry that led to it. So
    anyone who has an older version of the file can prove what was signed.
    """
    first = signed_on(part) or date.min
    links = [Link(first, ("signing",), part.signing.seal)] if part.signing else []
    later = [link for name in ("changes", "corrections") for link in _entries(name, getattr(part, name))]
    return links + sorted((link for link in later if link.day >= first), key=lambda link: link.day)


def _entries(name: str, entries: Sequence[Change]) -> list[Link]:
    """Entries oldest first, also of one day where the list is written with the newest first."""
    links = [Link(entry.date, (name, number), entry.seal) for number, entry in enumerate(entries)]
    return links[::-1] if links and links[0].day > links[-1].day else links


@dataclass(frozen=True, slots=True)
class Sealing:
    """How a document stands to its seals.

    `last` is the latest sealed entry, or None where nothing is sealed. `holds` tells that what was signed is
    what it was then. `free` are the entries after it without a seal: they account for a difference.
    """

    last: Link | None
    now: str
    free: tuple[Link, ...]

    @property
    def holds(self) -> bool:
        """Whether there is a seal and it is that of the document as it stands."""
        return self.last is not None and self.last.seal == self.now


def is_sealed(part: SignedDocument) -> bool:
    """Whether a document carries any seal. Most carry none, and then there is nothing to work out."""
    return any(link.seal for link in chain(part))


def sealing_of(part: SignedDocument) -> Sealing:
    """The last seal of a document against what it says now."""
    links = chain(part)
    sealed = [number for number, link in enumerate(links) if link.seal]
    last = links[sealed[-1]] if sealed else None
    free = [link for link in links[sealed[-1] + 1 if sealed else 0 :] if not link.seal]
    return Sealing(last, seal_of(part), tuple(free))
