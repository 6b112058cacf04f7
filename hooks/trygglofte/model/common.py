"""Parts that several document types share: sources, signatures, decisions, contacts; and periods, from `periods`."""

from __future__ import annotations

from typing import Any

from trygglofte.model.base import Part, key, many, maybe
from trygglofte.model.periods import End, Extension, Period, ReportPeriod, When
from trygglofte.model.reaching import Address, Clock, Email, Phone, Url, Weekdays
from trygglofte.model.reviewing import Requirement
from trygglofte.model.values import Day, Line, Lines, Moment, Name, Names, Prose, Seal, Slug, YesNo

__all__ = [
    "Attachment",
    "Change",
    "Contact",
    "Decision",
    "Document",
    "End",
    "Extension",
    "Hours",
    "Period",
    "ReportPeriod",
    "Review",
    "Signatory",
    "SignedDocument",
    "Signing",
    "Source",
    "When",
    "Withdrawal",
]


class Source(Part):
    """Where a fact comes from. A short form is its title, or the id of a source in kommun.yml."""

    id: Slug | None = maybe("id", "Id", "Kort namn, för att hänvisa till källan.", example="pressmeddelande")
    title: Line = key("titel", "Titel", "Källans rubrik eller namn.", example="Trygghetsmätningen 2025")
    publisher: Line | None = maybe("utgivare", "Utgivare", "Vem som gett ut den.", example="Brå")
    url: Url | None = maybe("webb", "Webbadress", "Var den finns.", example="https://bra.se/")
    date: When | None = maybe("datum", "Datum", "När den är daterad.", example="2026-03")
    updated: When | None = maybe(
        "uppdaterad", "Uppdaterad", "När källan säger att den ändrades senast.", example="2024-05-10"
    )
    fetched: Day | None = maybe("hämtad", "Hämtad", "När uppgiften hämtades.", example="2026-11-05")
    facts: Lines = many(
        "uppgifter", "Uppgifter", "Nycklar vars värden källan står för.", example="[kommunkod]"
    )
    note: Line | None = maybe(
        "anmärkning", "Anmärkning", "Något läsaren bör veta om källan.", example="Sidan saknar datum."
    )

    @classmethod
    def from_short(cls, data: Any) -> Any:
        """A text alone is the title, or the id of a source in kommun.yml."""
        return {"titel": data} if isinstance(data, str) and data else data


class Signatory(Part):
    """Somebody who signed: name, role and party at that time."""

    name: Line | None = maybe(
        "namn", "Namn", "Den som skrev under. Kan tas bort medan rollen står kvar.", example="Anna Exempel"
    )
    role: Line = key(
        "roll", "Roll", "Uppdrag eller tjänst vid undertecknandet.", example="kommunstyrelsens ordförande"
    )
    party: Name = key("för", "För", "Den part som personen skrev under för.", example="kommunen")


class Signing(Part):
    """When and by whom a document was signed."""

    date: When | None = maybe("datum", "Datum", "När det skrevs under.", example="2026-01-15")
    by: tuple[Signatory, ...] = many("av", "Av", "De som skrev under.")
    seal: Seal | None = maybe(
        "sigill",
        "Sigill",
        "Skrivs av trygglofte seal. Visar att det som skrevs under inte har ändrats sedan dess.",
        example=f"sha256-{'0' * 64}",
    )


class Attachment(Part):
    """A document that belongs to the page."""

    title: Line = key("titel", "Titel", "Vad bilagan är.", example="Undertecknad överenskommelse")
    url: Url = key("webb", "Webbadress", "Var den finns.", example="https://kommunen.se/avtal.pdf")
    format: Line | None = maybe("format", "Format", "Filformat.", example="PDF")
    size: Line | None = maybe("storlek", "Storlek", "Filens storlek.", example="240 kB")
    language: Line | None = maybe("språk", "Språk", "Språkkod, om den inte är på svenska.", example="en")


class Change(Part):
    """Something that was changed: a decision of the parties, or a mistake of ours set right."""

    date: Day = key("datum", "Datum", "När det ändrades.", example="2026-03-02")
    what: Line = key("vad", "Vad", "Vad som ändrades.", example="Belysningen skjuts till november.")
    why: Line | None = maybe("varför", "Varför", "Skälet.", example="Upphandlingen överklagades.")
    commitment: Slug | None = maybe(
        "åtagande", "Åtagande", "Id för det åtagande som ändrades.", example="belysning"
    )
    before: Line | None = maybe(
        "före", "Före", "Hur det löd innan, om det rör det som skrevs under.", example="klart i juni 2026"
    )
    after: Line | None = maybe("efter", "Efter", "Hur det lyder nu.", example="klart i november 2026")
    hide_before: YesNo = key(
        "dölj_före",
        "Dölj före",
        "Visa inte hur det löd innan: det innehöll något som inte får stå där.",
        example="ja",
        default=False,
    )
    seal: Seal | None = maybe(
        "sigill",
        "Sigill",
        "Skrivs av trygglofte seal. Gäller det som skrevs under, som det lyder efter ändringen.",
        example=f"sha256-{'0' * 64}",
    )


class Review(Part):
    """A review or an approval by a named function."""

    date: Day = key("datum", "Datum", "När.", example="2026-01-12")
    role: Line = key(
        "funktion", "Funktion", "Vilken funktion, inte vilken person.", example="kommunikationschef"
    )
    party: Name | None = maybe("part", "Part", "För vilken part.", example="polisen")
    record: Line | None = maybe("diarienummer", "Diarienummer", "Ärendets nummer.", example="KS-2026/112")


