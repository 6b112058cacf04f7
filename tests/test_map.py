"""The portal's map: what it is made of, that markers can be told apart, and that it says no more than the list."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from trygglofte import sites
from trygglofte.pages import PortalCard
from trygglofte.pages.sweden import IN_FULL, MARGIN, REACH, map_of, sweden

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 15)
FRAME = 8_000
SHARED, _ = sites.shared_files(ROOT)

CODES = """
01: 14 15 17 20 23 25 26 27 28 36 38 39 40 60 62 63 80 81 82 83 84 86 87 88 91 92
03: 05 19 30 31 60 80 81 82
04: 28 61 80 81 82 83 84 86 88
05: 09 12 13 60 61 62 63 80 81 82 83 84 86
06: 04 17 42 43 62 65 80 82 83 84 85 86 87
07: 60 61 63 64 65 67 80 81
08: 21 34 40 60 61 62 80 81 82 83 84 85
09: 80
10: 60 80 81 82 83
12: 14 30 31 33 56 57 60 61 62 63 64 65 66 67 70 72 73 75 76 77 78 80 81 82 83 84 85 86 87 90 91 92
    93
13: 15 80 81 82 83 84
14: 01 02 07 15 19 21 27 30 35 38 39 40 41 42 43 44 45 46 47 52 60 61 62 63 65 66 70 71 72 73 80 81
    82 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99
