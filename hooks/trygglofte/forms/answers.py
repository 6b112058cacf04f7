"""What stands under each heading of an issue that came from a form, or what in it cannot be taken.

The issue's text is whatever anybody sent. GitHub writes every question of the form as a heading, once and in the
form's order, also where nothing was answered; a text where that is not so was not made by the form, or holds a line
that imitates a heading, and is refused. So is what cannot be seen: control, zero-width and bidirectional characters
(Unicode's categories Cc, Cf and Cs, and the few letters without ink), and HTML comments.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from trygglofte.describing.forms import FORMS, Asks, Field, Form

MAX_CHARS = 65_536
"""The most that an issue may hold on GitHub."""

_MAX_LINE = 2_000
"""The longest line of an answer. What is sought in a line may take the square of its length."""

_NOTHING = "_No response_"
_NO_CHOICE = {_NOTHING, "None"}
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ ]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,}) *")
_PROMISE = re.compile(r"- \[([ xX])\] (.*)")
_SPACES = re.compile(" {2,}")
_COMMENT = ("<!--", "-->")
_NO_INK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Correction:
    """Something to correct, by the form's own heading ("" where it is about all of it).

    `row` is the line of the answer, counted from 1; 0 where that says nothing.
    """

    label: str
    row: int
    message: str
    hint: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text somebody gave, with the heading it stands under and its line there."""

    text: str
    label: str
    row: int = 0

    def wrong(self, message: str, hint: str = "") -> Correction:
        """A correction of this text."""
        return Correction(self.label, self.row, message, hint)


@dataclass(frozen=True)
class Answers:
    """A filled-in form: every question's answer by its name, empty where there is none."""

    form: Form
    texts: dict[str, Text]

    def get(self, name: str) -> Text:
        """The answer to a question."""
        return self.texts[name]

    def rows(self, name: str) -> list[Text]:
        """The lines of an answer, the empty ones too, without needless space."""
        whole = self.texts[name]
        lines = enumerate(whole.text.split("\n"), 1) if whole.text else ()
        return [Text(_SPACES.sub(" ", line.strip()), whole.label, number) for number, line in lines]


def read_answers(body: str) -> tuple[Answers | None, list[Correction]]:
    """The answers in an issue's text, or what has to be corrected before they can be read."""
    if len(body) > MAX_CHARS:
        return None, [Correction("", 0, "Texten är längre än ett ärende får vara.", "Korta den.")]
    text = unicodedata.normalize("NFC", body.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    lines = text.split("\n")
    fitting = [
        form for form in FORMS if {f"### {label}" for label in form.labels} <= {*map(str.rstrip, lines)}
    ]
    if len(fitting) != 1:
        return None, [Correction(
            "", 0, "Ärendets text är inte formuläret som det fylldes i: rubrikerna saknas eller har ändrats.",
            "Öppna ett nytt ärende med formuläret, och ändra sedan inget i raderna som börjar med ###.",
        )]  # fmt: skip
    [form] = fitting
    found, wrong = _divided(form, lines)
    if wrong:
        return None, wrong
    read = {field.name: _answer(field, found[field.label]) for field in form.fields}
    wrong = [one for field in form.fields for one in _faults(field, read[field.name])]
    return Answers(form, read), wrong


def _divided(form: Form, lines: list[str]) -> tuple[dict[str, list[str]], list[Correction]]:
    """The lines under each heading; every heading must stand once, in the form's order."""
    headings = {f"### {label}": label for label in form.labels}
    found: dict[str, list[str]] = {}
    label, wrong = "", []
    for line in lines:
        heading = headings.get(line.rstrip())
        if heading is None:
            found.setdefault(label, []).append(line)
        elif heading in found or list(form.labels).index(heading) != len([one for one in found if one]):
            where = f"Raden ”### {heading}” är en av formulärets rubriker, och får bara stå där formuläret har den."
            wrong.append(Correction(label, 0, where, "Ta bort raden, eller skriv den på ett annat sätt."))
        else:
            label = heading
            found[label] = []
    if any(line.strip() for line in found.pop("", [])):
        wrong.append(Correction("", 0, "Det står text före formulärets första rubrik.", "Ta bort den."))
    return found, wrong


def _answer(field: Field, lines: list[str]) -> Text:
    while lines and not lines[0].strip():
        lines = lines[1:]
    text = "\n".join(lines).strip()
    nothing = text in _NO_CHOICE if field.asks is Asks.CHOICE else text == _NOTHING
    return Text("" if nothing else text, field.label)


def _faults(field: Field, answer: Text) -> Iterator[Correction]:
    if field.asks is Asks.PROMISES:
        ticked = {
            found[2].strip()
            for line in answer.text.split("\n")
            if (found := _PROMISE.fullmatch(line)) and found[1] != " "
        }
        for option in field.options:
            if option not in ticked:
                yield answer.wrong(f"Rutan ”{option}” är inte ikryssad.", "Kryssa i den om det stämmer.")
        return
    if field.required and not answer.text:
        yield answer.wrong("Här behövs ett svar.", field.about)
    if field.asks is not Asks.TEXT and "\n" in answer.text:
        yield answer.wrong("Här får bara en rad stå.", "Ta bort de andra raderna.")
    for number, line in enumerate(answer.text.split("\n"), 1):
        yield from _faults_of_line(Text(line, answer.label, number if field.asks is Asks.TEXT else 0))


def _faults_of_line(line: Text) -> Iterator[Correction]:
    if len(line.text) > _MAX_LINE:
        yield line.wrong(f"Raden är längre än {_MAX_LINE} tecken.", "Dela upp texten i stycken.")
        return
    hidden = next(
        (char for char in line.text if char in _NO_INK or unicodedata.category(char) in _UNSEEN), None
    )
    if hidden:
        yield line.wrong(
            f"Här står ett tecken som inte syns (U+{ord(hidden):04X}).",
            "Skriv om ordet för hand i stället för att klistra in det.",
        )
    if any(mark in line.text for mark in _COMMENT):
        yield line.wrong("Här står en dold kommentar (<!-- … -->).", "Ta bort den. Allt ska gå att se.")
    if _HEADING.match(line.text) or _UNDERLINE.fullmatch(line.text):
        yield line.wrong(
            "Rubriker kan inte stå i svaren.", "Ta bort # i radens början, och streck under en rad."
        )
