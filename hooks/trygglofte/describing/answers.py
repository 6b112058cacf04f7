"""What the check says of an example: the reader's own words, so that the reference never says something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from trygglofte.describing.examples import understood
from trygglofte.model import MunicipalityFile, Pledge, SituationSummary, interpret
from trygglofte.model.base import Part
from trygglofte.reading import read_document


@dataclass(frozen=True)
class Form:
    """A way of writing that is no type of value of its own, with lines right and wrong of a document type."""

    name: str
    how: str
    model: type[Part]
    right: tuple[str, ...]
    wrong: tuple[str, ...]


FORMS = (
    Form(
        "Lista",
        "Inom hakparenteser, eller en rad för varje med bindestreck och mellanslag först. Där tabellen säger "
        "”en eller flera” får en enda skrivas utan lista.",
        Pledge,
        ("parter: [kommunen, polisen]", "platser:", "  - resecentrum", "  - centrum", "teman: trafik"),
        ("åtaganden: Städar torget", "parter: kommunen och polisen"),
    ),
    Form(
        "Period",
        "Första och sista dagen. En [redovisad period](#redovisad-period) har alltid båda; en "
        "[giltighetstid](#giltighetstid) får sluta `tills vidare`, och säger inte mer än källan gör.",
        SituationSummary,
        ("period: {från: 2026-10-01, till: 2026-10-31}", "gäller: {från: 2026-01, till: tills vidare}"),
        ("period: 2026-10", "period: {från: 2026-10-01}", "period: {från: 2026-10-01, till: 2026-10-32}"),
    ),
    Form(
        "Nyckel",
        "Ett ord ur tabellerna ovan, ett kolon och ett mellanslag. Samma nyckel får stå en gång på varje ställe.",
        MunicipalityFile,
        ("kortnamn: Söderhamn",),
        ("kortnam: Söderhamn", "platser:"),
    ),
)


def answer_to(understand: Callable[[Any], Any], written: str) -> str:
    """What is said of a value that a type does not understand."""
    try:
        understand(understood(written))
    except PydanticCustomError as error:
        return f"{error.message()} {(error.context or {}).get('hint', '')}".strip()
    raise ValueError(f"{written} is an example of what is wrong, and is understood")


def answers_to(model: type[Part], written: str) -> str:
    """What is said of a line in a document, missing keys of the document itself apart."""
    tree, problems = read_document(f"{written}\n".encode(), "x")
    assert tree is not None, problems
    found = [*problems, *interpret(tree, model, "x").problems]
    asked = [item for item in found if item.field or item.kind != "saknad-nyckel"]
    return " ".join(f"{item.message} {item.hint}".strip() for item in asked)
