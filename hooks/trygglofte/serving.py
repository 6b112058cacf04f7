"""The sites on one's own machine: a server on 127.0.0.1, and a rebuild when a file changes.

Each rebuild runs in a process of its own, forked before anything was rendered, so that changed templates
and prose are read again. Code is what such a process cannot read again: it ends the serving, and whoever
called starts anew.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

WATCHED = ("data", "content", "overrides", "mkdocs.yml")
CODE = "hooks"
_CALM = 0.15
"""Seconds of quiet before a rebuild, so that a save of many files is one."""
_NOTHING_YET = (
    "<!doctype html><html lang=sv><meta charset=utf-8><title>Sidan finns inte</title>"
    "<h1>Sidan finns inte</h1><p>Webbplatsen kanske byggs just nu. Ladda om sidan strax."
)


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line in the terminal for each, and answers what is missing with 404.html."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for problems."""

    def end_headers(self) -> None:
        """Nothing is kept by the browser, so that a rebuild is seen at once."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A missing page gets the site's own page for that."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        slug = self.path.strip("/").split("/")[0]
        own = [Path(self.directory, slug, "404.html"), Path(self.directory, "404.html")]
        page = next((path for path in own if slug != ".." and path.is_file()), None)
        body = page.read_bytes() if page else _NOTHING_YET.encode()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Changes(FileSystemEventHandler):
    """Sets events when a file has changed; `only` names the one file that counts, if not all do."""

    def __init__(self, *changed: threading.Event, only: str = "") -> None:
        self.changed = changed
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
        if any(self._counts(path) for path in paths):
            for changed in self.changed:
                changed.set()

    def _counts(self, path: Path) -> bool:
        if self.only:
            return path.name == self.only
        return not (
            "__pycache__" in path.parts or path.name.startswith(".") or path.name.endswith("~")
            or path.suffix in {".pyc", ".swp", ".tmp"}
        )  # fmt: skip


def serve_site(
    root: Path, output: Path, port: int, rebuild: Callable[[], None], on_ready: Callable[[str], None]
) -> bool:
    """Serve `output` on 127.0.0.1 until interrupted, or until the code has changed; then True.

    Raises OSError when the port is taken.
    """
    changed, code_changed = threading.Event(), threading.Event()
    changed.set()
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(output))) as server:
        observer = _watch(root, changed, code_changed)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            on_ready(f"http://127.0.0.1:{server.server_address[1]}/")
            while True:
                changed.wait()
                while changed.is_set():
                    changed.clear()
                    changed.wait(_CALM)
                if code_changed.is_set():
                    return True
                _in_a_fresh_process(rebuild)
        except KeyboardInterrupt:
            return False
        finally:
            observer.stop()
            server.shutdown()
            observer.join()


def _watch(root: Path, changed: threading.Event, code_changed: threading.Event) -> BaseObserver:
    observer = Observer()
    for name in WATCHED:
        path = root / name
        if path.is_dir():
            observer.schedule(Changes(changed), str(path), recursive=True)
        elif path.is_file():
            observer.schedule(Changes(changed, only=name), str(root), recursive=False)
    if (root / CODE).is_dir():
        observer.schedule(Changes(code_changed, changed), str(root / CODE), recursive=True)
    observer.start()
    return observer


def _in_a_fresh_process(work: Callable[[], None]) -> None:
    if "fork" not in multiprocessing.get_all_start_methods():
        work()
        return
    process = multiprocessing.get_context("fork").Process(target=_alone, args=(work,))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    process.join()


def _alone(work: Callable[[], None]) -> None:
    """Ctrl+C is told by the server, so it just ends this process: no build minds being stopped anywhere."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    work()
