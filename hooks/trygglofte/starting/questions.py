"""What has to be known before a file is begun: questions in Swedish, each with its option and what is proposed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from trygglofte.model import Agreement, Filed, Municipality, Pledge
from trygglofte.model.base import Part
from trygglofte.model.values import parse_commune_code, parse_line, parse_slug
from trygglofte.progress import due_dates, is_valid_on
from trygglofte.reading.tree import fold
from trygglofte.starting import agreement, plan, pledge, summary
from trygglofte.starting.drafting import StartError
from trygglofte.starting.municipality import as_id, proposed_slug, refuse_twins
from trygglofte.starting.periods import said, span_of, understood, years_of

P = TypeVar("P", bound=Part)

KINDS = ("medborgarlöfte", "uppföljning", "lägesbild", "överenskommelse", "åtgärdsplan", "kommun")
"""What can be begun, as it is spelled; without dots and rings it is understood too."""

_NOTHING = {"inget", "ingen", "-"}


@dataclass
class Known:
    """What is known so far: the day, the municipalities there are, the chosen one, and the answers."""

    today: date
    slugs: list[str]
    municipality: Municipality | None = None
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def chosen(self) -> Municipality:
        """The municipality that was chosen."""
        assert self.municipality is not None, "the municipality is the first question"
        return self.municipality


@dataclass(frozen=True)
class Question:
    """Something to ask, or to take as an option.

    `parse` gives the answer as it is kept, or raises `StartError` in Swedish. `propose` is the answer that is
    taken where none is given; empty where there is none. A question that is not `required` may be answered
    with nothing.
    """

    name: str
    option: str
    text: str
    parse: Callable[[str], str]
    propose: Callable[[Known], str]
    required: bool = True


def kind_of(text: str) -> str:
    """The kind that a word means, with or without dots and rings; a `StartError` for any other word."""
    known = {fold(kind): kind for kind in KINDS}
    found = known.get(fold(text.strip()))
    if found is None:
        near = get_close_matches(fold(text.strip()), list(known), 1, 0.6)
        hint = f"Menade du {known[near[0]]}?" if near else f"Välj mellan {', '.join(KINDS)}."
        raise StartError(f"Det går inte att börja på ”{text}”. {hint}")
    return found


def questions(kind: str) -> tuple[Question, ...]:
    """What must be known to begin a file of a kind, in the order it is asked."""
    return _QUESTIONS[kind_of(kind)]


def previous_pledge(known: Known) -> Filed[Pledge] | None:
    """The pledge that is continued, as answered."""
    return _named(known, known.chosen.pledges, "Det finns inget löfte som heter")


def previous_agreement(known: Known) -> Filed[Agreement] | None:
    """The agreement that is replaced, as answered."""
    return _named(known, known.chosen.agreements, "Det finns ingen överenskommelse som heter")


def _named(known: Known, documents: tuple[Filed[P], ...], none: str) -> Filed[P] | None:
    name = known.answers["ersatter"]
    found = next((one for one in documents if one.id == name), None)
    if name and found is None:
        there = ", ".join(one.id for one in documents) or "inget än"
        raise StartError(f"{none} ”{name}”. Det finns: {there}.")
    return found


def _line(text: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise StartError("Texten innehåller tecken som inte går att läsa. Skriv den igen.")
    return understood(parse_line, text)


def _slug(text: str) -> str:
    return understood(parse_slug, text)


def _new_slug(text: str) -> str:
    slug = _slug(text)
    refuse_twins(slug)
    return slug


def _code(text: str) -> str:
    code = understood(parse_commune_code, text)
    if code == "0000":
        raise StartError("Koden 0000 är den påhittade kommunens. Skriv SCB:s kod, fyra siffror.")
    return code


def _slug_or_none(text: str) -> str:
    return "" if text.strip().lower() in _NOTHING else _slug(text)


def _period(text: str) -> str:
    return said(span_of(text))


def _only(known: Known) -> str:
    return known.slugs[0] if len(known.slugs) == 1 else ""


def _next_due(known: Known) -> str:
    """The pledge in force whose next follow-up is due first."""
    due: list[tuple[date, str]] = []
    for one in known.chosen.pledges:
        reported = max((report.period.end for report in one.part.follow_ups), default=date.min)
        days = [day for covers, day in due_dates(one.part, 0) if covers > reported][:1]
        if is_valid_on(one.part.valid, known.today) and not one.part.withdrawn:
            due.append((days[0] if days else date.max, one.id))
    return min(due)[1] if due else ""


def _continued(known: Known) -> str:
    """The only pledge that none has replaced, where there is just one."""
    replaced = {one.part.replaces for one in known.chosen.pledges}
    open_ones = [one.id for one in known.chosen.pledges if one.id not in replaced and not one.part.withdrawn]
    return open_ones[0] if len(open_ones) == 1 else ""


def _latest_agreement(known: Known) -> str:
    found = agreement.latest(known.chosen)
    return found.id if found else ""


def _pledge_id(known: Known) -> str:
    before = previous_pledge(known)
    span = pledge.next_period(before, "", known.today)
    return as_id(f"{span.first.year} {known.answers['titel']}" if span else known.answers["titel"])


def _pledge_period(known: Known) -> str:
    span = pledge.next_period(previous_pledge(known), known.answers["id"], known.today)
    return said(span) if span else ""


def _agreement_period(known: Known) -> str:
    span = agreement.next_period(previous_agreement(known))
    return said(span) if span else ""


def _plan_span(known: Known) -> str:
    return said(plan.next_period(plan.latest(known.chosen), known.today))


def _years(known: Known, dash: str = "-") -> str:
    return years_of(span_of(known.answers["period"]), dash) if known.answers["period"] else ""


def _nothing(_known: Known) -> str:
    return ""


_MUNICIPALITY = Question("kommun", "KOMMUN", "Vilken kommun?", _slug, _only)
_TITLE = Question("titel", "--titel", "Vad heter löftet?", _line, _nothing)
_ID = "Vad ska filen heta? (små bokstäver a–z, siffror och bindestreck)"
_PERIOD = "Från när till när gäller {what}? (2027, eller 2027-02-01–2028-01-31)"

_QUESTIONS: dict[str, tuple[Question, ...]] = {
    "medborgarlöfte": (
        _MUNICIPALITY,
        _TITLE,
        Question("ersatter", "--ersatter", "Vilket löfte fortsätter det på? (id, eller inget)",
                 _slug_or_none, _continued, required=False),
        Question("id", "--id", _ID, _slug, _pledge_id),
        Question("period", "--period", _PERIOD.format(what="löftet"), _period, _pledge_period, required=False),
    ),
    "uppföljning": (
        _MUNICIPALITY,
        Question("lofte", "--lofte", "Vilket löfte gäller uppföljningen? (id)", _slug, _next_due),
        Question("period", "--period", "Vilka dagar gäller den? (tomt: de som står på tur)", _period, _nothing,
                 required=False),
    ),
    "lägesbild": (
        _MUNICIPALITY,
        Question("period", "--period", "Vilken period? (2026-09, eller 2026-09-15–2026-10-14)", _period,
                 lambda known: said(summary.next_period(known.chosen, known.today))),
    ),
    "överenskommelse": (
        _MUNICIPALITY,
        Question("ersatter", "--ersatter", "Vilken överenskommelse ersätter den? (id, eller ingen)",
                 _slug_or_none, _latest_agreement, required=False),
        Question("period", "--period", _PERIOD.format(what="den"), _period, _agreement_period, required=False),
        Question("titel", "--titel", "Vad heter överenskommelsen?", _line,
                 lambda known: f"Samverkansöverenskommelse {_years(known, '–')}".strip()),
        Question("id", "--id", _ID, _slug, lambda known: _years(known) or as_id(known.answers["titel"])),
    ),
    "åtgärdsplan": (
        _MUNICIPALITY,
        Question("period", "--period", _PERIOD.format(what="den"), _period, _plan_span),
        Question("titel", "--titel", "Vad heter åtgärdsplanen?", _line,
                 lambda known: f"Åtgärdsplan {_years(known, '–')}"),
        Question("id", "--id", _ID, _slug, _years),
    ),
    "kommun": (
        Question("namn", "--namn", "Vad heter kommunen? (Söderhamns kommun)", _line, _nothing),
        Question("kortnamn", "--kortnamn", "Och utan ordet kommun? (Söderhamn)", _line, _nothing),
        Question("kod", "--kod", "Vilken kommunkod har den? (SCB:s fyra siffror)", _code, _nothing),
        Question("kommun", "KOMMUN", "Vad ska kommunens mapp heta? Det blir dess adress.", _new_slug,
                 lambda known: proposed_slug(known.answers["kortnamn"])),
    ),
}  # fmt: skip
