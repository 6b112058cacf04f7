"""Dates as far as they are known. A partial date claims no more than its source does."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from trygglofte.moments import Moment

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, text: str) -> PartialDate | None:
        """`2017`, `2017-02` or `2017-02-11` as a date; None for anything else and for days that do not exist."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            return None
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            return None
        return cls(year, month, day)

    @property
    def first(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def has_come(moment: datetime, today: date) -> bool:
    """Whether a moment has come on a day: at its time where the day knows one, else at its start."""
    return moment <= datetime.combine(today, today.clock if isinstance(today, Moment) else time.min)


_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_IN_WORDS = re.compile(rf"(?:den )?(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})", re.ASCII)
_WITH_SLASH = re.compile(r"(\d{1,2})[/.](\d{1,2})[ ./-]+(\d{4})", re.ASCII)
_WITHOUT_DASHES = re.compile(r"(\d{4})[./ ]?(\d{2})[./ ]?(\d{2})", re.ASCII)


def meant(text: str) -> str:
    """The date that `15/1 2026`, `15 januari 2026` or `20260115` means, as it should be written, or ""."""
    text = " ".join(text.lower().split())
    if found := _IN_WORDS.fullmatch(text):
        day, month, year = found[1], _MONTHS.index(found[2]) + 1, found[3]
        parts = [year, f"{month:02d}"] + ([f"{int(day):02d}"] if day else [])
    elif found := _WITH_SLASH.fullmatch(text):
        parts = [found[3], f"{int(found[2]):02d}", f"{int(found[1]):02d}"]
    elif found := _WITHOUT_DASHES.fullmatch(text):
        parts = [found[1], found[2], found[3]]
    else:
        return ""
    written = "-".join(parts)
    return written if PartialDate.parse(written) else ""


def looks_written(text: str) -> bool:
    """Whether a text has the form of a date, so that the day itself must be what does not exist."""
    return bool(_WRITTEN.fullmatch(text))
