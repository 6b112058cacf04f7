"""What the workflow does with a filled-in form: the whole way, with real git and a GitHub of our own behind `gh`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from tests.form_bodies import follow_up, summary
from trygglofte.cli import main

GITHUB = Path(__file__).parents[1] / ".github"
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
BOT = "41898282+github-actions[bot]@users.noreply.github.com"

GH = r'''
"""The few addresses of GitHub's API that are used, over a bare repository; the rest of its state is a JSON file."""
import json, pathlib, subprocess, sys, urllib.parse
here = pathlib.Path(__file__).parent
state = json.loads((here / "state").read_text())
def git(*arguments, told=None):
    settings = ["-c", "user.name=bot", "-c", "user.email=BOT"]
    return subprocess.run(["git", "-C", here / "bare", *settings, *arguments], input=told, check=True,
                          capture_output=True, encoding="utf-8").stdout.strip()
_, command, _, method, path = sys.argv[:5]
assert command == "api" and sys.argv[5:] in ([], ["--input", "-"])
given = json.loads(sys.stdin.read()) if sys.argv[5:] else {}
address = urllib.parse.urlsplit(path)
asked = dict(urllib.parse.parse_qsl(address.query))
place = address.path.removeprefix("repos/trygg/lofte/").split("/")
state["asked"].append([method, path])
answer = None
if place == ["git", "blobs"]:
    answer = {"sha": git("hash-object", "-w", "--stdin", told=given["content"])}
elif place == ["git", "trees"]:
    [one] = given["tree"]
    git("read-tree", given["base_tree"])
    git("update-index", "--add", "--cacheinfo", f"{one['mode']},{one['sha']},{one['path']}")
    answer = {"sha": git("write-tree")}
elif place[:2] == ["git", "commits"] and method == "GET":
    answer = {"tree": {"sha": git("rev-parse", place[2] + "^{tree}")},
              "author": {"email": git("show", "-s", "--format=%ae", place[2])}}
elif place == ["git", "commits"]:
    parents = [word for parent in given["parents"] for word in ("-p", parent)]
    answer = {"sha": git("commit-tree", given["tree"], *parents, told=given["message"])}
elif place[:2] == ["git", "matching-refs"]:
    lines = git("for-each-ref", "--format=%(objectname) %(refname)", "refs/" + "/".join(place[2:]) + "*").splitlines()
    answer = [{"ref": line.split()[1], "object": {"sha": line.split()[0]}} for line in lines]
elif place == ["git", "refs"]:
    git("update-ref", given["ref"], given["sha"], "0" * 40)
elif place[:2] == ["git", "refs"] and method == "PATCH" and given["force"]:
    git("update-ref", "refs/" + "/".join(place[2:]), given["sha"])
elif place == ["pulls"] and method == "GET":
    answer = [one for one in state["pulls"] if f"trygg:{one['head']}" == asked["head"]]
elif place == ["pulls"]:
    answer = {"number": 90 + len(state["pulls"]), "state": "open", **given}
    state["pulls"].append(answer)
elif place[0] == "pulls":
    next(one for one in state["pulls"] if one["number"] == int(place[1])).update(given)
elif place[0] == "issues" and place[2:] == ["comments"] and method == "GET":
    answer = state["comments"]
elif place[0] == "issues" and place[2:] == ["comments"]:
    state["comments"].append({"id": 5, "user": {"login": "github-actions[bot]"}, **given})
elif place[:2] == ["issues", "comments"]:
    next(one for one in state["comments"] if one["id"] == int(place[2])).update(given)
else:
    sys.exit(f"no such address: {method} {path}")
