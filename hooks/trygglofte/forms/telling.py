"""What came of a form, in Swedish: an answer with what to correct, or the text of the proposed change.

What somebody wrote is data here too: every sign that Markdown reads is escaped, nobody is called by an @, and what
is about one person is not repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from trygglofte.differing import as_markdown
from trygglofte.forms.answers import Correction
from trygglofte.forms.receiving import Received
from trygglofte.personal import masked
from trygglofte.reporting import in_markdown
from trygglofte.wording import counted

_MOST = 40
"""So many corrections are told at once; who has more has misunderstood the form."""

_PRIVATE = (
    "**Ärendet kan läsas av alla, också det som stod i det förut.** Be någon som sköter projektet att ta bort "
    "ärendet, och fyll i ett nytt utan uppgiften."
)


def as_answer(received: Received) -> str:
    """What to correct, by the form's own headings; empty where nothing is."""
    if received.ok:
        return ""
    many = counted(len(received.corrections), "sak", "saker")
    lines = [f"Tack! {many.capitalize()} behöver rättas innan det kan bli ett förslag:", ""]
    for label in dict.fromkeys(one.label for one in received.corrections[:_MOST]):
        if label:
            lines += [f"**{_safe(label)}**", ""]
        lines += [_item(one) for one in received.corrections[:_MOST] if one.label == label]
        lines.append("")
    if len(received.corrections) > _MOST:
        lines += [f"… och {len(received.corrections) - _MOST} till.", ""]
    if any(one.private for one in received.corrections):
        lines += [_PRIVATE, ""]
    lines.append("Redigera ärendets text (de tre prickarna uppe till höger, och Edit), så läses det igen.")
    return "\n".join(lines) + "\n"


def _item(one: Correction) -> str:
    row = f"rad {one.row}: " if one.row else ""
    return f"- {row}{_safe(one.message)} {_safe(one.hint)}".rstrip()


def as_body(received: Received) -> str:
    """The text of the proposed change: what residents will see, and what to think of."""
    return "\n".join(_body(received)) + "\n"


def _body(received: Received) -> Iterator[str]:
    yield f"Det här förslaget är gjort av ett ifyllt formulär, och ändrar en fil: `{received.path}`."
    yield ""
    if received.carried:
        yield f"{_safe(received.carried)} Kontrollera att det stämmer."
        yield ""
    yield as_markdown(received.differences).strip()
    yield ""
    if received.advice:
        yield "## Att tänka på"
        yield ""
        yield from (f"- {_safe(one.message)} {_safe(one.hint)}".rstrip() for one in received.advice[:_MOST])
        yield ""
    yield "Den som godkänner: läs filen, och att inget i den handlar om en enskild person eller är hemligt."


def as_json(received: Received) -> str:
    """For the program that proposes the change or answers, with Swedish keys."""
    values = {
        "godtagen": received.ok, "svar": as_answer(received), "fil": received.path,
        "innehåll": received.content.decode("utf-8"), "rubrik": masked(received.title),
        "text": as_body(received) if received.ok else "",
    }  # fmt: skip
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _safe(text: str) -> str:
    """Text that Markdown takes for its letters. The empty comment keeps GitHub from calling whoever is named."""
    return in_markdown(masked(text)).replace("\\@", "@<!-- -->")
