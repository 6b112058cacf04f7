"""`python -m benchmarks.stopping`: builds that are killed, starved and crowded. Is the live site still whole?

Every trial begins from a live site whose bytes are known, changes every municipality, and lets a build of all of them
be stopped in some way. Then it asks by the manifests whether what readers meet is the old or the new and whole, runs a
build that nothing stops, and asks whether that gives the new and leaves nothing behind. Seeded: the same moments,
as parts of the time a build takes. Each kind of trial runs by itself with `--only`, within `--seconds`, and tells what
was not reached. Linux, because it counts processes in /proc and limits what they may use.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from benchmarks import corpus
from benchmarks.layouts import PROJECT, as_yaml
from trygglofte.publishing.records import is_whole

DAY = corpus.DAY.isoformat()
MB = 1024**2
_FSIZE = (0, 1_000, 5_000, 20_000, 60_000, 200_000, 1_000_000)
_NOFILE = (8, 12, 16, 24, 32, 48, 64, 128)
_MEMORY = (60, 90, 120, 150, 180, 220, 300, 500)
_DISK = "64m"
_START = """
import os
os.sync = lambda: None  # of the whole machine, and no part of what a killed process can lose
from trygglofte.cli import main
main()
"""
_DAYS = ("2026-09-15", "2031-01-01", "2019-12-31", "2026-09-16", "2026-09-14", "1970-01-02", "2026-09-15")


Trial = Callable[["Place", list["Tally"], int, Random], None]


class BreachError(Exception):
    """What must hold did not. The message says what."""


@dataclass
class Place:
    """A project with a live site at `output`. `turn` counts the changes that were made to its municipalities."""

    root: Path
    output: Path
    turn: int = 0
    took: float = 0.0
    until: float = float("inf")
    """When the clock (`time.monotonic`) has come so far, no further round is begun."""
    texts: dict[Path, str] = field(default_factory=dict)

    def change(self) -> None:
        """Let every municipality say something else about itself, so that all of them are built again."""
        self.turn += 1
        for path in sorted((self.root / "data").glob("*/kommun.yml")):
            text = self.texts.setdefault(path, path.read_text("utf-8"))
            path.write_text(
                re.sub(r"(?m)^om: (\|-?\n +)?", rf"\g<0>Omgång {self.turn}. ", text, count=1), "utf-8"
            )

    def command(self, *more: str) -> list[str]:
        """A build of everything into the output."""
        words = ["build", "--out", str(self.output), "--processer", "2", *more]
        return [sys.executable, "-c", _START,
                *words, *(() if "--dag" in more else ("--dag", DAY))]  # fmt: skip

    def start(self, *more: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        """Start a build in a session of its own. `before` runs in it first, to set limits."""
        return subprocess.Popen(
            self.command(*more), cwd=self.root, env={**os.environ, "PYTHONPATH": str(self.root / "hooks")},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True, preexec_fn=before,  # noqa: PLW1509 - only limits are set
        )  # fmt: skip

    def build(self, *more: str, before: Callable[[], None] | None = None) -> tuple[int, str]:
        """A build from start to end: its exit status and what it said."""
        process = self.start(*more, before=before)
        said, _ = process.communicate()
        return process.returncode, said

    def live(self) -> str:
        """A digest of all that readers meet. Raises BreachError where that is not whole by its manifests."""
        portal = self.output.resolve()
        parts = [(portal, portal.with_name(f"{portal.name}.manifest.json"))]
        links = sorted(path for path in portal.iterdir() if path.is_symlink())
        parts += [(link.resolve(), link.resolve().parent / "manifest.json") for link in links]
        for folder, manifest in parts:
            if not is_whole(folder, manifest):
                raise BreachError(f"{folder} is not what its manifest says")
        if len(links) != len(list((self.root / "data").glob("*/kommun.yml"))):
            raise BreachError(f"the portal has {len(links)} municipalities")
        texts = [
            f"{link.name} {(link.resolve().parent / 'manifest.json').read_text('utf-8')}" for link in links
        ]
        return hashlib.sha256("\n".join([parts[0][1].read_text("utf-8"), *texts]).encode()).hexdigest()

    def left(self) -> list[str]:
        """What lies in the store and belongs to no portal that is kept."""
        store = self.output.parent / f".{self.output.name}"
        portals = [path for path in (store / "portal").iterdir() if path.is_dir()]
        linked = {
            link.resolve().parent for portal in portals for link in portal.iterdir() if link.is_symlink()
        }
        versions = {path for folder in (store / "kommun").iterdir() for path in folder.iterdir()}
        return sorted(str(path) for path in {*store.rglob(".ny-*"), *(versions - linked)})


@dataclass
class Tally:
    """What came of the rounds of one trial."""

    name: str
    seen: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    breaches: list[str] = field(default_factory=list)

    def line(self) -> str:
        """A row of the table."""
        told = ", ".join(f"{count} × {what}" for what, count in sorted(self.seen.items()))
        told += f"; {self.skipped} rounds not reached" if self.skipped else ""
        return f"| {self.name} | {self.seen.total()} | {told} | {len(self.breaches)} |"


def one_round(place: Place, tally: Tally, label: str, stop: Callable[[], tuple[int | None, str]]) -> None:
    """Change, be stopped, look at what is live; build on, look again. `stop` gives exit status and what was said."""
    if time.monotonic() > place.until:
        tally.skipped += 1
        return
    try:
        old = place.live()
        place.change()
        status, said = stop()
        found = place.live()
        if "Traceback" in said:
            raise BreachError(f"a stack trace was shown: {said[-600:]}")
        if status == 0 and found == old:
            raise BreachError(f"it said that it was done, and the old is live: {said[-600:]}")
        after, words = place.build()
        if after:
            raise BreachError(f"the next run failed: {words[-600:]}")
        new = place.live()
        if place.left():
            raise BreachError(f"left behind: {place.left()}")
        # Where some municipalities could be built and others not, the live site is a mixture of whole ones.
        what = "old" if found == old else "new" if found == new else "mixed"
        if what == "mixed" and status != 1:
            raise BreachError(f"exit status {status}, and what was live is neither the old nor the new")
        tally.seen[f"{what} live, {'killed' if status is None else f'exit status {status}'}"] += 1
    except BreachError as breach:
        tally.seen["breach"] += 1
        tally.breaches.append(f"{tally.name}, {label}: {breach}")
    print(label, tally.line(), file=sys.stderr, flush=True)


def killed_at(place: Place, moment: float, everyone: bool) -> tuple[int | None, str]:
    """Kill a build, or all its processes at once, some seconds after it began; wait until none of them is left."""
    process = place.start()
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL) if everyone else process.kill()
    said, _ = process.communicate()  # ends when the last who could write is gone
    return (None if process.returncode < 0 else process.returncode), said


def worker_killed_at(place: Place, moment: float, choice: Random) -> tuple[int | None, str]:
    """Kill one worker of a build, the way a system does that is short of memory."""
    process = place.start()
    time.sleep(moment)
    for _ in range(200):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        found = children.read_text("ascii").split() if children.exists() else []
        if found or process.poll() is not None:
            break
        time.sleep(0.02)
    if found:
        with suppress(ProcessLookupError):
            os.kill(int(choice.choice(found)), signal.SIGKILL)
    said, _ = process.communicate()
    return process.returncode, said


def limited(place: Place, what: int, amount: int) -> tuple[int | None, str]:
    """A build that may use only so much of something (`resource.RLIMIT_…`)."""
    return place.build(before=lambda: resource.setrlimit(what, (amount, amount)))


def two_at_once(place: Place, apart: float) -> tuple[int | None, str]:
    """Two builds, the second a little later. Both must end well."""
    first = place.start()
    time.sleep(apart)
    other = place.start()
    said = first.communicate()[0] + other.communicate()[0]
    return first.returncode or other.returncode, said


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[str], None]]:
    """A disk of memory at `folder`; gives what mounts it again with other options."""

    def mount(options: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], check=True)

    folder.mkdir()
    mount(f"size={_DISK}")
    try:
        yield lambda options: mount(f"remount,{options}")
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def remounted(place: Place, remount: Callable[[str], None], as_: str, back: str) -> tuple[int | None, str]:
    """A build on a disk that is mounted otherwise while it runs."""
    remount(as_)
    try:
        return place.build()
    finally:
        remount(back)


def kills(place: Place, tallies: list[Tally], rounds: int, chance: Random) -> None:
    """Builds killed at moments spread over all their time and a little more."""
    tallies.append(Tally("kill -9"))
    for number in range(rounds):
        moment, everyone = place.took * chance.uniform(0.05, 1.1), number % 2 == 1
        label = f"at {moment:.2f} s{', every process' if everyone else ''}"
        one_round(place, tallies[-1], label, partial(killed_at, place, moment, everyone))


def crowds(place: Place, tallies: list[Tally], rounds: int, chance: Random) -> None:
    """Workers killed one by one, and two builds at once."""
    tallies += [Tally("a worker killed"), Tally("two at once")]
    for _ in range(max(1, rounds // 5)):
        moment, apart = place.took * chance.uniform(0.2, 0.8), place.took * chance.uniform(0, 1)
        one_round(place, tallies[-2], f"{moment:.2f} s", partial(worker_killed_at, place, moment, chance))
        one_round(place, tallies[-1], f"{apart:.2f} s apart", partial(two_at_once, place, apart))


def limits(name: str, what: int, amounts: Sequence[int], unit: int = 1) -> Trial:
    """Builds that may use only so much of something."""

    def trial(place: Place, tallies: list[Tally], _rounds: int, _chance: Random) -> None:
        tallies.append(Tally(f"limit on {name}"))
        for amount in amounts:
            one_round(place, tallies[-1], str(amount), partial(limited, place, what, amount * unit))

    return trial


def clocks(place: Place, tallies: list[Tally], _rounds: int, _chance: Random) -> None:
    """Days forwards and backwards. The same day gives the same bytes whatever came between."""
    tallies.append(Tally("a clock that jumps"))
    seen: dict[str, str] = {}
    for day in _DAYS:
        if time.monotonic() > place.until:
            tallies[-1].skipped += 1
            continue
        status, said = place.build("--dag", day)
        digest = place.live()
        if status or seen.setdefault(day, digest) != digest or place.left():
            tallies[-1].breaches.append(f"{day}: exit status {status}, {said[-300:]}")
        tallies[-1].seen[f"new live, exit status {status}"] += 1
        print(day, tallies[-1].line(), file=sys.stderr, flush=True)


def disks(place: Place, tallies: list[Tally], rounds: int, _chance: Random) -> None:
    """A disk that fills at different places of a build, and one that is read-only. Needs the right to mount."""
    tallies += [Tally("full disk"), Tally("disk read-only")]
    many = max(1, rounds // 5)
    with small_disk(place.root / "disk") as remount:
        there = Place(
            place.root, place.root / "disk" / "site", place.turn, place.took, place.until, place.texts
        )
        there.build()
        for number in range(many):
            used = shutil.disk_usage(place.root / "disk").used // 1024
            size = used + int(used * (number + 0.5) / many)
            stop = partial(remounted, there, remount, f"size={size}k", f"size={_DISK}")
            one_round(there, tallies[-2], f"{size} kB where {used} are used", stop)
        one_round(there, tallies[-1], "from the start", partial(remounted, there, remount, "ro", "rw"))
    place.turn = there.turn


TRIALS: dict[str, Trial] = {
    "kills": kills,
    "crowds": crowds,
    "file-size": limits("file size", resource.RLIMIT_FSIZE, _FSIZE),
    "open-files": limits("open files", resource.RLIMIT_NOFILE, _NOFILE),
    "memory": limits("memory", resource.RLIMIT_AS, _MEMORY, MB),
    "clocks": clocks,
    "disks": disks,
}


def laid_out(work: Path, municipalities: int, documents: int, example: bool) -> Place:
    """A project with a live site, with or without Exempelköping beside what is made up here."""
    root = as_yaml(corpus.make(documents), work / "project")
    for number in range(1, municipalities):
        shutil.copytree(root / "data" / corpus.SLUG, root / "data" / f"{corpus.SLUG}-{number}")
    if example:
        shutil.copytree(PROJECT / "data" / "exempelkoping", root / "data" / "exempelkoping")
    place = Place(root, root / "site")
    place.build()
    place.change()
    started = time.perf_counter()
    status, said = place.build()
    if status:
        sys.exit(said)
    place.took = time.perf_counter() - started
    return place


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, try, print. Exit status 1 when anything did not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stopping", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="how many builds are killed (default 50)")
    parser.add_argument("--municipalities", type=int, default=4)
    parser.add_argument("--documents", type=int, default=15, help="in each municipality")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--example", action="store_true", help="and Exempelköping")
    parser.add_argument("--seconds", type=float, default=600, help="that each kind may take (default 600)")
    parser.add_argument("--only", choices=TRIALS, action="append", help="`disks` needs the right to mount")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="stopping-") as folder:
        place = laid_out(Path(folder), chosen.municipalities, chosen.documents, chosen.example)
        print(f"laid out; a whole build takes {place.took:.1f} s", file=sys.stderr, flush=True)
        tallies: list[Tally] = []
        for name in chosen.only or TRIALS:
            place.until = time.monotonic() + chosen.seconds
            TRIALS[name](place, tallies, chosen.rounds, Random(chosen.seed))
    print(
        f"{chosen.municipalities} × {chosen.documents} documents, a whole build {place.took:.1f} s, seed {chosen.seed}"
    )
    print("\n| trial | rounds | what was live after it | breaches |\n|---|---|---|---|")
    print("\n".join(tally.line() for tally in tallies))
    breaches = [breach for tally in tallies for breach in tally.breaches]
    print(json.dumps(breaches, ensure_ascii=False, indent=1) if breaches else "")
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main()
