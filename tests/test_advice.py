"""Advice: what is said of a text and of what is waited for, word by word, and that it never blocks anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from tests.test_explaining import BASES, KINDS, laid
from trygglofte.advice import advise, on_language
from trygglofte.advice.abbreviations import explained_in
from trygglofte.advice.language import lix
from trygglofte.advice.officialese import words
from trygglofte.advice.sentences import sentences
from trygglofte.advice.texts import READ
from trygglofte.library import Library
from trygglofte.model import FOLDERS, Municipality, MunicipalityFile, Pledge, interpret
from trygglofte.model.base import Part
from trygglofte.model.collection import Filed
from trygglofte.model.common import Document
from trygglofte.model.values import parse_prose
from trygglofte.problems import Severity
from trygglofte.reading import read_document

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
KIND = {"lang-mening", "tung-text", "byrakratiskt-ord", "okand-forkortning", "utskriven-forkortning",
        "saknad-lattlast", "dags-att-folja-upp", "saknad-lagesbild", "vantar-pa-granskning",
        "andrad-efter-godkannande"}  # fmt: skip

Advised = Callable[..., list[str]]


@pytest.fixture
def advised(project, provstad) -> Advised:
    """What is said of the small project with files laid over it: place, kind, message and hint, of some kinds."""

    def ask(files: dict[str, str | None], *kinds: str, day: date = TODAY) -> list[str]:
        found = advise(provstad(project(files)), day)
        return [
            f"{p.file.removeprefix('data/provstad/')}:{p.line}:{p.column} {p.kind} ({p.field}) {p.message} → {p.hint}"
            for p in found
            if not kinds or p.kind in kinds
        ]

    return ask


def pledge(text: str) -> dict[str, str | None]:
    """The small project's pledge with more keys at its end."""
    return {PLEDGE: MINIMAL[PLEDGE] + text}


def municipality_of(root: Path, slug: str = "provstad") -> Municipality:
    library = Library(root)
    shared = library.shared().shared
    assert shared is not None
    found = library.municipality(slug, shared).municipality
    assert found is not None
    return found


# Golden cases: language


def test_a_long_sentence_is_shown_at_its_own_line(advised):
    text = """problembild: |
  Kort först. Sedan
  kommer något annat.

  Den här meningen är däremot mycket lång, för den berättar om allt på en gång, om vägen, om bilarna, om barnen,
  om skolan och om alla dem som går där varje dag.
"""
    assert advised(pledge(text), "lang-mening") == [
        (
            "medborgarloften/2026-trafik.yml:12:1 lang-mening (problembild) Meningen som börjar ”Den här meningen är "
            "däremot …” har 32 ord. → Sätt gärna punkt tidigare, så att varje mening säger en sak."
        )
    ]


def test_thirty_words_are_not_too_many_and_a_list_is_no_sentence(advised):
    item = " ".join(["ord"] * 30)
    assert (
        advised(
            pledge(f"problembild: |\n  {item}.\n\n  Detta nämns:\n\n  - {item}\n  - {item}\n"), "lang-mening"
        )
        == []
    )


def test_a_heavy_text_is_told_its_lix(advised):
    text = "problembild: |\n" + "  Trygghetsskapande belysningsinsatser genomförs successivt.\n" * 15
    assert advised(pledge(text), "tung-text") == [
        (
            "medborgarloften/2026-trafik.yml:8:14 tung-text (problembild) Texten som börjar ”Trygghetsskapande "
            "belysningsinsatser genomförs successivt Trygghetsskapande …” är tung att läsa: LIX 104. "
            "Över 50 räknas som svårt. → Kortare meningar hjälper mest. Byt också långa ord mot vardagliga där det går."
        )
    ]
    short = "problembild: |\n" + "  Trygghetsskapande belysningsinsatser genomförs successivt.\n" * 14
    assert advised(pledge(short), "tung-text") == []


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("", "0"),
        ("Vi går ut.", "3"),  # 3 words / 1 sentence + 0
        ("Polisen kommer.", "52"),  # 2 / 1 + 100 · 1 / 2: ”kommer” has six letters
        ("Vi går ut. Polisen står vid torget.", "17.7857142857"),  # 7 / 2 + 100 · 1 / 7
        ("Hör av dig kl. 18 till oss.", "7"),  # the full stop of ”kl.” ends nothing
        ("- Gatan\n- Skolvägen", "51"),  # 2 / 2 + 100 · 1 / 2
        ("Så här: Polisen går ut.", "22.5"),  # a colon before a capital: 5 / 2 + 100 · 1 / 5
        ("Se [sidan](https://exempel.example/trygghetsarbetet/).", "2"),  # an address is no word
    ],
)
def test_lix_is_what_it_is_when_counted_by_hand(text: str, index: str):
    assert float(lix(list(sentences(text)))) == pytest.approx(float(index))


