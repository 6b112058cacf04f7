"""Whether the same project gives the same bytes under other conditions: what is varied, and where two builds differ.

Lays copies of a project out and compares built folders. Starting the builds, each in a process of its own, is the
command's (`cli/reproducing.py`), because it takes the environment.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

_FOLDERS = ("content", "overrides", "hooks", "data")
_SETTINGS = "mkdocs.yml"
_NOT_COPIED = ("__pycache__", ".git")
_AROUND = 40
_BLOCK = 1 << 16
_DAY = 86_400
_EDITED = b"\n# en rad som kommer och g\xc3\xa5r\n"


@dataclass(frozen=True)
class Condition:
    """What one build is given. None of it may reach a byte.

    `folder` is the name of the project's folder; `umask` octal digits; `order` the seed of the order in which
    files are made (None: by name); `clock` how many seconds the computer's clock is moved; `incremental` whether
    it begins from a site where half of the municipalities were built from other files.
    """

    folder: str
    environment: Mapping[str, str]
    umask: str
    processes: int
    order: int | None = None
    clock: int = 0
    incremental: bool = False


def conditions(count: int) -> list[Condition]:
    """The first `count` conditions (at least 2): the plain one, one where all is otherwise, and incremental ones."""
    first = Condition("a", _world("Europe/Stockholm", "C.UTF-8", 0), "022", 1)
    made = [first]
    for number in range(1, count):
        east = number % 2 == 1
        zone, locale = ("Pacific/Kiritimati", "C") if east else ("America/Anchorage", "tr_TR.UTF-8")
        folder = f"en annan mapp, åäö/{number}" if east else f"{number}/{'lång' * 20}"
        made.append(
            Condition(
                folder,
                _world(zone, locale, 1 + 4241 * (number - 1)),
                "077" if east else "002",
                2 if east else 3,
                order=number,
                clock=(400 if east else -400) * _DAY * number,
                incremental=not east,
            )
        )
    return made


def _world(zone: str, locale: str, seed: int) -> dict[str, str]:
    return {"TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": str(seed)}


def lay_out(root: Path, folder: Path, order: int | None, git: tuple[Path, Path] | None) -> Path:
    """Copy a project into `folder`, which is made, its files in an order of their own. Gives the project's folder.

    `git` is the repository that knows the project's past and where in it the project lies (`history.repository`):
    the copy is told where it is and has none of its own.
    """
    if git:
        folder.mkdir(parents=True)
        (folder / ".git").write_text(f"gitdir: {git[0]}\n", encoding="utf-8")
        folder = folder / git[1]
    files = sorted(file for name in _FOLDERS for file in _files(root / name))
    if order is not None:
        Random(order).shuffle(files)  # noqa: S311 - nothing is kept secret by it
    for file in (root / _SETTINGS, *files):
        target = folder / file.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target, follow_symlinks=False)
        if order is not None and not target.is_symlink():
            os.utime(target, (order * _DAY, order * _DAY))
    return folder


def _files(top: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(top):
        below[:] = [name for name in below if name not in _NOT_COPIED and not name.endswith(".egg-info")]
        for name in names:
            if (path := Path(folder, name)).is_symlink() or path.is_file():
                yield path


def edit(project: Path, only: Sequence[str] = ()) -> dict[Path, bytes]:
    """Change the file of every second municipality in a copy. Gives what was there, to be put back."""
    known = sorted((project / "data").glob("*/kommun.yml"))
    files = [file for file in known if not only or file.parent.name in only][::2]
    before = {file: file.read_bytes() for file in files}
    for file, content in before.items():
        file.write_bytes(content.rstrip(b"\n") + _EDITED)
    return before


def put_back(before: Mapping[Path, bytes]) -> None:
    """Undo `edit`."""
    for file, content in before.items():
        file.write_bytes(content)


@dataclass(frozen=True)
class Difference:
    """A file that is not the same in two builds.

    `here` says which of them has the file: both, or only the `first` or `other`. Where both have it, `place` says
    in Swedish where they begin to differ, and `texts` hold what stands there in each, as one line.
    """

    name: str
    here: str = "both"
    place: str = ""
    texts: tuple[str, str] = ("", "")


def compare(first: Path, other: Path) -> tuple[int, list[Difference]]:
    """How many files two folders hold together, links followed, and every one that differs, by name."""
    ours, theirs = _reached(first), _reached(other)
    found = []
    for name in sorted({*ours, *theirs}):
        if name not in theirs:
            found.append(Difference(name, "first"))
        elif name not in ours:
            found.append(Difference(name, "other"))
        elif not _same(ours[name], theirs[name]):
            found.append(difference(name, ours[name].read_bytes(), theirs[name].read_bytes()))
    return len({*ours, *theirs}), found


def _reached(top: Path) -> dict[str, Path]:
    return {
        Path(folder, name).relative_to(top).as_posix(): Path(folder, name)
        for folder, _, names in os.walk(top, followlinks=True)
        for name in names
    }


def _same(first: Path, other: Path) -> bool:
    if first.stat().st_size != other.stat().st_size:
        return False
    with first.open("rb") as ours, other.open("rb") as theirs:
        while block := ours.read(_BLOCK):
            if block != theirs.read(_BLOCK):
                return False
    return True


def difference(name: str, first: bytes, other: bytes) -> Difference:
    """Where two contents of a file begin to differ: line and column of a text, otherwise the byte."""
    at = _begin(first, other)
    try:
        texts = (first.decode(), other.decode())
    except UnicodeDecodeError:
        shown = (first[at : at + _AROUND].hex(" "), other[at : at + _AROUND].hex(" "))
        return Difference(name, "both", f"byte {at}", shown)
    at = _begin(*texts)
    line, column = texts[0].count("\n", 0, at) + 1, at - texts[0].rfind("\n", 0, at)
    return Difference(name, "both", f"rad {line}, tecken {column}", _around(texts, at))


def _begin(first: Sequence[object], other: Sequence[object]) -> int:
    """How much two sequences have alike from the start."""
    pairs = enumerate(zip(first, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(first), len(other)))


def _around(texts: Sequence[str], at: int) -> tuple[str, str]:
    begin = max(0, at - _AROUND)
    first, other = (" ".join(text[begin : at + _AROUND].split()) for text in texts)
    return first, other
