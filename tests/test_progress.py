"""What follows from a pledge and its reports on a day. Golden tables: what is written, and what it leads to."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_wording import written
from trygglofte import progress
from trygglofte.model import Pledge, promises
from trygglofte.model.common import Period
from trygglofte.model.pledge import Amount, Status
from trygglofte.model.words import Verdict

DAY = date.fromisoformat
YEAR = "{från: 2026-01-01, till: 2026-12-31}"
TWO_YEARS = "{från: 2025-01-01, till: 2026-12-31}"
IN_TIME, AFTER = DAY("2026-06-01"), DAY("2027-03-01")
SPRING, SUMMER, AUTUMN = (
    ("2026-01-01", "2026-04-30"),
    ("2026-05-01", "2026-08-31"),
    ("2026-09-01", "2026-12-31"),
)


def commitment(id_="c", responsible="polisen", **keys) -> str:
    written_keys = "".join(f", {key}: {value}" for key, value in keys.items())
    return f"{{id: {id_}, vad: Gör {id_}, ansvarig: {responsible}{written_keys}}}"


def report(period, outcome, by="polisen", published=None, id_="c") -> str:
    start, end = period
    day = published or (DAY(end) + timedelta(days=10)).isoformat()
    return (
        f"{{period: {{från: {start}, till: {end}}}, publicerad: {day}, rapporterat_av: {by}, "
        f"utfall: {{{id_}: {outcome}}}}}"
    )


def pledge(commitments, *reports, valid: str | None = YEAR, reporting=None) -> Pledge:
    listed = commitments if isinstance(commitments, list) else [commitments]
    return written(
        Pledge,
        f"titel: Löfte\nåtaganden: [{', '.join(listed)}]\nuppföljningar: [{', '.join(reports)}]\n"
        + (f"gäller: {valid}\n" if valid else "")
        + (f"följs_upp: {reporting}\n" if reporting else ""),
    )


def state_of(*args, today=IN_TIME, days=30, **keys) -> progress.PledgeState:
    return progress.pledge_state(pledge(*args, **keys), today, days)


def only(*args, **keys) -> progress.CommitmentState:
    (state,) = state_of(*args, **keys).commitments
    return state


# What is promised for the whole time

WHOLE = {
    ("{minst: 50, per: år}", YEAR): 50,
    ("{minst: 50, per: år}", TWO_YEARS): 100,
    ("{exakt: 2, per: halvår}", TWO_YEARS): 8,
    ("{minst: 3, per: tertial}", YEAR): 9,
    ("{minst: 1, per: kvartal}", TWO_YEARS): 8,
    ("{minst: 4, per: månad}", YEAR): 48,
    ("{minst: 3, per: vecka}", YEAR): 156,
    ("{minst: 1, per: dag}", YEAR): 365,
    ("{minst: 1, per: dag}", "{från: 2024, till: 2024}"): 366,
    ("{minst: 3, per: vecka}", "{från: 2026-01-01, till: 2026-01-05}"): 3,
    ("{minst: 50, per: år}", "{från: 2026-09-01, till: 2026-12-31}"): 50,
    ("{minst: 4, per: månad}", "{från: 2026-11, till: 2027-02}"): 16,
    ("{minst: 50, per: period}", TWO_YEARS): 50,
    ("{minst: 50}", TWO_YEARS): 50,
    ("{minst: 50}", None): 50,
    ("{högst: 6}", TWO_YEARS): 6,
    ("{högst: 6, per: år}", YEAR): 6,
    ("{högst: 6, per: år}", TWO_YEARS): None,
    ("{högst: 2, per: månad}", YEAR): None,
    ("{minst: 50, per: år}", None): None,
    ("{minst: 50, per: år}", "{från: 2026-01-01, till: tills vidare}"): None,
    ("{minst: 50, per: vecka}", "{till: 2026-12-31}"): None,
    ("{minst: 2, högst: 4}", YEAR): None,
    ("{alla: ja}", YEAR): None,
    ("{inom: 24, enhet: timmar}", YEAR): None,
    ("{riktning: fler}", YEAR): None,
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: f"{case[0]} {case[1]}")
def test_what_is_promised_for_the_whole_time(case):
    amount, valid = case
    period = written(Period, valid) if valid else None
    assert progress.whole_amount(written(Amount, amount), period) == WHOLE[case]


# One commitment: (omfattning, reports in order, pledge's time) → status, done of target

CASES = {
    "nobody has said anything": ("{minst: 50}", (), "inte redovisat", None),
    "some of it, with time left": ("{minst: 50}", ((SPRING, "{under_perioden: 18}"),), "pågår", "18 av 50"),
    "figures of periods are added": (
        "{minst: 50}",
        ((SPRING, "{under_perioden: 18}"), (SUMMER, "{under_perioden: 32}")),
        "genomfört",
        "50 av 50",
    ),
    "running totals are not added": (
        "{minst: 50}",
        ((SPRING, "{totalt_hittills: 18}"), (SUMMER, "{totalt_hittills: 32}")),
        "pågår",
        "32 av 50",
    ),
    "more than promised": ("{minst: 50}", ((SPRING, "{totalt_hittills: 54}"),), "genomfört", "54 av 50"),
    "exactly what was promised": ("{exakt: 2}", ((SPRING, "{totalt_hittills: 2}"),), "genomfört", "2 av 2"),
    "short at the end": ("{minst: 50}", ((AUTUMN, "{totalt_hittills: 49}"),), "delvis genomfört", "49 av 50"),
    "nothing at the end": ("{minst: 50}", ((AUTUMN, "{totalt_hittills: 0}"),), "inte genomfört", "0 av 50"),
    "nothing yet": ("{minst: 50}", ((SPRING, "{totalt_hittills: 0}"),), "pågår", "0 av 50"),
    "at least enough": (
        "{minst: 600}",
        ((AUTUMN, "{totalt_hittills: minst 700}"),),
        "genomfört",
        "minst 700 av 600",
    ),
    "at least something": (
        "{minst: 900}",
        ((AUTUMN, "{totalt_hittills: minst 700}"),),
        "går inte att bedöma",
        "minst 700 av 900",
    ),
    "at least something, with time left": (
        "{minst: 900}",
        ((SPRING, "{totalt_hittills: minst 700}"),),
        "pågår",
        "minst 700 av 900",
    ),
    "at least, then a sum": (
        "{minst: 50}",
        ((SPRING, "{under_perioden: minst 20}"), (SUMMER, "{under_perioden: 10}")),
        "pågår",
        "minst 30 av 50",
    ),
    "a new total is no longer at least": (
        "{minst: 50}",
        ((SPRING, "{totalt_hittills: minst 20}"), (SUMMER, "{totalt_hittills: 25}")),
        "pågår",
        "25 av 50",
    ),
    "words where a number was promised": (
        "{minst: 50}",
        ((SPRING, "{under_perioden: drygt femtio}"),),
        "går inte att bedöma",
        None,
    ),
    "words, then a total": (
        "{minst: 50}",
        ((SPRING, "{totalt_hittills: flertalet}"), (SUMMER, "{totalt_hittills: 30}")),
        "pågår",
        "30 av 50",
    ),
    "words among figures of periods": (
        "{minst: 50}",
        ((SPRING, "{under_perioden: ett antal}"), (SUMMER, "{under_perioden: 30}")),
        "går inte att bedöma",
        None,
    ),
    "words among enough figures": (
        "{minst: 50}",
        ((SPRING, "{under_perioden: ett antal}"), (SUMMER, "{under_perioden: 60}")),
        "genomfört",
        "minst 60 av 50",
    ),
    "a ceiling is judged at the end": (
        "{högst: 6}", ((SPRING, "{totalt_hittills: 2}"),), "pågår", "2 av högst 6",
    ),
    "a ceiling that held": ("{högst: 6}", ((AUTUMN, "{totalt_hittills: 6}"),), "genomfört", "6 av högst 6"),
    "a ceiling that broke": (
        "{högst: 6}", ((SPRING, "{totalt_hittills: 7}"),), "inte genomfört", "7 av högst 6",
    ),
    "a ceiling and at least": (
        "{högst: 6}",
        ((AUTUMN, "{totalt_hittills: minst 5}"),),
        "går inte att bedöma",
        "minst 5 av högst 6",
    ),
    "a floor and a ceiling": ("{minst: 2, högst: 4}", ((SPRING, "{totalt_hittills: 3}"),), "pågår", "3 av 2"),
    "a floor and a ceiling at the end": (
        "{minst: 2, högst: 4}", ((AUTUMN, "{totalt_hittills: 4}"),), "genomfört", "4 av 2",
    ),
    "a ceiling beside a floor that broke": (
        "{minst: 2, högst: 4}", ((SPRING, "{totalt_hittills: 9}"),), "inte genomfört", "9 av 2",
    ),
    "a direction without a number": ("{riktning: fler}", ((SPRING, "{under_perioden: 12}"),), "pågår", "12"),
    "no number, and words": (None, ((SPRING, "{gjort: Började i mars.}"),), "pågår", None),
    "no number, and words at the end": (
        None, ((AUTUMN, "{gjort: Två träffar.}"),), "går inte att bedöma", None,
    ),
    "the reporter's own word": (None, ((SPRING, "{status: genomfört}"),), "genomfört", None),
    "the word goes before the figures": (
        "{minst: 50}",
        ((AUTUMN, "{status: inställt, totalt_hittills: 20}"),),
        "inställt",
        "20 av 50",
    ),
    "the last word goes": (
        None, ((SPRING, "{status: planerat}"), (SUMMER, "{status: förs över}")), "förs över", None,
    ),
    "it was done and is not unsaid": (
        "{minst: 50}",
        ((SPRING, "{totalt_hittills: 54}"), (SUMMER, "{totalt_hittills: 54}")),
        "genomfört",
        "54 av 50",
    ),
    "corrected below the promise": (
        "{minst: 50}",
        ((SPRING, "{totalt_hittills: 54}"), (SUMMER, "{totalt_hittills: 44, rättar: Dubbelt räknat.}")),
        "pågår",
        "44 av 50",
    ),
}  # fmt: skip


def said(figures) -> str | None:
    if figures is None:
        return None
    text = f"{'minst ' if figures.at_least else ''}{figures.done}"
    if figures.target is not None:
        text += f" av {'högst ' if figures.at_most else ''}{figures.target}"
    return text


@pytest.mark.parametrize("name", CASES, ids=str)
def test_the_status_of_a_commitment_follows_from_its_reports(name):
    amount, reports, status, figures = CASES[name]
    promised = commitment(omfattning=amount) if amount else commitment()
    state = only(promised, *(report(period, outcome) for period, outcome in reports))
    assert (str(state.status), said(state.figures)) == (status, figures)


@pytest.mark.parametrize("status", Status, ids=str)
def test_the_responsible_party_may_use_every_word(status):
    state = only(commitment(), report(SPRING, f"{{status: {status}}}"))
    assert (state.status, state.derived) == (status, False)


def yearly(amount: str, *figures: int, **keys) -> progress.CommitmentState:
    reports = [
        report((f"{year}-01-01", f"{year}-12-31"), f"{{under_perioden: {figure}}}", published="2027-01-20")
        for year, figure in zip((2025, 2026), figures, strict=False)
    ]
    return only(commitment(omfattning=amount), *reports, valid=TWO_YEARS, today=AFTER, **keys)


def test_what_is_promised_per_year_is_judged_year_by_year():
    one = yearly("{minst: 50, per: år}", 60)
    assert (one.status, one.figures.target, one.figures.reached) == (Status.ONGOING, None, None)
    both = yearly("{minst: 50, per: år}", 60, 50)
    assert (both.status, both.figures.reached) == (Status.DONE, DAY("2026-12-31"))
    assert yearly("{minst: 50, per: år}", 120, 0).status is Status.PARTLY_DONE
    assert yearly("{minst: 50, per: år, i_snitt: ja}", 120, 0).status is Status.DONE


def test_a_ceiling_per_year_is_no_failure_when_two_years_together_pass_it():
    assert yearly("{högst: 6, per: år}", 4, 4).status is Status.DONE
    assert yearly("{högst: 6, per: år}", 7, 4).status is Status.PARTLY_DONE
    assert yearly("{högst: 6, per: år}", 7, 7).status is Status.NOT_DONE


def test_it_is_said_when_the_promise_was_reached_and_not_after_a_correction():
    promised = commitment(omfattning="{minst: 50}")
    reached = only(promised, report(SPRING, "{totalt_hittills: 54}"), report(SUMMER, "{totalt_hittills: 60}"))
    assert reached.figures.reached == DAY("2026-04-30")
    corrected = only(
        promised, report(SPRING, "{totalt_hittills: 54}"), report(SUMMER, "{totalt_hittills: 44}")
    )
    assert corrected.figures.reached is None


# Several parties

BOTH = "[kommunen, polisen]"
JOINT = {
    "one is silent": ((("polisen", SPRING, "{status: genomfört}"),), "pågår", ("kommunen",)),
    "one is silent about figures": ((("polisen", AUTUMN, "{totalt_hittills: 60}"),), "pågår", ("kommunen",)),
    "one is silent to the end": ((("polisen", AUTUMN, "{status: inte genomfört}"),), "pågår", ("kommunen",)),
    "both say the same together": (((BOTH, SPRING, "{status: genomfört}"),), "genomfört", ()),
    "both reach the figure together": (((BOTH, SPRING, "{totalt_hittills: 60}"),), "genomfört", ()),
    "both say the same by themselves": (
        (("polisen", SPRING, "{status: genomfört}"), ("kommunen", SUMMER, "{status: genomfört}")),
        "genomfört",
        (),
    ),
    "they differ with time left": (
        (("polisen", SPRING, "{status: genomfört}"), ("kommunen", SUMMER, "{status: planerat}")),
        "pågår",
        (),
    ),
    "they differ at the end": (
        ((BOTH, AUTUMN, "{per_part: {kommunen: {status: genomfört}, polisen: {status: inte genomfört}}}"),),
        "delvis genomfört",
        (),
    ),
    "none did all at the end": (
        ((BOTH, AUTUMN, "{per_part: {kommunen: {status: inställt}, polisen: {status: inte genomfört}}}"),),
        "inte genomfört",
        (),
    ),
    "per party, the same": (
        ((BOTH, SPRING, "{per_part: {kommunen: {status: genomfört}, polisen: {status: genomfört}}}"),),
        "genomfört",
        (),
    ),
    "per party, one only in words": (
        ((BOTH, SPRING, "{per_part: {kommunen: {status: genomfört}, polisen: {gjort: Två pass.}}}"),),
        "pågår",
        (),
    ),
    "per party, one only in words at the end": (
        ((BOTH, AUTUMN, "{per_part: {kommunen: {gjort: Allt.}, polisen: {gjort: Två pass.}}}"),),
        "går inte att bedöma",
        (),
    ),
    "one party's end does not end the other's": (
        ((BOTH, SPRING, "{status: pågår}"), ("polisen", AUTUMN, "{status: genomfört}")),
        "pågår",
        (),
    ),
    "what a party says of another is not the other's word": (
        (("polisen", SPRING, "{per_part: {kommunen: {status: genomfört}, polisen: {status: genomfört}}}"),),
        "pågår",
        ("kommunen",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", JOINT, ids=str)
def test_one_partys_report_never_speaks_for_another(name):
    reports, status, silent = JOINT[name]
    state = only(
        commitment(responsible=BOTH, omfattning="{minst: 50}"),
        *(report(period, outcome, by=by) for by, period, outcome in reports),
    )
    assert (str(state.status), state.silent) == (status, silent)
    assert state.derived is not name.startswith("both say the same together")


def test_a_report_of_somebody_else_says_nothing():
    state = only(commitment(), report(SPRING, "{status: genomfört}", by="kommunen"))
    assert (state.status, state.report, state.reporters) == (Status.NOT_REPORTED, None, ())


def test_where_nobody_is_named_anybody_may_report():
    state = only("{id: c, vad: Gör c}", report(SPRING, "{status: genomfört}", by="kommunen"))
    assert (state.status, state.reporters) == (Status.DONE, ("kommunen",))


def test_only_those_who_answer_for_it_are_said_to_have_reported():
    state = only(commitment(), report(SPRING, "{status: pågår}", by=BOTH))
    assert state.reporters == ("polisen",)


PARTIES = ["polisen", "kommunen", "räddningstjänsten"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(PARTIES), min_size=1),
            st.sampled_from([SPRING, SUMMER, AUTUMN]),
            st.sampled_from(["{status: genomfört}", "{totalt_hittills: 99}", "{status: delvis genomfört}"]),
        ),
        max_size=5,
    ),
    st.sampled_from([IN_TIME, AFTER]),
)
def test_a_joint_commitment_is_never_done_while_a_party_is_silent(told, today):
    responsible = set(PARTIES[:2])
    reports = [report(period, outcome, by=f"[{', '.join(sorted(by))}]") for by, period, outcome in told]
    state = state_of(commitment(responsible=BOTH, omfattning="{minst: 50}"), *reports, today=today)
    spoken = {party for by, _, _ in told for party in by}
    if not responsible <= spoken:
        assert state.commitments[0].status in {Status.ONGOING, Status.NOT_REPORTED}
        assert state.verdict in {"inte redovisat", "pågår"}
    assert set(state.commitments[0].silent) <= responsible - spoken


# The pledge

METHOD = (Path(__file__).parents[1] / "content" / "metod.md").read_text("utf-8")


def table(heading: str) -> list[tuple[str, ...]]:
    """The rows of the method page's table with a heading, without the heading itself."""
    lines = METHOD.partition(f"| {heading} |")[2].splitlines()[2:]
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines)
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


