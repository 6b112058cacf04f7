"""What is promised of the table of commitments: sorted and chosen by keyboard, shared by its address, and
whole without scripts; and that what is printed has no navigation and no cut cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MADE_UP, Built, Open, Visit, serving
from tests.small_sites import PLEDGE, whole
from trygglofte.publishing import publish

pytestmark = pytest.mark.browser

TABLE = f"{MADE_UP}/ataganden/"
ROWS = "#tabell tbody tr:not([hidden])"


def column(page: Page, number: int) -> list[str]:
    """What the rows that are seen say in a column, counted from 1."""
    return page.locator(f"{ROWS} > :nth-child({number})").all_inner_texts()


def test_headers_sort_by_keyboard_and_say_so(page: Page, visit: Visit) -> None:
    visit(page, TABLE)
    header = page.get_by_role("columnheader", name="Status")
    header.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    said = re.compile(r"^(\d+) av \1 åtaganden visas, ordnade efter status\.$")
    expect(page.get_by_role("status")).to_have_text(said)
    assert column(page, 5)[0] == "Planerat"
    page.keyboard.press("Space")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert column(page, 5)[0] == "Inte redovisat"
    assert page.evaluate("document.activeElement.textContent") == "Status"
    assert page.url.endswith("?ordna=status-")
    assert page.locator("[aria-sort]").count() == 1


def test_what_is_chosen_is_shown_told_and_kept_in_the_address(page: Page, visit: Visit) -> None:
    visit(page, TABLE)
    first = page.locator(ROWS).count()
    told = page.get_by_role("status")
    page.get_by_label("Status").select_option("Inte redovisat")
    page.get_by_label("Part").select_option("Polisen")
    expect(told).to_have_text(re.compile(r"^\d+ av \d+ åtaganden visas\.$"))
    some, all_ = map(int, re.findall(r"\d+", told.inner_text()))
    assert 0 < some == page.locator(ROWS).count() < all_ >= first
    assert set(column(page, 5)) == {"Inte redovisat"}
    visit(page, TABLE + "?" + page.url.split("?")[1])
    expect(told).to_have_text(f"{some} av {all_} åtaganden visas.")
    expect(page.get_by_label("Part")).to_have_value("Polisen")
    nothing = "Inget åtagande stämmer med alla val."
    for party in page.get_by_label("Part").locator("option").all_inner_texts()[1:]:
        page.get_by_label("Part").select_option(party)
        if told.inner_text() == nothing:
            break
    expect(told).to_have_text(nothing)
    page.get_by_role("button", name="Visa alla").click()
    expect(page.locator(ROWS)).to_have_count(all_)
    assert "?" not in page.url


@pytest.mark.parametrize("name", ["Redovisat", "Klart senast"])
def test_dates_are_sorted_as_dates_with_the_unknown_last(name: str, page: Page, visit: Visit) -> None:
    visit(page, TABLE)
    page.get_by_role("columnheader", name=name).get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("ordnade efter")
    number = 6 if name == "Redovisat" else 7
    days = page.evaluate(
        "n => [...document.querySelectorAll(`#tabell tbody tr > :nth-child(${n})`)]"
        ".map((c) => c.querySelector('time')?.dateTime ?? '9999')",
        number,
    )
    assert days == sorted(days)
    assert days[0] < days[-1] == "9999"


def test_without_scripts_orders_and_choices_are_ordinary_pages(open_page: Open) -> None:
    page = open_page(TABLE, java_script_enabled=False)
    page.get_by_role("columnheader", name="Status").get_by_role("link").click()
    assert page.url.endswith("/ataganden/efter-status/")
    assert column(page, 5)[0] == "Planerat"
    expect(page.get_by_role("columnheader", name="Status")).to_have_attribute("aria-sort", "ascending")
    page.get_by_text("Se bara ett läge").click()
    page.get_by_role("navigation", name="Ordna och välj").get_by_role("link", name="Polisen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Polisen")


def test_on_a_phone_every_row_is_a_card_with_its_words(phone: Page, visit: Visit) -> None:
    visit(phone, TABLE)
    assert phone.locator(f"{ROWS} >> nth=0").evaluate("e => getComputedStyle(e).display") == "block"
    label = phone.locator(f"{ROWS} >> nth=0").locator("td >> nth=3")
    assert label.evaluate("e => getComputedStyle(e, '::before').content") == '"Status"'
    phone.get_by_label("Ordna efter").select_option(label="Klart senast")
    expect(phone.get_by_role("status")).to_contain_text("ordnade efter klart senast")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A municipality whose table does not fit on one page."""
    lines = [f"  - {{id: c{n}, ansvarig: polisen, vad: Åtagande nummer {n:03d}}}" for n in range(130)]
    text = (
        "titel: Löfte\ngäller: {från: 2026-01-01, till: 2026-12-31}\nåtaganden:\n" + "\n".join(lines) + "\n"
    )
    root = whole(tmp_path_factory.mktemp("lang"), {PLEDGE: text})
    release = publish(root, root / "site", date(2026, 3, 1), only=["provstad"], with_search=False)
    assert not release.failed, release.problems
    with serving(Path(root / "site")) as address:
        yield f"{address}provstad/ataganden/"


