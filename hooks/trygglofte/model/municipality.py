"""kommun.yml: who the municipality is, whom to contact, and how it cooperates with the police."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from trygglofte.model.appearance import Appearance
from trygglofte.model.base import Part, Understood, key, many, maybe
from trygglofte.model.common import Contact, Period, Source
from trygglofte.model.reaching import Url
from trygglofte.model.reviewing import Requirement
from trygglofte.model.shared import Accessibility
from trygglofte.model.values import CommuneCode, Day, Line, Lines, Name, Prose, Slug, Whole, YesNo, choice


class Publisher(StrEnum):
    """Who answers for the site: the municipality itself, or the project from public texts."""

    MUNICIPALITY = "kommunen"
    PROJECT = "projektet"


class PoliceArea(Part):
    """A local police area and the time it has been the municipality's. Areas merge and split."""

    name: Line = key("namn", "Namn", "Områdets namn.", example="Lokalpolisområde Värnamo")
    valid: Period | None = maybe("gäller", "Gäller", "Från när till när.")
    source: Source | None = maybe("källa", "Källa", "Var uppgiften kommer från.")


class Party(Part):
    """Somebody who promises or takes part, and the short name used for it in the documents."""

    id: Name = key("id", "Id", "Kort namn.", example="kommunen")
    name: Line = key("namn", "Namn", "Hela namnet.", example="Söderhamns kommun")


class Place(Part):
    """A place that documents mention."""

    id: Slug = key("id", "Id", "Kort namn.", example="resecentrum")
    name: Line = key("namn", "Namn", "Platsens namn.", example="Resecentrum")
    within: Slug | None = maybe("i", "I", "Id för den större plats den ligger i.", example="centrum")
    threshold: Whole | None = maybe(
        "tröskel",
        "Tröskel",
        "Antal under detta visas inte för platsen, om det är fler än kommunens.",
        example="10",
    )
    description: Line | None = maybe(
        "beskrivning", "Beskrivning", "Var det är.", example="Tågstationen, bussarna och gatorna närmast."
    )


class Contacts(Part):
    """Whom residents can turn to."""

    centre: Contact | None = maybe("kontaktcenter", "Kontaktcenter", "En väg in till kommunen.")
    coordination: Contact | None = maybe(
        "samordningsfunktion", "Samordningsfunktion", "Kontaktpunkt för brottsförebyggande arbete (12 §)."
    )
    feedback: Contact | None = maybe("synpunkter", "Synpunkter", "Dit man säger till om fel på sidan.")


class Forum(Part):
    """Where and how often the parties meet."""

    name: Line = key("namn", "Namn", "Forumets namn.", example="Brottsförebyggande rådet")
    rhythm: Line | None = maybe("rytm", "Rytm", "Hur ofta det möts.", example="varje vecka")
    participants: Lines = many(
        "deltar", "Deltar", "De som är med.", example="[kommunen, polisen, bostadsbolaget]"
    )
    what: Line | None = maybe("vad", "Vad", "Vad det gör.", example="Planerar det gemensamma arbetet.")
    source: Source | None = maybe("källa", "Källa", "Var uppgiften kommer från.")


class Duty(Part):
    """A duty of law (2023:196) and how the municipality meets it."""

    paragraphs: Line | None = maybe("lagrum", "Lagrum", "Paragraf i lag (2023:196).", example="11–12 §§")
    title: Line = key("titel", "Titel", "Uppgiften med få ord.", example="Samordningsfunktion")
    how: Line = key(
        "hur", "Hur", "Hur kommunen gör.", example="Brottsförebyggande samordnaren är kontaktpunkt."
    )
    source: Source | None = maybe("källa", "Källa", "Var uppgiften kommer från.")


class Cooperation(Part):
    """How municipality and police work together, whatever agreements and pledges there are."""

    text: Prose | None = maybe(
        "text",
        "Text",
        "Samverkan i några meningar.",
        example="Kommunen och polisen möts varje vecka och delar en lägesbild.",
    )
    forums: tuple[Forum, ...] = many("forum", "Forum", "Där parterna möts.")
    duties: tuple[Duty, ...] = many(
        "ansvar", "Ansvar enligt lag", "Vad lagen lägger på kommunen, och hur det görs."
    )
    challenges: Lines = many(
        "utmaningar", "Utmaningar", "Det som parterna själva pekar på.", example="[Otrygghet vid stationen]"
    )
    measures: Lines = many(
        "åtgärder", "Åtgärder", "Exempel på vad som görs.", example="[Fältgrupp på kvällar och helger]"
    )
    written: Line | None = maybe(
        "skrivet", "Skrivet", "Vad som är känt om när uppgifterna skrevs.", example="före den 1 juli 2023"
    )
    sources: tuple[Source, ...] = many("källor", "Källor", "Var uppgifterna kommer från.")


class Exemption(Part):
    """Something that looks as if it were a person's and is not: a switchboard, a function, an office-holder."""

    what: Line = key(
        "uppgift",
        "Uppgift",
        "Telefonnumret, e-postadressen, adressen eller bilnumret, som det skrivs.",
        example="070-174 06 20",
    )
    why: Line = key(
        "varför",
        "Varför",
        "Varför den får stå i en öppen fil.",
        example="Fältgruppens jourtelefon, som går runt i arbetslaget.",
    )


