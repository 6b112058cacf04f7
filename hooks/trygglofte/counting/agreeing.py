"""A reporter's own word beside what the figures say: when they differ, when one rules out the other.

The figures never make a reporter's word better than it is, and a word never makes the figures better than
they are: of two verdicts the lower one counts, and both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from trygglofte.counting.figures import Figures, status_of
from trygglofte.counting.hearing import Told
from trygglofte.model.pledge import Outcome, Status

SETTLED = frozenset({Status.CANCELLED, Status.CARRIED_OVER})
"""Decisions of the parties: nothing more is counted."""

_BEGUN = frozenset({Status.PLANNED, Status.ONGOING})
_RANK = {Status.NOT_DONE: 0, Status.PARTLY_DONE: 1, Status.DONE: 2}


def own_word(told: Sequence[Told]) -> tuple[Status | None, Told | None]:
    """The word that still stands in a stream of reports, and where it was said.

    `planerat` and `pågår` are true of their own report only, and a word about how much was done until a new
    figure is told; that something is done, cancelled or carried over stands until another word is said.
    """
    word: Status | None = None
    at: Told | None = None
    for item in told:
        if item.outcome.status:
            word, at = item.outcome.status, item
        elif word in _BEGUN or (item.has_figure and word not in SETTLED | {Status.DONE}):
            word, at = None, None
    return word, at


def reason_of(outcome: Outcome) -> str | None:
    """Why a word and the figures may differ, as the reporter tells it: the cause, or the way of counting."""
    return outcome.cause or outcome.counted


def counts(own: Status | None, figures: Figures | None, final: bool) -> Status | None:
    """The status that counts; None where neither a word nor a figure gives any."""
    derived = status_of(figures, final) if figures else None
    if own is None or derived is None or own in SETTLED:
        return own or derived
    assert figures is not None
    if derived is Status.NOT_ASSESSABLE or own is Status.NOT_ASSESSABLE:
        return own
    if own in _BEGUN:
        return derived if final or derived is Status.NOT_DONE else own
    if derived is Status.ONGOING:
        return derived if own is Status.DONE and falls_short(figures, final) else own
    return min(own, derived, key=lambda status: _RANK.get(status, 0))


def differs(own: Status | None, figures: Figures | None, final: bool) -> bool:
    """Whether a word and the figures lead to different verdicts, so that both should be shown."""
    derived = status_of(figures, final) if figures else None
    if own is None or derived is None or figures is None or own is derived:
        return False
    late = final and own in _BEGUN and derived in _RANK
    return late or (own in _RANK and derived in _RANK) or contradicts(own, figures, final)


def contradicts(own: Status, figures: Figures, final: bool) -> bool:
    """Whether a word cannot be true beside the figures, unless somebody tells why. `final`: no more is to come."""
    derived = status_of(figures, final)
    if own is Status.DONE:
        return falls_short(figures, final)
    if own is Status.PLANNED:
        return bool(figures.done) and not figures.level and not figures.comparison
    if own is Status.ONGOING:
        return final and derived is Status.DONE
    if own is Status.PARTLY_DONE:
        return derived is Status.DONE or (final and derived is Status.NOT_DONE and not figures.done)
    if own is Status.NOT_ASSESSABLE:
        return derived in _RANK
    return derived is Status.DONE or own is Status.NOT_REPORTED


def falls_short(figures: Figures, final: bool) -> bool:
    """Whether the figures so far are certainly less than what `genomfört` would mean."""
    derived = status_of(figures, final)
    if derived in {Status.PARTLY_DONE, Status.NOT_DONE}:
        return True
    if derived is not Status.ONGOING or figures.comparison:
        return False
    if figures.stretches:
        return not figures.endless and not figures.at_most
    unmet = figures.target is not None and figures.done < figures.target
    return unmet and not figures.at_most and not figures.at_least
