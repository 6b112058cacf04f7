"""What files tell of people beside what is read as a document: raw text, names of files, pictures, prose.

Reads files and nothing else. What is made of it is for `rules.personal_data`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from trygglofte.model import Shared
from trygglofte.personal import SUFFIXES, Located, find, located
from trygglofte.problems import Problem
from trygglofte.reading import Mapping, scalars
from trygglofte.rules import personal_data

_MOST_OF_A_PICTURE = 64 * 1024 * 1024

Relative = Callable[[Path], str]
"""A path → its POSIX path from the project's folder, in what can be written as UTF-8."""


def told_by_text(raw: bytes, tree: Mapping | None) -> tuple[Located, ...]:
    """What in a file is about people: in its text, comments too, and in what escapes in quotes stand for."""
    found = located(raw.decode("utf-8-sig", "replace"))
    if tree is None or b"\\" not in raw:
        return found
    lines = {(one.finding.sort, one.line) for one in found}
    quoted = (scalar for scalar in scalars(tree) if scalar.style == "quoted")
    escaped = (Located(one, *scalar.mark) for scalar in quoted for one in find(scalar.text))
    return (*found, *(one for one in escaped if (one.finding.sort, one.line) not in lines))


def told_by_files(folder: Path, relative: Relative) -> Iterator[Problem]:
    """What names of files, and pictures and documents beside the texts, tell of people."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(here, name)
            yield from personal_data.in_name(relative(path), name)
            if path.suffix.lower() in SUFFIXES and path.is_file() and not path.is_symlink():
                yield from personal_data.in_picture(relative(path), _bytes_of(path))


def told_by_prose(content: Path, shared: Shared, relative: Relative) -> Iterator[Problem]:
    """What the texts in content/ tell of people."""
    declared = personal_data.Declared.by(shared.portal.part)
    for path in sorted(content.rglob("*.md")):
        text = _bytes_of(path).decode("utf-8-sig", "replace")
        found = personal_data.of_nobody_in_particular(located(text))
        yield from personal_data.in_text(relative(path), found, declared)


def picture(path: Path) -> bytes | None:
    """What a picture holds; None where there is none, or a link in its place."""
    return _bytes_of(path) if path.is_file() and not path.is_symlink() else None


def _bytes_of(path: Path) -> bytes:
    """What a file beside the documents holds; nothing where it cannot be read."""
    try:
        with path.open("rb") as opened:
            size = os.fstat(
                opened.fileno()
            ).st_size  # asked first: so much memory is taken before a byte is read
            return opened.read(min(size, _MOST_OF_A_PICTURE))
    except OSError:
        return b""
