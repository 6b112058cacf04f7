"""What a site publishes beside its pages: robots.txt and the sitemap."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import MINIMAL
from trygglofte.outputs import robots, sitemap
from trygglofte.pages import Page, municipality_pages

ROOT = Path(__file__).resolve().parents[1]
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FILES = {
    "data/provstad/kommun.yml": MINIMAL["data/provstad/kommun.yml"]
    + "adress: https://prov.example/a?b=1&c=2\n",
    "data/provstad/medborgarloften/2025-bort.yml": (
        "titel: Bort\nåtaganden: [{id: a, vad: Gör a}]\navpublicerad: {datum: 2026-01-02, skäl: Fel.}\n"
    ),
    "data/provstad/lagesbilder/2026-02.yml": (
        "period: {från: 2026-02-01, till: 2026-02-28}\ntidigare_adresser: [/lagesbilder/feb/]\n"
    ),
}


@pytest.fixture
def site_and_pages(project, provstad):
    return municipality_pages(provstad(project(FILES)), ROOT, date(2026, 9, 15))


def rows(text: str) -> dict[str, str | None]:
    tree = ElementTree.fromstring(text)
    return {row.findtext(f"{SPACE}loc"): row.findtext(f"{SPACE}lastmod") for row in tree.iter(f"{SPACE}url")}


def test_the_sitemap_holds_every_page_that_may_be_found_once(site_and_pages):
    site, pages = site_and_pages
    found = rows(sitemap.files(site, pages)["sitemap.xml"])
    assert list(found) == [
        site.address + page.address for page in sorted(pages, key=lambda p: p.address) if page.searchable
    ]
    for hidden in ("lagesbilder/feb/", "medborgarloften/2025-bort/", "sok/"):
        assert site.address + hidden not in found


def test_dates_in_the_sitemap_come_from_the_data(site_and_pages, project, provstad):
    site, pages = site_and_pages
    text = sitemap.files(site, pages)["sitemap.xml"]
    found = rows(text)
    assert found[f"{site.address}lagesbilder/2026-02/"] == "2026-02-28"
    assert found[f"{site.address}overenskommelser/2024-2027/"] == "2024-01-15"
    assert found[f"{site.address}medborgarloften/2026-trafik/"] is None
    assert found[f"{site.address}om/"] is None
    later = municipality_pages(provstad(project(FILES)), ROOT, date(2026, 9, 16))
    assert sitemap.files(*later)["sitemap.xml"] == text


def test_the_sitemap_is_whole_xml_whatever_the_address_holds(site_and_pages):
    site, _ = site_and_pages
    odd = Page("å&<b>/", "x", "", "", "", "")
    text = sitemap.files(site, [odd])["sitemap.xml"]
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<urlset')
    assert list(rows(text)) == ["https://prov.example/a?b=1&c=2/å&<b>/"]
    assert rows(sitemap.files(site, [])["sitemap.xml"]) == {}


def test_robots_lets_everybody_read_and_says_where_the_sitemap_is(site_and_pages):
    site, _ = site_and_pages
    assert (
        robots.files(site, ())["robots.txt"]
        == f"User-agent: *\nAllow: /\n\nSitemap: {site.address}sitemap.xml\n"
    )
