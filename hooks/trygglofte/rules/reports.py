"""Figures in follow-ups do not contradict each other, party by party and across corrections."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from trygglofte.counting import Told, heard_in
from trygglofte.model import Filed, Municipality, Pledge, Promise
from trygglofte.problems import Problem, Severity
from trygglofte.rules.places import each_stream, figure_steps, steps_to


def numbers_are_told_in_one_way(municipality: Municipality) -> Iterator[Problem]:
    """A series has figures of the period or running totals, never both; totals are of all or of each party."""
    for pledge in municipality.pledges:
        for promise, stream in each_stream(pledge):
            for item in stream[1:]:
                if (item.outcome.total is None) != (stream[0].outcome.total is None):
                    yield _mixed(pledge, promise, item, stream[0], "”under_perioden” eller ”totalt_hittills”")
        for promise, told in heard_in(pledge):
            totals = [item for item in told if item.outcome.total is not None]
            for item in totals[1:]:
                if not promise.commitment.each_by_itself and bool(item.party) != bool(totals[0].party):
                    yield _mixed(
                        pledge, promise, item, totals[0], "ett tal för alla tillsammans, eller ”per_part”"
                    )


def _mixed(pledge: Filed[Pledge], promise: Promise, item: Told, first: Told, ways: str) -> Problem:
    line = pledge.mark(*figure_steps(promise, first)).line
    return pledge.problem(
        "blandade-tal", f"”{promise.commitment.id}” redovisas här på ett annat sätt än på rad {line}.",
        f"Använd samma sätt i alla uppföljningar: {ways}.", at=figure_steps(promise, item), key=True,
    )  # fmt: skip


def totals_do_not_fall(municipality: Municipality) -> Iterator[Problem]:
    """A running total never gets smaller, unless the report says that it corrects an earlier figure."""
    for pledge in municipality.pledges:
        for promise, stream in each_stream(pledge):
            totals = [
                (item, item.outcome.total)
                for item in stream
                if item.outcome.total and item.outcome.total.value is not None
            ]
            for (first, before), (item, now) in pairwise(totals):
                if (now.value or 0) < (before.value or 0) and not item.outcome.corrects:
                    line = pledge.mark(*figure_steps(promise, first)).line
                    yield pledge.problem(
                        "fallande-total",
                        f"”{promise.commitment.id}” är {now.words} hittills, men var {before.words} på rad {line}.",
                        "Rätta talet, eller skriv i ”rättar” varför den tidigare uppgiften var fel.",
                        at=figure_steps(promise, item),
                    )


def corrections_correct_something(municipality: Municipality) -> Iterator[Problem]:
    """A figure of a period that corrects has earlier figures of the same days, whose place it takes."""
    for pledge in municipality.pledges:
        for promise, stream in each_stream(pledge):
            for position, item in enumerate(stream):
                days = item.report.period
                if item.outcome.during is None or not item.outcome.corrects:
                    continue
                before = [other for other in stream[:position] if other.outcome.during is not None]
                inside = [
                    one for one in before
                    if days.start <= one.report.period.start and one.report.period.end <= days.end
                ]  # fmt: skip
                if inside or not before:
                    continue
                line = pledge.mark(*figure_steps(promise, before[-1])).line
                yield pledge.problem(
                    "rattar-ingenting",
                    f"”rättar” ändrar en tidigare uppgift, men talet gäller andra dagar än det på rad {line}.",
                    "Lägg rättelsen i en uppföljning med samma period som talet som var fel, "
                    "eller ta bort ”rättar” och skriv det i ”räknat”.",
                    at=(*steps_to(promise, item), "corrects"), key=True,
                )  # fmt: skip


def parties_do_not_count_the_same_twice(municipality: Municipality) -> Iterator[Problem]:
    """Two parties' own figures of something joint, over the same days, may be of the same things."""
    for pledge in municipality.pledges:
        for promise, heard in heard_in(pledge):
            if promise.commitment.each_by_itself:
                continue
            told = [item for item in heard if item.party is None and item.outcome.during is not None]
            for position, item in enumerate(told):
                days = item.report.period
                for other in told[:position]:
                    apart = other.report.period.end < days.start or days.end < other.report.period.start
                    if apart or set(other.speakers) & set(item.speakers):
                        continue
                    line = pledge.mark(*figure_steps(promise, other)).line
                    yield pledge.problem(
                        "samma-dagar",
                        f"{' och '.join(other.speakers)} har redan redovisat de här dagarna på rad {line}, "
                        "och det går inte att veta om det är samma saker.",
                        "Skriv talet för alla tillsammans på ett ställe, eller vars och ens del under ”per_part”.",
                        at=figure_steps(promise, item),
                    )  # fmt: skip
                    break


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
