"""A server on 127.0.0.1 that shows the sites of a project, and tells a page when it would look otherwise."""

from __future__ import annotations

import gc
import mimetypes
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from trygglofte.outputs import look
from trygglofte.publishing import Aside
from trygglofte.serving.finishing import HTML
from trygglofte.serving.shown import OWN, Answer, Shown
from trygglofte.serving.studio import PORTAL, Studio, Told
from trygglofte.serving.watching import CODE, Gathered, watch

_PATIENCE = 25.0
"""Seconds that a page waits for a change before it asks again."""
_REST_AT_MOST = 60.0
"""Seconds that a file is waited for which is made after the pages."""
_IDLE = 0.3
"""Seconds without a change before what can wait is done: browsers go first."""
_BREATH = 0.001
"""Seconds between two municipalities that the portal needs, in which whoever asks for another page comes in between."""
_HERE = Path(__file__).parent


class _Handler(BaseHTTPRequestHandler):
    """Answers without a line in the terminal for each question: the terminal is for problems."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *arguments: object, desk: Desk) -> None:
        self.desk = desk
        super().__init__(*arguments)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """A page, a file, or whether a page has changed."""
        try:
            self._send(self.desk.answer(self.path))
        except (ConnectionError, TimeoutError):
            self.close_connection = True  # nobody listens any longer

    def do_HEAD(self) -> None:
        """The same without what it says."""
        self.do_GET()

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Cache-Control", "no-store")  # so that a change is seen at once
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.status not in {204, 205}:
            self.send_header("Content-Type", answer.type)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


class Desk:
    """What a browser may ask of a studio, by the path in its address."""

    def __init__(self, studio: Studio, wake: Callable[[], None]) -> None:
        self.studio, self.wake = studio, wake
        self.is_closed = False

    def answer(self, address: str) -> Answer:
        """The answer to one question; it may take a while."""
        parts = urlsplit(address)
        path = unquote(parts.path).lstrip("/")
        if path.startswith(f"{OWN}/"):
            return self._own(path.removeprefix(f"{OWN}/"), parse_qs(parts.query))
        if "\0" in path or ".." in path.split("/"):
            return Answer(b"", status=404)
        with self.studio.turn:
            shown, below = self._find(path)
            if below is None:
                return Answer(
                    b"", status=302, location=f"{parts.path}/" + (f"?{parts.query}" if parts.query else "")
                )
            if _is_page(below):
                return self._page(shown, below.removesuffix("index.html"))
            return self._file(shown, below)

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self.studio.turn:
            self.is_closed = True
            self.studio.turn.notify_all()

    def _find(self, path: str) -> tuple[Shown, str | None]:
        """The site, and the path in it; None where that is a folder that was asked for as a file."""
        first, slash, rest = path.partition("/")
        slug = first if self.studio.has(first) else PORTAL
        while slug == PORTAL and not self.is_closed and self.studio.read_for_portal():
            self.studio.turn.wait(_BREATH)
        shown, below = self.studio.site(slug), rest if slug else path
        is_folder = (slug and not slash) or (
            below and shown.version and f"{below}/" in shown.version.addresses
        )
        return shown, None if is_folder else below

    def _page(self, shown: Shown, address: str) -> Answer:
        if not shown.is_wanted:
            shown.is_wanted = True
            self.wake()
        return shown.answer(address, self.studio.root, self.studio.frame)

    def _file(self, shown: Shown, path: str) -> Answer:
        """A file that is there already, or that is made afterwards and may be waited for."""
        until = time.monotonic() + _REST_AT_MOST
        while not (found := self._there(shown, path)):
            left = until - time.monotonic()
            if shown.is_finished or shown.problems or left < 0 or self.is_closed:
                return self._page(shown, path)
            shown.is_wanted = True
            self.wake()
            self.studio.turn.wait(left)
        return Answer(found, _type(path))

    def _there(self, shown: Shown, path: str) -> bytes | None:
        if shown.version and path.startswith("assets/"):
            made = look.files(shown.version.site, ()).get(path)
            if made is not None:
                return made.encode() if isinstance(made, str) else made
        files = self.studio.files()
        where = files.get(path) or (shown.finished and shown.finished / HTML / path)
        try:
            return where.read_bytes() if where else None
        except OSError:
            return None

    def _own(self, name: str, asked: dict[str, list[str]]) -> Answer:
        if name == "andrad":
            page, mark = (asked.get(key, [""])[0] for key in ("sida", "marke"))
            return Answer(b"", status=205 if self._changes(page, mark) else 204)
        if name in {"visning.js", "visning.css"}:
            return Answer((_HERE / name).read_bytes(), _type(name))
        return Answer(b"", status=404)

    def _changes(self, page: str, mark: str) -> bool:
        """Wait until a page would look otherwise than when it had this mark. The page is made here, and kept."""
        until = time.monotonic() + _PATIENCE
        studio = self.studio
        with studio.turn:
            while not self.is_closed:
                seen, answer = studio.changes, self.answer(page)
                if answer.mark and answer.mark != mark:
                    return True
                while studio.changes == seen and not self.is_closed:
                    if (left := until - time.monotonic()) < 0:
                        return False
                    studio.turn.wait(left)
        return False


def _is_page(path: str) -> bool:
    return not path or path.endswith(("/", "/index.html")) or path == "index.html"


def _type(path: str) -> str:
    kind = {".webmanifest": "application/manifest+json", ".atom": "application/atom+xml"}.get(
        PurePosixPath(path).suffix
    ) or mimetypes.guess_type(path)[0]
    if kind in {"text/javascript", "application/javascript"} or (kind or "").startswith("text/"):
        return f"{kind}; charset=utf-8"
    return kind or "application/octet-stream"


def serve_sites(root: Path, port: int, today: date, told: Told, on_ready: Callable[[str], None]) -> bool:
    """Show the sites of the project in `root` until interrupted, or until the code has changed; then True.

    Raises OSError when the port is taken.
    """
    gathered = Gathered()
    aside = Aside()
    try:
        studio = Studio(root, today, aside, told, gathered.wake)
        desk = Desk(studio, gathered.wake)
        with ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, desk=desk)) as server:
            observer = watch(root, gathered)
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            try:
                with _until_interrupted(gathered):
                    on_ready(f"http://127.0.0.1:{server.server_address[1]}/")
                    gc.disable()  # what is kept lives long: garbage is looked for when nobody waits for us
                    return _work(studio, gathered, root)
            except KeyboardInterrupt:
                return False
            finally:
                gc.enable()
                desk.close()
                studio.stop()
                observer.stop()
                server.shutdown()
    finally:
        aside.close()


@contextmanager
def _until_interrupted(gathered: Gathered) -> Iterator[None]:
    """Let Ctrl+C end the waiting. As an exception it may come where Python has to ignore it; pressed again, it does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def end(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        gathered.end()

    signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(studio: Studio, gathered: Gathered, root: Path) -> bool:
    """Follow what changes, and do what can wait when nothing does, until the code has changed."""
    patience: float | None = 0.0
    while not gathered.is_over():
        changed = gathered.take(patience)
        while changed and not gathered.is_over():
            if any(path.is_relative_to(root / CODE) for path in changed):
                return True
            studio.change(changed)
            studio.tell()
            changed = gathered.take(_IDLE, is_deaf=True)
        more = not gathered.is_over() and studio.settle()
        studio.tell()
        patience = 0.0 if more else None
        if not more:
            gc.collect()
    return False
