"""One difference as a value with its Swedish sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

NOTHING = "inget angivet"


class Kind(StrEnum):
    """What has happened to something."""

    ADDED = "tillagt"
    REMOVED = "borttaget"
    CHANGED = "ändrat"


_MIRROR = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}

_WHOLE = {
    "åtaganden": ("Nytt åtagande", "Åtagandet"),
    "fokusområden": ("Nytt fokusområde", "Fokusområdet"),
    "uppföljningar": ("Ny uppföljning", "Uppföljningen"),
    "indikatorer": ("Nytt mått", "Måttet"),
    "mätvärden": ("Nytt mätvärde", "Mätvärdet"),
    "utfall": ("Nytt utfall", "Utfallet"),
    "åtgärder": ("Ny åtgärd", "Åtgärden"),
    "kategorier": ("Ny kategori", "Kategorin"),
    "källor": ("Ny källa", "Källan"),
    "bilagor": ("Nytt dokument", "Dokumentet"),
    "ändringar": ("Ny ändring", "Ändringen"),
    "rättelser": ("Ny rättelse", "Rättelsen"),
    "förlängt": ("Ny förlängning", "Förlängningen"),
    "parter": ("Ny part", "Parten"),
    "platser": ("Ny plats", "Platsen"),
    "av": ("Ny undertecknare", "Undertecknaren"),
}
"""How a whole thing that came or went is spoken of."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    `field` is the Swedish key it stands under and `label` that key's title; `subject` says in words what it is
    about ("" for the document itself). `before` and `after` are in words, "" where there is nothing. `signed`
    tells that it is part of what was signed. `commitment` is the id of the commitment it concerns, `report` the
    last day of the follow-up it stands in. `quiet` values are free text or protected counts: whoever shows
    differences to the public leaves `before` and `after` out (`hushed`), because what was taken away may have
    been taken away for a reason.
    """

    kind: Kind
    field: str
    label: str
    subject: str = ""
    before: str = ""
    after: str = ""
    signed: bool = False
    commitment: str = ""
    report: date | None = None
    quiet: bool = False
    whole: bool = False
    """Whether a whole thing with a life of its own came or went: a commitment, a follow-up, a measure."""

    @property
    def sentence(self) -> str:
        """What has happened, in Swedish, without a full stop."""
        if self.whole:
            return self._of_a_whole()
        if self.quiet or not (self.before or self.after):
            what = {Kind.ADDED: "har lagts till", Kind.REMOVED: "har tagits bort"}
            about = f"”{self.label}” för {self.subject}" if self.subject else f"”{self.label}”"
            return f"{about} {what.get(self.kind, 'har ändrats')}"
        about = f"{self.label} för {self.subject}" if self.subject else self.label
        return f"{about}: {self.before or NOTHING} → {self.after or NOTHING}"

    def _of_a_whole(self) -> str:
        new, gone = _WHOLE.get(self.field, (f"Nytt under ”{self.label}”", f"Under ”{self.label}”:"))
        said = self.after if self.kind is Kind.ADDED else self.before
        within = f" ({self.subject})" if self.subject else ""
        if self.field == "uppföljningar":
            said = f" för {said}"
        else:
            said = f"{':' if self.kind is Kind.ADDED else ''} ”{said}”" if said else ""
        return f"{new}{said}{within}" if self.kind is Kind.ADDED else f"{gone}{said}{within} har tagits bort"

    @property
    def mirrored(self) -> Difference:
        """The same difference seen from the other side."""
        return replace(self, kind=_MIRROR[self.kind], before=self.after, after=self.before)

    @property
    def hushed(self) -> Difference:
        """The difference as the public may see it: an unsigned thing that is gone is not named again."""
        gone = self.whole and self.kind is Kind.REMOVED and not self.signed and self.field != "uppföljningar"
        return replace(self, before="", after="") if self.quiet or gone else self
