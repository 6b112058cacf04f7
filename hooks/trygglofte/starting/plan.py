"""The next action plan: based on the latest statutory situation summary, with the measures that go on."""

from __future__ import annotations

from datetime import date

from trygglofte.model import ActionPlan, Filed, Municipality
from trygglofte.model.action_plan import PlannedMeasure
from trygglofte.model.base import alias_of
from trygglofte.model.common import Decision
from trygglofte.progress import MeasureState, plan_states
from trygglofte.reading import Mapping, node_at
from trygglofte.starting.documents import finished, path_of
from trygglofte.starting.drafting import (
    Line,
    Lines,
    Started,
    begun,
    carried,
    comment,
    entry,
    gap,
    item,
    offered,
    reviews_anew,
    under,
)
from trygglofte.starting.periods import Span, following, in_years, known_span, overlaps, period_lines, year
from trygglofte.starting.pledge import CONTINUES


def new_action_plan(
    municipality: Municipality,
    id: str,
    title: str,
    previous: Filed[ActionPlan] | None,
    today: date,
    *,
    period: Span | None = None,
) -> Started:
    """An action plan, begun from `previous` where there is one. Without `period` it is the years after."""
    finished(municipality, "atgardsplaner", previous)
    span = period or next_period(previous, today)
    lines = entry(_alias("title"), title) + gap(ActionPlan, "summary", "Skriv sammanfattningen", prose=True)
    lines += _basis(municipality) + period_lines(_alias("valid"), span)
    lines += offered(ActionPlan, "decision", _decision()) + offered(ActionPlan, "updated")
    lines += _measures(municipality, previous, span)
    if previous:
        lines += reviews_anew(ActionPlan, "secrecy_reviewed", previous.part.secrecy_reviewed)
        lines += reviews_anew(ActionPlan, "approved", previous.part.approved)
    return begun(path_of(municipality, "atgardsplaner", id), lines)


def latest(municipality: Municipality) -> Filed[ActionPlan] | None:
    """The plan that ends last; None where none says when it ends."""
    dated = [(span.last, one.id, one) for one in municipality.plans if (span := known_span(one.part.valid))]
    return max(dated, key=lambda found: found[:2])[2] if dated else None


def next_period(previous: Filed[ActionPlan] | None, today: date) -> Span:
    """As many years as the plan before; without one, the two years after today's (6 §: every other year)."""
    before = known_span(previous.part.valid) if previous else None
    if before:
        return following(before, in_years(before))
    return Span(year(today.year + 1).first, year(today.year + 2).last)


def _alias(attribute: str) -> str:
    return alias_of(ActionPlan, attribute)


def _basis(municipality: Municipality) -> Lines:
    """The latest statutory situation summary (5 §)."""
    statutory = [one for one in municipality.summaries if one.part.statutory and not one.part.withdrawn]
    newest = max(statutory, key=lambda one: one.part.period.end, default=None)
    if newest is None:
        return gap(ActionPlan, "situation_summary", "Skriv vilken lagstadgad lägesbild planen bygger på")
    return entry(_alias("situation_summary"), newest.id, note="Den senaste lagstadgade.")


def _decision() -> Lines:
    return [Line(f"{alias_of(Decision, name)}:") for name in ("date", "body", "record")]


def _measures(municipality: Municipality, previous: Filed[ActionPlan] | None, span: Span) -> Lines:
    states = plan_states(previous.part, span.first) if previous else ()
    ended = [(state.measure.id, state.status) for state in states if state.status not in CONTINUES]
    lines: Lines = []
    for number, state in enumerate(states):
        if previous and state.status in CONTINUES:
            lines += _measure(municipality, previous, number, state, span)
    said: Lines = []
    if previous and ended:
        said = comment(f"Det som inte fortsätter från {previous.id}:")
        said += [line for name, status in ended for line in comment(f"- {name}: {status}")]
    return said + under(_alias("measures"), lines or _first_measure())


def _measure(
    municipality: Municipality, previous: Filed[ActionPlan], number: int, state: MeasureState, span: Span
) -> Lines:
    """A measure that goes on, without what was said of how it went."""
    measure = state.measure
    node = node_at(previous.tree, (_alias("measures"), number))
    assert isinstance(node, Mapping), "what was understood was written"
    lines = comment(f"Från {previous.id}: {state.status}")
    lines += carried(node, PlannedMeasure, "id", "what", "responsible", "themes", "places")
    due = measure.due.last if measure.due else None
    ends = previous.part.valid.last if previous.part.valid else None
    if due and span.first <= due <= span.last:
        lines += carried(node, PlannedMeasure, "due")
    elif due and due == ends:
        lines += entry(alias_of(PlannedMeasure, "due"), str(span.last))
    else:
        lines += offered(PlannedMeasure, "due")
    valid = {one.id for one in municipality.pledges if overlaps(one.part.valid, span)}
    if measure.pledge in valid:
        lines += carried(node, PlannedMeasure, "pledge")
    return item(lines)


def _first_measure() -> Lines:
    return item([
        *gap(PlannedMeasure, "id", "Skriv åtgärdens id"),
        *gap(PlannedMeasure, "what", "Skriv vad som ska göras"),
        *gap(PlannedMeasure, "responsible", "Skriv vem som ansvarar för åtgärden"),
        *offered(PlannedMeasure, "themes"),
        *offered(PlannedMeasure, "due"),
    ])  # fmt: skip
