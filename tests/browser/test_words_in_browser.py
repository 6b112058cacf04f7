"""Words are explained where they stand, and the longest of them fit on the narrowest phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MADE_UP, Open, Visit
from trygglofte.words.breaking import broken

pytestmark = pytest.mark.browser

SUMMARY = f"{MADE_UP}/lagesbilder/2026-08/"
LONG = (
    "Samverkansöverenskommelserna",
    "lokalpolisområdeschefen",
    "tillgänglighetsredogörelsen",
    "kommunfullmäktige",
)
ROW = "".join(f"<th scope='col'>{word}</th>" for word in LONG[:2])
CELLS = "".join(f"<td>{word}</td>" for word in reversed(LONG[2:]))
EVERYWHERE = (
    "".join(f"<h{size}>{word}</h{size}>" for size in (1, 2, 3) for word in LONG)
    + f"""
<table id="smal"><thead><tr>{ROW}</tr></thead><tbody><tr>{CELLS}</tr></tbody></table>
<div class="tl-cards"><article class="tl-card"><h3>{LONG[0]}</h3><dl class="tl-promise"><div><dt>Lovat</dt>
<dd><p>{LONG[0]}, {LONG[1]} och {LONG[2]}.</p></dd></div></dl></article></div>
<section class="tl-state"><p>{" ".join(LONG)}</p></section>"""
)
TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('.tl-hidden, .tl-skip, .tl-scroll')
  && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
BROKEN_ELSEWHERE = """() => {
  const walker = document.createTreeWalker(document.querySelector('#innehall'), NodeFilter.SHOW_TEXT), wrong = [];
  let soft = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode.data, range = document.createRange();
    const top = (at) => { range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + 1);
      return [...range.getClientRects()].pop()?.top; };
    for (let at = 1; at < text.length; at++) {
      if (!/\\p{L}/u.test(text[at])) continue;
      const before = text[at - 1] === '\\u00ad' ? at - 2 : at - 1;
      if (!/\\p{L}/u.test(text[before]) || top(before) === top(at)) continue;
      if (before === at - 2) soft++; else wrong.push(text.slice(0, at) + '/' + text.slice(at));
    }
  }
  return [soft, wrong];
}"""


def test_the_longest_words_fit_at_320_px_and_break_between_their_parts(phone: Page, visit: Visit) -> None:
    visit(phone, SUMMARY)
    phone.evaluate(
        "html => document.querySelector('#innehall').insertAdjacentHTML('afterbegin', html)",
        broken(EVERYWHERE),
    )
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert phone.evaluate(TOO_WIDE) == []
    breaks, elsewhere = phone.evaluate(BROKEN_ELSEWHERE)
    assert elsewhere == []
    assert breaks > 10
    assert phone.evaluate("find('tillgänglighetsredogörelsen')"), "find on the page overlooks soft hyphens"


def test_a_word_that_was_copied_with_its_soft_hyphens_is_found_and_marked(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/sok/?q=samverkans%C2%ADöverens%C2%ADkommelse")
    expect(page.locator("#sokresultat mark").first).to_contain_text(
        "samverkansöverenskommelse", ignore_case=True
    )
    assert "\u00ad" not in page.locator("#sokresultat").inner_text()


def test_a_choice_in_the_table_of_commitments_knows_nothing_of_soft_hyphens(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/ataganden/")
    choices = page.evaluate(
        "[...document.querySelectorAll('select option')].map(option => option.textContent)"
    )
    assert any(len(word) >= 14 for choice in choices for word in choice.split())
    assert not any("\u00ad" in choice for choice in choices)


@pytest.mark.parametrize("width", [320, 1280])
def test_words_are_explained_where_they_stand_by_keyboard_and_without_scripts(
    open_page: Open, width: int
) -> None:
    page = open_page(SUMMARY, java_script_enabled=False, viewport={"width": width, "height": 700})
    word = page.get_by_role("button", name="ordningsvakterna")
    explained = page.locator(":popover-open")
    word.focus()
    page.keyboard.press("Enter")
    expect(explained).to_contain_text("En person som polisen har förordnat")
    expect(explained).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(explained).to_have_count(0)
    expect(word).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(explained.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/ordlista/#ordningsvakt$"))


def test_a_word_is_explained_by_touch_described_to_a_screen_reader_and_closed_beside_it(
    open_page: Open,
) -> None:
    page = open_page(SUMMARY, has_touch=True, viewport={"width": 360, "height": 700})
    word = page.get_by_role("button", name="ordningsvakterna")
    expect(word).to_have_accessible_description(
        "Ordningsvakt: En person som polisen har förordnat att hjälpa till att hålla ordning på en viss plats."
    )
    word.tap()
    expect(page.locator(":popover-open")).to_have_count(1)
    page.touchscreen.tap(180, 20)
    expect(page.locator(":popover-open")).to_have_count(0)


def test_explanations_are_read_at_the_end_of_the_page_on_paper(page: Page, visit: Visit) -> None:
    visit(page, SUMMARY)
    words = page.locator(".tl-words")
    expect(words.get_by_role("button").first).to_be_visible()
    expect(words.locator("[popover]").first).to_be_hidden()
    page.emulate_media(media="print")
    assert all(row.is_visible() for row in words.locator("[popover]").all())
    expect(words.get_by_role("button").first).to_be_hidden()
