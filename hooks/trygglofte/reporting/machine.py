"""Problems as other programs read them: plain JSON, and SARIF 2.1.0 (OASIS) for code scanning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from trygglofte.problems import Problem
from trygglofte.reporting.hiding import fit_to_show

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_json(problems: Sequence[Problem]) -> str:
    """`{"fel": 1, "råd": 0, "problem": [{fil, rad, kolumn, allvar, slag, nyckel, meddelande, gör_så_här}]}`."""
    rows = [
        {
            "fil": problem.file, "rad": problem.line, "kolumn": problem.column, "allvar": problem.severity.value,
            "slag": problem.kind, "nyckel": problem.field, "meddelande": problem.message, "gör_så_här": problem.hint,
        }
        for problem in fit_to_show(problems)
    ]  # fmt: skip
    wrong = sum(problem.is_error for problem in problems)
    return _dump({"fel": wrong, "råd": len(problems) - wrong, "problem": rows})


def as_sarif(problems: Sequence[Problem]) -> str:
    """A SARIF log with one run; every kind of problem that occurs is a rule.."""
    kinds = sorted({problem.kind for problem in problems})
    driver = {"name": "trygglofte", "rules": [{"id": kind} for kind in kinds]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, kinds) for problem in fit_to_show(problems)],
    }
    return _dump({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _result(problem: Problem, kinds: list[str]) -> dict[str, object]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"physicalLocation": {"artifactLocation": {"uri": quote(problem.file)}, "region": region}}
    return {
        "ruleId": problem.kind, "ruleIndex": kinds.index(problem.kind),
        "level": "error" if problem.is_error else "note",
        "message": {"text": f"{problem.message} {problem.hint}".strip()}, "locations": [place],
    }  # fmt: skip


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
