"""What git knows is told in plain Swedish, dated, and never who did it. Tried in real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import MINIMAL
from tests.small_sites import REPOSITORY, SLUGS, copy_of, whole, write
from trygglofte import history
from trygglofte.history import NO_PAST, Past, Story, gather, git, past, stories
from trygglofte.library import Library
from trygglofte.pages import municipality_pages
from trygglofte.publishing import Outcome, publish

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

DAY = date(2026, 9, 15)
NAME, MAIL, MESSAGE = "Hemlig Handläggare", "hemlig.handlaggare@kommunen.example", "Rör inte detta meddelande"
FILE = "data/provstad/medborgarloften/lofte.yml"
HEAD = "titel: Tryggare vid stationen\ngäller: {från: 2026-01-01, till: 2026-12-31}\n"
SIGNED = f"{HEAD}undertecknande: {{datum: 2026-01-15}}\n"
WALK = (
    "åtaganden:\n  - id: pass\n    ansvarig: polisen\n    vad: Fotpatrullerar\n"
    "    omfattning: {minst: 50, enhet: pass, per: år}\n"
)
LIGHT = "  - id: ljus\n    ansvarig: kommunen\n    vad: Byter belysning\n    klart_senast: 2026-06-30\n"
FIRST = SIGNED + WALK + LIGHT


def report(status: str, end: str = "2026-04-30", published: str = "2026-05-11") -> str:
    return (
        f"uppföljningar:\n  - period: {{från: 2026-01-01, till: {end}}}\n    publicerad: {published}\n"
        f"    rapporterat_av: kommunen\n    utfall:\n      ljus: {{status: {status}}}\n"
    )


class Repository:
    """A project with a history: every commit has a date, and a name that nobody may see."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self("init", "-q", "-b", "main")

    def __call__(self, *arguments: str, when: str = "2026-01-01T12:00:00+01:00") -> str:
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.root), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
            "GIT_AUTHOR_NAME": NAME, "GIT_AUTHOR_EMAIL": MAIL, "GIT_COMMITTER_NAME": NAME,
            "GIT_COMMITTER_EMAIL": MAIL, "GIT_AUTHOR_DATE": "2020-01-01T12:00:00Z", "GIT_COMMITTER_DATE": when,
        }  # fmt: skip
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def commit(self, when: str, files: dict[str, str | bytes | None]) -> None:
        """Write or remove files and commit them at noon of a day, or at a given time."""
        for name, content in files.items():
            if content is None:
                (self.root / name).unlink()
            else:
                write(self.root, name, content)
        self("add", "-A")
        self(
            "commit", "-q", "--allow-empty", "-m", MESSAGE, when=when if "T" in when else f"{when}T12:00:00Z"
        )


@pytest.fixture
def repository(project) -> Repository:
    repository = Repository(project())
    repository.commit("2025-12-01", {})
    return repository


def story_of(root: Path, file: str = FILE, today: date = DAY, told: Past | None = None) -> Story:
    library = Library(root)
    shared = library.shared().shared
    assert shared is not None
    checked = library.municipality("provstad", shared)
    assert checked.municipality is not None, checked.problems
    known = gather(root).of("provstad") if told is None else told
    return stories(checked.municipality, known, today).get(file, Story())


def lines(story: Story) -> list[str]:
    return [
        f"{event.day} {item.sentence}".replace("\u00a0", " ")
        for event in story.events
        for item in event.differences
    ]


def marks(story: Story) -> list[str]:
    return [
        f"{mark.day} {mark.difference.sentence}".replace("\u00a0", " ")
        + "".join(f" | {entry.what}" for entry in mark.reasons)
        for mark in story.after_signing
    ]


