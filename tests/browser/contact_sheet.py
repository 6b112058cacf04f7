"""Takes a picture of every kind of page in every width, for a person to look at. Used by hand, no test.

    python -m tests.browser.contact_sheet bilder            every site
    python -m tests.browser.contact_sheet bilder soderhamn  one or some

Writes one PNG per page and view, and `index.html` with all of them side by side.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from tests.browser.conftest import DAY, ROOT, SITES, Built, chromium, serving
from trygglofte.publishing import publish


@dataclass(frozen=True)
class View:
    """A way to look at a page: a width in CSS pixels, a colour scheme and a medium."""

    name: str
    width: int
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"


VIEWS = (
    View("360", 360),
    View("768", 768),
    View("1440", 1440),
    View("360-mork", 360, "dark"),
    View("1440-mork", 1440, "dark"),
    View("utskrift", 794, media="print"),  # A4 at 96 px an inch
)

SEARCHES = ("sok/?q=trygghet", "sok/?q=xyzzy")


def take(
    browser: Browser, built: Built, page_addresses: Sequence[str], target: Path
) -> list[tuple[str, list[Path]]]:
    """Take pictures of pages in every view; gives each page's address and its pictures."""
    sheet: list[tuple[str, list[Path]]] = [(address, []) for address in page_addresses]
    for view in VIEWS:
        context = browser.new_context(
            viewport={"width": view.width, "height": 900}, color_scheme=view.scheme, locale="sv-SE"
        )
        page = context.new_page()
        page.emulate_media(media=view.media, color_scheme=view.scheme)
        for address, pictures in sheet:
            page.goto(f"{built.address}{address}", wait_until="load")
            if "?q=" in address:
                page.locator("#sokstatus", has_text="träff").wait_for()
            name = address.replace("/?q=", "-").strip("/").replace("/", "_") or "portalen"
            path = target / f"{name}.{view.name}.png"
            page.screenshot(path=path, full_page=True)
            pictures.append(path)
        context.close()
    return sheet


def write_sheet(sheet: Sequence[tuple[str, list[Path]]], target: Path) -> Path:
    """Write the page that holds all pictures; gives its path."""
    rows = "".join(
        f"<h2>{escape(address or '/')}</h2><div>"
        + "".join(
            f'<figure><a href="{path.name}"><img loading="lazy" src="{path.name}" alt=""></a>'
            f"<figcaption>{escape(path.name.split('.')[-2])}</figcaption></figure>"
            for path in pictures
        )
        + "</div>"
        for address, pictures in sheet
    )
    style = (
        "body{font:16px system-ui;margin:1rem}div{display:flex;gap:1rem;align-items:start;overflow:auto}"
        "figure{margin:0;flex:none}img{height:40rem;border:1px solid #999}"
    )
    path = target / "index.html"
    path.write_text(
        f'<!doctype html><meta charset="utf-8"><title>Kontaktkarta</title><style>{style}</style>{rows}',
        encoding="utf-8",
    )
    return path


def main() -> None:
    """Build the sites for the tests' day, take the pictures and say where they are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path, help="folder for the pictures")
    parser.add_argument(
        "sites", nargs="*", default=None, help="slugs of municipalities, or portalen; all when none"
    )
    asked = parser.parse_args()
    slugs = ["" if slug == "portalen" else slug for slug in asked.sites] or list(SITES)
    asked.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        output = Path(temporary) / "site"
        publish(ROOT, output, DAY)
        with serving(output) as address, chromium() as browser:
            built = Built(output, address)
            pages = [page for slug in slugs for page in built.one_of_each(slug)]
            pages += [f"{slug}/{search}".lstrip("/") for slug in slugs for search in SEARCHES]
            print(write_sheet(take(browser, built, pages, asked.target), asked.target))


if __name__ == "__main__":
    main()
