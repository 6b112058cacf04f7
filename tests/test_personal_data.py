"""What is about one person is found, is never repeated, and nothing else stops anybody."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from personnummer import personnummer

from tests.personal_texts import SURE, UNSURE, number, with_personal_data, without_personal_data
from trygglofte.library import Library
from trygglofte.personal import Sort, find, hidden_in, located, masked
from trygglofte.problems import Problem
from trygglofte.reporting import as_annotations, as_json, as_plain, as_sarif, as_summary, source_lines
from trygglofte.reporting.hiding import is_private
from trygglofte.rules.personal_data import in_messages

SORTS = sorted({marked.sort for marked in with_personal_data()})
MOST_FALSE_ERRORS = 0.02
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"


# The two hundred with and the two hundred without


def test_there_are_two_hundred_texts_of_each_sort():
    assert len({marked.text for marked in with_personal_data()}) == 200
    assert len(set(without_personal_data())) == 200


@pytest.mark.parametrize("sort", SORTS, ids=str)
def test_everything_is_found_and_what_is_sure_is_an_error(sort: Sort):
    missed = [
        marked.text
        for marked in with_personal_data()
        if marked.sort is sort
        and not any(one.sort is sort and (one.sure or not marked.sure) for one in find(marked.text))
    ]
    assert missed == []


def test_at_most_two_in_a_hundred_harmless_texts_give_an_error():
    errors = [text for text in without_personal_data() if any(one.sure for one in find(text))]
    assert len(errors) <= MOST_FALSE_ERRORS * 200
    assert errors == [], "today none does"


def test_few_harmless_texts_give_advice():
    assert sum(bool(find(text)) for text in without_personal_data()) <= 4


# Numbers

WORDS = st.lists(
    st.sampled_from(
        ["Polisen", "och,", "vid", "(gatan)", "löftet:", "–", "”tryggt”", "14", "2026", "KS-2026/112", "å."]
    ),
    max_size=6,
).map(" ".join)
DAYS = st.dates(date(1890, 1, 1), date(2029, 12, 31))


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """Any valid number: of any day, with any birth number, a coordination number or not."""
    day = draw(DAYS)
    coordination = 60 * draw(st.booleans())
    return number(day.year, day.month, day.day + coordination, draw(st.integers(1, 999)))


@settings(max_examples=150)
@given(numbers(), st.sampled_from([*SURE, "over two lines"]), WORDS, WORDS)
def test_every_valid_number_is_found_in_every_way_of_writing_it(parts, way, before, after):
    century, year, day, four = parts
    personnummer.parse(f"{century}{year}{day}{four}")  # the oracle agrees that it is one
    text = f"{before} {(SURE | UNSURE)[way](*parts)} {after}"
    found = [text[one.start : one.end] for one in find(text) if one.sort in (Sort.NUMBER, Sort.PHONE)]
    digits = "".join(char for part in found for char in part if char.isdigit())
    assert f"{year}{day}{four}" in digits


@settings(max_examples=150)
@given(st.integers(0, 10**12 - 1), st.booleans())
def test_no_row_of_digits_is_surely_a_number_unless_the_oracle_says_so(digits, long):
    text = f"Nummer {digits:012}" if long else f"Nummer {digits % 10**10:010}"
    century = [""] if long else ["18", "19", "20"]
    valid = any(personnummer.valid(f"{one}{text.removeprefix('Nummer ')}") for one in century)
    assert valid or not any(one.sure and one.sort is Sort.NUMBER for one in find(text))


@settings(max_examples=100)
@given(
    st.sampled_from(["KS", "KSN", "BN", "SN", "A", "Dnr ", "dnr KS "]),
    st.integers(2000, 2030),
    st.sampled_from(["/{}", "-{:05}", "/{}-3", "/451.{}", "-{}", ".{:04}"]),
    st.integers(1, 9999),
    st.sampled_from(["{}{}{}", "{}-{}{}", "{} {}{}", "{}{}{}, del 2"]),
)
def test_no_registration_number_gives_an_error(body, year, form, running, whole):
    assert not any(one.sure for one in find(whole.format(body, year, form.format(running))))


@settings(max_examples=100)
@example(date(1899, 5, 9), 0, 0, "–")
@given(
    DAYS,
    st.integers(0, 4000),
    st.integers(0, 24 * 60 - 1),
    st.sampled_from(["–", " – ", "-", " - ", " till "]),
)
def test_no_days_and_no_time_give_an_error(day, length, minute, between):
    until = day + timedelta(length)
    clock = f"{minute // 60:02}.{minute % 60:02}"
    for text in (
        f"{day}{between}{until}", f"{day} {clock}", f"{day}T{clock}", f"{day} {clock.replace('.', '')}",
        f"{day:%Y%m%d}{between}{until:%Y%m%d}", f"{day}{between}{until.year}", f"{day:%d.%m.%Y} {clock}",
    ):  # fmt: skip
        assert not any(one.sure for one in find(text)), text
    assert find(f"Från {day}{between}{until}") == ()


@given(st.integers(200000, 999999), st.integers(0, 9999))
def test_no_number_of_an_organisation_is_taken_for_a_persons(first, last):
    if first // 1000 % 10 >= 2:
        assert find(f"orgnr {first:06}-{last:04}, 16{first}{last:04}") == ()


def test_a_number_keeps_its_place_in_a_text_of_several_lines():
    [found] = located("titel: Prov\ntext: |\n  Ett, två,\n  och 19900101–9802.\n")
    assert (found.line, found.column) == (4, 7)


# Nothing is repeated


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort not in (Sort.PROFILE, Sort.FEW)], ids=str)
def test_no_way_of_telling_repeats_what_was_found(
    sort: Sort, project, problems_of: Callable[[Path], list[Problem]]
):
    texts = [one.text.replace('"', "") for one in with_personal_data() if one.sure and one.sort is sort]
    items = "".join(
        f'  - {{id: "{text}", vad: "{text}"}}\n' for text in (" ".join(one.split()) for one in texts)
    )
    root = project({PLEDGE: f"titel: Prov\nåtaganden:\n{items}"})
    problems = problems_of(root)
    assert sum(problem.is_error and is_private(problem) for problem in problems) >= len(texts)
    assert any(not is_private(problem) for problem in problems), (
        "the ids are wrong too, and another rule tells of that"
    )
    told = [as_plain(problems, source_lines(root)), as_json(problems), as_sarif(problems), as_annotations(problems),
            as_summary(problems, 1), repr([find(text) for text in texts])]  # fmt: skip
    for secret in (text[one.start : one.end] for text in texts for one in find(text) if one.sure):
        assert not [one[max(0, one.find(secret) - 80) :][:160] for one in told if secret in one]


def test_what_is_masked_keeps_its_length_and_the_rest_of_the_text():
    assert masked("Mannen 900101-9802 bor här.") == "Mannen ••••••••••• bor här."
    assert masked("Ring 114 14.") == "Ring 114 14."
    assert masked("Samma id står på rad 104 (rad 94).") == "Samma id står på rad 104 (rad 94)."
    assert masked("812 per 100 000 invånare") == "812 per 100 000 invånare"
    assert masked("En bil, RAD 104 eller rad104.") == "En bil, ••••••• eller ••••••."


def test_a_name_of_a_file_is_not_repeated_either(project, problems_of):
    root = project({"data/provstad/lagesbilder/900101-9802.yml": "period: nej\n"})
    problems = problems_of(root)
    assert "personnummer" in {problem.kind for problem in problems if problem.is_error}
    assert "900101" not in as_plain(problems, source_lines(root)) + as_json(problems) + as_sarif(problems)


# Files


def test_comments_and_files_that_cannot_be_read_are_looked_at_too(project, problems_of):
    for broken in ("titel: Prov\n# 900101-9802\nåtaganden: []\n", "titel: [\n# 900101-9802\n"):
        problems = problems_of(project({PLEDGE: broken}))
        assert [problem.line for problem in problems if problem.kind == "personnummer"] == [2]


def test_an_escaped_separator_hides_nothing(project, problems_of):
    problems = problems_of(
        project({PLEDGE: 'titel: "Prov 900101\\u00209802"\nåtaganden: [{id: a, vad: Prov}]\n'})
    )
    assert [problem.kind for problem in problems] == ["personnummer"]


def test_the_shared_files_and_the_prose_are_looked_at_too(project):
    root = project({"content/om.md": "# Om\n\nRing 070-174 06 05, eller två ungdomar som greps.\n"})
    assert [(one.file, one.line, one.kind) for one in Library(root).shared().problems] == [
        ("content/om.md", 3, "telefonnummer")
    ]


# Pictures


def _tiff(*, gps: bool, artist: bool, order: str = "<") -> bytes:
    """A TIFF with one directory, and one more with a latitude where there is a place."""
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}I", 8)
    entries = []
    if artist:
        entries.append(struct.pack(f"{order}HHI4s", 0x013B, 2, 4, b"Abc\x00"))
    if gps:
        entries.append(struct.pack(f"{order}HHII", 0x8825, 4, 1, 100))
    first = struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4)
    place = struct.pack(f"{order}HHHII", 1, 2, 5, 3, 0) + bytes(4)
    return (head + first).ljust(100, b"\x00") + place


def _jpeg(tiff: bytes) -> bytes:
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def _png(name: bytes, body: bytes) -> bytes:
    chunk = name + body
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_that_says_where_it_was_taken_or_by_whom_is_found(order: str):
    assert hidden_in(_jpeg(_tiff(gps=True, artist=False, order=order))) == {"plats"}
    assert hidden_in(_jpeg(_tiff(gps=True, artist=True, order=order))) == {"plats", "namn"}
    assert hidden_in(_jpeg(_tiff(gps=False, artist=False, order=order))) == set()
    assert hidden_in(_tiff(gps=False, artist=True, order=order)) == {"namn"}
    assert hidden_in(_png(b"eXIf", _tiff(gps=True, artist=False, order=order))) == {"plats"}


def test_authors_of_png_and_pdf_and_places_in_xmp_are_found():
    assert hidden_in(_png(b"tEXt", b"Author\x00Prov Provsson")) == {"namn"}
    assert hidden_in(b"%PDF-1.7\n<< /Author (Prov Provsson) >>") == {"namn"}
    assert hidden_in(b"%PDF-1.7\n<< /Author () /Title (Avtal) >>") == set()
    assert hidden_in(b"<x exif:GPSLatitude='61,1N'/>") == {"plats"}
    assert hidden_in(b"<dc:creator><rdf:Seq><rdf:li>Prov</rdf:li></rdf:Seq></dc:creator>") == {"namn"}


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"II*\x00", b"MM\x00*", b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00"]),
)
def test_no_broken_picture_stops_anything(rest, start):
    assert hidden_in(start + rest) <= {"plats", "namn"}


def test_a_picture_in_the_project_is_named_with_what_to_do(project):
    root = project(
        {"content/bild.jpg": _jpeg(_tiff(gps=True, artist=True)), "content/ren.png": _png(b"tEXt", b"")}
    )
    [problem] = Library(root).shared().problems
    assert (problem.file, problem.kind, problem.is_error) == ("content/bild.jpg", "dolda-uppgifter", True)
    assert "var den togs och vem som har gjort den" in problem.message
    assert json.loads(as_json([problem]))["fel"] == 1


# What is saved with a change


def _check(root: Path, *arguments: str, words: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from trygglofte.cli import main; main()", "check", *arguments]
    return subprocess.run(
        command, cwd=root, input=words, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_message_of_a_change_is_looked_at_and_not_repeated(project, tmp_path):
    root = project({"mkdocs.yml": "site_name: Prov\n"})
    told = _check(root, "--meddelanden", "-", words="Rättar löftet\n\nEfter samtal med 900101-9802.\n")
    assert told.returncode == 1
    assert "meddelandet:3:18  fel  [personnummer]" in told.stderr
    assert "9802" not in told.stderr + told.stdout
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text(
        "Rättar löftet\n\nCo-authored-by: Anna Prov <anna.prov@gmail.com>\n# 900101-9802\n", "utf-8"
    )
    told = _check(root, "--meddelanden", str(message))
    assert (told.returncode, told.stdout) == (0, "Inga fel i meddelandet.\n")
    told = _check(root, "--meddelanden", "finns-inte", "provstad")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr


def test_what_a_municipality_declared_may_stand_in_a_message(project):
    exempt = "skydd: {undantag: [{uppgift: 070-174 06 05, varför: Jourtelefon}]}\n"
    root = project()
    file = root / "data/provstad/kommun.yml"
    file.write_text(file.read_text("utf-8") + exempt, "utf-8")
    declared = Library(root).declared()
    assert list(in_messages("Nytt nummer: +46 70-174 06 05", declared)) == []
    assert [one.kind for one in in_messages("Nytt nummer: 070-174 06 12", declared)] == ["telefonnummer"]


@pytest.mark.parametrize("sort", list(Sort), ids=str)
def test_the_line_of_a_finding_is_never_shown(sort: Sort):
    told = as_plain(
        [Problem("data/a.yml", 2, 1, str(sort), "Här står något.")], lambda file, line: "hemlig rad"
    )
    assert "hemlig" not in told
