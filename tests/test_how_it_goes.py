"""Pages across pledges: every commitment counted once, dates that are facts, and nothing claimed of the law."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import MINIMAL
from trygglofte import sites
from trygglofte.model import Pledge, interpret
from trygglofte.pages import PortalCard, municipality_pages
from trygglofte.pages.portions import numbered, portions
from trygglofte.reading import read_document

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 9, 15)
N = "\u00a0"
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
KOMMUN = "data/provstad/kommun.yml"
FRAME = 8_000
"""More bytes than the frame around a page takes, shapes and all."""


def pages_of(provstad, root, today=TODAY):
    _, pages = municipality_pages(provstad(root), ROOT, today)
    return {page.address: page for page in pages}


def body(page) -> LexborHTMLParser:
    return LexborHTMLParser(f"<html><body>{page.html}</body></html>")


def words(page_or_node) -> str:
    node = page_or_node if hasattr(page_or_node, "text") else body(page_or_node).body
    return " ".join(node.text(separator=" ").replace(N, " ").split())


def row_of(pages, of: str) -> list:
    """The pages of a row of pages, from the first on."""
    found, number = [], 1
    while (address := numbered(of, number)) in pages:
        found.append(pages[address])
        number += 1
    return found


def told(pages, of: str) -> list[str]:
    """Where the rows of a table or list lead, without the way up."""
    rows = [row for page in row_of(pages, of) for row in body(page).css("#tabell tbody tr, .tl-rows > li")]
    links = (next(a for a in row.css("a") if "#" in a.attributes["href"]) for row in rows)
    return [link.attributes["href"].replace("../", "") for link in links]


# Each commitment once

PARTIES, THEMES, PLACES = ("kommunen", "polisen", "räddning"), ("trafik", "narkotika"), ("centrum", "hamnen")
STATUSES = (
    "pågår",
    "genomfört",
    "delvis genomfört",
    "inte genomfört",
    "inställt",
    "förs över",
    "planerat",
    None,
)
some = lambda values: st.lists(st.sampled_from(values), max_size=2, unique=True)  # noqa: E731
commitment = st.tuples(some(PARTIES), some(THEMES), some(PLACES), st.sampled_from(STATUSES))
pledge = st.tuples(
    st.sampled_from(["2023", "2025", "2026", "2024-03-01/2026-08-31", ""]),
    st.lists(commitment, min_size=1, max_size=5),
)


def written(period: str, commitments: list) -> str:
    """A pledge in YAML, with a report on those of its commitments that have a status."""
    first, last = (period.split("/") * 2)[:2]
    lines = ["titel: Löfte", f"gäller: {{från: {first}, till: {last}}}" if period else ""]
    lines.append("åtaganden:")
    for number, (parties, themes, places, _) in enumerate(commitments):
        lines.append(
            f"  - {{id: c{number}, vad: Gör {number}, ansvarig: [{', '.join(parties)}], "
            f"teman: [{', '.join(themes)}], platser: [{', '.join(places)}]}}"
        )
    heard = [(number, c[3]) for number, c in enumerate(commitments) if c[3]]
    if heard:
        lines += ["uppföljningar:", "  - period: {från: 2023-01-01, till: 2023-04-30}"]
        lines += ["    publicerad: 2023-05-11", f"    rapporterat_av: [{', '.join(PARTIES)}]", "    utfall:"]
        lines += [f"      c{number}: {{status: {status}}}" for number, status in heard]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def empty(tmp_path_factory, lay_out):
    """Provstad as it is read, for pledges to be put in."""
    extra = {
        KOMMUN: MINIMAL[KOMMUN].replace("platser:", "  - {id: räddning, namn: Räddningstjänsten}\nplatser:")
    }
    root = lay_out(tmp_path_factory.mktemp("empty"), MINIMAL | extra)
    shared, _ = sites.shared_files(root)
    return sites.Library(root).municipality("provstad", shared).municipality


def with_pledges(municipality, texts: list[str]):
    filed = municipality.pledges[0]
    made = []
    for number, text in enumerate(texts):
        name = f"data/provstad/medborgarloften/p{number}.yml"
        tree, problems = read_document(text.encode(), name)
        assert not problems
        part = interpret(tree, Pledge, name).part
        assert part is not None, text
        made.append(replace(filed, id=f"p{number}", file=name, tree=tree, part=part))
    _, pages = municipality_pages(replace(municipality, pledges=tuple(made)), ROOT, TODAY)
    return {page.address: page for page in pages}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pledges=st.lists(pledge, min_size=1, max_size=4))
def test_every_listing_adds_up_to_every_commitment_once(empty, pledges):
    pages = with_pledges(empty, [written(*one) for one in pledges])
    promised = [one for _, many in pledges for one in many]
    counts = {node.parent.text(): int(node.text()) for node in body(pages["status/"]).css(".tl-counts b")}
    assert sum(counts.values()) == len(promised)
    by_status = [
        row for address in pages if re.fullmatch(r"status/[a-z-]+/", address) for row in told(pages, address)
    ]
    assert sorted(set(by_status)) == sorted(by_status)
    assert len(by_status) == len(promised)

    ended = [address for address in pages if re.fullmatch(r"ataganden/avslutade-\d+/", address)]
    over = [row for address in ended for row in told(pages, address)]
    now = [row for row in told(pages, "ataganden/") if row not in over]
    assert sorted(now + over) == sorted(by_status)
    for order in ("efter-status/", "efter-part/", "efter-tid/"):
        assert sorted(told(pages, f"ataganden/{order}")) == sorted(told(pages, "ataganden/"))

    for slug, party in (("kommunen", "kommunen"), ("polisen", "polisen"), ("raddning", "räddning")):
        assert len(told(pages, f"parter/{slug}/")) == sum(party in one[0] for one in promised)
    for folder, which in (("teman", 1), ("platser", 2)):
        for name in (THEMES, PLACES)[which - 1]:
            assert len(told(pages, f"{folder}/{name}/")) == sum(name in one[which] for one in promised)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pledges=st.lists(pledge, min_size=1, max_size=3))
def test_the_lines_of_a_years_report_add_up_to_every_commitment_of_the_year(empty, pledges):
    pages = with_pledges(empty, [written(*one) for one in pledges])
    for year in (2023, 2024, 2025, 2026):
        spans = [(period.split("/") * 2)[:2] for period, _ in pledges]
        due = sum(
            len(many)
            for (first, last), (period, many) in zip(spans, pledges, strict=True)
            if period and int(first[:4]) <= year <= int(last[:4])
        )
        if not due:
            continue
        of_year = row_of(pages, f"arsrapport/{year}/")
        lines = [words(row.css("td")[-1]) for row in body(of_year[0]).css("#korthet ~ table tbody tr")]
        assert int(lines[-1]) == sum(map(int, lines[:-1])) == due
        assert sum(len(body(page).css(".tl-table--report tbody tr")) for page in of_year) == due


@settings(max_examples=50)
@given(sizes=st.lists(st.integers(1, 120)), first=st.integers(0, 200), room=st.integers(1, 200))
def test_portions_keep_everything_in_order_and_none_is_fuller_than_it_must(sizes, first, room):
    pieces = portions(sizes, lambda size: size, first, room)
    assert [size for piece in pieces for size in piece] == sizes
    assert pieces
    assert all(pieces) or not sizes
    for piece in pieces:
        assert sum(piece) <= room or len(piece) == 1


def test_no_page_of_a_thousand_commitments_weighs_more_than_45_kb(empty):
    many = [
        (["kommunen", "polisen"], list(THEMES), list(PLACES), ("pågår", "genomfört", None)[number % 3])
        for number in range(50)
    ]
    texts = [
        written("2026", many).replace(
            "vad: Gör", "vad: Ett åtagande som beskrivs med ganska många ord, nummer"
        )
        for _ in range(20)
    ]
    pages = with_pledges(empty, texts)
    lists = [
        page
        for address, page in pages.items()
        if address.split("/")[0]
        in {"", "ataganden", "status", "parter", "teman", "platser", "arsrapport", "kommer"}
    ]
    assert len(told(pages, "ataganden/")) == 1000
    assert max(len(page.html.encode()) for page in lists) < 45_000 - FRAME


def test_parties_whose_names_come_out_alike_have_a_page_each(project, provstad):
    root = project(
        {
            KOMMUN: MINIMAL[KOMMUN].replace(
                "platser:", "  - {id: råd, namn: Rådet}\n  - {id: rad, namn: Raden}\nplatser:"
            ),
            PLEDGE: "titel: Löfte\ngäller: {från: 2026, till: 2026}\nåtaganden:\n"
            "  - {id: a, ansvarig: råd, vad: A}\n  - {id: b, ansvarig: rad, vad: B}\n",
        }
    )
    pages = pages_of(provstad, root)
    assert (pages["parter/rad/"].title, pages["parter/rad-2/"].title) == ("Rådet", "Raden")
    assert told(pages, "parter/rad-2/") == ["medborgarloften/2026-trafik/#atagande-b"]


def test_a_municipality_without_pledges_has_no_pages_about_them(project, provstad):
    root = project({})
    (root / PLEDGE).unlink()
    pages = pages_of(provstad, root)
    assert not [a for a in pages if a.split("/")[0] in {"ataganden", "parter", "status", "kommer"}]
    assert "ataganden/" not in pages[""].html
    assert "Inget medborgarlöfte som gäller 2026 är publicerat här." in words(pages["arsrapport/2026/"])


# The table

TABLE = """\
titel: Trafik
gäller: {från: 2026-01-01, till: 2026-12-31}
följs_upp: varje tertial
åtaganden:
  - {id: a, ansvarig: polisen, vad: Sent, klart_senast: 2026-12-31, teman: [trafik], platser: [hamnen]}
  - {id: b, ansvarig: [polisen, kommunen], vad: Tidigt, klart_senast: 2026-03-31}
  - {id: c, ansvarig: kommunen, vad: Flyttat, klart_senast: 2026-02}
  - {id: d, vad: Utan tid}
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: [polisen, kommunen]
    utfall:
      a: {status: genomfört}
      b: {status: pågår}
      c: {status: planerat, ny_tidplan: 2026-10}
