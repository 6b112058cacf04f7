"""Whoever follows a municipality hears of each thing that happens once, with the day of the data and no other."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from uuid import UUID
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import MINIMAL
from tests.small_sites import built_once, whole
from trygglofte import sites
from trygglofte.outputs import feeds, files_of
from trygglofte.pages import Happening, PortalCard, card_of, happenings, municipality_pages, portal_pages
from trygglofte.progress import pledge_state, status_steps

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 9, 15)
ATOM = "{http://www.w3.org/2005/Atom}"
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
FOLLOWED = """\
titel: Lugnare trafik
gäller: {från: 2026-01-01, till: 2026-12-31}
undertecknande: {datum: 2025-12-10}
platser: [centrum]
åtaganden:
  - {id: kontroller, ansvarig: polisen, vad: Kontrollerar hastigheten, teman: [trafik]}
  - {id: belysning, ansvarig: kommunen, vad: Byter belysning, platser: [hamnen], teman: [narkotika]}
ändringar: [{datum: 2026-03-02, vad: Belysningen skjuts upp, varför: Ett överklagande}]
rättelser: [{datum: 2026-05-20, vad: Fel datum.}]
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: [polisen, kommunen]
    sammanfattning: Det **går** framåt.
    utfall:
      belysning: {status: pågår, gjort: Halva tunneln är klar}
  - period: {från: 2026-05-01, till: 2026-08-31}
    publicerad: 2026-09-11
    rapporterat_av: [polisen, kommunen]
    utfall:
      kontroller: {status: pågår}
      belysning: {status: genomfört}
