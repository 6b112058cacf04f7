"""Problems at the top of a page: the same sentences as in the terminal, as HTML that a screen reader tells at once.

Text from a file is data here and is escaped. A line that holds something about a person is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from trygglofte.personal import masked
from trygglofte.problems import Problem
from trygglofte.reporting.hiding import fit_to_show, is_private
from trygglofte.reporting.terminal import SourceLine, excerpt

_SHOWN = 3


def as_alert(problems: Sequence[Problem], source: SourceLine, below: str) -> str:
    """The first few problems and how many more there are. `below` says what the page under them is."""
    if not problems:
        return ""
    many = "Ett fel" if len(problems) == 1 else f"{len(problems)} fel"
    items = "".join(
        _item(problem, shown, source)
        for problem, shown in zip(problems[:_SHOWN], fit_to_show(problems[:_SHOWN]), strict=True)
    )
    left = len(problems) - _SHOWN
    more = (
        f"<p>… och {left} fel till. Kör <code>trygglofte check</code> för att se alla.</p>"
        if left > 0
        else ""
    )
    return (
        '<section class="tl-visning" role="alert" tabindex="0" aria-labelledby="tl-visning">'
        f'<h2 id="tl-visning">{many} att rätta</h2>'
        f"<p>{escape(below)}</p><ol>{items}</ol>{more}</section>"
    )


def _item(problem: Problem, shown: Problem, source: SourceLine) -> str:
    place = f"{shown.file}, rad {problem.line}, kolumn {problem.column}"
    line = source(problem.file, problem.line)
    shows = line and line.strip() and not is_private(problem)
    # What a screen reader would read of the caret is told by the column already.
    written = f"<pre>{escape(excerpt(masked(line), problem.column))}</pre>" if shows and line else ""
    hint = f"<p><b>Gör så här:</b> {escape(shown.hint)}</p>" if shown.hint else ""
    kind = f"<code>{escape(problem.kind)}</code>"
    return f"<li><p><b>{escape(place)}</b> {kind}</p>{written}<p>{escape(shown.message)}</p>{hint}</li>"
