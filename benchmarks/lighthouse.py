"""`python -m benchmarks.lighthouse`: Lighthouse on a simulated telephone, and what the first view of a page weighs.

Needs Node, a Chromium and `lighthouse@12` from npm; says how to get what is missing. Exempelköping is served the way
a host does: packed with gzip and with the headers that we publish. It is `noindex` because it is made up, which
takes away the audit `is-crawlable`, so the project is built a second time with it as if it were a real municipality
that answers for its site. The search page is `noindex` on every site on purpose.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from benchmarks.built import program, tool, tree
from tests.browser.conftest import FLAGS, MADE_UP, ROOT
from tests.browser.install_chromium import find_chromium
from trygglofte.outputs.headers import HEADERS

PAGES = {
    "start page": "",
    "pledge": "medborgarloften/2026-trygg-station/",
    "situation summary": "lagesbilder/2026-08/",
    "search": "sok/?q=trygghet",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
PACKED = {".html", ".css", ".js", ".svg", ".json", ".xml"}


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a common host does: packed text, our headers, connections that are kept."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """One file, or 404."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        if path.suffix in PACKED:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Text says that it is UTF-8."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@contextmanager
def hosting(folder: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1; gives the address, with a slash at its end."""
    handler = functools.partial(Host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@dataclass(frozen=True)
class View:
    """What one run said of a page: points by category, what took points away, and what came over the wire."""

    points: dict[str, int]
    failed: tuple[str, ...]
    first_paint: float
    """Milliseconds to the largest contentful paint, as simulated."""
    shift: float
    bytes: int
    requests: int
    elsewhere: int
    """Requests to another machine."""


def read(answer: dict[str, Any]) -> View:
    """Lighthouse's answer in JSON as what we ask of it."""
    audits = answer["audits"]
    points = {name: round(100 * answer["categories"][name]["score"]) for name in CATEGORIES}
    failed = tuple(
        dict.fromkeys(
            one["id"]
            for name in CATEGORIES
            for one in answer["categories"][name]["auditRefs"]
            if one["weight"]
            and (audits[one["id"]]["score"] or 0) < 0.9
            and audits[one["id"]]["score"] is not None
        )
    )
    requests = audits["network-requests"]["details"]["items"]
    return View(
        points, failed,
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        sum(one["transferSize"] for one in requests),
        len(requests),
        sum(urlsplit(one["url"]).hostname != "127.0.0.1" for one in requests),
    )  # fmt: skip


def ask(node: str, script: Path, address: str) -> View:
    """Run Lighthouse once on an address."""
    flags = " ".join(["--headless=new", *(flag for flag in FLAGS if " " not in flag)])
    command = [node, str(script), address, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    environment = {**os.environ, "CHROME_PATH": find_chromium() or ""}
    ended = subprocess.run(command, capture_output=True, check=False, env=environment)
    if ended.returncode:
        sys.exit(
            f"lighthouse {address}: exit status {ended.returncode}\n{ended.stderr.decode(errors='replace')}"
        )
    return read(json.loads(ended.stdout))


def middle(views: list[View]) -> View:
    """The run whose performance is in the middle; ties by what was painted first."""
    wanted = median(view.points["performance"] for view in views)
    return min(views, key=lambda view: (abs(view.points["performance"] - wanted), view.first_paint))


@contextmanager
def answering_for_itself() -> Iterator[Path]:
    """The project with Exempelköping alone, as if it were no example: search engines are let in."""
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as temporary:
        project = Path(temporary)
        for name in ("content", "overrides", "hooks", "schema"):
            shutil.copytree(
                ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        shutil.copy(ROOT / "mkdocs.yml", project)
        (project / "data").mkdir()
        for path in (ROOT / "data").glob("*.yml"):
            shutil.copy(path, project / "data")
        own = project / "data" / MADE_UP
        shutil.copytree(ROOT / "data" / MADE_UP, own)
        settings = own / "kommun.yml"
        lines = settings.read_text("utf-8").replace('"0000"', '"0114"').splitlines()
        kept = [line for line in lines if not line.startswith(("påhittad:", "exempeldag:"))]
        settings.write_text("\n".join(kept) + "\n", encoding="utf-8")
        yield project


def table(found: dict[str, View]) -> str:
    """What was found as a Markdown table."""
    lines = [
        "| | performance | accessibility | best practices | SEO | below 90 | LCP | CLS | gzip | requests | elsewhere |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, view in found.items():
        points = " | ".join(str(view.points[category]) for category in CATEGORIES)
        lines.append(
            f"| {name} | {points} | {', '.join(view.failed) or '–'} | {view.first_paint / 1000:.1f} s "
            f"| {view.shift:.3f} | {view.bytes / 1000:.1f} kB | {view.requests} | {view.elsewhere} |"
        )
    return "\n".join(lines)


def falls_short(view: View) -> bool:
    """Whether a page has fewer points than wanted, other than for a `noindex` that is meant."""
    excused = {"seo"} if "is-crawlable" in view.failed else set()
    return any(view.points[name] < least for name, least in WANTED.items() if name not in excused)


def main() -> None:
    """Build, serve, ask, print; fails when a page has fewer points than wanted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1, help="how many times each page is asked for")
    parser.add_argument("--script", type=Path, help="lighthouse/cli/index.js, where it is elsewhere")
    parser.add_argument("--tree", type=Path, help="a tree that is built already; no second is built")
    asked = parser.parse_args()
    node, script = program("node", "Node 20 or later"), tool("lighthouse/cli/index.js", asked.script)
    with ExitStack() as stack:
        trees = {"as it is, noindex": stack.enter_context(tree(asked.tree))}
        if asked.tree is None:
            project = stack.enter_context(answering_for_itself())
            trees["as if it were real"] = stack.enter_context(tree(None, project))
        short = False
        for title, folder in trees.items():
            with hosting(folder) as address:
                found = {
                    name: middle(
                        [ask(node, script, f"{address}{MADE_UP}/{page}") for _ in range(asked.rounds)]
                    )
                    for name, page in PAGES.items()
                }
            print(f"{title}\n\n{table(found)}\n", flush=True)
            short |= any(map(falls_short, found.values()))
    if short:
        sys.exit(1)


if __name__ == "__main__":
    main()
