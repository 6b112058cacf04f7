"""The search index: finished HTML becomes a folder that the search page asks, bit by bit, in a browser.

Responsible for which pages go in, in which order, and for what is written: the same pages give the same
bytes, wherever they lie. `records` is what is known of a page beside its words, `preparing` makes pages ready
(compounds, everyday words), `service` talks with Pagefind and `normalising` makes its answer small and
repeatable. How hits are shown stands in `overrides/assets/sok.js`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trygglofte.pages import Page, Site
from trygglofte.searching.everyday import Everyday, everyday_words
from trygglofte.searching.normalising import normalised
from trygglofte.searching.preparing import MARK, Preparing, is_promise, searched
from trygglofte.searching.records import Record, as_text, for_portal, from_text, records_of
from trygglofte.searching.service import SearchError, build_index

__all__ = [
    "FOLDER",
    "KEPT",
    "MARK",
    "Known",
    "Record",
    "SearchError",
    "index_pages",
    "index_site",
    "keep",
    "kept",
    "made_of",
]

FOLDER = "pagefind"
"""The folder of the index, in the root of a site."""

KEPT = "sok.json"
"""What the portal's search needs of a site, kept beside its folder and not published."""

_WORDS = "ord.txt"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of pages beside their words, and residents' words for what they are about."""

    records: Mapping[str, Record] = field(default_factory=dict)
    everyday: tuple[Everyday, ...] = ()

    @classmethod
    def of(cls, site: Site, pages: Iterable[Page]) -> Known:
        """What is known of a site's pages."""
        return cls(records_of(site, pages), everyday_words(site.shared))

    def joined(self, others: Iterable[Mapping[str, Record]]) -> Known:
        """This, with what is known of other pages."""
        records = dict(self.records)
        for other in others:
            records.update(other)
        return Known(records, self.everyday)


def index_site(site: Path, known: Known | None = None) -> None:
    """Write `site/pagefind/` from every page in `site` that has a part marked for search.

    Raises SearchError where no page has one, and where Pagefind fails: then nothing is written.
    """
    texts = ((address, _read(site / address)) for address in _html_files(site))
    _index(((address, text) for address, text in texts if MARK in text), site, known or Known())


def index_pages(pages: Mapping[str, Path], output: Path, known: Known | None = None) -> None:
    """Write `output/pagefind/` from these pages alone: an address such as `x/y/index.html` → its file.

    Pledges are found by what they promise, which is known of them: the reports of 290 municipalities would be an
    index of many megabytes, made again at every change. Each municipality's own search reads all of a page.
    Raises SearchError where there is no page, where one has no part marked for search (it was chosen,
    and would be left out in silence), and where Pagefind fails: then nothing is written.
    """
    known = known or Known()
    _index(_texts(pages, known), output, known, promises_alone=True)


def made_of(pages: Mapping[str, Path], known: Known) -> str:
    """A key of all that reaches the index that `index_pages` would make, but the program: SHA-256 in hexadecimal.

    Of a page that is found by what is known of it (a pledge, one that gathers others) the text is no part of that.
    Raises SearchError as `index_pages` does where a page cannot be read or is not marked.
    """
    digest = hashlib.sha256()

    def add(*values: object) -> None:
        digest.update(f"{values!r}\n".encode())

    for item in known.everyday:
        add(item.beginning, item.pattern.pattern, item.words, item.theme)
    for address, record in sorted(known.records.items()):
        add(address, record)
    for address, text in sorted(_texts(pages, known)):
        known_alone = not text or (address in known.records and known.records[address].gathers)
        add(address, "" if known_alone else searched(text))
    return digest.hexdigest()


def _texts(pages: Mapping[str, Path], known: Known) -> Iterator[tuple[str, str]]:
    """The text of every page. That of a pledge is not asked for: it is found by what it promises."""
    for address, path in pages.items():
        record = known.records.get(address)
        yield address, "" if record and is_promise(record) else _marked(address, path)


def _index(
    texts: Iterable[tuple[str, str]], output: Path, known: Known, *, promises_alone: bool = False
) -> None:
    made = Preparing(texts, known.records, known.everyday, promises_alone=promises_alone)
    shown = {address: record.shown for address, record in known.records.items()}
    files = normalised(build_index(made.pages()), shown, made.restored)
    _write({**files, _WORDS: made.word_list().encode()}, output / FOLDER)


def keep(known: Known, pages: Iterable[str], file: Path) -> None:
    """Keep what the portal's search needs of these pages, by their addresses, beside a built site."""
    chosen = (f"{address}index.html" for address in pages)
    records = {name: for_portal(known.records[name]) for name in chosen if name in known.records}
    file.write_text(as_text(records), encoding="utf-8")


def kept(file: Path, below: str) -> dict[str, Record]:
    """What was kept of a site in a folder `below/` of the portal; nothing where it cannot be read."""
    try:
        found = from_text(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}
    return {f"{below}/{address}": record for address, record in found.items()}


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
