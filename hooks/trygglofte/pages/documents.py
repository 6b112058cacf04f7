"""The pages of single documents: pledge, agreement, situation summary, action plan; what is gone; old addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from trygglofte import text, wording
from trygglofte.addresses import TYPE_NAMES, address_of, commitment_anchor, index_of
from trygglofte.model import (
    ActionPlan,
    Agreement,
    Document,
    Filed,
    Municipality,
    Pledge,
    SituationSummary,
)
from trygglofte.pages import action_plans, summaries
from trygglofte.pages.changing import changes_context
from trygglofte.pages.facets import facets_of
from trygglofte.pages.naming import title_of
from trygglofte.pages.page import Crumb
from trygglofte.pages.plan import START, Planned
from trygglofte.pages.reports import elsewhere, reports_of
from trygglofte.pages.site import Gone, Site

_TEMPLATES: dict[type[Document], str] = {
    Agreement: "pages/agreement.html",
    Pledge: "pages/pledge.html",
    SituationSummary: "pages/situation_summary.html",
    ActionPlan: "pages/action_plan.html",
}
_DESCRIPTION = 155
__all__ = ["date_of", "in_time", "planned", "pledge_context", "reports_of", "title_of", "years_of"]


def planned(site: Site) -> Iterator[Planned]:
    """A page for every document, for what has been withdrawn, and for every former address."""
    for filed in site.everything.documents:
        yield _document(filed, site)
        for former in filed.part.former_addresses:
            yield _moved(former.lstrip("/"), filed)
    for gone in site.withdrawn:
        for address in (gone.address, *gone.former):
            yield _gone(gone, address, site)


def date_of(filed: Filed[Document]) -> date:
    """The day by which documents of a type are put in order: when it begins, was signed or covers."""
    return filed.once("date", lambda: _date_of(filed))


def _date_of(filed: Filed[Document]) -> date:
    part = filed.part
    if isinstance(part, SituationSummary):
        return part.period.end
    valid = getattr(part, "valid", None)
    signing = getattr(part, "signing", None)
    days = [
        valid.first if valid else None,
        signing.date.first if signing and signing.date else None,
        valid.last if valid else None,
    ]
    return next((day for day in days if day), date.min)


def years_of(filed: Filed[Document]) -> tuple[int, ...]:
    """Every calendar year that a document is known to touch. A year that is only guessed is none."""
    return filed.once("years", lambda: _years_of(filed))


def _years_of(filed: Filed[Document]) -> tuple[int, ...]:
    part = filed.part
    if isinstance(part, SituationSummary):
        return tuple(range(part.period.start.year, part.period.end.year + 1))
    valid = getattr(part, "valid", None)
    if valid and valid.years:
        known = [
            end.known for end in (valid.start, valid.end) if end and not getattr(end, "open_ended", False)
        ]
        return valid.years if all(known) else ()
    signing = getattr(part, "signing", None)
    exact = signing.date.known if signing and signing.date else None
    return (exact.year,) if exact else ()


def in_time(family: Sequence[Filed[Any]]) -> list[Filed[Any]]:
    """Documents of a type, newest first."""
    return sorted(family, key=lambda filed: (date_of(filed), filed.id), reverse=True)


def _document(filed: Filed[Document], site: Site) -> Planned:
    model = type(filed.part)
    one, many = TYPE_NAMES[model]
    years = years_of(filed)
    return Planned(
        address_of(filed), title_of(filed), _TEMPLATES[model], one, filed.file, _description(filed),
        lambda site: _context(filed, site), crumbs=(START, Crumb(many, index_of(model))),
        year=str(years[-1]) if years else "", updated=site.dated(filed),
        canonical=site.canonical(filed), facets=lambda site: facets_of(filed, site, years),
    )  # fmt: skip


def _description(filed: Filed[Document]) -> str:
    part = filed.part
    words = part.summary or getattr(part, "problem", None) or getattr(part, "analysis", None)
    if words:
        return text.to_plain(words, _DESCRIPTION)
    if isinstance(part, Pledge) and part.focus_areas:
        return (
            "Medborgarlöfte om "
            + wording.listing([wording.uncapital(area.title) for area in part.focus_areas])
            + "."
        )
    return f"{TYPE_NAMES[type(part)][0]}: {title_of(filed)}."


def _context(filed: Filed[Document], site: Site) -> dict[str, Any]:
    everything = site.everything
    newer, older = site.once("neighbours", lambda: _neighbours(everything))[address_of(filed)]
    dated = site.dated(filed)
    context: dict[str, Any] = {
        "doc": filed, "part": filed.part, "newer": newer, "older": older,
        "updated": min(dated, site.today) if dated else None,
        "title_of": title_of, "address_of": address_of, **changes_context(filed, site),
    }  # fmt: skip
    part = filed.part
    if isinstance(part, Pledge):
        context |= pledge_context(filed, site)  # type: ignore[arg-type]
    elif isinstance(part, Agreement):
        context |= {
            "pledges": [p for p in in_time(everything.pledges) if p.part.agreement == filed.id],
            "under": [a for a in in_time(everything.agreements) if a.part.under == filed.id],
            "above": _find(everything.agreements, part.under),
            "predecessor": _find(everything.agreements, part.replaces),
            "successor": _successor(everything.agreements, filed.id),
        }  # fmt: skip
    elif isinstance(part, SituationSummary):
        context |= summaries.context(filed, site)  # type: ignore[arg-type]
    elif isinstance(part, ActionPlan):
        context |= action_plans.context(filed, site)  # type: ignore[arg-type]
    return context


Neighbours = tuple[Filed[Any] | None, Filed[Any] | None]


def _neighbours(everything: Municipality) -> dict[str, Neighbours]:
    """The next newer and the next older of its kind, for the address of every document."""
    statutory = [filed for filed in everything.summaries if filed.part.statutory]
    monthly = [filed for filed in everything.summaries if not filed.part.statutory]
    found: dict[str, Neighbours] = {}
    for family in (everything.agreements, everything.pledges, everything.plans, statutory, monthly):
        ordered = in_time(family)
        for newer, filed, older in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
            found[address_of(filed)] = newer, older
    return found


def _find(family: Sequence[Filed[Any]], id_: str | None) -> Filed[Any] | None:
    return next((filed for filed in family if filed.id == id_), None)


def _successor(family: Sequence[Filed[Any]], id_: str) -> Filed[Any] | None:
    return next((filed for filed in family if filed.part.replaces == id_), None)


def _mentions(everything: Municipality) -> dict[str | None, list[Filed[SituationSummary]]]:
    """The situation summaries that name a pledge, newest first, by the pledge."""
    found: dict[str | None, list[Filed[SituationSummary]]] = {}
    for filed in in_time(everything.summaries):
        for pledge in dict.fromkeys(measure.pledge for measure in filed.part.measures):
            found.setdefault(pledge, []).append(filed)
    return found


def pledge_context(filed: Filed[Pledge], site: Site) -> dict[str, Any]:
    """What a pledge's page shows beyond the pledge itself."""
    everything, pledge = site.everything, filed.part
    state = site.state(filed)
    return {
        "state": state,
        "states": {item.promise.commitment.id: item for item in state.commitments},
        "reports": reports_of(pledge),
        "elsewhere": elsewhere(filed),
        "agreement": _find(everything.agreements, pledge.agreement),
        "predecessor": _find(everything.pledges, pledge.replaces),
        "successor": _successor(everything.pledges, filed.id),
        "mentions": site.once("mentions", lambda: _mentions(everything)).get(filed.id, []),
        "plans": [plan for plan in everything.plans if any(m.pledge == filed.id for m in plan.part.measures)],
        "measured": _measured(pledge),
        "commitment_anchor": commitment_anchor,
    }


