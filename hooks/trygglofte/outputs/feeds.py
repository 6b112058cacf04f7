"""Feeds of what happened in the content: Atom (RFC 4287) and JSON Feed 1.1, beside the page they follow.

One for a whole site, and one for each theme, place and pledge that has a page. Times are the start of the day
that the data tells: no other time is known, and the clock of the build is in none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from trygglofte import addresses
from trygglofte.outputs.values import as_json, as_json_with
from trygglofte.pages import Happening, Page, Site, happenings
from trygglofte.pages.happenings import former_of, name_of, stable_id

ATOM, JSON = "flode.xml", "flode.json"
_MOST = 50
"""So many of the newest are told; everything stands on the pages."""
_NEVER = date(1970, 1, 1)
"""When a feed was changed in which nothing has happened."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = 'xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"'
_MADE_UP = "Påhittad kommun. Allt här är ett exempel."


@dataclass(frozen=True, slots=True)
class Feed:
    """What is followed (`address` is the page's), what it is called, and what has happened, newest first.

    `former` are addresses that the page had before, where the same feed stays for those who follow it there.
    """

    address: str
    title: str
    items: tuple[Happening, ...]
    name: tuple[str, ...]
    """What its id is made of."""
    former: tuple[str, ...] = ()


def files(site: Site, pages: Sequence[Page]) -> dict[str, str | bytes]:
    """Both formats of every feed of a site, by path."""
    found: dict[str, str | bytes] = {}
    feeds = list(feeds_of(site, pages))
    happened = {item.id: item for feed in feeds for item in feed.items}
    told = {id_: _told(item, site) for id_, item in happened.items()}
    entries = {id_: _entry(one) for id_, one in told.items()}
    items = {id_: _item(one) for id_, one in told.items()}
    for feed in feeds:
        atom, other = _atom(feed, site, entries), _json_feed(feed, site, items)
        for address in (feed.address, *feed.former):
            found[address + ATOM], found[address + JSON] = atom, other
    return found


def feeds_of(site: Site, pages: Sequence[Page]) -> Iterator[Feed]:
    """Every feed of a site: of everything, and of each theme, place and pledge that has a page of its own."""
    everything = site.news if site.is_portal else happenings(site)
    yield Feed("", f"{site.name}: det som händer", everything[:_MOST], (site.slug, ""))
    if site.is_portal:
        return
    titles = {page.address: page.title for page in pages}
    themes = {f"{addresses.THEMES}{theme.id}/": theme.id for theme in site.themes}
    places = {f"{addresses.PLACES}{place.id}/": place.id for place in site.everything.file.part.places}
    pledges = {addresses.address_of(filed): filed for filed in site.everything.pledges}
    for address, title in titles.items():
        if address in themes:
            items = [item for item in everything if themes[address] in item.themes]
        elif address in places:
            items = [item for item in everything if places[address] in item.places]
        elif address in pledges:
            items = [item for item in everything if item.pledge == address]
        else:
            continue
        pledge = pledges.get(address)
        name = (site.slug, name_of(pledge, site)[1] if pledge else address)
        former = former_of(pledge) if pledge else ()
        yield Feed(address, f"{site.name}: {title}", tuple(items[:_MOST]), name, former)


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Told:
    """A happening in words, the same in every feed that it is in. `tags` are what it can be sorted by."""

    id: str
    title: str
    text: str
    time: str
    address: str
    tags: tuple[str, ...]


def _told(item: Happening, site: Site) -> _Told:
    """Its tags are its kind, its themes and its places, by their names."""
    title = f"{item.where}: {item.title}" if item.where else item.title
    themes = [theme.name for theme in site.themes if theme.id in item.themes]
    tags = (item.kind, *([item.where] if item.where else []), *themes, *sorted(map(site.place, item.places)))
    address = item.address if "://" in item.address else site.address + item.address
    return _Told(item.id, title, item.text or title, _time(item.day), address, tags)


def _about(site: Site) -> str:
    made_up = site.municipality is not None and site.municipality.made_up
    return _MADE_UP if made_up else "Nya löften, uppföljningar, ändrade lägen, lägesbilder och rättelser."


def _atom(feed: Feed, site: Site, entries: Mapping[str, str]) -> str:
    page = site.address + feed.address
    changed = feed.items[0].day if feed.items else _NEVER
    head = (
        _element("id", stable_id(*feed.name, "flode")),
        _element("title", feed.title),
        _element("subtitle", _about(site)),
        _element("updated", _time(changed)),
        f"<author>{_element('name', site.publisher_name)}</author>\n",
        f'<link rel="self" type="application/atom+xml" href={_quoted(page + ATOM)}/>\n',
        f'<link rel="alternate" type="text/html" hreflang="sv" href={_quoted(page)}/>\n',
    )
    body = "".join(entries[item.id] for item in feed.items)
    return f"{_XML}<feed {_NAMESPACE}>\n{''.join(head)}{body}</feed>\n"


def _entry(one: _Told) -> str:
    """One entry of Atom."""
    return (
        f"<entry>\n{_element('id', one.id)}{_element('title', one.title)}"
        f"{_element('updated', one.time)}{_element('published', one.time)}"
        f'<link rel="alternate" type="text/html" href={_quoted(one.address)}/>\n'
        f"{''.join(map(_category, one.tags))}{_element('summary', one.text)}</entry>\n"
    )


@lru_cache(maxsize=2_000)
def _category(tag: str) -> str:
    return f"<category term={_quoted(tag)}/>\n"


def _element(name: str, words: str) -> str:
    return f"<{name}>{escape(_clean(words))}</{name}>\n"


def _quoted(words: str) -> str:
    return quoteattr(_clean(words))


def _clean(words: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", words)


def _item(one: _Told) -> str:
    """One item of JSON Feed."""
    return as_json({
        "id": one.id, "url": one.address, "title": one.title, "content_text": one.text, "date_published": one.time,
        "language": "sv", "tags": one.tags,
    })  # fmt: skip


def _json_feed(feed: Feed, site: Site, items: Mapping[str, str]) -> str:
    page = site.address + feed.address
    head = {
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": page,
        "feed_url": page + JSON, "description": _about(site), "language": "sv",
        "authors": [{"name": site.publisher_name}],
    }  # fmt: skip
    return as_json_with(head, "items", (items[item.id] for item in feed.items))
