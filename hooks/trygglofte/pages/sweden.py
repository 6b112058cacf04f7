"""Sweden's 290 municipalities on a map: which have a site here, and how many have not.

The map says where something is, and never how it goes: every municipality with a site looks the same. What it says
is in the list beside it as well. The boundaries are SCB's, made small by `tools/make_map.py`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from trygglofte.pages.site import alphabetical

if TYPE_CHECKING:
    from trygglofte.pages.portal import PortalCard

IN_FULL = 12
"""So many municipalities get a card and a marker each. Where there are more, both are told county by county."""
REACH = 19
"""Half of what can be pressed around a marker, in the map's steps: 24 CSS pixels where the map is 280 wide."""
MARGIN = 20
"""Steps around the map, so that a marker at a border has room."""
_LETTER = 11
"""About how many steps a letter of a name beside a marker takes."""
_TO_NAME = 15
"""From the middle of a marker to the name."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """One of Sweden's municipalities by SCB's code: a name, a point well inside it, and its outline.

    The point is in the map's steps from the north-western corner, the outline a `d` of SVG.
    """

    code: str
    name: str
    x: int
    y: int
    outline: str

    @property
    def county(self) -> str:
        """The code of its county: the first two digits (SCB)."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Sweden:
    """The map: its size in steps, where it comes from, counties by code and municipalities by code."""

    width: int
    height: int
    year: int
    counties: dict[str, str]
    municipalities: dict[str, Municipality]


@dataclass(frozen=True, slots=True)
class Marker:
    """Something to press: a municipality, or a county with several.

    It stands at `x`, `y`; where it had to give way, a line leads from `x`, `at_y`, which is where it belongs.
    `many` is how many municipalities it stands for, where it is a county.
    """

    x: int
    y: int
    at_y: int
    name: str
    address: str
    many: int = 0

    @property
    def on_the_left(self) -> bool:
        """Whether the name stands before the marker, because there is no room after it."""
        return self.x + _TO_NAME + _LETTER * len(self.name) > sweden().width + MARGIN

    @property
    def extent(self) -> tuple[int, int]:
        """From where to where it and its name reach, from west to east. A county's name is not written out."""
        name = 0 if self.many else _TO_NAME + _LETTER * len(self.name)
        west, east = (max(REACH, name), REACH) if self.on_the_left else (REACH, max(REACH, name))
        return self.x - west, self.x + east


@dataclass(frozen=True, slots=True)
class County:
    """A county's municipalities that have a site, by the alphabet."""

    code: str
    name: str
    cards: tuple[PortalCard, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """What the portal shows: outlines with and without a site, markers, and names of those without."""

    sweden: Sweden
    with_site: str
    without_site: str
    markers: tuple[Marker, ...]
    missing: tuple[str, ...]
    counties: tuple[County, ...]
    """Where there are more than `IN_FULL`; a county without any is left out."""
    elsewhere: tuple[PortalCard, ...]
    """What has a site and is not on the map: what is made up, and codes that SCB does not have."""


@lru_cache(maxsize=1)
def sweden() -> Sweden:
    """The map, read once per process."""
    kept = json.loads(Path(__file__).with_name("sverige.json").read_text(encoding="utf-8"))
    municipalities = {code: Municipality(code, *row) for code, row in kept["kommuner"].items()}
    return Sweden(kept["bredd"], kept["höjd"], kept["år"], kept["län"], municipalities)


def map_of(cards: Sequence[PortalCard]) -> Map:
    """The map with these municipalities on it. What is made up is nowhere in Sweden, and so not on it."""
    land = sweden()
    there = {card.code: card for card in cards if card.code in land.municipalities and not card.made_up}
    outlines = [
        "".join(one.outline for one in land.municipalities.values() if (one.code in there) is wanted)
        for wanted in (True, False)
    ]
    missing = [one.name for one in land.municipalities.values() if one.code not in there]
    by_county = len(cards) > IN_FULL
    markers = _of_counties(there) if by_county else _of_each(there.values())
    return Map(
        land, outlines[0], outlines[1], apart(markers, land.height),
        tuple(sorted(missing, key=alphabetical)), _counties(there) if by_county else (),
        tuple(card for card in cards if card not in there.values()),
    )  # fmt: skip


def _of_each(cards: Iterable[PortalCard]) -> list[Marker]:
    found = []
    for card in cards:
        one = sweden().municipalities[card.code]
        found.append(Marker(one.x, one.y, one.y, card.short_name, card.address))
    return found


def _of_counties(there: Iterable[str]) -> list[Marker]:
    """One marker for each county with a site, in the middle of its municipalities."""
    land = sweden()
    found = []
    for code, many in sorted(Counter(code[:2] for code in there).items()):
        all_in_it = [one for one in land.municipalities.values() if one.county == code]
        x = round(sum(one.x for one in all_in_it) / len(all_in_it))
        y = round(sum(one.y for one in all_in_it) / len(all_in_it))
        found.append(Marker(x, y, y, land.counties[code], f"#lan-{code}", many))
    return found


def _counties(there: dict[str, PortalCard]) -> tuple[County, ...]:
    names = sweden().counties
    return tuple(
        County(code, names[code], tuple(card for card in there.values() if card.code.startswith(code)))
        for code in sorted({code[:2] for code in there}, key=lambda code: alphabetical(names[code]))
    )


def apart(markers: Iterable[Marker], height: int) -> tuple[Marker, ...]:
    """The markers from north to south, moved up or down until none touches another or its name.

    `height` is the map's, in steps.
    """
    ordered = sorted(markers, key=lambda marker: (marker.at_y, marker.x, marker.name))
    places = [float(marker.at_y) for marker in ordered]
    near = [
        (upper, lower)
        for upper, lower in combinations(range(len(ordered)), 2)
        if _beside(ordered[upper].extent, ordered[lower].extent)
    ]
    for _ in range(_TRIES):
        if all(places[lower] - places[upper] > 2 * REACH for upper, lower in near):
            break
        for upper, lower in near:
            lack = 2 * REACH + 1 - places[lower] + places[upper]
            if lack > 0:
                places[upper] -= lack / 2
                places[lower] += lack / 2
        places = [min(max(place, 0.0), float(height)) for place in places]
    return tuple(
        Marker(one.x, round(place), one.at_y, one.name, one.address, one.many)
        for one, place in zip(ordered, places, strict=True)
    )


_TRIES = 400


def _beside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
