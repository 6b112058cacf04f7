"""What the public may see on a day: nothing before its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from trygglofte.model import Filed, Municipality, Pledge
from trygglofte.progress.gate import missing_reviews


def the_day(municipality: Municipality, today: date) -> date:
    """The day a site counts from: the example day of a made-up municipality, else today."""
    return municipality.file.part.example_day or today


def as_public(municipality: Municipality, today: date) -> Municipality:
    """The municipality as the public may see it: without what is not yet to be published, or not yet reviewed."""

    def shown(filed: Filed) -> bool:  # type: ignore[type-arg]
        if missing_reviews(filed.part, municipality.file.part, today):
            return False
        return filed.part.publish_from is None or filed.part.publish_from <= today

    def with_reports(filed: Filed[Pledge]) -> Filed[Pledge]:
        reports = tuple(report for report in filed.part.follow_ups if report.published <= today)
        if len(reports) == len(filed.part.follow_ups):
            return filed
        return replace(filed, part=filed.part.model_copy(update={"follow_ups": reports}))

    return replace(
        municipality,
        agreements=tuple(filter(shown, municipality.agreements)),
        pledges=tuple(with_reports(filed) for filed in municipality.pledges if shown(filed)),
        summaries=tuple(filter(shown, municipality.summaries)),
        plans=tuple(filter(shown, municipality.plans)),
    )
