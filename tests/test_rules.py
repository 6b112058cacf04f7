"""What the rules promise. What each says to an editor stands in tests/cases/rules."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from tests.test_cases import CASES, Case
from tests.test_model import PLAN, PLEDGE, SUMMARY
from trygglofte import rules
from trygglofte.library import Library
from trygglofte.model import (
    FOLDERS,
    Filed,
    GlossaryFile,
    Municipality,
    MunicipalityFile,
    PortalFile,
    Shared,
    ThemesFile,
    interpret,
)
from trygglofte.problems import Problem
from trygglofte.reading import read_document
from trygglofte.rules.references import looks_like_id

ATTRIBUTES = dict(zip(FOLDERS, ("agreements", "pledges", "summaries", "plans"), strict=True))


def filed(text, model, name):
    tree, _ = read_document(text.encode("utf-8"), f"data/{name}")
    if tree is None:
        return None
    found = interpret(tree, model, f"data/{name}")
    return (
        Filed(name.removesuffix(".yml"), f"data/{name}", found.part, found.tree, found.complete)
        if found.part
        else None
    )


SHARED = Shared(
    filed(MINIMAL["data/portal.yml"], PortalFile, "portal.yml"),
    filed(MINIMAL["data/teman.yml"], ThemesFile, "teman.yml"),
    filed(MINIMAL["data/ordlista.yml"], GlossaryFile, "ordlista.yml"),
)


@pytest.fixture(scope="module")
def heard(tmp_path_factory, lay_out):
    """Which rules had something to say about which case."""
    said: dict[str, set[str]] = {}
    for path in sorted((CASES / "rules").glob("*.txt")):
        root = lay_out(tmp_path_factory.mktemp("rules"), MINIMAL | Case.read(path).files)
        library = Library(root)
        shared = library.shared().shared
        found = library.municipality("provstad", shared or SHARED).municipality
        assert found is not None
        for rule in rules.RULES:
            said.setdefault(rule.__name__, set()).update([path.stem] if list(rule(found)) else [])
        if shared is None:
            for rule in rules.SHARED_RULES:
                said.setdefault(rule.__name__, set()).add(path.stem)
    return said


@pytest.mark.parametrize("rule", [*rules.RULES, *rules.SHARED_RULES], ids=lambda rule: rule.__name__)
def test_every_rule_has_a_case_that_fails_and_one_that_passes(rule, heard):
    cases = len(list((CASES / "rules").glob("*.txt")))
    assert 0 < len(heard[rule.__name__]) < cases
    assert rule.__doc__


def test_every_rule_is_in_the_list():
    declared = {rule.__name__ for rule in (*rules.RULES, *rules.SHARED_RULES)}
    for module in (
        rules.chronology,
        rules.identity,
        rules.law,
        rules.outcomes,
        rules.protection,
        rules.references,
        rules.reports,
        rules.shared,
        rules.unknowns,
    ):
        for name, value in vars(module).items():
            if (
                callable(value)
                and getattr(value, "__module__", "") == module.__name__
                and not name.startswith("_")
            ):
                others = {looks_like_id.__name__, "files_are_of_todays_version"}  # asked before all rules
                assert name in declared | others, f"{name} is not in RULES"


def test_the_message_about_a_small_count_does_not_repeat_it(project, problems_of):
    text = "period: {från: 2026-02-01, till: 2026-02-28}\nkategorier:\n  - {tema: trafik, antal: 3}\n"
    (problem,) = problems_of(project({"data/provstad/lagesbilder/2026-02.yml": text}))
    assert not re.search(r"\b3\b", problem.message + problem.hint)


def test_a_municipality_of_another_village_never_matters():
    """Rules are functions of one municipality: nothing is kept from the one before."""
    good = Municipality(
        "provstad", filed(MINIMAL["data/provstad/kommun.yml"], MunicipalityFile, "kommun.yml"), SHARED
    )
    bad = Municipality(
        "provstad",
        filed(MINIMAL["data/provstad/kommun.yml"].replace("0000", "2182"), MunicipalityFile, "kommun.yml"),
        SHARED,
    )
    first = rules.check(good)
    assert rules.check(bad) != []
    assert rules.check(good) == first == []


def mutations(text: str):
    """A valid document with some of its lines dropped, doubled, swapped, moved sideways, or with another value."""
    lines = text.splitlines()
    values = [line.partition(": ")[2] for line in lines if ": " in line] + [
        "",
        "[]",
        "{}",
        "2026-13",
        "färre än 9",
        "- x",
    ]

    def apply(steps):
        now = list(lines)
        for way, at, other in steps:
            at, other = at % len(now), other % len(now)
            if way == "drop" and len(now) > 1:
                del now[at]
            elif way == "double":
                now.insert(other, now[at])
            elif way == "swap":
                now[at], now[other] = now[other], now[at]
            elif way == "indent":
                now[at] = "  " + now[at]
            elif way == "dedent":
                now[at] = now[at].removeprefix("  ")
            elif way == "value" and ": " in now[at]:
                now[at] = now[at].partition(": ")[0] + ": " + values[other % len(values)]
        return "\n".join(now) + "\n"

    ways = st.sampled_from(["drop", "double", "swap", "indent", "dedent", "value", "value"])
    return st.lists(st.tuples(ways, st.integers(0, 99), st.integers(0, 99)), max_size=6).map(apply)


@settings(max_examples=200, deadline=None)
@given(
    mutations(PLEDGE), mutations(SUMMARY), mutations(PLAN),
    mutations(MINIMAL["data/provstad/overenskommelser/2024-2027.yml"]), mutations(MINIMAL["data/provstad/kommun.yml"]),
)  # fmt: skip
def test_whatever_becomes_of_a_document_every_rule_gives_problems_at_their_place(
    pledge, summary, plan, agreement, kommun
):
    texts = {
        "medborgarloften": pledge,
        "lagesbilder": summary,
        "atgardsplaner": plan,
        "overenskommelser": agreement,
    }
    file = filed(kommun, MunicipalityFile, "kommun.yml") or filed(
        MINIMAL["data/provstad/kommun.yml"], MunicipalityFile, "kommun.yml"
    )
    documents = {name: filed(text, FOLDERS[name], f"{name}/prov.yml") for name, text in texts.items()}
    found = {ATTRIBUTES[name]: (document,) for name, document in documents.items() if document}
    for problem in rules.check(Municipality("provstad", file, SHARED, **found)):
        assert_inside(problem, {f"data/{name}/prov.yml": text for name, text in texts.items()})


def assert_inside(problem: Problem, texts: dict[str, str]) -> None:
    assert problem.message.endswith("."), problem
    assert problem.hint.endswith((".", "?")), problem
    if problem.file in texts:
        lines = texts[problem.file].split("\n")
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
