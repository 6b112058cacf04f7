"""A municipality's own repository: made by a command, checked and built from data alone, on workflows of ours."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from tests.test_history import Repository
from tests.test_workflows import PINNED, UNTRUSTED, permissions, read, steps, triggers
from trygglofte.cli import main
from trygglofte.history import main_line
from trygglofte.skeleton import CHECKOUT, named, skeleton_of

WORKFLOWS = CHECKOUT / ".github/workflows"
OWN = sorted(WORKFLOWS.glob("own-*.yml"))
NEW = ("new", "arkiv", "soderhamn", "--namn", "Söderhamns kommun", "--kortnamn", "Söderhamn", "--kod", "2182")
pytestmark = pytest.mark.skipif(next(main_line(CHECKOUT), None) is None, reason="this is no clone with git")


def run(folder: Path, *arguments: str):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return CliRunner().invoke(main, arguments)


def filled(text: str) -> str:
    """portal.yml with what is left to fill in."""
    answers = {
        "adress": "https://loften.example/", "e-post": "trygghet@kommun.example", "förenlighet": "helt förenlig",
        "standard": "EN 301 549 V3.2.1", "bedömd": "2026-01-02", "uppdaterad": "2026-01-02", "metod": "Egen.",
    }  # fmt: skip
    for key, value in answers.items():
        text = re.sub(rf"^(\s*){key}:.*", rf"\1{key}: {value}", text, flags=re.MULTILINE)
    return text


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> tuple[Path, str]:
    """The repository as the command makes it, and what the command said."""
    above = tmp_path_factory.mktemp("own")
    answer = run(above, *NEW)
    assert answer.exit_code == 0, answer.output
    return above / "soderhamn", answer.output


@pytest.fixture(scope="module")
def whole(fresh, tmp_path_factory) -> Path:
    """The same, filled in and with a pledge."""
    root = tmp_path_factory.mktemp("whole") / "soderhamn"
    root.mkdir()
    for path in fresh[0].rglob("*"):
        if path.is_file():
            (root / path.relative_to(fresh[0])).parent.mkdir(parents=True, exist_ok=True)
            (root / path.relative_to(fresh[0])).write_bytes(path.read_bytes())
    portal = root / "data/portal.yml"
    portal.write_text(filled(portal.read_text("utf-8")), "utf-8")
    pledge = root / "data/soderhamn/medborgarloften/2026-trafik.yml"
    pledge.parent.mkdir()
    pledge.write_text(
        "titel: Lugnare trafik\ngäller: {från: 2026-01-01, till: 2026-12-31}\nåtaganden:\n"
        "  - {id: kontroller, ansvarig: polisen, vad: Kontrollerar hastigheten}\n",
        "utf-8",
    )
    return root


def test_it_holds_data_and_callers_and_no_code(fresh):
    names = {path.relative_to(fresh[0]).as_posix() for path in fresh[0].rglob("*") if path.is_file()}
    assert {name.partition("/")[0] for name in names} == {
        ".gitattributes", ".github", ".gitignore", "README.md", "data"
    }  # fmt: skip
    assert not [name for name in names if Path(name).suffix not in {".yml", ".md", ""} | {".gitattributes"}]
    assert skeleton_of(fresh[0]) == CHECKOUT


def test_the_check_points_at_what_the_command_said_is_left_and_at_nothing_else(fresh):
    answer = run(fresh[0], "check")
    assert set(re.findall(r"\[([a-z-]+)\]", answer.output)) == {"tomt-varde"}
    told = {int(line) for rows in re.findall(r"\(rad (.*?)\)", fresh[1]) for line in re.findall(r"\d+", rows)}
    assert {int(line) for line in re.findall(r"^data/portal.yml:(\d+):", answer.output, re.MULTILINE)} == told


def test_it_is_checked_and_built_where_it_lies_with_the_programs_own_templates(whole):
    checked = run(whole, "check", "--utan-rad")
    assert checked.exit_code == 0, checked.output
    built = run(whole, "build", "--utan-sok", "--dag", "2026-02-01")
    assert built.exit_code == 0, built.output
    page = (whole / "site/soderhamn/medborgarloften/2026-trafik/index.html").read_text("utf-8")
    assert "Kontrollerar hastigheten" in page
    assert (whole / "site/index.html").is_file()
    again = run(whole, "build", "--utan-sok", "--dag", "2026-02-01")
    assert "oförändrad" in again.output
    assert not (whole / "mkdocs.yml").exists()


def test_a_change_of_it_is_told_and_another_day_is_found(whole, tmp_path):
    root = shutil.copytree(
        whole, tmp_path / "soderhamn", ignore=shutil.ignore_patterns("site", ".site", "build")
    )
    repository = Repository(root)
    repository.commit("2026-01-10", {})
    pledge = "data/soderhamn/medborgarloften/2026-trafik.yml"
    written = (root / pledge).read_text("utf-8")
    repository.commit("2026-01-20", {pledge: written.replace("Lugnare trafik", "Mycket lugnare trafik")})
    told = run(root, "diff", "HEAD^", "--dag", "2026-02-01")
    assert told.exit_code == 0, told.output
    assert "Mycket lugnare trafik" in told.output
    then = run(root, "as-of", "2026-01-15", "--out", str(tmp_path / "då"))
    assert then.exit_code == 0, then.output
    page = next((tmp_path / "då").rglob("soderhamn/medborgarloften/2026-trafik/index.html")).read_text(
        "utf-8"
    )
    assert "Mycket" not in page


def test_a_second_time_and_a_strange_name_of_the_program_are_refused(fresh, tmp_path):
    again = run(fresh[0].parent, *NEW)
    assert again.exit_code == 1
    assert "finns redan" in again.output
    strange = run(tmp_path, *NEW, "--verktyg", "någon/$(touch x)")
    assert strange.exit_code == 1
    assert "ägare/namn" in strange.output
    assert list(tmp_path.iterdir()) == []


def callers(root: Path) -> list[Path]:
    return sorted((root / ".github/workflows").glob("*.yml"))


def test_callers_are_pinned_to_the_commit_that_made_them_and_give_just_what_is_asked_for(fresh):
    commit = next(iter(main_line(CHECKOUT))).commit
    assert len(callers(fresh[0])) == len(OWN) == 3
    for path in callers(fresh[0]):
        values = read(path)
        [job] = values["jobs"].values()
        assert values["permissions"] == {}
        assert re.search(rf"@{commit} # v\d+\.\d+\.\d+$", path.read_text("utf-8"), re.MULTILINE)
        assert PINNED.fullmatch(job["uses"])
        assert "secrets" not in job
        called = read(WORKFLOWS / Path(job["uses"].partition("@")[0]).name)
        assert set(job["permissions"].items()) == permissions(called)
        if "pull_request" in triggers(values):
            assert set(job["permissions"].values()) == {"read"}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_what_is_called_runs_its_own_commit_and_takes_away_what_is_not_data_first(path, tmp_path):
    values = read(path)
    assert set(triggers(values)) == {"workflow_call"}
    assert triggers(values)["workflow_call"] is None, "no inputs and no secrets"
    [job, *_] = values["jobs"].values()
    done = steps({"jobs": {"one": job}})
    tool = next(step["with"] for step in done if step.get("with", {}).get("path") == "verktyg")
    assert (tool["repository"], tool["ref"]) == ("${{ job.workflow_repository }}", "${{ job.workflow_sha }}")
    assert all(not UNTRUSTED.search(str(step.get("with", {}))) for step in done)
    first = next(step["run"] for step in done if "run" in step)
    harm = tmp_path / "arkiv"
    (harm / "overrides").mkdir(parents=True)
    (harm / "data").mkdir()
    (harm / "mkdocs.yml").symlink_to(tmp_path / "kvar")
    (tmp_path / "kvar").write_text("kvar", "utf-8")
    subprocess.run(["sh", "-euc", first], cwd=harm, check=True)
    assert sorted(one.name for one in harm.iterdir()) == ["data"]
    assert (tmp_path / "kvar").is_file()
    assert skeleton_of(harm) == CHECKOUT


def test_files_are_named_from_the_project_or_from_the_program(whole):
    assert named(whole / "data/portal.yml", whole) == "data/portal.yml"
    assert named(CHECKOUT / "overrides/main.html", whole) == "overrides/main.html"
    assert named(Path(sys.executable), whole / "x") is None or CHECKOUT in Path(sys.executable).parents


def test_every_file_of_settings_is_yaml_that_github_reads(fresh):
    for path in (fresh[0] / ".github").rglob("*.yml"):
        assert isinstance(yaml.safe_load(path.read_text("utf-8")), dict), path
