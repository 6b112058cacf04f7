"""The next follow-up of a pledge: lines added to its file, and not another byte changed."""

from __future__ import annotations

from datetime import date, timedelta

from trygglofte.counting import is_apart
from trygglofte.model import Filed, Municipality, Pledge, Promise, promises
from trygglofte.model.base import alias_of, keys
from trygglofte.model.pledge import Cadence, Commitment, FollowUp, Measurement, Outcome, Status
from trygglofte.progress import SETTLED, commitment_state, due_dates, in_order, whole_amount
from trygglofte.reading import plain, read_document
from trygglofte.starting.documents import finished
from trygglofte.starting.drafting import (
    Line,
    Lines,
    Started,
    StartError,
    comment,
    entry,
    gap,
    item,
    left_in,
    offered,
    under,
)
from trygglofte.starting.inserting import with_item
from trygglofte.starting.periods import Span, month_before, period_lines

_DAY = timedelta(days=1)
_FINISHED = {Status.DONE, Status.NOT_DONE, Status.PARTLY_DONE}
"""What nothing more is expected of, once a report has said so in words."""


def new_follow_up(
    municipality: Municipality, pledge_id: str, source: str, today: date, *, period: Span | None = None
) -> Started:
    """A follow-up begun in the pledge's own file, whose text as it stands is `source`.

    Without `period` it covers the days that the next one is due for.
    """
    finished(municipality, "medborgarloften")
    pledge = next((one for one in municipality.pledges if one.id == pledge_id), None)
    if pledge is None:
        there = ", ".join(one.id for one in municipality.pledges) or "inga löften än"
        raise StartError(f"Det finns inget löfte som heter ”{pledge_id}”. Det finns: {there}.")
    finished(municipality, "medborgarloften", pledge)
    span = period or next_period(pledge, today)
    alias, after = (alias_of(Pledge, name) for name in ("follow_ups", "reporting"))
    text, added, first = with_item(
        source, pledge.tree, alias, after, _report(municipality, pledge, span, today)
    )
    _assert_only_added(pledge, text, alias)
    return Started(pledge.file, text, True, left_in(added, first))


def next_period(pledge: Filed[Pledge], today: date) -> Span:
    """The days that the first follow-up that has not come should cover, by `följs_upp`."""
    part = pledge.part
    reported = sorted({report.period.end for report in part.follow_ups})
    begins = part.valid.first if part.valid else None
    after = reported[-1] + _DAY if reported else begins
    if isinstance(part.reporting, tuple):
        listed = sorted(part.reporting, key=lambda day: day.last)[len(reported) :]
        return _span(pledge, after, listed[0].first - _DAY if listed else None, today)
    if part.reporting in {None, Cadence.CONTINUOUS}:
        return _span(pledge, after, month_before(today).last, today)
    start = begins
    for covers, _ in due_dates(part, 0):
        if not reported or covers > reported[-1]:
            return _span(pledge, max((day for day in (start, after) if day), default=None), covers, today)
        start = covers + _DAY
    return _span(pledge, after, None, today)


def _span(pledge: Filed[Pledge], first: date | None, last: date | None, today: date) -> Span:
    """The days between, within the pledge's own; a `StartError` where there are none."""
    ends = pledge.part.valid.last if pledge.part.valid else None
    if first and ends and first > ends:
        raise StartError(
            f"{pledge.id} är redan följt upp till och med {first - _DAY}, då löftet tar slut. "
            "Gäller uppföljningen andra dagar: ange perioden."
        )
    if first is None or last is None:
        raise StartError(
            f"Det går inte att räkna ut vilka dagar uppföljningen av {pledge.id} gäller. Ange perioden."
        )
    last = min(last, ends) if ends else last
    if last < first:
        last = min(today, ends) if ends else today
    if last < first:
        raise StartError(f"{pledge.id} är redan följt upp till och med {first - _DAY}. Ange perioden.")
    return Span(first, last)


def _report(municipality: Municipality, pledge: Filed[Pledge], span: Span, today: date) -> Lines:
    lines = period_lines(alias_of(FollowUp, "period"), span)
    lines += gap(FollowUp, "published", "Skriv vilken dag uppföljningen läggs ut")
    open_ones = [promise for promise in promises(pledge.part) if not _is_settled(promise, pledge.part, today)]
    lines += _reporters(municipality, pledge.part, open_ones)
    lines += gap(FollowUp, "summary", "Skriv sammanfattningen av uppföljningen", prose=True)
    outcomes = [line for promise in open_ones for line in _outcome(promise, pledge.part)]
    if outcomes:
        told = {alias_of(Outcome, name) for name in ("status", "during", "total", "per_party")}
        more = [name for name in keys(Outcome) if name not in told]
        lines += comment(
            f"Skriv bara för den som har rapporterat. Varje åtagande kan också ha: {', '.join(more)}."
        )
    lines += under(alias_of(FollowUp, "outcomes"), outcomes)
    return lines + _measurements(pledge.part) + offered(FollowUp, "beyond")


