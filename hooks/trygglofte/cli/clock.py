"""Today, as Sweden has it, and the option that stands in for it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import click


def today_in_sweden() -> date:
    """The date in Sweden now."""
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date:
    if value is None:
        return today_in_sweden()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"”{value}” är inget datum. Skriv till exempel 2026-11-22.") from None


day_option = click.option(
    "--dag", "today", callback=_day, metavar="DATUM", help="Räkna som om det vore den dagen (ÅÅÅÅ-MM-DD)."
)
