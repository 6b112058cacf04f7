"""A change is told as residents will see it: by documents and meaning, in Swedish, from real repositories.

Golden cases lie in tests/cases/differing; see the README there.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import MINIMAL
from tests.test_history import FIRST, LIGHT, SIGNED, WALK, Repository, report
from trygglofte.cli import main
from trygglofte.cli.differing import _differences
from trygglofte.differing import as_json, as_markdown, as_text
from trygglofte.history import branching_point, files_at
from trygglofte.reading import MAX_BYTES

DAY = date(2026, 9, 15)
CASES = sorted((Path(__file__).parent / "cases/differing").glob("*.case"))
FILE = "data/provstad/medborgarloften/lofte.yml"
_ANSWER = re.compile(r"^==== told (text|md)\n", flags=re.MULTILINE)
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def files(question: str, side: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for section in re.split(r"^==== ", question, flags=re.MULTILINE)[1:]:
        head, _, text = section.partition("\n")
        which, name = head.split(" ")
        if which == side:
            name = name if name.startswith("data/") else f"data/provstad/{name}"
            found[name] = None if text.strip() == "(none)" else text
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_residents_are_told_of_a_change_just_so(path, tmp_path, lay_out, request):
    text = path.read_text("utf-8")
    question, form, answer = _ANSWER.split(text)
    assert question.partition("====")[0].strip(), "a case begins with a sentence on what was changed"
    before = lay_out(tmp_path / "before", MINIMAL | files(question, "before"))
    after = lay_out(tmp_path / "after", MINIMAL | files(question, "after"))
    sites = _differences(before, after, DAY)
    told = {"text": as_text, "md": as_markdown}[form](sites).replace("\u00a0", " ")
    if request.config.getoption("--accept-cases"):
        path.write_text(f"{question}==== told {form}\n{told}", "utf-8")
        pytest.skip("answer written")
    assert told == answer
    assert json.loads(as_json(sites))["kommuner"] == [] if "Inget ändras" in told else True


@pytest.fixture
def repository(project, monkeypatch) -> Repository:
    repository = Repository(project({FILE: FIRST + report("pågår"), "mkdocs.yml": "site_name: Prov\n"}))
    repository.commit("2026-05-12", {})
    monkeypatch.chdir(repository.root)
    return repository


def diff(*arguments: str) -> str:
    answer = CliRunner().invoke(main, ["diff", *arguments, "--dag", DAY.isoformat()])
    assert answer.exit_code == 0, answer.output
    return answer.output


@needs_git
def test_a_branch_is_compared_with_where_it_began_and_not_with_what_came_to_main_since(repository):
    repository("checkout", "-q", "-b", "min-gren")
    repository.commit("2026-05-13", {FILE: FIRST + report("genomfört")})
    repository("checkout", "-q", "main")
    repository.commit("2026-05-14", {"data/provstad/lagesbilder/2026-01.yml": None})
    repository("checkout", "-q", "min-gren")
    told = diff("main")
    assert "Byter belysning: pågår → genomfört" in told
    assert "Lägesbild" not in told


@needs_git
def test_what_is_not_committed_yet_is_part_of_the_change(repository):
    (repository.root / FILE).write_text(SIGNED + WALK + LIGHT + report("genomfört"), "utf-8")
    values = json.loads(diff("HEAD", "--format", "json"))
    [site] = values["kommuner"]
    [document] = site["dokument"]
    assert (site["kommun"], document["vad"], document["fil"]) == ("provstad", "ändrad", FILE)
    assert document["ändringar"][0] == {
        "mening": "Byter belysning: pågår → genomfört", "undertecknat": False, "fält": "status",
        "åtagande": "ljus", "före": "pågår", "efter": "genomfört",
    }  # fmt: skip


@needs_git
@pytest.mark.parametrize("name", ["finns-inte", "--output=x", "-", "HEAD:data", "", "main\n", "$(touch x)"])
def test_a_base_that_is_no_version_is_told_in_swedish(repository, name):
    answer = CliRunner().invoke(main, ["diff", "--", name])
    assert answer.exit_code != 0
    assert "historik" in answer.output
    assert not (repository.root / "x").exists()


@needs_git
def test_links_of_an_older_version_are_never_laid_out(repository):
    (repository.root / "data/provstad/lagesbilder/lank.yml").symlink_to("/etc/hostname")
    (repository.root / "data/provstad/lagesbilder/stor.yml").write_bytes(b"x" * (MAX_BYTES + 9))
    repository.commit("2026-05-13", {})
    version = branching_point(repository.root, "HEAD")
    assert version is not None
    found = files_at(repository.root, version, "data")
    assert found is not None
    assert FILE in found
    assert "data/provstad/lagesbilder/lank.yml" not in found
    assert len(found["data/provstad/lagesbilder/stor.yml"]) == MAX_BYTES + 1


@needs_git
def test_too_little_history_is_told_and_is_no_difference(repository, tmp_path):
    other = tmp_path / "klon"
    repository("checkout", "-q", "--orphan", "annan")
    repository.commit("2026-05-13", {})
    repository("clone", "-q", "--no-local", "--depth=1", "--branch", "annan", ".", str(other))
    assert branching_point(other, "origin/main") is None


def test_a_new_municipality_and_one_that_goes(tmp_path, lay_out):
    here = lay_out(tmp_path / "before", MINIMAL)
    there = lay_out(
        tmp_path / "after",
        {name.replace("provstad", "nystad"): text for name, text in MINIMAL.items()},
    )
    told = as_text(_differences(here, there, DAY))
    assert "Kommunen är ny." in told
    assert "Hela kommunens webbplats tas bort." in told
    assert "Medborgarlöfte Lugnare trafik: nytt" in told


def test_two_folders_are_compared_and_shared_mistakes_are_told(tmp_path, lay_out, monkeypatch):
    here = lay_out(tmp_path / "before", MINIMAL | {"mkdocs.yml": "site_name: Prov\n"})
    there = lay_out(tmp_path / "after", MINIMAL | {"data/teman.yml": "teman: {}\n"})
    monkeypatch.chdir(here)
    assert "Inget ändras" in diff(f"{here}/", str(here))
    answer = CliRunner().invoke(main, ["diff", f"{here}/", str(there)])
    assert answer.exit_code == 1
    assert "De gemensamma filerna har fel" in answer.output
