"""What is measured is fair and stays the same: no timings here, they are made by `python -m benchmarks`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from benchmarks import corpus, path, plot, sampling
from benchmarks.layouts import as_markdown, as_yaml, markdown_of
from benchmarks.measure import Run, page_sizes, ratios_table
from benchmarks.peers.contenders import NAMES, Tools
from benchmarks.peers.layouts import HERE, edit, lay_out, made
from trygglofte.library import Library
from trygglofte.publishing import publish

pytestmark = pytest.mark.slow

MOST_BYTES = 45_000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return as_yaml(corpus.make(), tmp_path_factory.mktemp("benchmarks") / "ours")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def test_the_same_municipality_is_made_every_time() -> None:
    assert corpus.make() == corpus.make()
    assert corpus.make(seed=1) != corpus.make(seed=2)


@pytest.mark.parametrize("count", [15, 150, 1000], ids=str)
def test_a_municipality_has_as_many_documents_as_asked_for_and_no_two_share_an_address(count: int) -> None:
    documents = corpus.make(count).documents
    assert len(documents) == count
    assert len({(document.folder, document.id) for document in documents}) == count


def test_what_is_made_passes_the_checker_without_errors(project: Path) -> None:
    library = Library(project)
    shared = library.shared().shared
    assert shared is not None
    checked = library.municipality(corpus.SLUG, shared)
    assert [problem for problem in checked.problems if problem.is_error] == []
    assert checked.municipality is not None
    assert len(list(checked.municipality.documents)) == 150


def test_the_markdown_says_everything_that_the_yaml_says() -> None:
    for document in corpus.make().documents:
        markdown = markdown_of(document)
        missing = [text for text in _texts(document.values) if len(text) > 30 and text not in markdown]
        assert missing == [], document.id


def test_every_document_stands_in_the_navigation_of_the_stock_site(tmp_path: Path) -> None:
    made = corpus.make()
    navigation = (as_markdown(made, tmp_path / "stock") / "mkdocs.yml").read_text(encoding="utf-8")
    for document in made.documents:
        assert f": {document.folder}/{document.id}.md\n" in navigation


def test_no_page_of_150_documents_holds_more_than_45_kb_of_html(project: Path, tmp_path: Path) -> None:
    publish(project, tmp_path / "site", corpus.DAY, with_search=False)
    site = tmp_path / "site" / corpus.SLUG
    sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*.html")}
    assert len(sizes) > 150
    assert {page: size for page, size in sizes.items() if size > MOST_BYTES} == {}


def test_sizes_are_those_of_html_alone_and_links_to_folders_are_followed(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "index.html").write_bytes(b"12345")
    (tmp_path / "kept" / "style.css").write_bytes(b"1")
    (tmp_path / "site").symlink_to(tmp_path / "kept", target_is_directory=True)
    assert page_sizes(tmp_path / "site") == [5]


def test_ratios_are_taken_pair_by_pair() -> None:
    found = {"ours": [Run(1, 1, 1), Run(2, 1, 1)], "theirs": [Run(4, 3, 1), Run(4, 5, 1)]}
    assert (
        ratios_table(found, "ours").splitlines()[-1] == "| theirs | 2.00 | 3.00 | 4.00 | 3.00 | 4.00 | 5.00 |"
    )


def test_the_way_of_a_change_stops_where_a_step_does_not_end_as_it_should(tmp_path: Path) -> None:
    way = path.Way(tmp_path, ("soderhamn",))
    path.lay_out(tmp_path / "main", way.slugs)
    assert Library(tmp_path / "main").slugs() == ["soderhamn"]
    assert (tmp_path / "main/.github/scripts/scope.py").is_file()
    assert way.step("här", "echo", tmp_path, "echo", "hej") == "hej\n"
    with pytest.raises(path.BrokenError, match="status 1"):
        way.step("här", "false", tmp_path, "false")
    assert [said for _, said, _ in way.steps] == ["echo"]


def _keys(value: Any) -> Iterator[str]:
    """The names of all fields; what stands under ids (outcomes, places) is looked into, the ids are left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            by_id = key in {"utfall", "platser"} and isinstance(inner, dict)
            for one in inner.values() if by_id else [inner]:
                yield from _keys(one)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def test_every_contender_is_given_the_same_records(tmp_path: Path) -> None:
    lay_out(2, 15, tmp_path, set(NAMES))
    for one in made(2, 15):
        for document in one.documents:
            ours = tmp_path / "ours" / "data" / one.slug / document.folder / f"{document.id}.yml"
            assert yaml.safe_load(ours.read_text(encoding="utf-8")) == document.values
            stock = tmp_path / "stock" / one.slug / "docs" / document.folder / f"{document.id}.md"
            assert stock.read_text(encoding="utf-8") == markdown_of(document)
        assert one.slug in (tmp_path / "hugo" / "content" / one.slug / "_content.gotmpl").read_text("utf-8")
    assert "../ours/data" in (tmp_path / "hugo" / "config" / "_default" / "hugo.toml").read_text("utf-8")
    assert '"ours", "data"' in (tmp_path / "eleventy" / "_data" / "trygg.cjs").read_text("utf-8")


def test_no_two_municipalities_have_the_same_texts() -> None:
    one, other = made(2, 15)
    assert one.slug != other.slug
    assert one.documents[0].values["sammanfattning"] != other.documents[0].values["sammanfattning"]


def test_the_templates_of_hugo_and_eleventy_show_every_field_of_every_record() -> None:
    hugo = {path.parent.name: path.read_text("utf-8") for path in HERE.glob("hugo/layouts/*/page.html")}
    shared = (HERE / "hugo-adapter.gotmpl").read_text("utf-8")  # it gives pages their titles
    eleventy = "".join(path.read_text("utf-8") for path in HERE.glob("eleventy/*.cjs"))
    for document in corpus.make().documents:
        for key in set(_keys(document.values)):
            assert f".{key}" in hugo[document.folder] + shared, f"Hugo, {document.folder}: {key}"
            assert f".{key}" in eleventy, f"Eleventy, {document.folder}: {key}"


def test_an_edit_reaches_what_every_contender_reads(tmp_path: Path) -> None:
    found = lay_out(1, 15, tmp_path, {"ours", "mkdocs"})
    document, words = edit(found[0], tmp_path, 7)
    home = f"{found[0].slug}/%s{document.folder}/{document.id}"
    assert words in (tmp_path / "ours" / "data" / (home % "" + ".yml")).read_text("utf-8")
    assert words in (tmp_path / "stock" / (home % "docs/" + ".md")).read_text("utf-8")


def test_who_is_missing_is_said_with_how_to_get_it() -> None:
    said = Tools(None, None, None).missing(list(NAMES))
    assert [sentence.split(":")[0] for sentence in said] == ["zensical", "hugo", "eleventy"]
    assert "--hugo" in said[1]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read in /proc")
def test_memory_is_read_of_a_process_and_what_it_has_started() -> None:
    assert os.getpid() in sampling.processes(os.getpid())
    assert 1 < sampling.memory(os.getpid()) < 10_000
    assert sampling.memory(0) == 0


def test_plots_are_well_formed_and_hold_their_numbers() -> None:
    bars = "".join(ET.fromstring(plot.bars("A < B", {"ours": 0.25, "theirs": 12.34})).itertext())
    assert "A < B" in bars
    assert "0.25 s" in bars
    assert "12.3 s" in bars
    lines = ET.fromstring(plot.lines("Title", "x", "s", {"ours": [(1, 1), (290, 29)], "theirs": [(1, 2)]}))
    assert len(lines.findall("{*}circle")) == 3
