"""What the reader promises, whatever it is given: data or problems, at a place inside the file."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trygglofte.problems import Mark, Problem
from trygglofte.reading import (
    MAX_BYTES,
    MAX_DEPTH,
    Mapping,
    decoding,
    mark_at,
    node_at,
    parsing,
    plain,
    read_document,
)

CORPORA = Path(__file__).parent / "corpora"
SUITE = json.loads((CORPORA / "yaml-test-suite.json").read_text("utf-8"))["cases"]
NAUGHTY = json.loads((CORPORA / "naughty-strings.json").read_text("utf-8"))["strings"]
CODES = json.loads((CORPORA / "municipalities.json").read_text("utf-8"))["municipalities"]

# Pieces that YAML makes something of, and pieces that editors write: together they reach further than letters.
PIECES = st.sampled_from(
    [
        "\n",
        "  ",
        " ",
        ":",
        ": ",
        "- ",
        "-",
        "? ",
        "|",
        "|\n  ",
        ">",
        "#",
        " #x",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ", ",
        "*a",
        "&a",
        "!x",
        "%",
        "@",
        "`",
        "---\n",
        "...\n",
        "\t",
        "\u00a0",
        "\r\n",
        "\u2028",
        "\x85",
        "\ufeff",
        "\\",
        "titel",
        "åtaganden",
        "a",
        "1,5",
        "– ",
        "• ",
        "”Hej”",
        "<<",
        "<<<<<<< HEAD\n",
        "%YAML 1.1\n",
        "a\u030a",
        "\U0001f600",
        "\x1b",
    ]
)
WRITTEN = st.lists(PIECES, max_size=40).map("".join)


def assert_data_or_problems(raw: bytes) -> tuple[Mapping | None, list[Problem]]:
    """The one promise of the reader; every test below gives it something else to read."""
    tree, problems = read_document(raw, "data/prov.yml")
    assert tree is not None or any(problem.is_error for problem in problems)
    text = unicodedata.normalize("NFC", raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert problem.file == "data/prov.yml"
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
        assert problem.message.endswith("."), problem
        assert problem.hint, problem
    return tree, problems


@given(st.binary(max_size=300))
def test_any_bytes_give_data_or_problems(raw):
    assert_data_or_problems(raw)


@given(st.text(max_size=300))
def test_any_text_gives_data_or_problems(text):
    assert_data_or_problems(text.encode("utf-8", "replace"))


@settings(max_examples=600)
@given(WRITTEN)
def test_any_yaml_gives_data_or_problems(text):
    assert_data_or_problems(text.encode("utf-8"))


LINES = st.sampled_from(
    [
        "a: x", "b: x #3", "c: x # 3", "d: x\t#3", "e:\u00a0x", "f: •\u00a0x", "g: |", "  • x", "  – x", "• x",
        "- \u202fx", "h: x\u200by", "=======", "| x", "\ti: x", "\u3000j: x", "k:", "  - x", "  -\u00a0x",
        "l: '#3'", "m: [x, y] #3",
    ]
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(LINES | PIECES, max_size=6).map("\n".join))
def test_what_is_passed_over_at_a_glance_has_nothing_to_tell(text):
    """Files are asked as a whole whether they can have some faults before anything in them is asked one by one."""
    raw = text.encode()
    at_a_glance = read_document(raw, "data/prov.yml")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(decoding, "_is_plain", lambda _text: False)
        patched.setattr(parsing, "is_pasted", lambda _text: True)
        patched.setattr(parsing, "may_be_cut_off", lambda _text: True)
        assert read_document(raw, "data/prov.yml") == at_a_glance


@pytest.mark.parametrize("case", SUITE, ids=lambda case: case["id"])
def test_the_yaml_test_suite_gives_data_or_problems(case):
    _, problems = assert_data_or_problems(case["yaml"].encode("utf-8"))
    assert len({problem.kind for problem in problems if problem.is_error}) <= 2, (
        "a broken file gets one clear message"
    )


def test_naughty_strings_are_kept_or_refused():
    for naughty in NAUGHTY:
        tree, problems = assert_data_or_problems(
            f"titel: {json.dumps(naughty, ensure_ascii=False)}\n".encode()
        )
        if tree is not None:
            assert plain(tree) == {"titel": unicodedata.normalize("NFC", naughty)}
        else:
            assert {problem.kind for problem in problems} & {
                "osynligt-tecken",
                "indrag",
                "omvant-snedstreck",
            }, problems


@pytest.mark.parametrize(
    "form", ["titel: {}\n", "{}: titel\n", "titel:\n  - {}\n", "titel: |\n  {}\n", "{{titel: {}}}\n"]
)
def test_naughty_strings_without_quotes_give_data_or_problems(form):
    for naughty in NAUGHTY:
        assert_data_or_problems(form.format(naughty).encode("utf-8"))


@pytest.mark.parametrize("opener", ["[", "{", "- ", "? ", "a: {", "[{", "&a [", "!x ["])
def test_a_hundred_thousand_openings_are_one_problem(opener):
    _, problems = assert_data_or_problems((opener * 100_000)[:900_000].encode())
    assert len(problems) == 1


def test_the_deepest_nesting_allowed_is_read():
    lists = MAX_DEPTH - 1
    tree, problems = assert_data_or_problems(f"a: {'[' * lists}{']' * lists}\n".encode())
    assert tree is not None
    assert problems == []
    assert assert_data_or_problems(f"a: {'[' * (lists + 1)}{']' * (lists + 1)}\n".encode())[0] is None


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    assert assert_data_or_problems(b"a: " + b"x" * (MAX_BYTES - 4) + b"\n")[1] == []
    tree, problems = read_document(b"\xff" * (MAX_BYTES + 1), "data/prov.yml")
    assert tree is None
    assert [problem.kind for problem in problems] == ["for-stor-fil"]


def test_too_many_values_are_refused():
    _, problems = assert_data_or_problems(b"a: [" + b"x," * 120_000 + b"]\n")
    assert [problem.kind for problem in problems] == ["for-mycket"]


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    _, problems = assert_data_or_problems(b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n")
    assert [(problem.kind, problem.line) for problem in problems] == [("alias", 1)]


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "on", "NULL", "null", "~", "true", "12:30", "0114", "1.10", "1e3", "0x1F", "0o17", "2026-02-30",
     "2026-01-01T10:00:00Z", ".inf", "=", "1_000", "+46", "190:20:30"],
)  # fmt: skip
def test_text_is_text(written):
    tree, problems = read_document(f"a: {written}\n".encode(), "data/prov.yml")
    assert tree is not None
    assert problems == []
    assert plain(tree) == {"a": written}


def test_every_municipal_code_reads_the_same_with_and_without_quotes():
    assert len(CODES) == 290
    for code in CODES:
        for written in (code, f'"{code}"', f"'{code}'"):
            tree, problems = read_document(f"kommunkod: {written}\n".encode(), "data/prov.yml")
            assert tree is not None
            assert (plain(tree), problems) == ({"kommunkod": code}, [])


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=60))
def test_a_quoted_text_is_read_back_as_it_was_written(text):
    tree, _ = read_document(f"a: {json.dumps(text, ensure_ascii=False)}\n".encode(), "data/prov.yml")
    assert tree is not None
    assert plain(tree) == {"a": unicodedata.normalize("NFC", text)}


def test_a_place_that_does_not_exist_is_shown_at_the_nearest_value_above():
    tree, _ = read_document(
        "titel: Prov\ngäller:\n  från: 2026\nparter:\n  - kommunen\n".encode(), "data/prov.yml"
    )
    assert tree is not None
    assert mark_at(tree, ("titel",)) == Mark(1, 8)
    assert mark_at(tree, ("titel",), key=True) == Mark(1, 1)
    assert mark_at(tree, ("galler", "fran")) == Mark(3, 9)
    assert mark_at(tree, ("gäller", "till")) == Mark(2, 1)
    assert mark_at(tree, ("parter", 0)) == Mark(5, 5)
    assert mark_at(tree, ("parter", 7)) == Mark(4, 1)
    assert node_at(tree, ("parter", 7)) is None
    assert node_at(tree, ("titel", "x")) is None
