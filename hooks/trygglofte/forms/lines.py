"""The lines of the form's larger answers: commitments, themes, measures and values, one to a line or a paragraph.

Each function takes an answer's lines and gives values as they are to stand in the file, with the text each comes
from, or corrections. What the values themselves must be is asked of the model later, by those texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from trygglofte.describing.forms import OUTCOME_KEYS
from trygglofte.forms.answers import Correction, Text
from trygglofte.model.base import Part, alias_of, shown
from trygglofte.model.common import Review
from trygglofte.model.follow_up import Measurement, Outcome
from trygglofte.model.situation_summary import Category, IndicatorValue, Measure
from trygglofte.reading.tree import fold

Value = Text | list["Value"] | dict[str, "Value"]
"""What is to stand in a file: texts, lists of values, and keys with values."""

_COUNT = "färre än [0-9]+|[0-9][0-9 \u00a0\u202f]*"
_DASH = re.compile(" [–—-]+ ")
_IN_PARENTHESES = re.compile(r"(.*?) *\(([^()]*)\)")
_COUNTED = re.compile(rf"({_COUNT})?(?: *\(([^()]*)\))?", re.IGNORECASE)
_PLACE = re.compile(rf"(.+?)[ :]+({_COUNT})", re.IGNORECASE)
_LOOKS_LIKE_A_THEME = re.compile(rf"[^:]{{2,40}}: *(?:{_COUNT})?(?: *\(.*)?", re.IGNORECASE)
_NUMBER = "[-−]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?|[-−]?[0-9]+(?:[.,][0-9]+)?"
_VALUE = re.compile(rf"(färre än [0-9]+|{_NUMBER}) *(.*)", re.IGNORECASE)
_REVIEW = re.compile(r"(\S+) *[,:]? +(.*?)(?: *\(([^()]*)\))?")
_MARK = re.compile(r"(?:[-–•*·] +|[0-9]{1,2}[.)] +)")


@dataclass(frozen=True)
class Known:
    """Things that may be named, by id: each with what it is called. `kind` says what it is, `where` to find it."""

    kind: str
    names: dict[str, str]

    @cached_property
    def _plain_names(self) -> dict[str, str]:
        return {found_id: _plain(name) for found_id, name in self.names.items()}

    def find(self, text: str) -> str | None:
        """The id that a text means: an id, a name, or the beginning of just one name that ends with a word."""
        wanted = _plain(text)
        if wanted in self.names:
            return wanted
        found = [found_id for found_id, name in self._plain_names.items() if wanted == name] or [
            found_id
            for found_id, name in self._plain_names.items()
            if wanted and name.startswith(f"{wanted} ")
        ]
        return found[0] if len(found) == 1 else None

    def unknown(self, at: Text, text: str) -> Correction:
        """That nothing has this name, with the nearest that there is."""
        names = {_plain(one): one for pair in self.names.items() for one in pair}
        near = [names[one] for one in get_close_matches(_plain(text[:100]), list(names), 2, 0.6)]
        there = ", ".join(self.names) or "inget än"
        hint = f"Menade du {' eller '.join(f'”{one}”' for one in near)}?" if near else f"Det finns: {there}."
        return at.wrong(f"Det finns {self.kind} som heter ”{shown(text)}”.", hint)


def _plain(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(".")


def outcomes(rows: Sequence[Text], commitments: Known, parties: Known) -> tuple[Value, list[Correction]]:
    """Commitments with their outcome: `belysning: pågår – 40 armaturer bytta`, and lines of more about it."""
    told = {_plain(str(Outcome.model_fields[name].title)): alias_of(Outcome, name) for name in OUTCOME_KEYS}
    status, done, per_party = (alias_of(Outcome, name) for name in ("status", "done", "per_party"))
    found: dict[str, Value] = {}
    wrong: list[Correction] = []
    current: dict[str, Value] | None = None
    for row in _unmarked(rows):
        name, colon, rest = (part.strip() for part in row.text.partition(":"))
        if not colon:
            wrong.append(row.wrong(f"Raden ”{shown(row.text)}” har inget kolon.",
                                   "Skriv åtagandet, ett kolon och hur det gick, eller ”Resultat: …”."))  # fmt: skip
        elif key := told.get(_plain(name)):
            if current is None:
                wrong.append(
                    row.wrong(
                        f"”{shown(name)}” står före det första åtagandet.", "Skriv åtagandets rad först."
                    )
                )
            else:
                wrong += _put(current, key, row, rest)
        else:
            current, problem = _commitment(name, row, found, commitments, parties, per_party)
            wrong += problem
            said = [*_DASH.split(rest, maxsplit=1), ""]
            for key, text in ((status, said[0]), (done, said[1])):
                wrong += _put(current, key, row, text) if text else []
    wrong += [rows[0].wrong(f"Om ”{found_id}” står inget.", "Skriv hur långt det har kommit.")
              for found_id, value in found.items() if not value]  # fmt: skip
    return found, wrong


def _commitment(
    name: str, row: Text, found: dict[str, Value], commitments: Known, parties: Known, per_party: str
) -> tuple[dict[str, Value], list[Correction]]:
    """Where the lines of a commitment, or of one party's part in it, are to stand."""
    party, found_id = None, commitments.find(name)
    apart = _IN_PARENTHESES.fullmatch(name) if found_id is None else None
    if apart:
        found_id, party = commitments.find(apart[1]), parties.find(apart[2])
        if party is None:
            return {}, [parties.unknown(row, apart[2])]
    if found_id is None:
        return {}, [commitments.unknown(row, apart[1] if apart else name)]
    whole = found.setdefault(found_id, {})
    assert isinstance(whole, dict)
    if party is None:
        again = [
            row.wrong(f"”{found_id}” står redan på en rad ovanför.", "Skriv allt om åtagandet på ett ställe.")
        ]
        return whole, again if whole else []
    each = whole.setdefault(per_party, {})
    assert isinstance(each, dict)
    again = [row.wrong(f"”{found_id} ({party})” står redan på en rad ovanför.", "Skriv det på ett ställe.")]
    fresh: dict[str, Value] = {}
    return each.setdefault(party, fresh), again if party in each and each[party] is not fresh else []  # type: ignore[return-value]


