"""The counts of a municipality's situation summaries, as they were written and as figures for the audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from trygglofte.auditing import Figure
from trygglofte.model import Filed, Municipality, SituationSummary
from trygglofte.model.values import Count
from trygglofte.model.words import Counting

Summary = Filed[SituationSummary]
Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Written:
    """A count where it stands. `counting` is what makes it comparable with other counts; `figure` says what of.

    `version` is 0 for the file as it is, and counts back through older versions of it.
    """

    summary: Summary
    steps: Steps
    count: Count
    counting: str
    figure: Figure
    version: int = 0

    @property
    def name(self) -> tuple[object, ...]:
        """What makes it the same count as another: where it stands; for an indicator what it tells, and of when."""
        figure = self.figure
        if self.is_indicator:
            return self.counting, figure.topic, figure.first, figure.last, self.version
        return self.summary.file, self.steps, self.version

    @property
    def line(self) -> int:
        """The line it stands on."""
        return self.summary.mark(*self.steps).line

    @property
    def is_indicator(self) -> bool:
        """Whether it is the value of an indicator."""
        return self.steps[0] == "indicators"

    @property
    def called(self) -> str:
        """What it is called where it stands: the id of the place, or its key."""
        if "places" in self.steps:
            return str(self.steps[-1])
        return "värde" if self.is_indicator else "antal"


class Thresholds:
    """The least count that may be shown, for the municipality and for each place: never less than for what it is in.

    The number is the municipality's own choice; no law sets it.
    """

    def __init__(self, municipality: Municipality) -> None:
        file = municipality.file.part
        self.own = int(file.protection.threshold)
        self._ways: dict[str, tuple[str, ...]] = {}
        self._within = {place.id: place.within for place in file.places}
        self._least = {place.id: int(place.threshold or 0) for place in file.places}

    def way(self, place: str) -> tuple[str, ...]:
        """The place and the places it lies in, outermost first. A ring of places is cut where it closes."""
        known = self._ways.get(place)
        if known is None:
            found = [place]
            while (outer := self._within.get(found[-1])) and outer not in found:
                found.append(outer)
            known = self._ways[place] = tuple(reversed(found))
        return known

    def of(self, place: str) -> int:
        """The threshold of a place."""
        return max([self.own, *(self._least.get(one, 0) for one in self.way(place))])


def counts(summary: Summary, thresholds: Thresholds, version: int = 0) -> Iterator[Written]:
    """Every count of events or people in a summary."""
    part = summary.part
    what = " ".join((part.counts_what or "").lower().split())
    seen: dict[str, int] = {}
    if part.count:
        yield _written(summary, ("count",), part.count, what, None, (), thresholds.own, version)
    for n, category in enumerate(part.categories):
        seen[category.theme] = seen.get(category.theme, 0) + 1
        topic = f"{category.theme} {seen[category.theme]}"
        if category.count:
            at: Steps = ("categories", n, "count")
            yield _written(summary, at, category.count, what, topic, (), thresholds.own, version)
        for place, count in category.places.items():
            at = ("categories", n, "places", place)
            way, least = thresholds.way(place), thresholds.of(place)
            yield _written(summary, at, count, what, topic, way, least, version)
    yield from _indicators(summary, thresholds, version)


def counted(municipality: Municipality) -> list[tuple[Summary, list[Written]]]:
    """Every summary of a municipality, with its counts."""
    return municipality.once("counts", lambda: _counted(municipality))


def _counted(municipality: Municipality) -> list[tuple[Summary, list[Written]]]:
    thresholds = Thresholds(municipality)
    return [(summary, list(counts(summary, thresholds))) for summary in municipality.summaries]


def newest(written: Sequence[Written]) -> list[Written]:
    """The counts without the indicators that a later summary gives anew: preliminary figures change."""
    last: dict[tuple[object, ...], Written] = {}
    for one in sorted(written, key=lambda one: one.summary.part.period.end):
        last[one.name] = one
    return [one for one in written if last[one.name] is one]


def _indicators(summary: Summary, thresholds: Thresholds, version: int) -> Iterator[Written]:
    """The indicators that are said to count people or events."""
    for n, item in enumerate(summary.part.indicators):
        if item.counts not in (Counting.PEOPLE, Counting.EVENTS):
            continue
        count = item.value if isinstance(item.value, Count) else whole(item.value)
        if count:
            what = f"{item.name} {item.unit} {item.source.title if item.source else ''}".lower()
            at = ("indicators", n, "value")
            period = item.period or summary.part.period
            days = period.start.toordinal(), period.end.toordinal()
            yield _written(summary, at, count, f"indikator {what}", what, (), thresholds.own, version, days)


def whole(value: Decimal) -> Count | None:
    """A number as a count, where it can be one."""
    return Count(int(value)) if value >= 0 and value == value.to_integral_value() else None


def _written(
    summary: Summary,
    at: Steps,
    count: Count,
    counting: str,
    topic: str | None,
    way: tuple[str, ...],
    threshold: int,
    version: int,
    days: Sequence[int] = (),
) -> Written:
    """A count as a figure. A raw small one is taken as hidden: it is told by another rule, and will be."""
    first, last = days or (summary.part.period.start.toordinal(), summary.part.period.end.toordinal())
    value = count.value
    hidden = value is None or (not version and 0 < value < threshold)
    below = count.below or 0 if version else max(threshold, count.below or 0)
    low, high = (1, below - 1) if hidden or value is None else (value, value)
    name = (summary.file, at, version)
    figure = Figure(name, topic, way, first, last, low, max(low, high), threshold, hidden)
    return Written(summary, at, count, counting, figure, version)
