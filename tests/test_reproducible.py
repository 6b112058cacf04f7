"""The same input gives the same bytes, whatever machine, day or folder the build is run in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.small_sites import CALM, REPOSITORY, files_of, skeleton
from tests.small_sites import write as write_file

MUNICIPALITIES = ("exempelkoping", "gnosjo")
BUILD = """
import os, sys
os.umask(int(sys.argv.pop(), 8))
processors = int(sys.argv.pop())
os.cpu_count = lambda: processors
from trygglofte.cli import main
main()
"""
VARIATIONS = {
    "elsewhere, in the east, in C, one worker": (
        "en annan mapp, åäö", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 1, "077",
    ),
    "in the west, in Turkish, two workers": (
        "b", {"TZ": "America/Anchorage", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "KOMMUN": "x"}, 2, "002",
    ),
}  # fmt: skip


def build(source, root, environment, processors, umask):
    """Lay the real data out, in an order of its own, and build it."""
    skeleton(root, source)
    paths = [path for path in (source / "data").rglob("*") if path.is_file()]
    wanted = [path for path in paths if path.parent.name == "data" or set(path.parts) & set(MUNICIPALITIES)]
    for path in sorted(wanted, reverse=processors == 1):
        write_file(root, path.relative_to(source).as_posix(), path.read_bytes())
        os.utime(root / path.relative_to(source), (processors, processors))
    done = subprocess.run(
        [sys.executable, "-c", BUILD, "build", "--dag", "2026-09-20", str(processors), umask],
        cwd=root,
        env={**os.environ, **CALM, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return files_of(root / "site")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """The repository as it is now: somebody may be writing in it."""
    root = skeleton(tmp_path_factory.mktemp("source") / "project")
    shutil.copytree(REPOSITORY / "data", root / "data")
    return root


@pytest.fixture(scope="module")
def first(source, tmp_path_factory):
    environment = {"TZ": "Europe/Stockholm", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    return build(source, tmp_path_factory.mktemp("reproducible") / "a", environment, 2, "022")


@pytest.mark.parametrize("kind", list(VARIATIONS))
def test_the_same_input_gives_the_same_bytes(source, first, tmp_path, kind):
    folder, environment, processors, umask = VARIATIONS[kind]
    again = build(source, tmp_path / folder, environment, processors, umask)
    assert sorted(again) == sorted(first)
    assert [name for name in first if first[name] != again[name]] == []
    assert sum("/pagefind/" in name for name in first) > 20
    for slug in MUNICIPALITIES:
        assert f"{slug}/index.html" in first
