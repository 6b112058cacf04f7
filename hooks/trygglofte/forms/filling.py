"""From a form's answers to what is to stand in a file: the file, and the values with the texts they come from.

The municipality and the pledge are found among those there are, and only their own names ever become a path.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from trygglofte.describing import forms as asked
from trygglofte.forms.answers import Answers, Correction, Text
from trygglofte.forms.lines import (
    Known,
    Value,
    categories,
    indicators,
    items,
    measurements,
    measures,
    names,
    outcomes,
    reviews,
)
from trygglofte.model import Filed, Municipality, Pledge, SituationSummary, promises
from trygglofte.model.base import Part, alias_of, shown
from trygglofte.model.common import Document, ReportPeriod
from trygglofte.model.follow_up import FollowUp
from trygglofte.model.situation_summary import Comparison
from trygglofte.reading.tree import fold
from trygglofte.starting import Span, StartError, span_of
from trygglofte.starting.documents import path_of
from trygglofte.starting.periods import id_of


@dataclass(frozen=True)
class Filled:
    """What a form says is to be written: keys and values, in a file that is there (`pledge`) or a new one (`path`)."""

    values: dict[str, Value]
    span: Span
    path: str
    pledge: Filed[Pledge] | None = None
    carried: str = ""
    """What was taken from the document before, as a Swedish sentence."""


def municipality_of(answers: Answers, slugs: Iterable[str]) -> tuple[str | None, list[Correction]]:
    """The folder of the municipality that was chosen; only a folder that is there."""
    text = answers.get(asked.MUNICIPALITY)
    found = [slug for slug in slugs if text.text == slug or text.text.endswith(f" ({slug})")]
    if len(found) == 1:
        return found[0], []
    return None, [
        text.wrong(
            f"Det finns ingen kommun som heter ”{shown(text.text)}”.", "Välj en av dem i formulärets lista."
        )
    ]


def filled(answers: Answers, municipality: Municipality) -> tuple[Filled | None, list[Correction]]:
    """What the answers say is to be written, or what has to be corrected first."""
    make = _follow_up if answers.form is asked.FOLLOW_UP else _summary
    return make(answers, municipality)


class _Collecting:
    """Values by key, as they are read, and the corrections that came up."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.values: dict[str, Value] = {}
        self.wrong: list[Correction] = []

    def add(
        self, part: type[Part], attribute: str, read: tuple[Value, list[Correction]] | None = None
    ) -> None:
        """An answer under its key: as it stands, or as it was read. Nothing where there is none."""
        key = alias_of(part, attribute)
        value, wrong = read or (self.answers.get(key), [])
        self.wrong += wrong
        if value.text if isinstance(value, Text) else value:
            self.values[key] = value

    def period(self, part: type[Part]) -> Span | None:
        """The days that the form is about."""
        text = self.answers.get(alias_of(part, "period"))
        try:
            span = span_of(text.text)
        except StartError as error:
            self.wrong.append(text.wrong(str(error)))
            return None
        ends = {alias_of(ReportPeriod, "start"): span.first, alias_of(ReportPeriod, "end"): span.last}
        self.values[alias_of(part, "period")] = {key: Text(str(day), text.label) for key, day in ends.items()}
        return span


def _follow_up(answers: Answers, municipality: Municipality) -> tuple[Filled | None, list[Correction]]:
    found = _Collecting(answers)
    pledge = _pledge(answers.get(asked.PLEDGE), municipality, found.wrong)
    span = found.period(FollowUp)
    parties = _parties(municipality)
    found.add(FollowUp, "published")
    found.add(FollowUp, "reported_by", names(answers.get(alias_of(FollowUp, "reported_by")), parties))
    found.add(FollowUp, "summary")
    found.add(FollowUp, "incomplete")
    found.add(FollowUp, "verdict")
    found.add(FollowUp, "beyond", (items(answers.rows(alias_of(FollowUp, "beyond"))), []))
    if pledge:
        known = {one.commitment.id: one.commitment.what for one in promises(pledge.part)}
        commitments = Known("inget åtagande i löftet", known)
        found.add(
            FollowUp, "outcomes", outcomes(answers.rows(alias_of(FollowUp, "outcomes")), commitments, parties)
        )
        series = Known("ingen indikator i löftet", {one.id: one.name for one in pledge.part.indicators})
        found.add(
            FollowUp, "measurements", measurements(answers.rows(alias_of(FollowUp, "measurements")), series)
        )
    if found.wrong or span is None or pledge is None:
        return None, found.wrong
    return Filled(found.values, span, pledge.file, pledge), []


