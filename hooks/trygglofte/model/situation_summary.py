"""The situation summary (lägesbild): monthly and voluntary, or the statutory one of law (2023:196) 4 §."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from trygglofte.model.base import Part, Understood, key, many, maybe
from trygglofte.model.common import Decision, Document, ReportPeriod, Source
from trygglofte.model.values import CountValue, FigureValue, Line, Names, Prose, Slug, YesNo, choice
from trygglofte.model.words import CountingWord, DirectionWord


class Grade(StrEnum):
    """The period against the one before."""

    CALMER = "lugnare"
    SAME = "ungefär som förut"
    MORE_PROBLEMS = "mer problem"
    MIXED = "blandat"


class Comparison(Part):
    """A grade against the period before, or the reason why none is given."""

    grade: Annotated[Grade, Understood(choice(Grade, "en jämförelse"))] | None = maybe(
        "bedömning", "Bedömning", "Lugnare, ungefär som förut, mer problem eller blandat.", example="lugnare"
    )
    withheld: Line | None = maybe("lämnas_inte", "Lämnas inte", "Skälet till att ingen jämförelse görs.",
                                  example="En allvarlig händelse präglar månaden.")  # fmt: skip

    @classmethod
    def from_short(cls, data: Any) -> Any:
        """A word alone is the grade."""
        return {"bedömning": data} if isinstance(data, str) else data


class Category(Part):
    """What was seen within one theme."""

    theme: Slug = key("tema", "Tema", "Id ur teman.yml.", example="skadegorelse")
    count: CountValue | None = maybe("antal", "Antal", "Antal händelser, eller ”färre än 5”.", example="18")
    places: dict[Slug, CountValue] = key(
        "platser",
        "Platser",
        "Antal per plats. Det som sker på en plats inuti en annan räknas i båda.",
        example="{centrum: 11}",
        default={},
    )
    text: Prose | None = maybe(
        "text", "Text", "Vad som setts.", example="Det mesta är klotter. Kommunen tar bort det inom två dygn."
    )
    source: Source | None = maybe("källa", "Källa", "Var uppgiften kommer från.")
    broken: Line | None = maybe(
        "bruten_serie",
        "Bruten serie",
        "Varför temats antal inte kan jämföras med tidigare perioders.",
        example="Butikerna rapporterar stölder från och med nu.",
    )


class Reference(Part):
    """The same figure for somewhere else, to hold an indicator against."""

    area: Line = key(
        "område", "Område", "Polisområdet, länet, regionen eller landet.", example="Polisregion Syd"
    )
    value: FigureValue = key("värde", "Värde", "Värdet där, i samma enhet.", example="905")
    period: ReportPeriod | None = maybe("period", "Period", "Om den skiljer sig från måttets.")
    source: Source | None = maybe("källa", "Källa", "Om den är en annan än måttets.", example="Brå")


class IndicatorValue(Part):
    """A figure with what is needed to read it right."""

    name: Line = key("namn", "Namn", "Vad som mäts.", example="Anmälda brott")
    value: FigureValue = key("värde", "Värde", "Värdet, eller ”färre än 5”.", example="812")
    unit: Line = key("enhet", "Enhet", "Enhet.", example="per 100 000 invånare")
    counts: CountingWord | None = maybe(
        "räknar", "Räknar", "Människor, händelser eller annat, när värdet är ett antal.", example="händelser"
    )
    base: CountValue | None = maybe(
        "bas", "Bas", "Antalet svar, händelser eller invånare som en andel är räknad på.", example="612"
    )
    scale: Line | None = maybe(
        "skala", "Skala", "Skalan och vad dess ändar betyder.", example="0–6, där 0 är minst problem"
    )
    sample: Line | None = maybe(
        "urval", "Urval", "Antal svar och svarsfrekvens.", example="612 svar, 51 procent"
    )
    period: ReportPeriod | None = maybe("period", "Period", "Om den skiljer sig från lägesbildens.")
    preliminary: YesNo | None = maybe(
        "preliminär", "Preliminär", "Om siffran kan ändras. Nej: den är slutlig.", example="ja"
    )
    desired: DirectionWord | None = maybe(
        "önskad_riktning", "Önskad riktning", "Åt vilket håll det bör gå.", example="ner"
    )
    source: Source | None = maybe(
        "källa", "Källa", "Var värdet kommer från.", example="{titel: Brå, hämtad: 2026-11-05}"
    )
    references: tuple[Reference, ...] = many(
        "jämförelse",
        "Jämförelse",
        "Samma mått för ett namngivet område.",
        example="[{område: Hela landet, värde: 14 110}]",
    )


class Measure(Part):
    """What is done about it."""

    what: Line = key("vad", "Vad", "Åtgärden.", example="Extra nattvandring vid resecentrum")
    responsible: Names = many("ansvarig", "Ansvarig", "Den eller de parter som gör det.", example="kommunen")
    theme: Slug | None = maybe("tema", "Tema", "Det tema som åtgärden gäller.", example="otrygga-platser")
    pledge: Slug | None = maybe(
        "löfte", "Löfte", "Id för det löfte den hör till.", example="2026-trygg-station"
    )


class SituationSummary(Document):
    """The picture of a period. A monthly one is never shown as statutory."""

    title: Line | None = maybe(
        "titel", "Titel", "Om den ska heta något annat än sin period.", example="Lägesbild för sommaren 2026"
    )  # type: ignore[assignment]
    period: ReportPeriod = key(
        "period", "Period", "De dagar den gäller.", example="{från: 2026-10-01, till: 2026-10-31}"
    )
    statutory: YesNo = key(
        "lagstadgad", "Lagstadgad", "Om det är lägesbilden enligt 4 §.", example="nej", default=False
    )
    comparison: Comparison | None = maybe(
        "jämfört_med_förra", "Jämfört med förra", "Hur perioden var mot den förra.", example="lugnare"
    )
    counts_what: Line | None = maybe(
        "räknar",
        "Räknar",
        "Vad antalen räknar.",
        example="händelser som skola, socialtjänst och polis rapporterat",
    )
    count: CountValue | None = maybe(
        "antal", "Antal", "Alla händelser i lägesbilden tillsammans, om det ska sägas.", example="112"
    )
    broken: Line | None = maybe(
        "bruten_serie",
        "Bruten serie",
        "Varför antalen inte kan jämföras med tidigare perioders.",
        example="Skolorna rapporterar i ett nytt system.",
    )
    categories: tuple[Category, ...] = many("kategorier", "Kategorier", "Vad som setts, tema för tema.")
    indicators: tuple[IndicatorValue, ...] = many("indikatorer", "Indikatorer", "Andra mått.")
    measures: tuple[Measure, ...] = many("åtgärder", "Åtgärder", "Vad som görs.")
    survey: Prose | None = maybe(
        "kartläggning",
        "Kartläggning",
        "Kartläggning av brottsligheten (4 §).",
        example="De vanligaste brotten är stöld, skadegörelse och bedrägeri.",
    )
    other_information: Prose | None = maybe(
        "övrig_information",
        "Övrig information",
        "Annat av betydelse (4 §).",
        example="Två skolor byggs om under året.",
    )
    analysis: Prose | None = maybe(
        "analys",
        "Analys",
        "Analys av orsaker och utveckling (4 §).",
        example="Skadegörelsen sker mest på kvällar när fritidsgården är stängd.",
    )
    decision: Decision | None = maybe("beslut", "Beslut", "Vem som beslutat lägesbilden.")
