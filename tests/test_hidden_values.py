"""No hidden count, and nothing that follows from one, is in any file that is published.

The threshold is set high, so that every hidden count can be a number that stands nowhere else. Such numbers are
planted in older versions in git, in comments and in documents that are not to be seen. Then every file of the
output is searched, whatever its format, so that an output which comes later is held to the same.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.small_sites import trygglofte, whole
from tests.test_embargo import unpacked
from tests.test_history import Repository
from trygglofte import sites
from trygglofte.history import gather
from trygglofte.publishing import publish

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

DAY = date(2026, 9, 15)
HERE = "data/provstad/"
THRESHOLD = 9_000
KOMMUN = """\
namn: Provstads kommun
kortnamn: Provstad
kommunkod: "PÅHITTAD"
skydd: {tröskel: TRÖSKEL}
parter: [{id: kommunen, namn: Provstads kommun}, {id: polisen, namn: Lokalpolisområde Provstad}]
platser: [{id: centrum, namn: Centrum}, {id: hamnen, namn: Hamnen}, {id: torget, namn: Torget, i: centrum}]
kräver: {lägesbilder: {sekretessprövad: [polisen]}}
"""
MONTH = """\
titel: Läget i MÅNAD
period: {från: 2026-0N-01, till: 2026-0N-28}
sekretessprövad: [{datum: 2026-0N-28, funktion: chef, part: polisen}]
kategorier:
  - {tema: trafik, antal: A, platser: {centrum: B}, text: Det var fart på gatorna.} # KOMMENTAR
  - {tema: narkotika, platser: {hamnen: C, torget: D}}
indikatorer:
  - {namn: Anmälda rån, enhet: brott, räknar: händelser, värde: E}
