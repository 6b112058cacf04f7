"""The sites on one's own machine: a server on 127.0.0.1, and a rebuild when a file changes.

Each rebuild runs in a process of its own, forked before anything was rendered, so that changed templates
and prose are read again.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

WATCHED = ("data", "content", "overrides", "hooks")
_CALM = 0.15
"""Seconds of quiet before a rebuild, so that a save of many files is one."""


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
        slug = self.path.strip("/").split("/")[0]
        own = [Path(self.directory, slug, "404.html"), Path(self.directory, "404.html")]
        page = next((path for path in own if slug and path.is_file()), own[1])
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Changes(FileSystemEventHandler):
    def __init__(self, changed: threading.Event) -> None:
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Anything but reading is a change; what Python and editors leave behind is not."""
        path = Path(str(event.src_path))
        ignored = "__pycache__" in path.parts or path.name.startswith(".") or path.suffix in {".pyc", ".swp", ".tmp"}
        if not ignored and event.event_type in {"created", "modified", "deleted", "moved"}:
            self.changed.set()


def serve_site(root: Path, output: Path, port: int, rebuild: Callable[[], None], on_ready: Callable[[str], None]) -> None:
    """Serve `output` on 127.0.0.1 until interrupted. Raises OSError when the port is taken."""
    changed = threading.Event()
    changed.set()
    observer = Observer()
    for name in WATCHED:
        observer.schedule(_Changes(changed), str(root / name), recursive=True)
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(output))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        observer.start()
        on_ready(f"http://127.0.0.1:{server.server_address[1]}/")
        try:
            while True:
                changed.wait()
                while changed.is_set():
                    changed.clear()
                    changed.wait(_CALM)
                _in_a_fresh_process(rebuild)
        except KeyboardInterrupt:
            return
        finally:
            observer.stop()
            server.shutdown()


def _in_a_fresh_process(work: Callable[[], None]) -> None:
    if "fork" not in multiprocessing.get_all_start_methods():
        work()
        return
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
