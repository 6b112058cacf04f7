"""What is promised of the search index: the same pages give the same bytes, and only what is needed.

How the search page behaves in a browser stands in test_search_page.py.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import cbor2
import pytest

from trygglofte.searching import SearchError, index_pages, index_site, service
from trygglofte.searching.normalising import normalised

WORDS = ["polisen", "kommunen", "trygghet", "brott", "station", "belysning", "ungdomar", "kvällar"]


def document(number: int, *, words: int = 60) -> str:
    """A page that is marked for search, with every kind of attribute that the templates use."""
    dice = random.Random(number)
    text = " ".join(dice.choices(WORDS, k=words))
    year = 2015 + dice.randrange(10)
    kind = dice.choice(["Medborgarlöfte", "Lägesbild", "Överenskommelse"])
    return f"""<!doctype html><html lang="sv"><head><title>Löfte {number}</title></head><body>
        <nav>Meny</nav><main data-pagefind-body><h1 data-pagefind-meta="title">Löfte {number}</h1>
        <p data-pagefind-meta="typ:{kind}" data-pagefind-filter="typ:{kind}"></p>
        <p data-pagefind-meta="ar:{year}" data-pagefind-filter="ar:{year}"></p>
        <span hidden data-x="brott" data-pagefind-meta="delar[data-x]"></span>
        <h2 id="del">Del</h2><p>{text}</p></main></body></html>"""


def lay_out(folder: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def content_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def unpacked(path: Path) -> list[object]:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))


def addresses_in(folder: Path) -> set[str]:
    """The address of every page that an index can give as a hit."""
    fragments = (gzip.decompress(path.read_bytes())[12:] for path in folder.glob("fragment/*"))
    return {json.loads(fragment)["url"] for fragment in fragments}


@pytest.fixture
def pages() -> dict[str, str]:
    return {f"medborgarloften/l{number}/index.html": document(number) for number in range(150)}


def test_the_same_pages_give_the_same_bytes_wherever_and_in_whatever_order_they_were_written(
    tmp_path: Path, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Path("/dev/shm")  # lists files in the order they were made, where a disk lists them by a hash
    found = []
    for turn in range(6):
        names = list(pages)
        random.Random(turn).shuffle(names)
        parent = memory if turn % 2 and os.access(memory, os.W_OK) else tmp_path
        monkeypatch.setenv("RAYON_NUM_THREADS", str(1 + turn % 3))
        folder = parent / f"trygglofte-prov-{os.getpid()}-å {turn}"
        try:
            site = lay_out(folder, {name: pages[name] for name in names})
            index_site(site)
            found.append(content_of(site / "pagefind"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    assert len(found[0]) > 150
    assert all(other == found[0] for other in found)


def test_an_index_of_chosen_pages_is_the_same_as_that_of_a_site_with_those_pages(tmp_path: Path) -> None:
    pages = {f"a/{number}/index.html": document(number) for number in range(20)}
    site = lay_out(tmp_path / "site", pages)
    index_site(site)
    elsewhere = lay_out(tmp_path / "x", {f"{n}.html": page for n, page in enumerate(pages.values())})
    chosen = {name: elsewhere / f"{n}.html" for n, name in enumerate(pages)}
    index_pages(dict(reversed(chosen.items())), tmp_path / "portal")
    assert content_of(tmp_path / "portal/pagefind") == content_of(site / "pagefind")


def test_only_chosen_pages_are_found_in_the_portal_under_their_own_addresses(tmp_path: Path) -> None:
    site = lay_out(tmp_path / "site", {"a/index.html": document(1), "b/index.html": document(2)})
    index_pages({"gavle/a/index.html": site / "a/index.html"}, tmp_path / "portal")
    assert addresses_in(tmp_path / "portal/pagefind") == {"/gavle/a/"}


def test_only_pages_that_are_marked_can_be_found(tmp_path: Path) -> None:
    files = {"a/index.html": document(1), "404.html": "<html><body><main>Borta</main></body></html>"}
    site = lay_out(tmp_path, files)
    index_site(site)
    assert addresses_in(site / "pagefind") == {"/a/"}


def test_nothing_is_shipped_that_no_page_loads(tmp_path: Path) -> None:
    site = lay_out(tmp_path, {"index.html": document(1)})
    index_site(site)
    names = set(content_of(site / "pagefind"))
    by_kind = {name.rpartition(".")[2] for name in names if "/" in name or name.endswith("pf_meta")}
    assert by_kind == {"pf_meta", "pf_fragment", "pf_index", "pf_filter"}
    plain = {name for name in names if "/" not in name and not name.endswith("pf_meta")}
    assert plain == {"pagefind.js", "pagefind-entry.json", "wasm.sv.pagefind", "ord.txt"}


def test_an_index_replaces_the_one_before_it_entirely(tmp_path: Path) -> None:
    site = lay_out(tmp_path, {"a/index.html": document(1), "b/index.html": document(2)})
    index_site(site)
    (site / "b/index.html").unlink()
    index_site(site)
    assert addresses_in(site / "pagefind") == {"/a/"}


def test_the_values_of_a_filter_stand_in_order(tmp_path: Path, pages: dict[str, str]) -> None:
    site = lay_out(tmp_path, pages)
    index_site(site)
    [meta] = (site / "pagefind").glob("*.pf_meta")
    filters = unpacked(meta)[3]
    assert [name for name, _ in filters] == ["ar", "typ"]  # type: ignore[attr-defined]
    for name, file in filters:  # type: ignore[attr-defined]
        held, values = unpacked(site / f"pagefind/filter/{file}.pf_filter")
        assert held == name
        assert values == sorted(values)  # type: ignore[call-overload]
        assert sum(len(numbers) for _, numbers in values) == 150  # type: ignore[attr-defined]


def test_a_site_without_a_page_that_is_marked_is_told_to_mark_its_template(tmp_path: Path) -> None:
    site = lay_out(tmp_path, {"index.html": "<html><body><main>Text</main></body></html>"})
    with pytest.raises(
        SearchError, match=r"Ingen sida har något att söka i\. .* data-pagefind-body på <main>"
    ):
        index_site(site)
    assert not (site / "pagefind").exists()


def test_an_empty_folder_and_an_empty_choice_are_told_too(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="Ingen sida"):
        index_site(tmp_path)
    with pytest.raises(SearchError, match="Ingen sida"):
        index_pages({}, tmp_path)


def test_a_chosen_page_that_would_be_left_out_in_silence_is_named(tmp_path: Path) -> None:
    site = lay_out(tmp_path, {"a.html": document(1), "b.html": "<html><body>Text</body></html>"})
    with pytest.raises(SearchError, match=r"Sidan x/b/index\.html ska gå att söka fram"):
        index_pages({"x/a/index.html": site / "a.html", "x/b/index.html": site / "b.html"}, tmp_path / "ut")
    assert not (tmp_path / "ut").exists()


def test_a_page_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"\xff data-pagefind-body")
    with pytest.raises(SearchError, match=r"a\.html går inte att läsa"):
        index_site(tmp_path)


def test_a_failed_index_leaves_the_one_before_it_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = lay_out(tmp_path, {"index.html": document(1)})
    index_site(site)
    before = content_of(site / "pagefind")
    monkeypatch.setattr(service, "_program", lambda: Path("/finns/inte"))
    with pytest.raises(SearchError):
        index_site(site)
    assert content_of(site / "pagefind") == before


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let a few lines of Python stand in for Pagefind."""

    def write(code: str) -> None:
        program = tmp_path / "pagefind"
        program.write_text(f"#!{sys.executable}\nimport sys, base64\n{code}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(service, "_program", lambda: program)

    return write


DIES = "print('thread panicked\\nout of memory', file=sys.stderr); sys.exit(1)"
TALKS_NONSENSE = "sys.stdin.read(9); sys.stdout.write('inte base64!,')"
ANSWERS_OTHERWISE = "print('e30=', end=',', flush=True); sys.stdin.read()"
REFUSES = """
answer = b'{"payload": {"type": "Error", "message": "no"}}'
print(base64.b64encode(answer).decode(), end=',', flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (DIES, r"svarar inte som det ska.*\(out of memory\)"),
        (TALKS_NONSENSE, "svarar inte som det ska"),
        (ANSWERS_OTHERWISE, r"svarar inte som det ska.*\('payload'\)"),
        (REFUSES, r"säger nej till NewIndex.*\(no\)"),
    ],
    ids=["it dies", "it talks nonsense", "its answer has another form", "it refuses"],
)
def test_what_pagefind_complains_of_is_told_in_swedish_with_its_last_line(
    instead: Callable[[str], None], code: str, message: str
) -> None:
    instead(code)
    with pytest.raises(SearchError, match=message) as caught:
        service.build_index([("index.html", document(1))])
    assert caught.value.hint.startswith("Kör ”make clean”")


def test_a_missing_program_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(
        SearchError, match=r"Pagefind går inte att starta\. Kör ”make clean” och sedan ”make site”"
    ):
        service.build_index([("index.html", document(1))])


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.pop("pagefind.js"),
        lambda files: files.update({"pagefind-entry.json": b"{}"}),
        lambda files: files.update({name: b"x" for name in files if name.endswith("pf_meta")}),
        lambda files: files.update({name: gzip.compress(b"x") for name in files if name.endswith("pf_meta")}),
        lambda files: files.update(
            {name: gzip.compress(b"pagefind_dcd\x80") for name in files if "pf_meta" in name}
        ),
        lambda files: files.update(
            {name: gzip.compress(b"pagefind_dcd\x9b") for name in files if "filter/" in name}
        ),
    ],
    ids=["no script", "empty entry", "not gzip", "no signature", "no content", "broken filter"],
)
def test_an_index_of_another_form_than_we_know_is_refused(
    change: Callable[[dict[str, bytes]], object],
) -> None:
    files = service.build_index([("index.html", document(1))])
    change(files)
    with pytest.raises(SearchError, match="en form som vi inte känner"):
        normalised(files)


def test_environment_and_configuration_files_do_not_change_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = lay_out(tmp_path / "site", {"index.html": document(1)})
    index_site(site)
    before = content_of(site / "pagefind")
    monkeypatch.setenv("PAGEFIND_KEEP_INDEX_URL", "true")
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    monkeypatch.setenv("PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE", "1")
    (tmp_path / "pagefind.toml").write_text('exclude_selectors = ["p"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    index_site(site)
    assert content_of(site / "pagefind") == before
