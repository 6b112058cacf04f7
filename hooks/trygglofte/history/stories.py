"""What has happened to each document, day by day, and what was changed after it was signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from trygglofte.comparing import Difference, Kind, compare
from trygglofte.history.past import Past
from trygglofte.history.versions import Shown, read_parts, shown
from trygglofte.model import Document, Filed, Municipality, Pledge, SignedDocument
from trygglofte.model.common import Change
from trygglofte.sealing import signed_on

_NOT_NEWS = {
    "publiceras_från", "tidigare_adresser", "godkänd", "sekretessprövad", "uppgift_saknas", "ändringar",
    "rättelser", "från", "åtagande", "indikatorer", "lovat", "dölj_före", "före", "efter",
}  # fmt: skip
"""Keys that do not show on a page, or that the page tells of in a list of their own."""


def _is_news(item: Difference) -> bool:
    """Whether it is told of: what was signed always is, and so is a seal that somebody took away."""
    if item.field == "sigill":
        return item.kind is not Kind.ADDED
    return item.signed or item.field not in _NOT_NEWS


@dataclass(frozen=True, slots=True)
class Event:
    """What changed on a page on a day. `reasons` are the entries that were written in the same go."""

    day: date
    differences: tuple[Difference, ...]
    reasons: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterSigning:
    """Something that was signed and reads otherwise now. `day` is when it last changed."""

    difference: Difference
    day: date
    reasons: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Events newest first, and what was changed after the signing."""

    events: tuple[Event, ...] = ()
    after_signing: tuple[AfterSigning, ...] = ()


def stories(municipality: Municipality, past: Past, today: date) -> dict[str, Story]:
    """The story of every document of a municipality that has one, by the document's file.

    `today` is the day the site counts from: nothing later is told.
    """
    documents = [filed for filed in municipality.documents if filed.file in past.files]
    if not documents:
        return {}
    file = municipality.file.part
    names = {place.id: place.name for place in file.places}
    names |= {theme.id: theme.name for theme in municipality.shared.themes.part.themes}
    parts = read_parts(past, documents)
    found = {}
    for filed in documents:
        versions = [
            replace(version, part=_without_withdrawn(version.part, filed.part))
            for version in shown(past.files[filed.file], type(filed.part), parts, today)
        ]
        story = _story(filed, versions, names)
        if story.events or story.after_signing:
            found[filed.file] = story
    return found


def _without_withdrawn(part: Document, now: Document) -> Document:
    """A version without the follow-ups that have been withdrawn since: they are known by their days."""
    if not isinstance(part, Pledge) or not isinstance(now, Pledge):
        return part
    gone = [report for report in now.follow_ups if report.withdrawn]
    kept = tuple(
        report
        for report in part.follow_ups
        if not any(report.published == one.published or report.period == one.period for one in gone)
    )
    return part if len(kept) == len(part.follow_ups) else part.model_copy(update={"follow_ups": kept})


def _story(filed: Filed[Document], versions: Sequence[Shown], names: Mapping[str, str]) -> Story:
    raw = [_event(old, new, names) for old, new in pairwise(versions)]
    marks = _after_signing(versions, raw, names) if isinstance(filed.part, SignedDocument) else ()
    events = [event for event in _told(raw, versions) if event.differences]
    return Story(tuple(reversed(events)), tuple(marks))


def _event(old: Shown, new: Shown, names: Mapping[str, str]) -> Event:
    differences = compare(old.part, new.part, new.day, names)
    return Event(new.day, tuple(differences), tuple(_new_entries(old.part, new.part)))


def _new_entries(old: Document, new: Document) -> Iterator[Change]:
    for name in ("changes", "corrections"):
        before = {(entry.date, entry.what) for entry in getattr(old, name)}
        yield from (entry for entry in getattr(new, name) if (entry.date, entry.what) not in before)


