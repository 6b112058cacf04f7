"""Whether whole numbers exist that agree with every fact: exact, in integers, and bounded in work.

Bounds are tightened until nothing changes; what is left is tried by splitting the smallest range. Equations that
follow from the others (by exact elimination) are added first, since a single one often settles what no fact
settles alone. Nothing here rounds. Where the work would pass its bound, `TooLarge` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from trygglofte.auditing.facts import Cell, Fact

Row = tuple[tuple[tuple[int, int], ...], int | None, int | None]
"""A fact by the cells' positions: (position, weight) pairs, low, high."""
Ranges = list[tuple[int, int]]


class TooLarge(Exception):
    """What was asked cannot be decided within the bound: too many steps, or a cell that may be any number."""


class Contradiction(Exception):
    """No whole numbers agree with the facts."""


class System:
    """Facts about cells.

    `steps` bounds the work of one question, and 20 times that of all: one step is one fact looked at.
    """

    def __init__(self, facts: Iterable[Fact], steps: int) -> None:
        self.facts = tuple(facts)
        self._most = self._left = steps
        self._all = 20 * steps
        self.cells: dict[Cell, int] = {}
        for fact in self.facts:
            for cell, _ in fact.terms:
                self.cells.setdefault(cell, len(self.cells))
        rows = [_row(fact, self.cells) for fact in self.facts]
        self.ranges = _first_ranges(rows, len(self.cells))
        self._use(rows)
        rows = _open_rows(self.rows, self.ranges)
        self.is_star = _is_star(rows)
        self._use(rows if self.is_star else rows + _consequences(rows))
        self.known: list[list[int]] = []
        """Solutions that have been found; each answers other questions too."""

    def _use(self, rows: list[Row]) -> None:
        """Take these rows for the facts, and tighten the ranges by them."""
        self.rows = rows
        self._of: list[list[int]] = [[] for _ in self.cells]
        for number, (terms, _, _) in enumerate(rows):
            for position, _ in terms:
                self._of[position].append(number)
        self.ranges = self._tightened(self.ranges, range(len(rows)), None)

    def bounds(self, cells: Iterable[Cell]) -> tuple[int, int]:
        """Between which numbers a sum of cells surely lies. Perhaps wider than what is possible."""
        ranges = [self.ranges[self.cells[cell]] for cell in cells]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    def ranges_with_none_in(self, cells: Iterable[Cell]) -> dict[Cell, tuple[int, int]]:
        """Exactly what each cell can be where the given cells are 0, when the facts are a star.

        There is then one sum of several cells at most, with weights of 1, and the other facts bound one cell
        each: every whole number that tightened bounds leave is possible, and no solution has to be looked for.
        """
        assert self.is_star
        self._left = self._most
        none: list[Row] = [(((self.cells[cell], 1),), 0, 0) for cell in cells]
        ranges = self._tightened(self.ranges, (), none)
        return {cell: ranges[at] for cell, at in self.cells.items()}

    def has(self, *wanted: tuple[Sequence[Cell], int, int]) -> bool:
        """Whether the facts leave it possible that each sum of cells lies between its two numbers."""
        extra: list[Row] = [
            (tuple((self.cells[cell], 1) for cell in cells), low, high) for cells, low, high in wanted
        ]
        for solution in self.known:
            if all(_holds(row, solution) for row in extra):
                return True
        self._left = self._most
        try:
            solution = self._search(self._tightened(self.ranges, range(len(self.rows)), extra), extra)
        except Contradiction:
            return False
        self.known.append(solution)
        return True

    def _search(self, ranges: Ranges, extra: list[Row]) -> list[int]:
        """A solution within ranges that are tight already, or `Contradiction`."""
        open_ones = [(high - low, position) for position, (low, high) in enumerate(ranges) if high > low]
        if not open_ones:
            return [low for low, _ in ranges]
        _, position = min(open_ones)
        low, high = ranges[position]
        middle = (low + high) // 2
        for part in ((low, middle), (middle + 1, high)):
            tried = list(ranges)
            tried[position] = part
            try:
                return self._search(self._tightened(tried, self._of[position], extra), extra)
            except Contradiction:
                continue
        raise Contradiction

    def _tightened(self, ranges: Ranges, first: Iterable[int], extra: list[Row] | None) -> Ranges:
        """The ranges, as narrow as the facts one at a time make them."""
        ranges = list(ranges)
        waiting = dict.fromkeys(first)
        wanted = extra or []
        while True:
            while waiting:
                number = next(iter(waiting))
                del waiting[number]
                for position in self._narrow(ranges, self.rows[number]):
                    waiting.update(dict.fromkeys(self._of[position]))
            for row in wanted:
                for position in self._narrow(ranges, row):
                    waiting.update(dict.fromkeys(self._of[position]))
            if not waiting:
                return ranges

    def _narrow(self, ranges: Ranges, row: Row) -> list[int]:
        """Narrow the ranges by one row, in place; the positions that changed."""
        self._left -= 1
        self._all -= 1
        if self._left < 0 or self._all < 0:
            raise TooLarge
        terms, low, high = row
        least = sum(weight * ranges[at][0 if weight > 0 else 1] for at, weight in terms)
        most = sum(weight * ranges[at][1 if weight > 0 else 0] for at, weight in terms)
        if (high is not None and least > high) or (low is not None and most < low):
            raise Contradiction
        changed = []
        for at, weight in terms:
            bottom, top = ranges[at]
            span = abs(weight) * (top - bottom)
            if high is not None and span > high - least:
                room = (high - least) // abs(weight)
                new = (bottom, bottom + room) if weight > 0 else (top - room, top)
                bottom, top = max(bottom, new[0]), min(top, new[1])
            if low is not None and span > most - low:
                room = (most - low) // abs(weight)
                new = (ranges[at][1] - room, top) if weight > 0 else (bottom, ranges[at][0] + room)
                bottom, top = max(bottom, new[0]), min(top, new[1])
            if bottom > top:
                raise Contradiction
            if (bottom, top) != ranges[at]:
                # `least` and `most` keep what the old range gave: a looser bound, never a wrong one.
                ranges[at] = (bottom, top)
                changed.append(at)
        return changed


