"""What municipalities hand one another, as values, and whether a file seems to hold such a thing.

Bytes are looked at and nothing is understood: that is for `sharing`. So a run that finds nothing to do need not
know what a document is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MUNICIPALITY_FILE = "kommun.yml"
PLEDGES = "medborgarloften"
_WORD = b"ommuner"
"""Looked for in every pledge there is, and so with nothing slower than this; the key itself only where it is found."""
_KEY = re.compile(rb"[kK]ommuner[\"']?[ \t]*:|KOMMUNER")


@dataclass(frozen=True)
class Handed:
    """A pledge on its way from its owner, as bytes. `file` is its path from the project's folder."""

    owner: str
    file: str
    pledge: bytes
    municipality: bytes
    """The owner's kommun.yml, whose words the pledge uses."""
    to: tuple[str, ...]


@dataclass(frozen=True)
class Shares:
    """What municipalities hand one another. `names` are those of the ones that take part, by slug."""

    handed: tuple[Handed, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    faulty: tuple[str, ...] = ()
    """Files that seem to be shared and have mistakes, or whose owner's kommun.yml has."""

    def of(self, slug: str) -> Shares:
        """What concerns one municipality: what it is handed, and the names it needs for that and for its own."""
        mine = tuple(one for one in self.handed if slug in one.to)
        about = [one for one in self.handed if slug in one.to or one.owner == slug]
        named = {name for one in about for name in (one.owner, *one.to)} - {slug}
        return Shares(mine, {name: self.names[name] for name in sorted(named) if name in self.names})

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the pledges that are handed."""
        return frozenset(Path(one.file).stem for one in self.handed)


def seems_shared(content: bytes) -> bool:
    """Whether a pledge seems to name other municipalities that it holds for."""
    return (_WORD in content or b"OMMUNER" in content) and bool(_KEY.search(content))


def can_change(shares: Shares, path: Path) -> bool:
    """Whether what is shared may be otherwise now that a file or folder below a municipality's has changed."""
    if not path.suffix:
        return True
    if path.name == MUNICIPALITY_FILE:
        taking_part = {name for one in shares.handed for name in (one.owner, *one.to)}
        return bool(shares.faulty) or path.parent.name in taking_part
    was = any(
        path.as_posix().endswith(f"/{file}")
        for file in (*shares.faulty, *(one.file for one in shares.handed))
    )
    return was or (path.parent.name == PLEDGES and seems_shared(bytes_of(path)))


def bytes_of(path: str | Path) -> bytes:
    """What an ordinary file holds; nothing where it cannot be read, or is a link to another."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read() or b""
    except OSError:
        return b""
