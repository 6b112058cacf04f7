"""The sites as they stood for the public on a day, from real repositories, in a folder of their own."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.small_sites import THREE, whole, write
from tests.test_history import Repository
from trygglofte.cli import main, travelling
from trygglofte.history import files_of, gather, version_on

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

NOW = date(2026, 11, 22)
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
LATER = "data/provstad/medborgarloften/2026-senare.yml"
TEXT = (
    "titel: {}\ngäller: {{från: 2026-01-01, till: 2026-12-31}}\n"
    "åtaganden: [{{id: a, ansvarig: polisen, vad: Gör a, klart_senast: 2026-11-30}}]\n"
)


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setattr(travelling, "today_in_sweden", lambda: NOW)

    def run(folder, *arguments):
        monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as left:
            main(["as-of", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return left.value.code, (said.out + said.err).replace("\u00a0", " ")

    return run


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Repository:
    """Three days of a project; on the last, a file is left uncommitted too."""
    repository = Repository(whole(tmp_path_factory.mktemp("historia") / "project"))
    repository.commit("2026-02-01", {PLEDGE: TEXT.format("Som det hette först")})
    repository.commit("2026-03-01T22:59:00Z", {
        PLEDGE: TEXT.format("Som det hette sedan"),
        LATER: "publiceras_från: 2026-03-10\n" + TEXT.format("Kommer senare"),
    })  # fmt: skip
    repository.commit("2026-04-01T22:30:00Z", {PLEDGE: TEXT.format("Som det heter nu")})
    write(repository.root, "data/provstad/lagesbilder/2026-06.yml", "period: inte klar\n")
    return repository


def title(site: Path) -> str:
    return (site / "provstad/medborgarloften/2026-trafik/index.html").read_text("utf-8")


def test_a_day_shows_what_the_public_saw_at_its_end(repository, run, tmp_path):
    status, said = run(repository.root, "2026-03-01", "--out", str(tmp_path / "då"), "--utan-sok")
    assert status == 0, said
    html = title(tmp_path / "då")
    assert "Som det hette sedan" in html
    assert "Som det heter nu" not in html
    assert "Som det hette först" in html, "the change of that day is told of"
    assert not (tmp_path / "då/provstad/medborgarloften/2026-senare").exists(), "its time had not come"
    assert "3 kommuner och portalen som de var den 1 mars 2026" in said
    assert "Lägg inte ut det igen" in said
    assert not [page for page in (tmp_path / "då").rglob("*.html") if "klocka.js" in page.read_text("utf-8")]
    assert not (repository.root / "site").exists()
    assert not any(path.is_symlink() for path in (tmp_path / "då").rglob("*"))


def test_days_are_swedish_and_what_came_just_after_midnight_is_the_next_days(repository):
    day = {day: version_on(repository.root, date(2026, *day)) for day in ((4, 1), (4, 2), (1, 31), (2, 1))}
    assert day[4, 1].day == date(2026, 3, 1)
    assert day[4, 2].day == date(2026, 4, 2)
    assert day[1, 31] is None
    assert b"hette f" in files_of(repository.root, day[2, 1], ["data"])[PLEDGE]


def test_templates_and_prose_are_of_that_day_too_unless_todays_are_wanted(tmp_path):
    repository = Repository(whole(tmp_path / "p"))
    about = "content/om.md"
    repository.commit("2026-02-01", {about: "Som det stod då.\n"})
    repository.commit("2026-03-01", {about: "Som det står nu.\n", PLEDGE: TEXT.format("Ny rubrik")})
    version = version_on(repository.root, date(2026, 2, 2))
    for folders, words in ((("data", "content", "overrides"), "då"), (("data",), "nu")):
        with travelling.project_of(repository.root, version, folders) as then:
            assert words in (then / about).read_text("utf-8")
            assert "Ny rubrik" not in (then / PLEDGE).read_text("utf-8")
            assert (then / "overrides" / "main.html").is_file()
        assert not then.exists()


def test_nothing_is_written_where_the_live_sites_or_the_project_lie(repository, run):
    (repository.root / "upptagen").mkdir(exist_ok=True)
    write(repository.root, "upptagen/fil.txt", "")
    live = repository.root / "länk"
    live.unlink(missing_ok=True)
    live.symlink_to(repository.root / ".site")
    for out in ("site", "site/x", ".site/portal/y", "data/provstad", ".", "länk/z", "upptagen"):
        status, said = run(repository.root, "2026-03-01", "--out", out)
        assert status == 1, out
        assert "med --out" in said
    assert not (repository.root / "site").exists()
    live.unlink()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-30", "är inget datum"),
        ("2026-11-23", "har inte varit än"),
        ("2025-12-31", "det äldsta är från den 1 februari 2026"),
    ],
)
def test_a_day_that_cannot_be_shown_is_said_plainly(repository, run, day, words):
    status, said = run(repository.root, day)
    assert status in (1, 2)
    assert words in said


def test_without_git_it_is_said_what_is_missing(run, tmp_path):
    status, said = run(whole(tmp_path / "p"), "2026-03-01")
    assert status == 1
    assert "Mappen måste vara ett git-förråd" in said


def test_a_municipality_that_could_not_be_read_then_is_named(run, tmp_path):
    alone = {name: None for name in THREE if "/ostad/" in name}
    repository = Repository(whole(tmp_path / "p", alone))
    repository.commit("2026-02-01", {PLEDGE: "titel: Trasigt\nåtaganden: 3\n"})
    status, said = run(repository.root, "2026-02-01", "--utan-sok")
    assert status == 1
    assert "Saknas: provstad" in said
    assert "2026-trafik.yml" in said
    assert (repository.root / "build/as-of/2026-02-01/alstad/index.html").is_file()


def test_the_past_of_a_day_ends_on_that_day(repository):
    version = version_on(repository.root, date(2026, 3, 1))
    [stamps] = gather(repository.root, version.commit).files.values()
    assert [stamp.day.month for stamp in stamps] == [2, 3]
    assert len(gather(repository.root).files[PLEDGE]) == 3


def test_a_clock_that_went_wrong_does_not_hide_what_came_after(project):
    repository = Repository(project())
    repository.commit("2026-05-01", {PLEDGE: TEXT.format("Klockan gick före")})
    repository.commit("2026-02-01", {PLEDGE: TEXT.format("Efter")})
    version = version_on(repository.root, date(2026, 2, 1))
    assert b"Efter" in files_of(repository.root, version, ["data"])[PLEDGE]
    assert version_on(repository.root, date(2026, 1, 31)) is None
