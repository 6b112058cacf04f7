"""When a change between two counts may be called a change, and not chance.

The rule is the exact conditional test of two Poisson counts (J. Przyborowski and H. Wilenski, ”Homogeneity of
results in testing samples from Poisson series”, Biometrika 31, 1940, pages 313–323). If nothing has changed,
each of the n events of both periods falls in the later one with the chance p = its days / the days of both, and
the later count is binomial (n, p). The share of all outcomes that lie at least as far out on the same side is
doubled, because nobody said beforehand which way it would go. So periods of unequal length are compared per day.

The level is 1 in 200. A page makes about ten comparisons (five or six themes, against the period before and
against the same time last year), and Bonferroni's bound for one false alarm in twenty such pages is 0.05 / 10.
It is the same on every page, so that the same two figures never get two answers.

Everything is whole numbers: the same answer on every machine.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import comb, gcd

LEVEL = Fraction(1, 200)
EXACT_UP_TO = 1000
"""Events in both periods together. Above it the binomial is as good as normal, and that is quicker."""

_Z_SQUARED = Fraction(7880, 1000)
"""The square of 2.807, which a standard normal number exceeds, up or down, 1 time in 200; rounded up."""


class Change(StrEnum):
    """What may be said of two counts."""

    MORE = "säkert fler"
    FEWER = "säkert färre"
    UNSURE = "ingen säker skillnad"


@lru_cache(maxsize=4096)
def change(now: int, days: int, before: int, days_before: int) -> Change:
    """Whether `now` events in `days` days are surely more or fewer per day than `before` in `days_before`.

    Counts are whole and not negative, days whole and positive; anything else is a ValueError.
    """
    if now < 0 or before < 0 or days < 1 or days_before < 1:
        raise ValueError("counts are not negative, and periods have days")
    if now * days_before < before * days:
        opposite = change(before, days_before, now, days)
        return Change.FEWER if opposite is Change.MORE else opposite
    divisor = gcd(days, days_before)
    test = _exact if now + before <= EXACT_UP_TO else _normal
    return Change.MORE if test(now, days // divisor, before, days_before // divisor) else Change.UNSURE


def tail(now: int, days: int, before: int, days_before: int) -> Fraction:
    """The chance of `now` events or more in the later period, of the `now + before`, if nothing has changed."""
    total = now + before
    term = comb(total, now) * days**now * days_before**before
    found = 0
    for later in range(now, total + 1):
        found += term
        term = term * (total - later) * days // ((later + 1) * days_before)
    return Fraction(found, (days + days_before) ** total)


def _exact(now: int, days: int, before: int, days_before: int) -> bool:
    return 2 * tail(now, days, before, days_before) < LEVEL


def _normal(now: int, days: int, before: int, days_before: int) -> bool:
    """The same test's normal limit, with a correction of half an event; both sides multiplied until whole."""
    both = days + days_before
    distance = 2 * (now * both - (now + before) * days) - both
    return distance > 0 and distance**2 > 4 * _Z_SQUARED * (now + before) * days * days_before
