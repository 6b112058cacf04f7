"""The gate of secrecy: a document is not published before those who must review it have done so.

Who they are is said by the municipality for a type of document (`kräver` in kommun.yml), by the document itself,
or by both. A draft is allowed to wait: what is missing keeps a document from being published, and is no error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from trygglofte.model import ActionPlan, Agreement, Document, MunicipalityFile, Pledge, SituationSummary
from trygglofte.model.common import Review, SignedDocument
from trygglofte.model.reviewing import Requirement

_DEMANDS: dict[type[Document], str] = {
    Agreement: "agreements",
    Pledge: "pledges",
    SituationSummary: "summaries",
    ActionPlan: "plans",
}


@dataclass(frozen=True, slots=True)
class MissingReview:
    """A review that is asked for and not there: the field it belongs in, and the party or function to make it."""

    field: str
    by: str


def missing_reviews(
    document: Document, municipality: MunicipalityFile, day: date, names: Mapping[str, str] | None = None
) -> tuple[MissingReview, ...]:
    """What a document lacks before it may be published on a day; empty where it may be.

    A review counts from its day, for the party or the function that made it. What has been withdrawn has
    nothing left to review. Where another municipality owns the document, `municipality` is that one's file,
    and `names` says what the parties are called by whose ids the document now goes.
    """
    theirs = {party.id: party.name for party in municipality.parties} if names else {}
    if document.withdrawn:
        return ()
    found = dict.fromkeys(
        MissingReview(field, name)
        for requirement in _demanded(document, municipality)
        for field in ("secrecy_reviewed", "approved")
        for name in getattr(requirement, field)
        if not any(
            _is_by(review, name, theirs.get(name), names or {}) and review.date <= day
            for review in getattr(document, field)
        )
    )
    return tuple(found)


def _demanded(document: Document, municipality: MunicipalityFile) -> Iterator[Requirement]:
    if document.requires:
        yield document.requires
    general = getattr(municipality.requires, _DEMANDS[type(document)]) if municipality.requires else None
    if general and not _is_older(document, general.since):
        yield general


def _is_older(document: Document, since: date | None) -> bool:
    """Whether the time that a document is about was over before the demand began."""
    if since is None:
        return False
    last = document.period.end if isinstance(document, SituationSummary) else _validity(document)
    return last is not None and last < since


def _validity(document: Document) -> date | None:
    valid = document.valid if isinstance(document, SignedDocument | ActionPlan) else None
    return (valid.last or valid.first) if valid else None


def _is_by(review: Review, name: str, called: str | None, names: Mapping[str, str]) -> bool:
    party = review.party or ""
    return name.casefold() in (review.role.casefold(), party.casefold()) or (
        called is not None and called == names.get(party)
    )


def latest_by_each(reviews: tuple[Review, ...]) -> list[Review]:
    """The latest review by each party and function, in the order in which they first reviewed."""
    found: dict[tuple[str | None, str], Review] = {}
    for review in sorted(reviews, key=lambda one: one.date):
        found[review.party, review.role] = review
    return list(found.values())


def changed_after_approval(document: Document, day: date) -> tuple[date, date] | None:
    """The latest approval and a later day on which the text was changed, as far as known on a day; mostly None.

    Changes, corrections and follow-ups count: they are words that whoever approved it has not seen.
    """
    approved = max((review.date for review in document.approved if review.date <= day), default=None)
    days = [change.date for change in (*document.changes, *document.corrections)]
    if isinstance(document, Pledge):
        days += [report.published for report in document.follow_ups]
    changed = max((one for one in days if one <= day), default=None)
    return (approved, changed) if approved and changed and approved < changed else None
