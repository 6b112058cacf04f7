"""What runs on GitHub is safe by construction, and what it runs is tried here with `gh` and `curl` of our own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parents[1] / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
UNTRUSTED = re.compile(r"github\.(event\b(?!_name)|head_ref)")


def read(path: Path) -> dict[Any, Any]:
    values = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(values, dict)
    return values


def triggers(values: dict[Any, Any]) -> dict[str, Any]:
    found = values.get("on", values.get(True))  # YAML 1.1 reads the key "on" as true
    return found if isinstance(found, dict) else dict.fromkeys([found] if isinstance(found, str) else found)


def steps(values: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in values["jobs"].values() for step in job.get("steps", [])]


def permissions(values: dict[Any, Any]) -> set[tuple[str, str]]:
    return {item for job in values["jobs"].values() for item in job["permissions"].items()}


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request) -> Path:
    path: Path = request.param
    return path


def test_nothing_is_allowed_until_a_job_asks_for_it(workflow):
    values = read(workflow)
    assert values["permissions"] == {}
    for name, job in values["jobs"].items():
        assert isinstance(job["permissions"], dict), name
        assert job["timeout-minutes"] <= 90, name
    assert "concurrency" in values


def test_no_expression_stands_in_what_a_shell_runs(workflow):
    for step in steps(read(workflow)):
        assert "${{" not in step.get("run", ""), step
        for value in step.get("env", {}).values():
            assert not UNTRUSTED.search(str(value)), step


def test_every_action_is_pinned_by_its_hash_with_its_version_beside(workflow):
    for line in workflow.read_text("utf-8").splitlines():
        if "uses:" in line:
            used, _, version = line.partition("uses:")[2].partition("#")
            assert PINNED.fullmatch(used.strip()), line
            assert re.fullmatch(r" v\d+\.\d+\.\d+", version), line


def test_a_clone_keeps_no_token(workflow):
    for step in steps(read(workflow)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_what_runs_the_code_of_a_pull_request_can_read_and_nothing_more(workflow):
    values = read(workflow)
    assert "pull_request_target" not in triggers(values)
    if "pull_request" in triggers(values):
        assert {right for _, right in permissions(values)} <= {"read", "none"}
        assert not re.search(
            r"\bsecrets\b|github\.token", workflow.read_text("utf-8").replace("no secrets", "")
        )
    if "workflow_run" in triggers(values):
        for step in steps(values):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert "ref" not in step["with"], "only what is on main is run"


def test_a_token_is_given_to_one_step_at_a_time_and_never_to_one_that_runs_the_program(workflow):
    values = read(workflow)
    assert "env" not in values
    for job in values["jobs"].values():
        assert "env" not in job
        assert job.get("secrets") is None
    for step in steps(values):
        if any("token" in str(value) for value in step.get("env", {}).values()):
            assert not re.search(r"\bmake\b|trygglofte", step["run"]), step
        assert "github.token" not in str(step.get("with", {}))
    assert not re.search(r"secrets\.|secrets:|toJSON\(", workflow.read_text("utf-8"))


def test_only_jobs_that_put_something_out_may_write_contents():
    writing = {
        f"{path.stem}/{name}"
        for path in WORKFLOWS
        for name, job in read(path)["jobs"].items()
        if job["permissions"].get("contents") == "write"
    }
    assert writing <= {
        "preview-deploy/deploy",
        "release/release",
        "form/tell",
    }


def test_what_others_repositories_call_for_a_pull_request_can_only_read():
    for name in ("own-check", "own-preview"):
        values = read(GITHUB / f"workflows/{name}.yml")
        assert permissions(values) == {("contents", "read")}
        assert "GH_TOKEN" not in (GITHUB / f"workflows/{name}.yml").read_text("utf-8")


def test_every_job_pulls_code_in_only_by_a_checkout_of_its_own_repository_or_the_one_that_was_called(
    workflow,
):
    for step in steps(read(workflow)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert set(step["with"]) <= {"persist-credentials", "fetch-depth", "path", "repository", "ref"}
            assert step["with"].get("repository") in {None, "${{ job.workflow_repository }}"}
            assert step["with"].get("ref") in {None, "${{ job.workflow_sha }}"}


RELEASE = GITHUB / "scripts/release.sh"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_release_is_the_tag_on_main_with_a_bill_of_materials_and_the_same_bytes_each_time(tmp_path):
    from tests.test_history import Repository

    repository = Repository(tmp_path)
    root = GITHUB.parent
    files = {name: (root / name).read_bytes() for name in ("pyproject.toml", "requirements/site.txt")}
    repository.commit("2026-01-01", files)
    version = re.search(r'^version = "(.+)"$', files["pyproject.toml"].decode(), re.MULTILINE)
    assert version
    repository("tag", f"v{version[1]}")
    repository("tag", "v9.9.9")

    def release(tag: str, out: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", RELEASE, tag, out], cwd=tmp_path, env={**os.environ, "MAIN": "main"}, check=False,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip

    assert "pyproject.toml says" in release("v9.9.9", "nej").stderr
    for out in ("ut", "igen"):
        done = release(f"v{version[1]}", out)
        assert done.returncode == 0, done.stderr
    first, second = (
        {one.name: one.read_bytes() for one in (tmp_path / out).iterdir()} for out in ("ut", "igen")
    )
    assert first == second
    name = f"trygglofte-{version[1]}"
    assert set(first) == {f"{name}.tar.gz", f"{name}.cdx.json", "SHA256SUMS"}
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "ut", check=True)
    bill = json.loads(first[f"{name}.cdx.json"])
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    pinned = re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", files["requirements/site.txt"].decode(), re.MULTILINE)
    assert [(one["name"], one["version"]) for one in bill["components"]] == pinned
    assert all(
        any(p["name"] == "trygglofte:lock:sha256" for p in one["properties"]) for one in bill["components"]
    )
    repository("switch", "-q", "-c", "sidogren")
    repository.commit("2026-01-02", {})
    repository("tag", "-f", f"v{version[1]}")
    assert "is not on main" in release(f"v{version[1]}", "nej").stderr
    assert not (tmp_path / "nej").exists()


def test_two_publications_never_interleave():
    values = read(GITHUB / "workflows/publish.yml")
    assert values["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    assert set(triggers(values)) == {"push", "schedule", "workflow_dispatch"}
    assert triggers(values)["push"]["branches"] == ["main"]


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder of programs that stand in for gh and curl; what they were asked is in its file `asked`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def put(name: str, script: str) -> Path:
        (folder / name).write_text(f"#!{sys.executable}\n{script}", "utf-8")
        (folder / name).chmod(0o755)
        return folder / "asked"

    return put


GH = """
import json, pathlib, sys
told = sys.stdin.read() if "--body-file" in sys.argv else ""
with open(pathlib.Path(__file__).with_name("asked"), "a") as asked:
    asked.write(json.dumps([*sys.argv[1:], told]) + "\\n")
