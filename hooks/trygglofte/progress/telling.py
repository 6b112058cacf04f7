"""What figures and statuses come to, said in Swedish: the same words on every page and in every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from trygglofte import wording
from trygglofte.counting import Answer, Figures, Span, Stretch
from trygglofte.model.common import ReportPeriod
from trygglofte.model.pledge import Amount, Per, Status

_MANY = 6
_VERDICTS = {Status.DONE, Status.PARTLY_DONE, Status.NOT_DONE}
_SEVERAL = {
    Per.DAY: "dagar", Per.WEEK: "veckor", Per.MONTH: "månader", Per.QUARTER: "kvartal",
    Per.TERTIAL: "tertial", Per.HALF_YEAR: "halvår", Per.YEAR: "år",
}  # fmt: skip
_THE = {
    Per.DAY: "dagarna", Per.WEEK: "veckorna", Per.MONTH: "månaderna", Per.QUARTER: "kvartalen",
    Per.TERTIAL: "tertialen", Per.HALF_YEAR: "halvåren", Per.YEAR: "åren",
}  # fmt: skip


if TYPE_CHECKING:
    from trygglofte.progress.commitments import CommitmentState, PartyState

    Stated: TypeAlias = CommitmentState | PartyState


def figures(found: Figures | None, amount: Amount | None) -> str:
    """Done so far against what was promised: `54 av lovade 50 pass`. Empty where there is no figure.

    The unit follows the promised number, so that it agrees with it whatever number was done.
    """
    if found is None:
        return ""
    unit = (amount.unit if amount else None) or ""
    if found.comparison:
        said = f"{_number(found.comparison.before)} före, {_number(found.comparison.after)} efter"
        return f"{said} ({found.comparison.of})" if found.comparison.of else said
    if found.stretches:
        return _stretches(found, unit, amount)
    done = f"{'minst ' if found.at_least else ''}{_number(found.done)}"
    if found.level:
        aim = f" – lovat: {_limits(found)} {unit}" if found.target is not None else ""
        return wording.keep_units(f"{done} {unit}{aim}")
    if found.of_all and found.target is not None:
        head = f"{_number(found.done)} av {_number(found.target)}"
        if amount and amount.within is not None:
            return wording.keep_units(f"{head} inom {_number(amount.within)} {unit}".strip())
        return wording.keep_units(f"{head} {unit}".strip())
    if found.target is None:
        return wording.keep_units(f"{wording.capital(unit)}: {done}" if unit else done)
    times = amount is not None and amount.average
    return wording.keep_units(_against(done, _limits(found), unit, times and _is_one(amount))) + _reached(
        found
    )


def _is_one(amount: Amount | None) -> bool:
    """Whether one was promised at a time, so that the unit that was written is in the singular."""
    return amount is not None and 1 in {amount.at_least, amount.at_most, amount.exactly}


def _against(done: str, limits: str, unit: str, singular: bool) -> str:
    """What was done against what was promised, in words that agree whatever the numbers are."""
    if limits == "lovade 1":
        return f"{done} (lovat: 1 {unit}".strip() + ")"
    return f"{done} av {limits} {'' if singular else unit}".strip()


def _limits(found: Figures) -> str:
    assert found.target is not None
    if found.ceiling is not None:
        return f"lovade {_number(found.target)}–{_number(found.ceiling)}"
    if found.level:
        return f"{'högst' if found.at_most else 'minst'} {_number(found.target)}"
    return f"{'högst' if found.at_most else 'lovade'} {_number(found.target)}"


def _reached(found: Figures) -> str:
    if found.ceiling is not None and found.done > found.ceiling:
        return " – mer än lovat"
    if found.reached is None or found.target is None:
        return ""
    more = "mer än lovat, " if found.done > found.target else ""
    return f" – {more}uppnått under perioden till {wording.long_date(found.reached)}"


def _stretches(found: Figures, unit: str, amount: Amount | None) -> str:
    """Each stretch by itself: `2025: 60 av lovade 50 pass. 2026: 20 av lovade 50 hittills`."""
    told = [one for one in found.stretches if one.times]
    if len(told) > _MANY and all(one.times == 1 for one in told) and amount and amount.per:
        kept = sum(one.answer is Answer.KEPT for one in told)
        noun = _SEVERAL.get(amount.per, "perioder")
        return wording.keep_units(
            f"{_number(found.done)} {unit}".strip() + f" – så mycket som lovat {kept} av {len(told)} {noun}"
        )
    return ". ".join(_stretch(one, unit, amount) for one in told)


def _stretch(one: Stretch, unit: str, amount: Amount | None) -> str:
    least = "minst " if one.at_least and one.answer is not Answer.OPEN else ""
    limits = [f"lovade {_number(one.floor)}"] if one.floor is not None else []
    limits += [f"högst {_number(one.ceiling)}"] if one.ceiling is not None else []
    done = f"{least}{_number(one.done)}"
    text = _against(done, wording.listing(limits), unit, one.times > 1 and _is_one(amount))
    so_far = " hittills" if one.answer is Answer.OPEN else ""
    label = _label(one.span)
    if one.times > 1 and amount and amount.per in _SEVERAL:
        many = f"{one.times} {_SEVERAL[amount.per]}"
        label = many if amount.per in {Per.DAY, Per.WEEK} else f"{label} ({many})"
    return wording.capital(f"{label}: {wording.keep_units(text)}{so_far}")


def _label(span: Span) -> str:
    year = span.first.year
    if (span.first, span.last) == (date(year, 1, 1), date(year, 12, 31)):
        return str(year)
    return wording.report_period(ReportPeriod.model_construct(start=span.first, end=span.last))


def _number(value: Decimal) -> str:
    return wording.number(value)


def notes(state: Stated) -> tuple[str, ...]:
    """What a reader must know to understand a status, as whole sentences; none where it speaks for itself."""
    return tuple(_notes(state))


def _notes(state: Stated) -> Iterator[str]:
    amount, found = state.amount, state.figures
    if state.differs:
        over = state.own in {Status.PLANNED, Status.ONGOING} and state.status is state.by_figures
        rule = (
            "Tiden är slut, och därför gäller siffrorna." if over else "Vi räknar det försiktigare av de två."
        )
        yield f"Den som redovisar skriver ”{state.own}”, men siffrorna ger ”{state.by_figures}”. {rule}"
        if state.reason:
            yield f"Skälet: {_sentence(state.reason)}"
    sizes = list(_sizes(found, amount.each)) if found and amount and amount.each else []
    yield from sizes
    if state.own is None and state.status is Status.NOT_ASSESSABLE:
        if not sizes:
            yield _why_not(state)
    elif state.own is state.status or state.own is None:
        yield from _unchecked(state)
    if found and found.gaps and found.at_least and state.status is not Status.NOT_ASSESSABLE:
        yield "Alla dagar är inte redovisade, så det kan vara fler."


def _unchecked(state: Stated) -> Iterator[str]:
    """That a status is only somebody's word, or that nothing can be summed up, where a number was promised."""
    amount, found = state.amount, state.figures
    if not amount or not _has_limit(amount) or state.by_figures not in {None, Status.NOT_ASSESSABLE}:
        return
    if state.own in _VERDICTS:
        yield "Läget är den ansvarigas eget ord. Siffrorna räcker inte för att jämföra med löftet."
    elif found and found.target is None and amount.when and amount.per:
        yield "Löftet gäller bara vissa tider, och därför räknar vi inte ut hur mycket det blir i allt."