@pytest.mark.parametrize("start", ["", "2/"])
def test_a_table_of_several_pages_becomes_one_when_somebody_sorts(
    start: str, long_site: str, open_page: Open
) -> None:
    page = open_page()
    page.goto(long_site + start)
    assert page.locator(ROWS).count() < 130
    page.get_by_role("columnheader", name="Åtagande").get_by_role("button").click()
    expect(page.get_by_role("status")).to_have_text("130 av 130 åtaganden visas, ordnade efter åtagande.")
    found = page.locator(f"{ROWS} > th a")
    assert [text[-3:] for text in found.all_inner_texts()] == [f"{n:03d}" for n in range(130)]
    expect(page.locator(".tl-pager")).to_have_count(0)
    found.nth(129).click()
    assert re.search(r"/provstad/medborgarloften/2026-trafik/#atagande-c129$", page.url)


def test_without_scripts_a_long_table_is_turned_page_by_page(long_site: str, open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(long_site)
    seen = column(page, 1)
    while page.get_by_role("link", name="Nästa").count():
        page.get_by_role("link", name="Nästa").click()
        seen += column(page, 1)
    assert len(set(seen)) == len(seen) == 130


# On paper

HIDDEN = """() => [".tl-nav", ".tl-search", ".tl-crumbs", ".tl-choose", ".tl-turn", ".tl-skip"]
  .filter((name) => [...document.querySelectorAll(name)].some((e) => e.checkVisibility()))"""
COLOURS = "() => [...document.querySelectorAll('.tl-shape')].map((e) => getComputedStyle(e).color)"


def test_on_paper_there_is_no_navigation_and_shapes_are_black_on_every_kind_of_page(
    built: Built, page: Page, visit: Visit
) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    found = {}
    for address in built.one_of_each(MADE_UP):
        visit(page, address)
        colours = set(page.evaluate(COLOURS))
        paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        if (hidden := page.evaluate(HIDDEN)) or colours - {"rgb(0, 0, 0)"} or paper != "rgb(255, 255, 255)":
            found[address] = (hidden, colours, paper)
    assert found == {}


def test_the_years_report_is_printed_on_numbered_a4_pages(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/arsrapport/2026/")
    paper = page.pdf(prefer_css_page_size=True)
    assert set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)) == {(b"594.95996", b"841.91998")}
    assert 4 <= len(re.findall(rb"/Type /Page\b", paper)) <= 12
    page.emulate_media(media="print")
    table = page.locator(".tl-report__pledge").first
    assert table.evaluate("e => getComputedStyle(e).breakBefore") == "page"
    row = page.locator(".tl-table--report tbody tr").first
    assert row.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
