"""What is promised to whoever reads with a keyboard, a screen reader, large letters or a small screen.

axe finds what a machine can find, on one page of each kind of every site; the rest is measured here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from tests.browser.conftest import MADE_UP, PORTAL, SITES, Built, Open, Visit

pytestmark = pytest.mark.browser

AXE = Axe().axe_script
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
RUN_AXE = """async (rules) => (await axe.run(document, rules)).violations.flatMap((rule) =>
  rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} ${node.failureSummary}`))"""

SEARCHES = {"with hits": "trygghet", "without hits": "xyzzy"}
Look = tuple[int, Literal["light", "dark"]]
LOOKS: list[Look] = [(320, "light"), (1280, "dark")]
"""Each width and each colour scheme once. All four, with everything opened: `python -m benchmarks.accessibility`."""

SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }"""
"""What WCAG 1.4.12 lets a reader set."""
ENLARGED = ":root { font-size: 200% !important; }"
STYLES = {"as it is": "", "with more space in the text": SPACED, "with text of double size": ENLARGED}

names = [slug or "portal" for slug in SITES]
every_site = pytest.mark.parametrize("slug", SITES, ids=names)


def violations(page: Page, where: str, looks: list[Look]) -> list[str]:
    """What axe, which the page has run as its first script, says of it in some looks."""
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += [f"{where} {width} px {scheme}: {fault}" for fault in page.evaluate(RUN_AXE, RULES)]
    return found


LARGE = {PORTAL, MADE_UP}
# A third of a site at a time, so that workers share a large one. All sites share templates and style, so that of the
# others one third is looked at, each another; all of everything: `python -m benchmarks.accessibility`.
THIRDS = [
    (slug, third) for n, slug in enumerate(SITES) for third in range(3) if slug in LARGE or third == n % 3
]
a_third = pytest.mark.parametrize(
    ("slug", "third"), THIRDS, ids=[f"{slug or 'portal'}-{third}" for slug, third in THIRDS]
)


@a_third
def test_axe_finds_nothing_on_any_kind_of_page(
    slug: str, third: int, built: Built, page: Page, visit: Visit
) -> None:
    page.add_init_script(AXE)
    found = []
    for number, address in enumerate(built.one_of_each(slug)[third::3]):
        visit(page, address)
        found += violations(page, address, [LOOKS[(number + third) % 2]])
    assert found == []


@pytest.mark.parametrize("words", SEARCHES.values(), ids=list(SEARCHES))
@pytest.mark.parametrize("slug", ["", MADE_UP, "helsingborg"], ids=["portal", MADE_UP, "helsingborg"])
def test_axe_finds_nothing_in_the_answer_to_a_search(slug: str, words: str, page: Page, visit: Visit) -> None:
    page.add_init_script(AXE)
    visit(page, f"{slug}/sok/?q={words}".lstrip("/"))
    expect(page.get_by_role("status")).to_contain_text("träff")
    assert violations(page, slug, LOOKS) == []


@pytest.mark.parametrize("slug", ["", MADE_UP], ids=["portal", MADE_UP])
def test_axe_finds_nothing_where_a_search_is_narrowed_down(slug: str, page: Page, visit: Visit) -> None:
    page.add_init_script(AXE)
    visit(page, f"{slug}/sok/?q=station&typ=Medborgarlöfte".lstrip("/"))
    expect(page.get_by_role("status")).to_contain_text("träff")
    page.locator("#sokval summary").click()
    expect(page.get_by_role("group", name="Tema")).to_be_visible()
    assert violations(page, slug, LOOKS) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(TOO_WIDE, "") is None
    assert page.evaluate(SMALL_TARGETS) == []


@a_third
def test_a_narrow_screen_loses_nothing_however_the_text_is_set_and_what_is_pressed_is_24_pixels_high(
    slug: str, third: int, built: Built, phone: Page, visit: Visit
) -> None:
    found: dict[str, Any] = {}
    one_of_each = built.one_of_each(slug)[third::3]
    pledges = [address for address in built.pages(slug) if "/medborgarloften/2" in address][third::3]
    for address in dict.fromkeys([*one_of_each, *pledges]):
        visit(phone, address)
        for name, style in STYLES.items():
            if wide := phone.evaluate(TOO_WIDE, style):
                found[f"{address} {name}"] = wide
        phone.evaluate(OPEN_ALL)
        if wide := phone.evaluate(TOO_WIDE, ENLARGED):
            found[f"{address} opened"] = wide
        if address in one_of_each and (small := phone.evaluate(SMALL_TARGETS)):
            found[f"{address} too small"] = small
    assert found == {}


OPEN_ALL = """() => document.querySelectorAll("details:not([hidden])").forEach((e) => { e.open = true; })"""

# The reader who cannot scroll sideways must not lose anything to a clipped edge either.
TOO_WIDE = """(css) => {
  const style = new CSSStyleSheet();  // the page's policy lets no style element in
  style.replaceSync(css);
  document.adoptedStyleSheets = [style];
  const wide = document.documentElement.scrollWidth - innerWidth;
  const cut = ["html", "body"].some((name) => getComputedStyle(document.querySelector(name)).overflowX === "hidden");
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const inside = (e) => e && (scrolls(e) || inside(e.parentElement));
  const over = [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !inside(e) && !e.closest(".tl-hidden, [hidden]"))
    .map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`);
  document.adoptedStyleSheets = [];
  return wide > 0 || cut || over.length ? [wide, cut, ...over.slice(0, 4)] : null;
}"""


# A target in a sentence is excepted (WCAG 2.5.8): one whose line holds other text than links.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((e) => e.checkVisibility() && !e.matches(".tl-skip, .tl-hidden *"))
  .filter((e) => {
    const { height } = e.getBoundingClientRect();
    if (height >= 24) return false;
    const around = e.closest("p, li, dd, td, th, figcaption, blockquote, h1, h2, h3");
    const own = [...(around?.querySelectorAll("a") ?? [])].reduce((sum, a) => sum + a.textContent.trim().length, 0);
    return !around || around.textContent.trim().length - own < 2;
  }).map((e) => `${e.outerHTML.slice(0, 120)} ${e.getBoundingClientRect().height}`)"""


