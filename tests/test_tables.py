"""Tables for people with spreadsheets: right by the standard, right in Swedish Excel, and harmless in both."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import frictionless
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trygglofte.model.pledge import Amount, Commitment
from trygglofte.outputs import csv_files
from trygglofte.outputs.columns import Column, cell_of, columns_of, items_of
from trygglofte.outputs.csv_files import EXCEL, RFC4180, table_text, unguarded
from trygglofte.outputs.tables import TABLES
from trygglofte.sites import municipal_site, shared_files

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    shared, _ = shared_files(ROOT)
    site, pages, _ = municipal_site(ROOT, "exempelkoping", shared, DAY)
    return dict(csv_files.files(site, pages))


def rows(text: str, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator))


def test_the_data_package_and_all_its_tables_are_valid_by_frictionless(files, tmp_path):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[:5]
    assert len(report.tasks) == len(TABLES)
    assert all(task.stats["rows"] for task in report.tasks)


def test_headers_are_the_keys_of_the_files():
    names = [column.name for column in columns_of(Commitment)]
    assert {"ansvarig", "vad", "omfattning.minst", "omfattning.vardera.minst", "klart_senast",
            "klart_senast.ordalydelse", "teman"} <= set(names)  # fmt: skip
    assert "omfattning.vardera.vardera.minst" not in names
    assert next(column.name for column in columns_of(Amount)) == "minst"


def test_what_is_derived_stands_apart_and_last(files):
    for table in TABLES:
        names = [column.name for column in table.columns]
        derived = [name.startswith("härlett.") for name in names]
        assert derived == sorted(derived)
        assert len(names) == len(set(names))
        assert next(csv.reader([files[f"csv/{table.name}.csv"].partition("\r\n")[0]])) == names


def test_both_dialects_say_the_same(files):
    for table in TABLES:
        plain, excel = rows(files[f"csv/{table.name}.csv"]), rows(files[f"csv/excel/{table.name}.csv"], ";")
        by_name = {column.name: column for column in table.columns}
        assert len(plain) == len(excel) > 0
        for one, other in zip(plain, excel, strict=True):
            for name, cell in one.items():
                number = by_name[name].may_be_number and cell.replace(".", "").lstrip("-").isdecimal()
                assert unguarded(other[name]) == (cell.replace(".", ",") if number else unguarded(cell))


def test_excel_gets_its_mark_semicolons_and_lines(files):
    for name, text in files.items():
        if name.endswith(".csv"):
            assert text.startswith("\ufeff") == ("excel" in name)
            assert text.endswith("\r\n")


TEXT, FIGURE = Column("a", "A", "", ("a",)), Column("b", "B", "", ("b",), "tal")


@pytest.mark.parametrize("bad", ["=1+1", "+46", "-1+cmd", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1"])
def test_no_cell_can_be_run_as_a_formula(bad):
    for dialect in (RFC4180, EXCEL):
        assert dialect.cell(bad, TEXT) == f"'{bad}"
        assert unguarded(dialect.cell(bad, TEXT)) == bad


def test_negative_numbers_stay_numbers():
    assert (RFC4180.cell("-5.3", FIGURE), EXCEL.cell("-5.3", FIGURE)) == ("-5.3", "-5,3")
    assert RFC4180.cell("-5.3", TEXT) == "'-5.3"


@pytest.mark.parametrize(
    "text", ["2026-10", "0305", "1-2", "12:30", "1e5", "maj 5", "5 mar", "mars 2026", "sant"]
)
def test_excel_does_not_get_to_remake_what_is_text(text):
    assert EXCEL.cell(text, TEXT) == f"'{text}"
    assert RFC4180.cell(text, TEXT) == text


def test_whole_days_and_words_are_left_alone_in_excel():
    assert [EXCEL.cell(text, TEXT) for text in ("2026-10-01", "fotpatrull", "54 pass")] == [
        "2026-10-01", "fotpatrull", "54 pass",
    ]  # fmt: skip


@given(st.lists(st.text(alphabet="a|\\ å;,", min_size=1).map(str.strip).filter(bool)))
@settings(max_examples=100)
def test_lists_come_back_from_their_cell(items):
    assert items_of(cell_of(items)) == items


@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=4
    )
)
@settings(max_examples=60)
def test_any_text_comes_back_from_either_dialect(texts):
    columns = [Column(f"k{number}", "K", "") for number in range(len(texts))]
    row = {column.name: text for column, text in zip(columns, texts, strict=True)}
    for dialect in (RFC4180, EXCEL):
        written = table_text(columns, [row], dialect)
        [read] = (
            csv.reader(
                io.StringIO(written.removeprefix("\ufeff").partition("\r\n")[2], newline=""),
                delimiter=dialect.separator,
            )
            if any(texts) or len(texts) > 1
            else [[""]]
        )
        assert [unguarded(cell) for cell in read] == texts


def test_the_package_names_its_licence(files):
    package = json.loads(files["datapackage.json"])
    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert [one["path"] for one in package["resources"]] == [f"csv/{table.name}.csv" for table in TABLES]
