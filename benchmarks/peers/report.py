"""What a campaign found, as Markdown tables and plots."""

from __future__ import annotations

from statistics import median

from benchmarks import plot
from benchmarks.measure import Run, ratios_table, sizes_table
from benchmarks.peers.campaign import Found, Leg
from benchmarks.peers.contenders import COLD, EDIT, NAMES, WARM

OURS = NAMES["ours"]
_SAID = {COLD: "Cold: nothing built before", WARM: "Warm: nothing has changed", EDIT: "After one edit"}


def parts(found: Found) -> list[str]:
    """Times and ratios by state and search, what search costs by itself, and pages."""
    made = []
    for state in (COLD, WARM, EDIT):
        for search in (False, True):
            runs = found.runs.get((state, search))
            if runs:
                made.append(f"**{_SAID[state]}, {'with' if search else 'without'} search index**")
                made.append(times(runs))
                if OURS in runs and len(runs) > 1:
                    made.append(ratios_table(_even(runs), OURS))
    apart = _apart(found)
    return [*made, *([apart] if apart else []), *([sizes_table(found.sizes)] if found.sizes else [])]


def times(runs: dict[str, list[Run]]) -> str:
    """Wall and CPU seconds and the largest memory summed over processes, as a Markdown table."""
    lines = [
        "| | wall: min | median | max | CPU: median | peak memory, all processes |",
        "|---|---|---|---|---|---|",
    ]
    for name, some in runs.items():
        wall = [run.wall for run in some]
        cells = [f"{pick(wall):.2f} s" for pick in (min, median, max)]
        cpu, memory = median(run.cpu for run in some), max(run.summed for run in some)
        lines.append(
            f"| {name} | {' | '.join(cells)} | {cpu:.2f} s | {f'{memory:.0f} MB' if memory else '–'} |"
        )
    return "\n".join(lines)


def medians(found: Found, leg: Leg) -> dict[str, float]:
    """The median of wall seconds by contender."""
    return {name: median(run.wall for run in runs) for name, runs in found.runs.get(leg, {}).items()}


def plots(found: Found, size: str, documents: int) -> dict[str, str]:
    """One plot for each state, with search where it was measured: file names and SVG."""
    made = {}
    for state in (COLD, WARM, EDIT):
        search = (state, True) in found.runs
        values = medians(found, (state, search))
        if values:
            said = f"{_SAID[state]}, {documents} documents, {'with' if search else 'without'} search index (median)"
            made[f"benchmarks-{size}-{state}.svg"] = plot.bars(said, values)
    return made


def _even(runs: dict[str, list[Run]]) -> dict[str, list[Run]]:
    """Those that were measured in every round; a contender that fell out has no pairs."""
    return {name: some for name, some in runs.items() if len(some) == len(runs[OURS])}


def _apart(found: Found) -> str:
    """What the search index costs by itself: a run with it less a run without, medians of all rounds."""
    lines = ["| the search index by itself: wall | cold | warm | after one edit |", "|---|---|---|---|"]
    for name in NAMES.values():
        cells = []
        for state in (COLD, WARM, EDIT):
            without, with_it = (medians(found, (state, search)).get(name) for search in (False, True))
            cells.append("–" if without is None or with_it is None else f"{with_it - without:+.2f} s")
        if set(cells) != {"–"}:
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) if len(lines) > 2 else ""
