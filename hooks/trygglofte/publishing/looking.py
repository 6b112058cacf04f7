"""What folders looked like the last time, so that what nobody has touched is not read again.

As git does: what the system tells of a file (name, kind, size, times, number) stands for its content, and what came
of the content is kept beside the store. A file that was touched so lately that one more change could leave the same
times is read again, and so is everything where the clock has gone backwards. What is kept only saves time: where it
is damaged, or cannot be written, all is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

FILE = "sett.json"
SLACK = 2_000_000_000
"""Nanoseconds: no file system in use counts time in longer steps (FAT's are two seconds)."""
_NEVER = 1 << 80


class Seen(NamedTuple):
    """Files as the system tells of them, as a key, and when the latest of them was touched, in nanoseconds."""

    key: str
    latest: int


def seen(paths: Iterable[Path], *more: str) -> Seen:
    """How files, and folders with all in them, look now. `more` is what else a value depends on. Reads no content."""
    lines = [*more, f"{getattr(os, 'geteuid', int)()}"]  # Windows has no such number
    latest = 0
    for path in paths:
        lines.append(f"{path}:")
        try:
            told = os.lstat(path)
        except OSError as error:
            lines.append(f"{error.errno}")
            continue
        if stat.S_ISDIR(told.st_mode):
            lines.append(f"{told.st_mode}")
            latest = max(latest, _look(os.fspath(path), lines))
        else:
            lines.append(f"{told.st_mode} {told.st_size} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_ino}")
            latest = max(latest, told.st_mtime_ns, told.st_ctime_ns)
    return Seen(hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest(), latest)


def _look(folder: str, lines: list[str]) -> int:
    """Add a line for everything in a folder. Gives the latest time; never, where it cannot be told."""
    latest = 0
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            told = entry.stat(follow_symlinks=False)
            changed, renamed = told.st_mtime_ns, told.st_ctime_ns
            if stat.S_ISDIR(told.st_mode):
                lines.append(f"{entry.name}/{told.st_mode} (")
                latest = max(latest, _look(f"{folder}/{entry.name}", lines))
                lines.append(")")
                continue
            lines.append(f"{entry.name}/{told.st_mode} {told.st_size} {changed} {renamed} {told.st_ino}")
            if changed > latest or renamed > latest:
                latest = max(changed, renamed)
    except OSError:
        return _NEVER
    return latest


class Looks:
    """What is kept from the last time, by names that whoever asks chooses. Values are what JSON can hold."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = self._clock()
        self._before = self._read()
        self._kept: dict[str, Any] = {}
        """What was asked for in this run: what nobody asks for any longer is forgotten."""

    def value(self, name: str, look: Callable[[], Seen], make: Callable[[], tuple[Any, bool]]) -> Any:
        """What was made when all looked as it does now; else made anew, and kept if `make` says that it may be."""
        now = look()
        if (kept := self.kept(name, now)) is not None:
            return kept
        value, sure = make()
        if sure and now.latest < self._now - SLACK:
            self.keep(name, now, value)
        return value

    def kept(self, name: str, now: Seen) -> Any:
        """What was kept when all looked so; None where nothing was."""
        for held in (self._kept, self._before):
            kept = held.get(name)
            if isinstance(kept, list) and len(kept) == 2 and kept[0] == now.key:
                self._kept[name] = kept
                return kept[1]
        return None

    def keep(self, name: str, now: Seen, value: Any) -> None:
        """Keep what follows from all that `now` is a key of."""
        self._kept[name] = [now.key, value]

    def keep_own(self, name: str, now: Seen, value: Any) -> None:
        """Keep what follows from files of the store, where only we write and time is counted as in our own clock."""
        if now.latest < self._clock():
            self.keep(name, now, value)

    def still(self, names: Iterable[str]) -> None:
        """What is kept by these names holds, though a run had no need to ask for it."""
        self._kept |= {name: self._before[name] for name in names if name in self._before}

    def save(self) -> None:
        """Write what is kept, whole or not at all."""
        if self._kept == self._before:
            return
        fresh = self._folder / f".ny-{FILE}"
        with suppress(OSError):
            values = {"nu": self._now, "sett": self._kept}
            fresh.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
            fresh.replace(self._folder / FILE)

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads((self._folder / FILE).read_bytes().decode("utf-8", "surrogatepass"))
            then, kept = values["nu"], values["sett"]
            return kept if isinstance(kept, dict) and then <= self._now else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _clock(self) -> int:
        """What time it is where the store lies, as a file that is written now would have it."""
        mark = self._folder / ".ny-klocka"
        try:
            mark.write_bytes(b"")
            now = mark.stat().st_mtime_ns
            mark.unlink()
        except OSError:
            return 0
        return now
