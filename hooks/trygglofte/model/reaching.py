"""How somebody is reached: addresses on the web and on the site, e-mail, telephone, weekdays and hours."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any
from urllib.parse import urlsplit

from trygglofte.model.base import Understood, shown
from trygglofte.model.values import each, text_of, wrong

_EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+")
_PHONE = re.compile(r"(?:\+46[ -]?|0)\d[\d \u00a0-]{4,16}|\d{3}(?: \d{2})?", re.ASCII)
_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?")


def parse_url(value: Any) -> str:
    """A web address that begins with https:// or http://."""
    text = text_of(value, "en webbadress")
    try:
        parts = urlsplit(text)
        good = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and " " not in text
            and "@" not in parts.netloc
        )
    except ValueError:
        good = False
    if not good:
        raise wrong(
            "fel-webbadress",
            f"”{shown(text)}” är ingen webbadress.",
            "Skriv hela adressen, med https:// först.",
        )
    return text


def parse_email(value: Any) -> str:
    """An e-mail address of a function, never of a person."""
    text = text_of(value, "en e-postadress")
    if not _EMAIL.fullmatch(text):
        raise wrong(
            "fel-epost", f"”{shown(text)}” är ingen e-postadress.", "Skriv till exempel trygghet@kommunen.se."
        )
    return text


def parse_phone(value: Any) -> str:
    """A telephone number of a function: `0270-750 00`, `114 14`."""
    text = text_of(value, "ett telefonnummer")
    if not _PHONE.fullmatch(text):
        raise wrong(
            "fel-telefon", f"”{shown(text)}” är inget telefonnummer.", "Skriv till exempel 042-10 50 00."
        )
    return text


def parse_address(value: Any) -> str:
    """A path within the site: `/medborgarloften/gammalt-namn/`."""
    text = text_of(value, "en adress")
    if not re.fullmatch(r"/(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+", text):
        raise wrong(
            "fel-adress",
            f"”{shown(text)}” är ingen adress på webbplatsen.",
            "Skriv till exempel /medborgarloften/gammalt-namn/.",
        )
    return text


_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def parse_weekdays(value: Any) -> tuple[int, ...]:
    """`måndag–onsdag`, `torsdag` or a list of days, as numbers from Monday = 0."""
    days = each(_stretch_of_days, value) if isinstance(value, list) else [_stretch_of_days(value)]
    return tuple(day for stretch in days for day in stretch)


def _stretch_of_days(value: Any) -> range:
    text = text_of(value, "veckodagar")
    ends = [part.strip().lower() for part in re.split(r"[-–—]", text)]
    if len(ends) > 2 or any(end not in _DAYS for end in ends):
        raise wrong(
            "fel-veckodag", f"”{shown(text)}” är inga veckodagar.", "Skriv till exempel måndag–fredag."
        )
    first, last = _DAYS.index(ends[0]), _DAYS.index(ends[-1])
    if last < first:
        raise wrong("fel-veckodag", f"”{shown(text)}” går baklänges.", "Skriv till exempel [söndag, måndag].")
    return range(first, last + 1)


def parse_clock(value: Any) -> time:
    """A time of day: `08.00`, `08:00` or `8`."""
    text = text_of(value, "ett klockslag")
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise wrong("fel-klockslag", f"”{shown(text)}” är inget klockslag.", "Skriv till exempel 08.00.")
    return time(int(found[1]), int(found[2] or 0))


Url = Annotated[str, Understood(parse_url)]
Email = Annotated[str, Understood(parse_email)]
Phone = Annotated[str, Understood(parse_phone)]
Address = Annotated[str, Understood(parse_address)]
Weekdays = Annotated[tuple[int, ...], Understood(parse_weekdays)]
Clock = Annotated[time, Understood(parse_clock)]
