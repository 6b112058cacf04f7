"""Who has said what on a commitment, oldest first. A report speaks for those who gave it and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trygglofte.model import Filed, Pledge, Promise, promises
from trygglofte.model.pledge import FollowUp, Outcome


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of a commitment: of the whole (`party` is None), or of one party's share.

    `speakers` are those of the responsible parties that it speaks for; where nobody is responsible, all who
    reported. `number` is the report's place among the follow-ups as they are written.
    """

    report: FollowUp
    outcome: Outcome
    number: int
    speakers: tuple[str, ...]
    party: str | None = None

    @property
    def has_figure(self) -> bool:
        """Whether it tells how much, in the promised unit."""
        return self.outcome.total is not None or self.outcome.during is not None


def in_order(pledge: Pledge) -> list[FollowUp]:
    """A pledge's follow-ups, oldest first, whatever order they are written in."""
    return [report for _, report in _numbered(pledge)]


def _numbered(pledge: Pledge) -> list[tuple[int, FollowUp]]:
    return sorted(
        enumerate(pledge.follow_ups),
        key=lambda item: (item[1].period.end, item[1].published, item[1].period.start, item[1].reported_by),
    )


def heard(promise: Promise, pledge: Pledge) -> list[Told]:
    """What responsible parties have reported on a commitment, oldest first; of the whole before the shares."""
    return list(_heard(promise, _numbered(pledge)))


def all_heard(pledge: Pledge) -> list[tuple[Promise, list[Told]]]:
    """Every commitment of a pledge, with what `heard` gives of it."""
    reports = _numbered(pledge)
    return [(promise, list(_heard(promise, reports))) for promise in promises(pledge)]


def heard_in(filed: Filed[Pledge]) -> list[tuple[Promise, list[Told]]]:
    """What `all_heard` gives of a pledge in its file: worked out once, however many ask."""
    return filed.once("heard", lambda: all_heard(filed.part))


def _heard(promise: Promise, reports: list[tuple[int, FollowUp]]) -> Iterator[Told]:
    own = promise.commitment.responsible
    for number, report in reports:
        outcome = report.outcomes.get(promise.commitment.id)
        speakers = tuple(party for party in report.reported_by if party in own or not own)
        if outcome is None or not speakers:
            continue
        if outcome.model_fields_set != {"per_party"}:
            yield Told(report, outcome, number, speakers)
        shares = [(party, share) for party, share in (outcome.per_party or {}).items() if party in speakers]
        for party, share in sorted(shares, key=lambda item: item[0]):
            yield Told(report, share, number, (party,), party)


def stream_of(party: str, told: list[Told]) -> list[Told]:
    """What a party has said for itself: its own shares, and the whole where nobody else spoke with it.

    Figures of several parties together are nobody's own; their words are each one's.
    """
    return [
        item
        for item in told
        if item.party == party
        or (item.party is None and party in item.speakers and party not in (item.outcome.per_party or {}))
    ]


def is_apart(promise: Promise) -> bool:
    """Whether several parties promise each by itself, so that each has its own figures and its own status."""
    return promise.commitment.each_by_itself and len(promise.commitment.responsible) > 1


def own_figures(party: str, told: list[Told]) -> list[Told]:
    """What a party has told for itself alone, as its share: figures told together are nobody's own."""
    stream = stream_of(party, told)
    return [replace(item, party=party) for item in stream if item.party or item.speakers == (party,)]


def figure_streams(promise: Promise, told: list[Told]) -> list[list[Told]]:
    """What is added up by itself: each party's own, or the whole and each party's share of it."""
    if is_apart(promise):
        return [own_figures(party, told) for party in promise.commitment.responsible]
    parties = sorted({item.party for item in told if item.party})
    return [[item for item in told if item.party == party] for party in (None, *parties)]
