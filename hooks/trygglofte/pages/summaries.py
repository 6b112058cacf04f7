"""What a situation summary's page shows beyond the summary: comparisons, small series, and what is done about it.

Every comparison goes through `trends`, which says nothing where a count is hidden, missing or counted otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trygglofte import text, wording
from trygglofte.model import ActionPlan, Filed, SituationSummary
from trygglofte.model.common import ReportPeriod
from trygglofte.model.situation_summary import Category, Grade, IndicatorValue, Measure
from trygglofte.pages.series import Grid, Shown, column, grid_of, series_of, shown
from trygglofte.pages.site import Site
from trygglofte.progress import MeasureState, Renewal, plan_states, renewal
from trygglofte.rules.law import IN_FORCE
from trygglofte.trends import Change, Compared, Point, compared, monthly, same_time_last_year, whole_months

Summary = Filed[SituationSummary]

SMALL = 13
"""Periods in the small series of a theme: a year of months, and the same month the year before."""


@dataclass(frozen=True, slots=True)
class Row:
    """An earlier period beside the one that is told of: its count, and what may be said of the difference."""

    point: Point
    verdict: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a summary saw of a theme, with what it is held against and what is done about it."""

    category: Category
    rows: tuple[Row, ...]
    series: Shown | None
    doing: tuple[Measure, ...]
    planned: tuple[tuple[Filed[ActionPlan], MeasureState], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """All themes of a summary held against one earlier period: which period, and one or two sentences."""

    summary: Summary
    last_year: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An indicator's value in an earlier summary."""

    period: ReportPeriod
    indicator: IndicatorValue
    last_year: bool


def context(filed: Summary, site: Site) -> dict[str, Any]:
    """What the page of a summary shows, whether it is monthly or statutory."""
    everything, part = site.everything, filed.part
    family = _family(filed, site)
    newer = family[family.index(filed) + 1 :]
    seen = [_seen(filed, category, site) for category in part.categories]
    return {
        "plans": [plan for plan in everything.plans if plan.part.situation_summary == filed.id],
        "pledges": site.once("pledges by id", lambda: {pledge.id: pledge for pledge in everything.pledges}),
        "seen": seen,
        "grid": _grid(filed, seen, site),
        "held": held(filed, site),
        "first": family[0] is filed,
        "before": family[family.index(filed) - 1] if family[0] is not filed else None,
        "days": (part.period.end - part.period.start).days + 1,
        "one_month": whole_months([Point(filed, None)]),
        "indicators": [(item, _earlier(filed, item, family)) for item in part.indicators],
        "renewal": _renewal(filed, bool(newer), site.today),
        "replaced_by": newer[-1] if newer and part.statutory else None,
        "last_year": _last_year(filed, family, site),
    }


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest monthly summary in short, for the start page: its own sentence, grade, and what the counts say."""

    summary: Summary
    sentence: str
    grade: Grade | None
    held: tuple[Held, ...]


def latest(site: Site) -> Latest | None:
    """The latest monthly summary in short; None where there is none."""
    family = monthly(site.everything.summaries)
    if not family:
        return None
    part = family[-1].part
    sentence = text.first_sentence(part.summary)[0] if part.summary else ""
    grade = part.comparison.grade if part.comparison else None
    return Latest(family[-1], sentence, grade, tuple(held(family[-1], site)))


def _family(filed: Summary, site: Site) -> list[Summary]:
    """Summaries of the same kind, the oldest first. A monthly one is never held against a statutory one."""
    if not filed.part.statutory:
        return site.once("monthly summaries", lambda: monthly(site.everything.summaries))
    statutory = [other for other in site.everything.summaries if other.part.statutory]
    return sorted(statutory, key=lambda other: (other.part.period.end, other.part.period.start, other.id))


def _comparisons(filed: Summary, theme: str, site: Site) -> list[tuple[Compared, bool]]:
    """A theme held against the period before and the same time last year, and which of the two it is."""
    return site.once(f"{theme} in {filed.id} held", lambda: _compared(filed, theme, site))


def _compared(filed: Summary, theme: str, site: Site) -> list[tuple[Compared, bool]]:
    if filed.part.statutory:
        return []
    series = series_of(site, theme)
    points, position = series.points, series.at(filed)
    now = points[position]
    if now.count is None:
        return []
    last_year = same_time_last_year(points[:position], now)
    pairs = [(points[position - 1], False)] if position and points[position - 1] is not last_year else []
    pairs += [(last_year, True)] if last_year else []
    return [(compared(now, before), is_last_year) for before, is_last_year in pairs]


def _seen(filed: Summary, category: Category, site: Site) -> Seen:
    comparisons = _comparisons(filed, category.theme, site)
    rows = tuple(
        Row(found.before, _verdict(found, filed))
        for found, _ in comparisons
        if found.before.count is not None
    )
    small = None
    if category.count and not filed.part.statutory:
        drawn = shown(site.theme(category.theme), series_of(site, category.theme).until(filed, SMALL))
        small = drawn if drawn.chart else None
    period = filed.part.period
    return Seen(
        category,
        rows,
        small,
        tuple(measure for measure in filed.part.measures if measure.theme == category.theme),
        tuple(_planned(category.theme, period, site)),
    )


def _grid(filed: Summary, seen: Sequence[Seen], site: Site) -> Grid | None:
    """The values of all the small series in one table."""
    themes = [item.category.theme for item in seen if item.series]
    columns = [column(site, theme, series_of(site, theme).until(filed, SMALL)) for theme in themes]
    return grid_of(columns) if columns else None


def _planned(
    theme: str, period: ReportPeriod, site: Site
) -> Iterator[tuple[Filed[ActionPlan], MeasureState]]:
    """What the action plans of the period do about a theme."""
    for plan, state in site.once("measures by theme", lambda: _measures(site)).get(theme, ()):
        valid = plan.part.valid
        if valid and valid.first and valid.first <= period.end and (valid.last or date.max) >= period.start:
            yield plan, state


def _measures(site: Site) -> dict[str, list[tuple[Filed[ActionPlan], MeasureState]]]:
    """What every action plan does, by theme."""
    found: dict[str, list[tuple[Filed[ActionPlan], MeasureState]]] = {}
    for plan in site.everything.plans:
        for state in plan_states(plan.part, site.today):
            for theme in dict.fromkeys(state.measure.themes):
                found.setdefault(theme, []).append((plan, state))
    return found


def _verdict(found: Compared, filed: Summary) -> str:
    """What may be said of a difference, seen from the period that is told of."""
    if found.reason:
        return f"går inte att säga: {found.reason}"
    by_day = "" if whole_months([found.before, Point(filed, None)]) else ", räknat per dag"
    now = " nu" if found.change is not Change.UNSURE else ""
    return f"{found.change}{now}{by_day}"


def held(filed: Summary, site: Site) -> list[Held]:
    """What the counts of all themes together say against the period before, and against last year."""
    groups: dict[bool, list[tuple[str, Compared]]] = {False: [], True: []}
    for theme in dict.fromkeys(category.theme for category in filed.part.categories):
        for found, is_last_year in _comparisons(filed, theme, site):
            if found.before.count is not None:
                groups[is_last_year].append((site.theme(theme), found))
    return [
        Held(told[0][1].before.summary, is_last_year, _sentence(told))
        for is_last_year, told in groups.items()
        if told
    ]


def _sentence(told: Sequence[tuple[str, Compared]]) -> str:
    """`Säkert färre: nedskräpning. Ingen säker skillnad i 5 teman.`"""
    by_change: dict[Change | None, list[str]] = {}
    for theme, found in told:
        by_change.setdefault(found.change, []).append(theme)
    sentences = [
        f"{wording.capital(str(change))}: {wording.listing([wording.uncapital(name) for name in by_change[change]])}."
        for change in (Change.FEWER, Change.MORE)
        if change in by_change
    ]
    unsure, untold = len(by_change.get(Change.UNSURE, ())), len(by_change.get(None, ()))
    if unsure:
        rest = "något tema" if unsure == len(told) else wording.counted(unsure, "tema", "teman")
        sentences.append(f"Ingen säker skillnad i {rest}.")
    if untold:
        reasons = {found.reason for _, found in told if found.reason}
        why = f", för {reasons.pop()}" if len(reasons) == 1 else ""
        rest = "något tema" if untold == len(told) else wording.counted(untold, "tema", "teman")
        sentences.append(f"Går inte att säga i {rest}{why}.")
    return " ".join(sentences)


def _last_year(filed: Summary, family: Sequence[Summary], site: Site) -> Summary | None:
    kind = "statutory" if filed.part.statutory else "monthly"
    points = site.once(f"{kind} points", lambda: [Point(other, None) for other in family])
    found = same_time_last_year(points, Point(filed, None))
    return found.summary if found else None


def _earlier(filed: Summary, item: IndicatorValue, family: Sequence[Summary]) -> list[Earlier]:
    """The same indicator's latest earlier value, and its value for the same time the year before."""
    now = item.period or filed.part.period
    values = [
        (other.period or summary.part.period, other)
        for summary in family[: family.index(filed)]
        for other in summary.part.indicators
        if (other.name, other.unit, other.scale) == (item.name, item.unit, item.scale)
    ]
    values = sorted((pair for pair in values if pair[0].end < now.end), key=lambda pair: pair[0].end)
    found = [
        Earlier(period, other, (period.start.year + 1, period.start.month) == (now.start.year, now.start.month)
                and (period.end.year + 1, period.end.month) == (now.end.year, now.end.month))
        for period, other in values
    ]  # fmt: skip
    last_year = [earlier for earlier in found if earlier.last_year][-1:]
    return [earlier for earlier in found[-1:] if earlier not in last_year] + last_year


def _renewal(filed: Summary, replaced: bool, today: date) -> Renewal | None:
    """The clock of 6 §, for the statutory summary that is in force."""
    if not filed.part.statutory or replaced:
        return None
    found = renewal(filed, today)
    return found if found and found.day.last >= IN_FORCE else None
