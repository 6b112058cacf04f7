"""A change from a fork with everything hostile in it gains nothing from what runs on it, tried with real repositories.

The steps are those of the workflows themselves, read from their files and run by bash as GitHub does. Where the code
of a pull request is run at all (`check.yml`, `preview.yml`) no right is at hand to be gained: tests/test_workflows.py.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.small_sites import skeleton, whole, write
from tests.test_history import Repository
from tests.test_workflows import GITHUB, read
from trygglofte.history import main_line
from trygglofte.skeleton import CHECKOUT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        any(shutil.which(name) is None for name in ("git", "jq", "bash")),
        reason="git, jq or bash is not installed",
    ),
]
SECRET = "hemligt-token-0451"
BRANCH = "$(touch${IFS}rort);'\"`touch${IFS}rort`"
TOUCH = "import os, pathlib; pathlib.Path(os.environ['CANARY'], 'NAME').write_text(str(os.environ))"
MKDOCS = """\
site_name: !!python/object/apply:os.system ["touch $CANARY/mkdocs"]
theme: {name: material, custom_dir: overrides}
hooks: [hooks/stjal.py]
"""
TEMPLATE = "{{ cycler.__init__.__globals__.os.popen('touch $CANARY/mall').read() }}"
HOSTILE: dict[str, str | bytes | None] = {
    "data/provstad/lagesbilder/$(touch rort).yml": "period: 1\n",
    "data/provstad/lagesbilder/`touch rort`;'\".yml": "period: 1\n",
    "data/provstad/lagesbilder/rad\n::add-mask::x\n.yml": "period: 1\n",
    "data/provstad/lagesbilder/-rf.yml": "period: 1\n",
    "data/provstad/lagesbilder/2026-03.yml": (
        "period: !!python/object/apply:os.system ['touch $CANARY/yaml']\n"
        "sammanfattning: !!python/name:os.environ\n"
    ),
    "data/provstad/medborgarloften/2026-farlig.yml": (
        "titel: '::error::$(touch rort) <script>alert(1)</script> {{ 7*7 }} {% include \"/etc/passwd\" %}'\n"
        "gäller: {från: 2026-01-01, till: 2026-12-31}\n"
        "åtaganden: [{id: a, ansvarig: polisen, vad: '`touch rort` ${{ github.token }}'}]\n"
    ),
    "mkdocs.yml": MKDOCS,
    "hooks/stjal.py": TOUCH.replace("NAME", "krok") + "\n",
    "hooks/mkdocs_entry.py": TOUCH.replace("NAME", "ingang") + "\n",
    "hooks/trygglofte/__init__.py": TOUCH.replace("NAME", "paket") + "\n",
    "overrides/main.html": TEMPLATE,
    "content/metod.md": f"# Metod\n\n{TEMPLATE}\n",
    "sitecustomize.py": TOUCH.replace("NAME", "sitecustomize") + "\n",
    "conftest.py": TOUCH.replace("NAME", "conftest") + "\n",
    "Makefile": "$(shell touch $(CANARY)/make)\n",
    ".gitattributes": "* filter=ont diff=ont merge=ont\n",
    ".gitconfig": '[filter "ont"]\n\tsmudge = touch $CANARY/filter\n',
}
"""What a fork brings. Whatever of it is run leaves a file in the folder CANARY."""


class Runner:
    """Runs the shell steps of a job as GitHub does, with this program for the one that make installs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.canary = folder / "kanarie"
        self.canary.mkdir(parents=True)
        programs = folder / "bin"
        programs.mkdir()
        # No search index: it is another's program, and takes longer than all the rest.
        ours = f'exec "{sys.executable}" -P -c "from trygglofte.cli import main; main()" "$@"'
        command = f'#!/bin/sh\n[ "$1" != build ] || set -- "$@" --utan-sok\n{ours}\n'
        self.program(programs / "trygglofte", command)
        # `make check ARGS="…"` as the Makefile of main has it; to install is done already.
        self.program(
            programs / "make", '#!/bin/sh\nif [ "$1" = check ]; then exec trygglofte check ${2#ARGS=}; fi\n'
        )
        self.environment = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder), "CANARY": str(self.canary),
            "PYTHONPATH": str(CHECKOUT / "hooks"), "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"), "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_ENV": str(folder / "env"), "GITHUB_ACTIONS": "true", "LC_ALL": "C.UTF-8",
            "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore::DeprecationWarning",
        }  # fmt: skip

    @staticmethod
    def program(path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        path.chmod(0o755)

    def event(self, value: object) -> None:
        (self.folder / "event.json").write_text(json.dumps(value), "utf-8")

    def run(self, name: str, job: str, folder: Path) -> Iterator[subprocess.CompletedProcess[str]]:
        """Every step of a job that a shell runs, also after one that failed."""
        for step in read(GITHUB / f"workflows/{name}.yml")["jobs"][job]["steps"]:
            if "run" in step and "GH_TOKEN" not in step.get("env", {}):
                script = re.sub(r"(\.\./verktyg/)?\.venv/bin/trygglofte", "trygglofte", step["run"])
                yield subprocess.run(
                    ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, check=False,
                    env=self.environment, capture_output=True, encoding="utf-8", errors="replace",
                )  # fmt: skip

    def nothing_was_run(self) -> None:
        assert [path.name for path in self.canary.iterdir()] == []
        assert not list(self.folder.rglob("rort"))


@pytest.fixture
def runner(tmp_path) -> Runner:
    return Runner(tmp_path / "runner")


def forked(root: Path) -> tuple[Repository, str]:
    """A hostile branch, from main; gives main's commit."""
    repository = Repository(root)
    repository.commit("2026-01-01", {})
    base = repository("rev-parse", "HEAD").strip()
    repository("switch", "-q", "-c", BRANCH)
    repository.commit("2026-01-02", HOSTILE)
    return repository, base


def pull_request(base: str) -> dict[str, object]:
    text = "$(touch rort)\n::set-env name=PATH::x\n`touch rort`"
    return {
        "action": "opened",
        "pull_request": {
            "title": text, "body": text, "number": 3, "labels": [{"name": text}], "base": {"sha": base},
            "head": {"ref": BRANCH, "label": f"fork:{BRANCH}"},
        },
    }  # fmt: skip


def test_hostile_names_texts_yaml_and_branches_are_told_of_and_never_run(runner, tmp_path):
    repository, base = forked(skeleton_and_data(tmp_path / "forrad"))
    runner.event(pull_request(base))
    checked, messages, told = runner.run("check", "data", repository.root)
    assert checked.returncode == 1
    assert "Traceback" not in checked.stdout + checked.stderr + told.stderr
    assert "python" in checked.stdout, "tags of YAML are refused by name"
    assert messages.returncode in {0, 1}
    [what] = runner.run("check", "what", repository.root)
    assert what.returncode == 0
    assert (runner.folder / "output").read_text("utf-8") == "code=true\n"
    summary = (runner.folder / "summary.md").read_text("utf-8")
    assert "<script>" not in summary
    commands = [line for line in (checked.stdout + messages.stdout).splitlines() if "::" in line]
    assert commands
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands)
    # scope.py is main's here: what a pull request changes in it only hides a warning, and asks for a maintainer.
    event = runner.folder / "event.json"
    scope = subprocess.run(
        [sys.executable, GITHUB / "scripts/scope.py", event], cwd=repository.root, check=False, capture_output=True,
        encoding="utf-8", env=runner.environment,
    )  # fmt: skip
    assert scope.returncode == 1
    assert [line for line in scope.stdout.splitlines() if line.startswith("::")] == scope.stdout.splitlines()[
        :1
    ]
    runner.nothing_was_run()


