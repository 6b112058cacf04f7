"""The follow-up (uppföljning): what a report says was done against what was promised."""

from __future__ import annotations

from trygglofte.model.amounts import Amount
from trygglofte.model.base import Part, key, many, maybe
from trygglofte.model.common import Attachment, ReportPeriod, Source, When, Withdrawal
from trygglofte.model.values import (
    Day,
    Line,
    Lines,
    Name,
    Names,
    Number,
    Prose,
    ReportedValue,
    ReportedValues,
    Slug,
    YesNo,
)
from trygglofte.model.words import StatusWord, VerdictWord


class OtherFigure(Part):
    """A figure in another unit than the promised one: told beside it and never added to it."""

    unit: Line = key("enhet", "Enhet", "Vad som räknas här.", example="samtal med unga")
    during: ReportedValue | None = maybe(
        "under_perioden", "Under perioden", "Hur mycket under perioden.", example="40"
    )
    total: ReportedValue | None = maybe(
        "totalt_hittills", "Totalt hittills", "Hur mycket sedan löftet började.", example="120"
    )


class BeforeAfter(Part):
    """A comparison that a promised direction (”fler”, ”ner”) can be judged against."""

    before: Number = key("före", "Före", "Värdet före löftet.", example="112")
    after: Number = key("efter", "Efter", "Det nya värdet.", example="138")
    of: Line | None = maybe(
        "avser", "Avser", "Vad som jämförs, och vilka tider.", example="anmälda trafikbrott 2025 och 2026"
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
    out_of: Number | None = maybe(
        "av", "Av", "Hur många det var i allt, när löftet gäller alla, en andel eller en längsta tid.",
        example="61",
    )  # fmt: skip
    each: ReportedValues = many(
        "vardera", "Vardera", "Hur mycket var och en omfattade: ett värde för alla, eller ett för varje.",
        example="[3, 2]",
    )  # fmt: skip
    others: tuple[OtherFigure, ...] = many(
        "andra_tal", "Andra tal", "Tal i andra enheter. De läggs aldrig ihop med löftets.",
        example="[{enhet: samtal med unga, under_perioden: 40}]",
    )  # fmt: skip
    comparison: BeforeAfter | None = maybe(
        "jämförelse", "Jämförelse", "Före och efter, när löftet säger åt vilket håll det ska gå.",
        example="{före: 112, efter: 138}",
    )  # fmt: skip
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
    verdict: VerdictWord | None = maybe(
        "omdöme", "Omdöme", "Den som rapporterar sammanfattar löftet.", example="delvis uppfyllt"
    )
    sources: tuple[Source, ...] = many("källor", "Källor", "Var uppgifterna kommer från.")
    attachments: tuple[Attachment, ...] = many("bilagor", "Bilagor", "Rapporten som dokument.")
    withdrawn: Withdrawal | None = maybe(
        "avpublicerad", "Avpublicerad", "Att uppföljningen är borttagen, och varför."
    )
