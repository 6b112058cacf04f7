"""The files of data/ as they were in a version that git knows: contents alone, and only of real files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from trygglofte.history import git
from trygglofte.reading import MAX_BYTES

MAX_FILES = 50_000
MAX_TOTAL = 1_000_000_000
"""Bounds of one version, so that a repository that somebody has made to be too large is no answer at all."""

_NAME = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def branching_point(root: Path, reference: str) -> str | None:
    """The version that the working folder's own changes begin from, seen from a branch, tag or version.

    None where git knows no such thing, or the two have no version in common: then too little was fetched.
    """
    if not reference or reference.startswith("-") or "\0" in reference:
        return None
    found = _name(git.ask(root, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}"))
    return _name(git.ask(root, "merge-base", found, "HEAD")) if found else None


def _name(answer: bytes | None) -> str | None:
    text = (answer or b"").decode("ascii", "replace").strip()
    return text if _NAME.fullmatch(text) else None


def files_at(root: Path, version: str, folder: str) -> Mapping[str, bytes] | None:
    """Path (POSIX, from `root`) → content of every real file in a folder, as they were in a version.

    `version` is as `branching_point` gives it. Links and modules are left out, and so is a path that would lead
    elsewhere. A file that is too large to be a document has no more bytes than show that. None where the bounds
    are passed, or git has no answer.
    """
    assert _NAME.fullmatch(version)
    answer = git.ask(root, "ls-tree", "-r", "-l", "-z", version, "--", f"{folder}/")
    if answer is None:
        return None
    listed = list(_listed(answer))
    if len(listed) > MAX_FILES or sum(size for _, _, size in listed) > MAX_TOTAL:
        return None
    small = {blob for _, blob, size in listed if size <= MAX_BYTES}
    contents = dict(git.contents(root, sorted(small))) if small else {}
    return {
        path: contents.get(blob, b"") if blob in small else b" " * (MAX_BYTES + 1) for path, blob, _ in listed
    }


def _listed(answer: bytes) -> Iterator[tuple[str, str, int]]:
    for entry in answer.split(b"\0"):
        head, _, raw = entry.partition(b"\t")
        words = head.split()
        path = os.fsdecode(raw)
        if len(words) == 4 and words[0] in {b"100644", b"100755"} and words[3].isdigit() and _is_inside(path):
            yield path, words[2].decode(), int(words[3])


def _is_inside(path: str) -> bool:
    """Whether a path can only lead to below where it begins."""
    parts = path.split("/")
    return not PurePosixPath(path).is_absolute() and not {"", ".", "..", ".git"} & set(parts)
