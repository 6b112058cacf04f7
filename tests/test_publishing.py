"""All municipalities are published together, and nothing that goes wrong takes down what is live."""

from __future__ import annotations

import errno
import os
import select
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from jinja2 import TemplateError

from tests import small_sites
from tests.small_sites import (
    CALM,
    COMMAND,
    DAY,
    PLEDGE,
    SLUGS,
    THREE,
    built_once,
    copy_of,
    hear_ctrl_c,
    outcomes,
    whole,
    write,
)
from trygglofte import searching, sites
from trygglofte.history import NO_PAST
from trygglofte.publishing import Outcome, PublishError, building, indexing, publish, releasing, workers
from trygglofte.publishing import portal as putting_together
from trygglofte.publishing.mishaps import problems_of
from trygglofte.publishing.records import BASIS, RECORD
from trygglofte.publishing.store import KEPT_PORTALS, Store
from trygglofte.reading import MAX_BYTES
from trygglofte.reasons import reason
from trygglofte.reporting import as_plain, source_lines

pytestmark = pytest.mark.slow

CURRENCY = "aktuellt/index.html"
"""The page that names those whose latest files are not published: all that may change when one fails."""
BUILT, UNCHANGED, FAILED = Outcome.BUILT, Outcome.UNCHANGED, Outcome.FAILED


@pytest.fixture
def built(tmp_path, tmp_path_factory):
    """A project with a live site."""
    return copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")


def files_of(folder):
    """Every file a reader can reach, but for the page that says who is behind."""
    return {name: content for name, content in small_sites.files_of(folder).items() if name != CURRENCY}


def again(root, day=DAY, **settings):
    return publish(root, root / "site", day, **settings)


def told(error, root):
    """All that a reader is shown of an error."""
    return f"{as_plain(error.problems, source_lines(root))}{error}"


def told_of_a_failure(root, day=DAY, **settings):
    """All that a reader is shown of a run that fails, whether nothing is published or one municipality is not."""
    before = files_of(root / "site")
    try:
        release = again(root, day, **settings)
    except PublishError as error:
        assert files_of(root / "site") == before
        return told(error, root)
    assert release.failed
    assert release.failed == release.kept
    return as_plain(release.problems, source_lines(root))


def without_kept_index(root):
    """The portal's index is not taken over from the live one, so that it is made."""
    (root / ".site" / indexing.FILE).unlink()


def left_behind(root):
    return [path.name for path in (root / ".site").rglob(".ny-*")]


# What a run does


def test_a_first_run_makes_the_portal_and_every_municipality(built):
    site = built / "site"
    assert site.is_symlink()
    assert not site.readlink().is_absolute()
    files = files_of(site)
    assert "index.html" in files
    assert "pagefind/pagefind.js" in files
    for slug in SLUGS:
        assert (site / slug).is_symlink()
        assert f"{slug}/medborgarloften/2026-trafik/index.html" in files
        assert f"{slug}/pagefind/pagefind.js" in files
        assert f'href="{slug}/"' in files["index.html"].decode()


def test_a_second_run_changes_no_byte_and_no_link(built):
    before, target = files_of(built / "site"), (built / "site").readlink()
    release = again(built)
    assert set(outcomes(release).values()) == {UNCHANGED}
    assert (files_of(built / "site"), (built / "site").readlink()) == (before, target)


def test_a_changed_file_rebuilds_its_municipality_alone(built):
    before = {slug: (built / "site" / slug).resolve() for slug in SLUGS}
    write(built, PLEDGE, THREE[PLEDGE].replace("Lugnare trafik", "Saktare trafik"))
    assert outcomes(again(built)) == {"alstad": UNCHANGED, "ostad": UNCHANGED, "provstad": BUILT}
    after = {slug: (built / "site" / slug).resolve() for slug in SLUGS}
    assert [slug for slug in SLUGS if before[slug] != after[slug]] == ["provstad"]
    assert b"Saktare trafik" in files_of(built / "site")["provstad/medborgarloften/2026-trafik/index.html"]


@pytest.mark.parametrize("name", ["data/ordlista.yml", "content/om.md", "overrides/assets/trygglofte.css"])
def test_a_changed_shared_file_or_another_day_rebuilds_all(built, name):
    path = built / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert set(outcomes(again(built)).values()) == {BUILT}


