"""When every file of the data had which content: one question to git for a whole run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import pairwise
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
    is nothing to tell of it. `files` has the last content of a day, which is what changed; `every` has each one
    that git still has, for whoever asks what can be read there.
    """

    root: Path
    files: Mapping[str, tuple[Stamp, ...]] = field(default_factory=dict)
    every: Mapping[str, tuple[Stamp, ...]] = field(default_factory=dict)

    def of(self, slug: str) -> Past:
        """What concerns one municipality."""
        return Past(self.root, self._files_by_slug.get(slug, {}), self._every_by_slug.get(slug, {}))

    @cached_property
    def _files_by_slug(self) -> dict[str, dict[str, tuple[Stamp, ...]]]:
        return _by_slug(self.files)

    @cached_property
    def _every_by_slug(self) -> dict[str, dict[str, tuple[Stamp, ...]]]:
        return _by_slug(self.every)

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


def _by_slug(files: Mapping[str, tuple[Stamp, ...]]) -> dict[str, dict[str, tuple[Stamp, ...]]]:
    found: dict[str, dict[str, tuple[Stamp, ...]]] = {}
    for path, told in files.items():
        found.setdefault(path.split("/")[1], {})[path] = told
    return found


NO_PAST = Past(Path())
"""Nothing is known."""


def gather(root: Path, until: str = "HEAD") -> Past:
    """The past of every file in data/ up to a commit, from git's log; nothing where there is none."""
    return told_by(root, git.log(root, "data", until))


def told_by(root: Path, answer: bytes | None) -> Past:
    """The past that git's log tells of."""
    if not answer:
        return Past(root)
    every = _files(answer)
    days = {path: list({stamp.day: stamp for stamp in stamps}.values()) for path, stamps in every.items()}
    return Past(root, _bounded(days), _bounded(every))


def _files(answer: bytes) -> dict[str, list[Stamp]]:
    """Every file that is there now or was, under its latest name, with its contents, oldest first."""
    found: dict[str, list[Stamp]] = {}
    later: dict[str, str] = {}
    for day, change, blob, before, path in _changes(answer):
        name = later.get(path, path)
        if change == "R":
            later[before] = name
        if blob:
            found.setdefault(name, []).append(Stamp(day, blob))
    return {path: stamps[::-1] for path, stamps in found.items()}


def _bounded(files: Mapping[str, Sequence[Stamp]]) -> dict[str, tuple[Stamp, ...]]:
    """Files with more than one version: each content once in a row, and not more than are looked at."""
    found = {}
    for path, stamps in files.items():
        told = [s for before, s in pairwise((None, *stamps)) if s and (not before or before.blob != s.blob)]
        if len(stamps) > 1:
            found[path] = tuple(told if len(told) <= MAX_VERSIONS else [told[0], *told[1 - MAX_VERSIONS :]])
    return found


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
