"""Two states of one municipality: its documents by type and id, its addresses, and the advice that is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from trygglofte import wording
from trygglofte.addresses import TYPE_NAMES, address_of, commitment_anchor
from trygglofte.advice import advise
from trygglofte.comparing import compare
from trygglofte.differing.contents import contents_of
from trygglofte.differing.values import DocumentDifference, Fate, Said, SiteDifference, may_tell_figures
from trygglofte.library import Checked
from trygglofte.model import Document, Filed, Municipality, Pledge, Shared
from trygglofte.model.base import Part
from trygglofte.pages.municipality import municipality_site
from trygglofte.pages.naming import title_of
from trygglofte.pages.site import Site
from trygglofte.problems import Problem
from trygglofte.progress import is_embargoed, missing_reviews, pledge_state, the_day
from trygglofte.publishing.lasting import addresses_of, lost

Key = tuple[type[Document], str]
_OWN = "Kommunens egna uppgifter"


def differ(
    slug: str, before: Checked | None, after: Checked | None, root: Path, today: date
) -> SiteDifference:
    """What residents see otherwise. None where the municipality was not there, or no longer is.

    Both states are seen on one day, so that what time alone does is no difference. What cannot be read on either
    side is not compared. `root` is the project's folder, which nothing is read from.
    """
    old = before.municipality if before else None
    new = after.municipality if after else None
    wrong = sum(problem.is_error for problem in after.problems) if after else 0
    some = new or old
    if some is None:
        return SiteDifference(slug, slug, wrong=wrong, note="Kommunens filer går inte att läsa.")
    name, day = some.file.part.short_name, the_day(some, today)
    if after is None:
        return SiteDifference(slug, name, note="Hela kommunens webbplats tas bort.")
    if new is None:
        return SiteDifference(slug, name, wrong=wrong, note="kommun.yml går inte att läsa.")
    was = municipality_site(old, root, today) if old else None
    now = municipality_site(new, root, today)
    documents = tuple(_documents(old, new, was, now, day))
    addresses = addresses_of(was) if was else []
    unread = {f"{one}/" for one in new.unread}
    gone = tuple(
        problem for problem in lost(addresses, now, slug)
        if not any(f"/{one}" in problem.message for one in unread)
    )  # fmt: skip
    known = {_said(problem) for problem in advise(old, today)} if old else set()
    return SiteDifference(
        slug, name, documents, tuple(sorted(set(addresses_of(now)) - set(addresses))), gone,
        tuple(problem for problem in advise(new, today) if _said(problem) not in known), wrong,
        "" if old else "Kommunen är ny." if before is None else "Det som låg ute förut går inte att läsa.",
    )  # fmt: skip


def differ_shared(before: Shared, after: Shared, today: date) -> SiteDifference:
    """What differs in portal.yml, teman.yml and ordlista.yml, which all municipalities share."""
    kinds = {"portal": "Portalens uppgifter", "themes": "Teman", "glossary": "Ordlistan"}
    found = []
    for attribute, kind in kinds.items():
        old, new = getattr(before, attribute), getattr(after, attribute)
        lines = _compared(old.part, new.part, today, {})
        if lines:
            found.append(DocumentDifference(Fate.CHANGED, kind, "", new.file, "", lines))
    return SiteDifference("", "Gemensamt för alla kommuner", tuple(found))


def _said(problem: Problem) -> tuple[str, str, str]:
    """Advice by what it says, wherever in the file it has moved to."""
    return problem.file, problem.kind, problem.message


def _names(municipality: Municipality) -> dict[str, str]:
    file = municipality.file.part
    names = {party.id: party.name for party in file.parties} | {place.id: place.name for place in file.places}
    return names | {theme.id: theme.name for theme in municipality.shared.themes.part.themes}


def _documents(
    old: Municipality | None, new: Municipality, was: Site | None, now: Site, day: date
) -> Iterator[DocumentDifference]:
    names = _names(new)
    if old:
        lines = _compared(old.file.part, new.file.part, day, names)
        if lines:
            yield DocumentDifference(Fate.CHANGED, _OWN, "", new.file.file, "", lines)
    all_old, all_new = _by_key(old), _by_key(new)
    seen_old, seen_new = _by_key(was.everything if was else None), _by_key(now.everything)
    moved = _moved(all_old, all_new)
    for key, filed in all_new.items():
        former = all_old.get(moved.get(key, key))
        found = _document(
            former, filed, seen_old.get(moved.get(key, key)), seen_new.get(key), new, day, names
        )
        if found:
            yield found
    left = set(moved.values())
    for key, filed in all_old.items():
        if key in all_new or key in left:
            continue
        unread = address_of(filed).rstrip("/") in new.unread
        yield _told(filed, Fate.UNREADABLE if unread else Fate.GONE)


def _by_key(municipality: Municipality | None) -> dict[Key, Filed[Document]]:
    return {(type(filed.part), filed.id): filed for filed in municipality.documents} if municipality else {}


def _moved(old: Mapping[Key, Filed[Document]], new: Mapping[Key, Filed[Document]]) -> dict[Key, Key]:
    """New documents that say they had the address of one that is gone: new key → old key."""
    gone = {f"/{address_of(filed)}": key for key, filed in old.items() if key not in new}
    return {
        key: gone[former]
        for key, filed in new.items()
        if key not in old
        for former in filed.part.former_addresses
        if former in gone and gone[former][0] is key[0]
    }


def _document(
    raw_old: Filed[Document] | None, raw_new: Filed[Document], old: Filed[Document] | None,
    new: Filed[Document] | None, municipality: Municipality, day: date, names: Mapping[str, str],
) -> DocumentDifference | None:  # fmt: skip
    """One document: `raw` is what is written, and the others what residents see of it, None where nothing is."""
    if not raw_new.complete or (raw_old and not raw_old.complete):
        same = raw_old and raw_old.complete == raw_new.complete and raw_old.part == raw_new.part
        return None if same else _told(raw_new, Fate.UNREADABLE)
    if new is None:
        return _unseen(raw_old, raw_new, old, municipality, day, names)
    if old is None:
        return _told(new, Fate.NEW, (*contents_of(new.part, names), *_coming(None, raw_new, day)))
    lines = _compared(old.part, new.part, day, names)
    lines += (*_figures(old.part, new.part, day), *_coming(raw_old, raw_new, day))
    if old.id != new.id:
        lines = tuple(one for one in lines if one.field != "tidigare_adresser")
        return _told(new, Fate.MOVED, lines, f"från /{address_of(old)}")
    return _told(new, Fate.CHANGED, lines) if lines else None


def _unseen(
    raw_old: Filed[Document] | None, raw_new: Filed[Document], old: Filed[Document] | None,
    municipality: Municipality, day: date, names: Mapping[str, str],
) -> DocumentDifference | None:  # fmt: skip
    """A document that residents do not see: withdrawn, before its time, or waiting for a review."""
    part = raw_new.part
    lines = _compared(raw_old.part, part, day, names) if raw_old else tuple(contents_of(part, names))
    if part.withdrawn:
        if raw_old and raw_old.part.withdrawn == part.withdrawn:
            return None
        return _told(raw_new, Fate.WITHDRAWN, (), part.withdrawn.reason)
    if raw_old and not lines and old is None:
        return None
    return _told(raw_new, Fate.HIDDEN, lines, _waits(part, municipality, day))


def _waits(part: Document, municipality: Municipality, day: date) -> str:
    if part.publish_from and is_embargoed(part, day):
        return f"publiceras {wording.long_date(part.publish_from)}"
    missing = missing_reviews(part, municipality.file.part, day)
    return f"väntar på granskning av {wording.listing(list(dict.fromkeys(one.by for one in missing)))}"


def _told(
    filed: Filed[Document], fate: Fate, lines: tuple[Said, ...] = (), reason: str = ""
) -> DocumentDifference:
    kind = TYPE_NAMES[type(filed.part)][0]
    title = title_of(filed)
    if fate is Fate.WITHDRAWN:
        title = filed.id  # the title may be what had to go
    return DocumentDifference(fate, kind, title, filed.file, address_of(filed), lines, reason)


def _compared(before: Part, after: Part, day: date, names: Mapping[str, str]) -> tuple[Said, ...]:
    found = [item for item in compare(before, after, day, names) if item.field != "sigill" or item.before]
    figures = may_tell_figures(found)
    return tuple(dict.fromkeys(Said.of(item, figures) for item in found))


def _figures(before: Document, after: Document, day: date) -> Iterator[Said]:
    """What is done so far of each commitment, where new reports have made it another figure."""
    if not isinstance(before, Pledge) or not isinstance(after, Pledge):
        return
    was = {state.promise.commitment.id: state.told for state in pledge_state(before, day, 0).commitments}
    for state in pledge_state(after, day, 0).commitments:
        commitment = state.promise.commitment
        told = was.get(commitment.id, "")
        if commitment.id in was and state.told and state.told != told:
            what = " ".join(commitment.what.split())
            yield Said(
                f"{what}: {told or 'inget redovisat tal'} → {state.told}", field="utfall",
                commitment=commitment.id, before=told, after=state.told,
                anchor=commitment_anchor(commitment.id),
            )  # fmt: skip


def _coming(before: Filed[Document] | None, after: Filed[Document], day: date) -> Iterator[Said]:
    """Follow-ups that are written now and seen later."""
    if not isinstance(after.part, Pledge):
        return
    known = before.part.follow_ups if before and isinstance(before.part, Pledge) else ()
    for report in after.part.follow_ups:
        if report.published > day and report not in known:
            period = wording.report_period(report.period)
            yield Said(
                f"Uppföljning för {period}, som syns från {wording.long_date(report.published)}",
                field="uppföljningar",
            )  # fmt: skip