def test_changed_prose_is_in_the_next_build_of_the_same_process_as_in_serve(built):
    again(built, date(2026, 3, 2), only=["alstad"], workers=1, with_search=False)
    about = built / "content/om.md"
    about.write_text(about.read_text("utf-8") + "\nEtt stycke som är nytt.\n", "utf-8")
    again(built, only=["alstad"], workers=1, with_search=False)
    files = files_of(built / "site")
    assert b"Ett stycke som \xc3\xa4r nytt." in files["alstad/om/index.html"]
    assert b"Ett stycke som \xc3\xa4r nytt." in files["om/index.html"]


def test_another_day_rebuilds_all_in_one_process_too(built):
    assert set(outcomes(again(built, date(2027, 2, 1), workers=1)).values()) == {BUILT}


def test_chosen_municipalities_are_built_and_the_others_stay(built):
    before = (built / "site/alstad").resolve()
    told_of = []
    release = again(built, date(2027, 2, 1), only=["ostad", "ostad"], on_built=told_of.append)
    assert outcomes(release) == outcomes(told_of) == {"ostad": BUILT}
    assert (built / "site/alstad").resolve() == before
    assert release.kept == []


def test_an_unknown_municipality_is_told_with_those_that_exist(built):
    with pytest.raises(PublishError, match=r"heter okand. Det finns: alstad, ostad, provstad\."):
        again(built, only=["okand"])


def test_a_municipality_that_leaves_data_leaves_the_portal(built):
    shutil.rmtree(built / "data/ostad")
    assert outcomes(again(built)) == {"alstad": UNCHANGED, "provstad": UNCHANGED}
    files = files_of(built / "site")
    assert not [name for name in files if name.startswith("ostad/")]
    assert "ostad" not in files["index.html"].decode().lower()


def test_the_project_can_be_moved(built, tmp_path):
    before = files_of(built / "site")
    moved = built.rename(tmp_path / "någon annanstans")
    assert files_of(moved / "site") == before
    assert set(outcomes(again(moved)).values()) == {UNCHANGED}


def test_few_portals_are_kept_with_their_manifests_and_no_version_without_one(built):
    for day in range(1, KEPT_PORTALS + 3):
        again(built, date(2026, 4, day), only=["alstad"], with_search=False)
    portals = [path for path in (built / ".site/portal").iterdir() if path.is_dir()]
    assert len(portals) == len(list((built / ".site/portal").glob("*.manifest.json"))) == KEPT_PORTALS
    linked = {link.resolve().parent for portal in portals for link in portal.iterdir() if link.is_symlink()}
    assert {
        version for folder in (built / ".site/kommun").iterdir() for version in folder.iterdir()
    } == linked
    assert (built / "site").resolve() in portals


def test_a_portal_that_cannot_be_put_together_costs_the_oldest_version_at_most(built, monkeypatch):
    for day in range(1, KEPT_PORTALS + 1):
        again(built, date(2026, 4, day), only=["alstad"], with_search=False)
    before = Store(built / "site").kept()

    def fails(*what):
        raise ZeroDivisionError

    monkeypatch.setattr(sites, "portal_site", fails)
    for day in (10, 11):
        with pytest.raises(PublishError):
            again(built, date(2026, 4, day), only=["alstad"], with_search=False)
        assert Store(built / "site").kept() == before[:-1]


# Where it is published


def test_another_output_has_its_own_store(built, tmp_path):
    publish(built, tmp_path / "nya/webben", DAY, only=["alstad"], with_search=False)
    assert (tmp_path / "nya/webben/alstad/index.html").is_file()
    assert (tmp_path / "nya/.webben/kommun/alstad").is_dir()


def test_an_empty_folder_may_become_the_output(built, tmp_path):
    (tmp_path / "tom").mkdir()
    publish(built, tmp_path / "tom", DAY, only=["alstad"], with_search=False)
    assert (tmp_path / "tom").is_symlink()


@pytest.mark.parametrize("kind", ["folder", "file", "link", "folder of a link"])
def test_what_somebody_else_has_made_is_never_touched(built, tmp_path, kind):
    foreign = tmp_path / "foreign"
    write(foreign, "viktig.txt", "kvar")
    output = {"folder": foreign, "file": foreign / "viktig.txt"}.get(kind, tmp_path / "link")
    if "link" in kind:
        output.symlink_to(foreign)
    with pytest.raises(PublishError, match=r"inte (är )?gjord av trygglofte. Flytta den"):
        publish(built, output, DAY)
    assert files_of(foreign) == {"viktig.txt": b"kvar"}
    assert output.is_symlink() == ("link" in kind)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_an_output_that_cannot_be_written_is_told_and_nothing_changes(built, tmp_path):
    write(tmp_path, "vägen", "en fil")
    with pytest.raises(PublishError) as caught:
        publish(built, tmp_path / "vägen/site", DAY)
    assert "en fil ligger där det ska vara en mapp" in str(caught.value)
    assert "Det som låg ute ligger kvar." in str(caught.value)


