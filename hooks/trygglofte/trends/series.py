"""Series of counts over the periods of a municipality's monthly situation summaries.

A period without a count is a gap, a hidden count stays hidden, and where the way of counting changes the
series is broken. Nothing is filled in and nothing is added up. Statutory summaries are not part of any series.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache

from trygglofte.model import Filed, Municipality, SituationSummary
from trygglofte.model.common import ReportPeriod
from trygglofte.model.situation_summary import Category
from trygglofte.model.values import Count
from trygglofte.trends.change import Change, change

Summary = Filed[SituationSummary]
OTHER_COUNTING = "Antalen räknar något annat än förut."


class NoVerdict(StrEnum):
    """Why nothing is said of a change."""

    HIDDEN = "ett antal är dolt"
    MISSING = "ett antal saknas"
    BROKEN = "antalen är inte räknade på samma sätt"
    UNSTATED = "det står inte vad antalen räknar"
    OVERLAPPING = "perioderna går in i varandra"


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series. `count` is None where the summary gives no count.

    `stretch` numbers the parts of the series between breaks, from 0; `broken` says why the series is broken
    just before this period, and is empty where it is not.
    """

    summary: Summary
    count: Count | None
    stretch: int = 0
    broken: str = ""

    @property
    def whole_month(self) -> bool:
        """Whether the period is one calendar month."""
        period = self.summary.part.period
        return _whole_month(period.start, period.end)

    @property
    def period(self) -> ReportPeriod:
        """The days it covers."""
        return self.summary.part.period

    @property
    def days(self) -> int:
        """How many days it covers, both ends counted."""
        return days_of(self.period)

    @property
    def value(self) -> int | None:
        """The count where it may be shown."""
        return self.count.value if self.count else None

    @property
    def hidden(self) -> bool:
        """Whether there is a count that may not be shown."""
        return self.count is not None and self.count.value is None

    @property
    def per_month(self) -> Fraction | int | None:
        """The count as it is in a calendar month, else as it would be in 30 days. None for hidden or missing."""
        return None if self.value is None else self.in_a_month(self.value)

    def in_a_month(self, count: int) -> Fraction | int:
        """What a count of this period is in a month: itself for a calendar month, else as it would be in 30 days."""
        return count if self.whole_month else Fraction(30 * count, self.days)


@dataclass(frozen=True)
class Series:
    """Periods in order, the oldest first."""

    points: tuple[Point, ...]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {point.summary.id: n for n, point in enumerate(self.points)}

    @property
    def empty(self) -> bool:
        """Whether no period has a count, shown or hidden."""
        return all(point.count is None for point in self.points)

    def at(self, summary: Summary) -> int:
        """The position of a summary's period."""
        return self._positions[summary.id]

    def until(self, summary: Summary, many: int) -> tuple[Point, ...]:
        """A summary's period and those before it, at most so many together."""
        last = self.at(summary) + 1
        return self.points[max(0, last - many) : last]


@dataclass(frozen=True, slots=True)
class Compared:
    """A period held against an earlier one: what may be said, or why nothing is."""

    before: Point
    change: Change | None = None
    reason: NoVerdict | None = None


@lru_cache(maxsize=4096)
def _whole_month(first: date, last: date) -> bool:
    same = (first.year, first.month) == (last.year, last.month)
    return same and first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def days_of(period: ReportPeriod) -> int:
    """How many days a period has, both ends counted. At least one, also where the ends are in the wrong order."""
    return max(1, (period.end - period.start).days + 1)


def whole_months(points: Iterable[Point]) -> bool:
    """Whether every period is one calendar month, so that counts can be shown as they are."""
    return all(point.whole_month for point in points)


def monthly(summaries: Iterable[Summary]) -> list[Summary]:
    """The summaries that are not statutory, the oldest first."""
    return sorted(
        (filed for filed in summaries if not filed.part.statutory),
        key=lambda filed: (filed.part.period.end, filed.part.period.start, filed.id),
    )


