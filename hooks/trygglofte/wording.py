"""How dates, periods, numbers and lists are said in Swedish. Knows the language and nothing of pages."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from trygglofte import amounts
from trygglofte.model.common import Hours, Period, ReportPeriod, When
from trygglofte.model.dates import PartialDate
from trygglofte.model.pledge import Amount, Bound, Cadence, Per
from trygglofte.model.values import Count
from trygglofte.model.words import Direction

NBSP = amounts.NBSP
counted = amounts.counted
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def long_date(day: date, *, year: bool = True) -> str:
    """`12 oktober 2026`, with the day kept on the same line as its month."""
    text = f"{day.day}{NBSP}{MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def partial_date(when: PartialDate) -> str:
    """As much of a date as is known: `2017`, `februari 2017` or `11 februari 2017`."""
    if when.month is None:
        return str(when.year)
    if when.day is None:
        return f"{MONTHS[when.month - 1]} {when.year}"
    return long_date(when.first)


def when(value: When) -> str:
    """A date as far as it is known; the source's own words where there are any."""
    if value.wording:
        return value.wording
    if value.known:
        return partial_date(value.known)
    first, last = value.earliest, value.latest
    if first and last:
        return f"mellan {partial_date(first)} och {partial_date(last)}"
    if first:
        return f"tidigast {partial_date(first)}"
    return f"senast {partial_date(last)}" if last else "okänt datum"


def period(value: Period) -> str:
    """A period of validity: `1 januari – 31 december 2026`, `1–31 mars 2026`, `från 1 mars 2026, tills vidare`.

    What has been extended is told with both ends: `…, förlängt till 30 juni 2027`.
    """
    if value.extended:
        last = max(value.extended, key=lambda item: item.end.last or date.min)
        return f"{period(value.original)}, förlängt till {when(last.end)}"
    if value.wording:
        return value.wording
    start, end = value.start, value.end
    if end and end.open_ended:
        after = end.wording or "tills vidare"
        return f"från {when(start)}, {after}" if start else after
    if start and end:
        both = start.known and end.known
        if both and start.known == end.known:
            return when(start)
        if start.known and end.known and start.known.day and end.known.day:
            return _between(start.known.first, end.known.last)
        if start.known and end.known and not start.known.month and not end.known.month:
            return f"{start.known.year}–{end.known.year}"
        return f"{when(start)} – {when(end)}"
    if start:
        return f"från {when(start)}"
    return when(end) if end and end.wording else f"till {when(end)}" if end else "okänd period"


def _between(first: date, last: date) -> str:
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{long_date(last)}"
    return f"{long_date(first, year=first.year != last.year)} – {long_date(last)}"


def report_period(value: ReportPeriod) -> str:
    """Days that a report covers: `oktober 2026`, `januari–april 2026`, `14 december 2025 – 24 januari 2026`."""
    return _days(value.start, value.end)


@lru_cache(maxsize=1024)
def _days(first: date, last: date) -> str:
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if not whole:
        return _between(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if first.year != last.year:
        return f"{MONTHS[first.month - 1]} {first.year} – {MONTHS[last.month - 1]} {last.year}"
    if first.month == 1 and last.month == 12:
        return f"hela {first.year}"
    return f"{MONTHS[first.month - 1]}–{MONTHS[last.month - 1]} {first.year}"


def number(value: Decimal | int | Count) -> str:
    """`1 200` and `61,5`, with spaces that never break; a hidden count as `färre än 5`."""
    if isinstance(value, Count):
        return count(value)
    if isinstance(value, int) and 0 <= value < 1000:
        return f"{value:d}"
    return amounts.number(value)


def count(value: Count) -> str:
    """A number of events, or that it is hidden: `färre än 5`."""
    return number(value.value) if value.value is not None else f"färre än{NBSP}{value.below}"


def bound(value: Bound) -> str:
    """`minst 50`, `högst 25`, `2`."""
    parts = []
    if value.at_least is not None:
        parts.append(f"minst {number(value.at_least)}")
    if value.at_most is not None:
        parts.append(f"högst {number(value.at_most)}")
    if value.exactly is not None:
        parts.append(number(value.exactly))
    return " och ".join(parts)


def amount(value: Amount) -> str:
    """How much was promised, in its own wording where it has one: `minst 50 pass per år`."""
    if value.wording:
        return value.wording
    head = bound(value)
    if value.everything:
        head = "alla"
    if value.within is not None:
        head = f"inom {number(value.within)}"
    words = [head, value.unit or ""]
    if value.direction:
        turn = _TURNS.get(value.direction)
        words = [value.unit or "", turn] if turn else [str(value.direction), value.unit or ""]
    if value.per:
        words.append("under perioden" if value.per is Per.PERIOD else f"per {value.per}")
        words.append("i snitt" if value.average else "")
    parts = [" ".join(word for word in words if word)]
    if value.each and (each := amount(value.each)):
        parts.append(f"{each} vardera")
    parts.append(value.when or "")
    parts.append("löpande" if value.ongoing else "")
    return keep_units(", ".join(part for part in parts if part))


_TURNS = {Direction.UP: "ska öka", Direction.DOWN: "ska minska", Direction.UNCHANGED: "ska vara som förut"}
"""Directions that are said after what should move; the others (`fler`, `färre`) stand before it."""


def keep_units(text: str) -> str:
    """A number and the word after it stay on one line."""
    words = text.split(" ")
    joined = words[0]
    for before, word in pairwise(words):
        joined += (NBSP if before[-1:].isdigit() else " ") + word
    return joined


def cadence(value: Cadence | tuple[PartialDate, ...]) -> str:
    """How often something is followed up: `varje tertial`, or the days."""
    if isinstance(value, tuple):
        return listing([partial_date(item) for item in value])
    return str(value)


def listing(items: Sequence[str], last: str = "och") -> str:
    """`a`, `a och b`, `a, b och c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def clock(value: time) -> str:
    """`08.00`."""
    return f"{value.hour:02d}.{value.minute:02d}"


def hours(value: Hours) -> str:
    """`måndag–onsdag 08.00–17.00`."""
    return f"{weekdays(value.days)} {clock(value.opens)}–{clock(value.closes)}"


def weekdays(days: Sequence[int]) -> str:
    """`måndag–onsdag`, `torsdag` or `måndag och fredag`."""
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{WEEKDAYS[days[0]]}–{WEEKDAYS[days[-1]]}"
    return listing([WEEKDAYS[day] for day in days])


def uncapital(text: str) -> str:
    """The text with a small first letter and the rest as it is, so that names within it keep theirs."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
