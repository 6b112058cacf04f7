"""Pages become one site through MkDocs and Material.

Pages arrive as ready HTML and never pass through the site's Markdown: text from data would be code there
(attribute lists, snippets, raw HTML), and it is twice the work. Nothing else in the package imports MkDocs.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.theme import Theme

from trygglofte.addresses import ENGLISH, root_from
from trygglofte.forking import Forks, LostShareError
from trygglofte.outputs import files_of, told_of
from trygglofte.outputs.headers import META_POLICY
from trygglofte.pages import Page, Site
from trygglofte.pages.environment import kept_bytecode
from trygglofte.pages.page import SHARE_IMAGE
from trygglofte.pages.structured import structured
from trygglofte.skeleton import skeleton_of
from trygglofte.words.breaking import broken

_UNUSED_ASSETS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Material's scripts, style sheets and pictures. Pages have their own style and need no script but for search."""

_BESIDE = 0.5
"""How long it takes to write all that is published beside pages, in all the pages."""

_UNUSED_PARTS = re.compile(
    r'[ \t]*(?:<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>'
    r'|<div class="md-dialog" data-md-component="dialog">\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>)\n'
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
        """Nothing is rendered by MkDocs. The content is put in when the page gets its frame."""
        self.content = ""
        self.toc = []  # type: ignore[assignment]


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin takes no options: what it needs is given to it."""


class SiteEvents(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """MkDocs' events for one site."""

    def __init__(self, site: Site, pages: Sequence[Page], forks: Forks | None = None) -> None:
        super().__init__()
        self.site = site
        self.pages = pages
        self.forks = forks or Forks()
        self.beside: frozenset[str] = frozenset()
        """Paths of what is published beside pages and named by them."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace what lies in content/ with the finished pages, and leave out assets nobody loads."""
        self.beside = told_of(self.site, self.pages)
        for file in list(files):
            if _is_link(file, config):
                raise EngineError(
                    f"content/{file.src_uri} är en länk till något annat. Lägg en riktig fil där."
                )
            if _is_unused(file):
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
        return files

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Everything is known, and nothing is rendered or written: share the pages with other processes.

        The first process writes all that is not a page, and so takes fewer pages.
        """
        pages = files.documentation_pages()
        mine = set(self.forks.share(pages, beside=len(pages) * _BESIDE))
        for file in list(files):
            if file not in mine and (file.is_documentation_page() or not self.forks.is_first):
                files.remove(file)
        if not self.forks.is_first:
            config.theme.static_templates.clear()
            return env
        for name, content in files_of(self.site, self.pages).items():
            if there := files.get_file_from_path(name):
                files.remove(there)
            # said, since MkDocs leaves out names that begin with a dot
            files.append(File.generated(config, name, content=content, inclusion=InclusionLevel.INCLUDED))
        return env

    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> Any:  # noqa: ARG002
        """What the frame may ask of the page and its site."""
        ready = page.ready if isinstance(page, ReadyPage) else None
        if isinstance(page, ReadyPage):
            # last of all: where long words may break is for eyes alone
            page.content = page.ready.html if page.ready.address == ENGLISH else broken(page.ready.html)
        context["ready"] = ready
        context["root"] = root_from(ready.address) if ready else config.site_url
        context["beside"] = self.beside
        context["share_image"] = SHARE_IMAGE
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


def _is_unused(file: File) -> bool:
    """Whether no site needs the file: what it holds comes from the data, or no page loads it."""
    unused = file.src_uri.startswith(_UNUSED_ASSETS) or file.src_uri.endswith(".map")
    return unused or file.is_documentation_page()


def _is_link(file: File, config: MkDocsConfig) -> bool:
    """MkDocs follows links out of content/ in silence, and would publish whatever they lead to."""
    if file.src_dir != config.docs_dir:
        return False
    folder = Path(config.docs_dir)
    path = folder / file.src_uri
    return any(
        part.is_symlink() for part in (path, *path.parents) if part.is_relative_to(folder) and part != folder
    )


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


def prepare(
    config: MkDocsConfig, site: Site, pages: Sequence[Page], forks: Forks | None = None
) -> MkDocsConfig:
    """Make a loaded configuration that of one site. Returns the same configuration."""
    _fit(config, site, {page.address for page in pages})
    config.extra |= {"pages": pages}
    config.plugins["trygglofte"] = SiteEvents(site, pages, forks)
    return config


def _fit(config: MkDocsConfig, site: Site, there: Collection[str]) -> None:
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
    config.theme.__class__ = _SharedTheme


def build_site(site: Site, pages: Sequence[Page], output: Path, processes: int = 1) -> None:
    """Write a whole site into `output`, which is emptied first, in at most so many processes.

    Raises EngineError with a Swedish message when MkDocs fails, and jinja2.TemplateError as it is.
    """
    try:
        with Forks(processes) as forks:
            build(prepare(_loaded(site.root, str(output)), site, pages, forks))
    except LostShareError:
        build_site(site, pages, output)
    except MkDocsException as error:
        raise EngineError(f"MkDocs kunde inte göra webbplatsen: {error}") from error


def _loaded(root: Path, output: str) -> MkDocsConfig:
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)  # its errors are raised too, and told by us
    return load_config(str(skeleton_of(root) / "mkdocs.yml"), site_dir=output, hooks=[], strict=False)


class Frame:
    """The frame around pages of any site of a project, one at a time and in memory.

    What it gives for a page is, byte for byte, what `build_site` writes. Templates and settings are read once: when
    they have changed, `forget_frames` and make another. Raises as `build_site` does.
    """

    def __init__(self, root: Path) -> None:
        try:
            self._config = _loaded(root, str(root / "build"))
        except MkDocsException as error:
            raise EngineError(f"MkDocs kunde inte göra webbplatsen: {error}") from error
        self._nav = self._config.nav

    def page(self, site: Site, page: Page, beside: frozenset[str]) -> str:
        """A page in its frame. `beside` are the paths of what the site publishes beside its pages."""
        config, events = self._fitted(site, beside)
        file = File(f"{page.address}index.md", None, config.site_dir, config.use_directory_urls)
        framed = ReadyPage(page, file, config)
        framed.render(config, Files([]))
        context = get_context(Navigation([], []), [], config, framed)
        context = events.on_page_context(context, page=framed, config=config, nav=None)
        output = config.theme.get_env().get_template("main.html").render(context)
        return events.on_post_page(output, page=framed, config=config)

    def missing(self, site: Site) -> str:
        """The site's page for addresses where there is none."""
        config, events = self._fitted(site, frozenset())
        name = "404.html"
        context = get_context(Navigation([], []), [], config, base_url=urlsplit(site.address).path)
        context = events.on_template_context(context, template_name=name, config=config)
        output = config.theme.get_env().get_template(name).render(context)
        return events.on_post_template(output, template_name=name, config=config)

    def files(self) -> dict[str, Path]:
        """Where files that are published as they are lie, by their paths in any site."""
        files = get_files(self._config)
        self._config.theme.__class__ = _SharedTheme
        files.add_files_from_theme(self._config.theme.get_env(), self._config)
        return {
            file.dest_uri: Path(file.abs_src_path)
            for file in files
            if file.abs_src_path
            and file.dest_uri != "sitemap.xml"  # a template, whose place an output of ours takes
            and not _is_unused(file)
            and not _is_link(file, self._config)
        }

    def _fitted(self, site: Site, beside: frozenset[str]) -> tuple[MkDocsConfig, SiteEvents]:
        self._config.nav = self._nav
        _fit(self._config, site, site.pages)
        events = SiteEvents(site, ())
        events.beside = beside
        return self._config, events


def forget_frames() -> None:
    """Read the frame's templates again when they are next asked for."""
    _environments.clear()
