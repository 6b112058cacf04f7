"""One piece of work that goes on in several processes from a point on: forked midway, each with its share.

What the first process knows, the others know without being told. `Forks` is for work that leaves nothing but files
behind, `gathered` for work that gives something, and `meanwhile` for what nobody waits for. Where the system cannot
fork there is one process.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")


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


def processors() -> int:
    """How many processors this process may use, which in a container can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def halves(items: Sequence[T], least: int = 1) -> list[Sequence[T]]:
    """The items in as many pieces as `gathered` has use for: one, or two of at least so many.

    More processes cost more to start than they save in work that takes tenths of a second.
    """
    if len(items) < 2 * least or processors() < 2 or not hasattr(os, "fork"):
        return [items]
    middle = (len(items) + 1) // 2
    return [items[:middle], items[middle:]]


def gathered(work: Callable[[T], R], shares: Sequence[T]) -> list[R]:
    """What a piece of work gives for each share: for the first one here, for each of the others in a forked process.

    What it gives is sent by pickle. Raises LostShareError where another process does not finish.
    """
    try:
        started = [_sending(work, share) for share in shares[1:]]
    except OSError as error:  # no more processes
        raise LostShareError from error
    sent = []
    try:
        found = [work(share) for share in shares[:1]]
        with suppress(EOFError):
            sent += [line.recv() for _, line in started]
    finally:
        for child, line in started:
            line.close()
            os.waitpid(child, 0)
    if len(sent) < len(started):
        raise LostShareError
    return found + sent


def _sending(work: Callable[[T], R], share: T) -> tuple[int, Connection]:
    """Start a process that sends what the work gives for a share. Gives its number, and where that is heard."""
    from multiprocessing import Pipe  # takes a while to load

    ours, theirs = Pipe(duplex=False)
    gc.freeze()  # so that collecting does not copy all the memory that is shared
    child = os.fork()
    if not child:
        with _ending():
            ours.close()
            theirs.send(work(share))
    gc.unfreeze()
    theirs.close()
    return child, ours


@contextmanager
def meanwhile(work: Callable[[], None]) -> Iterator[None]:
    """Let a process of its own do what nobody needs to know the end of, while the body goes on.

    Waits for it, unless the body fails. It ends with the process that started it, also when that is killed.
    """
    try:
        child, life = _beginning(work)
    except OSError:  # no more processes
        work()
        yield
        return
    try:
        yield
    except BaseException:
        os.close(life)
        os.waitpid(child, 0)
        raise
    os.waitpid(child, 0)
    os.close(life)


def _beginning(work: Callable[[], None]) -> tuple[int, int]:
    """Start a process that does some work. Gives its number, and what it ends with when that is closed."""
    if not hasattr(os, "fork"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    ours, theirs = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        raise
    if not child:
        with _ending():
            os.close(theirs)
            threading.Thread(target=_end_with_the_first, args=(ours,), daemon=True).start()
            work()
    os.close(ours)
    return child, theirs


@contextmanager
def _ending() -> Iterator[None]:
    """End this process with the body, which is all that it was forked for. Ctrl+C is for the first one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BaseException):  # whoever waits sees that it did not go well
        yield
        os._exit(0)
    os._exit(1)


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