VERDICTS = {
    # statuses of the commitments, in a report of the last day: while it is valid, and after
    (): ("pågår", "går inte att bedöma"),
} | {
    tuple(statuses.split(", ")): (during, after) for statuses, during, after in table("Åtagandena")
}  # fmt: skip


def test_the_method_page_tells_every_verdict_and_no_other():
    every = [Status(word) for word in Status]
    states = [[SimpleNamespace(status=status, awaited=False) for status in some]
              for some in (*itertools.combinations_with_replacement(every, 2), *((one,) for one in every))]  # fmt: skip
    given = {progress.verdict_of(some, ended) for some in states for ended in (True, False)}
    assert given == {word.lower() for word, _ in table("Ord | När det gäller")}
    assert {str(word) for word in Verdict} <= given
    assert [word.lower() for word, _ in table("Ord | Det betyder")] == [str(status) for status in Status]


def test_rows_of_the_rule_are_tried_in_the_order_of_the_method_page():
    """Every verdict that the code gives is that of the first row that holds, written here as the page says it."""
    order = [word.lower() for word, _ in table("Ord | När det gäller")]
    holds = {
        "inställt": lambda all_, live, ended, silent: all_ == {"inställt"},
        "förs över": lambda all_, live, ended, silent: not live,
        "inte redovisat": lambda all_, live, ended, silent: live == {"inte redovisat"} or (ended and silent),
        "uppfyllt": lambda all_, live, ended, silent: live == {"genomfört"},
        "pågår": lambda all_, live, ended, silent: not ended,
        "delvis uppfyllt": lambda all_, live, ended, silent: bool(live & {"genomfört", "delvis genomfört"}),
        "går inte att bedöma": lambda all_, live, ended, silent: "går inte att bedöma" in live,
        "inte uppfyllt": lambda all_, live, ended, silent: True,
    }
    for some in itertools.combinations_with_replacement(Status, 3):
        for ended in (True, False):
            states = [SimpleNamespace(status=one, awaited=one is Status.NOT_REPORTED) for one in some]
            all_ = {str(one) for one in some}
            facts = (all_, all_ - {"inställt", "förs över"}, ended, "inte redovisat" in all_)
            assert progress.verdict_of(states, ended) == next(word for word in order if holds[word](*facts))