def _sizes(found: Figures, each: Amount) -> Iterator[str]:
    """Whether what was done was as large as was promised of each."""
    size = wording.amount(each)
    if found.small:
        few = "En" if found.small == 1 else wording.capital(_number(found.small))
        yield f"{few} av dem omfattade inte {size}."
    if found.sure + found.small < found.done:
        yield f"Det framgår inte om var och en omfattade {size}."


def _why_not(state: Stated) -> str:
    """Why something cannot be assessed, by what is missing."""
    amount, found = state.amount, state.figures
    if amount and amount.direction:
        return "Löftet säger åt vilket håll det ska gå, men ingen jämförelse med tiden före är redovisad."
    if found is None or amount is None:
        if amount and (_has_limit(amount) or amount.everything or amount.within is not None):
            return "Löftet går att räkna, men redovisningen har inga tal som går att jämföra med det."
        return "Löftet har inget antal, och den som redovisar har inte skrivit om det är genomfört."
    if found.stretches:
        unknown = [one for one in found.stretches if one.answer is Answer.UNKNOWN]
        if any(one.times > 1 for one in unknown) and amount.per:
            noun = _THE.get(amount.per, "perioderna")
            return f"Redovisningen skiljer inte {noun} åt, och därför går det inte att säga om löftet hölls hela tiden."
    if found.gaps:
        return "Alla dagar är inte redovisade, så det kan vara fler."
    if found.at_least:
        return "Redovisningen säger inte exakt hur många, så det kan vara fler."
    if amount.everything or amount.within is not None:
        return "Redovisningen säger inte hur många det var i allt."
    return "Redovisningen räcker inte för att jämföra med löftet."


def _has_limit(amount: Amount) -> bool:
    return (amount.at_least, amount.at_most, amount.exactly) != (None, None, None)


def _sentence(text: str) -> str:
    return text if text[-1:] in ".!?" else f"{text}."