@dataclass(frozen=True, slots=True)
class _Month:
    """A monthly summary as every series sees it."""

    summary: Summary
    themes: dict[str, Category]
    """What it says of each theme. Nothing where it says it twice: two counts are not added up."""

    counting: str | None
    """What its counts count; None where it has none."""


def _months(municipality: Municipality) -> list[_Month]:
    """A municipality's monthly summaries, the oldest first, read once for all series."""
    return municipality.once(
        "months",
        lambda: [_Month(filed, _themes(filed), _counted(filed)) for filed in monthly(municipality.summaries)],
    )


def theme_series(municipality: Municipality, theme: str) -> Series:
    """The counts of a theme in the whole municipality."""
    return _series(_months(municipality), theme, None)


def place_series(municipality: Municipality, theme: str, place: str) -> Series:
    """The counts of a theme at a place."""
    return _series(_months(municipality), theme, place)


def themes_counted(municipality: Municipality) -> list[str]:
    """Every theme that some monthly summary has a count for, in the order they first come."""
    found = (
        category.theme
        for month in _months(municipality)
        for category in month.summary.part.categories
        if category.count
    )
    return list(dict.fromkeys(found))


def place_themes(municipality: Municipality, place: str) -> list[str]:
    """Every theme that some monthly summary has a count for at a place, in the order they first come."""
    found = (
        category.theme
        for month in _months(municipality)
        for category in month.summary.part.categories
        if place in category.places
    )
    return list(dict.fromkeys(found))


def _series(months: Iterable[_Month], theme: str, place: str | None) -> Series:
    points: list[Point] = []
    stretch, counted_before = 0, None
    for month in months:
        category = month.themes.get(theme)
        broken = month.summary.part.broken or (category.broken if category else None) or ""
        if month.counting is not None:
            if counted_before is not None and counted_before != month.counting:
                broken = broken or OTHER_COUNTING
            counted_before = month.counting
        stretch += bool(broken and points)
        count = None
        if category:
            count = category.places.get(place) if place else category.count
        points.append(Point(month.summary, count, stretch, broken if points else ""))
    return Series(tuple(points))


def _themes(filed: Summary) -> dict[str, Category]:
    said = [category.theme for category in filed.part.categories]
    return {category.theme: category for category in filed.part.categories if said.count(category.theme) == 1}


def _counted(filed: Summary) -> str | None:
    if any(category.count or category.places for category in filed.part.categories):
        return _counting(filed)
    return None


def _counting(filed: Summary) -> str:
    """What a summary's counts count, without what does not change its meaning."""
    return _meaning(filed.part.counts_what or "")


@lru_cache(maxsize=512)
def _meaning(words: str) -> str:
    return " ".join(word.strip(".,;:") for word in words.casefold().split())


def compared(now: Point, before: Point) -> Compared:
    """A period held against an earlier one. Only counts that are shown and counted alike give an answer."""
    if now.hidden or before.hidden:
        return Compared(before, reason=NoVerdict.HIDDEN)
    if now.value is None or before.value is None:
        return Compared(before, reason=NoVerdict.MISSING)
    if now.stretch != before.stretch:
        return Compared(before, reason=NoVerdict.BROKEN)
    if not _counting(now.summary):
        return Compared(before, reason=NoVerdict.UNSTATED)
    if before.period.end >= now.period.start:
        return Compared(before, reason=NoVerdict.OVERLAPPING)
    return Compared(before, change(now.value, now.days, before.value, before.days))


def same_time_last_year(points: Sequence[Point], now: Point) -> Point | None:
    """The period of the same months a year before; February may end on either day. None where there is none."""
    start, end = now.period.start, now.period.end
    if (start.month, start.day) == (2, 29) or start.year == 1:
        return None
    began = start.replace(year=start.year - 1)
    for point in points:
        was = point.summary.part.period
        if was.start == began and (was.end.year + 1, was.end.month) == (end.year, end.month):
            return point
    return None
