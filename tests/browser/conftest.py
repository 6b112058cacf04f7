"""What the browser tests stand on: the real data built for one fixed day, a server of their own, and a watchful page.

A page here fails its test by itself: on anything the console complains of, on a request that fails, and on
one that goes to another machine. The server answers the same tree at `/` and under `/under/stig/`, so that
a link which only works at the root is found out.
"""

from __future__ import annotations

import fcntl
import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, sync_playwright  # noqa: A004

from tests.browser.install_chromium import find_chromium
from trygglofte.outputs.headers import HEADERS
from trygglofte.publishing import PublishError, publish

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 22)
UNDER = "under/stig/"
"""A folder that the server shows the whole tree in once more, as a staging server would."""

MUNICIPALITIES = tuple(sorted(path.parent.name for path in (ROOT / "data").glob("*/kommun.yml")))
MADE_UP = "exempelkoping"
FIVE = tuple(slug for slug in MUNICIPALITIES if slug != MADE_UP)
PORTAL = ""
SITES = (PORTAL, *MUNICIPALITIES)

# What Playwright itself turns off of what bears upon a page, since the last of two such flags is the one that counts;
# and the two pages of suggestions that a Chromium with a window makes beside each page of ours, as heavy as it.
OFF = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)
FLAGS = [
    f"--disable-features={','.join(OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the built tree without a word, and answers what is missing with the site's own 404 page."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Every page is shown as strictly as a host would that reads `_headers`."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        return super().translate_path(
            path.replace(f"/{UNDER}", "/", 1) if path.startswith(f"/{UNDER}") else path
        )

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        slug = self.path.strip("/").split("/")[0]
        own = Path(self.directory, slug if slug in MUNICIPALITIES else "", "404.html")
        body = own.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1; gives the address, with a slash at its end."""
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False  # a browser keeps its connections until it is closed
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser that reaches no other machine than this."""
    program = find_chromium()
    assert program, "no Chromium: run python tests/browser/install_chromium.py"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield running
        finally:
            running.close()


def awaited(page: Page, script: str, value: str) -> None:
    """Wait for a script to be true of a value. It is tried in every frame, where `expect` looks more and more seldom.

    What does not come is not told of: an `expect` is to follow, which says what is there instead.
    """
    with suppress(TimeoutError):
        page.wait_for_function(script, arg=value, timeout=5_000)


@dataclass(frozen=True)
class Built:
    """A built tree and where it is served. Addresses of pages are relative, like `soderhamn/om/`."""

    folder: Path
    address: str

    def pages(self, slug: str) -> list[str]:
        """The addresses of every page of a site, its 404 page among them."""
        top = self.folder / slug
        found = (path.relative_to(top).as_posix() for path in _html(top, deep=True))
        own = [name for name in found if slug or name.split("/")[0] not in MUNICIPALITIES]
        return [f"{slug}/{name}".lstrip("/").removesuffix("index.html") for name in sorted(own)]

    def one_of_each(self, slug: str) -> list[str]:
        """One page of each kind that a site has, the fullest."""
        chosen: dict[str, str] = {}
        for page in self.pages(slug):
            kind = kind_of(page, slug)
            if kind not in chosen or self.weight(page) > self.weight(chosen[kind]):
                chosen[kind] = page
        return list(chosen.values())

    def file(self, page: str) -> Path:
        """The file of a page."""
        path = self.folder / page
        return path / "index.html" if path.is_dir() else path

    def weight(self, page: str) -> int:
        """The bytes of a page's HTML."""
        return self.file(page).stat().st_size

    def text(self, page: str) -> str:
        """A page's HTML."""
        return self.file(page).read_text(encoding="utf-8")


