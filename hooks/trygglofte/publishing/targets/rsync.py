"""A host that rsync reaches, or a folder: everything goes through the program `rsync` (3.1 or later).

A step is one process. Only files that are named are put or removed; rsync never looks for what else to delete.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from trygglofte.publishing.targets.contract import NOTES, Item, Target, TargetError
from trygglofte.publishing.targets.planning import folders_of
from trygglofte.publishing.targets.programs import Program, Staging

_HOW = "Installera det, till exempel med ”apt install rsync” eller ”brew install rsync”."
_PUT = ["--recursive", "--copy-links", "--ignore-times", "--chmod=D755,F644", "--protect-args"]
_REMOVE = ["--dirs", "--delete-missing-args", "--files-from=-", "--from0", "--protect-args"]


class Rsync(Target):
    """A place as rsync writes it: `host:/path`, `rsync://host/module/path` or a path here. It has to be there."""

    def __init__(self, place: str, work: Path) -> None:
        if not place.strip("/") or place.startswith("-"):
            raise TargetError(f"”{place}” är inget mål för rsync. Skriv till exempel rsync:host:/srv/www.")
        self.place = place.rstrip("/") + "/"
        self.rsync = Program("rsync", _HOW)
        self.staging = Staging(work)

    def notes(self) -> bytes | None:
        """The notes, if there are any."""
        here = self.staging.folder()
        arguments = ["--ignore-missing-args", "--protect-args", "--", f"{self.place}{NOTES}", f"{here}/"]
        self.rsync.run(arguments, f"läsa i {self.place}")
        return (here / NOTES).read_bytes() if (here / NOTES).is_file() else None

    def begin(self, notes: bytes) -> None:
        """Write what is about to change."""
        self._put(self.staging.file(NOTES, notes).parent)

    def put(self, items: Sequence[Item]) -> None:
        """Put files, each under another name until it is whole."""
        self._put(self.staging.links_to(items))

    def remove(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Remove the files that are named, and then, level by level, folders that are empty."""
        if paths:
            self._remove(paths)
        for _, level in groupby(folders, key=lambda folder: folder.count("/")):
            self._remove(list(level))

    def finish(self, notes: bytes) -> None:
        """Write the notes."""
        self._put(self.staging.file(NOTES, notes).parent)

    def _put(self, folder: Path) -> None:
        self.rsync.run([*_PUT, "--", f"{folder}/", self.place], f"lägga filer i {self.place}")

    def _remove(self, paths: Sequence[str]) -> None:
        """A name that is missing here is removed there; the folders above it must not be missing here."""
        empty = self.staging.folder()
        for folder in folders_of(paths):
            (empty / folder).mkdir(parents=True, exist_ok=True)
        names = "\0".join([*paths, ""]).encode()
        self.rsync.run([*_REMOVE, "--", f"{empty}/", self.place], f"ta bort filer i {self.place}", names)
