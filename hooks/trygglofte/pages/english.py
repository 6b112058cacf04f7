"""A summary in English: what the site is, how it goes with the pledges in force, key words, and whom to contact.

Facts come from the data, texts from `sammanfattning_engelska`. What is only known in Swedish words stays Swedish,
and is marked as such. Nothing is translated by machine.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from trygglofte import addresses
from trygglofte.addresses import address_of
from trygglofte.model import Filed, Pledge
from trygglofte.model.common import Period
from trygglofte.model.words import Status
from trygglofte.pages.documents import in_time, title_of
from trygglofte.pages.plan import Planned
from trygglofte.pages.site import Site
from trygglofte.progress import content_date, count_by_status, is_valid_on

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

STATUSES: dict[Status, str] = {
    Status.PLANNED: "planned",
    Status.ONGOING: "in progress",
    Status.DONE: "done",
    Status.PARTLY_DONE: "partly done",
    Status.NOT_DONE: "not done",
    Status.CANCELLED: "cancelled",
    Status.CARRIED_OVER: "carried over to the next pledge",
    Status.NOT_ASSESSABLE: "cannot be judged",
    Status.NOT_REPORTED: "not reported on yet",
}
"""Every status in English."""

TERMS: tuple[tuple[str, str, str], ...] = (
    (
        "medborgarlöfte",
        "citizen pledge",
        "What the municipality and the police promise residents for a time.",
    ),
    ("åtagande", "commitment", "One promised activity: who does what, where and by when."),
    ("uppföljning", "follow-up", "A dated report of what has been done."),
    ("lägesbild", "situation summary", "How things have been over a period, often a month."),
    ("samverkansöverenskommelse", "cooperation agreement", "What municipality and police have signed."),
    ("åtgärdsplan", "action plan", "What the municipality will do to prevent crime."),
    ("lokalpolisområde", "local police area", "The part of the police that works where you live."),
)
"""Words a reader meets in the menu and in headings: Swedish, English, and what they mean."""


def planned(site: Site) -> Planned:
    """The page, which every municipality has."""
    municipality = site.everything.file
    name = municipality.part.short_name
    return Planned(
        addresses.ENGLISH, f"Safety in {name}: a summary in English", "pages/english.html", "Om webbplatsen",
        municipality.file, f"What {name} and the police have promised residents, and what has been done.",
        _context, updated=max(filter(None, map(content_date, site.everything.documents)), default=None),
    )  # fmt: skip


def _context(site: Site) -> dict[str, Any]:
    pledges = [
        filed for filed in in_time(site.everything.pledges) if is_valid_on(filed.part.valid, site.today)
    ]
    shown = pledges or in_time(site.everything.pledges)[:1]
    summaries = in_time(site.everything.summaries)
    return {
        "in_force": bool(pledges),
        "pledges": [(filed, _dates(filed.part.valid), _counts(site, filed)) for filed in shown],
        "summary": next((filed for filed in summaries if not filed.part.statutory), None),
        "day": long_date(site.today),
        "terms": TERMS,
        "title_of": title_of,
        "address_of": address_of,
        "contacts": _contacts(site),
    }


def _counts(site: Site, pledge: Filed[Pledge]) -> str:
    """`26 commitments: 14 in progress, 2 done`."""
    states = site.state(pledge).commitments
    counts = count_by_status(states)
    many = f"{len(states)} commitment{'' if len(states) == 1 else 's'}"
    return f"{many}: {', '.join(f'{number} {STATUSES[status]}' for status, number in counts.items())}"


def _dates(valid: Period | None) -> str:
    """`1 January 2026 to 31 December 2026`, or nothing where the data has less than whole days."""
    ends = [when.known for when in (valid.start, valid.end) if when] if valid and not valid.extended else []
    if len(ends) < 2 or not all(end and end.first == end.last for end in ends):
        return ""
    return " to ".join(long_date(end.first) for end in ends if end)


def _contacts(site: Site) -> list[Any]:
    contacts = site.municipality.contacts if site.municipality else None
    return [one for one in (contacts.coordination, contacts.centre) if one] if contacts else []


def long_date(day: date) -> str:
    """`12 October 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