@pytest.mark.parametrize("statuses", VERDICTS, ids=lambda statuses: ", ".join(statuses) or "no commitments")
def test_the_verdict_on_a_pledge_follows_from_its_commitments(statuses):
    ids = [f"c{n}" for n, _ in enumerate(statuses)]
    reports = [
        report(AUTUMN, f"{{status: {status}}}", id_=id_, published="2026-05-01")
        for id_, status in zip(ids, statuses, strict=True)
    ]
    found = tuple(
        state_of([commitment(id_) for id_ in ids], *reports, today=today).verdict
        for today in (IN_TIME, AFTER)
    )
    assert found == VERDICTS[statuses]


def test_the_verdict_waits_when_the_last_report_came_before_the_end():
    """Nothing is called failed because the last word was `pågår` in the autumn."""
    state = state_of(commitment(), report(SUMMER, "{status: pågår}"), today=AFTER)
    assert (state.ended, state.verdict, state.commitments[0].status) == (
        True,
        "inte redovisat",
        Status.ONGOING,
    )
    state = state_of(
        commitment(omfattning="{minst: 50}"), report(SUMMER, "{totalt_hittills: 3}"), today=AFTER
    )
    assert state.verdict == "inte redovisat"


def test_the_verdict_waits_for_the_silent_party():
    state = state_of(commitment(responsible=BOTH), report(AUTUMN, "{status: inte genomfört}"), today=AFTER)
    assert state.verdict == "inte redovisat"


