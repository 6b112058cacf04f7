"""What the audit promises: that a reader with every published figure knows no more about a hidden count than may
be known, and that what it says can be worked out is exactly what a reader who tries everything works out.

The attacker here tries every table of whole numbers there is, and shares no code with the audit.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from trygglofte.auditing import (
    Fact,
    Figure,
    Remainder,
    Secret,
    blamed,
    clusters,
    contradiction,
    difference,
    groups,
    leaks,
    ratio,
    table,
    total,
)
from trygglofte.auditing.reducing import Contradiction
from trygglofte.auditing.solving import System

pytestmark = pytest.mark.slow

STEPS = 30_000


def every_table(facts, most):
    """Every way to fill the cells with 0 … most that agrees with the facts."""
    cells = sorted({cell for fact in facts for cell, _ in fact.terms}, key=repr)
    for values in product(range(most + 1), repeat=len(cells)):
        table_ = dict(zip(cells, values, strict=True))
        sums = [(sum(weight * table_[cell] for cell, weight in fact.terms), fact) for fact in facts]
        if all((f.low is None or f.low <= s) and (f.high is None or s <= f.high) for s, f in sums):
            yield table_


def summed(table_, cells):
    return sum(table_[cell] for cell in cells)


def narrowed(tables, secret):
    """What the attacker knows of a secret, where that is too much; None where it is kept."""
    values = {summed(one, secret.cells) for one in tables}
    small = any(0 < value < secret.threshold for value in values)
    return tuple(sorted(values)) if small and len(values) < secret.threshold - 1 else None


def attacked(facts, secrets, remainders, most):
    """Every secret that the attacker narrows down, by brute force, with the fewest assumptions needed."""
    tables = list(every_table(facts, most))
    sets = [set(some) for n in range(len(remainders) + 1) for some in combinations(remainders, n)]
    worlds = [(some, [t for t in tables if all(summed(t, cells) == 0 for cells in some)]) for some in sets]
    worlds = [(some, left) for some, left in worlds if left]
    largest = [w for w in worlds if w[0] and not any(w[0] < other for other, _ in worlds)]
    found = {}
    for secret in secrets:
        for some, left in [w for w in worlds if not w[0]] + (largest if secret.hidden else []):
            values = narrowed(left, secret)
            if values is not None:
                found.setdefault(secret.name, set()).add(values)
                if not some:
                    break
    return found


def agrees(facts, secrets, remainders, most):
    """The audit says what the attacker finds. Returns how many secrets were given away."""
    said = {leak.secret.name: leak.values for leak in leaks(facts, secrets, remainders)}
    found = attacked(facts, secrets, remainders, most)
    assert set(said) == set(found)
    assert all(values in found[name] for name, values in said.items())
    return len(said)


numbers = st.integers(0, 4)


@st.composite
def systems(draw):
    """Facts of any kind about at most four cells from 0 to 4, true of at least one table."""
    cells = "abcd"[: draw(st.integers(1, 4))]
    truth = {cell: draw(numbers) for cell in cells}
    facts = [total([cell], 0, 4, cell) for cell in cells]
    for n in range(draw(st.integers(1, 4))):
        terms = tuple((c, w) for c in cells if (w := draw(st.integers(-2, 3))))
        if terms:
            value = sum(w * truth[c] for c, w in terms)
            low = draw(st.sampled_from([None, value, value - 1, value - 3]))
            high = draw(st.sampled_from([None, value, value + 1, value + 2])) if low != value else value
            facts.append(Fact(terms, low, high, n))
    return facts, draw(st.permutations(cells))[: draw(st.integers(1, len(cells)))]


@settings(max_examples=300, deadline=None)
@given(systems())
def test_what_is_possible_is_exactly_what_trying_everything_finds(found):
    facts, cells = found
    system = System(facts, STEPS)
    tried = {summed(one, cells) for one in every_table(facts, 4)}
    low, high = system.bounds(cells)
    assert {value for value in range(low, high + 1) if system.has((cells, value, value))} == tried


@settings(max_examples=200, deadline=None)
@given(systems(), st.integers(-6, 12))
def test_a_contradiction_is_told_with_figures_none_of_which_can_be_spared(found, wrong):
    facts = [*found[0], total(found[1], wrong, wrong, "wrong")]
    told = contradiction(facts)
    assert bool(told) == (not list(every_table(facts, 4)))
    for spared in told:
        assert not contradiction([fact for fact in facts if fact.figure in told and fact.figure != spared])


def figure(name, value, place=(), days=(1, 30), topic="trafik", threshold=5):
    """A shown count, or a hidden one where the value is None."""
    low, high = (value, value) if value is not None else (1, threshold - 1)
    return Figure(name, topic, place, *days, low, high, threshold, value is None)


PLACES = ((), ("c",), ("c", "r"), ("h",))


@st.composite
def published(draw):
    """What a municipality publishes of a true table: totals, places, places within them, longer periods."""
    threshold = draw(st.integers(3, 4))
    months = draw(st.sampled_from([1, 1, 2]))
    places = PLACES if months == 1 else ((), ("c",))
    truth = {(p, m): draw(st.integers(0, 4)) for p in places for m in range(months)}
    spans = [(m, m) for m in range(months)] + ([(0, 1)] if months == 2 else [])
    figures = []
    for place, (first, last) in product(places, spans):
        count = sum(v for (p, m), v in truth.items() if p[: len(place)] == place and first <= m <= last)
        if draw(st.integers(0, 3)):
            small = 0 < count < threshold
            figures.append(figure((place, first, last), None if small else count, place, (first, last),
                                  threshold=threshold))  # fmt: skip
    return figures


@settings(max_examples=250, deadline=None)
@given(published())
def test_totals_places_and_periods_give_away_exactly_what_trying_everything_finds(figures):
    if not figures:
        return
    found = table(figures)
    most = max(4, *(figure.high for figure in figures))
    if len({cell for fact in found.facts for cell, _ in fact.terms}) <= 4 and most <= 9:
        agrees(found.facts, found.secrets, found.remainders, most)


def rows_and_columns(random):
    """A table with totals of rows, columns and all; what is small is hidden, and some of the rest."""
    height, width = random.choice([(2, 2), (2, 3), (3, 2)])
    cells = {(r, c): random.choice([0, 1, 2, 3, 3, 4, 5, 6]) for r in range(height) for c in range(width)}
    sums = [("row", [(r, c) for c in range(width)]) for r in range(height)]
    sums += [("column", [(r, c) for r in range(height)]) for c in range(width)]
    facts, secrets = [], []
    for n, (kind, inside) in enumerate(sums):
        if random.random() < 0.9:
            value = sum(cells[cell] for cell in inside)
            facts.append(total(inside, value, value, (kind, n)))
    for cell, value in cells.items():
        if 0 < value < 4:
            facts.append(total([cell], 1, 3, cell))
            secrets.append(Secret(cell, (cell,), 4))
        elif not value or random.random() < 0.6:
            facts.append(total([cell], value, value, cell))
        else:
            facts.append(total([cell], 1, 9, cell))
    return facts, secrets


def few_tables(facts):
    """Every table that agrees, found by filling in one cell at a time."""
    cells = sorted({cell for fact in facts for cell, _ in fact.terms})

    def fill(done, left):
        if not left:
            yield done
            return
        for value in range(10):
            more = done | {left[0]: value}
            if all(
                sum(more.get(c, 0) for c, _ in f.terms) <= f.high
                and (any(c not in more for c, _ in f.terms) or sum(more[c] for c, _ in f.terms) >= f.low)
                for f in facts
            ):
                yield from fill(more, left[1:])

    return list(fill({}, cells))


def test_thousands_of_tables_with_rows_and_columns_are_told_as_the_attacker_finds_them():
    random = Random(1)
    given_away = kept = 0
    for _ in range(2000):
        facts, secrets = rows_and_columns(random)
        tables = few_tables(facts)
        said = {leak.secret.name: leak for leak in leaks(facts, secrets)}
        found = {s.name: v for s in secrets if (v := narrowed(tables, s)) is not None}
        assert {name: leak.values for name, leak in said.items()} == found
        given_away += len(said)
        kept += len(secrets) - len(said)
    assert given_away > 1000 > kept > 300


@settings(max_examples=150, deadline=None)
@given(systems(), st.integers(3, 5))
def test_the_figures_that_are_blamed_give_the_secret_away_and_none_can_be_spared(found, threshold):
    facts, cells = found
    secret = Secret("secret", tuple(cells), threshold)
    for leak in leaks(facts, [secret]):
        figures = blamed(facts, leak)
        some = [fact for fact in facts if fact.figure in figures]
        assert [one.secret for one in leaks(some, [secret])] == [secret]
        for spared in figures:
            fewer = [fact for fact in some if fact.figure != spared]
            there = {cell for fact in fewer for cell, _ in fact.terms}
            assert not set(cells) <= there or all(one.values is None for one in leaks(fewer, [secret]))


ROUNDED = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 60), st.data(), st.integers(0, 1), ROUNDED)
def test_a_share_and_its_base_tell_exactly_the_counts_that_round_to_it(base, data, decimals, rounding):
    """28 percent of 25 answers are 7 persons. The truth is always among what is left possible."""
    part = data.draw(st.integers(0, base))
    step = Decimal(1).scaleb(-decimals)
    value = (Decimal(100 * part) / base).quantize(step, rounding)
    facts = [total("pr", base, base, "base"), *ratio("p", "pr", value, 100, "share")]
    system = System(facts, STEPS)
    possible = {count for count in range(base + 1) if system.has(("p", count, count))}
    near = {n for n in range(base + 1) if abs(Decimal(100 * n) / base - value) <= step / 2}
    assert part in possible == near


def test_a_rate_an_average_and_a_published_change_are_facts_as_well():
    rate = [total("pr", 5000, 5000, "people"), *ratio("p", "pr", Decimal(40), 100_000, "rate")]
    assert [leak.values for leak in leaks(rate, [Secret("p", ("p",), 5, hidden=False)])] == [(2,)]
    # 0.4 events a day in 31 days: 12 or 13, of which the first half of the month had 10
    average = [total(["d"], 31, 31, "days"), total("ab", 0, 99, "any"), total("a", 10, 10, "half"),
               *ratio("ab", ["d"], Decimal("0.4"), 1, "average")]  # fmt: skip
    assert [leak.values for leak in leaks(average, [Secret("b", ("b",), 5, hidden=False)])] == [(1, 2, 3)]
    change = [total("m", 1, 4, "may"), total("j", 9, 9, "june"), difference("j", "m", 6, 6, "change")]
    (leak,) = leaks(change, [Secret("m", ("m",), 5)])
    assert leak.values == (3,)
    assert blamed(change, leak) == ("june", "change")


def test_hiding_two_cells_in_every_row_and_column_is_not_always_enough():
    """The first two rows less the first two columns are one hidden cell, however many are hidden around it."""
    hidden = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]
    truth = {
        cell: 2 + (cell[0] + cell[1]) % 2 if cell in hidden else 9 for cell in product(range(4), range(4))
    }
    facts = [total([cell], truth[cell], truth[cell], cell) for cell in truth if cell not in hidden]
    facts += [total([cell], 1, 4, cell) for cell in hidden]
    for n in range(4):
        for name, cells in (("row", [(n, c) for c in range(4)]), ("column", [(r, n) for r in range(4)])):
            value = sum(truth[cell] for cell in cells)
            facts.append(total(cells, value, value, f"{name} {n}"))
    told = {leak.secret.name: leak for leak in leaks(facts, [Secret(cell, (cell,), 5) for cell in hidden])}
    assert told[1, 2].values == (truth[1, 2],)
    figures = {figure for figure in blamed(facts, told[1, 2]) if isinstance(figure, str)}
    assert figures == {"row 0", "row 1", "column 0", "column 1"}


def test_what_would_take_too_long_to_decide_is_never_called_safe():
    facts = [total("ab", 4, 4, "sum"), total("a", 1, 4, "hidden")]
    secret = Secret("a", ("a",), 5)
    assert [leak.values for leak in leaks(facts, [secret], steps=1)] == [None]
    assert [leak.values for leak in leaks([Fact((("a", -1),), None, 0, "any")], [secret])] == [None]
    (leak,) = leaks(facts, [secret], steps=1)
    assert blamed(facts, leak) == ("sum", "hidden")
    many = [total([n, -n], 5, 5, n) for n in range(1, 9)]
    joined = [*many, total(range(1, 9), 9, 9, "all")]
    remainders = tuple((-n,) for n in range(1, 9))
    assert {leak.values for leak in leaks(joined, [Secret(1, (1,), 5)], remainders)} == {None}


def test_facts_that_contradict_each_other_are_not_audited():
    with pytest.raises(Contradiction):
        list(leaks([total("a", 1, 2, 1), total("ab", 0, 0, 2)], [Secret("a", ("a",), 5)]))
    with pytest.raises(Contradiction):
        list(leaks([total("ab", 5, 5, 1), total("ab", 6, 6, 2), total("ac", 1, 9, 3)], []))
    odd = [Fact((("a", 2), ("b", 2)), 5, 5, "odd"), total("ac", 3, 3, "sum")]
    assert contradiction(odd) == ("odd",)
    assert contradiction([total("a", None, -1, "less than none")]) == ("less than none",)


def test_figures_of_other_topics_and_other_days_have_nothing_to_do_with_each_other():
    may, june = figure("may", 9, days=(1, 31)), figure("june", 9, days=(32, 61))
    spring, other = figure("spring", 19, days=(1, 40)), figure("other", 9, days=(1, 31), topic="klotter")
    everything = figure("everything", 40, days=(62, 90), topic=None)
    assert clusters([may, june, other]) == [[may], [june], [other]]
    assert clusters([may, june, spring, other]) == [[may, june, spring], [other]]
    assert clusters([june, everything, may]) == [[may], [june], [everything]]
    assert len(groups(table([may, june]).facts)) == 2


def test_periods_that_cross_are_cut_where_they_begin_and_end():
    """14 December–24 January and January leave what happened after the 24th; nobody wrote it, and it is small."""
    winter, january = figure("winter", 9, days=(14, 55)), figure("january", 8, days=(32, 62))
    both = figure("both", 10, days=(14, 62))
    found = table([winter, january, both])
    left = {leak.secret.name: leak.values for leak in leaks(found.facts, found.secrets)}
    assert left == {
        Remainder("both", ("winter",), "time"): (1,),
        Remainder("both", ("january",), "time"): (2,),
    }


def large(random):
    """A table of five rows and six columns within blocks of two columns, with every total there is."""
    height, width = 5, 6
    cells = {(r, c): random.choice([1, 2, 3, 4, 4, 6, 9, 12]) for r in range(height) for c in range(width)}
    sums = [[(r, c) for c in range(width)] for r in range(height)]
    sums += [[(r, c) for r in range(height)] for c in range(width)]
    sums += [[(r, c), (r, c + 1)] for r in range(height) for c in range(0, width, 2)]
    facts = []
    for n, inside in enumerate(sums):
        value = sum(cells[cell] for cell in inside)
        facts.append(total(inside, *((1, 4) if value < 5 else (value, value)), n))
    for cell, value in cells.items():
        free = value < 5 or random.random() < 0.4
        facts.append(total([cell], *((1, 4 if value < 5 else 19) if free else (value, value)), cell))
    return facts, [cell for cell, value in cells.items() if value < 5]


def test_larger_tables_are_told_as_an_integer_programme_tells_them():
    """The least and the most of every hidden cell, beside SciPy's branch and bound (HiGHS)."""
    random, compared = Random(2), 0
    for _ in range(12):
        facts, hidden = large(random)
        system = System(facts, STEPS)
        columns = list(system.cells)
        matrix = [[dict(fact.terms).get(cell, 0) for cell in columns] for fact in facts]
        holds = optimize.LinearConstraint(matrix, [f.low for f in facts], [f.high for f in facts])
        for cell in hidden:
            sign = [1 if other == cell else 0 for other in columns]
            ends = [
                round(
                    side * optimize.milp([side * one for one in sign], constraints=holds, integrality=1).fun
                )
                for side in (1, -1)
            ]
            possible = [value for value in range(21) if system.has(((cell,), value, value))]
            assert [possible[0], possible[-1]] == ends
            compared += 1
    assert compared > 100
