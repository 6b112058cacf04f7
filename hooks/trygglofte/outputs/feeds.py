"""Feeds of what happened in the content: Atom (RFC 4287) and JSON Feed 1.1, beside the page they follow.

One for a whole site, and one for each theme, place and pledge that has a page. Times are the start of the day
that the data tells: no other time is known, and the clock of the build is in none of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from trygglofte import addresses
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
    told = {item.id: item for feed in feeds for item in feed.items}
    entries = {id_: _entry(item, site) for id_, item in told.items()}
    items = {id_: _item(item, site) for id_, item in told.items()}
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


def _title(item: Happening) -> str:
    return f"{item.where}: {item.title}" if item.where else item.title


def _tags(item: Happening, site: Site) -> list[str]:
    """What an entry can be sorted by: its kind, its themes and its places, by their names."""
    themes = [theme.name for theme in site.themes if theme.id in item.themes]
    return [item.kind, *([item.where] if item.where else []), *themes, *sorted(map(site.place, item.places))]


def _about(site: Site) -> str:
    made_up = site.municipality is not None and site.municipality.made_up
    return _MADE_UP if made_up else "Nya löften, uppföljningar, ändrade lägen, lägesbilder och rättelser."


def _atom(feed: Feed, site: Site, entries: Mapping[str, str]) -> str:
    page = urljoin(site.address, feed.address)
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


def _entry(item: Happening, site: Site) -> str:
    """One entry of Atom. A happening is in several feeds, and the same in all of them."""
    tags = "".join(f"<category term={_quoted(tag)}/>\n" for tag in _tags(item, site))
    address = urljoin(site.address, item.address)
    return (
        f"<entry>\n{_element('id', item.id)}{_element('title', _title(item))}"
        f"{_element('updated', _time(item.day))}{_element('published', _time(item.day))}"
        f'<link rel="alternate" type="text/html" href={_quoted(address)}/>\n'
        f"{tags}{_element('summary', item.text or _title(item))}</entry>\n"
    )


def _element(name: str, words: str) -> str:
    return f"<{name}>{escape(_clean(words))}</{name}>\n"


def _quoted(words: str) -> str:
    return quoteattr(_clean(words))


def _clean(words: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", words)


def _item(item: Happening, site: Site) -> dict[str, Any]:
    """One item of JSON Feed."""
    return {
        "id": item.id, "url": urljoin(site.address, item.address), "title": _title(item),
        "content_text": item.text or _title(item), "date_published": _time(item.day), "language": "sv",
        "tags": _tags(item, site),
    }  # fmt: skip


def _json_feed(feed: Feed, site: Site, items: Mapping[str, dict[str, Any]]) -> str:
    page = urljoin(site.address, feed.address)
    values = {
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": page,
        "feed_url": page + JSON, "description": _about(site), "language": "sv",
        "authors": [{"name": site.publisher_name}], "items": [items[item.id] for item in feed.items],
    }  # fmt: skip
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"
