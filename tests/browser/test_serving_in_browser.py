"""What an editor sees while working: the page follows what is saved, and says why when it cannot."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.small_sites import PLEDGE, THREE, built_once, copy_of, write
from tests.test_serving import BROKEN, PAGE, Served


@pytest.fixture
def served(tmp_path, tmp_path_factory):
    server = Served(copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project"))
    yield server
    server.close()


def test_an_open_page_follows_what_is_saved_and_tells_mistakes_where_the_reader_is(served, browser: Browser):
    page = browser.new_page(viewport={"width": 360, "height": 640})
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.goto(served.address + PAGE)
    write(served.root, PLEDGE, THREE[PLEDGE].replace("Lugnare", "Saktare"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Saktare trafik", timeout=30_000)
    page.evaluate("scrollTo(0, 400)")
    write(served.root, PLEDGE, BROKEN)
    alert = page.get_by_role("alert", name="fel att rätta")
    expect(alert).to_contain_text("Nyckeln ”titell” finns inte här.", timeout=30_000)
    expect(alert).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.get_by_role("heading", level=1)).to_have_text("Saktare trafik")
    write(served.root, PLEDGE, THREE[PLEDGE])
    expect(alert).to_have_count(0, timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lugnare trafik")
    assert mistakes == []
    page.close()
