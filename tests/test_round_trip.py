"""Any edit of any table of any municipality comes back as just that edit, or not at all."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks import corpus
from benchmarks.layouts import as_yaml
from tests.small_sites import REPOSITORY
from tests.test_importing import WORDS, edited, tables
from trygglofte.formatting import format_document
from trygglofte.importing import import_table
from trygglofte.importing.applying import _Project
from trygglofte.importing.changes import changes_in
from trygglofte.importing.sheets import read_sheet
from trygglofte.model import FOLDERS
from trygglofte.outputs.columns import Column, items_of
from trygglofte.outputs.csv_files import EXCEL, RFC4180
from trygglofte.outputs.tables import TABLES

DAY = date(2026, 6, 1)
DIALECTS = {"csv/": RFC4180, "csv/excel/": EXCEL}
NAMES = [table.name for table in TABLES]
BY_NAME = {table.name: table for table in TABLES}

NUMBERS = st.decimals(0, 9999, places=1).map(lambda n: str(n).removesuffix(".0"))
DAYS = st.dates(date(2020, 1, 1), date(2026, 5, 31)).map(str)
"""What is dated later than today is not shown yet, and is in no table."""
PARAGRAPHS = st.lists(WORDS.filter(lambda t: t[0].isalpha()), min_size=1, max_size=3).map("\n\n".join)
OF_TYPE = {
    "kort-text": WORDS,
    "lång-text": PARAGRAPHS,
    "tal": NUMBERS,
    "redovisat-antal": NUMBERS,
    "dag": DAYS,
    "datum": st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4])),
    "ja-eller-nej": st.sampled_from(["ja", "nej"]),
}
"""What is put into a cell, by what the column holds. Ids and addresses refer to what is elsewhere, and stay."""
FREE = {"kort-text", "lång-text"}
"""What no rule of another field can refuse."""


def cell_for(column: Column) -> st.SearchStrategy[str] | None:
    if column.type == "ord" and not column.many:
        return st.sampled_from(column.words)
    return None if column.many else OF_TYPE.get(column.type)


def rows_of(text: str) -> list[dict[str, str]]:
    separator = ";" if text.startswith("\ufeff") else ","
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator))


def differing(one: list[dict[str, str]], other: list[dict[str, str]]) -> list[tuple[int, str, str, str]]:
    """Row, column and both cells, where two tables differ."""
    assert len(one) == len(other)
    pairs = enumerate(zip(one, other, strict=True))
    return [(number, key, a[key], b[key]) for number, (a, b) in pairs for key in a if a[key] != b[key]]


class Town:
    """A project with one municipality, and its tables as they are. In a `tidy` one every file is in its one form."""

    def __init__(self, root: Path, slug: str, tidy: bool = True) -> None:
        self.root = root
        self.slug = slug
        self.tidy = tidy
        for path in root.glob(f"data/{slug}/*/*.yml") if tidy else ():
            file = path.relative_to(root).as_posix()
            path.write_text(
                format_document(path.read_bytes(), file, FOLDERS[path.parent.name]).text or "", "utf-8"
            )
        self.before = tables(root, slug, DAY)
        self.tried: Counter[str] = Counter()

    def said(self, rows: list[dict[str, str]], name: str) -> list[dict[str, str]]:
        """What can be changed. What is derived follows, and ids of a follow-up come from its days.

        A file that was laid out by hand may get its long lines broken elsewhere: then it is the words that count.
        """
        keep = str if self.tidy else lambda cell: " ".join(cell.split())
        return [{column.name: keep(row[column.name]) for column in BY_NAME[name].written} for row in rows]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory) -> list[Town]:
    """Municipalities that nobody wrote."""
    folder = tmp_path_factory.mktemp("made-up")
    return [
        Town(as_yaml(corpus.make(14, seed), folder / str(seed)), corpus.SLUG, tidy=seed > 1)
        for seed in (1, 2)
    ]


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Town:
    root = tmp_path_factory.mktemp("example") / "project"
    (root / "data").mkdir(parents=True)
    shutil.copytree(REPOSITORY / "data/exempelkoping", root / "data/exempelkoping")
    for name in ("portal.yml", "teman.yml", "ordlista.yml"):
        shutil.copy(REPOSITORY / "data" / name, root / "data")
    return Town(root, "exempelkoping")


def an_edit(data: Any, rows: list[dict[str, str]], name: str) -> tuple[int, str, str, Column]:
    """A row, a column that has something there, and what is to stand there."""
    spots = [
        (number, column)
        for number, row in enumerate(rows)
        for column in BY_NAME[name].written
        if row[column.name] and cell_for(column) is not None
    ]
    number, column = data.draw(st.sampled_from(spots))
    return number, column.name, data.draw(cell_for(column)), column


def comes_back_as_just_the_edit(town: Town, data: Any) -> None:
    name = data.draw(st.sampled_from([one for one in NAMES if rows_of(town.before[f"csv/{one}.csv"])]))
    if name == "platser":  # counts alone, which rules hold to the category's
        name = "ataganden"
    folder = data.draw(st.sampled_from(list(DIALECTS)))
    path = f"{folder}{name}.csv"
    rows = rows_of(town.before[path])
    edits = [an_edit(data, rows, name) for _ in range(data.draw(st.integers(1, 3)))]
    for number, key, cell, column in edits:
        rows[number][key] = DIALECTS[folder].cell(cell, column)
    table = edited(
        town.before[path], lambda there: [old.update(new) for old, new in zip(there, rows, strict=True)]
    )
    found = import_table(town.root, table, f"{name}.csv", DAY)
    town.tried["refused" if found.problems else "came back"] += 1
    if found.problems:
        assert (found.files, found.changes) == ({}, [])
        assert not {column.type for *_, column in edits} <= FREE, [one.message for one in found.problems]
        return
    raw = {file: (town.root / file).read_bytes() for file in found.files}
    try:
        for file, content in found.files.items():
            (town.root / file).write_bytes(content)
        after = tables(town.root, town.slug, DAY)
        assert differing(town.said(rows_of(after[path]), name), town.said(rows, name)) == []
        for other in set(NAMES) - {name}:
            one, two = rows_of(after[f"csv/{other}.csv"]), rows_of(town.before[f"csv/{other}.csv"])
            assert differing(town.said(one, other), town.said(two, other)) == [], other
        again = import_table(town.root, after[path].encode(), f"{name}.csv", DAY)
        assert (again.problems, again.files) == ([], {})
    finally:
        for file, content in raw.items():
            (town.root / file).write_bytes(content)


QUICK = {"phases": (Phase.generate,), "suppress_health_check": list(HealthCheck)}


@given(data=st.data())
@settings(max_examples=12, **QUICK)
def test_an_edit_of_a_made_up_municipality_comes_back_as_just_that(made_up, data):
    comes_back_as_just_the_edit(data.draw(st.sampled_from(made_up)), data)


@given(data=st.data())
@settings(max_examples=3, **QUICK)
def test_an_edit_of_exempelkoping_comes_back_as_just_that(example, data):
    comes_back_as_just_the_edit(example, data)


def test_most_edits_come_back(made_up, example):
    """Runs last: that edits are refused is no proof of anything."""
    tried = sum((town.tried for town in (*made_up, example)), Counter())
    assert tried["came back"] >= tried["refused"]


def test_export_import_export_is_identical(example):
    """Every table in either dialect says just what there is, and asks for no change."""
    site = _Project(example.root, DAY).site(example.slug, None)
    assert len(example.before) == 2 * len(TABLES)
    for path, text in example.before.items():
        sheet, problems = read_sheet(text.encode(), path.rpartition("/")[2])
        assert (problems, len(sheet.rows)) == ([], len(rows_of(text))), path
        assert changes_in(sheet, lambda _slug, _day: site) == ([], []), path
    assert tables(example.root, example.slug, DAY) == example.before


def test_lists_are_told_apart_however_they_are_written():
    assert items_of("a |b|  c\\|d ") == ["a", "b", "c|d"]
