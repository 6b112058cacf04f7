"""Every page of a municipality's site, planned first and rendered after.

The plan lists every address before anything is rendered, so that no template links to a page that is not
there, and two pages can never share an address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from trygglofte.addresses import address_of
from trygglofte.history import Story
from trygglofte.model import Municipality, Pledge
from trygglofte.pages import (
    annual_report,
    changing,
    commitments,
    documents,
    due,
    english,
    law,
    listings,
    reports,
    series,
    start,
)
from trygglofte.pages.page import Page
from trygglofte.pages.plan import Planned, rendered
from trygglofte.pages.prose import load_prose, prose_pages
from trygglofte.pages.site import Gone, Site
from trygglofte.progress import as_public, is_embargoed, the_day
from trygglofte.skeleton import skeleton_of


def municipality_site(municipality: Municipality, root: Path, today: date) -> Site:
    """A municipality as its site shows it on a day: without what is embargoed or withdrawn."""
    day = the_day(municipality, today)
    return Site(
        root, municipality.shared, day, municipality.slug, as_public(municipality, day),
        tuple(_gone(municipality, day)), frozenset(_hidden(municipality, day)),
    )  # fmt: skip


def _gone(municipality: Municipality, day: date) -> Iterator[Gone]:
    """What is left of each document that has been withdrawn."""
    for filed in (*municipality.documents, *(one.pledge for one in municipality.received)):
        part = filed.part
        if part.withdrawn and not is_embargoed(part, day):
            former = tuple(address.lstrip("/") for address in part.former_addresses)
            yield Gone(address_of(filed), former, type(part), part.withdrawn)


def _hidden(municipality: Municipality, day: date) -> Iterator[str]:
    """The addresses that will be somebody's one day, and are not yet."""
    for filed in (*municipality.documents, *(one.pledge for one in municipality.received)):
        part = filed.part
        if is_embargoed(part, day):
            yield address_of(filed)
            yield from (address.lstrip("/") for address in part.former_addresses)
        elif isinstance(part, Pledge):
            for item in documents.reports_of(part):
                if item.report.published > day:
                    yield f"{address_of(filed)}#{item.anchor}"


def municipality_pages(
    municipality: Municipality,
    root: Path,
    today: date,
    stories: Mapping[str, Story] | None = None,
    left_out: Collection[str] = (),
) -> tuple[Site, list[Page]]:
    """Every page of a municipality's site on a day, with the site they belong to.

    `stories` says what has happened to its documents, by their files, where that is known. `left_out` are
    addresses of documents that exist and are not among these: text may name them, and no link may lead there.
    """
    site = planned_site(municipality, root, today, stories, left_out)
    plan = list(plan_of(site))
    site = site.with_pages(all_addresses(site, plan))
    return site, [rendered(planned, site) for planned in plan] + prose_pages(site)


def planned_site(
    municipality: Municipality,
    root: Path,
    today: date,
    stories: Mapping[str, Story] | None = None,
    left_out: Collection[str] = (),
) -> Site:
    """The site of a municipality before it is known which pages it has. Arguments as in `municipality_pages`."""
    site = municipality_site(municipality, root, today)
    return replace(site, stories=stories or {}, hidden=site.hidden | frozenset(left_out))


def all_addresses(site: Site, plan: Iterable[Planned]) -> frozenset[str]:
    """The address of every page: those planned, and the prose that every site carries."""
    prose = {f"{item.name}/" for item in load_prose(skeleton_of(site.root) / "content")}
    return frozenset({planned.address for planned in plan} | prose)


def plan_of(site: Site) -> Iterator[Planned]:
    """Every page but the prose, one at a time: the start page and the documents first, for they ask least."""
    yield start.planned(site)
    yield from documents.planned(site)
    yield from changing.planned(site)
    yield from reports.planned(site)
    yield from listings.planned(site)
    yield from commitments.planned(site)
    yield from due.planned(site)
    yield from law.planned(site)
    yield from annual_report.planned(site)
    yield from series.planned(site)
    yield english.planned(site)
