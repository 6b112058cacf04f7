"""Where versions of sites lie, and how one of them becomes the live one.

Beside the output `site` lies `.site/`: `kommun/<slug>/<key>/html/` holds a municipality's site, and
`portal/<key>/` the portal, in which every municipality is a link to its version. `site` is a link to one
portal. Replacing that one link is the whole publication: no reader ever meets half a site.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from trygglofte.publishing.building import HTML

KEPT_PORTALS = 3
"""How many portals are kept: the live one and those before it."""


class StoreError(Exception):
    """The output cannot be written. The message is Swedish and says what to do."""


class Store:
    """The versions behind one output."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.parent / f".{output.name}"
        self.municipalities = self.folder / "kommun"
        self.portals = self.folder / "portal"

    def prepare(self) -> None:
        """Make the folders, and refuse an output that somebody else has filled."""
        if self.output.exists() and not self.output.is_symlink():
            if not self.output.is_dir() or any(self.output.iterdir()):
                raise StoreError(f"{self.output} finns redan och är inte gjord av trygglofte. Flytta den, eller välj en annan mapp med --out.")
            self.output.rmdir()
        self.municipalities.mkdir(parents=True, exist_ok=True)
        self.portals.mkdir(exist_ok=True)

    @contextmanager
    def only_one(self) -> Iterator[None]:
        """Wait until no other build works in the same store."""
        import fcntl

        with (self.folder / "las").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def version(self, slug: str, key: str) -> Path:
        """Where a version of a municipality's site lies, or is to lie."""
        folder = self.municipalities / slug
        folder.mkdir(exist_ok=True)
        return folder / key

    def live(self, slug: str) -> Path | None:
        """The version of a municipality's site that is live, if there is one."""
        link = self.output / slug
        if not link.is_symlink() or not link.is_dir():
            return None
        return link.resolve().parent

    def release(self, fresh: Path, versions: Mapping[str, Path], key: str) -> None:
        """Make a finished portal live, with a link to each municipality's version."""
        for slug, version in versions.items():
            (fresh / slug).symlink_to(Path("..", "..", "kommun", slug, version.name, HTML), target_is_directory=True)
        target = self.portals / key
        if target.exists():
            shutil.rmtree(fresh)
        else:
            fresh.rename(target)
        os.utime(target)
        link = self.folder / f".ny-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(self.folder.name, "portal", key), target_is_directory=True)
        link.replace(self.output)

    def tidy(self) -> None:
        """Take away portals that are too old, versions no portal links to, and what a stopped build left."""
        portals = [path for path in self.portals.iterdir() if not path.name.startswith(".")]
        live = self.output.resolve()
        portals.sort(key=lambda path: (path.resolve() == live, path.stat().st_mtime_ns), reverse=True)
        for old in portals[KEPT_PORTALS:]:
            shutil.rmtree(old)
        kept = {link.resolve().parent for portal in portals[:KEPT_PORTALS] for link in portal.iterdir() if link.is_symlink()}
        for folder in self.municipalities.iterdir():
            for version in folder.iterdir():
                if version.resolve() not in kept:
                    shutil.rmtree(version, ignore_errors=True)
            if not any(folder.iterdir()):
                folder.rmdir()
        for left in self.portals.glob(".ny-*"):
            shutil.rmtree(left, ignore_errors=True)
