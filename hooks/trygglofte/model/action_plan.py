"""The action plan (åtgärdsplan), law (2023:196) 5 §: decided with the situation summary as its basis."""

from __future__ import annotations

from trygglofte.model.base import Part, key, many, maybe
from trygglofte.model.common import Decision, Document, Period, When
from trygglofte.model.values import Day, Line, Names, Prose, Slug, Slugs
from trygglofte.model.words import StatusWord


class PlannedMeasure(Part):
    """One measure of the plan."""

    id: Slug = key("id", "Id", "Kort namn.", example="foraldrastod")
    what: Line = key("vad", "Vad", "Åtgärden.", example="Erbjuder föräldrastöd i alla grundskolor")
    responsible: Names = many("ansvarig", "Ansvarig", "Den eller de parter som gör det.", example="kommunen")
    themes: Slugs = many("teman", "Teman", "Id ur teman.yml.", example="[narkotika]")
    places: Slugs = many("platser", "Platser", "Id ur kommun.yml.", example="[centrum]")
    due: When | None = maybe("klart_senast", "Klart senast", "När det ska vara gjort.", example="2026-12")
    pledge: Slug | None = maybe(
        "löfte", "Löfte", "Id för det löfte den hör till.", example="2026-trygg-station"
    )
    status: StatusWord | None = maybe("status", "Status", "Hur långt det har kommit.", example="pågår")
    comment: Line | None = maybe(
        "kommentar", "Kommentar", "Vad som hänt.", example="Två av tre skolor har börjat."
    )


class MeasureReport(Part):
    """What a follow-up says about one measure."""

    status: StatusWord = key("status", "Status", "Hur långt åtgärden har kommit.", example="pågår")
    comment: Line | None = maybe(
        "kommentar", "Kommentar", "Vad som hänt.", example="Två av tre skolor har börjat."
    )
    new_due: When | None = maybe(
        "ny_tidplan", "Ny tidplan", "Ny tid för när den ska vara klar.", example="2026-11"
    )


class PlanFollowUp(Part):
    """A dated report of how far the plan has come."""

    published: Day = key("publicerad", "Publicerad", "När uppföljningen lades ut.", example="2026-02-23")
    reported_by: Names = many(
        "rapporterat_av", "Rapporterat av", "De parter som lämnat uppgifter.", example="[kommunen, polisen]"
    )
    summary: Prose | None = maybe(
        "sammanfattning",
        "Sammanfattning",
        "Det viktigaste i några meningar.",
        example="Belysningen är försenad. Resten följer planen.",
    )
    outcomes: dict[Slug, MeasureReport] = key(
        "utfall",
        "Utfall",
        "Hur långt varje åtgärd har kommit, med åtgärdens id.",
        example="{foraldrastod: {status: pågår}}",
        default={},
    )


class ActionPlan(Document):
    """What the municipality will do to prevent crime, and which situation summary it rests on."""

    situation_summary: Slug | None = maybe(
        "lägesbild", "Lägesbild", "Id för lägesbilden som planen bygger på (5 §).", example="2024-lagstadgad"
    )
    valid: Period | None = maybe(
        "gäller", "Gäller", "Från när till när.", example="{från: 2025-01-01, till: 2026-12-31}"
    )
    decision: Decision | None = maybe("beslut", "Beslut", "Vem som beslutat planen.")
    measures: tuple[PlannedMeasure, ...] = many("åtgärder", "Åtgärder", "Vad som ska göras.")
    follow_ups: tuple[PlanFollowUp, ...] = many(
        "uppföljningar", "Uppföljningar", "Hur det har gått, i vilken ordning som helst."
    )
    updated: When | None = maybe("avstämd", "Avstämd", "När statusen senast stämdes av.", example="2026-06")
