"""What a pledge does with the one it replaces: commitments that were to be carried over, and likely twins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trygglofte.comparing import alike, unanswered
from trygglofte.model import Filed, Municipality, Pledge
from trygglofte.problems import Problem, Severity


def _with_former(municipality: Municipality) -> Iterator[tuple[Filed[Pledge], Filed[Pledge]]]:
    pledges = {pledge.id: pledge for pledge in municipality.pledges}
    for pledge in municipality.pledges:
        former = pledges.get(pledge.part.replaces or "")
        if former and former.complete and pledge.complete and not pledge.part.withdrawn:
            yield former, pledge


def carried_over(municipality: Municipality, day: date) -> Iterator[Problem]:
    """A commitment reported as `förs över` that the pledge which takes over does not have."""
    for former, pledge in _with_former(municipality):
        for promise in unanswered(former.part, pledge.part, day):
            id_ = promise.commitment.id
            yield pledge.problem(
                "fordes-inte-over",
                f"”{id_}” skulle föras över från {former.id}, men finns inte här.",
                f"Ta med åtagandet. Heter det något annat här: skriv ”från: {id_}” i det.",
                at=("replaces",), severity=Severity.ADVICE,
            )  # fmt: skip


def likely_the_same(municipality: Municipality, _day: date) -> Iterator[Problem]:
    """A new commitment that reads like one of the former pledge, under another id."""
    for former, pledge in _with_former(municipality):
        for old, new in alike(former.part, pledge.part):
            yield pledge.problem(
                "liknar-forra-loftet",
                f"Åtagandet liknar ”{old.commitment.id}” i {former.id}, men visas som nytt.",
                f"Är det samma: skriv ”från: {old.commitment.id}” i åtagandet, så visas de bredvid varandra.",
                at=(*new.steps, "id"), severity=Severity.ADVICE,
            )  # fmt: skip