@pytest.mark.parametrize(
    ("error", "said"),
    [(errno.ENOMEM, "Minnet är slut."), (errno.EAGAIN, "Det går inte att starta fler processer just nu.")],
)
def test_what_the_machine_has_no_more_of_is_not_told_as_a_disk_that_cannot_be_written(
    built, monkeypatch, error, said
):
    def refused(*what):
        raise OSError(error, os.strerror(error), "data/provstad")

    before = files_of(built / "site")
    monkeypatch.setattr(releasing, "work_of", refused)
    with pytest.raises(PublishError) as caught:
        again(built)
    assert str(caught.value).startswith(said)
    assert "--processer 1" in str(caught.value)
    assert "Det gick inte att skriva" not in str(caught.value)
    assert files_of(built / "site") == before


# One broken municipality

TOP = THREE[PLEDGE]
BROKEN = {
    "syntax": (TOP.replace("titel: Lugnare", "titel: [Lugnare"), "2026-trafik.yml:"),
    "doubled key": (TOP + "titel: En till\n", "2026-trafik.yml:8:1"),
    "unknown key": (TOP + "titlar: En till\n", "2026-trafik.yml:8:1"),
    "wrong date": (TOP.replace("2026-12-31", "2026-13-31"), "2026-trafik.yml:3:"),
    "unknown reference": (TOP.replace("2024-2027", "1999"), "2026-trafik.yml:2:18"),
    "latin-1": (TOP.encode("latin-1"), "2026-trafik.yml:2:1"),
    "tab": (TOP.replace("    vad", "\tvad"), "2026-trafik.yml:7:1"),
    "unclosed quote": (TOP.replace("titel: ", 'titel: "'), "2026-trafik.yml:1:8"),
    "empty": ("", "2026-trafik.yml:1:1"),
    "too large": (TOP.encode() + b"#" * MAX_BYTES, "2026-trafik.yml:1:1"),
    "alias": ("a: &a [*a]\n", "2026-trafik.yml:1:4"),
    "NUL": (TOP.encode() + b"\0", "2026-trafik.yml:8:1"),
}


@pytest.mark.parametrize("kind", list(BROKEN))
def test_a_broken_file_stops_its_municipality_alone(built, kind):
    before = files_of(built / "site")
    content, place = BROKEN[kind]
    write(built, PLEDGE, content)
    release = again(built)
    assert release.failed == release.kept == ["provstad"]
    text = as_plain(release.problems, source_lines(built))
    assert place in text
    assert "Traceback" not in text
    assert all(problem.hint for problem in release.problems)
    assert files_of(built / "site") == before
    assert "Provstad" in (built / "site" / CURRENCY).read_text("utf-8")


def wrong_name(root):
    (root / PLEDGE).rename(root / "data/provstad/medborgarloften/Trafik åt alla.yml")


def name_of_no_letters(root):
    os.close(os.open(os.fsencode(root) + b"/data/provstad/medborgarloften/l\xf6fte.yml", os.O_CREAT))


def link_to_another(root):
    (root / "data/provstad/medborgarloften/lank.yml").symlink_to("2026-trafik.yml")


def folder_of_files(root):
    (root / "data/provstad/medborgarloften/gamla").mkdir()


def pipe(root):
    os.mkfifo(root / "data/provstad/medborgarloften/kanal.yml")


@pytest.mark.parametrize("harm", [wrong_name, name_of_no_letters, link_to_another, folder_of_files, pipe])
def test_what_is_no_document_is_found_though_no_file_has_changed(built, harm):
    before = files_of(built / "site")
    harm(built)
    release = again(built)
    assert release.failed == ["provstad"]
    assert files_of(built / "site") == before


