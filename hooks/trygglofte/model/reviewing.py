"""Who must have reviewed a document before it is published."""

from __future__ import annotations

from trygglofte.model.base import Part, many, maybe
from trygglofte.model.values import Day, Lines


class Requirement(Part):
    """Who must have reviewed a document before it is published, each by the short name of a party or a function."""

    secrecy_reviewed: Lines = many(
        "sekretessprövad",
        "Sekretessprövad",
        "De parter eller funktioner som ska ha prövat sekretessen.",
        example="[polisen]",
    )
    approved: Lines = many(
        "godkänd",
        "Godkänd",
        "De parter eller funktioner som ska ha godkänt texten.",
        example="[kommunen, polisen]",
    )
    since: Day | None = maybe(
        "från",
        "Från",
        "Gäller bara det som handlar om den dagen eller senare, så att äldre sidor ligger kvar.",
        example="2026-01-01",
    )
