"""Everything that is referred to exists. The message offers the nearest name that does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches

from trygglofte.model import Filed, Municipality, Pledge, promises
from trygglofte.model.action_plan import PlannedMeasure
from trygglofte.model.base import Part
from trygglofte.model.common import SignedDocument, Source
from trygglofte.model.situation_summary import Measure
from trygglofte.problems import Problem

Steps = tuple[str | int, ...]
Reference = tuple[Filed[Part], Steps, str]


def _missing(
    found: Iterable[Reference], known: Collection[str], kind: str, noun: str, where: str
) -> Iterator[Problem]:
    names = sorted(known)
    for filed, steps, name in found:
        if name in known:
            continue
        near = get_close_matches(name, names, 1, 0.6)
        some = ", ".join(names[:8]) + (" med flera" if len(names) > 8 else "")
        hint = (
            f"Menade du ”{near[0]}”?"
            if near
            else (f"Det finns: {some}." if names else f"Lägg till den i {where}.")
        )
        key = isinstance(steps[-1], str) and steps[-1] == name
        yield filed.problem(kind, f"{noun} ”{name}” finns inte i {where}.", hint, at=steps, key=key)


def parties_are_declared(municipality: Municipality) -> Iterator[Problem]:
    """Every party is one of kommun.yml's."""
    known = {party.id for party in municipality.file.part.parties}
    if municipality.file.complete:
        yield from _missing(_parties(municipality), known, "okand-part", "Parten", "kommun.yml")


def _parties(municipality: Municipality) -> Iterator[Reference]:
    for filed in (*municipality.agreements, *municipality.pledges):
        yield from _signed_by(filed)
    for pledge in municipality.pledges:
        for promise in promises(pledge.part):
            for name in ("responsible", "together_with"):
                for i, party in enumerate(getattr(promise.commitment, name)):
                    yield pledge, (*promise.steps, name, i), party
        for n, report in enumerate(pledge.part.follow_ups):
            for i, party in enumerate(report.reported_by):
                yield pledge, ("follow_ups", n, "reported_by", i), party
            for id_, outcome in report.outcomes.items():
                for party in outcome.per_party or ():
                    yield pledge, ("follow_ups", n, "outcomes", id_, "per_party", party), party
    yield from _doing(municipality)


def _doing(municipality: Municipality) -> Iterator[Reference]:
    """The parties that answer for measures, and that report on a plan."""
    for plan in municipality.plans:
        for n, report in enumerate(plan.part.follow_ups):
            for i, party in enumerate(report.reported_by):
                yield plan, ("follow_ups", n, "reported_by", i), party
    for holder, measures in _with_measures(municipality):
        for n, measure in enumerate(measures):
            for i, party in enumerate(measure.responsible):
                yield holder, ("measures", n, "responsible", i), party


def _with_measures(
    municipality: Municipality,
) -> Iterator[tuple[Filed[Part], Sequence[Measure | PlannedMeasure]]]:
    for summary in municipality.summaries:
        yield summary, summary.part.measures
    for plan in municipality.plans:
        yield plan, plan.part.measures


def _signed_by(filed: Filed[SignedDocument]) -> Iterator[Reference]:
    for i, party in enumerate(filed.part.parties):
        yield filed, ("parties", i), party
    for i, person in enumerate(filed.part.signing.by if filed.part.signing else ()):
        yield filed, ("signing", "by", i, "party"), person.party
    for party in filed.part.record or ():
        yield filed, ("record", party), party


def places_are_declared(municipality: Municipality) -> Iterator[Problem]:
    """Every place is one of kommun.yml's."""
    known = {place.id for place in municipality.file.part.places}
    if municipality.file.complete:
        yield from _missing(_places(municipality), known, "okand-plats", "Platsen", "kommun.yml")


def _places(municipality: Municipality) -> Iterator[Reference]:
    for i, place in enumerate(municipality.file.part.places):
        if place.within:
            yield municipality.file, ("places", i, "within"), place.within
    for pledge in municipality.pledges:
        for i, name in enumerate(pledge.part.places):
            yield pledge, ("places", i), name
        for n, area in enumerate(pledge.part.focus_areas):
            for i, name in enumerate(area.places):
                yield pledge, ("focus_areas", n, "places", i), name
        for promise in promises(pledge.part):
            for i, name in enumerate(promise.commitment.places):
                yield pledge, (*promise.steps, "places", i), name
    for summary in municipality.summaries:
        for n, category in enumerate(summary.part.categories):
            for name in category.places:
                yield summary, ("categories", n, "places", name), name
    for plan in municipality.plans:
        for n, measure in enumerate(plan.part.measures):
            for i, name in enumerate(measure.places):
                yield plan, ("measures", n, "places", i), name


def themes_are_known(municipality: Municipality) -> Iterator[Problem]:
    """Every theme is one of teman.yml's."""
    known = {theme.id for theme in municipality.shared.themes.part.themes}
    yield from _missing(_themes(municipality), known, "okant-tema", "Temat", "teman.yml")