def test_a_pledge_without_known_end_never_ends():
    for valid in (None, "{från: 2016}", "{från: 2016, till: tills vidare}"):
        state = state_of(commitment(), report(SPRING, "{status: inte genomfört}"), valid=valid, today=AFTER)
        assert (state.ended, state.verdict) == (False, "pågår")


def test_a_pledge_ends_when_its_last_day_has_passed():
    assert not state_of(commitment(), today=DAY("2026-12-31")).ended
    assert state_of(commitment(), today=DAY("2027-01-01")).ended


@pytest.mark.parametrize(
    ("valid", "holds"),
    [
        (None, ""),
        ("{}", ""),
        ("{ordalydelse: mandatperioden ut}", ""),
        (YEAR, "now"),
        ("{till: tills vidare}", "before now after"),
        ("{från: 2026-06-01, till: tills vidare}", "now after"),
        ("{till: 2026-06-01}", "before now"),
        ("{från: 2026}", "now after"),
    ],
    ids=str,
)
def test_a_pledge_holds_on_the_days_of_its_period(valid, holds):
    days = {"before": DAY("2025-12-31"), "now": IN_TIME, "after": DAY("2027-01-01")}
    period = written(Period, valid) if valid else None
    assert " ".join(name for name, day in days.items() if progress.is_valid_on(period, day)) == holds


