"""What changes in a project's folder while somebody works in it, gathered until a save is over."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

WATCHED = ("data", "content", "overrides", "mkdocs.yml")
CODE = "hooks"
_CALM = 0.01
"""Seconds of quiet that end a save: editors write, move and set rights in one go."""
_AT_MOST = 20
"""So many times quiet is waited for, that a program which never stops writing does not stop us."""


class Gathered:
    """Paths that have changed and nobody has taken care of yet."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()
        self._woken = False
        self._news = threading.Condition()
        self._is_over = False

    def add(self, *paths: Path) -> None:
        """Something changed."""
        with self._news:
            self._paths.update(paths)
            self._news.notify_all()

    def wake(self) -> None:
        """Nothing changed, but there is something to do."""
        with self._news:
            self._woken = True
            self._news.notify_all()

    def end(self) -> None:
        """Whoever waits is to stop. May be called from a signal handler: the condition's lock can be taken again."""
        self._is_over = True
        self.wake()

    def is_over(self) -> bool:
        """Whether nobody is to wait for changes any longer."""
        return self._is_over

    def take(self, patience: float | None, is_deaf: bool = False) -> set[Path]:
        """What has changed, once it is quiet; nothing after `patience` seconds, or when woken, unless deaf to that."""
        with self._news:
            self._news.wait_for(
                lambda: self._is_over or self._paths or (self._woken and not is_deaf), patience
            )
            self._woken = self._woken and is_deaf
            for _ in range(_AT_MOST):
                many = len(self._paths)
                if not many or not self._news.wait(_CALM) or len(self._paths) == many:
                    break
            taken, self._paths = self._paths, set()
            return taken


class Changes(FileSystemEventHandler):
    """Gathers the paths of changes; `only` names the one file that counts, if not all do."""

    def __init__(self, gathered: Gathered, only: str = "") -> None:
        self.gathered = gathered
        self.only = only

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Anything but reading is a change; what Python and editors leave behind is not.

        A folder changes only because something in it did. A file that is saved under another name and then
        moved into place counts by the name it got.
        """
        if event.event_type not in {"created", "modified", "deleted", "moved"}:
            return
        if event.is_directory and event.event_type == "modified":
            return
        paths = (Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path)
        counting = [path for path in paths if self._counts(path)]
        if counting:
            self.gathered.add(*counting)

    def _counts(self, path: Path) -> bool:
        if self.only:
            return path.name == self.only
        return not (
            "__pycache__" in path.parts or path.name.startswith(".") or path.name.endswith("~")
            or path.suffix in {".pyc", ".swp", ".tmp"}
        )  # fmt: skip


def watch(root: Path, gathered: Gathered) -> BaseObserver:
    """Gather what changes in a project's folder from now on, until the observer is stopped."""
    observer = Observer()
    for name in (*WATCHED, CODE):
        path = root / name
        if path.is_dir():
            observer.schedule(Changes(gathered), str(path), recursive=True)
        elif path.is_file():
            observer.schedule(Changes(gathered, only=name), str(root), recursive=False)
    observer.start()
    return observer