def test_sentences_end_where_a_reader_ends_them():
    text = "Kl. 18, t.ex. Polisen, går A. Ek ut. Sedan? Ja! ”Bra.” Slut …"
    starts = [text[found.start :].split(maxsplit=1)[0] for found in sentences(text)]
    assert starts == ["Kl.", "Sedan?", "Ja!", "Bra.”", "Slut"]


# Golden cases: officialese and abbreviations


def test_officialese_gets_a_plainer_word_in_the_same_form(advised):
    text = "problembild: |\n  Kort.\n\n  Mer ljus erfordrades i\n  enlighet med planen, och i\n  enlighet med den.\n"
    assert advised(pledge(text), "byrakratiskt-ord") == [
        (
            "medborgarloften/2026-trafik.yml:11:1 byrakratiskt-ord (problembild) ”erfordrades” i stycket ”Mer ljus "
            "erfordrades i enlighet …” är ett ord som mest myndigheter använder. → Pröva ”behövdes”."
        ),
        (
            "medborgarloften/2026-trafik.yml:11:1 byrakratiskt-ord (problembild) ”i enlighet med” i stycket ”Mer ljus "
            "erfordrades i enlighet …” är ett uttryck som mest myndigheter använder. → Pröva ”enligt” eller ”efter”."
        ),
    ]


def test_a_word_on_one_line_is_pointed_at(advised):
    [told] = advised(
        pledge("problembild: Medelst lampor blir det ljust, medelst ljus tryggt.\n"), "byrakratiskt-ord"
    )
    assert told.startswith("medborgarloften/2026-trafik.yml:8:14 ")
    assert "”medelst” är ett ord" in told
    [told] = advised(pledge("problembild: Det görs medelst lampor.\n"), "byrakratiskt-ord")
    assert told.startswith("medborgarloften/2026-trafik.yml:8:23 ")


@pytest.mark.parametrize(
    "text",
    [
        "Vi träffades hos Således AB och på Jämte.",
        "De kallar det ”föreligga” i talspråk.",
        "I det avseende som gäller vägen är det bra.",
        "Icke-våld och ej-dörren är egna ord.",
        "Läs https://exempel.example/avseende här.",
    ],
)
def test_names_quotations_and_words_spelled_alike_are_left_alone(advised, text: str):
    assert advised(pledge(f"problembild: |\n  {text}\n"), "byrakratiskt-ord") == []


def test_three_words_of_a_text_are_enough(advised):
    text = "Vi tillser att det ej dröjer, således föreligger hopp, ehuru härvid eljest."
    assert len(advised(pledge(f"problembild: {text}\n"), "byrakratiskt-ord")) == 3


def test_what_was_signed_is_kept_as_signed(advised):
    signed = "    ordalydelse: |\n      Erfordras det tillser SIG m.m. att " + "ord " * 40 + "är sagda.\n"
    files = {PLEDGE: MINIMAL[PLEDGE] + signed, PLEDGE.replace("2026", "2025"): None}
    assert advised(files, *KIND - {"saknad-lattlast", "saknad-lagesbild"}) == []


