"""What mkdocs.yml names: one site by plain `mkdocs build` or `mkdocs serve`.

Reads which site it is (KOMMUN, empty for the portal) and today's date, and leaves the rest to the engine.
Whatever goes wrong is told in Swedish and ends the build.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from click import ClickException
from mkdocs.exceptions import Abort

from trygglofte import searching, sites
from trygglofte.cli.clock import today_in_sweden
from trygglofte.history import gather
from trygglofte.library import Library
from trygglofte.mkdocs_engine import prepare
from trygglofte.pages import Page, Site, forget_templates
from trygglofte.problems import Problem
from trygglofte.publishing import problems_of
from trygglofte.reporting import as_plain, source_lines

T = TypeVar("T")


_serving: list[str] = []


def on_startup(*, command: str, dirty: bool) -> None:  # noqa: ARG001 - MkDocs names its arguments
    """Remember whether this is `mkdocs serve`, which puts a script of its own into pages."""
    _serving[:] = [command] if command == "serve" else []


def on_config(config: Any) -> Any:
    """Read and check the data, and let the engine fill the site with it."""
    if _serving:
        config.extra["policy"] = ""
    root = _root(config)
    slug = os.environ.get("KOMMUN", "")
    today = _today()
    if any(
        Path(config.site_dir).resolve().is_relative_to((root / name).resolve()) for name in ("site", ".site")
    ):
        raise Abort("I site/ ligger det som trygglofte build har lagt ut. Välj en annan mapp med -d.")
    forget_templates()  # `mkdocs serve` builds many times in one process
    site, pages = _or_abort(root, slug, lambda: _site(root, slug, today))
    return prepare(config, site, pages)


def on_serve(server: Any, *, config: Any, builder: Any) -> Any:  # noqa: ARG001 - MkDocs names its arguments
    """Build again when the data or a template changes, too."""
    root = _root(config)
    server.watch(str(root / "data"))
    server.watch(str(root / "overrides"))
    return server


def on_post_build(*, config: Any) -> None:
    """Verify what was built and make its search index."""
    site, pages, output = config.extra["site"], config.extra["pages"], Path(config.site_dir)
    beside = () if site.slug else Library(site.root).slugs()
    problems = _or_abort(site.root, site.slug, lambda: sites.verify_site(output, site, pages, beside))
    if any(problem.is_error for problem in problems):
        raise _abort(problems, site.root)
    _or_abort(site.root, site.slug, lambda: searching.index_site(output, searching.Known.of(site, pages)))


def _site(root: Path, slug: str, today: date) -> tuple[Site, list[Page]]:
    site, pages = _planned(root, slug, today)
    for page in pages:
        _ = page.html  # made now, so that a mistake in a template is told in Swedish
    return site, pages


def _planned(root: Path, slug: str, today: date) -> tuple[Site, list[Page]]:
    shared, _ = sites.shared_files(root)
    if slug:
        site, pages, _ = sites.municipal_site(root, slug, shared, today, gather(root).of(slug))
        return site, pages
    return sites.portal_site(root, shared, sites.cards_of_all(root, shared, today), today)


def _or_abort(root: Path, slug: str, work: Callable[[], T]) -> T:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace
        raise _abort(problems_of(error, slug or "portal.yml", root), root) from None


def _abort(problems: Iterable[Problem], root: Path) -> Abort:
    return Abort("\n\n" + as_plain(problems, source_lines(root)))


def _today() -> date:
    """Today in Sweden, or what SOURCE_DATE_EPOCH says."""
    try:
        return today_in_sweden()
    except ClickException as error:
        raise Abort(f"\n\n{error.message}") from None


def _root(config: Any) -> Path:
    return Path(config.config_file_path).resolve().parent
