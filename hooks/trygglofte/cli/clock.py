"""Now, as Sweden has it, and the option that stands in for it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import click
from pydantic_core import PydanticCustomError

from trygglofte.model.dates import Moment
from trygglofte.model.values import parse_moment


def today_in_sweden() -> Moment:
    """The day and the time in Sweden now."""
    return Moment.of(datetime.now(ZoneInfo("Europe/Stockholm")).replace(tzinfo=None))


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date:
    if value is None:
        return today_in_sweden()
    try:
        return Moment.of(parse_moment(value))
    except PydanticCustomError:
        raise click.BadParameter(f"”{value}” är inget datum. Skriv till exempel 2026-11-22.") from None


day_option = click.option(
    "--dag", "today", callback=_day, metavar="DATUM",
    help="Räkna som om det vore den dagen (ÅÅÅÅ-MM-DD), eller den stunden (”ÅÅÅÅ-MM-DD HH:MM”).",
)  # fmt: skip
