"""What has changed: a document's own list of changes, the mark of what was changed after it was signed, and a
pledge beside the one it replaces. Comes from the document's own entries and from what git knows, together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Any

from trygglofte import wording
from trygglofte.addresses import COMPARISON, HISTORY, TYPE_NAMES, address_of, commitment_anchor, index_of
from trygglofte.comparing import Difference, Fate, Kind, Row, succession
from trygglofte.history import Event, Story
from trygglofte.model import Document, Filed, Pledge, SignedDocument, promises
from trygglofte.model.common import Change
from trygglofte.pages.naming import title_of
from trygglofte.pages.page import Crumb
from trygglofte.pages.plan import START, Planned
from trygglofte.pages.site import Site
from trygglofte.sealing import signed_on

ROWS_AT_ONCE, ROWS_ON_PAGE = 10, 24
"""How many rows of changes a document's page shows at once, and how many it holds at all.

What is between the two is folded; where there are more, a page of their own has them all.
"""

BY_PARTIES, BY_US, ON_PAGE = "Ändrat av parterna", "Rättat av oss", "Ändrat på sidan"


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry in the list of changes: what was decided or set right, and what it did to the page."""

    day: date
    flag: str
    text: str = ""
    why: str = ""
    lines: tuple[str, ...] = ()
    shown_from: date | None = None
    """The day the page changed, where it is another than the day of the decision."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Something that was signed and reads otherwise now. `day` is when, `why` the reasons that were given."""

    label: str
    subject: str
    before: str
    after: str
    day: date
    commitment: str = ""
    why: tuple[str, ...] = ()
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Log:
    """Everything that has changed, newest first, and what was changed after the signing."""

    entries: tuple[Entry, ...] = ()
    marks: tuple[Marked, ...] = ()
    address: str = ""
    """The page that has all entries, where the document's own has not."""

    @property
    def rows(self) -> int:
        """How many rows the whole list takes."""
        return sum(1 + len(entry.lines) for entry in self.entries)

    @property
    def last(self) -> date:
        """The day the page last read otherwise than before; the first of days where nothing has changed."""
        return max((entry.shown_from or entry.day for entry in self.entries), default=date.min)

    @property
    def first(self) -> int:
        """How many entries are shown at once: all of a short list, else the newest, and always one."""
        if self.rows <= ROWS_AT_ONCE + 2:
            return len(self.entries)
        rows = list(accumulate(1 + len(entry.lines) for entry in self.entries))
        return max(1, sum(so_far <= ROWS_AT_ONCE for so_far in rows))

    @property
    def by_commitment(self) -> dict[str, list[Marked]]:
        """The marks of each commitment that the page still has."""
        found: dict[str, list[Marked]] = {}
        for mark in self.marks:
            if mark.commitment and not mark.is_whole:
                found.setdefault(mark.commitment, []).append(mark)
        return found

    @property
    def on_document(self) -> list[Marked]:
        """The marks of the document itself, and of commitments that came or went."""
        return [mark for mark in self.marks if mark.is_whole or not mark.commitment]


def changes_context(filed: Filed[Document], site: Site) -> dict[str, Any]:
    """What a document's page shows of its changes."""
    log = log_of(filed, site)
    address = f"{address_of(filed)}{HISTORY}" if log.rows > ROWS_ON_PAGE else ""
    context: dict[str, Any] = {"log": replace(log, address=address)}
    if isinstance(filed.part, Pledge):
        rows = _rows(filed, site)
        fates = [row.fate for row in rows]
        context["succession"] = {fate: fates.count(fate) for fate in Fate if fate in fates}
        context["comparison_address"] = f"{address_of(filed)}{COMPARISON}"
    return context


def log_of(filed: Filed[Document], site: Site) -> Log:
    """A document's changes from git and from its own entries, each told once."""
    story = site.stories.get(filed.file, Story())
    part = filed.part
    entries = [
        *(_entry(change, BY_PARTIES, story) for change in part.changes),
        *(_entry(change, BY_US, story) for change in part.corrections),
        *(
            Entry(event.day, ON_PAGE, lines=tuple(item.sentence for item in event.differences))
            for event in story.events
            if not _written_in(event, part)
        ),
        *_extensions(part),
    ]
    entries.sort(key=lambda entry: entry.day, reverse=True)
    return Log(tuple(entries), tuple(_marks(filed, story)))


def _entry(change: Change, flag: str, story: Story) -> Entry:
    """A written entry, with what changed on the page when it was written."""
    event = next((event for event in story.events if change in event.reasons[:1]), None)
    if event is None:
        return Entry(change.date, flag, change.what, change.why or "")
    lines = tuple(item.sentence for item in event.differences)
    return Entry(
        change.date,
        flag,
        change.what,
        change.why or "",
        lines,
        event.day if event.day != change.date else None,
    )


