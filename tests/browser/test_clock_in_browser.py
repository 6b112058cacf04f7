"""What is promised of klocka.js: it adds lateness that has come since the build, and takes nothing back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, serving
from tests.conftest import MINIMAL
from tests.small_sites import whole
from trygglofte.publishing import publish

pytestmark = pytest.mark.browser

BUILT = date(2026, 10, 15)
PLEDGE = "provstad/medborgarloften/2026-trafik/"
LATE = "Försenad redovisning sedan 30 maj 2026: polisen"
COMING = "Nästa redovisning: senast 30 januari 2027."
SINCE = "Försenad redovisning sedan 30 januari 2027: Provstads Buss"
FILES = {
    "data/provstad/kommun.yml": MINIMAL["data/provstad/kommun.yml"].replace(
        "platser:", "  - id: bussen\n    namn: Provstads Buss\nplatser:"
    ),
    "data/provstad/medborgarloften/2026-trafik.yml": MINIMAL["data/provstad/medborgarloften/2026-trafik.yml"]
    + """\
  - {id: turer, ansvarig: bussen, vad: Kör fler turer på kvällen}
följs_upp: varje tertial
uppföljningar:
  - period: {från: 2026-05-01, till: 2026-08-31}
    publicerad: 2026-09-20
    rapporterat_av: bussen
    utfall: {turer: {status: pågår}}
""",
}

FILES |= {
    name.replace("provstad", "ostad"): text.replace("Provstad", "Ostad") for name, text in FILES.items()
}
FILES["data/ostad/kommun.yml"] += "exempeldag: 2026-10-15\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = whole(tmp_path_factory.mktemp("klocka") / "project", FILES)
    release = publish(root, root / "site", BUILT, with_search=False)
    assert not release.failed, release.problems
    with serving(root / "site") as at:
        yield at


Read = Callable[..., str]


@pytest.fixture
def read(browser: Browser, address: str) -> Iterator[Read]:
    """The dates that a reader sees whose clock shows a certain moment."""
    contexts = []

    def at(moment: str, **options: object) -> str:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page: Page = context.new_page()
        page.clock.set_fixed_time(moment)
        page.goto(f"{address}{PLEDGE}")
        return " ".join(page.locator(".tl-dates").inner_text().split())

    yield at
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "moment",
    ["2026-10-15T12:00:00Z", "2027-01-30T22:59:00Z", "1999-01-01T00:00:00Z", "2026-05-01T00:00:00Z"],
    ids=["the day of the build", "the last minute of the day", "long before", "before what is late"],
)
def test_nothing_is_added_before_a_day_has_passed_and_nothing_is_taken_back(read: Read, moment: str) -> None:
    assert read(moment) == f"Senast redovisat 20 september 2026. {LATE} {COMING}"


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/Los_Angeles", "Pacific/Auckland"])
def test_lateness_that_has_come_since_is_added_by_the_swedish_day(read: Read, zone: str) -> None:
    said = read("2027-01-30T23:00:00Z", timezone_id=zone)
    assert said == f"Senast redovisat 20 september 2026. {LATE} {COMING} {SINCE}"


def test_without_script_the_page_is_right_for_the_day_it_was_built(read: Read) -> None:
    said = read("2027-06-01T00:00:00Z", java_script_enabled=False)
    assert said == f"Senast redovisat 20 september 2026. {LATE} {COMING}"


def test_the_clock_is_drawn_as_where_the_build_drew_it(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2027-06-01T00:00:00Z")
    page.goto(f"{address}{PLEDGE}")
    boxes = [
        page.locator(".tl-late svg").nth(number).bounding_box()
        for number in range(page.locator(".tl-late svg").count())
    ]
    assert [(box["width"], box["height"]) for box in boxes if box] == [(14, 14), (14, 14)]
    context.close()


def test_an_example_day_is_followed_and_no_script_is_loaded(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.set_fixed_time("2030-06-01T00:00:00Z")
    page.goto(address + PLEDGE.replace("provstad", "ostad"))
    assert " ".join(page.locator(".tl-dates").inner_text().split()).endswith(COMING)
    assert not [url for url in asked if url.endswith(".js")]
    context.close()


def test_the_script_is_small_and_alone() -> None:
    script = (ROOT / "overrides/assets/klocka.js").read_text("utf-8")
    assert len(script.encode()) < 1500
    assert "import" not in script
    assert "fetch" not in script
