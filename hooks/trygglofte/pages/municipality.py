"""Every page of a municipality's site, planned first and rendered after.

The plan lists every address before anything is rendered, so that no template links to a page that is not
there, and two pages can never share an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from trygglofte.history import Story
from trygglofte.model import Filed, Municipality
from trygglofte.pages import changing, documents, listings, series, start
from trygglofte.pages.page import Page
from trygglofte.pages.plan import Planned, rendered
from trygglofte.pages.prose import load_prose, prose_pages
from trygglofte.pages.site import Site
from trygglofte.progress import as_public, the_day


def municipality_site(municipality: Municipality, root: Path, today: date) -> Site:
    """A municipality as its site shows it on a day: without what is embargoed or withdrawn."""
    day = the_day(municipality, today)
    public = as_public(municipality, day)
    kept = replace(
        public,
        agreements=_kept(public.agreements), pledges=_kept(public.pledges),
        summaries=_kept(public.summaries), plans=_kept(public.plans),
    )  # fmt: skip
    withdrawn = tuple(filed for filed in public.documents if filed.part.withdrawn)
    return Site(root, municipality.shared, day, municipality.slug, kept, withdrawn)


def _kept(documents: tuple[Filed[Any], ...]) -> tuple[Filed[Any], ...]:
    return tuple(filed for filed in documents if not filed.part.withdrawn)


def municipality_pages(
    municipality: Municipality, root: Path, today: date, stories: Mapping[str, Story] | None = None
) -> tuple[Site, list[Page]]:
    """Every page of a municipality's site on a day, with the site they belong to.

    `stories` says what has happened to its documents, by their files, where that is known.
    """
    site = replace(municipality_site(municipality, root, today), stories=stories or {})
    plan = list(_plan(site))
    prose = {f"{item.name}/" for item in load_prose(root / "content")}
    site = replace(site, pages=frozenset({planned.address for planned in plan} | prose))
    pages = [rendered(planned, site) for planned in plan]
    return site, pages + prose_pages(site)


def _plan(site: Site) -> Iterator[Planned]:
    yield start.planned(site)
    yield from documents.planned(site)
    yield from changing.planned(site)
    yield from listings.planned(site)
    yield from series.planned(site)
