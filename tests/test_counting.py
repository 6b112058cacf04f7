"""The arithmetic of figures: nothing is counted twice, order does not matter, and nobody speaks for another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_progress import (
    AFTER,
    AUTUMN,
    BOTH,
    DAY,
    IN_TIME,
    SPRING,
    SUMMER,
    TWO_YEARS,
    YEAR,
    commitment,
    only,
    pledge,
    report,
    state_of,
)
from trygglofte import counting, progress
from trygglofte.model import promises
from trygglofte.model.pledge import Status

WHOLE = ("2026-01-01", "2026-12-31")

few = settings(max_examples=50, deadline=None)
FIGURE = st.integers(0, 60)
AMOUNTS = st.sampled_from(
    ["{minst: 30}", "{exakt: 30}", "{högst: 30}", "{minst: 10, högst: 40}", "{minst: 10, per: tertial}",
     "{högst: 20, per: tertial}", "{minst: 3, per: månad}", "{alla: ja}", "{inom: 24, enhet: timmar}",
     "{högst: 25, enhet: procent}", "{riktning: fler}", "{exakt: 4, vardera: {minst: 2, enhet: dagar}}",
     "{minst: 2, per: vecka, när: under terminerna}", "{minst: 1, per: dag, i_snitt: ja}", "{löpande: ja}"]
)  # fmt: skip
SAID = st.sampled_from(
    ["{under_perioden: 7}", "{under_perioden: 30}", "{under_perioden: minst 12, vardera: 3}",
     "{under_perioden: flertalet}", "{under_perioden: 4, av: 9}", "{status: planerat}", "{gjort: Något.}",
     "{status: genomfört, orsak: För att.}", "{status: inställt}", "{jämförelse: {före: 3, efter: 5}}",
     "{under_perioden: 2, vardera: [3, 1]}", "{andra_tal: [{enhet: samtal, under_perioden: 3}]}"]
)  # fmt: skip
PERIODS = st.permutations([SPRING, SUMMER, AUTUMN])


@few
@given(AMOUNTS, st.lists(SAID, min_size=1, max_size=3), PERIODS, st.randoms())
def test_the_order_in_which_reports_are_written_does_not_matter(amount, said, periods, random):
    reports = [report(period, outcome) for period, outcome in zip(periods, said, strict=False)]
    shuffled = random.sample(reports, len(reports))
    promised = commitment(omfattning=amount)
    one, other = only(promised, *reports, today=AFTER), only(promised, *shuffled, today=AFTER)
    assert (one.status, one.told, one.notes) == (other.status, other.told, other.notes)


@few
@given(st.lists(FIGURE, min_size=1, max_size=3))
def test_figures_of_periods_and_running_totals_come_to_the_same(figures):
    periods = [SPRING, SUMMER, AUTUMN]
    totals = [sum(figures[: n + 1]) for n in range(len(figures))]
    for amount in ("{minst: 60}", "{högst: 60}", "{minst: 20, per: tertial}", "{minst: 5, per: månad}"):
        promised = commitment(omfattning=amount)
        apart, running = (
            only(promised, *(report(p, f"{{{key}: {n}}}") for p, n in zip(periods, numbers, strict=False)))
            for key, numbers in (("under_perioden", figures), ("totalt_hittills", totals))
        )
        assert apart.figures.done == running.figures.done == sum(figures)
        assert (apart.status, apart.told) == (running.status, running.told)


@few
@given(FIGURE, FIGURE, st.booleans())
def test_the_whole_is_the_sum_of_the_shares_and_nothing_is_counted_twice(one, other, apart):
    shares = f"{{per_part: {{kommunen: {{under_perioden: {one}}}, polisen: {{under_perioden: {other}}}}}}}"
    keys = {"var_för_sig": "ja"} if apart else {}
    state = only(
        commitment(responsible=BOTH, omfattning="{minst: 40}", **keys), report(WHOLE, shares, by=BOTH)
    )
    assert {part.party: part.figures.done for part in state.parties} == {"kommunen": one, "polisen": other}
    if apart:
        reached = [number >= 40 for number in (one, other)]
        some = Status.PARTLY_DONE if one or other else Status.NOT_DONE
        assert state.status is (Status.DONE if all(reached) else some)
    else:
        assert state.figures.done == one + other


@few
@given(FIGURE, FIGURE, st.booleans())
def test_years_are_kept_one_by_one_and_never_make_up_for_each_other(first, second, ceiling):
    limit = "högst" if ceiling else "minst"
    reports = [
        report((f"{year}-01-01", f"{year}-12-31"), f"{{under_perioden: {number}}}", published="2027-01-20")
        for year, number in ((2025, first), (2026, second))
    ]
    state = only(commitment(omfattning=f"{{{limit}: 30, per: år}}"), *reports, valid=TWO_YEARS, today=AFTER)
    kept = [number <= 30 if ceiling else number >= 30 for number in (first, second)]
    assert (state.status is Status.DONE) is all(kept)
    assert state.figures.done == first + second
    assert [stretch.answer is counting.Answer.KEPT for stretch in state.figures.stretches] == kept


@few
@given(AMOUNTS, SAID, SAID, st.sampled_from([YEAR, TWO_YEARS]))
def test_a_report_of_somebody_who_does_not_answer_for_it_changes_nothing(amount, said, other, valid):
    promised = commitment(omfattning=amount)
    own = report(SPRING, said)
    alone = only(promised, own, valid=valid)
    with_other = only(promised, own, report(SUMMER, other, by="kommunen"), valid=valid)
    assert alone == with_other


@few
@given(SAID, SAID)
def test_where_each_promises_by_itself_the_other_partys_report_changes_nothing_of_mine(said, other):
    promised = commitment(responsible=BOTH, omfattning="{minst: 10}", var_för_sig="ja")
    alone = only(promised, report(SPRING, said, by="polisen")).parties[1]
    both = only(promised, report(SPRING, said, by="polisen"), report(SPRING, other, by="kommunen")).parties[1]
    assert alone == both


@few
@given(AMOUNTS, st.lists(SAID, min_size=1, max_size=3), st.integers(0, 900), st.integers(0, 900))
def test_a_later_day_never_turns_a_reported_state_back(amount, said, one, more):
    reports = [report(p, outcome) for p, outcome in zip([SPRING, SUMMER, AUTUMN], said, strict=False)]
    days = [date.fromordinal(IN_TIME.toordinal() + some) for some in (one, one + more)]
    first, later = (only(commitment(omfattning=amount), *reports, today=day) for day in days)
    assert (first.status, first.figures, first.notes) == (later.status, later.figures, later.notes)


@few
@given(AMOUNTS, st.lists(SAID, min_size=1, max_size=3))
def test_figures_never_make_a_word_better_and_a_word_never_makes_figures_better(amount, said):
    reports = [report(p, outcome) for p, outcome in zip([SPRING, SUMMER, AUTUMN], said, strict=False)]
    state = only(commitment(omfattning=amount), *reports, today=AFTER)
    if state.own and state.by_figures and state.status is Status.DONE:
        assert Status.DONE in {state.own, state.by_figures}
        assert not state.differs
    if state.own in progress.SETTLED:
        assert state.status is state.own


FAMILY = st.lists(
    st.tuples(
        st.sampled_from(["polisen", "kommunen", BOTH]),
        st.lists(st.sampled_from(["trafik", "narkotika"]), unique=True),
        st.lists(st.sampled_from(["centrum", "hamnen"]), unique=True),
        st.sampled_from([None, "{status: genomfört}", "{status: pågår}", "{status: inställt}"]),
    ),
    min_size=1,
    max_size=6,
)


@few
@given(st.lists(FAMILY, min_size=1, max_size=3))
def test_every_level_counts_each_commitment_once_and_parts_add_up_to_the_whole(families):
    given_pledges = []
    for number, family in enumerate(families):
        made = [
            commitment(f"c{n}", by, teman=f"[{', '.join(themes)}]", platser=f"[{', '.join(places)}]")
            for n, (by, themes, places, _) in enumerate(family)
        ]
        reports = [
            report(SPRING, said, by=BOTH, id_=f"c{n}", published=f"2026-05-{n + 1:02d}")
            for n, (*_, said) in enumerate(family) if said
        ]  # fmt: skip
        given_pledges.append((Named(f"p{number}", pledge(made, *reports)), state_of(made, *reports)))
    found = progress.tally([*given_pledges, given_pledges[0]])
    every = [one for family in families for one in family]
    assert sum(found.everything.values()) == len(every)
    for level in (found.pledges, found.areas):
        assert total(level) == found.everything
    for level, place in ((found.themes, 1), (found.places, 2)):
        names = {name for one in every for name in one[place]}
        assert {name: sum(level[name].values()) for name in level} == {
            name: sum(name in one[place] for one in every) for name in names
        }
    assert sum(found.parties.get("polisen", {}).values()) == sum(one[0] != "kommunen" for one in every)


class Named:
    """A pledge with an id, as a filed one has."""

    def __init__(self, id_, part):
        self.id, self.part = id_, part


def total(level) -> dict[Status, int]:
    every = {status for counts in level.values() for status in counts}
    return {s: sum(counts.get(s, 0) for counts in level.values()) for s in progress.ORDER if s in every}


def test_commitments_in_areas_and_outside_are_counted_in_their_own_level():
    made = pledge(commitment("ute"))
    assert list(progress.tally([(Named("p", made), state_of(commitment("ute")))]).areas) == [("p", None)]


@pytest.mark.parametrize(
    ("amount", "valid", "stretches"),
    [
        ("{minst: 1, per: år}", "{från: 2026-02-01, till: 2027-06-30}", ["2026-02-01"]),
        ("{minst: 1, per: halvår}", "{från: 2026-02-15, till: 2027-06-30}", ["2026-02-15", "2026-08-15"]),
        ("{minst: 1, per: månad}", "{från: 2026-01-31, till: 2026-03-30}", ["2026-01-31", "2026-02-28"]),
        ("{minst: 1, per: vecka}", "{från: 2026-01-01, till: 2026-01-15}", ["2026-01-01", "2026-01-08"]),
        ("{minst: 1, per: år}", "{från: 2024-02-29, till: tills vidare}", ["2024-02-29", "2025-02-28"]),
    ],
)
def test_stretches_are_counted_from_the_first_day_of_the_pledge(amount, valid, stretches):
    begins = DAY(valid[7:17])
    made = pledge(
        commitment(omfattning=amount),
        *(report((first.isoformat(), first.isoformat()), "{under_perioden: 1}") for first in (
            [DAY(day) for day in stretches] or [begins])),
        valid=valid,
    )  # fmt: skip
    (promise,) = promises(made)
    told = counting.heard(promise, made)
    figures = counting.figures_of(promise.commitment.amount, told, made.valid, told[-1].report.period.end)
    assert [str(one.span.first) for one in figures.stretches if one.times] == stretches


def test_what_comes_after_the_last_whole_year_makes_up_for_nothing():
    promised, valid = commitment(omfattning="{minst: 50, per: år}"), "{från: 2026-01-01, till: 2027-06-30}"
    first, rest = (WHOLE, 30), (("2027-01-01", "2027-06-30"), 40)
    reports = [report(days, f"{{under_perioden: {figure}}}") for days, figure in (first, rest)]
    assert only(promised, *reports, valid=valid).status is Status.PARTLY_DONE


def test_a_figure_of_each_tells_how_many_were_large_enough():
    promised = commitment(
        omfattning="{exakt: 4, enhet: insatser, vardera: {minst: 2, högst: 5, enhet: dagar}}"
    )
    state = only(promised, report(WHOLE, "{under_perioden: 4, vardera: [2, 6, några, minst 2]}"))
    assert (state.figures.sure, state.figures.small) == (Decimal(1), Decimal(1))
    assert state.status is Status.PARTLY_DONE
    running = [
        report(SPRING, "{totalt_hittills: 2, vardera: 3}"),
        report(AUTUMN, "{totalt_hittills: 4, vardera: [2, 2]}"),
    ]
    assert only(promised, *running).status is Status.DONE


def test_a_ceiling_of_each_is_judged_too():
    promised = commitment(omfattning="{minst: 1, enhet: stopp, vardera: {högst: 2, enhet: timmar}}")
    assert only(promised, report(WHOLE, "{under_perioden: 1, vardera: 2}")).status is Status.DONE
    assert (
        only(promised, report(WHOLE, "{under_perioden: 1, vardera: minst 1}")).status is Status.NOT_ASSESSABLE
    )
    assert only(promised, report(WHOLE, "{under_perioden: 1, vardera: 3}")).status is Status.PARTLY_DONE


@pytest.mark.parametrize(
    ("direction", "kept"),
    [("fler", True), ("upp", True), ("färre", False), ("ner", False), ("oförändrat", False)],
)
def test_a_direction_is_judged_by_what_was_before_and_after(direction, kept):
    promised = commitment(omfattning=f"{{riktning: {direction}}}")
    compared = "{jämförelse: {före: 3, efter: 5}}"
    assert only(promised, report(SPRING, compared)).status is Status.ONGOING
    assert only(promised, report(AUTUMN, compared)).status is (Status.DONE if kept else Status.NOT_DONE)