def _written_in(event: Event, part: Document) -> bool:
    """Whether an event is told under a written entry that the page still has."""
    return bool(event.reasons) and event.reasons[0] in (*part.changes, *part.corrections)


def _extensions(part: Document) -> Iterator[Entry]:
    valid = getattr(part, "valid", None)
    for item in valid.extended if valid else ():
        if item.decided and item.decided.known and item.decided.known.day:
            yield Entry(
                item.decided.known.first,
                BY_PARTIES,
                f"Förlängt till {wording.when(item.end)}.",
                item.why or "",
            )


def _marks(filed: Filed[Document], story: Story) -> Iterator[Marked]:
    """From git what was signed and reads otherwise; from the document the entries that say so themselves."""
    part = filed.part
    if not isinstance(part, SignedDocument):
        return
    told = set()
    for mark in story.after_signing:
        item = mark.difference
        told.add(item.commitment)
        yield Marked(
            _label(item), item.subject, item.before, item.after, mark.day, item.commitment,
            tuple(_reason(entry) for entry in mark.reasons), item.whole,
        )  # fmt: skip
    signed = signed_on(part)
    what = {p.commitment.id: p.commitment.what for p in promises(part)} if isinstance(part, Pledge) else {}
    for change in part.changes:
        named = change.before or change.after
        if named and signed and change.date > signed and (change.commitment or "") not in told:
            before = "" if change.hide_before else change.before or ""
            yield Marked("", what.get(change.commitment or "", ""), before, change.after or "", change.date,
                         change.commitment or "", (_reason(change),))  # fmt: skip


def _label(item: Difference) -> str:
    if not item.whole:
        return item.label
    return {Kind.ADDED: "Tillagt", Kind.REMOVED: "Borttaget"}.get(item.kind, item.label)


def _reason(change: Change) -> str:
    return f"{change.what} {change.why}" if change.why else change.what


def _rows(filed: Filed[Document], site: Site) -> list[Row]:
    part = filed.part
    former = _former(filed, site)
    if former is None or not isinstance(part, Pledge):
        return []
    names = {place.id: place.name for place in site.everything.file.part.places}
    return site.once(f"succession {filed.file}", lambda: succession(former.part, part, names))


def _former(filed: Filed[Document], site: Site) -> Filed[Pledge] | None:
    id_ = getattr(filed.part, "replaces", None)
    return next((one for one in site.everything.pledges if one.id == id_), None) if id_ else None


def planned(site: Site) -> Iterator[Planned]:
    """A page for every pledge beside its predecessor, and for every list of changes too long for its document."""
    for filed in site.everything.documents:
        former = _former(filed, site) if isinstance(filed.part, Pledge) else None
        if former:
            yield _planned(
                filed, COMPARISON, "jämfört med förra löftet", "pages/comparison.html",
                "Vad som följde med, ändrades, togs bort och är nytt.", _beside(filed, former),
            )  # fmt: skip
        if log_of(filed, site).rows > ROWS_ON_PAGE:
            yield _planned(
                filed, HISTORY, "vad som har ändrats", "pages/history.html", "Alla ändringar, med dag.",
                _with_log(filed),
            )  # fmt: skip


def _planned(
    filed: Filed[Document], below: str, what: str, template: str, description: str,
    context: Callable[[Site], dict[str, Any]],
) -> Planned:  # fmt: skip
    one, many = TYPE_NAMES[type(filed.part)]
    title, address = title_of(filed), address_of(filed)
    crumbs = (START, Crumb(many, index_of(type(filed.part))), Crumb(title, address))
    return Planned(
        f"{address}{below}", f"{title}: {what}", template, one, filed.file, f"{title}. {description}", context,
        crumbs=crumbs, searchable=False,
    )  # fmt: skip


def _with_log(filed: Filed[Document]) -> Callable[[Site], dict[str, Any]]:
    return lambda site: {"doc": filed, "log": log_of(filed, site), "address_of": address_of}


def _beside(filed: Filed[Document], former: Filed[Pledge]) -> Callable[[Site], dict[str, Any]]:
    def context(site: Site) -> dict[str, Any]:
        rows = _rows(filed, site)
        return {
            "doc": filed, "former": former, "rows": rows, "address_of": address_of, "title_of": title_of,
            "commitment_anchor": commitment_anchor, "fates": [fate for fate in Fate if _some(rows, fate)],
            "was": {item.promise.commitment.id: item.status for item in site.state(former).commitments},
        }  # fmt: skip

    return context


def _some(rows: list[Row], fate: Fate) -> bool:
    return any(row.fate is fate for row in rows)
