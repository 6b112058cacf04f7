"""Who may what: every municipality has its owners, the code has its maintainers, and a change keeps to one of them."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_history import Repository
from trygglofte.library import Library

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / ".github/scripts/scope.py"
_spec = importlib.util.spec_from_file_location("scope", SCRIPT)
assert _spec
assert _spec.loader
scope = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(scope)


def owners_of(path: str) -> list[str]:
    """The owners of a path: those of the last line that fits. The lines used here are folders, files and `*`."""
    found: list[str] = []
    for line in (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines():
        pattern, *owners = line.split("#")[0].split() or [""]
        if pattern == "*" or (pattern and f"/{path}".startswith(pattern)):
            found = owners
    return found


def test_every_municipality_has_owners_of_its_own_and_no_other():
    for slug in Library(ROOT).slugs():
        assert owners_of(f"data/{slug}/kommun.yml") == [f"@trygglofte/{slug}"]


@pytest.mark.parametrize(
    "path",
    [
        "hooks/mkdocs_entry.py", "hooks/trygglofte/text.py", "overrides/main.html", "content/metod.md", "mkdocs.yml",
        ".github/workflows/check.yml", ".github/CODEOWNERS", "Makefile", "pyproject.toml", "requirements/site.txt",
        "data/portal.yml", "data/teman.yml", "tests/conftest.py", "data/ny-kommun/kommun.yml",
    ],
)  # fmt: skip
def test_what_every_site_runs_or_shows_is_the_maintainers(path):
    assert owners_of(path) == ["@trygglofte/maintainers"]


def test_the_template_asks_about_secrecy_personal_data_and_approval():
    text = (ROOT / ".github/pull_request_template.md").read_text("utf-8")
    boxes = [line for line in text.splitlines() if line.startswith("- [ ] ")]
    for word in ("personuppgifter", "Sekretessen", "godkänt"):
        assert any(word in box for box in boxes)


A, B = "data/alstad/kommun.yml", "data/ostad/lagesbilder/2026-01.yml"


@pytest.mark.parametrize(
    ("paths", "labels", "fine"),
    [
        ([A], [], True),
        ([A, "data/alstad/lagesbilder/2026-01.yml"], [], True),
        (["hooks/x.py", "data/portal.yml"], [], True),
        ([A, B], [], False),
        ([A, "data/portal.yml"], [], False),
        ([A, "data/kommun.yml"], [], False),
        ([A, ".github/CODEOWNERS"], [], False),
        ([A, "data/alstad-2/kommun.yml"], [], False),
        ([A, B], ["annat"], False),
        ([A, B], ["annat", scope.LABEL], True),
        ([], [], True),
    ],
    ids=str,
)
def test_who_touches_one_municipality_touches_nothing_else_unless_labelled(paths, labels, fine):
    assert (scope.verdict(paths, labels) == "") is fine


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_branch_is_judged_by_what_it_changed_itself_and_its_names_are_only_text(tmp_path):
    repository = Repository(tmp_path / "r") if (tmp_path / "r").mkdir() is None else None
    assert repository
    repository.commit("2026-01-01", {A: "a\n", B: "b\n", "data/ostad/gammal.yml": "en\nhel\nfil\n"})
    base = repository("rev-parse", "HEAD").strip()
    repository("switch", "-q", "-c", "gren")
    repository.commit("2026-01-02", {A: "ändrad\n"})
    repository("switch", "-q", "main")
    repository.commit("2026-01-03", {B: "ändrad på main\n"})
    repository("switch", "-q", "gren")

    def judged(*labels: str) -> subprocess.CompletedProcess[str]:
        event = {"pull_request": {"base": {"sha": base}, "labels": [{"name": label} for label in labels]}}
        (tmp_path / "event.json").write_text(json.dumps(event), "utf-8")
        return subprocess.run(
            [sys.executable, SCRIPT, tmp_path / "event.json"], cwd=repository.root, check=False,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip

    assert judged().returncode == 0
    hostile = "data/ostad/\n::set-output name=x::y\n$(touch x)`touch x`';.yml"
    repository.commit("2026-01-04", {hostile: "x\n"})
    told = judged()
    assert told.returncode == 1
    assert [line for line in told.stdout.splitlines() if line.startswith("::")] == told.stdout.splitlines()[
        :1
    ]
    assert "Dela upp den" in told.stdout
    assert judged(scope.LABEL).returncode == 0
    assert not list(repository.root.glob("x"))
    repository("reset", "-q", "--hard", "HEAD^")
    repository("mv", "data/ostad/gammal.yml", "data/alstad/gammal.yml")
    repository.commit("2026-01-05", {})
    assert judged().returncode == 1, "what is moved is taken from somewhere"
