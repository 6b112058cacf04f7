"""What beginning any document needs: where it goes, that what it builds on is whole, and what parties carry on."""

from __future__ import annotations

from trygglofte.model import Filed, Municipality
from trygglofte.model.base import Part, alias_of
from trygglofte.model.common import Signatory, SignedDocument, Signing
from trygglofte.starting.drafting import (
    Line,
    Lines,
    StartError,
    entry,
    gap,
    item,
    offered,
    under,
)
from trygglofte.starting.periods import Span, known_span, overlaps, period_lines


def path_of(municipality: Municipality, folder: str, id: str) -> str:
    """The file of a new document; a `StartError` where there is one already."""
    taken = {f"{filed.file}" for filed in municipality.documents}
    path = f"data/{municipality.slug}/{folder}/{id}.yml"
    if path in taken or f"{folder}/{id}" in municipality.unread:
        raise StartError(f"{path} finns redan. Välj ett annat id, eller skriv i filen som finns.")
    return path


def finished(municipality: Municipality, folder: str, source: Filed[Part] | None = None) -> None:
    """A `StartError` where kommun.yml, a file of the folder or the source itself cannot be relied upon."""
    unread = sorted(name for name in municipality.unread if name.startswith(f"{folder}/"))
    if unread:
        raise StartError(f"data/{municipality.slug}/{unread[0]}.yml går inte att läsa än. Fyll i den först.")
    for filed in (municipality.file, *([source] if source else [])):
        if not filed.complete:
            raise StartError(f"{filed.file} är inte färdig. Fyll i det som saknas där först.")


def valid_lines(part: type[SignedDocument], span: Span | None) -> Lines:
    """From when till when; left to be written where nothing says it."""
    if span is None:
        return gap(part, "valid", "Skriv från när till när det gäller")
    return period_lines(alias_of(part, "valid"), span)


def signed_lines(municipality: Municipality, previous: Filed[SignedDocument] | None) -> Lines:
    """The parties of the document before, or municipality and police."""
    alias = alias_of(SignedDocument, "parties")
    if previous and previous.part.parties:
        return entry(alias, list(previous.part.parties))
    declared = [party.id for party in municipality.file.part.parties]
    usual = [name for name in ("kommunen", "polisen") if name in declared]
    return entry(alias, usual or declared[:2])


def area_lines(
    municipality: Municipality, previous: Filed[SignedDocument] | None, span: Span | None
) -> Lines:
    """The local police area of the new document's days; the one before where areas have no dates."""
    areas = municipality.file.part.police_areas
    holds = [area.name for area in areas if span and overlaps(area.valid, span)]
    only = [areas[0].name] if len(areas) == 1 else []
    before = list(previous.part.police_areas) if previous else []
    found = (holds if len(holds) == 1 else []) or before or only
    return (
        entry(alias_of(SignedDocument, "police_areas"), found if len(found) > 1 else found[0])
        if found
        else []
    )


def signing_offer(part: type[SignedDocument], previous: Filed[SignedDocument] | None) -> Lines:
    """When and by whom it is signed, offered with the roles of last time and never the names."""
    people = previous.part.signing.by if previous and previous.part.signing else ()
    roles: Lines = []
    for person in people:
        who = entry(alias_of(Signatory, "role"), person.role)
        roles += item([*who, *entry(alias_of(Signatory, "party"), person.party)])
    outline = [Line(f"{alias_of(Signing, 'date')}:"), *under(alias_of(Signing, "by"), roles)]
    return offered(part, "signing", outline)


def span_after(previous: Filed[SignedDocument] | None) -> Span | None:
    """The days of the document before, where they are known."""
    return known_span(previous.part.valid) if previous else None
