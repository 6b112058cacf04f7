"""What a page tells search engines of itself: schema.org as JSON-LD, in a block of data that no browser runs.

Only facts that the page itself shows, and only on pages that search engines may show. Nothing is told where the
page is nearly as heavy as a page may be: residents' words come first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from trygglofte import addresses
from trygglofte.addresses import address_of
from trygglofte.model import ActionPlan, Agreement, Document, Filed, Pledge, SituationSummary
from trygglofte.model.common import Period, ReportPeriod
from trygglofte.pages.page import Page
from trygglofte.pages.site import Site

_ROOM = 37_000
"""So heavy may a page's own HTML be, in bytes, to have room for this beside its frame in 45 kB."""
_TYPES: dict[type[Document], str] = {
    Pledge: "CreativeWork", Agreement: "CreativeWork", SituationSummary: "Report", ActionPlan: "Report",
}  # fmt: skip
_ESCAPED = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def structured(page: Page, site: Site) -> str:
    """The page's JSON-LD, safe inside a script element; empty where it has none."""
    hidden = site.hidden_from_search_engines or not page.searchable or page.canonical
    if hidden or len(page.html.encode()) > _ROOM:
        return ""
    graph = list(_graph(page, site))
    if not graph:
        return ""
    values = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _graph(page: Page, site: Site) -> Iterator[dict[str, Any]]:
    if page.address == addresses.START:
        yield {
            "@type": "WebSite", "name": site.name, "url": site.address, "inLanguage": "sv",
            "publisher": _publisher(site),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{site.address}{addresses.SEARCH}?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        }  # fmt: skip
    if page.crumbs:
        steps = [*((crumb.title, crumb.address) for crumb in page.crumbs), (page.title, page.address)]
        yield {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": number, "name": title, "item": site.address + address}
                for number, (title, address) in enumerate(steps, start=1)
            ],
        }
    filed = None if site.is_portal else site.once("by address", lambda: _by_address(site)).get(page.address)
    if filed:
        yield _work(filed, page, site)


def _by_address(site: Site) -> dict[str, Filed[Document]]:
    return {address_of(filed): filed for filed in site.everything.documents}


def _publisher(site: Site) -> dict[str, str]:
    """Who answers for the site: an authority only where it is the municipality itself."""
    kind = "Organization" if site.by_project else "GovernmentOrganization"
    return {"@type": kind, "name": site.publisher_name}


def _work(filed: Filed[Document], page: Page, site: Site) -> dict[str, Any]:
    """A document: what it is, when it came and was changed, the time and the places it is about."""
    part: Any = filed.part
    municipality = {"@type": "AdministrativeArea", "name": site.everything.file.part.name}
    places = [{"@type": "Place", "name": site.place(id_)} for id_ in getattr(part, "places", ())]
    covers = _covers(getattr(part, "period", None) or getattr(part, "valid", None))
    published = _published(part)
    work: dict[str, Any] = {
        "@type": _TYPES[type(part)], "name": page.title, "url": site.address + page.address,
        "description": page.description, "inLanguage": "sv", "publisher": _publisher(site),
        "spatialCoverage": [municipality, *places],
    }  # fmt: skip
    if covers:
        work["temporalCoverage"] = covers
    if published and published <= site.today:
        work["datePublished"] = published.isoformat()
    if page.updated:
        work["dateModified"] = page.updated.isoformat()
    return work


def _published(part: Any) -> date | None:
    """The day it came, where that is told as a whole date: shown from, signed or decided."""
    if part.publish_from:
        return part.publish_from.date()  # type: ignore[no-any-return]
    holders = (getattr(part, name, None) for name in ("signing", "decision"))
    knowns = (holder.date.known for holder in holders if holder and holder.date)
    return next((known.first for known in knowns if known and known.day), None)


def _covers(period: Period | ReportPeriod | None) -> str:
    """ISO 8601: `2026-01-01/2026-12-31`, `2026-01-01/..` where it is open. Empty where an end is not known."""
    if isinstance(period, ReportPeriod):
        return f"{period.start}/{period.end}"
    if period is None or not period.start or not period.start.known:
        return ""
    if period.end and period.end.open_ended and not period.extended:
        return f"{period.start.known}/.."
    end = period.extended[-1].end if period.extended else period.end
    return f"{period.start.known}/{end.known}" if end and end.known else ""