# Late commitments

LATE = {
    ("klart_senast: 2026-05-31", ""): "2026-05-31",
    ("klart_senast: 2026-06-01", ""): None,
    ("klart_senast: 2026-05", ""): "2026-05-31",
    ("klart_senast: 2026", ""): None,
    ("klart_senast: {ordalydelse: i vår}", ""): None,
    ("klart_senast: 2026-03-31", "{status: pågår}"): "2026-03-31",
    ("klart_senast: 2026-03-31", "{status: pågår, ny_tidplan: 2026-05}"): "2026-05-31",
    ("klart_senast: 2026-03-31", "{status: pågår, ny_tidplan: 2026-11}"): None,
    ("klart_senast: 2026-03-31", "{status: genomfört}"): None,
    ("klart_senast: 2026-03-31", "{status: inte genomfört}"): None,
    ("klart_senast: 2026-03-31", "{status: inställt}"): None,
    ("klart_senast: 2026-03-31", "{status: förs över}"): None,
    ("klart_senast: 2026-03-31", "{status: delvis genomfört}"): "2026-03-31",
    ("", "{status: pågår, ny_tidplan: 2026-05}"): "2026-05-31",
}


@pytest.mark.parametrize("case", LATE, ids=str)
def test_a_commitment_is_late_the_day_after_it_was_to_be_done(case):
    due, outcome = case
    key, _, value = due.partition(": ")
    promised = commitment(**{key: value}) if due else commitment()
    state = only(promised, *([report(SPRING, outcome)] if outcome else []))
    assert state.late_since == (DAY(LATE[case]) if LATE[case] else None)


