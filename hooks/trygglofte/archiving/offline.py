"""Finished pages as they must be to be opened from a disk: every link to a file, and no search.

On a server `medborgarloften/` is a page; on a disk it is a folder, which a browser lists or refuses. What is not in
the archive is linked to where it was published.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from html import escape, unescape
from urllib.parse import unquote, urljoin

from trygglofte.pages.page import SHARE_IMAGE

SEARCH = ("sok/", "pagefind/", "assets/sok.js")
_CLOCK = "assets/klocka.js"
_LEFT_OUT = ("404.html", "robots.txt", SHARE_IMAGE, _CLOCK, *SEARCH)
_LINK = re.compile(r'(<[a-z][^<>]*?\s(?:href|src)=")([^"]*)(")')
_FORM = re.compile(r'<form class="tl-search".*?</form>\s*', re.DOTALL)
_CLOCK_SCRIPT = re.compile(rf'<script\b[^>]*\bsrc="[^"]*{re.escape(_CLOCK)}"[^>]*></script>')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def for_disk(files: Mapping[str, bytes], address: str) -> dict[str, bytes]:
    """A built site's files as they open from a disk. `address` is where the site is published."""
    kept = {path: content for path, content in files.items() if not path.startswith(_LEFT_OUT)}
    return {
        path: _page(content.decode("utf-8"), path, kept, address).encode()
        if path.endswith(".html")
        else content
        for path, content in kept.items()
    }


def still(html: str) -> str:
    """A page whose clock stands: without the script that adds what has become late since the page was made."""
    return _CLOCK_SCRIPT.sub("", html)


def _page(html: str, path: str, there: Collection[str], address: str) -> str:
    def follow(link: re.Match[str]) -> str:
        return f"{link[1]}{escape(_led(unescape(link[2]), path, there, address))}{link[3]}"

    return _LINK.sub(follow, still(_FORM.sub("", html)))


def _led(link: str, path: str, there: Collection[str], address: str) -> str:
    """A link as it leads to a file of the archive, or else to where that is published."""
    if not link or _ELSEWHERE.match(link):
        return link
    way, mark, anchor = link.partition("#")
    way, _, _ = way.partition("?")
    folder = posixpath.dirname(path)
    target = posixpath.normpath(posixpath.join(folder, unquote(way))) if way else path
    if way.endswith(("/", "/.", "/..")) or way in {".", ".."}:
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target in there:
        return posixpath.relpath(target, folder or ".") + mark + anchor
    return urljoin(address + path, link)
