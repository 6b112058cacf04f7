"""Reports' figures as a series of what was done when, each thing counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from trygglofte.counting.hearing import Told
from trygglofte.counting.spans import DAY, Span, limits_of
from trygglofte.model.pledge import Amount, Status
from trygglofte.model.values import Reported

ZERO = Decimal(0)
NOTHING = Reported("", ZERO)
"""What `planerat` says without a figure: that nothing is done yet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done over some days. `value` is None where only words were given.

    `sure` is how many of them are known to be as large as was promised of each, `small` how many are known
    not to be; `out_of` of how many.
    """

    span: Span
    value: Decimal | None
    sure: Decimal
    small: Decimal
    at_least: bool = False
    out_of: Decimal | None = None
    speakers: tuple[str, ...] = ()


def series_of(told: Sequence[Told], amount: Amount | None, begins: date | None) -> list[Entry]:
    """The figures of one stream of reports, oldest first. `begins` is the pledge's first day, if known.

    A running total is turned into what it added. A total that corrects an earlier one cannot tell which days
    the correction belongs to, and is told over the days of both. A corrected figure of a period takes the
    place of the figures of those days.
    """
    entries: list[Entry] = []
    for item in told:
        if item.outcome.total is not None:
            _add_total(entries, _total(item, item.outcome.total, amount, begins), bool(item.outcome.corrects))
        elif item.outcome.during is not None:
            _add_period(entries, item, item.outcome.during, amount)
        elif item.outcome.status is Status.PLANNED:
            _add_period(entries, item, NOTHING, amount)
    return entries


def _entry(span: Span, value: Decimal | None, item: Told, said: Reported, amount: Amount | None) -> Entry:
    sure, small = _sizes(value, item, amount)
    loose = said.at_least or item.report.incomplete
    of = ZERO if said is NOTHING else item.outcome.out_of
    return Entry(span, value, sure, small, loose, of, item.speakers)


def _add_period(entries: list[Entry], item: Told, said: Reported, amount: Amount | None) -> None:
    span = Span(item.report.period.start, item.report.period.end)
    if item.outcome.corrects:
        entries[:] = [e for e in entries if not (span.first <= e.span.first and e.span.last <= span.last)]
    # Two parties' figures of what they do together, over the same days, may be of the same things.
    twice = any(
        entry.span.first <= span.last
        and span.first <= entry.span.last
        and not set(entry.speakers) & set(item.speakers)
        for entry in entries
    )
    entries.append(_entry(span, None if twice else said.value, item, said, amount))


def _total(item: Told, said: Reported, amount: Amount | None, begins: date | None) -> Entry:
    """A running total as it was told: from the pledge's first day."""
    period = item.report.period
    return _entry(Span(min(begins or period.start, period.start), period.end), said.value, item, said, amount)


def _add_total(entries: list[Entry], total: Entry, corrects: bool) -> None:
    if not entries:
        entries.append(total)
        return
    last, end = entries[-1], total.span.last
    begins = last.span.last + DAY
    if total.value is None:
        entries.append(replace(total, span=Span(min(begins, end), end)))
        return
    if any(entry.value is None for entry in entries):
        entries[:] = [replace(total, span=Span(entries[0].span.first, end))]
        return
    added = total.value - sum((entry.value or ZERO for entry in entries), ZERO)
    of = _more_of(entries, total.out_of)
    # What is told of each is of those that were added; all of them, where one value stands for all.
    sure = min(total.sure, max(added, ZERO))
    small = min(total.small, max(added, ZERO) - sure)
    if corrects or last.at_least or added < 0 or begins > end:
        value = (last.value or ZERO) + added
        sure, small = min(last.sure + sure, value), min(last.small + small, value)
        of = None if of is None or last.out_of is None else last.out_of + of
        joined = Span(last.span.first, max(end, last.span.last))
        entries[-1] = replace(total, span=joined, value=value, sure=sure, small=small, out_of=of)
    else:
        entries.append(replace(total, span=Span(begins, end), value=added, sure=sure, small=small, out_of=of))


def _more_of(entries: list[Entry], of: Decimal | None) -> Decimal | None:
    """How many the last report's total of all added, where every report has told of how many."""
    if of is None or any(entry.out_of is None for entry in entries):
        return None
    return of - sum((entry.out_of or ZERO for entry in entries), ZERO)


def _sizes(value: Decimal | None, item: Told, amount: Amount | None) -> tuple[Decimal, Decimal]:
    """How many of what was done are known to be as large as was promised of each (`vardera`), and not to be."""
    if value is None:
        return ZERO, ZERO
    promised = amount.each if amount else None
    if promised is None:
        return value, ZERO
    answers = [_is_large_enough(one, promised) for one in item.outcome.each]
    if len(answers) == 1:
        answers *= max(1, int(value))
    sure = min(value, Decimal(answers.count(True)))
    return sure, min(value - sure, Decimal(answers.count(False)))


def _is_large_enough(said: Reported, promised: Amount) -> bool | None:
    """Whether what is said of each is within what was promised of each. Words say nothing."""
    floor, ceiling = limits_of(promised)
    if said.value is None or (floor is None and ceiling is None):
        return None
    if floor is not None and said.value < floor:
        return None if said.at_least else False
    if ceiling is not None and (said.value > ceiling or said.at_least):
        return False if said.value > ceiling else None
    return True