def test_a_municipality_that_never_had_a_site_is_absent_from_the_portal(tmp_path):
    root = whole(tmp_path / "project", {PLEDGE: "titel: [\n"})
    release = again(root, with_search=False)
    assert outcomes(release) == {"alstad": BUILT, "ostad": BUILT, "provstad": FAILED}
    assert release.kept == []
    files = files_of(root / "site")
    assert not [name for name in files if name.startswith("provstad")]
    assert 'href="provstad' not in files["index.html"].decode()
    write(root, PLEDGE, THREE[PLEDGE])
    assert outcomes(again(root, with_search=False))["provstad"] == BUILT
    assert 'href="provstad/"' in files_of(root / "site")["index.html"].decode()


def test_when_no_municipality_can_be_built_nothing_is_published(tmp_path):
    root = whole(tmp_path / "project", {name: "" for name in THREE if name.endswith("kommun.yml")})
    with pytest.raises(PublishError, match="Ingen kommun gick att bygga") as caught:
        again(root)
    assert len(caught.value.problems) >= 3
    assert not (root / "site").exists()


def test_a_municipality_named_as_a_page_of_the_portal_stops_itself_alone(built):
    for name in ("kommun.yml", "overenskommelser/2024-2027.yml"):
        write(built, f"data/om/{name}", THREE[f"data/provstad/{name}"])
    release = again(built)
    assert outcomes(release) == {"om": FAILED} | dict.fromkeys(SLUGS, UNCHANGED)
    assert [problem.kind for problem in release.problems] == ["upptagen-adress"]
    assert "<h1" in files_of(built / "site")["om/index.html"].decode()


def test_a_live_site_whose_record_is_lost_is_built_again_or_kept(built):
    for slug in ("alstad", "provstad"):
        ((built / "site" / slug).resolve().parent / RECORD).write_text("[]")
    before = files_of(built / "site/provstad")
    write(built, PLEDGE, "titel: [\n")
    release = again(built)
    assert outcomes(release) == {"alstad": BUILT, "ostad": UNCHANGED, "provstad": FAILED}
    assert release.kept == ["provstad"]
    assert files_of(built / "site/provstad") == before
    assert left_behind(built) == []


# What all share is broken


def broken_portal_file(root):
    write(root, "data/portal.yml", "namn: [\n")
    return "data/portal.yml:2:1"


def broken_themes(root):
    write(root, "data/teman.yml", THREE["data/teman.yml"] + "nyckel: 1\n")
    return "data/teman.yml:8:1"


@pytest.mark.parametrize("harm", [broken_portal_file, broken_themes])
def test_a_broken_shared_file_leaves_everything_as_it_was(built, harm):
    before, place = files_of(built / "site"), harm(built)
    with pytest.raises(PublishError, match="De gemensamma filerna har fel") as caught:
        again(built)
    assert place in told(caught.value, built)
    assert files_of(built / "site") == before


def template(name, old, new):
    def harm(root):
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return harm


