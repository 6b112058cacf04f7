"""Figures of reports against what was promised: what is done, of how much, and what that makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trygglofte.counting.hearing import Told
from trygglofte.counting.series import ZERO, Entry, series_of
from trygglofte.counting.spans import Span, limits_of, spans_of, whole_amount
from trygglofte.counting.stretches import Answer, Stretch, has_gaps, judged
from trygglofte.model.common import Period
from trygglofte.model.pledge import Amount, BeforeAfter, Per, Status
from trygglofte.model.words import Direction

_LONGEST = 366
"""Days of the longest stretch that a promise can begin anew in."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Done so far against what was promised. `target` is None where no number was promised."""

    done: Decimal
    at_least: bool = False
    target: Decimal | None = None
    at_most: bool = False
    """Whether the target is the most that was promised."""

    reached: date | None = None
    """The last day of the report that reached the target."""

    ceiling: Decimal | None = None
    """The most that was promised, where a least was promised too."""

    sure: Decimal = ZERO
    """How many of `done` are known to be as large as was promised of each; all, where nothing was."""

    small: Decimal = ZERO
    """How many of `done` are known to be smaller than was promised of each."""

    of_all: bool = False
    """Whether the target is how many there were in all, as reported (`av`)."""

    level: bool = False
    """Whether `done` is the latest value of something that is never added up, such as a percentage."""

    gaps: bool = False
    """Whether some days before the latest report have not been reported."""

    stretches: tuple[Stretch, ...] = ()
    """Every year, month or week that the promise begins anew in, as far as reports tell them apart."""

    endless: bool = False
    """Whether stretches go on without end."""

    comparison: BeforeAfter | None = None
    direction: Direction | None = None


def status_of(figures: Figures, final: bool) -> Status | None:
    """The status that figures lead to, or None where no number was promised. `final`: no more is to come."""
    if figures.comparison:
        kept = is_kept(figures.comparison, figures.direction)
        return Status.ONGOING if not final else Status.DONE if kept else Status.NOT_DONE
    if figures.stretches:
        return _of_stretches(figures)
    if figures.target is None:
        return None
    return _of_whole(figures, figures.target, final)


def _of_whole(figures: Figures, target: Decimal, final: bool) -> Status:
    ceiling = target if figures.at_most else figures.ceiling
    if ceiling is not None and figures.done > ceiling and (final or not figures.level):
        return Status.NOT_DONE
    waits = ceiling is not None or figures.of_all or figures.level
    if waits and not final:
        return Status.ONGOING
    if ceiling is not None and figures.at_least:
        return Status.NOT_ASSESSABLE
    if figures.at_most:
        return Status.DONE
    if figures.of_all and target == 0:
        return Status.NOT_ASSESSABLE
    if figures.sure >= target:
        return Status.DONE
    if not final:
        return Status.ONGOING
    if figures.at_least or figures.done - figures.small >= target:
        return Status.NOT_ASSESSABLE
    return Status.PARTLY_DONE if figures.done and not figures.level else Status.NOT_DONE


def _of_stretches(figures: Figures) -> Status:
    answers = {stretch.answer for stretch in figures.stretches}
    if figures.endless or Answer.OPEN in answers:
        return Status.ONGOING
    if answers == {Answer.KEPT}:
        return Status.DONE
    if Answer.BROKEN not in answers:
        return Status.NOT_ASSESSABLE
    some = Answer.KEPT in answers or (not figures.at_most and figures.done > 0)
    return (
        Status.PARTLY_DONE
        if some
        else Status.NOT_ASSESSABLE
        if Answer.UNKNOWN in answers
        else Status.NOT_DONE
    )


def is_kept(comparison: BeforeAfter, direction: Direction | None) -> bool:
    """Whether a value moved the way that was promised."""
    if direction in {Direction.MORE, Direction.UP}:
        return comparison.after > comparison.before
    if direction in {Direction.FEWER, Direction.DOWN}:
        return comparison.after < comparison.before
    return comparison.after == comparison.before


def is_level(unit: str | None) -> bool:
    """Whether figures in a unit are levels, which are never added: percentages."""
    return bool(unit) and (unit or "").casefold().split()[0].strip(",.") in {"procent", "%", "procentenheter"}


def figures_of(
    amount: Amount | None, told: Sequence[Told], valid: Period | None, until: date | None = None
) -> Figures | None:
    """What reports tell of how much, or None where they have only words.

    `told` is what was said of one whole, or of one party's own; shares of several parties are added. `until`
    is the last day that all who answer for it have reported on.
    """
    if amount and amount.direction and (compared := _compared(amount, told)):
        return compared
    voices = {item.party for item in told if item.has_figure}
    if not voices:
        return None
    begins = valid.first if valid else None
    series = {
        voice: series_of([item for item in told if item.party == voice], amount, begins) for voice in voices
    }
    if amount and is_level(amount.unit):
        return _level(amount, told, [entry for voice in series.values() for entry in voice])
    entries = sorted(
        (e for voice in series.values() for e in voice), key=lambda e: (e.span.last, e.span.first)
    )
    known = [entry for entry in entries if entry.value is not None]
    if not known:
        return None
    apart = [entries] if None in voices else list(series.values())
    gaps = any(has_gaps(some, Span(begins or some[0].span.first, some[-1].span.last)) for some in apart)
    if amount and (spans := _spans(amount, valid, until)):
        return _anew(amount, entries, spans, valid, gaps, until or entries[-1].span.last)
    return _whole(amount, entries, valid, gaps)


