"""What a report says of a commitment fits what was promised, who promised it, and its own figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trygglofte import counting
from trygglofte.counting import Figures, Told, figures_of, heard_in, own_figures, stream_of
from trygglofte.model import Filed, Municipality, Pledge, Promise, promises
from trygglofte.model.pledge import Status
from trygglofte.problems import Problem, Severity
from trygglofte.rules.places import Steps, figure_steps, steps_to


def statuses_fit_their_figures(municipality: Municipality) -> Iterator[Problem]:
    """A status and the figures up to it do not rule each other out, unless the report tells why.

    What counts as ruling out is in `counting.contradicts`, and on the method page for residents.
    """
    for pledge in municipality.pledges:
        for promise, told in heard_in(pledge) if pledge.complete else ():
            if counting.is_apart(promise):
                for party in promise.commitment.responsible:
                    figures = own_figures(party, told)
                    yield from _against(pledge, promise, stream_of(party, told), figures)
            else:
                yield from _against(pledge, promise, [item for item in told if not item.party], told)


def _against(
    pledge: Filed[Pledge], promise: Promise, words: list[Told], figures: list[Told]
) -> Iterator[Problem]:
    valid = pledge.part.valid
    last = valid.last if valid else None
    for item in words:
        own, end = item.outcome.status, item.report.period.end
        until = [one for one in figures if one.report.period.end <= end]
        if own is None or counting.reason_of(item.outcome):
            continue
        found = figures_of(promise.commitment.amount, until, valid, end)
        final = last is not None and end >= last
        if found and counting.contradicts(own, found, final):
            yield _contradiction(pledge, promise, item, own, found, final, until)


def _contradiction(
    pledge: Filed[Pledge],
    promise: Promise,
    item: Told,
    own: Status,
    found: Figures,
    final: bool,
    until: list[Told],
) -> Problem:
    told = [one for one in until if one.has_figure or one.outcome.comparison]
    totals = [one for one in told if one.outcome.total is not None]
    lines = [
        pledge.mark(
            *(figure_steps(promise, one) if one.has_figure else (*steps_to(promise, one), "comparison"))
        ).line
        for one in (totals[-1:] or told)
    ]
    of = f"{_text(found.done)} av {_text(found.target)}, alltså " if found.target is not None else ""
    derived = counting.status_of(found, final)
    return pledge.problem(
        "status-mot-tal",
        f"Statusen ”{own}” stämmer inte med {_rows(lines)}, som ger {of}”{derived}”.",
        "Rätta det ena av dem, eller skriv i ”orsak” eller ”räknat” varför de skiljer sig.",
        at=(*steps_to(promise, item), "status"),
    )


def _rows(lines: list[int]) -> str:
    several = [str(line) for line in sorted(set(lines))]
    if len(several) == 1:
        return f"talet på rad {several[0]}"
    return f"talen på rad {', '.join(several[:-1])} och {several[-1]}"


def _text(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def outcomes_are_told_by_those_who_promised(municipality: Municipality) -> Iterator[Problem]:
    """An outcome is reported by a party that answers for the commitment; others' reports count for nothing."""
    known = {party.id for party in municipality.file.part.parties}
    for pledge in municipality.pledges:
        promised = {promise.commitment.id: promise for promise in promises(pledge.part)}
        for number, report in enumerate(pledge.part.follow_ups):
            for name, outcome in report.outcomes.items():
                promise = promised.get(name)
                own = promise.commitment.responsible if promise else ()
                if promise is None or not own or not known >= {*own, *report.reported_by}:
                    continue
                steps: Steps = ("follow_ups", number, "outcomes", name)
                place = (*promise.steps, "responsible")
                if not set(own) & set(report.reported_by):
                    yield pledge.problem(
                        "utfall-utan-ansvarig",
                        f"{_names(own)} ansvarar för ”{name}” (rad {pledge.mark(*place).line}) "
                        "men har inte lämnat rapporten, så utfallet räknas inte.",
                        "Har den ansvariga lämnat uppgiften: skriv det i ”rapporterat_av”.",
                        at=steps, key=True, severity=Severity.ADVICE,
                    )  # fmt: skip
                    continue
                for party in outcome.per_party or ():
                    if party not in own or party not in report.reported_by:
                        missing = (
                            f"ansvarar inte för ”{name}” (rad {pledge.mark(*place).line})"
                            if party not in own
                            else ("står inte i ”rapporterat_av”")
                        )
                        yield pledge.problem(
                            "utfall-utan-ansvarig",
                            f"{party} {missing}, så utfallet räknas inte.",
                            "En parts rapport talar bara för den parten. Rätta namnet, eller lägg till parten.",
                            at=(*steps, "per_party", party), key=True, severity=Severity.ADVICE,
                        )  # fmt: skip


