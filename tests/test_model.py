"""What the model promises: every document is understood or explained, in Swedish, at its place."""

from __future__ import annotations

import copy
import json
import re
import typing
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from trygglofte.model import (
    ActionPlan,
    Agreement,
    GlossaryFile,
    MunicipalityFile,
    Pledge,
    PortalFile,
    SituationSummary,
    ThemesFile,
    interpret,
    promises,
)
from trygglofte.model.base import Part, keys, part_at
from trygglofte.model.common import Period
from trygglofte.model.dates import PartialDate, meant
from trygglofte.model.interpreting import Interpreted
from trygglofte.model.pledge import Cadence
from trygglofte.model.reaching import parse_weekdays
from trygglofte.model.values import Count, Reported, parse_count, parse_number, parse_reported
from trygglofte.problems import Problem
from trygglofte.reading import plain, read_document
from trygglofte.reading.tree import fold

PLEDGE = """\
titel: Tryggare vid stationen
överenskommelse: 2024-2027
parter: [kommunen, polisen]
gäller: {från: 2026-01-01, till: {ordalydelse: mandatperioden ut, tidigast: 2026-09, senast: 2026-12}}
undertecknande:
  datum: 2026-01-15
  av:
    - {namn: Anna Prov, roll: ordförande, för: kommunen}
diarienummer: {kommunen: KS-2026/1}
problembild: |
  Det är mörkt.

  - Tunneln
underlag: [trygghetsmätning, medborgardialog]
platser: centrum
indikatorer:
  - {id: otrygga, namn: Andel otrygga, enhet: procent, önskad_riktning: ner, utgångsvärde: 31, målvärde: {högst: 25}}
fokusområden:
  - titel: Synlig närvaro
    teman: [trafik]
    mål: Färre ska avstå
    åtaganden:
      - id: fotpatrull
        ansvarig: polisen
        vad: Fotpatrullerar kring stationen
        omfattning: {minst: 2, enhet: insatser, per: år, vardera: {minst: 2, enhet: dagar}}
        klart_senast: 2026-12-31
åtaganden:
  - {id: belysning, ansvarig: kommunen, vad: Byter belysning, omfattning: {alla: ja}}
följs_upp: varje tertial
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: [polisen, kommunen]
    utfall:
      fotpatrull: {totalt_hittills: minst 54, räknat: med helger}
      belysning:
        status: pågår
        ny_tidplan: 2026-11
        per_part:
          kommunen: {status: genomfört}
    mätvärden:
      - {indikator: otrygga, värde: 28, datum: 2026-04, källa: {titel: Mätning, hämtad: 2026-05-01}}
    utöver_löftet: Två trygghetsvandringar
    omdöme: pågår
källor: [Mätningen 2025]
bilagor: [{titel: Löftet, webb: "https://prov.example/l.pdf", format: PDF}]
sekretessprövad: [{datum: 2026-01-12, funktion: jurist, part: polisen}]
uppgift_saknas: [avpublicerad]
"""
SUMMARY = """\
period: {från: 2026-10-01, till: 2026-10-31}
lagstadgad: nej
jämfört_med_förra: {lämnas_inte: En händelse präglar månaden.}
kategorier:
  - tema: trafik
    antal: 18
    platser: {centrum: 11, hamnen: färre än 5}
    källa: Egna uppgifter
indikatorer:
  - {namn: Anmälda brott, värde: 812, enhet: per 100 000, preliminär: ja, period: {från: 2026-01-01, till: 2026-01-31}}
åtgärder:
  - {vad: Vandrar, ansvarig: kommunen, löfte: 2026-trafik}
beslut: {organ: kommunstyrelsen, datum: 2026-11}
"""
PLAN = """\
titel: Plan
lägesbild: 2026-10
avstämd: 2026-06
åtgärder:
  - {id: stod, vad: Stöd, klart_senast: 2026, status: pågår}
"""
DOCUMENTS: list[tuple[type[Part], str]] = [
    (Pledge, PLEDGE),
    (SituationSummary, SUMMARY),
    (ActionPlan, PLAN),
    (Agreement, MINIMAL["data/provstad/overenskommelser/2024-2027.yml"] + "nivå: strategisk\n"),
    (
        MunicipalityFile,
        MINIMAL["data/provstad/kommun.yml"]
        + "kontakt: {synpunkter: {namn: Växeln, telefon: 042-10 50 00}}\n",
    ),
    (PortalFile, MINIMAL["data/portal.yml"]),
    (ThemesFile, MINIMAL["data/teman.yml"]),
    (GlossaryFile, MINIMAL["data/ordlista.yml"]),
]
JUNK: list[Any] = ["", "x y: z", [], [""], ["x y"], [[{}]], {}, {"x": ""}, {"x y": "z"}]
ENGLISH = re.compile(
    r"\b(input|should|valid|invalid|required|field|type|value|error|instance|dictionary|list|string|str|tuple|dict|extra|"
    r"unable|parse|got|must|have|item|items|permitted|model|none|true|false|is|the|of)\b",
    re.IGNORECASE,
)


