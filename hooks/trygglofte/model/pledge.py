"""The citizen pledge (medborgarlöfte): what was promised, and the follow-ups that say what was done."""

from __future__ import annotations

from trygglofte.model.amounts import Amount, Bound
from trygglofte.model.base import Part, key, many, maybe
from trygglofte.model.common import SignedDocument, Source, When
from trygglofte.model.follow_up import BeforeAfter, FollowUp, Measurement, OtherFigure, Outcome
from trygglofte.model.values import Line, Lines, Names, Number, Prose, Slug, Slugs, YesNo
from trygglofte.model.words import BasisWords, Cadence, CountingWord, DirectionWord, Per, Reporting, Status

__all__ = [
    "Amount",
    "BeforeAfter",
    "Bound",
    "Cadence",
    "Commitment",
    "FocusArea",
    "FollowUp",
    "Indicator",
    "Measurement",
    "OtherFigure",
    "Outcome",
    "Per",
    "Pledge",
    "Status",
]


class Commitment(Part):
    """One promised activity: who, what, where, how much, by when."""

    id: Slug = key("id", "Id", "Kort namn som uppföljningarna hänvisar till.", example="fotpatrull")
    responsible: Names = many("ansvarig", "Ansvarig", "Den eller de parter som lovar.", example="polisen")
    each_by_itself: YesNo = key(
        "var_för_sig", "Var för sig", "Parterna lovar var för sig, och omfattningen gäller var och en.",
        example="ja", default=False,
    )  # fmt: skip
    together_with: Names = many(
        "tillsammans_med", "Tillsammans med", "Parter som hjälper till.", example="[trafikverket]"
    )
    what: Line = key(
        "vad", "Vad", "Åtagandet i klarspråk.", example="Fotpatrullerar kring stationen på kvällarna"
    )
    wording: Prose | None = maybe(
        "ordalydelse",
        "Ordalydelse",
        "Orden i det undertecknade löftet.",
        example="Polisen ska genomföra minst 50 fotpatrullpass per år.",
    )
    amount: Amount | None = maybe(
        "omfattning", "Omfattning", "Hur mycket som lovas.", example="{minst: 50, enhet: pass, per: år}"
    )
    due: When | None = maybe("klart_senast", "Klart senast", "När det ska vara gjort.", example="2026-12-31")
    themes: Slugs = many(
        "teman", "Teman", "Id ur teman.yml, om de skiljer sig från fokusområdets.", example="[trafik]"
    )
    places: Slugs = many("platser", "Platser", "Id ur kommun.yml.", example="[resecentrum]")
    indicators: Slugs = many(
        "indikatorer", "Indikatorer", "Id för de mått som ska påverkas.", example="[otrygga-vid-stationen]"
    )
    carried_from: Slug | None = maybe(
        "från",
        "Från",
        "Åtagandets id i det förra löftet, om det hette något annat där.",
        example="belysning-tunneln",
    )
    not_known: Lines = many(
        "uppgift_saknas", "Uppgift saknas", "Nycklar vars värden källan inte säger.", example="[ansvarig]"
    )


class FocusArea(Part):
    """A group of commitments with a common goal."""

    title: Line = key("titel", "Titel", "Fokusområdets namn.", example="Synlig närvaro")
    themes: Slugs = many("teman", "Teman", "Id ur teman.yml.", example="[otrygga-platser]")
    places: Slugs = many("platser", "Platser", "Id ur kommun.yml.", example="[resecentrum]")
    goal: Line | None = maybe(
        "mål", "Mål", "Vad som ska bli bättre.", example="Färre ska avstå från att resa på kvällen"
    )
    text: Prose | None = maybe(
        "text",
        "Text",
        "Mer om fokusområdet.",
        example="Stationen är den plats som flest känner sig otrygga på.",
    )
    commitments: tuple[Commitment, ...] = many("åtaganden", "Åtaganden", "Vad som lovas.")


class Indicator(Part):
    """A measure that a pledge should move."""

    id: Slug = key("id", "Id", "Kort namn.", example="otrygga-vid-stationen")
    name: Line = key("namn", "Namn", "Vad som mäts.", example="Andel som känner sig otrygga vid stationen")
    unit: Line = key("enhet", "Enhet", "Enhet.", example="procent")
    scale: Line | None = maybe(
        "skala", "Skala", "Skalan och vad dess ändar betyder.", example="0–6, där 0 är minst problem"
    )
    counts: CountingWord | None = maybe(
        "räknar", "Räknar", "Människor, händelser eller annat, när värdet är ett antal.", example="händelser"
    )
    desired: DirectionWord | None = maybe(
        "önskad_riktning", "Önskad riktning", "Åt vilket håll det ska gå.", example="ner"
    )
    baseline: Number | None = maybe("utgångsvärde", "Utgångsvärde", "Värdet från början.", example="31")
    target: Bound | None = maybe("målvärde", "Målvärde", "Värdet som ska nås.", example="{högst: 25}")
    source: Source | None = maybe(
        "källa", "Källa", "Var värdet kommer från.", example="Trygghetsmätningen 2025"
    )


class Pledge(SignedDocument):
    """A promise to residents: focus areas, each with commitments; or commitments without focus areas."""

    agreement: Slug | None = maybe(
        "överenskommelse",
        "Överenskommelse",
        "Id för den överenskommelse löftet hör till.",
        example="2024-2027",
    )
    problem: Prose | None = maybe(
        "problembild",
        "Problembild",
        "Varför löftet behövs.",
        example="Många undviker gångtunneln när det är mörkt.",
    )
    basis: BasisWords = many(
        "underlag", "Underlag", "Vad löftet bygger på.", example="[trygghetsmätning, medborgardialog]"
    )
    places: Slugs = many("platser", "Platser", "Id ur kommun.yml.", example="[resecentrum]")
    indicators: tuple[Indicator, ...] = many("indikatorer", "Indikatorer", "Mått som löftet ska påverka.")
    focus_areas: tuple[FocusArea, ...] = many("fokusområden", "Fokusområden", "Löftets delar.")
    commitments: tuple[Commitment, ...] = many(
        "åtaganden", "Åtaganden", "Åtaganden som inte hör till ett fokusområde."
    )
    reporting: Reporting | None = maybe(
        "följs_upp", "Följs upp", "Hur ofta det redovisas, eller vilka dagar.", example="varje tertial"
    )
    follow_ups: tuple[FollowUp, ...] = many(
        "uppföljningar", "Uppföljningar", "Redovisningar, i vilken ordning som helst."
    )
    replaces: Slug | None = maybe(
        "ersätter", "Ersätter", "Id för det förra löftet.", example="2025-trygg-station"
    )
    former_anchors: Slugs = many(
        "tidigare_ankare",
        "Tidigare ankare",
        "Ställen på sidan som har bytt namn eller försvunnit. Länkar dit leder till sidans ändringar.",
        example="[atagande-fotpatrull]",
    )
    municipalities: Slugs = many(
        "kommuner",
        "Kommuner",
        "Andra kommuner som löftet också gäller, med namnen på deras mappar. Det visas hos dem också.",
        example="[soderhamn]",
    )
