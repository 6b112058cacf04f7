"""What is live is put on a host so that the site there works after every step, and nothing of others is touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_sites import DAY, PLEDGE, THREE, built_once, copy_of, files_of, write
from trygglofte.cli import main
from trygglofte.outputs.served import ASK_FIRST, FOREVER, cache_of, content_type
from trygglofte.publishing import publish
from trygglofte.publishing.records import MANIFEST, write_manifest
from trygglofte.publishing.targets import (
    NOTES,
    Item,
    Target,
    TargetError,
    Tree,
    deliver,
    prepare,
    read_tree,
    target_of,
)
from trygglofte.publishing.targets.pages import SITE_LIMIT, TAR_LIMIT, Pages
from trygglofte.publishing.targets.planning import Notes, plan, read_notes

Files = Mapping[str, str]

PORTAL = {
    "index.html": "portal", "sitemap.xml": "map", "assets/sok.js": "js", ".htaccess": "rules",
    "om/index.html": "om", "pagefind/fragment/sv_0ac87f4e4afc.pf_fragment": "found",
    "pagefind/pagefind-entry.json": "{}",
}  # fmt: skip
ALSTAD = {
    "index.html": "start", "sitemap.xml": "map", "flode.xml": "<feed/>", "kalender.ics": "BEGIN",
    "medborgarloften/index.html": "alla", "medborgarloften/2026-trafik/index.html": "lugn",
    "medborgarloften/2026-ål & [öl] #1/index.html": "udda", "-x/index.html": "streck",
}  # fmt: skip
OSTAD = {
    "index.html": "start",
    "sitemap.xml": "map",
    "platser/a/index.html": "a",
    "platser/index.html": "alla",
}


def live(root: Path, portal: Files = PORTAL, **sites: Files) -> Path:
    """A live tree as a build leaves it, of made-up files. Gives the output."""
    output, store = root / "site", root / ".site"
    stamp = hashlib.sha256(repr((portal, sites)).encode()).hexdigest()[:12]
    folder = store / "portal" / stamp
    for path, text in portal.items():
        write(folder, path, text)
    write_manifest(folder, store / "portal" / f"{stamp}.manifest.json")
    for slug, files in sites.items():
        version = store / "kommun" / slug / stamp
        for path, text in files.items():
            write(version / "html", path, text)
        write_manifest(version / "html", version / MANIFEST)
        (folder / slug).symlink_to(Path("..", "..", "kommun", slug, stamp, "html"), target_is_directory=True)
    output.unlink(missing_ok=True)
    output.symlink_to(Path(".site", "portal", stamp), target_is_directory=True)
    return output


def put_live(
    output: Path, address: str, endpoint: str | None = None, spoil: Callable[[Target], Target] = lambda t: t
):
    """Publish as the command does."""
    with TemporaryDirectory() as work:
        target = spoil(target_of(address, Path(work), endpoint))
        found = prepare(read_tree(output), target)
        deliver(found, target)
        return found


def shown(folder: Path) -> dict[str, bytes]:
    """What readers can ask a target for, but for the notes."""
    return {path: content for path, content in files_of(folder).items() if path != NOTES}


class Dying(Target):
    """A target whose client dies after so many files."""

    def __init__(self, target: Target, after: int) -> None:
        self.target, self.left = target, after
        self.notes, self.begin, self.finish = target.notes, target.begin, target.finish  # type: ignore[method-assign]

    def put(self, items: Sequence[Item]) -> None:
        for item in items:
            self._live()
            self.target.put([item])

    def remove(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        for path in paths:
            self._live()
            self.target.remove([path], [])
        self.target.remove([], folders)

    def _live(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TargetError("dog")


# The plan


class Memory(Target):
    """A target that remembers what lay there after every single file."""

    def __init__(self, there: Mapping[str, str] | None = None) -> None:
        self.there, self.seen = dict(there or {}), [dict(there or {})]
        self.kept: bytes | None = None

    def notes(self) -> bytes | None:
        return self.kept

    def begin(self, notes: bytes) -> None:
        self.kept = notes

    finish = begin

    def put(self, items: Sequence[Item]) -> None:
        for item in items:
            self.there[item.path] = item.digest
            self.seen.append(dict(self.there))

    def remove(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        for path in paths:
            self.there.pop(path, None)
            self.seen.append(dict(self.there))


def hand_over(now: Mapping[str, str], target: Target) -> None:
    """Deliver a tree that is only names and digests."""
    tree = Tree("prov", {path: Item(path, Path(path), digest, 1) for path, digest in now.items()})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("trygglofte.publishing.targets.delivering.hold_to_manifest", lambda items: None)
        deliver(prepare(tree, target), target)


FOLDERS = ("", "a/", "a/b/", "a/b/c/", "assets/", "kommun/", "kommun/x/", "pagefind/fragment/")
NAMES = ("index.html", "sitemap.xml", "data.json", "sv_0ac87f4e4afc.pf_meta")
PATHS = st.sampled_from([folder + name for folder in FOLDERS for name in NAMES])
LINKS = st.frozensets(PATHS, max_size=4)


@settings(max_examples=80)
@given(st.dictionaries(PATHS, LINKS, max_size=12), st.dictionaries(PATHS, LINKS, max_size=12))
def test_no_page_that_readers_reach_ever_leads_to_a_file_that_is_not_there(old, new):
    """A page's content here is its links; whoever comes by the old addresses finds every one of them."""
    versions = [
        {path: sorted(links & set(tree)) if path.endswith(".html") else [] for path, links in tree.items()}
        for tree in (old, new)
    ]
    before, after = ({path: "\n".join(links) for path, links in version.items()} for version in versions)
    target = Memory()
    hand_over(before, target)
    target.seen.clear()
    hand_over(after, target)
    for there in target.seen:
        reached = [path for path in before if path in there and path in after]
        for path in reached:  # grows while it is read
            links = there[path].split("\n") if there[path] else []
            assert set(links) <= set(there), path
            reached += [link for link in links if link not in reached]
        assert set(there.values()) <= {*before.values(), *after.values()}
    assert target.there == after