"""
HIDDEN_NOW = f"färre än {THRESHOLD}"
SHOWN = {1: (412_345, 201_233), 2: (437_989, 251_677), 3: (498_761, 240_011)}
"""By month: the total of a theme and one of its places. A second place is hidden with it, so neither tells."""

HIDDEN = {
    1: {"B": 6_147, "C": 3_892, "D": 7_203, "E": 5_269},
    2: {"B": 7_369, "C": 4_937, "D": 8_317, "E": 4_481},
    3: {"B": 5_779, "C": 6_629, "D": 3_159, "E": 7_937},
}
OTHER = {
    month: {name: count - 611 * number for number, (name, count) in enumerate(counts.items(), 1)}
    for month, counts in HIDDEN.items()
}
UNSEEN = {"hemlig": 333_517, "borta": 444_629, "vantar": 555_733, "foljd": 666_841}
"""Counts that need no hiding, in documents that are embargoed, withdrawn, not yet reviewed, or taken away."""


def month(number: int, hidden: dict[str, int] | None, comment: str = "inget") -> str:
    names = {1: "januari", 2: "februari", 3: "mars"}
    text = MONTH.replace("MÅNAD", names[number]).replace("0N", f"0{number}").replace("KOMMENTAR", comment)
    text = text.replace("antal: A", f"antal: {SHOWN[number][0]}")
    for name in "BCDE":
        value = str(hidden[name]) if hidden else HIDDEN_NOW
        text = re.sub(rf"(centrum|hamnen|torget|värde): {name}\b", rf"\1: {value}", text)
    return text


PLEDGE = """\
titel: Lugnare trafik
gäller: {från: 2026-01-01, till: 2026-12-31}
undertecknande: {datum: 2026-01-10}
åtaganden: [{id: kontroller, ansvarig: polisen, vad: Kontrollerar TAL fordon}]
"""
ENTRY = (
    "ändringar: [{datum: 2026-03-01, vad: Ordalydelsen är ändrad., åtagande: kontroller, dölj_före: ja}]\n"
)


def unseen(name: str, extra: str, start: str) -> str:
    return (
        f"{extra}titel: Läget\nperiod: {{från: {start}-01, till: {start}-28}}\n"
        f"kategorier: [{{tema: trafik, antal: {UNSEEN[name]}}}]\n"
    )


def project(root: Path, hidden: dict[int, dict[str, int]]) -> Path:
    """A repository where what is hidden now was once written out, as a municipality may have raised its threshold."""
    reviewed = "sekretessprövad: [{datum: 2026-01-02, funktion: chef, part: polisen}]\n"
    repository = Repository(whole(root))
    (root / ".gitignore").write_text("site\n.site\nbuild\n")
    kommun = KOMMUN.replace("PÅHITTAD", "2182")
    old = {f"{HERE}lagesbilder/2026-0{n}.yml": month(n, hidden[n]) for n in hidden}
    repository.commit("2026-04-01", {
        f"{HERE}kommun.yml": kommun.replace("TRÖSKEL", "5"), **old,
        f"{HERE}medborgarloften/2026-trafik.yml": PLEDGE.replace("TAL", str(UNSEEN["foljd"])),
    })  # fmt: skip
    now = {
        f"{HERE}lagesbilder/2026-0{n}.yml": month(n, None, " ".join(map(str, hidden[n].values())))
        for n in hidden
    }
    repository.commit("2026-04-01T13:00:00Z", now)
    repository.commit("2026-05-01", {
        f"{HERE}kommun.yml": kommun.replace("TRÖSKEL", str(THRESHOLD)),
        f"{HERE}medborgarloften/2026-trafik.yml": PLEDGE.replace("TAL", "alla") + ENTRY,
        f"{HERE}lagesbilder/2026-04.yml": unseen("hemlig", f"publiceras_från: 2026-12-01\n{reviewed}", "2026-04"),
        f"{HERE}lagesbilder/2026-05.yml":
            unseen("borta", "avpublicerad: {datum: 2026-06-01, skäl: Fel}\n" + reviewed, "2026-05"),
        f"{HERE}lagesbilder/2026-06.yml": unseen("vantar", "", "2026-06"),
    })  # fmt: skip
    return root


def output(root: Path) -> dict[str, bytes]:
    """Every file that can be reached, unpacked, by its address."""
    release = publish(root, root / "site", DAY, workers=1)
    assert not release.failed, [str(problem) for problem in release.problems if problem.is_error]
    site = (root / "site").as_posix()
    return {name.removeprefix(site): content for name, content in unpacked(root / "site")}


def inside(content: bytes) -> bytes:
    """What is packed in a file, after the file itself: workbooks and packages are zip files."""
    if content[:4] != b"PK\x03\x04":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return content + b"\n".join(inside(packed.read(name)) for name in packed.namelist())


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("hidden") / "project", HIDDEN)


@pytest.fixture(scope="module")
def tree(root: Path) -> dict[str, bytes]:
    return output(root)


def consequences() -> set[int]:
    """What somebody who knew a hidden count could have written: sums and differences with every other count."""
    hidden = [count for counts in HIDDEN.values() for count in counts.values()]
    shown = [count for counts in SHOWN.values() for count in counts]
    found = set(hidden) | set(UNSEEN.values())
    for one in hidden:
        found |= {abs(one - other) for other in (*hidden, *shown) if other != one}
        found |= {one + other for other in (*hidden, *shown)}
    return {number for number in found if number > 2_100}


def percentages() -> set[str]:
    """Shares and changes that a hidden count gives, with two decimals as they may be written."""
    hidden = [count for counts in HIDDEN.values() for count in counts.values()]
    shown = [count for counts in SHOWN.values() for count in counts]
    shares = {100 * one / other for one in hidden for other in (*hidden, *shown) if one != other}
    return {f"{share + less:.2f}" for share in shares for less in (0, -100) if share + less > 10}


GROUPED = re.compile(r"(?<=\d)(?:&nbsp;|&#160;|&thinsp;|[ \u00a0\u202f\u2009.'](?=\d{3}(?!\d)))")
NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")


def numbers(content: bytes) -> set[str]:
    """Every number of a file, however its digits are grouped, with a point before decimals."""
    text = inside(content).decode("utf-8", "replace")
    found = set(NUMBERS.findall(text)) | set(NUMBERS.findall(GROUPED.sub("", text)))
    whole = {number for one in found for number in re.split(r"[.,]", one)}
    return {number.replace(",", ".") for number in found} | whole


def test_no_hidden_count_and_nothing_it_leads_to_is_in_any_file(tree):
    wanted = {str(number) for number in consequences()} | percentages()
    chance = set().union(*(numbers(content) for name, content in tree.items() if name.startswith("/alstad/")))
    planted = {str(count) for counts in HIDDEN.values() for count in counts.values()}
    assert not chance & planted, "another municipality's pages hold no planted number"
    wanted -= chance
    assert len(wanted) > 400
    leaks = {name: sorted(found) for name, content in tree.items() if (found := numbers(content) & wanted)}
    assert leaks == {}


def test_the_search_would_have_found_them(tree):
    """What is shown is found in pages and in the index, however it is written, or the test above proves nothing."""
    shown = {str(SHOWN[number][0]) for number in SHOWN}
    there = [name for name, content in tree.items() if numbers(content) & shown]
    assert {"html", "pf_fragment"} <= {name.rpartition(".")[2] for name in there}
    assert {"6147", "412345"} <= numbers("6\u00a0147 och 412\u202f345".encode())
    assert "12.34" in numbers(b"12,34 %")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "6147")
    assert "6147" in numbers(packed.getvalue())


def test_other_hidden_counts_make_the_same_bytes(tree, tmp_path):
    """Charts, orders, words and widths too: what is hidden has no way into anything that is published."""
    other = output(project(tmp_path / "project", OTHER))
    assert other.keys() == tree.keys()
    assert [name for name, content in tree.items() if other[name] != content] == []


def test_check_tells_of_counts_that_older_versions_still_show(root):
    told = trygglofte(root, "check", "provstad", "--dag", DAY.isoformat())
    assert told.returncode == 1
    assert told.stderr.count("avslojat-av-historiken]") >= 9
    assert "talet står kvar i en äldre version av filen" in told.stderr
    assert not [count for counts in HIDDEN.values() for count in counts.values() if str(count) in told.stderr]


def test_a_build_tells_the_same_as_advice_so_that_the_hidden_page_can_replace_the_shown(root):
    shared, _ = sites.shared_files(root)
    _, _, problems = sites.municipal_site(root, "provstad", shared, DAY, gather(root).of("provstad"))
    assert {one.kind for one in problems} == {"avslojat-av-historiken"}
    assert not any(one.is_error for one in problems)


def test_what_has_been_judged_is_not_told_again_and_git_is_not_asked(root, monkeypatch):
    file = root / HERE / "kommun.yml"
    before = file.read_text()
    said = f"skydd: {{tröskel: {THRESHOLD}, bedömd_historik: {{till: 2026-04-01, varför: Bedömt.}}}}"
    file.write_text(before.replace(f"skydd: {{tröskel: {THRESHOLD}}}", said))
    try:
        told = trygglofte(root, "check", "provstad", "--dag", DAY.isoformat())
    finally:
        file.write_text(before)
    assert "avslojat-av-historiken" not in told.stderr
    assert told.returncode == 0, told.stderr


def test_a_project_without_git_is_checked_and_says_less(root, tmp_path):
    bare = Path(
        shutil.copytree(root, tmp_path / "bare", ignore=shutil.ignore_patterns(".git", ".site", "site"))
    )
    told = trygglofte(bare, "check", "provstad", "--dag", DAY.isoformat())
    assert told.returncode == 0, told.stderr
    assert "avslojat-av-historiken" not in told.stderr
