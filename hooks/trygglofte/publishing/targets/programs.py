"""Programs of others, run with a list of arguments and never through a shell; and the folders they are handed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from trygglofte.publishing.targets.contract import Item, TargetError


class Program:
    """A program that has to be installed. `how` says how, in Swedish. Raises TargetError where it is not there."""

    def __init__(self, name: str, how: str) -> None:
        self.name = name
        if not (found := shutil.which(name)):
            raise TargetError(f"Programmet {name} finns inte på den här datorn. {how}")
        self.path = found

    def run(self, arguments: Sequence[str], doing: str, stdin: bytes = b"") -> bytes:
        """What it says on its output. Raises TargetError with the last it said, where it did not end well."""
        done = self.ask(arguments, stdin)
        if done.returncode:
            raise self.failed(doing, done)
        return done.stdout

    def ask(self, arguments: Sequence[str], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """How it ended, well or not, and all that it said."""
        return subprocess.run([self.path, *arguments], input=stdin, capture_output=True, check=False)

    def failed(self, doing: str, done: subprocess.CompletedProcess[bytes]) -> TargetError:
        """That it did not end well, and its last words."""
        lines = [line.strip() for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
        said = lines[-1] if lines else f"slutade med kod {done.returncode}"
        return TargetError(f"{self.name} kunde inte {doing}: {said}")


class Staging:
    """Fresh folders below one, which whoever made that takes away."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self._numbers = count(1)

    def folder(self) -> Path:
        """An empty folder that has not been given before."""
        folder = self.work / str(next(self._numbers))
        folder.mkdir()
        return folder

    def links_to(self, items: Iterable[Item]) -> Path:
        """A folder with a link to each file at its path, so that one process can put them all."""
        folder = self.folder()
        made: set[Path] = set()
        for item in items:
            link = folder / item.path
            if link.parent not in made:
                link.parent.mkdir(parents=True, exist_ok=True)
                made.add(link.parent)
            link.symlink_to(item.source)
        return folder

    def file(self, name: str, content: bytes) -> Path:
        """A folder with one file in it. Gives the file."""
        path = self.folder() / name
        path.write_bytes(content)
        return path
