"""Figures of reports against what was promised: what is done, of how much, and what that makes of it.

A figure is only compared where one number follows from the promise. Words are never read as figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trygglofte.model.common import Period
from trygglofte.model.pledge import Amount, FollowUp, Outcome, Per, Status


@dataclass(frozen=True, slots=True)
class Figures:
    """Done so far against what was promised. `target` is None where no number was promised."""

    done: Decimal
    at_least: bool = False
    target: Decimal | None = None
    at_most: bool = False
    reached: date | None = None


def status_of(figures: Figures, final: bool) -> Status:
    """The status that figures lead to. `final` tells that nothing more is to come."""
    target = figures.target
    assert target is not None
    if figures.at_most:
        if figures.done > target:
            return Status.NOT_DONE
        return (
            Status.NOT_ASSESSABLE if final and figures.at_least else Status.DONE if final else Status.ONGOING
        )
    if figures.done >= target:
        return Status.DONE
    if not final:
        return Status.ONGOING
    if figures.at_least:
        return Status.NOT_ASSESSABLE
    return Status.PARTLY_DONE if figures.done else Status.NOT_DONE


def figures_of(
    amount: Amount | None, heard: Sequence[tuple[FollowUp, Outcome]], valid: Period | None
) -> Figures | None:
    """Done so far: the sum of the periods' figures, or the latest running total. Words give no figures."""
    done, at_least, told, words = Decimal(0), False, False, False
    target = whole_amount(amount, valid) if amount else None
    at_most = target is not None and bool(amount and amount.at_most is not None)
    reached: date | None = None
    for report, outcome in heard:
        said = outcome.total or outcome.during
        if said is None:
            continue
        if said.value is None:
            words = True
            continue
        told = True
        at_least = said.at_least if outcome.total else at_least or said.at_least
        words = words and not outcome.total
        done = said.value if outcome.total else done + said.value
        if target is not None and not at_most and done >= target and reached is None:
            reached = report.period.end
        elif target is not None and done < target:
            reached = None
    if not told or (words and not (target is not None and not at_most and done >= target)):
        return None
    return Figures(done, at_least or words, target, at_most, reached)


_DAYS_PER = {Per.DAY: 1, Per.WEEK: 7}
_MONTHS_PER = {Per.MONTH: 1, Per.QUARTER: 3, Per.TERTIAL: 4, Per.HALF_YEAR: 6, Per.YEAR: 12}


def whole_amount(amount: Amount, valid: Period | None) -> Decimal | None:
    """The number promised for the pledge's whole period, or None where no number follows.

    `50 per år` over two years is 100; `per period` and no time at all is the number itself. No number follows
    from a floor and a ceiling together, from a period that is not known, or from a ceiling that begins anew
    within the period: `högst 6 per år` over two years cannot be read out of a sum.
    """
    limits = [limit for limit in (amount.at_least, amount.exactly, amount.at_most) if limit is not None]
    if len(limits) != 1 or amount.per in {None, Per.PERIOD}:
        return limits[0] if len(limits) == 1 else None
    first, last = (valid.first, valid.last) if valid else (None, None)
    if first is None or last is None or amount.per is None:
        return None
    if amount.per in _DAYS_PER:
        times = max(1, ((last - first).days + 1) // _DAYS_PER[amount.per])
    else:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        times = max(1, months // _MONTHS_PER[amount.per])
    return limits[0] * times if amount.at_most is None or times == 1 else None
