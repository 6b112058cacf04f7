"""The same input gives the same bytes, whatever machine, day or folder the build is run in; and it can be shown."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from itertools import pairwise

import click
import pytest

from benchmarks import editing
from tests.small_sites import REPOSITORY, skeleton, trygglofte, whole
from trygglofte.cli.clock import today_in_sweden
from trygglofte.history import repository
from trygglofte.publishing.reproducing import compare, conditions, difference, edit, lay_out, put_back

pytestmark = pytest.mark.slow

MUNICIPALITIES = ("exempelkoping", "gnosjo")


def test_the_same_input_gives_the_same_bytes(tmp_path):
    """Folder, time zone, locale, hash seed, umask, order of files, workers, clock; from nothing and incrementally."""
    root = skeleton(tmp_path / "project")
    shutil.copytree(REPOSITORY / "data", root / "data")
    done = trygglofte(root, "reproduce", *MUNICIPALITIES, "--dag", "2026-09-20")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("Alla 3 byggen gav samma ")
    assert not (root / "site").exists()
    assert not (root / "build").exists()


def test_what_reaches_the_bytes_without_being_input_is_named_with_its_place(tmp_path):
    root = whole(tmp_path / "project")
    template = root / "overrides/pages/start.html"
    template.write_text(template.read_text("utf-8").replace("<h1", "<p>{{ site.root }}</p><h1", 1), "utf-8")
    done = trygglofte(root, "reproduce", "alstad", "--antal", "2", "--dag", "2026-03-01")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("alstad/index.html skiljer sig från rad "))
    assert "bygge 1: " in lines[at + 1]
    assert "/1/a</p>" in lines[at + 1]
    assert "bygge 2: " in lines[at + 2]
    assert "/2/en annan mapp" in lines[at + 2]
    assert "Byggena blev inte lika." in done.stderr


def test_a_project_that_cannot_be_built_says_why_and_compares_nothing(tmp_path):
    root = whole(tmp_path / "project", {"data/portal.yml": "namn: [\n"})
    done = trygglofte(root, "reproduce", "--dag", "2026-03-01")
    assert done.returncode == 1
    assert "data/portal.yml:2:1" in done.stderr
    assert "Rätta felen ovan först." in done.stderr


def test_every_condition_differs_from_the_one_before_in_all_that_is_varied():
    made = conditions(4)
    for before, after in pairwise(made):
        for name in ("folder", "environment", "umask", "processes", "order", "clock"):
            assert getattr(before, name) != getattr(after, name)
    assert [one.incremental for one in made] == [False, False, True, False]
    assert len({one.folder for one in made}) == 4


def test_a_copy_has_the_same_past_as_the_project(tmp_path):
    known = repository(REPOSITORY)
    if known is None:
        pytest.skip("the repository is not in git here")
    copy = lay_out(REPOSITORY, tmp_path / "copy", 1, known)
    assert repository(copy) == known
    assert (copy / "mkdocs.yml").read_bytes() == (REPOSITORY / "mkdocs.yml").read_bytes()
    assert repository(tmp_path) is None


def test_an_edit_is_put_back(tmp_path):
    root = whole(tmp_path / "project")
    before = {path: path.read_bytes() for path in (root / "data").rglob("*.yml")}
    edited = edit(root)
    assert [path.parent.name for path in edited] == ["alstad", "provstad"]
    assert all(path.read_bytes() != content for path, content in edited.items())
    put_back(edited)
    assert {path: path.read_bytes() for path in before} == before


def test_files_are_compared_by_what_they_hold_and_by_being_there(tmp_path):
    for name, files in {
        "a": {"x": b"1", "y": b"12", "z": b"s"},
        "b": {"y": b"13", "z": b"s", "w": b""},
    }.items():
        (tmp_path / name).mkdir()
        for file, content in files.items():
            (tmp_path / name / file).write_bytes(content)
    count, found = compare(tmp_path / "a", tmp_path / "b")
    assert count == 4
    assert [(one.name, one.here) for one in found] == [("w", "other"), ("x", "first"), ("y", "both")]


@pytest.mark.parametrize(
    ("first", "other", "place", "texts"),
    [
        ("ett\ntvå tre".encode(), "ett\ntvå fyra".encode(), "rad 2, tecken 5", ("ett två tre", "ett två fyra")),
        (b"abc", b"abcd", "rad 1, tecken 4", ("abc", "abcd")),
        (b"\xff\x00\x01", b"\xff\x00\x02\x03", "byte 2", ("01", "02 03")),
    ],
    ids=["text", "longer", "bytes"],
)  # fmt: skip
def test_a_difference_is_told_with_the_text_around_it(first, other, place, texts):
    found = difference("x", first, other)
    assert (found.place, found.texts) == (place, texts)


# SOURCE_DATE_EPOCH


def test_source_date_epoch_is_the_moment_that_today_is_in_swedish_time(monkeypatch):
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # half past midnight in Sweden
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(late.timestamp())))
    today = today_in_sweden()
    assert (today, today.clock.isoformat()) == (date(2026, 3, 2), "00:30:00")


@pytest.mark.parametrize("wrong", ["i dag", "-1", "1.5", "²", "9" * 12, " 1"])
def test_a_source_date_epoch_that_is_no_number_of_seconds_is_told(monkeypatch, wrong):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
    with pytest.raises(click.ClickException, match="sekunder sedan 1970"):
        today_in_sweden()


def test_an_empty_source_date_epoch_is_none(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert today_in_sweden().year >= 2026


# An incremental build is a clean one


def test_after_random_edits_an_incremental_build_gives_the_bytes_of_a_clean_one(tmp_path):
    """A few edits; `python -m benchmarks.editing` makes hundreds."""
    seen, faults = editing.trial(tmp_path, 4, seed=3, search_each=0)
    assert faults == []
    assert seen.total() == 4