def skeleton_and_data(root: Path) -> Path:
    root.mkdir()
    return whole(root)


@pytest.mark.skipif(next(main_line(CHECKOUT), None) is None, reason="this is no clone with git")
def test_a_repository_of_data_alone_runs_nothing_of_a_change_neither_before_nor_after_it_is_merged(
    runner, tmp_path
):
    root = whole(tmp_path / "arkiv")
    for name in ("mkdocs.yml", "content", "overrides", "hooks", "data/alstad", "data/ostad"):
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    repository, base = forked(root)
    runner.event(pull_request(base))
    steps = runner.run("own-check", "data", root)
    tidied, checked = next(steps), next(steps)
    assert tidied.returncode == 0
    assert checked.returncode == 1, "hostile data is told of"
    repository("reset", "-q", "--hard")
    for name in HOSTILE:
        if name.startswith("data/") and not name.endswith("2026-farlig.yml"):
            (root / name).unlink()
    repository.commit("2026-01-03", {})
    tidied, built = runner.run("own-publish", "build", root)
    assert (tidied.returncode, built.returncode) == (0, 0), built.stdout + built.stderr
    page = (root / "site/provstad/medborgarloften/2026-farlig/index.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page, "a template in a text is a text"
    runner.nothing_was_run()


GH = f"""\
import os, sys
if sys.argv[1:3] == ["pr", "list"]:
    print(os.environ["OPEN"])
elif sys.argv[1:3] == ["run", "download"]:
    sys.exit(1)
assert os.environ["GH_TOKEN"] == "{SECRET}"
"""


def test_what_deploys_previews_with_a_token_never_takes_in_the_code_of_the_fork(runner, tmp_path):
    repository, _ = forked(skeleton_and_data(tmp_path / "forrad"))
    head = repository("rev-parse", "HEAD").strip()
    repository("switch", "-q", "main")
    repository("update-ref", "refs/pull/3/head", head)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", repository.root, clone], check=True, capture_output=True)
    runner.program(runner.folder / "bin/gh", f"#!{sys.executable}\n{GH}")
    runner.event({
        "workflow_run": {"id": 7, "head_sha": head, "head_branch": BRANCH, "conclusion": "success",
                         "event": "pull_request", "head_commit": {"message": "$(touch rort)"}},
    })  # fmt: skip
    opened = json.dumps([{"number": 3, "headRefOid": head}])
    done = subprocess.run(
        ["sh", GITHUB / "scripts/preview.sh"], cwd=clone, check=False, capture_output=True, encoding="utf-8",
        env={**runner.environment, "GH_TOKEN": SECRET, "OPEN": opened},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert not (clone / "sitecustomize.py").exists()
    runner.nothing_was_run()


def test_the_canary_sings_where_the_code_of_a_change_is_run(runner, tmp_path):
    """What is claimed above is worth something only if the hostile files do harm where they are let to."""
    for name in ("krok", "ingang"):
        path = write(tmp_path, f"{name}.py", TOUCH.replace("NAME", name))
        subprocess.run([sys.executable, path], check=True, env={**runner.environment, "SECRET": SECRET})
        assert SECRET in (runner.canary / name).read_text("utf-8")
    skeleton(tmp_path / "x")
    write(tmp_path / "x", "mkdocs.yml", "site_name: x\nhooks: [stjal.py]\n")
    write(tmp_path / "x", "stjal.py", str(HOSTILE["hooks/stjal.py"]))
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", tmp_path / "x/mkdocs.yml", "-d", tmp_path / "ut"],
        check=False, env=runner.environment, capture_output=True,
    )  # fmt: skip
    assert (runner.canary / "krok").is_file()
