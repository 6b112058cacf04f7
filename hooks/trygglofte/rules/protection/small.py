"""Counts below the threshold are never written: they point at people, and the files are public.

What a commitment promises and a report says was done (`54 pass`) is not protected: it counts activities of the
parties, not people or what has happened to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trygglofte.model import Municipality
from trygglofte.model.pledge import Indicator
from trygglofte.model.situation_summary import IndicatorValue
from trygglofte.model.values import Count
from trygglofte.model.words import Counting
from trygglofte.problems import Problem
from trygglofte.rules.protection.written import Steps, Summary, Thresholds, counted, whole


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
    for summary, those in counted(municipality):
        for written in those:
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


def pledges_do_not_tell_small_counts(municipality: Municipality) -> Iterator[Problem]:
    """Values of a pledge's indicators: at the start, and as follow-ups tell them.

    They stand alone, each of a day, and are parts of no sum; so they are held to the threshold and not put to the
    audit. There is no hidden form: what is small is left out, or told as a share or of a longer time.
    """
    least = Thresholds(municipality).own
    for pledge in municipality.pledges:
        told: list[tuple[Indicator, Decimal | None, Steps]] = [
            (item, item.baseline, ("indicators", n, "baseline"))
            for n, item in enumerate(pledge.part.indicators)
        ]
        known = {item.id: item for item in pledge.part.indicators}
        told += [
            (known[one.indicator], one.value, ("follow_ups", n, "measurements", i, "value"))
            for n, report in enumerate(pledge.part.follow_ups)
            for i, one in enumerate(report.measurements)
            if one.indicator in known
        ]
        for item, value, at in told:
            if value is None or item.counts is Counting.OTHER:
                continue
            if item.counts and 0 < value < least:
                yield pledge.problem(
                    "litet-antal", f"Antalet är mindre än {least} och kan peka ut någon.",
                    "Ta bort värdet, eller mät en andel eller en längre tid.", at=at,
                )  # fmt: skip
            elif not item.counts and not item.scale and _could_count(item.unit, value, least):
                yield pledge.problem(
                    "osagt-antal",
                    f"Värdet är mindre än {least}. Är det människor eller händelser kan det peka ut någon.",
                    "Räknar indikatorn sådant: ta bort värdet, och skriv ”räknar: händelser” eller "
                    "”räknar: människor”. Annars: skriv ”räknar: annat” vid indikatorn.",
                    at=at,
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
    if item.counts or item.scale or item.base or isinstance(item.value, Count):
        return False
    return _could_count(item.unit, item.value, threshold)


def _could_count(unit: str, value: Decimal, threshold: int) -> bool:
    """Whether a value is a small whole number of something that is no share or rate."""
    count = whole(value)
    rate = unit.lower().startswith(("procent", "%", "promille", "per "))
    return not rate and count is not None and 0 < (count.value or 0) < threshold