def _put(into: dict[str, Value], key: str, row: Text, text: str) -> list[Correction]:
    if not text:
        return [row.wrong("Efter kolonet står inget.", "Skriv något där, eller ta bort raden.")]
    if key in into:
        return [row.wrong(f"”{key}” är redan sagt om åtagandet.", "Ta bort den ena raden.")]
    into[key] = _at(row, text)
    return []


def categories(rows: Sequence[Text], themes: Known, places: Known) -> tuple[Value, list[Correction]]:
    """Themes with their counts, `Skadegörelse: 18 (Centrum 11)`, and what was seen on the lines after."""
    found: list[Value] = []
    wrong: list[Correction] = []
    for first, *rest in _paragraphs(rows, themes):
        name, colon, said = (part.strip() for part in _bare(first).partition(":"))
        theme = themes.find(name)
        if not colon or theme is None:
            wrong.append(themes.unknown(first, name) if colon else first.wrong(
                f"Stycket börjar med ”{shown(first.text)}”, som inte är ett tema med kolon efter.",
                "Börja med temat och ett kolon. Texten om ett tema skrivs utan tomma rader."))  # fmt: skip
            continue
        own: dict[str, Value] = {alias_of(Category, "theme"): _at(first, theme)}
        wrong += _counts(own, first, said, places)
        text = "\n".join(line.text for line in rest)
        if text:
            own[alias_of(Category, "text")] = _at(rest[0], text)
        wrong += [line.wrong(f"”{shown(line.text)}” ser ut som ett tema, men är inget som finns.",
                             themes.unknown(line, line.text.partition(":")[0]).hint)
                  for line in rest if _LOOKS_LIKE_A_THEME.fullmatch(line.text)]  # fmt: skip
        if len(own) == 1:
            wrong.append(
                first.wrong(
                    f"Om ”{shown(name)}” står inget.", "Skriv ett antal eller en text, eller ta bort raden."
                )
            )
        found.append(own)
    return found, wrong


def _paragraphs(rows: Sequence[Text], themes: Known) -> Iterator[list[Text]]:
    """Lines that belong together: an empty line ends a paragraph, and a theme begins one."""
    block: list[Text] = []
    for row in rows:
        name, colon, _ = _bare(row).partition(":")
        if block and (not row.text or (colon and themes.find(name) is not None)):
            yield block
            block = []
        if row.text:
            block.append(row)
    if block:
        yield block


def _counts(own: dict[str, Value], row: Text, said: str, places: Known) -> list[Correction]:
    """The count of a theme, and those of its places within parentheses."""
    read = _COUNTED.fullmatch(said)
    if not read:
        return [row.wrong(f"”{shown(said)}” är inget antal.", "Skriv så: 18 (Centrum 11, Hamnen färre än 5). "
                          "Text om temat skrivs på raden under.")]  # fmt: skip
    if read[1]:
        own[alias_of(Category, "count")] = _at(row, read[1].strip())
    each: dict[str, Value] = {}
    wrong = []
    for item in filter(None, (part.strip() for part in (read[2] or "").split(","))):
        place = _PLACE.fullmatch(item)
        found_id = places.find(place[1]) if place else None
        if place is None:
            wrong.append(
                row.wrong(
                    f"”{shown(item)}” är ingen plats med ett antal.", "Skriv platsen och antalet: Centrum 11."
                )
            )
        elif found_id is None:
            wrong.append(places.unknown(row, place[1]))
        elif found_id in each:
            wrong.append(row.wrong(f"”{shown(place[1])}” står två gånger.", "Ta bort den ena."))
        else:
            each[found_id] = _at(row, place[2].strip())
    if each:
        own[alias_of(Category, "places")] = each
    return wrong


