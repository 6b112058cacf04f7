"""Many sites at once, in forked workers that never outlive the build they belong to."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from trygglofte.problems import Problem
from trygglofte.publishing.building import Built, Job, Outcome, build_municipality

_MOST_FOR_ONE = 4
"""More processes for one site cost more to start than they save."""


def build_all(jobs: Sequence[Job], workers: int | None = None) -> Iterator[Built]:
    """Build, in forked workers where there is more than one site to build and the system can fork.

    Gives each result as it comes. `workers` is how many at most; as many as there are processors if None. A site
    that is alone is built by several processes.
    """
    workers = workers or os.cpu_count() or 1
    if len(jobs) == 1:
        yield build_municipality(replace(jobs[0], processes=min(workers, _MOST_FOR_ONE)))
        return
    many = min(workers, len(jobs))
    if many < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(build_municipality, jobs)
        return
    ours, theirs = os.pipe()
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(many, context, initializer=_as_worker, initargs=(ours, theirs)) as pool:
            try:
                yield from _results(pool, jobs)
            finally:
                pool.shutdown(cancel_futures=True)
    finally:
        os.close(theirs)
        os.close(ours)


def _results(pool: Executor, jobs: Sequence[Job]) -> Iterator[Built]:
    futures: dict[Future[Built], Job] = {}
    for job in sorted(jobs, key=_size, reverse=True):
        futures[pool.submit(build_municipality, job)] = job
    for future in as_completed(futures):
        try:
            yield future.result()
        except BrokenProcessPool:
            yield _lost(futures[future])


def _lost(job: Job) -> Built:
    """What is said of a site whose worker was killed, most often because memory ran out."""
    message = "Programmet som byggde webbplatsen stoppades av systemet, kanske för att minnet tog slut."
    return Built(
        job.slug,
        Outcome.FAILED,
        0,
        0.0,
        [Problem(f"data/{job.slug}", 1, 1, "stoppad", message, "Bygg igen.")],
    )


def _as_worker(ours: int, theirs: int) -> None:
    """Leave Ctrl+C to the build itself, and end when it does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.close(theirs)
    threading.Thread(target=_end_with_the_build, args=(ours,), daemon=True).start()


def _end_with_the_build(pipe: int) -> None:
    """Nothing is ever written: the reading ends when the last one who could write is gone, which is the build."""
    os.read(pipe, 1)
    os._exit(1)


def _size(job: Job) -> int:
    """Larger municipalities first, so that the last worker is not left alone with the largest."""
    return sum(1 for _ in (job.root / "data" / job.slug).rglob("*.yml"))
