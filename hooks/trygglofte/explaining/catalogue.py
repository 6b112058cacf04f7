"""The catalogue of problems, read once, and how a name in it is found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("katalog.yml")
_USUAL_FILE = "medborgarloften/2026-trygg-station.yml"
_NEAR = 3


class Form(StrEnum):
    """What the examples of a kind are: text in a file, names of files, or a sentence on what happened."""

    CODE = "kod"
    FILES = "filer"
    WORDS = "ord"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One kind of problem. `severity` is `fel`, `råd` or `båda`; `group` the heading it stands under.

    `sentences` say what it means and why it matters. `wrong` and `right` are examples of the form `form`;
    code is a part of the file `file`. What cannot be seen is written out there: `‹tabb›`.
    """

    kind: str
    title: str
    group: str
    severity: str
    sentences: tuple[str, ...]
    wrong: str
    right: str
    form: Form = Form.CODE
    file: str = ""

    @property
    def text(self) -> str:
        """The explanation as one paragraph."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that concern the same thing, in order of name."""

    title: str
    about: str
    kinds: tuple[Explanation, ...]


@cache
def groups() -> tuple[Group, ...]:
    """The whole catalogue, in the order of its file."""
    read: list[dict[str, Any]] = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return tuple(Group(group["rubrik"], group["om"], _in_order(group)) for group in read)


def _in_order(group: dict[str, Any]) -> tuple[Explanation, ...]:
    found = (_explanation(entry, group["rubrik"]) for entry in group["slag"])
    return tuple(sorted(found, key=lambda one: one.kind))


def _explanation(entry: dict[str, str], group: str) -> Explanation:
    form = Form(entry.get("exempel", Form.CODE))
    return Explanation(
        entry["namn"], entry["rubrik"], group, entry["allvar"], tuple(entry["förklaring"].splitlines()),
        entry["fel"].rstrip("\n"), entry["rätt"].rstrip("\n"), form,
        entry.get("fil", _USUAL_FILE) if form is Form.CODE else "",
    )  # fmt: skip


@cache
def all_kinds() -> tuple[Explanation, ...]:
    """Every kind by name. Names have no å, ä or ö, so this is their Swedish order too."""
    return tuple(sorted((one for group in groups() for one in group.kinds), key=lambda one: one.kind))


def explanation(kind: str) -> Explanation | None:
    """The kind of that name, also as it is copied from a message (`[okant-ord]`) or spelled with dots."""
    name = _plain(kind)
    return next((one for one in all_kinds() if one.kind == name), None)


def nearest(kind: str) -> list[str]:
    """Names that were probably meant, best first: those alike, then those that hold or explain the word."""
    name = _plain(kind)
    names = [one.kind for one in all_kinds()]
    found = get_close_matches(name, names, _NEAR, 0.7)
    if len(name) > 2:
        found += [one for one in names if name in one]
        found += [one.kind for one in all_kinds() if name in _plain(one.title)]
        found += [one.kind for one in all_kinds() if name in _plain(one.text)]
    return list(dict.fromkeys(found or get_close_matches(name, names, _NEAR, 0.5)))[:_NEAR]


def _plain(name: str) -> str:
    """A name in small letters without dots, rings and brackets, with hyphens for space."""
    decomposed = unicodedata.normalize("NFD", name.lower())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
