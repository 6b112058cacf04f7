"""Which cells of a table differ from what there is now, and whether they may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from trygglofte.importing.sheets import Sheet, SheetRow
from trygglofte.outputs.columns import Column, items_of
from trygglofte.outputs.tables import CODE, ON_DAY, VERSION, Row, keys_of
from trygglofte.pages import Site
from trygglofte.problems import Problem
from trygglofte.reading import Path

SiteOn = Callable[[str, date | None], Site | None]
"""A municipality's site on a day, by its folder; None where there is none."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A cell that is to change."""

    sheet: Sheet
    number: int
    row: Row
    column: Column
    before: str
    after: str

    @property
    def at(self) -> Path:
        """The way to the row's part in its file."""
        return keys_of(self.row)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys within that part."""
        return tuple(self.row.keys.get(key, key) for key in self.column.path)

    @property
    def value(self) -> str | list[str] | None:
        """What is to stand there; None for nothing."""
        if self.column.many:
            return items_of(self.after) or None
        return self.after or None


def changes_in(sheet: Sheet, site_on: SiteOn) -> tuple[list[Change], list[Problem]]:
    """Every cell that differs from what there is, and everything that is wrong with the table itself."""
    return _Comparing(sheet, site_on).run()


class _Comparing:
    def __init__(self, sheet: Sheet, site_on: SiteOn) -> None:
        self.sheet = sheet
        self.site_on = site_on
        self.known: dict[tuple[str, date | None], dict[Key, tuple[Row, dict[str, str]]] | None] = {}
        self.problems: list[Problem] = []

    def run(self) -> tuple[list[Change], list[Problem]]:
        seen: dict[Key, int] = {}
        found: list[Change] = []
        for row in self.sheet.rows:
            key = tuple(row.cells[name] for name in self.sheet.table.key)
            if key in seen:
                message = f"Raden finns redan, på rad {seen[key]}."
                self._say(row, "", "tabell-dubbel-rad", message, "Ta bort den ena.")
                continue
            seen[key] = row.number
            found += self._row(row, key)
        return found, self.problems

    def _rows(self, slug: str, day: date | None) -> dict[Key, tuple[Row, dict[str, str]]] | None:
        if (slug, day) not in self.known:
            site = self.site_on(slug, day)
            table = self.sheet.table
            self.known[slug, day] = (
                {tuple(cells[name] for name in table.key): (row, cells) for row, cells in table.cells(site)}
                if site
                else None
            )
        return self.known[slug, day]

    def _row(self, row: SheetRow, key: Key) -> Iterator[Change]:
        rows = self._rows(key[0], _day(row.cells.get(ON_DAY, "")))
        if rows is None or key not in rows:
            self._unknown(row, key, rows)
            return
        there, cells = rows[key]
        wanted = [column for column in self.sheet.table.written if column.name in row.cells]
        differs = [
            column for column in wanted if not _same(row.cells[column.name], cells[column.name], column)
        ]
        version = row.cells.get(VERSION, "")
        if differs and version and version != cells[VERSION]:
            message = "Raden har ändrats på webbplatsen sedan tabellen hämtades."
            self._say(
                row, VERSION, "tabell-foraldrad", message, "Hämta en ny tabell, och gör ändringen i den."
            )
            return
        if not version or version == cells[VERSION]:
            self._derived(row, cells)
        for column in differs:
            yield Change(self.sheet, row.number, there, column, cells[column.name], row.cells[column.name])

    def _derived(self, row: SheetRow, cells: Mapping[str, str]) -> None:
        for column in self.sheet.table.columns:
            said = row.cells.get(column.name)
            if not column.is_derived or said is None or column.name == VERSION:
                continue
            if column.name == CODE:
                said = said.zfill(4)
            if not _same(said, cells[column.name], column):
                was = cells[column.name]
                hint = (
                    f"Låt det stå ”{was}”, eller ta bort kolumnen."
                    if was
                    else "Töm cellen, eller ta bort kolumnen."
                )
                message = "Det här räknas fram ur annat, och kan inte ändras i tabellen."
                self._say(row, column.name, "tabell-harlett", message, hint)

    def _unknown(self, row: SheetRow, key: Key, rows: Mapping[Key, object] | None) -> None:
        names = self.sheet.table.key
        if rows is None:
            message = f"Det finns ingen kommun som heter ”{key[0]}”."
            self._say(row, names[0], "tabell-okand-rad", message, "Skriv namnet på kommunens mapp.")
            return
        for depth, name in enumerate(names):
            there = {other[depth] for other in rows if other[:depth] == key[:depth]}
            if key[depth] not in there:
                near = get_close_matches(key[depth], sorted(there), 1, 0.6)
                hint = f"Menade du ”{near[0]}”?" if near else ""
                message = f"”{key[depth]}” finns inte här. Nya rader läggs till i filen, inte i tabellen."
                self._say(row, name, "tabell-okand-rad", message, hint)
                return

    def _say(self, row: SheetRow, column: str, kind: str, message: str, hint: str) -> None:
        self.problems.append(self.sheet.problem(row.number, column, kind, message, hint))


def _same(one: str, other: str, column: Column) -> bool:
    if column.many:
        return items_of(one) == items_of(other)
    return one.strip() == "\n".join(line.rstrip() for line in other.split("\n")).strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
