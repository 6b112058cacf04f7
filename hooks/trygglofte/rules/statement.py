"""The accessibility statement says all that lag (2018:1937), DOS-lagen, asks for, and does not contradict itself.

Digg's statement has eleven parts. Eight of them stand in the text of every site or are keys that must be there
(`model.shared.Accessibility`); here is what a key alone cannot hold: that shortcomings are listed where there are
some, that the dates can be true, and that there is somebody to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from trygglofte.model import Filed, Municipality, Shared
from trygglofte.model.base import Part
from trygglofte.model.shared import Accessibility, Conformance
from trygglofte.problems import Problem


def the_portals_statement_is_whole(shared: Shared) -> Iterator[Problem]:
    """The statement in portal.yml, and whom to tell about what does not work (12 § DOS-lagen)."""
    portal = shared.portal
    yield from _faults(portal, portal.part.accessibility)
    who = portal.part.responsible
    if not (who.email or who.phone or who.web):
        yield portal.problem(
            "redogorelse-kontakt",
            "Den ansvariga går inte att nå. DOS-lagen kräver att man kan säga till om brister.",
            "Skriv e-post, telefon eller webb under ”ansvarig”.",
            at=("responsible",),
            key=True,
        )


def a_municipalitys_statement_is_whole(municipality: Municipality) -> Iterator[Problem]:
    """The statement in kommun.yml, where the municipality has one of its own."""
    if municipality.file.part.accessibility:
        yield from _faults(municipality.file, municipality.file.part.accessibility)


def _faults(file: Filed[Part], statement: Accessibility) -> Iterator[Problem]:
    full = statement.conformance is Conformance.FULL
    if not full and not statement.shortcomings:
        yield file.problem(
            "redogorelse-brister",
            f"Webbplatsen är ”{statement.conformance}”, men inga brister räknas upp.",
            "Skriv under ”brister” vad som inte är tillgängligt, och varför.",
            at=("accessibility", "conformance"),
        )
    if full and statement.shortcomings:
        yield file.problem(
            "redogorelse-brister",
            "Webbplatsen är ”helt förenlig”, men har brister.",
            "Skriv ”delvis förenlig”, eller ta bort de brister som är rättade.",
            at=("accessibility", "conformance"),
        )
    if statement.updated < statement.assessed:
        yield file.problem(
            "redogorelse-datum",
            "Redogörelsen uppdaterades före den bedömning som den berättar om.",
            "Skriv den senare dagen under ”uppdaterad”.",
            at=("accessibility", "updated"),
        )