def read(text: str, model: type[Part]) -> Interpreted[Part]:
    tree, problems = read_document(text.encode("utf-8"), "data/prov.yml")
    assert tree is not None, problems
    return interpret(tree, model, "data/prov.yml")


def as_written(data: Any) -> str:
    """Plain values as YAML: JSON is YAML, and its texts are quoted."""
    return json.dumps(data, ensure_ascii=False)


def data_of(text: str) -> Any:
    tree, problems = read_document(text.encode("utf-8"), "data/prov.yml")
    assert tree is not None, problems
    return plain(tree)


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value in a document."""
    if path:
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        yield from places(value, (*path, step))


def changed(data: Any, path: tuple[str | int, ...], junk: Any, *, rename: bool = False) -> Any:
    """A copy of a document with junk at a place; or with junk as the key there."""
    data = copy.deepcopy(data)
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    if rename:
        holder[junk] = holder.pop(path[-1])
    else:
        holder[path[-1]] = junk
    return data


def malformed(text: str) -> Iterator[str]:
    """A document with junk in each sort of place, every other kind in every other, and with each key renamed."""
    data = data_of(text)
    sorts = {tuple("*" if isinstance(step, int) else step for step in path): path for path in places(data)}
    for number, path in enumerate(sorts.values()):  # the items of a list are one sort
        for junk in JUNK[number % 2 :: 2]:
            yield as_written(changed(data, path, junk))
        if isinstance(path[-1], str):
            yield as_written(changed(data, path, "Ny nyckel", rename=True))
            yield as_written(changed(data, path, path[-1].title() + "e", rename=True))


@pytest.mark.parametrize(("model", "text"), DOCUMENTS, ids=[model.__name__ for model, _ in DOCUMENTS])
def test_the_examples_here_are_understood(model, text):
    read_back = read(text, model)
    assert read_back.problems == []
    assert read_back.complete


@pytest.mark.slow
@pytest.mark.parametrize(("model", "text"), DOCUMENTS, ids=[model.__name__ for model, _ in DOCUMENTS])
def test_every_mistake_is_explained_in_swedish_and_only_in_swedish(model, text):
    problems: set[Problem] = set()
    for written in malformed(text):
        found = read(written, model)
        problems.update(found.problems)
        assert all(problem.line == 1 and 1 <= problem.column <= len(written) for problem in found.problems)
        assert found.complete == (not found.problems)
        assert found.part is not None or not found.complete
    assert len({(problem.kind, problem.message) for problem in problems}) >= 15
    for kind, message, hint in {(problem.kind, problem.message, problem.hint) for problem in problems}:
        said = f"{message} {hint}"
        # What stands in quotes is the editor's own words, or an example; a list of keys or words ends the hint.
        own_words = re.sub(r"”.*?”|: [\w, åäö_-]+(?: med flera)?\.$", "", said)
        assert not ENGLISH.search(own_words), said
        internals = re.search(
            r"trygglofte|pydantic|ctx|<class|\{(?!…|ordalydelse)|\bNone\b|\[key\]", own_words
        )
        assert not internals, said
        assert message.endswith("."), said
        assert hint.endswith((".", "?", "”")), said
        assert kind != "fel-varde", f"no sentence of its own: {said}"


def test_an_address_that_cannot_be_taken_apart_is_no_address():
    (problem,) = read(
        MINIMAL["data/portal.yml"].replace("https://prov.example/", "https://[::1"), PortalFile
    ).problems
    assert (problem.kind, problem.field) == ("fel-webbadress", "adress")


def test_a_commitment_has_its_own_themes_or_those_of_its_focus_area():
    pledge = typing.cast(Pledge, read(PLEDGE, Pledge).part)
    assert [(promise.commitment.id, promise.themes) for promise in promises(pledge)] == [
        ("fotpatrull", ("trafik",)),
        ("belysning", ()),
    ]


# What pydantic itself checks, and with it every error it can raise: missing, extra_forbidden, tuple_type and
# dict_type. All else is understood by types of our own, which raise Swedish sentences.
CHECKED_BY_PYDANTIC = {"model", "model-fields", "model-field", "tuple", "dict", "nullable", "default"}
CHECKED_BY_US = {"function-plain", "function-before"}


def kinds_of_schema(schema: Any, definitions: dict[str, Any], seen: set[str]) -> set[str]:
    """Every kind of check that a pydantic schema can reach, however deep."""
    if isinstance(schema, list):
        return {kind for item in schema for kind in kinds_of_schema(item, definitions, seen)}
    if not isinstance(schema, dict):
        return set()
    kind = schema.get("type")
    if kind == "definitions":
        return kinds_of_schema(schema["schema"], {item["ref"]: item for item in schema["definitions"]}, seen)
    if kind == "definition-ref":
        ref = schema["schema_ref"]
        new, known = ref not in seen, definitions[ref]
        seen.add(ref)
        return kinds_of_schema(known, definitions, seen) if new else set()
    if kind == "function-plain":
        return {kind}
    inner = [
        value
        for name, value in schema.items()
        if name not in {"metadata", "serialization", "config", "default", "function"}
    ]
    return {kind for kind in [kind] if isinstance(kind, str)} | kinds_of_schema(inner, definitions, seen)


@pytest.mark.parametrize("model", [model for model, _ in DOCUMENTS], ids=lambda model: model.__name__)
def test_pydantic_checks_nothing_that_has_no_swedish_sentence(model):
    kinds = kinds_of_schema(model.__pydantic_core_schema__, {}, set())
    assert kinds <= CHECKED_BY_PYDANTIC | CHECKED_BY_US, (
        "give the new kind of error a sentence in model/interpreting.py"
    )
    assert "function-plain" in kinds


@pytest.mark.parametrize(("model", "text"), DOCUMENTS, ids=[model.__name__ for model, _ in DOCUMENTS])
def test_keys_may_be_typed_without_dots_and_rings(model, text):
    def respelled(data: Any) -> Any:
        if isinstance(data, dict):
            # Keys that are an editor's own (ids, short names) are ASCII in these documents.
            return {fold(key): respelled(value) for key, value in data.items()}
        return [respelled(item) for item in data] if isinstance(data, list) else data

    found = read(as_written(respelled(data_of(text))), model)
    assert found.problems == []
    assert found.part == read(text, model).part


@pytest.mark.parametrize(("model", "text"), DOCUMENTS, ids=[model.__name__ for model, _ in DOCUMENTS])
@given(random=st.randoms())
@settings(max_examples=15)
def test_the_order_of_keys_does_not_matter(model, text, random):
    def shuffled(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: shuffled(data[key]) for key in random.sample(sorted(data), len(data))}
        return [shuffled(item) for item in data] if isinstance(data, list) else data

    assert read(as_written(shuffled(data_of(text))), model).part == read(text, model).part


def models() -> list[type[Part]]:
    found: list[type[Part]] = []
    waiting = [model for model, _ in DOCUMENTS]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.append(model)
            waiting += [
                inner
                for alias in keys(model)
                for step in ((alias,), (alias, 0), (alias, "x"))
                if (inner := part_at(model, step))
            ]
    return found


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_key_is_described_and_its_example_is_understood(model):
    for info in model.model_fields.values():
        assert info.alias, info
        assert re.fullmatch(r"[a-zåäö]+(?:[_-][a-zåäö]+)*", info.alias), "keys are Swedish words joined by _"
        assert info.title, info.alias
        assert info.description, info.alias
        assert info.description.endswith("."), info.alias
        for example in info.examples or []:
            found = read(f"{info.alias}: {example}\n", model)
            assert [problem for problem in found.problems if problem.kind != "saknad-nyckel"] == [], (
                info.alias,
                example,
            )


def test_two_mistakes_in_one_item_leave_the_next_item_alone():
    text = "titel: Prov\nåtaganden:\n  - ansvarig: polisen\n  - {id: sopa, vad: Sopar}\n"
    found = read(text, Pledge)
    assert [problem.kind for problem in found.problems] == ["saknad-nyckel", "saknad-nyckel"]
    part = typing.cast(Pledge, found.part)
    assert [commitment.id for commitment in part.commitments] == ["sopa"]


def test_a_faulty_date_at_the_top_leaves_the_rest_of_the_document():
    found = read("titel: Plan\navstämd: 2026-13\nlägesbild: 2026-10\n", ActionPlan)
    assert len(found.problems) == 1
    part = typing.cast(ActionPlan, found.part)
    assert (part.updated, part.situation_summary) == (None, "2026-10")


def test_a_document_that_lacks_too_much_gives_nothing_but_its_problems():
    found = read("lagstadgad: ja\n", SituationSummary)
    assert found.part is None
    assert [problem.message for problem in found.problems] == ["Här saknas nyckeln ”period”."]


@given(st.dates(min_value=date(1, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_partial_date_claims_what_was_written_and_no_more(day, known):
    written = f"{day:%Y-%m-%d}".rjust(10, "0")[:known]
    found = PartialDate.parse(written)
    assert found is not None
    assert str(found) == written
    assert found.first <= day <= found.last


@pytest.mark.parametrize(
    ("written", "date_meant"),
    [
        ("15/1 2026", "2026-01-15"),
        ("15 januari 2026", "2026-01-15"),
        ("den 1 maj 2026", "2026-05-01"),
        ("Februari 2026", "2026-02"),
        ("20260115", "2026-01-15"),
        ("2026.01.15", "2026-01-15"),
        ("15.1.2026", "2026-01-15"),
        ("30/2 2026", ""),
        ("i våras", ""),
    ],
)
def test_a_date_in_another_form_is_met_with_the_right_one(written, date_meant):
    assert meant(written) == date_meant


@given(st.decimals(-(10**9), 10**9, places=2))
def test_numbers_are_read_as_swedes_and_machines_write_them(number):
    swedish = f"{number:,.2f}".replace(",", "\u00a0").replace(".", ",")
    for written in (str(number), swedish, swedish.replace("\u00a0", " "), swedish.replace("-", "−")):
        assert parse_number(written) == number


def test_counts_and_reports_say_what_was_written():
    assert parse_count("1 200") == Count(1200)
    assert parse_count("Färre  än 5") == Count(None, 5)
    assert parse_reported("54") == Reported("54", Decimal(54))
    assert parse_reported("Minst 700") == Reported("Minst 700", Decimal(700), at_least=True)
    assert parse_reported("minst några") == Reported("minst några")
    assert parse_reported("flertalet") == Reported("flertalet")
    assert parse_weekdays(["måndag–onsdag", "Söndag"]) == (0, 1, 2, 6)


def test_follow_ups_come_with_a_rhythm_or_on_listed_dates():
    assert (
        typing.cast(Pledge, read("titel: P\nföljs_upp: löpande\n", Pledge).part).reporting
        is Cadence.CONTINUOUS
    )
    listed = typing.cast(Pledge, read("titel: P\nföljs_upp: [2026-05, 2027]\n", Pledge).part).reporting
    assert listed == (PartialDate(2026, 5), PartialDate(2027))


@pytest.mark.parametrize(
    ("written", "first", "last", "years"),
    [
        ("{från: 2026-03, till: 2027}", date(2026, 3, 1), date(2027, 12, 31), (2026, 2027)),
        ("{från: 2026-03, till: tills vidare}", date(2026, 3, 1), None, (2026,)),
        ("{till: 2026-02}", None, date(2026, 2, 28), (2026,)),
        ("{ordalydelse: mandatperioden ut}", None, None, ()),
    ],
)
def test_a_period_holds_as_far_as_it_is_known(written, first, last, years):
    period = typing.cast(
        Period, typing.cast(Pledge, read(f"titel: P\ngäller: {written}\n", Pledge).part).valid
    )
    assert (period.first, period.last, period.years) == (first, last, years)
    if period.end:
        assert period.end.open_ended == ("tills vidare" in written)


def test_a_wording_with_bounds_is_not_a_known_date():
    pledge = typing.cast(Pledge, read(PLEDGE, Pledge).part)
    assert pledge.valid
    assert pledge.valid.start
    assert pledge.valid.end
    assert pledge.valid.start.known == PartialDate(2026, 1, 1)
    assert pledge.valid.end.known is None
    assert pledge.valid.last == date(2026, 12, 31)
