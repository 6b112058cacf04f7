"""Small charts as inline SVG: values in, markup out. Pure functions; the table beside a chart has the same values.

A bar stands on the days it covers, so unequal periods are seen to be unequal. What is hidden is a striped bar
from nothing to the highest it can be; a period without a count is a small cross on the base line; a zero is a
line; a break in the series is a dashed line from top to bottom. Shape tells everything and colour nothing alone.
Everything is worked out in whole tenths, so the bytes are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from trygglofte import wording

WIDTH, HEIGHT = 360, 110
_LEFT, _RIGHT, _TOP, _BASE = 300, 3560, 160, 920
"""The sides of what is drawn, in tenths."""

_SHORT = 800
"""Days: a chart that covers no more than this names its first and last month, a longer one its years."""

_YEAR_APART = 340
"""Tenths that a year needs below the drawing."""


class Mark(StrEnum):
    """What a bar is: the period that is told of, the same time the year before, or any other."""

    NOW = "n"
    LAST_YEAR = "y"
    OTHER = "b"


class Bar(NamedTuple):
    """One period. `value` is None where there is none to show; `most` is then the most it can be, if hidden.

    `label` is written above the bar.
    """

    start: date
    end: date
    value: Fraction | int | None
    most: Fraction | int | None = None
    mark: Mark = Mark.OTHER
    broken: bool = False
    label: str = ""


def chart(title: str, description: str, bars: Sequence[Bar]) -> Markup:
    """A bar chart over time. Empty where there are no bars. `title` says what it shows, in words."""
    if not bars:
        return Markup()
    scale = _Scale.of(bars)
    shapes: dict[str, list[str]] = {}
    for bar in bars:
        for kind, path in scale.shapes(bar):
            shapes.setdefault(kind, []).append(path)
    drawn = "".join(f'<path class="{kind}" d="{"".join(paths)}"/>' for kind, paths in sorted(shapes.items()))
    return Markup(  # noqa: S704 - numbers made here, and words that are escaped here
        f'<svg class="tl-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f"{scale.axis()}{drawn}{scale.hidden(bars)}{scale.labels(bars)}</svg>"
    )


def figure(value: Fraction | int) -> str:
    """A value as it is said in Swedish: whole, or with one decimal; halves go to the even neighbour."""
    whole, rest = divmod(round(value * 10), 10)
    return wording.number(whole) + (f",{rest}" if rest else "")


def nice_top(most: Fraction | int) -> int:
    """The least of 5, 6, 8, 10, 20, 30, 40, 50, 60, 80, 100, 200 … that is not below a number: the scale's top."""
    ten = 1
    while ten * 10 < most:
        ten *= 10
    least = max(most, 5)
    return next(step * ten for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * ten >= least)


@lru_cache(maxsize=4096)
def _written(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days and values lie in the drawing, in whole tenths of its unit."""

    first: int
    days: int
    top: int

    @classmethod
    def of(cls, bars: Sequence[Bar]) -> _Scale:
        highest = max(bar.value or bar.most or 0 for bar in bars)
        first = min(bar.start for bar in bars).toordinal()
        last = max(bar.end for bar in bars).toordinal()
        return cls(first, max(1, last - first + 1), nice_top(highest))

    def x(self, day: int) -> int:
        """Where a day begins, by its ordinal."""
        return _LEFT + (_RIGHT - _LEFT) * (day - self.first) // self.days

    def height(self, value: Fraction | int) -> int:
        whole = self.top * value.denominator
        return (2 * (_BASE - _TOP) * value.numerator + whole) // (2 * whole)

    def sides(self, bar: Bar) -> tuple[int, int]:
        """The left side and the width of a bar: its days, less a little air."""
        left, right = self.x(bar.start.toordinal()), self.x(bar.end.toordinal() + 1)
        air = min(20, max(0, right - left) // 4)
        return left + air // 2, max(5, right - left - air)

    def shapes(self, bar: Bar) -> list[tuple[str, str]]:
        left, width = self.sides(bar)
        found: list[tuple[str, str]] = []
        if bar.broken:
            found.append(("k", f"M{_written(self.x(bar.start.toordinal()))} 10V{_written(_BASE)}"))
        if bar.value is not None:
            across = f"h{_written(width)}"
            height = _written(self.height(bar.value))
            start = f"M{_written(left)} {_written(_BASE)}"
            found.append(
                (bar.mark, f"{start}v-{height}{across}v{height}z") if bar.value else ("z", start + across)
            )
        elif bar.most is None:
            cross = f"M{_written(left + width // 2)} {_written(_BASE - 70)}m-2.5-2.5l5 5m0-5l-5 5"
            found.append(("x", cross))
        return found

    def hidden(self, bars: Sequence[Bar]) -> str:
        """Striped from nothing to the highest a hidden count can be: a wide line of short dashes."""
        drawn = []
        for bar in bars:
            if bar.value is None and bar.most is not None:
                left, width = self.sides(bar)
                up = _written(_BASE - self.height(bar.most))
                drawn.append(
                    f'<path class="h" stroke-width="{_written(width)}" '
                    f'd="M{_written(left + width // 2)} {_written(_BASE)}V{up}"/>'
                )
        return "".join(drawn)

    def axis(self) -> str:
        left, right, top, base = (_written(number) for number in (_LEFT, _RIGHT, _TOP, _BASE))
        beside = _written(_LEFT - 50)
        return (
            f'<path class="a" d="M{left} {base}H{right}M{left} {top}H{right}"/>'
            f'<text class="e" x="{beside}" y="{_written(_TOP + 40)}">{escape(wording.number(self.top))}</text>'
            f'<text class="e" x="{beside}" y="{_written(_BASE + 40)}">0</text>'
        )

    def labels(self, bars: Sequence[Bar]) -> str:
        """Below: the first and the last month, or years. Above: the labels of bars."""
        foot = HEIGHT - 4
        if self.days > _SHORT:
            drawn = "".join(
                f'<path class="a" d="M{_written(x)} {_written(_BASE)}v4"/>'
                f'<text x="{_written(x + 20)}" y="{foot}">{year}</text>'
                for year, x in self._years()
            )
        else:
            drawn = (
                f'<text x="{_written(_LEFT)}" y="{foot}">{_month(self.first)}</text>'
                f'<text class="e" x="{_written(_RIGHT)}" y="{foot}">{_month(self.first + self.days - 1)}</text>'
            )
        for bar in bars:
            if bar.label and bar.value is not None:
                left, width = self.sides(bar)
                middle = _written(min(max(left + width // 2, _LEFT + 80), _RIGHT - 80))
                above = _written(_BASE - self.height(bar.value) - 40)
                drawn += f'<text class="m" x="{middle}" y="{above}">{escape(bar.label)}</text>'
        return drawn

    def _years(self) -> list[tuple[int, int]]:
        """The years that begin within the drawing, and where; every other, or fewer, where they would collide."""
        last = self.first + self.days - 1
        years = range(date.fromordinal(self.first).year, date.fromordinal(last).year + 1)
        found = [(year, date(year, 1, 1).toordinal()) for year in years]
        room = [(year, self.x(day)) for year, day in found if self.first <= day <= last]
        apart = max(1, (_RIGHT - _LEFT) * 365 // self.days)
        every = -(-_YEAR_APART // apart)
        return [(year, x) for year, x in room if year % every == 0 and x <= _RIGHT - _YEAR_APART]


def _month(day: int) -> str:
    month = date.fromordinal(day)
    name = wording.MONTHS[month.month - 1]
    return f"{name if len(name) < 5 else name[:3]} {month.year}"
