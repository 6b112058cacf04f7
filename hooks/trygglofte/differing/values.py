"""What differs between two states of a municipality, as values with their Swedish sentences."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from trygglofte.addresses import commitment_anchor, follow_up_anchor
from trygglofte.comparing import Difference, Kind
from trygglofte.problems import Problem


class Fate(StrEnum):
    """What has happened to a document, as residents see it."""

    NEW = "ny"
    CHANGED = "ändrad"
    MOVED = "flyttad"
    GONE = "borttagen"
    WITHDRAWN = "avpublicerad"
    HIDDEN = "syns inte än"
    UNREADABLE = "går inte att läsa"


_FIGURES = {"antal", "platser"}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is told of a document: its sentence, without a full stop, and what it is about.

    `anchor` is where on the document's page the part stands, "" where it has no place of its own. `signed` tells
    that it is part of what was signed. `before` and `after` are in words, "" where there is
    nothing or where it is not to be said again.
    """

    text: str
    signed: bool = False
    field: str = ""
    commitment: str = ""
    before: str = ""
    after: str = ""
    anchor: str = dataclasses.field(default="", compare=False)

    @classmethod
    def of(cls, item: Difference, figures: bool) -> Said:
        """A difference as it may be told. `figures` tells whether protected counts of the document may be."""
        if item.field == "status" and item.kind is Kind.CHANGED and item.report is None:
            text, shown = f"{item.subject}: {item.before} → {item.after}", item
        elif item.quiet and figures and item.field in _FIGURES:
            about = f"{item.label} för {item.subject}" if item.subject else item.label
            text, shown = f"{about}: {item.before or 'inget angivet'} → {item.after or 'inget angivet'}", item
        else:
            shown = item.hushed
            text = shown.sentence
        anchor = commitment_anchor(item.commitment) if item.commitment else ""
        if item.report and not anchor:
            anchor = follow_up_anchor(item.report, 0)
        return cls(text, item.signed, item.field, item.commitment, shown.before, shown.after, anchor)


def may_tell_figures(differences: list[Difference]) -> bool:
    """Whether what counts were before gives nothing away: none of them is hidden or taken away now.

    Where one is, what stood beside it would tell what it was.
    """
    protected = [item for item in differences if item.quiet and item.field in _FIGURES]
    return all(item.after and _is_number(item.after) for item in protected) and all(
        not item.before or _is_number(item.before) for item in protected
    )


def _is_number(text: str) -> bool:
    return "".join(text.split()).isdecimal()


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """What differs in one document. `kind` is what such a document is called; `address` is from the site's start."""

    fate: Fate
    kind: str
    title: str
    file: str
    address: str
    lines: tuple[Said, ...] = ()
    reason: str = ""
    """Why it is withdrawn or not seen yet, or where it was before."""

    @property
    def is_there(self) -> bool:
        """Whether residents would find a page at its address."""
        return bool(self.address) and self.fate in {Fate.NEW, Fate.CHANGED, Fate.MOVED, Fate.WITHDRAWN}

    @property
    def neuter(self) -> bool:
        """Whether the kind is spoken of as `ett`."""
        return self.kind.endswith("löfte")


@dataclass(frozen=True, slots=True)
class SiteDifference:
    """What differs on one municipality's site. `slug` is "" for what all municipalities share.

    Addresses are from the site's start, some with an anchor. `lost` says of each address that would lead nowhere
    what to do. `advice` is only what was not there before. `wrong` counts errors that stop the site.
    """

    slug: str
    name: str
    documents: tuple[DocumentDifference, ...] = ()
    new_addresses: tuple[str, ...] = ()
    lost: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()
    wrong: int = 0
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether residents meet nothing else, and nothing is to be said to those who write."""
        return not (
            self.documents or self.new_addresses or self.lost or self.advice or self.wrong or self.note
        )
