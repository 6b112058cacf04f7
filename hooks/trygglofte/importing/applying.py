"""Changed cells put into their files, and everything asked again: the types, the rules, and the table itself.

A file is only given back where the table made from it would have just the cells that were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from trygglofte import rules
from trygglofte.beside import told_by_text
from trygglofte.formatting import Put, put_values
from trygglofte.importing.changes import Change, changes_in
from trygglofte.importing.sheets import read_sheet
from trygglofte.library import Library
from trygglofte.model import Document, Filed, Municipality, interpret
from trygglofte.model.base import Part
from trygglofte.outputs.values import as_values
from trygglofte.pages import Site
from trygglofte.pages.municipality import municipality_site
from trygglofte.problems import Problem
from trygglofte.reading import Mapping, mark_at, read_document
from trygglofte.sharing import find_shares, received


@dataclass(frozen=True)
class Imported:
    """What a table leads to: the files that change with their whole new content, the cells, or what is wrong."""

    files: dict[str, bytes]
    changes: list[Change]
    problems: list[Problem]


def import_table(root: Path, raw: bytes, file: str, today: date) -> Imported:
    """What an edited table makes of the project's files. `file` is the table's name, for messages.

    Rows that tell no day are held against the tables of today. Nothing is written.
    """
    sheet, problems = read_sheet(raw, file)
    if sheet is None:
        return Imported({}, [], problems)
    project = _Project(root, today)
    changes, found = changes_in(sheet, project.site)
    problems = [*problems, *project.problems, *found]
    if problems:
        return Imported({}, [], problems)
    files: dict[str, bytes] = {}
    fresh: dict[str, Filed[Document]] = {}
    for path, own in _by_file(changes).items():
        content, problems_here = _changed(root, path, own, fresh)
        problems += problems_here
        if content is not None:
            files[path] = content
    problems += [] if problems else project.broken_rules(fresh, changes)
    return Imported({} if problems else files, [] if problems else changes, problems)


class _Project:
    """The municipalities that a table names, read once each."""

    def __init__(self, root: Path, today: date) -> None:
        self.root = root
        self.today = today
        self.library = Library(root)
        self.read: dict[str, Municipality | None] = {}
        self.sites: dict[tuple[str, date], Site] = {}
        self.problems: list[Problem] = []

    def municipality(self, slug: str) -> Municipality | None:
        """A municipality with what others hand to it. Where it has errors they are told, once."""
        if slug not in self.read:
            self.read[slug] = self._municipality(slug) if slug in self.library.slugs() else None
        return self.read[slug]

    def _municipality(self, slug: str) -> Municipality | None:
        shared = self.library.shared()
        if shared.shared is None:
            self.problems += [problem for problem in shared.problems if problem.is_error]
            return None
        mine = find_shares(self.root, shared.shared).of(slug)
        checked = self.library.municipality(slug, shared.shared, mine.ids)
        if checked.municipality is None or not checked.ok:
            self.problems += [problem for problem in checked.problems if problem.is_error]
            return None
        return received(checked.municipality, mine)

    def site(self, slug: str, day: date | None) -> Site | None:
        """A municipality's site on a day, today where none is given."""
        municipality = self.municipality(slug)
        if municipality is None:
            return None
        key = slug, day or self.today
        if key not in self.sites:
            self.sites[key] = municipality_site(municipality, self.root, key[1])
        return self.sites[key]

    def broken_rules(self, fresh: dict[str, Filed[Document]], changes: Sequence[Change]) -> list[Problem]:
        """What the rules say of the changed files and did not say of them before."""
        found = []
        for municipality in filter(None, self.read.values()):
            families: dict[str, Any] = {
                family: tuple(fresh.get(filed.file, filed) for filed in getattr(municipality, family))
                for family in ("agreements", "pledges", "summaries", "plans")
            }
            new = replace(municipality, **families)
            if all(filed.file not in fresh for filed in municipality.documents):
                continue
            before = {_said(problem) for problem in rules.check(municipality)}
            for problem in rules.check(new):
                if problem.is_error and _said(problem) not in before:
                    filed = fresh.get(problem.file)
                    own = [one for one in changes if one.row.filed.file == problem.file] or list(changes)
                    found.append(_at_its_cell(problem, own, filed.tree if filed else None))
        return found


def _by_file(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.row.filed.file, []).append(change)
    return found


def _changed(
    root: Path, path: str, changes: Sequence[Change], fresh: dict[str, Filed[Document]]
) -> tuple[bytes | None, list[Problem]]:
    """A file with its cells changed; the document it then is goes into `fresh`."""
    filed = changes[0].row.filed
    model = type(filed.part)
    text = put_values(
        (root / path).read_bytes(), model, [Put(one.at, one.keys, one.value) for one in changes]
    )
    if text is None:
        return None, [_cannot(change) for change in changes]
    raw = text.encode()
    tree, problems = read_document(raw, path)
    assert tree is not None, "what was put was read again"
    read = interpret(tree, model, path)
    wrong = [problem for problem in (*problems, *read.problems) if problem.is_error]
    if wrong or read.part is None:
        return None, [_at_its_cell(problem, changes, tree) for problem in wrong]
    lost = list(_lost(read.part, changes))
    if not lost:
        fresh[path] = Filed(filed.id, path, read.part, tree, True, told_by_text(raw, tree))
    return raw, lost


def _lost(part: Document, changes: Sequence[Change]) -> Iterator[Problem]:
    """The cells that the file would not give back as they were written, since others contradict them."""
    for change in changes:
        value: Any = part
        for step in change.row.steps:
            value = getattr(value, str(step)) if isinstance(value, Part) else value[step]
        values = {own: as_values(value).get(key) for own, key in change.row.keys.items()} or as_values(value)
        cells = change.sheet.table.cells_of(values)
        row = next(row for row in change.sheet.rows if row.number == change.number)
        for column in change.sheet.table.written:
            wanted = change.after if column is change.column else row.cells.get(column.name)
            near = column.path[0] == change.column.path[0]
            if near and wanted is not None and _plain(cells[column.name]) != _plain(wanted):
                hint = f"”{change.column.name}” och ”{column.name}” säger emot varandra. Töm den ena."
                message = f"Filen skulle säga ”{cells[column.name]}”, och inte det som står här."
                if column is change.column:
                    hint = "Skriv det så som det kommer att stå."
                yield change.sheet.problem(change.number, column.name, "tabell-ej-inford", message, hint)
                return


def _plain(cell: str) -> str:
    return " ".join(cell.lower().split())


def _at_its_cell(problem: Problem, changes: Sequence[Change], tree: Mapping | None) -> Problem:
    """A problem of a file at the cell it comes from; at the first changed cell where none fits."""

    def distance(change: Change) -> tuple[bool, bool, bool]:
        mark = mark_at(tree, (*change.at, *change.keys)) if tree else None
        return (
            mark is None or (mark.line, mark.column) != (problem.line, problem.column),
            problem.field not in change.keys,
            mark is None or mark.line != problem.line,
        )

    cell = min(changes, key=distance)
    return cell.sheet.problem(cell.number, cell.column.name, problem.kind, problem.message, problem.hint)


def _cannot(change: Change) -> Problem:
    message = f"Ändringen kan inte föras in i {change.row.filed.file}."
    return change.sheet.problem(
        change.number, change.column.name, "tabell-ej-inford", message, "Gör den i filen i stället."
    )


def _said(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.kind, problem.message
