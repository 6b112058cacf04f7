"""Pages become one site through MkDocs and Material.

Pages arrive as ready HTML and never pass through the site's Markdown: text from data would be code there
(attribute lists, snippets, raw HTML), and it is twice the work. Nothing else in the package imports MkDocs.
"""

from __future__ import annotations

import logging
import os
import re
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
from trygglofte.outputs import files_of
from trygglofte.outputs.headers import META_POLICY
from trygglofte.pages import Page, Site
from trygglofte.pages.environment import kept_bytecode
from trygglofte.pages.structured import structured
from trygglofte.skeleton import skeleton_of

_UNUSED_ASSETS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Material's scripts, style sheets and pictures. Pages have their own style and need no script but for search."""

_UNUSED_PARTS = re.compile(
    r'[ \t]*(?:<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>)\n'
)


class EngineError(Exception):
    """MkDocs could not make the site. The message is Swedish and says what to do."""


class ReadyPage(MkDocsPage):
    """A page whose HTML is finished: MkDocs gives it its frame and nothing else."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        self.ready = page
        super().__init__(page.title, file, config)
        self.meta = {"description": page.description, "title": page.title if page.address else ""}
        self.update_date = page.updated.isoformat() if page.updated else ""

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """There is no source to read."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
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
        self.beside: frozenset[str] = frozenset()
        """Paths of what is published beside the pages."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace what lies in content/ with the finished pages, and leave out assets nobody loads."""
        ours = files_of(self.site, self.pages)
        self.beside = frozenset(ours)
        for file in list(files):
            _refuse_links(file, config)
            unused = file.src_uri.startswith(_UNUSED_ASSETS) or file.src_uri.endswith(".map")
            if file.is_documentation_page() or unused or file.src_uri in ours:
                files.remove(file)
        for page in self.pages:
            uri = f"{page.address}index.md"
            if page.address.startswith("/") or ".." in page.address.split("/"):
                raise EngineError(f"Adressen ”{page.address}” leder ut ur webbplatsen.")
            if files.get_file_from_path(uri) is not None:
                raise EngineError(f"Två sidor har samma adress: /{page.address}. Döp om den ena.")
            file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            ReadyPage(page, file, config)
            files.append(file)
        for name, content in ours.items():
            # said, since MkDocs leaves out names that begin with a dot
            files.append(File.generated(config, name, content=content, inclusion=InclusionLevel.INCLUDED))
        return files

    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> Any:  # noqa: ARG002
        """What the frame may ask of the page and its site."""
        ready = page.ready if isinstance(page, ReadyPage) else None
        context["ready"] = ready
        context["root"] = root_from(ready.address) if ready else config.site_url
        context["beside"] = self.beside
        context["structured"] = structured(ready, self.site) if ready else ""
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Take out what the theme's frame has for scripts that no page loads: fields without names, empty boxes."""
        return _UNUSED_PARTS.sub("", output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for the 404 page."""
        return _UNUSED_PARTS.sub("", output)

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:  # noqa: ARG002
        """The 404 page has no place of its own: its links begin at the site's root."""
        base = context["base_url"]
        context["root"] = base if base.endswith("/") else f"{base}/"
        context["ready"] = None
        context["structured"] = ""
        return context


def _refuse_links(file: File, config: MkDocsConfig) -> None:
    """MkDocs follows links out of content/ in silence, and would publish whatever they lead to."""
    if file.src_dir != config.docs_dir:
        return
    folder = Path(config.docs_dir)
    path = folder / file.src_uri
    if any(
        part.is_symlink() for part in (path, *path.parents) if part.is_relative_to(folder) and part != folder
    ):
        raise EngineError(f"content/{file.src_uri} är en länk till något annat. Lägg en riktig fil där.")


_environments: dict[tuple[str, ...], jinja2.Environment] = {}


class _WithoutIcons(jinja2.FileSystemLoader):
    """Finds templates as any loader, but does not list the 14 000 icons that Material keeps in hidden folders."""

    def list_templates(self) -> list[str]:
        """Every file of the theme's folders that MkDocs might copy."""
        found: set[str] = set()
        for base in map(Path, self.searchpath):
            for folder, folders, names in os.walk(base):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update((Path(folder) / name).relative_to(base).as_posix() for name in names)
        return sorted(found)


class _SharedTheme(Theme):
    """A theme whose Jinja environment is kept per list of folders, so that templates are compiled once."""

    def get_env(self) -> jinja2.Environment:
        """The environment for the theme's folders."""
        folders = tuple(self.dirs)
        if folders not in _environments:
            env = super().get_env()
            env.trim_blocks = env.lstrip_blocks = True
            env.loader = _WithoutIcons(folders)
            env.bytecode_cache = kept_bytecode()
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
    config.extra.setdefault("policy", META_POLICY)
    config.theme.static_templates.discard("sitemap.xml")
    config.theme.__class__ = _SharedTheme
    config.plugins["trygglofte"] = SiteEvents(site, pages)
    return config


def build_site(site: Site, pages: Sequence[Page], output: Path) -> None:
    """Write a whole site into `output`, which is emptied first.

    Raises EngineError with a Swedish message when MkDocs fails, and jinja2.TemplateError as it is.
    """
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)  # its errors are raised too, and told by us
    try:
        config = load_config(
            str(skeleton_of(site.root) / "mkdocs.yml"), site_dir=str(output), hooks=[], strict=False
        )
        prepare(config, site, pages)
        build(config)
    except MkDocsException as error:
        raise EngineError(f"MkDocs kunde inte göra webbplatsen: {error}") from error
