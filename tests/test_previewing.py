"""A preview shows the changed sites as they would be, says so on every page, and is not for search engines."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.small_sites import DAY, whole, write
from tests.test_history import Repository
from trygglofte.cli import main
from trygglofte.verifying import verify

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
SCRIPT = Path(__file__).parents[1] / ".github/scripts/unpack.py"
PLEDGE = "data/alstad/medborgarloften/2026-trafik.yml"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A preview of a change of one municipality of three, with hostile words, and a mistake in another."""
    root = whole(tmp_path_factory.mktemp("preview") / "project")
    repository = Repository(root)
    repository.commit("2026-01-01", {})
    text = (root / PLEDGE).read_text("utf-8")
    (root / PLEDGE).write_text(
        text.replace("på genomfarten", '"på <script>alert(1)</script> vägen"'.strip('"')), "utf-8"
    )
    wrong = root / PLEDGE.replace("alstad", "ostad")
    wrong.write_text("titel: Trasigt\nokänt: 1\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        answer = CliRunner().invoke(main, ["preview", "HEAD", "--dag", DAY.isoformat()])
        again = CliRunner().invoke(main, ["preview", "HEAD", "--dag", DAY.isoformat()])
    assert answer.exit_code == 0, answer.output
    assert again.exit_code == 1
    assert "finns redan" in again.output
    return root / "forhandsvisning"


def test_every_page_says_that_it_is_a_preview_and_keeps_search_engines_away(shown):
    pages = list(shown.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        html = page.read_text("utf-8")
        assert re.findall(r'<meta name="robots"[^>]*>', html) == [
            '<meta name="robots" content="noindex, nofollow">'
        ]
        assert html.count("Förhandsvisning av ett förslag") == 1


def test_what_has_changed_is_listed_and_marked_on_its_page(shown):
    listed = (shown / "forhandsvisning/index.html").read_text("utf-8")
    assert 'href="../alstad/medborgarloften/2026-trafik/"' in listed
    assert "Åtagandet: Kontrollerar hastigheten på genomfarten → " in listed
    page = (shown / "alstad/medborgarloften/2026-trafik/index.html").read_text("utf-8")
    assert '<aside aria-label="Ändras i förslaget">' in page
    assert "<script>alert" not in listed + page
    _, _, card = page.partition('id="atagande-kontroller">')
    assert card.startswith('<aside aria-label="Ändras i förslaget, del 1">')
    assert "på genomfarten → " in card.partition("</aside>")[0]
    assert "Ändras i förslaget" not in (shown / "alstad/index.html").read_text("utf-8")


def test_what_has_not_changed_or_has_errors_is_not_shown_and_the_errors_are_said(shown):
    assert (shown / "alstad").is_dir()
    assert not (shown / "provstad").exists()
    assert not (shown / "ostad").exists()
    assert "fel som måste rättas" in (shown / "forhandsvisning/index.html").read_text("utf-8")


def test_a_preview_is_whole_and_has_no_links_of_the_file_system(shown):
    assert not [path for path in shown.rglob("*") if path.is_symlink()]
    problems = verify(shown, {}, lambda file: None)
    assert [problem.message for problem in problems if "orhandsvisning" in problem.message] == []


GOOD = b'<html><head><meta name="robots" content="noindex, nofollow"></head></html>'


def packed(path, *members):
    """A tar file of (name, content or kind)."""
    with tarfile.open(path, "w") as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
            else:
                member.type, member.linkname = content, "/etc/passwd"
                archive.addfile(member)
    return path


def unpacked(archive, target):
    return subprocess.run(
        [sys.executable, SCRIPT, archive, target], check=False, capture_output=True, encoding="utf-8"
    )


def test_our_own_preview_is_unpacked_whole_but_for_what_steers_a_host(shown, tmp_path):
    archive = tmp_path / "p.tar"
    subprocess.run(["tar", "-cf", archive, "-C", shown, "."], check=True)
    done = unpacked(archive, tmp_path / "ut")
    assert done.returncode == 0, done.stderr
    steering = {"_redirects", "_headers", ".htaccess"}
    names = {
        path.relative_to(shown) for path in shown.rglob("*") if path.is_file() and path.name not in steering
    }
    assert {
        path.relative_to(tmp_path / "ut") for path in (tmp_path / "ut").rglob("*") if path.is_file()
    } == names


@pytest.mark.parametrize(
    "member",
    [
        ("../ut.html", GOOD), ("/tmp/ut.html", GOOD), ("a/../../ut.html", GOOD), (".git/config", b"x"),
        ("a.html", tarfile.SYMTYPE), ("a.html", tarfile.LNKTYPE), ("a.html", tarfile.CHRTYPE),
        ("a.html", tarfile.FIFOTYPE), ("kor.sh", b"x"), ("kor", b"x"), ("a\nb.html", GOOD), ("-rf.html", GOOD),
        ("utan.html", b"<html></html>"), ("index.html", GOOD),
    ],
    ids=str,
)  # fmt: skip
def test_a_hostile_preview_is_refused_whole_and_writes_nothing(tmp_path, member):
    archive = packed(tmp_path / "p.tar", ("index.html", GOOD), member)
    done = unpacked(archive, tmp_path / "mapp" / "ut")
    assert done.returncode == 1
    assert "läggs inte ut" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["p.tar"]


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "p.tar").write_bytes(b"PK\x03\x04" + b"x" * 2000)
    assert unpacked(tmp_path / "p.tar", tmp_path / "ut").returncode == 1


GH = """
import json, pathlib, shutil, sys
here = pathlib.Path(__file__).parent
if sys.argv[1:3] == ["pr", "list"]:
    print((here / "open.json").read_text())
elif sys.argv[1:3] == ["run", "download"]:
    folder = pathlib.Path(sys.argv[sys.argv.index("--dir") + 1])
    folder.mkdir()
    shutil.copy(here / "p.tar", folder / "forhandsvisning.tar")
"""


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_a_preview_is_put_out_by_its_commit_and_swept_away_when_its_pull_request_closes(tmp_path):
    def git(*arguments, where):
        return subprocess.run(
            ["git", "-C", where, *arguments], check=True, capture_output=True, text=True
        ).stdout

    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "gh").write_text(f"#!{sys.executable}\n{GH}", "utf-8")
    (programs / "gh").chmod(0o755)
    packed(programs / "p.tar", ("index.html", GOOD))
    Repository(write(tmp_path, "src/README.md", "Prov").parent).commit("2026-01-01", {})
    git("clone", "-q", "--bare", "src", "origin.git", where=tmp_path)

    def run(sha, *opened):
        shutil.rmtree(tmp_path / "clone", ignore_errors=True)
        git("clone", "-q", "origin.git", "clone", where=tmp_path)
        listed = [{"number": number, "headRefOid": head} for number, head in opened]
        (programs / "open.json").write_text(json.dumps(listed), "utf-8")
        event = {"id": 7, "head_sha": sha, "conclusion": "success", "event": "pull_request"}
        (tmp_path / "event.json").write_text(json.dumps({"workflow_run": event}), "utf-8")
        subprocess.run(
            ["sh", SCRIPT.with_name("preview.sh")], cwd=tmp_path / "clone", check=True, capture_output=True,
            env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
                 "GITHUB_EVENT_PATH": str(tmp_path / "event.json")},
        )  # fmt: skip
        branches = git("branch", "--list", "forhandsvisning", where=tmp_path / "origin.git")
        tree = ("ls-tree", "-r", "--name-only", "forhandsvisning")
        return git(*tree, where=tmp_path / "origin.git").split() if branches else []

    assert run("c" * 40, (3, "a" * 40)) == []
    assert run("a" * 40, (3, "a" * 40)) == ["pr-3/index.html"]
    assert run("b" * 40, (3, "a" * 40), (4, "b" * 40)) == ["pr-3/index.html", "pr-4/index.html"]
    assert run("a" * 40, (4, "b" * 40)) == ["pr-4/index.html"]
    assert git("rev-list", "--count", "forhandsvisning", where=tmp_path / "origin.git").strip() == "1"
