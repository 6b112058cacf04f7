"""A municipality's own colour can be read, and its logo is a picture of its own and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from trygglofte.appearance import (
    LEAST_CONTRAST,
    LIGHT_PAPERS,
    MAX_LOGO,
    Fault,
    contrast,
    fault_in,
    is_readable,
    nearest_readable,
)
from trygglofte.model import Filed, Municipality
from trygglofte.model.municipality import MunicipalityFile, Publisher
from trygglofte.problems import Problem

_LOGO = ("appearance", "logo")


def colours_can_be_read(municipality: Municipality) -> Iterator[Problem]:
    """WCAG 2.2, 1.4.3: links in the municipality's colour have a contrast of 4.5 to 1 to what they lie on."""
    file = municipality.file
    look = file.part.appearance
    if look and look.colour and not is_readable(look.colour):
        least = min(contrast(look.colour, paper) for paper in LIGHT_PAPERS)
        yield file.problem(
            "svag-farg",
            f"Färgen {look.colour} är för ljus för länkar: kontrasten är {_ratio(least)} och ska vara minst"
            f" {_ratio(LEAST_CONTRAST)}.",
            f'Den närmaste som går att läsa är "{nearest_readable(look.colour)}".',
            at=("appearance", "colour"),
        )


def the_projects_sites_have_no_look_of_their_own(municipality: Municipality) -> Iterator[Problem]:
    """What the project runs is not to be taken for the municipality's own."""
    file = municipality.file
    if file.part.appearance and file.part.publisher is Publisher.PROJECT:
        yield file.problem(
            "lanat-utseende",
            "Webbplatsen är inte kommunens egen, och kan inte ha kommunens färg eller logotyp.",
            "Ta bort ”utseende”, eller skriv drivs_av: kommunen om kommunen själv står för webbplatsen.",
            at=("appearance",),
            key=True,
        )


def in_logo(file: Filed[MunicipalityFile], raw: bytes | None) -> Iterator[Problem]:
    """What is wrong with the logo that a kommun.yml names. `raw` is None where there is no such file."""
    look = file.part.appearance
    if look is None or look.logo is None:
        return
    if raw is None:
        yield file.problem("saknad-logotyp", f"Filen ”{look.logo}” finns inte i kommunens mapp.",
                           "Lägg den bredvid kommun.yml.", at=_LOGO)  # fmt: skip
        return
    fault = fault_in(raw, look.logo)
    if fault:
        message, hint = _said(*fault)
        yield file.problem("fel-logotyp", message, hint, at=_LOGO)


def _said(fault: Fault, which: str) -> tuple[str, str]:
    if fault is Fault.HEAVY:
        return (
            f"Logotypen väger {_number(int(which))} byte, och får väga högst {_number(MAX_LOGO)}.",
            "Spara den mindre, helst som en enkel SVG.",
        )
    if fault is Fault.BROKEN:
        return f"Logotypen är ingen hel {which}-bild.", "Spara den på nytt från det program där den är gjord."
    if fault is Fault.NO_SIZE:
        return "Logotypen säger inte hur stor den är.", "Spara den på nytt, med viewBox."
    if fault is Fault.LARGE:
        return f"Logotypen är {which} bildpunkter.", "Spara den i högst 400 bildpunkters höjd."
    return (
        f"Logotypen har ”{which}”, som är mer än en bild.",
        "Spara den som vanlig SVG, utan skript, länkar, stilmallar och inbäddade bilder.",
    )


def _ratio(value: float) -> str:
    return f"{int(value * 10) / 10:.1f}".replace(".", ",") + ":1"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")