@settings(max_examples=80)
@given(
    st.lists(st.dictionaries(PATHS, st.sampled_from("abc"), max_size=8), min_size=1, max_size=4), st.data()
)
def test_after_any_stops_the_next_whole_run_leaves_exactly_the_site_and_what_others_put_there(trees, data):
    target = Memory({"annans/fil.html": "annans"})
    for tree in trees[:-1]:
        with suppress(TargetError):
            hand_over(tree, Dying(target, data.draw(st.integers(0, 9))))
    hand_over(trees[-1], target)
    assert target.there == {**trees[-1], "annans/fil.html": "annans"}
    count = len(target.seen)
    hand_over(trees[-1], target)
    assert len(target.seen) == count


@settings(max_examples=50)
@given(st.dictionaries(PATHS, st.sampled_from("ab"), min_size=1, max_size=9))
def test_on_an_empty_target_what_is_needed_comes_first_and_starts_and_entries_last(now):
    first = plan(now, None)
    assert sorted(first.put) == sorted(now)
    assert not first.removed
    assert first.new == set(now)
    order = first.put
    if "index.html" in now:
        after = set(order[order.index("index.html") + 1 :])
        assert not any(path.endswith("index.html") for path in after)
    assert plan(now, Notes("", now)).is_empty


def test_the_order_is_files_leaves_indexes_starts_below_the_start_and_then_entries():
    now = dict.fromkeys([*PORTAL, *(f"alstad/{path}" for path in ALSTAD)], "x")
    order = plan(now, None).puts
    assert order[0] == ["assets/sok.js", "pagefind/fragment/sv_0ac87f4e4afc.pf_fragment"]
    assert "alstad/medborgarloften/2026-trafik/index.html" in order[1]
    assert order[2:5] == [["alstad/medborgarloften/index.html"], ["alstad/index.html"], ["index.html"]]
    assert order[5] == [
        ".htaccess", "alstad/flode.xml", "alstad/kalender.ics", "alstad/sitemap.xml",
        "pagefind/pagefind-entry.json", "sitemap.xml",
    ]  # fmt: skip


