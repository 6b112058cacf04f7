"""The next cooperation agreement: the same parties, purposes and areas to go through, in a new period."""

from __future__ import annotations

from datetime import date

from trygglofte.model import Agreement, Filed, Municipality
from trygglofte.model.agreement import AgreementLevel
from trygglofte.model.base import alias_of
from trygglofte.starting.documents import (
    area_lines,
    finished,
    path_of,
    signed_lines,
    signing_offer,
    span_after,
    valid_lines,
)
from trygglofte.starting.drafting import (
    Lines,
    Started,
    begun,
    carried,
    comment,
    entry,
    gap,
    offered,
    reviews_anew,
)
from trygglofte.starting.periods import Span, following, in_years, known_span, overlaps, years_of


def new_agreement(
    municipality: Municipality,
    id: str,
    title: str,
    previous: Filed[Agreement] | None,
    today: date,  # noqa: ARG001 - as every other document is begun
    *,
    period: Span | None = None,
) -> Started:
    """An agreement, begun from `previous` where there is one. Without `period` it is the years after."""
    finished(municipality, "overenskommelser", previous)
    span = period or next_period(previous)
    lines = entry(_alias("title"), title) + gap(Agreement, "summary", "Skriv sammanfattningen", prose=True)
    lines += signed_lines(municipality, previous)
    lines += valid_lines(Agreement, span) + signing_offer(Agreement, previous)
    lines += area_lines(municipality, previous, span) + offered(Agreement, "record")
    lines += carried(previous.tree, Agreement, "level") if previous else offered(Agreement, "level")
    lines += _under(municipality, previous, span)
    lines += _contents(previous)
    if previous:
        lines += carried(previous.tree, Agreement, "part_of", "evaluated")
        lines += entry(_alias("replaces"), previous.id)
        lines += reviews_anew(Agreement, "secrecy_reviewed", previous.part.secrecy_reviewed)
        lines += reviews_anew(Agreement, "approved", previous.part.approved)
    return begun(path_of(municipality, "overenskommelser", id), lines)


def latest(municipality: Municipality) -> Filed[Agreement] | None:
    """The agreement that ends last, of those that are not operative; None where none says when it ends."""
    dated = [
        (span.last, one.id, one)
        for one in municipality.agreements
        if (span := known_span(one.part.valid)) and one.part.level is not AgreementLevel.OPERATIVE
    ]
    return max(dated, key=lambda found: found[:2])[2] if dated else None


def next_period(previous: Filed[Agreement] | None) -> Span | None:
    """As many years as the agreement before; None where nothing says when it begins."""
    before = span_after(previous)
    return following(before, in_years(before)) if before else None


def proposed_id(previous: Filed[Agreement] | None) -> str:
    """The years of the next agreement: `2028-2031`."""
    span = next_period(previous)
    return years_of(span) if span else ""


def _alias(attribute: str) -> str:
    return alias_of(Agreement, attribute)


def _under(municipality: Municipality, previous: Filed[Agreement] | None, span: Span | None) -> Lines:
    """The strategic agreement above an operative one, while it still holds."""
    named = previous.part.under if previous else None
    above = next((one for one in municipality.agreements if one.id == named), None)
    if named is None:
        return []
    holds = above is None or span is None or overlaps(above.part.valid, span)
    return entry(_alias("under"), named) if holds else offered(Agreement, "under")


def _contents(previous: Filed[Agreement] | None) -> Lines:
    """Purposes and areas (9 §): those of the agreement before to go through, or to be written."""
    lines: Lines = []
    if previous and (previous.part.purposes or previous.part.areas):
        lines += comment(f"Syften och områden är från {previous.id}. Ändra det som inte gäller längre.")
    for attribute, todo in (("purposes", "Skriv syftena"), ("areas", "Skriv områdena")):
        had = carried(previous.tree, Agreement, attribute) if previous else []
        lines += had or gap(Agreement, attribute, todo)
    return lines
