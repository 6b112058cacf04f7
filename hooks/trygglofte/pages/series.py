"""Series of counts on pages: chart and table from the same points, and the pages that show them over time.

A page shows the latest `WINDOW` periods; what is older stands on a page for each year, so that no page grows
past comfort however long a municipality goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from trygglofte import addresses, wording
from trygglofte.pages.charts import Bar, Mark, chart, figure
from trygglofte.pages.page import Crumb
from trygglofte.pages.plan import START, Planned
from trygglofte.pages.site import Site
from trygglofte.trends import (
    Point,
    Series,
    monthly,
    place_series,
    place_themes,
    same_time_last_year,
    theme_series,
    themes_counted,
    whole_months,
)

Column = tuple[str, str, tuple[Point, ...]]
"""A theme's name, the address of its page, and its periods."""

WINDOW = 36
OVER_TIME = f"{addresses.SUMMARIES}over-tid/"
_KIND = "Översikt"
_NAME = "Lägesbilder över tid"


@dataclass(frozen=True, slots=True)
class Shown:
    """A series as a page shows it, the newest period first. `irregular` where periods are not all months."""

    name: str
    title: str
    points: tuple[Point, ...]
    chart: Markup
    irregular: bool
    has_last_year: bool = False
    older: tuple[int, ...] = ()
    """Years with periods that are too old to stand here."""

    def __len__(self) -> int:
        return len(self.points)

    @property
    def weight(self) -> int:
        """Bytes that its section takes on a page, at most: chart, table and how to read them."""
        return len(self.chart.encode()) + 200 * len(self.points) + 2_000

    def rate(self, point: Point) -> str:
        """What a count would be in 30 days, in words; empty for a calendar month and where nothing may be shown."""
        return "" if point.whole_month or point.per_month is None else figure(point.per_month)

    @property
    def has_hidden(self) -> bool:
        """Whether some count is hidden."""
        return any(point.hidden for point in self.points)

    @property
    def has_gaps(self) -> bool:
        """Whether some period has no count."""
        return any(point.count is None for point in self.points)

    @property
    def has_breaks(self) -> bool:
        """Whether the series is broken somewhere."""
        return any(point.broken for point in self.points)


