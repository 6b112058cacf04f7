"""Problems as people and machines read them."""

from __future__ import annotations

import json

from trygglofte.problems import Problem, Severity, has_errors, in_order
from trygglofte.reporting import (
    as_annotations,
    as_json,
    as_plain,
    as_sarif,
    as_summary,
    as_text,
    source_lines,
)

WRONG = Problem("data/a.yml", 2, 8, "fel-datum", "”15/1” är inget datum.", "Menade du ”2026-01-15”?", "datum")
ADVICE = Problem(
    "data/a.yml", 1, 1, "bom", "Filen börjar med ett osynligt tecken (BOM).", severity=Severity.ADVICE
)


def test_a_person_sees_the_place_the_line_what_is_wrong_and_what_to_write():
    assert as_text([WRONG], lambda file, line: "datum: 15/1").plain == (
        "data/a.yml:2:8  fel  [fel-datum]\n"
        "    datum: 15/1\n"
        "           ^\n"
        "  ”15/1” är inget datum.\n"
        "  → Menade du ”2026-01-15”?\n"
        "\n"
    )


def test_a_line_that_is_not_there_is_left_out():
    for line in (None, "", "   "):
        assert as_text([ADVICE], lambda file, number, line=line: line).plain == (
            "data/a.yml:1:1  råd  [bom]\n  Filen börjar med ett osynligt tecken (BOM).\n\n"
        )


def test_a_long_line_is_cut_so_that_the_caret_stays_under_its_place():
    line = "x" * 300 + "HÄR" + "y" * 300
    excerpt = as_text([Problem("a", 1, 301, "k", "m.")], lambda file, number: line).plain.split("\n")
    assert excerpt[1][excerpt[2].index("^") :].startswith("HÄR")
    assert len(excerpt[1]) < 100


def test_what_a_file_holds_never_steers_the_terminal():
    shown = as_text([WRONG], lambda file, line: "a\x1b[31mb\tc\u202ed\x07").plain.split("\n")[1]
    assert shown == "    a·[31mb c·d·"


def test_a_pull_request_gets_each_problem_on_its_line():
    tricky = Problem("data/a,b:c.yml", 3, 4, "k", "50 %\nförsvinner.", "Skriv om.")
    assert as_annotations([WRONG, ADVICE, tricky]) == (
        "::error file=data/a.yml,line=2,col=8,title=fel-datum::”15/1” är inget datum. Menade du ”2026-01-15”?\n"
        "::notice file=data/a.yml,line=1,col=1,title=bom::Filen börjar med ett osynligt tecken (BOM).\n"
        "::error file=data/a%2Cb%3Ac.yml,line=3,col=4,title=k::50 %25%0Aförsvinner. Skriv om.\n"
    )


def test_problems_are_told_once_and_by_place():
    assert in_order([WRONG, ADVICE, WRONG]) == [ADVICE, WRONG]
    assert has_errors([ADVICE, WRONG])
    assert not has_errors([ADVICE])


def test_the_line_is_taken_from_the_file_as_it_is_saved(tmp_path):
    (tmp_path / "a.yml").write_bytes("titel: Trygg kväll\r\ndatum: i våras".encode("latin-1"))
    line = source_lines(tmp_path)
    assert [line("a.yml", 2), line("a.yml", 3), line("missing.yml", 1)] == ["datum: i v\ufffdras", None, None]
    assert as_plain([Problem("a.yml", 1, 8, "k", "m.")], line).split("\n")[1:3] == [
        "    titel: Trygg kv\ufffdll",
        "           ^",
    ]


def test_the_summary_shows_every_problem_in_a_table_and_no_text_becomes_markup() -> None:
    tricky = Problem(
        "data/x/å|b.yml", 3, 1, "okand-nyckel", "Nyckeln ”<b>|*x*” finns inte.", "Menade du [a](b)?"
    )
    text = as_summary([ADVICE, tricky], 1)
    assert text.startswith("## 1 fel att rätta\n")
    rows = [line for line in text.splitlines() if line.startswith(("| Fel", "| Råd"))]
    assert [row.split(" ")[1] for row in rows] == ["Fel", "Råd"]
    assert r"\<b\>\|\*x\*" in rows[0]
    assert r"\[a\]\(b\)" in rows[0]
    assert as_summary([], 2).startswith("## Inga fel\n")


def test_programs_read_the_same_problems_as_people() -> None:
    values = json.loads(as_json([WRONG, ADVICE]))
    assert (values["fel"], values["råd"]) == (1, 1)
    assert [row["slag"] for row in values["problem"]] == [WRONG.kind, ADVICE.kind]
    assert values["problem"][0]["rad"] == WRONG.line
    run = json.loads(as_sarif([WRONG, ADVICE]))["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "note"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [WRONG.kind, ADVICE.kind]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": WRONG.line, "startColumn": WRONG.column}
