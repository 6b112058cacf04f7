"""The ledger of a municipality: every address that was ever published, one on each line. It only grows.

A text file in the store. What is to be in it stands in `lasting`.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path


def ledger_of(folder: Path, slug: str) -> Path:
    """The file that holds a municipality's ledger."""
    return folder / f"{slug}.txt"


def read_ledger(folder: Path, slug: str) -> list[str]:
    """The addresses that a municipality has ever published; none where nothing is known."""
    try:
        return ledger_of(folder, slug).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []


def extend_ledger(folder: Path, slug: str, published: Collection[str]) -> None:
    """Add what is published now to a municipality's ledger. Nothing is ever taken away."""
    folder.mkdir(exist_ok=True)
    before = set(read_ledger(folder, slug))
    if not before.issuperset(published):
        fresh = folder / f".ny-{os.getpid()}-{slug}"
        after = sorted(before.union(published))
        fresh.write_text("".join(f"{address}\n" for address in after), encoding="utf-8")
        fresh.replace(ledger_of(folder, slug))
