"""What is due and what is late on a day, as the text of one issue for each municipality.

Says days, never how many of them. From the same clocks as the page Det här kommer, so the two never differ.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trygglofte import wording
from trygglofte.model import Municipality
from trygglofte.pages.due import late_commitments
from trygglofte.pages.law import clocks
from trygglofte.pages.municipality import municipality_site
from trygglofte.pages.naming import title_of
from trygglofte.pages.site import Site
from trygglofte.personal import masked
from trygglofte.reporting import in_markdown

AHEAD = timedelta(days=30)
"""How early what comes next is told of."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that somebody is to do, in a sentence without a full stop. `address` is from the site's start."""

    text: str
    address: str
    day: date
    late: bool


@dataclass(frozen=True, slots=True)
class Due:
    """All that is late in a municipality, or due within a month."""

    slug: str
    name: str
    reminders: tuple[Reminder, ...]

    @property
    def title(self) -> str:
        """The title of the municipality's issue. It never changes, so that the issue is found again."""
        return f"Dags att redovisa: {self.name}"


def due_in(municipality: Municipality, root: Any, today: date) -> Due:
    """What is due in a municipality that a site would tell of, late first, then by day."""
    site = municipality_site(municipality, root, today)
    found = [*_follow_ups(site), *_commitments(site), *_law(site)]
    found.sort(key=lambda one: (not one.late, one.day, one.text))
    return Due(municipality.slug, municipality.file.part.short_name, tuple(found))


def _follow_ups(site: Site) -> list[Reminder]:
    found = []
    for filed in site.everything.pledges:
        if site.owner(filed):
            continue
        clock, name, address = site.state(filed).clock, title_of(filed), f"medborgarloften/{filed.id}/"
        for missing in clock.late:
            when = wording.long_date(missing.due)
            text = f"Uppföljning av {name} skulle ha kommit {when}{_by(site, missing.parties)}"
            found.append(Reminder(text, address, missing.due, True))
        coming = clock.coming
        if coming and coming.due <= site.today + AHEAD:
            text = f"Uppföljning av {name} ska vara ute {wording.long_date(coming.due)}{_by(site, coming.parties)}"
            found.append(Reminder(text, address, coming.due, False))
    return found


def _by(site: Site, parties: Sequence[str]) -> str:
    return f" ({wording.listing(site.parties(parties))})" if parties else ""


def _commitments(site: Site) -> list[Reminder]:
    found = []
    for item in late_commitments(site):
        day = item.state.late_since
        what = " ".join(item.state.promise.commitment.what.split())
        if day and not site.owner(item.pledge):
            text = f"”{what}” i {title_of(item.pledge)} skulle ha varit klart {wording.long_date(day)}"
            found.append(Reminder(text, f"medborgarloften/{item.pledge.id}/", day, True))
    return found


def _law(site: Site) -> list[Reminder]:
    """The two years of 6 § lag (2023:196)."""
    found = []
    for clock in clocks(site):
        day = clock.last
        if day <= site.today + AHEAD:
            when = "gick ut" if clock.passed else "går ut"
            until = wording.partial_date(clock.until)
            text = f"Två år för {clock.what} {when} {until} (6 § lag 2023:196)"
            found.append(Reminder(text, clock.address, day, clock.passed))
    return found


def as_text(dues: Sequence[Due]) -> str:
    """For a terminal."""
    told = [due for due in dues if due.reminders]
    if not told:
        return "Inget är försenat, och inget ska redovisas den närmaste månaden.\n"
    return "\n".join(
        f"{due.name}\n"
        + "".join(f"  {'!' if one.late else '·'} {masked(one.text)}\n" for one in due.reminders)
        for due in told
    )


def as_markdown(due: Due) -> str:
    """The text of a municipality's issue; "" where there is nothing to say, and the issue is to be closed."""
    if not due.reminders:
        return ""
    late = [one for one in due.reminders if one.late]
    ahead = [one for one in due.reminders if not one.late]
    lines = ["Det här ärendet håller sig självt uppdaterat varje natt, och stängs när allt är redovisat.", ""]
    for heading, some in (("Försenat", late), ("Den närmaste månaden", ahead)):
        if some:
            lines += [f"## {heading}", "", *(f"- {in_markdown(masked(one.text))}" for one in some), ""]
    lines.append(
        "Så skriver man en uppföljning: docs/redaktor/folja-upp.md. Är allt inte klart: redovisa det som är känt."
    )
    return "\n".join(lines) + "\n"


def as_json(dues: Sequence[Due]) -> str:
    """For the workflow that keeps the issues: every municipality, with a text or without."""
    values = [
        {
            "kommun": due.slug, "rubrik": masked(due.title), "text": as_markdown(due),
            "påminnelser": [
                {"mening": masked(one.text), "adress": f"/{due.slug}/{one.address}", "dag": one.day.isoformat(),
                 "försenat": one.late}
                for one in due.reminders
            ],
        }
        for due in dues
    ]  # fmt: skip
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
