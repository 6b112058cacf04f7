"""The ledger of a municipality: every address that was ever published, one on each line. It only grows.

A text file in the store. What is to be in it stands in `lasting`.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path


def read_ledger(folder: Path, slug: str) -> list[str]:
    """The addresses that a municipality has ever published; none where nothing is known."""
    try:
        return (folder / f"{slug}.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []


def extend_ledgers(folder: Path, published: Mapping[str, Collection[str]]) -> None:
    """Add what is published now to the ledgers, municipality by municipality. Nothing is ever taken away."""
    folder.mkdir(exist_ok=True)
    for slug, addresses in published.items():
        before = set(read_ledger(folder, slug))
        if not before.issuperset(addresses):
            fresh = folder / f".ny-{os.getpid()}-{slug}"
            after = sorted(before.union(addresses))
            fresh.write_text("".join(f"{address}\n" for address in after), encoding="utf-8")
            fresh.replace(folder / f"{slug}.txt")
