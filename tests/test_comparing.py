"""What differs between two versions of a document, and between a pledge and its successor, in Swedish.

Golden cases lie in tests/cases/comparing; see the README there. The properties are tried on Exempelköping.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trygglofte.advice import advise
from trygglofte.comparing import Difference, Fate, Kind, alike, compare, succession, unanswered
from trygglofte.formatting import format_document, model_of
from trygglofte.library import Library
from trygglofte.model import ActionPlan, Agreement, MunicipalityFile, Pledge, SituationSummary, interpret
from trygglofte.model.base import Part
from trygglofte.reading import read_document

ROOT = Path(__file__).parents[1]
CASES = sorted((Path(__file__).parent / "cases/comparing").glob("*.case"))
DAY = date(2026, 9, 15)
MODELS: dict[str, type[Part]] = {
    "medborgarlofte": Pledge,
    "overenskommelse": Agreement,
    "lagesbild": SituationSummary,
    "atgardsplan": ActionPlan,
    "kommun": MunicipalityFile,
}
_ANSWER = "==== differences\n"


def read(text: str, model: type[Part]) -> Part:
    tree, problems = read_document(text.encode(), "prov.yml")
    assert tree is not None, problems
    found = interpret(tree, model, "prov.yml")
    assert found.complete, found.problems
    assert found.part is not None
    return found.part


def pledge(text: str) -> Pledge:
    found = read(text, Pledge)
    assert isinstance(found, Pledge)
    return found


def case(path: Path) -> tuple[Part, Part, str]:
    question, _, answer = path.read_text("utf-8").partition(_ANSWER)
    story, before, after = re.split(r"^==== (?:before \w+|after)\n", question, flags=re.MULTILINE)
    kind = re.search(r"^==== before (\w+)", question, flags=re.MULTILINE)
    assert story.strip()
    assert kind
    model = MODELS[kind[1]]
    return read(before, model), read(after, model), answer


def told(differences: list[Difference]) -> str:
    lines = []
    for item in differences:
        public = item.hushed.sentence
        lines.append(f"{'!' if item.signed else '·'} {item.sentence}")
        if public != item.sentence:
            lines.append(f"    (allmänheten: {public})")
    return "".join(f"{line}\n" for line in lines).replace("\u00a0", " ") or "(none)\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_was_changed_is_told_just_so(path, request):
    before, after, answer = case(path)
    found = told(compare(before, after, DAY))
    if request.config.getoption("--accept-cases"):
        path.write_text(f"{path.read_text('utf-8').partition(_ANSWER)[0]}{_ANSWER}{found}", "utf-8")
        pytest.skip("answer written")
    assert found == answer


def without_subject(differences: list[Difference]) -> list[tuple[object, ...]]:
    return sorted(
        (item.kind, item.field, item.before, item.after, item.commitment, str(item.report), item.signed)
        for item in differences
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_read_backwards_is_its_mirror(path):
    before, after, _ = case(path)
    forwards = without_subject([item.mirrored for item in compare(before, after, DAY)])
    backwards = without_subject(compare(after, before, DAY))
    ids = {"fotpatrull": "fotpass"}  # an id that changed is the newer one on both sides
    assert [tuple(ids.get(str(x), x) for x in row) for row in backwards] == [
        tuple(ids.get(str(x), x) for x in row) for row in forwards
    ]


FILES = [path for path in sorted((ROOT / "data").rglob("*.yml")) if path.parent.parent.name != "data"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_a_document_compared_with_itself_or_reformatted_is_the_same(path):
    name = path.relative_to(ROOT).as_posix()
    model = model_of(name)
    assert model is not None
    text = path.read_text("utf-8")
    again = format_document(text.replace("  ", "    ").encode(), name, model).text or text
    here = read(text, model)
    assert compare(here, here, DAY) == []
    assert compare(here, read(again, model), DAY) == []


@pytest.fixture(scope="module")
def example():
    library = Library(ROOT)
    shared = library.shared().shared
    assert shared is not None
    found = library.municipality("exempelkoping", shared).municipality
    assert found is not None
    return found


STATION = ("2024-trygg-station", "2025-trygg-station", "2026-trygg-station")


@given(st.data())
@settings(max_examples=25)
def test_any_two_documents_of_a_type_mirror_each_other(data):
    paths = [path for path in FILES if path.parent.name == "medborgarloften"]
    one, other = (read(data.draw(st.sampled_from(paths)).read_text("utf-8"), Pledge) for _ in range(2))
    if not {item.id for area in one.focus_areas for item in area.commitments} ^ {
        item.id for area in other.focus_areas for item in area.commitments
    }:
        assert without_subject([item.mirrored for item in compare(one, other, DAY)]) == without_subject(
            compare(other, one, DAY)
        )
    for item in compare(one, other, DAY):
        assert item.sentence == item.mirrored.mirrored.sentence
        assert (item.sentence and not item.sentence.endswith((".", " "))) or "→" in item.sentence


def test_every_commitment_of_two_pledges_stands_once_in_their_comparison(example):
    pledges = {filed.id: filed.part for filed in example.pledges}
    for before, after in pairwise(STATION):
        rows = succession(pledges[before], pledges[after])
        for side, part in (("before", pledges[before]), ("after", pledges[after])):
            ids = [getattr(row, side).id for row in rows if getattr(row, side)]
            assert sorted(ids) == sorted(item.id for area in part.focus_areas for item in area.commitments)


FORMER = """\
titel: Förra
gäller: {från: 2025-01-01, till: 2025-12-31}
åtaganden:
  - {id: ljus, vad: Byter lampor, klart_senast: 2025-06-30, ordalydelse: Ska ske under år 2025.}
  - {id: slut, vad: Går på kvällen, klart_senast: 2025-12-31}
  - {id: klotter, vad: Tar bort klotter}
  - {id: mopeder, vad: Kontrollerar mopeder på gångvägarna}
  - {id: buskar, vad: Klipper buskar}
