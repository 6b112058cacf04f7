"""Calendars to subscribe to (iCalendar, RFC 5545 and 7986): the days that pledges and the law set.

One for a whole site and one for each pledge. Only days that the data tells or that follow from it are here;
a period whose ends are not exact has no day. Every event has an id and a time stamp from the data, so that a
build of the same data gives the same bytes, and a calendar that has been fetched before changes in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from trygglofte import wording
from trygglofte.addresses import address_of, commitment_anchor
from trygglofte.model import Agreement, Filed, Pledge
from trygglofte.model.common import End, When
from trygglofte.pages import Page, Site
from trygglofte.pages.happenings import former_of, name_of, stable_id
from trygglofte.pages.law import clocks
from trygglofte.pages.listed import Listed
from trygglofte.pages.naming import title_of
from trygglofte.progress import due_dates, has_ended

CALENDAR = "kalender.ics"
_AHEAD = 12
"""So many follow-ups after the next one are told."""
_NEVER = date(1970, 1, 1)
"""When a document was changed that has no day in it."""
_EVERY = {
    "varje år": 12, "årligen": 12, "vartannat år": 24, "vart tredje år": 36, "varje halvår": 6,
    "varje tertial": 4, "varje kvartal": 3,
}  # fmt: skip
"""Months between evaluations, where the agreement says no more than how often."""


@dataclass(frozen=True, slots=True)
class Day:
    """An all-day event. `changed` is the day of the data that it follows from."""

    id: str
    day: date
    title: str
    text: str
    address: str
    changed: date


def files(site: Site, _pages: Sequence[Page]) -> dict[str, str | bytes]:
    """Every calendar of a site that has a day in it, by path: a calendar without an event is not valid."""
    found = days_of(site)
    if not found:
        return {}
    events = {day.id: _event(day, site) for day in found[""]}
    names = {address_of(filed): title_of(filed) for filed in site.everything.pledges}
    written: dict[str, str | bytes] = {
        address + CALENDAR: _written(f"{site.name}: {names.get(address, 'det som kommer')}", days, events)
        for address, days in found.items()
    }
    for filed in site.everything.pledges:
        if content := written.get(address_of(filed) + CALENDAR):
            written |= {former + CALENDAR: content for former in former_of(filed)}
    return written


def days_of(site: Site) -> dict[str, list[Day]]:
    """The days of every calendar of a site that has one, by the address of the page it lies beside."""
    return {} if site.is_portal else site.once("days", lambda: _days(site))


def _days(site: Site) -> dict[str, list[Day]]:
    found: dict[str, list[Day]] = {"": []}
    for filed in site.everything.pledges:
        found[address_of(filed)] = list(_of_pledge(filed, site))
        found[""] += found[address_of(filed)]
    for agreement in site.everything.agreements:
        found[""] += _of_agreement(agreement, site)
    found[""] += _of_law(site)
    return {address: days for address, days in found.items() if days}


class _Maker:
    """Makes the days of one document."""

    def __init__(self, filed: Filed[Any], site: Site) -> None:
        self.name = name_of(filed, site)
        self.address = address_of(filed)
        self.changed = min(site.dated(filed) or _NEVER, site.today)

    def made(self, key: str, day: date, title: str, text: str = "", anchor: str = "") -> Day:
        """One day. `key` names it among the days of its document, for good."""
        address = f"{self.address}#{anchor}" if anchor else self.address
        id_ = stable_id(*self.name, "dag", key).removeprefix("urn:uuid:")
        return Day(id_, day, title, text, address, self.changed)


def _of_pledge(filed: Filed[Pledge], site: Site) -> Iterator[Day]:
    make, title = _Maker(filed, site), title_of(filed)
    yield from _ends(filed, make, title, "")
    yield from _follow_ups(filed, site, make)
    for state in site.state(filed).commitments:
        item, commitment = Listed(filed, state), state.promise.commitment
        if item.due_day and item.due and item.is_open:
            who = wording.capital(wording.listing(site.parties(item.parties)))
            text = f"Klart senast {wording.when(item.due)}." + (f" Ansvarig: {who}." if who else "")
            yield make.made(
                f"klart/{commitment.id}", item.due_day, f"Ska vara klart: {commitment.what}", text,
                commitment_anchor(commitment.id),
            )  # fmt: skip


def _follow_ups(filed: Filed[Pledge], site: Site, make: _Maker) -> Iterator[Day]:
    """Follow-ups that have not come: late ones, the next one, and those that are due after it."""
    clock = site.state(filed).clock
    awaited = {missing.due: missing.parties for missing in (*clock.late, clock.coming) if missing}
    if clock.coming:
        later = [
            due for _, due in due_dates(filed.part, site.reporting_days(filed)) if due > clock.coming.due
        ]
        awaited |= dict.fromkeys(later[:_AHEAD], ())
    for due, parties in sorted(awaited.items()):
        who = wording.listing(site.parties(parties))
        text = "Sista dagen för nästa uppföljning" + (f" från {who}." if who else ".")
        yield make.made(
            f"uppfoljning/{due.isoformat()}", due, f"Uppföljning ska vara ute: {title_of(filed)}", text,
            "uppfoljningar",
        )  # fmt: skip


def _ends(filed: Filed[Any], make: _Maker, name: str, text: str) -> Iterator[Day]:
    """The first and the last day of what is valid for a time, where the day is known."""
    valid = filed.part.valid
    if valid and (first := _exact(valid.start)):
        yield make.made("borjar", first, f"Börjar gälla: {name}", text)
    ends: list[When | None] = [item.end for item in valid.extended] if valid else []
    last = max(filter(None, map(_exact, ends or [valid.end if valid else None])), default=None)
    if last:
        yield make.made("slutar", last, f"Gäller till och med i dag: {name}", text)


def _exact(when: When | None) -> date | None:
    """The day, where it is a whole date."""
    if when is None or (isinstance(when, End) and when.open_ended):
        return None
    return when.known.first if when.known and when.known.day else None


def _of_agreement(filed: Filed[Agreement], site: Site) -> Iterator[Day]:
    make, part, name = _Maker(filed, site), filed.part, title_of(filed)
    said = f"Utvärderas: {part.evaluated}." if part.evaluated else ""
    yield from _ends(filed, make, name, said)
    begins = _exact(part.valid.start) if part.valid else None
    months = _EVERY.get((part.evaluated or "").lower().rstrip("."))
    if begins and months and not has_ended(part.valid, site.today):
        day = next(day for day in _every(begins, months) if day >= site.today)
        if part.valid is None or part.valid.last is None or day <= part.valid.last:
            text = f"{said} Dagen är räknad från den dag då överenskommelsen började gälla."
            yield make.made(f"utvardering/{day.isoformat()}", day, f"Ska vara utvärderad: {name}", text)


def _every(first: date, months: int) -> Iterator[date]:
    """The same day of the month every so many months after the first; the 28th for later days."""
    index = first.year * 12 + first.month - 1
    while True:
        index += months
        yield date(index // 12, index % 12 + 1, min(first.day, 28))


def _of_law(site: Site) -> Iterator[Day]:
    """The two years of 6 §: when the statutory summary and the plans are due again, as the page of the law says."""
    by_address = {address_of(filed): filed for filed in site.everything.documents}
    for clock in clocks(site):
        make = _Maker(by_address[clock.address], site)
        by = wording.partial_date(clock.until)
        text = f"Två år enligt 6 § lagen (2023:196): {clock.since}, ny eller uppföljd senast {by}."
        yield make.made("lagen", clock.last, f"Ska vara förnyad eller följd upp: {clock.what}", text)


_END = b"END:VCALENDAR\r\n"


def _written(name: str, days: Iterable[Day], events: Mapping[str, bytes]) -> bytes:
    from icalendar import Calendar  # takes a while to load, and most commands write no calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Trygglöfte//Kalender//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    ordered = sorted(days, key=lambda item: (item.day, item.address, item.id))
    head = bytes(calendar.to_ical()).removesuffix(_END)
    return b"".join((head, *(events[day.id] for day in ordered), _END))


def _event(day: Day, site: Site) -> bytes:
    """One event. It stands in its pledge's calendar and in the site's, and is written once.

    Its lines are written one by one: to make an event of them first is most of the work.
    """
    from icalendar import vDDDTypes, vText, vUri
    from icalendar.parser import Contentline

    changed = datetime(day.changed.year, day.changed.month, day.changed.day, tzinfo=UTC)
    said: dict[str, Any] = {
        "SUMMARY": vText(day.title),
        "DTSTART": vDDDTypes(date(day.day.year, day.day.month, day.day.day)),
        "DTSTAMP": vDDDTypes(changed),
        "UID": vText(day.id),
        **({"DESCRIPTION": vText(day.text)} if day.text else {}),
        "TRANSP": vText("TRANSPARENT"),
        "URL": vUri(site.address + day.address),
    }
    lines = [Contentline.from_parts(name, value.params, value).to_ical() for name, value in said.items()]
    return b"\r\n".join([b"BEGIN:VEVENT", *lines, b"END:VEVENT", b""])
