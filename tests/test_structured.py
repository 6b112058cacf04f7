"""What pages tell search engines of themselves is what the pages say, and cannot become code."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import MINIMAL
from trygglofte.pages import municipality_pages, portal_pages
from trygglofte.pages.structured import structured

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 9, 15)
KOMMUN = "data/provstad/kommun.yml"
REAL = MINIMAL[KOMMUN].replace("påhittad: ja\n", "").replace('"0000"', '"1480"')
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"


@pytest.fixture
def told(project, provstad):
    """The graph of every page that has one, by address."""

    def make(files=None):
        site, pages = municipality_pages(provstad(project({KOMMUN: REAL} | (files or {}))), ROOT, DAY)
        texts = {page.address: structured(page, site) for page in pages}
        return {address: json.loads(text)["@graph"] for address, text in texts.items() if text}

    return make


def kinds(graph):
    return [item["@type"] for item in graph]


def test_the_start_page_tells_who_answers_for_it_and_how_to_search(told):
    (website,) = told()[""]
    assert (website["@type"], website["url"]) == ("WebSite", "https://prov.example/provstad/")
    assert website["publisher"] == {"@type": "GovernmentOrganization", "name": "Provstads kommun"}
    action = website["potentialAction"]
    assert action["target"]["urlTemplate"] == "https://prov.example/provstad/sok/?q={search_term_string}"
    assert action["query-input"] == "required name=search_term_string"


def test_a_pledge_tells_its_days_its_time_and_its_places(told):
    text = MINIMAL[PLEDGE] + "undertecknande: {datum: 2026-01-15}\nplatser: [centrum]\n"
    crumbs, work = told({PLEDGE: text})["medborgarloften/2026-trafik/"]
    assert [(step["position"], step["name"]) for step in crumbs["itemListElement"]] == [
        (1, "Start"), (2, "Medborgarlöften"), (3, "Lugnare trafik"),
    ]  # fmt: skip
    assert crumbs["itemListElement"][2]["item"] == work["url"]
    assert (work["@type"], work["datePublished"], work["dateModified"]) == (
        "CreativeWork",
        "2026-01-15",
        "2026-01-15",
    )
    assert work["temporalCoverage"] == "2026-01-01/2026-12-31"
    assert [place["name"] for place in work["spatialCoverage"]] == ["Provstads kommun", "Centrum"]


@pytest.mark.parametrize(
    ("valid", "said"),
    [("{från: 2026-01, till: tills vidare}", "2026-01/.."), ("{från: 2026-01-01}", None), ("{till: 2026-12-31}", None),
     ("{från: 2026-01-01, till: 2026-12-31, förlängt: [{till: 2027-06-30}]}", "2026-01-01/2027-06-30")],
)  # fmt: skip
def test_time_is_told_as_far_as_it_is_known(told, valid, said):
    text = MINIMAL[PLEDGE].replace("{från: 2026-01-01, till: 2026-12-31}", valid)
    assert told({PLEDGE: text})["medborgarloften/2026-trafik/"][1].get("temporalCoverage") == said


def test_a_summary_is_a_report_of_its_period(told):
    work = told()["lagesbilder/2026-01/"][1]
    assert (work["@type"], work["temporalCoverage"]) == ("Report", "2026-01-01/2026-01-31")
    assert "datePublished" not in work


def test_pages_that_search_engines_may_not_show_tell_nothing(told):
    assert told({KOMMUN: MINIMAL[KOMMUN]}) == {}
    assert told({KOMMUN: REAL + "drivs_av: projektet\n"}) == {}
    assert "sok/" not in told()


def test_text_cannot_leave_its_block(project, provstad):
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    files = {KOMMUN: REAL, PLEDGE: MINIMAL[PLEDGE].replace("Lugnare trafik", f'"{evil[:-1]}"')}
    site, pages = municipality_pages(provstad(project(files)), ROOT, DAY)
    page = next(page for page in pages if page.address == "medborgarloften/2026-trafik/")
    text = structured(page, site)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["@graph"][1]["name"] == page.title


def test_a_heavy_page_keeps_its_weight(project, provstad):
    from dataclasses import replace

    site, pages = municipality_pages(provstad(project({KOMMUN: REAL})), ROOT, DAY)
    page = next(page for page in pages if page.address == "medborgarloften/2026-trafik/")
    assert 200 < len(structured(page, site)) < 1500
    assert structured(replace(page, body="å" * 20_000), site) == ""


def test_the_portal_tells_of_itself(project, provstad):
    shared = provstad(project()).shared
    site, pages = portal_pages(shared, [], ROOT, DAY)
    start = next(page for page in pages if page.address == "")
    assert kinds(json.loads(structured(start, site))["@graph"]) == ["WebSite"]
    assert '"@type":"Organization"' in structured(start, site)
