"""What the workflow does with a filled-in form: the whole way, with real git and a GitHub of our own behind `gh`."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from click.testing import CliRunner

from tests.form_bodies import follow_up
from trygglofte.cli import main

GITHUB = Path(__file__).parents[1] / ".github"
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
BOT = "41898282+github-actions[bot]@users.noreply.github.com"

SCRIPT = GITHUB / "scripts/form.py"


def _script():
    spec = importlib.util.spec_from_file_location("form_script", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = _script()


class Town:
    """A small project in git, and behind the script's `api` the few addresses of GitHub's that it uses."""

    def __init__(self, root: Path, beside: Path) -> None:
        self.root, self.bare, self.event = root, beside / "bare", beside / "event.json"
        self.asked: list[tuple[str, str]] = []
        self.pulls: list[dict] = []
        self.comments: list[dict] = []
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Början")
        self.git("clone", "-q", "--bare", ".", str(self.bare))
        self.sha = self.git("rev-parse", "HEAD")

    def git(
        self, *arguments: str, at: Path | None = None, told: str | None = None, mail: str = "a@a.example"
    ) -> str:
        command = ["git", "-c", "user.name=Prov", "-c", f"user.email={mail}", *arguments]
        done = subprocess.run(
            command, cwd=at or self.root, input=told, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.strip()

    def seen(self, *arguments: str, told: str | None = None) -> str:
        return self.git(*arguments, at=self.bare, told=told, mail=BOT)

    def api(self, path: str, **given):
        method = given.pop("method", "POST" if given else "GET")
        address = urlsplit(path)
        place = address.path.removeprefix("repos/trygg/lofte/").split("/")
        self.asked.append((method, path))
        match method, place:
            case "POST", ["git", "blobs"]:
                return {"sha": self.seen("hash-object", "-w", "--stdin", told=given["content"])}
            case "POST", ["git", "trees"]:
                [one] = given["tree"]
                self.seen("read-tree", given["base_tree"])
                self.seen("update-index", "--add", "--cacheinfo", f"{one['mode']},{one['sha']},{one['path']}")
                return {"sha": self.seen("write-tree")}
            case "GET", ["git", "commits", sha]:
                tree, mail = self.seen("show", "-s", "--format=%T %ae", sha).split()
                return {"tree": {"sha": tree}, "author": {"email": mail}}
            case "POST", ["git", "commits"]:
                [parent] = given["parents"]
                return {"sha": self.seen("commit-tree", given["tree"], "-p", parent, told=given["message"])}
            case "GET", ["git", "matching-refs", *name]:
                lines = self.seen(
                    "for-each-ref", "--format=%(objectname) %(refname)", f"refs/{'/'.join(name)}*"
                )
                pairs = [line.split() for line in lines.splitlines()]
                return [{"ref": ref, "object": {"sha": sha}} for sha, ref in pairs]
            case "POST", ["git", "refs"]:
                return self.seen("update-ref", given["ref"], given["sha"], "0" * 40)
            case "PATCH", ["git", "refs", *name] if given["force"]:
                return self.seen("update-ref", f"refs/{'/'.join(name)}", given["sha"])
        return self._talk(method, place, dict(parse_qsl(address.query)), given)

    def _talk(self, method, place, asked, given):
        match method, place:
            case "GET", ["pulls"]:
                return [one for one in self.pulls if f"trygg:{one['head']}" == asked["head"]]
            case "POST", ["pulls"]:
                self.pulls.append({"number": 90 + len(self.pulls), "state": "open", **given})
                return self.pulls[-1]
            case "PATCH", ["pulls", number]:
                return next(one for one in self.pulls if one["number"] == int(number)).update(given)
            case "GET", ["issues", "12", "comments"]:
                return self.comments
            case "POST", ["issues", "12", "comments"]:
                return self.comments.append({"id": 5, "user": {"login": "github-actions[bot]"}, **given})
            case "PATCH", ["issues", "comments", number]:
                return next(one for one in self.comments if one["id"] == int(number)).update(given)
        raise AssertionError(f"no such address: {method} {place}")

    def run(self, body: str) -> None:
        """Both jobs, with an issue of this text."""
        event = {"issue": {"number": 12, "body": body}, "repository": {"default_branch": "main"}}
        self.event.write_text(json.dumps(event), "utf-8")
        told = CliRunner().invoke(
            main, ["form", "--file", str(self.event), "--format", "json", "--dag", "2026-09-15"]
        )
        assert told.exit_code == 0, told.output
        answer = self.event.with_name("svar.json")
        answer.write_text(told.stdout, "utf-8")
        script.main(answer)


@pytest.fixture
def town(project, tmp_path, monkeypatch):
    root = project({"mkdocs.yml": "site_name: Prov\n"})
    monkeypatch.chdir(root)
    (tmp_path / "beside").mkdir()
    made = Town(root, tmp_path / "beside")
    monkeypatch.setattr(script, "api", made.api)
    environment = {"EVENT_PATH": str(made.event), "REPOSITORY": "trygg/lofte", "SHA": made.sha}
    for name, value in environment.items():
        monkeypatch.setenv(f"GITHUB_{name}", value)
    return made


def test_a_form_becomes_one_commit_of_one_file_and_a_pull_request_and_an_answer(town):
    town.run(follow_up(period="fel"))
    [comment] = town.comments
    assert "**Period**" in comment["body"]
    assert (town.pulls, town.seen("for-each-ref", "refs/heads/formular")) == ([], "")
    town.run(follow_up())
    assert town.seen("diff", "--name-status", "main", "formular/12") == f"M\t{PLEDGE}"
    assert town.seen("show", "-s", "--format=%s", "formular/12").startswith(
        "Provstad: Uppföljning av Lugnare trafik"
    )
    [pull] = town.pulls
    assert (pull["base"], pull["head"]) == ("main", "formular/12")
    assert pull["body"].rstrip().endswith("Closes #12")
    [comment] = town.comments
    assert "#90" in comment["body"]


def test_a_form_that_is_edited_changes_the_same_pull_request(town):
    town.run(follow_up())
    town.run(follow_up(utfall="kontroller: genomfört – elva kontroller"))
    assert len(town.pulls) == len(town.comments) == 1
    assert town.seen("rev-list", "--count", "main..formular/12") == "1"
    told = town.seen("show", f"formular/12:{PLEDGE}")
    assert "elva kontroller" in told
    assert "tio kontroller" not in told


def test_what_somebody_changed_by_hand_or_ended_is_left_alone(town):
    own = {"id": 1, "user": {"login": "nagon"}, "body": "<!-- trygglofte: svar på formulär -->\nhej"}
    town.comments.append(own)
    town.run(follow_up())
    mine = town.git(
        "commit-tree", "formular/12^{tree}", "-p", "formular/12", at=town.bare, told="Rättat för hand"
    )
    town.seen("update-ref", "refs/heads/formular/12", mine)
    town.run(follow_up(publicerad="2026-05-12"))
    assert town.seen("rev-parse", "formular/12") == mine
    assert "för hand" in town.comments[1]["body"]
    town.pulls[0]["state"] = "closed"
    town.run(follow_up())
    assert "avslutat" in town.comments[1]["body"]
    assert len(town.pulls) == 1
    assert town.comments[0] == {**own, "body": own["body"]}


GH = """
import json, pathlib, sys
with open(pathlib.Path(__file__).with_name("asked"), "a") as asked:
    told = sys.stdin.read() if "--input" in sys.argv else ""
    asked.write(json.dumps([*sys.argv[1:], told]) + "\\n")
