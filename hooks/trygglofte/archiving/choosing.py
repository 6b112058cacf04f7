"""Which documents a year's archive holds: those that touch the year, and all that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from trygglofte.addresses import address_of
from trygglofte.model import ActionPlan, Agreement, Document, Filed, Municipality, Pledge, SituationSummary
from trygglofte.pages import Site
from trygglofte.pages.documents import years_of
from trygglofte.progress import content_date


@dataclass(frozen=True, slots=True)
class Chosen:
    """A municipality with the documents of a year. `left_out` are the addresses of the others.

    `years` are all that any document touches; `undated` the files of those that touch no known year and that no
    chosen one refers to.
    """

    municipality: Municipality
    left_out: frozenset[str]
    years: tuple[int, ...]
    undated: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of the year."""
        return not _all(self.municipality)


def choose(municipality: Municipality, year: int) -> Chosen:
    """The documents of a year, with those received from other municipalities and what they refer to, however far."""
    known = {address_of(filed): filed for filed in _all(municipality)}
    chosen = {address: filed for address, filed in known.items() if touches(filed, year)}
    waiting = list(chosen.values())
    while waiting:
        for address in _referred_to(waiting.pop()):
            if address in known and address not in chosen:
                chosen[address] = known[address]
                waiting.append(known[address])

    def kept(family: tuple[Filed[Any], ...]) -> tuple[Filed[Any], ...]:
        return tuple(filed for filed in family if address_of(filed) in chosen)

    smaller = replace(
        municipality,
        agreements=kept(municipality.agreements),
        pledges=kept(municipality.pledges),
        summaries=kept(municipality.summaries),
        plans=kept(municipality.plans),
        received=tuple(one for one in municipality.received if address_of(one.pledge) in chosen),
    )
    years = sorted({touched for filed in known.values() for touched in years_of(filed)})
    others = {address: filed for address, filed in known.items() if address not in chosen}
    undated = sorted(filed.file for filed in others.values() if not years_of(filed))
    return Chosen(smaller, frozenset(others), tuple(years), tuple(undated))


def touches(filed: Filed[Document], year: int) -> bool:
    """Whether a document touches a year. What holds until further notice touches every year from its first."""
    if year in years_of(filed):
        return True
    valid = getattr(filed.part, "valid", None)
    if valid is None or not (valid.end and valid.end.open_ended):
        return False
    return valid.first is not None and valid.first.year <= year


def day_of_archive(municipality: Municipality, year: int, today: date) -> date:
    """The day that pages count from: the last of the year, or the last on which something was published about it.

    From the data, so that the same data gives the same archive whenever it is made; never later than today.
    """
    days = [date(year, 12, 31)]
    for filed in _all(municipality):
        part = filed.part
        days += [day for day in (content_date(filed),) if day]
        days += [part.publish_from.date()] if part.publish_from else []
        days += [report.published for report in getattr(part, "follow_ups", ())]
        days += [
            one.date for one in (*part.changes, *part.corrections, *part.secrecy_reviewed, *part.approved)
        ]
    return min(max((day for day in days if day <= today), default=today), today)


def shown_whole(municipality: Municipality, site: Site) -> tuple[list[Filed[Any]], list[Filed[Any]]]:
    """The documents whose files say no more than their pages do, and those that are shown but whose files say more.

    A file with something embargoed or withdrawn in it must not be handed on, and one that is not shown is neither.
    """
    seen = {filed.file: filed for filed in site.everything.documents}
    own = {filed.file: filed for filed in _all(municipality)}
    whole = [filed for file, filed in seen.items() if file in own and own[file].part == filed.part]
    names = {filed.file for filed in whole}
    return whole, [filed for file, filed in seen.items() if file not in names]


def _all(municipality: Municipality) -> tuple[Filed[Any], ...]:
    own = {filed.id for filed in municipality.pledges}
    received = tuple(one.pledge for one in municipality.received if one.pledge.id not in own)
    return (*municipality.documents, *received)


def _referred_to(filed: Filed[Document]) -> Iterator[str]:
    """The addresses of the documents that a document names in its fields."""
    part = filed.part
    if isinstance(part, Agreement):
        yield from _named("overenskommelser", (part.under, part.replaces))
    elif isinstance(part, Pledge):
        yield from _named("overenskommelser", (part.agreement,))
        yield from _named("medborgarloften", (part.replaces,))
    elif isinstance(part, (SituationSummary, ActionPlan)):
        yield from _named("medborgarloften", (measure.pledge for measure in part.measures))
        if isinstance(part, ActionPlan):
            yield from _named("lagesbilder", (part.situation_summary,))


def _named(folder: str, ids: Iterable[str | None]) -> Iterator[str]:
    yield from (f"{folder}/{id_}/" for id_ in ids if id_)