def _names(parties: tuple[str, ...]) -> str:
    return " och ".join(parties)


def figures_have_an_owner(municipality: Municipality) -> Iterator[Problem]:
    """Where parties promise each by itself, a figure says whose it is; and only several can do so."""
    for pledge in municipality.pledges:
        for promise, told in heard_in(pledge):
            commitment = promise.commitment
            if commitment.each_by_itself and len(commitment.responsible) == 1:
                yield pledge.problem(
                    "ensam-var-for-sig",
                    f"Bara {commitment.responsible[0]} ansvarar, och då finns det inget att dela upp.",
                    "Ta bort ”var_för_sig”, eller lägg till den andra parten i ”ansvarig”.",
                    at=(*promise.steps, "each_by_itself"), key=True,
                )  # fmt: skip
            if not counting.is_apart(promise):
                continue
            line = pledge.mark(*promise.steps, "each_by_itself").line
            for item in told:
                if item.has_figure and not item.party and len(item.speakers) > 1:
                    yield pledge.problem(
                        "tal-utan-part",
                        f"Parterna lovar var för sig (rad {line}), och det går inte att se vems talet är.",
                        "Skriv vars och ens tal under ”per_part”.",
                        at=figure_steps(promise, item), key=True,
                    )  # fmt: skip


def figures_fit_together(municipality: Municipality) -> Iterator[Problem]:
    """What is told of each, of how many, and in other units fits the figure it is told beside."""
    for pledge in municipality.pledges:
        for promise, told in heard_in(pledge):
            for item in told:
                yield from _misfits(pledge, promise, item)


def _misfits(pledge: Filed[Pledge], promise: Promise, told: Told) -> Iterator[Problem]:
    outcome, steps = told.outcome, steps_to(promise, told)
    said = outcome.total or outcome.during
    figure = (*steps, "total" if outcome.total else "during")
    value = said.value if said else None
    amount = promise.commitment.amount
    unit = amount.unit if amount else None
    if (
        value is not None
        and outcome.out_of is not None
        and value > outcome.out_of
        and not counting.is_level(unit)
    ):
        yield pledge.problem(
            "fler-an-alla",
            f"”av” är {_text(outcome.out_of)}, men på rad {pledge.mark(*figure).line} är {_text(value)} redovisade.",
            "Rätta det ena: ”av” är hur många det var i allt.", at=(*steps, "out_of"),
        )  # fmt: skip
    if value is not None and len(outcome.each) > max(Decimal(1), value):
        yield pledge.problem(
            "for-manga-vardera",
            f"”vardera” har {len(outcome.each)} tal, men på rad {pledge.mark(*figure).line} är {_text(value)} "
            "redovisade.",
            "Skriv ett tal för var och en, eller ett enda som gäller alla.", at=(*steps, "each"), key=True,
        )  # fmt: skip
    for n, other in enumerate(outcome.others):
        if unit and other.unit.casefold() == unit.casefold():
            line = pledge.mark(*promise.steps, "amount").line
            yield pledge.problem(
                "tal-i-loftets-enhet",
                f"”{other.unit}” är löftets egen enhet (rad {line}), och talen här räknas inte.",
                "Skriv talet i ”under_perioden” eller ”totalt_hittills” direkt under åtagandet.",
                at=(*steps, "others", n, "unit"),
            )  # fmt: skip
