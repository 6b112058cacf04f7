"""What is said of counts that can be worked out: which figures do it, and exactly which to take away.

A message never says what can be worked out.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from trygglofte.auditing import Leak, Remainder
from trygglofte.problems import Problem
from trygglofte.rules.protection.written import Written

_LEFT = {
    "place": "skedde på andra platser",
    "topic": "hör till andra teman",
    "time": "skedde under resten av perioden",
}
_PAST = (
    "Att ändra filen hjälper inte, för äldre versioner går att läsa. Gör som docs/redaktor/slunnit-ut.md säger. "
    "Får talet vara kvar: skriv ”bedömd_historik” under ”skydd” i kommun.yml."
)
_NO_WAY = "Ta bort ”antal”, eller dela inte upp det."


def given_away(
    leak: Leak, figures: Sequence[Written], others: Sequence[Written], written: Mapping[Hashable, Written]
) -> Problem:
    """A count that `figures` give away: a hidden one, or what they leave of one. Taking `others` away helps."""
    name = leak.secret.name
    one = written[name.figure if isinstance(name, Remainder) else name]
    told = _listed([figure for figure in figures if figure is not one or isinstance(name, Remainder)], one)
    if leak.values is None:
        message = "Så många tal hänger ihop här att det inte går att visa att de dolda antalen är säkra."
        hint = "Ta bort några av summorna, eller dela upp på färre platser."
    elif isinstance(name, Remainder):
        message = (
            f"Ur {told} går det att räkna ut, helt eller nästan, hur många händelser som {_LEFT[name.by]}. "
            f"De kan vara färre än {leak.secret.threshold}."
        )
        hint = _away(others, one)
    else:
        knowing = ", om läsaren vet att inget är utelämnat" if leak.assumed else ""
        message = f"Det dolda antalet går att räkna ut, helt eller nästan, ur {told or 'andra tal'}{knowing}."
        hint = _away(others, one)
    return one.summary.problem("avslojat-antal", message, hint, at=one.steps)


def given_away_by_the_past(
    leak: Leak, figures: Sequence[Written], written: Mapping[Hashable, Written]
) -> Problem:
    """A count that older versions in git give away, by themselves or with what is published now.

    Changing the file does not help, so the hint says who can do something, and how a judgement is told.
    """
    name = leak.secret.name
    one = written[name.figure if isinstance(name, Remainder) else name]
    others = [figure for figure in figures if figure is not one or isinstance(name, Remainder)]
    stands = [other for other in others if not other.figure.hidden and _is_same_cell(other, one)]
    if isinstance(name, Remainder):
        told = f"hur många händelser som {_LEFT[name.by]}"
        message = f"Ur {_listed(others, one)} går det att räkna ut, helt eller nästan, {told}."
    elif stands:
        where = "filen" if stands[0].summary.file == one.summary.file else stands[0].summary.file
        message = f"Antalet är dolt här, men talet står kvar i en äldre version av {where}."
    else:
        message = f"Det dolda antalet går att räkna ut, helt eller nästan, ur {_listed(others, one)}."
    return one.summary.problem("avslojat-av-historiken", message, _PAST, at=one.steps)


def _is_same_cell(other: Written, one: Written) -> bool:
    a, b = other.figure, one.figure
    return (a.topic, a.place, a.first, a.last) == (b.topic, b.place, b.first, b.last)


def contradicting(figures: Sequence[Written]) -> Problem:
    """Figures that cannot all be right."""
    last = figures[-1]
    least = max(one.figure.high + 1 if one.figure.hidden else 0 for one in figures)
    means = f" ”färre än {least}” betyder 1–{least - 1}, och en nolla skrivs 0." if least else ""
    return last.summary.problem(
        "summan-stammer-inte",
        f"De här talen kan inte alla vara rätt: {_listed(figures, last)}.{means}",
        "Rätta antalen. Räknar de olika saker: skriv vad i ”räknar”.",
        at=last.steps,
    )


def exceeded(whole: Written, parts: Sequence[Written]) -> Problem:
    """Places that hold more than the count they are parts of."""
    known = sum(part.figure.low for part in parts if not part.figure.hidden)
    of = _value(whole)
    at = parts[0].steps[:-1]
    return whole.summary.problem(
        "summan-stammer-inte",
        f"Platserna har fler händelser ({known}) än ”{whole.called}” på rad {whole.line} ({of}).",
        "Rätta antalen.", at=at, key=True,
    )  # fmt: skip


def _away(others: Sequence[Written], near: Written) -> str:
    """Which lines to take away, as they are written."""
    if not others:
        return _NO_WAY
    texts = [
        f"indikatorn {_place(one, near)}"
        if one.is_indicator
        else f"”{one.called}: {_value(one)}” {_place(one, near)}"
        for one in others
    ]
    return f"Ta bort {_and(texts)}."


def _value(one: Written) -> str:
    """The count as it should be written: a raw small one is never repeated."""
    return f"färre än {one.figure.high + 1}" if one.figure.hidden else str(one.figure.low)


def _listed(figures: Sequence[Written], near: Written) -> str:
    return _and(
        [
            _name(one, near)
            for one in sorted(figures, key=lambda one: (one.version, one.summary.file, one.line))
        ]
    )


def _name(one: Written, near: Written) -> str:
    return f"”{one.called}” {_place(one, near)}"


def _place(one: Written, near: Written) -> str:
    """Where it stands, seen from the place of the message."""
    if one.version:
        return f"i en äldre version av {one.summary.file}"
    same = one.summary.file == near.summary.file
    return f"på rad {one.line}" if same else f"i {one.summary.file}, rad {one.line}"


def _and(texts: Sequence[str]) -> str:
    return " och ".join(filter(None, [", ".join(texts[:-1]), texts[-1]])) if texts else ""
