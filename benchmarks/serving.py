"""How long from a save until the page that somebody looks at is there anew, in `trygglofte serve`.

Run with `python -m benchmarks.serving`, which takes about a minute. The browser is played by plain HTTP as `visning.js`
does it: wait for the page's mark to change, fetch the page, look for what was written. What a browser draws after that
is not measured. With `--municipalities 60 --documents 20` it tells instead how long the beginning takes.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from statistics import median
from urllib.parse import quote

from benchmarks import corpus
from benchmarks.layouts import add_yaml, as_yaml
from benchmarks.peers import layouts

_MARK = re.compile(r'data-mark="(\w+)"')
_OUTCOME = re.compile(r"(.*\n    fotpatrull:\n)(?:      .*\n)+", re.DOTALL)
"""Everything up to what the latest follow-up says of one commitment, and that."""
_OUTCOMES = ("      status: pågår\n", "      status: inställt\n      orsak: Pengarna räckte inte.\n")
_TICK = os.sysconf("SC_CLK_TCK")


class Served:
    """A server of one project, in a process of its own, and one page that is looked at."""

    def __init__(self, root: Path, page: str) -> None:
        self.started = time.perf_counter()
        command = [sys.executable, "-c", "from trygglofte.cli import main; main()"]
        self.process = subprocess.Popen(
            [*command, "serve", "--port", "0"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "NO_MKDOCS_2_WARNING": "1"},
        )
        assert self.process.stdout is not None
        found = re.search(r"127\.0\.0\.1:(\d+)", self.process.stdout.readline())
        assert found, "the server did not start"
        self.ready = time.perf_counter() - self.started
        threading.Thread(target=self._hear, daemon=True).start()
        self.connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=120)
        self.page = page

    def _hear(self) -> None:
        """Take what it tells, so that it never waits for somebody to read it."""
        assert self.process.stdout is not None
        while self.process.stdout.readline():
            pass

    def ask(self, path: str) -> tuple[int, str]:
        """Status and text of an answer."""
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()

    def look(self) -> tuple[str, str]:
        """The page and its mark."""
        _, text = self.ask(self.page)
        found = _MARK.search(text)
        assert found, text[:500]
        return text, found[1]

    def wait(self, mark: str) -> None:
        """Until the page would look otherwise than with this mark."""
        while self.ask(f"/_visning/andrad?sida={quote(self.page)}&marke={mark}")[0] != 205:
            pass

    def cpu(self) -> float:
        """Seconds of user CPU that the server has used, without what it does afterwards in other processes."""
        return int(Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[11]) / _TICK

    def stop(self) -> None:
        """End it as Ctrl+C does."""
        self.process.terminate()
        self.process.wait()


def edits(root: Path, count: int, pause: float) -> list[tuple[float, float]]:
    """Change a status `count` times: seconds from save to reloaded page, and of the server's user CPU until then."""
    pledge = min((root / "data" / corpus.SLUG / "medborgarloften").glob("2026-*.yml"))
    text = pledge.read_text("utf-8")
    assert _OUTCOME.match(text), pledge
    served = Served(root, f"/{corpus.SLUG}/medborgarloften/{pledge.stem}/")
    try:
        served.look()
        say("the first page is there; waiting for the search index, which is made last")
        served.ask(f"/{corpus.SLUG}/pagefind/pagefind-entry.json")
        found = []
        for turn in range(count + 1):
            time.sleep(pause)
            before, mark = served.look()
            outcome = _OUTCOMES[turn % 2]
            cpu, started = served.cpu(), time.perf_counter()
            pledge.write_text(_OUTCOME.sub(rf"\g<1>{outcome}", text, count=1), "utf-8")
            served.wait(mark)
            after, _ = served.look()
            found.append((time.perf_counter() - started, served.cpu() - cpu))
            say(f"edit {turn} of {count}: {found[-1][0]:.3f} s" + ("" if turn else ", not counted"))
            assert after != before, "nothing is otherwise"
            assert "<title>Fel: " not in after, re.findall(
                r"<section class=.tl-visning.*?</section>", after, re.DOTALL
            )
        return found[1:]
    finally:
        served.stop()
        pledge.write_text(text, "utf-8")


def beginning(municipalities: int, documents: int, folder: Path) -> list[tuple[str, float]]:
    """Seconds until the server answers, until the first page is there, and until the portal is, which needs all."""
    made = layouts.made(municipalities, documents)
    root = as_yaml(next(made), folder)
    for one in islice(made, municipalities - 1):
        add_yaml(one, root)
    say("the project is laid out")
    served = Served(root, f"/{corpus.SLUG}-001/")
    try:
        found = [("until the server answers", served.ready)]
        for what, page in (("until a page is there", served.page), ("until the portal is there", "/")):
            started = time.perf_counter()
            served.ask(page)
            found.append((what, time.perf_counter() - started))
        return [*found, ("user CPU of the server", served.cpu())]
    finally:
        served.stop()


def say(what: str) -> None:
    """How far it has come, where it does not disturb the table."""
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("--documents", type=int, default=150)
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument(
        "--pause", type=float, default=4.0, help="seconds between edits, in which the rest is begun"
    )
    parser.add_argument("--municipalities", type=int, help="how long it takes to begin, with so many")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        if options.municipalities:
            rows = beginning(options.municipalities, options.documents, Path(folder))
            print(
                f"{options.municipalities} municipalities of {options.documents} documents\n\n| | |\n|---|---|"
            )
            print("\n".join(f"| {what} | {seconds:.2f} s |" for what, seconds in rows))
            return
        found = edits(as_yaml(corpus.make(options.documents), Path(folder)), options.edits, options.pause)
    print(
        f"{options.documents} documents, {options.edits} edits\n\n| | best | median | worst |\n|---|---|---|---|"
    )
    for name, values in zip(
        ("save to reloaded page", "user CPU of the server"), zip(*found, strict=True), strict=True
    ):
        print(f"| {name} | {min(values):.3f} s | {median(values):.3f} s | {max(values):.3f} s |")


if __name__ == "__main__":
    main()
