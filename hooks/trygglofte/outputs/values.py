"""Parts of the model as plain values for JSON: Swedish keys as in the files, and nothing that was left out.

Numbers become numbers, yes and no become booleans, and what is only known in words stays words: a hidden count
is `färre än 5` and a date without its year is its wording with its bounds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache, singledispatch
from typing import Any

from trygglofte.model.base import Part, alias_of
from trygglofte.model.common import End, Hours, When
from trygglofte.model.dates import PartialDate
from trygglofte.model.values import Count, Reported

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@singledispatch
def as_values(value: Any) -> Any:
    """A value of the model as JSON can hold it."""
    return value


@as_values.register
def _(value: str) -> str:
    return value


@as_values.register
def _(value: Part) -> Any:
    found = {}
    given = value.model_fields_set
    for name, alias in _fields(type(value)):
        if name in given:
            inner = getattr(value, name)
            if type(inner) is str:
                found[alias] = inner
            elif inner is not None and inner != () and inner != {}:
                found[alias] = _writers[type(inner)](inner)
    return found


@as_values.register
def _(value: Hours) -> Any:
    found = as_values.dispatch(Part)(value)
    if value.days:
        found[alias_of(Hours, "days")] = [_DAYS[day] for day in value.days]
    return found


@as_values.register
def _(value: When) -> Any:
    if isinstance(value, End) and value.open_ended:
        return "tills vidare"
    return str(value.known) if value.known else as_values.dispatch(Part)(value)


@as_values.register(tuple)
@as_values.register(list)
def _(value: Any) -> list[Any]:
    return [_writers[type(item)](item) for item in value]


@as_values.register
def _(value: dict) -> dict[str, Any]:  # type: ignore[type-arg]  # singledispatch takes classes only
    return {str(key): _writers[type(item)](item) for key, item in value.items()}


@as_values.register
def number(value: Decimal) -> int | float:
    """A number without a fraction where it has none."""
    return int(value) if value == value.to_integral_value() else float(value)


@as_values.register
def _(value: Count) -> int | str:
    return value.value if value.value is not None else f"färre än {value.below}"


@as_values.register
def _(value: Reported) -> Any:
    return value.words if value.value is None or value.at_least else number(value.value)


@as_values.register
def _(value: datetime) -> str:
    return f"{value:%Y-%m-%d}" + (f" {value:%H:%M}" if value.time() != time.min else "")


@as_values.register
def _(value: time) -> str:
    return f"{value:%H:%M}"


@as_values.register(Enum)
@as_values.register(StrEnum)  # which is text first of all
@as_values.register(date)
@as_values.register(PartialDate)
def _(value: Any) -> str:
    return str(value)


class _Writers(dict[type, Callable[[Any], Any]]):
    """What `as_values` does with values of a type, asked for once for each."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        self[kind] = found = as_values.dispatch(kind)
        return found


_writers = _Writers()


@cache
def _fields(model: type[Part]) -> tuple[tuple[str, str], ...]:
    return tuple((name, alias_of(model, name)) for name in model.model_fields)


def as_json(values: Any) -> str:
    """JSON text on one line: keys in the order they are given, letters as they are, the same bytes every time."""
    return _ENCODER.encode(values) + "\n"


def as_json_with(values: Any, key: str, written: Iterable[str]) -> str:
    """The same, with a list under a last key of what has been written (`as_json`) already."""
    return f'{as_json(values)[:-2]},"{key}":[{",".join(one[:-1] for one in written)}]}}\n'
