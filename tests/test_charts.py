"""Charts: what they draw is what the values are, whatever the values are, and nothing else gets in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygglofte.pages.charts import HEIGHT, WIDTH, Bar, Mark, chart, figure, nice_top

START = date(2026, 1, 1)
SVG = "{http://www.w3.org/2000/svg}"


def months(*values: int | None, below: int | None = None, **changed: object) -> list[Bar]:
    bars = []
    for n, value in enumerate(values):
        start = date(2026, n + 1, 1)
        end = date(2026, n + 2, 1) - timedelta(days=1)
        shown = None if value is None else Fraction(value)
        bars.append(Bar(start, end, shown, Fraction(below) if value is None and below else None, **changed))
    return bars


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def paths(drawn: str, kind: str) -> list[str]:
    return [node.attrib["d"] for node in parsed(drawn).iter("path") if node.attrib["class"] == kind]


def heights(drawn: str, kind: str) -> list[Fraction]:
    return [Fraction(found) for d in paths(drawn, kind) for found in re.findall(r"v-([\d.]+)", d)]


def test_nothing_is_drawn_of_nothing():
    assert chart("Titel", "Text", []) == ""


def test_a_bar_is_as_high_as_its_value():
    one, two, four = heights(chart("T", "B", months(10, 20, 40)), "b")
    assert (two, four) == (2 * one, 4 * one)


def test_a_bar_is_as_wide_as_its_days():
    bars = [Bar(START, date(2026, 1, 10), Fraction(5)), Bar(date(2026, 1, 11), date(2026, 2, 9), Fraction(5))]
    short, long = (
        Fraction(found) for found in re.findall(r"h([\d.]+)", paths(chart("T", "B", bars), "b")[0])
    )
    assert abs((long + 2) / (short + 2) - 3) < Fraction(1, 20)


def test_zero_hidden_and_missing_are_three_different_things():
    zero, hidden, missing = (
        chart("T", "B", bars) for bars in (months(0), months(None, below=4), months(None))
    )
    assert paths(zero, "z")
    assert not paths(zero, "h") + paths(zero, "x") + paths(zero, "b")
    assert paths(hidden, "h")
    assert not paths(hidden, "z") + paths(hidden, "x") + paths(hidden, "b")
    assert paths(missing, "x")
    assert not paths(missing, "z") + paths(missing, "h") + paths(missing, "b")


def test_a_hidden_count_is_drawn_from_nothing_to_the_most_it_can_be():
    bars = [*months(8), Bar(date(2026, 2, 1), date(2026, 2, 28), None, Fraction(4))]
    drawn = chart("T", "B", bars)
    (hidden,) = paths(drawn, "h")
    bottom, top = (Fraction(part) for part in re.fullmatch(r"M[\d.]+ (\d+)V([\d.]+)", hidden).groups())
    assert bottom - top == heights(drawn, "b")[0] / 2


def test_the_period_that_is_told_of_and_the_year_before_have_shapes_and_figures_of_their_own():
    bars = [
        Bar(date(2025, 8, 1), date(2025, 8, 31), Fraction(16), mark=Mark.LAST_YEAR, label="16"),
        Bar(date(2026, 7, 1), date(2026, 7, 31), Fraction(14)),
        Bar(date(2026, 8, 1), date(2026, 8, 31), Fraction(25, 2), mark=Mark.NOW, label="12 < 13"),
    ]
    drawn = chart("T", "B", bars)
    assert [len(paths(drawn, kind)) for kind in "nyb"] == [1, 1, 1]
    assert [node.text for node in parsed(drawn).iter("text")] == [
        "20",
        "0",
        "aug 2025",
        "aug 2026",
        "16",
        "12 < 13",
    ]


def test_a_break_is_a_line_of_its_own_where_the_period_begins():
    first, second = months(5, 6)
    drawn = chart("T", "B", [first, Bar(second.start, second.end, second.value, broken=True)])
    assert len(paths(drawn, "k")) == 1
    assert paths(chart("T", "B", [first, second]), "k") == []


def test_a_long_series_names_years_that_do_not_collide():
    for years in (3, 10, 40):
        bars = [
            Bar(date(1990 + n // 12, n % 12 + 1, 1), date(1990 + n // 12, n % 12 + 1, 28), Fraction(n % 9))
            for n in range(12 * years)
        ]
        drawn = chart("T", "B", bars)
        named = [node for node in parsed(drawn).iter("text") if re.fullmatch(r"\d{4}", node.text)]
        places = [Fraction(node.attrib["x"]) for node in named]
        assert len(named) >= 2
        assert all(after - before > 28 for before, after in pairwise(places))


def test_what_is_written_in_a_title_stays_text():
    drawn = chart("<script>alert(1)</script>", "\"><b onload='x'>&", months(3))
    assert "<script" not in drawn
    assert "<b" not in drawn
    root = parsed(drawn)
    assert root.attrib["role"] == "img"
    assert [root[0].tag, root[1].tag] == ["title", "desc"]
    assert root[0].text == "<script>alert(1)</script>"


BARS = st.lists(
    st.tuples(
        st.integers(0, 4000), st.integers(0, 400),
        st.one_of(st.none(), st.fractions(0, 10**9)), st.one_of(st.none(), st.fractions(0, 99)),
        st.sampled_from(Mark), st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


@given(BARS)
def test_whatever_is_drawn_stays_within_the_drawing(made):
    bars = [
        Bar(
            START + timedelta(shift),
            START + timedelta(shift + days),
            value,
            below if value is None else None,
            *rest,
        )
        for shift, days, value, below, *rest in made
    ]
    drawn = chart("T", "B", bars)
    assert drawn == chart("T", "B", bars)
    if not bars:
        return
    for node in parsed(drawn).iter("path"):
        for x, y in re.findall(r"M([\d.-]+) ([\d.-]+)", node.attrib["d"]):
            assert 0 <= Fraction(x) <= WIDTH
            assert 0 <= Fraction(y) <= HEIGHT
    assert all(0 <= height <= HEIGHT for kind in "nyb" for height in heights(drawn, kind))
    assert not re.search(r"nan|inf|e[+-]\d|\.\d\d", drawn)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Fraction(1, 3), "0,3"),
        (Fraction(1, 20), "0"),
        (Fraction(3, 20), "0,2"),
        (Fraction(12), "12"),
        (Fraction(27, 2), "13,5"),
        (Fraction(2501, 2), "1\u00a0250,5"),
    ],
)
def test_a_figure_has_one_decimal_at_most_and_always_the_same(number, written):
    assert figure(number) == written


@given(st.fractions(0, 10**12))
def test_the_scale_reaches_over_the_highest_bar_and_not_far(most):
    top = nice_top(most)
    assert top >= max(most, 5)
    assert top <= max(5, 2 * most)
