"""`python -m benchmarks.accessibility`: every kind of page of every site in every look, slower than a test may be.

Each page is looked at 320 and 1280 px wide, light and dark, as it comes and with all that folds opened, by axe with
all its rules; then for what is cut off with double text and more space in it, in 320 px (1280 px at 400 %), for what
is pressed and less than 24 px, for what is pushed about while the page loads, and for focus that is not seen while a
keyboard goes through everything. Search is asked with hits, without, and narrowed down. Tests take a part of this.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.built import tree
from tests.browser.conftest import SITES, Built, Watch, chromium, serving
from tests.browser.test_accessibility import (
    AXE,
    OPEN_ALL,
    RULES,
    RUN_AXE,
    SMALL_TARGETS,
    STYLES,
    TOO_WIDE,
)

LOOKS = tuple(product((320, 1280), ("light", "dark")))
SEARCHES = ("sok/?q=trygghet", "sok/?q=xyzzy", "sok/?q=station&typ=Medborgarl%C3%B6fte")
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => { sum += e.hadRecentInput ? 0 : e.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 50);
})"""
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return { text: (e.innerText || e.name || "").trim(),
    visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth };
}"""
"""A region that scrolls may be higher than the window; then it is enough that a part of it is in view."""
CAN_BE_REACHED = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled).length"""


def in_every_look(page: Page) -> Iterator[str]:
    """What axe says of an open page: in four looks as it came, and with all that folds opened."""
    for opened in (False, True):
        if opened:
            page.evaluate(OPEN_ALL)
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            for fault in page.evaluate(RUN_AXE, RULES):
                yield f"{width} px {scheme}{' opened' if opened else ''}: {fault}"


def measured(page: Page) -> Iterator[str]:
    """What is too wide or too small at 320 px, with everything opened."""
    page.set_viewport_size({"width": 320, "height": 640})
    for name, style in STYLES.items():
        if found := page.evaluate(TOO_WIDE, style):
            yield f"too wide at 320 px {name}: {found}"
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for found in page.evaluate(SMALL_TARGETS):
            yield f"less than 24 px at {width}: {found}"


def by_keyboard(page: Page) -> Iterator[str]:
    """What a keyboard does not reach, or reaches without its focus being seen."""
    page.reload()
    page.set_viewport_size({"width": 1280, "height": 800})
    many = page.evaluate(CAN_BE_REACHED)
    for number in range(many):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if page.evaluate("document.activeElement === document.body"):
            if number < many:
                yield f"a keyboard reaches {number} of {many}"
            return
        if not focused["visible"]:
            yield f"focus is not seen on {focused['text'][:60]!r}"


def look(page: Page, address: str, *, keyboard: bool) -> list[str]:
    """Everything that is wrong with one page."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    if "?q=" in address:
        page.locator("#sokstatus", has_text="träff").wait_for()
    shifted = page.evaluate(SHIFTS)
    found = [f"layout shift {shifted:.4f}"] if shifted and "?q=" not in address else []
    found += [*in_every_look(page), *measured(page)]
    return found + (list(by_keyboard(page)) if keyboard else [])


def sweep(
    browser: Browser, built: Built, slugs: Sequence[str], *, keyboard: bool
) -> Iterator[tuple[str, list[str]]]:
    """Every page that is looked at, with what is wrong with it."""
    for slug in slugs:
        context = browser.new_context(locale="sv-SE", reduced_motion="reduce")
        watch = Watch().over(context)
        page = context.new_page()
        page.add_init_script(AXE)
        pages = [*built.one_of_each(slug), *(f"{slug}/{search}".lstrip("/") for search in SEARCHES)]
        for address in pages:
            faults = look(page, built.address + address, keyboard=keyboard)
            yield address, faults + watch.faults
            watch.faults.clear()
        context.close()


def main() -> None:
    """Build unless a tree is given, look at everything, say what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accessibility", description=__doc__)
    parser.add_argument("--tree", type=Path, help="a tree that is built already")
    parser.add_argument("--without-keyboard", action="store_true", help="leave out the long way by Tab")
    parser.add_argument("sites", nargs="*", help="slugs, or portalen; all when none")
    asked = parser.parse_args()
    slugs = ["" if slug == "portalen" else slug for slug in asked.sites] or list(SITES)
    started = time.perf_counter()
    with tree(asked.tree) as folder, serving(folder) as address, chromium() as browser:
        pages = many = 0
        for page, faults in sweep(
            browser, Built(folder, address), slugs, keyboard=not asked.without_keyboard
        ):
            pages, many = pages + 1, many + len(faults)
            for fault in faults:
                print(f"{page or '/'}: {fault}", flush=True)
    print(f"{pages} pages, {many} faults, {time.perf_counter() - started:.0f} s")
    if many:
        sys.exit(1)


if __name__ == "__main__":
    main()
