"""What comes next and what is late: follow-ups, commitments, evaluations, and the two years of 6 §.

Dates only: never a count of days, and never that anything is on time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trygglofte import addresses
from trygglofte.addresses import address_of
from trygglofte.model import Agreement, Filed, Pledge
from trygglofte.pages.documents import in_time, title_of
from trygglofte.pages.law import clocks
from trygglofte.pages.listed import Listed, commitments
from trygglofte.pages.plan import Planned, given
from trygglofte.pages.site import Site
from trygglofte.progress import is_valid_on

_MOST = 40
"""So many late commitments are listed one by one; the rest are counted, with a way to the whole table."""


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up of a pledge that has not come, and the day it is to be out."""

    pledge: Filed[Pledge]
    day: date
    late: bool


@dataclass(frozen=True, slots=True)
class Finishing:
    """Commitments of one pledge that are to be done by the same day."""

    day: date
    pledge: Filed[Pledge]
    items: tuple[Listed, ...]


def planned(site: Site) -> Iterator[Planned]:
    """The page of what is due, where there is anything to say on it."""
    reports, late, ahead = follow_ups(site), late_commitments(site), finishing(site)
    evaluated = _evaluated(site)
    law = clocks(site)
    if not (reports or late or ahead or evaluated or law):
        return
    yield Planned(
        addresses.COMING, "Det här kommer", "pages/due.html", "Översikt", site.everything.file.file,
        "Vad som ska redovisas och vara klart, när, och vad som är försenat.",
        given(
            late_reports=[item for item in reports if item.late],
            reports=[item for item in reports if not item.late],
            late=late[:_MOST], more_late=len(late[_MOST:]), ahead=ahead, agreements=evaluated, clocks=law,
            title_of=title_of, address_of=address_of,
        ),
    )  # fmt: skip


def follow_ups(site: Site) -> list[Due]:
    """The next follow-up of every pledge that has one to come, by its day."""
    found = []
    for filed in in_time(site.everything.pledges):
        state = site.state(filed)
        if state.next_due:
            found.append(Due(filed, state.next_due, state.late_since is not None))
    return sorted(found, key=lambda item: item.day)


def late_commitments(site: Site) -> list[Listed]:
    """Commitments that nobody has reported as done by the day they should have been, the oldest first."""
    late = [item for item in commitments(site) if item.state.late_since]
    return sorted(late, key=lambda item: item.state.late_since or date.max)


def finishing(site: Site) -> list[Finishing]:
    """What is to be done by days that have not passed, gathered by day and pledge."""
    found: dict[tuple[date, str], list[Listed]] = {}
    for item in commitments(site):
        if item.due_day and item.due_day >= site.today and item.is_open:
            found.setdefault((item.due_day, item.pledge.id), []).append(item)
    return [Finishing(day, items[0].pledge, tuple(items)) for (day, _), items in sorted(found.items())]


def _evaluated(site: Site) -> Sequence[Filed[Agreement]]:
    """Agreements that are valid and say that they are evaluated."""
    agreements = in_time(site.everything.agreements)
    return [a for a in agreements if a.part.evaluated and is_valid_on(a.part.valid, site.today)]
