"""The commands of those who write: check for programs, fmt, forklara, new and schema."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.small_sites import REPOSITORY
from trygglofte.cli import main

PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
GOOD = """\
titel: Lugnare trafik
gäller:
  från: 2026-01-01
  till: 2026-12-31
åtaganden:
  - id: kontroller
    ansvarig: polisen
    vad: Kontrollerar hastigheten vid skolan
"""
BAD = GOOD.replace("vad: Kontrollerar", "vadd: Kontrollerar")


@pytest.fixture
def root(project) -> Path:
    folder: Path = project({PLEDGE: GOOD})
    (folder / "mkdocs.yml").write_text("site_name: x\n")
    return folder


@pytest.fixture
def run(monkeypatch, capsys, root):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(root)
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return left.value.code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return run


def spoil(root: Path, text: str = BAD) -> None:
    (root / PLEDGE).write_text(text, encoding="utf-8")


def test_check_gives_programs_json_and_sarif(root, run):
    spoil(root)
    status, out, _ = run("check", "--format", "json", "--dag", "2026-03-01")
    kinds = [row["slag"] for row in json.loads(out)["problem"] if row["allvar"] == "fel"]
    assert (status, kinds) == (1, ["saknad-nyckel", "okand-nyckel"])
    status, out, _ = run("check", "--format", "sarif", "--utan-rad", "--dag", "2026-03-01")
    results = json.loads(out)["runs"][0]["results"]
    assert (status, [result["ruleId"] for result in results]) == (1, kinds)


def test_check_in_a_pull_request_annotates_lines_and_adds_to_the_summary(root, run, monkeypatch, tmp_path):
    spoil(root)
    summary = tmp_path / "summary.md"
    summary.write_text("Förut.\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    status, out, _ = run("check", "--format", "github", "--dag", "2026-03-01")
    assert status == 1
    assert f"::error file={PLEDGE},line=8,col=5,title=okand-nyckel::" in out
    assert summary.read_text(encoding="utf-8").startswith("Förut.\n## 2 fel att rätta\n")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert "## 2 fel att rätta" in run("check", "--format", "github", "--dag", "2026-03-01")[1]


def test_check_of_one_file_says_nothing_of_the_others(root, run):
    spoil(root)
    assert run("check", "data/provstad/kommun.yml", "--dag", "2026-03-01")[0] == 0
    status, _, err = run("check", PLEDGE, "README.md", "--dag", "2026-03-01")
    assert status == 1
    assert f"{PLEDGE}:8:5  fel  [okand-nyckel]" in err
    assert "Läs mer: trygglofte forklara " in err
    assert run("check", str(root / PLEDGE), "--dag", "2026-03-01")[0] == 1


def test_check_refuses_a_municipality_that_is_not_there(run):
    status, _, err = run("check", "nixstad")
    assert (status, err) == (1, "Fel: Det finns ingen kommun som heter nixstad. Det finns: provstad.\n")


def test_fmt_brings_a_file_to_its_form_and_then_leaves_it(root, run):
    spoil(
        root,
        GOOD.replace("åtaganden", "ataganden").replace("titel: Lugnare trafik\n", "")
        + "titel: 'Lugnare trafik'\n",
    )
    assert run("fmt", "--kontrollera", PLEDGE)[0] == 1
    status, out, _ = run("fmt", "provstad")
    assert status == 0
    assert f"ändrad  {PLEDGE}" in out
    assert (root / PLEDGE).read_text(encoding="utf-8") == GOOD
    assert run("fmt", "--kontrollera", PLEDGE)[:2] == (0, "0 filer skulle ändras.\n")


def test_fmt_leaves_a_file_it_cannot_read_and_says_why(root, run):
    spoil(root, "titel: a: b\n")
    status, _, err = run("fmt")
    assert status == 1
    assert "[kolon-i-text]" in err
    assert (root / PLEDGE).read_text(encoding="utf-8") == "titel: a: b\n"


def test_forklara_explains_a_kind_and_helps_with_its_name(run):
    status, out, _ = run("forklara", "kolon-i-text")
    assert (status, out.splitlines()[0]) == (0, "kolon-i-text: Kolon i en text")
    status, _, err = run("forklara", "kolon-i-tekst")
    assert (status, "Menade du kolon-i-text" in err) == (1, True)
    assert "docs/fel.md" in run("forklara", "qqqqqqqq")[2]


def test_schema_renews_what_is_made_from_the_model(root, run):
    assert run("schema", "--kontrollera")[0] == 1
    assert "förnyad  schema/medborgarlofte.schema.json" in run("schema")[1]
    (root / "schema" / "gammal.schema.json").write_text("{}")
    status, out, _ = run("schema")
    assert (status, "borttagen  schema/gammal.schema.json" in out) == (0, True)
    assert run("schema", "--kontrollera")[1] == "Allt stämmer med modellen.\n"
    (root / "data" / "teman.yml").write_text("- x\n")
    status, _, err = run("schema")
    assert (status, err.startswith("Fel: ")) == (1, True)


def test_new_begins_a_file_and_says_what_is_left(root, run):
    shutil.copytree(REPOSITORY / "data" / "exempelkoping", root / "data" / "exempelkoping")
    shutil.copy(REPOSITORY / "data" / "teman.yml", root / "data" / "teman.yml")
    status, out, _ = run("new", "lägesbild", "exempelkoping", "--dag", "2026-09-20")
    assert status == 0
    assert "Skapade data/exempelkoping/lagesbilder/2026-09.yml" in out
    assert "  • Skriv " in out
    status, out, err = run("check", "data/exempelkoping/lagesbilder/2026-09.yml", "--utan-rad")
    assert status == 1
    assert {line.split("[")[1][:-1] for line in err.splitlines() if "  fel  [" in line} == {"tomt-varde"}
    before = (root / "data/exempelkoping/medborgarloften/2026-trygg-station.yml").read_bytes()
    status, out, _ = run(
        "new", "uppfoljning", "exempelkoping", "--lofte", "2026-trygg-station", "--dag", "2027-01-10"
    )
    after = (root / "data/exempelkoping/medborgarloften/2026-trygg-station.yml").read_bytes()
    assert (status, "Ändrade " in out) == (0, True)
    assert len(after) > len(before)
    status, _, err = run("new", "lägesbild", "nixstad")
    assert (status, err.startswith("Fel: ")) == (1, True)
    assert run("new", "dikt", "exempelkoping")[0] == 1


def test_new_asks_until_the_answer_can_be_understood(root, run, monkeypatch):
    answers = iter(["", "12", "0114"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", lambda *_words, **_more: next(answers))
    named = ("--namn", "Provinge kommun", "--kortnamn", "Provinge")
    status, out, err = run("new", "kommun", "provinge", *named, "--dag", "2026-03-01")
    assert (status, err.splitlines()[0]) == (0, "Här behövs ett svar.")
    assert "”12” är ingen kommunkod." in err
    assert "Skapade data/provinge/kommun.yml" in out
    assert 'kommunkod: "0114"' in (root / "data/provinge/kommun.yml").read_text(encoding="utf-8")
