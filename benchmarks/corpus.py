"""A made-up municipality of any number of documents, the same every time, as values.

The values are what a person would write in the project's YAML. `as_yaml` and `as_markdown` write them out.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.words import PARTIES, PLACES, THEMES, Writer

SLUG = "mattstad"
DAY = date(2026, 9, 15)
"""The day that the municipality counts from, whatever day it is."""

_NEWEST_YEAR = DAY.year
_FEW_PLACES = dict(list(PLACES.items())[:12])
_MIX = {"medborgarloften": 40, "overenskommelser": 10, "atgardsplaner": 10}
"""Of 150 documents; the rest are situation summaries."""

_COMMITMENTS = (
    ("fotpatrull", "polisen", "Fotpatrullerar kring {place} på kvällarna", "pass"),
    ("belysning", "kommunen", "Byter belysning längs gångvägarna vid {place}", "armaturer"),
    ("nattvandring", "nattvandrarna", "Nattvandrar mellan {place} och Centrum", "kvällar"),
    ("klotter", "bostadsbolaget", "Tar bort klotter vid {place} inom ett dygn", "anmälningar"),
    ("faltgruppen", "kommunen", "Har fältgruppen ute vid {place}", "kvällar"),
    ("hastighet", "polisen", "Kontrollerar hastigheten på gatorna vid {place}", "kontroller"),
    ("vandring", "kommunen", "Ordnar vandringar vid {place} där invånare visar vad som bör ändras", "vandringar"),
    ("foraldrar", "kommunen", "Bjuder in till träffar för föräldrar vid {place}", "träffar"),
)  # fmt: skip
_FOCUS = (
    ("Synlig närvaro", "Den som rör sig här på kvällen ska möta en vuxen på plats"),
    ("Ljust, helt och rent", "Det ska gå att se vem man möter, och platsen ska kännas omhändertagen"),
    ("Unga och deras föräldrar", "Fler unga ska ha något bättre för sig på kvällarna"),
)
_TERTIALS = (((1, 1), (4, 30), (5, 11)), ((5, 1), (8, 31), (9, 10)), ((9, 1), (12, 31), (1, 20)))


@dataclass(frozen=True)
class Document:
    """A document: its folder and name in data/, its title, and its values by their Swedish keys."""

    folder: str
    id: str
    title: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Corpus:
    """A municipality: what kommun.yml holds, its documents, and its folder in data/."""

    municipality: dict[str, Any]
    documents: list[Document]
    slug: str = SLUG


def places_of(count: int) -> dict[str, str]:
    """The places of a municipality of `count` documents: twelve, and more where a year has more pledges than that."""
    return dict(list(PLACES.items())[: max(12, _a_year(round(count * _MIX["medborgarloften"] / 150)))])


def make(count: int = 150, seed: int = 2026) -> Corpus:
    """A municipality of `count` documents (at least 15): 40 pledges in 150, 10 agreements, 10 action plans, and
    situation summaries."""
    writer = Writer(Random(seed))
    sizes = {folder: max(1, round(count * share / 150)) for folder, share in _MIX.items()}
    sizes["lagesbilder"] = count - sum(sizes.values())
    makers: dict[str, Callable[[Writer, int], list[Document]]] = {
        "overenskommelser": _agreements,
        "medborgarloften": _pledges,
        "lagesbilder": _summaries,
        "atgardsplaner": _plans,
    }
    documents = [
        document for folder, make_some in makers.items() for document in make_some(writer, sizes[folder])
    ]
    return Corpus(_municipality(writer, places_of(count)), documents)


def _municipality(writer: Writer, places: dict[str, str]) -> dict[str, Any]:
    return {
        "namn": "Måttstads kommun",
        "kortnamn": "Måttstad",
        "län": "Mellanbygdens län",
        "kommunkod": "0000",
        "drivs_av": "kommunen",
        "påhittad": "ja",
        "exempeldag": DAY,
        "om": writer.text(1),
        "parter": [{"id": id_, "namn": name} for id_, name in PARTIES.items()],
        "platser": [
            {"id": id_, "namn": name, "beskrivning": writer.sentence()} for id_, name in places.items()
        ],
        "kontakt": {
            "kontaktcenter": {
                "namn": "Kontaktcenter",
                "telefon": "0980-319 300",
                "e-post": "kontakt@mattstad.example",
            },
        },
        "skydd": {"tröskel": 5},
    }


def _spread(count: int) -> list[tuple[int, str]]:
    """A year and a place for each of `count` documents, newest first: at least five places a year, at most 12 years
    until the places are used up."""
    names, a_year = list(PLACES), _a_year(count)
    return [(_NEWEST_YEAR - n // a_year, names[n % a_year]) for n in range(count)]


def _a_year(count: int) -> int:
    return min(max(5, -(-count // 12)), len(PLACES))


def _agreements(writer: Writer, count: int) -> list[Document]:
    made = []
    for n in range(count):
        strategic = n == 0
        year = 2024 if strategic else _NEWEST_YEAR - (n - 1) // 3
        place = "" if strategic else list(PLACES)[(n - 1) % 3 * 4]
        id_ = "2024-2027" if strategic else f"{year}-arsplan-{place}"
        title = "Samverkansöverenskommelse 2024–2027" if strategic else f"Årsplan {year} för {PLACES[place]}"
        values: dict[str, Any] = {
            "titel": title,
            "sammanfattning": writer.text(1),
            "parter": ["kommunen", "polisen"],
            "nivå": "strategisk" if strategic else "operativ",
            **({} if strategic else {"under": "2024-2027"}),
            "gäller": {"från": date(year, 1, 1), "till": date(2027 if strategic else year, 12, 31)},
            "undertecknande": {
                "datum": date(year - 1, 12, 6),
                "av": [
                    {"roll": "kommunstyrelsens ordförande", "för": "kommunen"},
                    {"roll": "lokalpolisområdeschef", "för": "polisen"},
                ],
            },
            "syften": [writer.sentence() for _ in range(4)],
            "områden": [f"{name} {writer.draw('where')}" for name in THEMES.values()][:5],
            "utvärderas": "varje år, i strategiska rådets möte i februari",
        }
        made.append(Document("overenskommelser", id_, title, values))
    return made


def _pledges(writer: Writer, count: int) -> list[Document]:
    chosen = _spread(count)
    return [_pledge(writer, year, place, (year - 1, place) in chosen) for year, place in chosen]


def _pledge(writer: Writer, year: int, place: str, has_former: bool) -> Document:
    title = f"Tryggare i {PLACES[place]} {year}"
    commitments = [
        _commitment(writer, year, place, n) for n in range(writer.random.randint(4, len(_COMMITMENTS)))
    ]
    areas = [
        {
            "titel": name,
            "teman": writer.some(THEMES, 2),
            "mål": goal,
            "text": writer.text(1, 2),
            "åtaganden": commitments[n :: len(_FOCUS)],
        }
        for n, (name, goal) in enumerate(_FOCUS)
    ]
    values = {
        "titel": title,
        "sammanfattning": writer.text(1, 2),
        "parter": ["kommunen", "polisen", "bostadsbolaget", "nattvandrarna"],
        "överenskommelse": "2024-2027",
        "gäller": {"från": date(year, 1, 1), "till": date(year, 12, 31)},
        "undertecknande": {"datum": date(year, 1, 15)},
        "problembild": writer.text(2),
        "underlag": ["trygghetsmätning", "medborgardialog", "lägesbild"],
        "platser": [place],
        "indikatorer": [
            {
                "id": "otrygga",
                "namn": f"Andel som känner sig otrygga vid {PLACES[place]} på kvällen",
                "enhet": "procent",
                "önskad_riktning": "ner",
                "utgångsvärde": writer.random.randint(25, 40),
                "målvärde": {"högst": 22},
                "källa": f"Trygghetsmätningen {year - 1}",
            },
        ],
        "fokusområden": areas,
        "följs_upp": "varje tertial",
        "uppföljningar": _follow_ups(writer, year, commitments),
    }
    if has_former:
        values["ersätter"] = f"{year - 1}-trygg-{place}"
    return Document("medborgarloften", f"{year}-trygg-{place}", title, values)


def _commitment(writer: Writer, year: int, place: str, n: int) -> dict[str, Any]:
    id_, who, what, unit = _COMMITMENTS[n]
    return {
        "id": id_,
        "ansvarig": who,
        "vad": what.format(place=PLACES[place]),
        "ordalydelse": writer.paragraph(1) + "\n",
        "omfattning": {"minst": writer.random.randint(4, 60), "enhet": unit, "per": "år"},
        "klart_senast": date(year, 12, 31),
    }


def _follow_ups(writer: Writer, year: int, commitments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    totals = dict.fromkeys((commitment["id"] for commitment in commitments), 0)
    for n, (first, last, published) in enumerate(_TERTIALS):
        day = date(year + (n == 2), *published)
        if day > DAY:
            break
        outcomes: dict[str, Any] = {}
        for id_ in totals:
            totals[id_] += writer.random.randint(2, 18)
            outcome: dict[str, Any] = {"totalt_hittills": totals[id_]}
            if writer.random.random() < 0.5:
                outcome["gjort"] = writer.sentence()
            if writer.random.random() < 0.2:
                outcome["nästa_steg"] = writer.sentence()
            outcomes[id_] = outcome
        made.append({
            "period": {"från": date(year, *first), "till": date(year, *last)},
            "publicerad": day,
            "rapporterat_av": list(PARTIES),
            "sammanfattning": writer.text(1),
            "utfall": outcomes,
            "mätvärden": [{"indikator": "otrygga", "värde": writer.random.randint(18, 36), "datum": date(year, *last)}],
        })  # fmt: skip
    return made


def _summaries(writer: Writer, count: int) -> list[Document]:
    """A summary a month, newest first; a week where there are more than ten years of them. One is statutory."""
    made = [_statutory(writer)]
    last = date(2026, 8, 31)
    while len(made) < count:
        weekly = count > 130
        first = last - timedelta(days=6) if weekly else last.replace(day=1)
        id_ = f"{first.isoformat()}-vecka" if weekly else f"{first:%Y-%m}"
        made.append(_summary(writer, id_, first, last))
        last = first - timedelta(days=1)
    return made[:count]


def _summary(writer: Writer, id_: str, first: date, last: date) -> Document:
    categories = []
    for theme in writer.some(THEMES, 4):
        places = {place: writer.random.randint(5, 12) for place in writer.some(_FEW_PLACES, 2)}
        total = sum(places.values()) + writer.random.randint(5, 20)
        categories.append(
            {"tema": theme, "antal": total, "platser": places, "text": writer.paragraph(2) + "\n"}
        )
    measures = [
        {
            "vad": f"{writer.draw('who')} {writer.draw('act')} {writer.draw('where')}",
            "ansvarig": writer.some(PARTIES, 2),
            "tema": category["tema"],
        }
        for category in categories[:3]
    ]
    values = {
        "period": {"från": first, "till": last},
        "lagstadgad": "nej",
        "sammanfattning": writer.text(2, 2),
        "jämfört_med_förra": writer.random.choice(["lugnare", "ungefär som förut", "mer problem", "blandat"]),
        "räknar": "händelser och iakttagelser som skolan, socialtjänsten, bostadsbolaget och polisen har rapporterat",
        "kategorier": categories,
        "åtgärder": measures,
        "publiceras_från": last + timedelta(days=8),
    }
    return Document("lagesbilder", id_, f"Lägesbild {first.isoformat()}–{last.isoformat()}", values)


def _statutory(writer: Writer) -> Document:
    title = "Lägesbild över brottsligheten i Måttstad 2024"
    values = {
        "titel": title,
        "period": {"från": date(2023, 7, 1), "till": date(2024, 6, 30)},
        "lagstadgad": "ja",
        "sammanfattning": writer.text(1),
        "kartläggning": writer.text(4),
        "övrig_information": writer.text(3),
        "analys": writer.text(4),
        "beslut": {"datum": date(2024, 11, 20), "organ": "kommunstyrelsen"},
    }
    return Document("lagesbilder", "2024-lagstadgad", title, values)


def _plans(writer: Writer, count: int) -> list[Document]:
    made = []
    for year, place in _spread(count):
        title = f"Åtgärdsplan {year} för {PLACES[place]}"
        measures = [
            {
                "id": f"atgard-{n + 1}",
                "vad": f"{writer.draw('who')} {writer.draw('act')} {writer.draw('where')} {writer.draw('when')}",
                "ansvarig": writer.some(PARTIES, 2),
                "teman": writer.some(THEMES, 1),
                "platser": [place],
                "klart_senast": date(year, 12, monthrange(year, 12)[1]),
                "status": writer.random.choice(["planerat", "pågår", "genomfört", "delvis genomfört"]),
                "kommentar": writer.sentence(),
            }
            for n in range(8)
        ]
        values = {
            "titel": title,
            "sammanfattning": writer.text(1),
            "lägesbild": "2024-lagstadgad",
            "gäller": {"från": date(year, 1, 1), "till": date(year, 12, 31)},
            "beslut": {"datum": date(year - 1, 12, 16), "organ": "kommunfullmäktige"},
            "avstämd": date(year, 8, 31),
            "åtgärder": measures,
        }
        made.append(Document("atgardsplaner", f"{year}-{place}", title, values))
    return made
