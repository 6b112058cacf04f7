"""Days and periods as far as they are known: partial dates, wordings with bounds, ends that are moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from trygglofte.model.base import Part, key, many, maybe
from trygglofte.model.dates import PartialDate
from trygglofte.model.values import Day, Line, Partial, YesNo


class When(Part):
    """A date as far as it is known: written `2017`, `2017-02`, `2017-02-11`, or as a wording with bounds."""

    wording: Line | None = maybe(
        "ordalydelse",
        "Ordalydelse",
        "Orden i källan, när datumet inte är helt känt.",
        example="den 8 februari",
    )
    earliest: Partial | None = maybe(
        "tidigast", "Tidigast", "Tidigaste dag det kan gälla, för sorteringen.", example="2016-02"
    )
    latest: Partial | None = maybe(
        "senast", "Senast", "Senaste dag det kan gälla, för sorteringen.", example="2017-02"
    )

    @classmethod
    def from_short(cls, data: Any) -> Any:
        """A single date is its own bounds."""
        return {"tidigast": data, "senast": data} if isinstance(data, str) else data

    @property
    def known(self) -> PartialDate | None:
        """The date itself where it was written as one, however partial."""
        return self.earliest if self.wording is None and self.earliest == self.latest else None

    @property
    def first(self) -> date | None:
        """The first day it can mean."""
        return self.earliest.first if self.earliest else None

    @property
    def last(self) -> date | None:
        """The last day it can mean."""
        return self.latest.last if self.latest else None


class End(When):
    """When something ends: a date, a wording, or `tills vidare`."""

    open_ended: YesNo = key(
        "tills_vidare", "Tills vidare", "Gäller utan slutdatum.", example="ja", default=False
    )

    @classmethod
    def from_short(cls, data: Any) -> Any:
        """`tills vidare`, or a single date."""
        if isinstance(data, str) and " ".join(data.lower().split()) == "tills vidare":
            return {"tills_vidare": "ja"}
        return super().from_short(data)


class Extension(Part):
    """A decision that something is to hold longer. The day it was to end first stays as it was written."""

    end: When = key("till", "Till", "Den nya sista dagen.", example="2027-06-30")
    decided: When | None = maybe("beslutat", "Beslutat", "När det beslutades.", example="2026-11-24")
    why: Line | None = maybe("varför", "Varför", "Skälet.", example="Belysningen blir klar först i vår.")


class Period(Part):
    """From when till when. An absent end means unknown, which the page says; `till: tills vidare` is open.

    What has been extended ends with the last extension; `original` is the period as it was first agreed.
    """

    start: When | None = maybe("från", "Från", "Första dagen.", example="2026-01-01")
    end: End | None = maybe("till", "Till", "Sista dagen, eller ”tills vidare”.", example="2026-12-31")
    wording: Line | None = maybe("ordalydelse", "Ordalydelse", "Orden i källan.", example="mandatperioden ut")
    extended: tuple[Extension, ...] = many(
        "förlängt", "Förlängt", "Beslut om att det ska gälla längre. Låt ”till” stå kvar som det var."
    )

    @property
    def first(self) -> date | None:
        """The first day it can hold."""
        return self.start.first if self.start else None

    @property
    def last(self) -> date | None:
        """The last day it can hold, extensions included; None where it is open or unknown."""
        if self.extended:
            return max((item.end.last for item in self.extended if item.end.last), default=None)
        return self.end.last if self.end else None

    @property
    def original(self) -> Period:
        """The period as it was first agreed, without extensions."""
        return self.model_copy(update={"extended": ()}) if self.extended else self

    @property
    def years(self) -> tuple[int, ...]:
        """Every calendar year it touches, as far as its dates are known."""
        first, last = self.first or self.last, self.last or self.first
        return tuple(range(first.year, last.year + 1)) if first and last else ()


class ReportPeriod(Part):
    """The days that a report or a situation summary covers. Both ends are whole dates."""

    start: Day = key("från", "Från", "Första dagen.", example="2026-01-01")
    end: Day = key("till", "Till", "Sista dagen.", example="2026-04-30")
