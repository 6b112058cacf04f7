"""What waits for a review, and what was changed after one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trygglofte.model import Municipality
from trygglofte.model.base import alias_of
from trygglofte.problems import Problem, Severity
from trygglofte.progress import changed_after_approval, missing_reviews
from trygglofte.wording import listing, long_date

_SAID = {"secrecy_reviewed": "prövad för sekretess av", "approved": "godkänd av"}


def waiting(municipality: Municipality, day: date) -> Iterator[Problem]:
    """A document that is not shown because somebody who must review it has not."""
    for filed in municipality.documents:
        missing = missing_reviews(filed.part, municipality.file.part, day)
        if not missing:
            continue
        fields = list(dict.fromkeys(one.field for one in missing))
        said = [
            f"{_SAID[field]} {listing([one.by for one in missing if one.field == field])}" for field in fields
        ]
        keys = listing([f"”{alias_of(type(filed.part), field)}”" for field in fields])
        yield filed.problem(
            "vantar-pa-granskning",
            f"Sidan visas inte än, för den är inte {listing(said, 'och inte')}.",
            f"När det är gjort: skriv datum, funktion och part under {keys}.",
            severity=Severity.ADVICE,
        )


def changed_since(municipality: Municipality, day: date) -> Iterator[Problem]:
    """A document whose text was changed after its latest approval."""
    for filed in municipality.documents:
        days = None if filed.part.withdrawn else changed_after_approval(filed.part, day)
        if days:
            yield filed.problem(
                "andrad-efter-godkannande",
                f"Godkänd {long_date(days[0])}, men ändrad eller uppföljd {long_date(days[1])}.",
                "Be om ett nytt godkännande, och skriv det under ”godkänd”.",
                at=("approved",), key=True, severity=Severity.ADVICE,
            )  # fmt: skip
