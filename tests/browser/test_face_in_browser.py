"""What is promised of the face: the municipality's colour, ways on from every page, nothing let in from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.browser.conftest import MADE_UP, SITES, Built, Visit

pytestmark = pytest.mark.browser

PLEDGE = f"{MADE_UP}/medborgarloften/2026-trygg-station/"
COLOUR = """() => [getComputedStyle(document.querySelector(".tl-nav li:nth-child(2) a")).color,
  getComputedStyle(document.querySelector(".tl-header")).borderTopColor]"""


def test_the_municipalitys_colour_is_on_links_and_the_band_in_light_and_dark_and_not_in_print(
    page: Page, visit: Visit
) -> None:
    visit(page, f"{MADE_UP}/")
    assert page.evaluate(COLOUR) == ["rgb(0, 90, 160)"] * 2
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(COLOUR) == ["rgb(117, 195, 255)"] * 2
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate(COLOUR)[0] == "rgb(0, 0, 0)"


@pytest.mark.parametrize("slug", SITES, ids=lambda slug: slug or "portal")
def test_only_a_municipality_that_answers_for_its_site_has_a_logo(slug: str, built: Built) -> None:
    logos = HTMLParser(built.text(f"{slug}/".lstrip("/"))).css(".tl-brand img")
    assert len(logos) == (slug == MADE_UP)
    assert all(logo.attributes["alt"] == "" and logo.attributes["width"] for logo in logos)


@pytest.mark.parametrize("slug", SITES, ids=lambda slug: slug or "portal")
def test_every_page_leads_to_statement_privacy_method_and_contact_and_holds_nothing_inline(
    slug: str, built: Built
) -> None:
    for address in built.pages(slug):
        text = built.text(address)
        page = HTMLParser(text)
        links = {link.attributes["href"] or "" for link in page.css("footer a")}
        for wanted in ("tillganglighet/", "integritet/", "metod/"):
            assert any(link.endswith(wanted) for link in links), (address, wanted)
        assert not slug or any(link.endswith("kontakt/") for link in links), address
        assert (
            page.css(
                "main [style], header [style], footer [style], style, script:not([src], [type='application/ld+json'])"
            )
            == []
        ), address
        assert page.css_first("meta[http-equiv='Content-Security-Policy']") is not None, address
        assert "md-toggle" not in text, address


def test_a_link_to_a_commitment_and_to_a_follow_up_stands_with_them(page: Page, visit: Visit) -> None:
    visit(page, PLEDGE)
    for part in (page.locator(".tl-card").nth(2), page.locator(".tl-timeline > li").nth(1)):
        part.get_by_role("link", name="Länk hit").click()
        expect(page).to_have_url(f"{page.url.partition('#')[0]}#{part.get_attribute('id')}")
        expect(part).to_be_in_viewport()


def test_an_inline_script_does_not_run(page: Page, visit: Visit, watch) -> None:
    visit(page, f"{MADE_UP}/om/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert [fault for fault in watch.faults if "Content Security Policy" in fault] == watch.faults
    watch.faults.clear()


def test_the_page_in_english_is_marked_as_english_and_reached_from_every_page(
    page: Page, visit: Visit
) -> None:
    visit(page, PLEDGE)
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("h1")).to_have_text("Safety in Exempelköping: a summary in English")
    assert page.locator("h1").evaluate("e => e.closest('[lang]').lang") == "en"
    assert page.locator("main a[hreflang='sv']").first.get_attribute("lang") == "sv"