class JudgedHistory(Part):
    """Older versions in git that somebody has looked at: counts that are hidden now may stand in them."""

    until: Day = key("till", "Till", "Sista dagen vars versioner är bedömda.", example="2026-03-31")
    why: Line = key(
        "varför",
        "Varför",
        "Vem som har bedömt det, och varför de får vara kvar.",
        example="Gränsen höjdes från 3 till 5. Dataskyddsombudet bedömde att de äldre talen inte pekar ut någon.",
    )


class Protection(Part):
    """How small counts are protected. No law sets the number; it is the municipality's choice."""

    threshold: Whole = key("tröskel", "Tröskel", "Antal under detta visas inte.", example="5", default=5)
    exemptions: tuple[Exemption, ...] = many(
        "undantag", "Undantag", "Uppgifter som ser ut som en persons, men inte är det. Aldrig personnummer."
    )
    judged_history: JudgedHistory | None = maybe(
        "bedömd_historik",
        "Bedömd historik",
        "Äldre versioner vars antal kommunen har bedömt. De räknas inte när det dolda prövas.",
        example="{till: 2026-03-31, varför: Gränsen höjdes. Dataskyddsombudet har bedömt de äldre talen.}",
    )


class Requirements(Part):
    """What must be reviewed before it is published, by type of document. What is left out needs no review."""

    agreements: Requirement | None = maybe(
        "överenskommelser", "Överenskommelser", "Granskning av överenskommelser."
    )
    pledges: Requirement | None = maybe("medborgarlöften", "Medborgarlöften", "Granskning av löften.")
    summaries: Requirement | None = maybe("lägesbilder", "Lägesbilder", "Granskning av lägesbilder.")
    plans: Requirement | None = maybe("åtgärdsplaner", "Åtgärdsplaner", "Granskning av åtgärdsplaner.")


class FewerDocuments(Part):
    """That many documents are gone on purpose, so that a folder lost by mistake is told from one taken away."""

    count: Whole = key("antal", "Antal", "Så många dokument ska finnas kvar.", example="12")
    why: Line = key(
        "varför", "Varför", "Skälet.", example="Lägesbilderna från 2019 gällde en annan kommundel."
    )


class MunicipalityFile(Part):
    """What kommun.yml holds."""

    name: Line = key("namn", "Namn", "Kommunens namn.", example="Söderhamns kommun")
    short_name: Line = key("kortnamn", "Kortnamn", "Namnet utan ”kommun”.", example="Söderhamn")
    county: Line | None = maybe("län", "Län", "Länet.", example="Gävleborgs län")
    code: CommuneCode = key("kommunkod", "Kommunkod", "SCB:s kod, fyra siffror.", example="2182")
    publisher: Annotated[Publisher, Understood(choice(Publisher, "någon som kan stå för webbplatsen"))] = key(
        "drivs_av",
        "Drivs av",
        "Vem som står för webbplatsen.",
        example="kommunen",
        default=Publisher.MUNICIPALITY,
    )
    made_up: YesNo = key("påhittad", "Påhittad", "Kommunen finns inte.", example="ja", default=False)
    example_day: Day | None = maybe(
        "exempeldag",
        "Exempeldag",
        "Dagen som webbplatsen räknar som i dag. Bara för en påhittad kommun.",
        example="2026-09-15",
    )
    address: Url | None = maybe(
        "adress",
        "Adress",
        "Webbplatsens adress, om den inte följer av portalens.",
        example="https://trygghet.kommunen.se/",
    )
    intro: Prose | None = maybe(
        "om",
        "Om",
        "Några meningar överst på startsidan.",
        example="Här kan du läsa vad kommunen och polisen har lovat, och vad som har gjorts.",
    )
    appearance: Appearance | None = maybe(
        "utseende", "Utseende", "Kommunens färg och logotyp. Bara när kommunen själv står för webbplatsen."
    )
    accessibility: Accessibility | None = maybe(
        "tillgänglighet",
        "Tillgänglighet",
        "Kommunens egen tillgänglighetsredogörelse. Annars gäller portalens.",
    )
    police_areas: tuple[PoliceArea, ...] = many(
        "lokalpolisområden", "Lokalpolisområden", "Polisområden som kommunen hör eller har hört till."
    )
    parties: tuple[Party, ...] = key("parter", "Parter", "De som förekommer i dokumenten.")
    places: tuple[Place, ...] = many("platser", "Platser", "Platser som dokumenten nämner.")
    contacts: Contacts = key("kontakt", "Kontakt", "Dit invånare kan vända sig.", default=Contacts())
    protection: Protection = key("skydd", "Skydd", "Hur små antal skyddas.", default=Protection())
    requires: Requirements | None = maybe(
        "kräver", "Kräver", "De som ska ha granskat ett dokument innan det visas. Annars väntar sidan."
    )
    reporting_days: Whole = key(
        "redovisningstid",
        "Redovisningstid",
        "Dagar efter periodens slut som en uppföljning får ta.",
        example="30",
        default=30,
    )
    fewer_documents: FewerDocuments | None = maybe(
        "färre_dokument",
        "Färre dokument",
        "Bekräftar att mer än vart femte dokument tas bort på en gång.",
        example="{antal: 12, varför: De gällde en annan kommun.}",
    )
    cooperation: Cooperation | None = maybe("samverkan", "Samverkan", "Så samverkar kommun och polis.")
    sources: tuple[Source, ...] = many("källor", "Källor", "Källor som dokumenten hänvisar till.")
    not_known: Lines = many(
        "uppgift_saknas",
        "Uppgift saknas",
        "Nycklar vars värden källan inte säger.",
        example="[lokalpolisområden]",
    )