class Withdrawal(Part):
    """That a document was taken down. Its address stays and says so."""

    date: Day = key("datum", "Datum", "När det togs bort.", example="2026-05-02")
    reason: Line = key("skäl", "Skäl", "Varför.", example="Innehöll uppgifter som kunde peka ut en person.")


class Decision(Part):
    """A decision by a political or administrative body."""

    date: When | None = maybe("datum", "Datum", "När beslutet fattades.", example="2025-11-24")
    body: Line = key("organ", "Organ", "Vem som beslutade.", example="kommunstyrelsen")
    record: Line | None = maybe("diarienummer", "Diarienummer", "Ärendets nummer.", example="KS-2025/301")


class Hours(Part):
    """Opening hours on some days of the week."""

    days: Weekdays = key("dagar", "Dagar", "Veckodagar.", example="måndag–onsdag")
    opens: Clock = key("öppnar", "Öppnar", "Klockslag.", example="08.00")
    closes: Clock = key("stänger", "Stänger", "Klockslag.", example="17.00")


class Contact(Part):
    """How to reach a function. Never a person's own number or address."""

    name: Line = key("namn", "Namn", "Funktionens namn.", example="Kontaktcenter")
    description: Line | None = maybe(
        "beskrivning",
        "Beskrivning",
        "Vad man kan få hjälp med.",
        example="Här kan du ställa frågor om trygghetsarbetet.",
    )
    phone: Phone | None = maybe(
        "telefon", "Telefon", "Telefonnummer till en växel eller funktion.", example="042-10 50 00"
    )
    email: Email | None = maybe(
        "e-post", "E-post", "Funktionens e-postadress.", example="trygghet@kommunen.se"
    )
    web: Url | None = maybe(
        "webb", "Webbadress", "Sida med mer om kontakten.", example="https://kommunen.se/kontakt/"
    )
    address: Line | None = maybe("besöksadress", "Besöksadress", "Dit man kan gå.", example="Stortorget 17")
    hours: tuple[Hours, ...] = many("öppettider", "Öppettider", "När det är öppet.")
    exceptions: Line | None = maybe(
        "avvikelser", "Avvikelser", "När andra tider gäller.", example="Andra tider kring helgdagar."
    )
    source: Source | None = maybe("källa", "Källa", "Var uppgiften kommer från.")


class Document(Part):
    """What every document may carry, whatever its type."""

    title: Line = key("titel", "Titel", "Rubriken på sidan.", example="Tryggare vid stationen")
    summary: Prose | None = maybe(
        "sammanfattning",
        "Sammanfattning",
        "Det viktigaste i några meningar.",
        example="Polisen och kommunen lovar att synas mer vid stationen.",
    )
    sources: tuple[Source, ...] = many("källor", "Källor", "Var uppgifterna kommer från.")
    attachments: tuple[Attachment, ...] = many("bilagor", "Bilagor", "Dokument som hör till.")
    publish_from: Moment | None = maybe(
        "publiceras_från",
        "Publiceras från",
        "Syns först från den dagen, eller från klockslaget.",
        example="2026-02-01",
    )
    corrections: tuple[Change, ...] = many("rättelser", "Rättelser", "Fel som vi har gjort och rättat.")
    changes: tuple[Change, ...] = many("ändringar", "Ändringar", "Det som parterna har beslutat att ändra.")
    secrecy_reviewed: tuple[Review, ...] = many(
        "sekretessprövad", "Sekretessprövad", "Vem som har prövat sekretessen."
    )
    approved: tuple[Review, ...] = many("godkänd", "Godkänd", "Vem som har godkänt texten.")
    requires: Requirement | None = maybe(
        "kräver",
        "Kräver",
        "De som ska ha granskat dokumentet innan det visas, utöver vad kommunen alltid kräver.",
    )
    easy_read: Prose | None = maybe(
        "lättläst",
        "Lättläst",
        "Samma innehåll på lättläst svenska.",
        example="Polisen ska gå runt vid stationen på kvällen.",
    )
    english: Prose | None = maybe(
        "sammanfattning_engelska",
        "Sammanfattning på engelska",
        "Några meningar på engelska.",
        example="The police and the municipality promise to be more visible at the station.",
    )
    former_addresses: tuple[Address, ...] = many(
        "tidigare_adresser",
        "Tidigare adresser",
        "Sidans gamla adresser, som leder hit.",
        example="[/medborgarloften/gammalt-namn/]",
    )
    withdrawn: Withdrawal | None = maybe(
        "avpublicerad", "Avpublicerad", "Att sidan är borttagen, och varför."
    )
    not_known: Lines = many(
        "uppgift_saknas",
        "Uppgift saknas",
        "Nycklar vars värden källan inte säger.",
        example="[gäller, diarienummer]",
    )


class SignedDocument(Document):
    """A document that parties sign: an agreement or a pledge."""

    parties: Names = many(
        "parter",
        "Parter",
        "De som lovar eller kommer överens, med sina korta namn.",
        example="[kommunen, polisen]",
    )
    valid: Period | None = maybe(
        "gäller", "Gäller", "Från när till när.", example="{från: 2026-01-01, till: 2026-12-31}"
    )
    signing: Signing | None = maybe("undertecknande", "Undertecknande", "När och av vilka det skrevs under.")
    police_areas: Lines = many(
        "lokalpolisområde",
        "Lokalpolisområde",
        "Polisområdet vid undertecknandet, eller flera i en lista.",
        example="Lokalpolisområde Värnamo",
    )
    record: dict[Name, Line] | None = maybe(
        "diarienummer", "Diarienummer", "Ett per part.", example="{kommunen: KS-2025/214}"
    )
