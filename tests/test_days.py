"""The date may be any day from 2016 to 2030: what follows from the data is right on each.

Walks the days around every boundary that is found in the data of Exempelköping (its example day lifted) and of the
five real municipalities: the day before, the day and the day after every date in a document, and every due day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from trygglofte import sites
from trygglofte.library import Library
from trygglofte.model import Filed, Municipality, Pledge
from trygglofte.model.base import Part
from trygglofte.model.dates import PartialDate
from trygglofte.model.pledge import Status
from trygglofte.pages import card_of, municipality_pages
from trygglofte.progress import SETTLED, PledgeState, as_public, due_dates, is_valid_on, pledge_state
from trygglofte.wording import MONTHS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
FIRST, LAST = date(2016, 1, 1), date(2030, 12, 31)
SLUGS = tuple(sorted(path.parent.name for path in (ROOT / "data").glob("*/kommun.yml")))
every_municipality = pytest.mark.parametrize("slug", SLUGS)


@cache
def municipality(slug: str) -> Municipality:
    """A municipality as it is written, counted from the day it is asked on."""
    shared, _ = sites.shared_files(ROOT)
    found = Library(ROOT).municipality(slug, shared).municipality
    assert found is not None
    file = found.file.part.model_copy(update={"example_day": None})
    return replace(found, file=replace(found.file, part=file))


def dates_in(value: Any) -> Iterator[date]:
    """Every date in a document; a partial one by both its ends."""
    if isinstance(value, datetime):
        yield value.date()
    elif isinstance(value, date):
        yield value
    elif isinstance(value, PartialDate):
        yield from (value.first, value.last)
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from dates_in(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from dates_in(item)


@cache
def boundaries(slug: str) -> tuple[date, ...]:
    """The days around every date in a municipality's documents and around every day that something is due."""
    whole = municipality(slug)
    days = {FIRST, LAST}
    for filed in whole.documents:
        found = set(dates_in(filed.part))
        if isinstance(filed.part, Pledge):
            found |= {due for _, due in due_dates(filed.part, whole.file.part.reporting_days)}
        days |= {day + timedelta(days=around) for day in found for around in (-1, 0, 1)}
    return tuple(sorted(day for day in days if FIRST <= day <= LAST))


def states(slug: str, day: date) -> dict[str, tuple[Filed[Pledge], PledgeState]]:
    public = as_public(municipality(slug), day)
    days = public.file.part.reporting_days
    return {filed.id: (filed, pledge_state(filed.part, day, days)) for filed in public.pledges}


@pytest.fixture(scope="module")
def walked() -> dict[str, list[tuple[date, dict[str, tuple[Filed[Pledge], PledgeState]]]]]:
    """The state of every pledge on every boundary, day by day."""
    return {slug: [(day, states(slug, day)) for day in boundaries(slug)] for slug in SLUGS}


def test_there_are_boundaries_to_walk():
    assert len(boundaries("exempelkoping")) > 150
    assert all(len(boundaries(slug)) >= 2 for slug in SLUGS)


@every_municipality
def test_nothing_from_the_future_is_seen(slug):
    for day in boundaries(slug):
        public = as_public(municipality(slug), day)
        for filed in public.documents:
            part = filed.part
            assert part.publish_from is None or part.publish_from.date() <= day
            assert all(change.date <= day for change in (*part.changes, *part.corrections))
            assert all(report.published <= day for report in getattr(part, "follow_ups", ()))
        ids = {filed.id for filed in public.pledges}
        for holder in (*public.summaries, *public.plans):
            assert {measure.pledge for measure in holder.part.measures} <= {*ids, None}


@every_municipality
def test_nothing_is_late_before_or_on_its_day_and_nothing_is_due_that_has_passed(slug, walked):
    for day, found in walked[slug]:
        for filed, state in found.values():
            due = {due for _, due in due_dates(filed.part, municipality(slug).file.part.reporting_days)}
            late = [item.due for item in state.clock.late]
            assert late == sorted(set(late))
            assert set(late) <= due
            assert all(item < day for item in late)
            assert state.last_reported is None or state.last_reported <= day
            assert all(one.late_since is None or one.late_since < day for one in state.commitments)
            if state.clock.coming:
                assert state.clock.coming.due >= day
                assert state.clock.coming.due in due
                said = [party for item in state.clock.late for party in item.parties]
                assert not {*said} & {*state.clock.coming.parties}
                assert len(said) == len(set(said)), "each party is late once"


