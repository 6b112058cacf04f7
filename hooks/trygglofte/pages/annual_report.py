"""The year's report, made for print, that can be handed to kommunfullmäktige (lag (2023:196) 13 §).

Everything promised, done and not reported in a year. The law asks for continuous reports and says nothing of
their form: this is one that is always ready.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trygglofte import addresses, wording
from trygglofte.addresses import TYPE_NAMES, address_of
from trygglofte.model import ActionPlan, Document, Filed, Pledge
from trygglofte.model.action_plan import PlanFollowUp
from trygglofte.model.common import When
from trygglofte.model.pledge import Status
from trygglofte.pages.commitments import party_label
from trygglofte.pages.documents import in_time, title_of, years_of
from trygglofte.pages.listed import Listed, states_of
from trygglofte.pages.page import Crumb
from trygglofte.pages.plan import START, Planned
from trygglofte.pages.portions import numbered, portions
from trygglofte.pages.site import Site, alphabetical
from trygglofte.progress import ORDER, PledgeState, count_by_status, plan_reports, plan_states, pledge_state

_MOST = 40
"""So many commitments that nobody has reported are listed by themselves; more are counted pledge by pledge."""

_AROUND = 160
"""About how many bytes a line of the report takes beside its words."""


@dataclass(frozen=True, slots=True)
class Told:
    """A pledge as it stood at the end of a year, and the commitments of it that this page lists."""

    pledge: Filed[Pledge]
    state: PledgeState
    items: tuple[Listed, ...]
    again: bool = False
    """Whether the pledge began on the page before."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was decided, changed or corrected on a day of the year."""

    day: date
    kind: str
    what: str
    why: str
    document: Filed[Document]


def planned(site: Site) -> Iterator[Planned]:
    """A report for every year that has begun and has a pledge, a situation summary or an action plan."""
    for year in years(site):
        yield from _report(year, site)


def years(site: Site) -> list[int]:
    """The years that have a report, newest first."""
    everything = site.everything
    told: tuple[Filed[Any], ...] = (*everything.pledges, *everything.summaries, *everything.plans)
    return sorted(
        {year for filed in told for year in years_of(filed) if year <= site.today.year}, reverse=True
    )


def at_the_end_of(year: int, today: date) -> date:
    """The day a report's counts hold for: the last of the year, or today while the year lasts."""
    return min(today, date(year, 12, 31))


def told_of(year: int, site: Site) -> list[Told]:
    """The pledges of a year as they stood at its end, newest first, each commitment once.

    Reports that cover days after the year are left out; one about the year counts also when it was published
    after it, as the last one of a year always is. The state is that of the day after the year, so that what
    was to be done within it has its end behind it.
    """
    after = min(site.today, date(year + 1, 1, 1))
    days = int(site.everything.file.part.reporting_days)
    found = []
    for filed in in_time(site.everything.pledges):
        if year not in years_of(filed):
            continue
        reports = tuple(r for r in filed.part.follow_ups if r.period.end <= date(year, 12, 31))
        all_of_them = len(reports) == len(filed.part.follow_ups)
        if all_of_them and after == site.today and days == site.reporting_days(filed):
            state = site.state(filed)
        else:
            state = pledge_state(filed.part.model_copy(update={"follow_ups": reports}), after, days)
        ordered = sorted(
            (Listed(filed, item) for item in state.commitments),
            key=lambda item: alphabetical(party_label(site, item) or "ö"),
        )
        found.append(Told(filed, state, tuple(ordered)))
    return found


def by_parties(site: Site, told: Sequence[Told]) -> list[tuple[str, dict[Status, int]]]:
    """Counts by those who answer together, each commitment once, so that the lines add up to the total."""
    groups: dict[str, list[Listed]] = {}
    for item in (item for one in told for item in one.items):
        groups.setdefault(party_label(site, item) or "Uppgift saknas", []).append(item)
    return [
        (label, count_by_status(states_of(groups[label]))) for label in sorted(groups, key=alphabetical)
    ]  # fmt: skip


