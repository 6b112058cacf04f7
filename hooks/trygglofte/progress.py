"""What follows from the data: status, counts, what is due and what is late. Today is an argument.

The machine passes no verdict before a responsible party has reported, and one party's report never speaks
for another. The rules are written for residents on the page Så räknar vi (content/metod.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from trygglofte.model import Filed, Municipality, Pledge, Promise, promises
from trygglofte.model.common import Period
from trygglofte.model.pledge import Amount, Cadence, FollowUp, Outcome, Per, Status

SETTLED = {Status.CANCELLED, Status.CARRIED_OVER}
"""Commitments that no longer count when a pledge is summed up."""

_CLOSED = SETTLED | {Status.DONE, Status.NOT_DONE}
"""Nothing more is expected, so nothing is late."""

ORDER = tuple(Status)
"""The order in which statuses are shown."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Done so far against what was promised. `target` is None where no number was promised."""

    done: Decimal
    at_least: bool = False
    target: Decimal | None = None
    at_most: bool = False
    reached: date | None = None


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

    @property
    def reporters(self) -> tuple[str, ...]:
        """Those of the latest report's parties that answer for the commitment; all, where nobody is named."""
        told = self.report.reported_by if self.report else ()
        own = self.promise.commitment.responsible
        return tuple(party for party in told if party in own) or told


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


def count_by_status(states: Iterable[CommitmentState]) -> dict[Status, int]:
    """How many have each status, in the order statuses are shown."""
    found = [state.status for state in states]
    return {status: found.count(status) for status in ORDER if status in found}


def the_day(municipality: Municipality, today: date) -> date:
    """The day a site counts from: the example day of a made-up municipality, else today."""
    return municipality.file.part.example_day or today


def as_public(municipality: Municipality, today: date) -> Municipality:
    """The municipality as the public may see it: without what is not yet to be published."""

    def shown(filed: Filed) -> bool:  # type: ignore[type-arg]
        return filed.part.publish_from is None or filed.part.publish_from <= today

    def with_reports(filed: Filed[Pledge]) -> Filed[Pledge]:
        reports = tuple(report for report in filed.part.follow_ups if report.published <= today)
        if len(reports) == len(filed.part.follow_ups):
            return filed
        return replace(filed, part=filed.part.model_copy(update={"follow_ups": reports}))

    return replace(
        municipality,
        agreements=tuple(filter(shown, municipality.agreements)),
        pledges=tuple(with_reports(filed) for filed in municipality.pledges if shown(filed)),
        summaries=tuple(filter(shown, municipality.summaries)),
        plans=tuple(filter(shown, municipality.plans)),
    )


def pledge_state(pledge: Pledge, today: date, reporting_days: int) -> PledgeState:
    """Everything that follows from a pledge and its reports on a day."""
    states = tuple(commitment_state(promise, pledge, today) for promise in promises(pledge))
    ended = has_ended(pledge.valid, today)
    due, late = _next_due(pledge, today, reporting_days)
    published = [report.published for report in pledge.follow_ups]
    return PledgeState(states, _verdict(states, ended), max(published, default=None), due, late, ended)


def has_ended(period: Period | None, today: date) -> bool:
    """Whether the last day of a period has passed."""
    last = period.last if period else None
    return bool(last and last < today)


def is_valid_on(period: Period | None, today: date) -> bool:
    """Whether a day falls within a period, as far as the period is known."""
    if period is None or (period.first is None and period.last is None and not (period.end and period.end.open_ended)):
        return False
    return not has_ended(period, today) and not (period.first and period.first > today)


def _verdict(states: tuple[CommitmentState, ...], ended: bool) -> str:
    """The pledge's own state, by the rule on the method page.

    No verdict is passed on an ended pledge until everything in it has been reported.
    """
    statuses = {state.status for state in states if state.status not in SETTLED}
    if statuses == {Status.NOT_REPORTED} or (ended and Status.NOT_REPORTED in statuses):
        return "inte redovisat"
    if statuses == {Status.DONE}:
        return "uppfyllt"
    if not ended:
        return "pågår"
    if statuses & {Status.DONE, Status.PARTLY_DONE}:
        return "delvis uppfyllt"
    return "inte uppfyllt" if statuses and Status.NOT_ASSESSABLE not in statuses else "går inte att bedöma"


def commitment_state(promise: Promise, pledge: Pledge, today: date) -> CommitmentState:
    """The state of one commitment from the reports of those responsible for it."""
    heard = list(_heard(promise, pledge))
    late = _late(promise, heard, today)
    if not heard:
        return CommitmentState(promise, Status.NOT_REPORTED, late_since=late)
    report, outcome = heard[-1]
    figures = _figures(promise.commitment.amount, heard, pledge.valid)
    silent = _silent(promise, heard)
    status, derived = _status(promise, heard, figures, pledge, silent)
    closed = _CLOSED | ({Status.PARTLY_DONE} if has_ended(pledge.valid, today) else set())
    return CommitmentState(promise, status, report, outcome, figures, derived, None if status in closed else late, silent)


