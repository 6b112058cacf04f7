"""Whole small projects that can be built: three municipalities, with the repository's prose and templates.

`whole` lays one out and `built_once` gives a built one to copy, so that a test that breaks something begins
from a live site without building it first. `trygglofte` runs the command as people do, in a process of its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.conftest import MINIMAL
from trygglofte.publishing import Built, Outcome, PublishError, Release, publish

REPOSITORY = Path(__file__).parents[1]
SLUGS = ("alstad", "ostad", "provstad")
DAY = date(2026, 3, 1)
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
COMMAND = (sys.executable, "-c", "from trygglofte.cli import main; main()")
CALM = {"PYTHONWARNINGS": "ignore::DeprecationWarning", "NO_MKDOCS_2_WARNING": "1"}

THREE = MINIMAL | {
    name.replace("provstad", slug): text.replace("Provstad", slug.capitalize())
    for slug in SLUGS
    for name, text in MINIMAL.items()
    if "provstad" in name
}


def whole(root: Path, files: dict[str, str | bytes | None] | None = None) -> Path:
    """Lay out a project that can be built, with the given files over it; None takes a file away."""
    skeleton(root)
    for name, content in {**THREE, **(files or {})}.items():
        if content is not None:
            write(root, name, content)
    return root


def skeleton(root: Path, source: Path = REPOSITORY) -> Path:
    """What every site needs beside its data. The package itself is the repository's, so it is measured."""
    for name in ("content", "overrides"):
        shutil.copytree(source / name, root / name)
    (root / "hooks").mkdir()
    shutil.copy(source / "hooks" / "mkdocs_entry.py", root / "hooks")
    shutil.copy(source / "mkdocs.yml", root)
    return root


def write(root: Path, name: str, content: str | bytes) -> Path:
    """Write a file of a project, with the folders above it."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


_built: dict[Path, Path] = {}


def built_once(base: Path) -> Path:
    """A project that has been built, made once for each process that tests. Copy it with `copy_of`."""
    if base not in _built:
        shutil.rmtree(base / "built-once", ignore_errors=True)
        root = whole(base / "built-once")
        try:
            release = publish(root, root / "site", DAY)
        except PublishError as error:
            raise AssertionError(error.problems or str(error)) from None
        assert not release.failed, release.problems
        _built[base] = root
    return _built[base]


def copy_of(project: Path, to: Path) -> Path:
    """The same project elsewhere, links and all."""
    return Path(shutil.copytree(project, to, symlinks=True))


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file that a reader of a folder can reach, links followed."""
    found = {}
    for place, _, names in os.walk(folder, followlinks=True):
        for name in names:
            path = Path(place, name)
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def outcomes(release: Release | list[Built]) -> dict[str, Outcome]:
    """What came of each municipality."""
    built = release.built if isinstance(release, Release) else release
    return {one.slug: one.outcome for one in built}


def trygglofte(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=root,
        env={**os.environ, **CALM, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def hear_ctrl_c() -> None:
    """Let a process that is about to start be interrupted, also where the tests run in the background.

    A shell makes what it runs in the background deaf to SIGINT, and that is inherited.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
