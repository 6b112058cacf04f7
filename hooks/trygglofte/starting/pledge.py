"""The next citizen pledge: what is not finished in the one before continues under the same ids, in a new period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from trygglofte.model import Filed, Municipality, Pledge, Promise, promises
from trygglofte.model.agreement import AgreementLevel
from trygglofte.model.base import alias_of
from trygglofte.model.pledge import Commitment, FocusArea, Indicator, Measurement, Status
from trygglofte.progress import CommitmentState, commitment_state, in_order
from trygglofte.reading import Mapping, Node, node_at
from trygglofte.starting.documents import (
    area_lines,
    finished,
    path_of,
    signed_lines,
    signing_offer,
    span_after,
    valid_lines,
)
from trygglofte.starting.drafting import (
    Line,
    Lines,
    Started,
    begun,
    carried,
    comment,
    entry,
    gap,
    item,
    offered,
    reviews_anew,
    under,
    value_in,
)
from trygglofte.starting.periods import Span, following, in_years, known_span, overlaps, year

CONTINUES = {Status.CARRIED_OVER, Status.ONGOING, Status.PLANNED, Status.NOT_REPORTED}
"""What goes on in the next pledge: carried over, or neither done, given up nor summed up by anybody."""

_YEAR_FIRST = re.compile(r"(2\d{3})(?:-|$)")


def new_pledge(
    municipality: Municipality,
    id: str,
    title: str,
    previous: Filed[Pledge] | None,
    today: date,
    *,
    period: Span | None = None,
) -> Started:
    """A pledge, begun from `previous` where there is one. Without `period` it is the year after."""
    finished(municipality, "medborgarloften", previous)
    span = period or next_period(previous, id, today)
    path = path_of(municipality, "medborgarloften", id)
    lines = entry(_alias("title"), title) + gap(Pledge, "summary", "Skriv sammanfattningen", prose=True)
    lines += signed_lines(municipality, previous)
    lines += valid_lines(Pledge, span) + signing_offer(Pledge, previous)
    lines += area_lines(municipality, previous, span) + offered(Pledge, "record")
    lines += _agreement(municipality, previous, span)
    lines += gap(Pledge, "problem", "Skriv problembilden", prose=True) + offered(Pledge, "basis")
    lines += carried(previous.tree, Pledge, "places") if previous else offered(Pledge, "places")
    indicators = _indicators(previous) if previous else []
    lines += under(_alias("indicators"), indicators) if indicators else offered(Pledge, "indicators")
    lines += _promised(previous, span, today) if previous else _first_promise()
    lines += _reporting(previous)
    if previous:
        lines += entry(_alias("replaces"), previous.id) + carried(previous.tree, Pledge, "municipalities")
        lines += reviews_anew(Pledge, "secrecy_reviewed", previous.part.secrecy_reviewed)
        lines += reviews_anew(Pledge, "approved", previous.part.approved)
        lines += offered(Pledge, "easy_read", prose=True) if previous.part.easy_read else []
    return begun(path, lines)


def next_period(previous: Filed[Pledge] | None, id: str, today: date) -> Span | None:
    """The year after the pledge before; as many years where it was whole years. None where its end is unknown.

    Without a pledge before: the year that the id begins with, or the one after today's.
    """
    if previous:
        before = span_after(previous)
        return following(before, in_years(before)) if before else None
    named = _YEAR_FIRST.match(id)
    return year(int(named[1]) if named else today.year + 1)


def _alias(attribute: str) -> str:
    return alias_of(Pledge, attribute)


def _agreement(municipality: Municipality, previous: Filed[Pledge] | None, span: Span | None) -> Lines:
    """The agreement of the pledge before while it holds; else the only strategic one that does."""
    holding = [
        one.id
        for one in municipality.agreements
        if span and overlaps(one.part.valid, span) and one.part.level is not AgreementLevel.OPERATIVE
    ]
    before = previous.part.agreement if previous else None
    dated = {one.id for one in municipality.agreements if known_span(one.part.valid)}
    if before and (before in holding or before not in dated or span is None):
        return entry(_alias("agreement"), before)
    if len(holding) == 1:
        return entry(_alias("agreement"), holding[0])
    return offered(Pledge, "agreement")


def _indicators(previous: Filed[Pledge]) -> Lines:
    """The indicators, each with its latest measured value to start from."""
    lines: Lines = []
    for number, indicator in enumerate(previous.part.indicators):
        node = _at(previous, "indikatorer", number)
        lines += item([
            *carried(node, Indicator, "id", "name", "unit", "scale", "desired"),
            *_baseline(previous, indicator.id, node),
            *offered(Indicator, "target"),
        ])  # fmt: skip
    return lines


def _baseline(previous: Filed[Pledge], id: str, node: Mapping) -> Lines:
    """The latest measured value with its source, or the value that the pledge before began from."""
    latest: Mapping | None = None
    newest: date | None = None
    for number, report in enumerate(previous.part.follow_ups):
        for position, measured in enumerate(report.measurements):
            day = measured.date.last or report.period.end
            if measured.indicator == id and (newest is None or day >= newest):
                newest, latest = day, _at(previous, "uppföljningar", number, "mätvärden", position)
    if latest is None:
        return carried(node, Indicator, "baseline", "source")
    value, when = value_in(latest, Measurement, "value"), value_in(latest, Measurement, "date")
    note = f"Mätt {when}." if isinstance(when, str) else ""
    return entry(alias_of(Indicator, "baseline"), value, note=note) + carried(latest, Measurement, "source")


def _promised(previous: Filed[Pledge], span: Span | None, today: date) -> Lines:
    """Focus areas and commitments that go on; comments say what was left out and why."""
    part = previous.part
    states = {promise.steps: commitment_state(promise, part, today) for promise in promises(part)}
    left_out, lines = comment(f"Det som inte fortsätter från {previous.id}:"), list[Line]()
    areas: Lines = []
    for number, area in enumerate(part.focus_areas):
        own = [state for state in states.values() if state.promise.area is area]
        going_on = _going_on(previous, own, span)
        if going_on:
            node = _at(previous, "fokusområden", number)
            head = carried(node, FocusArea, "title", "themes", "places", "goal", "text", prose=("text",))
            areas += item([*head, *under(alias_of(FocusArea, "commitments"), going_on)])
    lines += under(_alias("focus_areas"), areas)
    alone = [state for state in states.values() if state.promise.area is None]
    lines += under(_alias("commitments"), _going_on(previous, alone, span))
    ended = [state for state in states.values() if state.status not in CONTINUES]
    for state in ended:
        left_out += comment(f"- {state.promise.commitment.id}: {state.status}")
    return [*(left_out if ended else []), *(lines or _first_promise())]


def _going_on(previous: Filed[Pledge], states: Sequence[CommitmentState], span: Span | None) -> Lines:
    return [
        line for state in states if state.status in CONTINUES for line in _commitment(previous, state, span)
    ]


def _commitment(previous: Filed[Pledge], state: CommitmentState, span: Span | None) -> Lines:
    """A commitment that goes on. Its signed words are another document's, and are not carried over."""
    promise = state.promise
    node = _at(previous, *_way(promise))
    lines = comment(f"Från {previous.id}: {state.status}")
    lines += carried(node, Commitment, "id", "responsible", "together_with", "what")
    lines += offered(Commitment, "wording", prose=True) if promise.commitment.wording else []
    lines += carried(node, Commitment, "amount") + _due(promise, previous, span)
    return item(lines + carried(node, Commitment, "themes", "places", "indicators", "not_known"))


