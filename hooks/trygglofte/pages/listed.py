"""Commitments across pledges, each once: what lists and counts of every kind are made of.

A list that could grow past what a page may weigh is cut into portions, of which each becomes a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from trygglofte import addresses
from trygglofte.addresses import address_of
from trygglofte.model import Filed, Pledge
from trygglofte.model.common import When
from trygglofte.model.pledge import Status
from trygglofte.pages.documents import in_time
from trygglofte.pages.naming import slug
from trygglofte.pages.plan import Planned
from trygglofte.pages.portions import numbered, portions
from trygglofte.pages.site import Site
from trygglofte.progress import CommitmentState, in_order


@dataclass(frozen=True)
class Listed:
    """A commitment with its pledge and state, for lists across pledges."""

    pledge: Filed[Pledge]
    state: CommitmentState

    @cached_property
    def anchor(self) -> str:
        """Address and anchor of the commitment."""
        return f"{address_of(self.pledge)}#{addresses.commitment_anchor(self.state.promise.commitment.id)}"

    @property
    def parties(self) -> tuple[str, ...]:
        """Those who answer for it; none where the source does not say."""
        return self.state.promise.commitment.responsible

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """The commitment's own themes, or its focus area's."""
        return self.state.promise.themes

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The commitment's own places, or its focus area's, or the pledge's."""
        promise = self.state.promise
        area = promise.area.places if promise.area else ()
        return promise.commitment.places or area or self.pledge.part.places

    @property
    def reported(self) -> date | None:
        """When somebody who answers for it last reported on it."""
        return self.state.report.published if self.state.report else None

    @cached_property
    def due(self) -> When | None:
        """When it is to be done, by the latest schedule that those who answer for it have reported."""
        commitment = self.state.promise.commitment
        own, due = set(commitment.responsible), commitment.due
        for report in self.pledge.once("reports", lambda: in_order(self.pledge.part)):
            outcome = report.outcomes.get(commitment.id)
            if outcome and outcome.new_due and (not own or own & set(report.reported_by)):
                due = outcome.new_due
        return due

    @property
    def due_day(self) -> date | None:
        """The last day that `due` can mean."""
        return self.due.last if self.due else None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done, so that it can become late."""
        return self.state.status in OPEN


OPEN = {Status.PLANNED, Status.ONGOING, Status.NOT_REPORTED, Status.PARTLY_DONE, Status.NOT_ASSESSABLE}
"""Statuses of what is still to be done."""


def commitments(site: Site) -> tuple[Listed, ...]:
    """Every commitment of every pledge, each once, newest pledge first."""
    return site.once("commitments", lambda: _commitments(site))


def _commitments(site: Site) -> tuple[Listed, ...]:
    return tuple(
        Listed(filed, state)
        for filed in in_time(site.everything.pledges)
        for state in site.state(filed).commitments
    )


def status_address(status: Status) -> str:
    """The address of the page that lists commitments with a status."""
    return f"{addresses.STATUSES}{str(status).translate(str.maketrans('åäö', 'aao')).replace(' ', '-')}/"


def party_addresses(site: Site) -> dict[str, str]:
    """The address of each party that has promised something, in the order of kommun.yml.

    Short names may hold å, ä and ö; two that come out alike are told apart by a number.
    """
    return site.once("party addresses", lambda: _party_addresses(site))


def _party_addresses(site: Site) -> dict[str, str]:
    promising = {party for item in commitments(site) for party in item.parties}
    declared = [party.id for party in site.everything.file.part.parties]
    found: dict[str, str] = {}
    for party in [*declared, *sorted(promising - set(declared))]:
        if party not in promising:
            continue
        name = slug(party) or "part"
        address, number = f"{addresses.PARTIES}{name}/", 2
        while address in found.values():
            address, number = f"{addresses.PARTIES}{name}-{number}/", number + 1
        found[party] = address
    return found


def weight(item: Listed) -> int:
    """About how many bytes a commitment's row takes: its frame, its words and those of its pledge."""
    text = item.state.promise.commitment.what + item.pledge.part.title
    return 440 + len(text.encode()) + len(item.anchor) + 40 * (len(item.parties) + len(item.places))


def paged(page: Planned, items: Sequence[Listed], first: int = 0) -> Iterator[Planned]:
    """A page that lists commitments, and the pages that follow where one cannot hold them.

    `page.context` gives what all of them show. Each also gets its own `items` and `part_of`: its number, how
    many there are, and the row's address. `first` is what stands beside the list on the first of them.
    """
    pieces = portions(items, weight, first)
    for number, piece in enumerate(pieces, start=1):
        yield replace(
            page,
            address=numbered(page.address, number),
            title=page.title if number == 1 else f"{page.title}, sida {number}",
            context=_with(page, piece, (number, len(pieces), page.address)),
            searchable=page.searchable and number == 1,
        )


def _with(
    page: Planned, items: list[Listed], part_of: tuple[int, int, str]
) -> Callable[[Site], dict[str, Any]]:
    return lambda site: page.context(site) | {"items": items, "part_of": part_of}


def states_of(items: Iterable[Listed]) -> list[CommitmentState]:
    """The states alone, to be counted."""
    return [item.state for item in items]
