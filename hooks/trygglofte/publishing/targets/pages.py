"""The artefact that GitHub Pages deploys: one tar, the same bytes for the same site.

It is what `actions/upload-pages-artifact` makes: every file below `./`, no links, no file whose name begins with a
dot. A tar is always the whole site, so nothing is compared and nothing is removed.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Collection, Sequence
from pathlib import Path

from trygglofte.publishing.targets.contract import Item, Target, TargetError
from trygglofte.publishing.targets.planning import folders_of

SITE_LIMIT = 1_000_000_000
"""Bytes that a site on GitHub Pages may have (docs.github.com, "GitHub Pages limits"); it is told, not held."""
TAR_LIMIT = 10_000_000_000
"""Bytes above which Pages refuses to deploy an artefact."""


class Pages(Target):
    """A tar at `path`, replaced in one step when all of it is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.items: list[Item] = []

    def notes(self) -> bytes | None:
        """None: a tar is made anew."""
        return None

    def remarks(self, items: Collection[Item]) -> list[str]:
        """Where the site is larger than Pages takes."""
        size = _size(items)
        if size > TAR_LIMIT:
            raise TargetError(
                f"Webbplatsen är {size / 1e9:.1f} GB".replace(".", ",")
                + ", och GitHub Pages tar emot högst 10 GB. "
                "Lägg ut den någon annanstans, eller varje kommun för sig."
            )
        if size > SITE_LIMIT:
            return [
                f"Webbplatsen är {size / 1e9:.1f} GB.".replace(".", ",")
                + " GitHub Pages lovar inte att visa mer än 1 GB."
            ]
        return []

    def begin(self, notes: bytes) -> None:
        """Nothing is begun before all is known."""

    def put(self, items: Sequence[Item]) -> None:
        """Take files into the tar, but for those that the server's own would read."""
        self.items += [
            item for item in items if not any(part.startswith(".") for part in item.path.split("/"))
        ]

    def remove(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Nothing: what is not put is not in it."""

    def finish(self, notes: bytes) -> None:  # noqa: ARG002 - a tar is no place to keep them
        """Write the tar."""
        fresh = self.path.with_name(f".ny-{self.path.name}")
        try:
            with tarfile.open(fresh, "w", format=tarfile.GNU_FORMAT) as tar:
                for name in [
                    ".",
                    *sorted(f"./{folder}" for folder in folders_of(i.path for i in self.items)),
                ]:
                    tar.addfile(_entry(name, tarfile.DIRTYPE, 0o755))
                for item in sorted(self.items, key=lambda item: item.path):
                    content = item.source.read_bytes()
                    tar.addfile(
                        _entry(f"./{item.path}", tarfile.REGTYPE, 0o644, len(content)), io.BytesIO(content)
                    )
            fresh.replace(self.path)
        finally:
            fresh.unlink(missing_ok=True)


def _entry(name: str, kind: bytes, mode: int, size: int = 0) -> tarfile.TarInfo:
    """A header without a clock, a person or a machine in it."""
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode, entry.size = kind, mode, size
    return entry


def _size(items: Collection[Item]) -> int:
    """Bytes in a tar: contents in blocks of 512, and a header each."""
    return sum(1024 + item.size for item in items)
