"""A day that knows its time: what `today` is where a time of the day matters."""

from __future__ import annotations

from datetime import date, datetime, time


class Moment(date):
    """A day, and the time on it in Sweden. Whoever counts in days sees the day alone; a plain date is its start."""

    clock: time = time.min

    @classmethod
    def of(cls, at: datetime) -> Moment:
        """The moment of a date and time, which is taken to be Swedish."""
        moment = cls(at.year, at.month, at.day)
        moment.clock = at.time()
        return moment

    def __reduce__(self) -> tuple[object, ...]:
        return Moment.of, (datetime.combine(self, self.clock),)
