"""Problems as a person reads them in a terminal: the place, the line itself with a caret, and what to write.

A line that holds something about a person is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from rich.text import Text

from trygglofte.personal import masked
from trygglofte.problems import Problem
from trygglofte.reporting.hiding import fit_to_show, is_private

SourceLine = Callable[[str, int], str | None]
"""File and line number (from 1) → the line as it is written, or None."""


def source_lines(root: Path) -> SourceLine:
    """Lines of the files below a folder, read once each."""

    @cache
    def lines(file: str) -> list[str]:
        try:
            return (root / file).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []

    def line(file: str, number: int) -> str | None:
        return lines(file)[number - 1] if number <= len(lines(file)) else None

    return line


def as_plain(problems: Iterable[Problem], source: SourceLine) -> str:
    """The same as `as_text`, without colours."""
    return as_text(problems, source).plain


def as_text(problems: Iterable[Problem], source: SourceLine) -> Text:
    """Every problem with its place, the line itself with a caret, what is wrong and what to write."""
    text, problems = Text(), list(problems)
    for problem, shown in zip(problems, fit_to_show(problems), strict=True):
        colour = "red" if problem.is_error else "yellow"
        text.append(f"{shown.file}:{shown.line}:{problem.column}", style="bold")
        text.append(f"  {problem.severity.value}", style=f"bold {colour}")
        text.append(f"  [{problem.kind}]\n", style="dim")
        line = source(problem.file, problem.line)
        if line and line.strip() and not is_private(problem):
            text.append(excerpt(masked(line), problem.column))
        text.append(f"  {shown.message}\n")
        if shown.hint:
            text.append("  → ", style=f"bold {colour}")
            text.append(f"{shown.hint}\n")
        text.append("\n")
    return text


_WIDTH = 90


def excerpt(line: str, column: int) -> str:
    """The line, cut to fit around the column, with a caret under it. What cannot be seen is shown as a dot."""
    line = "".join(char if char.isprintable() else "·" for char in line.replace("\t", " "))
    start = max(0, min(column - 1 - _WIDTH // 2, len(line) - _WIDTH))
    shown = line[start : start + _WIDTH]
    return f"    {shown}\n    {' ' * (column - 1 - start)}^\n"
