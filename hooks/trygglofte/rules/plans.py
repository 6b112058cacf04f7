"""What holds within an action plan: its follow-ups are of its measures, and a status is told in one place."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from trygglofte.model import Municipality
from trygglofte.problems import Problem


def measures_followed_up_exist(municipality: Municipality) -> Iterator[Problem]:
    """An outcome is of a measure that the plan has."""
    for plan in municipality.plans:
        if not plan.complete:
            continue
        names = sorted(measure.id for measure in plan.part.measures)
        for n, report in enumerate(plan.part.follow_ups):
            for name in report.outcomes:
                if name not in names:
                    near = get_close_matches(name, names, 1, 0.6)
                    yield plan.problem(
                        "okand-atgard", f"Åtgärden ”{name}” finns inte i planen.",
                        f"Menade du ”{near[0]}”?" if near else f"Det finns: {', '.join(names) or 'inga åtgärder'}.",
                        at=("follow_ups", n, "outcomes", name), key=True,
                    )  # fmt: skip


def statuses_are_told_in_one_place(municipality: Municipality) -> Iterator[Problem]:
    """A measure that has been followed up has its status there, and none beside it that can say otherwise."""
    for plan in municipality.plans:
        for i, measure in enumerate(plan.part.measures):
            told = [n for n, report in enumerate(plan.part.follow_ups) if measure.id in report.outcomes]
            if measure.status and told:
                line = plan.mark("follow_ups", told[-1], "outcomes", measure.id, key=True).line
                yield plan.problem(
                    "dubbel-status", f"Åtgärdens status står också i en uppföljning, på rad {line}.",
                    "Ta bort ”status” och ”kommentar” här. Den senaste uppföljningen gäller.",
                    at=("measures", i, "status"), key=True,
                )  # fmt: skip
