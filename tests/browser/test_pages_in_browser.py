"""What is promised about every page: what it always says, how it hangs together with others, what it weighs."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect
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
)

pytestmark = pytest.mark.browser

NOT_THEIR_OWN = "Inte kommunens egen webbplats – byggd på offentliga texter"
PLEDGE = f"{MADE_UP}/medborgarloften/2026-trygg-station/"
MAX_HTML = 45_000
MAX_PLEDGE = 120_000

names = [slug or "portal" for slug in SITES]
every_site = pytest.mark.parametrize("slug", SITES, ids=names)


def test_every_page_says_whose_it_is_and_whom_to_call(built: Built) -> None:
    for slug in SITES:
        for address in built.pages(slug):
            page = HTMLParser(built.text(address))
            banner = page.css_first(".tl-banner")
            said = banner.text().strip() if banner else ""
            assert said.startswith({PORTAL: "", MADE_UP: "Påhittad kommun"}.get(slug, NOT_THEIR_OWN)), address
            assert bool(said) == bool(slug), address
            footer = page.css_first("footer")
            numbers = {link.attributes["href"]: link.text() for link in footer.css("a[href^='tel:']")}
            assert numbers["tel:112"] == "112", address
            assert numbers["tel:11414"] == "114 14", address
            hidden = page.css_first("meta[name=robots][content*=noindex]") is not None
            assert hidden or slug == PORTAL, address


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_every_page_says_whom_to_contact_or_that_the_source_does_not(slug: str, built: Built) -> None:
    kommun = (ROOT / "data" / slug / "kommun.yml").read_text(encoding="utf-8")
    known = re.search(r"^\s+samordningsfunktion:", kommun, re.MULTILINE) is not None
    for address in built.pages(slug):
        footer = HTMLParser(built.text(address)).css_first("footer")
        missing = "Samordningsfunktion: uppgift saknas i källan" in footer.text()
        assert missing is not known, address
        if known:
            assert len(footer.css("a[href^='tel:']")) > 2 or len(footer.css("a[href^='mailto:']")) > 1, (
                address
            )
        assert footer.css_first("a[href$='kontakt/']"), address


@every_site
def test_every_page_can_be_remarked_on_and_leads_to_its_file(slug: str, built: Built) -> None:
    for address in built.pages(slug):
        page = HTMLParser(built.text(address))
        assert page.css("footer a[href^='mailto:'][href*='subject=']"), address
        if address.endswith("404.html"):
            continue  # it stands for every address that has no page, and so for no file
        [link] = [a for a in page.css("footer a") if a.text() == "Ändra i sidans fil"]
        target = urlsplit(link.attributes["href"] or "")
        assert target.scheme == "https", address
        file = target.path.partition("/edit/main/")[2]
        assert (ROOT / file).is_file(), f"{address}: {file}"


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_the_banner_and_the_emergency_numbers_are_seen(slug: str, phone: Page, visit: Visit) -> None:
    visit(phone, f"{slug}/")
    expect(phone.locator(".tl-banner")).to_be_in_viewport()
    urgent = phone.locator(".tl-footer__urgent")
    urgent.scroll_into_view_if_needed()
    expect(urgent).to_be_visible()


@every_site
def test_no_page_is_heavy_or_leans_on_anything_elsewhere(slug: str, built: Built) -> None:
    weights = {address: built.weight(address) for address in built.pages(slug)}
    heavy = {page: many for page, many in weights.items() if many > MAX_HTML}
    assert heavy == {}
    for address in built.pages(slug):
        page = HTMLParser(built.text(address))
        loaded = [
            node.attributes.get("src") or "" for node in page.css("script[src], img, iframe, source, video")
        ]
        loaded += [node.attributes.get("href") or "" for node in page.css("link:not([rel=canonical])")]
        assert [url for url in loaded if urlsplit(url).netloc] == [], address
        scripts = page.css("script[src]")
        assert len(scripts) == (1 if address.endswith("sok/") or "/ataganden/" in address else 0), address


@pytest.mark.parametrize("slug", ["bastad", MADE_UP])
def test_a_pledge_is_light_to_fetch(slug: str, built: Built, page: Page) -> None:
    pledge = max((p for p in built.pages(slug) if "/medborgarloften/2" in p), key=built.weight)
    fetched: set[Request] = set()

    def finished(request: Request) -> None:
        fetched.add(request)

    page.on("requestfinished", finished)
    page.goto(f"{built.address}{pledge}", wait_until="networkidle")
    weights = Counter({request.url: len(request.response().body()) for request in fetched})  # type: ignore[union-attr]
    assert sum(weights.values()) <= MAX_PLEDGE, weights
    assert {urlsplit(url).hostname for url in weights} == {"127.0.0.1"}


@pytest.mark.parametrize("slug", [PORTAL, MADE_UP], ids=["portal", MADE_UP])
def test_without_scripts_every_kind_of_page_shows_all_that_it_has(
    slug: str, built: Built, open_page: Open, visit: Visit
) -> None:
    with_scripts, without = open_page(), open_page(java_script_enabled=False)
    for address in built.one_of_each(slug)[:: 2 if slug else 1]:  # every other of the many
        said = visit(without, address).locator("main").inner_text()
        assert len(said) > 60, address
        if "/ataganden/" in address:  # a script puts selects where the links were, and leaves the rows
            assert without.locator("tbody").inner_text() == (
                visit(with_scripts, address).locator("tbody").inner_text()
            ), address
        elif not address.endswith("sok/"):
            assert said == visit(with_scripts, address).locator("main").inner_text(), address


@pytest.mark.parametrize("under", ["", UNDER], ids=["at the root", "under a path"])
def test_from_the_start_page_to_a_follow_up_to_the_agreement_and_back(
    under: str, built: Built, page: Page, visit: Visit
) -> None:
    visit(page, f"{under}{MADE_UP}/")
    page.get_by_role("main").get_by_role("link", name="Tryggare vid stationen").first.click()
    expect(page.locator("h1")).to_have_text("Tryggare vid stationen")
    pledge = page.url.partition("#")[0]
    assert pledge == f"{built.address}{under}{PLEDGE}"
    newest = page.locator(".tl-timeline > li").first
    promised = newest.locator(".tl-outcomes a[href^='#']").first
    anchor = promised.get_attribute("href")
    promised.click()
    expect(page).to_have_url(f"{pledge}{anchor}")
    expect(page.locator(f"[id='{(anchor or '')[1:]}']")).to_be_in_viewport()
    page.locator("dt:text-is('Överenskommelse') + dd a").click()
    expect(page.locator(".tl-kicker")).to_contain_text("Samverkansöverenskommelse")
    page.get_by_role("main").get_by_role("link", name="Tryggare vid stationen").click()
    expect(page).to_have_url(pledge)
    page.go_back()
    expect(page.locator(".tl-kicker")).to_contain_text("Samverkansöverenskommelse")


def test_a_follow_up_is_reached_from_the_list_of_them_all(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/uppfoljningar/")
    page.locator("main a[href*='#']").first.click()
    anchor = urlsplit(page.url).fragment
    assert anchor
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


@every_site
def test_breadcrumbs_lead_from_every_kind_of_page_up_to_the_start(slug: str, built: Built) -> None:
    start = f"{slug}/".lstrip("/")
    for address in built.one_of_each(slug):
        if address in {start, f"{start}404.html"}:
            continue
        crumbs = HTMLParser(built.text(address)).css("nav.tl-crumbs a")
        targets = [urljoin(f"/{address}", crumb.attributes["href"] or "").lstrip("/") for crumb in crumbs]
        assert targets, address
        assert targets[0] == start, address
        assert address not in targets, address
        assert all(built.file(above).is_file() for above in targets), (address, targets)


def test_previous_and_next_lead_there_and_back(page: Page, visit: Visit) -> None:
    visit(page, f"{MADE_UP}/lagesbilder/2026-07/")
    start, title = page.url, page.locator("h1").inner_text()
    older = page.get_by_role("link", name="Föregående")
    expect(older).to_contain_text("juni 2026", ignore_case=True)
    older.click()
    expect(page.locator("h1")).not_to_have_text(title)
    page.get_by_role("link", name="Nästa").click()
    expect(page).to_have_url(start)


@pytest.mark.parametrize("slug", MUNICIPALITIES)
def test_from_the_portal_to_a_municipality_and_back(
    slug: str, built: Built, page: Page, visit: Visit
) -> None:
    visit(page, PORTAL)
    page.locator(f".tl-cards h3 a[href='{slug}/']").click()
    expect(page).to_have_url(f"{built.address}{slug}/")
    back = page.get_by_role("contentinfo").get_by_role("link", name="Alla kommuner")
    back.click()
    expect(page).to_have_url(built.address)


@pytest.mark.parametrize("slug", ["", *FIVE[:1], MADE_UP], ids=["portal", FIVE[0], MADE_UP])
def test_a_missing_page_says_so_and_leads_on(
    slug: str, built: Built, page: Page, watch: Watch, visit: Visit
) -> None:
    missing = f"{slug}/finns/inte/".lstrip("/")
    watch.expected.add(f"{built.address}{missing}")
    visit(page, missing)
    expect(page.locator("h1")).to_have_text("Sidan finns inte")
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page).to_have_url(f"{built.address}{slug}/" if slug else built.address)


def test_on_paper_only_what_is_worth_reading_is_left(open_page: Open) -> None:
    page = open_page(PLEDGE, viewport={"width": 794, "height": 1000})
    page.emulate_media(media="print")
    for selector in (".tl-search", ".tl-nav", ".tl-crumbs", ".tl-turn", ".tl-skip", ".tl-footer__columns"):
        for part in page.locator(selector).all():
            expect(part).to_be_hidden()
    for selector in (
        "h1",
        ".tl-banner",
        ".tl-state",
        ".tl-card >> nth=0",
        ".tl-card svg >> nth=0",
        ".tl-footer__who",
    ):
        expect(page.locator(selector)).to_be_visible()
    assert page.locator(".tl-timeline > li").last.locator("p").last.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.pdf(format="A4").startswith(b"%PDF-")