def test_an_abbreviation_is_told_once_unless_it_is_explained(advised):
    text = "problembild: |\n  I SIG möts vi. SIG-gruppen är bra, och SIG:s möten.\n  Ring på SMS.\n"
    assert advised(pledge(text), "okand-forkortning") == [
        (
            "medborgarloften/2026-trafik.yml:9:1 okand-forkortning (problembild) ”SIG” förklaras inte här, och finns "
            "inte i ordlistan. → Skriv hela namnet första gången, med förkortningen efter: ”hela namnet (SIG)”."
        )
    ]
    later = text + "sammanfattning: Samverkan i gruppen (SIG) är bra.\n"
    assert advised(pledge(later), "okand-forkortning") == []
    glossary = {
        "data/ordlista.yml": MINIMAL["data/ordlista.yml"].replace(
            "medborgarlöfte\n", "samverkansgrupp (SIG)\n", 1
        )
    }
    assert advised(pledge(text) | glossary, "okand-forkortning") == []


@pytest.mark.parametrize(
    "text", ["Kapitel IV.", "KS-2025/451", "EN 301 549", "LÄS DET HÄR NU", "Se www.SIG.se.", "Hållplats A."]
)
def test_capitals_that_shorten_nothing_are_left_alone(advised, text: str):
    assert advised(pledge(f"problembild: {text}\n"), "okand-forkortning") == []


def test_explanations_stand_before_or_after_in_parentheses():
    assert explained_in("rådet (BRÅ), EST (effektiv samordning), LPO (x), se (SIG)") == {"BRÅ", "EST", "SIG"}


def test_a_dotted_abbreviation_is_written_out(advised):
    text = "problembild: Det är mörkt p.g.a. lampor, t. ex. vid kl. 18 och nr 3. Även å.k.l. Kom. ut.\n"
    told = advised(pledge(text), "utskriven-forkortning")
    assert [line.partition(") ")[2] for line in told] == [
        "”p.g.a.” är en förkortning. → Skriv ”på grund av”, som är lättare att läsa och att höra uppläst.",
        "”t. ex.” är en förkortning. → Skriv ”till exempel”, som är lättare att läsa och att höra uppläst.",
        "”å.k.l.” är en förkortning. → Skriv ut orden, så att alla vet vad som menas.",
    ]


def test_every_plainer_word_is_another_word():
    table = words()
    assert len(set(table.values())) >= 60
    assert all(
        form == form.lower() and plainer and form not in plainer.split(" / ")
        for form, plainer in table.items()
    )


def test_no_form_stands_twice():
    import yaml

    read = yaml.safe_load((ROOT / "hooks/trygglofte/advice/words.yml").read_text("utf-8"))
    forms = [form for entry in read for form in entry["ord"]]
    assert len(read) >= 60
    assert len(forms) == len(set(forms))


# Golden cases: what is waited for


def test_a_valid_pledge_and_the_statutory_summary_in_force_are_asked_for_easy_read_text(advised):
    assert advised({}, "saknad-lattlast", day=date(2027, 1, 1)) == []
    assert advised(pledge("lättläst: Polisen mäter farten.\n"), "saknad-lattlast") == []
    statutory = "lagstadgad: ja\nkartläggning: Text.\növrig_information: Text.\nanalys: Text.\n"
    files: dict[str, str | None] = {
        f"data/provstad/lagesbilder/{year}.yml": f"period: {{från: {year}-01-01, till: {year}-06-30}}\n{statutory}"
        for year in (2023, 2025)
    }
    without = (
        ", men har ingen lättläst text. "
        "→ Skriv under ”lättläst” det viktigaste i korta meningar, en sak på varje rad."
    )
    assert advised(files, "saknad-lattlast") == [
        f"lagesbilder/2025.yml:1:1 saknad-lattlast () Det är den senaste lagstadgade lägesbilden{without}",
        f"medborgarloften/2026-trafik.yml:1:1 saknad-lattlast () Löftet gäller nu{without}",
    ]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 4, 29), ""),
        (
            date(2026, 4, 30),
            "Uppföljningen till och med den 30 april 2026 ska vara ute senast den 30 maj 2026.",
        ),
        (
            date(2026, 5, 30),
            "Uppföljningen till och med den 30 april 2026 ska vara ute senast den 30 maj 2026.",
        ),
        (
            date(2026, 5, 31),
            "Uppföljningen till och med den 30 april 2026 skulle ha varit ute senast den 30 maj 2026.",
        ),
    ],
)
def test_a_follow_up_is_due_when_its_period_is_over_and_late_after_the_reporting_time(advised, day, said):
    told = advised(pledge("följs_upp: varje tertial\n"), "dags-att-folja-upp", day=day)
    assert [line.replace("\u00a0", " ").partition(") ")[2].partition(" →")[0] for line in told] == (
        [said] if said else []
    )
    assert all(line.startswith("medborgarloften/2026-trafik.yml:8:1 ") for line in told)


