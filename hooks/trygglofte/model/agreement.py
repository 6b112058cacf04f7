"""The cooperation agreement (samverkansöverenskommelse) between a municipality and the police."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from trygglofte.model.base import Understood, many, maybe
from trygglofte.model.common import SignedDocument
from trygglofte.model.values import Line, Lines, Slug, choice


class AgreementLevel(StrEnum):
    """What an agreement steers: the long line, or one year's work under it."""

    STRATEGIC = "strategisk"
    OPERATIVE = "operativ"


class Agreement(SignedDocument):
    """What the parties have agreed. Law (2023:196) 9 §: in writing, with at least purposes and areas."""

    level: (
        Annotated[AgreementLevel, Understood(choice(AgreementLevel, "en nivå på överenskommelsen"))] | None
    ) = maybe(
        "nivå", "Nivå", "Strategisk över flera år, eller operativ under en sådan.", example="strategisk"
    )
    under: Slug | None = maybe(
        "under", "Under", "Id för den strategiska överenskommelse den hör till.", example="2024-2027"
    )
    purposes: Lines = many(
        "syften", "Syften", "Vad samverkan ska leda till (9 §).", example="[Minska brottsligheten]"
    )
    areas: Lines = many(
        "områden", "Områden", "Vad samverkan omfattar (9 §).", example="[Trygga mötesplatser]"
    )
    part_of: Line | None = maybe("ingår_i", "Ingår i", "Ett större program.", example="Tryggare Uppsala län")
    evaluated: Line | None = maybe("utvärderas", "Utvärderas", "Hur ofta den utvärderas.", example="varje år")
    replaces: Slug | None = maybe(
        "ersätter", "Ersätter", "Id för den förra överenskommelsen.", example="2020-2023"
    )
    renewed: Line | None = maybe(
        "förnyar",
        "Förnyar",
        "En tidigare överenskommelse som inte finns här.",
        example="en tidigare överenskommelse",
    )
