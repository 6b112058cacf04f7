"""When things are due and which periods are over. Every day is an argument."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from trygglofte.model import Pledge
from trygglofte.model.common import Period
from trygglofte.model.pledge import Cadence


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
    """When follow-ups are due: the last day each should cover, and the day it is to be out."""
    rhythm, valid = pledge.reporting, pledge.valid
    if isinstance(rhythm, tuple):
        for day in sorted(rhythm, key=lambda item: item.last):
            yield day.first, day.last
        return
    first = valid.first if valid else None
    if rhythm is None or rhythm is Cadence.CONTINUOUS or first is None:
        return
    last = valid.last if valid else None
    months = _MONTHS_OF[rhythm]
    for end in _ends_of_stretches(first, months):
        covered = min(end, last) if last else end
        yield covered, covered + timedelta(days=reporting_days)
        if last and end >= last:
            return


def _ends_of_stretches(first: date, months: int) -> Iterator[date]:
    """Last days of calendar stretches (months, quarters, tertials …) from the one that holds `first`."""
    index = (first.year * 12 + first.month - 1) // months * months
    for _ in range(_MOST_DUE):
        index += months
        yield date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


def next_due(pledge: Pledge, today: date, reporting_days: int) -> tuple[date | None, date | None]:
    """The first follow-up that has not come: its day, and the same day again where it has passed."""
    reports = sorted({report.period.end for report in pledge.follow_ups})
    listed = isinstance(pledge.reporting, tuple)
    for number, (covers, due) in enumerate(due_dates(pledge, reporting_days)):
        answered = len(reports) > number if listed else bool(reports and reports[-1] >= covers)
        if not answered:
            return due, due if due < today else None
    return None, None
