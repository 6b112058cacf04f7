"""Hidden counts cannot be worked out from all that is published: everything is put to the audit, together.

What the audit is told: that counts are whole, that `färre än 5` is 1 to 4 (none is written as 0), that what happens
in a place also happens in the place it lies in and in the municipality, that periods hold the days they hold, and
that counts of the same kind (`räknar`) can be added. Beside hidden counts it keeps what is left of a total when its
published parts are taken away, for that is a count as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from trygglofte.auditing import (
    Fact,
    Figure,
    Leak,
    Remainder,
    blamed,
    clusters,
    contradiction,
    groups,
    leaks,
    table,
)
from trygglofte.auditing.solving import Contradiction
from trygglofte.auditing.tables import divided
from trygglofte.model import Municipality
from trygglofte.problems import Problem
from trygglofte.rules.protection import saying
from trygglofte.rules.protection.written import Summary, Thresholds, Written, counts, newest

_MOST_HIDDEN_TOO = 3
_CANDIDATES = 10
_PUBLISHED = 10**9
_WORK = 2000


def published_counts_agree_and_keep_what_is_hidden(
    municipality: Municipality, earlier: Iterable[tuple[Summary, int]] = ()
) -> Iterator[Problem]:
    """Figures agree, and no figures together tell more of a hidden count than the words that hide it.

    `earlier` are older versions of the summaries (which anybody can read in the history), each with how many
    versions back it is, the newest first.
    """
    thresholds = Thresholds(municipality)
    written = [one for summary in municipality.summaries for one in counts(summary, thresholds)]
    written += [one for summary, back in earlier for one in counts(summary, thresholds, back)]
    alike: dict[str, list[Written]] = {}
    for one in newest(written):
        alike.setdefault(one.counting, []).append(one)
    for some in alike.values():
        by_name = {one.figure.name: one for one in some}
        for cluster in clusters([one.figure for one in some]):
            if len(cluster) > 1:
                yield from _cluster(cluster, by_name)


def _exceeds(whole: Figure, parts: Sequence[Figure]) -> bool:
    return sum(part.low for part in parts if not part.hidden) > whole.high


def _cluster(cluster: list[Figure], written: dict[object, Written]) -> Iterator[Problem]:
    """What can be worked out from figures that have to do with each other."""
    now = [figure for figure in cluster if not written[figure.name].version]
    older = _compatible(now, [figure for figure in cluster if written[figure.name].version])
    parted = list(divided(now))
    exceeded = [(whole, parts) for whole, parts, by in parted if by == "place" and _exceeds(whole, parts)]
    for whole, parts in exceeded:
        yield saying.exceeded(written[whole.name], [written[part.name] for part in parts])
    if exceeded:
        return
    if not any(figure.hidden for figure in now) and not older:
        yield from _left_over(now, parted, written)
        return
    found = _audit(now, older)
    for facts, told in found:
        if isinstance(told, Leak):
            others = [written[one.name] for one in _cheapest(now, older, facts)]
            by = told.secret.name.by if isinstance(told.secret.name, Remainder) else ""
            figures = [written[name] for name in blamed(facts, told)]
            if by:
                yield saying.left_over(by, told.secret.threshold, figures, others)
            else:
                yield saying.worked_out(written[told.secret.name], told, figures, others)
        else:
            yield saying.contradicting([written[name] for name in told])


def _audit(
    now: Sequence[Figure], older: Sequence[Figure], first: bool = False
) -> list[tuple[list[Fact], Leak | tuple[object, ...]]]:
    """One leak, or figures that contradict each other, per group of facts; only one at all with `first`."""
    found: list[tuple[list[Fact], Leak | tuple[object, ...]]] = []
    everything = table([*now, *older])
    names = {figure.name for figure in now}
    secrets = [
        secret
        for secret in everything.secrets
        if (secret.name.figure if isinstance(secret.name, Remainder) else secret.name) in names
    ]
    for facts in groups(everything.facts):
        cells = {cell for fact in facts for cell, _ in fact.terms}
        here = [secret for secret in secrets if secret.cells[0] in cells]
        if len(facts) < 2 or not here:
            continue
        here.sort(key=lambda secret: not secret.hidden)
        left = tuple(some for some in everything.remainders if some[0] in cells)
        try:
            leak = next(leaks(facts, here, left), None)
            found += [(facts, leak)] if leak else []
        except Contradiction:
            found.append((facts, contradiction(facts)))
        if found and first:
            break
    return found


def _compatible(now: Sequence[Figure], older: Sequence[Figure]) -> list[Figure]:
    """The older figures that can be true together with today's. Others were corrected, and say nothing."""
    kept: list[Figure] = []
    for figure in older:
        facts = table([*now, *kept, figure]).facts
        if not any(contradiction(group) for group in groups(facts)):
            kept.append(figure)
    return kept


def _left_over(
    figures: Sequence[Figure],
    parted: Sequence[tuple[Figure, list[Figure], str]],
    written: dict[object, Written],
) -> Iterator[Problem]:
    """What is left of shown totals where nothing is hidden: plain arithmetic."""
    for whole, parts, by in parted:
        left = whole.low - sum(part.low for part in parts)
        days = sum(part.last - part.first + 1 for part in parts)
        nothing_else = by == "time" and days == whole.last - whole.first + 1
        told = [written[whole.name], *(written[part.name] for part in parts)]
        if by != "place" and (left < 0 or (nothing_else and left)):
            yield saying.contradicting(told)
        elif 0 < left < whole.threshold and not nothing_else:
            others = _cheapest(figures, (), table(figures).facts)
            yield saying.left_over(by, whole.threshold, told, [written[one.name] for one in others])


def _cheapest(now: Sequence[Figure], older: Sequence[Figure], facts: Sequence[Fact]) -> tuple[Figure, ...]:
    """The figures to take away so that nothing is given away: as few as possible, and then as small as possible.

    Those of the latest period before others, which have been published longer. () where none was found.
    """
    there = {fact.figure for fact in facts}
    newest = max(figure.last for figure in now)
    costs = {
        figure: figure.high + (figure.last < newest) * _PUBLISHED for figure in now if figure.name in there
    }
    candidates = sorted(costs, key=lambda figure: costs[figure])[:_CANDIDATES]
    combined = (some for size in range(1, _MOST_HIDDEN_TOO + 1) for some in combinations(candidates, size))
    ordered = sorted(combined, key=lambda some: (len(some), sum(costs[figure] for figure in some)))
    for some in ordered[: max(10, _WORK // len(now))]:
        if not _gives_away([figure for figure in now if figure not in some], older):
            return some
    return ()


def _gives_away(now: Sequence[Figure], older: Sequence[Figure]) -> bool:
    for cluster in clusters([*now, *older]):
        here = [figure for figure in cluster if figure in now]
        if here and _audit(here, [figure for figure in cluster if figure not in now], first=True):
            return True
    return False
