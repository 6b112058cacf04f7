"""Stretches of time: the years, months or weeks that a promised amount is given anew in."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from trygglofte.model.common import Period
from trygglofte.model.pledge import Amount, Per

DAY = timedelta(days=1)
_DAYS_PER = {Per.DAY: 1, Per.WEEK: 7}
_MONTHS_PER = {Per.MONTH: 1, Per.QUARTER: 3, Per.TERTIAL: 4, Per.HALF_YEAR: 6, Per.YEAR: 12}
_MOST = 8000
_SHORTEST = 28
"""Days that every month has."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `first` to `last`, both counted in."""

    first: date
    last: date


def spans_of(per: Per, first: date, last: date) -> list[Span]:
    """The whole stretches within a time, counted from its first day. What is left over at the end is none.

    A time shorter than one stretch is itself the only one: `50 per år` in a pledge of four months is 50.
    """
    spans: list[Span] = []
    start = first
    for turn in range(1, _MOST + 1):
        following = _nth(per, first, turn)
        if following > last + DAY:
            break
        spans.append(Span(start, following - DAY))
        start = following
    return spans or [Span(first, last)]


def _nth(per: Per, first: date, turn: int) -> date:
    """The first day of a stretch."""
    if per in _DAYS_PER:
        return first + timedelta(days=_DAYS_PER[per] * turn)
    month = first.month - 1 + _MONTHS_PER[per] * turn
    year, month = first.year + month // 12, month % 12 + 1
    return date(
        year, month, first.day if first.day <= _SHORTEST else min(first.day, monthrange(year, month)[1])
    )


def limits_of(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that was promised. An exact number is the least: more is more than promised."""
    floor = amount.at_least if amount.at_least is not None else amount.exactly
    return floor, amount.at_most


def whole_amount(amount: Amount, valid: Period | None) -> Decimal | None:
    """The one number that a promise comes to over the pledge's whole time, or None where no such number is.

    `50 per år` over two years comes to 100, though each year must have its 50; `per period` and no time at
    all is the number itself. No number follows from a floor and a ceiling together, from a period that is not
    known, or from a ceiling that begins anew within it.
    """
    floor, ceiling = limits_of(amount)
    limit = floor if floor is not None else ceiling
    if limit is None or (floor is not None and ceiling is not None):
        return None
    if amount.per is None or amount.per is Per.PERIOD:
        return limit
    first, last = (valid.first, valid.last) if valid else (None, None)
    if first is None or last is None or last < first:
        return None
    times = len(spans_of(amount.per, first, last))
    return limit * times if times == 1 or ceiling is None else None
