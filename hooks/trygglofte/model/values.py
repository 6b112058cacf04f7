"""The values a field can hold, and how the text that was written is understood.

Everything arrives as the text it was written with. A type here either understands it or raises a
`PydanticCustomError` whose first argument is the problem's short name and whose message is Swedish;
an optional `hint` in its context says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from trygglofte.model.base import Understood, shown, what
from trygglofte.model.dates import PartialDate, looks_written, meant
from trygglofte.reading.tree import fold

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[a-zåäö0-9]+(?:-[a-zåäö0-9]+)*")
_NUMBER = re.compile(r"[-−]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|[-−]?\d+(?:[.,]\d+)?", re.ASCII)
_FEWER = re.compile(r"färre än ([0-9]{1,6})")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_AT_LEAST = re.compile(r"minst (.+)", re.IGNORECASE)
_COMMUNE = re.compile(r"[0-9]{4}")
_SEAL = re.compile(r"sha256-[0-9a-f]{64}")
_AS_DECIMAL = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", ",": ".", "−": "-"})
_DIGITS = 15
_MOST = 9999


def wrong(kind: str, message: str, hint: str = "", **context: object) -> PydanticCustomError:
    """The error a type raises: a short name, a Swedish sentence and what to write instead."""
    return PydanticCustomError(kind, "{message}", {"message": message, "hint": hint, **context})


def text_of(value: Any, wanted: str) -> str:
    """The text that was written, without space around it. `wanted` says in Swedish what should stand there."""
    if isinstance(value, str):
        text = value.strip()
        if text:
            return text
        raise wrong("tomt-varde", "Nyckeln har inget värde.", f"Skriv {wanted}, eller ta bort raden.")
    raise wrong(
        "fel-form",
        f"Här ska det stå {wanted}, inte {what(value)}.",
        "Skriv ett enda värde, efter nyckelns kolon.",
    )


def parse_line(value: Any) -> str:
    """One line of text; line breaks in the file become spaces."""
    return " ".join(text_of(value, "en text").split())


def parse_prose(value: Any) -> str:
    """Text in several paragraphs, as small Markdown."""
    return text_of(value, "en text")


def parse_slug(value: Any) -> str:
    """An id: small letters a–z, digits and hyphens, as in an address."""
    text = text_of(value, "ett id")
    if not _SLUG.fullmatch(text):
        near = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
        hint = f"Menade du ”{near}”? " if near and len(near) < 60 else ""
        raise wrong(
            "fel-id",
            f"”{shown(text)}” kan inte vara ett id.",
            f"{hint}Skriv med små bokstäver a–z, siffror och bindestreck.",
        )
    return text


def parse_name(value: Any) -> str:
    """A short name of a party: small Swedish letters, digits and hyphens."""
    text = text_of(value, "ett kort namn")
    if not _NAME.fullmatch(text):
        raise wrong(
            "fel-kortnamn",
            f"”{shown(text)}” kan inte vara ett kort namn.",
            "Skriv med små bokstäver, siffror och bindestreck.",
        )
    return text


def parse_commune_code(value: Any) -> str:
    """SCB's code of a municipality: four digits, always text (SCB: Kommuner och regioner, kod och namn)."""
    text = text_of(value, "en kommunkod")
    if not _COMMUNE.fullmatch(text):
        raise wrong(
            "fel-kommunkod", f"”{shown(text)}” är ingen kommunkod.", "Skriv fyra siffror, till exempel 0305."
        )
    return text


def parse_seal(value: Any) -> str:
    """A seal over what was signed, as `trygglofte seal` writes it."""
    text = text_of(value, "ett sigill")
    if not _SEAL.fullmatch(text):
        raise wrong(
            "fel-sigill",
            f"”{shown(text)}” är inget sigill.",
            "Skriv inget sigill för hand. Ta bort raden och kör trygglofte seal på filen.",
        )
    return text


