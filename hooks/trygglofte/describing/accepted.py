"""What each type of the model accepts, as JSON Schema and as words for a person who writes.

Keyed by the function that understands the text (`model/values.py`, `reaching.py`, `words.py`), so that a new
type has one place to be described in; `tests/test_describing.py` fails until it is, and holds that schema
and function agree. Patterns are written in what Python and ECMAScript have in common.

An editor reads plain values by YAML 1.2: `0305` is a number there, `12.30` too, `2026-01-15` a text. A schema
here accepts such a number wherever it can have been written as a text that we accept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from trygglofte.model import appearance, reaching, values, words
from trygglofte.reading.tree import fold

Json = dict[str, Any]

_MONTH_AND_DAY = "|".join(
    (
        "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
        "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
        "02-(?:0[1-9]|1[0-9]|2[0-8])",
    )
)
_LEAP_YEAR = "[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00"
_DAY = f"(?!0000)(?:[0-9]{{4}}-(?:{_MONTH_AND_DAY})|(?:{_LEAP_YEAR})-02-29)"
_PARTIAL = f"(?!0000)[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_DAY}"
_DIGITS = "(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]+)"
_NOT_TOO_LONG = "(?!(?:[^0-9]*[0-9]){16})"
_NUMBER = f"{_NOT_TOO_LONG}[-−]?{_DIGITS}(?:[.,][0-9]+)?"
_WHOLE = f"{_NOT_TOO_LONG}(?:{_DIGITS}|[-−]0+)(?:[.,]0+)?"
_SMALL = f"{_NOT_TOO_LONG}(?:0*[0-9]{{1,4}}|[-−]0+|0{{0,2}}[0-9][ \u00a0\u202f][0-9]{{3}})(?:[.,]0+)?"
_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_SHORT_NAME = "[a-zåäö0-9]+(?:-[a-zåäö0-9]+)*"
_HOST = r"(?:(?!:)[^ /?#@\[\]]+|\[[0-9a-fA-F:.]+\](?::[0-9]+)?)"
_MAIL = "[^@\\s<>\"']+"
_MAX = 10**15 - 1
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@dataclass(frozen=True)
class Accepted:
    """A type of value: its name, how it is written, what is accepted, and examples right and wrong."""

    id: str
    name: str
    how: str
    schema: Json
    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()


def any_case(text: str) -> str:
    """A pattern for a text in capitals or not, with any space where there is one."""
    return "".join(
        r"\s+" if char == " " else f"[{char.upper()}{char}]" if char.isalpha() else char for char in text
    )


def other_spellings(key: str) -> str:
    """A pattern for every accepted spelling of a key but its own: without dots and rings, or in capitals."""
    dotted = {"a": "aAåÅäÄ", "o": "oOöÖ", "e": "eEéÉ"}
    folded = "".join(
        f"[{dotted.get(char, char + char.upper())}]" if char.isalpha() else char for char in fold(key)
    )
    return f"^(?!{key}$){folded}$"


def one_of(allowed: Iterable[str], message: str) -> Json:
    """A closed list of words: the words themselves, which an editor offers, and the same in capitals."""
    exact = list(allowed)
    spelled = "|".join(any_case(word) for word in exact)
    return {
        "anyOf": [
            {"enum": exact, "errorMessage": message},
            {
                "type": "string",
                "pattern": rf"^(?!(?:{'|'.join(exact)})$)\s*(?:{spelled})\s*$",
                "errorMessage": message,
            },
        ]
    }


def enumeration(kind: type[StrEnum]) -> Json:
    """The schema of one of the model's closed lists."""
    allowed = [str(word) for word in kind]
    return one_of(allowed, f"Välj mellan {', '.join(allowed)}.")


def whole(pattern: str) -> str:
    """A pattern for a whole value, with the space around it that quotation marks can keep."""
    return rf"^\s*(?:{pattern})\s*$"


def _written(message: str, pattern: str, *others: str, **limits: float) -> Json:
    """A text of a certain form; `others` are what an editor may take such a text for."""
    return {
        "type": ["string", *others] if others else "string",
        "pattern": whole(pattern),
        **limits,
        "errorMessage": message,
    }


_TEXT: Json = {
    "type": ["string", "number", "boolean"],
    "pattern": r"\S",
    "errorMessage": "Skriv en text, eller ta bort raden.",
}
_PARTIAL_SCHEMA = _written(
    "Skriv ett datum som finns: 2026-01-15, 2026-01 eller 2026.",
    _PARTIAL, "integer", minimum=1, maximum=9999,
)  # fmt: skip


def _stretches() -> str:
    """A pattern for a day of the week, or days from one to a later one."""
    days = [any_case(day) for day in _WEEKDAYS]
    return "|".join(
        rf"{first}(?:\s*[-–—]\s*(?:{'|'.join(days[number:])}))?" for number, first in enumerate(days)
    )


_WEEKDAY = _written("Skriv veckodagar: måndag–fredag, torsdag eller [tisdag, torsdag].", _stretches())

