"""Golden cases of arithmetic: a pledge with its reports, beside what a resident is told and an editor is warned of.

A case is one file in tests/cases/progress/: a sentence, the pledge as it is written, the day, and the answer.
See the README there; `pytest tests/test_progress_cases.py --accept-cases` writes the answers anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from trygglofte import wording
from trygglofte.library import Library
from trygglofte.progress import PledgeState, pledge_state
from trygglofte.progress.due import Clock

CASES = Path(__file__).parent / "cases" / "progress"
REAL = Path(__file__).parent / "real_pledges"
PLEDGE = "data/provstad/medborgarloften/prov.yml"
HEAD = "titel: Prov\ngäller: {från: 2026-01-01, till: 2026-12-31}\n"


def _dates(clock: Clock) -> Iterator[str]:
    """The honest clock: what was reported last, whose report is late since when, and what is due next."""
    if clock.last_reported:
        yield f"  senast redovisat {clock.last_reported}"
    for missing in clock.late:
        yield f"  försenad sedan {missing.due}: {wording.listing(missing.parties) or 'någon'}"
    if clock.coming:
        yield f"  nästa senast {clock.coming.due}: {wording.listing(clock.coming.parties) or 'ingen som inte är sen'}"


def as_answer(state: PledgeState, clocked: bool) -> Iterator[str]:
    """What is said of a pledge, its dates where it is to be followed up, and each of its commitments."""
    yield f"Löftet: {state.verdict}"
    for own in state.other_verdicts:
        yield f"  {wording.listing(own.parties)} skriver själva: {own.verdict}"
    if clocked:
        yield from _dates(state.clock)
    for item in state.commitments:
        commitment = item.promise.commitment
        yield f"{commitment.id}: {item.status}"
        if commitment.amount:
            yield f"  lovat: {wording.amount(commitment.amount)}"
        if item.told:
            yield f"  gjort: {item.told}"
        for note in item.notes:
            yield f"  {note}"
        for part in item.parties:
            yield f"  {part.party}: {', '.join(filter(None, [str(part.status or ''), part.told]))}"
            for note in part.notes:
                yield f"    {note}"
        if item.silent:
            yield f"  har inte redovisat sin del: {wording.listing(item.silent)}"


def answer(text: str, day: date, project) -> str:
    """The answer to a case: the state on a day, then every problem."""
    text = text if "gäller:" in text else HEAD.partition("\n")[2] + text
    text = text if "titel:" in text else "titel: Prov\n" + text
    library = Library(project({PLEDGE: text}))
    shared = library.shared().shared
    assert shared is not None
    checked = library.municipality("provstad", shared)
    said = [f"==== läget {day.isoformat()}"]
    for filed in checked.municipality.pledges if checked.municipality else ():
        if filed.id == "prov":
            said += as_answer(pledge_state(filed.part, day, 30), filed.part.reporting is not None)
    said += ["==== fel och råd"]
    lines = text.splitlines()
    for problem in checked.problems:
        said += [
            f"{problem.severity} vid ”{lines[problem.line - 1].strip()}”",
            f"  {numbered(problem.message, lines)}",
        ]
        said += [f"  → {numbered(problem.hint, lines)}"]
    if not checked.problems:
        said.append("(inga)")
    return "\n".join(said).replace(wording.NBSP, " ") + "\n"


def numbered(message: str, lines: list[str]) -> str:
    """A message with what stands on the lines that it names, so that the answer can be read by itself."""
    return re.sub(
        r"(?<=rad )\d+(?:, \d+)*(?: och \d+)?",
        lambda found: " och ".join(f"”{lines[int(n) - 1].strip()}”" for n in re.findall(r"\d+", found[0])),
        message,
    )


@pytest.mark.parametrize("path", sorted(CASES.glob("*.case")), ids=lambda path: path.stem)
def test_a_resident_is_told_exactly_this(path, project, request):
    whole = path.read_text("utf-8")
    question, _, expected = whole.partition("==== läget ")
    story, _, text = question.partition("====\n")
    found = answer(text, date.fromisoformat(expected[:10]), project)
    if request.config.getoption("--accept-cases"):
        path.write_text(question + found, "utf-8")
        pytest.skip("answer written")
    assert story.strip(), "a case begins with a sentence"
    assert found == "==== läget " + expected


@pytest.mark.parametrize("path", sorted(REAL.glob("*.yml")), ids=lambda path: path.stem)
def test_pledges_made_after_real_ones_are_told_as_they_should(path, project, request):
    beside = path.with_suffix(".txt")
    expected = beside.read_text("utf-8")
    day = expected.removeprefix("==== läget ")[:10]
    found = answer(path.read_text("utf-8"), date.fromisoformat(day), project)
    if request.config.getoption("--accept-cases"):
        beside.write_text(found, "utf-8")
        pytest.skip("answer written")
    assert found == expected
    assert "\nfel vid" not in found


def test_no_two_cases_ask_the_same_question():
    questions = [path.read_text("utf-8").partition("==== läget ")[0] for path in CASES.glob("*.case")]
    assert len(questions) == len(set(questions)) > 30
