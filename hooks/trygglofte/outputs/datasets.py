"""What data there is to offer, as one table: the datasets of a catalogue and the files that each is had in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trygglofte.addresses import AGREEMENTS, COMMITMENTS, FOLLOW_UPS, PLANS, PLEDGES, START, SUMMARIES


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set of data that is offered. `folder` names the documents it is made of, "" for all of them.

    `files` are its distributions, by their paths from the site's start: the same data in different formats
    (recommendation 3 of the profile). Only those that are published are told of.
    """

    id: str
    title: str
    title_en: str
    description: str
    folder: str
    page: str
    keywords: tuple[str, ...]
    files: tuple[str, ...]


DATASETS = (
    Dataset("medborgarloften", "Medborgarlöften", "Citizen pledges",
        "Vad kommunen och polisen har lovat invånarna: vilka som lovar, när det gäller, var och om vad.",
        "medborgarloften", PLEDGES, ("medborgarlöfte", "trygghet", "polis"),
        ("data.json", "csv/loften.csv")),
    Dataset("ataganden", "Åtaganden i medborgarlöften", "Commitments of citizen pledges",
        "Varje åtagande för sig: vad som ska göras, av vem, hur mycket, till när, och hur långt det har kommit.",
        "medborgarloften", COMMITMENTS, ("åtagande", "medborgarlöfte", "trygghet"),
        ("data.json", "csv/ataganden.csv")),
    Dataset("uppfoljningar", "Uppföljningar av medborgarlöften", "Follow-ups of citizen pledges",
        "Vad som har redovisats: vilken tid det gäller, när det publicerades och av vem.",
        "medborgarloften", FOLLOW_UPS, ("uppföljning", "medborgarlöfte"),
        ("data.json", "csv/uppfoljningar.csv")),
    Dataset("utfall", "Utfall av åtaganden", "Outcomes of commitments",
        "Det som varje uppföljning säger om varje åtagande: status, vad som var lovat och vad som blev gjort.",
        "medborgarloften", FOLLOW_UPS, ("utfall", "uppföljning", "åtagande"), ("csv/utfall.csv",)),
    Dataset("indikatorer", "Indikatorer till medborgarlöften", "Indicators of citizen pledges",
        "De mått som löftena ska påverka, med utgångsvärden och mål.",
        "medborgarloften", PLEDGES, ("indikator", "mätning", "medborgarlöfte"),
        ("data.json", "csv/indikatorer.csv")),
    Dataset("matvarden", "Mätvärden för medborgarlöften", "Measured values of citizen pledges",
        "Nya värden på löftenas mått, så som de har redovisats.",
        "medborgarloften", PLEDGES, ("mätning", "indikator"), ("csv/matvarden.csv",)),
    Dataset("lagesbilder", "Lägesbilder", "Situation summaries",
        "Läget under en tid, tema för tema, med de antal som kan visas. Små antal är skyddade.",
        "lagesbilder", SUMMARIES, ("lägesbild", "brottsförebyggande", "trygghet"),
        ("data.json", "csv/lagesbilder.csv")),
    Dataset("antal-per-tema", "Antal per tema i lägesbilder", "Counts by theme of situation summaries",
        "Hur många händelser varje lägesbild räknar, tema för tema. Små antal är skyddade.",
        "lagesbilder", SUMMARIES, ("lägesbild", "statistik", "brott"), ("csv/kategorier.csv",)),
    Dataset("antal-per-plats", "Antal per plats i lägesbilder", "Counts by place of situation summaries",
        "Hur många händelser varje lägesbild räknar, plats för plats. Små antal är skyddade.",
        "lagesbilder", SUMMARIES, ("lägesbild", "statistik", "plats"), ("csv/platser.csv",)),
    Dataset("overenskommelser", "Samverkansöverenskommelser", "Cooperation agreements",
        "Vad kommunen och polisen har kommit överens om att samarbeta om.",
        "overenskommelser", AGREEMENTS, ("samverkansöverenskommelse", "polis"),
        ("data.json",)),
    Dataset("atgardsplaner", "Åtgärdsplaner", "Action plans",
        "Vad kommunen tänker göra för att förebygga brott, och hur det går.",
        "atgardsplaner", PLANS, ("åtgärdsplan", "brottsförebyggande"),
        ("data.json",)),
    Dataset("handelser", "Nytt om löften och lägesbilder", "News of pledges and situation summaries",
        "Det som har hänt i innehållet, som flöden att prenumerera på: nya löften, uppföljningar, ändringar.",
        "", START, ("nyhet", "flöde"), ("flode.xml", "flode.json")),
    Dataset("datum", "Datum i löften och överenskommelser", "Dates of pledges and agreements",
        "Perioder, dagar då något ska vara klart och uppföljningar som väntas, som en kalender.",
        "", START, ("kalender", "datum"), ("kalender.ics",)),
)  # fmt: skip
"""Everything that may be offered. What a site does not publish is left out of its catalogue."""

ALL = "data.json"
_MUNICIPALITIES = Dataset(
    "kommuner", "Kommuner och deras löften", "Municipalities and their pledges",
    "Kommunerna på portalen: vad de har publicerat, hur det går för åtagandena och var varje kommuns data finns.",
    "", START, ("kommun", "medborgarlöfte", "trygghet"), (ALL,),
)  # fmt: skip
PORTAL_DATASETS = (
    _MUNICIPALITIES,
    *(replace(one, files=tuple(path for path in one.files if path != ALL)) for one in DATASETS),
)
"""On the portal, whose `data.json` is of the municipalities and holds no documents."""
