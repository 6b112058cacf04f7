"""The citizen pledge (medborgarlöfte): what was promised, and the follow-ups that say what was done."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainValidator

from trygglofte.model.base import Part, key, many, maybe
from trygglofte.model.common import Attachment, ReportPeriod, SignedDocument, Source, When
from trygglofte.model.values import (
    Day,
    Line,
    Lines,
    Name,
    Names,
    Number,
    Prose,
    ReportedValue,
    Slug,
    Slugs,
    YesNo,
    choice,
)
from trygglofte.model.words import (
    BasisWords,
    Cadence,
    DirectionWord,
    Per,
    PerWord,
    Reporting,
    Status,
    StatusWord,
    Verdict,
)

__all__ = [
    "Amount",
    "Bound",
    "Cadence",
    "Commitment",
    "FocusArea",
    "FollowUp",
    "Indicator",
    "Measurement",
    "Outcome",
    "Per",
    "Pledge",
    "Status",
]


class Bound(Part):
    """A limit for an indicator: at least, at most or exactly."""

    at_least: Number | None = maybe("minst", "Minst", "Lägsta värde.", example="50")
    at_most: Number | None = maybe("högst", "Högst", "Högsta värde.", example="25")
    exactly: Number | None = maybe("exakt", "Exakt", "Just det värdet.", example="2")


class Amount(Bound):
    """How much was promised. One of the limits, `alla`, `inom`, or a direction without a number."""

    everything: YesNo = key("alla", "Alla", "Allt omfattas.", example="ja", default=False)
    within: Number | None = maybe("inom", "Inom", "Längsta tid, i enheten.", example="24")
    direction: DirectionWord | None = maybe(
        "riktning", "Riktning", "Åt vilket håll, utan tal.", example="fler"
    )
    unit: Line | None = maybe("enhet", "Enhet", "Vad som räknas.", example="pass")
    per: PerWord | None = maybe("per", "Per", "Tidsrymden som antalet gäller.", example="år")
    each: Amount | None = maybe(
        "vardera", "Vardera", "Hur mycket var och en omfattar.", example="{minst: 2, enhet: dagar}"
    )
    when: Line | None = maybe("när", "När", "Tider som löftet gäller.", example="fredags- och lördagskvällar")
    ongoing: YesNo = key("löpande", "Löpande", "Görs hela tiden, utan slut.", example="ja", default=False)
    wording: Line | None = maybe(
        "ordalydelse", "Ordalydelse", "Orden i löftet.", example="minst 50 pass per år"
    )


class Commitment(Part):
    """One promised activity: who, what, where, how much, by when."""

    id: Slug = key("id", "Id", "Kort namn som uppföljningarna hänvisar till.", example="fotpatrull")
    responsible: Names = many("ansvarig", "Ansvarig", "Den eller de parter som lovar.", example="polisen")
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
    desired: DirectionWord | None = maybe(
        "önskad_riktning", "Önskad riktning", "Åt vilket håll det ska gå.", example="ner"
    )
    baseline: Number | None = maybe("utgångsvärde", "Utgångsvärde", "Värdet från början.", example="31")
    target: Bound | None = maybe("målvärde", "Målvärde", "Värdet som ska nås.", example="{högst: 25}")
    source: Source | None = maybe(
        "källa", "Källa", "Var värdet kommer från.", example="Trygghetsmätningen 2025"
    )


class Outcome(Part):
    """What a report says about one commitment."""

    status: StatusWord | None = maybe("status", "Status", "Hur långt det har kommit.", example="pågår")
    promised: Amount | None = maybe(
        "lovat",
        "Lovat",
        "Det som var lovat, om rapporten upprepar det. Får inte vara mindre än det som skrevs under.",
        example="{minst: 50, enhet: pass, per: år}",
    )
    done: Line | None = maybe(
        "gjort", "Gjort", "Vad som har gjorts.", example="Nya armaturer sitter uppe i halva tunneln."
    )
    during: ReportedValue | None = maybe(
        "under_perioden", "Under perioden", "Hur mycket som gjorts under perioden.", example="18"
    )
    total: ReportedValue | None = maybe(
        "totalt_hittills", "Totalt hittills", "Hur mycket som gjorts sedan löftet började.", example="54"
    )
    counted: Line | None = maybe(
        "räknat", "Räknat", "Hur det har räknats.", example="medräknat passen vid hotspots"
    )
    result: Line | None = maybe(
        "resultat", "Resultat", "Vad det har lett till.", example="Färre klotter i tunneln."
    )
    new_due: When | None = maybe(
        "ny_tidplan", "Ny tidplan", "Ny tid för när det ska vara klart.", example="2026-11"
    )
    cause: Line | None = maybe(
        "orsak", "Orsak", "Varför det inte blev som lovat.", example="Upphandlingen överklagades."
    )
    next_step: Line | None = maybe(
        "nästa_steg", "Nästa steg", "Vad som händer nu.", example="Arbetet börjar i augusti."
    )
    corrects: Line | None = maybe(
        "rättar", "Rättar", "Varför en tidigare uppgift ändras.", example="Två pass räknades dubbelt i våras."
    )
    per_party: dict[Name, Outcome] | None = maybe(
        "per_part",
        "Per part",
        "Utfallet för var och en av parterna.",
        example="{kommunen: {status: genomfört}}",
    )
    source: Source | None = maybe("källa", "Källa", "Var uppgiften kommer från.")


class Measurement(Part):
    """A value of an indicator at a point in time."""

    indicator: Slug = key("indikator", "Indikator", "Indikatorns id.", example="otrygga-vid-stationen")
    value: Number = key("värde", "Värde", "Det uppmätta värdet.", example="28")
    date: When = key("datum", "Datum", "När det mättes.", example="2026-04")
    source: Source | None = maybe("källa", "Källa", "Var värdet kommer från.")


class FollowUp(Part):
    """A dated report of what was done against what was promised."""

    period: ReportPeriod = key(
        "period", "Period", "De dagar rapporten gäller.", example="{från: 2026-01-01, till: 2026-04-30}"
    )
    published: Day = key("publicerad", "Publicerad", "När rapporten lades ut.", example="2026-05-11")
    reported_by: Names = key(
        "rapporterat_av", "Rapporterat av", "De parter som lämnat uppgifter.", example="[polisen, kommunen]"
    )
    summary: Prose | None = maybe(
        "sammanfattning",
        "Sammanfattning",
        "Det viktigaste i några meningar.",
        example="Polisen har varit mer vid stationen än lovat. Belysningen är försenad.",
    )
    outcomes: dict[Slug, Outcome] = key(
        "utfall",
        "Utfall",
        "Vad som hänt med varje åtagande, med åtagandets id.",
        example="{fotpatrull: {totalt_hittills: 54}}",
        default={},
    )
    measurements: tuple[Measurement, ...] = many("mätvärden", "Mätvärden", "Nya värden på indikatorer.")
    beyond: Lines = many(
        "utöver_löftet",
        "Utöver löftet",
        "Sådant som gjorts utan att vara lovat.",
        example="[Två trygghetsvandringar med hyresgästföreningen]",
    )
    incomplete: YesNo = key(
        "ofullständig", "Ofullständig", "Rapporten ger bara exempel.", example="ja", default=False
    )
    verdict: Annotated[Verdict, PlainValidator(choice(Verdict, "ett omdöme"))] | None = maybe(
        "omdöme", "Omdöme", "Den som rapporterar sammanfattar löftet.", example="delvis uppfyllt"
    )
    sources: tuple[Source, ...] = many("källor", "Källor", "Var uppgifterna kommer från.")
    attachments: tuple[Attachment, ...] = many("bilagor", "Bilagor", "Rapporten som dokument.")


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
        "kommuner", "Kommuner", "Andra kommuner som löftet också gäller.", example="[soderhamn]"
    )