def _report(year: int, site: Site) -> Iterator[Planned]:
    told = told_of(year, site)
    silent = [i for one in told for i in one.items if i.state.status is Status.NOT_REPORTED]
    everything = site.everything
    shared: dict[str, Any] = {
        "year": year, "day": at_the_end_of(year, site.today), "over": site.today.year > year,
        "counts": count_by_status(states_of(item for one in told for item in one.items)),
        "many": sum(len(one.items) for one in told), "pledges": told,
        "parties": by_parties(site, told), "statuses": ORDER, "silent": silent if len(silent) <= _MOST else [],
        "many_silent": _by_pledge(silent) if len(silent) > _MOST else [],
        "summaries": _of(everything.summaries, year), "plans": _of(everything.plans, year),
        "agreements": _of(everything.agreements, year), "events": list(_events(year, site)),
        "plan_on": _plan_on, "title_of": title_of, "address_of": address_of,
    }  # fmt: skip
    lines = sum(len(shared[name]) for name in ("silent", "many_silent", "events", "summaries", "parties"))
    first = 4_500 + _AROUND * 2 * lines
    name = "Sammanställning" if site.by_project else "Årets rapport"
    pieces = portions([(one, item) for one in told for item in one.items], _weight, first)
    for number, piece in enumerate(pieces, start=1):
        tables = list(_tables(piece, pieces[number - 2][-1][0] if number > 1 else None))
        address = f"{addresses.ANNUAL_REPORTS}{year}/"
        context = shared | {"tables": tables, "part_of": (number, len(pieces), address)}
        yield Planned(
            numbered(address, number), f"{name} {year}" + (f", del {number}" if number > 1 else ""),
            "pages/annual_report.html", name, everything.file.file,
            f"Allt som lovades, gjordes och inte redovisades {year}, för utskrift.",
            lambda _site, context=context: context,  # type: ignore[misc]
            crumbs=(START, Crumb("År för år", addresses.YEARS)), year=str(year), searchable=number == 1,
        )  # fmt: skip


def _by_pledge(items: Sequence[Listed]) -> list[tuple[Filed[Pledge], int]]:
    counts: dict[str, int] = {}
    for item in items:
        counts[item.pledge.id] = counts.get(item.pledge.id, 0) + 1
    first = {item.pledge.id: item.pledge for item in reversed(items)}
    return [(first[id_], many) for id_, many in counts.items()]


def _weight(pair: tuple[Told, Listed]) -> int:
    state = pair[1].state
    said = [state.promise.commitment.what, pair[0].pledge.part.title]
    if state.outcome:
        said += [t for t in (state.outcome.done, state.outcome.result, state.outcome.cause) if t]
    return 440 + sum(len(text.encode()) for text in said)


def _tables(pairs: Sequence[tuple[Told, Listed]], before: Told | None) -> Iterator[Told]:
    """The pledges that a page tells of, each with those of its commitments that are on the page."""
    for one in dict.fromkeys(id(pair[0]) for pair in pairs):
        told = next(pair[0] for pair in pairs if id(pair[0]) == one)
        items = tuple(item for owner, item in pairs if owner is told)
        yield Told(told.pledge, told.state, items, before is told)


def _of(family: Sequence[Filed[Any]], year: int) -> list[Filed[Any]]:
    """Documents of a type that touch a year, oldest first."""
    return [filed for filed in in_time(family) if year in years_of(filed)][::-1]


def _plan_on(plan: Filed[ActionPlan], day: date) -> tuple[PlanFollowUp | None, dict[Status, int]]:
    """A plan's last follow-up until a day, and how far its measures had come, counted as on the plan's own page."""
    known = tuple(report for report in plan.part.follow_ups if report.published <= day)
    part = plan.part.model_copy(update={"follow_ups": known})
    return next(iter(plan_reports(part)), None), count_by_status(plan_states(part, day))


def _events(year: int, site: Site) -> Iterator[Event]:
    """What was signed, decided, changed and corrected in a year, in order of day; whole dates only."""
    found = site.once("events", lambda: _everything_decided(site))
    return iter(sorted((e for e in found if e.day.year == year and e.day <= site.today),
                       key=lambda event: (event.day, event.kind, event.what)))  # fmt: skip


def _everything_decided(site: Site) -> list[Event]:
    found = []
    for filed in site.everything.documents:
        part = filed.part
        name = wording.uncapital(TYPE_NAMES[type(part)][0])
        signing = getattr(part, "signing", None)
        if day := _whole(signing.date if signing else None):
            found.append(Event(day, "Undertecknat", f"{wording.capital(name)}: {title_of(filed)}", "", filed))
        decision = getattr(part, "decision", None)
        if decision and (day := _whole(decision.date)):
            found.append(Event(day, "Beslut", f"{title_of(filed)}, av {decision.body}", "", filed))
        for kind, changes in (("Ändrat av parterna", part.changes), ("Rättat", part.corrections)):
            found += [Event(change.date, kind, change.what, change.why or "", filed) for change in changes]
    return found


def _whole(when: When | None) -> date | None:
    known = when.known if when else None
    return known.first if known and known.day else None