(here / "state").write_text(json.dumps(state))
print(json.dumps(answer))
'''.replace("BOT", BOT)


class Town:
    """A small project in git, with a GitHub beside it."""

    def __init__(self, root: Path, beside: Path) -> None:
        self.root, self.beside = root, beside
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Början")
        subprocess.run(["git", "clone", "-q", "--bare", root, beside / "bare"], check=True)
        (beside / "gh").write_text(f"#!{sys.executable}\n{GH}", "utf-8")
        (beside / "gh").chmod(0o755)
        self.write({"asked": [], "pulls": [], "comments": []})

    def git(self, *arguments: str, at: str = ".") -> str:
        who = ["-c", "user.name=Prov", "-c", "user.email=prov@prov.example"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.root / at, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.strip()

    def bare(self, *arguments: str) -> str:
        return self.git("-C", str(self.beside / "bare"), *arguments)

    @property
    def state(self) -> dict:
        return json.loads((self.beside / "state").read_text("utf-8"))

    def write(self, state: dict) -> None:
        (self.beside / "state").write_text(json.dumps(state), "utf-8")

    def run(self, body: str, answer: str | None = None) -> subprocess.CompletedProcess[str]:
        """Both jobs, with an issue of this text; `answer` in place of what the first one made."""
        event = self.beside / "event.json"
        event.write_text(json.dumps({"issue": {"number": 12, "body": body}, "repository": {"default_branch": "main"}}))
        if answer is None:
            told = CliRunner().invoke(main, ["form", "--file", str(event), "--format", "json", "--dag", "2026-09-15"])
            assert told.exit_code == 0, told.output
            answer = told.stdout
        (self.beside / "svar.json").write_text(answer, "utf-8")
        environment = {
            **os.environ, "PATH": f"{self.beside}{os.pathsep}{os.environ['PATH']}", "GITHUB_EVENT_PATH": str(event),
            "GITHUB_REPOSITORY": "trygg/lofte", "GITHUB_SHA": self.git("rev-parse", "HEAD"), "GH_TOKEN": "x",
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, GITHUB / "scripts/form.py", self.beside / "svar.json"], cwd=self.root, env=environment,
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip


@pytest.fixture
def town(project, tmp_path, monkeypatch):
    root = project({"mkdocs.yml": "site_name: Prov\n"})
    monkeypatch.chdir(root)
    (tmp_path / "beside").mkdir()
    return Town(root, tmp_path / "beside")


def test_a_form_becomes_one_commit_of_one_file_and_a_pull_request_and_an_answer(town):
    done = town.run(follow_up())
    assert done.returncode == 0, done.stderr
    assert town.bare("diff", "--name-status", "main", "formular/12") == f"M\t{PLEDGE}"
    assert town.bare("rev-list", "--count", "main..formular/12") == "1"
    assert town.bare("show", "-s", "--format=%s", "formular/12").startswith("Provstad: Uppföljning av Lugnare trafik")
    assert "tio kontroller" in town.bare("show", f"formular/12:{PLEDGE}")
    [pull] = town.state["pulls"]
    assert (pull["base"], pull["head"]) == ("main", "formular/12")
    assert pull["body"].rstrip().endswith("Closes #12")
    [comment] = town.state["comments"]
    assert "#90" in comment["body"]


def test_a_form_that_is_edited_changes_the_same_pull_request(town):
    town.run(follow_up())
    assert town.run(follow_up(utfall="kontroller: genomfört – elva kontroller")).returncode == 0
    assert len(town.state["pulls"]) == len(town.state["comments"]) == 1
    assert town.bare("rev-list", "--count", "main..formular/12") == "1"
    assert "elva kontroller" in town.bare("show", f"formular/12:{PLEDGE}")
    assert "tio kontroller" not in town.bare("show", f"formular/12:{PLEDGE}")


def test_what_is_to_be_corrected_is_answered_and_nothing_else_happens(town):
    assert town.run(follow_up(period="fel")).returncode == 0
    [comment] = town.state["comments"]
    assert "**Period**" in comment["body"]
    assert town.state["pulls"] == []
    assert town.bare("for-each-ref", "refs/heads/formular") == ""
    town.run(follow_up())
    [comment] = town.state["comments"]
    assert "#90" in comment["body"]


def test_what_somebody_changed_by_hand_or_ended_is_left_alone(town):
    town.run(follow_up())
    town.git("fetch", "-q", str(town.beside / "bare"), "formular/12")
    mine = town.git("commit-tree", "FETCH_HEAD^{tree}", "-p", "FETCH_HEAD", "-m", "Rättat för hand")
    town.git("push", "-q", str(town.beside / "bare"), f"{mine}:refs/heads/formular/12")
    assert town.run(follow_up(publicerad="2026-05-12")).returncode == 0
    assert town.bare("rev-parse", "formular/12") == mine
    assert "för hand" in town.state["comments"][0]["body"]
    state = town.state
    state["pulls"][0]["state"] = "closed"
    town.write(state)
    town.run(follow_up())
    assert "avslutat" in town.state["comments"][0]["body"]
    assert len(town.state["pulls"]) == 1


def test_a_comment_that_somebody_else_wrote_is_never_changed(town):
    own = {"id": 1, "user": {"login": "nagon"}, "body": "<!-- trygglofte: svar på formulär -->\nhej"}
    town.write({**town.state, "comments": [own]})
    town.run(summary())
    assert town.state["comments"][0] == own
    assert len(town.state["comments"]) == 2


GOOD = {"godtagen": True, "svar": "", "fil": PLEDGE, "innehåll": "titel: A\n", "rubrik": "A", "text": "B"}


@pytest.mark.parametrize(
    "wrong",
    [
        *({"fil": path} for path in (
            "", "data/portal.yml", "data/provstad/kommun.yml", "../x.yml", "/etc/passwd", f"./{PLEDGE}", f"{PLEDGE}\n",
            "data/../data/provstad/medborgarloften/2026-trafik.yml", "data/provstad/medborgarloften/../kommun.yml",
            ".github/workflows/check.yml", "hooks/trygglofte/cli/__init__.py", "data/provstad/medborgarloften/x/y.yml",
            "data/provstad/medborgarloften/ny.yml", "data/annan/medborgarloften/2026-trafik.yml",
            "data/provstad/overenskommelser/2024-2027.yml", "data/provstad/lagesbilder/2026-01.yml",
            "data/provstad/lagesbilder/lank.yml", "data/lankad/medborgarloften/2026-trafik.yml",
        )),
        {"innehåll": ""}, {"innehåll": "x" * 1_000_001}, {"innehåll": 1}, {"rubrik": ""}, {"rubrik": "a\nb"},
        {"rubrik": "x" * 251}, {"text": "x" * 60_001}, {"svar": None}, {"godtagen": "ja"},
    ],
)  # fmt: skip
def test_an_answer_that_is_not_our_own_commands_is_refused_before_anything_is_asked(town, wrong):
    (town.root / "data/provstad/lagesbilder/lank.yml").symlink_to("/etc/hostname")
    (town.root / "data/lankad").symlink_to(town.root / "data/provstad")
    done = town.run("", json.dumps({**GOOD, **wrong}))
    assert done.returncode == 1
    assert "tas inte om hand" in done.stderr
    assert "Traceback" not in done.stderr
    assert town.state["asked"] == []


def test_an_answer_that_is_no_json_is_refused(town):
    for text in ("", "[]", "x"):
        done = town.run("", text)
        assert (done.returncode, town.state["asked"]) == (1, [])
        assert "Traceback" not in done.stderr


def test_what_reads_the_issue_may_not_write_and_what_writes_does_not_read_it():
    jobs = yaml.safe_load((GITHUB / "workflows/form.yml").read_text("utf-8"))["jobs"]
    assert jobs["read"]["permissions"] == {"contents": "read"}
    assert "GH_TOKEN" not in json.dumps(jobs["read"])
    assert jobs["tell"]["needs"] == "read"
    runs = [step["run"] for step in jobs["tell"]["steps"] if "run" in step]
    assert runs == ["python3 .github/scripts/form.py svar/svar.json"]
    for job in jobs.values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert "ref" not in step["with"], "only what is on main is run"
