"""Nobody is exposed: what is about one person does not stand in a file that is open to all.

What is sure is an error; what may be harmless is advice. Dataskyddsförordningen (2016/679) art. 6, 10 and 87, and
lag (2018:218) 3 kap. 10 § (personal identity numbers only where that is clearly justified). What was found is
never repeated, and the line it stands on is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trygglofte.model import Municipality, Shared
from trygglofte.model.base import Part, parts_within
from trygglofte.model.common import Contact
from trygglofte.model.municipality import MunicipalityFile
from trygglofte.personal import Finding, Located, Sort, digits_of, find, hidden_in, located, same_address
from trygglofte.problems import Problem, Severity

_THRESHOLD = 5

_SURE: dict[Sort, tuple[str, str, str]] = {
    Sort.NUMBER: ("personnummer", "Här står ett personnummer eller ett samordningsnummer.",
                  "Ta bort det, och säg till kommunens dataskyddsombud: det finns kvar bland äldre versioner."),
    Sort.PHONE: ("telefonnummer", "Här står ett mobilnummer som kan vara någons eget.",
                 "Ta bort det. Går det till en funktion: skriv det under ”undantag” i kommun.yml."),
    Sort.EMAIL: ("personlig-epost", "Här står en e-postadress som tillhör en person.",
                 "Skriv funktionens adress i stället, till exempel trygghet@kommunen.se."),
    Sort.PLATE: ("bilnummer", "Här står ett fordons registreringsnummer.",
                 "Ta bort det. Det räcker att säga vilket slags fordon det var."),
    Sort.HOME: ("bostadsadress", "Här står en adress som texten säger är någons bostad.",
                "Skriv området i stället, om det är så stort att ingen kan kännas igen."),
}  # fmt: skip

_UNSURE: dict[Sort, tuple[str, str, str]] = {
    Sort.NUMBER: ("personnummer", "Siffrorna här är skrivna som ett personnummer.",
                  "Är det ett: ta bort det. Är det något annat: skriv det på ett annat sätt."),
    Sort.PHONE: ("telefonnummer", "Här står ett telefonnummer som inte finns bland kommunens kontakter.",
                 "Är det någons eget: ta bort det. Annars: skriv det under ”kontakt” eller ”undantag” i kommun.yml."),
    Sort.EMAIL: ("personlig-epost", "E-postadressen här kan tillhöra en person.",
                 "Skriv en funktions adress, eller skriv den under ”undantag” i kommun.yml om den är en funktions."),
    Sort.PLATE: ("bilnummer", "Det här kan vara ett fordons registreringsnummer.",
                 "Ta bort det om det är ett."),
    Sort.HOME: ("bostadsadress", "Här står en gata med nummer. Bor någon där?",
                "Skriv i så fall området. Är det en plats dit alla får gå: lägg den under ”platser” i kommun.yml."),
    Sort.PROFILE: ("pekar-ut", "Åldern kan tillsammans med det andra i meningen peka ut någon.",
                   "Ta bort åldern, könet, platsen eller dagen, så att det kan gälla många."),
    Sort.FEW: ("fa-manniskor", "Meningen räknar så få människor att de kan kännas igen.",
               "Skriv om det som hände i stället för om vilka det gällde, eller ”färre än” och kommunens gräns."),
}  # fmt: skip


@dataclass(frozen=True)
class Declared:
    """What a municipality has said is nobody's own, and the least number of people that may be counted."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    plates: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()
    threshold: int = _THRESHOLD

    @classmethod
    def by(cls, *parts: Part) -> Declared:
        """What the contacts, places and exemptions in some files (kommun.yml, portal.yml) declare."""
        contacts = [one for part in parts for _, one in parts_within(part) if isinstance(one, Contact)]
        files = [part for part in parts if isinstance(part, MunicipalityFile)]
        exempt = [one.what for file in files for one in file.protection.exemptions]
        places = [text for file in files for one in file.places for text in (one.name, one.description or "")]
        return cls(
            frozenset(map(digits_of, [*(one.phone for one in contacts if one.phone), *exempt])),
            frozenset(text.lower() for text in [*(one.email for one in contacts if one.email), *exempt]),
            frozenset(text.upper().replace(" ", "") for text in exempt),
            tuple(text for text in (*(one.address for one in contacts), *places, *exempt) if text),
            max((int(file.protection.threshold) for file in files), default=_THRESHOLD),
        )

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is something declared, or people counted in numbers that may be shown."""
        value = finding.value
        if finding.sort in (Sort.PHONE, Sort.NUMBER):
            return value in self.phones and value.startswith("0")
        if finding.sort is Sort.EMAIL:
            return value in self.emails
        if finding.sort is Sort.PLATE:
            return value in self.plates
        if finding.sort is Sort.HOME:
            return any(same_address(value, address) for address in self.addresses)
        return finding.sort is Sort.FEW and int(value) >= self.threshold


def nobody_is_exposed(municipality: Municipality) -> Iterator[Problem]:
    """No file of a municipality, comments in it too, holds what is about one person."""
    documents = [filed for filed in municipality.documents if filed.personal]
    if not documents and not municipality.file.personal:
        return
    declared = Declared.by(municipality.file.part, municipality.shared.portal.part)
    yield from in_text(municipality.file.file, municipality.file.personal, declared)
    for filed in documents:
        yield from in_text(filed.file, filed.personal, declared)


def nobody_is_exposed_by_what_is_shared(files: Shared) -> Iterator[Problem]:
    """Nor does any of the files that municipalities share."""
    declared = Declared.by(files.portal.part)
    for filed in (files.portal, files.themes, files.glossary):
        yield from in_text(filed.file, of_nobody_in_particular(filed.personal), declared)


def of_nobody_in_particular(personal: Iterable[Located]) -> tuple[Located, ...]:
    """What counts in a text that explains words or ways of working: its people are examples."""
    return tuple(one for one in personal if one.finding.sort not in (Sort.PROFILE, Sort.FEW))


def in_text(file: str, personal: Iterable[Located], declared: Declared) -> Iterator[Problem]:
    """A problem for each finding in a text that is not declared."""
    for finding, line, column in personal:
        if not declared.covers(finding):
            yield _problem(file, finding, line, column)


def surely_numbers(file: str, personal: Iterable[Located]) -> Iterator[Problem]:
    """Of a file that cannot be understood only what no declaration could make harmless."""
    for finding, line, column in personal:
        if finding.sort is Sort.NUMBER and finding.sure:
            yield _problem(file, finding, line, column)


_APART = re.compile(r"#|[A-Z][A-Za-z-]+-by: ")
"""Lines that are no part of a message, or that say who took part in a change, as everything else in git does."""


def in_messages(text: str, declared: Declared) -> Iterator[Problem]:
    """What the words that are saved with a change tell: they are as public, and as hard to take back, as it is."""
    lines = ("" if _APART.match(line) else line for line in text.split("\n"))
    yield from in_text("meddelandet", located("\n".join(lines)), declared)


def in_name(file: str, name: str) -> Iterator[Problem]:
    """What the name of a file tells. The name is the address of its page, and stays in every older version."""
    for finding in find(name):
        if finding.sure:
            kind, _, _ = _SURE[finding.sort]
            yield Problem(file, 1, 1, kind, "Filens namn berättar något om en person.",
                          "Döp om filen, och säg till kommunens dataskyddsombud.")  # fmt: skip


_ON_THE_SIDE = {
    "plats": "var den togs",
    "namn": "vem som har gjort den",
    "namnplats": "var den togs och vem som har gjort den",
}


def in_picture(file: str, raw: bytes) -> Iterator[Problem]:
    """What a picture or a PDF tells beside what it shows."""
    told = "".join(sorted(hidden_in(raw)))
    if told:
        yield Problem(
            file,
            1,
            1,
            "dolda-uppgifter",
            f"Filen berättar i sina dolda uppgifter {_ON_THE_SIDE[told]}.",
            "Ta bort de dolda uppgifterna (i Windows: Egenskaper, Information), och lägg in filen igen.",
        )


def _problem(file: str, finding: Finding, line: int, column: int) -> Problem:
    kind, message, hint = (_SURE if finding.sure else _UNSURE)[finding.sort]
    severity = Severity.ERROR if finding.sure else Severity.ADVICE
    return Problem(file, line, column, kind, message, hint, severity=severity)
