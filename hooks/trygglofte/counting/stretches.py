"""A promise that begins anew: `50 per år` is 50 each year, and 120 one year does not make up for none the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from trygglofte.counting.series import ZERO, Entry
from trygglofte.counting.spans import Span


class Answer(Enum):
    """Whether a stretch had what was promised for it."""

    KEPT = "kept"
    BROKEN = "broken"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch, or several that the reports do not tell apart (`times`), with what was done in it."""

    span: Span
    times: int
    done: Decimal
    floor: Decimal | None
    ceiling: Decimal | None
    at_least: bool
    answer: Answer


def blocks_of(entries: Sequence[Entry], spans: Sequence[Span]) -> list[list[Span]]:
    """Neighbouring stretches kept together where a report covers days of more than one."""
    blocks: list[list[Span]] = []
    for span in spans:
        joined = blocks and any(
            entry.span.first <= blocks[-1][-1].last and entry.span.last >= span.first for entry in entries
        )
        if joined:
            blocks[-1].append(span)
        else:
            blocks.append([span])
    return blocks


def judged(
    entries: Sequence[Entry],
    spans: Sequence[Span],
    limits: tuple[Decimal | None, Decimal | None],
    until: date,
) -> tuple[Stretch, ...]:
    """Every block of stretches up to the day that reports reach (`until`), judged by itself."""
    found = []
    for block in blocks_of(entries, spans):
        whole = Span(block[0].first, block[-1].last)
        inside = [e for e in entries if e.span.first <= whole.last and whole.first <= e.span.last]
        if whole.first > until and not inside:
            continue
        found.append(_stretch(whole, len(block), inside, limits, until))
    return tuple(found)


def _stretch(
    whole: Span,
    times: int,
    inside: Sequence[Entry],
    limits: tuple[Decimal | None, Decimal | None],
    until: date,
) -> Stretch:
    floor, ceiling = (limit * times if limit is not None else None for limit in limits)
    done = sum((entry.value or ZERO for entry in inside), ZERO)
    sure = sum((entry.sure for entry in inside), ZERO)
    small = sum((entry.small for entry in inside), ZERO)
    straddles = any(e.span.first < whole.first or e.span.last > whole.last for e in inside)
    loose = any(entry.at_least or entry.value is None for entry in inside) or has_gaps(
        inside, Span(whole.first, min(whole.last, until))
    )
    over, one = until >= whole.last, times == 1 and not straddles
    answers = set()
    if floor is not None:
        enough = sure >= floor
        short = over and done - small < floor and not loose
        answers.add(
            Answer.BROKEN if short
            else Answer.KEPT if enough and one
            else Answer.UNKNOWN if over else Answer.OPEN
        )  # fmt: skip
    if ceiling is not None:
        within = done <= (limits[1] or ZERO)
        answers.add(
            Answer.BROKEN if done > ceiling and not straddles
            else Answer.OPEN if not over
            else Answer.KEPT if within and not loose else Answer.UNKNOWN
        )  # fmt: skip
    order = (Answer.BROKEN, Answer.OPEN, Answer.UNKNOWN, Answer.KEPT)
    answer = next((one for one in order if one in answers), Answer.UNKNOWN)
    return Stretch(whole, times, done, floor, ceiling, loose, answer)


def has_gaps(entries: Sequence[Entry], whole: Span) -> bool:
    """Whether some days are reported by nobody, so that more may have been done than is told."""
    next_day = whole.first.toordinal()
    for entry in sorted(entries, key=lambda item: item.span.first):
        if entry.span.first.toordinal() > next_day:
            return True
        next_day = max(next_day, entry.span.last.toordinal() + 1)
    return next_day <= whole.last.toordinal()
