"""The portal: every municipality side by side, in order of name and never by success, and the way in to each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from trygglofte import addresses
from trygglofte.addresses import address_of
from trygglofte.model import FOLDERS, Shared
from trygglofte.model.pledge import Status
from trygglofte.pages import listings
from trygglofte.pages.documents import in_time, title_of
from trygglofte.pages.happenings import happenings
from trygglofte.pages.news import Happening
from trygglofte.pages.page import Page
from trygglofte.pages.plan import Planned, given, rendered
from trygglofte.pages.portions import numbered, portions
from trygglofte.pages.prose import load_prose, prose_pages
from trygglofte.pages.site import Site, alphabetical
from trygglofte.pages.sweden import map_of
from trygglofte.progress import count_by_status, is_valid_on
from trygglofte.skeleton import skeleton_of


@dataclass(frozen=True, slots=True)
class PortalCard:
    """What the portal says of a municipality. Plain values, so that a card can be kept beside a built site."""

    slug: str
    name: str
    short_name: str
    code: str
    by_project: bool
    made_up: bool
    address: str
    counts: tuple[tuple[str, int], ...]
    """Status and how many commitments of valid pledges have it, in the order statuses are shown."""
    published: tuple[tuple[str, int], ...]
    """How many documents of each type, by the type's folder."""
    last_reported: str
    """ISO date of the last report, or empty."""
    latest_summary: str
    latest_summary_address: str
    day: str
    """ISO date the counts hold for."""
    searchable: tuple[str, ...]
    """Addresses of the pages that the portal's search knows."""
    received: int = 0
    """How many pledges are shown whose owner is another municipality. They are counted there and nowhere else."""
    earlier: tuple[tuple[str, int], ...] = ()
    """As `counts`, of pledges that are over. A card kept by an older version has none."""
    news: tuple[tuple[str, ...], ...] = ()
    """What has happened lately, newest first, as `Happening.as_kept` gives it. An older card has none."""

    @property
    def many(self) -> int:
        """How many commitments the valid pledges have."""
        return sum(count for _, count in self.counts)

    def having(self, *statuses: str) -> int:
        """How many commitments of the valid pledges have one of these statuses."""
        return sum(count for status, count in self.counts if status in statuses)

    @property
    def reported(self) -> int:
        """How many of them somebody who answers for them has reported on."""
        return self.many - self.having(str(Status.NOT_REPORTED))

    def as_values(self) -> dict[str, Any]:
        """The card as JSON values."""
        return asdict(self)

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> PortalCard:
        """A card from what `as_values` gave."""
        pairs: dict[str, tuple[tuple[str, int], ...]] = {
            name: tuple((str(key), int(many)) for key, many in values[name])
            for name in ("counts", "published", "earlier")
            if name in values
        }
        news = tuple(tuple(map(str, one)) for one in values.get("news", ()))
        return cls(**{**values, **pairs, "searchable": tuple(values["searchable"]), "news": news})


def card_of(site: Site) -> PortalCard:
    """What the portal says of a municipality's site. A pledge is counted and found at its owner's alone."""
    everything, file = site.everything, site.everything.file.part
    shared = {address_of(one.pledge) for one in everything.received}
    own = [filed for filed in everything.pledges if site.owner(filed) is None]
    current = [filed for filed in own if is_valid_on(filed.part.valid, site.today)]
    counts = count_by_status(state for filed in current for state in site.state(filed).commitments)
    ended = [filed for filed in own if site.state(filed).ended]
    earlier = count_by_status(state for filed in ended for state in site.state(filed).commitments)
    reported = [day for filed in everything.pledges if (day := site.state(filed).last_reported)]
    summaries = [filed for filed in in_time(everything.summaries) if not filed.part.statutory]
    published = [
        (folder, sum(type(filed.part) is model and not site.owner(filed) for filed in everything.documents))
        for folder, model in FOLDERS.items()
    ]
    searchable = [
        "",
        *(address_of(filed) for filed in own),
        *(address_of(filed) for filed in summaries[:1]),
    ]
    if site.has(addresses.COOPERATION) and not everything.documents:
        searchable.append(addresses.COOPERATION)
    return PortalCard(
        site.slug, file.name, file.short_name, file.code, site.by_project, file.made_up,
        f"{site.slug}/" if not file.address else site.address,
        tuple((str(status), count) for status, count in counts.items()), tuple(pair for pair in published if pair[1]),
        max(reported).isoformat() if reported else "",
        title_of(summaries[0]) if summaries else "", address_of(summaries[0]) if summaries else "",
        site.today.isoformat(), tuple(searchable), len(everything.received),
        tuple((str(status), count) for status, count in earlier.items()),
        tuple(item.as_kept() for item in happenings(site) if item.pledge not in shared)[:_NEWS],
    )  # fmt: skip