def _is_settled(promise: Promise, pledge: Pledge, today: date) -> bool:
    """Whether a report has ended a commitment. What figures alone have reached goes on being counted."""
    state = commitment_state(promise, pledge, today)
    return state.status in SETTLED or (state.status in _FINISHED and not state.derived)


def _reporters(municipality: Municipality, pledge: Pledge, open_ones: list[Promise]) -> Lines:
    """The parties that answer for what is open, in the pledge's own order."""
    responsible = [party for promise in open_ones for party in promise.commitment.responsible]
    order = [*pledge.parties, *(party.id for party in municipality.file.part.parties)]
    parties = [party for party in dict.fromkeys(order) if party in responsible] or list(pledge.parties)
    if not parties:
        return gap(FollowUp, "reported_by", "Skriv vilka som har lämnat uppgifter")
    description = str(FollowUp.model_fields["reported_by"].description)
    return entry(alias_of(FollowUp, "reported_by"), parties, note=description)


def _outcome(promise: Promise, pledge: Pledge) -> Lines:
    """The entry of one commitment, counted as before."""
    name = promise.commitment.id
    told = [report.outcomes[name] for report in in_order(pledge) if name in report.outcomes]
    parties = list(dict.fromkeys(party for outcome in told for party in outcome.per_party or ()))
    if is_apart(promise):
        parties = list(promise.commitment.responsible)
    if not parties:
        return under(name, _way_of(told, promise.commitment, pledge, f"Skriv utfallet för {name}"))
    lines: Lines = []
    for party in parties:
        own = [
            outcome.per_party[party] for outcome in told if outcome.per_party and party in outcome.per_party
        ]
        lines += under(party, _way_of(own, promise.commitment, pledge, f"Skriv utfallet för {name}, {party}"))
    return under(name, under(alias_of(Outcome, "per_party"), lines))


def _way_of(told: list[Outcome], commitment: Commitment, pledge: Pledge, todo: str) -> Lines:
    """The keys that were used the last time, empty, each with its last value as a hint."""
    statuses = [outcome.status for outcome in told if outcome.status]
    numbers = [
        (attribute, value.words)
        for outcome in told
        for attribute in ("during", "total")
        if (value := getattr(outcome, attribute)) is not None
    ]
    lines: Lines = []
    if told and told[-1].status:
        lines += gap(Outcome, "status", todo, note=f"Förra gången: {statuses[-1]}")
    if numbers:
        attribute, words = numbers[-1]
        lines += gap(Outcome, attribute, todo, note=f"Förra gången: {' '.join(words.split())}")
    elif not lines and commitment.amount and whole_amount(commitment.amount, pledge.valid) is not None:
        lines += gap(Outcome, "total", todo)
    return lines or gap(Outcome, "status", todo)


def _measurements(pledge: Pledge) -> Lines:
    """The indicators, offered with their last values."""
    lines: Lines = []
    for indicator in pledge.indicators:
        last = [
            measured
            for report in in_order(pledge)
            for measured in report.measurements
            if measured.indicator == indicator.id
        ]
        before = f"  # Förra gången: {last[-1].value}".replace(".", ",") if last else ""
        lines += item([
            *entry(alias_of(Measurement, "indicator"), indicator.id),
            Line(f"{alias_of(Measurement, 'value')}:{before}"),
            Line(f"{alias_of(Measurement, 'date')}:"),
        ])  # fmt: skip
    return offered(FollowUp, "measurements", lines) if lines else []


def _assert_only_added(pledge: Filed[Pledge], text: str, alias: str) -> None:
    """The file still says what it said, and one follow-up more."""
    tree, _ = read_document(text.encode(), pledge.file)
    before = {key: plain(entry.node) for key, entry in pledge.tree.entries.items()}
    if tree is not None:
        now = {key: plain(entry.node) for key, entry in tree.entries.items()}
        spelling = next((key for key in now if tree.get(alias) is tree.entries[key]), alias)
        reports = now.pop(spelling, [])
        if isinstance(reports, list) and reports[:-1] == before.pop(spelling, []) and now == before:
            return
    raise StartError(
        f"Det går inte att lägga till i {pledge.file} utan att ändra annat. Skriv uppföljningen för hand."
    )
