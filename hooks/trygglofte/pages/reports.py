"""The follow-ups of a pledge, and the pages that hold what the pledge's own page has no room for.

The pledge's page keeps every follow-up at its anchor, which is a permanent address, with its day and its summary. Only
what older ones say commitment by commitment is moved, when there is much of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from trygglofte.addresses import (
    FOLLOW_UPS,
    TYPE_NAMES,
    address_of,
    commitment_anchor,
    follow_up_anchor,
    index_of,
)
from trygglofte.model import Filed, Pledge, promises
from trygglofte.model.pledge import FollowUp, Outcome
from trygglofte.pages.naming import title_of
from trygglofte.pages.page import Crumb
from trygglofte.pages.plan import START, Planned
from trygglofte.pages.portions import numbered, portions
from trygglofte.pages.site import Site
from trygglofte.progress import in_order

_ROWS_ON_PAGE = 20
"""So many outcomes of older follow-ups have room on the pledge's own page."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A follow-up with its anchor and its outcomes as they meet the promises."""

    report: FollowUp
    anchor: str
    outcomes: tuple[tuple[str, str, Outcome], ...]
    """For each outcome: the commitment's anchor, what was promised, and what is said."""
    units: Mapping[str, str] = field(default_factory=dict)
    """By the commitment's anchor: what its figures count, in the plural. A time limit and a share have no such word."""


def reports_of(pledge: Pledge) -> list[Reported]:
    """A pledge's follow-ups, newest first."""
    promised = {
        commitment.id: commitment.what for area in pledge.focus_areas for commitment in area.commitments
    }
    promised |= {commitment.id: commitment.what for commitment in pledge.commitments}
    amounts = {promise.commitment.id: promise.commitment.amount for promise in promises(pledge)}
    units = {
        commitment_anchor(id_): amount.unit
        for id_, amount in amounts.items()
        if amount and amount.unit and amount.within is None and not amount.unit.startswith("procent")
    }
    found: list[Reported] = []
    seen: dict[date, int] = {}
    for report in in_order(pledge):
        position = seen.get(report.period.end, 0)
        seen[report.period.end] = position + 1
        outcomes = tuple(
            (commitment_anchor(id_), promised[id_], outcome)
            for id_, outcome in report.outcomes.items()
            if id_ in promised
        )
        found.append(Reported(report, follow_up_anchor(report.period.end, position), outcomes, units))
    return found[::-1]


def _older(pledge: Pledge) -> list[list[Reported]]:
    """The follow-ups whose outcomes are moved, page by page; none where there is room."""
    older = [item for item in reports_of(pledge)[1:] if item.outcomes and not item.report.withdrawn]
    if sum(len(item.outcomes) for item in older) <= _ROWS_ON_PAGE:
        return []
    return portions(older, _weight)


def _weight(item: Reported) -> int:
    said = (
        text
        for _, promised, outcome in item.outcomes
        for one in (outcome, *(outcome.per_party or {}).values())
        for text in (promised, one.done, one.result, one.cause, one.next_step, one.corrects)
        if text
    )
    return 800 + 200 * len(item.outcomes) + sum(len(text.encode()) for text in said)


def elsewhere(filed: Filed[Pledge]) -> dict[str, str]:
    """By a follow-up's anchor: the page where its outcomes stand, if that is not the pledge's own."""
    return {
        item.anchor: numbered(f"{address_of(filed)}{FOLLOW_UPS}", number)
        for number, some in enumerate(_older(filed.part), start=1)
        for item in some
    }


def planned(site: Site) -> Iterator[Planned]:
    """Pages for what older follow-ups say, of every pledge that has much of it."""
    for filed in site.everything.pledges:
        address, title = address_of(filed), title_of(filed)
        one, many = TYPE_NAMES[Pledge]
        pages = _older(filed.part)
        for number, some in enumerate(pages, start=1):
            context = {
                "doc": filed, "items": some, "address": address,
                "part_of": (number, len(pages), f"{address}{FOLLOW_UPS}"),
            }  # fmt: skip
            yield Planned(
                numbered(f"{address}{FOLLOW_UPS}", number),
                f"{title}: tidigare uppföljningar" + (f", del {number}" if number > 1 else ""),
                "pages/older_follow_ups.html", one, filed.file,
                f"{title}. Vad tidigare uppföljningar säger, åtagande för åtagande.",
                lambda _site, context=context: context,  # type: ignore[misc]
                crumbs=(START, Crumb(many, index_of(Pledge)), Crumb(title, address)), searchable=False,
            )  # fmt: skip
