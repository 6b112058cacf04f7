"""Peak memory of a command summed over its processes, by looking at /proc (Linux) again and again.

What is summed is PSS (proportional set size): a page of memory that several processes share counts once, divided
between them, so forked workers are not charged for what they inherit.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import TracebackType

_LEAST, _SHARE = 0.02, 20
"""Seconds between two looks: never less than this, and so long that looking takes a twentieth of the time."""


def processes(root: int) -> list[int]:
    """A process and all that it has started, directly or not. Those that end meanwhile are left out."""
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                waiting += map(int, path.read_text().split())
            except OSError:
                continue
    return found


def memory(process: int) -> float:
    """A process's PSS in MB (1024² bytes); 0 when it has ended or the system does not tell."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


class Watch:
    """Looks at a process and its children until the block ends. `peak` is the largest sum seen, in MB."""

    def __init__(self, root: int) -> None:
        self.peak = 0.0
        self._root = root
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            started = time.perf_counter()
            self.peak = max(self.peak, sum(map(memory, processes(self._root))))
            pause = max(_LEAST, (time.perf_counter() - started) * _SHARE)
