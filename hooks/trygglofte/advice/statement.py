"""When the accessibility statement should be looked over: at least once a year.

Commission Implementing Decision (EU) 2018/1523, which Digg's rules follow, asks for a regular review, and at least
a yearly one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from trygglofte.model import Filed, Municipality, Shared
from trygglofte.model.base import Part
from trygglofte.model.shared import Accessibility
from trygglofte.problems import Problem, Severity
from trygglofte.wording import long_date

_A_YEAR = timedelta(days=366)


def of_the_portal(shared: Shared, day: date) -> Iterator[Problem]:
    """The statement in portal.yml."""
    return _due(shared.portal, shared.portal.part.accessibility, day)


def of_its_own(municipality: Municipality, day: date) -> Iterator[Problem]:
    """The statement in kommun.yml, where there is one."""
    file = municipality.file
    if file.part.accessibility:
        yield from _due(file, file.part.accessibility, day)


def _due(file: Filed[Part], statement: Accessibility, day: date) -> Iterator[Problem]:
    old = day - statement.assessed > _A_YEAR
    if old or statement.assessed > day:
        when = "mer än ett år sedan" if old else "en dag som inte har varit"
        yield file.problem(
            "dags-att-bedoma",
            f"Webbplatsens tillgänglighet bedömdes den {long_date(statement.assessed)}, {when}.",
            "Pröva webbplatsen på nytt, och skriv dagen under ”bedömd” och ”uppdaterad”.",
            at=("accessibility", "assessed"),
            severity=Severity.ADVICE,
        )
