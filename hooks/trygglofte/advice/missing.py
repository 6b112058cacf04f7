"""What residents are waiting for: easy-read text, a follow-up, a month's situation summary.

Only asked of sites that a municipality runs itself, and only of kinds of documents that it has published.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from trygglofte.model import Filed, Municipality, Pledge, SituationSummary
from trygglofte.model.common import ReportPeriod
from trygglofte.model.municipality import Publisher
from trygglofte.problems import Problem, Severity
from trygglofte.progress import due_dates, is_valid_on
from trygglofte.progress.due import Missing, clock_of, reporters
from trygglofte.wording import listing, long_date, report_period

_A_MONTH = 28
_DAYS_OF_A_MONTH = 30.44
_DAYS_OF_A_YEAR = 366


def _runs_its_own_site(municipality: Municipality) -> bool:
    return municipality.file.part.publisher is Publisher.MUNICIPALITY


def easy_read(municipality: Municipality, day: date) -> Iterator[Problem]:
    """A pledge that is valid, or the statutory summary in force, without easy-read text."""
    if not _runs_its_own_site(municipality):
        return
    found = [
        (pledge, "Löftet gäller nu") for pledge in municipality.pledges if is_valid_on(pledge.part.valid, day)
    ]
    summary = _in_force(municipality, day)
    latest = [(summary, "Det är den senaste lagstadgade lägesbilden")] if summary else []
    for filed, why in (*found, *latest):
        part = filed.part
        if filed.complete and not part.easy_read and not part.withdrawn:
            yield filed.problem(
                "saknad-lattlast",
                f"{why}, men har ingen lättläst text.",
                "Skriv under ”lättläst” det viktigaste i korta meningar, en sak på varje rad.",
                severity=Severity.ADVICE,
            )


def _in_force(municipality: Municipality, day: date) -> Filed[SituationSummary] | None:
    """The latest statutory summary: it holds until the next one comes."""
    statutory = (one for one in municipality.summaries if one.part.statutory and one.part.period.end <= day)
    return max(statutory, key=lambda one: one.part.period.end, default=None)


def follow_ups(municipality: Municipality, day: date) -> Iterator[Problem]:
    """The first follow-up of a pledge that has not come, from the day its period is over."""
    if not _runs_its_own_site(municipality):
        return
    days = municipality.file.part.reporting_days
    for pledge in municipality.pledges:
        begins = pledge.part.valid.first if pledge.part.valid else None
        if not pledge.complete or pledge.part.withdrawn or (begins and begins > day):
            continue
        clock = clock_of(pledge.part, day, days)
        due, late = clock.next_due, clock.late
        covers = _covered(pledge.part, due, days) if due else None
        if due is None or covers is None or covers > day:
            continue
        if late and set(late[0].parties) < set(reporters(pledge.part)):
            yield _silent_parties(pledge, late[0], municipality)
            continue
        listed = isinstance(pledge.part.reporting, tuple)
        which = "Nästa uppföljning" if listed else f"Uppföljningen till och med den {long_date(covers)}"
        yield pledge.problem(
            "dags-att-folja-upp",
            f"{which} {'skulle ha varit' if late else 'ska vara'} ute senast den {long_date(due)}.",
            "Skriv den under ”uppföljningar”. Är allt inte klart: skriv det som är känt, och ”ofullständig: ja”.",
            at=("reporting",), key=True, severity=Severity.ADVICE,
        )  # fmt: skip


def _silent_parties(pledge: Filed[Pledge], missing: Missing, municipality: Municipality) -> Problem:
    """Some have reported and some have not: whose words are awaited, since the page says so too."""
    names = {party.id: party.name for party in municipality.file.part.parties}
    who = listing([names.get(party, party) for party in missing.parties])
    return pledge.problem(
        "dags-att-folja-upp",
        f"{who} har inte redovisat det som skulle ha varit ute senast den {long_date(missing.due)}.",
        "Be om det, och skriv det i en uppföljning där parten står under ”rapporterat_av”.",
        at=("reporting",), key=True, severity=Severity.ADVICE,
    )  # fmt: skip


def _covered(pledge: Pledge, due: date, reporting_days: int) -> date | None:
    """The last day that the follow-up due on a day covers. Of listed days that is not known: their month begins."""
    if isinstance(pledge.reporting, tuple):
        return due.replace(day=1)
    for covers, day in due_dates(pledge, reporting_days):
        if day >= due:
            return covers if day == due else None
    return None


def _monthly(municipality: Municipality) -> list[Filed[SituationSummary]]:
    """The voluntary summaries, oldest first. None where a file of them cannot be read: it may be the missing one."""
    unread = any(name.startswith("lagesbilder/") for name in municipality.unread)
    if unread or not _runs_its_own_site(municipality):
        return []
    found = [summary for summary in municipality.summaries if not summary.part.statutory]
    return sorted(found, key=lambda summary: (summary.part.period.start, summary.part.period.end))


def summaries_between(municipality: Municipality, _day: date) -> Iterator[Problem]:
    """A stretch of a month or more that no summary covers, between the first and the last. Told where it ends."""
    until: date | None = None
    for summary in _monthly(municipality):
        period = summary.part.period
        if until and (period.start - until).days > _A_MONTH:
            gap = ReportPeriod.model_construct(start=until + timedelta(1), end=period.start - timedelta(1))
            yield summary.problem(
                "saknad-lagesbild",
                f"Före den här lägesbilden saknas en för {report_period(gap)}.",
                "Skriv den som saknas. Finns inget att berätta: säg det i en mening under ”sammanfattning”.",
                at=("period",), key=True, severity=Severity.ADVICE,
            )  # fmt: skip
        until = max(until or period.end, period.end)


def summaries_since_the_latest(municipality: Municipality, day: date) -> Iterator[Problem]:
    """The next summary, when its period and the reporting time after it have passed."""
    summary = max(_monthly(municipality), key=lambda one: one.part.period.end, default=None)
    if summary is None or summary.part.period.end >= day:
        return
    ends = _next_end(summary.part.period)
    if (day - ends).days <= municipality.file.part.reporting_days:
        return
    lacking = ReportPeriod.model_construct(start=summary.part.period.end + timedelta(1), end=ends)
    yield summary.problem(
        "saknad-lagesbild",
        f"Efter den här lägesbilden saknas en för {report_period(lacking)}.",
        "Skriv nästa. Har ni slutat med lägesbilder: säg det under ”sammanfattning” i den här.",
        at=("period",), key=True, severity=Severity.ADVICE,
    )  # fmt: skip


def _next_end(period: ReportPeriod) -> date:
    """The last day of the next period, as long as this one: in whole months where this one ends with a month."""
    last = period.end
    days = min(max(1, (last - period.start).days + 1), _DAYS_OF_A_YEAR)
    if last.day != monthrange(last.year, last.month)[1]:
        return last + timedelta(max(days, _A_MONTH))
    months = last.year * 12 + last.month - 1 + max(1, round(days / _DAYS_OF_A_MONTH))
    return date(months // 12, months % 12 + 1, monthrange(months // 12, months % 12 + 1)[1])