def disorder(html: str) -> list[str]:
    """What is wrong with the headings, landmarks and names of a page."""
    page = HTMLParser(html)
    counted = {selector: len(page.css(selector)) for selector in ("h1", "main", "header", "footer")}
    faults = [f"{many} of {selector}" for selector, many in counted.items() if many != 1]
    if page.css("main header, main footer, article header, article footer"):
        faults.append("a header or footer that is no landmark")
    if page.css_first("html").attributes.get("lang") != "sv":
        faults.append("not in Swedish")
    levels = [int(heading.tag[1]) for heading in page.css("h1, h2, h3, h4, h5, h6")]
    if levels[:1] != [1] or any(after > before + 1 for before, after in pairwise(levels)):
        faults.append(f"headings {levels}")
    names = [_name_of(page, nav) for nav in page.css("nav")]
    if not all(names) or len(set(names)) < len(names):
        faults.append(f"navs named {names}")
    ids = [node.id for node in page.css("[id]")]
    if len(set(ids)) < len(ids):
        faults.append("an id twice")
    return faults


def _name_of(page: HTMLParser, nav: Node) -> str:
    by = nav.attributes.get("aria-labelledby")
    return (nav.attributes.get("aria-label") or (page.css_first(f"#{by}").text() if by else "") or "").strip()


@every_site
def test_headings_and_landmarks_are_in_order_on_every_page(slug: str, built: Built) -> None:
    found = {address: disorder(built.text(address)) for address in built.pages(slug)}
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_what_is_written_in_english_says_so(built: Built, page: Page, visit: Visit) -> None:
    marked = 0
    for address in built.pages(MADE_UP):
        if ">In English<" not in built.text(address):
            continue
        visit(page, address)
        summary = page.get_by_text("In English", exact=True)
        expect(summary).to_have_attribute("lang", "en")
        summary.click()
        text = page.locator("div[lang=en]")
        expect(text).to_be_visible()
        assert {"the", "and"} <= set(text.inner_text().lower().split())
        marked += 1
    assert marked


FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return { text: (e.innerText || e.name || "").trim(), visible: outlined
    && box.width > 0 && box.top > -1 && box.left > -1 && box.right < innerWidth + 1 && box.bottom < innerHeight + 1 };
}"""


@pytest.mark.parametrize(
    ("width", "colours"), [(320, "none"), (1280, "active")], ids=["320", "1280 with forced colours"]
)
def test_focus_is_seen_all_the_way_from_the_header_into_the_text(
    width: int, colours: str, open_page: Open
) -> None:
    page = open_page(
        f"{MADE_UP}/medborgarloften/2026-trygg-station/",
        viewport={"width": width, "height": 700},
        forced_colors=colours,
    )
    passed = []
    for _ in range(45):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["visible"], focused
        passed.append(focused["text"])
    assert passed[:4] == ["Hoppa till innehållet", "Trygglöfte Exempelköping", "q", "Sök"]
    assert {"Kontakt", "Lättläst", "In English"} <= set(passed)


@every_site
def test_the_skip_link_leads_past_the_header(slug: str, page: Page, visit: Visit) -> None:
    visit(page, f"{slug}/".lstrip("/"))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Hoppa till innehållet")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#innehall")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


def test_what_is_folded_opens_by_keyboard(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/medborgarloften/2026-trygg-station/")
    easy = page.locator("#lattlast")
    easy.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(easy.locator(".tl-easy")).to_be_visible()


def test_shapes_and_words_stay_when_colours_are_taken_away(open_page: Open) -> None:
    page = open_page(f"{MADE_UP}/status/", forced_colors="active", viewport={"width": 320, "height": 640})
    for status in page.locator("a.tl-status").all():
        expect(status.locator("svg")).to_be_visible()
        assert status.inner_text().split()[1:], "a shape without a word"
