"""The issue forms on GitHub, for those who do not write YAML: which questions there are, and the files that ask them.

Headings, explanations, examples and words come from the model. `FORMS` is also what an answer is read by
(`forms/`), so a question and the reading of its answer cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trygglofte.model.base import Part, alias_of
from trygglofte.model.common import Document
from trygglofte.model.follow_up import FollowUp, Outcome
from trygglofte.model.shared import Theme
from trygglofte.model.situation_summary import Comparison, Grade, SituationSummary
from trygglofte.model.words import Status, Verdict
from trygglofte.reading.tree import fold

LABEL = "formulär"
"""The label that every issue from a form carries."""


class Asks(StrEnum):
    """How a question is asked, in GitHub's words."""

    LINE = "input"
    TEXT = "textarea"
    CHOICE = "dropdown"
    PROMISES = "checkboxes"


@dataclass(frozen=True)
class Field:
    """A question. `label` is its heading in the form, and in the issue that comes of it.

    `options` are the answers to choose between, or what is to be promised; the municipalities are filled in when
    the form is made. `shown` is a text that stands above the question.
    """

    name: str
    label: str
    asks: Asks
    about: str = ""
    example: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    shown: str = ""

    @property
    def id(self) -> str:
        """The question's id in the form."""
        return fold(self.name).replace("_", "-")


