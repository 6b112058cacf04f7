"""Where what was told of a commitment stands in its file, and the series that its figures make. No rule of its own."""

from __future__ import annotations

from collections.abc import Iterator

from trygglofte.counting import Told, figure_streams, heard_in
from trygglofte.model import Filed, Pledge, Promise

Steps = tuple[str | int, ...]


def steps_to(promise: Promise, told: Told) -> Steps:
    """The way to what was told: an outcome, or one party's share of it."""
    outcome = ("follow_ups", told.number, "outcomes", promise.commitment.id)
    whole = told.report.outcomes[promise.commitment.id]
    return (*outcome, "per_party", told.party) if whole is not told.outcome and told.party else outcome


def figure_steps(promise: Promise, told: Told) -> Steps:
    """The way to the figure that was told."""
    return (*steps_to(promise, told), "total" if told.outcome.total is not None else "during")


def each_stream(pledge: Filed[Pledge]) -> list[tuple[Promise, list[Told]]]:
    """Every series of figures that is added up by itself: of a commitment, or of one party's part of it."""
    return pledge.once("streams", lambda: list(_each_stream(pledge)))


def _each_stream(pledge: Filed[Pledge]) -> Iterator[tuple[Promise, list[Told]]]:
    for promise, told in heard_in(pledge):
        for stream in figure_streams(promise, told):
            yield promise, [item for item in stream if item.has_figure]
