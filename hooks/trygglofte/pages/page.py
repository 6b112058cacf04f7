"""A page as a value: everything the engine needs to put it in its frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from trygglofte.pages.facets import Facets

SHARE_IMAGE = "assets/dela.png"
"""The picture that is shown where a page of the site is shared. `outputs/share_image.py` makes it."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way from the start page. `address` is as in `addresses`."""

    title: str
    address: str


@dataclass(frozen=True)
class Page:
    """A page whose content is settled.

    `body` is its HTML, ready and safe, or how to get it: most of a build goes into it, so it is made where and when
    it is asked for (`html`), which may be in another process. `kind` says what sort of page it is, for search
    results and styling.
    `file` and `line` are where its content is written, as a POSIX path from the project's folder. `updated`
    is a date of the content, never of the build. `searchable` pages are found by the site's search, and
    narrowed down by their `facets`. `canonical` is the full address of the same page at its owner, where it is
    shown for another municipality.
    """

    address: str
    title: str
    body: str | Callable[[], str] = field(repr=False)
    description: str
    kind: str
    file: str
    line: int = 1
    crumbs: tuple[Crumb, ...] = ()
    year: str = ""
    updated: date | None = None
    searchable: bool = True
    script: str = ""
    canonical: str = ""
    facets: Facets = field(default_factory=Facets)

    @cached_property
    def html(self) -> str:
        """The body, ready and safe."""
        return self.body if isinstance(self.body, str) else self.body()

    def let_go(self) -> None:
        """Hold the HTML no longer: it has been written, and is as good as never asked for again."""
        self.__dict__.pop("html", None)