def indicators(rows: Sequence[Text]) -> tuple[Value, list[Correction]]:
    """Figures with their unit: `Anmälda brott: 812 per 100 000 invånare`."""
    found: list[Value] = []
    wrong = []
    for row in _unmarked(rows):
        name, _, rest = (part.strip() for part in row.text.partition(":"))
        value = _VALUE.fullmatch(rest)
        if not name or not value or not value[2]:
            wrong.append(row.wrong(f"”{shown(row.text)}” går inte att förstå som ett mått.",
                                   "Skriv så: Anmälda brott: 812 per 100 000 invånare"))  # fmt: skip
            continue
        found.append(_keys(IndicatorValue, row, name=name, value=value[1], unit=value[2]))
    return found, wrong


def measures(rows: Sequence[Text], parties: Known) -> tuple[Value, list[Correction]]:
    """What is done, with who does it: `Extra nattvandring (kommunen)`."""
    found: list[Value] = []
    wrong = []
    for row in _unmarked(rows):
        split = _IN_PARENTHESES.fullmatch(row.text)
        own = _keys(Measure, row, what=split[1] if split else row.text)
        if split:
            who, unknown = names(_at(row, split[2]), parties)
            own[alias_of(Measure, "responsible")] = who
            wrong += unknown
        found.append(own)
    return found, wrong


def measurements(rows: Sequence[Text], known: Known) -> tuple[Value, list[Correction]]:
    """New values of a pledge's indicators: `otrygga-vid-stationen: 28 (2026-04)`."""
    found: list[Value] = []
    wrong = []
    for row in _unmarked(rows):
        name, _, rest = (part.strip() for part in row.text.partition(":"))
        said, found_id = _IN_PARENTHESES.fullmatch(rest), known.find(name)
        if not said:
            wrong.append(row.wrong(f"”{shown(row.text)}” går inte att förstå som ett mätvärde.",
                                   "Skriv så: otrygga-vid-stationen: 28 (2026-04)"))  # fmt: skip
        elif found_id is None:
            wrong.append(known.unknown(row, name))
        else:
            found.append(_keys(Measurement, row, indicator=found_id, value=said[1], date=said[2]))
    return found, wrong


def reviews(rows: Sequence[Text], parties: Known) -> tuple[Value, list[Correction]]:
    """Reviews by function: `2026-11-05 kommunpolis (polisen)`."""
    found: list[Value] = []
    wrong = []
    for row in _unmarked(rows):
        said = _REVIEW.fullmatch(row.text)
        if not said or not said[2]:
            wrong.append(row.wrong(f"”{shown(row.text)}” går inte att förstå som en granskning.",
                                   "Skriv så: 2026-11-05 kommunpolis (polisen)"))  # fmt: skip
            continue
        own = _keys(Review, row, date=said[1], role=said[2])
        if said[3] is not None:
            party = parties.find(said[3])
            wrong += [] if party else [parties.unknown(row, said[3])]
            own[alias_of(Review, "party")] = _at(row, party or "")
        found.append(own)
    return found, wrong


def items(rows: Iterable[Text]) -> Value:
    """One thing to a line."""
    return [*_unmarked(rows)]


def names(text: Text, parties: Known) -> tuple[Value, list[Correction]]:
    """Parties with a comma or ”och” between them, by short name or name. One alone is no list."""
    found: list[Value] = []
    wrong = []
    for item in filter(None, (part.strip() for part in re.split(r",| och ", text.text))):
        found_id = parties.find(item)
        wrong += [] if found_id else [parties.unknown(text, item)]
        found.append(_at(text, found_id or ""))
    return found[0] if len(found) == 1 else found, wrong


def _keys(part: type[Part], row: Text, **values: str) -> dict[str, Value]:
    return {alias_of(part, attribute): _at(row, text.strip()) for attribute, text in values.items()}


def _at(row: Text, text: str) -> Text:
    return Text(text, row.label, row.row)


def _bare(row: Text) -> str:
    found = _MARK.match(row.text)
    return row.text[found.end() :] if found else row.text


def _unmarked(rows: Iterable[Text]) -> list[Text]:
    """The lines with something on them, without the mark of a list."""
    return [_at(row, bare) for row in rows if (bare := _bare(row).strip())]
