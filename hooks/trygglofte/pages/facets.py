"""What a document is found by in search: its themes, places, years, statuses and parties, by their names.

A pledge also says it for every commitment, so that a search can lead to the promise itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trygglofte import wording
from trygglofte.addresses import commitment_anchor
from trygglofte.model import ActionPlan, Document, Filed, Pledge, SituationSummary
from trygglofte.pages.site import Site
from trygglofte.progress import ORDER, CommitmentState
from trygglofte.text import to_plain

Filters = Mapping[str, tuple[str, ...]]
"""Values by the name of a facet: `tema`, `plats`, `status`, `part`, `ar`."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A commitment inside a page: where it stands, what is promised, and what it is found by."""

    anchor: str
    title: str
    status: str
    filters: Filters


@dataclass(frozen=True, slots=True)
class Facets:
    """What a page is found by beside its words. `status` is a pledge's own verdict.

    `promised` is what a pledge says before its commitments, as plain text: why, and what is to be better.
    """

    filters: Filters = field(default_factory=dict)
    status: str = ""
    inside: tuple[Inside, ...] = ()
    promised: tuple[str, ...] = ()


def facets_of(filed: Filed[Document], site: Site, years: Iterable[int]) -> Facets:
    """The facets of a document. `years` are those it is known to touch."""
    part: Any = filed.part
    found: dict[str, set[str]] = {"tema": set(), "plats": set(), "part": set(), "status": set()}
    for themes, places, parties in _held(part):
        found["tema"].update(map(site.theme, themes))
        found["plats"].update(_with_what_is_around(places, site))
        found["part"].update(_named(parties, site))
    inside: tuple[Inside, ...] = ()
    status = ""
    promised: tuple[str, ...] = ()
    if isinstance(part, Pledge):
        promised = tuple(_promised(part))
        state = site.state(filed)
        inside = tuple(_inside(item, part, site) for item in state.commitments)
        status = str(state.verdict)
        for item in inside:
            for name, values in item.filters.items():
                found[name].update(values)
    filters = {name: _in_order(name, values) for name, values in found.items() if values}
    if known := tuple(str(year) for year in years):
        filters["ar"] = known
    return Facets(filters, status, inside, promised)


def _promised(pledge: Pledge) -> Iterator[str]:
    areas = [text for area in pledge.focus_areas for text in (area.title, area.goal, area.text)]
    yield from (to_plain(text) for text in (pledge.problem, *areas) if text)


_STATUSES = {str(status): number for number, status in enumerate(ORDER)}


def _in_order(name: str, values: set[str]) -> tuple[str, ...]:
    if name == "status":
        return tuple(sorted(values, key=lambda value: (_STATUSES.get(value.lower(), 0), value)))
    return tuple(sorted(values))


Held = tuple[Iterable[str], Iterable[str], Iterable[str]]


def _held(part: Any) -> Iterator[Held]:
    """Themes, places and parties of a document itself and of what it lists; commitments apart."""
    yield (), getattr(part, "places", ()), getattr(part, "parties", ())
    if isinstance(part, SituationSummary):
        for category in part.categories:
            yield (category.theme,), category.places, ()
        for measure in part.measures:
            yield (measure.theme,) if measure.theme else (), (), measure.responsible
    elif isinstance(part, ActionPlan):
        for planned in part.measures:
            yield planned.themes, planned.places, planned.responsible


def _inside(item: CommitmentState, pledge: Pledge, site: Site) -> Inside:
    promise, commitment = item.promise, item.promise.commitment
    places = commitment.places or (promise.area.places if promise.area else ()) or pledge.places
    filters = {
        "tema": {site.theme(id_) for id_ in promise.themes},
        "plats": set(_with_what_is_around(places, site)),
        "part": set(_named((*commitment.responsible, *commitment.together_with), site)),
        "status": {wording.capital(str(item.status))},
    }
    kept = {name: _in_order(name, values) for name, values in filters.items() if values}
    return Inside(commitment_anchor(commitment.id), commitment.what, str(item.status), kept)


def _named(parties: Iterable[str], site: Site) -> Iterator[str]:
    """Parties by their names; the municipality and the police as everybody calls them."""
    for id_ in parties:
        yield wording.capital(id_) if id_ in {"polisen", "kommunen"} else site.party(id_)


def _with_what_is_around(places: Iterable[str], site: Site) -> Iterator[str]:
    """Places by name, with those they lie in: what is promised for the station is also found by the centre."""
    around = site.once("around", lambda: _around(site))
    for id_ in places:
        yield from around.get(id_) or (site.place(id_),)


def _around(site: Site) -> dict[str, tuple[str, ...]]:
    """Every place's name and those of the places it lies in. A ring of places is cut where it closes."""
    within = {place.id: place.within for place in (site.municipality.places if site.municipality else ())}
    found: dict[str, tuple[str, ...]] = {}
    for id_ in within:
        way: list[str] = []
        here: str | None = id_
        while here and here not in way:
            way.append(here)
            here = within.get(here)
        found[id_] = tuple(map(site.place, way))
    return found