"""
PLAN = """\
titel: Åtgärdsplan 2026
beslut: {organ: kommunstyrelsen, datum: 2026-01-20}
åtgärder: [{id: a, vad: Gör a, ansvarig: kommunen}]
uppföljningar: [{publicerad: 2026-06-30, sammanfattning: Följer planen., utfall: {a: {status: pågår}}}]
"""
FILES = {PLEDGE: FOLLOWED, "data/provstad/atgardsplaner/2026.yml": PLAN}
REAL = MINIMAL["data/provstad/kommun.yml"].replace("påhittad: ja\n", "").replace('"0000"', '"1480"')


@pytest.fixture
def built(project, provstad):
    """A site and its pages, with the given files over the small project."""
    return lambda files=None, day=DAY: municipality_pages(provstad(project(FILES | (files or {}))), ROOT, day)


@pytest.fixture(scope="module")
def example():
    shared, _ = sites.shared_files(ROOT)
    return sites.municipal_site(ROOT, "exempelkoping", shared, DAY)[:2]


@pytest.fixture(scope="module")
def portal():
    return portal_pages(sites.shared_files(ROOT)[0], [], ROOT, DAY)[0]


def told(site) -> list[str]:
    return [f"{item.day} {item.title}" for item in happenings(site)]


def ids(site) -> list[str]:
    return [item.id for item in happenings(site)]


def test_everything_that_happened_is_told_by_the_days_of_the_data_newest_first(built):
    site, _ = built()
    assert told(site) == [
        "2026-09-11 Uppföljning: Lugnare trafik",
        "2026-09-11 Kontrollerar hastigheten: inte redovisat → pågår",
        "2026-09-11 Byter belysning: pågår → genomfört",
        "2026-06-30 Uppföljning: Åtgärdsplan 2026",
        "2026-05-20 Rättelse: Lugnare trafik",
        "2026-05-11 Uppföljning: Lugnare trafik",
        "2026-05-11 Byter belysning: inte redovisat → pågår",
        "2026-03-02 Ändrat av parterna: Lugnare trafik",
        "2026-01-31 Ny lägesbild januari 2026",
        "2026-01-20 Ny åtgärdsplan 2026",
        "2025-12-10 Nytt medborgarlöfte: Lugnare trafik",
        "2024-01-15 Ny överenskommelse: Samverkan i Provstad",
    ]
    words = {item.title: item.text for item in happenings(site)}
    assert words["Byter belysning: inte redovisat → pågår"] == (
        "Gäller medborgarlöftet Lugnare trafik. Halva tunneln är klar."
    )
    assert words["Ändrat av parterna: Lugnare trafik"] == "Belysningen skjuts upp. Ett överklagande."
    assert [item.text for item in happenings(site)][5] == (
        "Polisen och kommunen redovisar januari–april 2026. Det går framåt."
    )


def test_nothing_is_told_before_its_day(built):
    early = told(built(day=date(2026, 5, 10))[0])
    assert early[0] == "2026-03-02 Ändrat av parterna: Lugnare trafik"
    late = told(built()[0])
    assert late[-len(early) :] == early, "what has been told stands"
    hidden = {PLEDGE: FOLLOWED + "publiceras_från: 2026-09-16\n"}
    assert not [line for line in told(built(hidden)[0]) if "Lugnare" in line or "belysning" in line]
    assert "2026-09-16 Nytt medborgarlöfte: Lugnare trafik" in told(built(hidden, date(2026, 9, 16))[0])


def test_one_changed_status_is_one_entry_and_ten_rebuilds_are_none(built):
    before = ids(built({PLEDGE: FOLLOWED.replace("{status: genomfört}", "{status: pågår}")})[0])
    site, pages = built()
    new = [item for item in happenings(site) if item.id not in before]
    assert [item.title for item in new] == ["Byter belysning: pågår → genomfört"]
    assert set(before) < set(ids(site))
    first = feeds.files(site, pages)
    for number in range(10):
        assert feeds.files(*built(day=date(2026, 9, 15 + number))) == first


def test_ids_do_not_change_with_the_words_the_place_or_the_order(built, project, provstad):
    before = ids(built()[0])
    reworded = FOLLOWED.replace("Byter belysning", "Byter alla lampor").replace("Lugnare", "Mycket lugnare")
    assert ids(built({PLEDGE: reworded.replace("Fel datum", "Fel dag")})[0]) == before
    root = project(FILES)
    (root / PLEDGE).unlink()
    path = root / PLEDGE.replace("2026-trafik", "2026-gator")
    path.write_text(FOLLOWED + "tidigare_adresser: [/medborgarloften/2026-trafik/]\n", "utf-8")
    again, pages = municipality_pages(provstad(root), ROOT, DAY)
    assert sorted(ids(again)) == sorted(before)
    found = files_of(again, pages)
    for name in ("flode.xml", "flode.json", "kalender.ics"):
        assert found[f"medborgarloften/2026-trafik/{name}"] == found[f"medborgarloften/2026-gator/{name}"]
    feed = check_atom(found["medborgarloften/2026-gator/flode.xml"])
    old = check_atom(feeds.files(*built())["medborgarloften/2026-trafik/flode.xml"])
    assert feed.findtext(f"{ATOM}id") == old.findtext(f"{ATOM}id")
    assert all(UUID(id_.removeprefix("urn:uuid:")).version == 5 for id_ in before)


def test_what_is_withdrawn_is_told_without_a_word_of_it(built):
    gone = {
        PLEDGE: FOLLOWED.replace(
            "    sammanfattning: Det",
            "    avpublicerad: {datum: 2026-06-02, skäl: Fel}\n    sammanfattning: Det",
        ),
        "data/provstad/lagesbilder/2026-02.yml": (
            "titel: HEMLIGT\nperiod: {från: 2026-02-01, till: 2026-02-28}\n"
            "avpublicerad: {datum: 2026-04-02, skäl: Pekade ut någon.}\n"
        ),
    }
    site, pages = built(gone)
    found = {item.title: item for item in happenings(site)}
    assert found["En uppföljning har tagits bort: Lugnare trafik"].text == "Skäl: Fel."
    summary = found["En lägesbild har tagits bort"]
    assert (summary.day, summary.text, summary.address) == (
        date(2026, 4, 2), "Skäl: Pekade ut någon.", "lagesbilder/",
    )  # fmt: skip
    assert "Byter belysning: inte redovisat → genomfört" in found
    whole = "".join(map(str, feeds.files(site, pages).values()))
    assert "HEMLIGT" not in whole
    assert "lagesbilder/2026-02/" not in whole
    assert "går framåt" not in whole


def test_an_extension_and_a_partial_date_say_no_more_than_they_know(built):
    valid = "gäller: {från: 2026, till: 2026-12-31, förlängt: [{till: 2027-06-30, beslutat: 2026-08-24, varför: A}]}"
    text = FOLLOWED.replace("gäller: {från: 2026-01-01, till: 2026-12-31}", valid)
    text = text.replace("undertecknande: {datum: 2025-12-10}\n", "")
    found = told(built({PLEDGE: text})[0])
    assert "2026-08-24 Förlängt: Lugnare trafik" in found
    assert "2026-01-01 Nytt medborgarlöfte: Lugnare trafik" in found
    assert not [
        line for line in told(built({PLEDGE: text.replace("2026-08-24", "2026-08")})[0]) if "Förl" in line
    ]


def test_the_last_step_of_a_commitment_is_the_status_its_page_shows(example):
    site, _ = example
    for filed in site.everything.pledges:
        steps = list(status_steps(filed.part))
        assert all(step.before is not step.after for step in steps)
        last = {step.promise.commitment.id: step.after for step in steps}
        for state in pledge_state(filed.part, site.today, 30).commitments:
            told_last = last.get(state.promise.commitment.id)
            assert told_last in {state.status, None}
            assert told_last or str(state.status) == "inte redovisat"


# Feeds

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


def texts(element, name) -> list[str]:
    return [child.text or "" for child in element.findall(f"{ATOM}{name}")]


def check_atom(text: str) -> ElementTree.Element:
    """RFC 4287: what a feed and an entry must hold, once, and in what form."""
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(texts(element, name)) == 1, name
            assert texts(element, name)[0].strip(), name
        assert urlsplit(texts(element, "id")[0]).scheme == "urn"
        for moment in (*texts(element, "updated"), *texts(element, "published")):
            assert RFC3339.fullmatch(moment)
            assert datetime.fromisoformat(moment).tzinfo
        links = element.findall(f"{ATOM}link")
        assert all(urlsplit(link.get("href")).scheme == "https" for link in links)
        kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in links]
        assert len(kinds) == len(set(kinds))
        assert "alternate" in {link.get("rel") for link in links}
        assert len(texts(element, "summary")) <= 1
    assert "self" in {link.get("rel") for link in feed.findall(f"{ATOM}link")}
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    found = [texts(entry, "id")[0] for entry in entries]
    assert len(found) == len(set(found))
    changed = [texts(entry, "updated")[0] for entry in entries]
    assert changed == sorted(changed, reverse=True)
    assert not changed or texts(feed, "updated")[0] == changed[0]
    return feed


def check_json_feed(text: str) -> dict:
    """JSON Feed 1.1: required keys, and the form of the others that are used."""
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert all(isinstance(author["name"], str) for author in feed["authors"])
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item["content_text"], str)
        assert item["content_text"]
        assert RFC3339.fullmatch(item["date_published"])
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert urlsplit(item["url"]).scheme == "https"
    return feed


def test_every_feed_is_valid_and_both_formats_say_the_same(example):
    found = feeds.files(*example)
    atoms = {name: text for name, text in found.items() if name.endswith(".xml")}
    assert len(atoms) > 25
    assert len({check_atom(text).findtext(f"{ATOM}id") for text in atoms.values()}) == len(
        set(atoms.values())
    )
    for name, text in atoms.items():
        feed, other = check_atom(text), check_json_feed(found[name.replace(".xml", ".json")])
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) <= 50
        assert [(item["id"], item["title"], item["content_text"]) for item in other["items"]] == [
            (texts(e, "id")[0], texts(e, "title")[0], texts(e, "summary")[0]) for e in entries
        ]
        own = feed.find(f"{ATOM}link[@rel='self']").get("href")
        assert other["feed_url"] == own.replace(".xml", ".json")


def test_every_entry_leads_to_a_place_that_is_there(example):
    site, pages = example
    places = {page.address: set(re.findall(r'\bid="([^"]+)"', page.html)) for page in pages}
    for item in happenings(site):
        address, anchor = urldefrag(item.address)
        assert address in places, item
        assert not anchor or anchor in places[address], item


def test_a_feed_of_a_theme_a_place_or_a_pledge_holds_what_is_about_it(built):
    site, pages = built()
    found = {feed.address: [item.title for item in feed.items] for feed in feeds.feeds_of(site, pages)}
    assert set(found) == {
        "", "teman/trafik/", "teman/narkotika/", "platser/centrum/", "platser/hamnen/",
        "medborgarloften/2026-trafik/",
    }  # fmt: skip
    light = "Byter belysning: pågår → genomfört"
    assert [address for address, titles in sorted(found.items()) if light in titles] == [
        "", "medborgarloften/2026-trafik/", "platser/hamnen/", "teman/narkotika/",
    ]  # fmt: skip
    assert "Uppföljning: Lugnare trafik" in found["platser/centrum/"]
    assert "Ny lägesbild januari 2026" in found["teman/trafik/"]
    assert "Ny lägesbild januari 2026" not in found["medborgarloften/2026-trafik/"]


@settings(max_examples=30)
@given(
    words=st.text("ab&<>\"'åé]\ufffe\x0b🚲", min_size=1, max_size=20), address=st.text("ab&<>'åé", max_size=6)
)
def test_whatever_was_written_comes_out_as_text(portal, words, address):
    item = Happening("urn:uuid:1", DAY, words, f"x {words}", words, f"{address}/")
    found = feeds.files(replace(portal, news=(item,)), ())
    sayable = words.translate({0xFFFE: None, 0x0B: None})
    assert check_atom(found["flode.xml"]).findtext(f"{ATOM}entry/{ATOM}title") == f"x {sayable}"
    assert check_json_feed(found["flode.json"])["items"][0]["title"] == f"x {words}"


# The portal


def test_the_portal_tells_what_happened_at_every_real_municipality_and_at_its_address(built):
    site, _ = built({"data/provstad/kommun.yml": REAL})
    made_up, _ = built()
    card = card_of(site)
    assert len(card.news) == 12
    portal, pages = portal_pages(
        site.shared, [PortalCard.from_values(json.loads(json.dumps(card.as_values())))], ROOT, DAY
    )
    feed = check_atom(feeds.files(portal, pages)["flode.xml"])
    first = feed.find(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Provstad: Uppföljning: Lugnare trafik"
    assert first.findtext(f"{ATOM}id") == ids(site)[0]
    assert first.find(f"{ATOM}link").get("href").startswith("https://prov.example/provstad/medborgarloften/")
    alone, pages = portal_pages(site.shared, [card_of(made_up)], ROOT, DAY)
    assert not check_atom(feeds.files(alone, pages)["flode.xml"]).findall(f"{ATOM}entry")


def test_a_card_kept_by_an_older_version_has_no_news_and_still_loads(built):
    values = card_of(built()[0]).as_values()
    del values["news"]
    assert PortalCard.from_values(json.loads(json.dumps(values))).news == ()


# Discoverable


def test_feeds_and_calendars_are_found_from_the_pages_they_follow(tmp_path_factory):
    live = built_once(tmp_path_factory.getbasetemp()) / "site"
    for name, calendar in (
        ("", False), ("provstad", True), ("provstad/medborgarloften/2026-trafik", True),
        ("provstad/teman/trafik", False), ("provstad/platser/centrum", False),
    ):  # fmt: skip
        html = LexborHTMLParser((live / name / "index.html").read_text("utf-8"))
        link = html.css_first("link[rel=alternate]")
        assert (link.attributes["type"], link.attributes["href"]) == ("application/atom+xml", "flode.xml")
        ways = [a.attributes["href"] for a in html.css("#innehall > p:last-child a")]
        assert ways == (["flode.xml", "kalender.ics"] if calendar else ["flode.xml"])
        assert all((live / name / way).is_file() for way in (*ways, "flode.json"))
    html = LexborHTMLParser((live / "provstad/om/index.html").read_text("utf-8"))
    assert html.css_first("link[rel=alternate]") is None


def test_a_shared_pledge_is_the_same_news_everywhere_and_told_once_on_the_portal(tmp_path):
    root = whole(tmp_path / "project", {PLEDGE: FOLLOWED + "kommuner: [ostad]\n"})
    (root / "data/ostad/medborgarloften/2026-trafik.yml").unlink()
    shared, _ = sites.shared_files(root)
    owner, other = (sites.municipal_site(root, slug, shared, DAY)[0] for slug in ("provstad", "ostad"))
    mine = {item.id for item in happenings(owner) if item.pledge}
    assert len(mine) == 8
    assert mine == {item.id for item in happenings(other) if item.pledge}
    assert mine < {kept[0] for kept in card_of(owner).news}
    assert not mine & {kept[0] for kept in card_of(other).news}