17: 15 30 37 60 61 62 63 64 65 66 80 81 82 83 84 85
18: 14 60 61 62 63 64 80 81 82 83 84 85
19: 04 07 60 61 62 80 81 82 83 84
20: 21 23 26 29 31 34 39 61 62 80 81 82 83 84 85
21: 01 04 21 32 61 80 81 82 83 84
22: 60 62 80 81 82 83 84
23: 03 05 09 13 21 26 61 80
24: 01 03 04 09 17 18 21 22 25 60 62 63 80 81 82
25: 05 06 10 13 14 18 21 23 60 80 81 82 83 84
"""
"""Every municipality there is since 2007, by county (SCB, Länskod och kommunkod)."""


def card(code: str, name: str = "", **more: object) -> PortalCard:
    name = name or sweden().municipalities[code].name
    values = {
        "slug": f"k{code}", "name": f"{name} kommun", "short_name": name, "code": code, "by_project": True,
        "made_up": False, "address": f"k{code}/", "counts": (), "published": (), "last_reported": "",
        "latest_summary": "", "latest_summary_address": "", "day": "2026-09-15", "searchable": ("",),
    }  # fmt: skip
    return PortalCard(**values | more)


def start_of(*cards: PortalCard) -> str:
    _, pages = sites.portal_site(ROOT, SHARED, list(cards), TODAY)
    return next(page.html for page in pages if page.address == "")


def words(html: str) -> str:
    return " ".join(HTMLParser(html).text(separator=" ").replace("\xa0", " ").split())


MADE_UP = card("0000", "Exempelköping", made_up=True)


def test_the_map_has_exactly_the_290_municipalities_and_21_counties():
    known = [
        county.strip() + code
        for county, codes in re.findall(r"(?m)^(\d\d):((?:\s+\d\d\b(?!:))+)", CODES)
        for code in codes.split()
    ]
    assert list(sweden().municipalities) == known
    assert len(known) == 290
    assert list(sweden().counties) == sorted({code[:2] for code in known})
    assert len({one.name for one in sweden().municipalities.values()}) == 290


def test_municipalities_that_the_repository_has_are_those_of_their_codes():
    said = {
        path.parent.name: re.search(r"kommunkod: \"?(\d{4})", path.read_text(encoding="utf-8"))
        for path in (ROOT / "data").glob("*/kommun.yml")
    }
    names = {
        slug: sweden().municipalities[found[1]].name for slug, found in said.items() if found[1] != "0000"
    }
    assert names == {
        "bastad": "Båstad", "gnosjo": "Gnosjö", "habo-uppsala": "Håbo", "helsingborg": "Helsingborg",
        "soderhamn": "Söderhamn",
    }  # fmt: skip


def edges(outline: str) -> list[frozenset[tuple[int, int]]]:
    found = []
    for ring in re.findall(r"M([^z]+)z", outline):
        start, steps = ring.split("l")
        numbers = [int(one) for one in re.findall(r"-?\d+", steps)]
        points = [tuple(map(int, start.split()))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        found += [frozenset(edge) for edge in pairwise([*points, points[0]]) if edge[0] != edge[1]]
    return found


def test_neighbours_share_their_border_to_the_point():
    land = sweden().municipalities
    everywhere = Counter(edge for one in land.values() for edge in set(edges(one.outline)))
    assert sum(many > 2 for many in everywhere.values()) <= 3  # where the grid has squeezed a strip to a line
    inland = [code for code, one in land.items() if all(everywhere[edge] == 2 for edge in edges(one.outline))]
    assert {"0617", "2425", "1285", "1883"} <= set(inland)  # Gnosjö, Dorotea, Eslöv, Karlskoga
    assert len(inland) > 100


def test_every_outline_and_point_lies_on_the_map():
    land = sweden()
    for one in land.municipalities.values():
        for edge in edges(one.outline):
            assert all(0 <= x <= land.width and 0 <= y <= land.height for x, y in edge), one.name
        assert 0 < one.x < land.width
        assert 0 < one.y < land.height


@settings(max_examples=60)
@given(st.lists(st.sampled_from(sorted(sweden().municipalities)), min_size=1, max_size=IN_FULL, unique=True))
def test_no_marker_touches_another_or_its_name(codes):
    markers = map_of([card(code) for code in codes]).markers
    assert {marker.address for marker in markers} == {f"k{code}/" for code in codes}
    for one, other in combinations(markers, 2):
        beside = one.extent[0] < other.extent[1] and other.extent[0] < one.extent[1]
        assert not beside or abs(one.y - other.y) >= 2 * REACH, (one, other)
    for one in markers:
        assert one.extent[0] >= -MARGIN, one
        assert one.extent[1] <= sweden().width + MARGIN, one
        assert 0 <= one.y <= sweden().height


def test_markers_of_all_counties_stand_apart_and_lead_to_their_lists():
    cards = [card(code) for code in sweden().municipalities]
    html = start_of(*cards)
    markers = map_of(cards).markers
    assert sum(marker.many for marker in markers) == 290
    assert len(markers) == 21
    for one, other in combinations(markers, 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= 2 * REACH, (one, other)
    page = HTMLParser(html)
    ways = {node.attributes["href"].removeprefix("#") for node in page.css("svg a")}
    assert ways == {node.attributes["id"] for node in page.css("h3[id^=lan-]")}
    skane = page.css_first("#lan-12 + ul")
    assert len(skane.css("a")) == 33
    assert page.css_first("svg a[href='#lan-12']").attributes["aria-label"] == "Skåne län, 33\xa0kommuner"


def test_all_290_and_twelve_in_full_stay_within_45_kb():
    everyone = [card(code) for code in sweden().municipalities]
    counts = tuple((status, 9) for status in (
        "planerat", "pågår", "genomfört", "delvis genomfört", "inte genomfört", "inställt", "förs över",
        "går inte att bedöma", "inte redovisat",
    ))  # fmt: skip
    longest = sorted(everyone, key=lambda one: len(one.name))[-IN_FULL:]
    published = (("overenskommelser", 3), ("medborgarloften", 11), ("lagesbilder", 25), ("atgardsplaner", 1))
    full = [
        card(
            one.code, counts=counts, published=published, received=2, last_reported="2026-09-10",
            latest_summary="Lägesbild september 2026", latest_summary_address="lagesbilder/2026-09/",
        )
        for one in longest
    ]  # fmt: skip
    for cards in (everyone, [*everyone[:-5], MADE_UP], everyone[: IN_FULL + 1], full, full[:6]):
        assert len(start_of(*cards).encode()) < 45_000 - FRAME


def test_what_is_on_the_map_is_in_the_list_and_the_rest_is_counted_by_name():
    html = start_of(card("1278"), card("2182"), MADE_UP)
    page = HTMLParser(html)
    on_the_map = {node.attributes["href"]: node.css_first("text").text() for node in page.css("svg a")}
    assert on_the_map == {"k1278/": "Båstad", "k2182/": "Söderhamn"}
    listed = {node.attributes["href"] for node in page.css(".tl-cards h3 a")}
    assert listed == {*on_the_map, "k0000/"}
    assert "288 av Sveriges 290 kommuner finns inte här än." in words(html)
    absent = page.css_first("details.tl-more p").text().rstrip(".").split(", ")
    assert len(absent) == 288
    assert (absent[0], absent[-1]) == ("Ale", "Övertorneå")
    assert "Båstad" not in absent


def test_a_made_up_municipality_is_not_on_the_map_and_the_page_says_so():
    html = start_of(card("1278"), MADE_UP)
    assert "Exempelköping är påhittat och ligger ingenstans. Därför är det inte på kartan." in words(html)
    assert not HTMLParser(html).css("svg a[href='k0000/']")
    many = start_of(*[card(code) for code in list(sweden().municipalities)[:20]], MADE_UP)
    assert "Exempelköping (påhittad)" in words(many)
    assert "påhitta" not in words(start_of(card("1278")))


def test_the_map_is_the_same_however_it_goes():
    well = card("1278", counts=(("genomfört", 9),))
    badly = card("1278", counts=(("inte genomfört", 9),))
    drawn = [HTMLParser(start_of(one)).css_first("figure.tl-map").html for one in (well, badly)]
    assert drawn[0] == drawn[1]


def test_the_portal_says_what_is_new_everywhere_newest_first():
    first = ("urn:a", "2026-03-01", "nytt", "Nytt medborgarlöfte: A", "", "medborgarloften/a/")
    second = ("urn:b", "2026-05-01", "nytt", "Ny lägesbild: B", "", "lagesbilder/b/")
    html = start_of(
        card("1278", news=(first,)), card("2182", news=(second,), address="https://annan.example/")
    )
    rows = HTMLParser(html).css("#nytt + ul li")
    assert [" ".join(row.text(separator=" ").replace("\xa0", " ").split()) for row in rows] == [
        "1 maj 2026 · Söderhamn Ny lägesbild: B",
        "1 mars 2026 · Båstad Nytt medborgarlöfte: A",
    ]
    assert [row.css_first("a").attributes["href"] for row in rows] == [
        "https://annan.example/lagesbilder/b/", "k1278/medborgarloften/a/",
    ]  # fmt: skip
    assert "Nytt i kommunerna" not in start_of(card("1278"))
