"""The search index: finished HTML becomes a folder that the search page asks, bit by bit, in a browser.

Responsible for which pages go in, in which order, and for what is written: the same pages give the same
bytes, wherever they lie. `service` talks with Pagefind and `normalising` makes its answer small and
repeatable. What a page offers to search (`data-pagefind-*`) stands in the templates, and how hits are
shown in `overrides/assets/sok.js`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from trygglofte.searching.normalising import normalised
from trygglofte.searching.service import SearchError, build_index

__all__ = ["FOLDER", "MARK", "SearchError", "index_pages", "index_site"]

FOLDER = "pagefind"
"""The folder of the index, in the root of a site."""

MARK = "data-pagefind-body"
"""The attribute of the part of a page that is searched. A page without it is not in the index."""


def index_site(site: Path) -> None:
    """Write `site/pagefind/` from every page in `site` that has a part marked for search.

    Raises SearchError where no page has one, and where Pagefind fails: then nothing is written.
    """
    addresses = sorted(_html_files(site))
    texts = ((address, _read(site / address)) for address in addresses)
    _write(normalised(build_index((address, text) for address, text in texts if MARK in text)), site / FOLDER)


def index_pages(pages: Mapping[str, Path], output: Path) -> None:
    """Write `output/pagefind/` from these pages alone: an address such as `x/y/index.html` → its file.

    Raises SearchError where there is no page, where one has no part marked for search (it was chosen,
    and would be left out in silence), and where Pagefind fails: then nothing is written.
    """
    marked = ((address, _marked(address, pages[address])) for address in sorted(pages))
    _write(normalised(build_index(marked)), output / FOLDER)


def _html_files(site: Path) -> Iterator[str]:
    """The address of every HTML file. Links to other folders are not followed."""
    for folder, _, names in os.walk(site):
        for name in names:
            if name.endswith(".html"):
                yield Path(folder, name).relative_to(site).as_posix()


def _marked(address: str, path: Path) -> str:
    text = _read(path)
    if MARK not in text:
        hint = f"Sätt {MARK} på <main> i sidans mall, eller välj bort sidan."
        raise SearchError(f"Sidan {address} ska gå att söka fram, men är inte märkt för sökning.", hint)
    return text


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SearchError(
            f"Sidan {path} går inte att läsa.", "Bygg webbplatsen på nytt.", str(error)
        ) from error


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Replace what an earlier index has left, so that no file of it lives on beside the new one."""
    if folder.exists():
        shutil.rmtree(folder)
    for parent in {(folder / name).parent for name in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
