"""What follows from the data, as values: status, figures, what is due. Kept apart from what was written.

The same as on the pages, from `progress`, on the site's day. What is not known is left out, never null.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trygglofte.addresses import address_of, commitment_anchor
from trygglofte.model import ActionPlan, Agreement, Document, Filed, Pledge, SituationSummary
from trygglofte.outputs.values import number
from trygglofte.pages import Site
from trygglofte.pages.reports import reports_of
from trygglofte.progress import (
    CommitmentState,
    Figures,
    PartyState,
    PledgeState,
    content_date,
    plan_states,
    renewal,
)


def derived_of(filed: Filed[Any], site: Site) -> dict[str, Any]:
    """Everything that follows from a document on the site's day."""
    part, dated = filed.part, content_date(filed)
    found: dict[str, Any] = {
        "läget_den": day(site.today),
        "innehållet_daterat": day(min(dated, site.today) if dated else None),
    }
    if isinstance(part, Pledge):
        found |= _pledge(filed, site)
    elif isinstance(part, Agreement):
        found["löften"] = [
            full(one, site) for one in site.everything.pledges if one.part.agreement == filed.id
        ]
        found["ersatt_av"] = _successor(filed, site.everything.agreements, site)
    else:
        again = renewal(filed, site.today)
        found["förnyas_senast"] = str(again.by) if again and _has_to_be_renewed(part) else None
    if isinstance(part, ActionPlan):
        found["åtgärder"] = [
            known({
                "id": state.measure.id, "status": str(state.status),
                "ny_tidplan": when(state.new_due), "försenad_sedan": day(state.late_since),
            })
            for state in plan_states(part, site.today)
        ]  # fmt: skip
    return known(found)


def _has_to_be_renewed(part: Document) -> bool:
    return not isinstance(part, SituationSummary) or part.statutory


def _pledge(filed: Filed[Pledge], site: Site) -> dict[str, Any]:
    state = site.state(filed)
    return {
        "omdöme": state.verdict,
        "avslutat": state.ended,
        "antal_per_status": {str(status): many for status, many in state.counts.items()},
        "senast_redovisat": day(state.last_reported),
        "nästa_redovisning": day(state.clock.coming.due if state.clock.coming else None),
        "försenad_sedan": day(state.late_since),
        "försenade": _late(state),
        "redovisarnas_omdömen": [
            {"parter": list(own.parties), "omdöme": str(own.verdict)} for own in state.own_verdicts
        ],
        "ersatt_av": _successor(filed, site.everything.pledges, site),
        "åtaganden": [_commitment(one, filed, site) for one in state.commitments],
        "uppföljningar": [
            {
                "id": f"{filed.id}/{item.anchor}", "adress": f"{full(filed, site)}#{item.anchor}",
                "period": {"från": day(item.report.period.start), "till": day(item.report.period.end)},
                "publicerad": day(item.report.published), "rapporterat_av": list(item.report.reported_by),
            }
            for item in reports_of(filed.part)
        ],
    }  # fmt: skip


def _late(state: PledgeState) -> list[dict[str, Any]]:
    return [{"dag": day(missing.due), "parter": list(missing.parties)} for missing in state.clock.late]


def _commitment(state: CommitmentState, filed: Filed[Pledge], site: Site) -> dict[str, Any]:
    id_ = state.promise.commitment.id
    anchor = commitment_anchor(id_)
    area = state.promise.area
    return known({
        "id": id_,
        "adress": f"{full(filed, site)}#{anchor}",
        "fokusområde": area.title if area else None,
        "teman": list(state.promise.themes),
        "status": str(state.status),
        "redovisat_av": list(state.reporters) if state.report else None,
        "redovisat_den": day(state.report.published) if state.report else None,
        "inte_redovisat_av": list(state.silent),
        "försenat_sedan": day(state.late_since),
        "tal": figures_of(state.figures),
        "sagt_om_talen": state.told,
        "anmärkningar": list(state.notes),
        "per_part": [_party(one) for one in state.parties],
    })  # fmt: skip


def _party(state: PartyState) -> dict[str, Any]:
    return known({
        "part": state.party, "status": str(state.status) if state.status else None,
        "redovisat_den": day(state.report.published) if state.report else None,
        "tal": figures_of(state.figures), "sagt_om_talen": state.told, "anmärkningar": list(state.notes),
    })  # fmt: skip


def figures_of(figures: Figures | None) -> dict[str, Any] | None:
    """Done so far against what was promised, as numbers; None where no figure was told."""
    if figures is None or figures.comparison:
        return None
    return known({
        "gjort": number(figures.done), "gjort_är_minst": figures.at_least or None,
        "lovat": number(figures.target) if figures.target is not None else None,
        "lovat_är_högst": figures.at_most or None,
    })  # fmt: skip


def full(filed: Filed[Any], site: Site) -> str:
    """The full address of a document's page on this site."""
    return site.address + address_of(filed)


def _successor(filed: Filed[Any], family: tuple[Filed[Any], ...], site: Site) -> str | None:
    return next((full(one, site) for one in family if one.part.replaces == filed.id), None)


def day(value: date | None) -> str | None:
    """A day as `2026-01-15`, whatever time it knows."""
    return f"{value:%Y-%m-%d}" if value else None


def when(value: Any) -> str | None:
    """A date as far as it is known, else its wording."""
    if value is None:
        return None
    return str(value.known) if value.known else value.wording


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known: nothing is ever null or empty."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [], {})}
