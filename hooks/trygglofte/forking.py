"""One piece of work that goes on in several processes from a point on: forked midway, each with its share.

For work whose pieces leave nothing but files behind. What the first process knows, the others know without being
told; nothing is sent back but whether all went well. Where the system cannot fork there is one process.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


class LostShareError(Exception):
    """A process did not finish its share. It said nothing of why: do the work in one process, and it is told."""


class Forks:
    """The processes of one piece of work, at most `many`. To be entered with `with`, and left by every process.

    Leaving ends every process but the first, which waits for them and raises LostShareError if one has failed.
    """

    def __init__(self, many: int = 1) -> None:
        self._many = many if hasattr(os, "fork") else 1
        self._children: list[int] = []
        self._pipe: tuple[int, int] | None = None
        self.is_first = True

    def share(self, items: Sequence[T], beside: float = 0.0) -> list[T]:
        """Fork, and give the items of this process. `beside` is what else the first one has to do, in items."""
        if self._many < 2 or not items:
            return list(items)
        wanted = (len(items) + beside) / self._many
        weights = [max(0.0, wanted - beside), *[wanted] * (self._many - 1)]
        mine = self._fork()
        return [item for item, who in zip(items, _dealt(len(items), weights), strict=True) if who == mine]

    def _fork(self) -> int:
        """Start the other processes. Gives the number of this one, 0 for the first."""
        self._pipe = os.pipe()
        gc.freeze()  # so that collecting does not copy all the memory that is shared
        for number in range(1, self._many):
            child = os.fork()
            if not child:
                self.is_first = False
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                os.close(self._pipe[1])
                threading.Thread(target=_end_with_the_first, args=(self._pipe[0],), daemon=True).start()
                return number
            self._children.append(child)
        gc.unfreeze()
        return 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.is_first:
            os._exit(0 if kind is None else 1)
        if self._pipe:
            if kind is not None:
                os.close(self._pipe[1])  # ends the others
            ends = [os.waitpid(child, 0)[1] for child in self._children]
            if kind is None:
                os.close(self._pipe[1])
            os.close(self._pipe[0])
            if kind is None and any(ends):
                raise LostShareError


def _dealt(many: int, weights: Sequence[float]) -> list[int]:
    """Who gets each of so many items: in turn, as often as their weights say, so that neighbours are spread."""
    given = [0] * len(weights)
    dealt = []
    for _ in range(many):
        who = min(
            (n for n, weight in enumerate(weights) if weight > 0), key=lambda n: (given[n] + 1) / weights[n]
        )
        given[who] += 1
        dealt.append(who)
    return dealt


def _end_with_the_first(pipe: int) -> None:
    """Nothing is ever written: the reading ends when the one who could write is gone."""
    os.read(pipe, 1)
    os._exit(1)
