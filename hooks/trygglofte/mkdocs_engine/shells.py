"""The frame around pages: rendered once for all pages that it goes around alike, and filled for each of them.

Two templates of overrides/ share the work. `main.html` extends Material's document, and says with `hole` where a page's
own parts belong. `page.html` has those parts, and between them what was rendered once: the shell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from trygglofte.addresses import ENGLISH, SEARCH, root_from
from trygglofte.pages import Page

_HOLE = re.compile("\0([a-z]+)\0")  # no text has this character: the reader refuses it

_UNUSED_PARTS = re.compile(
    r'[ \t]*(?:<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog" data-md-component="dialog">\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>)\n'
)
"""What the theme's frame has for scripts that no page loads: fields without names, empty boxes."""


@dataclass(frozen=True, slots=True)
class Around:
    """All that the frame itself asks of a page: pages that are alike in this have the same frame.

    `root` leads from the page to the site's start. `section` is the address of the menu's entry that the page is
    (`is_entry`) or lies below, None where there is none.
    """

    root: str
    section: str | None = None
    is_entry: bool = False
    has_search_field: bool = True

    @classmethod
    def of(cls, page: Page, menu: Sequence[tuple[str, str]]) -> Self:
        """What surrounds a page of a site with this menu: titles and addresses."""
        address = page.address
        entries = [entry for _, entry in menu] + [ENGLISH]
        section = next((entry for entry in entries if entry and address.startswith(entry)), None)
        if address in entries:
            section = address
        return cls(root_from(address), section, section == address, address != SEARCH)


class Shell(dict[str, str]):
    """What a frame has before each of its holes, by the holes' names, and after the last (`end`)."""

    def __init__(self, frame: str) -> None:
        *parts, end = _HOLE.split(_UNUSED_PARTS.sub("", frame))
        super().__init__(zip(parts[1::2], parts[::2], strict=True), end=end)

    def __missing__(self, name: str) -> str:
        """Nothing stands before a hole that the frame does without."""
        return ""


def hole(name: str) -> str:
    """Where a part of the page's own belongs, in a frame that is yet to become a shell."""
    return f"\0{name}\0"
