"""What was signed is what is shown: a seal that no longer holds is told, with what accounts for it or does not."""

from __future__ import annotations

from collections.abc import Iterator

from trygglofte.model import Filed, Municipality, Pledge, promises
from trygglofte.model.common import Period
from trygglofte.model.pledge import Amount, Commitment
from trygglofte.problems import Problem, Severity
from trygglofte.sealing import is_sealed, sealing_of

_BACK = "Skriv tillbaka det som stod"


def sealed_documents_are_as_signed(municipality: Municipality) -> Iterator[Problem]:
    """The signed part of a sealed document is what it was sealed as, or a dated entry says that it changed."""
    for filed in (*municipality.agreements, *municipality.pledges):
        if not filed.complete or not is_sealed(filed.part):
            continue
        state = sealing_of(filed.part)
        if state.last is None or state.holds:
            continue
        place = (*state.last.steps, "seal")
        line = filed.mark(*place).line
        if state.free:
            yield filed.problem(
                "ej-forseglad-andring",
                f"Det som skrevs under har ändrats sedan det förseglades (rad {line}), och ändringen har inget sigill.",
                f"Kör trygglofte seal på filen, så får posten från {state.free[-1].day} sitt sigill.",
                at=state.free[-1].steps, severity=Severity.ADVICE,
            )  # fmt: skip
        else:
            yield filed.problem(
                "brutet-sigill",
                "Det som skrevs under har ändrats sedan det förseglades, och ingen senare post säger det.",
                f"{_BACK}. Har parterna beslutat något nytt: skriv det under ”ändringar”, med datum, och kör "
                "trygglofte seal på filen.",
                at=place, key=True,
            )  # fmt: skip


def changes_name_commitments(municipality: Municipality) -> Iterator[Problem]:
    """An entry in `ändringar` or `rättelser` that names a commitment names one that the pledge has."""
    for pledge in municipality.pledges:
        ids = {promise.commitment.id for promise in promises(pledge.part)}
        for name in ("changes", "corrections"):
            for number, entry in enumerate(getattr(pledge.part, name)):
                if entry.commitment and pledge.complete and entry.commitment not in ids:
                    yield pledge.problem(
                        "okant-atagande", f"Åtagandet ”{entry.commitment}” finns inte i löftet.",
                        f"Det finns: {', '.join(sorted(ids))}. Är det borttaget: ta bort raden och säg det i ”vad”.",
                        at=(name, number, "commitment"),
                    )  # fmt: skip


def extensions_come_after(municipality: Municipality) -> Iterator[Problem]:
    """An extension ends later than what it extends."""
    for filed in municipality.documents:
        valid: Period | None = getattr(filed.part, "valid", None)
        before = valid.original.last if valid else None
        for number, item in enumerate(valid.extended if valid else ()):
            last = item.end.last
            if before and last and last <= before:
                yield filed.problem(
                    "forlangning-bakat", f"Förlängningen slutar {last}, men det gällde redan till {before}.",
                    "Låt ”till” under ”gäller” stå kvar som det var, och skriv den nya sista dagen här.",
                    at=("valid", "extended", number, "end"),
                )  # fmt: skip
            before = last or before


def carried_commitments_were_promised(municipality: Municipality) -> Iterator[Problem]:
    """`från` names a commitment of the pledge that is replaced."""
    pledges = {pledge.id: pledge for pledge in municipality.pledges}
    for pledge in municipality.pledges:
        former = pledges.get(pledge.part.replaces or "")
        if (former is None and pledge.part.replaces) or (former and not former.complete):
            continue
        ids = {promise.commitment.id for promise in promises(former.part)} if former else set()
        for promise in promises(pledge.part):
            origin = promise.commitment.carried_from
            if origin and origin not in ids:
                where = f"i ”{former.id}”" if former else "i något förra löfte, för ”ersätter” saknas"
                yield pledge.problem(
                    "okant-ursprung", f"Åtagandet ”{origin}” finns inte {where}.",
                    f"Det finns: {', '.join(sorted(ids))}." if ids else "Skriv under ”ersätter” vad som gällde före.",
                    at=(*promise.steps, "carried_from"),
                )  # fmt: skip


def reports_restate_the_whole_promise(municipality: Municipality) -> Iterator[Problem]:
    """A follow-up that restates a promise (`lovat`) does not make it smaller than what was promised."""
    for pledge in municipality.pledges:
        at = {promise.commitment.id: promise for promise in promises(pledge.part)}
        for n, report in enumerate(pledge.part.follow_ups):
            for id_, outcome in report.outcomes.items():
                promise = at.get(id_)
                if promise and outcome.promised and _is_weaker(outcome.promised, promise.commitment):
                    yield _weaker(pledge, ("follow_ups", n, "outcomes", id_, "promised"),
                                  (*promise.steps, "amount"))  # fmt: skip


def _weaker(pledge: Filed[Pledge], told: tuple[str | int, ...], promised: tuple[str | int, ...]) -> Problem:
    line = pledge.mark(*promised, key=True).line
    return pledge.problem(
        "svagare-an-lovat", f"Rapporten säger att mindre var lovat än det som står på rad {line}.",
        "Upprepa löftet som det skrevs under. Har parterna ändrat det: skriv det under ”ändringar”.",
        at=told, key=True,
    )  # fmt: skip


def _is_weaker(told: Amount, commitment: Commitment) -> bool:
    """Whether what a report says was promised is less than what was. What cannot be compared is not weaker."""
    amount = commitment.amount
    if amount is None or told.unit != amount.unit or told.per != amount.per:
        return False
    least, said = amount.at_least or amount.exactly, told.at_least or told.exactly
    most, most_said = amount.at_most or amount.within, told.at_most or told.within
    fewer = least is not None and said is not None and said < least
    more = most is not None and most_said is not None and most_said > most
    return fewer or more or (amount.everything and not told.everything and said is not None)
