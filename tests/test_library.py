"""A folder becomes a checked municipality or problems, and none of it reaches another municipality."""

from __future__ import annotations

import os

import pytest

from tests.conftest import MINIMAL
from tests.small_sites import THREE, whole, write
from trygglofte import library, reading
from trygglofte.library import Library
from trygglofte.reading import MAX_BYTES

PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"


def neighbour(files=()):
    """A second municipality, with the first one's files."""
    return {
        name.replace("provstad", "granstad"): text for name, text in MINIMAL.items() if "provstad" in name
    } | dict(files)


def kinds(problems):
    return [(problem.file, problem.kind) for problem in problems]


def test_the_small_project_has_no_problems(project, problems_of, provstad):
    root = project()
    assert problems_of(root) == []
    municipality = provstad(root)
    assert [filed.id for filed in municipality.documents] == ["2024-2027", "2026-trafik", "2026-01"]
    assert municipality.file.part.protection.threshold == 5


@pytest.mark.parametrize(
    "broken",
    [
        b'titel: "Prov\n',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"a: &a [*a]",
        b"",
        "titel: Prov\n".encode("utf-16"),
    ],
    ids=["unclosed quote", "no text", "brackets", "alias", "empty", "utf-16"],
)
@pytest.mark.parametrize(
    "where", [PLEDGE, "data/provstad/kommun.yml", "data/provstad/lagesbilder/2026-01.yml"]
)
def test_one_broken_municipality_leaves_the_others_as_they_were(project, broken, where):
    whole = Library(project(neighbour()))
    shared = whole.shared().shared
    before = whole.municipality("granstad", shared)
    root = project({**neighbour(), where: broken})
    after = Library(root).municipality("granstad", shared)
    assert after.ok
    assert after.municipality == before.municipality
    assert not Library(root).municipality("provstad", shared).ok


def test_a_broken_shared_file_stops_before_any_municipality(project):
    checked = Library(project({"data/teman.yml": "teman: nej\n"})).shared()
    assert checked.shared is None
    assert kinds(checked.problems) == [("data/teman.yml", "fel-form")]


def test_advice_does_not_stop_a_municipality(project):
    library = Library(project({PLEDGE: b"\xef\xbb\xbf" + MINIMAL[PLEDGE].encode()}))
    checked = library.municipality("provstad", library.shared().shared)
    assert kinds(checked.problems) == [(PLEDGE, "bom")]
    assert checked.ok


def test_links_are_refused_wherever_they_stand(project, problems_of, tmp_path):
    root = project(neighbour())
    secret = tmp_path / "secret.yml"
    secret.write_text(MINIMAL[PLEDGE], "utf-8")
    data = root / "data"
    (data / "provstad/medborgarloften/lank.yml").symlink_to(secret)
    (data / "provstad/medborgarloften/bruten.yml").symlink_to(tmp_path / "nowhere")
    (data / "provstad/atgardsplaner").symlink_to(data / "granstad/medborgarloften")
    (data / "lankstad").symlink_to(data / "granstad")
    assert kinds(problems_of(root)) == [
        ("data/lankstad", "lank"),
        ("data/provstad/atgardsplaner", "lank"),
        ("data/provstad/medborgarloften/bruten.yml", "lank"),
        ("data/provstad/medborgarloften/lank.yml", "lank"),
    ]


def test_a_linked_kommun_yml_is_refused(project, problems_of):
    root = project(neighbour({"data/granstad/kommun.yml": None}))
    (root / "data/granstad/kommun.yml").symlink_to(root / "data/provstad/kommun.yml")
    assert kinds(problems_of(root)) == [("data/granstad/kommun.yml", "lank")]


def test_what_is_no_file_is_not_waited_for(project, problems_of):
    root = project()
    os.mkfifo(root / "data/provstad/medborgarloften/kanal.yml")
    (root / "data/provstad/lagesbilder/2026-02.yml").mkdir()
    assert kinds(problems_of(root)) == [
        ("data/provstad/lagesbilder/2026-02.yml", "okand-mapp"),
        ("data/provstad/medborgarloften/kanal.yml", "olaslig-fil"),
    ]


def test_a_file_over_the_limit_is_refused(project, problems_of):
    root = project({PLEDGE: MINIMAL[PLEDGE].encode() + b"#" * MAX_BYTES})
    (problem,) = problems_of(root)
    assert (problem.kind, problem.message) == ("for-stor-fil", "Filen är större än gränsen, som är 1 MB.")


def test_a_name_that_is_not_utf_8_is_told_in_utf_8(project, problems_of):
    root = project()
    os.close(
        os.open(os.fsencode(root) + b"/data/provstad/medborgarloften/l\xf6fte.yml", os.O_CREAT | os.O_WRONLY)
    )
    (problem,) = problems_of(root)
    assert problem.kind == "fel-filnamn"
    assert (problem.file + problem.message + problem.hint).encode("utf-8")


def test_a_folder_without_data_has_no_municipalities(tmp_path):
    library = Library(tmp_path)
    assert library.slugs() == []
    assert [problem.kind for problem in library.shared().problems] == ["saknad-fil"] * 3


def test_problems_come_once_and_in_order(project, problems_of):
    root = project(
        {
            PLEDGE: "titel: P\nundertecknande: {datum: i våras}\nxyz: 1\n",
            "data/provstad/overenskommelser/a.yml": "x: 1\n",
        }
    )
    problems = problems_of(root)
    assert problems == sorted(problems, key=lambda problem: problem.order)
    assert len(problems) == len(set(problems))


def test_the_same_files_give_the_same_municipality_in_another_folder(project, provstad, tmp_path, lay_out):
    assert provstad(project()) == provstad(lay_out(tmp_path / "elsewhere", MINIMAL))


def test_a_municipality_that_is_not_there_is_told_with_those_that_are(project):
    library = Library(project(neighbour()))
    checked = library.municipality("narstad", library.shared().shared)
    assert not checked.ok
    assert checked.municipality is None
    assert [problem.hint for problem in checked.problems] == ["Det finns: granstad, provstad."]


def test_whoever_keeps_documents_reads_only_the_files_whose_bytes_are_others(tmp_path, monkeypatch):
    root = whole(tmp_path / "project")
    read, kept = [], {}
    monkeypatch.setattr(
        library, "read_document", lambda raw, file: read.append(file) or reading.read_document(raw, file)
    )
    shared = Library(root, kept).shared().shared
    first = Library(root, kept).municipality("provstad", shared)
    write(root, PLEDGE, THREE[PLEDGE].replace("Lugnare", "Saktare"))
    read.clear()
    second = Library(root, kept).municipality("provstad", shared)
    assert read == [PLEDGE]
    assert second.municipality.pledges[0].part.title == "Saktare trafik"
    assert first.problems == second.problems == Library(root).municipality("provstad", shared).problems