def test_the_party_that_has_not_reported_is_named_where_others_have(advised):
    report = "uppföljningar:\n  - period: {från: 2026-01-01, till: 2026-04-30}\n    publicerad: 2026-05-11\n"
    text = f"  - {{id: lampor, ansvarig: kommunen, vad: Byter lampor}}\nföljs_upp: varje tertial\n{report}"
    text += "    rapporterat_av: polisen\n"
    (told,) = advised(pledge(text), "dags-att-folja-upp", day=date(2026, 6, 20))
    assert "Provstads kommun har inte redovisat det som skulle ha varit ute senast den 30 maj 2026." in (
        told.replace("\u00a0", " ")
    )
    assert "rapporterat_av" in told


@pytest.mark.parametrize(
    ("day", "many"), [(date(2026, 5, 31), 0), (date(2026, 6, 1), 1), (date(2026, 7, 1), 1)]
)
def test_of_listed_days_only_the_month_is_known(advised, day, many):
    told = advised(pledge("följs_upp: [2026-06]\n"), "dags-att-folja-upp", day=day)
    assert len(told) == many
    assert all("Nästa uppföljning" in line for line in told)


def test_a_report_that_lies_ready_is_not_asked_for(advised):
    report = "uppföljningar:\n  - period: {från: 2026-01-01, till: 2026-04-30}\n    publicerad: 2026-06-30\n"
    text = f"följs_upp: varje tertial\n{report}    rapporterat_av: polisen\n"
    assert advised(pledge(text), "dags-att-folja-upp", day=date(2026, 6, 20)) == []


def summary(first: str, last: str) -> dict[str, str | None]:
    return {f"data/provstad/lagesbilder/{first[:7]}.yml": f"period: {{från: {first}, till: {last}}}\n"}


def test_a_month_without_a_summary_is_told_where_the_gap_ends(advised):
    files = summary("2026-02-01", "2026-02-28") | summary("2026-05-01", "2026-11-15")
    assert advised(files, "saknad-lagesbild") == [
        (
            "lagesbilder/2026-05.yml:1:1 saknad-lagesbild (period) Före den här lägesbilden saknas en för "
            "mars–april 2026. "
            "→ Skriv den som saknas. Finns inget att berätta: säg det i en mening under ”sammanfattning”."
        )
    ]


def test_uneven_periods_leave_no_gap(advised):
    files = (
        summary("2026-02-14", "2026-03-24")
        | summary("2026-04-01", "2026-08-31")
        | summary("2026-09-01", "2026-11-20")
    )
    assert advised(files, "saknad-lagesbild") == []


@pytest.mark.parametrize(("day", "many"), [(date(2026, 3, 30), 0), (date(2026, 3, 31), 1)])
def test_the_next_summary_is_waited_for_its_period_and_the_reporting_time(advised, day, many):
    told = advised({}, "saknad-lagesbild", day=day)
    assert len(told) == many
    assert all("Efter den här lägesbilden saknas en för februari 2026." in line for line in told)


def test_nothing_is_waited_for_where_nothing_is_published(advised):
    assert advised({"data/provstad/lagesbilder/2026-01.yml": None, PLEDGE: None}) == []


def test_a_site_that_the_project_runs_is_not_asked_for_more(advised):
    file = {"data/provstad/kommun.yml": MINIMAL["data/provstad/kommun.yml"] + "drivs_av: projektet\n"}
    assert advised(pledge("följs_upp: varje tertial\n") | file, day=date(2026, 12, 1)) == []


def test_a_made_up_municipality_counts_from_its_own_day(advised):
    file = {"data/provstad/kommun.yml": MINIMAL["data/provstad/kommun.yml"] + "exempeldag: 2026-02-01\n"}
    assert advised(file, "saknad-lagesbild", day=date(2030, 1, 1)) == []


# Real data, every text, every example


