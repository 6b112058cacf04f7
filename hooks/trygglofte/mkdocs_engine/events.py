"""MkDocs' events for one site: finished pages take the place of what it would have read and rendered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from trygglofte.addresses import ENGLISH
from trygglofte.forking import Forks
from trygglofte.mkdocs_engine.shells import Around, Shell, hole
from trygglofte.outputs import files_of, told_of
from trygglofte.pages import Page, Site
from trygglofte.pages.page import SHARE_IMAGE
from trygglofte.pages.structured import structured
from trygglofte.words.breaking import broken

_UNUSED_ASSETS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Material's scripts, style sheets and pictures. Pages have their own style and need no script but for search."""

_FILLED = "page.html"
"""The template of a page in its frame; `main.html` is that of the frame."""

_BESIDE = 0.5
"""How long it takes to write all that is published beside pages, in all the pages."""


class EngineError(Exception):
    """MkDocs could not make the site. The message is Swedish and says what to do."""


class ReadyPage(MkDocsPage):
    """A page whose HTML is finished: MkDocs gives it its frame and nothing else."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        self.ready = page
        super().__init__(page.title, file, config)
        self.meta = {"template": _FILLED}
        self.update_date = page.updated.isoformat() if page.updated else ""

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """There is no source to read."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Nothing is rendered by MkDocs. The content is put in when the page gets its frame."""
        self.content = ""
        self.toc = []  # type: ignore[assignment]


class Beside(File):
    """What is published beside pages. It is written once, and let go."""

    def copy_file(self, dirty: bool = False) -> None:
        """Write it, and keep its place alone."""
        super().copy_file(dirty)
        self._content = ""


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
        self._shells: dict[Around, Shell] = {}
        self._missing: Any = None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace what lies in content/ with the finished pages, and leave out assets nobody loads."""
        self.beside = told_of(self.site, self.pages)
        for file in list(files):
            if is_link(file, config):
                raise EngineError(
                    f"content/{file.src_uri} är en länk till något annat. Lägg en riktig fil där."
                )
            if is_unused(file):
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
            files.append(Beside.generated(config, name, content=content, inclusion=InclusionLevel.INCLUDED))
        return env

    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> Any:  # noqa: ARG002
        """What a page has of its own, and the frame that goes around it."""
        assert isinstance(page, ReadyPage)
        ready = page.ready
        around = Around.of(ready, config.extra["menu"])
        if around not in self._shells:
            frame = config.theme.get_env().get_template("main.html")
            self._shells[around] = Shell(frame.render(context | _asking(around)))
        # last of all: where long words may break is for eyes alone
        page.content = ready.html if ready.address == ENGLISH else broken(ready.html)
        own = {"ready": ready, "root": around.root, "structured": structured(ready, self.site)}
        return context | self._of_site | own | {"shell": self._shells[around]}

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """A page that has its frame is let go: MkDocs would hold every page until the last is written."""
        assert isinstance(page, ReadyPage)
        page.content = ""
        page.ready.let_go()
        return output

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:  # noqa: ARG002
        """The 404 page has no place of its own: its links begin at the site's root."""
        base = context["base_url"]
        self._missing = context | _asking(Around(base if base.endswith("/") else f"{base}/"))
        return self._missing

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The 404 page is a frame with words in it, and has the holes of one."""
        context = self._missing | self._of_site | {"ready": None, "structured": "", "shell": Shell(output)}
        return config.theme.get_env().get_template(_FILLED).render(context)

    @property
    def _of_site(self) -> dict[str, Any]:
        return {"site": self.site, "beside": self.beside, "share_image": SHARE_IMAGE}


def _asking(around: Around) -> dict[str, Any]:
    """What a frame is told of the pages that it goes around."""
    return {"around": around, "root": around.root, "hole": hole}


def is_unused(file: File) -> bool:
    """Whether no site needs the file: what it holds comes from the data, or no page loads it."""
    unused = file.src_uri.startswith(_UNUSED_ASSETS) or file.src_uri.endswith(".map")
    return unused or file.is_documentation_page()


def is_link(file: File, config: MkDocsConfig) -> bool:
    """MkDocs follows links out of content/ in silence, and would publish whatever they lead to."""
    if file.src_dir != config.docs_dir:
        return False
    folder = Path(config.docs_dir)
    path = folder / file.src_uri
    return any(
        part.is_symlink() for part in (path, *path.parents) if part.is_relative_to(folder) and part != folder
    )
