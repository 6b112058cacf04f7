"""What the public may see on a day: nothing before its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from trygglofte.model import ActionPlan, Filed, Municipality, Pledge


def the_day(municipality: Municipality, today: date) -> date:
    """The day a site counts from: the example day of a made-up municipality, else today."""
    return municipality.file.part.example_day or today


def as_public(municipality: Municipality, today: date) -> Municipality:
    """The municipality as the public may see it: without what is not yet to be published."""

    def shown(filed: Filed) -> bool:  # type: ignore[type-arg]
        return filed.part.publish_from is None or filed.part.publish_from <= today

    return replace(
        municipality,
        agreements=tuple(filter(shown, municipality.agreements)),
        pledges=tuple(_with_reports(filed, today) for filed in municipality.pledges if shown(filed)),
        summaries=tuple(filter(shown, municipality.summaries)),
        plans=tuple(_with_reports(filed, today) for filed in municipality.plans if shown(filed)),
    )


Reported = TypeVar("Reported", Pledge, ActionPlan)


def _with_reports(filed: Filed[Reported], today: date) -> Filed[Reported]:
    """A pledge or a plan with the follow-ups that are out on a day."""
    reports = tuple(report for report in filed.part.follow_ups if report.published <= today)
    if len(reports) == len(filed.part.follow_ups):
        return filed
    return replace(filed, part=filed.part.model_copy(update={"follow_ups": reports}))
