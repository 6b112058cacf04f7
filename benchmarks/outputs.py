"""What open data adds to a build: with all of it against without, in one process, in turn.

Run with `python -m benchmarks.outputs`. A build reads, checks, makes pages and writes one site (without search). Left
out of the other are JSON, CSV, feeds, calendars, the catalogue and JSON-LD; the sitemap and the like are in both.
Both municipalities are made up, and are built as search engines would see them, since they are told nothing otherwise.
What is measured is user CPU. Each round gives a ratio between two builds that came right after each other.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from unittest import mock

from benchmarks import corpus
from benchmarks.layouts import as_yaml
from trygglofte import outputs, sites
from trygglofte.mkdocs_engine import build_site, events
from trygglofte.outputs import calendars, csv_files, data, feeds
from trygglofte.pages import Site

OPEN_DATA = (data.files, csv_files.files, feeds.files, calendars.files)
_LIBRARY = "import resource, icalendar; print(resource.getrusage(resource.RUSAGE_SELF).ru_utime)"
_NONE = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_utime)"


@contextmanager
def without() -> Iterator[None]:
    """Builds without open data."""
    others = tuple(output for output in outputs.OUTPUTS if output not in OPEN_DATA)
    with (
        mock.patch.object(outputs, "OUTPUTS", others),
        mock.patch.object(outputs.catalogue, "files", return_value={}),
        mock.patch.object(events, "told_of", return_value=frozenset()),
        mock.patch.object(events, "structured", return_value=""),
    ):
        yield


def build(root: Path, slug: str, output: Path) -> None:
    """One municipality's site from its files, in this process."""
    shared, _ = sites.shared_files(root)
    site, pages, _ = sites.municipal_site(root, slug, shared, corpus.DAY)
    build_site(site, pages, output)


def user_time(work: Callable[[], None]) -> float:
    """Seconds of user CPU that something takes."""
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before


def measured(root: Path, slug: str, rounds: int, output: Path) -> list[tuple[float, float]]:
    """With and without, so many times in turn, after one round that is not counted."""
    found = []
    for turn in range(rounds + 1):
        everything = user_time(lambda: build(root, slug, output))
        with without():
            pages_alone = user_time(lambda: build(root, slug, output))
        if turn:
            found.append((everything, pages_alone))
    return found


def loading() -> float:
    """What it takes to load the library that writes calendars, once for each process that builds."""
    with_it, without_it = (
        min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))
        for code in (_LIBRARY, _NONE)
    )
    return with_it - without_it


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.outputs", description=__doc__)
    parser.add_argument("--documents", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    here = Path(__file__).resolve().parents[1]
    print("| | with: min | median | without: min | median | adds: min | median | max |")
    print("|---|---|---|---|---|---|---|---|")
    seen = mock.patch.object(Site, "hidden_from_search_engines", new=False)
    with seen, tempfile.TemporaryDirectory() as folder:
        made_up = as_yaml(corpus.make(options.documents), Path(folder) / "project")
        for name, root, slug in (
            (f"{options.documents} documents", made_up, corpus.SLUG), ("Exempelköping", here, "exempelkoping"),
        ):  # fmt: skip
            found = measured(root, slug, options.rounds, Path(folder) / "site")
            times = [f"{pick(side):.2f} s" for side in zip(*found, strict=True) for pick in (min, median)]
            added = [one / other - 1 for one, other in found]
            ratios = [f"{pick(added):.0%}" for pick in (min, median, max)]
            print(f"| {name} | {' | '.join((*times, *ratios))} |")
    print(f"\nLoading the library for calendars, once in a process: {loading():.2f} s.")


if __name__ == "__main__":
    main()
