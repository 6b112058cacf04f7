"""The start page: how it goes, what is coming, what is new, and the ways in."""

from __future__ import annotations

from datetime import date
from typing import Any

from trygglofte import addresses
from trygglofte.addresses import TYPE_NAMES, address_of
from trygglofte.pages import annual_report
from trygglofte.pages.documents import in_time, reports_of, title_of
from trygglofte.pages.due import follow_ups, late_commitments
from trygglofte.pages.listings import places_in_use, themes_in_use
from trygglofte.pages.plan import Planned
from trygglofte.pages.site import Site
from trygglofte.pages.summaries import latest
from trygglofte.progress import count_by_status, is_valid_on

_MOST = 5
"""So many coming follow-ups; the rest are on the page of what is due."""


def _updated(site: Site) -> date | None:
    return max((day for filed in site.everything.documents if (day := site.dated(filed))), default=None)


def planned(site: Site) -> Planned:
    """The start page."""
    municipality = site.everything.file
    return Planned(
        addresses.START, site.name, "pages/start.html", "Start", municipality.file,
        f"Vad {municipality.part.name} och polisen har lovat, och vad det blev av det.",
        _start_context, crumbs=(), updated=_updated(site),
    )  # fmt: skip


def _start_context(site: Site) -> dict[str, Any]:
    everything = site.everything
    current = [filed for filed in in_time(everything.pledges) if is_valid_on(filed.part.valid, site.today)]
    states = [state for filed in current for state in site.state(filed).commitments]
    return {
        "current": current,
        "latest_pledges": current or in_time(everything.pledges)[:3],
        "counts": count_by_status(states),
        "latest": latest(site),
        "agreements": [a for a in in_time(everything.agreements) if is_valid_on(a.part.valid, site.today)]
        or in_time(everything.agreements)[:1],
        "coming": follow_ups(site)[:_MOST],
        "late": late_commitments(site),
        "news": _news(site),
        "report": next(iter(annual_report.years(site)), None),
        "themes": themes_in_use(site),
        "places": places_in_use(site),
        "title_of": title_of,
        "address_of": address_of,
    }


def _news(site: Site) -> list[tuple[date, str, str]]:
    """What has come lately: day, what it is, and its address."""
    found: list[tuple[date, str, str]] = []
    for filed in site.everything.pledges:
        name = f"Uppföljning: {title_of(filed)}"
        found += [
            (item.report.published, name, f"{address_of(filed)}#{item.anchor}")
            for item in reports_of(filed.part)
            if not item.report.withdrawn
        ]
    for document in (*site.everything.agreements, *site.everything.plans):
        day = site.dated(document)
        if day and day <= site.today:
            found.append(
                (day, f"{TYPE_NAMES[type(document.part)][0]}: {title_of(document)}", address_of(document))
            )
    return sorted(found, key=lambda item: (item[0], item[1]), reverse=True)[:4]