"""


def test_the_table_says_of_every_commitment_what_is_known(project, provstad):
    pages = pages_of(provstad, project({PLEDGE: TABLE}))
    rows = [words(row) for row in body(pages["ataganden/"]).css("#tabell tbody tr")]
    assert rows == [
        "Sent Trafik Polisen Trafik Hamnen Genomfört 11 maj 2026 31 december 2026",
        "Tidigt Trafik Polisen Kommunen – – Pågår 11 maj 2026 Skulle ha varit klart 31 mars 2026",
        "Flyttat Trafik Kommunen – – Planerat 11 maj 2026 oktober 2026",
        "Utan tid Trafik – – – Inte redovisat – –",
    ]
    assert "Läget den 15 september 2026." in words(pages["ataganden/"])


@pytest.mark.parametrize(
    ("order", "expected"),
    [("", "abcd"), ("efter-status/", "cbad"), ("efter-part/", "cbad"), ("efter-tid/", "bcad")],
)
def test_each_order_is_a_page_that_says_which_it_is(order, expected, project, provstad):
    pages = pages_of(provstad, project({PLEDGE: TABLE}))
    page = pages[f"ataganden/{order}"]
    assert "".join(row[-1] for row in told(pages, f"ataganden/{order}")) == expected
    assert len(body(page).css("th[aria-sort]")) == (1 if order else 0)
    assert page.script == "assets/ataganden.js"
    assert page.searchable is (order == "")


def test_a_day_that_has_not_passed_is_marked_and_one_that_has_is_not(project, provstad):
    pages = pages_of(provstad, project({PLEDGE: TABLE}))
    marked = [n.attributes["datetime"] for n in body(pages["ataganden/"]).css("[data-due]")]
    assert marked == ["2026-10-31"], "what is done can never become late"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(today=st.dates(date(2016, 1, 1), date(2030, 12, 31)))
def test_whatever_the_day_nothing_ahead_is_late_and_nothing_past_is_ahead(empty, today):
    tree, _ = read_document((TABLE + "ersätter: x\n").encode(), PLEDGE)
    filed = replace(empty.pledges[0], tree=tree, part=interpret(tree, Pledge, PLEDGE).part)
    _, pages = municipality_pages(replace(empty, pledges=(filed,)), ROOT, today)
    for page in pages:
        for node in body(page).css("[data-due]"):
            assert date.fromisoformat(node.attributes["datetime"]) >= today, page.address
        for node in body(page).css("#tabell time:empty"):
            assert date.fromisoformat(node.attributes["datetime"]) < today, page.address
    assert not [
        page.address for page in pages if re.fullmatch(rf"arsrapport/{today.year + 1}/", page.address)
    ]


def test_with_no_pledge_left_the_table_shows_those_that_ended_last(project, provstad):
    root = project({PLEDGE: TABLE})
    pages = pages_of(provstad, root, date(2027, 3, 1))
    assert "Inget publicerat löfte gäller nu. Här är 4 åtaganden i de löften som tog slut 2026." in words(
        pages["ataganden/"]
    )
    assert told(pages, "ataganden/avslutade-2026/") == told(pages, "ataganden/")


# What is due


def test_what_is_due_gives_dates_and_never_days_left_or_praise(project, provstad):
    agreement = MINIMAL["data/provstad/overenskommelser/2024-2027.yml"] + (
        "gäller: {från: 2024-01-01, till: 2027-12-31}\nutvärderas: varje år\n"
    )
    root = project({PLEDGE: TABLE, "data/provstad/overenskommelser/2024-2027.yml": agreement})
    said = words(pages_of(provstad, root, date(2026, 9, 30))["kommer/"])
    assert "Skulle ha varit klart 31 mars 2026 Tidigt" in said
    assert "Senast 30 september 2026 : Trafik senast redovisat 11 maj 2026" in said
    assert "Senast 31 oktober 2026 : Trafik 1 åtagande Flyttat planerat" in said
    assert "Samverkan i Provstad utvärderas varje år." in said
    assert "Sent" not in said, "what is done is not due"
    assert not re.search(r"i tid|dagar|dygn|kvar", said)
    after = words(pages_of(provstad, root, date(2026, 10, 1))["kommer/"])
    assert "Försenad redovisning sedan 30 september 2026 Trafik" in after


STATUTORY = """\
titel: Lägesbilden
period: {från: 2023-07-01, till: 2024-06-30}
lagstadgad: ja
kartläggning: En.
övrig_information: Två.
analys: Tre.
"""


@pytest.mark.parametrize(
    ("decision", "today", "expected"),
    [
        (
            "2024-11-20",
            date(2026, 11, 20),
            "beslutad 20 november 2024 . Två år efter det är 20 november 2026 .",
        ),
        (
            "2024-11-20",
            date(2026, 11, 21),
            "beslutad 20 november 2024 . Två år efter det var 20 november 2026 .",
        ),
        ("2024-02-29", date(2026, 3, 1), "Två år efter det var 28 februari 2026"),
        ("2024-11", date(2026, 11, 30), "beslutad november 2024 . Två år efter det är november 2026 ."),
        ("2024-11", date(2026, 12, 1), "Två år efter det var november 2026"),
        ("", date(2026, 6, 30), "gäller till och med 30 juni 2024 . Två år efter det är 30 juni 2026 ."),
    ],
)
def test_the_two_years_of_the_law_are_a_date(decision, today, expected, project, provstad):
    text = STATUTORY + (f"beslut: {{datum: {decision}, organ: kommunstyrelsen}}\n" if decision else "")
    root = project({"data/provstad/lagesbilder/2024-lagstadgad.yml": text})
    pages = pages_of(provstad, root, today)
    for address in ("kommer/", "lagen/"):
        said = words(pages[address]).replace(" .", ".").replace(" ,", ",")
        assert expected.replace(" .", ".") in said, said
        assert "bryter" not in said
        if "var" in expected:
            assert "Något senare är inte publicerat här. Det kan finnas någon annanstans." in said


# The law


def test_the_law_page_says_what_is_here_and_that_the_rest_may_exist(project, provstad):
    extra = MINIMAL[KOMMUN] + (
        "kontakt: {samordningsfunktion: {namn: Samordnaren}}\n"
        "samverkan: {forum: [{namn: Strategiska rådet, rytm: varje kvartal}],\n"
        "  ansvar: [{lagrum: 11–12 §§, titel: Funktion, hur: Vi har en.},\n"
        "           {lagrum: 7 §, titel: Planering, hur: Ihop med folkhälsan.}]}\n"
    )
    root = project({KOMMUN: extra, "data/provstad/lagesbilder/2024-lagstadgad.yml": STATUTORY})
    page = pages_of(provstad, root)["lagen/"]
    parts = {node.css_first("h2").id: words(node) for node in body(page).css("section")}
    assert list(parts) == ["p4", "p5", "p6", "p7", "p9", "p10", "p11-12", "p13"]
    assert "innehåller kartläggning, annan information och analys" in parts["p4"]
    assert parts["p5"].endswith("Uppgift saknas")
    assert "Ihop med folkhälsan." in parts["p7"]
    assert "verka för" in parts["p9"]
    assert "Samverkan i Provstad Undertecknad 15 januari 2024; anger syften och områden" in parts["p9"]
    assert "Strategiska rådet Möts varje kvartal" in parts["p10"]
    assert "Så gör kommunen: Vi har en. Samordnaren" in parts["p11-12"]
    assert "Uppgift saknas om när kommunfullmäktige har fått en rapport." in parts["p13"]
    said = words(page)
    assert "Ingen lag säger att det som står här måste publiceras." in said
    assert "inte att det inte är gjort" in said
    assert 'href="https://data.riksdagen.se/dokument/sfs-2023-196.html"' in page.html


def test_words_about_several_paragraphs_stand_once(project, provstad):
    extra = MINIMAL[KOMMUN] + "samverkan: {ansvar: [{lagrum: 4–6 §§, titel: Bild, hur: Vi har en bild.}]}\n"
    page = pages_of(provstad, project({KOMMUN: extra}))["lagen/"]
    parts = {node.css_first("h2").id: words(node) for node in body(page).css("section")}
    assert parts["p4"].endswith("Så gör kommunen: Vi har en bild.")
    assert parts["p5"].endswith("Se 4 §.")
    assert parts["p6"].endswith("Se 4 §.")
    assert words(page).count("Vi har en bild.") == 1


def test_the_projects_own_sites_speak_of_sources_and_not_for_the_municipality(project, provstad):
    file = MINIMAL[KOMMUN].replace("påhittad: ja", "drivs_av: projektet").replace('"0000"', "1278")
    old = MINIMAL["data/provstad/overenskommelser/2024-2027.yml"].replace("2024-01-15", "2019-01-15")
    root = project({KOMMUN: file, "data/provstad/overenskommelser/2024-2027.yml": old})
    page = pages_of(provstad, root)["lagen/"]
    assert page.title == "Lagen, och vad källorna säger"
    said = words(page)
    assert "Uppgift saknas i de källor vi har läst" in said
    assert "från tiden före lagen" in said
    assert "Så gör kommunen" not in said
    assert "Så uppfyller vi" not in said
    assert "lämna till fullmäktige" not in said


def test_where_nothing_is_published_about_the_law_there_is_no_page(project, provstad):
    root = project({})
    (root / "data/provstad/overenskommelser/2024-2027.yml").unlink()
    (root / PLEDGE).write_text(MINIMAL[PLEDGE].replace("överenskommelse: 2024-2027\n", ""), "utf-8")
    pages = pages_of(provstad, root)
    assert "lagen/" not in pages
    assert not any("lagen/" in page.html for page in pages.values())


# The year's report

YEARLY = TABLE.replace("2026-05-11", "2027-01-20").replace("till: 2026-04-30", "till: 2026-12-31")


def test_a_report_about_the_year_counts_also_when_it_came_after_it(project, provstad):
    root = project({PLEDGE: YEARLY})
    before = pages_of(provstad, root, date(2027, 1, 19))["arsrapport/2026/"]
    after = pages_of(provstad, root, date(2027, 1, 20))["arsrapport/2026/"]
    assert "Alla 4 inte redovisat 4" in words(before)
    said = words(after)
    assert "31 december 2026, med de uppföljningar om året som är publicerade senast 20 januari 2027" in said
    assert "1 genomfört" in said
    assert "Inte redovisat" in said
    assert "Utan tid" in words(body(after).css_first("#inte-redovisat").parent)


def test_what_came_after_the_year_does_not_change_its_report(project, provstad):
    later = (
        YEARLY.replace("till: 2026-12-31}\nföljs", "till: 2027-12-31}\nföljs")
        + """\
  - period: {från: 2027-01-01, till: 2027-04-30}
    publicerad: 2027-05-11
    rapporterat_av: [polisen, kommunen]
    utfall: {b: {status: genomfört}, c: {status: genomfört}}
