"""The frame around one page at a time, in memory, for who shows pages as they are written."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.nav import Navigation

from trygglofte.mkdocs_engine.building import fit, loaded
from trygglofte.mkdocs_engine.events import EngineError, ReadyPage, SiteEvents, is_link, is_unused
from trygglofte.mkdocs_engine.theme import SharedTheme
from trygglofte.pages import Page, Site


class Frame:
    """The frame around pages of any site of a project, one at a time and in memory.

    What it gives for a page is, byte for byte, what `build_site` writes. Templates and settings are read once: when
    they have changed, `forget_frames` and make another. Raises as `build_site` does.
    """

    def __init__(self, root: Path) -> None:
        try:
            self._config = loaded(root, str(root / "build"))
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
        return config.theme.get_env().get_template(framed.meta["template"]).render(context)

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
        self._config.theme.__class__ = SharedTheme
        files.add_files_from_theme(self._config.theme.get_env(), self._config)
        return {
            file.dest_uri: Path(file.abs_src_path)
            for file in files
            if file.abs_src_path
            and file.dest_uri != "sitemap.xml"  # a template, whose place an output of ours takes
            and not is_unused(file)
            and not is_link(file, self._config)
        }

    def _fitted(self, site: Site, beside: frozenset[str]) -> tuple[MkDocsConfig, SiteEvents]:
        self._config.nav = self._nav
        fit(self._config, site, site.pages)
        events = SiteEvents(site, ())
        events.beside = beside
        return self._config, events
