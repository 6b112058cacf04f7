"""Issues as GitHub makes them of a filled-in form: every heading, in order, also where nothing was answered."""

from __future__ import annotations

from trygglofte.describing.forms import FOLLOW_UP, FORMS, SUMMARY, Asks, Form

__all__ = ["FOLLOW_UP", "FORMS", "SUMMARY", "body", "follow_up", "summary"]

_FOLLOW_UP = {
    "kommun": "Provstad (provstad)", "löfte": "2026-trafik", "period": "2026-01 till 2026-04",
    "publicerad": "2026-05-11", "rapporterat_av": "polisen", "utfall": "kontroller: pågår – tio kontroller",
}  # fmt: skip
_SUMMARY = {"kommun": "Provstad (provstad)", "period": "2026-02", "sammanfattning": "En lugn månad.",
            "kategorier": "Trafik: 12 (Centrum 7, Hamnen 5)"}  # fmt: skip


def body(form: Form, answers: dict[str, str]) -> str:
    """The text of an issue. Boxes are ticked unless an answer says otherwise."""
    parts = []
    for field in form.fields:
        ticked = "\n".join(f"- [X] {option}" for option in field.options)
        nothing = ticked if field.asks is Asks.PROMISES else "_No response_"
        parts.append(f"### {field.label}\n\n{answers.get(field.name) or nothing}")
    return "\n\n".join(parts)


def follow_up(**answers: str) -> str:
    """A follow-up of the small project's pledge, with some answers of one's own."""
    return body(FOLLOW_UP, {**_FOLLOW_UP, **answers})


def summary(**answers: str) -> str:
    """A situation summary of the small project, with some answers of one's own."""
    return body(SUMMARY, {**_SUMMARY, **answers})