def _row(fact: Fact, cells: dict[Cell, int]) -> Row:
    return tuple((cells[cell], weight) for cell, weight in fact.terms), fact.low, fact.high


def _holds(row: Row, solution: list[int]) -> bool:
    terms, low, high = row
    value = sum(weight * solution[at] for at, weight in terms)
    return (low is None or value >= low) and (high is None or value <= high)


def _open_rows(rows: list[Row], ranges: Ranges) -> list[Row]:
    """The rows without the cells that are known, and without those rows that hold whatever the cells are."""
    found: dict[Row, None] = {}
    for terms, low, high in rows:
        known = sum(weight * ranges[at][0] for at, weight in terms if ranges[at][0] == ranges[at][1])
        left = tuple((at, weight) for at, weight in terms if ranges[at][0] < ranges[at][1])
        least = sum(weight * ranges[at][0 if weight > 0 else 1] for at, weight in left) + known
        most = sum(weight * ranges[at][1 if weight > 0 else 0] for at, weight in left) + known
        low = None if low is None or least >= low else low - known
        high = None if high is None or most <= high else high - known
        if low is not None or high is not None:
            found[left, low, high] = None
    return list(found)


def _is_star(rows: list[Row]) -> bool:
    sums = {terms for terms, _, _ in rows if len(terms) > 1}
    return len(sums) < 2 and all(weight == 1 for terms, _, _ in rows for _, weight in terms)


def _first_ranges(rows: list[Row], size: int) -> Ranges:
    """From 0 to a number that the facts one after another allow; `TooLarge` where a cell has no such number."""
    upward = [(terms, high) for terms, _, high in rows if high is not None]
    upward += [
        (tuple((at, -weight) for at, weight in terms), -low) for terms, low, _ in rows if low is not None
    ]
    tops: list[int | None] = [None] * size
    changed = True
    while changed:
        changed = False
        for terms, high in upward:
            against = [(weight, tops[at]) for at, weight in terms if weight < 0]
            if any(top is None for _, top in against):
                continue
            room = high - sum(weight * (top or 0) for weight, top in against)
            if room < 0:
                raise Contradiction
            for at, weight in terms:
                if weight > 0 and tops[at] is None:
                    tops[at], changed = room // weight, True
    if None in tops:
        raise TooLarge
    return [(0, top or 0) for top in tops]


def _consequences(rows: list[Row]) -> list[Row]:
    """The equations in reduced row echelon form, in whole numbers: they follow from the facts, and say more."""
    equations = [(dict(terms), low) for terms, low, high in rows if low is not None and low == high]
    if len(equations) < 2:
        return []
    done: list[tuple[int, dict[int, Fraction], Fraction]] = []
    for terms, value in equations:
        left = {at: Fraction(weight) for at, weight in terms.items()}
        right = Fraction(value)
        for pivot, other, side in done:
            right -= _subtract(left, other, side, pivot)
        if not left:
            if right:
                raise Contradiction
            continue
        pivot = min(left)
        scale = left[pivot]
        left = {at: weight / scale for at, weight in left.items()}
        right /= scale
        done = [(p, *_cleared(other, side, left, right, pivot)) for p, other, side in done]
        done.append((pivot, left, right))
    return [_whole(left, right) for _, left, right in done if len(left) > 0]


def _subtract(left: dict[int, Fraction], other: dict[int, Fraction], side: Fraction, pivot: int) -> Fraction:
    """Take `other` from `left`, in place, so that the pivot goes; what the right side falls by."""
    times = left.get(pivot)
    if not times:
        return Fraction(0)
    for at, weight in other.items():
        new = left.get(at, Fraction(0)) - times * weight
        if new:
            left[at] = new
        else:
            left.pop(at, None)
    return times * side


def _cleared(
    other: dict[int, Fraction], side: Fraction, left: dict[int, Fraction], right: Fraction, pivot: int
) -> tuple[dict[int, Fraction], Fraction]:
    fewer = dict(other)
    return fewer, side - _subtract(fewer, left, right, pivot)


def _whole(left: dict[int, Fraction], right: Fraction) -> Row:
    scale = lcm(*(weight.denominator for weight in left.values()))
    value = right * scale
    if value.denominator != 1:
        raise Contradiction
    return tuple((at, int(weight * scale)) for at, weight in sorted(left.items())), int(value), int(value)
