"""One finished page: its links, its anchors, and whether it says anything.

Responsible for reading HTML the way a browser does. Judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SOUGHT = ":is([href], [src], [srcset], [action], [formaction], [poster], [id], a[name], meta[http-equiv])"
_ADDRESSES = ("href", "src", "action", "formaction", "poster")
_BEARING = frozenset((*_ADDRESSES, "srcset", "content"))
_NO_TEXT = frozenset({"script", "style", "template", "h1"})
_REFRESH = re.compile(r"\burl\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_UPWARDS = re.compile(r"^(?:\.{1,2}/)+")
"""How a link from the site's start, which an editor writes with a slash in front, looks on its page."""
_DROPPED = dict.fromkeys(map(ord, "\t\n\r"))
_TRIMMED = "".join(map(chr, range(0x21)))


class Link(NamedTuple):
    """An address on a page, as a browser takes it, and the element that bears it with its text."""

    address: str
    element: str
    attribute: str
    text: str = ""

    @property
    def needles(self) -> tuple[str, ...]:
        """What of it an editor may have written, best first: all of it, its anchor, its last part."""
        path, _, anchor = self.address.partition("#")
        last = path.partition("?")[0].removesuffix("index.html").rstrip("/").rpartition("/")[2]
        rooted = _UPWARDS.sub("/", self.address)
        parts = (
            self.address,
            rooted,
            rooted.partition("#")[0],
            path,
            anchor,
            last if last.strip(".") else "",
        )
        return tuple(dict.fromkeys(unquote(part) for part in parts if part.strip("./")))


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked of a page. `doubled` holds anchors that stand twice, each with the text there."""

    path: str
    title: str
    heading: str
    has_text: bool
    anchors: frozenset[str]
    doubled: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]


def read_page(path: str, html: bytes, known: Collection[str] = ()) -> Page:
    """Read a page; broken HTML is mended as a browser mends it. Every address is given once, at its first.

    `known` holds addresses that need not be given: what frames and lists lead to stands on page after page.
    """
    tree = LexborHTMLParser(html)
    anchors: set[str] = set()
    doubled: list[tuple[str, str]] = []
    links: dict[str, Link] = {}
    for node in tree.css(_SOUGHT):
        element, attributes = node.tag or "", node.attributes
        if anchor := attributes.get("id") or (element == "a" and attributes.get("name")):
            if anchor in anchors:
                doubled.append((anchor, _text(node)))
            anchors.add(anchor)
        if _BEARING.isdisjoint(attributes):
            continue
        for attribute, written in _addresses(element, attributes):
            if written not in known and written not in links:
                address = written.translate(_DROPPED).strip(_TRIMMED)
                links[written] = Link(address, element, attribute, _text(node) if element == "a" else "")
    title, heading = _text(tree.css_first("title")), _text(tree.css_first("h1"))
    found = frozenset(anchors), tuple(doubled), tuple(links.values())
    return Page(path, title, heading, _has_text(tree), *found)


def _addresses(element: str, attributes: dict[str, str | None]) -> list[tuple[str, str]]:
    """Every address that an element bears. The one that a page is a copy of (canonical) is no link."""
    if element == "meta":
        refreshes = (attributes.get("http-equiv") or "").lower() == "refresh"
        urls = _REFRESH.findall(attributes.get("content") or "") if refreshes else []
        return [("content", url) for url in urls[:1]]
    if element == "link" and "canonical" in (attributes.get("rel") or "").lower().split():
        return []
    found = [(name, attributes[name] or "") for name in _ADDRESSES if name in attributes]
    if "srcset" in attributes:
        sources = re.split(r",\s", attributes["srcset"] or "")
        found += [("srcset", source.split()[0]) for source in sources if source.strip()]
    return found


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


def _has_text(tree: LexborHTMLParser) -> bool:
    """Whether there is text beside the heading.

    A theme may put its menus in <main>, around the <article> that holds the page's own words.
    """
    main = tree.css_first("main article") or tree.css_first("main")
    inside = [main] if main else []
    while inside:
        for node in inside.pop().iter(include_text=True):
            if node.is_text_node and (node.text_content or "").strip():
                return True
            if node.tag not in _NO_TEXT:
                inside.append(node)
    return False
