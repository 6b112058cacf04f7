"""When things are due, whose report is missing and which periods are over. Every day is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trygglofte.model import Pledge, promises
from trygglofte.model.common import Period
from trygglofte.model.pledge import Cadence, FollowUp, Status


def has_ended(period: Period | None, today: date) -> bool:
    """Whether the last day of a period has passed."""
    last = period.last if period else None
    return bool(last and last < today)


def is_valid_on(period: Period | None, today: date) -> bool:
    """Whether a day falls within a period, as far as the period is known."""
    if period is None or (
        period.first is None and period.last is None and not (period.end and period.end.open_ended)
    ):
        return False
    return not has_ended(period, today) and not (period.first and period.first > today)


_MONTHS_OF = {
    Cadence.MONTH: 1,
    Cadence.QUARTER: 3,
    Cadence.TERTIAL: 4,
    Cadence.HALF_YEAR: 6,
    Cadence.YEAR: 12,
}
_MOST_DUE = 400


def due_dates(pledge: Pledge, reporting_days: int) -> Iterator[tuple[date, date]]:
    """When follow-ups are due: the last day each should cover, and the day it is to be out.

    What a follow-up of a listed day should cover is not known: there the first day it can mean stands.
    A cadence counts from the latest day that the pledge can have begun. Where its end is only known to lie
    between two days, nothing is due for the time between them but the last follow-up.
    """
    rhythm, valid = pledge.reporting, pledge.valid
    if isinstance(rhythm, tuple):
        for day in sorted(rhythm, key=lambda item: item.last):
            yield day.first, day.last
        return
    begins = valid.start.last if valid and valid.start else None
    if rhythm is None or rhythm is Cadence.CONTINUOUS or valid is None or begins is None:
        return
    last, sure = valid.last, _surely_until(valid)
    for end in _ends_of_stretches(begins, _MONTHS_OF[rhythm]):
        over = last is not None and end >= last
        if over or sure is None or end <= sure:
            covered = min(end, last) if last else end
            yield covered, covered + timedelta(days=reporting_days)
        if over or (last is None and sure is not None and end > sure):
            return


def _surely_until(valid: Period) -> date | None:
    """The last day that a period surely holds, where its end is not exact; None where that is its end."""
    end = valid.end
    if end is None or end.open_ended or end.known or (end.earliest is None and end.latest is None):
        return None
    return end.first or date.min


def _ends_of_stretches(first: date, months: int) -> Iterator[date]:
    """Last days of calendar stretches (months, quarters, tertials …) from the one that holds `first`."""
    index = (first.year * 12 + first.month - 1) // months * months
    for _ in range(_MOST_DUE):
        index += months
        yield date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


_CLOSING = {Status.DONE, Status.NOT_DONE, Status.CANCELLED, Status.CARRIED_OVER}
"""Words after which a party has no more to say of a commitment."""


def reporters(pledge: Pledge) -> tuple[str, ...]:
    """The parties that are still to report: those with a commitment that they have not told the end of."""
    reports = sorted(pledge.follow_ups, key=lambda item: (item.period.end, item.published, item.period.start))
    found: dict[str, None] = {}
    for promise in promises(pledge):
        for party in promise.commitment.responsible:
            if _last_word(reports, promise.commitment.id, party) not in _CLOSING:
                found[party] = None
    return tuple(found)


def _last_word(reports: list[FollowUp], id_: str, party: str) -> Status | None:
    """The status that a party itself last gave a commitment."""
    word = None
    for report in reports:
        outcome = report.outcomes.get(id_)
        if outcome and party in report.reported_by:
            own = (outcome.per_party or {}).get(party, outcome)
            word = own.status or word
    return word


@dataclass(frozen=True, slots=True)
class Missing:
    """A follow-up that has not come: the day it was due, and the parties whose it is; none where nobody is named."""

    due: date
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known of a pledge's follow-ups on a day."""

    last_reported: date | None = None
    late: tuple[Missing, ...] = ()
    """What should have come, the oldest first; each party once, by the first follow-up it lacks."""
    coming: Missing | None = None
    """What is due next, on the day or later, with the parties that are not late already."""

    @property
    def next_due(self) -> date | None:
        """The day of the first follow-up that has not come, whether it has passed or not."""
        return self.late_since or (self.coming.due if self.coming else None)

    @property
    def late_since(self) -> date | None:
        """The first day that passed without its follow-up."""
        return self.late[0].due if self.late else None


def clock_of(pledge: Pledge, today: date, reporting_days: int) -> Clock:
    """What has been reported, what is late and what is next. One party's report never answers for another."""
    last = max((report.published for report in pledge.follow_ups if not report.withdrawn), default=None)
    named = any(promise.commitment.responsible for promise in promises(pledge))
    late: dict[date, list[str]] = {}
    coming: dict[date, list[str]] = {}
    for party in reporters(pledge) if named else ("",):
        own = [report for report in pledge.follow_ups if not party or party in report.reported_by]
        unanswered = _unanswered(pledge, own, reporting_days)
        first = next(unanswered, None)
        if first is None:
            continue
        if first >= today:
            coming.setdefault(first, []).append(party)
            continue
        late.setdefault(first, []).append(party)
        after = next((due for due in unanswered if due >= today), None)
        if after:
            coming.setdefault(after, [])
    due = min(coming, default=None)
    return Clock(
        last,
        tuple(Missing(day, tuple(filter(None, late[day]))) for day in sorted(late)),
        Missing(due, tuple(filter(None, coming[due]))) if due else None,
    )


def _unanswered(pledge: Pledge, reports: Iterable[FollowUp], reporting_days: int) -> Iterator[date]:
    """The days that follow-ups were or are due and that none of these reports answers."""
    if isinstance(pledge.reporting, tuple):
        yield from _unanswered_listed(pledge, reports)
        return
    told = max((report.period.end for report in reports), default=date.min)
    yield from (due for covers, due in due_dates(pledge, reporting_days) if covers > told)


def _unanswered_listed(pledge: Pledge, reports: Iterable[FollowUp]) -> Iterator[date]:
    """Listed days without a report of their own.

    A report belongs to a listed day when it covers more than half the time since the listed day before it;
    or when it was published on that day or later, and has not answered an earlier one. An extra report early
    in the stretch therefore answers nothing that is still to come.
    """
    left = sorted(reports, key=lambda item: (item.published, item.period.end))
    before = pledge.valid.first if pledge.valid else None
    used: set[date] = set()
    for first, last in due_dates(pledge, 0):
        middle = before + (last - before) / 2 if before and before < last else first - timedelta(days=_EARLY)
        answers = (
            report.published
            for report in left
            if report.period.end > middle or (report.published >= first and report.published not in used)
        )
        day = next(answers, None)
        if day is None:
            yield last
        else:
            used.add(day)
        before = last


_EARLY = 60
"""Days before the first listed day that its report may end, where nobody knows when the pledge began."""


def next_due(pledge: Pledge, today: date, reporting_days: int) -> tuple[date | None, date | None]:
    """The first follow-up that has not come: its day, and the same day again where it has passed."""
    clock = clock_of(pledge, today, reporting_days)
    return clock.next_due, clock.late_since
