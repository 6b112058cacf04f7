"""What every page of a site may ask: names of parties, places and themes, sources, and which pages there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from trygglofte import addresses
from trygglofte.appearance import Logo, size_of
from trygglofte.history import Story
from trygglofte.model import Asked, Document, Filed, Municipality, Pledge, PortalFile, Received, Shared
from trygglofte.model.common import Contact, Source, Withdrawal
from trygglofte.model.municipality import MunicipalityFile, Publisher
from trygglofte.model.shared import Accessibility, Term, Theme
from trygglofte.pages.news import Happening
from trygglofte.progress import PledgeState, content_date, pledge_state
from trygglofte.skeleton import skeleton_of

if TYPE_CHECKING:
    from trygglofte.pages.portal import PortalCard


@dataclass(frozen=True)
class Gone:
    """What is left of a withdrawn document: where it was, what sort it was, and why it was taken down. No title."""

    address: str
    former: tuple[str, ...]
    model: type[Document]
    withdrawal: Withdrawal


@dataclass(frozen=True)
class Site(Asked):
    """A municipality's site, or the portal where `collection` is None.

    `root` is the project's folder, `today` the day the site counts from. `collection` holds only what may
    be shown; `withdrawn` is what is left of documents that have been taken down; `hidden` the addresses, some
    with an anchor, of what has not come yet: text may name them, and no link may lead there.
    """

    root: Path
    shared: Shared
    today: date
    slug: str = ""
    collection: Municipality | None = None
    withdrawn: tuple[Gone, ...] = ()
    hidden: frozenset[str] = frozenset()
    pages: Collection[str] = field(default=(), compare=False)
    stories: Mapping[str, Story] = field(default_factory=dict, compare=False)
    """What has happened to each document, by its file, as far as it is known."""
    cards: Sequence[PortalCard] = field(default=(), compare=False)
    """What the portal says of each municipality, in the order it shows them."""
    news: tuple[Happening, ...] = field(default=(), compare=False)
    """On the portal what has happened at the municipalities, newest first; theirs are made by `happenings`."""

    def with_pages(self, pages: Collection[str]) -> Site:
        """The same site, now that its addresses are known. How far pledges have come does not depend on them."""
        site = replace(self, pages=pages)
        if self.collection:
            site.__dict__["_states"] = self._states
        return site

    @property
    def is_portal(self) -> bool:
        """Whether this is the portal, which has no municipality."""
        return self.collection is None

    @property
    def everything(self) -> Municipality:
        """The municipality with all its documents; only for pages that a municipality has."""
        assert self.collection is not None
        return self.collection

    @property
    def municipality(self) -> MunicipalityFile | None:
        """What kommun.yml says, or None on the portal."""
        return self.collection.file.part if self.collection else None

    @property
    def portal(self) -> PortalFile:
        """What portal.yml says."""
        return self.shared.portal.part

    @cached_property
    def name(self) -> str:
        """The site's name: `Trygglöfte Söderhamn`."""
        return f"{self.portal.name} {self.municipality.short_name}" if self.municipality else self.portal.name

    @cached_property
    def address(self) -> str:
        """The full address of the site's start page."""
        return addresses.site_address(self.portal, self.municipality, self.slug)

    @property
    def is_below_portal(self) -> bool:
        """Whether the site lies in a folder of the portal's, so that links between them can be relative."""
        return self.municipality is not None and self.municipality.address is None

    @property
    def by_project(self) -> bool:
        """Whether the project answers for the site, and not the municipality."""
        return self.municipality is None or self.municipality.publisher is Publisher.PROJECT

    @property
    def hidden_from_search_engines(self) -> bool:
        """Sites that are not the municipality's own, and made-up ones, are `noindex`."""
        return self.municipality is not None and (self.by_project or self.municipality.made_up)

    @property
    def publisher_name(self) -> str:
        """Who answers for the site."""
        if self.municipality and not self.by_project:
            return self.municipality.name
        return self.portal.responsible.name

    @property
    def accessibility(self) -> Accessibility:
        """What the accessibility statement says: the municipality's own, or the portal's."""
        own = self.municipality.accessibility if self.municipality and not self.by_project else None
        return own or self.portal.accessibility

    @property
    def feedback(self) -> Contact:
        """Who takes remarks on a page."""
        own = self.municipality.contacts.feedback if self.municipality and not self.by_project else None
        return own or self.portal.responsible

    @cached_property
    def logo(self) -> Logo | None:
        """The municipality's logo, as high as the header shows it."""
        look = self.municipality.appearance if self.municipality else None
        if look is None or look.logo is None:
            return None
        size = size_of(self.logo_file.read_bytes(), look.logo)
        return Logo(self.logo_file.name, round(40 * size[0] / size[1]), 40) if size else None

    @property
    def logo_file(self) -> Path:
        """Where the municipality's logo lies, if it has one."""
        look = self.municipality.appearance if self.municipality else None
        return self.root / "data" / self.slug / (look.logo or "" if look else "")

    @cached_property
    def templates(self) -> Path:
        """The folder of templates."""
        return skeleton_of(self.root) / "overrides"

    def has(self, address: str) -> bool:
        """Whether the site has a page at an address."""
        return address in self.pages

    @cached_property
    def _parties(self) -> dict[str, str]:
        return {party.id: party.name for party in self.municipality.parties} if self.municipality else {}

    def party(self, id_: str) -> str:
        """A party's full name."""
        return self._parties.get(id_) or self._borrowed.get(id_, id_)

    @cached_property
    def _borrowed(self) -> dict[str, str]:
        """Names of parties and places that only pledges of other municipalities mention."""
        return {id_: name for one in self.everything.received for id_, name in one.names.items()}

    @cached_property
    def _received(self) -> dict[str, Received]:
        return {one.pledge.id: one for one in self.everything.received}

    def owner(self, pledge: Filed) -> Received | None:  # type: ignore[type-arg]
        """Whose a pledge is, where another municipality owns it."""
        return self._received.get(pledge.id) if isinstance(pledge.part, Pledge) else None

    def canonical(self, filed: Filed) -> str:  # type: ignore[type-arg]
        """The full address of a document's page at its owner, where that is another municipality."""
        own = self.owner(filed)
        if own is None:
            return ""
        return addresses.site_address(self.portal, own.file.part, own.owner) + addresses.address_of(filed)

    def other_municipalities(self, pledge: Filed) -> list[str]:  # type: ignore[type-arg]
        """The names of the municipalities, but for this one, that a pledge holds for; the owner's first."""
        own = self.owner(pledge)
        slugs = [slug for slug in pledge.part.municipalities if slug != self.slug]
        names = [self.everything.neighbours.get(slug, slug) for slug in slugs]
        return ([own.file.part.name] if own else []) + names

    def parties(self, ids: Iterable[str]) -> list[str]:
        """Parties as they are called in running text: `polisen`, `kommunen`, else their full names."""
        return [id_ if id_ in {"polisen", "kommunen"} else self.party(id_) for id_ in ids]

    @cached_property
    def _places(self) -> dict[str, str]:
        return {place.id: place.name for place in self.municipality.places} if self.municipality else {}

    def place(self, id_: str) -> str:
        """A place's name."""
        return self._places.get(id_) or self._borrowed.get(id_, id_)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Every theme, in the order of teman.yml."""
        return self.shared.themes.part.themes

    @cached_property
    def _themes(self) -> dict[str, str]:
        return {theme.id: theme.name for theme in self.themes}

    def theme(self, id_: str) -> str:
        """A theme's name."""
        return self._themes.get(id_, id_)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term of the glossary, by the Swedish alphabet."""
        return tuple(sorted(self.shared.glossary.part.terms, key=lambda term: alphabetical(term.term)))

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return (
            {source.id: source for source in self.municipality.sources if source.id}
            if self.municipality
            else {}
        )

    def source(self, source: Source) -> Source:
        """The source itself, where only its id was written."""
        return self._sources.get(source.title, source)

    def state(self, pledge: Filed) -> PledgeState:  # type: ignore[type-arg]
        """How far a pledge has come on the site's day."""
        return self._states[pledge.id]

    @cached_property
    def _states(self) -> dict[str, PledgeState]:
        return {
            filed.id: pledge_state(filed.part, self.today, self.reporting_days(filed))
            for filed in self.everything.pledges
        }

    def dated(self, filed: Filed) -> date | None:  # type: ignore[type-arg]
        """The last day that a document's content is known to come from."""
        return self._dates[filed.file]

    @cached_property
    def _dates(self) -> dict[str, date | None]:
        return {filed.file: content_date(filed) for filed in self.everything.documents}

    def reporting_days(self, pledge: Filed) -> int:  # type: ignore[type-arg]
        """How long a follow-up of a pledge may take: its owner says so."""
        own = self.owner(pledge)
        return int((own.file if own else self.everything.file).part.reporting_days)


_LETTERS = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y"})


def alphabetical(text: str) -> str:
    """A key that sorts Swedish: å, ä and ö come after z, in that order; locale plays no part."""
    return text.lower().translate(_LETTERS)
