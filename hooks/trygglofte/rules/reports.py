"""Figures in follow-ups do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from trygglofte.model import Municipality
from trygglofte.problems import Problem, Severity


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


_ENOUGH_TO_TELL = 2


def reports_are_not_copies(municipality: Municipality) -> Iterator[Problem]:
    """A report that says just what the one before said has most likely been copied and not rewritten."""
    for pledge in municipality.pledges:
        reports = sorted(enumerate(pledge.part.follow_ups), key=lambda item: item[1].period.end)
        for (before, earlier), (after, later) in pairwise(reports):
            same = later.outcomes == earlier.outcomes and later.summary == earlier.summary
            if same and len(later.outcomes) >= _ENOUGH_TO_TELL:
                line = pledge.mark("follow_ups", before, "period", key=True).line
                yield pledge.problem(
                    "kopierad-uppfoljning", f"Uppföljningen säger precis samma sak som den på rad {line}.",
                    "Skriv vad som gällde under den nya perioden. Är allt oförändrat: säg det i ”sammanfattning”.",
                    at=("follow_ups", after, "outcomes"), key=True, severity=Severity.ADVICE,
                )  # fmt: skip
