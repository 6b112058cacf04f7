"""A share and the number it was counted of tell the number behind it: 8 percent of 25 answers are 2 persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from trygglofte.auditing import Leak, Secret, leaks, ratio, total
from trygglofte.auditing.reducing import Contradiction
from trygglofte.model import Municipality
from trygglofte.model.situation_summary import IndicatorValue
from trygglofte.model.words import Counting
from trygglofte.problems import Problem
from trygglofte.rules.protection.written import Summary, Thresholds

_RATE = re.compile(r"per ([0-9][0-9 \u00a0\u202f]*)")


def shares_do_not_tell_small_counts(municipality: Municipality) -> Iterator[Problem]:
    """A percentage or a rate with its base leaves at least as many counts possible as a hidden count does.

    Both the count behind it and what is left of the base are kept: who answered otherwise may be few as well.
    """
    threshold = Thresholds(municipality).own
    for summary in municipality.summaries:
        for n, item in enumerate(summary.part.indicators):
            if item.base and isinstance(item.value, Decimal) and item.counts is not Counting.OTHER:
                yield from _share(summary, n, item, item.value, threshold)


def _share(summary: Summary, n: int, item: IndicatorValue, value: Decimal, least: int) -> Iterator[Problem]:
    per, base = _per(item.unit), item.base
    if per is None or base is None or value < 0:
        return
    low, high = (base.value, base.value) if base.value is not None else (1, max(least, base.below or 0) - 1)
    if low < least and base.value is not None:
        return  # the base itself is small, which another rule tells
    facts = [
        total(["part", "rest"], low, high, "base"),
        *ratio(["part"], ["part", "rest"], value, per, "value"),
    ]
    secrets = [Secret("base", ("part", "rest"), least)] if base.value is None else []
    secrets += [Secret(name, (name,), least, hidden=False) for name in ("part", "rest")]
    line = summary.mark("indicators", n, "base").line
    try:
        told: Leak | None = next(leaks(facts, secrets), None)
    except Contradiction:
        told = None
    if told:
        yield summary.problem(
            "avslojat-antal",
            f"Av ”värde” och ”bas” på rad {line} går det att räkna ut ett antal som är mindre än {least}.",
            "Ta bort indikatorn, eller räkna på ett större underlag, till exempel ett helt år.",
            at=("indicators", n, "value"),
        )


def _per(unit: str) -> int | None:
    """100 for a percentage, 1 000 for per mille and 100 000 for `per 100 000 invånare`; None for anything else."""
    unit = unit.strip().lower()
    if unit in ("procent", "%") or unit.startswith("procent "):
        return 100
    if unit.startswith("promille"):
        return 1000
    found = _RATE.match(unit)
    return int(re.sub(r"\D", "", found[1])) or None if found else None