def test_without_notes_everything_is_new_and_nothing_is_removed():
    found = plan({"index.html": "a"}, None)
    assert (found.put, found.removed, found.new) == (["index.html"], [], {"index.html"})


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b"{}", Notes("p", {"../ute": "x"}).as_bytes(), Notes("p", {"/etc/x": "x"}).as_bytes(),
     Notes("p", {}, frozenset({"a//b"})).as_bytes(), Notes("p", {NOTES: "x"}).as_bytes()],
)  # fmt: skip
def test_notes_that_are_broken_or_lead_out_of_the_target_are_refused(content):
    with pytest.raises(TargetError, match="går inte att läsa"):
        read_notes(content)
    whole = Notes("p", {"å/b": "1"}, frozenset({"c"}))
    assert read_notes(whole.as_bytes()) == whole


# A folder and rsync


@pytest.fixture(params=["mapp", "rsync"])
def place(request, tmp_path) -> tuple[str, Path]:
    """A target on this machine: its address and its folder."""
    if request.param == "rsync" and not shutil.which("rsync"):
        pytest.skip("rsync is not installed: apt install rsync")
    folder = tmp_path / "www å [1]"
    folder.mkdir()
    return f"{request.param}:{folder}", folder


def test_a_target_gets_the_live_tree_and_then_only_what_has_changed(place, tmp_path):
    address, folder = place
    write(folder, "alstad/annans/index.html", "inte vår")
    output = live(tmp_path, alstad=ALSTAD, ostad=OSTAD)
    assert put_live(output, address).before is None
    assert shown(folder) == {**shown(output), "alstad/annans/index.html": b"inte v\xc3\xa5r"}
    before = {path: (folder / path).stat().st_ino for path in shown(folder)}
    assert put_live(output, address).plan.is_empty
    changed = {**ALSTAD, "index.html": "ny start", "annans2/index.html": "ny"}
    del changed["medborgarloften/2026-ål & [öl] #1/index.html"], changed["-x/index.html"]
    found = put_live(live(tmp_path, alstad=changed, ostad=OSTAD), address)
    assert [item.path for item in found.changed] == ["alstad/index.html"]
    assert [item.path for item in found.new] == ["alstad/annans2/index.html"]
    assert shown(folder) == {**shown(output.parent / "site"), "alstad/annans/index.html": b"inte v\xc3\xa5r"}
    assert not (folder / "alstad/-x").exists()
    after = {path: (folder / path).stat().st_ino for path in shown(folder)}
    assert [path for path in after if before.get(path, after[path]) != after[path]] == ["alstad/index.html"]


def test_a_municipality_that_leaves_is_removed_and_the_other_is_not_touched(place, tmp_path):
    address, folder = place
    put_live(live(tmp_path, alstad=ALSTAD, ostad=OSTAD), address)
    output = live(tmp_path, alstad=ALSTAD)
    assert put_live(output, address).plan.removed == sorted(f"ostad/{path}" for path in OSTAD)
    assert shown(folder) == shown(output)
    assert not (folder / "ostad").exists()


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_client_that_dies_leaves_whole_files_and_the_next_run_goes_on(place, tmp_path, after):
    address, folder = place
    first = shown(put_and_keep(tmp_path, address))
    changed = {**OSTAD, "index.html": "ny start", "platser/b/index.html": "b"}
    del changed["platser/a/index.html"]
    output = live(tmp_path, ostad=changed)
    with pytest.raises(TargetError, match="dog"):
        put_live(output, address, spoil=lambda target: Dying(target, after))
    half = shown(folder)
    assert all(content in {first.get(path), shown(output).get(path)} for path, content in half.items())
    assert half["ostad/platser/a/index.html"] == b"a"
    assert put_live(output, address).before.begun == {
        "ostad/index.html", "ostad/platser/a/index.html", "ostad/platser/b/index.html",
    }  # fmt: skip
    assert shown(folder) == shown(output)


def put_and_keep(root: Path, address: str) -> Path:
    """A first publication. Gives the output."""
    output = live(root, ostad=OSTAD)
    put_live(output, address)
    return output.resolve()


