"""Small charts as inline SVG: values in, markup out. Pure functions; the table beside a chart has the same values.

A bar stands on the days it covers, so unequal periods are seen to be unequal. What is hidden is a striped bar
from nothing to the highest it can be; a period without a count is a small cross on the base line; a zero is a
line; a break in the series is a dashed line from top to bottom. Shape tells everything and colour nothing alone.
Every number has one decimal at most and is worked out in fractions, so the bytes are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from markupsafe import Markup, escape

from trygglofte import wording

WIDTH, HEIGHT = 360, 110
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 4, 16, 18
_SHORT = 800
"""Days: a chart that covers no more than this names its first and last month, a longer one its years."""

_YEAR_APART = 34


class Mark(StrEnum):
    """What a bar is: the period that is told of, the same time the year before, or any other."""

    NOW = "n"
    LAST_YEAR = "y"
    OTHER = "b"


@dataclass(frozen=True, slots=True)
class Bar:
    """One period. `value` is None where there is none to show; `most` is then the most it can be, if hidden.

    `label` is written above the bar.
    """

    start: date
    end: date
    value: Fraction | None
    most: Fraction | None = None
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


def rounded(number: Fraction | int) -> str:
    """A number with one decimal, or none where it is whole; halves go to the even neighbour."""
    tenths = round(Fraction(number) * 10)
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{f'.{rest}' if rest else ''}"


def nice_top(most: Fraction) -> int:
    """The least of 5, 6, 8, 10, 20, 30, 40, 50, 60, 80, 100, 200 … that is not below a number: the scale's top."""
    ten = 1
    while ten * 10 < most:
        ten *= 10
    least = max(most, Fraction(5))
    return next(step * ten for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * ten >= least)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days and values lie in the drawing."""

    first: date
    last: date
    top: int

    @classmethod
    def of(cls, bars: Sequence[Bar]) -> _Scale:
        most = max((bar.value or bar.most or Fraction(0) for bar in bars), default=Fraction(0))
        return cls(min(bar.start for bar in bars), max(bar.end for bar in bars), nice_top(most))

    def x(self, day: date, after: int = 0) -> Fraction:
        days = max(1, (self.last - self.first).days + 1)
        return _LEFT + Fraction((WIDTH - _LEFT - _RIGHT) * ((day - self.first).days + after), days)

    def y(self, value: Fraction) -> Fraction:
        return HEIGHT - _BOTTOM - Fraction(HEIGHT - _BOTTOM - _TOP) * value / self.top

    def _sides(self, bar: Bar) -> tuple[Fraction, Fraction]:
        """The left side and the width of a bar: its days, less a little air."""
        left, right = self.x(bar.start), self.x(bar.end, 1)
        air = min(Fraction(2), max(Fraction(0), (right - left) / 4))
        return left + air / 2, max(Fraction(1, 2), right - left - air)

    def shapes(self, bar: Bar) -> list[tuple[str, str]]:
        left, width = self._sides(bar)
        base = HEIGHT - _BOTTOM
        found: list[tuple[str, str]] = []
        if bar.broken:
            found.append(("k", f"M{rounded(self.x(bar.start))} {_TOP - 6}V{base}"))
        if bar.value is not None:
            height = base - self.y(bar.value)
            if bar.value == 0:
                found.append(("z", f"M{rounded(left)} {base}h{rounded(width)}"))
            else:
                found.append(
                    (
                        bar.mark,
                        f"M{rounded(left)} {base}v-{rounded(height)}h{rounded(width)}v{rounded(height)}z",
                    )
                )
        elif bar.most is None:
            middle = rounded(left + width / 2)
            found.append(("x", f"M{middle} {base - 7}m-2.5-2.5l5 5m0-5l-5 5"))
        return found

    def hidden(self, bars: Sequence[Bar]) -> str:
        """Striped from nothing to the highest a hidden count can be: a wide line of short dashes."""
        drawn = []
        for bar in bars:
            if bar.value is None and bar.most is not None:
                left, width = self._sides(bar)
                drawn.append(
                    f'<path class="h" stroke-width="{rounded(width)}" '
                    f'd="M{rounded(left + width / 2)} {HEIGHT - _BOTTOM}V{rounded(self.y(bar.most))}"/>'
                )
        return "".join(drawn)

    def axis(self) -> str:
        base, right = HEIGHT - _BOTTOM, WIDTH - _RIGHT
        return (
            f'<path class="a" d="M{_LEFT} {base}H{right}M{_LEFT} {_TOP}H{right}"/>'
            f'<text class="e" x="{_LEFT - 5}" y="{_TOP + 4}">{escape(wording.number(self.top))}</text>'
            f'<text class="e" x="{_LEFT - 5}" y="{base + 4}">0</text>'
        )

    def labels(self, bars: Sequence[Bar]) -> str:
        """Below: the first and the last month, or years. Above: the labels of bars."""
        foot = HEIGHT - 4
        if (self.last - self.first).days > _SHORT:
            drawn = "".join(
                f'<path class="a" d="M{rounded(x)} {HEIGHT - _BOTTOM}v4"/>'
                f'<text x="{rounded(x + 2)}" y="{foot}">{year}</text>'
                for year, x in self._years()
            )
        else:
            drawn = (
                f'<text x="{_LEFT}" y="{foot}">{_month(self.first)}</text>'
                f'<text class="e" x="{WIDTH - _RIGHT}" y="{foot}">{_month(self.last)}</text>'
            )
        for bar in bars:
            if bar.label and bar.value is not None:
                left, width = self._sides(bar)
                middle = min(max(left + width / 2, Fraction(_LEFT + 8)), Fraction(WIDTH - 12))
                drawn += (
                    f'<text class="m" x="{rounded(middle)}" y="{rounded(self.y(bar.value) - 4)}">'
                    f"{escape(bar.label)}</text>"
                )
        return drawn

    def _years(self) -> list[tuple[int, Fraction]]:
        """The years that begin within the drawing, and where; every other, or fewer, where they would collide."""
        found = [
            (year, self.x(date(year, 1, 1)))
            for year in range(self.first.year, self.last.year + 1)
            if self.first <= date(year, 1, 1) <= self.last
        ]
        room = [(year, x) for year, x in found if x <= WIDTH - _RIGHT - _YEAR_APART + 8]
        apart = Fraction(WIDTH * 365, max(1, (self.last - self.first).days))
        every = max(1, -(-_YEAR_APART // max(Fraction(1), apart)))
        return [(year, x) for year, x in room if year % int(every) == 0]


def figure(value: Fraction) -> str:
    """A value as it is said: whole, or with one decimal, in Swedish."""
    return rounded(value).replace(".", ",").replace("-", "−")


def _month(day: date) -> str:
    name = wording.MONTHS[day.month - 1]
    return f"{name if len(name) < 5 else name[:3]} {day.year}"
