"""What a resident asks, answered with a keyboard alone and from what a screen reader is told: no eye, no mouse.

Each begins on the municipality's start page. `heard` is the accessibility tree, in the words a screen reader has.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MADE_UP, Visit

pytestmark = pytest.mark.browser

FOCUSED = """() => { const e = document.activeElement;
  return { name: (e.getAttribute("aria-label") || e.innerText || e.name || "").trim(),
    seen: getComputedStyle(e).outlineStyle !== "none" }; }"""


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until what has the focus begins with a name; its focus must be seen."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        passed.append(focused["name"])
        if focused["name"].startswith(name):
            assert focused["seen"]
            return
    pytest.fail(f"no {name!r} among {passed}")


def follow(page: Page, name: str) -> None:
    """Go by a link with the keyboard."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def heard(page: Page) -> str:
    """What the page's main part is in the accessibility tree."""
    return page.locator("main").aria_snapshot()


def test_what_did_the_police_promise_about_the_station_this_year_and_did_it_happen(
    page: Page, visit: Visit
) -> None:
    visit(page, f"{MADE_UP}/")
    tab_to(page, "q")
    page.keyboard.type("stationen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("träff")
    tab_to(page, "Tryggare vid stationen")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("medborgarloften/2026-trygg-station/"))
    told = heard(page)
    promised = told.index("otpatrullerar kring stationen på kvällarna")
    assert told.index('heading "Tryggare vid stationen') < promised
    assert re.search(r"(Genomfört|Pågår|Inte genomfört)", told[promised:])


def test_was_it_calmer_in_the_centre_in_july(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/")
    follow(page, "Lägesbilder")
    expect(page.locator("h1")).to_contain_text("Lägesbilder")
    follow(page, "Juli 2026")
    expect(page.locator("h1")).to_have_text("Lägesbild juli 2026")
    told = heard(page)
    answer = told.index("det var ovanligt lugnt i centrum")
    assert told.index('heading "Lägesbild juli 2026" [level=1]') < answer < told.index("[level=2]")


def test_whom_do_i_contact(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/")
    follow(page, "Kontakt")
    expect(page.locator("h1")).to_have_text("Kontakt")
    told = heard(page)
    assert told.index('link "112"') < told.index('link "114 14"') < told.index('heading "Kontaktcenter"')
    assert 'link "0980-319 200"' in told


def test_a_table_that_a_telephone_shows_as_cards_is_still_a_table(phone: Page, visit: Visit) -> None:
    visit(phone, f"{MADE_UP}/ataganden/")
    table = phone.locator("#tabell").aria_snapshot()
    assert table.startswith("- table")
    for kind in ("- row ", "- rowheader ", "- cell "):
        assert kind in table
