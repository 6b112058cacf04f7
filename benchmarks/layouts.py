"""The same documents twice: as a project of ours, and as Markdown for stock MkDocs with Material.

The project is a copy of this one's `mkdocs.yml`, content/, overrides/ and hooks/ with the made documents as its
only municipality. The Markdown holds every text, number and date that the YAML holds, laid out the way an editor
would, and every page stands in the navigation, by type and year.
"""

from __future__ import annotations

import shutil
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from benchmarks.corpus import Corpus, Document
from benchmarks.words import PARTIES, PLACES, THEMES

PROJECT = Path(__file__).resolve().parent.parent
_COPIED = ("content", "overrides", "hooks")
SECTIONS = {
    "medborgarloften": "Medborgarlöften",
    "lagesbilder": "Lägesbilder",
    "overenskommelser": "Överenskommelser",
    "atgardsplaner": "Åtgärdsplaner",
}
_NAMES = PLACES | THEMES | PARTIES


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """YAML as a person writes it: paragraphs as blocks, no references."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _dumped(values: Any) -> str:
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def as_yaml(corpus: Corpus, folder: Path) -> Path:
    """Lay the documents out as a project of ours in `folder`, which is made. Gives the folder."""
    for name in _COPIED:
        shutil.copytree(
            PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    (folder / "data").mkdir()
    for path in (PROJECT / "data").glob("*.yml"):
        shutil.copy(path, folder / "data")
    add_yaml(corpus, folder)
    return folder


def add_yaml(corpus: Corpus, folder: Path) -> None:
    """Lay the documents out as one more municipality of the project in `folder`."""
    home = folder / "data" / corpus.slug
    _write(home / "kommun.yml", _dumped(corpus.municipality))
    for document in corpus.documents:
        _write(home / document.folder / f"{document.id}.yml", _dumped(document.values))


def as_markdown(corpus: Corpus, folder: Path) -> Path:
    """Lay the documents out as a stock MkDocs site with Material in `folder`, which is made. Gives the folder."""
    for document in corpus.documents:
        _write(folder / "docs" / document.folder / f"{document.id}.md", markdown_of(document))
    _write(folder / "docs" / "index.md", f"# Trygglöfte Måttstad\n\n{corpus.municipality['om']}")
    config = {
        "site_name": "Trygglöfte Måttstad",
        "site_url": "https://mattstad.example/",
        "theme": {"name": "material", "language": "sv", "font": False},
        "plugins": [],  # the search index is no part of the measurement
        "nav": [{"Start": "index.md"}, *_navigation(corpus)],
    }
    _write(folder / "mkdocs.yml", _dumped(config))
    return folder


def _navigation(corpus: Corpus) -> list[dict[str, Any]]:
    """Every page, in sections by type and, within a type, by year."""

    def year(document: Document) -> str:
        return document.id[:4]

    sections = []
    for folder, name in SECTIONS.items():
        of_type = sorted(
            (d for d in corpus.documents if d.folder == folder), key=lambda d: d.id, reverse=True
        )
        years = [
            {key: [{document.title: f"{folder}/{document.id}.md"} for document in group]}
            for key, group in groupby(of_type, key=year)
        ]
        sections.append({name: years})
    return sections


def markdown_of(document: Document) -> str:
    """A document as Markdown, with everything that its YAML says."""
    values = {key: value for key, value in document.values.items() if key != "titel"}
    return f"# {document.title}\n\n" + "\n\n".join(_parts(values, 2)) + "\n"


def _parts(values: dict[str, Any], level: int) -> list[str]:
    """Short values as one list of facts, longer ones under headings of their own."""
    short = {key: value for key, value in values.items() if _is_short(value)}
    parts = (
        ["\n".join(f"- **{_label(key)}**: {_said(value)}" for key, value in short.items())] if short else []
    )
    for key, value in values.items():
        if key not in short:
            parts += [f"{'#' * min(level, 6)} {_label(key)}", *_long(value, level + 1)]
    return parts


def _long(value: Any, level: int) -> list[str]:
    if isinstance(value, str):
        return [value.strip()]
    if isinstance(value, dict):
        return _parts(value, level)
    if all(isinstance(item, str) for item in value):
        return ["\n".join(f"- {item}" for item in value)]
    if all(_is_row(item) for item in value):
        return [_table(value)]
    made = []
    for item in value:
        title = (
            item.get("titel")
            or item.get("vad")
            or item.get("tema")
            or item.get("publicerad")
            or item.get("namn")
        )
        rest = {key: inner for key, inner in item.items() if inner is not title}
        made += [f"{'#' * min(level, 6)} {_said(title)}", *_parts(rest, level + 1)]
    return made


def _table(rows: list[dict[str, Any]]) -> str:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    lines = [[_label(key) for key in keys], ["---"] * len(keys)]
    lines += [[_said(row.get(key, "")) for key in keys] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _is_row(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_short(inner) for inner in value.values())


def _is_short(value: Any) -> bool:
    if isinstance(value, str):
        return "\n" not in value
    if isinstance(value, list):
        return all(isinstance(item, str) and len(item) < 40 for item in value)
    if isinstance(value, dict):
        simple = all(isinstance(inner, (str, int, date)) for inner in value.values())
        return simple and len(value) < 5 and all(map(_is_short, value.values()))
    return True


def _label(key: str) -> str:
    return _NAMES.get(key, key.replace("_", " ").capitalize())


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_said(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{_label(key).lower()} {_said(inner)}" for key, inner in value.items())
    return _NAMES.get(value, value) if isinstance(value, str) else str(value)
