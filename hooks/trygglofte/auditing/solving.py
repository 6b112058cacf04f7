"""Whether whole numbers exist that agree with every fact: exact, in integers, and bounded in work.

Bounds are tightened until nothing changes; what is left is tried by splitting the smallest range. Equations that
follow from the others (by exact elimination) are added first, since a single one often settles what no fact
settles alone. Nothing here rounds. Where the work would pass its bound, `TooLarge` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trygglofte.auditing.facts import Cell, Fact
from trygglofte.auditing.reducing import Contradiction, Row, eliminated, parts

Ranges = list[tuple[int, int]]


class TooLarge(Exception):
    """What was asked cannot be decided within the bound: too many steps, or a cell that may be any number."""


class System:
    """Facts about cells.

    `steps` bounds the work of one question, and 20 times that of all: one step is one fact looked at.
    """

    def __init__(self, facts: Iterable[Fact], steps: int, together: Iterable[Sequence[Cell]] = ()) -> None:
        """`together` are cells that will be asked for together: they are then in the same part."""
        self._most = self._left = steps
        self._all = 20 * steps
        self.cells: dict[Cell, int] = {}
        rows: list[Row] = []
        for fact in facts:
            for cell, _ in fact.terms:
                self.cells.setdefault(cell, len(self.cells))
            rows.append(_row(fact, self.cells))
        self.ranges = _first_ranges(rows, len(self.cells))
        self._use(rows)
        known = -1
        while known != (known := sum(low == high for low, high in self.ranges)):
            rows, more = eliminated(_open_rows(rows, self.ranges))
            self._use(rows + more)
        self._parted(rows, together)
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

    def _parted(self, rows: list[Row], together: Iterable[Sequence[Cell]]) -> None:
        """Find the parts that have nothing to do with each other, and which of them are stars.

        A star has one sum of several cells at most, with weights of 1, and the other facts bound one cell each:
        every whole number that tightened bounds leave is then possible, and no solution has to be looked for.
        """
        links = [[at for at, _ in terms] for terms, _, _ in rows]
        links += [[self.cells[cell] for cell in cells if cell in self.cells] for cells in together]
        self._part = parts(len(self.cells), links)
        sums: dict[int, set[tuple[tuple[int, int], ...]]] = {}
        tangled = set()
        for terms, _, _ in rows:
            part = self._part[terms[0][0]]
            if len(terms) > 1:
                sums.setdefault(part, set()).add(terms)
            if len(sums.get(part, ())) > 1 or any(weight != 1 for _, weight in terms):
                tangled.add(part)
        self._tangled = tangled
        more = [row for row in self.rows[len(rows) :] if self._part[row[0][0][0]] in tangled]
        self._use(rows + more)

    def part(self, cells: Sequence[Cell]) -> int:
        """The part that cells which were said to be asked for together belong to."""
        return self._part[self.cells[cells[0]]]

    def is_star(self, cells: Sequence[Cell]) -> bool:
        """Whether the part of these cells is a star."""
        return self.part(cells) not in self._tangled

    def bounds(self, cells: Iterable[Cell]) -> tuple[int, int]:
        """Between which numbers a sum of cells surely lies. Perhaps wider than what is possible."""
        ranges = [self.ranges[self.cells[cell]] for cell in cells]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    def range_with_none_in(self, cell: Cell, none: Iterable[Cell]) -> tuple[int, int]:
        """Exactly what a cell of a star can be, where the cells `none` of the same star are 0."""
        self._left = self._most
        rows: list[Row] = [(((self.cells[other], 1),), 0, 0) for other in none]
        return self._tightened(self.ranges, (), rows)[self.cells[cell]]

    def has(self, *wanted: tuple[Sequence[Cell], int, int]) -> bool:
        """Whether the facts leave it possible that each sum of cells lies between its two numbers."""
        extra: list[Row] = [
            (tuple((self.cells[cell], 1) for cell in cells), low, high) for cells, low, high in wanted
        ]
        for solution in self.known:
            if all(_holds(row, solution) for row in extra):
                return True
        if wanted and not self.known and not self.has():
            return False
        here = {self._part[at] for terms, _, _ in extra for at, _ in terms}
        self._left = self._most
        try:
            start = self._tightened(self.ranges, (), extra)
            places = [at for at, part in enumerate(self._part) if not wanted or part in here]
            found = self._search(start, extra, places)
        except Contradiction:
            return False
        searched = set(places)
        rest = self.known[0] if self.known else []
        self.known.append([found[at] if at in searched else rest[at] for at in range(len(found))])
        return True

    def _search(self, ranges: Ranges, extra: list[Row], places: list[int]) -> list[int]:
        """A solution for these places within ranges that are tight already, or `Contradiction`."""
        open_ones = [(ranges[at][1] - ranges[at][0], at) for at in places if ranges[at][1] > ranges[at][0]]
        if not open_ones:
            return [low for low, _ in ranges]
        _, position = min(open_ones)
        low, high = ranges[position]
        middle = (low + high) // 2
        for half in ((low, middle), (middle + 1, high)):
            tried = list(ranges)
            tried[position] = half
            try:
                return self._search(self._tightened(tried, self._of[position], extra), extra, places)
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
