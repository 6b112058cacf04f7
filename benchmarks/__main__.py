"""`python -m benchmarks`: our build against stock MkDocs with Material, side by side, search index excluded."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus
from benchmarks.layouts import as_markdown, as_yaml
from benchmarks.measure import (
    Contender,
    FailedError,
    in_turn,
    page_sizes,
    ratios_table,
    sizes_table,
    times_table,
)

COLD = "trygglofte build, fresh folder"
AGAIN = "trygglofte build, nothing changed"
STOCK = "mkdocs build, stock Material"
PLAIN = "mkdocs build with our hook"


def _python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def _trygglofte(*arguments: str) -> list[str]:
    return _python("from trygglofte.cli import main; main()", *arguments)


def _mkdocs(output: Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(output)]


def contenders(work: Path, count: int) -> list[Contender]:
    """What is measured, over one set of made documents laid out below `work`."""
    documents = corpus.make(count)
    ours = as_yaml(documents, work / "ours")
    stock = as_markdown(documents, work / "stock")
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    # Search is left out of plain mkdocs too: its hook has no option for that, so the step is emptied.
    without_search = (
        "from trygglofte import searching; searching.index_site = lambda *_: None; "
        "from mkdocs.__main__ import cli; cli()"
    )

    def fresh(turn: int) -> Sequence[str]:
        return _trygglofte("build", "--utan-sok", "--out", str(work / f"fresh-{turn}"))

    def plain(turn: int) -> Sequence[str]:
        return _python(without_search, "build", "-q", "-d", str(work / f"plain-{turn}"))

    return [
        Contender(COLD, ours, fresh),
        Contender(STOCK, stock, lambda turn: _mkdocs(work / f"stock-{turn}"), quiet),
        Contender(PLAIN, ours, plain, quiet | {"KOMMUN": corpus.SLUG}),
        # The first, uncounted turn builds; the others find nothing to do.
        Contender(
            AGAIN, ours, lambda _turn: _trygglofte("build", "--utan-sok", "--out", str(work / "again"))
        ),
    ]


def report(count: int, rounds: int, work: Path) -> str:
    """Measure a municipality of `count` documents and say what came of it, as Markdown."""
    found = in_turn(contenders(work, count), rounds)
    sizes = {
        COLD: page_sizes(work / "fresh-1" / corpus.SLUG),
        STOCK: page_sizes(work / "stock-1"),
    }
    parts = [
        f"{count} documents, {rounds} rounds",
        times_table(found),
        ratios_table(found, COLD),
        sizes_table(sizes),
    ]
    return "\n\n".join(parts)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--documents", type=int, default=150, help="how many documents the municipality has")
    parser.add_argument("--rounds", type=int, default=9, help="how many times each command is measured")
    chosen = parser.parse_args()
    if not hasattr(os, "wait4"):
        parser.error("this system cannot tell what a child process has used (os.wait4)")
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        try:
            print(report(chosen.documents, chosen.rounds, Path(folder)))
        except FailedError as failed:
            sys.exit(str(failed))


if __name__ == "__main__":
    main()
