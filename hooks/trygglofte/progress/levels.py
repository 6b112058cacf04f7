"""Commitments counted at every level: each once in the municipality, and once under each of its themes and so on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from trygglofte.model import Filed, Pledge
from trygglofte.model.pledge import Status
from trygglofte.progress.commitments import CommitmentState
from trygglofte.progress.pledges import PledgeState, count_by_status

Counts = dict[Status, int]
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many commitments have each status, by level. What none has is left out.

    A commitment of two parties, themes or places is counted under each of them, so those levels are never
    added up; `pledges` and `areas` each add up to `everything`. An area is the pledge's id and the area's
    place in it, None for commitments outside areas.
    """

    everything: Counts
    pledges: dict[str, Counts]
    areas: dict[tuple[str, int | None], Counts]
    parties: dict[str, Counts]
    themes: dict[str, Counts]
    places: dict[str, Counts]


def tally(pledges: Iterable[tuple[Filed[Pledge], PledgeState]]) -> Tally:
    """The counts of every level over some pledges and their states. A pledge that is given twice counts once."""
    unique: Mapping[str, tuple[Filed[Pledge], PledgeState]] = {
        filed.id: (filed, state) for filed, state in pledges
    }
    every = [(filed, state) for filed, whole in unique.values() for state in whole.commitments]
    return Tally(
        count_by_status(state for _, state in every),
        _by((filed.id, state) for filed, state in every),
        _by(((filed.id, _area(state)), state) for filed, state in every),
        _by((party, state) for _, state in every for party in _once(state.promise.commitment.responsible)),
        _by((theme, state) for _, state in every for theme in _once(state.promise.themes)),
        _by((place, state) for filed, state in every for place in _once(_places(filed.part, state))),
    )


def _by(pairs: Iterable[tuple[K, CommitmentState]]) -> dict[K, Counts]:
    found: dict[K, list[CommitmentState]] = {}
    for key, state in pairs:
        found.setdefault(key, []).append(state)
    return {key: count_by_status(states) for key, states in found.items()}


def _once(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(names)


def _area(state: CommitmentState) -> int | None:
    number = state.promise.steps[1]
    return number if state.promise.area and isinstance(number, int) else None


def _places(pledge: Pledge, state: CommitmentState) -> tuple[str, ...]:
    """The commitment's own places, or its focus area's, or the pledge's."""
    promise = state.promise
    area = promise.area.places if promise.area else ()
    return promise.commitment.places or area or pledge.places
