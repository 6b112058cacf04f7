"""Problems in a pull request: annotations on the lines, and a summary with a table of all of them.

Only a few annotations are shown for each step, so the table is what nobody may miss. Text from a file is
data here: in an annotation it is escaped as the workflow commands ask, in the table as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trygglofte.problems import Problem
from trygglofte.reporting.hiding import fit_to_show

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$@&-])")
_SHOWN = 200


def as_annotations(problems: Sequence[Problem]) -> str:
    """Workflow commands that put each problem on its line."""
    lines = []
    for problem in fit_to_show(problems):
        level = "error" if problem.is_error else "notice"
        message = f"{problem.message} {problem.hint}".strip()
        place = f"file={_property(problem.file)},line={problem.line},col={problem.column}"
        lines.append(f"::{level} {place},title={_property(problem.kind)}::{_data(message)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_summary(problems: Sequence[Problem], municipalities: int) -> str:
    """A summary in Swedish as Markdown: what came of the check, and a row for each problem, errors first."""
    problems = fit_to_show(problems)
    wrong = [problem for problem in problems if problem.is_error]
    advice = [problem for problem in problems if not problem.is_error]
    if not problems:
        return f"## Inga fel\n\n{municipalities} kommuner är kontrollerade, och allt kan publiceras.\n"
    head = (
        f"## {len(wrong)} fel att rätta\n\nRätta dem, så går det att publicera."
        if wrong
        else "## Inga fel\n\nDet går att publicera."
    )
    rows = [*wrong, *advice]
    table = "".join(map(_row, rows[:_SHOWN]))
    more = f"\n… och {len(rows) - _SHOWN} till.\n" if len(rows) > _SHOWN else ""
    counted = f" Dessutom finns {len(advice)} råd, som inte hindrar något." if advice else ""
    return f"{head}{counted}\n\n| | Var | Vad | Gör så här |\n|---|---|---|---|\n{table}{more}"


def _row(problem: Problem) -> str:
    place = f"{in_markdown(problem.file)}, rad {problem.line}"
    said = f"{in_markdown(problem.message)} | {in_markdown(problem.hint)}"
    return f"| {problem.severity.value.capitalize()} | {place} | {said} |\n"


def in_markdown(text: str) -> str:
    """Text on one line, with every sign that Markdown would read escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
