"""Now, as Sweden has it, and what stands in for it: the option --dag, or SOURCE_DATE_EPOCH."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import click

from trygglofte.moments import Moment

_EPOCH = "SOURCE_DATE_EPOCH"
_PLAIN = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SWEDEN = ZoneInfo("Europe/Stockholm")
_LAST = datetime(9999, 1, 1, tzinfo=UTC)


def today_in_sweden() -> Moment:
    """The day and the time in Sweden now, or at SOURCE_DATE_EPOCH where that is set.

    Everything that depends on the day follows: what is late, and what is not yet to be seen. Raises
    click.ClickException where the variable is no number of seconds since 1970 (reproducible-builds.org's
    specification 1.1 asks for an error rather than a guess).
    """
    told = os.environ.get(_EPOCH)
    if not told:
        return Moment.of(datetime.now(_SWEDEN).replace(tzinfo=None))
    if not (told.isascii() and told.isdecimal() and len(told) < 13 and int(told) < _LAST.timestamp()):
        raise click.ClickException(
            f"Miljövariabeln {_EPOCH} är ”{told[:40]}”. Den ska vara ett antal sekunder sedan 1970, bara siffror. "
            "Rätta den, eller ta bort den så räknas allt från i dag."
        )
    return Moment.of(datetime.fromtimestamp(int(told), _SWEDEN).replace(tzinfo=None))


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date:
    if value is None:
        return today_in_sweden()
    if plain := _PLAIN.fullmatch(value):
        with suppress(ValueError):
            return Moment(*(int(part) for part in plain.groups()))
    from pydantic_core import PydanticCustomError

    from trygglofte.model.values import parse_moment  # what else may be meant is a thing of the model

    try:
        return Moment.of(parse_moment(value))
    except PydanticCustomError:
        raise click.BadParameter(f"”{value}” är inget datum. Skriv till exempel 2026-11-22.") from None


day_option = click.option(
    "--dag", "today", callback=_day, metavar="DATUM",
    help="Räkna som om det vore den dagen (ÅÅÅÅ-MM-DD), eller den stunden (”ÅÅÅÅ-MM-DD HH:MM”).",
)  # fmt: skip