def _due(promise: Promise, previous: Filed[Pledge], span: Span | None) -> Lines:
    """When it is to be done: the day last reported if it is still to come, or the period's last day as before."""
    alias, promised = alias_of(Commitment, "due"), promise.commitment.due
    told = [report.outcomes.get(promise.commitment.id) for report in in_order(previous.part)]
    later = [outcome.new_due for outcome in told if outcome and outcome.new_due]
    latest = later[-1] if later else promised
    if latest is None:
        return []
    if span and latest.last and latest.known and span.first <= latest.last <= span.last:
        return entry(alias, str(latest.known))
    before = previous.part.valid.last if previous.part.valid else None
    if span and before and not later and latest.last == before:
        return entry(alias, str(span.last))
    return offered(Commitment, "due")


def _first_promise() -> Lines:
    """An outline of a focus area with a commitment."""
    outline = [
        *gap(Commitment, "id", "Skriv åtagandets id"),
        *gap(Commitment, "responsible", "Skriv vem som ansvarar för åtagandet"),
        *gap(Commitment, "what", "Skriv vad som lovas"),
        *offered(Commitment, "wording", prose=True),
        *offered(Commitment, "amount"),
        *offered(Commitment, "due"),
    ]
    area = [
        *gap(FocusArea, "title", "Skriv fokusområdets titel"),
        *gap(FocusArea, "themes", "Skriv fokusområdets teman"),
        *offered(FocusArea, "goal"),
        *under(alias_of(FocusArea, "commitments"), item(outline)),
    ]
    return under(_alias("focus_areas"), item(area))


def _reporting(previous: Filed[Pledge] | None) -> Lines:
    """The same rhythm; listed days are of a period that has passed, and are written anew."""
    rhythm = previous.part.reporting if previous else None
    if previous and isinstance(rhythm, str):
        return carried(previous.tree, Pledge, "reporting")
    note = f"Förra gången: {', '.join(map(str, rhythm))}" if isinstance(rhythm, tuple) else ""
    return gap(Pledge, "reporting", "Skriv hur ofta eller vilka dagar löftet följs upp", note=note)


def _way(promise: Promise) -> Iterator[str | int]:
    """The Swedish keys and positions that lead to a commitment."""
    for step in promise.steps:
        yield _alias(step) if isinstance(step, str) and step in Pledge.model_fields else step


def _at(filed: Filed[Pledge], *path: str | int) -> Mapping:
    node: Node | None = node_at(filed.tree, path)
    assert isinstance(node, Mapping), "what was understood was written"
    return node