def _measured(pledge: Pledge) -> dict[str, list[Any]]:
    """Each indicator's measured values, oldest first."""
    values = [value for report in pledge.follow_ups for value in report.measurements]
    values.sort(key=lambda value: value.date.first or date.min)
    return {
        indicator.id: [v for v in values if v.indicator == indicator.id] for indicator in pledge.indicators
    }


_GONE: dict[type[Document], str] = {
    Agreement: "Överenskommelsen är borttagen",
    Pledge: "Medborgarlöftet är borttaget",
    SituationSummary: "Lägesbilden är borttagen",
    ActionPlan: "Åtgärdsplanen är borttagen",
}


def _gone(gone: Gone, address: str, site: Site) -> Planned:
    """The page that a withdrawn document leaves. Its title may be what had to go, so it says only the sort."""
    one, many = TYPE_NAMES[gone.model]
    index = index_of(gone.model)
    return Planned(
        address, _GONE[gone.model], "pages/gone.html", one, site.everything.file.file, "Sidan är borttagen.",
        lambda site: {"withdrawn": gone.withdrawal, "index": index, "many": many},
        crumbs=(START, Crumb(many, index)), searchable=False,
    )  # fmt: skip


def _moved(former: str, filed: Filed[Document]) -> Planned:
    return Planned(
        former, f"{title_of(filed)} har flyttat", "pages/moved.html", "Flyttad sida", filed.file,
        "Sidan har fått en ny adress.", lambda _site: {"target": address_of(filed), "name": title_of(filed)},
        searchable=False,
    )  # fmt: skip