def _heard(promise: Promise, pledge: Pledge) -> Iterator[tuple[FollowUp, Outcome]]:
    """What responsible parties have reported on a commitment, oldest first."""
    responsible = set(promise.commitment.responsible)
    for report in sorted(pledge.follow_ups, key=lambda item: (item.period.end, item.published)):
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
) -> tuple[Status, bool]:
    """The status, and whether it follows from the data rather than from a report's own word."""
    report, outcome = heard[-1]
    last = pledge.valid.last if pledge.valid else None
    final = bool(last and report.period.end >= last)
    if silent:
        return Status.ONGOING, True
    if outcome.per_party or not set(promise.commitment.responsible) <= set(report.reported_by):
        return _joint(promise, heard, final), True
    if outcome.status:
        return outcome.status, False
    if figures and figures.target is not None:
        return _from_figures(figures, final), True
    numeric = promise.commitment.amount is not None and whole_amount(promise.commitment.amount, pledge.valid) is not None
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
    return Status.PARTLY_DONE if final and statuses & {Status.DONE, Status.PARTLY_DONE} else Status.ONGOING


def _from_figures(figures: Figures, final: bool) -> Status:
    target = figures.target
    assert target is not None
    if figures.at_most:
        if figures.done > target:
            return Status.NOT_DONE
        return Status.NOT_ASSESSABLE if final and figures.at_least else Status.DONE if final else Status.ONGOING
    if figures.done >= target:
        return Status.DONE
    if not final:
        return Status.ONGOING
    if figures.at_least:
        return Status.NOT_ASSESSABLE
    return Status.PARTLY_DONE if figures.done else Status.NOT_DONE


def _figures(amount: Amount | None, heard: list[tuple[FollowUp, Outcome]], valid: Period | None) -> Figures | None:
    """Done so far: the sum of the periods' figures, or the latest running total. Words give no figures."""
    done, at_least, told, words = Decimal(0), False, False, False
    target = whole_amount(amount, valid) if amount else None
    at_most = bool(amount and amount.at_most is not None)
    reached: date | None = None
    for report, outcome in heard:
        said = outcome.total or outcome.during
        if said is None:
            continue
        if said.value is None:
            words = True
            continue
        told = True
        at_least = said.at_least if outcome.total else at_least or said.at_least
        words = words and not outcome.total
        done = said.value if outcome.total else done + said.value
        if target is not None and not at_most and done >= target and reached is None:
            reached = report.period.end
    if not told or (words and not (target is not None and not at_most and done >= target)):
        return None
    return Figures(done, at_least or words, target, at_most, reached)


_DAYS_PER = {Per.DAY: 1, Per.WEEK: 7}
_MONTHS_PER = {Per.MONTH: 1, Per.QUARTER: 3, Per.TERTIAL: 4, Per.HALF_YEAR: 6, Per.YEAR: 12}


def whole_amount(amount: Amount, valid: Period | None) -> Decimal | None:
    """The number promised for the pledge's whole period, or None where no number follows.

    `50 per år` over two years is 100; `per period` and no time at all is the number itself.
    """
    number = next((n for n in (amount.at_least, amount.exactly, amount.at_most) if n is not None), None)
    if number is None or amount.per in {None, Per.PERIOD} or amount.at_most is not None:
        return number
    first, last = (valid.first, valid.last) if valid else (None, None)
    if first is None or last is None:
        return number if amount.per is Per.YEAR else None
    if amount.per in _DAYS_PER:
        return number * (((last - first).days + 1) // _DAYS_PER[amount.per])
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return number * max(1, months // _MONTHS_PER[amount.per])


def _late(promise: Promise, heard: list[tuple[FollowUp, Outcome]], today: date) -> date | None:
    """Since when a commitment is past its day, by the latest schedule that was reported."""
    due = promise.commitment.due
    for _, outcome in heard:
        due = outcome.new_due or due
    last = due.last if due else None
    return last if last and last < today else None


_MONTHS_OF = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.TERTIAL: 4, Cadence.HALF_YEAR: 6, Cadence.YEAR: 12}
_MOST_DUE = 400


def due_dates(pledge: Pledge, reporting_days: int) -> Iterator[tuple[date, date]]:
    """When follow-ups are due: the last day each should cover, and the day it is to be out."""
    rhythm, valid = pledge.reporting, pledge.valid
    if isinstance(rhythm, tuple):
        for day in sorted(rhythm, key=lambda item: item.last):
            yield day.first, day.last
        return
    first = valid.first if valid else None
    if rhythm is None or rhythm is Cadence.CONTINUOUS or first is None:
        return
    last = valid.last if valid else None
    months = _MONTHS_OF[rhythm]
    for end in _ends_of_stretches(first, months):
        covered = min(end, last) if last else end
        yield covered, covered + timedelta(days=reporting_days)
        if last and end >= last:
            return


def _ends_of_stretches(first: date, months: int) -> Iterator[date]:
    """Last days of calendar stretches (months, quarters, tertials …) from the one that holds `first`."""
    index = (first.year * 12 + first.month - 1) // months * months
    for _ in range(_MOST_DUE):
        index += months
        yield date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


def _next_due(pledge: Pledge, today: date, reporting_days: int) -> tuple[date | None, date | None]:
    """The first follow-up that has not come: its day, and the same day again where it has passed."""
    reports = sorted(report.period.end for report in pledge.follow_ups)
    listed = isinstance(pledge.reporting, tuple)
    for number, (covers, due) in enumerate(due_dates(pledge, reporting_days)):
        answered = len(reports) > number if listed else bool(reports and reports[-1] >= covers)
        if not answered:
            return due, due if due < today else None
    return None, None


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
