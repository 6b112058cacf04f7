"""Counts below the threshold are never written: they point at people, and the files are public.

What a commitment promises and a report says was done (`54 pass`) is not protected: it counts activities of the
parties, not people or what has happened to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from trygglofte.model import Municipality
from trygglofte.model.situation_summary import IndicatorValue
from trygglofte.model.values import Count
from trygglofte.problems import Problem
from trygglofte.rules.protection.written import Steps, Summary, Thresholds, counts, whole


def thresholds_can_hide(municipality: Municipality) -> Iterator[Problem]:
    """A threshold of 2 would hide nothing: the only count below it is 1. 0 is no protection at all, and chosen."""
    file = municipality.file
    places = [(("places", n, "threshold"), place.threshold) for n, place in enumerate(file.part.places)]
    for at, threshold in [(("protection", "threshold"), file.part.protection.threshold), *places]:
        if threshold in (1, 2):
            yield file.problem(
                "for-lag-troskel", f"Tröskeln {threshold} döljer ingenting.",
                "Skriv minst 3. Vanligt är 5.", at=at,
            )  # fmt: skip


def small_counts_are_protected(municipality: Municipality) -> Iterator[Problem]:
    """A count below the threshold is written `färre än N`. The message does not repeat the number."""
    thresholds = Thresholds(municipality)
    for summary in municipality.summaries:
        for written in counts(summary, thresholds):
            yield from _small(summary, written.steps, written.count, written.figure.threshold)
        for n, item in enumerate(summary.part.indicators):
            if item.base:
                yield from _small(summary, ("indicators", n, "base"), item.base, thresholds.own)
            if _is_unsaid(item, thresholds.own):
                yield summary.problem(
                    "osagt-antal",
                    f"Värdet är mindre än {thresholds.own}. Är det människor eller händelser kan det peka ut någon.",
                    f"Räknar det sådant: skriv ”värde: färre än {thresholds.own}”, och ”räknar: händelser” eller "
                    "”räknar: människor”. Annars: skriv ”räknar: annat”.",
                    at=("indicators", n, "value"),
                )


def _small(summary: Summary, at: Steps, count: Count, threshold: int) -> Iterator[Problem]:
    if count.value is not None and 0 < count.value < threshold:
        yield summary.problem("litet-antal", f"Antalet är mindre än {threshold} och kan peka ut någon.",
                              f"Skriv ”färre än {threshold}”.", at=at)  # fmt: skip
    if count.below is not None and count.below < threshold:
        yield summary.problem(
            "litet-antal",
            f"”färre än {count.below}” säger mer än kommunens gräns tillåter.",
            f"Skriv ”färre än {threshold}”.",
            at=at,
        )


def _is_unsaid(item: IndicatorValue, threshold: int) -> bool:
    """Whether a value could be a small count and nobody has said what it is: no share, rate or grade on a scale."""
    unit = item.unit.lower()
    rate = unit.startswith(("procent", "%", "promille", "per "))
    if item.counts or item.scale or item.base or rate or isinstance(item.value, Count):
        return False
    count = whole(item.value)
    return count is not None and 0 < (count.value or 0) < threshold
