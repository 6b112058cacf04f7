"""Hidden counts cannot be worked out from all that is published: everything is put to the audit, together.

What the audit is told: that counts are whole, that `färre än 5` is 1 to 4 (none is written as 0), that what happens
in a place also happens in the place it lies in and in the municipality, that periods hold the days they hold, and
that counts of the same kind (`räknar`) can be added. Beside hidden counts it keeps what is left of a total when its
published parts are taken away, for that is a count as well.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
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
from trygglofte.auditing.reducing import Contradiction
from trygglofte.auditing.tables import divided
from trygglofte.model import Municipality
from trygglofte.problems import Problem
from trygglofte.rules.protection import saying
from trygglofte.rules.protection.written import Summary, Thresholds, Written, counted, counts, newest

_PUBLISHED = 10**9
_PAIRS = 20


def published_counts_agree_and_keep_what_is_hidden(municipality: Municipality) -> Iterator[Problem]:
    """Figures agree, and no figures together tell more of a hidden count than the words that hide it."""
    written = [one for _, those in counted(municipality) for one in those]
    for cluster, by_name in _clusters(written):
        yield from _cluster(cluster, by_name)


def earlier_versions_keep_what_is_hidden(
    municipality: Municipality, earlier: Iterable[tuple[Summary, int]]
) -> Iterator[Problem]:
    """Nor do today's figures together with those of older versions, which anybody can read in the history.

    `earlier` are older versions of the summaries, each with how many versions back it is, the newest first. What
    today's figures give away by themselves is told by the rule above, and mended first.
    """
    thresholds = Thresholds(municipality)
    written = [one for _, those in counted(municipality) for one in those]
    known = {_fact(one) for one in written}
    older = []
    for one in (one for summary, back in earlier for one in counts(summary, thresholds, back)):
        if _fact(one) not in known:
            known.add(_fact(one))
            older.append(one)
    if not older:
        return
    for cluster, by_name in _clusters([*written, *older]):
        if any(by_name[figure.name].version for figure in cluster):
            yield from _cluster(cluster, by_name)


def _fact(one: Written) -> tuple[object, ...]:
    """What a count says, wherever it stands: said twice it tells nothing more."""
    figure = one.figure
    return one.counting, figure.topic, figure.place, figure.first, figure.last, figure.low, figure.high


def _clusters(written: Sequence[Written]) -> Iterator[tuple[list[Figure], dict[object, Written]]]:
    """Figures that have to do with each other, with where they stand."""
    alike: dict[str, list[Written]] = {}
    for one in newest(written):
        alike.setdefault(one.counting, []).append(one)
    for some in alike.values():
        by_name: dict[object, Written] = {one.figure.name: one for one in some}
        yield from (
            (cluster, by_name) for cluster in clusters([one.figure for one in some]) if len(cluster) > 1
        )


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
        wrong = [(whole, parts) for whole, parts, by in parted if _contradict(whole, parts, by)]
        for whole, parts in wrong:
            yield saying.contradicting([written[figure.name] for figure in (whole, *parts)])
        if wrong or not any(0 < _left(whole, parts) < whole.threshold for whole, parts, _ in parted):
            return
    for facts, told in _audit(now, older):
        if isinstance(told, Leak):
            names = blamed(facts, told)
            by = [written[name] for name in names]
            if any(one.version for one in by):
                yield saying.given_away_by_the_past(told, by, written)
                continue
            others = [written[one.name] for one in _cheapest(now, older, told, names, facts)]
            yield saying.given_away(told, by, others, written)
        else:
            yield saying.contradicting([written[name] for name in told])


def _left(whole: Figure, parts: Sequence[Figure]) -> int:
    """What is left of a shown count when shown parts are taken away."""
    return whole.low - sum(part.low for part in parts)


def _contradict(whole: Figure, parts: Sequence[Figure], by: str) -> bool:
    """Whether shown topics or periods hold more than the whole, or less where they cover all its days."""
    days = sum(part.last - part.first + 1 for part in parts)
    covered = by == "time" and days == whole.last - whole.first + 1
    return by != "place" and (_left(whole, parts) < 0 or (covered and _left(whole, parts) > 0))


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
            everyone = tuple(dict.fromkeys(fact.figure for fact in facts))
            found.append((facts, contradiction(facts) or everyone))
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


def _cheapest(
    now: Sequence[Figure],
    older: Sequence[Figure],
    leak: Leak,
    names: Sequence[Hashable],
    facts: Sequence[Fact],
) -> list[Figure]:
    """The figures to take away so that nothing is given away: one or two where that is enough, and small ones.

    Those of the latest period before others, which have been published longer. What is taken away is among
    `names`, which give something away together; of more than two, none can be put back. [] where it could not
    be decided what does.
    """
    there = {fact.figure for fact in facts}
    now = [figure for figure in now if figure.name in there]
    latest = max(figure.last for figure in now)

    def cost(figure: Figure) -> int:
        return figure.high + (figure.last < latest) * _PUBLISHED

    def helps(gone: Sequence[Figure]) -> bool:
        return not _leaking([figure for figure in now if figure not in gone], older)

    if leak.values is None:
        return []
    candidates = sorted((one for one in now if one.name in {*names, leak.secret.name}), key=cost)
    pairs = sorted(combinations(candidates, 2), key=lambda some: sum(map(cost, some)))
    for some in [(figure,) for figure in candidates] + pairs[:_PAIRS]:
        if helps(some):
            return list(some)
    return _until(now, older, candidates[:1], cost, helps)


def _until(
    now: Sequence[Figure],
    older: Sequence[Figure],
    gone: list[Figure],
    cost: Callable[[Figure], int],
    helps: Callable[[Sequence[Figure]], bool],
) -> list[Figure]:
    """Take away the cheapest figure of each leak until none is left, and put back those that can be."""
    while left := _leaking([figure for figure in now if figure not in gone], older):
        facts, leak = left
        names = {*blamed(facts, leak), leak.secret.name} if leak.values is not None else ()
        away = [figure for figure in now if figure.name in names and figure not in gone]
        if not away:
            return []
        gone = [*gone, min(away, key=cost)]
    for figure in gone:
        fewer = [one for one in gone if one is not figure]
        if helps(fewer):
            gone = fewer
    return gone


def _leaking(now: Sequence[Figure], older: Sequence[Figure]) -> tuple[list[Fact], Leak] | None:
    """A leak that is left, with the facts it comes of."""
    for cluster in clusters([*now, *older]):
        here = [figure for figure in cluster if figure in now]
        rest = [figure for figure in cluster if figure not in now]
        for facts, told in _audit(here, rest, first=True) if here else ():
            if isinstance(told, Leak):
                return facts, told
    return None
