"""One state of one site, whose pages are made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trygglofte.pages import (
    Page,
    Planned,
    PortalCard,
    Site,
    all_addresses,
    card_of,
    plan_of,
    prose_pages,
    rendered,
)


class Version:
    """A municipality's site without errors. `known` are the addresses of the version before it, where there is one.

    A change seldom adds a page, and to plan them all takes longer than to make one. So a page is made with the
    addresses that were there, and `complete` tells whether that was right.
    """

    def __init__(self, site: Site, known: frozenset[str] = frozenset()) -> None:
        self._bare = site
        self._rest: Iterator[Planned] = plan_of(site)
        self._planned: dict[str, Planned] = {}
        self._prose: dict[str, Page] | None = None
        self._pages: dict[str, Page] = {}
        self._card: PortalCard | None = None
        self.is_whole = False
        self.site = site.with_pages(known)
        if not known:
            self.complete()

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of all pages, as far as it is known."""
        return frozenset(self.site.pages)

    def complete(self) -> bool:
        """Plan what is not planned yet. Gives whether other addresses were found than those that were believed."""
        if self.is_whole:
            return False
        for planned in self._rest:
            self._planned[planned.address] = planned
        self.is_whole = True
        found = all_addresses(self._bare, self._planned.values())
        if found == self.site.pages:
            return False
        self.site = self._bare.with_pages(found)
        self._pages.clear()
        self._prose = None
        return True

    def page(self, address: str) -> Page | None:
        """The page at an address, or None where there is none. Raises jinja2.TemplateError as it is."""
        if address not in self._pages:
            planned = self._find(address)
            made = rendered(planned, self.site) if planned else self._of_prose(address)
            if made is None:
                return None
            self._pages[address] = made
        return self._pages[address]

    def pages(self) -> Sequence[Page]:
        """Every page, in the order of a build."""
        self.complete()
        return [page for address in self._planned if (page := self.page(address))] + prose_pages(self.site)

    @property
    def card(self) -> PortalCard:
        """What the portal says of the site."""
        if self._card is None:
            self.complete()
            self._card = card_of(self.site)
        return self._card

    def _find(self, address: str) -> Planned | None:
        while address not in self._planned and not self.is_whole:
            planned = next(self._rest, None)
            if planned is None:
                self.complete()
                break
            self._planned[planned.address] = planned
        return self._planned.get(address)

    def _of_prose(self, address: str) -> Page | None:
        if self._prose is None:
            self._prose = {page.address: page for page in prose_pages(self.site)}
        return self._prose.get(address)


class PortalVersion:
    """The portal, which has so few pages that all of them are made at once."""

    is_whole = True

    def __init__(self, site: Site, pages: Sequence[Page]) -> None:
        self.site = site
        self._pages = {page.address: page for page in pages}

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of all pages."""
        return frozenset(self._pages)

    def complete(self) -> bool:
        """There is nothing left to plan."""
        return False

    def page(self, address: str) -> Page | None:
        """The page at an address, or None where there is none."""
        return self._pages.get(address)

    def pages(self) -> Sequence[Page]:
        """Every page."""
        return list(self._pages.values())
