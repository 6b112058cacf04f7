"""What the public may see on a day: nothing before its time, and nothing of what has been taken down.

Whoever makes an output begins from here, so that what is not to be seen is in none of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from trygglofte.model import ActionPlan, Agreement, Filed, Municipality, Pledge, SituationSummary
from trygglofte.model.common import Document
from trygglofte.model.dates import has_come
from trygglofte.model.pledge import FollowUp
from trygglofte.progress.gate import missing_reviews

D = TypeVar("D", bound=Document)


def the_day(municipality: Municipality, today: date) -> date:
    """The day a site counts from: the example day of a made-up municipality, else today."""
    return municipality.file.part.example_day or today


def is_embargoed(document: Document, today: date) -> bool:
    """Whether nothing of a document may be seen yet."""
    return document.publish_from is not None and not has_come(document.publish_from, today)


def as_public(municipality: Municipality, today: date) -> Municipality:
    """The municipality as the public may see it: no document before its time or its reviews, nor any withdrawn.

    Pledges that lie with others and hold here too are among the pledges from here on. What is left names nothing
    that is not there. A withdrawn follow-up leaves its days, its parties and why.
    """

    own = _ids(municipality.pledges)
    ours = {party.id: party.name for party in municipality.file.part.parties}
    owners = {
        one.pledge.id: (one.file.part, {**ours, **one.names})
        for one in municipality.received
        if one.pledge.id not in own
    }

    def waits(filed: Filed[D]) -> bool:
        file, names = owners.get(filed.id, (municipality.file.part, None))
        return bool(missing_reviews(filed.part, file, today, names))

    def seen(family: tuple[Filed[D], ...]) -> tuple[Filed[D], ...]:
        return tuple(
            one for one in family if not (is_embargoed(one.part, today) or one.part.withdrawn or waits(one))
        )

    received = tuple(one.pledge for one in municipality.received if one.pledge.id not in own)
    agreements, pledges = seen(municipality.agreements), seen(municipality.pledges + received)
    summaries, plans = seen(municipality.summaries), seen(municipality.plans)
    of = {Agreement: _ids(agreements), Pledge: _ids(pledges), SituationSummary: _ids(summaries)}
    shown = tuple(_shown(one, today, agreement=of[Agreement], replaces=of[Pledge]) for one in pledges)
    by_id = {one.id: one for one in shown}
    return replace(
        municipality,
        received=tuple(
            replace(one, pledge=by_id[one.pledge.id])
            for one in municipality.received
            if one.pledge.id in by_id
        ),
        agreements=tuple(
            _shown(one, today, under=of[Agreement], replaces=of[Agreement]) for one in agreements
        ),
        pledges=shown,
        summaries=tuple(_shown(one, today, measures=of[Pledge]) for one in summaries),
        plans=tuple(
            _shown(one, today, measures=of[Pledge], situation_summary=of[SituationSummary]) for one in plans
        ),
    )


def _ids(family: tuple[Filed[Any], ...]) -> set[str]:
    return {filed.id for filed in family}


def _shown(filed: Filed[D], today: date, **known: Collection[str]) -> Filed[D]:
    """A document without what is of later days, and without the names of documents that are not seen.

    `known` says for each field that refers to other documents which ids may be named in it.
    """
    part = filed.part
    new: dict[str, Any] = {
        name: tuple(change for change in getattr(part, name) if change.date <= today)
        for name in ("corrections", "changes")
    }
    if isinstance(part, Pledge):
        new["follow_ups"] = tuple(
            _without_words(report) if report.withdrawn else report
            for report in part.follow_ups
            if report.published <= today
        )
    elif isinstance(part, ActionPlan):
        new["follow_ups"] = tuple(report for report in part.follow_ups if report.published <= today)
    for name, ids in known.items():
        value = getattr(part, name)
        if name == "measures":
            new[name] = tuple(
                measure if measure.pledge is None or measure.pledge in ids
                else measure.model_copy(update={"pledge": None})
                for measure in value
            )  # fmt: skip
        else:
            new[name] = value if value in ids else None
    changed = {name: value for name, value in new.items() if value != getattr(part, name)}
    return replace(filed, part=part.model_copy(update=changed)) if changed else filed


def _without_words(report: FollowUp) -> FollowUp:
    """What a withdrawn follow-up leaves: that it came, from whom, and why it was taken down."""
    kept = {"period", "published", "reported_by", "withdrawn"}
    fields = FollowUp.model_fields.items()
    return report.model_copy(update={name: info.get_default() for name, info in fields if name not in kept})
