"""A site is written to a folder by MkDocs' own build."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from trygglofte.forking import Forks, LostShareError
from trygglofte.mkdocs_engine.events import EngineError, SiteEvents
from trygglofte.mkdocs_engine.theme import SharedTheme
from trygglofte.outputs.headers import META_POLICY
from trygglofte.pages import Page, Site
from trygglofte.skeleton import skeleton_of

_OF_THE_FRAME = (
    "base.html", "main.html", "page.html", "404.html",
    "partials/shapes.html", "partials/javascripts/base.html", "partials/javascripts/content.html",
)  # fmt: skip
"""Templates that the frame of every site is made with."""


def prepare(
    config: MkDocsConfig, site: Site, pages: Sequence[Page], forks: Forks | None = None
) -> MkDocsConfig:
    """Make a loaded configuration that of one site. Returns the same configuration."""
    fit(config, site, {page.address for page in pages})
    config.extra |= {"pages": pages}
    config.plugins["trygglofte"] = SiteEvents(site, pages, forks)
    return config


def fit(config: MkDocsConfig, site: Site, there: Collection[str]) -> None:
    """What the frame asks of the configuration. `there` are the addresses of the site's pages."""
    config.site_name = site.name
    config.site_url = site.address
    config.site_description = ""
    config.nav = [
        item for item in config.nav or [] if next(iter(item.values())).removesuffix("index.md") in there
    ]
    menu = [(title, uri.removesuffix("index.md")) for item in config.nav for title, uri in item.items()]
    config.extra |= {"site": site, "menu": menu}
    config.extra.setdefault("policy", META_POLICY)
    config.theme.static_templates.discard("sitemap.xml")
    config.theme.__class__ = SharedTheme


def build_site(site: Site, pages: Sequence[Page], output: Path, processes: int = 1) -> None:
    """Write a whole site into `output`, which is emptied first, in at most so many processes.

    Raises EngineError with a Swedish message when MkDocs fails, and jinja2.TemplateError as it is.
    """
    try:
        with Forks(processes) as forks:
            config = prepare(loaded(site.root, str(output)), site, pages, forks)
            build(config)
            # MkDocs holds the settings it read last, and with them a site long after it is built
            vars(config.plugins.pop("trygglofte")).clear()
            config.extra.clear()
    except LostShareError:
        build_site(site, pages, output)
    except MkDocsException as error:
        raise EngineError(f"MkDocs kunde inte göra webbplatsen: {error}") from error


def loaded(root: Path, output: str) -> MkDocsConfig:
    """The settings in mkdocs.yml, for a site in `output`. Raises MkDocsException."""
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)  # its errors are raised too, and told by us
    return load_config(str(skeleton_of(root) / "mkdocs.yml"), site_dir=output, hooks=[], strict=False)


def load_frame(root: Path) -> None:
    """Load the templates of the frame, which are kept for every site of the process. Raises as `build_site` does."""
    try:
        config = loaded(root, str(root / "build"))
    except MkDocsException as error:
        raise EngineError(f"MkDocs kunde inte göra webbplatsen: {error}") from error
    config.theme.__class__ = SharedTheme
    env = config.theme.get_env()
    for name in _OF_THE_FRAME:
        env.get_template(name)
