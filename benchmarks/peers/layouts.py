"""The same municipalities for every contender, in one folder.

ours/              a project of ours; its data/ is read by Hugo and Eleventy too, file by file
stock/<kommun>/    Markdown for MkDocs with Material and for Zensical, one site for each municipality
hugo/, eleventy/   templates and settings that read ../ours/data
out/               what each contender writes, in a folder of its own
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks import corpus
from benchmarks.corpus import Corpus, Document
from benchmarks.layouts import add_yaml, as_markdown, as_yaml, markdown_of
from benchmarks.words import PARTIES, PLACES, THEMES

HERE = Path(__file__).resolve().parent


def made(municipalities: int, documents: int) -> Iterator[Corpus]:
    """Municipalities with as many documents each, no two with the same texts."""
    for number in range(1, municipalities + 1):
        one = corpus.make(documents, seed=2025 + number)
        names = {"namn": f"Måttstads kommun {number}", "kortnamn": f"Måttstad {number}"}
        yield replace(one, municipality={**one.municipality, **names}, slug=f"{corpus.SLUG}-{number:03d}")


def lay_out(municipalities: int, documents: int, work: Path, keys: set[str]) -> list[Corpus]:
    """Write what the contenders in `keys` read, below `work`. Gives the municipalities, the first with its documents
    and the others without values, so that 290 of them can be held."""
    found: list[Corpus] = []
    for one in made(municipalities, documents):
        if found:
            add_yaml(one, work / "ours")
        else:
            as_yaml(one, work / "ours")
        if keys & {"mkdocs", "zensical"}:
            _stock(one, work)
        if "hugo" in keys:
            _adapter(one.slug, work / "hugo")
        found.append(one if not found else replace(one, documents=[_bare(d) for d in one.documents]))
    for key in {"hugo", "eleventy"} & keys:
        shutil.copytree(HERE / key, work / key, dirs_exist_ok=True)
        shutil.copy(HERE / "style.css", work / key / ("static" if key == "hugo" else "") / "style.css")
    if "hugo" in keys:
        _dump({"names": PLACES | THEMES | PARTIES}, work / "hugo" / "config" / "_default" / "params.yml")
    if "eleventy" in keys:
        _dump(PLACES | THEMES | PARTIES, work / "eleventy" / "names.yml")
    return found


def edit(one: Corpus, work: Path, turn: int) -> tuple[Document, str]:
    """Change the summary of a municipality's newest pledge in its YAML and, where there is any, its Markdown.
    Gives the document and the new words, which every contender's page must hold afterwards."""
    document = next(d for d in one.documents if d.folder == "medborgarloften")
    words = f"Ändring nummer {turn} i mätningen."
    values = {**document.values, "sammanfattning": f"{words} {document.values['sammanfattning']}"}
    changed = replace(document, values=values)
    add_yaml(replace(one, documents=[changed]), work / "ours")
    stock = work / "stock" / one.slug / "docs" / document.folder / f"{document.id}.md"
    if stock.exists():
        stock.write_text(markdown_of(changed), encoding="utf-8", newline="\n")
    return document, words


def _bare(document: Document) -> Document:
    return replace(document, values={})


def _stock(one: Corpus, work: Path) -> None:
    """One MkDocs site, with the four settings it is built with: by MkDocs and by Zensical, without search and with."""
    folder = as_markdown(one, work / "stock" / one.slug)
    config = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    for search in (False, True):
        plugins = {"plugins": ["search"] if search else []}
        for key in ("mkdocs", "zensical"):
            # Zensical writes nowhere but inside the project.
            out = "." if key == "zensical" else "../../out"
            site = {"site_dir": f"{out}/{output(key, search)}/{one.slug}"}
            _dump({**config, **plugins, **site}, folder / settings(key, search))


def settings(key: str, search: bool) -> str:
    """The name of a settings file of the stock site."""
    return f"{key}-{'search' if search else 'plain'}.yml"


def output(key: str, search: bool) -> str:
    """The name of a contender's folder in out/."""
    return f"{key}-{'search' if search else 'plain'}"


def _adapter(slug: str, folder: Path) -> None:
    """A content adapter for each municipality, as Hugo runs adapters side by side."""
    home = folder / "content" / slug
    home.mkdir(parents=True)
    adapter = (HERE / "hugo-adapter.gotmpl").read_text(encoding="utf-8")
    (home / "_content.gotmpl").write_text(adapter.replace("SLUG", slug), encoding="utf-8")
    (home / "_index.md").write_text("---\ntype: kommun\ntitle: Start\n---\n", encoding="utf-8")


def _dump(values: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000),
        encoding="utf-8",
        newline="\n",
    )
