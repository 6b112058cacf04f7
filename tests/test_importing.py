"""An edited table comes back into the files: just the cells that changed, or a problem at its row and column."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from tests.small_sites import REPOSITORY
from trygglofte.cli import main
from trygglofte.formatting import format_document
from trygglofte.importing import Imported, import_table
from trygglofte.importing.applying import _Project
from trygglofte.model import Pledge
from trygglofte.outputs import csv_files

DAY = date(2026, 6, 1)
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
SUMMARY = "data/provstad/lagesbilder/2026-01.yml"
TEXT = """\
# Löftet om trafiken
titel: Lugnare trafik
gäller: {från: 2026-01-01, till: 2026-12-31}
överenskommelse: 2024-2027
indikatorer:
  - {id: fart, namn: Medelfart, enhet: km/h, utgångsvärde: 61.5}
åtaganden:
  - id: kontroller
    ansvarig: polisen  # de har sagt ja
    vad: Kontrollerar hastigheten på genomfarten
    # mängden står i protokollet
    omfattning: {minst: 50, enhet: pass}
    klart_senast: 2026-12-31

  - id: skyltar
    ansvarig: [kommunen, polisen]
    vad: Sätter upp skyltar
följs_upp: varje tertial
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: polisen
    sammanfattning: |
      Polisen har varit ute.

      - ofta
      - länge
    utfall:
      kontroller:
        totalt_hittills: 18
