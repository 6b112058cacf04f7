"""Files and folders as they lie in a project: what may be read, and what is wrong with those that may not.

Reads bytes and names. What they say is for `library`.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Container, Iterator
from pathlib import Path

from trygglofte.model import FOLDERS
from trygglofte.problems import Problem
from trygglofte.reading import MAX_BYTES

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What a file or folder may be called, for its name becomes an address."""


class Folder:
    """A project's folder, from which the paths in problems are counted."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def bytes_of(self, path: Path, problems: list[Problem]) -> bytes | None:
        """A plain file's bytes; None where it cannot be read at all."""
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                problems.append(self.fault(path, "lank", "Filen är en länk till en annan fil.",
                                              "Lägg en riktig fil här."))  # fmt: skip
                return None
            if not stat.S_ISREG(mode):
                raise OSError
            with path.open("rb") as opened:
                raw = opened.read(MAX_BYTES + 1)
        except FileNotFoundError:
            problems.append(
                self.fault(
                    path, "saknad-fil", "Filen saknas.", f"Skapa {path.name} med de nycklar som behövs."
                )
            )
            return None
        except OSError:
            problems.append(
                self.fault(
                    path,
                    "olaslig-fil",
                    "Filen går inte att läsa.",
                    "Kontrollera att det är en vanlig fil, med rätt att läsas.",
                )
            )
            return None
        return raw

    def strays(self, folder: Path, files: set[str], folders: Container[str]) -> Iterator[Problem]:
        """Files and folders that nothing reads, so that nobody believes they are published."""
        if not folder.is_dir():
            return
        for path in visible(folder):
            if path.name in files or path.name in {"LICENSE", "README.md"}:
                continue
            if path.is_dir():
                if folder != self.root / "data" and path.name not in folders:
                    yield self.fault(path, "okand-mapp", f"Mappen ”{sayable(path.name)}” läses inte.",
                                        f"Dokument ligger i {', '.join(FOLDERS)}.")  # fmt: skip
            else:
                yield self.name_fault(path) or self.fault(
                    path,
                    "fel-plats",
                    "Filen ligger där inget dokument läses.",
                    "Flytta den till mappen för sin dokumenttyp.",
                )

    def folder_fault(self, path: Path) -> Problem | None:
        """What is wrong where a folder lies among documents."""
        if not path.is_dir() or path.is_symlink():
            return None
        return self.fault(
            path,
            "okand-mapp",
            f"Mappen ”{sayable(path.name)}” läses inte.",
            "Lägg filerna en nivå högre upp.",
        )

    def name_fault(self, path: Path) -> Problem | None:
        """What is wrong with the name of a document's file."""
        if path.name.endswith(".yml") and NAME.fullmatch(path.stem):
            return None
        return self.fault(path, "fel-filnamn", f"Filnamnet ”{sayable(path.name)}” kan inte bli en adress.",
                             f"Döp om filen till ”{_proposed(path.name)}”.")  # fmt: skip

    def fault(self, path: Path, kind: str, message: str, hint: str) -> Problem:
        """An error about a file or a folder itself."""
        return Problem(self.relative(path), 1, 1, kind, message, hint)

    def relative(self, path: Path) -> str:
        """A path as problems write it."""
        return sayable(path.relative_to(self.root).as_posix())


def sayable(name: str) -> str:
    """A name that can be written as UTF-8, whatever the file system holds."""
    return name.encode("utf-8", "replace").decode()


def visible(folder: Path) -> list[Path]:
    """What a folder holds, but for what begins with a dot."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _proposed(name: str) -> str:
    from slugify import slugify

    stem = re.sub(r"\.(ya?ml|txt|yml\.txt|yaml\.txt)$", "", name, flags=re.IGNORECASE)
    return (slugify(sayable(stem), replacements=[["å", "a"], ["ä", "a"], ["ö", "o"]]) or "dokument") + ".yml"