def parse_number(value: Any) -> Decimal:
    """A number, as Swedes write it: `61,5`, `1 200` and `61.5` are all understood."""
    text = text_of(value, "ett tal")
    if not _NUMBER.fullmatch(text):
        raise wrong(
            "inget-tal",
            f"”{shown(text)}” är inget tal.",
            "Skriv bara talet, till exempel 54 eller 61,5. Enheten står för sig.",
        )
    if len(text) > _DIGITS and sum(map(str.isdigit, text)) > _DIGITS:
        raise wrong(
            "inget-tal",
            f"”{shown(text)}” är för långt för att vara ett tal.",
            f"Skriv högst {_DIGITS} siffror.",
        )
    return Decimal(text if text.isdecimal() else text.translate(_AS_DECIMAL))


def parse_whole(value: Any) -> int:
    """A whole number from 0 to 9999, such as a threshold or a number of days."""
    number = parse_number(value)
    if number != number.to_integral_value() or not 0 <= number <= _MOST:
        raise wrong(
            "inget-antal", f"”{shown(value)}” kan inte stå här.", f"Skriv ett helt tal från 0 till {_MOST}."
        )
    return int(number)


def parse_yes_no(value: Any) -> bool:
    """`ja` or `nej`."""
    text = text_of(value, "ja eller nej").lower()
    if text not in {"ja", "nej"}:
        raise wrong("ja-eller-nej", f"”{shown(text)}” kan inte stå här.", "Skriv ja eller nej.")
    return text == "ja"


def parse_day(value: Any) -> date:
    """A whole date, `2026-01-15`."""
    text = text_of(value, "ett datum")
    found = PartialDate.parse(text)
    if found is None:
        raise _no_date(text, "Skriv år, månad och dag: 2026-01-15.")
    if found.day is None:
        raise wrong(
            "fel-datum", f"”{shown(text)}” är inget helt datum.", "Skriv år, månad och dag: 2026-01-15."
        )
    return found.first


def parse_moment(value: Any) -> datetime:
    """A whole date, with or without a Swedish time on it: `2026-02-01`, `2026-02-01 08:00`. Without: its start."""
    text = " ".join(text_of(value, "ett datum").split())
    day, _, clock = text.replace("T", " ").partition(" ")
    if not clock:
        return datetime.combine(parse_day(text), time.min)
    found = _TIME.fullmatch(clock)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        hint = "Skriv dagen och klockslaget: 2026-02-01 08:00."
        if PartialDate.parse(day):
            raise wrong("fel-klockslag", f"”{shown(clock)}” är inget klockslag.", hint)
        raise _no_date(text, hint)
    return datetime.combine(parse_day(day), time(int(found[1]), int(found[2])))


def parse_partial_date(value: Any) -> PartialDate:
    """A date as far as it is known: `2017`, `2017-02` or `2017-02-11`."""
    text = text_of(value, "ett datum")
    found = PartialDate.parse(text)
    if found is None:
        raise _no_date(
            text, "Skriv 2026-01-15, 2026-01 eller 2026. Är bara en ordalydelse känd: {ordalydelse: …}."
        )
    return found


def _no_date(text: str, hint: str) -> PydanticCustomError:
    if looks_written(text):
        return wrong("fel-datum", f"Datumet ”{text}” finns inte i kalendern.", "Kontrollera månad och dag.")
    near = meant(text)
    return wrong("fel-datum", f"”{shown(text)}” är inget datum.", f"Menade du ”{near}”?" if near else hint)


def each(parse: Callable[[Any], T], items: list[Any]) -> list[T]:
    """Every item of a list understood; what is wrong tells which item it is (`at`)."""
    found = []
    for position, item in enumerate(items):
        try:
            found.append(parse(item))
        except PydanticCustomError as error:
            raise PydanticCustomError(
                error.type, "{message}", {**(error.context or {}), "at": position}
            ) from error
    return found


def one_or_many(value: Any) -> Any:
    """A list, also where a single value was written without one."""
    if isinstance(value, str):
        return [value]
    return value