def test_what_was_partly_done_in_an_ended_pledge_is_not_late_for_ever():
    promised = commitment(klart_senast="2026-10-31")
    assert only(promised, report(AUTUMN, "{status: delvis genomfört}"), today=AFTER).late_since is None


# When follow-ups are due

DUE = {
    # (valid, rhythm): days, with 30 days to report
    (YEAR, "varje tertial"): ["2026-05-30", "2026-09-30", "2027-01-30"],
    (YEAR, "varje kvartal"): ["2026-04-30", "2026-07-30", "2026-10-30", "2027-01-30"],
    (YEAR, "varje halvår"): ["2026-07-30", "2027-01-30"],
    (YEAR, "varje år"): ["2027-01-30"],
    (TWO_YEARS, "varje år"): ["2026-01-30", "2027-01-30"],
    ("{från: 2026-11, till: 2027-01}", "varje månad"): ["2026-12-30", "2027-01-30", "2027-03-02"],
    ("{från: 2026-03-15, till: 2026-10-10}", "varje tertial"): ["2026-05-30", "2026-09-30", "2026-11-09"],
    ("{från: 2026-01-01, till: 2026-05-01}", "varje tertial"): ["2026-05-30", "2026-05-31"],
    (YEAR, "löpande"): [],
    (YEAR, None): [],
    (None, "varje tertial"): [],
    ("{till: 2026-12-31}", "varje tertial"): [],
    (YEAR, "[2027-01, 2026-05, 2026-09-15]"): ["2026-05-31", "2026-09-15", "2027-01-31"],
    (None, "[2026-05]"): ["2026-05-31"],
}


@pytest.mark.parametrize("case", DUE, ids=str)
def test_follow_ups_are_due_after_the_end_of_their_stretch(case):
    valid, rhythm = case
    found = progress.due_dates(pledge(commitment(), valid=valid, reporting=rhythm), 30)
    assert [day.isoformat() for _, day in found] == DUE[case]


def test_an_open_pledge_is_followed_up_year_after_year():
    open_ended = pledge(commitment(), valid="{från: 2000, till: tills vidare}", reporting="varje år")
    days = [day for _, day in progress.due_dates(open_ended, 0)]
    assert days[:2] == [DAY("2000-12-31"), DAY("2001-12-31")]
    assert len(days) > 100