@pytest.mark.parametrize("slug", ["bastad", "gnosjo", "habo-uppsala", "helsingborg", "soderhamn"])
def test_nothing_is_said_of_the_five(slug: str):
    assert advise(municipality_of(ROOT, slug), TODAY) == []


def test_advice_to_the_example_is_little_enough_to_be_read():
    assert len(advise(municipality_of(ROOT, "exempelkoping"), TODAY)) <= 5


PROSE = st.text(max_size=300) | st.lists(
    st.sampled_from(
        ["Polisen", "erfordras", "BRÅ", "t.ex.", "(SIG)", ".", ":", "\n", "\n\n", "- ", "”", "](", "avseende"]
    ),
    max_size=60,
).map(" ".join)


@given(PROSE)
def test_advice_is_never_an_error_and_never_stops_at_any_text(text: str):
    base = _base()
    raw = (
        f"titel: Löfte\nproblembild: {json.dumps(text)}\nåtaganden:\n  - {{id: a, vad: {json.dumps(text)}}}\n"
    )
    tree, _ = read_document(raw.encode("utf-8", "replace"), PLEDGE)
    if tree is None:
        return
    read = interpret(tree, Pledge, PLEDGE)
    assert read.part is not None
    filed = Filed("prov", PLEDGE, read.part, read.tree, read.complete)
    found = advise(replace(base, pledges=(filed,)), TODAY)
    assert all(
        problem.severity is Severity.ADVICE and problem.line >= 1 and problem.column >= 1 for problem in found
    )


@given(
    st.lists(
        st.sampled_from(["Ett ord.", "Mer ljus erfordras.", "", "- Punkt som tillses ej", "   Indraget"]),
        max_size=8,
    )
)
def test_block_text_is_pointed_at_line_by_line(lines: list[str]):
    body = "".join(f"  {line}\n" if line else "\n" for line in ["Början.", *lines])
    raw = f"titel: Löfte\nproblembild: |\n{body}åtaganden: []\n"
    tree, _ = read_document(raw.encode(), PLEDGE)
    assert tree is not None
    read = interpret(tree, Pledge, PLEDGE)
    assert read.part is not None
    for problem in on_language(replace(_base(), pledges=(Filed("p", PLEDGE, read.part, read.tree),))):
        assert problem.message.split("”")[1] in raw.split("\n")[problem.line - 1].lower()


_bases: list[Municipality] = []


def _base() -> Municipality:
    """Exempelköping without documents: hypothesis may not use a fixture of each test."""
    if not _bases:
        _bases.append(
            replace(municipality_of(ROOT, "exempelkoping"), agreements=(), pledges=(), summaries=(), plans=())
        )
    return _bases[0]


@pytest.mark.parametrize("kind", sorted(KIND))
def test_the_examples_of_the_catalogue_are_true(kind: str, project, problems_of, provstad, tmp_path):
    one = KINDS[kind]
    assert one.severity == Severity.ADVICE
    for name, example, expected in (("wrong", one.wrong, True), ("right", one.right, False)):
        root = project({**BASES, **laid(one, example)})
        assert problems_of(root) == []
        about = [
            p
            for p in advise(provstad(root), TODAY)
            if p.kind == kind and p.file == f"data/provstad/{one.file}"
        ]
        assert bool(about) is expected, (name, about)
        root.rename(tmp_path / name)


NOT_READ = {"english", "wording"}


def test_every_prose_field_is_read_or_known_to_be_kept_as_it_is():
    seen: set[type[Part]] = set()

    def prose(model: type[Part]) -> set[str]:
        if model in seen:
            return set()
        seen.add(model)
        found = set()
        for name, info in model.model_fields.items():
            found |= {name} if parse_prose.__name__ in repr((info.annotation, info.metadata)) else set()
            for part in _parts_of(info.annotation):
                found |= prose(part)
        return found

    fields = set().union(*(prose(model) for model in (MunicipalityFile, Document, *FOLDERS.values())))
    assert fields, "the field types are found"
    assert fields <= READ | NOT_READ, "say in advice/texts.py whether the new text is read"


def _parts_of(annotation: object) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in getattr(annotation, "__args__", ()) for part in _parts_of(inner)]