def _themes(municipality: Municipality) -> Iterator[Reference]:
    for pledge in municipality.pledges:
        for n, area in enumerate(pledge.part.focus_areas):
            for i, name in enumerate(area.themes):
                yield pledge, ("focus_areas", n, "themes", i), name
        for promise in promises(pledge.part):
            for i, name in enumerate(promise.commitment.themes):
                yield pledge, (*promise.steps, "themes", i), name
    for summary in municipality.summaries:
        for n, category in enumerate(summary.part.categories):
            yield summary, ("categories", n, "theme"), category.theme
        for n, measure in enumerate(summary.part.measures):
            if measure.theme:
                yield summary, ("measures", n, "theme"), measure.theme
    for plan in municipality.plans:
        for n, planned in enumerate(plan.part.measures):
            for i, name in enumerate(planned.themes):
                yield plan, ("measures", n, "themes", i), name


def documents_exist(municipality: Municipality) -> Iterator[Problem]:
    """Agreements, pledges and situation summaries that are named exist in the municipality's folders."""
    agreements = _existing(municipality, "overenskommelser", municipality.agreements)
    pledges = _existing(municipality, "medborgarloften", municipality.pledges) | municipality.elsewhere
    summaries = _existing(municipality, "lagesbilder", municipality.summaries)
    to_agreements: list[Reference] = []
    to_pledges: list[Reference] = []
    to_summaries: list[Reference] = []
    for agreement in municipality.agreements:
        to_agreements += _named(agreement, ("under",), agreement.part.under)
        to_agreements += _named(agreement, ("replaces",), agreement.part.replaces)
    for pledge in municipality.pledges:
        to_agreements += _named(pledge, ("agreement",), pledge.part.agreement)
        to_pledges += _named(pledge, ("replaces",), pledge.part.replaces)
    for plan in municipality.plans:
        to_summaries += _named(plan, ("situation_summary",), plan.part.situation_summary)
    for holder, measures in _with_measures(municipality):
        for i, measure in enumerate(measures):
            to_pledges += _named(holder, ("measures", i, "pledge"), measure.pledge)
    yield from _missing(
        to_agreements, agreements, "okand-overenskommelse", "Överenskommelsen", "overenskommelser/"
    )
    yield from _missing(to_pledges, pledges, "okant-lofte", "Löftet", "medborgarloften/")
    yield from _missing(to_summaries, summaries, "okand-lagesbild", "Lägesbilden", "lagesbilder/")


def _existing(municipality: Municipality, folder: str, family: Iterable[Filed[Part]]) -> set[str]:
    """Every id in a folder, also of files that could not be read: one mistake is told once."""
    unread = {name.partition("/")[2] for name in municipality.unread if name.startswith(f"{folder}/")}
    return unread | {filed.id for filed in family}


def _named(filed: Filed[Part], steps: Steps, name: str | None) -> list[Reference]:
    return [(filed, steps, name)] if name else []


def commitments_and_indicators_exist(municipality: Municipality) -> Iterator[Problem]:
    """An outcome is of a commitment that was promised, a measured value of an indicator that is declared."""
    for pledge in municipality.pledges:
        if not pledge.complete:
            continue
        commitments = {promise.commitment.id for promise in promises(pledge.part)}
        indicators = {indicator.id for indicator in pledge.part.indicators}
        outcomes: list[Reference] = []
        values: list[Reference] = []
        for n, report in enumerate(pledge.part.follow_ups):
            outcomes += [(pledge, ("follow_ups", n, "outcomes", name), name) for name in report.outcomes]
            values += [
                (pledge, ("follow_ups", n, "measurements", i, "indicator"), value.indicator)
                for i, value in enumerate(report.measurements)
            ]
        for promise in promises(pledge.part):
            values += [
                (pledge, (*promise.steps, "indicators", i), name)
                for i, name in enumerate(promise.commitment.indicators)
            ]
        if any(name not in commitments for _, _, name in outcomes):
            yield from _missing(outcomes, commitments, "okant-atagande", "Åtagandet", _where_promised(pledge))
        yield from _missing(values, indicators, "okand-indikator", "Indikatorn", "löftet")


def _where_promised(pledge: Filed[Pledge]) -> str:
    first = min((pledge.mark(*promise.steps).line for promise in promises(pledge.part)), default=None)
    return f"löftet, vars åtaganden börjar på rad {first}" if first else "löftet"


def sources_are_declared(municipality: Municipality) -> Iterator[Problem]:
    """A source written as an id is one of kommun.yml's; one written as a title says so by its capital or space."""
    known = {source.id for source in municipality.file.part.sources if source.id}
    if not municipality.file.complete:
        return
    for filed in (municipality.file, *municipality.documents):
        found = (
            (filed, steps, source.title)
            for steps, source in filed.within
            if isinstance(source, Source) and looks_like_id(source)
        )
        yield from _missing(found, known, "okand-kalla", "Källan", "kommun.yml")


def looks_like_id(source: Source) -> bool:
    """Whether a source is only an id that refers to one in kommun.yml."""
    only_title = source.model_fields_set == {"title"}
    return only_title and source.title.islower() and " " not in source.title and source.title.isascii()