def _compared(amount: Amount, told: Sequence[Told]) -> Figures | None:
    latest = [item.outcome.comparison for item in told if item.outcome.comparison]
    if not latest:
        return None
    return Figures(latest[-1].after, comparison=latest[-1], direction=amount.direction)


def _level(amount: Amount, told: Sequence[Told], entries: list[Entry]) -> Figures | None:
    """The latest percentage, or the one that counts and their wholes (`av`) give together."""
    values = [said for item in told if (said := item.outcome.total or item.outcome.during)]
    if not values or values[-1].value is None or len({item.party for item in told if item.has_figure}) > 1:
        return None
    whole = sum((entry.out_of or ZERO for entry in entries), ZERO)
    percent, at_least = values[-1].value, values[-1].at_least
    if all(entry.out_of is not None for entry in entries) and whole:
        percent = 100 * sum((entry.value or ZERO for entry in entries), ZERO) / whole
        percent, at_least = round(percent, 1), any(entry.at_least for entry in entries)
    floor, ceiling = limits_of(amount)
    target = floor if floor is not None else ceiling
    anew = amount.per not in {None, Per.PERIOD}
    return Figures(
        percent, at_least, None if anew else target, floor is None and ceiling is not None, sure=percent,
        ceiling=ceiling if floor is not None else None, level=True,
    )  # fmt: skip


def _spans(amount: Amount, valid: Period | None, until: date | None) -> list[Span]:
    """The stretches that a promise begins anew in; none where it is given once or they cannot be told."""
    first, last = (valid.first, valid.last) if valid else (None, None)
    if amount.per in {None, Per.PERIOD} or amount.average or first is None or _only_sometimes(amount):
        return []
    end = last or until
    if limits_of(amount) == (None, None) or end is None or end < first:
        return []
    assert amount.per is not None
    if last is None:
        later = date.fromordinal(end.toordinal() + _LONGEST)
        return [span for span in spans_of(amount.per, first, later) if span.first <= end]
    spans = spans_of(amount.per, first, end)
    return spans if len(spans) > 1 or spans[0].last < end else []


def _only_sometimes(amount: Amount) -> bool:
    """Whether `när` may leave some weeks or months out, such as those without school."""
    return amount.when is not None and amount.per not in {Per.HALF_YEAR, Per.YEAR}


def _anew(
    amount: Amount, entries: list[Entry], spans: list[Span], valid: Period | None, gaps: bool, until: date
) -> Figures:
    limits = limits_of(amount)
    endless = valid is not None and valid.last is None
    stretches = judged(entries, spans, limits, until)
    ahead = not endless and stretches and stretches[-1].span.last < spans[-1].last
    if ahead:
        rest = Span(date.fromordinal(stretches[-1].span.last.toordinal() + 1), spans[-1].last)
        stretches = (*stretches, Stretch(rest, 0, ZERO, None, None, False, Answer.OPEN))
    done = sum((entry.value or ZERO for entry in entries), ZERO)
    kept = all(stretch.answer is Answer.KEPT for stretch in stretches)
    return Figures(
        done, any(e.at_least or e.value is None for e in entries) or gaps,
        at_most=limits[0] is None, stretches=stretches, endless=endless, gaps=gaps,
        sure=sum((entry.sure for entry in entries), ZERO), small=sum((entry.small for entry in entries), ZERO),
        reached=entries[-1].span.last if kept and limits[1] is None and not endless else None,
    )  # fmt: skip


def _whole(amount: Amount | None, entries: list[Entry], valid: Period | None, gaps: bool) -> Figures | None:
    """One number for the whole time. Words among figures are only enough where the figures are."""
    of_all = amount is not None and (amount.everything or amount.within is not None)
    target, ceiling, at_most = (None, None, False) if amount is None else _targets(amount, valid)
    if of_all:
        known = all(entry.out_of is not None for entry in entries)
        target = sum((entry.out_of or ZERO for entry in entries), ZERO) if known else None
    done = sure = ZERO
    reached = None
    for entry in entries:
        done, sure = done + (entry.value or ZERO), sure + entry.sure
        if target is None or at_most or of_all or sure < target or (ceiling is not None and done > ceiling):
            reached = None
        elif reached is None:
            reached = entry.span.last
    words = any(entry.value is None for entry in entries)
    if words and not (target is not None and not at_most and not of_all and sure >= target):
        return None
    at_least = words or gaps or any(entry.at_least for entry in entries)
    small = sum((entry.small for entry in entries), ZERO)
    of_all = of_all and target is not None
    return Figures(done, at_least, target, at_most, reached, ceiling, sure, small, of_all, gaps=gaps)


def _targets(amount: Amount, valid: Period | None) -> tuple[Decimal | None, Decimal | None, bool]:
    """What is to be reached, the ceiling beside it, and whether the target itself is a ceiling."""
    floor, ceiling = limits_of(amount)
    if _only_sometimes(amount) and amount.per is not Per.PERIOD and amount.per is not None:
        return None, None, False
    if floor is not None and ceiling is not None:
        return (floor, ceiling, False) if amount.per in {None, Per.PERIOD} else (None, None, False)
    if amount.average and ceiling is not None and valid and valid.first and valid.last and amount.per:
        return ceiling * len(spans_of(amount.per, valid.first, valid.last)), None, True
    return whole_amount(amount, valid), None, ceiling is not None