@dataclass(frozen=True, slots=True)
class Line:
    """A period of a grid in words: its first point, what each column says, and where series are broken before it."""

    first: Point
    said: tuple[str, ...]
    breaks: list[tuple[list[str], str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """Several series side by side: a row for each period, the newest first."""

    names: tuple[tuple[str, str], ...]
    """For each column: what it is called, and the address of its page."""

    rows: tuple[tuple[Point, ...], ...]

    @property
    def irregular(self) -> bool:
        """Whether some period is not one calendar month."""
        return not whole_months(row[0] for row in self.rows)

    @property
    def lines(self) -> Iterator[Line]:
        """The rows in words."""
        for row in self.rows:
            said = tuple("–" if point.count is None else wording.count(point.count) for point in row)
            yield Line(row[0], said, self.breaks(row) if any(point.broken for point in row) else [])

    def breaks(self, row: tuple[Point, ...]) -> list[tuple[list[str], str]]:
        """Why series are broken just before a period, and which; no names where it is every one of them."""
        found: dict[str, list[str]] = {}
        for (name, _), point in zip(self.names, row, strict=True):
            if point.broken:
                found.setdefault(point.broken, []).append(name)
        return [([] if len(names) == len(row) else names, reason) for reason, names in found.items()]


def series_of(site: Site, theme: str) -> Series:
    """A theme's series, worked out once for each site."""
    return site.once(f"series {theme}", lambda: theme_series(site.everything, theme))


def shown(name: str, points: Sequence[Point]) -> Shown:
    """A series with its chart, in which the last period and the same time the year before stand out.

    There is no chart where fewer than two periods have a count: nothing to follow.
    """
    irregular = not whole_months(points)
    if sum(point.count is not None for point in points) < 2:
        return Shown(name, name, tuple(reversed(points)), Markup(), irregular)
    first, last = points[0].period, points[-1].period
    last_year = same_time_last_year(points, points[-1])
    title = f"{name}: {wording.report_period(first)} – {wording.report_period(last)}, antal per månad"
    bars = [_bar(point, points[-1], last_year) for point in points]
    return Shown(
        name, title, tuple(reversed(points)), chart(title, _description(points), bars), irregular,
        has_last_year=last_year is not None and last_year.value is not None,
    )  # fmt: skip


def _bar(point: Point, now: Point, last_year: Point | None) -> Bar:
    """A point as a bar. Its count is written above it where it stands out, and where the bar has not another height."""
    mark = Mark.NOW if point is now else Mark.LAST_YEAR if point is last_year else Mark.OTHER
    most = None
    if point.hidden and point.count and point.count.below:
        most = point.in_a_month(point.count.below - 1)
    label = ""
    if mark is not Mark.OTHER and point.whole_month and point.value is not None:
        label = wording.number(point.value)
    return Bar(point.period.start, point.period.end, point.per_month, most, mark, bool(point.broken), label)


def _description(points: Sequence[Point]) -> str:
    hidden, missing = sum(p.hidden for p in points), sum(p.count is None for p in points)
    said = [wording.counted(len(points), "period", "perioder")]
    said += [f"{hidden} med dolt antal"] if hidden else []
    said += [f"{missing} utan antal"] if missing else []
    breaks = sum(bool(point.broken) for point in points)
    said += ["serien är bruten på vägen"] if breaks else []
    return f"{', '.join(said)}. Alla tal står i tabellen."


def for_theme(site: Site, theme: str) -> Shown:
    """A theme's latest periods, for its page; only those that say something of it where none has a count."""
    series = series_of(site, theme)
    points = series.points[-WINDOW:]
    if series.empty:
        points = tuple(p for p in points if any(c.theme == theme for c in p.summary.part.categories))
    return replace(shown(site.theme(theme), points), older=tuple(older_years(site)))


@dataclass(frozen=True, slots=True)
class AtPlace:
    """What has been counted at a place: a chart for each theme that has enough, and one table for all of them."""

    charts: tuple[Shown, ...]
    grid: Grid | None
    older: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.grid.rows) if self.grid else 0

    @property
    def weight(self) -> int:
        """Bytes that its section takes on a page, at most."""
        columns = len(self.grid.names) if self.grid else 0
        return (
            sum(len(one.chart.encode()) + 200 for one in self.charts)
            + len(self) * (160 + 30 * columns)
            + 3_000
        )


def for_place(site: Site, place: str) -> AtPlace:
    """The latest periods at a place."""
    columns = [
        (site.theme(theme), f"{addresses.THEMES}{theme}/", place_series(site.everything, theme, place).points)
        for theme in _in_order(site, place_themes(site.everything, place))
    ]
    return AtPlace(_charts(columns), grid_of(columns, -WINDOW), tuple(older_years(site)))


def _charts(columns: Sequence[Column]) -> tuple[Shown, ...]:
    found = (shown(name, points[-WINDOW:]) for name, _, points in columns)
    return tuple(one for one in found if one.chart)


def older_years(site: Site) -> list[int]:
    """The years whose periods are too old to stand on the other pages, the newest first."""
    older = monthly(site.everything.summaries)[:-WINDOW]
    return sorted({filed.part.period.end.year for filed in older}, reverse=True)


def _in_order(site: Site, themes: Sequence[str]) -> list[str]:
    """Themes in the order of teman.yml, and those it does not have after them."""
    known = [theme.id for theme in site.themes]
    return sorted(themes, key=lambda theme: known.index(theme) if theme in known else len(known))


def grid_of(columns: Sequence[Column], since: int = 0, year: int | None = None) -> Grid | None:
    """Columns side by side, without periods that none of them has a count for."""
    rows = [
        row
        for row in zip(*(points[since:] for _, _, points in columns), strict=True)
        if any(point.count for point in row) and (year is None or row[0].period.end.year == year)
    ]
    names = tuple((name, address) for name, address, _ in columns)
    return Grid(names, tuple(reversed(rows))) if rows else None


def column(site: Site, theme: str, points: tuple[Point, ...]) -> Column:
    """A theme's points as a column."""
    return site.theme(theme), f"{addresses.THEMES}{theme}/", points


def _columns(site: Site) -> list[Column]:
    themes = _in_order(site, themes_counted(site.everything))
    return [column(site, theme, series_of(site, theme).points) for theme in themes]


def planned(site: Site) -> Iterator[Planned]:
    """The page of all series, and one for each year that does not fit on it."""
    family = monthly(site.everything.summaries)
    if len(family) < 2 or not themes_counted(site.everything):
        return
    file = site.everything.file.file
    crumb = Crumb("Lägesbilder", addresses.SUMMARIES)
    yield Planned(
        OVER_TIME, _NAME, "pages/over_time.html", _KIND, file,
        "Antalen i lägesbilderna, tema för tema och period för period.", _over_time,
        crumbs=(START, crumb), updated=family[-1].part.period.end,
    )  # fmt: skip
    for year in older_years(site):
        yield Planned(
            f"{OVER_TIME}{year}/", f"Lägesbilderna {year} i siffror", "pages/over_time.html", _KIND, file,
            f"Antalen i lägesbilderna {year}, tema för tema.", partial(_over_time, year=year),
            crumbs=(START, crumb, Crumb(_NAME, OVER_TIME)), year=str(year), searchable=False,
        )  # fmt: skip


def _over_time(site: Site, year: int | None = None) -> dict[str, Any]:
    columns = _columns(site)
    return {
        "charts": () if year else _charts(columns),
        "grid": grid_of(columns, 0 if year else -WINDOW, year),
        "older": () if year else older_years(site),
        "year": year,
        "addresses_of": {name: address for name, address, _ in columns},
    }
