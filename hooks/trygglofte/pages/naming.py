"""What a document is called on its page and wherever it is linked to."""

from __future__ import annotations

from trygglofte import wording
from trygglofte.model import Document, Filed, SituationSummary


def title_of(filed: Filed[Document]) -> str:
    """A document's title; a situation summary without one is named after its period."""
    part = filed.part
    if isinstance(part, SituationSummary) and not part.title:
        kind = "Lagstadgad lägesbild" if part.statutory else "Lägesbild"
        return f"{kind} {wording.report_period(part.period)}"
    return part.title
