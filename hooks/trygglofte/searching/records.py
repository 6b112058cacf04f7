"""What search knows of a page beside its words: what it is, from when, and what it can be narrowed down by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from trygglofte import addresses
from trygglofte.pages import Page, Site
from trygglofte.pages.facets import Inside
from trygglofte.wording import capital

PROSE = "Om webbplatsen"
"""The kind of a page of prose: what it says is found, but after what the site is about."""

_GATHERING = frozenset({"Start", "Översikt", "Tema", "Plats"})
"""Kinds of pages that gather what stands on others: found by title and description alone."""


@dataclass(frozen=True, slots=True)
class Record:
    """A page as search knows it. `filters` are values by facet; `shown` is what a hit says of itself.

    A page that `gathers` others is found by its title, description and `other_words` alone, so that it
    never stands before the page that a word is about. `promised` is what a pledge says before its commitments.
    """

    title: str
    description: str
    gathers: bool = False
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)
    other_words: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    theme: str = ""
    order: str = "0"
    """By what pages stand where no word puts them in order: the day of what they say, as text."""


def records_of(site: Site, pages: Iterable[Page]) -> dict[str, Record]:
    """The records of a site's searchable pages, by the address of their file: `x/index.html`."""
    return {f"{page.address}index.html": _record(page, site) for page in pages if page.searchable}


def _record(page: Page, site: Site) -> Record:
    municipality = site.municipality
    filters = {name: tuple(values) for name, values in page.facets.filters.items()}
    title, kind, theme = page.title, page.kind, ""
    others: tuple[str, ...] = ()
    if kind == "Tema":
        theme, filters["tema"] = title, (title,)
    elif kind == "Plats":
        filters["plats"] = (title,)
    elif page.address == addresses.START and municipality:
        title, kind = municipality.name, "Kommun"
        others = (municipality.short_name,) if municipality.short_name not in title else ()
    if page.year and "ar" not in filters:
        filters["ar"] = (page.year,)
    if kind != "Översikt":
        filters["typ"] = (kind,)
    if municipality:
        filters["kommun"] = (municipality.short_name,)
    shown = {
        "typ": kind, "ar": page.year, "kommun": municipality.short_name if municipality else "",
        "status": capital(page.facets.status), "lovat": [_part(item) for item in page.facets.inside],
    }  # fmt: skip
    shown = {name: value for name, value in shown.items() if value}
    gathers = page.kind in _GATHERING
    order = "0" if gathers else page.updated.isoformat() if page.updated else page.year or "0"
    promised = page.facets.promised
    return Record(title, page.description, gathers, filters, shown, others, promised, theme, order)


def _part(item: Inside) -> dict[str, Any]:
    """A commitment as a hit shows it: its anchor, what is promised, and its values by facet."""
    return {"id": item.anchor, "vad": item.title} | {name: list(vals) for name, vals in item.filters.items()}


def for_portal(record: Record) -> Record:
    """A record without its places: among 290 municipalities they would be thousands."""
    kept = {name: values for name, values in record.filters.items() if name != "plats"}
    return replace(record, filters=kept)


def as_text(records: Mapping[str, Record]) -> str:
    """Records as JSON, to be kept beside a built site."""
    values = {address: asdict(record) for address, record in records.items()}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, indent=0)


def from_text(text: str) -> dict[str, Record]:
    """Records from what `as_text` gave. Raises ValueError, TypeError or AttributeError where it is not that."""
    return {
        address: Record(**{
            **values,
            "filters": {name: tuple(given) for name, given in values["filters"].items()},
            "other_words": tuple(values["other_words"]),
            "promised": tuple(values["promised"]),
        })
        for address, values in json.loads(text).items()
    }  # fmt: skip
