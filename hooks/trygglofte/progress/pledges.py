"""How far a pledge has come on a day, and the verdict on it, by the rules on the method page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from trygglofte.counting import all_heard
from trygglofte.model import Filed, Pledge
from trygglofte.model.pledge import Status
from trygglofte.model.words import Verdict
from trygglofte.progress.commitments import SETTLED, CommitmentState, state_of
from trygglofte.progress.due import Clock, clock_of, has_ended

ORDER = tuple(Status)
"""The order in which statuses are shown."""


@dataclass(frozen=True, slots=True)
class OwnVerdict:
    """What reporters themselves say of the whole pledge."""

    parties: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PledgeState:
    """How far a pledge has come on a day."""

    commitments: tuple[CommitmentState, ...]
    verdict: str
    clock: Clock
    ended: bool
    own_verdicts: tuple[OwnVerdict, ...] = ()
    """What reporters say of the whole in the latest reports; one party's verdict is never another's."""

    @property
    def last_reported(self) -> date | None:
        """The day of the last report."""
        return self.clock.last_reported

    @property
    def next_due(self) -> date | None:
        """The day of the first follow-up that has not come, whether it has passed or not."""
        return self.clock.next_due

    @property
    def late_since(self) -> date | None:
        """The first day that passed without its follow-up."""
        return self.clock.late_since

    @property
    def counts(self) -> dict[Status, int]:
        """How many commitments have each status; statuses that none has are left out."""
        return count_by_status(self.commitments)

    @property
    def other_verdicts(self) -> tuple[OwnVerdict, ...]:
        """The reporters' own verdicts that are not the derived one, to be shown beside it."""
        return tuple(own for own in self.own_verdicts if str(own.verdict) != self.verdict)


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
    states = tuple(state_of(promise, told, pledge, today) for promise, told in all_heard(pledge))
    ended = has_ended(pledge.valid, today)
    clock = clock_of(pledge, today, reporting_days)
    return PledgeState(states, verdict_of(states, ended), clock, ended, _own_verdicts(pledge))


def _own_verdicts(pledge: Pledge) -> tuple[OwnVerdict, ...]:
    """Verdicts in the reports of the latest period. An older one was about an earlier time."""
    latest = max((report.period.end for report in pledge.follow_ups), default=None)
    found = {
        tuple(sorted(report.reported_by)): report.verdict
        for report in sorted(pledge.follow_ups, key=lambda item: (item.published, item.reported_by))
        if report.period.end == latest and report.verdict
    }
    return tuple(OwnVerdict(parties, verdict) for parties, verdict in sorted(found.items()))


def verdict_of(states: Iterable[CommitmentState], ended: bool) -> str:
    """The pledge's own state, by the rule on the method page (content/metod.md), tried from the top.

    No verdict is passed on an ended pledge until everything in it has been reported.
    """
    every = list(states)
    found = {state.status for state in every}
    live = found - SETTLED
    if every and not live:
        return str(Status.CANCELLED if found == {Status.CANCELLED} else Status.CARRIED_OVER)
    if live == {Status.NOT_REPORTED} or (ended and any(state.awaited for state in every)):
        return "inte redovisat"
    if live == {Status.DONE}:
        return "uppfyllt"
    if not ended:
        return "pågår"
    if live & {Status.DONE, Status.PARTLY_DONE}:
        return "delvis uppfyllt"
    return "inte uppfyllt" if live and Status.NOT_ASSESSABLE not in live else "går inte att bedöma"


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