def test_a_file_where_a_folder_has_to_be_goes_first(place, tmp_path):
    address, folder = place
    put_live(live(tmp_path, {**PORTAL, "nytt": "fil", "gammalt/a/index.html": "x"}), address)
    output = live(tmp_path, {**PORTAL, "nytt/index.html": "sida", "gammalt": "fil"})
    put_live(output, address)
    assert shown(folder) == shown(output)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    outside = write(tmp_path / "ute", "index.html", "rör inte").parent
    (tmp_path / "www").mkdir()
    (tmp_path / "www/om").symlink_to(outside)
    with pytest.raises(TargetError, match="länk ut ur målet"):
        put_live(live(tmp_path), f"mapp:{tmp_path / 'www'}")
    assert (outside / "index.html").read_text("utf-8") == "rör inte"


def test_a_file_that_is_not_the_one_that_was_built_is_never_put(tmp_path):
    output = live(tmp_path)
    (output / "om/index.html").write_text("ändrad efteråt", "utf-8")
    with pytest.raises(TargetError, match="inte den som byggdes"):
        put_live(output, f"mapp:{tmp_path / 'www'}")
    (output / "om/index.html").unlink()
    with pytest.raises(TargetError, match="inte den som byggdes"):
        put_live(output, f"mapp:{tmp_path / 'www'}")
    assert not (tmp_path / "www").exists()


def test_the_portal_is_never_put_over_one_municipality(tmp_path):
    write(tmp_path / "www", NOTES, Notes("ostad", {"index.html": "x"}).as_bytes())
    with pytest.raises(TargetError, match="ligger ostad, inte portalen"):
        put_live(live(tmp_path), f"mapp:{tmp_path / 'www'}")


# GitHub Pages


def test_the_artefact_holds_every_page_no_link_and_the_same_bytes_each_time(tmp_path):
    output = live(tmp_path, alstad=ALSTAD)
    put_live(output, f"pages:{tmp_path / 'ut.tar'}")
    first = (tmp_path / "ut.tar").read_bytes()
    for path in output.rglob("*"):
        os.utime(path, (1, 1))
    put_live(output, f"pages:{tmp_path / 'ut.tar'}")
    assert (tmp_path / "ut.tar").read_bytes() == first
    with tarfile.open(tmp_path / "ut.tar") as tar:
        entries = tar.getmembers()
        assert {(entry.isfile(), entry.mode) for entry in entries} == {(True, 0o644), (False, 0o755)}
        assert all(entry.name == "." or entry.name.startswith("./") for entry in entries)
        tar.extractall(tmp_path / "ut", filter="data")
    assert shown(tmp_path / "ut") == {
        path: text for path, text in shown(output).items() if path != ".htaccess"
    }
    assert not list(tmp_path.glob(".ny-*"))


def test_a_site_that_is_larger_than_pages_takes_is_told_before_anything_is_written(tmp_path):
    pages = Pages(tmp_path / "ut.tar")
    assert pages.remarks([Item("a", tmp_path, "", 1)]) == []
    assert "1,0 GB" in pages.remarks([Item("a", tmp_path, "", SITE_LIMIT)])[0]
    with pytest.raises(TargetError, match="högst 10 GB"):
        pages.remarks([Item("a", tmp_path, "", TAR_LIMIT)])


# S3

_SIGNED = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"


