"""A table as somebody saved it: which table it is, and its rows with their places."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

from trygglofte.outputs.columns import Column
from trygglofte.outputs.csv_files import GUARD, unguarded
from trygglofte.outputs.tables import TABLES, Table
from trygglofte.problems import Problem

MAX_BYTES = 20_000_000
_SAVE = "Spara den som ”CSV UTF-8” i Excel, eller som CSV med teckenuppsättningen UTF-8 i LibreOffice."


@dataclass(frozen=True)
class SheetRow:
    """A row: its number in the table as a spreadsheet counts, the header being 1, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table that was read. `order` are its columns as they stand."""

    file: str
    table: Table
    order: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def problem(self, row: int, column: str, kind: str, message: str, hint: str = "") -> Problem:
        """A problem at a cell."""
        at = self.order.index(column) + 1 if column in self.order else 1
        named = f"Rad {row}, kolumn ”{column}”: " if column else f"Rad {row}: "
        return Problem(self.file, row, at, kind, named + message, hint, column)


def read_sheet(raw: bytes, file: str) -> tuple[Sheet | None, list[Problem]]:
    """A table from its bytes, in either dialect and with its columns in any order."""
    if len(raw) > MAX_BYTES:
        return None, [_unreadable(file, "Tabellen är för stor.", "Dela den i flera, med samma rubriker.")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [_unreadable(file, "Tabellen är inte sparad som UTF-8.", _SAVE)]
    head = text.partition("\n")[0]
    separator = max(";,\t", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None, [_unreadable(file, "Tabellen går inte att läsa som CSV.", _SAVE)]
    header = [name.strip() for name in lines[0]] if lines else []
    while header and not header[-1]:
        header.pop()
    table, problems = _table(header, file)
    if table is None or problems:
        return None, problems
    return _rows(Sheet(file, table, tuple(header), ()), lines[1:])


def _rows(sheet: Sheet, lines: Sequence[list[str]]) -> tuple[Sheet | None, list[Problem]]:
    columns = {column.name: column for column in sheet.table.columns}
    rows, problems = [], []
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        if any(cell.strip() for cell in line[len(sheet.order) :]):
            message = f"Raden har fler celler än tabellen har rubriker ({len(sheet.order)})."
            hint = "Texter som innehåller skiljetecknet ska stå inom raka citattecken."
            problems.append(sheet.problem(number, "", "tabell-fel-rad", message, hint))
            continue
        padded = [*line, *[""] * len(sheet.order)]
        cells = {name: _cell(cell, columns[name]) for name, cell in zip(sheet.order, padded, strict=False)}
        rows.append(SheetRow(number, cells))
    return (None if problems else Sheet(sheet.file, sheet.table, sheet.order, tuple(rows))), problems


def _cell(cell: str, column: Column) -> str:
    """A cell as tables write it: line ends as one, numbers with a full stop, the guard gone."""
    text = "\n".join(line.rstrip() for line in cell.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if text.startswith(GUARD):
        return unguarded(text).strip()
    text = text.strip()
    if not column.may_be_number:
        return text
    number = "".join(text.replace("−", "-").split()).replace("\u00a0", "")
    plain = number.replace(",", ".", 1)
    try:
        float(plain)
    except ValueError:
        return text
    if not plain.lstrip("-").replace(".", "", 1).isdecimal():
        return text
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def _table(header: list[str], file: str) -> tuple[Table | None, list[Problem]]:
    """Which table has these headers. What is known to be left out may be; what is unknown is wrong."""
    wanted = set(header)
    names = {table.name: {column.name for column in table.columns} for table in TABLES}
    fit = [table for table in TABLES if set(table.key) <= wanted]
    if not fit:
        hint = (
            "Den första raden ska ha rubrikerna från en tabell som du har hämtat, till exempel ataganden.csv."
        )
        return None, [_unreadable(file, "Tabellen saknar de kolumner som säger vilka rader det är.", hint)]
    stem = PurePosixPath(file).stem
    table = max(fit, key=lambda one: (len(wanted & names[one.name]), one.name == stem, len(one.key)))
    problems = []
    for at, name in enumerate(header, start=1):
        if name not in names[table.name]:
            near = get_close_matches(name, names[table.name], 1, 0.7)
            hint = (
                f"Menade du ”{near[0]}”?" if near else "Ta bort kolumnen, eller ge den sin rubrik tillbaka."
            )
            message = f"Kolumnen ”{name}” finns inte i tabellen {table.name}."
            problems.append(Problem(file, 1, at, "tabell-okand-kolumn", message, hint, name))
        elif header.index(name) != at - 1:
            message = f"Kolumnen ”{name}” finns två gånger."
            problems.append(Problem(file, 1, at, "tabell-okand-kolumn", message, "Ta bort den ena.", name))
    return table, problems


def _unreadable(file: str, message: str, hint: str) -> Problem:
    return Problem(file, 1, 1, "tabell-olaslig", message, hint)
