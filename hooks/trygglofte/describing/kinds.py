"""The document types and their parts, with the Swedish names that the model does not need itself."""

from __future__ import annotations

from dataclasses import dataclass

from trygglofte.model import (
    ActionPlan,
    Agreement,
    GlossaryFile,
    MunicipalityFile,
    Pledge,
    PortalFile,
    SituationSummary,
    ThemesFile,
    common,
    municipality,
    pledge,
    shared,
)
from trygglofte.model.action_plan import MeasureReport, PlanFollowUp, PlannedMeasure
from trygglofte.model.appearance import Appearance
from trygglofte.model.base import Part
from trygglofte.model.reviewing import Requirement
from trygglofte.model.situation_summary import Category, Comparison, IndicatorValue, Measure, Reference


@dataclass(frozen=True)
class Kind:
    """A document type. `files` is the glob of its files, `id` the name of what is generated for it."""

    id: str
    model: type[Part]
    files: str
    name: str
    intro: str


KINDS = (
    Kind("overenskommelse", Agreement, "data/*/overenskommelser/*.yml", "Samverkansöverenskommelse",
         "Det som kommunen och polisen har kommit överens om. En fil för varje överenskommelse."),
    Kind("medborgarlofte", Pledge, "data/*/medborgarloften/*.yml", "Medborgarlöfte",
         "Det som kommunen och polisen lovar invånarna, och uppföljningarna av det. En fil för varje löfte."),
    Kind("lagesbild", SituationSummary, "data/*/lagesbilder/*.yml", "Lägesbild",
         "Hur läget är under en period, oftast en månad. En fil för varje period, med år och månad som namn."),
    Kind("atgardsplan", ActionPlan, "data/*/atgardsplaner/*.yml", "Åtgärdsplan",
         "Det som ska göras, med lägesbilden som grund. En fil för varje plan."),
    Kind("kommun", MunicipalityFile, "data/*/kommun.yml", "Kommunens fil",
         "Vilka vi är: namn, parter, platser och kontakter. En fil för varje kommun."),
    Kind("portal", PortalFile, "data/portal.yml", "Portalens fil",
         "Det som gäller hela portalen. Ändras sällan, och delas av alla kommuner."),
    Kind("teman", ThemesFile, "data/teman.yml", "Teman",
         "De teman som alla kommuner delar. Ändra inte utan att fråga."),
    Kind("ordlista", GlossaryFile, "data/ordlista.yml", "Ordlista",
         "Ord som förklaras, och de ord som invånare söker med. Delas av alla kommuner."),
)  # fmt: skip

PARTS: dict[type[Part], str] = {
    common.When: "Tidpunkt",
    common.End: "Slut",
    common.Extension: "Förlängning",
    common.Period: "Giltighetstid",
    common.ReportPeriod: "Redovisad period",
    common.Source: "Källa",
    common.Signatory: "Undertecknare",
    common.Signing: "Undertecknande",
    common.Attachment: "Bilaga",
    common.Change: "Ändring",
    common.Review: "Granskning",
    Requirement: "Krav på granskning av ett dokument",
    common.Withdrawal: "Avpublicering",
    common.Decision: "Beslut",
    common.Hours: "Öppettid",
    common.Contact: "Kontakt",
    pledge.Bound: "Gräns",
    pledge.Amount: "Omfattning",
    pledge.Commitment: "Åtagande",
    pledge.FocusArea: "Fokusområde",
    pledge.Indicator: "Indikator",
    pledge.Outcome: "Utfall",
    pledge.OtherFigure: "Annat tal",
    pledge.BeforeAfter: "Före och efter",
    pledge.Measurement: "Mätvärde",
    pledge.FollowUp: "Uppföljning",
    Comparison: "Jämförelse",
    Category: "Kategori",
    IndicatorValue: "Mått i lägesbild",
    Reference: "Mått för ett annat område",
    Measure: "Åtgärd i lägesbild",
    PlannedMeasure: "Åtgärd i åtgärdsplan",
    PlanFollowUp: "Uppföljning av åtgärdsplan",
    MeasureReport: "Utfall av åtgärd",
    Appearance: "Utseende",
    municipality.PoliceArea: "Lokalpolisområde",
    municipality.Party: "Part",
    municipality.Place: "Plats",
    municipality.Contacts: "Kontaktvägar",
    municipality.Forum: "Forum",
    municipality.Duty: "Ansvar enligt lag",
    municipality.Cooperation: "Samverkan",
    municipality.Protection: "Skydd av små antal",
    municipality.Requirements: "Krav på granskning",
    municipality.Exemption: "Undantag från skyddet",
    municipality.JudgedHistory: "Historik som är bedömd",
    municipality.FewerDocuments: "Bekräftelse av färre dokument",
    shared.Accessibility: "Tillgänglighet",
    shared.Shortcoming: "Brist",
    shared.Theme: "Tema",
    shared.Term: "Term",
}
"""What a group of keys is called, as the heading of its own section."""

SHORT: dict[type[Part], str] = {
    common.When: "ett enda datum som finns, till exempel 2026-01-15, 2026-01 eller 2026",
    common.End: "”tills vidare” eller ett enda datum som finns, till exempel 2026-12-31",
    common.Source: "en enda text: källans titel, eller id för en källa i kommun.yml",
    Comparison: "ett enda ord: lugnare, ungefär som förut, mer problem eller blandat",
}
"""What a part that has a short form may be instead of its keys."""

SHORT_WORDS: dict[type[Part], str] = {common.End: "tills vidare"}
"""Words that a short form knows, beside the value of its keys."""

OPEN: dict[type[Part], tuple[str, ...]] = {
    Agreement: ("parties", "valid", "signing", "purposes", "areas"),
    Pledge: ("parties", "valid", "problem", "focus_areas", "reporting"),
    SituationSummary: ("summary", "comparison", "counts_what", "categories"),
    ActionPlan: ("valid", "measures"),
    MunicipalityFile: ("parties", "places", "contacts"),
    common.Period: ("start", "end"),
    common.Signing: ("date", "by"),
    common.Contact: ("phone", "email"),
    pledge.Commitment: ("responsible", "amount"),
    pledge.FocusArea: ("themes", "commitments"),
    pledge.FollowUp: ("outcomes",),
    pledge.Outcome: ("status",),
    Category: ("count", "text"),
    IndicatorValue: ("source",),
    Measure: ("responsible",),
    PlannedMeasure: ("responsible",),
    PlanFollowUp: ("outcomes",),
    MeasureReport: ("comment",),
    municipality.Contacts: ("centre", "feedback"),
    shared.Term: ("everyday",),
}
"""What one writes at once beside what must be there: in starters without their comment mark, and in snippets."""


def opened(part: type[Part], attribute: str) -> bool:
    """Whether a key is written at once when its part is begun."""
    return part.model_fields[attribute].is_required() or attribute in OPEN.get(part, ())
