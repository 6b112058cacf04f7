"""Commands in turn, each as a whole process, from a cold start: wall time, CPU time and peak memory.

They take turns (A B C, A B C, …), because a machine is never equally quiet twice: what is compared is the two runs
that came right after each other.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.sampling import Watch


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds of wall and CPU time (with its children), and peak memory in MB: of its largest
    process and, where it was sampled, summed over its processes (else 0)."""

    wall: float
    cpu: float
    peak: float
    summed: float = 0.0


@dataclass(frozen=True)
class Contender:
    """A command to measure. `prepare` is called before each run, outside the measurement, and gives the arguments."""

    name: str
    folder: Path
    prepare: Callable[[int], Sequence[str]]
    environment: dict[str, str] = field(default_factory=dict)


class FailedError(Exception):
    """A command that was to be measured did not succeed. The message holds what it printed."""


def run(contender: Contender, turn: int, *, sampled: bool = False) -> Run:
    """Run a command once, from start to end of its process. `sampled` looks at the memory of all its processes."""
    arguments = list(contender.prepare(turn))
    environment = {**os.environ, **contender.environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what Python has compiled is kept, as on any machine
    os.sync()  # what one has written and the disk not yet taken is not to be waited for by the next
    started = time.perf_counter()
    process = subprocess.Popen(
        arguments, cwd=contender.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    with Watch(process.pid) if sampled else nullcontext() as watch:
        printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise FailedError(
            f"{contender.name}: exit status {process.returncode}\n{printed.decode(errors='replace')}"
        )
    # Linux counts the peak in kB; macOS in bytes.
    unit = 1024**2 if os.uname().sysname == "Darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, watch.peak if watch else 0.0)


def in_turn(contenders: Sequence[Contender], rounds: int) -> dict[str, list[Run]]:
    """Every command `rounds` times, in turn, after one round that is not counted."""
    found: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for turn in range(rounds + 1):
        for contender in contenders:
            measured = run(contender, turn)
            if turn:
                found[contender.name].append(measured)
    return found


def page_sizes(site: Path) -> list[int]:
    """The size in bytes of every HTML file of a site, smallest first. Links to folders are followed."""
    found: list[int] = []
    for folder, _, names in os.walk(site, followlinks=True):
        found += [(Path(folder) / name).stat().st_size for name in names if name.endswith(".html")]
    return sorted(found)


def times_table(found: dict[str, list[Run]]) -> str:
    """Wall and CPU seconds (min, median, max) and peak memory as a Markdown table."""
    lines = [
        "| | wall: min | median | max | CPU: min | median | max | peak memory |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, runs in found.items():
        wall, cpu = [run.wall for run in runs], [run.cpu for run in runs]
        cells = [f"{pick(values):.2f} s" for values in (wall, cpu) for pick in (min, median, max)]
        lines.append(f"| {name} | {' | '.join(cells)} | {max(run.peak for run in runs):.0f} MB |")
    return "\n".join(lines)


def ratios_table(found: dict[str, list[Run]], ours: str) -> str:
    """How many times the time of `ours` each of the others takes, pair by pair."""
    lines = [
        f"| time as a multiple of: {ours} | wall: min | median | max | CPU: min | median | max |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, runs in found.items():
        if name == ours:
            continue
        pairs = list(zip(runs, found[ours], strict=True))
        wall = [theirs.wall / own.wall for theirs, own in pairs]
        cpu = [theirs.cpu / own.cpu for theirs, own in pairs]
        lines.append(
            f"| {name} | {' | '.join(f'{pick(v):.2f}' for v in (wall, cpu) for pick in (min, median, max))} |"
        )
    return "\n".join(lines)


def sizes_table(sizes: dict[str, list[int]]) -> str:
    """Number of pages and their size in kB (1 000 bytes) of HTML as a Markdown table."""
    lines = ["| | pages | HTML per page: median | max | all |", "|---|---|---|---|---|"]
    for name, found in sizes.items():
        lines.append(
            f"| {name} | {len(found)} | {median(found) / 1000:.1f} kB | {found[-1] / 1000:.1f} kB "
            f"| {sum(found) / 1e6:.1f} MB |"
        )
    return "\n".join(lines)
