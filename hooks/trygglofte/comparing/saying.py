"""A value of the model in words, as short as a comparison needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from trygglofte import wording
from trygglofte.model.base import Part
from trygglofte.model.common import Change, Decision, Extension, Period, ReportPeriod, Signatory, Source, When
from trygglofte.model.dates import PartialDate
from trygglofte.model.pledge import Amount, Bound
from trygglofte.model.situation_summary import Comparison
from trygglofte.model.values import Count, Reported

Names = Mapping[str, str]
"""What parties, places and themes are called, by id."""

VALUES = (Amount, Bound, When, Period, ReportPeriod, Comparison, Decision, Extension)
"""Parts that are said in one breath, and not key by key."""


def said(value: Any, names: Names) -> str:
    """A single value in words; "" where it is none, or a part that is compared key by key."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, (Decimal, int)):
        return wording.number(value)
    if isinstance(value, date):
        return wording.long_date(value)
    if isinstance(value, PartialDate):
        return wording.partial_date(value)
    if isinstance(value, Count):
        return wording.count(value)
    if isinstance(value, Reported):
        return value.words
    if isinstance(value, tuple):
        return wording.listing([said(item, names) for item in value])
    if isinstance(value, Part):
        return _part(value)
    text = " ".join(str(value).split())
    return names.get(text, text)


def _part(value: Part) -> str:
    if isinstance(value, Amount):
        return wording.amount(value)
    if isinstance(value, Bound):
        return wording.bound(value)
    if isinstance(value, ReportPeriod):
        return wording.report_period(value)
    if isinstance(value, When):
        return wording.when(value)
    if isinstance(value, Period):
        return wording.period(value)
    if isinstance(value, Extension):
        return f"till {wording.when(value.end)}"
    if isinstance(value, Comparison):
        return str(value.grade) if value.grade else "lämnas inte"
    if isinstance(value, Decision):
        return value.body + (f", {wording.when(value.date)}" if value.date else "")
    return whole(value)


_NAMING = ("title", "what", "name", "term", "theme", "indicator", "id")


def whole(part: Part, names: Names | None = None) -> str:
    """What a part is called: its title, what it says, or its name. Nobody who signed is named."""
    if isinstance(part, Signatory):
        return f"{part.role}, för {(names or {}).get(part.party, part.party)}"
    if isinstance(part, Source):
        return part.title
    if isinstance(part, Change):
        return part.what
    if isinstance(part, (Amount, Bound, When, Period, ReportPeriod, Comparison, Decision, Extension)):
        return _part(part)
    for attribute in _NAMING:
        value = getattr(part, attribute, None)
        if value:
            text = " ".join(str(value).split())
            return (names or {}).get(text, text)
    return ""


def same(before: Any, after: Any) -> bool:
    """Whether two values say the same. Runs of space and line breaks are one space, as in a browser."""
    if isinstance(before, str) and isinstance(after, str):
        return before.split() == after.split()
    if isinstance(before, Part) and isinstance(after, Part) and type(before) is type(after):
        names = type(before).model_fields
        return all(same(getattr(before, name), getattr(after, name)) for name in names)
    if isinstance(before, tuple) and isinstance(after, tuple):
        return len(before) == len(after) and all(map(same, before, after))
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(same(before[key], after[key]) for key in before)
    return bool(before == after)
