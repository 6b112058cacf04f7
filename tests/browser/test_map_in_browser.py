"""The portal's map in a browser: for a finger, a keyboard, a screen reader and whoever sees no colours."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_accessibility import RULES, RUN_AXE

pytestmark = pytest.mark.browser

NAMES = {"Söderhamn", "Håbo", "Gnosjö", "Båstad", "Helsingborg"}
LOOKS = {
    "phone in the dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    "screen": {"viewport": {"width": 1280, "height": 800}},
}


@pytest.mark.parametrize("look", list(LOOKS))
def test_axe_finds_nothing_and_every_marker_can_be_pressed_with_a_finger(look: str, open_page: Open) -> None:
    page = open_page("", **LOOKS[look])
    page.evaluate(Axe().axe_script)
    assert page.evaluate(RUN_AXE, RULES) == []
    links = page.locator("svg a")
    expect(links).to_have_count(len(NAMES))
    assert {name.strip() for name in links.locator("text").all_text_contents()} == NAMES
    sizes = [link.locator(".h").bounding_box() for link in links.all()]
    assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in sizes), sizes
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_marker_is_reached_by_keyboard_shows_where_one_is_and_leads_to_the_site(open_page: Open) -> None:
    page = open_page("", viewport={"width": 1280, "height": 800})
    page.get_by_text("Kommuner som inte finns här än").focus()
    page.keyboard.press("Tab")
    focused = page.locator("svg a:focus-visible")
    expect(focused).to_have_count(1)
    expect(focused).to_contain_text("Söderhamn")
    assert focused.locator(".h").evaluate("node => getComputedStyle(node).stroke") != "none"
    assert page.get_by_role("group", name="Karta").get_by_role("link", name="Söderhamn").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/soderhamn/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Söderhamn")
