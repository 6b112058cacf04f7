"""A page that is to be: its address and what its template needs, before any template has run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from trygglofte.addresses import root_from
from trygglofte.pages.environment import render
from trygglofte.pages.facets import Facets
from trygglofte.pages.glossing import with_words
from trygglofte.pages.page import Crumb, Page
from trygglofte.pages.site import Site

START = Crumb("Start", "")

_OF_A_DOCUMENT = {
    f"pages/{name}.html" for name in ("agreement", "pledge", "situation_summary", "action_plan")
}
"""Pages of what has been written and signed, in words that are not everyone's."""


def nothing(_site: Site) -> dict[str, Any]:
    """No context beyond what every page has."""
    return {}


def no_facets(_site: Site) -> Facets:
    """Nothing to be found by beside the words."""
    return Facets()


def given(**values: Any) -> Callable[[Site], dict[str, Any]]:
    """A context that is known already."""
    return lambda _site: values


@dataclass(frozen=True, slots=True)
class Planned:
    """An address, a template, and a function that gathers what the template shows."""

    address: str
    title: str
    template: str
    kind: str
    file: str
    description: str = ""
    context: Callable[[Site], dict[str, Any]] = field(default=nothing)
    line: int = 1
    crumbs: tuple[Crumb, ...] = (START,)
    year: str = ""
    updated: date | None = None
    searchable: bool = True
    script: str = ""
    canonical: str = ""
    facets: Callable[[Site], Facets] = field(default=no_facets)


def rendered(planned: Planned, site: Site) -> Page:
    """The page, whose HTML is made when it is asked for. `site` knows every address there will be.

    No content is from a day to come.
    """
    updated = min(planned.updated, site.today) if planned.updated else None
    return Page(
        planned.address, planned.title, partial(_html, planned, site), planned.description, planned.kind,
        planned.file, planned.line, planned.crumbs, planned.year, updated, planned.searchable, planned.script,
        planned.canonical, planned.facets(site),
    )  # fmt: skip


def _html(planned: Planned, site: Site) -> str:
    html = render(
        site.templates, planned.template, site=site, root=root_from(planned.address), title=planned.title,
        **planned.context(site),
    )  # fmt: skip
    return with_words(html, planned.address, site) if planned.template in _OF_A_DOCUMENT else html
