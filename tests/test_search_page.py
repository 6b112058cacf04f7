"""What is promised to somebody who searches: tried in a real browser, under a sub-path and a strict CSP."""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import awaited, chromium
from trygglofte.searching import Known, index_site
from trygglofte.searching.everyday import Everyday

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parents[1] / "overrides/assets"
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'"
SEARCH_PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Sök</title>
<link rel="icon" href="../assets/ikon.svg"></head><body><main><h1>Sök</h1>
<form id="sokformular" action="" method="get" role="search">
  <label for="sokfalt">Sök</label> <input id="sokfalt" name="q" type="search">
  <button>Sök</button>
  <details id="sokval" hidden><summary>Avgränsa<b></b></summary><div></div>
  <p><a href="?" hidden>Rensa valen</a></p></details>
</form>
<p id="sokstatus" role="status"></p>
<div id="sokresultat" data-pagefind="../pagefind/" data-base="../" data-portal></div>
<a href="#sokfalt">Till fältet</a></main>
<script defer src="../assets/sok.js"></script></body></html>"""

SAID = "text => document.querySelector('#sokstatus')?.textContent.trim() === text"


def document(title: str, text: str, kind: str = "Medborgarlöfte", year: int = 2025, extra: str = "") -> str:
    return f"""<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title}</title>
    <link rel="icon" href="../../assets/ikon.svg"></head><body><main data-pagefind-body>
    <h1 id="titel" data-pagefind-meta="title">{title}</h1>
    <span hidden data-pagefind-meta="typ:{kind}" data-pagefind-filter="typ:{kind}"></span>
    <span hidden data-pagefind-meta="ar:{year}" data-pagefind-filter="ar:{year}"></span>
    <span hidden data-pagefind-meta="kommun:Exempelköping"></span>{extra}
    <p>{text}</p></main></body></html>"""


PARTS = "".join(f'<h2 id="del-{n}">Del {n}</h2><p>{"Belysning vid gångvägen. " * n}</p>' for n in range(1, 5))
EVERYDAY = Everyday("narkotik", re.compile("(?P<last>narkotika)"), ("langning",), "")
PAGES = {f"loften/{n}/index.html": document(f"Löfte {n}", "Vi minskar brotten i centrum.") for n in range(23)}
PAGES |= {
    "lagen/10/index.html": document("Läget i oktober", "Färre åtgärder krävs.", "Lägesbild", 2026),
    "lagen/11/index.html": document("Läget i november", "Brott är ovanliga.", "Lägesbild", 2026),
    "amnen/knark/index.html": document("Porten", "Polisen söker narkotika i porten."),
    "amnen/delar/index.html": document("Ljus i mörkret", "Text.", extra=PARTS),
    "amnen/elak/index.html": document(
        "Elak &lt;img src=x onerror=alert(1)&gt;",
        "Kanin &lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;fet&lt;/b&gt;",
    ),
    "sok/index.html": SEARCH_PAGE,
}


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a small site is served, two folders down from the server's root."""
    root = tmp_path_factory.mktemp("server")
    site = root / "kommuner/prov"
    for name, html in PAGES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(html, encoding="utf-8")
    index_site(site, Known(everyday=(EVERYDAY,)))
    (site / "assets").mkdir()
    (site / "assets/ikon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    for name in ("sok.js", "stavning.js"):
        shutil.copy(ASSETS / name, site / "assets" / name)
    handler = functools.partial(_Handler, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/kommuner/prov/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def window() -> Iterator[BrowserContext]:
    with chromium() as browser:
        yield browser.new_context()


class Visit:
    """The search page in a tab of its own, with what it fetched and what the console complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.fetched: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.fetched.append(request.url.removeprefix(address)))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.status = page.locator("#sokstatus")
        self.hits = page.locator("#sokresultat > ol > li")
        self.titles = page.locator("#sokresultat > ol > li > h2 > a")
        self.field = page.locator("#sokfalt")

    def facet(self, value: str) -> Locator:
        """The box of a facet's value."""
        return self.page.locator(f"#sokval input[value='{value}']")

    def to(self, query: str = "") -> Visit:
        self.page.goto(f"{self.address}sok/{query}")
        return self

    def search(self, words: str) -> None:
        self.field.fill(words)
        self.field.press("Enter")

    def says(self, text: str) -> None:
        awaited(self.page, SAID, text)
        expect(self.status).to_have_text(text)


@pytest.fixture
def visit(window: BrowserContext, address: str) -> Iterator[Visit]:
    visit = Visit(window.new_page(), address)
    yield visit
    visit.page.close()
    assert visit.complaints == []


def test_nothing_is_fetched_before_somebody_searches(visit: Visit) -> None:
    visit.to()
    assert set(visit.fetched) <= {"sok/", "assets/sok.js", "assets/ikon.svg"}
    visit.says("")


def test_what_a_search_needs_is_asked_for_at_once_and_fetched_once(visit: Visit) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/pagefind.js", hold)
    with (
        visit.page.expect_request("**/wasm.sv.pagefind"),
        visit.page.expect_request("**/pagefind-entry.json*"),
    ):
        visit.to("?q=ovanlig")
    held[0].continue_()
    visit.says("1 träff på ”ovanlig”")
    asked = [url.partition("?")[0] for url in visit.fetched if url.startswith("pagefind/")]
    assert len(asked) == len(set(asked))


def test_what_to_narrow_by_is_fetched_when_somebody_looks_at_it_and_leaves_the_hits(visit: Visit) -> None:
    visit.to("?q=brott")
    visit.says("24 träffar på ”brott”")
    first = visit.titles.first.element_handle()
    assert not [url for url in visit.fetched if "/filter/" in url]
    visit.page.locator("#sokval summary").click()
    expect(visit.page.get_by_role("checkbox", name="Lägesbild (1)")).to_be_visible()
    assert [url for url in visit.fetched if "/filter/" in url]
    assert first.evaluate("hit => hit.isConnected")


def test_the_first_hits_do_not_wait_for_the_others(visit: Visit) -> None:
    held: list[Route] = []
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)
        held.append(route) if len(asked) > 5 else route.continue_()

    visit.page.route("**/fragment/*", hold)
    visit.to("?q=brott")
    expect(visit.hits).to_have_count(5)
    visit.says("Söker efter ”brott” …")
    for route in held:
        route.continue_()
    visit.says("24 träffar på ”brott”")
    expect(visit.hits).to_have_count(10)
    expect(visit.page.get_by_role("button", name="Visa fler")).to_be_visible()


def test_a_hit_says_where_it_leads_what_it_is_and_why_it_was_found(visit: Visit) -> None:
    visit.to("?q=ovanlig")
    visit.says("1 träff på ”ovanlig”")
    expect(visit.field).to_have_value("ovanlig")
    expect(visit.titles).to_have_text("Läget i november")
    expect(visit.hits.locator(".sok-fakta")).to_have_text("Lägesbild · 2026 · Exempelköping")
    expect(visit.hits.locator(".sok-utdrag mark")).to_have_text("ovanliga.")
    visit.titles.click()
    expect(visit.page.locator("h1")).to_have_text("Läget i november")
    assert visit.page.url == f"{visit.address}lagen/11/"


def test_words_are_found_however_they_are_inflected_and_spelt(visit: Visit) -> None:
    visit.to("?q=brottets")
    visit.says("24 träffar på ”brottets”")
    visit.search("atgard")
    visit.says("1 träff på ”atgard”")


def test_residents_words_find_the_place_where_the_term_stands_and_are_never_shown(visit: Visit) -> None:
    visit.to("?q=langning")
    visit.says("1 träff på ”langning”")
    expect(visit.titles).to_have_text("Porten")
    expect(visit.hits.locator(".sok-utdrag mark")).to_have_text("narkotika")


def test_facets_in_the_address_narrow_the_search(visit: Visit) -> None:
    visit.to("?q=brott&typ=Lägesbild&ar=2026")
    visit.says("1 träff på ”brott” (Lägesbild, 2026)")
    visit.page.get_by_text("Avgränsa 2 valda").click()
    expect(visit.facet("Lägesbild")).to_be_checked()
    expect(visit.facet("2026")).to_be_checked()
    visit.page.get_by_role("link", name="Rensa valen").click()
    visit.says("24 träffar på ”brott”")
    assert visit.page.url == f"{visit.address}sok/?q=brott"


def test_a_facet_says_how_many_hits_each_of_its_values_would_give(visit: Visit) -> None:
    visit.to("?q=brott&typ=Lägesbild").page.get_by_text("Avgränsa").click()
    types = visit.page.get_by_role("group", name="Vad").locator("label")
    expect(types).to_have_text(["Lägesbild (1)", "Medborgarlöfte (23)"])
    years = visit.page.get_by_role("group", name="År").locator("label:visible")
    expect(years).to_have_text(["2026 (1)"])
    visit.facet("Medborgarlöfte").check()
    visit.says("24 träffar på ”brott” (Lägesbild, Medborgarlöfte)")
    expect(years).to_have_text(["2026 (1)", "2025 (23)"])


def test_a_chosen_value_searches_at_once_keeps_the_focus_and_can_be_gone_back_from(visit: Visit) -> None:
    visit.to("?q=brott").says("24 träffar på ”brott”")
    visit.page.get_by_text("Avgränsa").click()
    visit.facet("Lägesbild").press("Space")
    visit.says("1 träff på ”brott” (Lägesbild)")
    expect(visit.facet("Lägesbild")).to_be_focused()
    assert visit.page.url == f"{visit.address}sok/?q=brott&typ=L%C3%A4gesbild"
    visit.page.go_back()
    visit.says("24 träffar på ”brott”")
    expect(visit.facet("Lägesbild")).not_to_be_checked()


def test_facets_alone_list_what_they_hold(visit: Visit) -> None:
    visit.to()
    visit.page.get_by_text("Avgränsa").click()
    visit.says("Välj vad du vill se.")
    visit.facet("Lägesbild").check()
    visit.says("2 träffar (Lägesbild)")
    assert visit.page.url == f"{visit.address}sok/?typ=L%C3%A4gesbild"


def test_a_misspelt_word_is_mended_and_said_to_be(visit: Visit) -> None:
    visit.to("?q=ovnalig")
    visit.says("1 träff på ”ovanliga”. Inget stod om ”ovnalig”.")
    expect(visit.titles).to_have_text("Läget i november")
    assert [name for name in visit.fetched if name.endswith("ord.txt")] == ["pagefind/ord.txt"]
    visit.page.get_by_role("link", name="Sök ändå på ”ovnalig”").click()
    visit.says("Inga träffar på ”ovnalig”")


def test_words_that_are_found_fetch_no_list_of_words(visit: Visit) -> None:
    visit.to("?q=brott").says("24 träffar på ”brott”")
    assert not [name for name in visit.fetched if "ord.txt" in name or "stavning" in name]


def test_where_no_page_has_every_word_those_with_some_are_shown(visit: Visit) -> None:
    visit.to("?q=kanin+gångvägen")
    visit.says("2 träffar på ”kanin gångvägen”. Ingen sida har alla orden, så här är sidor med något av dem.")


def test_words_that_say_nothing_do_not_stand_in_the_way(visit: Visit) -> None:
    visit.to("?q=Vad+är+det+som+är+ovanligt?")
    visit.says("1 träff på ”Vad är det som är ovanligt?”")


def test_signs_that_are_no_words_ask_for_one_and_fetch_nothing(visit: Visit) -> None:
    visit.to("?q=%25%26/()").says("Skriv ett ord att söka på.")
    assert not [name for name in visit.fetched if "pagefind" in name]


def test_a_page_opened_from_a_disk_says_why_it_cannot_search(window: BrowserContext, tmp_path: Path) -> None:
    (tmp_path / "sok").mkdir()
    (tmp_path / "sok/index.html").write_text(SEARCH_PAGE, encoding="utf-8")
    shutil.copytree(ASSETS, tmp_path / "assets")
    page = window.new_page()
    page.goto(f"{(tmp_path / 'sok/index.html').as_uri()}?q=brott")
    expect(page.locator("#sokstatus")).to_contain_text(
        "Sökningen fungerar inte när sidan är öppnad från en disk"
    )
    page.close()


def test_more_hits_come_ten_at_a_time_and_take_the_focus_along(visit: Visit) -> None:
    more = visit.to("?q=brott").page.get_by_role("button", name="Visa fler")
    expect(visit.hits).to_have_count(10)
    more.click()
    expect(visit.hits).to_have_count(20)
    expect(visit.titles.nth(10)).to_be_focused()
    more.click()
    expect(visit.hits).to_have_count(24)
    expect(visit.titles.nth(20)).to_be_focused()
    expect(more).to_have_count(0)
    assert len(set(visit.titles.all_text_contents())) == 24


def test_at_most_two_places_inside_a_page_are_linked_the_richest_first(visit: Visit) -> None:
    parts = visit.to("?q=belysning").page.locator(".sok-delar a")
    expect(parts).to_have_text(["Del 4", "Del 3"])
    parts.first.click()
    visit.page.wait_for_url(f"{visit.address}amnen/delar/#del-4")


def test_nothing_found_is_said_kindly_and_leads_on(visit: Visit) -> None:
    visit.to("?q=zebra&ar=2026")
    visit.says("Inga träffar på ”zebra” (2026)")
    expect(visit.page.get_by_role("heading", name="Så kan du gå vidare")).to_be_visible()
    expect(visit.page.get_by_role("link", name="Bläddra från startsidan")).to_have_attribute(
        "href", visit.address
    )
    visit.page.get_by_role("link", name="Sök på ”zebra” i allt").click()
    visit.says("Inga träffar på ”zebra”")


def test_an_empty_search_asks_for_a_word_and_fetches_nothing(visit: Visit) -> None:
    visit.to().search("  ")
    visit.says("Skriv ett ord att söka på.")
    assert not [name for name in visit.fetched if "pagefind" in name]


def test_a_search_is_a_step_in_the_history_without_loading_the_page_anew(visit: Visit) -> None:
    visit.to().search("zebra")
    visit.says("Inga träffar på ”zebra”")
    visit.search("gnu & kamel")
    visit.says("Inga träffar på ”gnu & kamel”")
    assert visit.page.url == f"{visit.address}sok/?q=gnu+%26+kamel"
    visit.page.go_back()
    visit.says("Inga träffar på ”zebra”")
    expect(visit.field).to_have_value("zebra")
    visit.page.go_back()
    visit.says("")
    assert visit.fetched.count("sok/") == 1


def test_a_jump_within_the_page_keeps_the_hits_as_they_are(visit: Visit) -> None:
    visit.to("?q=brott").page.get_by_role("button", name="Visa fler").click()
    expect(visit.hits).to_have_count(20)
    visit.page.get_by_role("link", name="Till fältet").click()
    visit.page.wait_for_url("**#sokfalt")
    expect(visit.hits).to_have_count(20)


def test_code_in_a_page_is_shown_as_text_and_never_run(visit: Visit) -> None:
    visit.to("?q=kanin")
    expect(visit.titles).to_have_text("Elak <img src=x onerror=alert(1)>")
    expect(visit.hits.locator(".sok-utdrag")).to_contain_text("<script>alert(1)</script> <b>fet</b>")
    assert visit.hits.locator("img, script, b").count() == 0


def test_code_in_the_query_is_shown_as_text_and_never_run(visit: Visit) -> None:
    visit.to("?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(visit.status).to_contain_text("på ”<img src=x onerror=alert(1)>”")
    assert visit.page.locator("main img").count() == 0


@pytest.mark.parametrize("lost", ["pagefind.js", "pagefind-entry.json*", "wasm.sv.pagefind", "fragment/*"])
def test_a_search_that_cannot_load_says_so_and_works_once_it_can(visit: Visit, lost: str) -> None:
    visit.to()
    visit.page.route(f"**/pagefind/{lost}", lambda route: route.abort())
    visit.search("ovanlig")
    visit.says("Sökningen gick inte att ladda. Försök igen om en stund, eller bläddra så länge.")
    expect(visit.page.get_by_role("link", name="Bläddra från startsidan")).to_have_attribute(
        "href", visit.address
    )
    visit.page.unroute_all()
    visit.search("ovanlig")
    visit.says("1 träff på ”ovanlig”")
    assert visit.complaints
    visit.complaints.clear()


def test_the_latest_search_wins_over_a_slower_one_before_it(visit: Visit) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.to().page.route("**/fragment/*", hold)
    with visit.page.expect_request("**/fragment/*"):
        visit.search("ovanlig")
    visit.search("zebra")
    visit.says("Inga träffar på ”zebra”")
    with visit.page.expect_response("**/fragment/*"):
        held[0].continue_()
    visit.says("Inga träffar på ”zebra”")
    expect(visit.hits).to_have_count(0)


def test_the_scripts_are_small_over_the_wire() -> None:
    assert len(gzip.compress((ASSETS / "sok.js").read_bytes())) <= 6_300
    assert len(gzip.compress((ASSETS / "stavning.js").read_bytes())) <= 1_500
