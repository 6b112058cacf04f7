"""What a document says, in a few lines: for one that is new, where there is nothing to compare with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trygglofte import wording
from trygglofte.differing.values import Said
from trygglofte.model import ActionPlan, Agreement, Document, Pledge, SituationSummary, promises
from trygglofte.progress import in_order


def contents_of(document: Document, names: Mapping[str, str]) -> Iterator[Said]:
    """The commitments of a pledge, the counts of a summary, the areas of an agreement, the measures of a plan."""
    if isinstance(document, Pledge):
        for promise in promises(document):
            yield Said(f"Åtagande: {_line(promise.commitment.what)}", commitment=promise.commitment.id)
        for report in in_order(document):
            yield Said(f"Uppföljning för {wording.report_period(report.period)}", field="uppföljningar")
    elif isinstance(document, SituationSummary):
        yield from _summary(document, names)
    elif isinstance(document, Agreement):
        yield from (Said(f"Område: {area}") for area in document.areas)
    elif isinstance(document, ActionPlan):
        yield from (Said(f"Åtgärd: {_line(measure.what)}") for measure in document.measures)


def _summary(document: SituationSummary, names: Mapping[str, str]) -> Iterator[Said]:
    if document.comparison and document.comparison.grade:
        yield Said(f"Jämfört med förra: {document.comparison.grade}", field="jämfört_med_förra")
    if document.count:
        yield Said(f"Alla händelser: {wording.count(document.count)}", field="antal")
    for category in document.categories:
        places = [f"{names.get(id_, id_)} {wording.count(count)}" for id_, count in category.places.items()]
        figure = f": {wording.count(category.count)}" if category.count else ""
        beside = f" ({', '.join(places)})" if places else ""
        yield Said(f"{names.get(category.theme, category.theme)}{figure}{beside}", field="kategorier")
    for one in document.indicators:
        yield Said(f"{one.name}: {wording.number(one.value)} {one.unit}", field="indikatorer")
    for measure in document.measures:
        yield Said(f"Åtgärd: {_line(measure.what)}", field="åtgärder")


def _line(text: str) -> str:
    return " ".join(text.split())
