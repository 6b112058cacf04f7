"""`python -m benchmarks.peers`: our build and the site generators that could have been chosen, on the same records.

Prints Markdown tables and writes plots, so that filling docs/benchmarks.md is pasting.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import plot
from benchmarks.peers import contenders as peers
from benchmarks.peers.campaign import Campaign, Found
from benchmarks.peers.contenders import COLD, EDIT, NAMES, ONLY_WITH_SEARCH, WARM, Tools
from benchmarks.peers.layouts import lay_out
from benchmarks.peers.report import medians, parts, plots

STATES = (COLD, WARM, EDIT)


def machine() -> str:
    """The processor, cores, memory and system of this machine, and how busy it is."""
    said = [platform.machine()]
    for path, word in (("/proc/cpuinfo", "model name"), ("/proc/meminfo", "MemTotal")):
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        found = next((line.split(":", 1)[1].strip() for line in lines if line.startswith(word)), "")
        said.append(
            f"{int(found.split()[0]) / 1024**2:.0f} GB of memory" if word == "MemTotal" and found else found
        )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f"load before {os.getloadavg()[0]:.1f}"
    return ", ".join(
        [f"{cores} cores", *filter(None, said), f"{platform.system()} {platform.release()}", load]
    )


def measured(chosen: argparse.Namespace, keys: Sequence[str], tools: Tools) -> str:
    """One size, all states: the report."""
    with tempfile.TemporaryDirectory(prefix="peers-", dir=chosen.work) as folder:
        made = lay_out(chosen.municipalities, chosen.documents, Path(folder), set(keys))
        searches = {"both": (False, True), "without": (False,), "with": (True,)}[chosen.search]
        campaign = Campaign(keys, tools, Path(folder), made)
        found = campaign.measure(chosen.states, searches, chosen.rounds, chosen.uncounted)
    size = f"{chosen.municipalities}x{chosen.documents}"
    files = plots(found, size, chosen.municipalities * chosen.documents)
    shown = _write(files, chosen.svg)
    total = f"{chosen.municipalities * chosen.documents:,}".replace(",", " ")
    head = f"{chosen.municipalities} × {chosen.documents} documents ({total}), {chosen.rounds} rounds"
    return "\n\n".join([f"### {head}", *shown, *parts(found), *_failures(found)])


def curve(chosen: argparse.Namespace, keys: Sequence[str], tools: Tools) -> str:
    """Cold builds without search of ever more municipalities, and of ever more documents in one.

    Nothing is removed before the last of them: see `contenders.forget`.
    """
    with tempfile.TemporaryDirectory(prefix="peers-", dir=chosen.work) as folder:
        return _curve(chosen, keys, tools, Path(folder))


def _curve(chosen: argparse.Namespace, keys: Sequence[str], tools: Tools, folder: Path) -> str:
    said, files = [], {}
    each = chosen.documents
    for what, sizes in (
        ("municipalities", [(n, each) for n in chosen.curve_municipalities]),
        ("documents", [(1, n) for n in chosen.curve_documents]),
    ):
        series: dict[str, list[tuple[float, float]]] = {}
        for municipalities, documents in sizes:
            work = folder / what / f"{municipalities}x{documents}"
            made = lay_out(municipalities, documents, work, set(keys))
            print(f"{municipalities} × {documents}", file=sys.stderr, flush=True)
            campaign = Campaign(keys, tools, work, made)
            found = campaign.measure([COLD], [False], chosen.rounds, chosen.uncounted)
            said += _failures(found)
            x = municipalities if what == "municipalities" else documents
            for name, value in medians(found, (COLD, False)).items():
                series.setdefault(name, []).append((x, value))
        if series:
            across = {
                "municipalities": f"municipalities with {each} documents each",
                "documents": "documents in one municipality",
            }[what]
            title = "Cold build without search index, median"
            files[f"benchmarks-curve-{what}.svg"] = plot.lines(title, across, "seconds", series)
            said.append(_curve_table(across, series))
    return "\n\n".join([*_write(files, chosen.svg), *said])


def _curve_table(across: str, series: dict[str, list[tuple[float, float]]]) -> str:
    sizes = sorted({x for line in series.values() for x, _ in line})
    rows = [f"| {across} | {' | '.join(f'{x:g}' for x in sizes)} |", "|---|" + "---|" * len(sizes)]
    for name, line in series.items():
        cells = [f"{dict(line)[x]:.2f} s" if x in dict(line) else "–" for x in sizes]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _failures(found: Found) -> list[str]:
    return [f"Not measured to the end: {NAMES[key]}. {why}" for key, why in found.failed.items()]


def _write(files: dict[str, str], folder: Path) -> list[str]:
    """Write plots. Gives a line of Markdown for each, as docs/benchmarks.md would show it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {folder / name}", file=sys.stderr)
    title = {name: text.split("<title>")[1].split("</title>")[0] for name, text in files.items()}
    return [f"![{title[name]}]({Path(os.path.relpath(folder / name, 'docs')).as_posix()})" for name in files]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    add = parser.add_argument
    add("--municipalities", type=int, default=20)
    add("--documents", type=int, default=150, help="in each municipality, at least 15")
    add("--rounds", type=int, default=3, help="how many rounds are counted")
    add("--uncounted", type=int, default=1, help="how many rounds go before, to warm the disk")
    add("--only", nargs="+", choices=list(NAMES), default=list(NAMES), help="which contenders")
    add("--states", nargs="+", choices=STATES, default=list(STATES), help="a cold build is always made")
    add("--search", choices=("both", "without", "with"), default="both")
    add("--hugo", metavar="PROGRAM", help="else the one on PATH")
    add(
        "--eleventy",
        metavar="FOLDER",
        help="the folder whose node_modules holds it, and js-yaml; else this one",
    )
    add("--zensical", metavar="PROGRAM", help="else the one on PATH")
    add(
        "--curve",
        action="store_true",
        help="how the time of a cold build grows, instead of a table of states",
    )
    add("--curve-municipalities", type=int, nargs="*", default=[1, 20, 80, 160, 290])
    add("--curve-documents", type=int, nargs="*", default=[50, 100, 200, 500, 1000])
    add("--work", type=Path, help="where to work (gigabytes); else the system's temporary folder")
    add("--svg", type=Path, default=Path("docs/bilder"), help="where plots are written")
    return parser


def main() -> None:
    """Read the command line, say what is missing, measure the rest, print."""
    parser = _parser()
    chosen = parser.parse_args()
    if not hasattr(os, "wait4"):
        parser.error("this system cannot tell what a child process has used (os.wait4)")
    tools = peers.find(chosen.hugo, chosen.eleventy, chosen.zensical)
    without = tools.missing(chosen.only)
    for sentence in without:
        print(sentence, file=sys.stderr)
    keys = [key for key in chosen.only if key not in {sentence.split(":")[0] for sentence in without}]
    if chosen.curve:
        keys = [key for key in keys if key not in ONLY_WITH_SEARCH]
    if not keys:
        parser.error("nothing is left to measure")
    print("\n".join([f"- {machine()}", f"- {', '.join(peers.versions(tools, keys))}", ""]))
    print((curve if chosen.curve else measured)(chosen, keys, tools))


if __name__ == "__main__":
    main()
