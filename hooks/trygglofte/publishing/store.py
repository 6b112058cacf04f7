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

from trygglofte.pages.environment import keep_bytecode
from trygglofte.publishing.building import HTML

KEPT_PORTALS = 3
"""How many portals are kept: the live one and those before it."""


_HINT = "Flytta den, eller välj en annan mapp med --out."


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
        if self.output.is_symlink():
            if self.output.readlink().parts[:2] != (self.folder.name, "portal"):
                raise StoreError(f"{self.output} är en länk som inte är gjord av trygglofte. {_HINT}")
        elif self.output.exists():
            if not self.output.is_dir() or any(self.output.iterdir()):
                raise StoreError(f"{self.output} finns redan och är inte gjord av trygglofte. {_HINT}")
            self.output.rmdir()
        self.municipalities.mkdir(parents=True, exist_ok=True)
        self.portals.mkdir(exist_ok=True)

    @contextmanager
    def only_one(self) -> Iterator[None]:
        """Wait until no other build works in the same store.

        The lock is the process's own (`lockf`): workers do not share it, so it ends with the build even if
        that is killed.
        """
        import fcntl

        with (self.folder / "las").open("w") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
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
            (fresh / slug).symlink_to(
                Path("..", "..", "kommun", slug, version.name, HTML), target_is_directory=True
            )
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
        """Take away portals that are too old, versions no portal links to, and what a stopped build left.

        What cannot be taken away is left for the next time.
        """
        portals = [path for path in self.portals.iterdir() if not path.name.startswith(".") and path.is_dir()]
        live = self.output.resolve()
        portals.sort(key=lambda path: (path.resolve() == live, path.stat().st_mtime_ns), reverse=True)
        for old in portals[KEPT_PORTALS:]:
            shutil.rmtree(old, ignore_errors=True)
        links = [link for portal in portals[:KEPT_PORTALS] for link in portal.iterdir() if link.is_symlink()]
        kept = {link.resolve().parent for link in links}
        for folder in (path for path in self.municipalities.iterdir() if path.is_dir()):
            for version in folder.iterdir():
                if version.resolve() not in kept:
                    shutil.rmtree(version, ignore_errors=True)
            if not any(folder.iterdir()):
                folder.rmdir()
        for left in self.portals.glob(".ny-*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in self.folder.glob(".ny-*"):
            left.unlink()


def keep_templates(root: Path, code: str) -> None:
    """Keep compiled templates between runs, for as long as the program is the same.

    They only save time: where the folder cannot be written, every run compiles them again.
    """
    folder = root / "build" / "mallar"
    try:
        for old in folder.glob("*"):
            if old.name != code[:20]:
                shutil.rmtree(old, ignore_errors=True)
        (folder / code[:20]).mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder / code[:20], os.W_OK):
        keep_bytecode(folder / code[:20])