def _html(folder: Path, *, deep: bool) -> Iterator[Path]:
    """HTML files; folders that are links, as municipalities are, are followed."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and deep and path.name not in {"assets", "pagefind"}:
            yield from _html(path, deep=True)
        elif path.suffix == ".html":
            yield path


def kind_of(page: str, slug: str) -> str:
    """What kind of page an address is: `teman`, `teman/*`, `lagesbilder/* lagstadgad`, `medborgarloften/*`."""
    own = page.removeprefix(f"{slug}/") if slug else page
    parts = own.strip("/").split("/")
    if len(parts) == 1:
        return own
    if parts[0] == "medborgarloften":
        return "/".join([parts[0], "*", *parts[2:]])
    return f"{parts[0]}/*" + (" lagstadgad" if "lagstadgad" in parts[1] else "")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the built tree; built by the first worker that asks, and awaited by the others."""
    base = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        base = base.parent
    output = base / "webbplatser" / "site"
    output.parent.mkdir(exist_ok=True)
    with (base / "webbplatser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not output.exists():
            try:
                release = publish(ROOT, output, DAY)
            except PublishError as error:
                pytest.fail(f"{error} {[str(problem) for problem in error.problems if problem.is_error]}")
            assert not release.failed, [str(problem) for problem in release.problems if problem.is_error]
    return output


@pytest.fixture(scope="session")
def built(folder: Path) -> Iterator[Built]:
    """The built tree, served."""
    with serving(folder) as address:
        yield Built(folder, address)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this folder: two Playwrights cannot run at once, and others have their own."""
    with chromium() as running:
        yield running


@dataclass
class Watch:
    """What a browser window asked for, and what went wrong in it."""

    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)
    """Addresses that a test asks for although they do not exist."""

    def over(self, context: BrowserContext) -> Watch:
        """Start watching every page of a context."""
        context.on("request", lambda request: self._requested(request.url))
        context.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))
        context.on("response", lambda answer: self._answered(answer.url, answer.status))
        context.on(
            "console", lambda message: self._said(message.type, message.text, message.location.get("url", ""))
        )
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        return self

    def _requested(self, url: str) -> None:
        self.requests.append(url)
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            self.faults.append(f"{url}: another machine")

    def _failed(self, url: str, why: str) -> None:
        if why != "net::ERR_ABORTED":  # the window went to another page before an icon had come
            self.faults.append(f"{url}: {why}")

    def _answered(self, url: str, status: int) -> None:
        if status >= 400 and url not in self.expected:
            self.faults.append(f"{url}: {status}")

    def _said(self, kind: str, text: str, url: str) -> None:
        if kind in {"error", "warning"} and url not in self.expected:
            self.faults.append(f"{url}: {text}")


Open = Callable[..., Page]


@pytest.fixture
def watch() -> Watch:
    """What is watched over in this test."""
    return Watch()


@pytest.fixture
def open_page(browser: Browser, built: Built, watch: Watch) -> Iterator[Open]:
    """Open a window of its own at an address; keywords are Playwright's for a context.

    `open_page("soderhamn/", viewport={"width": 320, "height": 640})`
    """
    contexts: list[BrowserContext] = []

    def make(address: str | None = None, **options: Any) -> Page:
        context = browser.new_context(**{"locale": "sv-SE", "reduced_motion": "reduce"} | options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        watch.over(context)
        page = context.new_page()
        if address is not None:
            page.goto(f"{built.address}{address}")
        return page

    yield make
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture
def page(open_page: Open) -> Page:
    """A window of an ordinary size, with nothing in it yet."""
    return open_page(viewport={"width": 1280, "height": 800})


@pytest.fixture
def phone(open_page: Open) -> Page:
    """A window as narrow as a page must still be readable in: 320 px."""
    return open_page(viewport={"width": 320, "height": 640})


Visit = Callable[[Page, str], Page]


@pytest.fixture
def visit(built: Built) -> Visit:
    """Go to an address of the built tree in a window that is open."""

    def go(page: Page, address: str) -> Page:
        page.goto(f"{built.address}{address}")
        return page

    return go
