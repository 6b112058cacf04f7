"""Whatever goes wrong while a site is made, as problems with a Swedish sentence: nobody is shown a stack trace.

Finds the line of a template or of the prose that an error comes from. Raises nothing and prints nothing.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from trygglofte import searching, sites
from trygglofte.mkdocs_engine import EngineError
from trygglofte.problems import Mark, Problem, in_order
from trygglofte.reasons import FEWER, reason, unexpected
from trygglofte.skeleton import named, skeleton_of

_NAME = re.compile(r"'(\w+)'(?: is undefined)?$")
_TAG = re.compile(r"{[{%].*?(?:[%}]}|$)")


def guarded(what: str, root: Path, work: Callable[[], list[Problem]]) -> list[Problem]:
    """Run some work; whatever goes wrong becomes problems. `what` is the file or folder in data/ it is about."""
    try:
        return in_order(work())
    except Exception as error:  # noqa: BLE001 - one site's mishap must never reach another's
        return problems_of(error, what, root)


def problems_of(error: Exception, what: str, root: Path) -> list[Problem]:
    """An exception as problems, at least one of them an error."""
    if isinstance(error, sites.RefusedError):
        return in_order(error.problems)
    if isinstance(error, EngineError):
        return [
            Problem(
                "mkdocs.yml", 1, 1, "mallfel", str(error), "Rätta mallen eller inställningen, och bygg igen."
            )
        ]
    if isinstance(error, searching.SearchError):
        return [
            Problem(
                f"data/{what}",
                1,
                1,
                "sokindex",
                str(error),
                "Bygg igen. Blir det samma fel: säg till projektet.",
            )
        ]
    if isinstance(error, TemplateError):
        file, mark = _place(error, root)
        return [
            Problem(
                file,
                mark.line,
                mark.column,
                "mallfel",
                _template_fault(error),
                "Rätta mallen, och bygg igen.",
            )
        ]
    if isinstance(error, MemoryError):
        return [Problem(f"data/{what}", 1, 1, "stoppad", "Minnet tog slut när webbplatsen gjordes.", FEWER)]
    if isinstance(error, OSError):
        message = f"Det gick inte att läsa eller skriva filer: {reason(error)}."
        return [
            Problem(
                f"data/{what}", 1, 1, "disk", message, "Kontrollera utrymme och rättigheter, och bygg igen."
            )
        ]
    return [Problem(f"data/{what}", 1, 1, "internt-fel", unexpected(error),
                    "Felet är vårt, inte ditt. Säg till projektet och bifoga filen.")]  # fmt: skip


def _template_fault(error: TemplateError) -> str:
    said = error.message or ""
    if isinstance(error, TemplateNotFound):
        return f"Mallen ”{error.name}” finns inte."
    if isinstance(error, TemplateSyntaxError):
        return f"Mallen har ett skrivfel: {said}"
    if isinstance(error, UndefinedError):
        return f"Mallen använder något som inte finns: {said}."
    return f"Mallen går inte att använda: {said}."


def _place(error: TemplateError, root: Path) -> tuple[str, Mark]:
    """The file and the line of a template, or of the prose, where an error arose."""
    if isinstance(error, TemplateSyntaxError):
        if error.filename and (file := named(Path(error.filename), root)):
            return file, Mark(error.lineno)
        lines = (error.source or "").splitlines()[error.lineno - 1 : error.lineno]
        return _in_prose(root, [tag for line in lines for tag in _TAG.findall(line)])
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.suffix == ".html" and (file := named(path, root)):
            return file, Mark(frame.lineno or 1)
    return _in_prose(root, [found[1]] if (found := _NAME.search(error.message or "")) else [])


def _in_prose(root: Path, needles: Iterable[str]) -> tuple[str, Mark]:
    """Where in content/ something stands. Its templates are made of HTML and know no file of their own."""
    for needle in needles:
        for path in sorted((skeleton_of(root) / "content").glob("*.md")):
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if "{" in line and (column := line.find(needle)) >= 0:
                    return str(named(path, root)), Mark(number, column + 1)
    return "overrides", Mark()