TEMPLATES = {
    "page, syntax": ("overrides/pages/pledge.html", "{% endif %}", "{% endiff %}", "skrivfel"),
    "page, undefined": ("overrides/pages/start.html", "<h1", "{{ okänd_sak }}<h1", "inte finns"),
    "page, attribute": ("overrides/pages/start.html", "<h1", "{{ site.okand }}<h1", "inte finns"),
    "page, include": ("overrides/pages/start.html", "<h1", "{% include 'borta.html' %}<h1", "”borta.html” finns inte"),
    "page, filter": ("overrides/pages/start.html", "<h1", "{{ 1|borta }}<h1", "skrivfel"),
    "frame, syntax": ("overrides/main.html", "{% endblock %}", "{% endblok %}", "skrivfel"),
    "frame, undefined": ("overrides/main.html", "<header", "{{ okand.sak.igen }}<header", "inte finns"),
    "filled frame, undefined": ("overrides/page.html", "{{ ready.title", "{{ okand.sak }}{{ ready.title", "finns"),
    "prose, undefined": ("content/om.md", "# Om", "# Om\n\n{{ okandis }}\n\n", "inte finns"),
    "prose, syntax": ("content/om.md", "# Om", "# Om\n\n{% oops %}\n\n", "skrivfel"),
    "portal, undefined": ("overrides/pages/portal.html", "<h1", "{{ borta }}<h1", "inte finns"),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_a_broken_template_leaves_everything_as_it_was_and_is_told_by_file(built, kind):
    before = files_of(built / "site")
    name, old, new, words = TEMPLATES[kind]
    template(name, old, new)(built)
    text = told_of_a_failure(built, only=["alstad"])
    assert f"{name}:" in text
    assert words in text
    assert "Traceback" not in text
    assert files_of(built / "site") == before


def test_broken_settings_of_mkdocs_are_told(built):
    before = files_of(built / "site")
    write(built, "mkdocs.yml", (built / "mkdocs.yml").read_text("utf-8") + "\ntheme: [finns, inte]\n")
    with pytest.raises(PublishError) as caught:
        again(built, only=["alstad"])
    assert "mkdocs.yml:1:1  fel  [mallfel]" in told(caught.value, built)
    assert files_of(built / "site") == before


def test_a_page_that_leads_nowhere_stops_its_site(built):
    before = files_of(built / "site")
    about = THREE["data/provstad/kommun.yml"] + "om: Se [sidan](/finns-inte/).\n"
    write(built, "data/provstad/kommun.yml", about)
    release = again(built)
    assert release.failed == ["provstad"]
    assert "data/provstad/kommun.yml:15:16" in as_plain(release.problems, source_lines(built))
    assert files_of(built / "site") == before


STAGES = [
    (sites, "municipal_site"),
    (building, "build_site"),
    (sites, "verify_site"),
    (searching, "index_site"),
    (building, "write_record"),
    (sites, "portal_site"),
    (putting_together, "build_site"),
    (searching, "made_of"),
    (searching, "index_pages"),
    (releasing, "write_manifest"),
    (releasing.Store, "release"),
]
MISHAPS = [
    OSError(errno.ENOSPC, "No space left on device"),
    RuntimeError("nobody thought of this"),
    searching.SearchError("Sökprogrammet Pagefind svarar inte.", "Försök igen."),
]


@pytest.mark.parametrize(
    ("holder", "stage"), STAGES, ids=[f"{holder.__name__.split('.')[-1]}-{stage}" for holder, stage in STAGES]
)
def test_a_stop_anywhere_leaves_what_is_live(built, monkeypatch, holder, stage):
    before = files_of(built / "site")

    def fail(*arguments, **named):
        raise MISHAPS[0]

    monkeypatch.setattr(holder, stage, fail)
    without_kept_index(built)
    said = told_of_a_failure(built, date(2027, 2, 1), workers=1, only=["alstad"])
    assert "disken är full" in said
    assert files_of(built / "site/alstad") == {
        name.removeprefix("alstad/"): content
        for name, content in before.items()
        if name.startswith("alstad/")
    }
    monkeypatch.undo()
    again(built)
    assert files_of(built / "site") == before
    assert left_behind(built) == []


@pytest.mark.parametrize("mishap", MISHAPS, ids=lambda mishap: type(mishap).__name__)
def test_every_mishap_becomes_a_swedish_problem(tmp_path, mishap):
    (problem,) = problems_of(mishap, "provstad", tmp_path)
    assert problem.file == "data/provstad"
    assert problem.is_error
    assert problem.hint
    assert any(word in problem.message for word in ("gick", "Pagefind"))


def test_reasons_are_swedish_where_they_are_known(tmp_path):
    with pytest.raises(OSError, match="File exists") as caught:
        tmp_path.mkdir()
    assert reason(caught.value) == f"det finns redan ({tmp_path})"
    assert reason(OSError("något eget")) == "något eget"
    assert reason(OSError()) == "OSError"


def test_memory_that_ran_out_is_no_fault_of_the_program(tmp_path):
    (problem,) = problems_of(MemoryError(), "provstad", tmp_path)
    assert (problem.kind, problem.file) == ("stoppad", "data/provstad")
    assert problem.message == "Minnet tog slut när webbplatsen gjordes."
    assert "--processer 1" in problem.hint


def test_a_fault_of_no_known_place_is_told_of_the_templates_as_a_whole(tmp_path):
    (problem,) = problems_of(TemplateError("oj"), "provstad", tmp_path)
    assert (problem.file, problem.message) == ("overrides", "Mallen går inte att använda: oj.")


def test_a_file_that_cannot_be_read_stops_its_municipality_alone(built, monkeypatch):
    (built / PLEDGE).chmod(0)
    readable = Path.read_bytes

    def read_bytes(path):
        if path == built / PLEDGE:
            raise PermissionError(errno.EACCES, "Permission denied")
        return readable(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)  # root may read everything
    assert outcomes(again(built))["alstad"] == UNCHANGED


def test_what_a_run_could_not_take_away_is_taken_the_next_time(built):
    (built / ".site/.ny-1").symlink_to("portal/x")
    write(built, ".site/portal/.ny-1/index.html", "")
    write(built, ".site/kommun/alstad/.ny-1-x/html/index.html", "")
    write(built, ".site/kommun/borta/x/kort.json", "")
    write(built, ".site/kommun/.DS_Store", "")
    assert set(outcomes(again(built)).values()) == {UNCHANGED}
    assert left_behind(built) == []
    assert not (built / ".site/kommun/borta").exists()


def test_what_a_killed_run_left_is_taken_before_a_run_that_fails_too(built):
    write(built, ".site/kommun/alstad/.ny-1-x/html/index.html", "")
    write(built, ".site/kommun/alstad/.ny-2-x-gammal/html/index.html", "")
    write(built, ".site/portal/.ny-1.manifest.json", "{}")
    write(built, ".site/.ny-delat.json", "{}")
    template("overrides/pages/portal.html", "<h1", "{{ borta }}<h1")(built)
    with pytest.raises(PublishError):
        again(built)
    assert left_behind(built) == []


def test_a_finished_version_that_was_never_live_is_made_again_where_it_is_not_whole(built):
    """After a power cut, files that were not on the disk yet can be empty, though the last of them can be read."""
    before = files_of(built / "site")
    again(built, date(2027, 2, 1), only=["alstad"])
    later = (built / "site/alstad").resolve().parent
    portals = [path for path in (built / ".site/portal").iterdir() if path.is_dir()]
    again(built)
    for portal in portals:  # as if the later day had never been live
        if (portal / "alstad").resolve().parent == later:
            (portal / "alstad").unlink()
    (later / "html/index.html").write_bytes(b"")
    assert files_of(built / "site") == before
    assert outcomes(again(built, date(2027, 2, 1), only=["alstad"])) == {"alstad": BUILT}
    assert b"<h1" in files_of(built / "site")["alstad/index.html"]


def test_a_link_of_the_portal_that_is_lost_is_made_again(built):
    before = files_of(built / "site")
    (built / "site/alstad").unlink()
    again(built)
    assert files_of(built / "site") == before


def test_what_is_live_is_in_the_ledger_at_whatever_moment_the_run_is_stopped(built, monkeypatch):
    write(built, "data/provstad/lagesbilder/2026-02.yml", "period: {från: 2026-02-01, till: 2026-02-28}\n")
    monkeypatch.setattr(releasing, "_settle", lambda *what: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        again(built)
    assert (built / "site/provstad/lagesbilder/2026-02/index.html").is_file()
    assert "lagesbilder/2026-02/" in (built / ".site/adresser/provstad.txt").read_text("utf-8")
    monkeypatch.setattr(releasing.Store, "make_live", lambda store, portal: None)
    shutil.rmtree(built / ".site/adresser")
    with pytest.raises(ZeroDivisionError):
        again(built, date(2027, 2, 1))
    assert "lagesbilder/2026-02/" in (built / ".site/adresser/provstad.txt").read_text("utf-8")


def test_a_ledger_that_is_lost_is_made_again_of_what_is_live(built):
    again(built)
    before = (built / ".site/adresser/provstad.txt").read_bytes()
    again(built)
    (built / ".site/adresser/provstad.txt").unlink()
    assert set(outcomes(again(built)).values()) == {UNCHANGED}
    assert (built / ".site/adresser/provstad.txt").read_bytes() == before


@pytest.mark.parametrize(
    "harm", [lambda path: path.unlink(), lambda path: path.write_text("{")], ids=["gone", "harmed"]
)
def test_what_a_site_was_made_of_is_only_told_and_not_needed(built, harm):
    harm((built / "site/provstad").resolve().parent / BASIS)
    (built / ".site/sett.json").unlink()
    assert set(outcomes(again(built)).values()) == {UNCHANGED}
    write(built, PLEDGE, THREE[PLEDGE] + "# En kommentar.\n")
    (changed,) = [one for one in again(built).built if one.outcome is BUILT]
    assert changed.why == ["det är inte känt vad den gjordes av"]


# Workers, and files that change meanwhile


def dies(monkeypatch, tmp_path, times):
    """Let the worker that builds Östad be killed, so many times."""
    index = searching.index_site

    def die(site, known):
        if "ostad" in str(site) and len(list(tmp_path.glob("död-*"))) < times:
            write(tmp_path, f"död-{os.getpid()}", "")
            os.kill(os.getpid(), signal.SIGKILL)
        index(site, known)

    monkeypatch.setattr(searching, "index_site", die)


def test_a_worker_that_is_killed_once_costs_nobody_a_site(built, tmp_path, monkeypatch):
    dies(monkeypatch, tmp_path, 1)
    assert set(outcomes(again(built, date(2027, 2, 1), workers=2)).values()) == {BUILT}
    assert len(list(tmp_path.glob("död-*"))) == 1
    assert left_behind(built) == []


def test_a_worker_that_is_always_killed_stops_its_municipality_alone(built, tmp_path, monkeypatch):
    before = files_of(built / "site/ostad")
    dies(monkeypatch, tmp_path, 99)
    release = again(built, date(2027, 2, 1), workers=2)
    assert outcomes(release) == {"alstad": BUILT, "ostad": FAILED, "provstad": BUILT}
    assert release.kept == ["ostad"]
    assert len(list(tmp_path.glob("död-*"))) == 2
    (problem,) = release.problems
    assert (problem.kind, problem.file) == ("stoppad", "data/ostad")
    assert files_of(built / "site/ostad") == before
    assert left_behind(built) == []
    monkeypatch.undo()
    assert outcomes(again(built, date(2027, 2, 1))) == {
        "alstad": UNCHANGED,
        "ostad": BUILT,
        "provstad": UNCHANGED,
    }


def test_where_the_system_cannot_fork_the_bytes_are_the_same(built, tmp_path, monkeypatch):
    monkeypatch.setattr(workers.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    release = publish(built, tmp_path / "spawned/site", DAY, workers=2)
    assert set(outcomes(release).values()) == {BUILT}
    assert files_of(tmp_path / "spawned/site") == files_of(built / "site")


def at_once(job):
    return building.Built(job.slug, BUILT, os.getpid())


@pytest.mark.parametrize(
    ("files", "workers_at_all"), [(workers._ENOUGH, 6), (workers._ENOUGH // 2, 3), (1, 2)]
)
def test_a_forked_worker_ends_when_it_has_built_enough(built, monkeypatch, files, workers_at_all):
    monkeypatch.setattr(workers, "build_municipality", at_once)
    monkeypatch.setattr(workers, "_size", lambda job: files)
    found = list(workers.build_all(jobs_of(built, 6), 2, workers.FORK))
    assert sorted(one.slug for one in found) == ["0", "1", "2", "3", "4", "5"]
    many = len({one.pages for one in found} - {os.getpid()})
    assert many == workers_at_all or (
        many == workers_at_all + 1 and files < workers._ENOUGH
    )  # the last has built less
    assert workers.multiprocessing.active_children() == []


def test_a_worker_that_cannot_even_begin_is_told_of_and_shows_no_stack_trace(built, monkeypatch, capfd):
    def refused(*what, **more):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(workers.threading, "Thread", refused)
    found = list(workers.build_all(jobs_of(built, 2), 2, workers.FORK))
    assert [problem.kind for one in found for problem in one.problems] == ["stoppad", "stoppad"]
    assert capfd.readouterr() == ("", "")


def test_a_spawned_worker_stays(built, monkeypatch):
    monkeypatch.setattr(workers, "_work", stays)
    found = list(workers.build_all(jobs_of(built, 5), 2, workers.SPAWN))
    assert len({one.pages for one in found} - {os.getpid()}) <= 2
    assert sorted(one.slug for one in found) == ["0", "1", "2", "3", "4"]


def jobs_of(root, many):
    return [building.Job(root, f"{n}", None, DAY, root / f"{n}", {}, {}, NO_PAST) for n in range(many)]


def test_what_every_site_is_made_with_is_loaded_before_workers_part(tmp_path):
    root = whole(tmp_path / "project")
    script = f"""
import sys
from datetime import date
from pathlib import Path
from trygglofte import sites
from trygglofte.mkdocs_engine import build_site, theme
from trygglofte.pages.environment import environment
from trygglofte.publishing.warming import warm
root, day = Path({str(root)!r}), date(2026, 9, 15)
warm(root)
templates = lambda: {{*environment(root / "overrides").cache.keys(), *(key for env in theme._environments.values()
                                                                    for key in env.cache.keys())}}
loaded, known = set(sys.modules), templates()
shared, _ = sites.shared_files(root)
site, pages, _ = sites.municipal_site(root, "provstad", shared, day)
build_site(site, pages, root / "out")
late = set(sys.modules) - loaded
ours = {{name for _, name in templates() - known if (root / "overrides" / name).exists()}}
print(sorted(late), sorted(ours))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, env={**os.environ, **CALM}
    )
    assert done.stdout.decode().strip() == "[] []"


def stays(line, ours, life):
    """A worker that builds nothing. A spawned one cannot be given what a test puts in place of something else."""
    while True:
        line.send((at_once(line.recv()), True))


def test_one_that_leaves_the_results_stops_the_rest(built, monkeypatch):
    monkeypatch.setattr(workers, "build_municipality", at_once)
    jobs = [building.Job(built, slug, None, DAY, built / slug, {}, {}, NO_PAST) for slug in SLUGS]
    results = workers.build_all(jobs, 2)
    assert next(results).outcome is BUILT
    results.close()
    assert workers.multiprocessing.active_children() == []


@pytest.mark.parametrize("name", [PLEDGE, "content/om.md"])
def test_what_changes_under_the_build_is_built_again_the_next_time(built, monkeypatch, name):
    original, index = (built / name).read_bytes(), searching.index_site

    def change(site, known):
        index(site, known)
        (built / name).write_bytes(original + b"\n")

    monkeypatch.setattr(searching, "index_site", change)
    write(built, "data/provstad/kommun.yml", THREE["data/provstad/kommun.yml"] + "om: Nytt.\n")
    if name == PLEDGE:
        assert {problem.kind for problem in again(built).problems} == {"andrad-under-bygget"}
    else:
        with pytest.raises(PublishError, match="ändrades under bygget"):
            again(built)
    monkeypatch.undo()
    (built / name).write_bytes(original)
    assert outcomes(again(built)) == {"alstad": UNCHANGED, "ostad": UNCHANGED, "provstad": BUILT}


STOPS = {
    "a municipality": "trygglofte.searching.index_site",
    "the portal": "trygglofte.searching.index_pages",
    "the swap": "trygglofte.publishing.store.os.utime",
    "tidying": "trygglofte.publishing.store.Store.surplus",
    "after the swap": "trygglofte.publishing.releasing._settle",
}
STOPPED = """
import os, signal, sys
from unittest import mock
pipe, stage = int(sys.argv.pop()), sys.argv.pop(1)
def stop(*_, **__):
    os.write(pipe, b"x")
    while True:
        signal.pause()
with mock.patch(stage, stop):
    from trygglofte.cli import main
    main()
"""


def stopped_in(root, stage):
    """A build that stands still in a stage, and a pipe that closes when no process of it is left."""
    without_kept_index(root)
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED, stage, "build", "--dag", "2027-02-01", str(writer)],
        cwd=root,
        env={**os.environ, **CALM},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        pass_fds=[writer],
        start_new_session=True,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - nothing but the signal is touched
    )
    os.close(writer)
    assert wait_for(reader) == b"x"
    return process, reader


def wait_for(reader):
    ready, _, _ = select.select([reader], [], [], 60)
    assert ready, "nothing happened for a minute"
    return os.read(reader, 1)


def read_to_the_end(reader):
    while wait_for(reader):
        pass
    os.close(reader)


@pytest.mark.parametrize("stage", list(STOPS))
def test_a_killed_build_leaves_a_whole_site_and_the_next_run_tidies_up(built, stage):
    before = files_of(built / "site")
    process, reader = stopped_in(built, STOPS[stage])
    process.kill()
    process.communicate()
    read_to_the_end(reader)  # no worker lives on
    after = files_of(built / "site")
    assert after == before or stage == "after the swap"
    assert set(after) >= set(before) - {name for name in before if "pagefind" in name}
    release = again(built)
    assert not release.failed
    assert files_of(built / "site") == before
    assert left_behind(built) == []


def test_ctrl_c_ends_a_build_with_one_word(built):
    before = files_of(built / "site")
    process, reader = stopped_in(built, STOPS["the portal"])
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    read_to_the_end(reader)
    assert (process.returncode, said.strip()) == (130, "Avbrutet.")
    assert files_of(built / "site") == before
    assert left_behind(built) == []


def test_two_builds_at_once_both_end_and_the_site_is_whole(tmp_path):
    root = whole(tmp_path / "project")
    both = [
        subprocess.Popen(
            [*COMMAND, "build", "--dag", DAY.isoformat()],
            cwd=root,
            env={**os.environ, **CALM},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=100)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("  byggd  " in text for text in said) == 1
    assert sum("  oförändrad  " in text for text in said) == 1
    built = copy_of(root, tmp_path / "copy")
    assert set(outcomes(again(built)).values()) == {UNCHANGED}
    assert Path(built / "site/alstad/index.html").is_file()
