"""A pledge beside the one it replaces: what was carried over, reworded, dropped or is new.

Commitments meet by id, else by the key `från`. Texts that are merely alike are never joined here: `alike`
gives them to advice, so that a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from trygglofte.comparing.parts import Scope, between
from trygglofte.comparing.saying import Names
from trygglofte.comparing.values import Difference
from trygglofte.model import Pledge, Promise, promises
from trygglofte.model.common import When
from trygglofte.model.pledge import Commitment, Status
from trygglofte.progress import pledge_state

_ALIKE = 0.72
_YEAR = re.compile(r"\b20\d\d\b")


class Fate(StrEnum):
    """What became of a commitment when the next pledge was written."""

    REWORDED = "ändrades"
    ADDED = "nytt"
    KEPT = "följde med"
    DROPPED = "följde inte med"


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment before and now. `before` is None where it is new, `after` where it was dropped."""

    fate: Fate
    before: Commitment | None
    after: Commitment | None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """The commitments of two pledges that are the same, and those that have no counterpart."""

    both: tuple[tuple[Promise, Promise], ...]
    dropped: tuple[Promise, ...]
    added: tuple[Promise, ...]


def pairing(before: Pledge, after: Pledge) -> Pairing:
    """Which commitments of two pledges are the same. Several may come from one that was divided."""
    former = {promise.commitment.id: promise for promise in promises(before)}
    both, added = [], []
    for promise in promises(after):
        old = former.get(promise.commitment.carried_from or promise.commitment.id)
        if old:
            both.append((old, promise))
        else:
            added.append(promise)
    met = {old.commitment.id for old, _ in both}
    dropped = tuple(promise for id_, promise in former.items() if id_ not in met)
    return Pairing(tuple(both), dropped, tuple(added))


def succession(before: Pledge, after: Pledge, names: Names | None = None) -> list[Row]:
    """Every commitment of a pledge and its successor: reworded first, then new, carried over and dropped.

    A day that is the end of the pledge itself, or that moved along with it, and a year within the signed
    words, are no rewording.
    """
    met = pairing(before, after)
    rows = []
    for old, new in met.both:
        found = tuple(_reworded(old.commitment, new.commitment, before, after, names or {}))
        rows.append(Row(Fate.REWORDED if found else Fate.KEPT, old.commitment, new.commitment, found))
    rows += [Row(Fate.ADDED, None, promise.commitment) for promise in met.added]
    rows += [Row(Fate.DROPPED, promise.commitment, None) for promise in met.dropped]
    order = list(Fate)
    return sorted(rows, key=lambda row: order.index(row.fate))


def _reworded(
    old: Commitment, new: Commitment, before: Pledge, after: Pledge, names: Names
) -> Iterator[Difference]:
    skip = ["id", "themes", "indicators", "carried_from", "not_known"]
    if _same_day(old.due, new.due, before, after):
        skip.append("due")
    if not (old.wording and new.wording) or _without_years(old.wording) == _without_years(new.wording):
        skip.append("wording")
    scope = Scope(names, subject=new.what, commitment=new.id, signed=True)
    for item in between(old, new, scope, skip):
        yield replace(item, subject="", label="Åtagandet" if item.field == "vad" else item.label)


def _same_day(old: When | None, new: When | None, before: Pledge, after: Pledge) -> bool:
    """Whether a day only follows the pledge: its last day in both, or as far into it as it was."""
    if old is None and new is None:
        return True
    first, last = _bounds(before), _bounds(after)
    was = old.last if old else first[1]
    now = new.last if new else last[1]
    if was is None or now is None:
        return old == new
    if was == first[1] and now == last[1]:
        return True
    if first[0] and last[0]:
        years = last[0].year - first[0].year
        return (was.year + years, was.month, was.day) == (now.year, now.month, now.day)
    return was == now


def _bounds(pledge: Pledge) -> tuple[date | None, date | None]:
    period = pledge.valid.original if pledge.valid else None
    return (period.first, period.last) if period else (None, None)


def _without_years(text: str) -> list[str]:
    return _YEAR.sub("ÅR", text).split()


def alike(before: Pledge, after: Pledge) -> Iterator[tuple[Promise, Promise]]:
    """Commitments without a counterpart whose texts are alike, best first: perhaps the same under another id."""
    met = pairing(before, after)
    found = [
        (SequenceMatcher(None, old.commitment.what.lower(), new.commitment.what.lower()).ratio(), old, new)
        for old in met.dropped
        for new in met.added
    ]
    taken: set[int] = set()
    for likeness, old, new in sorted(found, key=lambda item: -item[0]):
        if likeness >= _ALIKE and not taken & {id(old), id(new)}:
            taken |= {id(old), id(new)}
            yield old, new


def unanswered(before: Pledge, after: Pledge, today: date) -> Iterator[Promise]:
    """Commitments that were to be carried over (`förs över`) and are nowhere in the successor."""
    dropped = {promise.commitment.id for promise in pairing(before, after).dropped}
    for state in pledge_state(before, today, 0).commitments:
        if state.status is Status.CARRIED_OVER and state.promise.commitment.id in dropped:
            yield state.promise