class Store:
    """An S3 server on this machine, which takes anybody at their word."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, path: str, method: str = "GET") -> tuple[bytes, Mapping[str, str]]:
        asked = urllib.request.Request(
            f"{self.address}/{path}", method=method, headers={"Authorization": _SIGNED}
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.read(), dict(answer.headers.items())

    def keys(self, bucket: str) -> set[str]:
        listed = self.ask(f"{bucket}?list-type=2")[0].decode()
        return {unescape(part.split("</Key>")[0]) for part in listed.split("<Key>")[1:]}


@pytest.fixture
def s3(tmp_path, monkeypatch) -> Iterator[Store]:
    """moto and awscli from requirements/s3.txt, installed apart by `make test`."""
    folder = Path(os.environ.get("TRYGGLOFTE_S3") or Path(sys.prefix, "s3"))
    if not (folder / "awscli").is_dir():
        pytest.skip("awscli and moto are not installed: make .venv/.s3")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "prov")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    aws = write(tmp_path / "bin", "aws", f'#!/bin/sh\nexec "{sys.executable}" -m awscli "$@"\n')
    aws.chmod(0o755)
    monkeypatch.setenv("PATH", f"{aws.parent}{os.pathsep}{os.environ['PATH']}")
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", "0"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert server.stderr
    try:
        address = next(line.split()[-1] for line in server.stderr if "Running on" in line)
        reader = threading.Thread(target=server.stderr.read)  # or the pipe would fill
        reader.start()
        yield Store(address)
    finally:
        server.terminate()
        server.wait()
        reader.join()
        server.stderr.close()


def test_a_bucket_gets_the_live_tree_with_media_types_and_then_only_what_has_changed(s3, tmp_path):
    s3.ask("hink", "PUT")
    s3.ask("hink/lofte/annans.html", "PUT")
    small = {"index.html": "start", "flode.xml": "<feed/>", "ål & [1]/index.html": "udda"}
    address = "s3://hink/lofte/"
    assert put_live(live(tmp_path, small), address, s3.address).before is None
    assert s3.keys("hink") == {f"lofte/{path}" for path in ("annans.html", NOTES, *small)}
    content, headers = s3.ask("hink/lofte/flode.xml")
    told = {name.lower(): value for name, value in headers.items()}
    assert (content, told["content-type"]) == (b"<feed/>", "application/atom+xml; charset=utf-8")
    assert told["cache-control"] == ASK_FIRST
    small = {**small, "index.html": "ny start"}
    del small["ål & [1]/index.html"]
    put_live(live(tmp_path, small), address, s3.address)
    assert s3.ask("hink/lofte/index.html")[0] == b"ny start"
    assert s3.keys("hink") == {f"lofte/{path}" for path in ("annans.html", NOTES, *small)}


def test_what_aws_could_not_delete_is_told_though_it_ended_well(tmp_path, monkeypatch):
    answer = json.dumps({"Errors": [{"Key": "a.html", "Code": "AccessDenied", "Message": "Access Denied"}]})
    stand_in(tmp_path, monkeypatch, "aws", f"echo '{answer}'")
    with pytest.raises(TargetError, match=r"ta bort a\.html i s3://hink: Access Denied"):
        target_of("s3://hink", tmp_path / "work").remove(["a.html"], [])
    (tmp_path / "silent").mkdir()
    stand_in(tmp_path, monkeypatch, "aws", "exit 3")
    with pytest.raises(TargetError, match=r"aws kunde inte lägga filer i s3://hink: slutade med kod 3"):
        target_of("s3://hink", tmp_path / "silent").finish(b"{}")


def stand_in(root: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> None:
    """A program of that name that only does what the script says."""
    program = write(root / "stand-in", name, f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    (root / "work").mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(program.parent))


@pytest.mark.parametrize(("name", "address"), [("aws", "s3://hink"), ("rsync", "rsync:host:/srv/www")])
def test_a_program_that_fails_or_is_missing_is_told_in_one_sentence(name, address, tmp_path, monkeypatch):
    stand_in(tmp_path, monkeypatch, name, "echo först >&2; echo nej, inte i dag >&2; exit 3")
    with pytest.raises(TargetError, match=rf"^{name} kunde inte läsa i .*: nej, inte i dag$"):
        target_of(address, tmp_path / "work").notes()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TargetError, match=rf"^Programmet {name} finns inte på den här datorn\. Installera"):
        target_of(address, tmp_path / "work")


# The command


@pytest.fixture
def built(tmp_path, tmp_path_factory, monkeypatch) -> Path:
    """A project with a live site."""
    root = copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")
    monkeypatch.chdir(root)
    return root


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["publish", *arguments])


def test_a_trial_tells_what_would_go_and_leave_and_changes_nothing(built):
    www = built.parent / "www"
    said = command(f"mapp:{www}", "--prova")
    assert (said.exit_code, www.exists()) == (0, False)
    assert "allt är nytt och inget tas bort" in said.output
    assert "Det här var ett prov: ingenting har ändrats." in said.output
    done = command(f"mapp:{www}")
    assert done.output.endswith("Klart.\n")
    assert shown(www) == shown(built / "site")
    assert "Allt ligger redan där." in command(f"mapp:{www}", "--dry-run").output
    notes = read_notes((www / NOTES).read_bytes())
    old = Notes(
        notes.site, {**notes.files, "borta/index.html": "x", "om/index.html": "y"}, frozenset({"robots.txt"})
    )
    (www / NOTES).write_bytes(old.as_bytes())
    said = command(f"mapp:{www}", "--dry-run")
    assert "Förra gången blev det avbrutet." in said.output
    assert "  1 tas bort\n      borta/index.html\n" in said.output
    assert "  2 ändrade, " in said.output
    assert (www / NOTES).read_bytes() == old.as_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ftp:x"], "”ftp:x” är inget mål. Skriv mapp:MAPP"),
        (["mapp:ny", "--endpoint", "https://x"], "--endpoint hör ihop med"),
        (["s3://X"], "är ingen adress i S3"),
        (["s3://hink", "--endpoint", "x"], "är ingen adress. Skriv till exempel --endpoint"),
        (["rsync:-e:/x"], "är inget mål för rsync"),
        (["mapp:site"], "hör till projektet"),
        (["rsync:.site/x"], "hör till projektet"),
        (["mapp:."], "hör till projektet"),
        (["mapp:ny", "--out", "ingen"], "Det finns ingen byggd webbplats i"),
        (["mapp:ny", "--kommun", "okand"], "Det finns: alstad, ostad, provstad."),
        (["mapp:ny", "--kommun", "alstad"], "alstad har ingen egen adress"),
        (["mapp:ny/under"], "Det gick inte att läsa eller skriva: det finns inte"),
    ],
)
def test_what_cannot_be_done_is_told_in_swedish(built, arguments, told):
    said = command(*arguments)
    assert said.exit_code == 1
    assert told in said.output


def test_a_stop_says_that_the_target_works_and_what_to_do(built, monkeypatch):
    monkeypatch.setattr("trygglofte.publishing.targets.folder.Folder.put", Dying(Memory(), 0).put)
    said = command(f"mapp:{built.parent / 'www'}")
    assert said.exit_code == 1
    assert "fungerar ändå. Kör samma kommando igen" in said.output


def test_a_site_with_an_address_of_its_own_is_published_by_itself_with_its_own_rules(built):
    write(
        built,
        "data/provstad/kommun.yml",
        THREE["data/provstad/kommun.yml"] + "adress: https://lofte.example/\n",
    )
    (built / PLEDGE).unlink()
    renamed = THREE[PLEDGE] + "tidigare_adresser: [/medborgarloften/2026-trafik/]\n"
    write(built, PLEDGE.replace("2026-trafik", "2026-trafiken"), renamed)
    assert not publish(built, built / "site", DAY).failed
    www = built.parent / "www"
    assert command(f"mapp:{www}", "--kommun", "provstad").exit_code == 0
    assert shown(www) == shown(built / "site/provstad")
    rule = "/medborgarloften/2026-trafik/ /medborgarloften/2026-trafiken/"
    assert (www / "_redirects").read_text("utf-8") == f"{rule} 301\n"
    assert "Content-Security-Policy" in (www / "_headers").read_text("utf-8")
    rules = (www / ".htaccess").read_text("utf-8")
    assert f"Redirect 301 {rule}\n" in rules
    assert "Content-Security-Policy" in rules
    assert not (built / "site/_redirects").exists()
    assert "ligger provstad, inte portalen" in command(f"mapp:{www}").output


def test_every_published_file_has_a_media_type_and_only_names_by_content_are_kept_for_long(built):
    for path in files_of(built / "site"):
        assert content_type(path) != "application/octet-stream" or "/pagefind/" in f"/{path}", path
        kept = path.endswith((".pf_fragment", ".pf_index", ".pf_filter", ".pf_meta"))
        assert cache_of(path) == (FOREVER if kept else ASK_FIRST), path
    assert content_type("x/flode.json") == "application/feed+json; charset=utf-8"
    assert content_type("kalender.ics") == "text/calendar; charset=utf-8"
    assert content_type("dcat.jsonld") == "application/ld+json"
    assert FOREVER in (built / "site/.htaccess").read_text("utf-8")
    assert FOREVER in (built / "site/_headers").read_text("utf-8")