@every_municipality
def test_every_commitment_is_counted_once_on_every_day(slug, walked):
    for _, found in walked[slug]:
        for filed, state in found.values():
            areas = sum(len(area.commitments) for area in filed.part.focus_areas)
            assert sum(state.counts.values()) == areas + len(filed.part.commitments)


@every_municipality
def test_nothing_is_said_before_those_who_answer_for_it_have_reported(slug, walked):
    for _, found in walked[slug]:
        for filed, state in found.values():
            for one in state.commitments:
                own = set(one.promise.commitment.responsible)
                told = {
                    party
                    for report in filed.part.follow_ups
                    if one.promise.commitment.id in report.outcomes
                    for party in report.reported_by
                }
                if own and not own & told:
                    assert one.status is Status.NOT_REPORTED
                elif own - told:
                    assert one.status is Status.ONGOING, "one party's report never speaks for another"


@every_municipality
def test_the_verdict_comes_only_when_the_method_says_so(slug, walked):
    for day, found in walked[slug]:
        for filed, state in found.values():
            last = filed.part.valid.last if filed.part.valid else None
            assert state.ended is bool(last and last < day)
            counted = [one.status for one in state.commitments if one.status not in SETTLED]
            if state.verdict == "uppfyllt":
                assert set(counted) == {Status.DONE}
            if state.verdict in {"delvis uppfyllt", "inte uppfyllt", "går inte att bedöma"}:
                assert state.ended
                assert not any(one.awaited for one in state.commitments)
            if state.verdict == "inte uppfyllt":
                assert not {Status.DONE, Status.PARTLY_DONE, Status.NOT_ASSESSABLE} & set(counted)


@every_municipality
def test_a_state_never_goes_backwards_without_a_new_report(slug, walked):
    for (_, before), (_, after) in pairwise(walked[slug]):
        assert before.keys() <= after.keys(), "what has been shown stays"
        for id_, (filed, earlier) in before.items():
            later_filed, later = after[id_]
            if filed.part.follow_ups != later_filed.part.follow_ups:
                continue
            assert [one.status for one in earlier.commitments] == [one.status for one in later.commitments]
            assert earlier.verdict == later.verdict or (later.ended and not earlier.ended)
            assert earlier.ended <= later.ended
            assert {item.due for item in earlier.clock.late} <= {item.due for item in later.clock.late}
            assert earlier.last_reported == later.last_reported


# What the pages say

DAY_IN_WORDS = rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})"
SHOWN = {
    slug: (FIRST, date(2022, 12, 31), date(2026, 9, 30), date(2026, 10, 1), LAST)
    if slug == "exempelkoping"
    else (FIRST, date(2023, 1, 1), LAST)
    for slug in SLUGS
}


def said_days(text: str, before: str) -> Iterator[date]:
    """Every date that follows some words."""
    for day, month, year in re.findall(before + DAY_IN_WORDS, text):
        yield date(int(year), MONTHS.index(month) + 1, int(day))


@pytest.mark.parametrize(("slug", "day"), [(slug, day) for slug in SLUGS for day in SHOWN[slug]], ids=str)
def test_every_page_is_right_on_its_day(slug, day):
    site, pages = municipality_pages(municipality(slug), ROOT, day)
    for page in pages:
        assert page.updated is None or page.updated <= day, page.address
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.html.replace("\u00a0", " ")))
        ours = " ".join(
            re.findall(r'class="tl-(?:dates|late|state).*?</(?:p|section|td|li)>', page.html, re.DOTALL)
        )
        assert not re.search(r"\bi tid\b|\d+\s+dagar\b", ours), page.address
        assert all(due < day for due in said_days(text, "[Ff]örsenad redovisning sedan ")), page.address
        assert all(due < day for due in said_days(text, "Skulle ha varit klart ")), page.address
        assert all(due >= day for due in said_days(text, "Nästa redovisning: senast ")), page.address
        for words in ("Senast redovisat ", "Innehållet är från ", "redovisat av [^.]*? "):
            assert all(when <= day for when in said_days(text, words)), (page.address, words)
        year = re.fullmatch(r"arsrapport/(\d+)/(?:\d+/)?", page.address)
        held = min(day, date(int(year[1]), 12, 31)) if year else day
        assert set(said_days(text, "Läget den ")) <= {held}, page.address
    card = card_of(site)
    assert card.day == day.isoformat()
    assert card.last_reported <= card.day
    valid = [filed for filed in site.everything.pledges if is_valid_on(filed.part.valid, day)]
    assert sum(dict(card.counts).values()) == sum(len(site.state(filed).commitments) for filed in valid)
