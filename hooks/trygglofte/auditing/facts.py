"""What has been published about counts that nobody may know, as linear facts about whole numbers from 0 up.

A *cell* is the smallest thing that is counted, under any name that can be a key. A *fact* says between which
two numbers a weighted sum of cells lies; a *secret* is a sum of cells that must not be possible to narrow down.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Cell = Hashable


@dataclass(frozen=True, slots=True)
class Fact:
    """`low` ≤ the sum of `weight · cell` ≤ `high`; None where there is no bound. `figure` is what says so."""

    terms: tuple[tuple[Cell, int], ...]
    low: int | None
    high: int | None
    figure: Hashable


@dataclass(frozen=True, slots=True)
class Secret:
    """A sum of cells that may be small. `threshold` is the least count that may be known as it is.

    `hidden` tells a count that was written as hidden from one that nobody wrote, but that others leave over.
    """

    name: Hashable
    cells: tuple[Cell, ...]
    threshold: int
    hidden: bool = True

    def is_kept_by(self, values: Sequence[int] | range) -> bool:
        """Whether somebody who knows that it is one of `values` knows no more than may be known.

        Either none of the values is small, or at least as many are left as the words `färre än N` leave
        (N − 1 of them: 1, 2 … N − 1). This is a sliding protection level: it is the width of what is still
        possible that protects, not where it lies (Fischetti & Salazar-González, "Solving the cell suppression
        problem on tabular data with linear constraints", Management Science 47(7), 2001; Hundepool et al.,
        "Statistical Disclosure Control", 2012, ch. 4; Willenborg & de Waal, "Elements of Statistical
        Disclosure Control", 2001).
        """
        return len(values) >= self.threshold - 1 or not any(0 < value < self.threshold for value in values)


def total(cells: Iterable[Cell], low: int | None, high: int | None, figure: Hashable) -> Fact:
    """Together the cells hold at least `low` and at most `high`."""
    return Fact(tuple((cell, 1) for cell in cells), low, high, figure)


def difference(
    more: Iterable[Cell], less: Iterable[Cell], low: int | None, high: int | None, figure: Hashable
) -> Fact:
    """`more` less `less` lies between `low` and `high`: a published change, or `more than the month before`."""
    weights: dict[Cell, int] = {}
    for cells, weight in ((more, 1), (less, -1)):
        for cell in cells:
            weights[cell] = weights.get(cell, 0) + weight
    return Fact(tuple((cell, weight) for cell, weight in weights.items() if weight), low, high, figure)


def ratio(
    part: Iterable[Cell], base: Iterable[Cell], value: Decimal, per: int, figure: Hashable
) -> tuple[Fact, Fact]:
    """That `per · part / base` was published as `value`, rounded to the decimals that `value` is written with.

    `per` is 100 for a percentage, 100 000 for a rate, 1 for an average. A reader cannot know whether halves
    were rounded up or to the even digit, so both ends belong to the interval. Two facts: one for each end.
    """
    exponent = value.as_tuple().exponent
    scale = 2 * 10 ** (max(0, -exponent) if isinstance(exponent, int) else 0)
    middle = int(value * scale)
    part, base = list(part), list(base)

    def side(end: int) -> tuple[tuple[Cell, int], ...]:
        weights: dict[Cell, int] = {}
        for cells, weight in ((part, per * scale), (base, -end)):
            for cell in cells:
                weights[cell] = weights.get(cell, 0) + weight
        return tuple((cell, weight) for cell, weight in weights.items() if weight)

    return Fact(side(middle - 1), 0, None, figure), Fact(side(middle + 1), None, 0, figure)
