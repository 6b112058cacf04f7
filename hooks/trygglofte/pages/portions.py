"""A list that could grow past what a page may weigh is cut into portions, of which each becomes a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

ROOM = 31_000
"""Bytes that the rows of one page may take. The frame, shapes and headings take the rest of 45 kB."""


def portions(
    items: Sequence[Item], weigh: Callable[[Item], int], first: int = 0, room: int = ROOM
) -> list[list[Item]]:
    """Items in order, in as few portions as the room allows. `first` is what the first has beside them.

    Always at least one portion, and at least one item in each where there are items.
    """
    found: list[list[Item]] = [[]]
    taken = first
    for item in items:
        size = weigh(item)
        if found[-1] and taken + size > room:
            found.append([])
            taken = 0
        found[-1].append(item)
        taken += size
    return found


def numbered(address: str, number: int) -> str:
    """The address of a page in a row of pages, counted from 1: the first has the row's own address."""
    return address if number == 1 else f"{address}{number}/"