TYPES: dict[Callable[[Any], Any], Accepted] = {
    values.parse_line: Accepted(
        "kort-text", "Kort text",
        "En rad. Innehåller den ett kolon följt av mellanslag, eller börjar den med ett tecken som `[`, `{`, `*`, "
        "`&`, `#`, `!`, `%` eller `@`, sätter du raka citattecken runt hela texten.",
        _TEXT, ("Byter belysning i gångtunneln", '"Trygg station: så gör vi"'), ('""',),
    ),
    values.parse_prose: Accepted(
        "lång-text", "Lång text",
        "Ett eller flera stycken. Skriv ett lodrätt streck efter kolonet, och texten på raderna under, med samma "
        "indrag. En tom rad skiljer stycken. Listor skrivs med `- `, länkar `[så här](https://polisen.se/)`.",
        _TEXT, ("|\n  Första stycket.\n\n  - en punkt i en lista",), ('""',),
    ),
    values.parse_slug: Accepted(
        "id", "Id",
        "Ett kort namn som andra rader hänvisar till. Små bokstäver a–z, siffror och bindestreck. Byt aldrig ett id "
        "som har lagts ut.",
        _written("Skriv ett id med små bokstäver a–z, siffror och bindestreck.", _ID, "integer", "boolean", minimum=0),
        ("resecentrum", "2026-trygg-station"), ("Trygg station", "gångtunneln", "trygg_station"),
    ),
    values.parse_name: Accepted(
        "kort-namn", "Kort namn",
        "Det korta namnet på en part, som det står under `parter` i kommun.yml. Små bokstäver (även å, ä och ö), "
        "siffror och bindestreck.",
        _written("Skriv partens korta namn med små bokstäver, siffror och bindestreck.",
                 _SHORT_NAME, "integer", "boolean", minimum=0),
        ("polisen", "räddningstjänsten"), ("Polisen", "Polisen i Provstad"),
    ),
    values.parse_commune_code: Accepted(
        "kommunkod", "Kommunkod", "SCB:s fyra siffror.",
        _written("Skriv kommunens fyra siffror, till exempel 0305.", "[0-9]{4}", "integer", minimum=0, maximum=9999),
        ("2182", "0305"), ("305", "Söderhamn"),
    ),
    values.parse_seal: Accepted(
        "sigill", "Sigill", "Skrivs av `trygglofte seal`, aldrig för hand.",
        _written("Sigill skrivs av trygglofte seal, aldrig för hand.", "sha256-[0-9a-f]{64}"),
        (f"sha256-{'0' * 64}",), ("sha256-123", "ja"),
    ),
    values.parse_number: Accepted(
        "tal", "Tal", "Bara talet. Enheten står för sig, i `enhet`. Decimaler skrivs med komma eller punkt.",
        _written("Skriv bara talet, till exempel 54 eller 61,5.", _NUMBER, "number", minimum=-_MAX, maximum=_MAX),
        ("54", "1 200", "61,5"), ("54 st", "ca 50", "femtio"),
    ),
    values.parse_whole: Accepted(
        "heltal", "Heltal", "Ett helt tal från 0 till 9999.",
        _written("Skriv ett helt tal från 0 till 9999.", _SMALL, "integer", minimum=0, maximum=9999),
        ("5", "30"), ("2,5", "-1"),
    ),
    values.parse_yes_no: Accepted(
        "ja-eller-nej", "Ja eller nej", "`ja` eller `nej`.",
        one_of(("ja", "nej"), "Skriv ja eller nej."), ("ja", "nej"), ("true", "yes", "x"),
    ),
    values.parse_day: Accepted(
        "dag", "Dag", "År, månad och dag.",
        _written("Skriv år, månad och dag, och en dag som finns: 2026-01-15.", _DAY),
        ("2026-01-15",), ("2026-02-30", "2026-01", "15 januari 2026", "20260115"),
    ),
    values.parse_moment: Accepted(
        "dag-och-tid", "Dag, med eller utan klockslag", "År, månad och dag. Klockslaget är svensk tid.",
        _written("Skriv en dag som finns, med eller utan klockslag: 2026-02-01 eller 2026-02-01 08:00.",
                 rf"(?:{_DAY})(?:(?:T|\s+)(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9])?"),
        ("2026-02-01", "2026-02-01 08:00"), ("2026-02", "2026-02-01 8", "2026-02-30 08:00", "2026-02-01 25:00"),
    ),
    values.parse_partial_date: Accepted(
        "datum", "Datum", "År, månad och dag; eller bara det som är känt.",
        _PARTIAL_SCHEMA, ("2026-01-15", "2026-01", "2026"), ("15/1 2026", "2026-13", "vecka 12", "hösten 2026"),
    ),
    values.parse_count: Accepted(
        "antal", "Antal",
        "Ett helt tal. Ett litet antal som kan peka ut någon skrivs `färre än 5`, och får då inte gå att räkna fram "
        "ur de andra talen.",
        _written("Skriv ett helt tal, eller ”färre än 5”.",
                 rf"{any_case('färre än')}\s+[0-9]{{1,6}}|{_WHOLE}", "integer", minimum=0, maximum=_MAX),
        ("18", "1 200", "färre än 5"), ("7,5", "några få", "under 5"),
    ),
    values.parse_figure: Accepted(
        "tal-eller-dolt", "Tal eller dolt antal",
        "Bara talet; eller `färre än 5`, när det är ett litet antal människor eller händelser.",
        _written("Skriv bara talet, eller ”färre än 5”.",
                 rf"{any_case('färre än')}\s+[0-9]{{1,6}}|{_NUMBER}", "number", minimum=-_MAX, maximum=_MAX),
        ("54", "61,5", "färre än 5"), ("54 st", "ca 50", "under 5"),
    ),
    values.parse_reported: Accepted(
        "redovisat-antal", "Redovisat antal",
        "Ett tal; `minst` och ett tal; eller ord, när talet inte är känt. Enheten står i löftet.",
        _written("Skriv bara talet, ”minst” och ett tal, eller ord som ”drygt femtio”.",
                 rf"{_NUMBER}|(?![0-9])\S[\s\S]*", "number", "boolean", minimum=-_MAX, maximum=_MAX),
        ("54", "minst 700", "drygt femtio", "flertalet"), ("54 pass", "50-tal"),
    ),
    words.parse_reporting: Accepted(
        "rytm", "Rytm för uppföljning",
        "Hur ofta, med ett av orden; eller en lista med de datum då uppföljningar ska komma.",
        {"anyOf": [
            *enumeration(words.Cadence)["anyOf"],
            {"type": "array", "items": {"$ref": "#/definitions/datum"}},
        ]},
        (*map(str, words.Cadence), "[2026-05, 2026-09, 2027-01]"), ("tertialvis", "ibland"),
    ),
    reaching.parse_url: Accepted(
        "webbadress", "Webbadress", "Hela adressen, med https:// först.",
        _written("Skriv hela adressen, med https:// först.",
                 rf"[Hh][Tt][Tt][Pp][Ss]?://{_HOST}(?:[/?#][^ ]*)?"),
        ("https://kommunen.se/avtal.pdf",), ("www.kommunen.se", "kommunen.se/avtal.pdf"),
    ),
    reaching.parse_email: Accepted(
        "e-postadress", "E-postadress", "Till en funktion, aldrig till en person.",
        _written("Skriv en e-postadress, till exempel trygghet@kommunen.se.",
                 rf"{_MAIL}@{_MAIL}\.{_MAIL}"),
        ("trygghet@kommunen.se",), ("trygghet(at)kommunen.se",),
    ),
    reaching.parse_phone: Accepted(
        "telefonnummer", "Telefonnummer", "Till en växel eller funktion, aldrig till en person.",
        _written("Skriv ett telefonnummer, till exempel 042-10 50 00.",
                 "(?:\\+46[ -]?|0)[0-9][0-9 \u00a0-]{3,15}[0-9-]|[0-9]{3}(?: [0-9]{2})?", "integer", minimum=0),
        ("042-10 50 00", "+46 42 10 50 00", "114 14"), ("ring växeln", "11414"),
    ),
    reaching.parse_address: Accepted(
        "adress-på-webbplatsen", "Adress på webbplatsen",
        "Det som står efter kommunens adress, med `/` först och sist.",
        _written("Skriv adressen som /medborgarloften/gammalt-namn/.", "/(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+"),
        ("/medborgarloften/gammalt-namn/",), ("gammalt-namn", "https://kommunen.se/gammalt/"),
    ),
    appearance.parse_colour: Accepted(
        "färg", "Färg", "En färgkod inom citattecken: # och sex tecken.",
        _written('Skriv en färgkod inom citattecken, till exempel "#005aa0".',
                 "#?(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})", "integer", minimum=100, maximum=999999),
        ('"#005aa0"', '"#05A"'), ("blå", "rgb(0, 90, 160)"),
    ),
    appearance.parse_logo: Accepted(
        "logotyp", "Logotyp", "Namnet på en SVG- eller PNG-bild i kommunens mapp.",
        _written("Skriv namnet på en SVG- eller PNG-bild, till exempel logotyp.svg.",
                 "[a-z0-9]+(?:-[a-z0-9]+)*\\.(?:svg|png)"),
        ("logotyp.svg", "vapen.png"), ("Logotyp.SVG", "bilder/logotyp.svg", "logotyp.jpg"),
    ),
    reaching.parse_weekdays: Accepted(
        "veckodagar", "Veckodagar", "En dag, dagar från–till, eller en lista.",
        {"anyOf": [_WEEKDAY, {"type": "array", "items": _WEEKDAY}]},
        ("torsdag", "måndag–fredag", "[tisdag, torsdag]"), ("vardagar", "lördag–tisdag"),
    ),
    reaching.parse_clock: Accepted(
        "klockslag", "Klockslag", "Timme och minuter.",
        _written("Skriv ett klockslag, till exempel 08.00.", "(?:[01]?[0-9]|2[0-3])(?:[.:][0-5][0-9])?",
                 "number", minimum=0, exclusiveMaximum=24),
        ("08.00", "16:30"), ("25.00", "kl 8"),
    ),
}  # fmt: skip
"""Every type of value that the model has, by the function that understands it."""
