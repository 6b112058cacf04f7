"""The closed lists of words a pledge may use, and what people really write in their place."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator

from trygglofte.model.base import Understood
from trygglofte.model.dates import PartialDate
from trygglofte.model.values import choice, each, one_or_many, parse_partial_date


class Status(StrEnum):
    """How far a commitment has come, in the words that a report may use."""

    PLANNED = "planerat"
    ONGOING = "pågår"
    DONE = "genomfört"
    PARTLY_DONE = "delvis genomfört"
    NOT_DONE = "inte genomfört"
    CANCELLED = "inställt"
    CARRIED_OVER = "förs över"
    NOT_ASSESSABLE = "går inte att bedöma"
    NOT_REPORTED = "inte redovisat"


_MEANT = {
    "klart": "genomfört",
    "klar": "genomfört",
    "färdigt": "genomfört",
    "genomförd": "genomfört",
    "avslutat": "genomfört",
    "utfört": "genomfört",
    "uppfyllt": "genomfört",
    "genomförda": "genomfört",
    "klara": "genomfört",
    "färdig": "genomfört",
    "avslutad": "genomfört",
    "avslutade": "genomfört",
    "utförd": "genomfört",
    "gjort": "genomfört",
    "uppnått": "genomfört",
    "påbörjat": "pågår",
    "påbörjad": "pågår",
    "enligt plan": "pågår",
    "på gång": "pågår",
    "pågående": "pågår",
    "löper på": "pågår",
    "startat": "pågår",
    "igångsatt": "pågår",
    "delvis": "delvis genomfört",
    "delvis klart": "delvis genomfört",
    "delvis genomförd": "delvis genomfört",
    "ej genomfört": "inte genomfört",
    "ej genomförd": "inte genomfört",
    "ej genomförda": "inte genomfört",
    "inte genomförd": "inte genomfört",
    "icke genomfört": "inte genomfört",
    "ej utfört": "inte genomfört",
    "ej klart": "inte genomfört",
    "ej klar": "inte genomfört",
    "uteblev": "inte genomfört",
    "inte klart": "inte genomfört",
    "ej uppfyllt": "inte genomfört",
    "ej påbörjat": "planerat",
    "ej påbörjad": "planerat",
    "inte påbörjad": "planerat",
    "ej startat": "planerat",
    "inte påbörjat": "planerat",
    "planerad": "planerat",
    "inställd": "inställt",
    "inställda": "inställt",
    "avbrutet": "inställt",
    "avbruten": "inställt",
    "ströks": "inställt",
    "struket": "inställt",
    "utgår": "inställt",
    "flyttas": "förs över",
    "flyttat": "förs över",
    "överfört": "förs över",
    "skjuts upp": "förs över",
    "uppskjutet": "förs över",
    "överförs": "förs över",
    "ej redovisat": "inte redovisat",
    "ej rapporterat": "inte redovisat",
    "försenat": "pågår",
    "försenad": "pågår",
    "kan inte bedömas": "går inte att bedöma",
    "ej bedömbart": "går inte att bedöma",
    "går ej att bedöma": "går inte att bedöma",
    "kan ej bedömas": "går inte att bedöma",
}

StatusWord = Annotated[Status, Understood(choice(Status, "en status", _MEANT))]


class Verdict(StrEnum):
    """The reporter's own verdict on the pledge as a whole."""

    ONGOING = "pågår"
    MET = "uppfyllt"
    PARTLY_MET = "delvis uppfyllt"
    NOT_MET = "inte uppfyllt"
    NOT_ASSESSABLE = "går inte att bedöma"


_VERDICT_MEANT = {
    "uppfylld": "uppfyllt",
    "uppfyllda": "uppfyllt",
    "klart": "uppfyllt",
    "genomfört": "uppfyllt",
    "genomförd": "uppfyllt",
    "infriat": "uppfyllt",
    "hållet": "uppfyllt",
    "delvis": "delvis uppfyllt",
    "delvis uppfylld": "delvis uppfyllt",
    "delvis genomfört": "delvis uppfyllt",
    "till stor del uppfyllt": "delvis uppfyllt",
    "ej uppfyllt": "inte uppfyllt",
    "ej uppfylld": "inte uppfyllt",
    "inte uppfylld": "inte uppfyllt",
    "ej genomfört": "inte uppfyllt",
    "inte genomfört": "inte uppfyllt",
    "påbörjat": "pågår",
    "pågående": "pågår",
    "enligt plan": "pågår",
    "kan inte bedömas": "går inte att bedöma",
    "ej bedömbart": "går inte att bedöma",
}

VerdictWord = Annotated[Verdict, Understood(choice(Verdict, "ett omdöme", _VERDICT_MEANT))]


class Basis(StrEnum):
    """What a pledge was built on."""

    SURVEY = "trygghetsmätning"
    DIALOGUE = "medborgardialog"
    CRIME_STATISTICS = "brottsstatistik"
    TIPS = "tips från invånare"
    EVENT_REPORTS = "händelserapporter"
    PARTY_DIALOGUE = "dialog mellan parterna"
    MEASUREMENTS = "egna mätningar"
    SITUATION_SUMMARY = "lägesbild"


class Direction(StrEnum):
    """Which way something should go, where no number was promised."""

    MORE = "fler"
    FEWER = "färre"
    UP = "upp"
    DOWN = "ner"
    UNCHANGED = "oförändrat"


class Per(StrEnum):
    """The stretch of time that a promised amount counts for."""

    DAY = "dag"
    WEEK = "vecka"
    MONTH = "månad"
    QUARTER = "kvartal"
    TERTIAL = "tertial"
    HALF_YEAR = "halvår"
    YEAR = "år"
    PERIOD = "period"


DirectionWord = Annotated[Direction, Understood(choice(Direction, "en riktning"))]
PerWord = Annotated[Per, Understood(choice(Per, "en tidsrymd"))]
BasisWord = Annotated[Basis, Understood(choice(Basis, "ett underlag"))]
BasisWords = Annotated[tuple[BasisWord, ...], BeforeValidator(one_or_many)]


class Cadence(StrEnum):
    """How often a pledge is followed up."""

    MONTH = "varje månad"
    QUARTER = "varje kvartal"
    TERTIAL = "varje tertial"
    HALF_YEAR = "varje halvår"
    YEAR = "varje år"
    CONTINUOUS = "löpande"


_CADENCE_MEANT = {
    "månadsvis": "varje månad",
    "kvartalsvis": "varje kvartal",
    "tertialvis": "varje tertial",
    "halvårsvis": "varje halvår",
    "årligen": "varje år",
    "årsvis": "varje år",
    "en gång per år": "varje år",
}
_cadence = choice(Cadence, "en rytm för uppföljning", _CADENCE_MEANT)


def parse_reporting(value: Any) -> Cadence | tuple[PartialDate, ...]:
    """`varje tertial`, `löpande`, or a list of dates when follow-ups are due."""
    if isinstance(value, list):
        return tuple(each(parse_partial_date, value))
    return _cadence(value)


Reporting = Annotated[Cadence | tuple[PartialDate, ...], Understood(parse_reporting)]


class Counting(StrEnum):
    """What an indicator counts. People and events are protected as counts are; other things are not."""

    PEOPLE = "människor"
    EVENTS = "händelser"
    OTHER = "annat"


CountingWord = Annotated[Counting, Understood(choice(Counting, "något som räknas"))]