def test_a_document_tells_what_changed_newest_first(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-05-11", {FILE: FIRST + report("pågår")})
    repository.commit("2026-06-20", {FILE: FIRST + report("genomfört")})
    repository.commit("2026-06-21", {"README.md": "something else"})
    assert lines(story_of(repository.root)) == [
        "2026-06-20 Status för Byter belysning: pågår → genomfört",
        "2026-05-11 Ny uppföljning för januari–april 2026",
        "2026-05-11 Status för Byter belysning: inte redovisat → pågår",
    ]


def test_the_day_is_the_committers_in_sweden(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-05-11T22:30:00Z", {FILE: FIRST + report("pågår")})
    assert {event.day for event in story_of(repository.root).events} == {date(2026, 5, 12)}


def test_several_commits_of_one_day_are_one_change(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-03-01T08:00:00Z", {FILE: FIRST.replace("50", "40")})
    repository.commit("2026-03-01T09:00:00Z", {FILE: FIRST.replace("50", "45")})
    assert lines(story_of(repository.root)) == [
        "2026-03-01 Omfattning för Fotpatrullerar: minst 50 pass per år → minst 45 pass per år"
    ]


def test_what_is_written_on_a_branch_is_news_on_the_day_it_is_merged(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository("checkout", "-q", "-b", "forslag")
    repository.commit("2026-02-01", {FILE: FIRST.replace("50", "10")})
    repository.commit("2026-02-02", {FILE: FIRST + report("pågår")})
    repository("checkout", "-q", "main")
    repository.commit("2026-02-03", {"README.md": "meanwhile"})
    repository("merge", "-q", "--no-ff", "-m", MESSAGE, "forslag", when="2026-05-20T12:00:00Z")
    story = story_of(repository.root)
    assert [line[:10] for line in lines(story)] == ["2026-05-20", "2026-05-20"]
    assert marks(story) == []


def test_a_file_that_is_renamed_keeps_its_story(repository):
    repository.commit("2026-01-20", {"data/provstad/medborgarloften/gammal.yml": FIRST})
    repository.commit("2026-03-01", {"data/provstad/medborgarloften/gammal.yml": FIRST.replace("50", "40")})
    repository("mv", "data/provstad/medborgarloften/gammal.yml", FILE)
    repository.commit("2026-04-01", {})
    repository.commit("2026-05-01", {FILE: FIRST.replace("50", "30")})
    assert [line[:10] for line in lines(story_of(repository.root))] == ["2026-05-01", "2026-03-01"]


def test_a_file_that_is_deleted_and_written_again_hides_nothing(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-03-01", {FILE: None})
    repository.commit("2026-04-01", {FILE: FIRST.replace("50", "40")})
    assert marks(story_of(repository.root)) == [
        "2026-04-01 Omfattning för Fotpatrullerar: minst 50 pass per år → minst 40 pass per år"
    ]


@pytest.mark.parametrize(
    "broken", ["titel: [\n", "titel: x\nokänd: y\n", b"\xff\xfe", "", "<<<<<<< HEAD\n"], ids=range(5)
)
def test_a_version_that_cannot_be_read_is_passed_over(repository, broken):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-02-01", {FILE: broken})
    repository.commit("2026-03-01", {FILE: FIRST.replace("50", "40")})
    assert [line[:10] for line in lines(story_of(repository.root))] == ["2026-03-01"]


# What was signed


def test_what_was_signed_and_changed_is_marked_however_it_came_about(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-03-01", {FILE: FIRST.replace("50", "45")})
    repository.commit("2026-04-01", {FILE: FIRST.replace("50", "40").replace("titel: T", "titel: Mycket t")})
    assert marks(story_of(repository.root)) == [
        "2026-04-01 Omfattning för Fotpatrullerar: minst 50 pass per år → minst 40 pass per år"
    ]


def test_the_reason_stands_beside_what_was_changed_with_it(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    changed = FIRST.replace("2026-06-30", "2026-11-30")
    entry = "ändringar:\n  - {datum: 2026-02-28, vad: Belysningen skjuts fram, åtagande: ljus}\n"
    repository.commit("2026-03-01", {FILE: changed.replace("50", "40") + entry})
    assert marks(story_of(repository.root)) == [
        "2026-03-01 Omfattning för Fotpatrullerar: minst 50 pass per år → minst 40 pass per år",
        "2026-03-01 Klart senast för Byter belysning: 30 juni 2026 → 30 november 2026 | Belysningen skjuts fram",
    ]


def test_what_was_put_back_is_told_but_not_marked(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-03-01", {FILE: FIRST.replace("50", "40")})
    repository.commit("2026-04-01", {FILE: FIRST})
    story = story_of(repository.root)
    assert marks(story) == []
    assert len(story.events) == 2


def test_what_changed_before_the_signing_is_not_marked(repository):
    unsigned = HEAD + WALK.replace("50", "60") + LIGHT
    repository.commit("2025-12-10", {FILE: unsigned})
    repository.commit("2026-01-10", {FILE: FIRST.replace("50", "55")})
    repository.commit("2026-01-15", {FILE: FIRST})
    assert marks(story_of(repository.root)) == []
    repository.commit("2026-02-01", {FILE: FIRST.replace("Byter belysning", "Byter lampor")})
    assert marks(story_of(repository.root)) == ["2026-02-01 Åtagandet: Byter belysning → Byter lampor"]


def test_a_proposal_that_was_public_is_no_measure_of_what_was_signed(repository):
    repository.commit("2026-01-02", {FILE: HEAD + WALK.replace("50", "60") + LIGHT})
    repository.commit("2026-01-20", {FILE: FIRST})
    assert marks(story_of(repository.root)) == []


def test_neither_a_later_day_nor_no_signing_hides_what_was_changed(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    weaker = FIRST.replace("50", "40")
    repository.commit("2026-03-01", {FILE: weaker.replace("datum: 2026-01-15", "datum: 2026-03-15")})
    assert [line.partition(" ")[2] for line in marks(story_of(repository.root))] == [
        "Omfattning för Fotpatrullerar: minst 50 pass per år → minst 40 pass per år",
        "Datum: 15 januari 2026 → 15 mars 2026",
    ]
    repository.commit("2026-04-01", {FILE: HEAD + WALK.replace("50", "40") + LIGHT})
    assert marks(story_of(repository.root))[1] == "2026-04-01 ”Undertecknande” har tagits bort"


def test_a_seal_that_is_taken_away_is_told(repository):
    sealed = FIRST.replace("datum: 2026-01-15", f"datum: 2026-01-15, sigill: sha256-{'0' * 64}")
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-01-21", {FILE: sealed})
    repository.commit("2026-03-01", {FILE: FIRST})
    assert lines(story_of(repository.root)) == ["2026-03-01 ”Sigill” har tagits bort"]


def test_a_document_that_nobody_signed_has_no_marks(repository):
    repository.commit("2026-01-20", {FILE: HEAD + WALK})
    repository.commit("2026-02-20", {FILE: HEAD + WALK.replace("50", "40")})
    story = story_of(repository.root)
    assert marks(story) == []
    assert len(story.events) == 1


# What the public may see


def test_nothing_is_news_before_the_document_was_public(repository):
    repository.commit("2026-01-20", {FILE: f"publiceras_från: 2026-03-01\n{FIRST.replace('50', '60')}"})
    repository.commit("2026-02-20", {FILE: f"publiceras_från: 2026-03-01\n{FIRST}"})
    repository.commit("2026-04-01", {FILE: FIRST.replace("50", "40")})
    story = story_of(repository.root)
    assert [line[:10] for line in lines(story)] == ["2026-04-01"]
    assert "minst 60" not in str(story)


def test_a_follow_up_is_told_on_the_day_it_is_published(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-05-02", {FILE: FIRST + report("pågår", published="2026-05-11")})
    assert {event.day for event in story_of(repository.root).events} == {date(2026, 5, 11)}
    assert story_of(repository.root, today=date(2026, 5, 10)) == Story()


def test_nothing_later_than_the_day_of_the_site_is_told(repository):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-05-02", {FILE: FIRST.replace("50", "40")})
    assert story_of(repository.root, today=date(2026, 5, 1)) == Story()


def test_a_text_that_was_hidden_is_not_told_of_again(repository):
    secret = FIRST.replace("Byter belysning", "Byter belysning hos Anna Andersson")
    repository.commit("2026-01-20", {FILE: FIRST.replace("Byter", "Lagar")})
    repository.commit("2026-02-01", {FILE: secret})
    entry = "rättelser:\n  - {datum: 2026-02-02, vad: Ett namn togs bort., åtagande: ljus, dölj_före: ja}\n"
    repository.commit("2026-02-02", {FILE: FIRST + entry})
    story = story_of(repository.root)
    assert "Andersson" not in str(story)
    assert marks(story) == ["2026-02-02 Åtagandet: inget angivet → Byter belysning | Ett namn togs bort."]


def test_what_a_withdrawn_page_said_is_not_told_of_again(repository):
    repository.commit("2026-01-20", {FILE: FIRST.replace("vad: Byter", "vad: Hemligen byter")})
    repository.commit("2026-02-01", {FILE: "titel: x\navpublicerad: {datum: 2026-02-01, skäl: Fel.}\n"})
    repository.commit("2026-03-01", {FILE: FIRST})
    repository.commit("2026-04-01", {FILE: FIRST.replace("50", "40")})
    story = story_of(repository.root)
    assert [line[:10] for line in lines(story)] == ["2026-04-01"]
    assert "Hemligen" not in str(story)


SUMMARY = "data/provstad/lagesbilder/2026-02.yml"


def test_a_protected_count_and_an_unsigned_text_are_never_given_away_afterwards(repository):
    before = "period: {från: 2026-02-01, till: 2026-02-28}\nkategorier:\n"
    before += "  - {tema: trafik, antal: 17, text: Hos Anna.}\n"
    after = before.replace("17", "färre än 5").replace("Hos Anna.", "I centrum.")
    repository.commit("2026-03-01", {SUMMARY: before + "åtgärder:\n  - {vad: Spanar, ansvarig: polisen}\n"})
    repository.commit("2026-03-02", {SUMMARY: after})
    story = story_of(repository.root, SUMMARY)
    assert [line[11:] for line in lines(story)] == [
        "”Antal” för Trafik har ändrats",
        "”Text” för Trafik har ändrats",
        "Åtgärden har tagits bort",
    ]
    assert not {word for word in ("17", "Anna", "Spanar") if word in str(story)}


def test_an_unsigned_thing_that_came_and_went_is_not_named(repository):
    text = "period: {från: 2026-02-01, till: 2026-02-28}\n"
    repository.commit("2026-03-01", {SUMMARY: text})
    repository.commit("2026-03-02", {SUMMARY: text + "åtgärder:\n  - {vad: Spanar, ansvarig: polisen}\n"})
    repository.commit("2026-03-03", {SUMMARY: text})
    assert lines(story_of(repository.root, SUMMARY)) == [
        "2026-03-03 Åtgärden har tagits bort", "2026-03-02 Ny åtgärd",
    ]  # fmt: skip


# Wherever it is built


def test_without_git_or_a_repository_there_is_less_to_say(project, monkeypatch):
    root = project({FILE: FIRST})
    assert gather(root).files == {}
    repository = Repository(root)
    assert gather(root).files == {}
    repository.commit("2026-01-20", {})
    repository.commit("2026-02-20", {FILE: FIRST.replace("50", "40")})
    assert gather(root).files
    told = gather(root)
    monkeypatch.setattr(git.shutil, "which", lambda _name: None)
    assert gather(root).files == {}
    assert story_of(root, told=told) == Story()


def test_a_git_that_cannot_be_run_or_never_answers_is_none(project, monkeypatch, tmp_path):
    monkeypatch.setattr(git.shutil, "which", lambda _name: str(tmp_path / "no-such-program"))
    assert git.ask(project(), "log") is None
    monkeypatch.setattr(git.shutil, "which", lambda _name: "/bin/cat")
    assert git.ask(project(), "log") is None


def test_a_shallow_clone_tells_of_what_it_has(repository, tmp_path):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-02-20", {FILE: FIRST.replace("50", "45")})
    repository.commit("2026-03-20", {FILE: FIRST.replace("50", "40")})
    for depth, many in ((1, 0), (2, 1), (3, 2)):
        clone = tmp_path / f"clone-{depth}"
        repository("clone", "-q", "--depth", str(depth), f"file://{repository.root}", str(clone))
        assert len(story_of(clone).events) == many


def test_a_project_within_a_larger_repository_is_found(tmp_path, lay_out):
    outer = Repository(lay_out(tmp_path / "outer", {"README.md": "x"}))
    inner = {f"projekt/{name}": text for name, text in MINIMAL.items()}
    outer.commit("2026-01-20", {**inner, f"projekt/{FILE}": FIRST})
    outer.commit("2026-02-20", {f"projekt/{FILE}": FIRST.replace("50", "40")})
    assert len(story_of(tmp_path / "outer" / "projekt").events) == 1


def test_nobodys_settings_change_what_is_told(repository, monkeypatch, tmp_path):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-02-20", {FILE: FIRST.replace("50", "40")})
    plain = gather(repository.root)
    home = tmp_path / "home"
    settings = (
        "[log]\nshowSignature = true\n[diff]\nnoprefix = true\nrenames = false\norderFile = /nowhere\n"
        "[color]\nui = always\n[core]\nquotePath = true\n"
    )
    write(home, ".gitconfig", settings)
    own = repository.root / ".git" / "config"
    own.write_text(own.read_text() + settings)
    (repository.root / ".git" / "info" / "grafts").write_text("")
    for name, value in {
        "HOME": str(home), "GIT_DIR": "/nowhere", "GIT_TRACE": "1", "TZ": "Asia/Tokyo", "LC_ALL": "sv_SE.UTF-8",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "log.follow", "GIT_CONFIG_VALUE_0": "true",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    assert gather(repository.root) == plain


def test_a_long_history_is_bounded_and_keeps_its_first_version(repository, monkeypatch):
    monkeypatch.setattr(past, "MAX_VERSIONS", 3)
    for month in range(1, 7):
        repository.commit(f"2026-0{month}-20", {FILE: FIRST.replace("50", str(50 - month))})
    [stamps] = gather(repository.root).files.values()
    assert [stamp.day.month for stamp in stamps] == [1, 5, 6]


def test_a_clock_that_went_wrong_does_not_turn_time_around(repository):
    repository.commit("2026-02-20", {FILE: FIRST})
    repository.commit("2026-03-20", {FILE: FIRST.replace("50", "45")})
    repository.commit("2026-02-25", {FILE: FIRST.replace("50", "40")})
    [stamps] = gather(repository.root).files.values()
    assert [stamp.day for stamp in stamps] == [date(2026, 2, 20), date(2026, 2, 25)]


def test_what_git_could_say_and_does_not_is_no_day():
    assert past.day_of(b"nonsense") == date.max
    assert list(past._changes(b"\x01nonsense\0\n:garbage\0")) == []


def test_contents_that_are_missing_or_too_large_are_left_out(repository, monkeypatch):
    repository.commit("2026-01-20", {FILE: FIRST})
    repository.commit("2026-02-20", {FILE: FIRST.replace("50", "40")})
    assert list(git.contents(repository.root, ["0" * 40])) == []
    monkeypatch.setattr(history.versions, "MAX_TOTAL", 10)
    assert story_of(repository.root) == Story()


def test_nothing_is_asked_of_git_for_a_municipality_with_one_version_of_everything(repository, monkeypatch):
    repository.commit("2026-01-20", {FILE: FIRST})
    known = gather(repository.root).of("provstad")
    assert known.key == ""
    monkeypatch.setattr(git, "ask", lambda *_arguments, **_more: pytest.fail("git was asked"))
    assert story_of(repository.root, told=known) == Story()


# On the pages


def page_of(root: Path, address: str = "medborgarloften/lofte/") -> str:
    library = Library(root)
    shared = library.shared().shared
    assert shared is not None
    municipality = library.municipality("provstad", shared).municipality
    assert municipality is not None
    told = stories(municipality, gather(root).of("provstad"), DAY)
    _, pages = municipality_pages(municipality, root, DAY, told)
    return {page.address: page.html for page in pages}[address].replace("\u00a0", " ")


@pytest.fixture
def built(tmp_path) -> Repository:
    repository = Repository(whole(tmp_path / "project"))
    (repository.root / ".gitignore").write_text("site\n.site\nbuild\n")
    repository.commit("2025-12-01", {FILE: FIRST})
    return repository


def test_the_page_marks_what_was_changed_after_the_signing_with_before_and_after(built):
    entry = "ändringar:\n  - {datum: 2026-02-28, vad: Färre pass., varför: Färre poliser., åtagande: pass}\n"
    built.commit("2026-03-01", {FILE: FIRST.replace("50", "40") + entry})
    html = page_of(built.root)
    card = html.split('id="atagande-pass"')[1].split("</article>")[0]
    for words in (
        "Ändrat efter undertecknandet",
        "1 mars 2026",
        "minst 50 pass per år",
        "Färre pass. Färre poliser.",
    ):
        assert words in card
    assert "Ändrat efter undertecknandet" not in html.split('id="atagande-ljus"')[1].split("</article>")[0]
    log = html.split('id="andringar"')[1].split("</section>")[0]
    assert "28 februari 2026" in log
    assert "På sidan sedan 1 mars 2026" in log
    assert "Ändrat av parterna" in log


def test_a_change_without_a_reason_says_that_there_is_none(built):
    built.commit("2026-03-01", {FILE: FIRST.replace("50", "40")})
    assert "Inget skäl är angivet." in page_of(built.root)


def test_a_commitment_that_is_gone_is_still_marked_on_the_page(built):
    built.commit("2026-03-01", {FILE: SIGNED + WALK})
    html = page_of(built.root)
    log = html.split('id="andringar"')[1]
    assert "Borttaget" in log
    assert "Byter belysning" in log


def test_an_entry_that_says_before_and_after_marks_the_commitment_without_git(project, provstad):
    entry = (
        "ändringar:\n  - {datum: 2026-02-28, vad: Flyttas., åtagande: ljus, före: klart i juni, "
        "efter: klart i juli}\n"
    )
    root = project({FILE: FIRST + entry})
    _, pages = municipality_pages(provstad(root), REPOSITORY, DAY)
    html = {page.address: page.html for page in pages}["medborgarloften/lofte/"]
    card = html.split('id="atagande-ljus"')[1].split("</article>")[0]
    assert "klart i juni" in card
    assert "klart i juli" in card


def test_a_long_list_is_folded_and_a_very_long_one_has_a_page_of_its_own(built):
    for number in range(1, 8):
        built.commit(f"2026-02-{number:02d}", {FILE: FIRST.replace("50", str(50 + number))})
    assert "Tidigare ändringar (2)" in page_of(built.root)
    for number in range(8, 20):
        built.commit(f"2026-02-{number:02d}", {FILE: FIRST.replace("50", str(50 + number))})
    assert "Alla 19 ändringar" in page_of(built.root)
    assert page_of(built.root, "medborgarloften/lofte/andringar/").count("Ändrat på sidan") == 19


def everything(folder: Path) -> bytes:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(found) > 50
    return b"".join(os.fsencode(path.name) + path.read_bytes() for path in found)


def test_names_addresses_and_messages_of_git_show_in_no_output(built):
    built.commit("2026-03-01", {FILE: FIRST.replace("50", "40")})
    publish(built.root, built.root / "site", DAY)
    out = everything(built.root / ".site")
    assert "Ändrat efter under\u00adtecknandet".encode() in out
    for secret in (
        NAME,
        NAME.split(maxsplit=1)[0],
        MAIL,
        MAIL.partition("@")[0],
        MESSAGE,
        built("rev-parse", "HEAD").strip(),
    ):
        assert secret.encode() not in out
    assert NAME not in repr(gather(built.root))


def outcomes(root: Path) -> dict[str, Outcome]:
    return {done.slug: done.outcome for done in publish(root, root / "site", DAY, with_search=False).built}


def test_a_new_version_builds_its_municipality_again_and_no_other(built):
    assert set(outcomes(built.root).values()) == {Outcome.BUILT}
    built.commit("2026-03-01", {"README.md": "x"})
    assert set(outcomes(built.root).values()) == {Outcome.UNCHANGED}
    write(built.root, FILE, FIRST.replace("50", "40"))
    assert outcomes(built.root)["provstad"] is Outcome.BUILT
    built.commit("2026-03-02", {})
    assert outcomes(built.root) == {
        slug: Outcome.BUILT if slug == "provstad" else Outcome.UNCHANGED for slug in SLUGS
    }
    assert set(outcomes(built.root).values()) == {Outcome.UNCHANGED}


def test_git_is_asked_for_its_log_once_for_a_whole_run(built, monkeypatch):
    asked = []
    ask = git.ask
    monkeypatch.setattr(
        git, "ask", lambda root, *words, **more: asked.append(words[0]) or ask(root, *words, **more)
    )
    publish(built.root, built.root / "site", DAY, with_search=False, workers=1)
    assert asked == ["rev-parse", "log"], "which commit it is, and what came before it"


def test_a_build_without_git_gives_what_a_first_commit_gives(built, tmp_path):
    publish(built.root, built.root / "site", DAY, with_search=False)
    bare = copy_of(built.root, tmp_path / "bare")
    shutil.rmtree(bare / ".git")
    assert set(outcomes(bare).values()) == {Outcome.UNCHANGED}
    assert NO_PAST.key == ""
