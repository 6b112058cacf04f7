"""What is shown of a problem repeats nobody's number, address or vehicle, whichever rule the problem is from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trygglofte.personal import Sort, masked
from trygglofte.problems import Problem

_PRIVATE = {*Sort, "dolda-uppgifter"}


def is_private(problem: Problem) -> bool:
    """Whether the line of a problem is not to be shown: it holds just what must not be repeated."""
    return problem.kind in _PRIVATE


def fit_to_show(problems: Iterable[Problem]) -> list[Problem]:
    """The problems with dots for what is about a person in their sentences and in the name of their file."""
    return [
        replace(one, file=masked(one.file), message=masked(one.message), hint=masked(one.hint))
        for one in problems
    ]