uppföljningar:
  - period: {från: 2025-01-01, till: 2025-12-31}
    publicerad: 2026-01-11
    rapporterat_av: kommunen
    utfall:
      buskar: {status: förs över}
      ljus: {status: förs över}
"""
NEXT = """\
titel: Nästa
gäller: {från: 2026-01-01, till: 2026-12-31}
ersätter: forra
åtaganden:
  - {id: ljus, vad: Byter lampor, klart_senast: 2026-06-30, ordalydelse: Ska ske under år 2026.}
  - {id: slut, vad: Går på kvällen, klart_senast: 2026-12-31}
  - {id: sanering, från: klotter, vad: Tar bort allt klotter}
  - {id: moped, vad: Kontrollerar mopeder på gångvägen}
"""


def test_a_day_and_a_year_that_move_along_with_the_pledge_are_no_rewording():
    fates = {(row.after or row.before).id: row.fate for row in succession(pledge(FORMER), pledge(NEXT))}
    assert fates == {
        "ljus": Fate.KEPT, "slut": Fate.KEPT, "sanering": Fate.REWORDED, "moped": Fate.ADDED,
        "mopeder": Fate.DROPPED, "buskar": Fate.DROPPED,
    }  # fmt: skip


def test_a_commitment_under_another_id_is_met_by_its_key_and_by_likeness_only_in_advice():
    before, after = pledge(FORMER), pledge(NEXT)
    [row] = [row for row in succession(before, after) if row.fate is Fate.REWORDED]
    assert [item.sentence for item in row.differences] == [
        "Åtagandet: Tar bort klotter → Tar bort allt klotter"
    ]
    assert [(old.commitment.id, new.commitment.id) for old, new in alike(before, after)] == [
        ("mopeder", "moped")
    ]
    assert [promise.commitment.id for promise in unanswered(before, after, DAY)] == ["buskar"]


def test_what_was_to_be_carried_over_and_is_nowhere_is_advice(project, provstad, problems_of):
    root = project(
        {
            "data/provstad/medborgarloften/forra.yml": FORMER,
            "data/provstad/medborgarloften/nasta.yml": NEXT,
        }
    )
    assert problems_of(root) == []
    found = {
        problem.kind: problem.message
        for problem in advise(provstad(root), DAY)
        if problem.kind in {"fordes-inte-over", "liknar-forra-loftet"}
    }
    assert found == {
        "fordes-inte-over": "”buskar” skulle föras över från forra, men finns inte här.",
        "liknar-forra-loftet": "Åtagandet liknar ”mopeder” i forra, men visas som nytt.",
    }


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("klart_senast: 2025-03-01", "klart_senast: 2026-03-01", True),
        ("klart_senast: 2025-03-01", "klart_senast: 2026-04-01", False),
        ("klart_senast: 2025-12-31", "id: x", True),
        ("klart_senast: {ordalydelse: snart}", "klart_senast: {ordalydelse: snart}", True),
        ("klart_senast: {ordalydelse: snart}", "klart_senast: {ordalydelse: sent}", False),
    ],
)
def test_when_a_day_is_another(before, after, same):
    text = (
        "titel: x\ngäller: {{från: {0}-01-01, till: {0}-12-31}}\nåtaganden:\n  - {{id: x, vad: Gör, {1}}}\n"
    )
    one = pledge(text.format(2025, before))
    other = pledge(text.format(2026, after).replace("id: x, vad: Gör, id: x", "id: x, vad: Gör"))
    [row] = succession(one, other)
    assert (row.fate is Fate.KEPT) is same


def test_a_period_without_dates_is_compared_as_it_is_written():
    one, other = (
        pledge(f"titel: x\nåtaganden:\n  - {{id: x, vad: Gör, klart_senast: {day}}}\n")
        for day in ("2025-03-01", "2026-03-01")
    )
    assert [row.fate for row in succession(one, other)] == [Fate.REWORDED]
    assert [row.fate for row in succession(one, one)] == [Fate.KEPT]


def test_names_are_said_in_place_of_ids():
    one, other = (
        pledge(f"titel: x\nplatser: {place}\nåtaganden: [{{id: x, vad: y}}]\n") for place in ("a", "b")
    )
    assert [item.sentence for item in compare(one, other, DAY, {"a": "Åparken", "b": "Björkhaga"})] == [
        "Platser: Åparken → Björkhaga"
    ]


def test_an_unsigned_thing_that_is_gone_is_not_named_again():
    gone = Difference(Kind.REMOVED, "åtgärder", "Åtgärder", before="Spanar på torget", whole=True)
    assert gone.hushed.sentence == "Åtgärden har tagits bort"
    assert gone.sentence == "Åtgärden ”Spanar på torget” har tagits bort"
