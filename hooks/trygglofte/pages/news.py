"""Something that happened in the content, as a value: what feeds tell, and what the portal keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, on a day that the data tells.

    `id` is a `urn:uuid:` that never changes. `address` is the way from the site's start, with the place on the
    page; on the portal the full address. `themes` and `places` are ids, `pledge` the address of the pledge that
    it belongs to, and `where` the municipality's name on the portal.
    """

    id: str
    day: date
    kind: str
    title: str
    text: str
    address: str
    themes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    pledge: str = ""
    where: str = ""

    def as_kept(self) -> tuple[str, ...]:
        """What the portal keeps of it, as text alone."""
        return self.id, self.day.isoformat(), self.kind, self.title, self.text, self.address

    @classmethod
    def from_kept(cls, values: tuple[str, ...], address: str, where: str) -> Happening:
        """A happening from what `as_kept` gave, for a site with this full address and name."""
        id_, day, kind, title, text, place = values
        return cls(id_, date.fromisoformat(day), kind, title, text, address + place, where=where)
