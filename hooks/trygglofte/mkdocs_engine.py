"""Pages become one site through MkDocs and Material.

Pages arrive as ready HTML and never pass through the site's Markdown: text from data would be code there
(attribute lists, snippets, raw HTML), and it is twice the work. Nothing else in the package imports MkDocs.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.theme import Theme

from trygglofte.addresses import root_from
from trygglofte.outputs import robots, sitemap
from trygglofte.pages import Page, Site

_UNUSED_ASSETS = ("assets/javascripts/",)
"""Material's scripts. The pages work without them: no script is loaded but on the search page."""


class EngineError(Exception):
    """MkDocs could not make the site. The message is Swedish and says what to do."""


class ReadyPage(MkDocsPage):
    """A page whose HTML is finished: MkDocs gives it its frame and nothing else."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        self.ready = page
        super().__init__(page.title, file, config)
        self.meta = {"description": page.description, "title": page.title if page.address else ""}
        self.update_date = page.updated.isoformat() if page.updated else ""

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no source to read."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """The content is there already."""
        self.content = self.ready.html
        self.toc = []  # type: ignore[assignment]


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin takes no options: what it needs is given to it."""


class SiteEvents(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """MkDocs' events for one site."""

    def __init__(self, site: Site, pages: Sequence[Page]) -> None:
        super().__init__()
        self.site = site
        self.pages = pages

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace what lies in content/ with the finished pages, and leave out assets nobody loads."""
        for file in list(files):
            unused = file.src_uri.startswith(_UNUSED_ASSETS) or file.src_uri.endswith(".map")
            if file.is_documentation_page() or unused:
                files.remove(file)
        for page in self.pages:
            uri = f"{page.address}index.md"
            if files.get_file_from_path(uri) is not None:
                raise EngineError(f"Två sidor har samma adress: /{page.address}. Döp om den ena.")
            file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            ReadyPage(page, file, config)
            files.append(file)
        return files

    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> Any:
        """What the frame may ask of the page and its site."""
        ready = page.ready if isinstance(page, ReadyPage) else None
        context["ready"] = ready
        context["root"] = root_from(ready.address) if ready else config.site_url
        return context

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """The 404 page has no place of its own: its links begin at the site's root."""
        base = context["base_url"]
        context["root"] = base if base.endswith("/") else f"{base}/"
        context["ready"] = None
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Files beside the pages."""
        site_dir = Path(config.site_dir)
        outside = {"sitemap.xml": sitemap.render(self.site, self.pages), "robots.txt": robots.render(self.site)}
        for name, text in outside.items():
            (site_dir / name).write_text(text, encoding="utf-8", newline="\n")


_environments: dict[tuple[str, ...], jinja2.Environment] = {}


class _SharedTheme(Theme):
    """A theme whose Jinja environment is kept per list of folders, so that templates are compiled once."""

    def get_env(self) -> jinja2.Environment:
        """The environment for the theme's folders."""
        folders = tuple(self.dirs)
        if folders not in _environments:
            env = super().get_env()
            env.trim_blocks = env.lstrip_blocks = True
            _environments[folders] = env
        return _environments[folders]


def prepare(config: MkDocsConfig, site: Site, pages: Sequence[Page]) -> MkDocsConfig:
    """Make a loaded configuration that of one site. Returns the same configuration."""
    config.site_name = site.name
    config.site_url = site.address
    config.site_description = ""
    there = {f"{page.address}index.md" for page in pages}
    config.nav = [item for item in config.nav or [] if next(iter(item.values())) in there]
    menu = [(title, uri.removesuffix("index.md")) for item in config.nav for title, uri in item.items()]
    config.extra |= {"site": site, "pages": pages, "menu": menu}
    config.theme.static_templates.discard("sitemap.xml")
    config.theme.__class__ = _SharedTheme
    config.plugins["trygglofte"] = SiteEvents(site, pages)
    return config


def build_site(site: Site, pages: Sequence[Page], output: Path) -> None:
    """Write a whole site into `output`, which is emptied first.

    Raises EngineError with a Swedish message when MkDocs or a template of the theme fails.
    """
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    try:
        config = load_config(str(site.root / "mkdocs.yml"), site_dir=str(output), hooks=[], strict=False)
        prepare(config, site, pages)
        build(config)
    except jinja2.TemplateError as error:
        place = f"{getattr(error, 'name', None) or 'overrides'}:{getattr(error, 'lineno', 1)}"
        raise EngineError(f"Mallen {place} går inte att använda: {error.message}.") from error
    except MkDocsException as error:
        raise EngineError(f"MkDocs kunde inte göra webbplatsen: {error}") from error