def _told(events: Sequence[Event], versions: Sequence[Shown]) -> list[Event]:
    """Events as the public may see them.

    What a page said before is repeated only where it was signed, is a state, a day or a name of a thing. What was
    taken away with `dölj_före`, or while the page was withdrawn, is not told of again, and neither is how it
    came there.
    """
    told: list[Event] = []
    gone: set[tuple[str, str]] = set()
    hidden: set[str] = set()
    everything = False
    for event, old, new in reversed(list(zip(events, versions, versions[1:], strict=False))):
        if old.part.withdrawn or new.part.withdrawn:
            everything = True
        if everything:
            continue
        hiding = {entry.commitment or "" for entry in event.reasons if entry.hide_before}
        kept = tuple(
            _without_before(item) if _is_in(item, hiding) else _still_there(item, gone).hushed
            for item in event.differences
            if _is_news(item) and not _is_in(item, hidden)
        )
        told.append(replace(event, differences=tuple(dict.fromkeys(kept))))
        hidden |= hiding
        gone |= {(item.field, item.before) for item in event.differences if item.kind is Kind.REMOVED}
    return told[::-1]


def _is_in(item: Difference, commitments: Iterable[str]) -> bool:
    """Whether a difference concerns what is hidden: one commitment, or the whole document ("")."""
    return any(name in ("", item.commitment) for name in commitments)


def _without_before(item: Difference) -> Difference:
    return (
        replace(item, before="", after="")
        if item.kind is Kind.REMOVED or item.quiet
        else replace(item, before="")
    )


def _still_there(item: Difference, gone: set[tuple[str, str]]) -> Difference:
    """Without its words where it came and went again, unless it was signed."""
    went = item.kind is Kind.ADDED and not item.signed and (item.field, item.after) in gone
    return replace(item, after="") if went and item.report is None else item


def _after_signing(
    versions: Sequence[Shown], events: Sequence[Event], names: Mapping[str, str]
) -> Iterator[AfterSigning]:
    """What was signed and reads otherwise now, however it came to do so, in one step or in many."""
    first = _as_signed(versions)
    if first is None:
        return
    later = [event for event in events if event.day > first.day]
    withdrawn = any(version.part.withdrawn for version in versions)
    hidden = {entry.commitment or "" for event in later for entry in event.reasons if entry.hide_before}
    for item in compare(first.part, versions[-1].part, versions[-1].day, names):
        if not item.signed:
            continue
        touching = [event for event in later if any(_the_same(item, other) for other in event.differences)]
        day = touching[-1].day if touching else versions[-1].day
        reasons = tuple(_reasons(item, [entry for event in touching for entry in event.reasons]))
        silent = withdrawn or _is_in(item, hidden)
        yield AfterSigning(_without_before(item) if silent else item, day, reasons)


def _reasons(item: Difference, entries: Sequence[Change]) -> list[Change]:
    """The entries that speak of just this commitment; where none does, those that name no commitment at all."""
    own = [entry for entry in entries if entry.commitment and entry.commitment == item.commitment]
    return own or [entry for entry in entries if not entry.commitment]


def _the_same(item: Difference, other: Difference) -> bool:
    return (item.field, item.commitment) == (other.field, other.commitment) and (
        not item.whole or (item.before, item.after) == (other.before, other.after)
    )


def _as_signed(versions: Sequence[Shown]) -> Shown | None:
    """The version that shows what was signed: the last one up to the day of signing, else the first that says so.

    A proposal that was published before it was signed is no measure: only versions that carry the signing are.
    The day is the one that was told first, so that moving it later hides nothing.
    """
    signed = [
        (version, version.part)
        for version in versions
        if isinstance(version.part, SignedDocument) and version.part.signing
    ]
    if len(versions) < 2 or not signed:
        return None
    first, part = signed[0]
    day = signed_on(part)
    before = [version for version, _ in signed if day and version.day <= day]
    return before[-1] if before else first