if sys.argv[1:3] == ["issue", "list"]:
    print(json.dumps([{"number": 1, "title": "Lika", "body": "Samma\\r\\n"},
                      {"number": 2, "title": "Ändrat", "body": "Förut"},
                      {"number": 3, "title": "Klart", "body": "Förut"}]))
"""


def test_an_issue_is_opened_changed_and_closed_and_left_alone_when_it_says_the_same(programs, tmp_path):
    asked = programs("gh", GH)
    entries = [
        {"rubrik": "Lika", "text": "Samma\n"}, {"rubrik": "Ändrat", "text": "Nu"}, {"rubrik": "Klart", "text": ""},
        {"rubrik": "--title=$(touch x); `x`", "text": "Nytt"}, {"rubrik": "Inget", "text": ""},
    ]  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(entries), "utf-8")
    script = GITHUB / "scripts/issues.py"
    subprocess.run(
        [sys.executable, script, "--etikett", "prov", tmp_path / "a.json"], check=True, cwd=tmp_path
    )
    calls = [json.loads(line) for line in asked.read_text("utf-8").splitlines()]
    done = [call for call in calls if call[0] == "issue" and call[1] != "list"]
    assert done == [
        ["issue", "edit", "2", "--body-file", "-", "Nu"],
        ["issue", "close", "3", "--comment", "Klart.", ""],
        ["issue", "create", "--title=--title=$(touch x); `x`", "--label", "prov", "--body-file", "-", "Nytt"],
    ]
    assert not (tmp_path / "x").exists()


CURL = """
import sys
address = sys.argv[sys.argv.index("--url") + 1]
print(200 if "bra" in address else 405 if "--head" in sys.argv else 404 if "borta" in address else 403, end="")
"""


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_links_that_do_not_answer_are_told_with_where_they_stand(programs, tmp_path):
    programs("curl", CURL)
    listed = [
        {"adress": "https://bra.se/", "var": ["data/a.yml:1"]},
        {"adress": "https://borta.se/$(touch${IFS}x)", "var": ["data/a.yml:2", "data/b.yml:3"]},
        {"adress": "https://vill-inte.se/", "var": ["data/a.yml:4"]},
    ]
    (tmp_path / "l.json").write_text(json.dumps(listed), "utf-8")
    done = subprocess.run(
        ["sh", GITHUB / "scripts/links.sh", "l.json"], cwd=tmp_path, env={**os.environ, "PAUSE": "0"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    [entry] = json.loads(done.stdout)
    assert entry["text"].splitlines()[2:] == [
        "- `https://borta.se/$(touch${IFS}x)` (svar 404): `data/a.yml:2`, `data/b.yml:3`"
    ]
    assert not (tmp_path / "x").exists()


def test_every_external_address_of_the_data_is_listed_with_its_line(project, monkeypatch):
    from click.testing import CliRunner

    from trygglofte.cli import main

    text = "titel: A\n# https://kommentar.se/x\nkällor:\n  - {titel: B, adress: 'https://a.se/b?c=1'}\n  - https://prov.example/\n"
    root = project({"data/provstad/lagesbilder/x.yml": text, "mkdocs.yml": "site_name: Prov\n"})
    monkeypatch.chdir(root)
    listed = json.loads(CliRunner().invoke(main, ["links"]).output)
    assert {"adress": "https://a.se/b?c=1", "var": ["data/provstad/lagesbilder/x.yml:4"]} in listed
    assert not [one for one in listed if "example" in one["adress"] or "kommentar" in one["adress"]]
