"""Whatever goes wrong while a site is made, as problems with a Swedish sentence: nobody is shown a stack trace.

Finds the line of a template or of the prose that an error comes from. Raises nothing and prints nothing.
"""

from __future__ import annotations

import errno
import re
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from trygglofte import searching, sites
from trygglofte.mkdocs_engine import EngineError
from trygglofte.problems import Mark, Problem, in_order
from trygglofte.skeleton import named, skeleton_of

_REASONS = {
    errno.EACCES: "rättighet saknas",
    errno.EPERM: "rättighet saknas",
    errno.EROFS: "disken går bara att läsa",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.EFBIG: "filen blir för stor",
    errno.ENOENT: "det finns inte",
    errno.ENOTDIR: "en fil ligger där det ska vara en mapp",
    errno.EISDIR: "en mapp ligger där det ska vara en fil",
    errno.EEXIST: "det finns redan",
    errno.ENOTEMPTY: "mappen är inte tom",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ELOOP: "länkar leder runt i en ring",
    errno.EMFILE: "för många filer är öppna",
    errno.ENFILE: "för många filer är öppna",
    errno.ENOMEM: "minnet är slut",
    errno.EIO: "disken svarar inte",
    errno.EADDRINUSE: "den är upptagen av ett annat program",
}
FEWER = "Bygg igen, gärna med färre åt gången: trygglofte build --processer 1."
"""What may help where memory runs out."""
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


def unexpected(error: BaseException) -> str:
    """A sentence about an error that nobody foresaw, with the place in the program."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" i {Path(frames[-1].filename).name}, rad {frames[-1].lineno}" if frames else ""
    said = " ".join(str(error).split())
    return f"Något oväntat gick fel i programmet ({type(error).__name__}{place}{': ' if said else ''}{said})."


def reason(error: OSError | MemoryError) -> str:
    """Why the system said no, in Swedish as far as it is a usual reason; with the file where one is known."""
    if isinstance(error, MemoryError):
        return _REASONS[errno.ENOMEM]
    why = _REASONS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__
    return f"{why} ({error.filename})" if isinstance(error.filename, str) else why


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