NEXT = {
    # (reports, today): next due, late since
    ((), "2026-05-30"): ("2026-05-30", None),
    ((), "2026-05-31"): ("2026-05-30", "2026-05-30"),
    ((SPRING,), "2026-05-31"): ("2026-09-30", None),
    ((SPRING, SUMMER), "2026-10-01"): ("2027-01-30", None),
    ((SUMMER,), "2026-10-01"): ("2027-01-30", None),
    ((SPRING, SUMMER, AUTUMN), "2027-06-01"): (None, None),
    ((SPRING, SUMMER), "2027-01-31"): ("2027-01-30", "2027-01-30"),
    ((("2026-01-01", "2026-04-29"),), "2026-06-01"): ("2026-05-30", "2026-05-30"),
}


@pytest.mark.parametrize("case", NEXT, ids=str)
def test_the_next_follow_up_is_the_first_that_has_not_come(case):
    periods, today = case
    reports = [report(period, "{status: pågår}") for period in periods]
    state = state_of(commitment(), *reports, reporting="varje tertial", today=DAY(today))
    expected = tuple(DAY(day) if day else None for day in NEXT[case])
    assert (state.next_due, state.late_since) == expected


def test_two_parties_that_report_the_same_period_answer_one_listed_day():
    reports = [report(SPRING, "{status: pågår}", by=by) for by in PARTIES[:2]]
    state = state_of(
        commitment(responsible=BOTH), *reports, reporting="[2026-05, 2026-09]", today=DAY("2026-10-01")
    )
    assert (state.next_due, state.late_since) == (DAY("2026-09-30"), DAY("2026-09-30"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 120), st.integers(-3, 3))
def test_a_follow_up_is_late_the_day_after_it_was_due_whatever_time_the_municipality_has(days, around):
    due = DAY("2026-04-30") + timedelta(days=days)
    state = state_of(commitment(), reporting="varje tertial", today=due + timedelta(days=around), days=days)
    assert state.next_due == due
    assert state.late_since == (due if around > 0 else None)


# Properties of whole pledges

OUTCOMES = st.sampled_from(
    ["{status: pågår}", "{status: genomfört}", "{under_perioden: 7}", "{under_perioden: minst 3}",
     "{under_perioden: ett antal}", "{gjort: Något.}", "{status: planerat, ny_tidplan: 2026-11}",
     "{per_part: {polisen: {status: genomfört}, kommunen: {gjort: Mycket.}}}"]
)  # fmt: skip
REPORTS = st.lists(
    st.builds(
        lambda period, outcome, by, id_, day: report(period, outcome, by, f"2026-0{day}-01", id_),
        st.sampled_from([SPRING, SUMMER, AUTUMN, ("2026-02-01", "2026-04-30")]),
        OUTCOMES,
        st.sampled_from(["polisen", "kommunen", BOTH]),
        st.sampled_from(["ena", "andra"]),
        st.integers(1, 5),
    ),
    max_size=5,
    unique_by=lambda text: text.partition(", utfall")[0],
)
TWO = [commitment("ena", omfattning="{minst: 10}"), commitment("andra", BOTH, klart_senast="2026-03")]


@settings(max_examples=60, deadline=None)
@given(REPORTS, st.randoms(), st.sampled_from([IN_TIME, AFTER]))
def test_the_order_of_follow_ups_in_the_file_does_not_matter(reports, random, today):
    shuffled = random.sample(reports, len(reports))
    one, other = (
        state_of(TWO, *some, today=today, reporting="varje tertial") for some in (reports, shuffled)
    )
    assert one == other


@settings(max_examples=60, deadline=None)
@given(REPORTS, st.sampled_from([IN_TIME, AFTER]))
def test_every_commitment_is_counted_once(reports, today):
    state = state_of(TWO, *reports, today=today)
    assert sum(state.counts.values()) == len(state.commitments) == 2
    assert list(state.counts) == [status for status in progress.ORDER if status in state.counts]
    assert 0 not in state.counts.values()


@settings(max_examples=60, deadline=None)
@given(REPORTS)
def test_failure_is_never_said_of_a_commitment_nobody_has_reported_as_failed(reports):
    """No report here says `inte genomfört` or the figure 0 at the end."""
    state = state_of(TWO, *reports, today=AFTER)
    assert Status.NOT_DONE not in state.counts
    assert state.verdict != "inte uppfyllt"


