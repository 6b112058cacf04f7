"""Makes Pagefind's files the same from run to run, and leaves out those that no page of ours loads.

Pagefind 1.5.2 writes the values of a filter in the order of a hash table, another one in every run, and
names files by their content, so that the filter's file, the table of contents (`pf_meta`) and the entry
file differ. Its later source sorts them: with a release that does, only the choice of files is needed.
Everything else is the same for the same pages in the same order, which `searching` sees to.

Fragments, which are what a hit is shown from, get their text back as it was written (`preparing` takes words
apart) and what a hit says of itself; both are no part of what is searched.

A file is `pagefind_dcd` and CBOR, packed with gzip. The table of contents holds
`[version, pages, chunks, filters, sorts, meta fields]`, with filters as `[name, file]`; a filter holds
`[name, [[value, [page number, …]], …]]`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import cbor2

from trygglofte.searching.service import SearchError

_SIGNATURE = b"pagefind_dcd"
_GZIP = 31  # zlib's number for a gzip frame, whose header then holds neither time nor file name
_ENTRY = "pagefind-entry.json"
_PAGEFIND = "pagefind.js"
_PAGES, _FILTERS, _SORTS = 1, 3, 4

Shown = Mapping[str, Mapping[str, Any]]


def _as_it_is(text: str) -> str:
    return text


def normalised(
    files: Mapping[str, bytes], shown: Shown | None = None, restored: Callable[[str], str] = _as_it_is
) -> dict[str, bytes]:
    """The files that `pagefind.js` fetches outside a worker, in the form that the same pages always get.

    `shown` is what a hit says of itself, by the address of its file; `restored` gives text back as written.
    Left out: the three ready-made interfaces, the highlighter, `pagefind-worker.js` (a second copy of
    pagefind.js, which `sok.js` declines) and `wasm.unknown` (for languages without a stemmer).
    Raises SearchError where the index is empty, or not of the shape that this module knows.
    """
    try:
        entry = json.loads(files[_ENTRY])
        kept = {name: content for name, content in files.items() if name.startswith("index/")}
        kept[_PAGEFIND] = files[_PAGEFIND]
        for language, index in entry["languages"].items():
            program = f"wasm.{index['wasm'] or 'unknown'}.pagefind"
            kept[program] = files[program]
            meta = _unpacked(files[f"pagefind.{index['hash']}.pf_meta"])
            kept |= _filters(language, meta, files)
            kept |= _fragments(language, meta, files, shown or {}, restored)
            meta[_SORTS].sort()
            index["hash"], packed = _packed(language, cbor2.dumps(meta))
            kept[f"pagefind.{index['hash']}.pf_meta"] = packed
    except (AttributeError, LookupError, TypeError, ValueError, zlib.error, cbor2.CBORDecodeError) as error:
        hint = "Använd den version av Pagefind som står i pyproject.toml."
        raise SearchError("Pagefinds index har en form som vi inte känner.", hint, repr(error)) from error
    if not entry["languages"]:
        hint = "Se efter att sidmallen har data-pagefind-body på <main>, och att det finns text där."
        raise SearchError("Ingen sida har något att söka i.", hint)
    kept[_ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return kept


def _filters(language: str, meta: list[Any], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every filter's file, with its values in order. Their new names are written into `meta`."""
    written = {}
    for named in meta[_FILTERS]:
        content = _unpacked(files[f"filter/{named[1]}.pf_filter"])
        content[1].sort()
        named[1], packed = _packed(language, cbor2.dumps(content))
        written[f"filter/{named[1]}.pf_filter"] = packed
    meta[_FILTERS].sort()
    return written


def _fragments(
    language: str, meta: list[Any], files: Mapping[str, bytes], shown: Shown, restored: Callable[[str], str]
) -> dict[str, bytes]:
    """Every page's fragment, as it is shown. Their new names are written into `meta`."""
    written = {}
    for page in meta[_PAGES]:
        fragment = json.loads(_plain(files[f"fragment/{page[0]}.pf_fragment"]))
        for part in (fragment, *fragment["anchors"]):
            part |= {name: restored(part[name]) for name in ("content", "text") if name in part}
        fragment["meta"] = {name: restored(value) for name, value in fragment["meta"].items()}
        fragment["filters"] = {}
        fragment["meta"] |= shown.get(_file_at(fragment["url"]), {})
        _name_parts(fragment["anchors"], fragment["meta"].get("lovat", ()))
        page[0], packed = _packed(language, json.dumps(fragment, ensure_ascii=False, sort_keys=True).encode())
        written[f"fragment/{page[0]}.pf_fragment"] = packed
    return written


def _name_parts(anchors: list[Any], parts: Iterable[Mapping[str, Any]]) -> None:
    """Let hits lead to what a page is made of: `pagefind.js` only offers headings, by their text."""
    names = {part["id"]: part["vad"] for part in parts}
    for anchor in anchors:
        if anchor["id"] in names:
            anchor |= {"element": "h3", "text": names[anchor["id"]]}


def _file_at(url: str) -> str:
    return f"{url.lstrip('/')}index.html" if url.endswith("/") else url.lstrip("/")


def _plain(packed: bytes) -> bytes:
    content = zlib.decompress(packed, _GZIP)
    if not content.startswith(_SIGNATURE):
        raise ValueError(content[: len(_SIGNATURE)])
    return content[len(_SIGNATURE) :]


def _unpacked(packed: bytes) -> list[Any]:
    found: list[Any] = cbor2.loads(_plain(packed))
    return found


def _packed(language: str, plain: bytes) -> tuple[str, bytes]:
    """A name that follows from the content alone, and the content packed."""
    name = f"{language}_{hashlib.sha256(plain).hexdigest()[:12]}"
    return name, zlib.compress(_SIGNATURE + plain, 9, _GZIP)
