"""How each follow-up moved the commitments it tells of: the derived status before it and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trygglofte.counting import in_order
from trygglofte.model import Pledge, Promise, promises
from trygglofte.model.pledge import FollowUp, Status
from trygglofte.progress.commitments import commitment_state


@dataclass(frozen=True, slots=True)
class Step:
    """A commitment whose status is another after a follow-up than it was before."""

    report: FollowUp
    promise: Promise
    before: Status
    after: Status


def status_steps(pledge: Pledge) -> Iterator[Step]:
    """Every change of a commitment's derived status, in the order the follow-ups were published.

    Each follow-up is judged with all that had been published before it, by the rules that the page of today
    is made by, so the last step of a commitment ends in the status that its page shows.
    """
    published = sorted(in_order(pledge), key=lambda report: report.published)
    made = {promise.commitment.id: promise for promise in promises(pledge)}
    now = dict.fromkeys(made, Status.NOT_REPORTED)
    for count, report in enumerate(published, start=1):
        so_far = pledge.model_copy(update={"follow_ups": tuple(published[:count])})
        for id_ in report.outcomes:
            if id_ not in made:
                continue
            status = commitment_state(made[id_], so_far, date.min).status
            if status is not now[id_]:
                yield Step(report, made[id_], now[id_], status)
                now[id_] = status
