"""Golden cases: what an editor wrote, beside exactly what the project answers.

A case is one text file in tests/cases/<concern>/: a sentence on what the editor did, the files that were
written over the small valid project in conftest.py, and every problem that comes of it. See
tests/cases/README.md for the notation; `pytest tests/test_cases.py --accept-cases` writes the answers anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from trygglofte.problems import Problem

CASES = Path(__file__).parent / "cases"
_UNSEEN = re.compile(r"‹U\+([0-9A-F]{4,6})›")
_ANSWER = "==== problems"
_NEWLINES = {"crlf": "\r\n", "cr": "\r"}


@dataclass(frozen=True)
class Case:
    """What was written, by file, and the answer as text. None takes a file away."""

    story: str
    files: dict[str, bytes | None]
    answer: str

    @classmethod
    def read(cls, path: Path) -> Case:
        question, _, answer = path.read_text("utf-8").partition(_ANSWER + "\n")
        story, *sections = re.split(r"^==== ", question, flags=re.MULTILINE)
        return cls(story.strip(), dict(_file(section) for section in sections), answer)


def _file(section: str) -> tuple[str, bytes | None]:
    """A file of a case. Its first line is the path and how it was saved."""
    head, _, text = section.partition("\n")
    name, *saved = head.split(" | ")
    name = name if name.startswith("data/") else f"data/provstad/{name}"
    if saved == ["removed"]:
        return name, None
    text = _UNSEEN.sub(lambda found: chr(int(found[1], 16)), text)
    encoding = "utf-8"
    for way in saved:
        if way in _NEWLINES:
            text = text.replace("\n", _NEWLINES[way])
        elif way == "last line unfinished":
            text = text.removesuffix("\n")
        else:
            encoding = way
    return name, text.encode(encoding)


def _as_answer(problems: list[Problem]) -> str:
    """Every problem on three lines: place, severity and name; what is wrong; what to write."""
    return (
        "".join(
            f"{p.file}:{p.line}:{p.column} {p.severity} {p.kind} ({p.field})\n  {p.message}\n  → {p.hint}\n".replace(
                " ()\n", "\n", 1
            )
            for p in problems
        )
        or "(none)\n"
    )


@pytest.mark.parametrize(
    "path", sorted(CASES.rglob("*.txt")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_an_editor_is_told_exactly_this(path, project, problems_of, request):
    case = Case.read(path)
    answer = _as_answer(problems_of(project(case.files)))
    if request.config.getoption("--accept-cases"):
        question = path.read_text("utf-8").partition(_ANSWER + "\n")[0]
        path.write_text(f"{question}{_ANSWER}\n{answer}", "utf-8")
        pytest.skip("answer written")
    assert case.story, "a case begins with a sentence on what the editor did"
    assert answer == case.answer


def test_no_two_cases_ask_the_same_question():
    questions = [path.read_text("utf-8").partition(_ANSWER)[0] for path in CASES.rglob("*.txt")]
    assert len(questions) == len(set(questions))
