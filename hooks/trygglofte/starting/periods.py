"""Stretches of days: how they are written, named, and what comes after them. Every day is an argument."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from trygglofte.model.common import Period, ReportPeriod
from trygglofte.model.values import parse_partial_date
from trygglofte.starting.drafting import Line, Lines, StartError, under

T = TypeVar("T")

_BETWEEN = re.compile(r"\s*(?:–|—|--|\btill\b|\.\.)\s*|\s+-\s+")
_DAY = timedelta(days=1)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both within."""

    first: date
    last: date


def understood(parse: Callable[[Any], T], text: str) -> T:
    """What a type of the model makes of a text; its Swedish sentence as a `StartError` where it cannot."""
    try:
        return parse(text)
    except PydanticCustomError as error:
        context = error.context or {}
        raise StartError(f"{context.get('message', '')} {context.get('hint', '')}".strip()) from error


def span_of(text: str) -> Span:
    """`2026-09`, `2026`, or `2026-09-15–2026-10-14` (also with `till` between)."""
    ends = _BETWEEN.split(text.strip())
    if len(ends) > 2 or not all(ends):
        raise StartError(f"”{text.strip()}” är ingen period. Skriv 2026-09, eller 2026-09-15–2026-10-14.")
    first, last = (understood(parse_partial_date, end) for end in (ends[0], ends[-1]))
    if last.last < first.first:
        raise StartError(
            f"Perioden slutar {last} men börjar {first}. Byt plats på datumen, eller rätta det ena."
        )
    return Span(first.first, last.last)


def said(span: Span) -> str:
    """The span as `span_of` understands it, as short as it can be."""
    if months_of(span) == 1:
        return f"{span.first:%Y-%m}"
    if months_of(span) == _YEAR and span.first.month == 1:
        return f"{span.first:%Y}"
    return f"{span.first}–{span.last}"


def id_of(span: Span) -> str:
    """The name of a file about these days: `2026-09`, `2026-06-till-2026-08`, `2026-09-15-till-2026-10-14`."""
    if months_of(span) == 1:
        return f"{span.first:%Y-%m}"
    if months_of(span):
        return f"{span.first:%Y-%m}-till-{span.last:%Y-%m}"
    return f"{span.first}-till-{span.last}"


def years_of(span: Span, dash: str = "-") -> str:
    """The years of a span: `2027`, `2028-2031`."""
    first, last = span.first.year, span.last.year
    return str(first) if first == last else f"{first}{dash}{last}"


def months_of(span: Span) -> int:
    """How many calendar months a span is; 0 where it does not begin and end with a month."""
    whole = span.first.day == 1 and span.last.day == monthrange(span.last.year, span.last.month)[1]
    return (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1 if whole else 0


def following(span: Span, months: int) -> Span:
    """The months that begin the day after a span."""
    return _months_from(span.last + _DAY, months)


def in_years(span: Span) -> int:
    """Months in the span's whole years; a year where it is not whole years."""
    months = months_of(span)
    return months if months and months % _YEAR == 0 else _YEAR


def year(number: int) -> Span:
    """A calendar year."""
    return Span(date(number, 1, 1), date(number, 12, 31))


def _months_from(first: date, months: int) -> Span:
    index = first.year * 12 + first.month - 1 + months
    to, month = index // 12, index % 12 + 1
    return Span(first, date(to, month, min(first.day, monthrange(to, month)[1])) - _DAY)


def month_before(today: date) -> Span:
    """The calendar month before a day."""
    last = today.replace(day=1) - _DAY
    return Span(last.replace(day=1), last)


def known_span(period: Period | None) -> Span | None:
    """The days of a validity, where both ends are known and in order."""
    first, last = (period.first, period.last) if period else (None, None)
    return Span(first, last) if first and last and first <= last else None


def overlaps(period: Period | None, span: Span) -> bool:
    """Whether a validity holds on any of the days, as far as it is known."""
    if period is None or not (period.first or period.last):
        return False
    return (period.first or span.first) <= span.last and (period.last or span.last) >= span.first


def period_lines(alias: str, span: Span) -> Lines:
    """A period with its first and last day."""
    start, end = (str(ReportPeriod.model_fields[name].alias) for name in ("start", "end"))
    return under(alias, [Line(f"{start}: {span.first}"), Line(f"{end}: {span.last}")])
