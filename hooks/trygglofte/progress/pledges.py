"""How far a pledge has come on a day, and the verdict on it, by the rules on the method page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from trygglofte.model import Filed, Pledge, promises
from trygglofte.model.pledge import Status
from trygglofte.progress.commitments import SETTLED, CommitmentState, commitment_state
from trygglofte.progress.due import has_ended, next_due

ORDER = tuple(Status)
"""The order in which statuses are shown."""


@dataclass(frozen=True, slots=True)
class PledgeState:
    """How far a pledge has come on a day."""

    commitments: tuple[CommitmentState, ...]
    verdict: str
    last_reported: date | None
    next_due: date | None
    late_since: date | None
    ended: bool

    @property
    def counts(self) -> dict[Status, int]:
        """How many commitments have each status; statuses that none has are left out."""
        return count_by_status(self.commitments)


class HasStatus(Protocol):
    """What has a status: a commitment's state or a measure's."""

    @property
    def status(self) -> Status:
        """How far it has come."""


def count_by_status(states: Iterable[HasStatus]) -> dict[Status, int]:
    """How many have each status, in the order statuses are shown."""
    found = [state.status for state in states]
    return {status: found.count(status) for status in ORDER if status in found}


def pledge_state(pledge: Pledge, today: date, reporting_days: int) -> PledgeState:
    """Everything that follows from a pledge and its reports on a day."""
    states = tuple(commitment_state(promise, pledge, today) for promise in promises(pledge))
    ended = has_ended(pledge.valid, today)
    due, late = next_due(pledge, today, reporting_days)
    published = [report.published for report in pledge.follow_ups]
    return PledgeState(states, _verdict(states, ended), max(published, default=None), due, late, ended)


def _verdict(states: tuple[CommitmentState, ...], ended: bool) -> str:
    """The pledge's own state, by the rule on the method page.

    No verdict is passed on an ended pledge until everything in it has been reported.
    """
    statuses = {state.status for state in states if state.status not in SETTLED}
    if statuses == {Status.NOT_REPORTED} or (ended and any(state.awaited for state in states)):
        return "inte redovisat"
    if statuses == {Status.DONE}:
        return "uppfyllt"
    if not ended:
        return "pågår"
    if statuses & {Status.DONE, Status.PARTLY_DONE}:
        return "delvis uppfyllt"
    return "inte uppfyllt" if statuses and Status.NOT_ASSESSABLE not in statuses else "går inte att bedöma"


def content_date(filed: Filed) -> date | None:  # type: ignore[type-arg]
    """The last day that a document's content is known to come from; never the day of the build.

    The youngest of what is dated in it: signing, reports, decisions, changes, corrections, the end of the
    period a situation summary covers. None where the source gives no whole date.
    """
    part = filed.part
    days = [change.date for change in (*part.corrections, *part.changes)]
    for holder in (getattr(part, "signing", None), getattr(part, "decision", None)):
        exact = holder.date.known if holder and holder.date else None
        if exact and exact.day:
            days.append(exact.first)
    days += [report.published for report in getattr(part, "follow_ups", ())]
    covered = getattr(part, "period", None)
    if covered:
        days.append(covered.end)
    if getattr(part, "updated", None) and part.updated.known and part.updated.known.day:
        days.append(part.updated.known.first)
    return max(days, default=None)