"""
LISTED = "  - ansvarig:\n    - kommunen\n    -   polisen\n    id:   'skyltar'"
LOOSE = (
    TEXT.replace("polisen  #", "polisen #")
    .replace("  - id: skyltar\n    ansvarig: [kommunen, polisen]", LISTED)
    .replace("titel: Lugnare trafik", 'titel:   "Lugnare trafik"')
)
FILES = {PLEDGE: TEXT}


def tables(root: Path, slug: str = "provstad", day: date = DAY) -> dict[str, str]:
    site = _Project(root, day).site(slug, None)
    assert site is not None
    return {name: text for name, text in csv_files.files(site, ()).items() if name.endswith(".csv")}


def edited(text: str, change: Callable[[list[dict[str, str]]], None]) -> bytes:
    """A table after somebody has changed its rows."""
    separator, mark = (";", "\ufeff") if text.startswith("\ufeff") else (",", "")
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    rows = list(reader)
    change(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return (mark + out.getvalue()).encode()


def put(root: Path, name: str, row: int = 0, folder: str = "csv/", **cells: str) -> Imported:
    def change(rows: list[dict[str, str]]) -> None:
        rows[row].update({key.replace("__", "."): cell for key, cell in cells.items()})

    return import_table(root, edited(tables(root)[f"{folder}{name}.csv"], change), f"{name}.csv", DAY)


def lines_changed(before: str, found: Imported, path: str = PLEDGE) -> list[tuple[str, str]]:
    assert found.problems == []
    after = found.files[path].decode()
    one, two = before.splitlines(), after.splitlines()
    return [(old, new) for old, new in zip(one, two, strict=True) if old != new]


def test_a_file_that_is_laid_out_in_another_way_keeps_it(project):
    """Lists further out than the one form has them, and lines longer than it writes."""
    text = TEXT.replace("\n    ", "\n  ").replace("\n  - ", "\n- ")
    what = "vad: Kontrollerar hastigheten på genomfarten"
    text = text.replace(what, f"{what}\n  ordalydelse: |\n    " + "Långt ord. " * 20)
    root = project({PLEDGE: text})
    assert "\n- id: skyltar" in text
    found = put(root, "ataganden", 0, vad="Mäter farten")
    assert lines_changed(text, found) == [
        ("  vad: Kontrollerar hastigheten på genomfarten", "  vad: Mäter farten")
    ]
    added = put(root, "ataganden", 1, klart_senast="2026-10-01").files[PLEDGE].decode()
    assert [line for line in added.splitlines() if line not in text] == ["  klart_senast: 2026-10-01"]


@pytest.mark.parametrize("folder", ["csv/", "csv/excel/"])
@pytest.mark.parametrize("text", [TEXT, LOOSE, TEXT.replace("\n", "\r\n")])
def test_only_the_line_of_the_changed_cell_is_another(project, folder, text):
    root = project({PLEDGE: text.encode()})
    found = put(root, "ataganden", folder=folder, omfattning__minst="60,5" if "excel" in folder else "60.5")
    [(old, new)] = lines_changed(text, found)
    assert (old, new) == (
        "    omfattning: {minst: 50, enhet: pass}",
        "    omfattning: {minst: 60.5, enhet: pass}",
    )
    assert list(found.files) == [PLEDGE]
    assert found.files[PLEDGE].count(b"\r\n") == text.count("\r\n")


@pytest.mark.parametrize(
    ("table", "row", "cells", "old", "new"),
    [
        ("ataganden", 0, {"vad": "Mäter: ofta"}, "vad: Kontrollerar hastigheten på genomfarten", 'vad: "Mäter: ofta"'),
        ("ataganden", 0, {"ansvarig": "kommunen"}, "ansvarig: polisen  # de", "ansvarig: kommunen  # de"),
        ("ataganden", 1, {"ansvarig": "polisen | kommunen"}, "[kommunen, polisen]", "[polisen, kommunen]"),
        ("ataganden", 0, {"klart_senast": "2026-11"}, "klart_senast: 2026-12-31", "klart_senast: 2026-11"),
        ("ataganden", 0, {"klart_senast": ""}, "    klart_senast: 2026-12-31\n", ""),
        ("ataganden", 0, {"omfattning__minst": "", "omfattning__enhet": ""},
         "    omfattning: {minst: 50, enhet: pass}\n", ""),
        ("ataganden", 1, {"klart_senast": "2026-10-01"}, "vad: Sätter upp skyltar\n",
         "vad: Sätter upp skyltar\n    klart_senast: 2026-10-01\n"),
        ("ataganden", 0, {"klart_senast": "", "klart_senast__ordalydelse": "när snön gått"},
         "klart_senast: 2026-12-31", "klart_senast: {ordalydelse: när snön gått}"),
        ("ataganden", 1, {"omfattning__minst": "3", "omfattning__enhet": "skyltar"}, "vad: Sätter upp skyltar\n",
         "vad: Sätter upp skyltar\n    omfattning: {minst: 3, enhet: skyltar}\n"),
        ("utfall", 0, {"totalt_hittills": "minst 20"}, "totalt_hittills: 18", "totalt_hittills: minst 20"),
        ("utfall", 0, {"källa__titel": "Rapporten"}, "totalt_hittills: 18\n",
         "totalt_hittills: 18\n        källa: {titel: Rapporten}\n"),
        ("uppfoljningar", 0, {"sammanfattning": "Nytt.\n\n- ett"},
         "Polisen har varit ute.\n\n      - ofta\n      - länge", "Nytt.\n\n      - ett"),
        ("indikatorer", 0, {"utgångsvärde": "-5", "målvärde__högst": "50"}, "utgångsvärde: 61.5}",
         "utgångsvärde: -5, målvärde: {högst: 50}}"),
        ("loften", 0, {"titel": "'=Lugnt"}, "titel: Lugnare trafik", "titel: =Lugnt"),
    ],
)  # fmt: skip
def test_a_changed_cell_is_written_as_the_file_writes(project, table, row, cells, old, new):
    root = project(FILES)
    found = put(root, table, row, **cells)
    assert found.problems == []
    assert found.files[PLEDGE].decode() == TEXT.replace(old, new)


def test_a_count_of_a_place_is_changed_where_it_stands(project):
    summary = MINIMAL[SUMMARY].replace("antal: 12", "antal: 30")
    found = put(project({**FILES, SUMMARY: summary}), "platser", 0, antal="6")
    assert lines_changed(summary, found, SUMMARY) == [
        ("    platser: {centrum: 7, hamnen: 5}", "    platser: {centrum: 6, hamnen: 5}")
    ]


def test_a_file_that_was_in_its_one_form_still_is(project):
    raw = format_document(TEXT.encode(), PLEDGE, Pledge).text
    assert raw is not None
    root = project({PLEDGE: raw})
    found = put(root, "ataganden", vad="Kör runt", klart_senast="2026", platser="hamnen | centrum")
    after = found.files[PLEDGE]
    assert format_document(after, PLEDGE, Pledge).text == after.decode()


PROBLEMS = [
    ("ataganden", {"omfattning__minst": "många"}, "inget-tal", "omfattning.minst", "är inget tal"),
    ("ataganden", {"klart_senast": "2026-02-30"}, "fel-datum", "klart_senast", "finns inte i kalendern"),
    ("ataganden", {"åtagande": "kontroler"}, "tabell-okand-rad", "åtagande", "finns inte här"),
    ("ataganden", {"dokument": "2027-trafik"}, "tabell-okand-rad", "dokument", "finns inte här"),
    ("ataganden", {"kommun": "provsta"}, "tabell-okand-rad", "kommun", "ingen kommun"),
    ("ataganden", {"härlett__status": "genomfört"}, "tabell-harlett", "härlett.status", "räknas fram"),
    ("ataganden", {"härlett__version": "v0", "vad": "Nytt"}, "tabell-foraldrad", "härlett.version", "sedan tabellen"),
    ("ataganden", {"vad": ""}, "saknad-nyckel", "vad", "saknas"),
    ("ataganden", {"ansvarig": "polissen"}, "okand-part", "ansvarig", "polissen"),
    ("ataganden", {"platser": "hamnen | manen"}, "okand-plats", "platser", "manen"),
    ("ataganden", {"klart_senast__ordalydelse": "i höst"}, "tabell-ej-inford", "klart_senast", "Filen skulle säga"),
    ("loften", {"gäller__till": "2025-12-31"}, "", "gäller.till", ""),
]  # fmt: skip


@pytest.mark.parametrize(("table", "cells", "kind", "column", "words"), PROBLEMS)
def test_every_problem_is_at_its_row_and_column_and_nothing_is_changed(
    project, table, cells, kind, column, words
):
    found = put(project(FILES), table, **cells)
    assert (found.files, found.changes) == ({}, [])
    problem = found.problems[0]
    assert problem.kind == kind or not kind
    assert words in problem.message
    assert problem.message.startswith(f"Rad 2, kolumn ”{column}”: ")
    assert (problem.line, problem.field) == (2, column)


def test_all_problems_of_a_table_come_at_once(project):
    def change(rows: list[dict[str, str]]) -> None:
        rows[0]["omfattning.minst"] = "många"
        rows[1]["klart_senast"] = "snart nog"

    root = project(FILES)
    found = import_table(root, edited(tables(root)["csv/ataganden.csv"], change), "x.csv", DAY)
    assert [(problem.line, problem.field) for problem in found.problems] == [
        (2, "omfattning.minst"), (3, "klart_senast"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", "tabell-olaslig"),
        (b"a,b\r\n1,2\r\n", "tabell-olaslig"),
        ("kommun,dokument,åtagande\r\n".encode("latin-1"), "tabell-olaslig"),
        (b'kommun,dokument\r\n"x,y\r\n', "tabell-olaslig"),
        ("kommun,dokument,åtagande,vadd\r\n".encode(), "tabell-okand-kolumn"),
        ("kommun,dokument,åtagande,vad,vad\r\n".encode(), "tabell-okand-kolumn"),
        ("kommun,dokument,åtagande\r\nprovstad,2026-trafik,kontroller,mer\r\n".encode(), "tabell-fel-rad"),
        ("kommun,dokument,åtagande\r\n".encode() + b"provstad,2026-trafik,kontroller\r\n" * 2,
         "tabell-dubbel-rad"),
        (b"x" * 20_000_001, "tabell-olaslig"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_one_says_why(project, raw, kind):
    found = import_table(project(FILES), raw, "x.csv", DAY)
    assert {problem.kind for problem in found.problems} == {kind}


def test_what_a_spreadsheet_does_to_a_table_is_understood(project):
    """Fewer columns, another order, tabs, empty lines, spaces in numbers, a code without its zeros."""
    rows = "härlett.kommunkod\tomfattning.minst\tåtagande\tdokument\tkommun\t\n"
    rows += "0\t1 250,50\tkontroller\t2026-trafik\tprovstad\n\t\t\n"
    found = import_table(project(FILES), ("\ufeff" + rows).encode(), "min tabell.csv", DAY)
    assert lines_changed(TEXT, found) == [
        ("    omfattning: {minst: 50, enhet: pass}", "    omfattning: {minst: 1250.5, enhet: pass}")
    ]


def test_a_municipality_with_mistakes_is_told_of_and_left_alone(project):
    root = project(FILES)
    raw = tables(root)["csv/ataganden.csv"].encode()
    (root / PLEDGE).write_text(TEXT.replace("2026-12-31}", "2026-12-41}"), "utf-8")
    found = import_table(root, raw, "x.csv", DAY)
    assert "fel-datum" in {problem.kind for problem in found.problems}
    assert found.files == {}


def only_written(rows: list[dict[str, str]]) -> None:
    for row in rows:
        for name in [name for name in row if name.startswith("härlett.")]:
            del row[name]


WORDS = (
    st.text(alphabet="ab åäö:#-'\"=+@;,|[]{}&*!%\\0159.", min_size=1, max_size=24)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "vad": WORDS,
        "ordalydelse": st.sampled_from(["", "Ett.\n\nTvå.", "- a\n- b"]),
        "omfattning.minst": st.decimals(0, 9999, places=1).map(lambda n: str(n).rstrip("0").rstrip(".")),
        "omfattning.enhet": WORDS,
        "ansvarig": st.sampled_from(["polisen", "kommunen", "polisen | kommunen"]),
        "platser": st.sampled_from(["", "hamnen", "hamnen | centrum"]),
        "klart_senast": st.sampled_from(["", "2026-03", "2026-03-01"]),
        "omfattning.när": WORDS,
    },
)


@pytest.fixture(scope="module")
def small(tmp_path_factory, lay_out) -> Path:
    return lay_out(tmp_path_factory.mktemp("import") / "project", MINIMAL | FILES)


@given(row=st.integers(0, 1), edit=EDITS, folder=st.sampled_from(["csv/", "csv/excel/"]), loose=st.booleans())
@settings(max_examples=12, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
def test_export_import_export_is_identical_and_can_be_taken_back(small, row, edit, folder, loose):
    text = LOOSE if loose else TEXT
    (small / PLEDGE).write_text(text, "utf-8")
    original = tables(small)[f"{folder}ataganden.csv"]

    def change(rows: list[dict[str, str]]) -> None:
        for name, cell in edit.items():
            rows[row][name] = f"'{cell}" if cell.startswith(("=", "+", "-", "@", "'")) else cell

    table = edited(original, change)
    found = import_table(small, table, "ataganden.csv", DAY)
    assert found.problems == [], [problem.message for problem in found.problems]
    for path, content in found.files.items():
        (small / path).write_bytes(content)
    again = import_table(small, table, "ataganden.csv", DAY)
    assert (again.problems, again.files) == ([], {})
    fresh = tables(small)[f"{folder}ataganden.csv"]
    assert import_table(small, fresh.encode(), "ataganden.csv", DAY).files == {}
    back = edited(original, only_written)
    returned = import_table(small, back, "ataganden.csv", DAY)
    assert returned.problems == []
    for path, content in returned.files.items():
        (small / path).write_bytes(content)
    assert tables(small)[f"{folder}ataganden.csv"] == original
    if not loose:
        assert (small / PLEDGE).read_text("utf-8") == text


def test_the_command_writes_or_only_says(project, tmp_path, monkeypatch):
    root = project(FILES)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    monkeypatch.chdir(root)
    sheet, before, after = tmp_path / "x.csv", "Kontrollerar hastigheten på genomfarten", "Mäter farten"

    def run(column: str, cell: str, *options: str) -> tuple[int, str, str]:
        text = tables(root)["csv/ataganden.csv"]
        sheet.write_bytes(edited(text, lambda rows: rows[0].update({column: cell})))
        result = CliRunner().invoke(main, ["import", str(sheet), "--dag", DAY.isoformat(), *options])
        return result.exit_code, result.stdout, result.output

    code, said, _ = run("vad", after, "--prova")
    assert code == 0
    assert f"”{before}” → ”{after}”" in said
    assert "1\u00a0cell i 1\u00a0fil skulle ändras" in said
    assert (root / PLEDGE).read_text("utf-8") == TEXT
    assert run("vad", after)[0] == 0
    assert (root / PLEDGE).read_text("utf-8") == TEXT.replace(before, after)
    assert "Tabellen säger samma som filerna" in run("vad", after)[1]
    code, _, wrong = run("åtagande", "x")
    assert code == 1
    assert "Rad 2, kolumn ”åtagande”" in wrong
    assert "Inget har ändrats" in wrong
    assert "går inte att läsa" in CliRunner().invoke(main, ["import", "nej.csv"]).output
