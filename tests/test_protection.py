"""What the rules on small counts promise an editor: what they say to take away is enough, and tells nothing."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.test_rules import SHARED, filed
from trygglofte.model import Municipality, MunicipalityFile, SituationSummary
from trygglofte.rules.protection import (
    derived,
    earlier_versions_keep_what_is_hidden,
    published_counts_agree_and_keep_what_is_hidden,
    small_counts_are_protected,
)

KOMMUN = """\
namn: Provstads kommun
kortnamn: Provstad
kommunkod: "0000"
påhittad: ja
parter: [{id: kommunen, namn: Kommunen}]
platser:
  - {id: centrum, namn: Centrum}
  - {id: torget, namn: Torget, i: centrum}
  - {id: hamnen, namn: Hamnen}
  - {id: ringen, namn: Ringen, i: varvet, tröskel: 9}
  - {id: varvet, namn: Varvet, i: ringen}
"""
PLACES = ("centrum", "torget", "hamnen")


def municipality(*texts, kommun=KOMMUN):
    """A municipality with these situation summaries, 2026-01 and on."""
    summaries = tuple(filed(text, SituationSummary, f"{n:02}.yml") for n, text in enumerate(texts))
    return Municipality(
        "provstad", filed(kommun, MunicipalityFile, "kommun.yml"), SHARED, summaries=summaries
    )


def problems(*texts, kommun=KOMMUN):
    return list(published_counts_agree_and_keep_what_is_hidden(municipality(*texts, kommun=kommun)))


def summary(first, last, rows, total=None):
    lines = [f"period: {{från: 2026-{first:02}-01, till: 2026-{last:02}-28}}"]
    lines += [f"antal: {total}"] if total else []
    for theme, (count, places) in rows.items():
        inside = ", ".join(f"{place}: {value}" for place, value in places.items())
        lines += [f"{'' if 'kategorier:' in lines else 'kategorier:' + chr(10)}  - tema: {theme}"]
        lines += [f"    antal: {count}"] if count is not None else []
        lines += [f"    platser: {{{inside}}}"] if places else []
        lines = "\n".join(lines).split("\n")
    return "\n".join(lines) + "\n"


def hidden(count, threshold=5):
    return count if count == 0 or count >= threshold else f"färre än {threshold}"


@st.composite
def months(draw):
    """One to three months of true counts, written as an editor would, and perhaps the months together."""
    texts, sums = [], {}
    number = draw(st.integers(1, 3))
    themes = ("trafik", "narkotika")[: draw(st.integers(1, 2))]
    for month in range(1, number + 1):
        rows = {}
        for theme in themes:
            torget, rest_of_centrum, hamnen, elsewhere = draw(st.tuples(*[st.integers(0, 9)] * 4))
            true = dict(zip(PLACES, (torget + rest_of_centrum, torget, hamnen), strict=True))
            count = true["centrum"] + hamnen + elsewhere
            sums[theme] = sums.get(theme, 0) + count
            shown = {place: hidden(value) for place, value in true.items() if draw(st.booleans())}
            rows[theme] = (hidden(count) if draw(st.integers(0, 3)) else None, shown)
        texts.append(summary(month, month, rows, draw(st.sampled_from([None, hidden(sum(sums.values()))]))
                             if month == 1 else None))  # fmt: skip
    if number > 1 and draw(st.booleans()):
        texts.append(summary(1, number, {theme: (hidden(count), {}) for theme, count in sums.items()}))
    return texts


_TAKE = re.compile(r"”(\w+): (färre än \d+|\d+)” (?:på rad (\d+)|i data/(\d+)\.yml, rad (\d+))")


def without(texts, found):
    """The texts without what a problem says to take away."""
    lines = [text.split("\n") for text in texts]
    for key, value, line, other, there in _TAKE.findall(found.hint):
        n, at = (int(other), int(there)) if other else (int(found.file[5:7]), int(line))
        item = f"{key}: {value}"
        old = lines[n][at - 1]
        assert item in old, "the hint quotes what is written"
        if old.strip() == item:
            lines[n][at - 1] = ""
        else:
            new = re.sub(rf"(, )?\b{re.escape(item)}(?![0-9])", "", old, count=1).replace("{, ", "{")
            lines[n][at - 1] = "" if "{}" in new else new
    return ["\n".join(some) for some in lines]


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(months())
def test_taking_away_what_the_message_says_is_enough(texts):
    found = problems(*texts)
    assume(not any(one.kind == "summan-stammer-inte" for one in found))
    for _ in range(len(found)):
        if not found:
            return
        assert found[0].hint.startswith("Ta bort ”"), found[0]
        before = len(found)
        texts = without(texts, found[0])
        found = problems(*texts)
        assert len(found) < before, "nothing new is given away"
    assert not found


@settings(max_examples=100, deadline=None)
@given(months())
def test_true_counts_are_never_said_to_contradict_each_other(texts):
    assert not [one for one in problems(*texts) if one.kind == "summan-stammer-inte"]


TWO = "period: {från: 2026-01-01, till: 2026-01-31}\nkategorier:\n"


def test_a_message_says_nothing_of_what_can_be_worked_out():
    text = TWO + "  - {tema: trafik, antal: 19, platser: {centrum: 16, hamnen: färre än 5}}\n"
    (found,) = problems(text)
    assert not re.search(r"\b[12]\b", re.sub(r"rad \d+", "", found.message + found.hint))


def older(text):
    return filed(text, SituationSummary, "00.yml")


NOW = TWO + "  - {tema: trafik, antal: 40, platser: {centrum: färre än 5, hamnen: 11}}\n"


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (
            "{tema: trafik, antal: 40, platser: {centrum: 3, hamnen: 11}}",
            "talet står kvar i en äldre version av filen",
        ),
        (
            "{tema: trafik, antal: 40, platser: {centrum: färre än 5, hamnen: 11, torget: 2}}",
            "”torget” i en äldre",
        ),
        ("{tema: trafik, platser: {centrum: färre än 3}}", "”centrum” i en äldre version"),
        ("{tema: trafik, antal: 40, platser: {hamnen: 11}}", ""),
        ("{tema: trafik, antal: 41, platser: {centrum: 6, hamnen: 12}}", ""),
    ],
    ids=["the count itself", "a part of it", "fewer than fewer", "nothing new", "corrected since"],
)
def test_older_versions_of_a_summary_are_read_too(then, said):
    """Anybody can read the history. What was corrected since is no longer true, and tells nothing."""
    found = list(earlier_versions_keep_what_is_hidden(municipality(NOW), [(older(TWO + f"  - {then}\n"), 1)]))
    assert all(one.kind == "avslojat-av-historiken" and one.is_error for one in found)
    assert [said in one.message for one in found] == ([True] if said else [])


def test_of_several_older_versions_all_that_can_be_true_together_are_read():
    then = [
        "{tema: trafik, antal: 40, platser: {hamnen: 11, varvet: 25}}",
        "{tema: trafik, antal: 40, platser: {centrum: 3, hamnen: 11}}",
    ]
    back = [(older(TWO + f"  - {text}\n"), n + 1) for n, text in enumerate(then)]
    (found,) = earlier_versions_keep_what_is_hidden(municipality(NOW), back)
    assert "äldre version" in found.message
    assert not list(published_counts_agree_and_keep_what_is_hidden(municipality(NOW)))


def test_an_older_value_of_an_indicator_is_read_too():
    what = "namn: Rån, enhet: brott, räknar: händelser"
    text = "period: {från: 2026-01-01, till: 2026-01-31}\nindikatorer: [{" + what + ", värde: %s}]\n"
    back = [(older(text % 3), 1)]
    (found,) = earlier_versions_keep_what_is_hidden(municipality(text % "färre än 5"), back)
    assert found.message == "Antalet är dolt här, men talet står kvar i en äldre version av filen."
    assert "äldre versioner går att läsa" in found.hint


def test_a_message_on_counts_that_exceed_the_total_never_repeats_a_small_one():
    text = TWO + "  - {tema: trafik, antal: 3, platser: {centrum: 7, hamnen: 2}}\n"
    (found,) = problems(text)
    assert "(7)" in found.message
    assert "(färre än 5)" in found.message


def test_what_cannot_be_decided_is_an_error_that_asks_for_fewer_figures(monkeypatch):
    monkeypatch.setattr(
        derived, "leaks", lambda facts, secrets, left: derived_leaks(facts, secrets, left, steps=0)
    )
    text = TWO + "  - {tema: trafik, antal: 40, platser: {centrum: färre än 5, hamnen: 11}}\n"
    (found,) = problems(text)
    assert (found.kind, found.is_error) == ("avslojat-antal", True)
    assert "inte går att visa att de dolda antalen är säkra" in found.message


derived_leaks = derived.leaks


def test_places_that_lie_within_each_other_have_the_strictest_threshold_of_the_ring():
    text = TWO + "  - {tema: trafik, platser: {ringen: 8, varvet: 8, hamnen: 8}}\n"
    found = list(small_counts_are_protected(municipality(text)))
    assert [one.field for one in found] == ["ringen", "varvet"]


def test_a_threshold_of_nothing_protects_nothing():
    text = TWO + "  - {tema: trafik, antal: 3, platser: {hamnen: 2}}\n"
    kommun = KOMMUN + "skydd: {tröskel: 0}\n"
    assert not list(small_counts_are_protected(municipality(text, kommun=kommun)))
    assert not problems(text, kommun=kommun)


def test_the_same_theme_twice_is_two_things_that_are_counted():
    text = TWO + "".join(f"  - {{tema: trafik, antal: {n}, platser: {{hamnen: {n}}}}}\n" for n in (7, 9))
    assert not problems(text)


def test_many_months_with_hidden_places_are_decided():
    """Half a year of months with hidden places in every theme, and the half-year together."""
    rows = {
        theme: (40, {"centrum": 12, "torget": 7, "hamnen": "färre än 5"}) for theme in ("trafik", "narkotika")
    }
    texts = [summary(month, month, rows) for month in range(1, 7)]
    texts.append(summary(1, 6, {theme: (40 * 6 + 30, {"hamnen": 15}) for theme in rows}))
    assert not problems(*texts)
    texts[-1] = summary(1, 6, {theme: (40 * 6 + 30, {"hamnen": 6}) for theme in rows})
    assert {one.kind for one in problems(*texts)} == {"avslojat-antal"}


def test_every_combination_of_shown_and_hidden_is_met_without_a_crash():
    values = (None, 0, 5, 9, "färre än 5", "färre än 9")
    for total, centrum, torget, hamnen in product(values, repeat=4):
        places = {p: v for p, v in zip(PLACES, (centrum, torget, hamnen), strict=True) if v is not None}
        for one in problems(summary(1, 1, {"trafik": (total, places)})):
            assert one.message.endswith(".")
            assert one.hint.endswith(".")
