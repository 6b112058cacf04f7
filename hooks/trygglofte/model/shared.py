"""What every municipality shares: portal.yml, teman.yml and ordlista.yml."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from trygglofte.model.base import Part, Understood, key, many, maybe
from trygglofte.model.common import Contact
from trygglofte.model.reaching import Url
from trygglofte.model.values import Day, Line, Lines, Prose, Slug, Whole, choice

SCHEMA_VERSION = 1
"""The version of what may be written in data/. A higher one comes with a migration in `migrating`."""


class Conformance(StrEnum):
    """How far a site meets the accessibility requirements, in the words of DOS-lagen's statement."""

    FULL = "helt förenlig"
    PARTIAL = "delvis förenlig"
    NONE = "inte förenlig"


class Shortcoming(Part):
    """Something on the site that is not accessible, and why."""

    what: Line = key("vad", "Vad", "Bristen.", example="Två bilagor saknar rubriker.")
    why: Line = key(
        "varför",
        "Varför",
        "Skälet, och när det åtgärdas.",
        example="De kommer från en annan myndighet. Nya begärs in under våren.",
    )


class Accessibility(Part):
    """The settings of the accessibility statement (lag 2018:1937)."""

    conformance: Annotated[Conformance, Understood(choice(Conformance, "en grad av förenlighet"))] = key(
        "förenlighet", "Förenlighet", "Helt, delvis eller inte förenlig.", example="delvis förenlig"
    )
    standard: Line = key(
        "standard",
        "Standard",
        "Det som webbplatsen har bedömts mot.",
        example="EN 301 549 V3.2.1 (WCAG 2.1 nivå AA)",
    )
    assessed: Day = key("bedömd", "Bedömd", "När webbplatsen bedömdes.", example="2026-11-20")
    updated: Day = key("uppdaterad", "Uppdaterad", "När redogörelsen ändrades.", example="2026-11-20")
    method: Line = key(
        "metod",
        "Metod",
        "Hur den bedömdes.",
        example="Egen granskning med automatiska kontroller och tangentbord.",
    )
    shortcomings: tuple[Shortcoming, ...] = many("brister", "Brister", "Det som inte är tillgängligt.")
    burden: Line | None = maybe(
        "oskälig_betungande",
        "Oskäligt betungande",
        "Det som undantas, och varför.",
        example="Äldre bilagor som PDF, för att de är för många att göra om.",
    )
    outside: Line | None = maybe(
        "utanför_lagen",
        "Utanför lagen",
        "Innehåll som lagen inte omfattar.",
        example="Kartor som bara är till hjälp för att hitta.",
    )


class PortalFile(Part):
    """What portal.yml holds."""

    name: Line = key("namn", "Namn", "Portalens namn.", example="Trygglöfte")
    address: Url = key(
        "adress",
        "Adress",
        "Portalens adress. Varje kommuns följer av den.",
        example="https://trygglofte.example/",
    )
    responsible: Contact = key("ansvarig", "Ansvarig", "Vem som står för portalen.")
    edit: Url | None = maybe(
        "redigera",
        "Redigera",
        "Adressen där filerna kan ändras.",
        example="https://git.example/trygglofte/edit/main/",
    )
    intro: Prose | None = maybe(
        "om",
        "Om",
        "Några meningar överst på portalen.",
        example="Vad lovade kommunen och polisen, och vad blev det av?",
    )
    accessibility: Accessibility = key(
        "tillgänglighet", "Tillgänglighet", "Uppgifter till tillgänglighetsredogörelsen."
    )
    schema_version: Whole = key(
        "schema_version",
        "Version av filerna",
        "Vilken version av reglerna för vad som får stå i data alla filer är skrivna för.",
        example="1",
        default=1,
    )


class Theme(Part):
    """A theme that pledges and situation summaries share."""

    id: Slug = key("id", "Id", "Kort namn.", example="narkotika")
    name: Line = key("namn", "Namn", "Temats namn.", example="Narkotika")
    description: Line = key(
        "beskrivning", "Beskrivning", "Vad temat omfattar.", example="Narkotikabrott, langning och bruk."
    )


class ThemesFile(Part):
    """What teman.yml holds: the closed list of themes."""

    themes: tuple[Theme, ...] = key("teman", "Teman", "Alla teman, i den ordning de visas.")


class Term(Part):
    """A word explained."""

    id: Slug = key("id", "Id", "Kort namn, för länkar.", example="medborgarlofte")
    term: Line = key("term", "Term", "Ordet.", example="medborgarlöfte")
    explanation: Prose = key("förklaring", "Förklaring", "Vad det betyder, enkelt sagt.")
    everyday: Lines = many("vardagsord", "Vardagsord", "Ord som invånare söker med.", example="[löfte]")
    theme: Slug | None = maybe("tema", "Tema", "Tema som ordet hör till.", example="narkotika")


class GlossaryFile(Part):
    """What ordlista.yml holds."""

    terms: tuple[Term, ...] = key("termer", "Termer", "Alla ord.")
