"""A year of a municipality in one package: checked by tools that nobody here wrote, opened from a disk, the same
bytes every time, and without what the public may not see."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from tests.conftest import MINIMAL
from tests.small_sites import REPOSITORY, whole
from tests.test_history import Repository
from trygglofte.archiving import choose, day_of_archive, for_disk, still
from trygglofte.cli import main

SUMMARY = MINIMAL["data/provstad/lagesbilder/2026-01.yml"]
SECRET, GONE = "Hemlig rubrik som kommer", "Borttagen rubrik"
FILES = {
    "data/provstad/lagesbilder/2025-12.yml": SUMMARY.replace("2026-01", "2025-12"),
    "data/provstad/medborgarloften/2024-gammalt.yml": (
        "titel: Gammalt löfte\ngäller: {från: 2024-01-01, till: 2024-12-31}\n"
        "åtaganden: [{id: a, ansvarig: polisen, vad: Gör a}]\n"
    ),
    "data/provstad/medborgarloften/2026-trafik.yml": (
        MINIMAL["data/provstad/medborgarloften/2026-trafik.yml"]
        + "ersätter: 2025-trafik\nsammanfattning: Se [lägesbilden](/lagesbilder/2025-12/).\n"
        "uppföljningar:\n  - period: {från: 2026-01-01, till: 2026-12-31}\n    publicerad: 2027-02-10\n"
        "    rapporterat_av: polisen\n    utfall:\n      kontroller: {status: genomfört}\n"
    ),
    "data/provstad/medborgarloften/2025-trafik.yml": (
        "titel: Lugnare trafik\ngäller: {från: 2025-01-01, till: 2025-12-31}\n"
        "åtaganden: [{id: a, ansvarig: polisen, vad: Gör a}]\n"
    ),
    "data/provstad/lagesbilder/2026-11.yml": f"titel: {SECRET}\npubliceras_från: 2099-01-01\n"
    + SUMMARY.replace("2026-01-01", "2026-11-01").replace("2026-01-31", "2026-11-30"),
    "data/provstad/lagesbilder/2026-10.yml": f"titel: {GONE}\n"
    + SUMMARY.replace("2026-01-01", "2026-10-01").replace("2026-01-31", "2026-10-31")
    + "avpublicerad: {datum: 2026-12-01, skäl: Fel uppgifter.}\n",
    "data/provstad/medborgarloften/utan-ar.yml": "titel: Utan år\nåtaganden: [{id: a, ansvarig: polisen, vad: Gör}]\n",
}  # fmt: skip
TODAY = ("--dag", "2027-06-01")


@pytest.fixture(scope="module")
def project_folder(tmp_path_factory) -> Path:
    return whole(tmp_path_factory.mktemp("arkiv") / "project", FILES)


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    def run(folder, *arguments):
        monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return left.value.code, (said.out + said.err).replace("\u00a0", " ")

    return run


@pytest.fixture(scope="module")
def packed(project_folder, tmp_path_factory) -> Path:
    """Where the package of 2026 lies."""
    out = tmp_path_factory.mktemp("paket") / "p.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project_folder)
        with pytest.raises(SystemExit) as left:
            main(["archive", "2026", "provstad", "--out", str(out), *TODAY])
    assert left.value.code == 0
    return out


@pytest.fixture
def package(packed) -> zipfile.ZipFile:
    return zipfile.ZipFile(packed)


def names(package: zipfile.ZipFile, folder: str = "") -> list[str]:
    start = f"provstad-2026/data/{folder}"
    return [name.removeprefix(start) for name in package.namelist() if name.startswith(start)]


def test_a_package_holds_the_year_and_what_it_refers_to(package):
    assert names(package, "yaml/provstad/") == [
        "kommun.yml", "lagesbilder/2026-01.yml", "medborgarloften/2025-trafik.yml",
        "medborgarloften/2026-trafik.yml", "overenskommelser/2024-2027.yml",
    ]  # fmt: skip
    assert "medborgarloften/2026-trafik/index.html" in names(package, "webb/")
    assert "medborgarlofte.schema.json" in names(package, "schema/")
    assert {"portal.yml", "teman.yml", "ordlista.yml"} <= set(names(package, "yaml/"))


def test_every_byte_is_vouched_for_as_a_bag_is(package, tmp_path):
    package.extractall(tmp_path)
    bag = tmp_path / "provstad-2026"
    check = shutil.which("sha256sum") or shutil.which("shasum")
    assert check, "a tool that checks sums"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run([check, "--check", "--quiet", "--strict", manifest], cwd=bag, check=True)
    told = {line.partition("  ")[2] for line in (bag / "manifest-sha256.txt").read_text().splitlines()}
    assert told == {path.relative_to(bag).as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
    assert (bag / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    sizes = [path.stat().st_size for path in (bag / "data").rglob("*") if path.is_file()]
    assert f"Payload-Oxum: {sum(sizes)}.{len(sizes)}\n" in (bag / "bag-info.txt").read_text()


def test_every_link_of_a_page_opens_from_the_disk_and_search_is_left_out(package):
    pages = names(package, "webb/")
    assert not [name for name in pages if name.startswith(("sok/", "pagefind/", "404"))]
    followed = 0
    for name in (name for name in pages if name.endswith(".html")):
        html = package.read(f"provstad-2026/data/webb/{name}").decode()
        assert 'role="search"' not in html
        assert "klocka.js" not in html, "nothing becomes late in an archive"
        for link in map(unescape, re.findall(r'(?:href|src|action)="([^"]*)"', html)):
            if not re.match(r"[a-z]+:|#|$", link):
                way = PurePosixPath("/", name).parent / unquote(link.partition("#")[0])
                parts: list[str] = []
                for part in way.parts[1:]:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                assert "/".join(parts) in pages, (name, link)
                followed += 1
    assert followed > 100


def test_a_link_to_what_is_not_in_the_package_leads_to_where_it_is_published(package):
    html = package.read("provstad-2026/data/webb/medborgarloften/2026-trafik/index.html").decode()
    assert "lägesbilden" in html
    assert "lagesbilder/2025-12" not in html, "text may name it, and no link may lead there"
    start = package.read("provstad-2026/data/webb/index.html").decode()
    assert 'href="https://prov.example/"' in start


def test_nothing_that_the_public_may_not_see_is_in_the_package(package):
    everything = b"".join(package.read(name) for name in package.namelist()).decode()
    assert SECRET not in everything
    assert GONE not in everything
    assert "lagesbilder/2026-10/index.html" in names(package, "webb/"), "what is gone says so"


def test_a_file_that_says_more_than_its_page_is_left_out_and_named(project_folder, run, tmp_path):
    status, _ = run(
        project_folder, "archive", "2026", "provstad", "--out", str(tmp_path / "p.zip"), "--dag", "2027-01-15"
    )
    package = zipfile.ZipFile(tmp_path / "p.zip")
    assert status == 0
    assert "medborgarloften/2026-trafik.yml" not in names(package, "yaml/provstad/"), (
        "a report is still to come"
    )
    assert "provstad/medborgarloften/2026-trafik.yml" in package.read("provstad-2026/LASMIG.txt").decode()


def test_the_same_data_gives_the_same_bytes_whenever_and_wherever_it_is_packed(
    project_folder, packed, package, run, tmp_path
):
    elsewhere = shutil.copytree(project_folder, tmp_path / "annan mapp")
    status, _ = run(
        elsewhere, "archive", "2026", "provstad", "--out", str(tmp_path / "q.zip"), "--dag", "2028-03-01"
    )
    assert status == 0
    assert (tmp_path / "q.zip").read_bytes() == packed.read_bytes()
    assert {entry.date_time for entry in package.infolist()} == {(2027, 2, 10, 0, 0, 0)}, (
        "the day of the last report"
    )
    assert package.namelist() == sorted(package.namelist())


def test_the_readme_says_what_it_is(package, run, project_folder):
    told = package.read("provstad-2026/LASMIG.txt").decode()
    for words in (
        "Provstads kommun (0000), 2026",
        "den 10 februari 2027",
        "4 dokument",
        "sha256sum --check",
        "påhittad",
    ):
        assert words in told
    assert max(map(len, told.splitlines())) <= 120
    _, said = run(project_folder, "archive", "2024", "provstad", *TODAY)
    assert "build/arkiv/provstad-2024.zip" in said
    assert "utan-ar.yml" in said, "what has no known year is told of"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("tjugo", "provstad"), "inget år"),
        (("2019", "provstad"), "rör 2019. Det finns dokument som rör 2024"),
        (("2026", "nystad"), "ingen kommun som heter nystad"),
        (("2031", "provstad"), "har inte börjat än"),
    ],
)
def test_what_cannot_be_packed_is_said_plainly(project_folder, run, arguments, words):
    status, said = run(project_folder, "archive", *arguments, *TODAY)
    assert status in (1, 2)
    assert words in said


def test_a_municipality_with_mistakes_is_not_packed(run, tmp_path):
    root = whole(tmp_path / "p", {"data/provstad/lagesbilder/2026-01.yml": "period: i fjol\n"})
    status, said = run(root, "archive", "2026", "provstad", *TODAY)
    assert status == 1
    assert "så inget paket görs" in said
    assert not (root / "build" / "arkiv").exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_years_end_is_packed_from_git(run, tmp_path):
    repository = Repository(whole(tmp_path / "p"))
    repository.commit(
        "2026-12-30",
        {"data/provstad/lagesbilder/2026-01.yml": SUMMARY.replace("12", "15").replace("7", "10")},
    )
    repository.commit("2027-01-02", {"data/provstad/lagesbilder/2026-01.yml": None})
    out = tmp_path / "p.zip"
    status, said = run(repository.root, "archive", "2026", "provstad", "--arsslut", "--out", str(out), *TODAY)
    assert status == 0, said
    package = zipfile.ZipFile(io.BytesIO(out.read_bytes()))
    assert "antal: 15" in package.read("provstad-2026/data/yaml/provstad/lagesbilder/2026-01.yml").decode()
    readme = package.read("provstad-2026/LASMIG.txt").decode()
    assert "den 31 december 2026" in readme
    assert repository("rev-parse", "HEAD~1").strip() in readme


def test_what_holds_until_further_notice_is_in_every_year(project, provstad):
    files = {"data/provstad/overenskommelser/2024-2027.yml": MINIMAL["data/provstad/overenskommelser/2024-2027.yml"]
             + "gäller: {från: 2024-01-15, till: tills vidare}\n"}  # fmt: skip
    municipality = provstad(project(files))
    assert [filed.id for filed in choose(municipality, 2031).municipality.agreements] == ["2024-2027"]
    assert choose(municipality, 2023).is_empty
    assert day_of_archive(municipality, 2026, date(2026, 5, 1)) == date(2026, 1, 31)


def test_the_day_is_that_of_the_last_report_that_is_out_though_another_is_to_come(project, provstad):
    reports = "".join(
        f"  - period: {{från: 2026-01-01, till: 2026-0{month}-28}}\n    publicerad: {day}\n"
        "    rapporterat_av: polisen\n    utfall:\n      kontroller: {status: pågår}\n"
        for month, day in ((2, "2027-02-10"), (4, "2027-08-10"))
    )
    name = "data/provstad/medborgarloften/2026-trafik.yml"
    municipality = provstad(project({name: f"{MINIMAL[name]}uppföljningar:\n{reports}"}))
    assert day_of_archive(municipality, 2026, date(2027, 6, 1)) == date(2027, 2, 10)
    assert day_of_archive(municipality, 2026, date(2027, 9, 1)) == date(2027, 8, 10)


def test_a_link_is_led_right_however_it_is_written():
    page = '<a href="../x/?a=1#b">x</a><a href="../../">ut</a><a href="./">här</a><a href="../&amp;/">y</a>'
    page += '<a href="#z">z</a>'
    files = {
        "a/index.html": page.encode(),
        "x/index.html": b"",
        "&/index.html": b"",
        "robots.txt": b"",
        "assets/dela.png": b"",
        "a/b.png": b"\xff",
    }
    made = for_disk(files, "https://prov.example/k/")
    assert made["a/index.html"].decode() == (
        '<a href="../x/index.html#b">x</a><a href="https://prov.example/">ut</a><a href="index.html">här</a>'
        '<a href="../&amp;/index.html">y</a><a href="#z">z</a>'
    )
    assert made["a/b.png"] == b"\xff"
    assert "robots.txt" not in made
    assert "assets/dela.png" not in made, "an archive is not shared page by page"


def test_no_clock_counts_on_from_the_day_of_a_page():
    page = '<p>x</p><script type="module" src="../../assets/klocka.js"></script>'
    page += '<script defer src="assets/ataganden.js">'
    assert still(page) == '<p>x</p><script defer src="assets/ataganden.js">'
    clock = (REPOSITORY / "overrides/page.html").read_text("utf-8")
    assert 'src="{{ root }}assets/klocka.js"' in clock, "the script is loaded as it is known to be"
