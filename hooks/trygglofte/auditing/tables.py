"""Published counts by topic, place and period, as facts about cells: parts, parts of parts, and overlapping periods.

A figure counts everything of a topic within a place during some days. Its cells are found by cutting the days at
every first and last day that is published, and a place into itself without the places within it. What remains of
a figure when its published parts are taken away is a secret as well: `14 in all, 11 in the centre` says that
3 were elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from trygglofte.auditing.attacking import Assumed
from trygglofte.auditing.facts import Cell, Fact, Secret, total


@dataclass(frozen=True, slots=True)
class Figure:
    """One published count.

    `topic` is what is counted (None for everything together); `place` the way to the place from the outermost
    one, () for the whole municipality; `first` and `last` the days as ordinals. A shown count has `low` equal to
    `high`; a hidden one lies from 1 to one below the number it is written as fewer than. `threshold` is that of
    the place.
    """

    name: Hashable
    topic: str | None
    place: tuple[str, ...]
    first: int
    last: int
    low: int
    high: int
    threshold: int
    hidden: bool = False

    def within(self, other: Figure) -> bool:
        """Whether everything it counts is counted by `other` too."""
        return (
            other.topic in (None, self.topic)
            and self.place[: len(other.place)] == other.place
            and other.first <= self.first
            and self.last <= other.last
        )


@dataclass(frozen=True, slots=True)
class Table:
    """What figures say together: facts, what must be kept, and remainders that a reader may know are none."""

    facts: tuple[Fact, ...]
    secrets: tuple[Secret, ...]
    remainders: Assumed


@dataclass(frozen=True, slots=True)
class Remainder:
    """What `figure` leaves when `parts` are taken away. `name` of a secret that no figure states."""

    figure: Hashable
    parts: tuple[Hashable, ...]
    by: str
    """`place`, `topic` or `time`: along what it was divided."""


def clusters(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The figures that can say something about each other, in the order given.

    Their periods overlap, directly or through others; and they are of one topic, unless all topics are
    counted together as well.
    """
    if all(figure.topic is not None for figure in figures):
        topics: dict[str | None, list[Figure]] = {}
        for figure in figures:
            topics.setdefault(figure.topic, []).append(figure)
        return [cluster for some in topics.values() for cluster in _overlapping(some)]
    found = []
    for cluster in _overlapping(figures):
        mixed = any(figure.topic is None for figure in cluster)
        found += [cluster] if mixed else clusters(cluster)
    return found


def _overlapping(figures: Iterable[Figure]) -> list[list[Figure]]:
    ordered = sorted(enumerate(figures), key=lambda item: (item[1].first, item[1].last))
    found: list[list[tuple[int, Figure]]] = []
    until = -1
    for item in ordered:
        if not found or item[1].first > until:
            found.append([])
        found[-1].append(item)
        until = max(until, item[1].last)
    return [[figure for _, figure in sorted(cluster, key=lambda item: item[0])] for cluster in found]


def table(figures: Sequence[Figure]) -> Table:
    """The figures of one cluster as facts about cells."""
    cells = _Cells(figures)
    facts = tuple(total(cells.of(figure), figure.low, figure.high, figure.name) for figure in figures)
    secrets = [Secret(figure.name, cells.of(figure), figure.threshold) for figure in figures if figure.hidden]
    remainders: list[tuple[Cell, ...]] = []
    for figure, parts, by in divided(figures):
        covered = {cell for part in parts for cell in cells.of(part)}
        left = tuple(cell for cell in cells.of(figure) if cell not in covered)
        if not left:
            continue
        name = Remainder(figure.name, tuple(part.name for part in parts), by)
        secrets.append(Secret(name, left, figure.threshold, hidden=False))
        if by != "time":
            remainders.append(left)
    return _merged(Table(facts, tuple(secrets), tuple(dict.fromkeys(remainders))))


def _merged(whole: Table) -> Table:
    """The same table with one cell for those that are always counted together: nobody can tell them apart."""
    seen: dict[Cell, list[int]] = {}
    sums = [[cell for cell, _ in fact.terms] for fact in whole.facts]
    sums += [list(secret.cells) for secret in whole.secrets] + [list(cells) for cells in whole.remainders]
    for number, cells in enumerate(sums):
        for cell in cells:
            seen.setdefault(cell, []).append(number)
    first: dict[tuple[int, ...], Cell] = {}
    for cell, numbers in seen.items():
        first.setdefault(tuple(numbers), cell)
    kept = set(first.values())

    def fewer(cells: Iterable[Cell]) -> tuple[Cell, ...]:
        return tuple(cell for cell in cells if cell in kept)

    return Table(
        tuple(total(fewer(cell for cell, _ in f.terms), f.low, f.high, f.figure) for f in whole.facts),
        tuple(replace(secret, cells=fewer(secret.cells)) for secret in whole.secrets),
        tuple(fewer(cells) for cells in whole.remainders),
    )


def divided(figures: Sequence[Figure]) -> Iterator[tuple[Figure, list[Figure], str]]:
    """Every figure that is divided by others: along `place`, `topic` or `time`, and by the outermost parts.

    Periods that cross each other divide it one at a time.
    """
    for figure in figures:
        inside = [part for part in figures if part is not figure and part.within(figure)]
        for by in ("place", "topic", "time"):
            parts = [part for part in inside if _differs_by(by, part, figure)]
            outer = [part for part in parts if not any(part.within(o) and not o.within(part) for o in parts)]
            if by == "time" and overlap(outer):
                yield from ((figure, [part], by) for part in outer)
            elif outer:
                yield figure, outer, by


def overlap(figures: Sequence[Figure]) -> bool:
    """Whether any two of the figures have days in common."""
    days = sorted((figure.first, figure.last) for figure in figures)
    return any(earlier[1] >= later[0] for earlier, later in pairwise(days))


def _differs_by(by: str, part: Figure, whole: Figure) -> bool:
    """Whether a part of a figure differs from it in that and in nothing else."""
    days = (part.first, part.last) != (whole.first, whole.last)
    return (part.place != whole.place, part.topic != whole.topic, days) == (
        by == "place",
        by == "topic",
        by == "time",
    )


class _Cells:
    """The cells of a cluster: (topic, place or the rest of the municipality, first day of a stretch)."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        cuts = sorted({day for figure in figures for day in (figure.first, figure.last + 1)})
        self.stretches = cuts[:-1]
        self.topics: dict[str | None, set[tuple[str, ...]]] = {}
        for figure in figures:
            self.topics.setdefault(figure.topic, {()}).add(figure.place)
        self._known: dict[Hashable, tuple[Cell, ...]] = {}

    def of(self, figure: Figure) -> tuple[Cell, ...]:
        """The cells that a figure is the sum of."""
        found = self._known.get(figure.name)
        if found is None:
            days = [day for day in self.stretches if figure.first <= day <= figure.last]
            topics = list(self.topics) if figure.topic is None else [figure.topic]
            found = self._known[figure.name] = tuple(
                (topic, place, day)
                for topic in sorted(topics, key=str)
                for place in sorted(self.topics[topic])
                if place[: len(figure.place)] == figure.place
                for day in days
            )
        return found
