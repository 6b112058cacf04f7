"""When a change may be called a change, and what a series says of gaps, hidden counts and breaks."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trygglofte import sites
from trygglofte.trends import (
    LEVEL,
    Change,
    NoVerdict,
    Point,
    change,
    compared,
    place_series,
    place_themes,
    same_time_last_year,
    theme_series,
    themes_counted,
    whole_months,
)
from trygglofte.trends.change import EXACT_UP_TO, _exact, _normal, tail

COUNTS = st.integers(0, 60)
DAYS = st.integers(1, 92)
OPPOSITE = {Change.MORE: Change.FEWER, Change.FEWER: Change.MORE, Change.UNSURE: Change.UNSURE}


# The rule


@pytest.mark.parametrize(
    ("now", "days", "before", "days_before", "said"),
    [
        (12, 31, 12, 31, Change.UNSURE),
        (0, 31, 0, 30, Change.UNSURE),
        (0, 31, 8, 31, Change.UNSURE),  # 2 / 2**8 is 1 in 128
        (0, 31, 9, 31, Change.FEWER),  # 2 / 2**9 is 1 in 256
        (9, 30, 0, 30, Change.MORE),
        (26, 31, 9, 31, Change.UNSURE),
        (28, 31, 8, 31, Change.MORE),
        (10, 31, 30, 31, Change.FEWER),
        (30, 42, 20, 28, Change.UNSURE),  # more events, but as many a day
        (40, 42, 40, 14, Change.FEWER),  # as many events, but fewer a day
        (31, 31, 1, 1, Change.UNSURE),
        (600, 31, 500, 31, Change.MORE),
        (520, 31, 500, 31, Change.UNSURE),
        (9_000_000_000_000, 31, 8_999_999_999_000, 31, Change.UNSURE),
        (9_000_000_000_000, 31, 8_000_000_000_000, 31, Change.MORE),
    ],
)
def test_a_change_is_said_only_where_chance_would_give_it_less_than_once_in_two_hundred(
    now, days, before, days_before, said
):
    assert change(now, days, before, days_before) is said


@given(COUNTS, DAYS, COUNTS, DAYS)
def test_what_is_more_seen_from_here_is_fewer_seen_from_there(a, d, b, e):
    assert change(a, d, b, e) is OPPOSITE[change(b, e, a, d)]


@given(COUNTS, DAYS, COUNTS, DAYS)
def test_one_event_more_never_turns_more_into_anything_less(a, d, b, e):
    order = [Change.FEWER, Change.UNSURE, Change.MORE]
    assert order.index(change(a, d, b, e)) <= order.index(change(a + 1, d, b, e))
    assert order.index(change(a, d, b, e)) >= order.index(change(a, d, b + 1, e))


@given(COUNTS, DAYS, COUNTS, DAYS, st.integers(2, 5))
def test_only_the_proportion_of_the_days_matters(a, d, b, e, times):
    assert change(a, d, b, e) is change(a, times * d, b, times * e)


@given(COUNTS, DAYS, DAYS)
def test_the_same_number_a_day_is_never_called_a_change(a, d, e):
    assert change(a * d, d, a * e, e) is Change.UNSURE


@settings(max_examples=60)
@given(st.integers(0, 9), st.integers(1, 3), st.integers(0, 9), st.integers(1, 3))
def test_the_tail_is_what_counting_every_outcome_one_by_one_gives(a, d, b, e):
    """Every event falls on one of d + e equally likely days: outcomes are counted, not calculated."""
    events = min(a + b, 8)
    later = min(a, events)
    ways = [sum(day < d for day in days) for days in product(range(d + e), repeat=min(events, 5))]
    if events <= 5:
        assert tail(later, d, events - later, e) == Fraction(sum(n >= later for n in ways), len(ways))
    chances = [
        Fraction(comb(events, k) * d**k * e ** (events - k), (d + e) ** events) for k in range(events + 1)
    ]
    assert tail(later, d, events - later, e) == sum(chances[later:])


@settings(max_examples=80)
@given(COUNTS, DAYS, COUNTS, DAYS)
def test_the_verdict_is_what_the_whole_distribution_gives(a, d, b, e):
    n, p = a + b, Fraction(d, d + e)
    chances = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    up, down = 2 * sum(chances[a:]), 2 * sum(chances[: a + 1])
    assert (change(a, d, b, e) is Change.MORE) == (up < LEVEL)
    assert (change(a, d, b, e) is Change.FEWER) == (down < LEVEL)


def test_where_the_exact_rule_hands_over_both_say_the_same_but_for_the_very_edge():
    differing = 0
    for days, before in ((1, 1), (31, 28), (42, 31), (30, 92)):
        for now in range(1, EXACT_UP_TO, 7):
            arguments = (now, days, EXACT_UP_TO - now, before)
            differing += _exact(*arguments) != _normal(*arguments)
    assert differing <= 1


@pytest.mark.parametrize("mean", [5, 10, 20, 50])
def test_chance_alone_gives_a_false_change_less_than_once_in_two_hundred(mean):
    chances = [Fraction(1)]
    for k in range(1, 4 * mean + 20):
        chances.append(chances[-1] * mean / k)
    weights = [float(chance) for chance in chances]
    total = sum(weights)
    false = sum(
        weights[a] * weights[b]
        for a, b in product(range(len(weights)), repeat=2)
        if change(a, 31, b, 31) is not Change.UNSURE
    )
    assert 0 < false / total**2 < LEVEL


@pytest.mark.parametrize("wrong", [(-1, 1, 0, 1), (0, 0, 0, 1), (0, 1, -1, 1), (0, 1, 0, 0)])
def test_what_is_no_count_or_no_period_is_refused(wrong):
    with pytest.raises(ValueError, match="periods have days"):
        change(*wrong)


# Series

COUNTED = "räknar: Händelser som rapporterats\n"


def month(name: str, count: str, more: str = COUNTED) -> dict[str, str]:
    year, number = name.split("-")
    last = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}.get(number, 31)
    written = f", antal: {count}" if count else ""
    return {
        f"data/provstad/lagesbilder/{name}.yml": f"period: {{från: {year}-{number}-01, till: {year}-{number}-{last}}}\n"
        f"{more}kategorier:\n  - {{tema: trafik{written}}}\n"
    }


@pytest.fixture
def municipality(project):
    def read(*files: dict[str, str], summaries: bool = True):
        laid = {"data/provstad/lagesbilder/2026-01.yml": None}
        for file in files:
            laid |= file
        root = project(laid)
        shared, _ = sites.shared_files(root)
        checked = sites.Library(root).municipality("provstad", shared)
        assert checked.ok, [str(problem) for problem in checked.problems]
        return checked.municipality

    return read


def told(series):
    return [
        (point.summary.id, point.value, point.hidden, point.stretch, point.broken) for point in series.points
    ]


def test_a_series_has_every_period_in_order_with_gaps_and_hidden_counts_as_they_are(municipality):
    found = municipality(
        month("2026-03", ""), month("2025-12", "12"), month("2026-02", "färre än 5"), month("2026-01", "0")
    )
    series = theme_series(found, "trafik")
    assert told(series) == [
        ("2025-12", 12, False, 0, ""),
        ("2026-01", 0, False, 0, ""),
        ("2026-02", None, True, 0, ""),
        ("2026-03", None, False, 0, ""),
    ]
    assert [point.per_month for point in series.points] == [12, 0, None, None]
    assert themes_counted(found) == ["trafik"]
    assert not series.empty
    assert theme_series(found, "narkotika").empty


def test_statutory_summaries_are_in_no_series(municipality):
    text = (
        "period: {från: 2025-01-01, till: 2025-12-31}\nlagstadgad: ja\nkartläggning: A\növrig_information: B\n"
        "analys: C\nkategorier: [{tema: narkotika, antal: 200}]\n"
    )
    found = municipality({"data/provstad/lagesbilder/2025.yml": text}, month("2026-01", "7"))
    assert themes_counted(found) == ["trafik"]
    assert len(theme_series(found, "narkotika").points) == 1


@pytest.mark.parametrize(
    ("second", "broken"),
    [
        (COUNTED, ""),
        ("räknar: händelser  som rapporterats.\n", ""),
        ("räknar: anmälda brott\n", "Antalen räknar något annat än förut."),
        ("", "Antalen räknar något annat än förut."),
        (COUNTED + "bruten_serie: Ett nytt system.\n", "Ett nytt system."),
    ],
)
def test_a_series_is_broken_where_something_else_is_counted_or_the_editor_says_so(
    municipality, second, broken
):
    found = municipality(
        month("2026-01", "30"),
        month("2026-02", "5", second),
        month("2026-03", "6", second.split("bruten")[0]),
    )
    first, second_, third = theme_series(found, "trafik").points
    assert (first.broken, second_.broken, third.broken) == ("", broken, "")
    said = compared(second_, first)
    assert said.reason is (NoVerdict.BROKEN if broken else None)
    assert said.change is (None if broken else Change.FEWER)
    assert compared(third, second_).reason is (NoVerdict.UNSTATED if not second else None)


def test_a_theme_alone_can_be_broken(municipality):
    text = (
        "period: {från: 2026-02-01, till: 2026-02-28}\nräknar: Händelser som rapporterats\nkategorier:\n"
        "  - {tema: trafik, antal: 5, bruten_serie: Nya mätare.}\n  - {tema: narkotika, antal: 9}\n"
    )
    found = municipality(month("2026-01", "30"), {"data/provstad/lagesbilder/2026-02.yml": text})
    assert [point.broken for point in theme_series(found, "trafik").points] == ["", "Nya mätare."]
    assert [point.stretch for point in theme_series(found, "narkotika").points] == [0, 0]


def test_a_summary_without_counts_breaks_nothing(municipality):
    found = municipality(
        month("2026-01", "30"), month("2026-02", "", ""), month("2026-03", "31"), month("2026-04", "", "")
    )
    assert {point.stretch for point in theme_series(found, "trafik").points} == {0}


@pytest.mark.parametrize(
    ("now", "before"), [("färre än 5", "30"), ("30", "färre än 5"), ("färre än 5", "färre än 5")]
)
def test_a_hidden_count_never_gives_a_verdict(municipality, now, before):
    first, second = theme_series(
        municipality(month("2026-01", before), month("2026-02", now)), "trafik"
    ).points
    said = compared(second, first)
    assert (said.change, said.reason) == (None, NoVerdict.HIDDEN)


def test_a_missing_count_never_gives_a_verdict(municipality):
    first, second = theme_series(municipality(month("2026-01", "30"), month("2026-02", "")), "trafik").points
    assert compared(second, first).reason is NoVerdict.MISSING
    assert compared(first, second).reason is NoVerdict.MISSING


def test_periods_that_share_days_are_not_held_against_each_other(municipality):
    text = (
        "period: {från: 2026-01-15, till: 2026-02-14}\n"
        + COUNTED
        + "kategorier: [{tema: trafik, antal: 90}]\n"
    )
    found = municipality(month("2026-01", "10"), {"data/provstad/lagesbilder/vinter.yml": text})
    first, second = theme_series(found, "trafik").points
    assert compared(second, first).reason is NoVerdict.OVERLAPPING
    assert not whole_months([second])


def test_a_theme_told_twice_is_not_added_up(municipality):
    text = (
        "period: {från: 2026-01-01, till: 2026-01-31}\nkategorier:\n"
        "  - {tema: trafik, antal: 5}\n  - {tema: trafik, antal: 6}\n"
    )
    (point,) = theme_series(municipality({"data/provstad/lagesbilder/2026-01.yml": text}), "trafik").points
    assert point.count is None


def test_a_place_has_series_of_its_own(municipality):
    text = (
        "period: {från: 2026-01-01, till: 2026-01-31}\n" + COUNTED + "kategorier:\n"
        "  - {tema: trafik, antal: 12, platser: {hamnen: 7}}\n  - {tema: narkotika, antal: 10}\n"
    )
    found = municipality({"data/provstad/lagesbilder/2026-01.yml": text}, month("2026-02", "9"))
    assert place_themes(found, "hamnen") == ["trafik"]
    assert [point.value for point in place_series(found, "trafik", "hamnen").points] == [7, None]


def test_the_same_time_last_year_is_the_same_months_also_in_a_leap_year(municipality):
    found = municipality(
        month("2027-02", "30"), month("2027-03", "30"),
        {"data/provstad/lagesbilder/2028-02.yml": "period: {från: 2028-02-01, till: 2028-02-29}\n"},
    )  # fmt: skip
    points = theme_series(found, "trafik").points
    before = same_time_last_year(points, points[-1])
    assert before is not None
    assert before.summary.id == "2027-02"
    assert same_time_last_year(points, points[0]) is None


def test_part_of_a_series_ends_with_the_period_it_is_for(municipality):
    found = municipality(*(month(f"2026-{n:02d}", "9") for n in range(1, 7)))
    series = theme_series(found, "trafik")
    may = series.points[4].summary
    assert [point.summary.id for point in series.until(may, 3)] == ["2026-03", "2026-04", "2026-05"]
    assert len(series.until(may, 99)) == 5
    assert whole_months(series.points)


@given(st.integers(1, 9), st.integers(0, 400))
def test_a_period_written_backwards_still_has_a_day(first, shift):
    from datetime import date, timedelta

    start = date(2026, first, 1)
    period = SimpleNamespace(start=start, end=start - timedelta(days=shift))
    point = Point(SimpleNamespace(part=SimpleNamespace(period=period)), None)
    assert point.days >= 1
