"""What can be wrong, as a value: where it is, what it is, and what to write instead.

Responsible for the shape of a problem and its order. Printing is done in `reporting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem matters: an error stops the municipality's site, advice never does."""

    ERROR = "fel"
    ADVICE = "råd"


class Mark(NamedTuple):
    """A place in a file. `line` and `column` are counted from 1, columns in characters."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `file` is a POSIX path relative to the project's folder, `kind` a short stable name, `field` the
    Swedish key concerned ("" where there is none). `message` and `hint` are Swedish sentences.
    """

    file: str
    line: int
    column: int
    kind: str
    message: str
    hint: str = ""
    field: str = ""
    severity: Severity = Severity.ERROR

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order in which problems are shown: by file, then place."""
        return (self.file, self.line, self.column, self.kind, self.message)

    @property
    def is_error(self) -> bool:
        """Whether it stops the municipality's site from being published."""
        return self.severity is Severity.ERROR


def in_order(problems: list[Problem]) -> list[Problem]:
    """Every problem once, by file and place."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.order)


def has_errors(problems: list[Problem]) -> bool:
    """Whether any of them is an error."""
    return any(problem.is_error for problem in problems)
