"""How dates, periods, numbers and lists are said. Golden tables: what is written, and what the site says."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trygglofte import wording
from trygglofte.model.base import Part
from trygglofte.model.common import End, Hours, Period, ReportPeriod, When
from trygglofte.model.dates import PartialDate
from trygglofte.model.pledge import Amount, Bound, Cadence, Pledge
from trygglofte.model.values import Count
from trygglofte.model.words import Direction, Per

N = "\u00a0"
ENGLISH = re.compile(
    r"\b(?:january|february|march|may|june|july|august|october|and|from|until|to|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|none|per year|at least)\b",
    re.IGNORECASE,
)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def written(model: type[Part], text: str):
    """A part of the model from its YAML, where every value is text."""
    return model.model_validate(yaml.load(text, Loader=yaml.CBaseLoader))


def is_swedish(text: str) -> bool:
    return bool(text) and not ENGLISH.search(text) and text == text.strip() and "  " not in text


WHENS = {
    "2017": "2017",
    "2017-02": "februari 2017",
    "2017-02-11": f"11{N}februari 2017",
    "2017-02-01": f"1{N}februari 2017",
    "{ordalydelse: den 8 februari}": "den 8 februari",
    "{ordalydelse: den 8 februari, tidigast: 2016-11, senast: 2018}": "den 8 februari",
    "{tidigast: 2016, senast: 2017-02}": "mellan 2016 och februari 2017",
    "{tidigast: 2016-02-08}": f"tidigast 8{N}februari 2016",
    "{senast: 2018}": "senast 2018",
    "{}": "okänt datum",
}


@pytest.mark.parametrize("text", WHENS, ids=str)
def test_a_date_says_as_much_as_is_known(text):
    assert wording.when(written(When, text)) == WHENS[text]


PERIODS = {
    "{från: 2026-01-01, till: 2026-12-31}": f"1{N}januari – 31{N}december 2026",
    "{från: 2025-12-14, till: 2026-01-24}": f"14{N}december 2025 – 24{N}januari 2026",
    "{från: 2026-05-01, till: 2026-05-01}": f"1{N}maj 2026",
    "{från: 2016, till: 2017}": "2016–2017",
    "{från: 2022, till: 2022}": "2022",
    "{från: 2017-02, till: 2017-02}": "februari 2017",
    "{från: 2017-02, till: 2018-03}": "februari 2017 – mars 2018",
    "{från: 2017-02-11, till: 2018}": f"11{N}februari 2017 – 2018",
    "{från: 2026-03-01, till: tills vidare}": f"från 1{N}mars 2026, tills vidare",
    "{från: 2026-03-01, till: Tills  vidare}": f"från 1{N}mars 2026, tills vidare",
    "{från: 2026, till: {tills_vidare: ja, ordalydelse: 'tills vidare, revideras vart tredje år'}}": (
        "från 2026, tills vidare, revideras vart tredje år"
    ),
    "{till: tills vidare}": "tills vidare",
    "{från: 2026-03}": "från mars 2026",
    "{till: 2026-12-31}": f"till 31{N}december 2026",
    "{till: {ordalydelse: mandatperioden ut}}": "mandatperioden ut",
    "{från: 2023-01-01, till: {ordalydelse: mandatperioden ut}}": f"1{N}januari 2023 – mandatperioden ut",
    "{från: {ordalydelse: i våras}, till: 2017}": "i våras – 2017",
    "{från: 2024-01-01, till: 2027-12-31, ordalydelse: hela mandatperioden}": "hela mandatperioden",
    "{}": "okänd period",
}


@pytest.mark.parametrize("text", PERIODS, ids=str)
def test_a_period_keeps_its_own_words_and_says_open_and_unknown_ends(text):
    assert wording.period(written(Period, text)) == PERIODS[text]


REPORT_PERIODS = {
    ("2026-10-01", "2026-10-31"): "oktober 2026",
    ("2024-02-01", "2024-02-29"): "februari 2024",
    ("2023-02-01", "2023-02-28"): "februari 2023",
    ("2024-02-01", "2024-02-28"): f"1–28{N}februari 2024",
    ("2026-01-01", "2026-04-30"): "januari–april 2026",
    ("2026-01-01", "2026-12-31"): "hela 2026",
    ("2025-12-01", "2026-02-28"): "december 2025 – februari 2026",
    ("2025-12-14", "2026-01-24"): f"14{N}december 2025 – 24{N}januari 2026",
    ("2026-05-04", "2026-05-04"): f"4{N}maj 2026",
}


@pytest.mark.parametrize("ends", REPORT_PERIODS, ids=" ".join)
def test_the_days_of_a_report_are_said_as_months_where_they_are_whole_months(ends):
    period = ReportPeriod.model_validate({"från": ends[0], "till": ends[1]})
    assert wording.report_period(period) == REPORT_PERIODS[ends]


NUMBERS = {
    "0": "0",
    "54": "54",
    "61.5": "61,5",
    "61.50": "61,5",
    "1200": f"1{N}200",
    "1234567.25": f"1{N}234{N}567,25",
    "-3": "−3",
    "1E+3": f"1{N}000",
}


@pytest.mark.parametrize("value", NUMBERS, ids=str)
def test_numbers_are_written_as_swedes_write_them(value):
    assert wording.number(Decimal(value)) == NUMBERS[value]


def test_whole_numbers_and_protected_counts():
    assert wording.number(12000) == f"12{N}000"
    assert wording.count(Count(1200)) == f"1{N}200"
    assert wording.count(Count(0)) == "0"
    assert wording.count(Count(None, 5)) == f"färre än{N}5"
    assert wording.counted(1, "åtagande", "åtaganden") == f"1{N}åtagande"
    assert wording.counted(0, "åtagande", "åtaganden") == f"0{N}åtaganden"
    assert wording.counted(1500, "sida", "sidor") == f"1{N}500{N}sidor"


AMOUNTS = {
    "{minst: 50, enhet: pass, per: år}": f"minst 50{N}pass per år",
    "{minst: 3, enhet: kvällar, per: vecka}": f"minst 3{N}kvällar per vecka",
    "{högst: 6, enhet: nätter}": f"högst 6{N}nätter",
    "{exakt: 64, enhet: armaturer}": f"64{N}armaturer",
    "{minst: 2, högst: 4, enhet: möten}": f"minst 2{N}och högst 4{N}möten",
    "{exakt: 2, enhet: vandringar, per: period}": f"2{N}vandringar under perioden",
    "{alla: ja, enhet: kvällar, när: 'fredagar, klockan 20–01'}": "alla kvällar, fredagar, klockan 20–01",
    "{inom: 24, enhet: timmar, löpande: ja}": f"inom 24{N}timmar, löpande",
    "{exakt: 2, enhet: insatser, per: år, vardera: {minst: 2, enhet: dagar}}": (
        f"2{N}insatser per år, minst 2{N}dagar vardera"
    ),
    "{minst: 1200, enhet: timmar}": f"minst 1{N}200{N}timmar",
    "{riktning: fler, enhet: anmälda trafikbrott}": "fler anmälda trafikbrott",
    "{riktning: färre, enhet: klagomål, per: år}": "färre klagomål per år",
    "{riktning: upp, enhet: närvaro}": "närvaro ska öka",
    "{riktning: ner, enhet: hastigheten}": "hastigheten ska minska",
    "{riktning: oförändrat, enhet: antalet}": "antalet ska vara som förut",
    "{riktning: upp}": "ska öka",
    "{löpande: ja}": "löpande",
    "{när: på kvällar}": "på kvällar",
    "{vardera: {exakt: 2, enhet: dagar}}": f"2{N}dagar vardera",
    "{per: period}": "under perioden",
    "{minst: 50, enhet: pass, per: år, ordalydelse: ett femtiotal pass}": "ett femtiotal pass",
    "{}": "",
}


@pytest.mark.parametrize("text", AMOUNTS, ids=str)
def test_what_was_promised_is_said_in_one_phrase(text):
    assert wording.amount(written(Amount, text)) == AMOUNTS[text]


def test_a_target_is_said_without_what_it_lacks():
    assert wording.bound(written(Bound, "{högst: 25}")) == "högst 25"
    assert wording.bound(written(Bound, "{minst: '4,5'}")) == "minst 4,5"
    assert wording.bound(written(Bound, "{}")) == ""


CADENCES = {
    "varje månad": "varje månad",
    "varje kvartal": "varje kvartal",
    "tertialvis": None,
    "varje tertial": "varje tertial",
    "varje halvår": "varje halvår",
    "varje år": "varje år",
    "löpande": "löpande",
    "[2026-05, 2026-09, 2027-01-15]": f"maj 2026, september 2026 och 15{N}januari 2027",
    "[2026]": "2026",
}


@pytest.mark.parametrize("text", [text for text, said in CADENCES.items() if said], ids=str)
def test_how_often_a_pledge_is_followed_up(text):
    pledge = written(Pledge, f"{{titel: x, följs_upp: {text}}}")
    assert wording.cadence(pledge.reporting) == CADENCES[text]


def test_every_cadence_there_is_has_been_tried():
    assert {str(cadence) for cadence in Cadence} <= set(CADENCES)


def test_lists_have_one_last_word():
    assert wording.listing([]) == ""
    assert wording.listing(["a"]) == "a"
    assert wording.listing(["a", "b"]) == "a och b"
    assert wording.listing(["a", "b", "c"], "eller") == "a, b eller c"


HOURS = {
    "{dagar: måndag–onsdag, öppnar: 8, stänger: 17.00}": "måndag–onsdag 08.00–17.00",
    "{dagar: torsdag, öppnar: 08.00, stänger: '18:30'}": "torsdag 08.00–18.30",
    "{dagar: [tisdag, torsdag], öppnar: 13.00, stänger: 15.30}": "tisdag och torsdag 13.00–15.30",
    "{dagar: [måndag–tisdag, torsdag], öppnar: 9, stänger: 11}": "måndag, tisdag och torsdag 09.00–11.00",
    "{dagar: lördag–söndag, öppnar: 10, stänger: 12}": "lördag och söndag 10.00–12.00",
}


@pytest.mark.parametrize("text", HOURS, ids=str)
def test_opening_hours_name_their_days(text):
    assert wording.hours(written(Hours, text)) == HOURS[text]


def test_a_capital_letter_changes_nothing_else():
    assert wording.capital("åtta Kvarnbybor") == "Åtta Kvarnbybor"
    assert wording.capital("") == wording.uncapital("") == ""
    assert wording.uncapital("Åtta Kvarnbybor") == "åtta Kvarnbybor"
    assert wording.clock(time(8, 5)) == "08.05"


def test_a_number_never_leaves_the_word_after_it():
    assert wording.keep_units("minst 50 pass per år") == f"minst 50{N}pass per år"
    assert wording.keep_units("") == ""


PARTIALS = st.builds(
    lambda day, much: PartialDate(day.year, day.month if much else None, day.day if much == 2 else None),
    DAYS,
    st.integers(0, 2),
)
WHENS_OF_ALL_KINDS = st.builds(
    lambda wording, first, last: When.model_construct(wording=wording, earliest=first, latest=last),
    st.none() | st.just("i våras"),
    st.none() | PARTIALS,
    st.none() | PARTIALS,
)
ENDS = st.builds(
    lambda when, open_ended: End.model_construct(
        wording=when.wording, earliest=when.earliest, latest=when.latest, open_ended=open_ended
    ),
    WHENS_OF_ALL_KINDS,
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(DAYS, DAYS, PARTIALS)
def test_no_date_is_said_in_english(one, other, partial):
    first, last = sorted((one, other))
    period = ReportPeriod.model_construct(start=first, end=last)
    for said in (wording.long_date(one), wording.partial_date(partial), wording.report_period(period)):
        assert is_swedish(said)
        assert str(last.year) in said or said is not wording.report_period(period)
    assert f"{one.day}{N}" in wording.long_date(one)
    assert str(one.year) not in wording.long_date(one, year=False)


@settings(max_examples=60, deadline=None)
@given(WHENS_OF_ALL_KINDS)
def test_every_date_is_said_in_swedish_and_says_no_more_than_is_known(when):
    said = wording.when(when)
    assert is_swedish(said)
    known = {str(bound.year) for bound in (when.earliest, when.latest) if bound}
    assert set(re.findall(r"\d{4}", said)) <= known


@settings(max_examples=60, deadline=None)
@given(st.none() | WHENS_OF_ALL_KINDS, st.none() | ENDS)
def test_every_period_is_said_in_swedish(start, end):
    assert is_swedish(wording.period(Period.model_construct(start=start, end=end, wording=None)))


NUMBER = st.decimals(0, 10**9, places=1, allow_nan=False)
AMOUNTS_OF_ALL_KINDS = st.fixed_dictionaries(
    {},
    optional={
        "at_least": NUMBER,
        "at_most": NUMBER,
        "exactly": NUMBER,
        "everything": st.booleans(),
        "within": NUMBER,
        "direction": st.sampled_from(Direction),
        "unit": st.sampled_from(["pass", "insatser per kväll"]),
        "per": st.sampled_from(Per),
        "when": st.just("på kvällar"),
        "ongoing": st.booleans(),
    },
)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS_OF_ALL_KINDS, st.none() | AMOUNTS_OF_ALL_KINDS)
def test_every_amount_is_said_in_swedish(values, inner):
    each = Amount.model_construct(**inner) if inner else None
    said = wording.amount(Amount.model_construct(**values, each=each))
    assert not said or is_swedish(said)
    assert not said.startswith((",", " "))


@settings(max_examples=60, deadline=None)
@given(NUMBER)
def test_a_number_reads_back_as_the_same_number(value):
    said = wording.number(value)
    assert Decimal(said.replace(N, "").replace(",", ".")) == value
    assert " " not in said
