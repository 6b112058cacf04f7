"""What is promised to somebody who searches the real sites: that what stands in the sources is found.

How the search page itself behaves is tried on a small site in tests/test_search_page.py.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.browser.conftest import (
    FIVE,
    MADE_UP,
    MUNICIPALITIES,
    PORTAL,
    ROOT,
    SITES,
    UNDER,
    Built,
    Open,
    Visit,
    Watch,
    awaited,
)

pytestmark = pytest.mark.browser

FACTS: dict[str, dict[str, Any]] = {
    entry["slug"]: entry for entry in json.loads((ROOT / "tests/facts.json").read_text(encoding="utf-8"))
}
names = [slug or "portal" for slug in SITES]


SAID = """end => document.querySelector("[role=status]")?.textContent.trimEnd().endsWith(end)"""


def answered(page: Page, words: str) -> list[str]:
    """Wait for the answer to a search; gives the addresses of the hits that are shown."""
    words = words.replace("\u00ad", "")  # where it may break, as when it is taken from a page
    awaited(page, SAID, f" på ”{words}”")
    expect(page.get_by_role("status")).to_have_text(re.compile(rf"träff(ar)? på ”{re.escape(words)}”$"))
    return page.locator("#sokresultat > ol > li > h2 > a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )


def search(page: Page, words: str) -> list[str]:
    """Search again on the search page, as a reader does."""
    field = page.get_by_label("Vad vill du veta?")
    field.fill(words)
    field.press("Enter")
    return answered(page, words)


def text_at(built: Built, href: str) -> str:
    """The words of the page that a hit leads to, in small letters and with plain spaces."""
    path = unquote(urlsplit(href).path).removeprefix("/").removeprefix(UNDER)
    body = HTMLParser(built.text(path)).css_first("article")
    return " ".join(body.text(separator=" ").replace("\u00ad", "").lower().split())


def holds(text: str, words: str) -> bool:
    """Whether a text has every word, in some inflection: its first five letters."""
    return all(word[:5] in text for word in words.lower().split())


@pytest.mark.parametrize("slug", FIVE)
def test_every_word_of_a_source_is_found_on_a_page_that_has_it(
    slug: str, built: Built, page: Page, visit: Visit
) -> None:
    visit(page, f"{slug}/sok/")
    missed = []
    for words in FACTS[slug]["words"]:
        hits = search(page, words)
        if not any(holds(text_at(built, hit), words) for hit in hits):
            missed.append(words)
    assert FACTS[slug]["words"]
    assert missed == []


@pytest.mark.parametrize("under", ["", UNDER], ids=["at the root", "under a path"])
@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_searching_in_the_header_leads_from_any_page_to_pages_that_open(
    slug: str, under: str, built: Built, page: Page, visit: Visit
) -> None:
    deepest = max(built.pages(slug), key=lambda address: address.count("/"))
    for start in (f"{slug}/", f"{slug}/om/", deepest):
        visit(page, under + start)
        field = page.get_by_label("Sök på webbplatsen")
        field.fill("trygghet")
        field.press("Enter")
        hits = answered(page, "trygghet")
        assert urlsplit(page.url).path == f"/{under}{slug}/sok/"
        assert hits
    for hit in hits[:5]:
        assert urlsplit(hit).path.startswith(f"/{under}{slug}/")
        page.goto(f"{built.address}{hit.removeprefix('/')}")
        # A theme is also found by residents' words for what is within it, and a party by what it has promised.
        if "/teman/" not in hit and "/parter/" not in hit:
            assert "trygg" in page.locator("#innehall").inner_text().lower()
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("slug", SITES, ids=names)
def test_every_page_offers_a_search_that_is_an_ordinary_form(slug: str, built: Built) -> None:
    pages = [address for address in built.pages(slug) if address != f"{slug}/sok/".lstrip("/")]
    for address in pages:
        [form] = HTMLParser(built.text(address)).css("form[role=search]")
        assert form.attributes["method"] == "get", address
        assert form.css_first("input[type=search][name=q]"), address
        assert form.css_first("button[type=submit]"), address
        target = form.attributes["action"] or ""
        folder = built.file(address).parent
        path = built.folder / target.lstrip("/") if target.startswith("/") else folder / target
        assert path.resolve() == (built.folder / slug / "sok").resolve(), address


def test_a_hit_says_what_it_is_from_when_and_why_it_was_found(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/sok/?q=fotpatrullerar")
    assert answered(page, "fotpatrullerar")
    hit = page.locator("#sokresultat > ol > li").filter(has_text="Medborgarlöfte").first
    expect(hit.locator(".sok-fakta")).to_have_text(
        re.compile(r"^Medborgarlöfte · 20\d\d ·\s+[A-ZÅ][a-zåäö ]+$")
    )
    expect(hit.locator(".sok-utdrag mark").first).to_have_text(re.compile("^fotpatr", re.IGNORECASE))


def test_a_place_inside_a_hit_leads_to_that_place(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/sok/?q=ordningsvakter")
    assert answered(page, "ordningsvakter")
    part = page.locator(".sok-delar a").first
    anchor = urlsplit(part.get_attribute("href") or "").fragment
    part.click()
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


def test_nothing_is_fetched_until_somebody_searches(
    built: Built, page: Page, visit: Visit, watch: Watch
) -> None:
    for slug in (MADE_UP, "soderhamn"):
        visit(page, f"{slug}/sok/").wait_for_load_state("networkidle")
        visit(page, f"{slug}/sok/?q=").wait_for_load_state("networkidle")
        visit(page, f"{slug}/").wait_for_load_state("networkidle")
    assert [url for url in watch.requests if "pagefind" in url] == []
    visit(page, f"{MADE_UP}/sok/?q=trygghet")
    answered(page, "trygghet")
    assert any("pagefind" in url for url in watch.requests)


def test_who_finds_nothing_is_told_so_kindly_and_shown_the_way(page: Page, visit: Visit) -> None:
    visit(page, "soderhamn/sok/?q=xyzzy")
    assert answered(page, "xyzzy") == []
    expect(page.get_by_role("status")).to_have_text("Inga träffar på ”xyzzy”")
    expect(page.get_by_role("heading", name="Så kan du gå vidare")).to_be_visible()
    page.get_by_role("link", name="Bläddra från startsidan").click()
    expect(page).to_have_url(re.compile("/soderhamn/$"))


def test_an_answer_can_be_shared_and_gone_back_to(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/sok/?q=belysning")
    first = answered(page, "belysning")
    assert first
    expect(page.get_by_label("Vad vill du veta?")).to_have_value("belysning")
    second = search(page, "skola")
    assert page.url.endswith("?q=skola")
    assert second != first
    page.go_back()
    assert answered(page, "belysning") == first


def test_a_search_is_asked_and_its_first_hit_opened_by_keyboard_alone(open_page: Open) -> None:
    page = open_page(f"{MADE_UP}/", viewport={"width": 320, "height": 640})
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("gångtunneln")
    page.keyboard.press("Enter")
    answered(page, "gångtunneln")
    title = page.locator("#sokresultat > ol > li > h2 > a").first
    for _ in range(30):
        if title.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    heading = title.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(heading)


def test_a_search_is_narrowed_down_by_keyboard_alone(open_page: Open) -> None:
    page = open_page(f"{MADE_UP}/sok/?q=station", viewport={"width": 320, "height": 640})
    answered(page, "station")
    page.get_by_label("Vad vill du veta?").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    box = page.locator("#sokval input[value='Inte redovisat']")
    for _ in range(60):
        if box.evaluate("box => box === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_have_text(
        re.compile(r"^\d+ träff(ar)? på ”station” \(Inte redovisat\)$")
    )
    expect(box).to_be_focused()
    assert "status=Inte+redovisat" in page.url


def test_a_status_that_is_chosen_leads_to_the_commitments_that_have_it(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/sok/?status=Inte+redovisat&typ=Medborgarlöfte")
    parts = page.locator(".sok-delar li")
    expect(parts.first).to_be_visible()
    assert all(text.strip().startswith("Inte redovisat: ") for text in parts.all_text_contents())
    assert parts.first.locator("svg use").get_attribute("href") == "#s-inte-redovisat"
    link = parts.first.locator("a")
    anchor, promised = urlsplit(link.get_attribute("href") or "").fragment, link.inner_text()
    link.click()
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    expect(page.locator(f"[id='{anchor}'] h3")).to_have_text(promised)


def test_the_portal_finds_every_municipality_by_its_name(built: Built, page: Page, visit: Visit) -> None:
    visit(page, PORTAL)
    municipal = {
        link.inner_text(): link.get_attribute("href") for link in page.locator(".tl-cards h3 a").all()
    }
    assert set(municipal.values()) == {f"{slug}/" for slug in MUNICIPALITIES}
    visit(page, "sok/")
    for name, folder in municipal.items():
        hits = search(page, name)
        inside = [hit for hit in hits if urlsplit(hit).path.startswith(f"/{folder}")]
        assert inside, name
        expect(page.locator("#sokresultat > ol > li").first.locator(".sok-fakta")).to_contain_text(name[:5])
        assert holds(text_at(built, inside[0]), name)


@pytest.mark.parametrize("under", ["", UNDER], ids=["at the root", "under a path"])
def test_the_portal_finds_a_pledge_by_its_title_and_opens_it_in_its_municipality(
    under: str, built: Built, page: Page, visit: Visit
) -> None:
    pledges = [
        address
        for address in built.pages(MADE_UP)
        if re.fullmatch(rf"{MADE_UP}/medborgarloften/[^/]+/", address)
        and "data-pagefind-body" in built.text(address)
    ]
    assert len(pledges) > 3
    visit(page, f"{under}sok/")
    other = page.context.new_page()  # so that the search is loaded once and asked many times
    for address in pledges:
        title = HTMLParser(built.text(address)).css_first("h1").text().strip()
        word = max(title.split(), key=len)
        hits = [urlsplit(hit).path for hit in search(page, word)]
        assert f"/{under}{address}" in hits, (word, hits)
        hit = page.locator(f"#sokresultat h2 a[href$='/{under}{address}']")
        other.goto(hit.evaluate("link => link.href"))
        expect(other.locator("h1")).to_have_text(title)
    hit.click()
    expect(page.locator("h1")).to_have_text(title)


@pytest.mark.parametrize("slug", SITES, ids=names)
def test_without_scripts_the_search_page_explains_and_offers_to_browse(
    slug: str, built: Built, open_page: Open
) -> None:
    page = open_page(f"{slug}/sok/?q=trygghet".lstrip("/"), java_script_enabled=False)
    expect(page.locator("noscript p")).to_contain_text("Sökningen behöver JavaScript")
    expect(page.locator("noscript p")).to_be_visible()
    links = page.locator(".tl-browse a")
    assert links.count() >= 2
    for href in [link.get_attribute("href") for link in links.all()]:
        assert (built.folder / slug / "sok" / (href or "") / "index.html").is_file(), href