@dataclass(frozen=True)
class Form:
    """A form. `file` is its name in `.github/ISSUE_TEMPLATE`."""

    id: str
    file: str
    name: str
    about: str
    intro: str
    fields: tuple[Field, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The headings, in order."""
        return tuple(field.label for field in self.fields)


MUNICIPALITY, PLEDGE, PROMISES = "kommun", "löfte", "intygar"
OUTCOME_KEYS = (
    "done",
    "during",
    "total",
    "out_of",
    "counted",
    "result",
    "new_due",
    "cause",
    "next_step",
    "corrects",
)
"""What can be told of a commitment in the form, beside its status; the rest is for the file."""

_PUBLIC = (
    "**Det du skriver här kan alla läsa så fort du skickar in det, också det du rättar senare.** Skriv inga "
    "personuppgifter och inget som är hemligt. Fyll i formuläret först när det som står i det är granskat."
)
_AFTER = (
    "Du får svar här i ärendet inom några minuter: ett förslag till ändring, eller vad som behöver rättas."
)
_INTRO = f"{_PUBLIC}\n\n{_AFTER}"


def _title(part: type[Part], attribute: str) -> str:
    return str(part.model_fields[attribute].title)


def _of(part: type[Part], attribute: str, asks: Asks, *, about: str = "", example: str | None = None,
        required: bool = False, options: Iterable[str] = (), shown: str = "") -> Field:  # fmt: skip
    """A question about a field of the model."""
    info = part.model_fields[attribute]
    own = str(info.examples[0]) if info.examples and example is None else example or ""
    return Field(alias_of(part, attribute), str(info.title), asks, about or str(info.description), own, required,
                 tuple(options), shown)  # fmt: skip


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _fenced(*lines: str) -> str:
    return "\n".join(("```text", *lines, "```"))


_COMMON_START = (Field(MUNICIPALITY, "Kommun", Asks.CHOICE, "Vilken kommun gäller det?", required=True),)
_COMMON_END = (
    Field(PROMISES, "Innan du skickar", Asks.PROMISES, required=True, options=(
        "Jag har inte skrivit några personuppgifter.",
        "Det jag har skrivit får läsas av alla.",
    )),
)  # fmt: skip
_PERIOD = "Skriv en månad (2026-05), flera (2026-05 till 2026-08) eller dagar (2026-05-04 till 2026-08-30)."

_OUTCOMES = "\n\n".join((
    "### Så skriver du om åtagandena",
    ("Börja med åtagandets id eller det som det handlar om, sedan ett kolon och hur långt det har kommit. Efter ett "
     "tankstreck kan du skriva vad som har gjorts. På raderna under kan du lägga till mer."),
    _fenced(
        "Byter belysning i gångtunneln: pågår – 40 armaturer bytta",
        "Orsak: Upphandlingen överklagades.",
        "Ny tidplan: 2026-11",
        "",
        "fotpatrull: genomfört",
        "Totalt hittills: 54",
    ),
    f"- Hur långt det har kommit: {_words(Status)}. Skriv bara om det som har rapporterats.",
    f"- Det som kan stå på raderna under: {_words(_title(Outcome, name) for name in OUTCOME_KEYS)}.",
    "- Lovar flera parter var för sig? Skriv parten inom parentes: `fotpatrull (polisen): pågår`.",
))  # fmt: skip

_CATEGORIES = "\n\n".join((
    "### Så skriver du om temana",
    ("Börja med temat, sedan ett kolon och antalet. Inom parentes kan antalen för olika platser stå. På raderna "
     "under skriver du vad som har setts. Lämna en tom rad före nästa tema. **Små antal skrivs ”färre än 5”**, "
     "också här."),
    _fenced(
        "Skadegörelse: 18 (Centrum 11, Hamnen färre än 5)",
        "Det mesta är klotter. Kommunen tar bort det inom två dygn.",
        "",
        "Trafik:",
        "Många kör för fort förbi skolan.",
    ),
))  # fmt: skip

FOLLOW_UP = Form(
    "uppfoljning", "3-uppfoljning.yml", "Uppföljning av ett medborgarlöfte",
    "Berätta vad som har gjorts av det ni har lovat. Du behöver inte kunna YAML eller git.", _INTRO,
    (
        *_COMMON_START,
        Field(PLEDGE, "Löfte", Asks.LINE, "Löftets rubrik, dess id, eller adressen till dess sida på webbplatsen.",
              "2026-trygg-station", required=True),
        _of(FollowUp, "period", Asks.LINE, about=f"De dagar rapporten gäller. {_PERIOD}",
            example="2026-05 till 2026-08", required=True),
        _of(FollowUp, "published", Asks.LINE, required=True,
            about="Dagen då rapporten läggs ut. Är det en dag som kommer syns uppföljningen först då."),
        _of(FollowUp, "reported_by", Asks.LINE, about="De parter som lämnat uppgifter, med komma mellan.",
            example="polisen, kommunen", required=True),
        _of(FollowUp, "summary", Asks.TEXT),
        _of(FollowUp, "outcomes", Asks.TEXT, about="Ett stycke för varje åtagande som någon har rapporterat om.",
            example="", shown=_OUTCOMES),
        _of(FollowUp, "measurements", Asks.TEXT,
            about="En rad för varje värde: indikatorns id, ett kolon, värdet, och när det mättes inom parentes.",
            example="otrygga-vid-stationen: 28 (2026-04)"),
        _of(FollowUp, "beyond", Asks.TEXT, about="Sådant som gjorts utan att vara lovat. En rad för varje sak.",
            example="Två trygghetsvandringar med hyresgästföreningen"),
        _of(FollowUp, "incomplete", Asks.CHOICE, about="Ger rapporten bara exempel på vad som har gjorts?",
            options=("ja", "nej")),
        _of(FollowUp, "verdict", Asks.CHOICE, about="Om den som rapporterar själv sammanfattar hela löftet.",
            options=Verdict),
        *_COMMON_END,
    ),
)  # fmt: skip

SUMMARY = Form(
    "lagesbild", "4-lagesbild.yml", "Månadens lägesbild",
    "Berätta hur läget har varit. Du behöver inte kunna YAML eller git.", _INTRO,
    (
        *_COMMON_START,
        _of(SituationSummary, "period", Asks.LINE, about=f"De dagar den gäller. {_PERIOD}", example="2026-10",
            required=True),
        _of(SituationSummary, "summary", Asks.TEXT, required=True),
        _of(SituationSummary, "comparison", Asks.CHOICE, options=Grade),
        _of(Comparison, "withheld", Asks.LINE,
            about="Skälet till att ingen jämförelse görs. Svara bara på en av de två frågorna."),
        _of(SituationSummary, "counts_what", Asks.LINE,
            about="Vad antalen räknar. Lämna det tomt om det är samma som i den förra lägesbilden."),
        _of(SituationSummary, "categories", Asks.TEXT, about="Ett stycke för varje tema.", example="",
            shown=_CATEGORIES),
        _of(SituationSummary, "indicators", Asks.TEXT,
            about="En rad för varje mått: vad som mäts, ett kolon, värdet och dess enhet.",
            example="Anmälda brott: 812 per 100 000 invånare"),
        _of(SituationSummary, "measures", Asks.TEXT,
            about="En rad för varje åtgärd, med den eller de som gör det inom parentes.",
            example="Extra nattvandring vid resecentrum (kommunen)"),
        _of(Document, "publish_from", Asks.LINE),
        _of(Document, "secrecy_reviewed", Asks.TEXT,
            about="En rad för varje granskning: dag, funktion, och part inom parentes. Skriv inga namn.",
            example="2026-11-05 kommunpolis (polisen)"),
        *_COMMON_END,
    ),
)  # fmt: skip

FORMS = (FOLLOW_UP, SUMMARY)


def form_texts(municipalities: Sequence[tuple[str, str]], themes: Sequence[Theme]) -> dict[str, str]:
    """The files of the forms: path → text. `municipalities` are name and folder; without any there are no forms."""
    if not municipalities:
        return {}
    choices = tuple(choice_of(name, slug) for name, slug in municipalities)
    known = ", ".join(theme.name for theme in themes)
    shown = {SUMMARY.id: f"\n\nDe teman som finns: {known}."}
    return {
        f".github/ISSUE_TEMPLATE/{form.file}": "".join(
            f"{line}\n" for line in _form(form, choices, shown.get(form.id, ""))
        )
        for form in FORMS
    }


def choice_of(name: str, slug: str) -> str:
    """A municipality as it stands among the answers: its name, and its folder."""
    return f"{name} ({slug})"


def _form(form: Form, choices: tuple[str, ...], themes: str) -> Iterator[str]:
    yield "# Görs av modellen: kör trygglofte schema. Ändra inte för hand."
    yield f"name: {_quoted(form.name)}"
    yield f"description: {_quoted(form.about)}"
    yield f"title: {_quoted(f'{form.name}: ')}"
    yield f"labels: [{_quoted(LABEL)}]"
    yield "body:"
    yield from _markdown(form.intro)
    for field in form.fields:
        if field.shown:
            yield from _markdown(field.shown + themes)
        yield from _field(field, choices if field.name == MUNICIPALITY else field.options)


def _markdown(text: str) -> Iterator[str]:
    yield "  - type: markdown"
    yield "    attributes:"
    yield "      value: |"
    for line in text.split("\n"):
        yield f"        {line}".rstrip()


def _field(field: Field, options: Sequence[str]) -> Iterator[str]:
    yield f"  - type: {field.asks}"
    yield f"    id: {field.id}"
    yield "    attributes:"
    yield f"      label: {_quoted(field.label)}"
    if field.about:
        yield f"      description: {_quoted(field.about)}"
    if field.example and field.asks in {Asks.LINE, Asks.TEXT}:
        yield f"      placeholder: {_quoted(field.example)}"
    if options:
        yield "      options:"
        for option in options:
            yield (
                f"        - label: {_quoted(option)}"
                if field.asks is Asks.PROMISES
                else f"        - {_quoted(option)}"
            )
            if field.asks is Asks.PROMISES:
                yield "          required: true"
    if field.asks is not Asks.PROMISES:
        yield "    validations:"
        yield f"      required: {'true' if field.required else 'false'}"


def _quoted(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)
