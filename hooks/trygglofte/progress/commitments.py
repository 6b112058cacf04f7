"""How far one commitment has come, from the reports of those who answer for it.

One party's report never speaks for another, and silence is never read as inaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from trygglofte import counting
from trygglofte.counting import Figures, Told, figures_of, heard, in_order, stream_of
from trygglofte.model import Pledge, Promise
from trygglofte.model.pledge import Amount, FollowUp, Outcome, Status
from trygglofte.progress import telling
from trygglofte.progress.due import has_ended

__all__ = ["SETTLED", "CommitmentState", "PartyState", "commitment_state", "in_order", "joined"]

SETTLED = set(counting.SETTLED)
"""Commitments that no longer count when a pledge is summed up."""

_CLOSED = SETTLED | {Status.DONE, Status.NOT_DONE}
"""Nothing more is expected, so nothing is late."""


@dataclass(frozen=True, slots=True)
class PartyState:
    """How far one party has come with its own part, by its own reports.

    `status` is None where the party has told of a share of something joint without a word of its own.
    """

    party: str
    status: Status | None
    amount: Amount | None = None
    report: FollowUp | None = None
    outcome: Outcome | None = None
    figures: Figures | None = None
    own: Status | None = None
    by_figures: Status | None = None
    differs: bool = False
    reason: str | None = None

    @property
    def told(self) -> str:
        """Done so far against what was promised, as a phrase; empty where no figure was told."""
        return telling.figures(self.figures, self.amount)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know to understand the status, as sentences."""
        return telling.notes(self)


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

    own: Status | None = None
    """The reporters' own word, where one still stands."""

    by_figures: Status | None = None
    """What the figures alone lead to; None where no number was promised or told."""

    differs: bool = False
    """Whether the two lead to different verdicts. Then the lower one counts and both are shown."""

    reason: str | None = None
    """Why they differ, as the reporter tells it."""

    parties: tuple[PartyState, ...] = ()
    """Each responsible party's own part: of what they promise each by itself, or of shares they have told."""

    @property
    def amount(self) -> Amount | None:
        """How much was promised."""
        return self.promise.commitment.amount

    @property
    def reporters(self) -> tuple[str, ...]:
        """Those of the latest report's parties that answer for the commitment; all, where nobody is named."""
        told = self.report.reported_by if self.report else ()
        own = self.promise.commitment.responsible
        return tuple(party for party in told if party in own) or told

    @property
    def told(self) -> str:
        """Done so far against what was promised, as a phrase; empty where no figure was told."""
        return telling.figures(self.figures, self.amount)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know to understand the status, as sentences."""
        return telling.notes(self)


def commitment_state(promise: Promise, pledge: Pledge, today: date) -> CommitmentState:
    """The state of one commitment from the reports of those responsible for it."""
    return state_of(promise, heard(promise, pledge), pledge, today)


def state_of(promise: Promise, told: list[Told], pledge: Pledge, today: date) -> CommitmentState:
    """The state of one commitment from what has been heard of it."""
    late = _late(promise, told, today)
    if not told:
        return CommitmentState(promise, Status.NOT_REPORTED, late_since=late, awaited=True)
    state = (
        _each_by_itself(promise, pledge, told)
        if counting.is_apart(promise)
        else _together(promise, pledge, told)
    )
    closed = _CLOSED | ({Status.PARTLY_DONE} if has_ended(pledge.valid, today) else set())
    return _with_day(state, None if state.status in closed else late)


def _with_day(state: CommitmentState, late: date | None) -> CommitmentState:
    return state if late is None else replace(state, late_since=late)


def _together(promise: Promise, pledge: Pledge, told: list[Told]) -> CommitmentState:
    """Of one party, or of several that promise one thing together."""
    own = promise.commitment.responsible
    until = _heard_until(told)
    silent = tuple(party for party in own if party not in until)
    reached = min(until.values())
    final = _is_final(pledge, reached) and not silent
    streams = {party: stream_of(party, told) for party in (own or sorted(until))}
    figures = figures_of(promise.commitment.amount, told, pledge.valid, reached)
    word, said_at = _joint_word(streams, told, final, len(own) > 1)
    by_figures = counting.status_of(figures, final) if figures else None
    counted = counting.counts(word, figures, final)
    status = Status.ONGOING if silent else counted or _without(promise, pledge, figures, final)
    differs = not silent and counting.differs(word, figures, final)
    return CommitmentState(
        promise, status, told[-1].report, told[-1].report.outcomes[promise.commitment.id], figures,
        bool(silent) or said_at is None or status is not word, None, silent,
        status is Status.NOT_REPORTED or (status in _UNDECIDED and (bool(silent) or not final)),
        word, by_figures, differs,
        counting.reason_of(said_at.outcome) if differs and said_at else None,
        tuple(_share(party, streams[party], promise, pledge) for party in _with_shares(told)),
    )  # fmt: skip


_UNDECIDED = {Status.PLANNED, Status.ONGOING}


def _joint_word(
    streams: dict[str, list[Told]], told: list[Told], final: bool, joint: bool
) -> tuple[Status | None, Told | None]:
    """The word of those who answer together, and where it was said if it is one and the same for all.

    Where nobody answers by name, the latest word of anybody stands.
    """
    if not joint:
        return counting.own_word(told)
    words = {party: counting.own_word(stream) for party, stream in streams.items() if stream}
    found = {word for word, _ in words.values()}
    if found == {None}:
        return None, None
    latest = max((at for _, at in words.values() if at), key=lambda at: at.report.period.end)
    if len(found) == 1 and all(
        at and at.party is None and at.number == latest.number for _, at in words.values()
    ):
        return next(iter(found)), latest
    known = [word or (Status.NOT_ASSESSABLE if final else Status.ONGOING) for word, _ in words.values()]
    return joined(known, final), None


def joined(words: Iterable[Status], final: bool) -> Status:
    """One status of several parties': what they share, else what can be said of all of them together."""
    found = set(words)
    live = found - SETTLED
    if len(found) == 1:
        return found.pop()
    if not live:
        return Status.CARRIED_OVER
    if live == {Status.DONE}:
        return Status.PARTLY_DONE
    if not final:
        return Status.ONGOING
    if live & {Status.DONE, Status.PARTLY_DONE}:
        return Status.PARTLY_DONE
    if Status.NOT_ASSESSABLE in live:
        return Status.NOT_ASSESSABLE
    return Status.NOT_DONE if live == {Status.NOT_DONE} else Status.ONGOING


