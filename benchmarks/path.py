"""`python -m benchmarks.path`: the way of a change from a branch to a published site, on this computer, with times.

A real repository is made in a temporary folder, with what builds a site and two municipalities of this project. Each
step is the command that a workflow runs, named beside it, so that a maintainer can follow the whole way without GitHub.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
SLUGS = ("exempelkoping", "soderhamn")
FILE = "data/exempelkoping/medborgarloften/2026-trygg-station.yml"
DAY = "2026-11-22"
WORKER = {"name": "Redaktionen", "email": "redaktionen@exempelkoping.example"}
PEOPLE = {
    f"GIT_{role}_{what.upper()}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in WORKER.items()
}  # fmt: skip


class BrokenError(Exception):
    """A step did not end as it should."""


class Way:
    """The steps that have been taken, with their times. `told` is called with a line for each."""

    def __init__(self, work: Path, slugs: Sequence[str] = SLUGS) -> None:
        self.work = work
        self.slugs = slugs
        self.steps: list[tuple[str, str, float]] = []
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))},
            **PEOPLE, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "NO_MKDOCS_2_WARNING": "1",
        }  # fmt: skip

    def step(self, where: str, said: str, folder: Path, *command: str, status: int = 0) -> str:
        """Run a command in a folder, keep its time, and give what it said. Raises BrokenError for another status."""
        started = time.perf_counter()
        done = subprocess.run(
            command, cwd=folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )
        took = time.perf_counter() - started
        if done.returncode != status:
            raise BrokenError(f"{said}: status {done.returncode}\n{done.stdout}{done.stderr}")
        if said:
            self.steps.append((where, said, took))
            print(f"{took:7.1f} s  {where:<18} {said.replace(f'{self.work}/', '')}", flush=True)
        return done.stdout + done.stderr

    def git(self, folder: Path, *arguments: str, where: str = "", said: str = "") -> str:
        """A question to git, or a step of its own where it is said."""
        return self.step(where, said, folder, "git", *arguments)

    def ours(self, where: str, folder: Path, *arguments: str, status: int = 0) -> str:
        """A step of this project's command."""
        command = (sys.executable, "-c", "from trygglofte.cli import main; main()", *arguments)
        return self.step(where, f"trygglofte {' '.join(arguments)}", folder, *command, status=status)


def lay_out(root: Path, slugs: Sequence[str]) -> None:
    """What a site is built of, and the data of a few municipalities."""
    shutil.copytree(
        REPOSITORY, root, ignore=_only({"content", "overrides", "mkdocs.yml", "hooks", "data", ".github"})
    )
    for folder in (root / "data").iterdir():
        if folder.is_dir() and folder.name not in slugs:
            shutil.rmtree(folder)


def _only(wanted: set[str]):
    def ignored(folder: str, names: list[str]) -> set[str]:
        top = Path(folder) == REPOSITORY
        return {name for name in names if name == "__pycache__" or (top and name not in wanted)}

    return ignored


def follow(way: Way) -> Path:
    """The whole way. Gives the folder that is live at the end."""
    main, desk, live = way.work / "main", way.work / "skrivbord", way.work / "mål"
    lay_out(main, way.slugs)
    way.git(main, "init", "-q", "-b", "main")
    way.git(main, "add", "-A")
    way.git(main, "commit", "-q", "-m", "Början")
    way.git(main, "config", "receive.denyCurrentBranch", "updateInstead")
    way.ours("publish.yml", main, "build", "--out", str(live), "--dag", DAY)

    way.git(way.work, "clone", "-q", str(main), str(desk), where="på skrivbordet", said="git clone")
    way.git(desk, "switch", "-q", "-c", "belysning")
    written = (desk / FILE).read_text("utf-8")
    (desk / FILE).write_text("tittel: Fel nyckel\n" + written, "utf-8")
    found = way.ours("check.yml", desk, "check", "--utan-rad", status=1)
    _expect("Menade du ”titel”" in found, found)
    title = next(line for line in written.splitlines() if line.startswith("titel:"))
    (desk / FILE).write_text(written.replace(title, f"{title} på kvällen"), "utf-8")
    way.ours("check.yml", desk, "check", "--utan-rad")
    way.git(desk, "commit", "-q", "-am", "Rubriken säger när")
    told = way.ours("check.yml", desk, "diff", "origin/main", "--dag", DAY)
    _expect("på kvällen" in told, told)
    base = way.git(desk, "rev-parse", "origin/main").strip()
    event = way.work / "event.json"
    event.write_text(json.dumps({"pull_request": {"base": {"sha": base}, "labels": []}}), "utf-8")
    way.step(
        "scope.yml",
        "python3 .github/scripts/scope.py",
        desk,
        sys.executable,
        ".github/scripts/scope.py",
        str(event),
    )
    way.ours("preview.yml", desk, "preview", "origin/main", "--out", "../forhandsvisning", "--dag", DAY)
    way.step(
        "preview-deploy.yml", "tar, och python3 .github/scripts/unpack.py", main, "sh", "-euc",
        'tar -cf "$1/f.tar" -C "$1/forhandsvisning" . && "$2" .github/scripts/unpack.py "$1/f.tar" "$1/utlagd"',
        "sh", str(way.work), sys.executable,
    )  # fmt: skip
    way.git(desk, "push", "-q", "origin", "belysning")
    way.git(
        main, "merge", "-q", "--no-ff", "-m", "Belysning", "belysning", where="på GitHub", said="git merge"
    )

    plan = json.loads(
        way.ours("publish.yml", main, "plan", "--out", str(live), "--shards", "2", "--dag", DAY)
    )
    parts = []
    for shard in plan["delar"]:
        part = str(way.work / f"del-{shard.partition('/')[0]}")
        way.ours(
            "publish.yml", main, "build", "--out", str(live), "--shard", shard, "--del", part, "--dag", DAY
        )
        parts.append(part)
    result = way.work / "resultat.json"
    way.ours(
        "publish.yml", main, "merge", *parts, "--out", str(live), "--resultat", str(result), "--dag", DAY
    )
    page = live / "exempelkoping/medborgarloften/2026-trygg-station/index.html"
    _expect("på kvällen" in page.read_text("utf-8"), "sidan är den gamla")
    _expect(len(parts) == 1, "fler än den ändrade kommunen byggdes")
    return live


def _expect(fine: bool, what: str) -> None:
    if not fine:
        raise BrokenError(what)


def main() -> None:
    """Follow the way in a folder that is gone afterwards, or in one that stays."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.path", description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="a new folder to look at afterwards")
    chosen = parser.parse_args()
    if shutil.which("git") is None:
        sys.exit("git is not installed")
    with tempfile.TemporaryDirectory(prefix="path-") as folder:
        work = chosen.keep.absolute() if chosen.keep else Path(folder)
        work.mkdir(exist_ok=chosen.keep is None)
        way = Way(work)
        try:
            live = follow(way)
        except BrokenError as broken:
            sys.exit(str(broken))
        print(f"{sum(took for _, _, took in way.steps):7.1f} s  in all")
        if chosen.keep:
            print(
                f"The site: {live / 'index.html'}\nThe preview: {work / 'utlagd/forhandsvisning/index.html'}"
            )


if __name__ == "__main__":
    main()
