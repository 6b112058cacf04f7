"""A site as it is shown: its newest version without errors, and above it what is wrong with what was saved since."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from trygglofte.mkdocs_engine import Frame
from trygglofte.pages import Page
from trygglofte.problems import Problem
from trygglofte.publishing import problems_of
from trygglofte.reporting import as_alert, source_lines
from trygglofte.serving.version import PortalVersion, Version

OWN = "_visning"
"""Where the server's own script and style sheet lie. No municipality can have the name."""

_BODY = re.compile(r"<body[^>]*>")
_NO_PAGE = (
    '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title></head>'
    "<body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
)


@dataclass(frozen=True)
class Answer:
    """What a browser gets. `mark` is another when the page looks otherwise; empty where that is not asked."""

    body: bytes
    type: str = "text/html; charset=utf-8"
    status: int = 200
    mark: str = ""
    location: str = ""


@dataclass
class Shown:
    """What is kept of one site. `look` counts changes that reach every page: templates, prose, kommun.yml."""

    slug: str
    version: Version | PortalVersion | None = None
    problems: list[Problem] = field(default_factory=list)
    """Errors of what was saved last: while there are any, `version` is older than the files."""
    found: list[Problem] = field(default_factory=list)
    """Errors of the version itself, found afterwards: links that lead nowhere, addresses that are gone."""
    look: int = 0
    is_stale: bool = True
    is_wanted: bool = False
    """Whether somebody has looked at it, so that the rest of it is worth making."""
    beside: frozenset[str] = frozenset()
    finished: Path | None = None
    """The folder of what was made afterwards, by the newest version that got so far."""
    is_finished: bool = False
    """Whether that is of the version that is shown."""
    _last: dict[str, tuple[str, str]] = field(default_factory=dict)

    def take(self, version: Version | PortalVersion) -> None:
        """Show a new version from now on."""
        self.version, self.problems, self.found, self.is_finished = version, [], [], False

    def answer(self, address: str, root: Path, frame: Callable[[], Frame]) -> Answer:
        """The page at an address, with what is wrong above it; 404 with the site's own page where there is none."""
        problems = [*self.problems, *self.found]
        status, what, html = 200, "", ""
        try:
            if self.version:
                page = self.version.page(address)
                status = 200 if page else 404
                html = self._framed(page, frame)
                what = _mark(page) if page else "404"
                self._last[address] = (what, html)
        except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
            problems += problems_of(error, self.slug or "portal.yml", root)
            what, html = self._last.get(address, ("", ""))
        if not html:
            status, html = 503, _without_page(bool(problems))
        alert = as_alert(problems, source_lines(root), _below(bool(self.problems), status))
        mark = hashlib.sha256(f"{what}\0{alert}\0{self.look}\0{status}".encode()).hexdigest()[:16]
        return Answer(_dressed(html, alert, mark).encode(), status=status, mark=mark)

    def _framed(self, page: Page | None, frame: Callable[[], Frame]) -> str:
        assert self.version
        if page is None:
            return frame().missing(self.version.site)
        return frame().page(self.version.site, page, self.beside)


def _mark(page: Page) -> str:
    return f"{page.title}\0{page.description}\0{page.html}"


def _below(is_older: bool, status: int) -> str:
    if status == 503:
        return "Sidan visas så snart felen är rättade."
    if is_older:
        return "Här under ligger sidan som den var innan. Den byts ut så snart felen är rättade."
    return "Sidan här under visar det du har sparat, men så här kan den inte publiceras."


def _without_page(has_problems: bool) -> str:
    title = "Sidan kan inte visas än" if has_problems else "Sidan görs just nu"
    return _NO_PAGE.format(title=title, text="Den kommer hit av sig själv.")


def _dressed(html: str, alert: str, mark: str) -> str:
    """The page with what only this server adds: the alert, its style, and the script that waits for changes."""
    style = f'<link rel="stylesheet" href="/{OWN}/visning.css">' if alert else ""
    script = f'<script src="/{OWN}/visning.js" data-mark="{mark}" defer></script>'
    html = html.replace("</head>", f"{style}{script}</head>", 1)
    if not alert:
        return html
    html = html.replace("<title>", "<title>Fel: ", 1)
    return _BODY.sub(lambda found: found[0] + alert, html, count=1)
