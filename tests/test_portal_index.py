"""The portal's search index is made anew only when what it is made of has changed, and no byte can tell."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.small_sites import DAY, PLEDGE, THREE, files_of, whole, write
from tests.test_searching import addresses_in, content_of, document, lay_out
from trygglofte import searching
from trygglofte.publishing import publish, releasing, roll_back
from trygglofte.publishing.indexing import FILE, put_index
from trygglofte.publishing.records import is_whole
from trygglofte.publishing.store import Store
from trygglofte.searching.everyday import Everyday

MUNICIPALITY = "data/provstad/kommun.yml"
LATEST = "data/provstad/lagesbilder/2026-01.yml"
OLDER = "data/provstad/lagesbilder/2025-06.yml"
GLOSSARY = "data/ordlista.yml"
PORTAL = "data/portal.yml"


@pytest.fixture
def asked(monkeypatch):
    """How often the portal's index has been made."""
    calls = []
    make = searching.index_pages

    def index_pages(*arguments, **named):
        calls.append(arguments)
        make(*arguments, **named)

    monkeypatch.setattr(searching, "index_pages", index_pages)
    return calls


# Whole projects


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A project that is live, where a municipality has a situation summary that is not its latest."""
    summary = THREE[LATEST].replace("2026-01-01", "2025-06-01").replace("2026-01-31", "2025-06-30")
    root = whole(tmp_path_factory.mktemp("once") / "project", {OLDER: summary})
    publish(root, root / "site", DAY)
    return root


@pytest.fixture
def project(once, tmp_path):
    return Path(shutil.copytree(once, tmp_path / "project", symlinks=True))


def changed(name, old, new):
    def edit(root):
        text = (root / name).read_text("utf-8")
        assert old in text
        write(root, name, text.replace(old, new, 1))

    return edit


def added(name, text):
    return lambda root: write(root, name, (root / name).read_text("utf-8") + text)


def municipality_added(root):
    shutil.copytree(root / "data/alstad", root / "data/ystad")
    changed("data/ystad/kommun.yml", "Alstad", "Ystad")(root)


def municipality_removed(root):
    shutil.rmtree(root / "data/alstad")


EVERYDAY = "    vardagsord: [trygghetslöfte]\n"
EDITS = {
    "a summary that is not the latest": (added(OLDER, "sammanfattning: Det var lugnt.\n"), False),
    "the latest summary": (added(LATEST, "sammanfattning: Det var lugnt.\n"), True),
    "an agreement": (changed("data/provstad/overenskommelser/2024-2027.yml", "Minska", "Hindra"), False),
    "a pledge": (changed(PLEDGE, "Lugnare", "Stillsammare"), True),
    "a comment in a pledge": (added(PLEDGE, "# en rad till\n"), False),
    "a municipality that comes": (municipality_added, True),
    "a municipality that goes": (municipality_removed, True),
    "what a municipality is called": (changed(MUNICIPALITY, "kortnamn: Provstad", "kortnamn: Prov"), True),
    "what the portal is called": (changed(PORTAL, "Provportalen", "Löftesportalen"), False),
    "a setting": (added("mkdocs.yml", "copyright: Prov\n"), False),
    "residents' words": (added(GLOSSARY, EVERYDAY), True),
    "how a word is explained": (changed(GLOSSARY, "Ett löfte", "Ett gemensamt löfte"), False),
    "the program": (added("hooks/mkdocs_entry.py", "# en rad till\n"), True),
}


@pytest.mark.slow
@pytest.mark.parametrize("edit", list(EDITS))
def test_after_any_edit_all_is_as_in_a_clean_build_and_the_index_is_made_only_when_it_must_be(
    project, tmp_path, asked, edit
):
    change, reaches_the_index = EDITS[edit]
    change(project)
    release = publish(project, project / "site", DAY)
    assert not release.failed
    assert len(asked) == reaches_the_index
    assert files_of(project / "site") == clean(project, tmp_path / "clean", DAY)


@pytest.mark.slow
def test_another_day_alone_makes_no_new_index_where_nothing_has_come_otherwise(project, tmp_path, asked):
    tomorrow = DAY + timedelta(days=1)
    publish(project, project / "site", tomorrow)
    assert asked == []
    assert files_of(project / "site") == clean(project, tmp_path / "clean", tomorrow)


def clean(project, elsewhere, day):
    """What a build from nothing gives of the same files."""
    shutil.copytree(project, elsewhere, ignore=shutil.ignore_patterns("site", ".site", "build"))
    publish(elsewhere, elsewhere / "site", day)
    return files_of(elsewhere / "site")


@pytest.mark.slow
def test_portals_that_share_an_index_are_whole_each_by_itself_and_can_be_gone_back_to(project, asked):
    site, seen = project / "site", [files_of(project / "site")]
    for change, _ in (EDITS["a summary that is not the latest"], EDITS["a pledge"], EDITS["an agreement"]):
        change(project)
        publish(project, site, DAY)
        seen.append(files_of(site))
    assert len(asked) == 1
    store = Store(site)
    assert [is_whole(portal, store.manifest_of(portal)) for portal in store.kept()] == [True] * 4
    roll_back(site, 3)
    assert files_of(site) == seen[0]


@pytest.mark.slow
def test_a_run_that_finds_nothing_changed_is_over_at_once_after_an_index_was_taken_over_too(
    project, monkeypatch, asked
):
    EDITS["an agreement"][0](project)
    publish(project, project / "site", DAY)
    before = files_of(project / "site")
    monkeypatch.delattr(releasing, "_publish")
    publish(project, project / "site", DAY)
    assert files_of(project / "site") == before
    assert asked == []


@pytest.mark.slow
def test_a_live_index_that_was_harmed_is_made_again_though_nothing_has_changed(project, asked):
    before = files_of(project / "site")
    harmed(project / "site/pagefind")
    publish(project, project / "site", DAY)
    assert len(asked) == 1
    assert files_of(project / "site") == before


@pytest.mark.slow
def test_without_search_there_is_no_index_to_take_over(project, asked):
    before = files_of(project / "site")
    publish(project, project / "site", DAY, with_search=False)
    assert not (project / "site/pagefind").exists()
    EDITS["a comment in a pledge"][0](project)
    publish(project, project / "site", DAY)
    assert len(asked) == 1
    assert content_of(project / "site/pagefind") == {
        name.removeprefix("pagefind/"): content
        for name, content in before.items()
        if name.startswith("pagefind/")
    }


# One index after another


class Portals:
    """A store in which portals come to be live, each with an index of its own."""

    def __init__(self, folder):
        self.store = Store(folder / "site")
        self.store.prepare()
        pages = {f"a/{number}/index.html": document(number) for number in range(3)}
        files = lay_out(folder / "pages", pages)
        self.pages = {f"alstad/{name}": files / name for name in pages}
        self.known = searching.Known()

    def next(self, name, program="1"):
        """A further portal becomes live. Gives its index."""
        fresh = self.store.portals / name
        fresh.mkdir()
        put_index(self.store, program, self.pages, self.known, fresh)
        self.store.make_live(fresh)
        return fresh / searching.FOLDER


@pytest.fixture
def portals(tmp_path):
    return Portals(tmp_path)


def harmed(index):
    fragment = next(index.glob("fragment/*"))
    content = fragment.read_bytes()
    fragment.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def first_page(portals):
    return next(iter(portals.pages.values()))


def test_the_same_pages_have_the_same_index_which_is_not_made_twice(portals, asked):
    first, second = portals.next("1"), portals.next("2")
    assert len(asked) == 1
    assert content_of(second) == content_of(first)
    assert all(path.samefile(second / path.relative_to(first)) for path in first.rglob("*.pf_*"))


def test_where_files_cannot_be_shared_they_are_copied(portals, asked, monkeypatch):
    def link(*_):
        raise OSError(errno.EMLINK, "Too many links")

    first = portals.next("1")
    monkeypatch.setattr(os, "link", link)
    second = portals.next("2")
    assert len(asked) == 1
    assert content_of(second) == content_of(first)
    assert not any(path.samefile(second / path.relative_to(first)) for path in first.rglob("*.pf_*"))


def test_what_no_search_reads_of_a_page_makes_no_new_index(portals, asked):
    portals.next("1")
    page = first_page(portals)
    page.write_text(page.read_text().replace("Meny", "En annan meny").replace("polisen", "poli\u00adsen"))
    portals.next("2")
    assert len(asked) == 1


def word_changed(portals):
    page = first_page(portals)
    page.write_text(page.read_text().replace("belysning", "gatlyktor"))


def page_gone(portals):
    portals.pages.popitem()


def page_moved(portals):
    address, path = portals.pages.popitem()
    portals.pages[f"o{address}"] = path


def known_otherwise(**values):
    def change(portals):
        record = searching.Record("Löfte", "Vad som lovas", **values)
        portals.known = searching.Known({next(iter(portals.pages)): record})

    return change


MADE_OF = {
    "a word": word_changed,
    "a page that goes": page_gone,
    "a page with another address": page_moved,
    "what is known of a page": known_otherwise(),
    "what a page can be chosen by": known_otherwise(filters={"typ": ("Lägesbild",)}),
    "that a page gathers others": known_otherwise(gathers=True),
}


@pytest.mark.parametrize("change", list(MADE_OF))
def test_whatever_an_index_is_made_of_makes_a_new_one_and_harms_none_before_it(portals, asked, change):
    first = portals.next("1")
    second = portals.next("2")
    before = content_of(second)
    MADE_OF[change](portals)
    third = portals.next("3")
    assert len(asked) == 2
    searching.index_pages(portals.pages, portals.store.folder / "clean", portals.known)
    assert content_of(third) == content_of(portals.store.folder / "clean" / searching.FOLDER) != before
    assert content_of(first) == content_of(second) == before


RECORD = searching.Record("Löfte", "Vad som lovas")
OTHERWISE = searching.Record(
    "Lägesbild", "Vad som hänt", True, {"typ": ("Lägesbild",)}, {"ar": "2026"}, ("läget",), ("Lugn",), "Trafik", "2026",
)  # fmt: skip
TERM = Everyday("bro", re.compile("bro(?P<last>tt)"), ("rån",), "Trafik")
OTHER_TERM = Everyday("bu", re.compile("bu(?P<last>s)"), ("stök",), "Narkotika")


@pytest.mark.parametrize("name", [field.name for field in fields(searching.Record)])
def test_everything_that_is_known_of_a_page_is_in_the_key(name):
    other = replace(RECORD, **{name: getattr(OTHERWISE, name)})
    keys = {searching.made_of({}, searching.Known({"a/index.html": record})) for record in (RECORD, other)}
    assert len(keys) == 2


@pytest.mark.parametrize("name", [field.name for field in fields(Everyday)])
def test_everything_that_is_known_of_residents_words_is_in_the_key(name):
    other = replace(TERM, **{name: getattr(OTHER_TERM, name)})
    keys = {searching.made_of({}, searching.Known({}, (term,))) for term in (TERM, other)}
    assert len(keys) == 2


def test_another_program_makes_its_own_index(portals, asked):
    portals.next("1")
    portals.next("2", program="2")
    assert len(asked) == 2


def with_one_more(index):
    (index / "mer.txt").write_text("mer")


def without_one(index):
    next(index.glob("fragment/*")).unlink()


def with_a_link(index):
    fragment = next(index.glob("fragment/*"))
    fragment.rename(index.parent / "annan")
    fragment.symlink_to(index.parent / "annan")


def somewhere_else(index):
    index.rename(index.with_name("annan"))
    index.symlink_to("annan", target_is_directory=True)


@pytest.mark.parametrize(
    "harm",
    [harmed, with_one_more, without_one, with_a_link, somewhere_else, shutil.rmtree],
    ids=lambda f: f.__name__,
)
def test_an_index_that_was_harmed_is_never_taken_over(portals, asked, harm):
    first = portals.next("1")
    before = content_of(first)
    harm(first)
    assert content_of(portals.next("2")) == before
    assert len(asked) == 2
    assert content_of(portals.next("3")) == before
    assert len(asked) == 2


HARMS = {
    "nothing in it": lambda kept: "",
    "cut short": lambda kept: json.dumps(kept)[:-1],
    "a list": lambda kept: "[]",
    "a text": lambda kept: '"nyckel"',
    "no files named": lambda kept: json.dumps({"nyckel": kept["nyckel"]}),
    "no files": lambda kept: json.dumps(kept | {"filer": {}}),
    "files of another form": lambda kept: json.dumps(kept | {"filer": 1}),
    "other bytes": lambda kept: json.dumps(kept | {"filer": dict.fromkeys(kept["filer"], "0" * 64)}),
    "another key": lambda kept: json.dumps(kept | {"nyckel": "0" * 20}),
}


@pytest.mark.parametrize("harm", list(HARMS))
def test_what_is_kept_of_an_index_only_saves_time(portals, asked, harm):
    before = content_of(portals.next("1"))
    kept = portals.store.folder / FILE
    kept.write_text(HARMS[harm](json.loads(kept.read_text())))
    assert content_of(portals.next("2")) == before
    assert len(asked) == 2
    portals.next("3")
    assert len(asked) == 2


def test_an_index_of_which_nothing_is_kept_is_made_again(portals, asked):
    before = content_of(portals.next("1"))
    (portals.store.folder / FILE).unlink()
    assert content_of(portals.next("2")) == before
    assert len(asked) == 2


def test_where_nothing_can_be_kept_the_index_is_made_all_the_same(portals, asked):
    (portals.store.folder / FILE).mkdir()
    assert addresses_in(portals.next("1")) == addresses_in(portals.next("2"))
    assert len(asked) == 2


def test_a_chosen_page_that_is_not_marked_is_named_though_an_index_is_there(portals):
    portals.next("1")
    page = first_page(portals)
    page.write_text(page.read_text().replace(searching.MARK, ""))
    with pytest.raises(searching.SearchError, match=r"alstad/a/0/index\.html"):
        portals.next("2")