def _without(promise: Promise, pledge: Pledge, figures: Figures | None, final: bool) -> Status:
    """The status where there is neither a word nor a figure to compare."""
    amount = promise.commitment.amount
    numeric = amount is not None and counting.whole_amount(amount, pledge.valid) is not None
    words_only = numeric and figures is None
    return Status.NOT_ASSESSABLE if words_only or final else Status.ONGOING


def _each_by_itself(promise: Promise, pledge: Pledge, told: list[Told]) -> CommitmentState:
    """Of several parties that promise each by itself: one outcome and one state for each, the whole from all."""
    own = promise.commitment.responsible
    parties = tuple(_party(party, stream_of(party, told), promise, pledge) for party in own)
    silent = tuple(one.party for one in parties if one.report is None)
    spoken = [one for one in parties if one.report]
    if not spoken:
        return CommitmentState(promise, Status.NOT_REPORTED, awaited=True)
    final = not silent and all(_is_final(pledge, one.report.period.end) for one in spoken if one.report)
    words = [one.status for one in spoken if one.status]
    status = Status.ONGOING if silent else joined(words, final)
    awaited = status in _UNDECIDED and (bool(silent) or not final)
    return CommitmentState(
        promise, status, told[-1].report, told[-1].report.outcomes[promise.commitment.id], None, True, None,
        silent, awaited, parties=parties,
    )  # fmt: skip


def _party(party: str, stream: list[Told], promise: Promise, pledge: Pledge) -> PartyState:
    """One party's own state, where each promises by itself. Figures told together are nobody's own."""
    amount = promise.commitment.amount
    if not stream:
        return PartyState(party, Status.NOT_REPORTED, amount)
    until = stream[-1].report.period.end
    final = _is_final(pledge, until)
    figures = figures_of(amount, counting.own_figures(party, stream), pledge.valid, until)
    word, at = counting.own_word(stream)
    differs = counting.differs(word, figures, final)
    return PartyState(
        party, counting.counts(word, figures, final) or _without(promise, pledge, figures, final), amount,
        stream[-1].report, stream[-1].outcome, figures, word,
        counting.status_of(figures, final) if figures else None, differs,
        counting.reason_of(at.outcome) if differs and at else None,
    )  # fmt: skip


def _share(party: str, stream: list[Told], promise: Promise, pledge: Pledge) -> PartyState:
    """What a party has told of its share of something joint. A share is not compared with the whole promise."""
    shares = [item for item in stream if item.party]
    unit = promise.commitment.amount.unit if promise.commitment.amount else None
    bare = Amount.model_construct(unit=unit)
    figures = figures_of(bare, shares, pledge.valid, shares[-1].report.period.end)
    word, _ = counting.own_word(shares)
    return PartyState(party, word, bare, shares[-1].report, shares[-1].outcome, figures, word)


def _with_shares(told: list[Told]) -> list[str]:
    return sorted({item.party for item in told if item.party})


def _is_final(pledge: Pledge, until: date) -> bool:
    last = pledge.valid.last if pledge.valid else None
    return last is not None and until >= last


def _heard_until(told: list[Told]) -> dict[str, date]:
    """The last day that each party has reported on."""
    return {party: item.report.period.end for item in told for party in item.speakers}


def _late(promise: Promise, told: list[Told], today: date) -> date | None:
    """Since when a commitment is past its day, by the latest schedule that was reported."""
    due = promise.commitment.due
    for item in told:
        due = item.outcome.new_due or due
    last = due.last if due else None
    return last if last and last < today else None
