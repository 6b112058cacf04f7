"""Where an address leads: to a page, a file or a place in a site, out of it, or nowhere.

Responsible for reading addresses as a browser reads them, and for saying in Swedish what is wrong with
one. Knows the names of a site's files and none of their content.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import NamedTuple
from urllib.parse import unquote

from trygglofte.verifying.pages import Link
from trygglofte.verifying.places import Fault, address_of

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
_LEFT_ALONE = frozenset({"http", "https", "mailto", "tel", "sms", "webcal", "geo"})
_NOT_FOUND = "404.html"
_GUESSES = 100


class Anchor(NamedTuple):
    """A place on a page of the site, by the page's file."""

    path: str
    name: str


class Tree:
    """The files of a site (`files`, POSIX paths) and of what surrounds it."""

    def __init__(self, files: Collection[str], outside: Collection[str] = (), base_path: str = "/") -> None:
        self._files = frozenset(files)
        self._tops = {path.partition("/")[0] for path in files}
        self._outside = frozenset(outside)
        self._base = f"/{base_path.strip('/')}/".replace("//", "/")
        self._guesses = _GUESSES
        self._found: dict[str, Anchor | None] = {}

    def follow(self, page: str, link: Link) -> Fault | Anchor | None:
        """What comes of a link on the page with file `page`: a fault, a place to look for, or nothing more to ask."""
        climb = upwards(page)
        if not climb or not link.address.startswith(climb):
            return self._follow(page, link)
        # From the start page on, the same address leads to the same place, whichever page it stands on.
        rooted = link.address.removeprefix(climb)
        if rooted in self._found:
            return self._found[rooted]
        found = self._follow(page, link)
        if not isinstance(found, Fault):
            self._found[rooted] = found
        return found

    def _follow(self, page: str, link: Link) -> Fault | Anchor | None:
        if scheme := _SCHEME.match(link.address):
            return None if self._is_harmless(scheme[0].lower(), link) else _dangerous(page, link)
        if link.element == "base":
            message = "Sidan har <base>, som flyttar alla dess länkar."
            return _fault(page, link, "trasig-lank", message, "Ta bort <base> ur mallen.")
        path, _, anchor = link.address.replace("\\", "/").partition("#")
        path = unquote(path.partition("?")[0])
        if not path:
            return Anchor(page, anchor) if _is_place(anchor) else None
        if page == _NOT_FOUND or path.startswith("/"):
            if page != _NOT_FOUND or not path.startswith("/") or path.startswith("//"):
                return _rooted(page, link)
            above, target = self._below_base(path)
        else:
            above, target = _joined(posixpath.dirname(page), path)
        is_folder = path.endswith(("/", "/.", "/..")) or path in {".", ".."}
        return self._arrive(page, link, above, target, is_folder, anchor)

    def _arrive(
        self, page: str, link: Link, above: int, target: str, is_folder: bool, anchor: str
    ) -> Fault | Anchor | None:
        top = target.partition("/")[0]
        if above or (top in self._outside and top not in self._tops):
            if above > 1 or top not in self._outside:
                return self._broken(page, link, "../" * above + target)
            return None if is_folder or "." in posixpath.basename(target) else _unslashed(page, link, target)
        file = posixpath.join(target, "index.html") if is_folder else target
        if file in self._files:
            return Anchor(file, anchor) if _is_place(anchor) and file.endswith(".html") else None
        if f"{target}/index.html" in self._files:
            return _unslashed(page, link, target)
        return self._broken(page, link, target)

    def _below_base(self, path: str) -> tuple[int, str]:
        """A path from the server's root, as it looks from the site's."""
        if path.startswith(self._base):
            return 0, _joined("", path.removeprefix(self._base))[1]
        parent = posixpath.dirname(self._base.rstrip("/")).rstrip("/") + "/"
        if self._base != "/" and path.startswith(parent):
            return 1, _joined("", path.removeprefix(parent))[1]
        return 2, path

    def _is_harmless(self, scheme: str, link: Link) -> bool:
        if scheme in _LEFT_ALONE:
            return True
        is_picture = link.element in {"img", "source", "video"} and link.attribute != "href"
        return is_picture and link.address.lower().startswith("data:image/")

    def _broken(self, page: str, link: Link, target: str) -> Fault:
        nearest = self._nearest(page, target)
        hint = f"Menade du ”{nearest}”?" if nearest else "Rätta adressen, eller ta bort länken."
        message = f"Länken ”{link.address}” leder till något som inte finns."
        return _fault(page, link, "trasig-lank", message, hint, target)

    def _nearest(self, page: str, target: str) -> str:
        """What was probably meant, as it is written on the page. With very many faults none is guessed."""
        self._guesses -= 1
        if self._guesses < 0:
            return ""
        known = {path.removesuffix("/index.html"): path for path in sorted(self._files) if "/" in path}
        near = get_close_matches(target, known, 1, 0.75)
        if not near:
            return ""
        relative = posixpath.relpath(near[0], posixpath.dirname(page) or ".")
        return relative if known[near[0]] == near[0] else f"{relative}/"


def upwards(page: str) -> str:
    """The way from a page, by its file, to the site's start; empty from there and from 404.html."""
    return "../" * page.count("/")


def _joined(folder: str, path: str) -> tuple[int, str]:
    """A relative path from a folder of the site: how far above the root it climbs, and what follows."""
    above, parts = 0, folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if parts:
                parts.pop()
            else:
                above += 1
        elif part not in {"", "."}:
            parts.append(part)
    return above, "/".join(parts)


def _is_place(anchor: str) -> bool:
    """Whether it names a place: not the top of the page, nor words to search for on it."""
    return bool(anchor) and anchor.lower() != "top" and not anchor.startswith(":~:")


def _dangerous(page: str, link: Link) -> Fault:
    message = f"Länken ”{link.address[:60]}” leder inte till en sida, utan kan köra kod eller öppna annat."
    hint = "Skriv en adress som börjar med https://, eller vägen till en sida här."
    return _fault(page, link, "farlig-lank", message, hint)


def _rooted(page: str, link: Link) -> Fault:
    if page == _NOT_FOUND:
        message = f"Länken ”{link.address}” leder olika, för 404-sidan visas på vilken adress som helst."
        return _fault(page, link, "trasig-lank", message, "Skriv hela vägen från serverns rot i mallen.")
    message = f"Länken ”{link.address}” börjar med snedstreck, och leder då ut ur webbplatsen."
    hint = "Skriv vägen från den här sidan, till exempel ”../annan-sida/”."
    return _fault(page, link, "trasig-lank", message, hint)


def _unslashed(page: str, link: Link, target: str) -> Fault:
    path = re.split("[?#]", link.address, maxsplit=1)[0]
    message = f"Länken ”{link.address}” leder till en mapp, men slutar inte med snedstreck."
    hint = f"Skriv ”{path}/{link.address.removeprefix(path)}”."
    return _fault(page, link, "lank-utan-snedstreck", message, hint, target)


def _fault(page: str, link: Link, kind: str, message: str, hint: str, about: str = "") -> Fault:
    return Fault(address_of(page), kind, message, hint, about or link.address, link.needles, link.text)
