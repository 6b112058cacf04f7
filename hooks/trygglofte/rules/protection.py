"""Small counts never stand in a public file: they point at people.

No law sets the number; the threshold is the municipality's own (`skydd: tröskel`).
"""

from __future__ import annotations

from collections.abc import Iterator

from trygglofte.model import Filed, Municipality, SituationSummary
from trygglofte.model.values import Count
from trygglofte.problems import Problem


def small_counts_are_protected(municipality: Municipality) -> Iterator[Problem]:
    """A count below the threshold is written `färre än N`. The message does not repeat the number."""
    threshold = int(municipality.file.part.protection.threshold)
    for summary in municipality.summaries:
        for n, category in enumerate(summary.part.categories):
            counts: list[tuple[tuple[str | int, ...], Count | None]] = [
                (("categories", n, "count"), category.count)
            ]
            counts += [
                (("categories", n, "places", place), count) for place, count in category.places.items()
            ]
            for steps, count in counts:
                if count and count.value is not None and 0 < count.value < threshold:
                    yield summary.problem("litet-antal", f"Antalet är mindre än {threshold} och kan peka ut någon.",
                                          f"Skriv ”färre än {threshold}”.", at=steps)  # fmt: skip
                if count and count.below is not None and count.below < threshold:
                    yield summary.problem(
                        "litet-antal",
                        f"”färre än {count.below}” säger mer än kommunens gräns tillåter.",
                        f"Skriv ”färre än {threshold}”.",
                        at=steps,
                    )
            yield from _given_away(summary, n)


def _given_away(summary: Filed[SituationSummary], n: int) -> Iterator[Problem]:
    """Hidden places must not be possible to narrow down from the total and the places that are shown.

    Each hidden count is at least 1 and below its limit. Where the rest can be made up of the hidden places
    alone, every value within those bounds must remain possible for each of them.
    """
    category = summary.part.categories[n]
    total = category.count.value if category.count else None
    hidden = {place: count.below or 0 for place, count in category.places.items() if count.value is None}
    if total is None or not hidden:
        return
    rest = total - sum(count.value for count in category.places.values() if count.value is not None)
    most = sum(below - 1 for below in hidden.values())
    others = len(hidden) - 1
    for place, below in hidden.items():
        lowest = rest - (most - (below - 1))
        if rest <= most and (lowest > 1 or rest - others < below - 1):
            yield summary.problem(
                "avslojat-antal",
                "Det dolda antalet går att räkna ut, helt eller nästan, från ”antal” och de andra platserna.",
                "Ta bort ”antal”, eller dela inte upp det på platser.",
                at=("categories", n, "places", place),
            )
            return


def places_do_not_exceed_the_total(municipality: Municipality) -> Iterator[Problem]:
    """The places of a category never hold more events than the category."""
    for summary in municipality.summaries:
        for n, category in enumerate(summary.part.categories):
            if category.count is None:
                continue
            value, below = category.count.value, category.count.below
            known = sum(count.value or 0 for count in category.places.values())
            if (value is not None and known > value) or (below is not None and known >= below):
                total = f"färre än {below}" if value is None else value
                line = summary.mark("categories", n, "count").line
                yield summary.problem(
                    "summan-stammer-inte",
                    f"Platserna har fler händelser ({known}) än ”antal” på rad {line} ({total}).",
                    "Rätta antalen.", at=("categories", n, "places"), key=True,
                )  # fmt: skip
