"""A pledge against another version of itself: commitments by id, reports by what they cover, states as derived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from trygglofte import wording
from trygglofte.comparing.parts import Scope, between, matched
from trygglofte.comparing.saying import same
from trygglofte.comparing.values import Difference, Kind
from trygglofte.model import Pledge, Promise, promises
from trygglofte.model.pledge import Commitment, FocusArea, FollowUp
from trygglofte.progress import pledge_state
from trygglofte.sealing import canonical

Pair = tuple[Promise | None, Promise | None]
_REPORTED = {"status": "Redovisad status"}


def of_pledges(before: Pledge, after: Pledge, today: date, scope: Scope) -> Iterator[Difference]:
    """Everything that differs: reports first, then states, then the promise itself, then the rest."""
    pairs = list(paired(list(promises(before)), list(promises(after))))
    statuses = list(_statuses(before, after, pairs, today, scope))
    told = {(item.commitment, item.before, item.after) for item in statuses}
    reports = _reports(before, after, scope)
    known = [
        item for item in reports if (item.commitment, item.before, item.after) not in told or not item.report
    ]
    yield from (item for item in known if item.whole)
    yield from statuses
    yield from _commitments(pairs, scope)
    yield from _areas(before, after, scope)
    yield from (item for item in known if not item.whole)
    yield from between(before, after, scope, ("focus_areas", "commitments", "follow_ups"))


def paired(old: Sequence[Promise], new: Sequence[Promise]) -> Iterator[Pair]:
    """Commitments by id; then those whose id alone was changed, so that every word is the same."""
    ids = {promise.commitment.id for promise in old} & {promise.commitment.id for promise in new}
    by_id = {promise.commitment.id: promise for promise in old}
    rest_old = [promise for promise in old if promise.commitment.id not in ids]
    rest_new = [promise for promise in new if promise.commitment.id not in ids]
    renamed = {now.commitment.id: was for was, now in matched(rest_old, rest_new, _words_of) if was and now}
    for promise in new:
        id_ = promise.commitment.id
        yield (by_id[id_] if id_ in ids else renamed.get(id_)), promise
    kept = {promise.commitment.id for promise in renamed.values()}
    for promise in rest_old:
        if promise.commitment.id not in kept:
            yield promise, None


def _words_of(promise: Promise) -> tuple[str, ...]:
    return (repr(canonical(promise.commitment)),)


def _statuses(
    before: Pledge, after: Pledge, pairs: Sequence[Pair], today: date, scope: Scope
) -> Iterator[Difference]:
    """States as they follow from the reports, on one and the same day: what time alone does is no change."""
    was = {item.promise.commitment.id: item.status for item in pledge_state(before, today, 0).commitments}
    now = {item.promise.commitment.id: item.status for item in pledge_state(after, today, 0).commitments}
    for old, new in pairs:
        if old and new and was[old.commitment.id] != now[new.commitment.id]:
            inner = _scope(new.commitment, scope)
            yield replace(inner, field="status", label="Status", signed=False).difference(
                Kind.CHANGED, str(was[old.commitment.id]), str(now[new.commitment.id])
            )


def _scope(commitment: Commitment, scope: Scope) -> Scope:
    return replace(
        scope, subject=" ".join(commitment.what.split()), commitment=commitment.id, field="åtaganden",
        label="Åtaganden",
    )  # fmt: skip


def _commitments(pairs: Sequence[Pair], scope: Scope) -> Iterator[Difference]:
    for old, new in pairs:
        if old and new:
            for item in between(old.commitment, new.commitment, _scope(new.commitment, scope), ("id",)):
                is_itself = item.field == "vad"
                yield replace(item, label="Åtagandet", subject="") if is_itself else item
        elif found := new or old:
            inner = replace(_scope(found.commitment, scope), subject="")
            what = found.commitment.what
            yield inner.came_or_went(None if new else what, what if new else None)


def _areas(before: Pledge, after: Pledge, scope: Scope) -> Iterator[Difference]:
    """Focus areas by title, or by the commitments in them; and commitments that moved from one to another."""
    pairs = list(_paired_areas(before.focus_areas, after.focus_areas))
    for old, new in pairs:
        if old and new:
            inner = replace(scope, subject=new.title)
            yield from between(old, new, inner, ("commitments",))
        elif found := new or old:
            inner = replace(scope, field="fokusområden", label="Fokusområden")
            yield inner.came_or_went(None if new else found.title, found.title if new else None)
    together = {(id(old), id(new)) for old, new in pairs}
    for was, now in paired(list(promises(before)), list(promises(after))):
        if was and now and (id(was.area), id(now.area)) not in together and (was.area or now.area):
            inner = replace(_scope(now.commitment, scope), field="fokusområden", label="Fokusområde")
            yield from inner.value(was.area.title if was.area else None, now.area.title if now.area else None)


def _paired_areas(
    old: Sequence[FocusArea], new: Sequence[FocusArea]
) -> Iterator[tuple[FocusArea | None, FocusArea | None]]:
    pairs = list(matched(old, new))
    gone = [was for was, now in pairs if now is None and was]
    for was, now in pairs:
        if now is not None and was is None:
            ids = {commitment.id for commitment in now.commitments}
            was = next((area for area in gone if ids & {one.id for one in area.commitments}), None)
            if was:
                gone.remove(was)
        if now is not None:
            yield was, now
    for was in gone:
        yield was, None


def _reports(before: Pledge, after: Pledge, scope: Scope) -> list[Difference]:
    """Follow-ups by the days they cover and who reports; then by their last day alone."""
    found: list[Difference] = []
    what = {
        promise.commitment.id: promise.commitment.what for promise in (*promises(before), *promises(after))
    }
    pairs = list(matched(before.follow_ups, after.follow_ups, _report_key))
    gone = [was for was, now in pairs if was and now is None]
    for was, now in pairs:
        if now is None:
            continue
        if was is None:
            was = next((one for one in gone if one.period.end == now.period.end), None)
            if was:
                gone.remove(was)
        if was is None:
            found.append(_report_scope(now, scope).came_or_went(None, _period_of(now)))
        elif not same(was, now):
            found += _within_report(was, now, what, scope)
    return found + [_report_scope(one, scope).came_or_went(_period_of(one), None) for one in gone]


def _report_key(report: FollowUp) -> tuple[str, ...]:
    return str(report.period.start), str(report.period.end), *sorted(report.reported_by)


def _period_of(report: FollowUp) -> str:
    return wording.report_period(report.period)


def _report_scope(report: FollowUp, scope: Scope) -> Scope:
    return replace(
        scope, field="uppföljningar", label="Uppföljningar", report=report.period.end, signed=False
    )


def _within_report(was: FollowUp, now: FollowUp, what: dict[str, str], scope: Scope) -> Iterator[Difference]:
    inner = replace(_report_scope(now, scope), subject=f"uppföljningen för {_period_of(now)}")
    for id_ in sorted({*was.outcomes, *now.outcomes}):
        name = f"{what.get(id_, id_)} i {inner.subject}"
        old, new = was.outcomes.get(id_), now.outcomes.get(id_)
        own = replace(inner, commitment=id_, field="utfall", label="Utfall")
        if old is None or new is None:
            title = what.get(id_, id_)
            yield own.came_or_went(title if old else None, title if new else None)
        else:
            yield from between(old, new, replace(own, subject=name), labels=_REPORTED)
    yield from between(was, now, inner, ("outcomes",))
