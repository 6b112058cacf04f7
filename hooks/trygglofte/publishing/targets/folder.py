"""A folder on this machine, or one that is mounted on it: each file is replaced in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from trygglofte.publishing.targets.contract import NOTES, Item, Target, TargetError

_FRESH = f"{NOTES}.ny"
"""Where a file lies while it is written. One name, so that a run that was killed leaves one file at most."""


class Folder(Target):
    """A folder that a web server shows. The folder above it has to be there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._inside: set[Path] = set()

    def notes(self) -> bytes | None:
        """The notes, if there are any."""
        try:
            return (self.root / NOTES).read_bytes()
        except FileNotFoundError:
            return None

    def begin(self, notes: bytes) -> None:
        """Make the folder, if it is not there, and write what is about to change."""
        self.root.mkdir(exist_ok=True)
        self._write(notes)

    def put(self, items: Sequence[Item]) -> None:
        """Copy each file beside its place, and then to it: no reader meets half a page."""
        fresh = self.root / _FRESH
        for item in items:
            place = self.root / item.path
            place.parent.mkdir(parents=True, exist_ok=True)
            self._hold_inside(place)
            shutil.copyfile(item.source, fresh)
            fresh.replace(place)

    def remove(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Unlink files, and the folders that are empty then. What is gone already is no problem."""
        for path in paths:
            place = self.root / path
            if place.parent.is_dir():
                self._hold_inside(place)
                place.unlink(missing_ok=True)
        for name in folders:
            self._close(self.root / name)

    def finish(self, notes: bytes) -> None:
        """Write the notes when all else is on the disk."""
        os.sync()
        self._write(notes)
        (self.root / _FRESH).unlink(missing_ok=True)

    def _close(self, folder: Path) -> None:
        """Take away a folder where nothing lies; a link is not one."""
        if folder != self.root and folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()

    def _write(self, notes: bytes) -> None:
        (self.root / _FRESH).write_bytes(notes)
        (self.root / _FRESH).replace(self.root / NOTES)

    def _hold_inside(self, place: Path) -> None:
        """Refuse a way out of the target through a link that somebody else has put in it."""
        if place.parent in self._inside:
            return
        if not place.parent.resolve().is_relative_to(self.root.resolve()):
            raise TargetError(f"{place.parent} är en länk ut ur målet. Ta bort länken, och lägg ut igen.")
        self._inside.add(place.parent)
