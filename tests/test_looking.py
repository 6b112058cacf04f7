"""What nobody has touched is not read again, and no edit is ever hidden by that."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date

import pytest

from tests.small_sites import COMMAND, DAY, PLEDGE, SLUGS, built_once, copy_of, write
from trygglofte.publishing import fingerprints, looking, publish
from trygglofte.publishing.fingerprints import own_files
from trygglofte.publishing.looking import FILE, Looks, Seen, seen

FIRST = "titel: Ett!\n"
SECOND = "titel: Två\n"


@pytest.fixture
def folder(tmp_path):
    """A municipality's folder with one pledge, and a store beside it that looked at both long ago."""
    (tmp_path / "store").mkdir()
    write(tmp_path, PLEDGE, FIRST)
    write(tmp_path, "data/provstad/kommun.yml", "namn: Provstad\n")
    return tmp_path


LATER = 60 * 10**9
"""A minute: long enough for a file to be believed."""


def look(root, later=0):
    """What is kept, for a run that begins `later` nanoseconds after now."""

    class Late(Looks):
        def _clock(self):
            return super()._clock() + later

    return Late(root / "store")


def key(root, later=0):
    """The key of the files, as a run finds it that begins `later` nanoseconds after now."""
    looks = look(root, later)
    found = own_files(root, ["provstad"], DAY, looks)["provstad"].key
    looks.save()
    return found


def kept(root):
    return json.loads((root / "store" / FILE).read_text())["sett"] if (root / "store" / FILE).exists() else {}


def in_place(path, times):
    path.write_text(SECOND)


def with_its_old_times(path, times):
    path.write_text(SECOND)
    os.utime(path, ns=times)


def by_renaming(path, times):
    fresh = path.with_name("fresh")
    fresh.write_text(SECOND)
    os.utime(fresh, ns=times)
    fresh.replace(path)


def older_than_it_was(path, times):
    path.write_text(SECOND)
    os.utime(path, ns=(0, 0))


EDITS = (in_place, with_its_old_times, by_renaming, older_than_it_was)


@pytest.mark.parametrize("late", [0, LATER], ids=["at once", "a minute later"])
@pytest.mark.parametrize("edit", EDITS, ids=[edit.__name__ for edit in EDITS])
def test_no_edit_is_hidden_though_size_and_time_are_as_they_were(folder, edit, late):
    path = folder / PLEDGE
    before = key(folder, late)
    assert len(FIRST.encode()) == len(SECOND.encode())
    edit(path, (path.stat().st_atime_ns, path.stat().st_mtime_ns))
    assert key(folder, late) != before


def test_a_file_that_was_touched_lately_is_read_again(folder):
    key(folder)
    assert kept(folder) == {}, "one more change could leave the same times"
    key(folder, LATER)
    assert list(kept(folder)) == ["data/provstad"]


def test_many_municipalities_are_looked_at_by_two_processes_with_the_same_result(tmp_path, monkeypatch):
    slugs = [f"kommun-{number}" for number in range(5)]
    (tmp_path / "store").mkdir()
    for slug in slugs:
        write(tmp_path, f"data/{slug}/kommun.yml", f"namn: {slug}\n")
    alone = own_files(tmp_path, slugs, DAY, look(tmp_path, LATER))
    monkeypatch.setattr(fingerprints, "_MANY", 1)
    monkeypatch.setattr("trygglofte.forking.processors", lambda: 2)
    looked_here = []
    monkeypatch.setattr(fingerprints, "seen", lambda *what: looked_here.append(what) or seen(*what))
    assert own_files(tmp_path, slugs, DAY, look(tmp_path, LATER)) == alone
    assert len(looked_here) == 3
    assert [own.key for own in alone.values()] == [
        own_files(tmp_path, [slug], DAY, look(tmp_path, LATER))[slug].key for slug in slugs
    ]


def test_what_is_as_it_was_is_not_read(folder, monkeypatch):
    before = key(folder, LATER)
    monkeypatch.setattr("trygglofte.publishing.fingerprints._content", lambda path: pytest.fail(str(path)))
    assert key(folder, LATER) == before


