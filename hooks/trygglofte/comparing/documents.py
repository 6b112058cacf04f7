"""Two versions of a document of any type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from trygglofte.comparing.parts import Scope, between
from trygglofte.comparing.pledges import of_pledges
from trygglofte.comparing.values import Difference
from trygglofte.model import Pledge, SignedDocument
from trygglofte.model.base import Part


def compare(
    before: Part, after: Part, today: date, names: Mapping[str, str] | None = None
) -> list[Difference]:
    """What differs between two versions of one document, the weightiest first.

    Both are of the same type. States of commitments are those that follow from the reports on `today`. `names`
    says what parties, places and themes are called; without it their ids stand. `compare(b, a)` gives the
    mirrored differences of `compare(a, b)`.
    """
    assert type(before) is type(after), "two versions of one document have one type"
    scope = Scope(names or {}, signed=isinstance(after, SignedDocument))
    if isinstance(before, Pledge) and isinstance(after, Pledge):
        return list(of_pledges(before, after, today, scope))
    return list(between(before, after, scope))
