"""One form from its text to what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from trygglofte.differing import SiteDifference, differ
from trygglofte.forms.answers import Correction, read_answers
from trygglofte.forms.filling import Filled, filled, municipality_of
from trygglofte.forms.fitting import Fitted, fitted
from trygglofte.library import Checked, Library
from trygglofte.model.base import alias_of
from trygglofte.model.common import ReportPeriod
from trygglofte.problems import Problem
from trygglofte.sharing import find_shares
from trygglofte.wording import report_period


@dataclass(frozen=True)
class Received:
    """What came of a form: a file's whole new content, or corrections.

    `path` is POSIX from the project's folder; `title` says in Swedish what the change is, in words of the data alone.
    """

    corrections: list[Correction]
    path: str = ""
    content: bytes = b""
    title: str = ""
    carried: str = ""
    differences: list[SiteDifference] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether there is a change to propose."""
        return not self.corrections


def receive(root: Path, body: str, today: date) -> Received:
    """What an issue's text makes of the project at `root` on a day. Writes nothing."""
    answers, wrong = read_answers(body)
    if answers is None or wrong:
        return Received(wrong)
    library = Library(root)
    slug, wrong = municipality_of(answers, library.slugs())
    shared = library.shared().shared
    if slug is None or shared is None:
        return Received(wrong or [_not_now()])
    checked = library.municipality(slug, shared, find_shares(root, shared).of(slug).ids)
    if checked.municipality is None or not checked.municipality.file.complete:
        return Received([_not_now()])
    said, wrong = filled(answers, checked.municipality)
    if said is None:
        return Received(wrong)
    if said.pledge and not said.pledge.complete:
        return Received([_not_now()])
    found, wrong = fitted(root, said, checked)
    if found is None:
        return Received(wrong)
    after = Checked(slug, found.municipality, [])
    return Received(
        [], found.path, found.content, _title(said, found), said.carried,
        [differ(slug, Checked(slug, checked.municipality, []), after, root, today)], found.advice,
    )  # fmt: skip


def _title(said: Filled, found: Fitted) -> str:
    """What the change is, in words of the data and the calendar."""
    name = found.municipality.file.part.short_name
    ends = {
        alias_of(ReportPeriod, "start"): str(said.span.first),
        alias_of(ReportPeriod, "end"): str(said.span.last),
    }
    period = report_period(ReportPeriod.model_validate(ends))
    what = f"Uppföljning av {said.pledge.part.title}" if said.pledge else "Lägesbild"
    return " ".join(f"{name}: {what}, {period}".split())


def _not_now() -> Correction:
    return Correction(
        "", 0, "Kommunens filer har ett fel just nu, som inte kommer från formuläret.",
        "När felet är rättat: redigera ärendet, så läses det igen.",
    )  # fmt: skip
