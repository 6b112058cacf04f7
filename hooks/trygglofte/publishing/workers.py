"""Many sites at once, in workers that never outlive the build they belong to.

Each worker is given one municipality at a time, the largest first, so that none waits while there is work. A forked
worker ends when it has built as much as one large site, which takes away all that it made faster than Python could, and
leaves nothing behind in memory; what every site needs lies in the first process before it (`warming`). A spawned one
takes long to begin, and stays. A worker that dies, most often because memory ran out, takes nobody else's site with it:
what it was building is tried once more, alone, when the others are done.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from typing import Any, cast

from trygglofte.forking import processors
from trygglofte.problems import Problem
from trygglofte.publishing.building import build_municipality
from trygglofte.publishing.fingerprints import program_key
from trygglofte.publishing.jobs import Built, Job, Outcome
from trygglofte.publishing.store import keep_templates
from trygglofte.publishing.warming import warm
from trygglofte.reasons import FEWER

FORK, SPAWN = "fork", "spawn"

_ENOUGH = 100
"""A forked worker that has built sites of so many files ends: to start another costs less than to clear up."""
_MOST_FOR_ONE = 4
"""More processes for one site cost more to start than they save."""


def build_all(jobs: Sequence[Job], workers: int | None = None, method: str | None = None) -> Iterator[Built]:
    """Build, side by side where there is more than one site to build. Gives each result as it comes.

    `workers` is how many at most; as many as there are processors for us if None. `method` is how workers begin:
    forked, which is quicker, or spawned where the system cannot fork. A site that is alone is built by several
    processes. The bytes are the same.
    """
    workers = workers or processors()
    if len(jobs) == 1:
        yield build_municipality(replace(jobs[0], processes=min(workers, _MOST_FOR_ONE)))
        return
    many = min(workers, len(jobs))
    if many < 2:
        yield from map(build_municipality, jobs)
        return
    if method is None:
        method = FORK if FORK in multiprocessing.get_all_start_methods() else SPAWN
    if method == FORK:
        with suppress(MemoryError, ImportError):  # packages that memory has no room for cannot be imported
            warm(jobs[0].root)
    with _crew(multiprocessing.get_context(method)) as crew:
        waiting = deque(sorted(jobs, key=_size, reverse=True))
        died: list[Job] = []
        yield from _side_by_side(crew, waiting, many, died)
        crew.rest()
        for job in died:
            again: list[Job] = []
            yield from _side_by_side(crew, deque([job]), 1, again)
            yield from map(_lost, again)


class _Crew:
    """Workers, each with a line of its own. `life` is closed when the build ends, however it ends."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.ours, self.life = context.Pipe(duplex=False)
        self.lines: dict[Connection, Any] = {}
        self.left: list[Any] = []
        self.forks = context.get_start_method() == FORK

    def hire(self) -> Connection:
        """Start a worker. Gives the line to it."""
        line: tuple[Connection, Connection] = self.context.Pipe()
        here, there = line
        # A forked worker has copies of all that is open here, and is not to hold the build's own end.
        worker = self.context.Process(
            target=_work, args=(there, self.ours, self.life if self.forks else None), daemon=True
        )
        worker.start()
        there.close()
        self.lines[here] = worker
        return here

    def dismiss(self, line: Connection) -> None:
        """Take leave of a worker that is gone, or has built enough."""
        line.close()
        self.left.append(self.lines.pop(line))

    def rest(self) -> None:
        """End all workers at once, whatever they do."""
        for line in list(self.lines):
            self.lines[line].terminate()
            self.dismiss(line)
        for worker in self.left:
            worker.join()
        self.left.clear()

    def stop(self) -> None:
        """End all workers, and hire no more."""
        self.rest()
        self.life.close()
        self.ours.close()


@contextmanager
def _crew(context: Any) -> Iterator[_Crew]:
    crew = _Crew(context)
    try:
        yield crew
    finally:
        crew.stop()


def _side_by_side(crew: _Crew, waiting: deque[Job], many: int, died: list[Job]) -> Iterator[Built]:
    """Build all that waits, in at most `many` workers. What a worker died of is put in `died`."""
    busy: dict[Connection, Job] = {}
    idle = list(crew.lines)[:many]
    while waiting or busy:
        while waiting and len(busy) < many:
            line = idle.pop() if idle else crew.hire()
            busy[line] = waiting.popleft()
            _give(line, busy[line])
        for line in _heard(busy):
            job = busy.pop(line)
            try:
                built, stays = line.recv()
            except (EOFError, OSError):
                crew.dismiss(line)
                died.append(job)
                continue
            if stays:
                idle.append(line)
            else:
                crew.dismiss(line)
            yield built


def _give(line: Connection, job: Job) -> None:
    try:
        line.send(job)
    except OSError:
        return  # the worker is gone already, which is heard on the line


def _heard(busy: dict[Connection, Job]) -> list[Connection]:
    """The lines on which something came, or whose worker is gone."""
    return cast("list[Connection]", wait(list(busy)))


def _lost(job: Job) -> Built:
    """What is said of a site whose worker was killed twice, most often because memory ran out."""
    message = (
        "Programmet som byggde webbplatsen stoppades av systemet två gånger, kanske för att minnet tog slut."
    )
    return Built(
        job.slug, Outcome.FAILED, problems=[Problem(f"data/{job.slug}", 1, 1, "stoppad", message, FEWER)]
    )


def _work(line: Connection, ours: Connection, life: Connection | None) -> None:
    """What a worker does: leave Ctrl+C to the build, end when it does, and build what it is given.

    With each site it says whether it stays for another. `life` is what a forked worker closes, and only that has one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if life:
        life.close()
    gc.freeze()  # what all sites need is here for good, and is not to be copied by looking at it
    kept, files = "", 0
    with suppress(Exception):  # nobody is shown a stack trace; the build sees that the worker is gone
        threading.Thread(target=_end_with_the_build, args=(ours,), daemon=True).start()
        while True:
            job: Job = line.recv()
            if life is None and kept != (kept := program_key(job.common)):
                keep_templates(job.root, kept)  # a forked worker knows where they are
            built, files = build_municipality(job), files + _size(job)
            stays = life is None or files < _ENOUGH
            line.send((built, stays))
            if not stays:
                os._exit(0)
            gc.collect()  # templates and a site know one another, and would else lie here until the last is built


def _end_with_the_build(ours: Connection) -> None:
    """Nothing is ever written: the reading ends when the last one who could write is gone, which is the build."""
    try:
        ours.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


def _size(job: Job) -> int:
    """Larger municipalities first, so that the last worker is not left alone with the largest."""
    return sum(1 for _ in (job.root / "data" / job.slug).rglob("*.yml"))