def test_a_touched_file_is_read_and_comes_to_the_same(folder):
    before = key(folder, LATER)
    os.utime(folder / PLEDGE, ns=(1, 1))
    assert key(folder, LATER) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.unlink(),
        lambda path: path.rename(path.with_name("other.yml")),
        lambda path: shutil.copy(path, path.with_name("other.yml")),
        lambda path: (path.rename(path.with_name("other")), path.symlink_to("other")),
        lambda path: (path.parent / "empty").mkdir(),
    ],
    ids=["gone", "renamed", "one more", "a link", "an empty folder"],
)
def test_what_comes_and_goes_is_seen(folder, change):
    before = key(folder, LATER)
    change(folder / PLEDGE)
    assert key(folder, LATER) != before


def test_nothing_is_believed_when_the_clock_has_gone_backwards(folder):
    key(folder, LATER)
    assert Looks(folder / "store")._before == {}, "it was written a minute from now"


@pytest.mark.parametrize("harm", ["", "{", "[]", '{"nu": 0}', '{"nu": "x", "sett": {}}', '{"nu": 0, "sett": []}',
                                  '{"nu": 0, "sett": {"data/provstad": 1}}', "\xff"])  # fmt: skip
def test_a_damaged_index_is_as_none(folder, harm):
    before = key(folder, LATER)
    (folder / "store" / FILE).write_bytes(harm.encode("latin-1"))
    assert key(folder) == before


def test_an_index_that_cannot_be_written_is_done_without(folder):
    shutil.rmtree(folder / "store")
    assert key(folder) == key(folder)


def test_another_day_looks_for_other_times(folder):
    write(folder, PLEDGE, "publiceras_från: 2026-03-02 08:00\n")
    looks = look(folder, LATER)
    assert own_files(folder, ["provstad"], DAY, looks)["provstad"].times == ()
    assert own_files(folder, ["provstad"], date(2026, 3, 2), looks)["provstad"].times == ("08:00:00",)


def test_a_folder_that_cannot_be_read_is_never_believed(folder, monkeypatch):
    def scandir(path):
        raise PermissionError(13, "no")

    monkeypatch.setattr(looking.os, "scandir", scandir)
    assert seen((folder / "data",)).latest > LATER * 10**9


def test_what_is_not_asked_for_is_forgotten(folder):
    looks = Looks(folder / "store")
    looks.keep("a", Seen("1", 0), 1)
    looks.save()
    looks = Looks(folder / "store")
    assert (looks.kept("a", Seen("1", 0)), looks.kept("a", Seen("2", 0))) == (1, None)
    looks.save()
    Looks(folder / "store").save()
    assert kept(folder) == {}


# The command


QUIET = """
import sys
from trygglofte.publishing.looking import Looks
Looks._clock = lambda looks: {now}
from trygglofte.cli import main
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""


@pytest.mark.slow
def test_a_run_that_finds_nothing_changed_loads_neither_mkdocs_nor_jinja_nor_the_model(
    tmp_path, tmp_path_factory
):
    root = copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")
    command = ["build", "--dag", DAY.isoformat()]
    subprocess.run([*COMMAND, *command], cwd=root, check=True, capture_output=True)
    code = QUIET.format(now=2 * 10**18)
    for _ in range(2):  # the first comes to know what lay there already
        run = subprocess.run(
            [sys.executable, "-c", code, *command], cwd=root, check=True, capture_output=True, text=True
        )
    assert [line.split()[:2] for line in run.stdout.splitlines()[:3]] == [
        ["oförändrad", slug] for slug in SLUGS
    ]
    loaded = set(run.stderr.split())
    assert not loaded & {"mkdocs", "jinja2", "pydantic", "babel", "markdown", "yaml"}
    write(root, PLEDGE, (root / PLEDGE).read_text() + "# en rad till\n")
    run = subprocess.run([*COMMAND, *command], cwd=root, check=True, capture_output=True, text=True)
    assert "byggd       provstad" in run.stdout


def test_what_a_run_made_need_not_be_read_by_the_next_nor_after_one_that_did_nothing(
    tmp_path, tmp_path_factory
):
    root = copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")
    for _ in range(2):
        publish(root, root / "site", date(2026, 3, 9), with_search=False)
        names = set(json.loads((root / ".site" / FILE).read_text())["sett"])
        assert names >= {f"{what}/{slug}" for what in ("kort", "liggare") for slug in SLUGS}


def test_the_folders_of_the_portal_that_no_municipality_can_have_are_what_they_are():
    from trygglofte.addresses import CURRENCY, SEARCH
    from trygglofte.publishing import work
    from trygglofte.searching import FOLDER

    assert set(work._PORTALS_OWN) == {"assets", FOLDER, SEARCH.rstrip("/"), CURRENCY.rstrip("/")}
