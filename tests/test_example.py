"""Exempelköping shows the whole: what a municipality that uses everything looks like, on its example day."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from trygglofte import sites
from trygglofte.library import Library
from trygglofte.model import promises
from trygglofte.model.pledge import Cadence, Status
from trygglofte.model.words import Verdict

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "exempelkoping"
EXAMPLE_DAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def example():
    shared, _ = sites.shared_files(ROOT)
    site, pages, problems = sites.municipal_site(ROOT, "exempelkoping", shared, date(2030, 1, 1))
    assert problems == []
    return site, pages


def test_the_example_is_marked_as_made_up_and_stands_still_in_time(example):
    site, pages = example
    file = site.municipality
    assert (file.code, file.made_up, site.today) == ("0000", True, EXAMPLE_DAY)
    assert site.hidden_from_search_engines
    shared, _ = sites.shared_files(ROOT)
    _, other, _ = sites.municipal_site(ROOT, "exempelkoping", shared, date(2026, 1, 1))
    assert [page.html for page in pages] == [page.html for page in other]


def test_three_pledge_periods_succeed_one_another(example):
    site, _ = example
    pledges = {filed.id: filed.part for filed in site.everything.pledges}
    chain = ["2026-trygg-station"]
    while pledges[chain[-1]].replaces:
        chain.append(pledges[chain[-1]].replaces)
    assert len(chain) >= 3
    for later, earlier in itertools.pairwise(chain):
        assert pledges[later].valid.first == pledges[earlier].valid.last + timedelta(days=1)


def test_there_are_at_least_twelve_commitments_of_several_parties(example):
    site, _ = example
    everything = [promise.commitment for filed in site.everything.pledges for promise in promises(filed.part)]
    assert len(everything) >= 12
    assert any(len(commitment.responsible) > 1 for commitment in everything)
    assert {"polisen", "kommunen"} < {party for commitment in everything for party in commitment.responsible}


@pytest.mark.parametrize("status", Status, ids=str)
def test_every_status_is_there_on_the_example_day(example, status):
    site, pages = example
    found = {status for filed in site.everything.pledges for status in site.state(filed).counts}
    assert status in found
    assert any(page.address.startswith("status/") and page.title == f"Åtaganden: {status}" for page in pages)


def test_every_verdict_on_a_pledge_is_there_on_the_example_day(example):
    site, _ = example
    found = {site.state(filed).verdict for filed in site.everything.pledges}
    assert found >= {str(verdict) for verdict in Verdict} | {"inte redovisat", "inställt", "förs över"}
    assert any(site.state(filed).other_verdicts for filed in site.everything.pledges)


def test_a_word_that_the_figures_contradict_is_shown_with_them_and_with_the_reason(example):
    site, pages = example
    states = [state for filed in site.everything.pledges for state in site.state(filed).commitments]
    assert any(state.differs and state.reason for state in states)
    assert any(len({part.status for part in state.parties}) > 1 for state in states)
    html = next(page for page in pages if page.address == "medborgarloften/2025-foraldrar/").html
    assert "skriver ”genomfört”, men siffrorna ger ”delvis genomfört”" in html
    assert "Skälet: Den tolfte kvällen hölls på nätet" in html


def test_the_years_report_says_of_figures_what_the_pledges_page_says(example):
    """`63 av 66 inom 5 arbetsdagar`, never `63 arbetsdagar`."""
    site, pages = example
    report = next(page.html for page in pages if page.address == "arsrapport/2026/")
    current = [filed for filed in site.everything.pledges if filed.id.startswith("2026-")]
    told = [state.told for filed in current for state in site.state(filed).commitments if state.told]
    assert len(told) > 8
    assert any("inom" in one for one in told)
    lines = report.replace("\n", " ")
    assert [one for one in told if f"{one[:1].upper()}{one[1:]}." not in lines] == []


def test_something_is_late_and_something_has_a_new_schedule(example):
    site, _ = example
    states = [state for filed in site.everything.pledges for state in site.state(filed).commitments]
    assert any(state.outcome and state.outcome.new_due for state in states)
    assert any(state.late_since for state in states)
    assert any(state.figures and state.figures.reached for state in states)


def test_pledges_of_a_year_are_followed_up_every_tertial(example):
    site, _ = example
    followed = [filed.part for filed in site.everything.pledges if filed.part.reporting is Cadence.TERTIAL]
    assert followed
    ends = [report.period.end for pledge in followed for report in pledge.follow_ups]
    assert {(end.month, end.day) for end in ends} == {(4, 30), (8, 31), (12, 31)}
    year = [part for part in followed if part.valid.last < EXAMPLE_DAY]
    assert all({report.period.end.month for report in pledge.follow_ups} == {4, 8, 12} for pledge in year)


def test_there_are_agreements_and_a_plan_on_the_statutory_summary(example):
    site, _ = example
    everything = site.everything
    assert len(everything.agreements) >= 2
    (plan,) = everything.plans
    (basis,) = [filed for filed in everything.summaries if filed.id == plan.part.situation_summary]
    assert basis.part.statutory
    assert basis.part.survey
    assert basis.part.other_information
    assert basis.part.analysis
    assert any(measure.pledge for measure in plan.part.measures)


def test_there_are_two_years_of_monthly_summaries_without_a_gap_and_one_is_irregular(example):
    site, _ = example
    periods = sorted(
        (filed.part.period for filed in site.everything.summaries if not filed.part.statutory),
        key=lambda period: period.start,
    )
    assert len(periods) >= 24
    for before, after in itertools.pairwise(periods):
        assert after.start == before.end + timedelta(days=1)
    regular = [p for p in periods if p.start.day == 1 and (p.end + timedelta(days=1)).day == 1]
    assert len(periods) - len(regular) >= 1
    assert periods[-1].end < EXAMPLE_DAY


def test_places_contacts_and_hours_are_there_and_places_are_used(example):
    site, pages = example
    file = site.municipality
    addresses = {page.address for page in pages}
    assert len([place for place in file.places if f"platser/{place.id}/" in addresses]) >= 5
    for contact in (file.contacts.centre, file.contacts.coordination, file.contacts.feedback):
        assert contact.phone
        assert contact.email
    assert file.contacts.centre.hours
    assert file.contacts.coordination.hours
    assert file.cooperation.forums
    assert file.cooperation.duties


def test_every_theme_that_is_used_exists(example):
    site, _ = example
    known = {theme.id for theme in site.themes}
    everything = site.everything
    used = {
        theme for filed in everything.pledges for promise in promises(filed.part) for theme in promise.themes
    }
    used |= {category.theme for filed in everything.summaries for category in filed.part.categories}
    used |= {
        theme for filed in everything.plans for measure in filed.part.measures for theme in measure.themes
    }
    assert used
    assert used <= known


def files() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(FOLDER.rglob("*.yml"))}


RESERVED_NUMBERS = re.compile(r"0980-319 ?2\d\d")
"""PTS keeps 0980-319 200 – 0980-319 299 for books, films and examples."""


def test_no_address_and_no_number_can_reach_anybody():
    for name, text in files().items():
        hosts = re.findall(r"[\w.+-]+@([\w.-]+)", text) + re.findall(r"https?://([\w.-]+)", text)
        for host in hosts:
            assert host.endswith(".example") or host in {"rkrattsbaser.gov.se", "www.bra.se", "bra.se"}, (
                name,
                host,
            )
        rest = RESERVED_NUMBERS.sub("", text)
        assert not re.search(r"(?<![\w./-])0\d{1,3}-\d[\d ]{4,}", rest), name
        assert not re.search(r"\+46|\b07\d{8}\b", rest), name


def test_nobody_is_named():
    """A made-up municipality has roles only: a made-up name may be somebody's."""
    assert not any(
        re.search(r"^\s+(?:- )?\{?namn: [A-ZÅÄÖ]\w+ [A-ZÅÄÖ]\w+, ", text, re.MULTILINE)
        for text in files().values()
    )
    shared, _ = sites.shared_files(ROOT)
    municipality = Library(ROOT).municipality("exempelkoping", shared).municipality
    for filed in (*municipality.agreements, *municipality.pledges):
        assert not filed.part.signing or all(who.name is None for who in filed.part.signing.by)
