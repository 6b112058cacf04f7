"""What an action plan's page shows beyond the plan: how far each measure has come, and when the law asks for more."""

from __future__ import annotations

from typing import Any

from trygglofte.model import ActionPlan, Filed
from trygglofte.pages.site import Site
from trygglofte.progress import count_by_status, plan_reports, plan_states, renewal
from trygglofte.rules.law import IN_FORCE


def context(filed: Filed[ActionPlan], site: Site) -> dict[str, Any]:
    """The plan's measures with their states, its follow-ups, and the clock of 6 §."""
    everything, part = site.everything, filed.part
    states = plan_states(part, site.today)
    ended = part.valid is not None and part.valid.last is not None and part.valid.last < site.today
    clock = None if ended else renewal(filed, site.today)
    told = any(state.history for state in states) or any(measure.status for measure in part.measures)
    return {
        "summary": next((s for s in everything.summaries if s.id == part.situation_summary), None),
        "pledges": {pledge.id: pledge for pledge in everything.pledges},
        "states": states,
        "counts": count_by_status(states) if told else {},
        "reports": plan_reports(part),
        "names": {measure.id: measure.what for measure in part.measures},
        "renewal": clock if clock and clock.day.last >= IN_FORCE else None,
    }
