"""What somebody who reads everything can work out about a secret, and which figures together give it away.

The reader is assumed to know every fact, how figures are rounded, and that a count below its threshold is at
least 1 (none is written as 0). Beside that, a total that is divided may be known to be divided in full: the
secrets must hold both for who does not know and for who knows that of as many totals as can be true together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from trygglofte.auditing.facts import Cell, Fact, Secret
from trygglofte.auditing.reducing import Contradiction
from trygglofte.auditing.solving import System, TooLarge

Assumed = tuple[tuple[Cell, ...], ...]
"""Sums of cells that a reader takes to be none at all."""

STEPS = 30_000
"""How many times a fact may be looked at to answer one question."""
_WORLDS = 6


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret that is not kept. `values` is everything it can be; None where that could not be decided.

    `assumed` tells which remainders the reader took to be none.
    """

    secret: Secret
    values: tuple[int, ...] | None
    assumed: Assumed = ()


def groups(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts that have cells in common, directly or through others, in the order they were given."""
    parent: dict[Cell, Cell] = {}

    def root(cell: Cell) -> Cell:
        while parent.setdefault(cell, cell) != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for fact in facts:
        first = root(fact.terms[0][0])
        for cell, _ in fact.terms[1:]:
            parent[root(cell)] = first
    found: dict[Cell, list[Fact]] = {}
    for fact in facts:
        found.setdefault(root(fact.terms[0][0]), []).append(fact)
    return list(found.values())


def contradiction(facts: Sequence[Fact], steps: int = STEPS) -> tuple[Hashable, ...]:
    """The figures that cannot all be right, none too many; () where they can, or where it is too much to tell."""

    def impossible(some: Sequence[Fact]) -> bool:
        try:
            return not System(some, steps).has()
        except Contradiction:
            return True
        except TooLarge:
            return False

    return _needed(facts, impossible) if impossible(facts) else ()


def leaks(
    facts: Sequence[Fact], secrets: Sequence[Secret], remainders: Assumed = (), steps: int = STEPS
) -> Iterator[Leak]:
    """Every secret that the facts do not keep. `Contradiction` where they cannot all be true.

    `remainders` are what is left of totals when their published parts are taken away. Each secret is told
    once, by the reader who needs to know least.
    """
    try:
        system = System(facts, steps, [*(secret.cells for secret in secrets), *remainders])
        if not system.has():
            raise Contradiction
    except TooLarge:
        yield from (Leak(secret, None) for secret in secrets)
        return
    worlds: dict[int, list[Assumed]] = {}
    for secret in secrets:
        part = system.part(secret.cells)
        try:
            if secret.hidden and part not in worlds:
                worlds[part] = _worlds(system, [cells for cells in remainders if system.part(cells) == part])
            for assumed in ((), *worlds[part]) if secret.hidden else ((),):
                values = _possible(system, secret, assumed)
                if values is not None:
                    yield Leak(secret, values, assumed)
                    break
        except TooLarge:
            yield Leak(secret, None)


def _possible(system: System, secret: Secret, assumed: Assumed) -> tuple[int, ...] | None:
    """Everything the secret can be, where that is too little; None where it is kept."""
    if system.is_star(secret.cells) and len(secret.cells) == 1:
        low, high = system.range_with_none_in(secret.cells[0], (cell for cells in assumed for cell in cells))
        values = range(low, high + 1)
        return None if secret.is_kept_by(values) else tuple(values)
    taken = [(cells, 0, 0) for cells in assumed]
    if not system.has((secret.cells, 1, secret.threshold - 1), *taken):
        return None
    low, high = system.bounds(secret.cells)
    found = []
    for value in range(low, high + 1):
        if system.has((secret.cells, value, value), *taken):
            found.append(value)
            if len(found) >= secret.threshold - 1:
                return None
    return tuple(found)


def _worlds(system: System, remainders: Iterable[tuple[Cell, ...]]) -> list[Assumed]:
    """The largest sets of remainders that can be none together."""
    open_ones = [
        cells
        for cells in dict.fromkeys(remainders)
        if system.bounds(cells)[1] > 0 and system.has((cells, 0, 0))
    ]
    found: list[Assumed] = []
    for size in range(len(open_ones), 0, -1):
        for some in combinations(open_ones, size):
            if any(set(some) <= set(larger) for larger in found):
                continue
            if system.has(*((cells, 0, 0) for cells in some)):
                found.append(some)
        if found and len(found[0]) == len(open_ones):
            break
        if len(open_ones) > _WORLDS:
            raise TooLarge
    return found


def blamed(facts: Sequence[Fact], leak: Leak, steps: int = STEPS // 20) -> tuple[Hashable, ...]:
    """The figures that together give a secret away: without any one of them the others do not.

    Every figure, where it could not be decided whether the secret is kept. Of several such sets, one with
    figures that are near the secret and have few other cells that are not known. A figure of which it takes
    more than `steps` to tell whether it can be spared stays.
    """
    secret, assumed = leak.secret, leak.assumed
    if leak.values is None:
        return _figures(facts)

    def gives_away(some: Sequence[Fact]) -> bool:
        try:
            system = System(some, steps, [secret.cells, *assumed])
            if not all(cell in system.cells for cell in secret.cells):
                return False
            there = (tuple(cell for cell in cells if cell in system.cells) for cells in assumed)
            return _possible(system, secret, tuple(cells for cells in there if cells)) is not None
        except (TooLarge, Contradiction):
            return False

    needed = set(_needed(next(filter(gives_away, _nearer(facts, secret)), list(facts)), gives_away))
    return tuple(figure for figure in _figures(facts) if figure in needed)


def _nearer(facts: Sequence[Fact], secret: Secret) -> Iterator[list[Fact]]:
    """The facts nearest to the secret, then those and the ones around them, until all: the nearest first.

    Near is to have cells in common, and of equally near facts those that leave few cells open come first.
    """
    shown = {fact.terms[0][0] for fact in facts if len(fact.terms) == 1 and fact.low == fact.high}
    found: dict[Fact, None] = {}
    reached = set(secret.cells)
    while len(found) < len(facts):
        around = [
            fact for fact in facts if fact not in found and any(cell in reached for cell, _ in fact.terms)
        ]
        around.sort(key=lambda fact: sum(cell not in shown for cell, _ in fact.terms))
        if not around:
            return
        found.update(dict.fromkeys(around))
        cells = {cell for fact in found for cell, _ in fact.terms}
        own = [fact for fact in facts if len(fact.terms) == 1 and fact.terms[0][0] in cells]
        found.update(dict.fromkeys(own))
        reached = cells
        yield list(found)


def _needed(facts: Sequence[Fact], holds: Callable[[Sequence[Fact]], bool]) -> tuple[Hashable, ...]:
    """The figures without any one of which it no longer holds, by taking them away one at a time, last first.

    Deletion filtering: Chinneck & Dravnieks, "Locating minimal infeasible constraint sets in linear programs",
    ORSA Journal on Computing 3(2), 1991.
    """
    kept = list(facts)
    before = len(kept) + 1
    while len(kept) < before:  # a figure may be spared only when another has gone
        before = len(kept)
        for figure in reversed(_figures(kept)):
            fewer = [fact for fact in kept if fact.figure != figure]
            if fewer and holds(fewer):
                kept = fewer
    return _figures(kept)


def _figures(facts: Iterable[Fact]) -> tuple[Hashable, ...]:
    return tuple(dict.fromkeys(fact.figure for fact in facts))
