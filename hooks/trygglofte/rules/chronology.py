"""Time runs forward: periods begin before they end, reports follow what they report, chains have an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trygglofte.model import Filed, Municipality, Pledge
from trygglofte.model.common import Period, ReportPeriod, When
from trygglofte.model.pledge import FollowUp
from trygglofte.problems import Problem, Severity

Steps = tuple[str | int, ...]


def periods_are_in_order(municipality: Municipality) -> Iterator[Problem]:
    """No period ends before it begins, and no date is at the earliest later than at the latest."""
    for filed in (municipality.file, *municipality.documents):
        for steps, part in filed.within:
            if isinstance(part, (Period, ReportPeriod)):
                first, last = _ends(part)
                if first and last and last < first:
                    yield filed.problem(
                        "bakvand-period", f"Perioden slutar {last} men börjar {first}.",
                        "Byt plats på datumen, eller rätta det ena.", at=(*steps, "end"),
                    )  # fmt: skip
            elif isinstance(part, When) and part.first and part.last and part.last < part.first:
                yield filed.problem(
                    "bakvand-period", f"”senast” ({part.latest}) kommer före ”tidigast” ({part.earliest}).",
                    "Byt plats på datumen, eller rätta det ena.", at=(*steps, "latest"),
                )  # fmt: skip


def _ends(period: Period | ReportPeriod) -> tuple[date | None, date | None]:
    if isinstance(period, ReportPeriod):
        return period.start, period.end
    return period.first, period.last


def chains_have_no_loops(municipality: Municipality) -> Iterator[Problem]:
    """A document does not replace itself, directly or by way of others."""
    for family in (municipality.pledges, municipality.agreements):
        before = {filed.id: filed.part.replaces for filed in family}
        for filed in family:
            seen, name = {filed.id}, filed.part.replaces
            while name in before and name not in seen:
                seen.add(name)
                name = before[name]
            if name == filed.id:
                yield filed.problem("rundgang", "Dokumentet ersätter sig självt, direkt eller via andra.",
                                    "Låt varje dokument peka på det som gällde före.", at=("replaces",))  # fmt: skip


def reports_come_after_what_they_report(municipality: Municipality) -> Iterator[Problem]:
    """A follow-up is published after its period began, and covers days of the pledge."""
    for pledge in municipality.pledges:
        valid = pledge.part.valid
        for n, report in enumerate(pledge.part.follow_ups):
            steps: Steps = ("follow_ups", n)
            if report.published < report.period.start:
                yield pledge.problem(
                    "publicerad-fore",
                    f"Uppföljningen är publicerad {report.published}, innan dess period började.",
                    "Rätta datumet eller perioden.",
                    at=(*steps, "published"),
                )
            elif report.published < report.period.end:
                yield pledge.problem(
                    "publicerad-fore",
                    f"Uppföljningen är publicerad {report.published}, innan dess period var slut.",
                    "Kontrollera att datumen stämmer.",
                    at=(*steps, "published"),
                    severity=Severity.ADVICE,
                )
            if valid and valid.first and report.period.end < valid.first:
                line = pledge.mark("valid", "start").line
                yield pledge.problem(
                    "uppfoljning-fore-loftet",
                    f"Uppföljningen gäller dagar före löftet, som börjar {valid.first} (rad {line}).",
                    "Rätta perioden, eller lägg uppföljningen i det löfte den hör till.",
                    at=(*steps, "period", "end"),
                )
        yield from _overlaps(pledge)


def _overlaps(pledge: Filed[Pledge]) -> Iterator[Problem]:
    """Two reports by the same party that count the same commitment over the same days."""
    reports = sorted(enumerate(pledge.part.follow_ups), key=lambda item: item[1].period.start)
    for position, (after, later) in enumerate(reports):
        for before, earlier in reports[:position]:
            if later.period.start > earlier.period.end or not _count_the_same(earlier, later):
                continue
            line = pledge.mark("follow_ups", before, "period").line
            yield pledge.problem(
                "overlappande-perioder",
                f"Perioden överlappar uppföljningen på rad {line}, och då räknas samma dagar två gånger.",
                "Rätta datumen, eller skriv ”totalt_hittills” i stället för ”under_perioden”.",
                at=("follow_ups", after, "period"),
            )
            break


def _count_the_same(earlier: FollowUp, later: FollowUp) -> bool:
    """Whether a party's figures of the period are told twice; one that corrects takes the other's place."""
    told = [
        {
            (name, party)
            for name, outcome in report.outcomes.items()
            for party, own in ((None, outcome), *(outcome.per_party or {}).items())
            if own.during and not (report is later and own.corrects)
        }
        for report in (earlier, later)
    ]
    return bool(told[0] & told[1]) and bool(set(earlier.reported_by) & set(later.reported_by))
