"""The hand-written pages of content/, filled with the municipality's facts.

The Markdown is trusted and turned into HTML first; then Jinja fills in, with autoescape, so that no fact is
ever read as Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import markdown
from jinja2 import DictLoader, Environment, Template
from jinja2.ext import Extension
from markdown.extensions.toc import TocExtension

from trygglofte.addresses import root_from
from trygglofte.pages.environment import environment
from trygglofte.pages.naming import slug
from trygglofte.pages.page import Crumb, Page
from trygglofte.pages.site import Site
from trygglofte.skeleton import skeleton_of

_FOLDER = "content/"
_BLOCK_TAG = re.compile(r"^({%.*%})$", re.MULTILINE)
_KEPT_TAG = re.compile(r"<!--({%.*?%})-->")
_LINK = re.compile(r'href="/(?!/)')
_EXPRESSION = re.compile(r"{{.*?}}|{%.*?%}")


@dataclass(frozen=True, slots=True)
class Prose:
    """A page of content/ before its facts: its title, lead and text."""

    name: str
    file: str
    title: str
    lead: str
    text: str


def prose_pages(site: Site) -> list[Page]:
    """Every page of content/ for a site."""
    return [_page(prose, site) for prose in load_prose(skeleton_of(site.root) / _FOLDER)]


def compile_prose(templates: Path, folder: Path) -> None:
    """Compile the prose of a folder, or load it where it is kept. Raises jinja2.TemplateError."""
    for prose in load_prose(folder):
        _compiled(templates, prose)


def load_prose(folder: Path) -> tuple[Prose, ...]:
    """The Markdown files of a folder as they are now; each text is looked at once per process."""
    return tuple(_prose(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md")))


@lru_cache(maxsize=64)
def _prose(name: str, source: str) -> Prose:
    title, _, body = source.lstrip().removeprefix("# ").partition("\n")
    text = body.strip()
    lead = " ".join(_EXPRESSION.sub("", text.split("\n\n")[0]).split())
    return Prose(
        name.removesuffix(".md"),
        f"{_FOLDER}{name}",
        title.strip(),
        re.sub(r"\[([^]]+)\]\([^)]*\)|[*_]", r"\1", lead),
        text,
    )


class _FromMarkdown(Extension):
    """Prose is Markdown until it is compiled: what is kept of it is found by its text, and nothing is converted."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """A text as HTML that is Jinja source. Templates that prose includes are that already."""
        return _template(source) if name and name.startswith(_FOLDER) else source


def _template(text: str) -> str:
    anchors = TocExtension(slugify=lambda heading, _separator: slug(heading))
    converter = markdown.Markdown(extensions=["tables", anchors], output_format="html")
    html = converter.convert(_BLOCK_TAG.sub(r"<!--\1-->", text))
    return _LINK.sub('href="{{ root }}', _KEPT_TAG.sub(r"\1", html))


def _page(prose: Prose, site: Site) -> Page:
    return Page(
        f"{prose.name}/", prose.title, partial(_html, prose, site), prose.lead, "Om webbplatsen", prose.file,
        crumbs=(Crumb("Start", ""),),
    )  # fmt: skip


def _html(prose: Prose, site: Site) -> str:
    body = _compiled(site.templates, prose).render(
        site=site, root=root_from(f"{prose.name}/"), municipality=site.municipality, portal=site.portal,
        accessibility=site.accessibility, publisher_name=site.publisher_name, feedback=site.feedback,
    )  # fmt: skip
    return environment(site.templates).get_template("pages/prose.html").render(title=prose.title, body=body)


@lru_cache(maxsize=64)
def _compiled(templates: Path, prose: Prose) -> Template:
    """Loaded by its name and not from a text alone, so that it is kept as other templates are."""
    return DictLoader({prose.file: prose.text}).load(_for_prose(environment(templates)), prose.file)


@lru_cache(maxsize=4)
def _for_prose(env: Environment) -> Environment:
    return env.overlay(extensions=[_FromMarkdown])
