"""When every file of the data had which content: one question to git for a whole run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from trygglofte.history import git

MAX_VERSIONS = 60
"""How many versions of a document are looked at: the newest, and always the first."""

_SWEDEN = ZoneInfo("Europe/Stockholm")
_RAW = re.compile(rb"\n?:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) ([A-Z])\d*")
_FILE = (b"100644", b"100755")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The content of a file from a day on, by git's name for it."""

    day: date
    blob: str


@dataclass(frozen=True)
class Past:
    """What git knows: every file that has had more than one content, with those, oldest first.

    `root` is the project's folder; paths are POSIX, from there. A file with a single content is left out: there
    is nothing to tell of it.
    """

    root: Path
    files: Mapping[str, tuple[Stamp, ...]] = field(default_factory=dict)

    def of(self, slug: str) -> Past:
        """What concerns one municipality."""
        return Past(self.root, self._by_slug.get(slug, {}))

    @cached_property
    def _by_slug(self) -> dict[str, dict[str, tuple[Stamp, ...]]]:
        found: dict[str, dict[str, tuple[Stamp, ...]]] = {}
        for path, told in self.files.items():
            found.setdefault(path.split("/")[1], {})[path] = told
        return found

    @property
    def key(self) -> str:
        """What can reach a page, as a key: "" where there is nothing to tell."""
        if not self.files:
            return ""
        digest = hashlib.sha256()
        for path, stamps in sorted(self.files.items()):
            for stamp in stamps:
                digest.update(f"{path} {stamp.day} {stamp.blob}\n".encode())
        return digest.hexdigest()


NO_PAST = Past(Path())
"""Nothing is known."""


def gather(root: Path, until: str = "HEAD") -> Past:
    """The past of every file in data/ up to a commit, from git's log; nothing where there is none."""
    answer = git.log(root, "data", until)
    return Past(root, _files(answer)) if answer else Past(root)


def _files(answer: bytes) -> dict[str, tuple[Stamp, ...]]:
    """Every file that is there now or was, under its latest name, with more than one content."""
    found: dict[str, list[Stamp]] = {}
    later: dict[str, str] = {}
    for day, change, blob, before, path in _changes(answer):
        name = later.get(path, path)
        if change == "R":
            later[before] = name
        if blob and (not found.get(name) or found[name][-1].day != day):
            found.setdefault(name, []).append(Stamp(day, blob))
    return {path: tuple(_bounded(stamps)) for path, stamps in found.items() if len(stamps) > 1}


def _bounded(stamps: list[Stamp]) -> list[Stamp]:
    """Oldest first, each content once in a row, and not more than are looked at."""
    told: list[Stamp] = []
    for stamp in reversed(stamps):
        if not told or told[-1].blob != stamp.blob:
            told.append(stamp)
    return told if len(told) <= MAX_VERSIONS else [told[0], *told[1 - MAX_VERSIONS :]]


def _changes(answer: bytes) -> Iterator[tuple[date, str, str, str, str]]:
    """Day, sort of change, content ("" where it was removed), former path and path; newest first.

    The clock of a committer may have gone wrong: no version is younger than the one that came after it.
    """
    words = iter(answer.split(b"\0"))
    day = date.max
    for word in words:
        if word.startswith(b"\x01"):
            day = min(day, day_of(word[1:]))
        elif raw := _RAW.fullmatch(word):
            change = raw[3].decode()
            path = before = _path(next(words, b""))
            if change == "R":
                path = _path(next(words, b""))
            if path.endswith(".yml"):
                yield day, change, raw[2].decode() if raw[1] in _FILE else "", before, path


def day_of(seconds: bytes) -> date:
    """The day in Sweden of a commit's seconds."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).astimezone(_SWEDEN).date()
    except (ValueError, OverflowError, OSError):
        return date.max


def _path(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
