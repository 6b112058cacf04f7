"""Where a fault was written: from a finished page back to the line that an editor can change.

Responsible for finding that line, and for saying once what a template repeats on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from trygglofte.problems import Mark, Problem, Severity


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page comes from: a file (POSIX path from the project's folder) and the line it begins at."""

    file: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong on a page, before its line is known.

    `page` is the page's address and `about` what the fault concerns, the same on every page that repeats
    it. `needles` are what to look for in the source, best first; `text` is the link's own text, which
    may well stand in the source for another reason.
    """

    page: str
    kind: str
    message: str
    hint: str
    about: str
    needles: tuple[str, ...] = ()
    text: str = ""
    severity: Severity = Severity.ERROR

    def at(self, origin: Origin, mark: Mark, more: str = "") -> Problem:
        """The problem, once its place is known."""
        message = f"{self.message} {more}".rstrip()
        return Problem(origin.file, mark.line, mark.column, self.kind, message, self.hint, "", self.severity)


Read = Callable[[str], str | None]


def placed(faults: Iterable[Fault], origins: Mapping[str, Origin], read: Read) -> Iterator[Problem]:
    """Every fault as a problem on its line.

    What stands in no source comes from a template or from a list that is made of other documents. The
    same fault on many pages is then one problem, on the first of them, and names how many they are.
    """
    texts: dict[str, str] = {}
    repeated: dict[tuple[str, str], list[tuple[Fault, Origin, Mark]]] = {}
    for fault in faults:
        origin = origins.get(fault.page) or Origin(file_of(fault.page))
        if origin.file not in texts:
            texts[origin.file] = (fault.page in origins and read(origin.file)) or ""
        text = texts[origin.file]
        if mark := _find(text, fault.needles, origin.line):
            yield fault.at(origin, mark)
        else:
            mark = _find(text, (fault.text,), origin.line) or Mark(origin.line)
            repeated.setdefault((fault.kind, fault.about), []).append((fault, origin, mark))
    for alike in repeated.values():
        fault, origin, mark = alike[0]
        pages = len({one.page for one, _, _ in alike})
        others = f" och {pages - 1} till" if pages > 1 else ""
        yield fault.at(origin, mark, f"Så är det på {shown(fault.page)}{others}.")


def _find(text: str, needles: Iterable[str], first_line: int) -> Mark | None:
    """The first place of the first needle that stands by itself, at or after a line, else anywhere."""
    start = 0
    for _ in range(first_line - 1):
        start = text.find("\n", start) + 1
    for needle in (needle for needle in needles if needle and needle in text):
        alone = re.compile(rf"(?<![\w./-]){re.escape(needle)}(?![\w-])")
        if found := alone.search(text, start) or alone.search(text):
            line_start = text.rfind("\n", 0, found.start()) + 1
            return Mark(text.count("\n", 0, line_start) + 1, found.start() - line_start + 1)
    return None


def file_of(address: str) -> str:
    """The file of a page in its site: addresses are folders, except such as 404.html."""
    return address if address.endswith(".html") else f"{address}index.html"


def address_of(path: str) -> str:
    """The address of a page by its file: what `file_of` undoes."""
    return path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path


def shown(address: str) -> str:
    """A page as a reader of problems is told of it."""
    return f"sidan ”{address}”" if address else "startsidan"