"""
    )
    pages = pages_of(provstad, project({PLEDGE: later}), date(2027, 6, 1))
    assert "Alla 1 planerat · 1 pågår · 1 genomfört · 1 inte redovisat 4" in words(pages["arsrapport/2026/"])
    assert "Alla 3 genomfört · 1 inte redovisat 4" in words(pages["arsrapport/2027/"])
    assert words(pages["arsrapport/2027/"]).count("Läget den 1 juni 2027") >= 1


def test_the_years_report_tells_of_decisions_and_corrections_of_that_year_alone(project, provstad):
    text = TABLE + (
        "ändringar: [{datum: 2026-03-02, vad: En sak lades till., varför: Behovet.}]\n"
        "rättelser: [{datum: 2025-12-31, vad: Gammalt fel.}, {datum: 2026-09-16, vad: Kommer sen.}]\n"
    )
    pages = pages_of(provstad, project({PLEDGE: text}))
    said = words(pages["arsrapport/2026/"])
    assert "2 mars 2026 Ändrat av parterna: En sak lades till. Skäl: Behovet." in said
    assert "Gammalt fel" not in said
    assert "Kommer sen" not in said
    assert "Januari 2026 Ingen jämförelse" in said
    assert "Hur den utvärderas: uppgift saknas." not in said, "the agreement's years are not known"


def test_years_that_have_not_begun_have_no_report_and_others_are_linked(project, provstad):
    text = TABLE.replace("till: 2026-12-31}\nföljs", "till: 2027-12-31}\nföljs")
    pages = pages_of(provstad, project({PLEDGE: text}))
    assert "arsrapport/2026/" in pages
    assert "arsrapport/2027/" not in pages
    for address in ("", "ar/", "ar/2026/", "lagen/"):
        assert "arsrapport/2026/" in pages[address].html, address
        assert "arsrapport/2027/" not in pages[address].html, address


# The portal


def card(name, **more):
    values = {
        "slug": name.lower(), "name": f"{name} kommun", "short_name": name, "code": "1278", "by_project": False,
        "made_up": False, "address": f"{name.lower()}/", "counts": (), "published": (), "last_reported": "",
        "latest_summary": "", "latest_summary_address": "", "day": "2026-09-15", "searchable": ("",),
    }  # fmt: skip
    return PortalCard(**values | more)


def portal_of(*cards):
    shared, _ = sites.shared_files(ROOT)
    _, pages = sites.portal_site(ROOT, shared, list(cards), TODAY)
    return {page.address: page for page in pages}


def test_municipalities_stand_side_by_side_by_name_with_no_way_to_rank_them():
    pages = portal_of(
        card("Öby", counts=(("genomfört", 9),)),
        card("Alby", counts=(("delvis genomfört", 1), ("inte redovisat", 3)), last_reported="2026-05-11"),
        card("Cby", earlier=(("genomfört", 2),)),
    )
    page = pages["kommuner/"]
    assert [words(row) for row in body(page).css("tbody tr")] == [
        "Alby kommun 4 åtaganden 1 av 4 0 av 4 1 delvis 11 maj 2026 –",
        "Cby kommun Inga Tidigare: 2 genomfört – – Inte redovisat –",
        "Öby kommun 9 åtaganden 9 av 9 9 av 9 Inte redovisat –",
    ]
    assert not body(page).css("[aria-sort], button, select, thead a")
    assert not page.script
    assert "rangordnar dem inte" in words(page)
    assert body(pages["metod/"]).css_first("#ingen-rangordning-mellan-kommuner")


def test_a_card_kept_by_an_older_version_can_still_be_read():
    kept = card("Alby", counts=(("genomfört", 1),)).as_values()
    del kept["earlier"]
    assert PortalCard.from_values(kept).earlier == ()


def test_all_290_municipalities_side_by_side_stay_within_45_kb():
    cards = [
        card(f"Kommun{number:03d}", counts=(("genomfört", 9), ("delvis genomfört", 2)), last_reported="2026-05-11",
             latest_summary="Lägesbild september 2026", latest_summary_address="lagesbilder/2026-09/")
        for number in range(290)
    ]  # fmt: skip
    pages = portal_of(*cards)
    of_them = row_of(pages, "kommuner/")
    assert sum(len(body(page).css("tbody tr")) for page in of_them) == 290
    assert max(len(page.html.encode()) for page in [*of_them, pages[""]]) < 45_000 - FRAME
    assert len(body(pages[""]).css(".tl-links a")) == 290
