"""Tables as CSV in two dialects, and the Data Package that describes them.

`csv/*.csv` is RFC 4180 in UTF-8. `csv/excel/*.csv` opens right in Swedish Excel: byte order mark, semicolon, decimal
comma, and an apostrophe before what Excel would take for a date or another number (`2026-10`, `0305`). In both, text
that a spreadsheet would run as a formula begins with an apostrophe (OWASP, *CSV Injection*), which
`trygglofte import` takes away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from trygglofte.describing.published import LICENSE
from trygglofte.outputs.columns import Column, looks_like_number
from trygglofte.outputs.tables import TABLES, resource
from trygglofte.outputs.values import as_json
from trygglofte.pages import Page, Site

GUARD = "'"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)
_MONTH = "(?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)[a-z]*"
_REMADE = re.compile(
    rf"[0-9][0-9.,:/ eE+-]*(?:[ap]m?)?|{_MONTH}[ .-]*[0-9]+|[0-9]+[ .-]*{_MONTH}[ .-]*[0-9]*|sant|falskt|true|false",
    re.IGNORECASE,
)
_SAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|0|[1-9][0-9]{0,14}")
"""What Excel may take for a date or a number and gives back with the same letters."""


@dataclass(frozen=True)
class Dialect:
    """How a table is written as text."""

    folder: str
    separator: str
    decimal: str
    mark: str = ""

    def cell(self, text: str, column: Column) -> str:
        """A cell as it is written."""
        if column.may_be_number and looks_like_number(text):
            return text.replace(".", self.decimal)
        remade = self.mark and _REMADE.fullmatch(text) and not _SAME.fullmatch(text)
        return GUARD + text if text.startswith(_FORMULA) or remade else text


RFC4180 = Dialect("csv/", ",", ".")
EXCEL = Dialect("csv/excel/", ";", ",", "\ufeff")
DIALECTS = (RFC4180, EXCEL)


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that guards it."""
    return cell.removeprefix(GUARD)


_WORDS, _FIGURES = Column("ord", "Ord", ""), Column("tal", "Tal", "", (), "tal")
"""All that a dialect asks of a column is whether it may hold a number."""


class _Written(dict[str, str]):
    """Cells as they are written in columns of one sort, each worked out once."""

    def __init__(self, dialect: Dialect, column: Column) -> None:
        super().__init__({"": ""})
        self.dialect = dialect
        self.column = column

    def __missing__(self, text: str) -> str:
        self[text] = found = self.dialect.cell(text, self.column)
        return found


def table_text(columns: Sequence[Column], rows: Sequence[dict[str, str]], dialect: Dialect) -> str:
    """A whole table with its header, lines ended as RFC 4180 says."""
    names = [column.name for column in columns]
    figures = [at for at, column in enumerate(columns) if column.may_be_number]
    words, numbers = _Written(dialect, _WORDS), _Written(dialect, _FIGURES)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=dialect.separator, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:  # most cells are empty, and others are the same in many rows
        cells = [*map(row.__getitem__, names)]
        written = [*map(words.__getitem__, cells)]
        for at in figures:
            written[at] = numbers[cells[at]]
        writer.writerow(written)
    return dialect.mark + text.getvalue()


def files(site: Site, _pages: Sequence[Page]) -> dict[str, str]:
    """Every table of a municipality in both dialects, and `datapackage.json`. None on the portal."""
    if site.is_portal:
        return {}
    found = {"datapackage.json": as_json(_package(site))}
    for table in TABLES:
        rows = [cells for _, cells in table.cells(site)]
        for dialect in DIALECTS:
            found[f"{dialect.folder}{table.name}.csv"] = table_text(table.columns, rows, dialect)
    return found


def _package(site: Site) -> dict[str, object]:
    return {
        "profile": "tabular-data-package",
        "name": f"trygglofte-{site.slug}",
        "id": f"{site.address}datapackage.json",
        "title": site.name,
        "homepage": site.address,
        "licenses": [{
            "name": LICENSE, "path": "https://creativecommons.org/publicdomain/zero/1.0/", "title": "CC0 1.0",
        }],
        "contributors": [{"title": site.publisher_name, "role": "publisher"}],
        "resources": [resource(table) for table in TABLES],
    }  # fmt: skip
