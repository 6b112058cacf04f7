"""What is kept beside a built site: its card for the portal, what it was made of, its addresses, and a manifest.

A record is written last, so a version whose record can be read is whole. Nothing here is published.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trygglofte.pages import PortalCard

RECORD = "kort.json"
BASIS = "underlag.json"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Record:
    """What the portal is made of: what every run asks of every site that was built.

    `documents` counts the files it was made of, whatever type; `redirects` is old address → new, both from the
    site's start.
    """

    card: PortalCard
    pages: int
    documents: int = 0
    redirects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Basis:
    """What is asked of a site when it is built again or first made live, and is much longer than its record.

    `ingredients` is as in `fingerprints`. `addresses` are those that must never disappear, as in `ledger`.
    """

    ingredients: Mapping[str, str] = field(default_factory=dict)
    addresses: Sequence[str] = ()


def write_record(folder: Path, record: Record, basis: Basis) -> None:
    """Keep a record and its basis in a version's folder."""
    _write(folder / BASIS, {"indata": dict(basis.ingredients), "adresser": list(basis.addresses)})
    values = {
        "kort": record.card.as_values(), "sidor": record.pages, "dokument": record.documents,
        "omdirigeringar": dict(record.redirects),
    }  # fmt: skip
    _write(folder / RECORD, values)


def read_record(folder: Path) -> Record | None:
    """The record of a version, or None where there is none that can be read."""
    from trygglofte.pages import PortalCard

    try:
        values = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        card = PortalCard.from_values(values["kort"])
        return Record(card, int(values["sidor"]), int(values["dokument"]), dict(values["omdirigeringar"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def read_basis(folder: Path) -> Basis:
    """The basis of a version; an empty one where there is none that can be read, for it is asked for no page's sake."""
    try:
        values = json.loads((folder / BASIS).read_text(encoding="utf-8"))
        return Basis(dict(values["indata"]), list(values["adresser"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Basis()


def write_manifest(html: Path, manifest: Path) -> None:
    """The SHA-256 of every file of a finished site, by its path from the site's start."""
    _write(manifest, digests_of(html))


def read_manifest(manifest: Path) -> dict[str, str] | None:
    """A manifest, or None where it cannot be read."""
    try:
        values = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return values if isinstance(values, dict) else None


def digests_of(html: Path) -> dict[str, str]:
    """Path → SHA-256 of every file below a folder. Links and what they lead to are left out."""
    found: dict[str, str] = {}
    _digest_all(os.fspath(html), "", found)
    return found


def _digest_all(folder: str, inside: str, found: dict[str, str]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                _digest_all(entry.path, f"{name}/", found)
            elif entry.is_file(follow_symlinks=False):
                with open(entry.path, "rb") as file:  # noqa: PTH123 - thousands of them
                    found[name] = hashlib.sha256(file.read()).hexdigest()


def is_whole(html: Path, manifest: Path) -> bool:
    """Whether a site's files are those of its manifest, every byte of them, and no other."""
    return html.is_dir() and read_manifest(manifest) == digests_of(html)


def _write(path: Path, values: Any) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
