"""What stood in the project on a day: the commit that the main line had at its end, and the files in it.

Asks git as the rest of the room does, and like it never who made a change or what they wrote about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trygglofte.history import git
from trygglofte.history.past import day_of

_ENTRY = re.compile(rb"100(?:644|755) blob ([0-9a-f]+)\t(.+)", re.DOTALL)
_LINE = re.compile(rb"([0-9a-f]+) (\d+)")


@dataclass(frozen=True, slots=True)
class Version:
    """A commit on the main line, and the Swedish day on which it came there."""

    commit: str
    day: date


def main_line(root: Path) -> Iterator[Version]:
    """Every commit of the main line (first parents of HEAD), newest first; none where git knows nothing.

    The day is the committer's, in Swedish time. A clock may have gone wrong: no commit is younger than the one
    that came after it.
    """
    day = date.max
    for line in (git.main_line(root) or b"").splitlines():
        if found := _LINE.fullmatch(line):
            day = min(day, day_of(found[2]))
            yield Version(found[1].decode(), day)


def version_on(root: Path, day: date) -> Version | None:
    """The commit that was current at the end of a day, or None where git knows of none that old."""
    return next((version for version in main_line(root) if version.day <= day), None)


def files_of(root: Path, version: Version, folders: Sequence[str]) -> dict[str, bytes]:
    """Path from the project's folder → content of every plain file that a commit has in these folders.

    Links and submodules are left out: they lead to what no commit holds.
    """
    named = dict(_named(git.tree(root, version.commit, folders) or b""))
    contents = dict(git.contents(root, dict.fromkeys(named.values())))
    return {path: contents[blob] for path, blob in sorted(named.items()) if blob in contents}


def _named(answer: bytes) -> Iterator[tuple[str, str]]:
    for entry in answer.split(b"\0"):
        if found := _ENTRY.fullmatch(entry):
            path = found[2].decode("utf-8", "replace")
            if not {"", "..", ".git"}.intersection(path.split("/")):
                yield path, found[1].decode()