_NEWS = 20
"""So many happenings of a municipality are kept for the portal's feed."""
_COUNTED = 6
"""So many municipalities have their commitments counted by status on the start page; more have not room there."""
_NEWS_SHOWN = 6
"""So many on the start page; the rest are in the feed."""
_CARD = 900
"""About how many bytes a municipality's row takes beside its names."""


def _side_by_side(site: Site, cards: Sequence[PortalCard]) -> Iterator[Planned]:
    """What every municipality has reported, in order of name: there is no other order, and so no ranking."""
    pieces = portions(cards, lambda card: _CARD + 2 * len(card.name.encode())) if cards else []
    for number, piece in enumerate(pieces, start=1):
        yield Planned(
            numbered(addresses.SIDE_BY_SIDE, number),
            "Kommunerna sida vid sida" + (f", sida {number}" if number > 1 else ""),
            "pages/side_by_side.html", "Översikt", site.shared.portal.file,
            "Vad varje kommun har redovisat, när det var och vad som är genomfört. I bokstavsordning.",
            given(cards=piece, part_of=(number, len(pieces), addresses.SIDE_BY_SIDE)),
            searchable=number == 1,
        )  # fmt: skip


def portal_pages(
    shared: Shared, cards: Sequence[PortalCard], root: Path, today: date, failed: Collection[str] = ()
) -> tuple[Site, list[Page]]:
    """Every page of the portal, with the site they belong to. `failed`: whose latest files are not published."""
    ordered = sorted(cards, key=lambda card: (card.made_up, alphabetical(card.short_name)))
    site = Site(root, shared, today, cards=tuple(ordered))
    start = Planned(
        addresses.START, shared.portal.part.name, "pages/portal.html", "Start", shared.portal.file,
        "Vad kommuner och polis har lovat sina invånare, och vad det blev av det.",
        lambda site: {
            "cards": ordered, "map": map_of(ordered), "news": _latest(site),
            "with_counts": len(ordered) <= _COUNTED,
        }, crumbs=(),
    )  # fmt: skip
    plan = [start, *_side_by_side(site, ordered), _currency(shared, ordered, failed), listings.search(site)]
    prose = {f"{item.name}/" for item in load_prose(skeleton_of(root) / "content")}
    site = replace(
        site, pages=frozenset({planned.address for planned in plan} | prose), news=_news(site, ordered)
    )
    return site, [rendered(planned, site) for planned in plan] + prose_pages(site)


def _news(site: Site, cards: Sequence[PortalCard]) -> tuple[Happening, ...]:
    """What has happened at every municipality that there is, newest first."""
    found = [
        Happening.from_kept(one, urljoin(site.address, card.address), card.short_name)
        for card in cards
        if not card.made_up
        for one in card.news
    ]
    return tuple(sorted(found, key=lambda item: item.day, reverse=True))


def _latest(site: Site) -> list[Happening]:
    """The newest of what has happened anywhere, with ways from the portal's start where they lead below it."""
    return [
        replace(item, address=item.address.removeprefix(site.address)) for item in site.news[:_NEWS_SHOWN]
    ]


def _currency(shared: Shared, cards: Sequence[PortalCard], failed: Collection[str]) -> Planned:
    """The page that says which sites show what the files say now, and which show what they said before."""
    behind = [card for card in cards if card.slug in failed]
    absent = sorted(set(failed) - {card.slug for card in cards})
    return Planned(
        addresses.CURRENCY, "Är sidorna aktuella?", "pages/currency.html", "Översikt", shared.portal.file,
        "Vilka kommuners sidor som visar det senaste, och vilka som inte gör det.",
        lambda site: {"behind": behind, "absent": absent, "current": len(cards) - len(behind)}, searchable=False,
    )  # fmt: skip
