"""What residents write leads to what they look for: every line of queries.txt, in one browser, site by site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PORTAL, Built, Open, Visit

pytestmark = pytest.mark.browser

FILE = Path(__file__).with_name("queries.txt")
SHOWN = 10


@dataclass(frozen=True)
class Query:
    """A line of the table: a site's folder, what is asked, and what is promised of the answer."""

    site: str
    asked: str
    promises: tuple[tuple[str, str], ...]
    line: int


def queries() -> Iterator[Query]:
    site = ""
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("== "):
            site = line[3:].strip()
        elif line.strip() and not line.startswith("#"):
            asked, _, promised = line.rpartition(" : ")
            promises = tuple(
                (promise.strip().partition(" ")[0], promise.strip().partition(" ")[2])
                for promise in promised.split(" | ")
            )
            yield Query(PORTAL if site == "portal" else site, asked.strip(), promises, number)


ALL = list(queries())


def answer(page: Page, visit: Visit, query: Query) -> tuple[list[str], str]:
    """The addresses of the first hits, within the site, and what is read out."""
    top = f"/{query.site}/".replace("//", "/")
    if query.asked.startswith("?"):
        visit(page, f"{query.site}/sok/{query.asked}".lstrip("/"))
    else:
        if set(parse_qs(urlsplit(page.url).query)) - {"q"}:  # what the search before was narrowed by
            visit(page, f"{query.site}/sok/".lstrip("/"))
        field = page.get_by_label("Vad vill du veta?")
        field.fill(query.asked)
        field.press("Enter")
    page.wait_for_function(
        "() => (text => text && !text.startsWith('Söker'))(document.querySelector('#sokstatus').textContent)"
    )
    hits = page.locator("#sokresultat > ol > li > h2 > a").evaluate_all(
        "links => links.map(link => link.href)"
    )
    paths = [urlsplit(hit).path.removeprefix(top) or "start" for hit in hits]
    return paths, page.locator("#sokstatus").inner_text()


def broken(query: Query, hits: list[str], said: str) -> Iterator[str]:
    """The promises that an answer does not keep."""
    for kind, value in query.promises:
        pages = value.split()
        kept = {
            "first": lambda pages=pages: hits[:1] == pages,
            "top3": lambda pages=pages: set(pages) & set(hits[:3]),
            "among": lambda pages=pages: set(pages) <= set(hits),
            "not": lambda pages=pages: not set(pages) & set(hits),
            "says": lambda value=value: value in said,
            "none": lambda: not hits,
        }[kind]()
        if not kept:
            yield f"{query.line}: {query.asked}: {kind} {value} – {said} {hits[:SHOWN]}"


def test_the_table_is_as_long_as_was_promised() -> None:
    assert len(ALL) >= 100
    assert {query.site for query in ALL} >= {
        "exempelkoping",
        "bastad",
        "gnosjo",
        "habo-uppsala",
        "helsingborg",
        "soderhamn",
    }


@pytest.mark.parametrize("site", sorted({query.site for query in ALL}), ids=lambda slug: slug or "portal")
def test_what_residents_write_leads_to_what_they_look_for(
    site: str, built: Built, open_page: Open, visit: Visit
) -> None:
    page = open_page(f"{site}/sok/".lstrip("/"), viewport={"width": 1280, "height": 800})
    missed = []
    for query in ALL:
        if query.site == site:
            hits, said = answer(page, visit, query)
            missed += broken(query, hits, said)
    assert not missed, "\n".join(missed)
