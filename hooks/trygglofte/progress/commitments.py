"""How far one commitment has come, from the reports of those who answer for it.

One party's report never speaks for another, and silence is never read as inaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trygglofte.model import Pledge, Promise
from trygglofte.model.pledge import FollowUp, Outcome, Status
from trygglofte.progress.due import has_ended
from trygglofte.progress.figures import Figures, figures_of, status_of, whole_amount

SETTLED = {Status.CANCELLED, Status.CARRIED_OVER}
"""Commitments that no longer count when a pledge is summed up."""

_CLOSED = SETTLED | {Status.DONE, Status.NOT_DONE}
"""Nothing more is expected, so nothing is late."""


@dataclass(frozen=True, slots=True)
class CommitmentState:
    """How far a commitment has come, and who said so when."""

    promise: Promise
    status: Status
    report: FollowUp | None = None
    outcome: Outcome | None = None
    figures: Figures | None = None
    derived: bool = False
    late_since: date | None = None
    silent: tuple[str, ...] = ()
    """Responsible parties that have not reported, where another has."""

    awaited: bool = False
    """Whether a responsible party's last word is still to come: silence, or `pågår` from before the end."""

    @property
    def reporters(self) -> tuple[str, ...]:
        """Those of the latest report's parties that answer for the commitment; all, where nobody is named."""
        told = self.report.reported_by if self.report else ()
        own = self.promise.commitment.responsible
        return tuple(party for party in told if party in own) or told


def commitment_state(promise: Promise, pledge: Pledge, today: date) -> CommitmentState:
    """The state of one commitment from the reports of those responsible for it."""
    heard = list(_heard(promise, pledge))
    late = _late(promise, heard, today)
    if not heard:
        return CommitmentState(promise, Status.NOT_REPORTED, late_since=late, awaited=True)
    report, outcome = heard[-1]
    figures = figures_of(promise.commitment.amount, heard, pledge.valid)
    silent = _silent(promise, heard)
    last = pledge.valid.last if pledge.valid else None
    final = last is not None and min(_heard_until(promise, heard).values()) >= last
    status, derived = _status(promise, heard, figures, pledge, silent, final)
    closed = _CLOSED | ({Status.PARTLY_DONE} if has_ended(pledge.valid, today) else set())
    awaited = status is Status.NOT_REPORTED or (
        status in {Status.PLANNED, Status.ONGOING} and (bool(silent) or not final)
    )
    return CommitmentState(
        promise,
        status,
        report,
        outcome,
        figures,
        derived,
        None if status in closed else late,
        silent,
        awaited,
    )


def _heard_until(promise: Promise, heard: list[tuple[FollowUp, Outcome]]) -> dict[str, date]:
    """The last day that each responsible party has reported on; each reporter's, where nobody is responsible."""
    own = set(promise.commitment.responsible)
    days: dict[str, date] = {}
    for report, _ in heard:
        days |= {party: report.period.end for party in report.reported_by if not own or party in own}
    return days


def in_order(pledge: Pledge) -> list[FollowUp]:
    """A pledge's follow-ups, oldest first, whatever order they are written in."""
    return sorted(
        pledge.follow_ups,
        key=lambda item: (item.period.end, item.published, item.period.start, item.reported_by),
    )


def _heard(promise: Promise, pledge: Pledge) -> Iterator[tuple[FollowUp, Outcome]]:
    """What responsible parties have reported on a commitment, oldest first."""
    responsible = set(promise.commitment.responsible)
    for report in in_order(pledge):
        outcome = report.outcomes.get(promise.commitment.id)
        if outcome and (not responsible or responsible & set(report.reported_by)):
            yield report, outcome


def _silent(promise: Promise, heard: list[tuple[FollowUp, Outcome]]) -> tuple[str, ...]:
    """The responsible parties that have not reported. One party's report never speaks for another."""
    spoken = {party for report, _ in heard for party in report.reported_by}
    return tuple(party for party in promise.commitment.responsible if party not in spoken)


def _status(
    promise: Promise,
    heard: list[tuple[FollowUp, Outcome]],
    figures: Figures | None,
    pledge: Pledge,
    silent: tuple[str, ...],
    final: bool,
) -> tuple[Status, bool]:
    """The status, and whether it follows from the data rather than from a report's own word.

    `final` tells that every responsible party has reported on the pledge's last day.
    """
    report, outcome = heard[-1]
    if silent:
        return Status.ONGOING, True
    if outcome.per_party or not set(promise.commitment.responsible) <= set(report.reported_by):
        return _joint(promise, heard, final), True
    if outcome.status:
        return outcome.status, False
    if figures and figures.target is not None:
        return status_of(figures, final), True
    numeric = (
        promise.commitment.amount is not None
        and whole_amount(promise.commitment.amount, pledge.valid) is not None
    )
    return (Status.NOT_ASSESSABLE if numeric or final else Status.ONGOING), True


def _joint(promise: Promise, heard: list[tuple[FollowUp, Outcome]], final: bool) -> Status:
    """One status of several parties' own latest words: what they share, else partly done or ongoing."""
    told: dict[str, Status | None] = {}
    for report, outcome in heard:
        for party in report.reported_by:
            own = (outcome.per_party or {}).get(party)
            told[party] = own.status if own else outcome.status or told.get(party)
    statuses = {told.get(party) for party in promise.commitment.responsible or tuple(told)}
    if len(statuses) == 1 and None not in statuses:
        return statuses.pop() or Status.ONGOING
    if not final:
        return Status.ONGOING
    return Status.PARTLY_DONE if statuses & {Status.DONE, Status.PARTLY_DONE} else Status.NOT_ASSESSABLE


def _late(promise: Promise, heard: list[tuple[FollowUp, Outcome]], today: date) -> date | None:
    """Since when a commitment is past its day, by the latest schedule that was reported."""
    due = promise.commitment.due
    for _, outcome in heard:
        due = outcome.new_due or due
    last = due.last if due else None
    return last if last and last < today else None
