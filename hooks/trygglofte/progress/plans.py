"""How far an action plan has come, and when the law asks for a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trygglofte.model import ActionPlan, Filed, SituationSummary
from trygglofte.model.action_plan import MeasureReport, PlanFollowUp, PlannedMeasure
from trygglofte.model.common import When
from trygglofte.model.dates import PartialDate
from trygglofte.model.words import Status

_CLOSED = {Status.DONE, Status.NOT_DONE, Status.CANCELLED, Status.CARRIED_OVER}
"""Nothing more is expected, so nothing is late."""


@dataclass(frozen=True, slots=True)
class MeasureState:
    """How far a measure has come. `history` holds what each follow-up said of it, the newest first."""

    measure: PlannedMeasure
    status: Status
    comment: str | None = None
    since: When | date | None = None
    new_due: When | None = None
    late_since: date | None = None
    history: tuple[tuple[PlanFollowUp, MeasureReport], ...] = ()


def plan_states(plan: ActionPlan, today: date) -> tuple[MeasureState, ...]:
    """Every measure of a plan on a day, in the plan's order."""
    return tuple(measure_state(measure, plan, today) for measure in plan.measures)


def measure_state(measure: PlannedMeasure, plan: ActionPlan, today: date) -> MeasureState:
    """A measure by its latest follow-up; by the status written in the plan itself where there is none."""
    history = tuple(
        (report, report.outcomes[measure.id])
        for report in plan_reports(plan)
        if measure.id in report.outcomes
    )
    new_due = next((said.new_due for _, said in history if said.new_due), None)
    due = new_due or measure.due
    last = due.last if due else None
    late = last if last and last < today else None
    if history:
        report, said = history[0]
        late = None if said.status in _CLOSED else late
        return MeasureState(measure, said.status, said.comment, report.published, new_due, late, history)
    status = measure.status or Status.NOT_REPORTED
    late = None if status in _CLOSED else late
    return MeasureState(
        measure, status, measure.comment, plan.updated if measure.status else None, late_since=late
    )


def plan_reports(plan: ActionPlan) -> list[PlanFollowUp]:
    """A plan's follow-ups, the newest first, whatever order they are written in."""
    return sorted(plan.follow_ups, key=lambda report: report.published, reverse=True)


class CountedFrom(StrEnum):
    """What the two years of 6 § are counted from, as it is said on the page."""

    DECISION = "beslutet"
    FOLLOW_UP = "den senaste uppföljningen"
    PERIOD = "den sista dagen som den gäller"


@dataclass(frozen=True, slots=True)
class Renewal:
    """When the next version or follow-up is due at the latest, as far as the day is known."""

    counted_from: CountedFrom
    day: PartialDate
    by: PartialDate
    passed: bool


def renewal(filed: Filed[SituationSummary] | Filed[ActionPlan], today: date) -> Renewal | None:
    """When 6 § asks for the next: a statutory summary is updated, and a plan followed up, every second year.

    A version exists when it has been decided, so that is the day that counts; the days a summary covers lie
    before it and stand in only where the decision's day is not known, which the page says. A plan is counted
    from its latest follow-up, and from its decision until there is one. None where no day is known. A date known
    to the month or the year gives a month or a year, and has passed when all of it has.
    """
    part = filed.part
    found: tuple[CountedFrom, PartialDate] | None = None
    if isinstance(part, ActionPlan) and (day := _followed_up(part)):
        found = CountedFrom.FOLLOW_UP, day
    elif part.decision and part.decision.date and part.decision.date.known:
        found = CountedFrom.DECISION, part.decision.date.known
    elif isinstance(part, SituationSummary):
        found = CountedFrom.PERIOD, _exact(part.period.end)
    if found is None:
        return None
    by = two_years_after(found[1])
    return Renewal(*found, by, by.last < today)


def _followed_up(plan: ActionPlan) -> PartialDate | None:
    reports = plan_reports(plan)
    if reports:
        return _exact(reports[0].published)
    return plan.updated.known if plan.updated else None


def _exact(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def two_years_after(day: PartialDate) -> PartialDate:
    """The same day, month or year two years later; 28 February for 29 February."""
    leap = (day.month, day.day) == (2, 29)
    return PartialDate(min(day.year + 2, date.max.year), day.month, 28 if leap else day.day)
