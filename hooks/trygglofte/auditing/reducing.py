"""Exact elimination: what equations say together, which of them say nothing new, and what hangs together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

Row = tuple[tuple[tuple[int, int], ...], int | None, int | None]
"""A fact by the cells' positions: (position, weight) pairs, low, high."""


class Contradiction(Exception):
    """No whole numbers agree with the facts."""


def parts(size: int, links: Iterable[Sequence[int]]) -> list[int]:
    """The part of each of `size` positions, where linked positions are in the same: its least position."""
    parent = list(range(size))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for linked in links:
        for at in linked[1:]:
            one, other = sorted((root(linked[0]), root(at)))
            parent[other] = one
    return [root(at) for at in range(size)]


def eliminated(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows without equations that follow from shorter ones, and the equations in reduced row echelon form.

    The latter, in whole numbers, follow from the former and often say more, one at a time.
    """
    equations = sorted(
        (row for row in rows if row[1] is not None and row[1] == row[2]), key=lambda row: len(row[0])
    )
    spared: set[Row] = set()
    done: list[tuple[int, dict[int, Fraction], Fraction]] = []
    for row in equations if len(equations) > 1 else ():
        left = {at: Fraction(weight) for at, weight in row[0]}
        right = Fraction(row[1] or 0)
        for pivot, other, side in done:
            right -= _subtract(left, other, side, pivot)
        if not left:
            if right:
                raise Contradiction
            spared.add(row)
            continue
        pivot = min(left)
        scale = left[pivot]
        left = {at: weight / scale for at, weight in left.items()}
        right /= scale
        done = [(p, *_cleared(other, side, left, right, pivot)) for p, other, side in done]
        done.append((pivot, left, right))
    whole = [_whole(left, right) for _, left, right in done]
    return [row for row in rows if row not in spared], whole


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
