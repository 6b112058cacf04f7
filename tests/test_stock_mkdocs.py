"""Plain `mkdocs build` and ProperDocs make each site too, stop in Swedish, and leave what is published alone."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tests.small_sites import CALM, PLEDGE, REPOSITORY, built_once, copy_of, files_of, write
from trygglofte import searching

pytestmark = pytest.mark.slow

MUNICIPALITIES = sorted(path.parent.name for path in (REPOSITORY / "data").glob("*/kommun.yml"))


@pytest.fixture
def built(tmp_path, tmp_path_factory):
    return copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")


def as_people_do(program, root, *arguments, kommun=None):
    environment = {**os.environ, **CALM}
    environment.pop("KOMMUN", None)
    if kommun is not None:
        environment["KOMMUN"] = kommun
    return subprocess.run(
        [sys.executable, "-m", program, "build", "--strict", "-f", "mkdocs.yml", *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def run(monkeypatch):
    """Run mkdocs' own command in this process: its exit status and everything it said."""

    def run(root, *arguments, kommun=""):
        monkeypatch.setenv("KOMMUN", kommun)
        result = CliRunner().invoke(cli, ["build", "--strict", "-f", str(root / "mkdocs.yml"), *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result.exit_code, result.output

    return run


@pytest.mark.parametrize("kommun", ["", *MUNICIPALITIES], ids=lambda slug: slug or "portal")
def test_each_site_of_the_real_data_passes_strict(run, tmp_path, kommun):
    status, said = run(REPOSITORY, "-d", str(tmp_path / "out"), kommun=kommun)
    assert status == 0, said
    assert (tmp_path / "out/index.html").is_file()
    assert (tmp_path / "out/pagefind/pagefind.js").is_file()


@pytest.mark.parametrize(
    ("program", "kommun"), [("mkdocs", "provstad"), ("properdocs", "provstad"), ("properdocs", None)]
)
def test_the_command_builds_into_build_and_never_into_site(built, program, kommun):
    before, link = files_of(built / "site"), (built / "site").readlink()
    done = as_people_do(program, built, kommun=kommun)
    assert done.returncode == 0, done.stdout + done.stderr
    output = built / "build/mkdocs"
    assert (output / "index.html").is_file()
    assert (output / "medborgarloften/2026-trafik/index.html").is_file() == bool(kommun)
    assert (files_of(built / "site"), (built / "site").readlink()) == (before, link)
    assert not list(built.glob("properdocs*"))


@pytest.mark.parametrize("where", ["site", "site/provstad", ".site/portal"])
def test_what_is_published_is_never_written_to(built, run, where):
    before = files_of(built / "site")
    status, said = run(built, "-d", str(built / where), kommun="provstad")
    assert status != 0
    assert "Välj en annan mapp med -d." in said
    assert files_of(built / "site") == before


def test_both_programs_make_the_same_site_as_trygglofte(built, run, tmp_path):
    """The pages of a made-up municipality with a day of its own are the same on any day."""
    day = (built / "data/provstad/kommun.yml").read_text("utf-8") + "exempeldag: 2026-03-01\n"
    write(built, "data/provstad/kommun.yml", day)
    assert run(built, "-d", str(tmp_path / "stock"), kommun="provstad")[0] == 0
    from tests.small_sites import DAY
    from trygglofte.publishing import publish

    publish(built, built / "site", DAY)
    stock, own = files_of(tmp_path / "stock"), files_of(built / "site/provstad")
    assert sorted(stock) == sorted(own)
    assert [name for name in own if own[name] != stock[name]] == []


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_a_municipality_with_errors_ends_the_command_in_swedish(built, program):
    write(built, PLEDGE, "titel: [\n")
    done = as_people_do(program, built, kommun="provstad")
    assert done.returncode == 1
    assert f"{PLEDGE}:2:1  fel" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_an_unknown_municipality_is_told(built, run):
    for kommun in ("okand", "../data/provstad", "Åre"):
        status, said = run(built, kommun=kommun)
        assert status == 1
        assert "  fel  [" in said


def test_a_broken_municipality_is_left_out_of_the_portal(built, run, tmp_path):
    write(built, PLEDGE, "titel: [\n")
    assert run(built, "-d", str(tmp_path / "out"))[0] == 0
    assert 'href="provstad/"' not in (tmp_path / "out/index.html").read_text("utf-8")


def test_broken_shared_files_and_templates_are_told(built, run):
    template = built / "overrides/pages/start.html"
    template.write_text("{{ borta }}", "utf-8")
    status, said = run(built, kommun="provstad")
    assert status == 1
    assert "overrides/pages/start.html:1:1  fel  [mallfel]" in said
    write(built, "data/teman.yml", "teman: nej\n")
    status, said = run(built)
    assert status == 1
    assert "data/teman.yml:1:" in said


def test_a_page_that_leads_nowhere_and_a_search_that_fails_are_told(built, run, monkeypatch):
    about = (built / "data/provstad/kommun.yml").read_text("utf-8")
    write(built, "data/provstad/kommun.yml", about + "om: Se [sidan](/finns-inte/).\n")
    status, said = run(built, kommun="provstad")
    assert status == 1
    assert "[trasig-lank]" in said
    write(built, "data/provstad/kommun.yml", about)

    def fail(_site, _known):
        raise searching.SearchError("Sökprogrammet Pagefind går inte att starta.", "Försök igen.")

    monkeypatch.setattr(searching, "index_site", fail)
    status, said = run(built, kommun="provstad")
    assert status == 1
    assert "Pagefind går inte att starta." in said


def test_changed_prose_and_templates_are_read_again_in_one_process(built, run, tmp_path):
    assert run(built, "-d", str(tmp_path / "a"), kommun="provstad")[0] == 0
    for name in ("content/om.md", "overrides/pages/prose.html"):
        path = built / name
        path.write_text(path.read_text("utf-8") + f"\n\nNytt i {path.name}.\n", "utf-8")
    assert run(built, "-d", str(tmp_path / "b"), kommun="provstad")[0] == 0
    text = (tmp_path / "b/om/index.html").read_text("utf-8")
    assert "Nytt i om.md." in text
    assert "Nytt i prose.html." in text


@pytest.fixture
def entry():
    """The hook file, loaded as MkDocs loads it."""
    spec = importlib.util.spec_from_file_location("mkdocs_entry", REPOSITORY / "hooks/mkdocs_entry.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_serving_watches_data_and_templates(built, entry):
    class Server:
        def __init__(self):
            self.watched = []

        def watch(self, path):
            self.watched.append(path)

    server = Server()
    config = load_config(str(built / "mkdocs.yml"), hooks=[])
    assert entry.on_serve(server, config=config, builder=None) is server
    assert server.watched == [str(built / "data"), str(built / "overrides")]


def test_the_hook_itself_ends_with_all_that_is_wrong(built, entry, monkeypatch):
    monkeypatch.setenv("KOMMUN", "provstad")
    write(built, PLEDGE, "titel: [\n")
    with pytest.raises(Abort, match=r"2026-trafik\.yml:2:1"):
        entry.on_config(load_config(str(built / "mkdocs.yml"), hooks=[]))
