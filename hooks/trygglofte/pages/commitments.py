"""How it goes with the pledges: one table with a row per commitment, and pages by status and by party.

The table works as plain pages: each order is a page of its own, and what is chosen is the page of a status,
party, theme or place. `assets/ataganden.js` adds sorting and filtering in place, and fetches nothing that is
not one of these pages. Ended pledges have a table per year, so that the first page stays what is promised now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from trygglofte import addresses, wording
from trygglofte.addresses import address_of
from trygglofte.model.pledge import Status
from trygglofte.pages.documents import in_time, title_of
from trygglofte.pages.listed import (
    Listed,
    commitments,
    paged,
    party_addresses,
    states_of,
    status_address,
)
from trygglofte.pages.listings import places_in_use, themes_in_use
from trygglofte.pages.page import Crumb
from trygglofte.pages.plan import START, Planned, given
from trygglofte.pages.site import Site, alphabetical
from trygglofte.progress import ORDER, count_by_status

_OVERVIEW = "Översikt"
_HOW_IT_GOES = Crumb("Hur det går", addresses.STATUSES)
_TABLE = Crumb("Alla åtaganden", addresses.COMMITMENTS)


def planned(site: Site) -> Iterator[Planned]:
    """Every page that is about commitments across pledges; none where nothing has been promised."""
    items = commitments(site)
    if not items:
        return
    yield _how_it_goes(site, items)
    yield from _by_status(site, items)
    yield from _by_party(site, items)
    yield from _tables(site, items)


def party_label(site: Site, item: Listed) -> str:
    """Those who answer for a commitment, in the order of kommun.yml: `Kommunen och polisen`. Empty if unknown."""
    declared = [party.id for party in site.everything.file.part.parties]
    ordered = sorted(item.parties, key=lambda id_: declared.index(id_) if id_ in declared else len(declared))
    return wording.capital(wording.listing(site.parties(ordered)))


def _how_it_goes(site: Site, items: Sequence[Listed]) -> Planned:
    """Counts per status, party, theme and place; each commitment once in the line of all."""
    parties = [
        (site.party(party), address, _counted([i for i in items if party in i.parties]))
        for party, address in party_addresses(site).items()
    ]
    themes = [
        (theme.name, f"{addresses.THEMES}{theme.id}/", _counted(found))
        for theme, found in themes_in_use(site)
        if found
    ]
    places = [
        (place.name, f"{addresses.PLACES}{place.id}/", _counted(found))
        for place, found in places_in_use(site)
        if found
    ]
    return Planned(
        addresses.STATUSES, "Hur det går", "pages/statuses.html", _OVERVIEW, site.everything.file.file,
        "Alla åtaganden, ordnade efter hur långt de har kommit.",
        given(
            counts=_counted(items), many=len(items), pledges=in_time(site.everything.pledges),
            groups=[("Part", "part", parties), ("Tema", "tema", themes), ("Plats", "plats", places)],
            title_of=title_of, address_of=address_of,
        ),
        crumbs=(START, Crumb("Medborgarlöften", addresses.PLEDGES)),
    )  # fmt: skip


def _counted(items: Sequence[Listed]) -> dict[Status, int]:
    return count_by_status(states_of(items))


def _by_status(site: Site, items: Sequence[Listed]) -> Iterator[Planned]:
    for status in _counted(items):
        chosen = [item for item in items if item.state.status is status]
        page = Planned(
            status_address(status), f"Åtaganden: {status}", "pages/status.html", _OVERVIEW,
            site.everything.file.file, f"Alla åtaganden med status {status}.",
            given(status=status, many=len(chosen)), crumbs=(START, _HOW_IT_GOES), searchable=False,
        )  # fmt: skip
        yield from paged(page, chosen)


def _by_party(site: Site, items: Sequence[Listed]) -> Iterator[Planned]:
    found = party_addresses(site)
    file = site.everything.file.file
    if not found:
        return
    lists = {party: [item for item in items if party in item.parties] for party in found}
    unknown = sum(not item.parties for item in items)
    yield Planned(
        addresses.PARTIES, "Part för part", "pages/parties.html", _OVERVIEW, file,
        "Vad polisen, kommunen och andra har lovat, och hur det går.",
        given(
            parties=[(site.party(party), address, _counted(lists[party]), len(lists[party]))
                     for party, address in found.items()],
            many=len(items), unknown=unknown,
        ),
        crumbs=(START, _HOW_IT_GOES),
    )  # fmt: skip
    for party, address in found.items():
        shared = sum(len(item.parties) > 1 for item in lists[party])
        page = Planned(
            address, site.party(party), "pages/party.html", "Part", file,
            f"Vad {site.party(party)} har lovat, och hur det går.",
            given(counts=_counted(lists[party]), many=len(lists[party]), shared=shared, title_of=title_of),
            crumbs=(START, _HOW_IT_GOES, Crumb("Part för part", addresses.PARTIES)),
        )  # fmt: skip
        yield from paged(page, lists[party])


Order = tuple[str, str, Callable[[Site, Listed], Any]]
ORDERS: tuple[Order, ...] = (
    ("", "löfte", lambda _site, _item: 0),
    ("efter-status/", "status", lambda _site, item: ORDER.index(item.state.status)),
    ("efter-part/", "part", lambda site, item: alphabetical(party_label(site, item) or "ö")),
    ("efter-tid/", "när det ska vara klart", lambda _site, item: item.due_day or date.max),
)
"""The orders that are pages: where each lies, what it goes by, and its key. Within, as in the first."""


def _ended_year(item: Listed, site: Site) -> int | None:
    """The year in which a pledge that is over ended; None while it is not known to be over."""
    valid = item.pledge.part.valid
    last = valid.last if valid else None
    return last.year if last and site.state(item.pledge).ended else None


def _tables(site: Site, items: Sequence[Listed]) -> Iterator[Planned]:
    """The table of what is promised now, in every order, and one of each year in which pledges ended."""
    years: dict[int, list[Listed]] = {}
    current: list[Listed] = []
    for item in items:
        year = _ended_year(item, site)
        (current if year is None else years.setdefault(year, [])).append(item)
    ended = {year: f"{addresses.COMMITMENTS}avslutade-{year}/" for year in sorted(years, reverse=True)}
    latest = max(years, default=None)
    shown = current or (years[latest] if latest else [])
    for folder, name, key in ORDERS:
        title = "Alla åtaganden" if not folder else f"Åtaganden efter {name}"
        page = _table(
            site, f"{addresses.COMMITMENTS}{folder}", title, shown, ended,
            over=None if current else latest, order=folder,
            crumbs=(START, _HOW_IT_GOES, _TABLE) if folder else (START, _HOW_IT_GOES),
        )  # fmt: skip
        yield from paged(page, sorted(shown, key=lambda item, key=key: key(site, item)))  # type: ignore[misc]
    for year, address in ended.items():
        page = _table(
            site, address, f"Åtaganden i löften som tog slut {year}", years[year], ended, over=year, order=None,
            crumbs=(START, _HOW_IT_GOES, _TABLE),
        )  # fmt: skip
        yield from paged(page, years[year])


def _table(
    site: Site, address: str, title: str, items: Sequence[Listed], ended: dict[int, str], *,
    over: int | None, order: str | None, crumbs: tuple[Crumb, ...],
) -> Planned:  # fmt: skip
    """A table before it is cut into pages. `over` is the year its pledges ended, `order` what it goes by."""
    places = {place for item in items for place in item.places}
    themes = {theme for item in items for theme in item.themes}
    parties = party_addresses(site)
    chosen = [
        ("Status", [(str(status), status_address(status)) for status in _counted(items)]),
        ("Part", [(site.party(p), a) for p, a in parties.items() if any(p in i.parties for i in items)]),
        ("Tema", [(t.name, f"{addresses.THEMES}{t.id}/") for t, _ in themes_in_use(site) if t.id in themes]),
        ("Plats", [(p.name, f"{addresses.PLACES}{p.id}/") for p, _ in places_in_use(site) if p.id in places]),
    ]
    return Planned(
        address, title, "pages/commitments.html", _OVERVIEW, site.everything.file.file,
        f"{title}: vem som har lovat vad, hur det går och när det redovisades.",
        given(
            counts=_counted(items), many=len(items), over=over, order=order, ended=ended,
            orders=[(folder, name) for folder, name, _ in ORDERS],
            chosen=[(name, links) for name, links in chosen if links],
            statuses=[str(status) for status in ORDER],
            title_of=title_of, address_of=address_of,
        ),
        crumbs=crumbs, searchable=order == "", script="assets/ataganden.js",
    )  # fmt: skip