def test_commitments_stand_in_the_order_of_the_file_and_have_the_themes_of_their_area():
    found = written(
        Pledge,
        "titel: x\nfokusområden:\n- titel: A\n  teman: [trafik]\n  åtaganden: [{id: ett, vad: Ett},"
        " {id: tva, vad: Två, teman: [narkotika]}]\nåtaganden: [{id: tre, vad: Tre}]\n",
    )
    assert [(item.commitment.id, item.themes) for item in promises(found)] == [
        ("ett", ("trafik",)),
        ("tva", ("narkotika",)),
        ("tre", ()),
    ]


# What the public may see, and from when content is

EMBARGOED = """\
titel: Hemlig tills vidare
publiceras_från: 2026-03-01
"""


@pytest.mark.parametrize(("day", "seen"), [("2026-02-28", False), ("2026-03-01", True)], ids=str)
def test_nothing_is_seen_before_its_day(project, provstad, day, seen):
    root = project(
        {
            "data/provstad/medborgarloften/hemligt.yml": EMBARGOED + "åtaganden: [{id: a, vad: Gör a}]\n",
            "data/provstad/overenskommelser/hemlig.yml": EMBARGOED + "syften: [a]\nområden: [b]\n",
            "data/provstad/atgardsplaner/hemlig.yml": EMBARGOED,
            "data/provstad/lagesbilder/hemlig.yml": EMBARGOED
            + "period: {från: 2026-02-01, till: 2026-02-28}\n",
        }
    )
    public = progress.as_public(provstad(root), DAY(day))
    assert (len(public.documents) == 7) is seen
    assert any("Hemlig" in (filed.part.title or "") for filed in public.documents) is seen


def test_a_follow_up_is_not_seen_nor_counted_before_its_day(project, provstad):
    root = project(
        {
            "data/provstad/medborgarloften/2026-trafik.yml": (
                "titel: Lugnare trafik\nåtaganden: [{id: c, ansvarig: polisen, vad: Gör c}]\n"
                f"uppföljningar: [{report(SPRING, '{status: genomfört}', published='2026-05-11')}]\n"
            )
        }
    )
    municipality = provstad(root)
    before, after = (
        progress.as_public(municipality, DAY(day)).pledges[0] for day in ("2026-05-10", "2026-05-11")
    )
    assert (before.part.follow_ups, len(after.part.follow_ups)) == ((), 1)
    assert progress.pledge_state(before.part, DAY("2026-05-10"), 30).last_reported is None
    assert after is municipality.pledges[0], "what is seen whole is not copied"


def test_a_made_up_municipality_counts_from_its_example_day(project, provstad):
    municipality = provstad(project())
    assert progress.the_day(municipality, IN_TIME) == IN_TIME
    file = municipality.file.part.model_copy(update={"example_day": AFTER})
    shown = replace(municipality, file=replace(municipality.file, part=file))
    assert progress.the_day(shown, IN_TIME) == AFTER


CONTENT = {
    "overenskommelser": {
        "undertecknande: {datum: 2024-01-15}\n": "2024-01-15",
        "undertecknande: {datum: 2024-01}\n": None,
        "undertecknande: {datum: {ordalydelse: den 8 februari, tidigast: 2016-02-08, senast: 2017-02-08}}\n": None,
        "ändringar: [{datum: 2025-03-11, vad: a}]\nrättelser: [{datum: 2025-04-01, vad: b}]\n": "2025-04-01",
        "": None,
    },
    "medborgarloften": {
        f"uppföljningar: [{report(SPRING, '{status: pågår}', published='2026-05-11')}]\n": "2026-05-11"
    },
    "lagesbilder": {"period: {från: 2026-02-01, till: 2026-02-28}\n": "2026-02-28"},
    "atgardsplaner": {
        "avstämd: 2026-06-30\nbeslut: {organ: nämnden, datum: 2026-01-01}\n": "2026-06-30",
        "avstämd: 2026-06\n": None,
        "beslut: {organ: nämnden}\n": None,
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "text"),
    [(folder, text) for folder, cases in CONTENT.items() for text in cases],
    ids=lambda text: text.strip()[:60] or "nothing dated",
)
def test_content_is_dated_by_what_is_dated_in_it(project, provstad, folder, text):
    extra = {
        "medborgarloften": "åtaganden: [{id: c, ansvarig: polisen, vad: Gör c}]\n",
        "overenskommelser": "syften: [a]\nområden: [b]\n",
    }.get(folder, "")
    root = project({f"data/provstad/{folder}/daterad.yml": f"titel: Daterad\n{extra}{text}"})
    (filed,) = (filed for filed in provstad(root).documents if filed.id == "daterad")
    expected = CONTENT[folder][text]
    assert progress.content_date(filed) == (DAY(expected) if expected else None)
