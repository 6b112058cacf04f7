"""The vocabulary that the made municipality is written with, and how sentences are drawn from it.

Plain Swedish of the kind that municipalities and police publish. Nothing here is about a real place.
"""

from __future__ import annotations

from random import Random

PLACES = {
    "centrum": "Centrum", "resecentrum": "Resecentrum", "stortorget": "Stortorget", "aparken": "Åparken",
    "bjorkhaga": "Björkhaga", "norrangen": "Norrängen", "soderhojden": "Söderhöjden", "kvarnby": "Kvarnby",
    "lillsjobadet": "Lillsjöbadet", "ostra-hamnen": "Östra hamnen", "backaskolan": "Backaskolan",
    "tallmon": "Tallmon", "granby": "Granby", "klockarberget": "Klockarberget", "sjoangen": "Sjöängen",
    "bruksgatan": "Bruksgatan", "nygard": "Nygård", "hogalid": "Högalid", "vastermalm": "Västermalm",
    "idrottsparken": "Idrottsparken", "kyrkbyn": "Kyrkbyn", "lergoken": "Lergöken", "skogsbrynet": "Skogsbrynet",
    "aspnas": "Aspnäs",
}  # fmt: skip
"""Places by id."""

THEMES = {
    "otrygga-platser": "Otrygga platser", "narkotika": "Narkotika", "ordningsstorningar": "Ordningsstörningar",
    "skadegorelse": "Skadegörelse och klotter", "nedskrapning": "Nedskräpning", "trafik": "Trafik",
    "inbrott-och-stolder": "Inbrott och stölder", "unga": "Barn och unga", "bedragerier": "Bedrägerier",
}  # fmt: skip
"""Themes by id: a choice of those in data/teman.yml."""

PARTIES = {
    "kommunen": "Måttstads kommun",
    "polisen": "Polisen",
    "bostadsbolaget": "Bostadsbolaget Måttstadshem",
    "räddningstjänsten": "Räddningstjänsten Mellanbygden",
    "nattvandrarna": "Nattvandrarna i Måttstad",
    "föreningsrådet": "Måttstads föreningsråd",
}
"""Parties by the name that documents use."""

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

_SLOTS: dict[str, tuple[str, ...]] = {
    "who": (
        "Fältgruppen", "Kommunpolisen", "Ordningsvakterna", "Skolans personal", "Bostadsbolaget",
        "Räddningstjänsten", "Nattvandrarna", "Fritidsledarna", "Socialtjänsten", "Föreningsrådet",
    ),
    "what": (
        "klotter på husväggar", "störande mopedkörning", "öppen försäljning av narkotika", "krossade rutor",
        "bråk på torget", "cykelstölder", "nedskräpning", "höga hastigheter", "bedrägerier på telefon",
        "inbrott i källarförråd", "mörka gångvägar", "skadegörelse på skolgården",
    ),
    "where": tuple(f"vid {name}" for name in PLACES.values()),
    "when": (
        "på kvällarna", "efter klockan 21", "under helgerna", "vid skolstarten", "när det är mörkt",
        "på eftermiddagarna", "under sommaren", "tidigt på morgonen",
    ),
    "change": ("har minskat", "har ökat", "är på samma nivå som förut", "varierar mycket från vecka till vecka"),
    "number": tuple(str(n) for n in range(12, 96, 7)),
    "act": (
        "byter belysning", "klipper ner buskar", "går trygghetsvandringar", "tar bort klotter inom ett dygn",
        "har öppet hus för föräldrar", "kontrollerar hastigheten", "bjuder in till dialog",
        "finns på plats med fler vuxna", "sätter upp låsta cykelboxar", "informerar äldre om bedrägerier",
    ),
    "effect": (
        "fler vågar gå hem själva", "färre avstår från att resa", "skolvägen har blivit lugnare",
        "platsen känns mer omhändertagen", "fler anmäler det de ser", "föräldrar har fått någon att ringa",
    ),
}  # fmt: skip

_SENTENCES = (
    "{who} berättar att {what} {where} {change} jämfört med samma tid förra året.",
    "Många som bor i närheten nämner {what} {when}, och särskilt {where}.",
    "Under perioden tog vi emot {number} iakttagelser om {what} {where}.",
    "{who} {act} {where} tillsammans med kommunen och polisen.",
    "Det är fortfarande för få vuxna i rörelse {when} {where}.",
    "Av dem som svarade tycker ungefär {number} procent att det har blivit bättre {where}.",
    "Det märks att {effect} sedan {who} började finnas på plats {when}.",
    "Vi vet inte säkert vad det beror på, men {what} hänger ofta ihop med {what}.",
    "Därför fortsätter arbetet {where}, och {who} {act} även nästa år.",
    "I dialogen med invånarna kom {number} förslag, och de flesta handlade om {what} {when}.",
    "Små antal visas inte, eftersom de kan peka ut enskilda människor.",
    "Belysningen {where} har setts över, och {number} armaturer ska bytas före vintern.",
    "{who} har mött {number} ungdomar {where} {when}, de flesta utan att något behövde göras.",
    "Skolan, socialtjänsten och polisen träffas varje vecka för att fånga upp {what} tidigt.",
)


class Writer:
    """Draws sentences. The same random source gives the same text."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def sentence(self) -> str:
        """One sentence, beginning with a capital."""
        made = self.random.choice(_SENTENCES)
        for slot, words in _SLOTS.items():
            while f"{{{slot}}}" in made:
                made = made.replace(f"{{{slot}}}", self.random.choice(words), 1)
        return made

    def paragraph(self, sentences: int) -> str:
        """Some sentences in a row, none of them twice."""
        made: list[str] = []
        while len(made) < sentences:
            sentence = self.sentence()
            if sentence not in made:
                made.append(sentence)
        return " ".join(made)

    def text(self, paragraphs: int, sentences: int = 3) -> str:
        """Paragraphs with an empty line between; from the second on, every other brings a list."""
        parts = []
        for n in range(paragraphs):
            parts.append(self.paragraph(sentences))
            if n % 2:
                parts.append("\n".join(f"- {self.draw('what')} {self.draw('where')}" for _ in range(3)))
        return "\n\n".join(parts) + "\n"

    def draw(self, slot: str) -> str:
        """A word or phrase for a slot: who, what, where, when, act, effect."""
        return self.random.choice(_SLOTS[slot])

    def some(self, things: dict[str, str], count: int) -> list[str]:
        """Ids of so many different things, in the order they are listed."""
        chosen = set(self.random.sample(list(things), count))
        return [id_ for id_ in things if id_ in chosen]
