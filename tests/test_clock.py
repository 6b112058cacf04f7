"""The honest clock: what is due, whose report is missing, and since when. Golden tables of days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.test_progress import AUTUMN, BOTH, SPRING, SUMMER, YEAR, commitment, pledge, report
from trygglofte import progress

DAY = date.fromisoformat
ONGOING = "{status: pågår}"


def clock(*args, today: str, days=30, **keys) -> str:
    """A clock in one line: `försenad 2026-05-30 polisen; nästa 2026-09-30 kommunen`."""
    found = progress.clock_of(pledge(*args, **keys), DAY(today), days)
    parts = [f"försenad {item.due} {' '.join(item.parties)}".strip() for item in found.late]
    if found.coming:
        parts.append(f"nästa {found.coming.due} {' '.join(found.coming.parties)}".strip())
    return "; ".join(parts)


# One party's report never speaks for another

PARTIES_CASES = {
    "nobody has reported": ((), "2026-06-01", "försenad 2026-05-30 kommunen polisen; nästa 2026-09-30"),
    "one of two has": (
        (report(SPRING, ONGOING, by="polisen"),),
        "2026-06-01",
        "försenad 2026-05-30 kommunen; nästa 2026-09-30 polisen",
    ),
    "both have, together": (
        (report(SPRING, ONGOING, by=BOTH),),
        "2026-06-01",
        "nästa 2026-09-30 kommunen polisen",
    ),
    "both have, each by itself": (
        (report(SPRING, ONGOING, by="polisen"), report(SPRING, ONGOING, by="kommunen")),
        "2026-06-01",
        "nästa 2026-09-30 kommunen polisen",
    ),
    "each is late since its own day": (
        (report(SPRING, ONGOING, by="polisen"),),
        "2026-10-01",
        "försenad 2026-05-30 kommunen; försenad 2026-09-30 polisen; nästa 2027-01-30",
    ),
    "somebody else's report is not theirs": (
        (report(SPRING, ONGOING, by="trafikverket"),),
        "2026-05-30",
        "nästa 2026-05-30 kommunen polisen",
    ),
    "who has told the end has no more to tell": (
        (report(SPRING, "{status: genomfört}", by="polisen"), report(SPRING, ONGOING, by="kommunen")),
        "2026-10-01",
        "försenad 2026-09-30 kommunen; nästa 2027-01-30",
    ),
    "each tells its own end": (
        (
            report(
                SPRING, "{per_part: {polisen: {status: genomfört}, kommunen: {status: pågår}}}", by=BOTH
            ),
        ),
        "2026-06-01",
        "nästa 2026-09-30 kommunen",
    ),
    "all have told the end": ((report(SPRING, "{status: inställt}", by=BOTH),), "2027-06-01", ""),
    "what was ended is open again": (
        (report(SPRING, "{status: genomfört}", by=BOTH), report(SUMMER, ONGOING, by=BOTH)),
        "2026-10-01",
        "nästa 2027-01-30 kommunen polisen",
    ),
    "a report of figures is no end": (
        (report(AUTUMN, "{totalt_hittills: 9}", by=BOTH),),
        "2027-06-01",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTIES_CASES)
def test_each_partys_reports_are_awaited_by_themselves(name):
    reports, today, expected = PARTIES_CASES[name]
    assert clock(commitment(responsible=BOTH), *reports, reporting="varje tertial", today=today) == expected


def test_where_nobody_is_named_anybodys_report_counts():
    unnamed = "{id: c, vad: Gör c}"
    assert clock(unnamed, reporting="varje år", today="2027-02-01") == "försenad 2027-01-30"
    told = report(("2026-01-01", "2026-12-31"), ONGOING, by="kommunen")
    assert clock(unnamed, told, reporting="varje år", today="2027-02-01") == ""


# Listed days

EXTRA = ("2026-01-01", "2026-02-28")
LISTED_CASES = {
    # (reports, today): with `följs_upp: [2026-06, 2026-12]`
    ((), "2026-06-30"): "nästa 2026-06-30 polisen",
    ((), "2026-07-01"): "försenad 2026-06-30 polisen; nästa 2026-12-31",
    ((EXTRA,), "2026-07-01"): "försenad 2026-06-30 polisen; nästa 2026-12-31",
    ((EXTRA, ("2026-01-01", "2026-06-12")), "2026-07-01"): "nästa 2026-12-31 polisen",
    ((("2026-01-01", "2026-06-12"), ("2026-06-13", "2026-08-31")), "2027-01-01"): "försenad 2026-12-31 polisen",
    ((("2026-01-01", "2026-06-12"), ("2026-06-13", "2026-11-30")), "2027-01-01"): "",
    ((("2026-01-01", "2026-11-30"),), "2027-01-01"): "",
}  # fmt: skip


@pytest.mark.parametrize("case", LISTED_CASES, ids=str)
def test_an_early_extra_follow_up_answers_no_listed_day_to_come(case):
    periods, today = case
    reports = [report(period, ONGOING) for period in periods]
    assert clock(commitment(), *reports, reporting="[2026-06, 2026-12]", today=today) == LISTED_CASES[case]


def test_a_late_report_answers_its_own_listed_day_and_not_the_next():
    late = report(("2026-01-01", "2026-05-31"), ONGOING, published="2026-12-03")
    said = clock(commitment(), late, reporting="[2026-06, 2026-12]", today="2027-01-01")
    assert said == "försenad 2026-12-31 polisen"


def test_a_report_published_on_a_listed_day_answers_it_whatever_it_covers():
    first = report(("2026-01-01", "2026-12-31"), ONGOING, published="2027-01-20")
    evaluation = report(("2026-01-01", "2026-12-31"), ONGOING, published="2027-06-10")
    said = clock(commitment(), first, evaluation, reporting="[2027-01, 2027-06]", today="2027-07-01")
    assert said == ""


def test_a_listed_day_before_anybody_knows_when_the_pledge_began():
    assert clock(commitment(), report(("2026-03-01", "2026-04-30"), ONGOING), valid=None,
                 reporting="[2026-05-15]", today="2026-06-01") == ""  # fmt: skip
    assert clock(commitment(), report(("2025-03-01", "2025-04-30"), ONGOING), valid=None,
                 reporting="[2026-05-15]", today="2026-06-01") == "försenad 2026-05-15 polisen"  # fmt: skip


# Periods that are not exact

PERIODS = {
    # the period: days of `varje tertial`, with no time to report
    "{från: 2026-02, till: 2026-12-31}": "2026-04-30 2026-08-31 2026-12-31",
    "{från: 2026, till: 2027}": "2026-12-31 2027-04-30 2027-08-31 2027-12-31",
    "{från: {ordalydelse: i vår, tidigast: 2026-03, senast: 2026-05}, till: 2026-12-31}": "2026-08-31 2026-12-31",
    "{från: {ordalydelse: i vår}, till: 2026-12-31}": "",
    "{från: {ordalydelse: i vår, tidigast: 2026-03}, till: 2026-12-31}": "",
    "{från: 2026-01-01, till: {ordalydelse: till hösten, tidigast: 2026-09, senast: 2027-06}}": (
        "2026-04-30 2026-08-31 2027-06-30"
    ),
    "{från: 2026-01-01, till: {ordalydelse: till hösten, tidigast: 2026-09}}": "2026-04-30 2026-08-31",
    "{från: 2026-01-01, till: {ordalydelse: till hösten, senast: 2026-11}}": "2026-11-30",
    "{från: 2026-01-01, till: 2027-06-30}": "2026-04-30 2026-08-31 2026-12-31 2027-04-30 2027-06-30",
}


@pytest.mark.parametrize("valid", PERIODS)
def test_what_is_not_known_of_a_period_makes_nothing_due(valid):
    days = progress.due_dates(pledge(commitment(), valid=valid, reporting="varje tertial"), 0)
    assert " ".join(due.isoformat() for _, due in days) == PERIODS[valid]


@pytest.mark.parametrize(
    "valid",
    ["{från: 2026-01-01, till: tills vidare}", "{från: 2026-01-01}",
     "{från: 2026-01-01, till: {ordalydelse: mandatperioden ut}}"],
)  # fmt: skip
def test_a_pledge_without_known_end_goes_on_being_due(valid):
    told = report(AUTUMN, ONGOING)
    said = clock(commitment(), told, valid=valid, reporting="varje år", today="2029-01-01")
    assert said == "försenad 2028-01-30 polisen; nästa 2029-01-30"


def test_what_is_followed_up_continuously_is_never_late():
    assert clock(commitment(), valid=YEAR, reporting="löpande", today="2030-01-01") == ""
    assert clock(commitment(), valid=YEAR, today="2030-01-01") == ""