print("[]" if "GET" in sys.argv else "")
"""


def test_what_goes_to_gh_goes_by_standard_input_and_never_through_a_shell(project, tmp_path):
    root, text = project(), "$(touch x) `touch x` --body @octocat"
    (tmp_path / "gh").write_text(f"#!{sys.executable}\n{GH}", "utf-8")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "event").write_text(
        '{"issue": {"number": 12}, "repository": {"default_branch": "main"}}', "utf-8"
    )
    (tmp_path / "svar").write_text(json.dumps({**GOOD, "godtagen": False, "svar": text}), "utf-8")
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "GITHUB_SHA": "0",
                   "GITHUB_EVENT_PATH": str(tmp_path / "event"), "GITHUB_REPOSITORY": "trygg/lofte"}  # fmt: skip
    subprocess.run([sys.executable, SCRIPT, tmp_path / "svar"], cwd=root, env=environment, check=True)
    calls = [json.loads(line) for line in (tmp_path / "asked").read_text("utf-8").splitlines()]
    address = "repos/trygg/lofte/issues/12/comments"
    assert calls[0] == ["api", "--method", "GET", f"{address}?per_page=100", ""]
    assert calls[1][:-1] == ["api", "--method", "POST", address, "--input", "-"]
    assert json.loads(calls[1][-1])["body"].endswith(text)
    assert not (root / "x").exists()
    (tmp_path / "svar").write_text(json.dumps({**GOOD, "fil": "../x"}), "utf-8")
    done = subprocess.run(
        [sys.executable, SCRIPT, tmp_path / "svar"],
        check=False,
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, len((tmp_path / "asked").read_text("utf-8").splitlines())) == (1, 2)
    assert done.stderr == "Formuläret tas inte om hand: sökvägen '../x'\n"


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
        {"rubrik": "x" * 251}, {"text": "x" * 60_001}, {"svar": None}, {"godtagen": "ja"}, {},
    ],
)  # fmt: skip
def test_an_answer_that_is_not_our_own_commands_is_refused(project, wrong):
    root = project()
    (root / "data/provstad/lagesbilder/lank.yml").symlink_to("/etc/hostname")
    (root / "data/lankad").symlink_to(root / "data/provstad")
    assert script.checked(GOOD, root) == GOOD
    with pytest.raises(script.RefusedError):
        script.checked({**GOOD, **wrong} if wrong else [], root)


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
