"""Parts of the model as plain values for JSON: Swedish keys as in the files, and nothing that was left out.

Numbers become numbers, yes and no become booleans, and what is only known in words stays words: a hidden count
is `färre än 5` and a date without its year is its wording with its bounds.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from trygglofte.model.base import Part, alias_of
from trygglofte.model.common import End, Hours, When
from trygglofte.model.dates import PartialDate
from trygglofte.model.values import Count, Reported

_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def as_values(value: Any) -> Any:
    """A value of the model as JSON can hold it."""
    if isinstance(value, Part):
        return _part(value)
    if isinstance(value, (tuple, list)):
        return [as_values(item) for item in value]
    if isinstance(value, dict):
        return {str(key): as_values(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Count):
        return value.value if value.value is not None else f"färre än {value.below}"
    if isinstance(value, Reported):
        return value.words if value.value is None or value.at_least else number(value.value)
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" + (f" {value:%H:%M}" if value.time() != time.min else "")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, (date, PartialDate)) else value


def number(value: Decimal) -> int | float:
    """A number without a fraction where it has none."""
    return int(value) if value == value.to_integral_value() else float(value)


def _part(part: Part) -> Any:
    if isinstance(part, When):
        if isinstance(part, End) and part.open_ended:
            return "tills vidare"
        if part.known:
            return str(part.known)
    found = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in part.model_fields_set and value is not None and value != () and value != {}:
            found[alias_of(type(part), name)] = (
                [_DAYS[day] for day in value]
                if isinstance(part, Hours) and name == "days"
                else as_values(value)
            )
    return found


def as_json(values: Any) -> str:
    """JSON text: keys in the order they are given, letters as they are, the same bytes every time."""
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"
