"""Figures in follow-ups do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from trygglofte.model import Municipality
from trygglofte.problems import Problem


def numbers_are_told_in_one_way(municipality: Municipality) -> Iterator[Problem]:
    """A commitment is followed by figures of the period or by running totals, never by both."""
    for pledge in municipality.pledges:
        first: dict[str, tuple[str, int]] = {}
        for n, report in enumerate(pledge.part.follow_ups):
            for id_, outcome in report.outcomes.items():
                for attribute in ("during", "total"):
                    if getattr(outcome, attribute) is None:
                        continue
                    steps = ("follow_ups", n, "outcomes", id_, attribute)
                    way, line = first.setdefault(id_, (attribute, pledge.mark(*steps).line))
                    if way != attribute:
                        yield pledge.problem(
                            "blandade-tal", f"”{id_}” redovisas här på ett annat sätt än på rad {line}.",
                            "Använd samma nyckel i alla uppföljningar: ”under_perioden” eller ”totalt_hittills”.",
                            at=steps, key=True,
                        )  # fmt: skip


def totals_do_not_fall(municipality: Municipality) -> Iterator[Problem]:
    """A running total never gets smaller, unless the report says that it corrects an earlier figure."""
    for pledge in municipality.pledges:
        last: dict[str, tuple[object, int]] = {}
        reports = sorted(enumerate(pledge.part.follow_ups), key=lambda item: item[1].period.end)
        for n, report in reports:
            for id_, outcome in report.outcomes.items():
                if outcome.total is None or outcome.total.value is None:
                    continue
                steps = ("follow_ups", n, "outcomes", id_, "total")
                before = last.get(id_)
                if before and outcome.total.value < before[0] and not outcome.corrects:  # type: ignore[operator]
                    yield pledge.problem(
                        "fallande-total",
                        f"”{id_}” är {outcome.total.words} hittills, men var {before[0]} på rad {before[1]}.",
                        "Rätta talet, eller skriv i ”rättar” varför den tidigare uppgiften var fel.",
                        at=steps,
                    )
                last[id_] = (outcome.total.value, pledge.mark(*steps).line)
