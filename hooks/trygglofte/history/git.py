"""Git's own answers. Fixed arguments, no shell, nobody's settings, a bound on time; None where there is none."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

MAX_COMMITS = 20_000
"""How far back a log is read."""

_SECONDS = 60
_SETTINGS = (
    "core.fsmonitor=false", "core.quotePath=false", "core.attributesFile=/dev/null",
    "diff.ignoreSubmodules=all", "log.showSignature=false", "log.follow=false", "log.mailmap=false",
    "log.showRoot=true", "diff.renameLimit=1000", "protocol.allow=never", "safe.directory=*",
)  # fmt: skip
"""What a user or the repository itself could have set, and that would change what is answered.

`safe.directory` lets a build in a container read a history that belongs to another user; nothing in the
repository is run.
"""

_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "TZ": "UTC",
    "PATH": os.defpath,
}
"""All that git sees of the world: no variable of whoever runs the build."""


def ask(root: Path, *arguments: str, told: bytes | None = None) -> bytes | None:
    """What git answers from a folder, or None when there is no git, no repository, no answer, or no time left."""
    program = shutil.which("git")
    if program is None:
        return None
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    try:
        done = subprocess.run(
            [program, "--no-pager", "-C", str(root), *settings, *arguments],
            input=told if told is not None else b"", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def log(root: Path, folder: str, until: str = "HEAD") -> bytes | None:
    """Every change to the files of a folder on the main line up to a commit, newest first: seconds, contents and paths.

    The main line is the first parent of every merge: what a branch held is news on the day it was merged,
    which is when it was published. The committer's date is that day; the author's is when somebody typed.
    """
    return ask(
        root, "log", "--first-parent", "-m", "--raw", "--no-abbrev", "-z", "--find-renames=50%", "--relative",
        "--no-color", "--no-ext-diff", "--no-textconv", "--no-notes", "--no-decorate", "--no-show-signature",
        f"-O{os.devnull}",
        f"--max-count={MAX_COMMITS}", "--format=%x01%ct", until, "--", folder,
    )  # fmt: skip


def state(root: Path) -> str:
    """What `log` follows from, as a key: the same key, the same answer. "" where that cannot be told.

    A commit's name says all of its history, but where a clone lacks a part of it: what a shallow one ends at is
    in the key, and for one that fetches the rest by itself there is none.
    """
    answer = ask(root, "rev-parse", "HEAD", "--show-prefix", "--git-common-dir")
    lines = (answer or b"").decode("utf-8", "replace").split("\n")
    if len(lines) < 3:
        return ""
    common = root / lines[2]
    try:
        if "promisor" in (common / "config").read_text("utf-8", "replace").lower():
            return ""
        cut = [
            (common / name).read_bytes() for name in ("shallow", "info/grafts") if (common / name).exists()
        ]
        program = Path(shutil.which("git") or "").stat()
    except OSError:
        return ""
    told = repr((lines[:2], cut, program.st_size, program.st_mtime_ns))
    return hashlib.sha256(told.encode()).hexdigest()  # the name of a commit is not to be in what is kept


def main_line(root: Path) -> bytes | None:
    """Every commit of the main line, newest first, one a line: name and seconds."""
    return ask(
        root, "log", "--first-parent", "--no-color", "--no-decorate", "--no-show-signature",
        f"--max-count={MAX_COMMITS}", "--format=%H %ct", "HEAD", "--",
    )  # fmt: skip


def repository(root: Path) -> tuple[Path, Path] | None:
    """The folder of the repository that knows `root`, and the way from its top to `root`. None where there is none."""
    answer = ask(root, "rev-parse", "--absolute-git-dir", "--show-prefix")
    if answer is None:
        return None
    folder, prefix = os.fsdecode(answer).split("\n")[:2]
    return Path(folder), Path(prefix)


def tree(root: Path, commit: str, folders: Sequence[str]) -> bytes | None:
    """Every file that a commit has in these folders: mode, sort, name of content and path from `root`."""
    return ask(root, "ls-tree", "-r", "-z", commit, "--", *(f"{folder}/" for folder in folders))


def contents(root: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The contents of blobs by name. Those that git does not have are left out."""
    answer = ask(
        root, "cat-file", "--batch", "--buffer", told="".join(f"{name}\n" for name in names).encode()
    )
    at = 0
    while answer and at < len(answer):
        head, _, _ = answer[at : at + 200].partition(b"\n")
        at += len(head) + 1
        words = head.split()
        if len(words) != 3 or not words[2].isdigit():
            continue
        size = int(words[2])
        if words[1] == b"blob":
            yield words[0].decode(), answer[at : at + size]
        at += size + 1
