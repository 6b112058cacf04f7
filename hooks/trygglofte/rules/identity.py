"""Ids are unique where they are used, and a document says what its type is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trygglofte.model import Filed, Municipality, promises
from trygglofte.model.base import Part
from trygglofte.problems import Problem

Steps = tuple[str | int, ...]


def ids_are_unique(municipality: Municipality) -> Iterator[Problem]:
    """No two commitments, indicators, measures, parties, places or sources share an id."""
    file = municipality.file
    yield from _once(file, ((p.id, ("parties", i, "id")) for i, p in enumerate(file.part.parties)), "Parten")
    yield from _once(file, ((p.id, ("places", i, "id")) for i, p in enumerate(file.part.places)), "Platsen")
    yield from _once(
        file, ((s.id, ("sources", i, "id")) for i, s in enumerate(file.part.sources) if s.id), "Källan"
    )
    for pledge in municipality.pledges:
        yield from _once(
            pledge, ((p.commitment.id, (*p.steps, "id")) for p in promises(pledge.part)), "Åtagandet"
        )
        yield from _once(
            pledge,
            ((x.id, ("indicators", i, "id")) for i, x in enumerate(pledge.part.indicators)),
            "Indikatorn",
        )
    for plan in municipality.plans:
        yield from _once(
            plan, ((m.id, ("measures", i, "id")) for i, m in enumerate(plan.part.measures)), "Åtgärden"
        )


def _once(filed: Filed[Part], ids: Iterable[tuple[str, Steps]], noun: str) -> Iterator[Problem]:
    first: dict[str, Steps] = {}
    for name, steps in ids:
        if name in first:
            yield filed.problem(
                "dubbelt-id",
                f"{noun} ”{name}” finns redan på rad {filed.mark(*first[name]).line}.",
                "Ge den ett eget id.",
                at=steps,
            )
        first.setdefault(name, steps)


def pledges_promise_something(municipality: Municipality) -> Iterator[Problem]:
    """A pledge has at least one commitment."""
    for pledge in municipality.pledges:
        if pledge.complete and not pledge.part.withdrawn and not any(True for _ in promises(pledge.part)):
            yield pledge.problem(
                "inget-lovat",
                "Löftet har inga åtaganden.",
                "Lägg till åtaganden, direkt eller i fokusområden.",
            )


def only_a_made_up_municipality_has_an_example_day(municipality: Municipality) -> Iterator[Problem]:
    """A real municipality is always shown as of today; code 0000 is the made-up one's alone."""
    file, part = municipality.file, municipality.file.part
    if part.example_day and not part.made_up:
        yield file.problem(
            "exempeldag",
            "Bara en påhittad kommun kan ha en exempeldag.",
            "Ta bort raden.",
            at=("example_day",),
            key=True,
        )
    if part.made_up != (part.code == "0000"):
        yield file.problem("pahittad-kommun", "Koden 0000 och ”påhittad: ja” hör ihop.",
                           "En riktig kommun har SCB:s kod. En påhittad har 0000.", at=("code",))  # fmt: skip