@dataclass(frozen=True, slots=True)
class Count:
    """A number of events. A protected count has no value: it is only known to be below `below`."""

    value: int | None
    below: int | None = None


def parse_count(value: Any) -> Count:
    """A whole number, or a protected one written `färre än 5`."""
    text = text_of(value, "ett antal")
    if text.isdecimal() and text.isascii() and len(text) <= _DIGITS:
        return Count(int(text))
    hidden = _FEWER.fullmatch(" ".join(text.lower().split()))
    if hidden:
        return Count(None, int(hidden[1]))
    number = parse_number(text) if _NUMBER.fullmatch(text) else Decimal(-1)
    if number != number.to_integral_value() or number < 0:
        raise wrong(
            "inget-antal", f"”{shown(text)}” är inget antal.", "Skriv ett helt tal, eller ”färre än 5”."
        )
    return Count(int(number))


def parse_figure(value: Any) -> Decimal | Count:
    """A number, or a protected count written `färre än 5`."""
    text = text_of(value, "ett tal")
    return parse_count(text) if _FEWER.fullmatch(" ".join(text.lower().split())) else parse_number(text)


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report says was done: a number, at least a number, or only words."""

    words: str
    value: Decimal | None = None
    at_least: bool = False


def parse_reported(value: Any) -> Reported:
    """`54`, `minst 700` or words such as `drygt femtio` or `flertalet`."""
    text = text_of(value, "vad som gjorts")
    if _NUMBER.fullmatch(text):
        return Reported(text, parse_number(text))
    least = _AT_LEAST.fullmatch(text)
    if least and _NUMBER.fullmatch(least[1]):
        return Reported(text, parse_number(least[1]), at_least=True)
    if text[0].isdigit():
        raise wrong(
            "inget-tal",
            f"”{shown(text)}” är varken ett tal eller en beskrivning.",
            "Skriv bara talet; enheten står i löftet. Räknades det på ett särskilt sätt: skriv det i ”räknat”.",
        )
    return Reported(text)


def choice(kind: type[E], wanted: str, meant: dict[str, str] | None = None) -> Callable[[Any], E]:
    """A parser for a closed list of words. `meant` maps what people really write to the right word."""

    def parse(value: Any) -> E:
        text = " ".join(text_of(value, wanted).lower().split())
        try:
            return kind(text)
        except ValueError:
            pass
        words = [str(item) for item in kind]
        near = (meant or {}).get(text) or next(iter(get_close_matches(text, words, 1, 0.6)), None)
        hint = f"Menade du ”{near}”?" if near else f"Välj mellan {', '.join(words)}."
        raise wrong("okant-ord", f"”{shown(text)}” är inte {wanted}.", hint)

    return parse


Line = Annotated[str, Understood(parse_line)]
Prose = Annotated[str, Understood(parse_prose)]
Slug = Annotated[str, Understood(parse_slug)]
Name = Annotated[str, Understood(parse_name)]
CommuneCode = Annotated[str, Understood(parse_commune_code)]
Number = Annotated[Decimal, Understood(parse_number)]
Whole = Annotated[int, Understood(parse_whole)]
YesNo = Annotated[bool, Understood(parse_yes_no)]
Seal = Annotated[str, Understood(parse_seal)]
Day = Annotated[date, Understood(parse_day)]
Moment = Annotated[datetime, Understood(parse_moment)]
Partial = Annotated[PartialDate, Understood(parse_partial_date)]
CountValue = Annotated[Count, Understood(parse_count)]
FigureValue = Annotated[Decimal | Count, Understood(parse_figure)]
ReportedValue = Annotated[Reported, Understood(parse_reported)]
ReportedValues = Annotated[tuple[ReportedValue, ...], BeforeValidator(one_or_many)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(one_or_many)]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(one_or_many)]
Names = Annotated[tuple[Name, ...], BeforeValidator(one_or_many)]