def _pledge(text: Text, municipality: Municipality, wrong: list[Correction]) -> Filed[Pledge] | None:
    """The pledge that a title, an id or the address of a page means."""
    said = (
        text.text.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
        if "/" in text.text
        else text.text
    )
    names = {one.id: one.part.title for one in municipality.pledges}
    wanted = " ".join(fold(said).split())
    found = [
        one for one in municipality.pledges if wanted in {one.id, " ".join(fold(one.part.title).split())}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(sorted(one.id for one in found))
        wrong.append(text.wrong(f"Flera löften heter ”{shown(said)}”.", f"Skriv löftets id. De är: {ids}."))
        return None
    spoken = {fold(one): own for own, title in names.items() for one in (own, title)}
    near = dict.fromkeys(spoken[one] for one in get_close_matches(wanted[:100], list(spoken), 3, 0.5))
    listed = [f"”{names[own]}” ({own})" for own in near] or list(names)
    hint = (
        f"Menade du {' eller '.join(listed)}?"
        if near
        else f"Kommunens löften är: {', '.join(listed) or 'inga än'}."
    )
    wrong.append(text.wrong(f"Kommunen har inget löfte som heter ”{shown(said)}”.", hint))
    return None


def _summary(answers: Answers, municipality: Municipality) -> tuple[Filled | None, list[Correction]]:
    found = _Collecting(answers)
    span = found.period(SituationSummary)
    themes = Known("inget tema", {one.id: one.name for one in municipality.shared.themes.part.themes})
    places = Known("ingen plats i kommun.yml", {one.id: one.name for one in municipality.file.part.places})
    parties = _parties(municipality)

    def rows(attribute: str, part: type[Part] = SituationSummary) -> list[Text]:
        return answers.rows(alias_of(part, attribute))

    found.values[alias_of(SituationSummary, "statutory")] = Text("nej", "")
    found.add(SituationSummary, "summary")
    found.add(SituationSummary, "counts_what")
    found.add(SituationSummary, "categories", categories(rows("categories"), themes, places))
    found.add(SituationSummary, "indicators", indicators(rows("indicators")))
    found.add(SituationSummary, "measures", measures(rows("measures"), parties))
    found.add(Document, "publish_from")
    found.add(Document, "secrecy_reviewed", reviews(rows("secrecy_reviewed", Document), parties))
    found.add(SituationSummary, "comparison", (_comparison(answers), []))
    path = _new_path(answers, municipality, span, found.wrong) if span else None
    if found.wrong or span is None or path is None:
        return None, found.wrong
    return Filled(found.values, span, path, None, _carried(found, municipality, span)), []


def _comparison(answers: Answers) -> Value:
    """The grade, or why none is given; both where both were answered, which the model has a word about."""
    keys = [alias_of(Comparison, name) for name in ("grade", "withheld")]
    said = [answers.get(alias_of(SituationSummary, "comparison")), answers.get(keys[1])]
    told: dict[str, Value] = {key: text for key, text in zip(keys, said, strict=True) if text.text}
    return said[0] if list(told) == keys[:1] else told


def _new_path(
    answers: Answers, municipality: Municipality, span: Span, wrong: list[Correction]
) -> str | None:
    text = answers.get(alias_of(SituationSummary, "period"))
    try:
        return path_of(municipality, "lagesbilder", id_of(span))
    except StartError:
        wrong.append(
            text.wrong("Det finns redan en lägesbild för de dagarna.", "Ändra i den, eller rätta perioden.")
        )
        return None


def _carried(found: _Collecting, municipality: Municipality, span: Span) -> str:
    """What counts count, from the summary before where the form leaves it out. Gives a sentence about it."""
    key = alias_of(SituationSummary, "counts_what")
    earlier: list[Any] = [
        one for one in municipality.summaries
        if not one.part.statutory and one.part.counts_what and one.part.period.end < span.first
    ]  # fmt: skip
    if key in found.values or not earlier or alias_of(SituationSummary, "categories") not in found.values:
        return ""
    before = max(earlier, key=lambda one: one.part.period.end)
    found.values[key] = Text(before.part.counts_what, str(SituationSummary.model_fields["counts_what"].title))
    return f"Det som antalen räknar är hämtat från {before.id}."


def _parties(municipality: Municipality) -> Known:
    return Known("ingen part i kommun.yml", {one.id: one.name for one in municipality.file.part.parties})
