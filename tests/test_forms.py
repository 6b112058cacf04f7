"""A filled-in form becomes just the change it says, or an answer; whatever stands in it is text and nothing else."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from tests.form_bodies import FORMS, body, follow_up, summary
from trygglofte.cli import main
from trygglofte.describing.forms import FOLLOW_UP, Asks
from trygglofte.formatting import format_document
from trygglofte.formatting.meaning import html_of
from trygglofte.forms import Received, as_answer, as_body, as_json, receive
from trygglofte.forms.answers import MAX_CHARS
from trygglofte.model import Pledge, SituationSummary
from trygglofte.model.values import parse_line
from trygglofte.reading import plain, read_document

REPOSITORY = Path(__file__).parents[1]
TODAY = date(2026, 9, 15)
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
SUMMARY_FILE = "data/provstad/lagesbilder/2026-02.yml"


@pytest.fixture(scope="module")
def town(tmp_path_factory, lay_out):
    """The small project with its pledge in canonical form, which nothing here writes in."""
    files = dict(MINIMAL)
    files[PLEDGE] = str(format_document(files[PLEDGE].encode(), PLEDGE, Pledge).text)
    return lay_out(tmp_path_factory.mktemp("form"), files)


def answer(root: Path, text: str) -> str:
    return as_answer(receive(root, text, TODAY)).replace("\\", "")


def values_of(received: Received) -> dict:
    assert received.ok, received.corrections
    tree, problems = read_document(received.content, received.path)
    assert tree is not None, problems
    values = plain(tree)
    assert isinstance(values, dict)
    return values


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_the_examples_of_the_guide_are_taken(form):
    guide = (REPOSITORY / "docs/redaktor/formular.md").read_text("utf-8")
    _, _, text = guide.partition(f"<!-- formulär: {form.id} -->")
    rows = [
        line.strip("| ").split(" | ") for line in text.partition("```")[0].split("\n") if line.startswith("|")
    ]
    names = {field.label: field.name for field in form.fields}
    answers = {names[label]: answer for label, answer in rows[2:]}
    answers["utfall" if form is FOLLOW_UP else "kategorier"] = text.split("```")[1].removeprefix("text\n")
    received = receive(REPOSITORY, body(form, answers), TODAY)
    assert received.ok, received.corrections
    assert not format_document(
        received.content, received.path, Pledge if form is FOLLOW_UP else SituationSummary
    ).changed


def test_the_forms_are_such_as_github_takes():
    known = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
    for form in FORMS:
        values = yaml.safe_load((REPOSITORY / ".github/ISSUE_TEMPLATE" / form.file).read_text("utf-8"))
        assert values.keys() == {"name", "description", "title", "labels", "body"}
        asked = [one for one in values["body"] if one["type"] != "markdown"]
        ids = [one["id"] for one in asked]
        labels = [one["attributes"]["label"] for one in asked]
        assert {one["type"] for one in values["body"]} <= known
        assert len({*ids}) == len(ids) == len({*labels})
        assert all(one.replace("-", "").isascii() and one.replace("-", "").isalnum() for one in ids)
        for one in asked:
            if one["type"] == "dropdown":
                options = one["attributes"]["options"]
                assert all(isinstance(option, str) for option in options)
                assert len({*options}) == len(options)
                assert "None" not in options


def test_a_follow_up_is_added_and_not_a_byte_of_the_rest_is_changed(town):
    received = receive(town, follow_up(sammanfattning="Det går bra.\n\nDet är lugnt."), TODAY)
    before = (town / PLEDGE).read_bytes()
    assert received.path == PLEDGE
    assert received.content.startswith(before)
    assert received.content[len(before) :].decode() == (
        "uppföljningar:\n  - period:\n      från: 2026-01-01\n      till: 2026-04-30\n    publicerad: 2026-05-11\n"
        "    rapporterat_av: polisen\n    sammanfattning: |\n      Det går bra.\n\n      Det är lugnt.\n"
        "    utfall:\n      kontroller:\n        status: pågår\n        gjort: tio kontroller\n"
    )
    assert received.title == "Provstad: Uppföljning av Lugnare trafik, januari–april 2026"
    assert "Ny uppföljning" in as_body(received)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_comments_and_a_form_of_ones_own_stay_as_they_were(project, ending):
    mine = (
        "# överst\ntitel:   Lugnare trafik   # hm\n\növerenskommelse: '2024-2027'\n"
        "gäller: {från: 2026-01-01, till: 2026-12-31}\nåtaganden:\n"
        "- {id: kontroller, ansvarig: polisen, vad: Kontrollerar}\n"
        "uppföljningar:\n# den första\n- period: {från: 2025-01-01, till: 2025-02-01}\n  publicerad: 2026-02-02\n"
        "  rapporterat_av: polisen\n# sist\nföljs_upp: löpande\n"
    ).replace("\n", ending)
    root = project({PLEDGE: mine})
    received = receive(root, follow_up(sammanfattning="Ett.\n\nTvå."), TODAY)
    assert received.ok, received.corrections
    lines, kept = received.content.decode().split(ending), mine.split(ending)
    added = next(at for at, line in enumerate(lines) if at >= len(kept) or line != kept[at])
    more = len(lines) - len(kept)
    assert lines[:added] + lines[added + more :] == kept
    assert lines[added] == "- period:"
    assert not [line for line in lines[added : added + more] if line != line.rstrip()]


def test_a_summary_is_a_new_file_in_canonical_form(town):
    text = summary(
        jämfört_med_förra="lugnare",
        kategorier="- Trafik: 12 (Centrum 7, Hamnen färre än 5)\nMånga kör.\n\nNarkotika:\nLite.",
        indikatorer="Anmälda brott: 14 110 per 100 000 invånare",
        åtgärder="Extra kontroller (polisen och kommunen)\nNattvandring",
        sekretessprövad="2026-03-02 kommunpolis (polisen)",
        räknar="händelser som polisen rapporterat",
    )
    received = receive(town, text, TODAY)
    assert received.path == SUMMARY_FILE
    assert values_of(received) == {
        "sammanfattning": "En lugn månad.\n",
        "period": {"från": "2026-02-01", "till": "2026-02-28"},
        "lagstadgad": "nej",
        "jämfört_med_förra": "lugnare",
        "räknar": "händelser som polisen rapporterat",
        "kategorier": [
            {
                "tema": "trafik",
                "antal": "12",
                "platser": {"centrum": "7", "hamnen": "färre än 5"},
                "text": "Många kör.\n",
            },
            {"tema": "narkotika", "text": "Lite.\n"},
        ],
        "indikatorer": [{"namn": "Anmälda brott", "värde": "14 110", "enhet": "per 100 000 invånare"}],
        "åtgärder": [
            {"vad": "Extra kontroller", "ansvarig": ["polisen", "kommunen"]},
            {"vad": "Nattvandring"},
        ],
        "sekretessprövad": [{"datum": "2026-03-02", "funktion": "kommunpolis", "part": "polisen"}],
    }
    assert not format_document(received.content, SUMMARY_FILE, SituationSummary).changed
    assert received.title == "Provstad: Lägesbild, februari 2026"


def test_what_counts_count_is_taken_from_the_summary_before_and_said(project):
    before = "data/provstad/lagesbilder/2026-01.yml"
    root = project({before: "räknar: händelser\n" + MINIMAL[before]})
    received = receive(root, summary(), TODAY)
    assert values_of(received)["räknar"] == "händelser"
    assert "hämtat från 2026\\-01" in as_body(received)


@pytest.mark.parametrize(
    "written",
    [
        "2026-trafik",
        "Lugnare trafik",
        "lugnare  TRAFIK",
        "/provstad/medborgarloften/2026-trafik/",
        "https://prov.example/provstad/medborgarloften/2026-trafik/?a=b#kontroller",
    ],
)
def test_a_pledge_is_known_by_its_id_its_title_and_its_address(town, written):
    assert receive(town, follow_up(löfte=written), TODAY).path == PLEDGE


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ("kontroller: klart", "menade du ”genomfört”"),
        ("Kontrollerar hastigheten: genomfrt – tio", "”genomfrt” är inte en status. menade du ”genomfört”"),
        ("kontroler: pågår", "”kontroler”. menade du ”kontroller”"),
        ("kontroller (polissen): pågår", "”polissen”. menade du ”polisen”"),
        ("Resultat: Bra", "före det första åtagandet"),
        ("kontroller: pågår\nResultat:", "efter kolonet står inget"),
        ("kontroller: pågår\nkontroller: genomfört", "står redan på en rad ovanför"),
        ("kontroller: pågår\nOrsak: a\norsak: b", "redan sagt"),
        ("kontroller: pågår\nDet gick bra", "har inget kolon"),
        ("kontroller:", "står inget"),
        ("kontroller: pågår\nNy tidplan: i höst", "”i höst” är inget datum"),
    ],
)
def test_outcomes_that_cannot_be_understood_are_answered_at_their_line(town, outcomes, told):
    text = answer(town, follow_up(utfall=outcomes))
    assert "**Utfall**" in text
    assert told in text.lower().replace("som heter ", "")
    assert (
        f"rad {1 + outcomes.count(chr(10)) if told != 'står inget' else 1}: " in text or told == "står inget"
    )


@pytest.mark.parametrize(
    ("form", "field", "text", "label", "told"),
    [
        (follow_up, "kommun", "Provsta (provsta)", "Kommun", "ingen kommun"),
        (follow_up, "kommun", "../.. (../..)", "Kommun", "ingen kommun"),
        (follow_up, "löfte", "2026-trafk", "Löfte", "Menade du ”Lugnare trafik” (2026-trafik)?"),
        (follow_up, "löfte", "../../../etc/passwd", "Löfte", "inget löfte"),
        (follow_up, "löfte", "2026-trafik.yml", "Löfte", "inget löfte"),
        (follow_up, "period", "våren", "Period", "är inget datum"),
        (follow_up, "period", "2026-04 till 2026-01", "Period", "slutar"),
        (follow_up, "period", "2026-02-30 till 2026-03-01", "Period", "finns inte i kalendern"),
        (follow_up, "publicerad", "11 maj", "Publicerad", "är inget datum"),
        (follow_up, "rapporterat_av", "polissen", "Rapporterat av", "Menade du ”polisen”?"),
        (follow_up, "rapporterat_av", "_No response_", "Rapporterat av", "Här behövs ett svar"),
        (follow_up, "mätvärden", "trygghet: 3 (2026-01)", "Mätvärden", "ingen indikator"),
        (follow_up, "mätvärden", "trygghet 3", "Mätvärden", "Skriv så"),
        (follow_up, "omdöme", "uppfylld", "Omdöme", "Menade du ”uppfyllt”?"),
        (
            follow_up,
            "intygar",
            "- [ ] Jag har inte skrivit några personuppgifter.",
            "Innan du skickar",
            "inte ikryssad",
        ),
        (follow_up, "sammanfattning", "Ring 19121212-1212", "Sammanfattning", "person"),
        (follow_up, "period", "2026-01\n2026-02", "Period", "bara en rad"),
        (summary, "period", "2026-01", "Period", "finns redan"),
        (summary, "kategorier", "Trafik: 12 (Centrum 3)", "Kategorier", "mindre än 5"),
        (summary, "kategorier", "Trafk: 12", "Kategorier", "Menade du ”Trafik”"),
        (summary, "kategorier", "Trafik: 12 (Centrun 7)", "Kategorier", "Menade du ”Centrum”"),
        (summary, "kategorier", "Trafik: 12 (Centrum)", "Kategorier", "ingen plats med ett antal"),
        (summary, "kategorier", "Trafik: 12 (Centrum 7, centrum 8)", "Kategorier", "två gånger"),
        (summary, "kategorier", "Trafik: många", "Kategorier", "inget antal"),
        (summary, "kategorier", "Trafik:", "Kategorier", "står inget"),
        (summary, "kategorier", "Bara text", "Kategorier", "som inte är ett tema"),
        (summary, "kategorier", "Trafik: 12\nNarkotka: 7", "Kategorier", "Menade du ”Narkotika”"),
        (summary, "indikatorer", "Anmälda brott 812", "Indikatorer", "Skriv så"),
        (summary, "åtgärder", "Vandring (polissen)", "Åtgärder", "Menade du ”polisen”"),
        (summary, "sekretessprövad", "kommunpolis", "Sekretessprövad", "Skriv så"),
        (summary, "sekretessprövad", "2026-03-02 jurist (kommun)", "Sekretessprövad", "Menade du ”kommunen”"),
    ],
)
def test_what_is_wrong_is_answered_under_the_forms_own_heading(town, form, field, text, label, told):
    said = answer(town, form(**{field: text}))
    assert f"**{label}**" in said
    assert told in said
    assert "1212" not in said


def test_a_persons_number_is_not_repeated_and_the_answer_says_that_the_issue_is_public(town):
    said = answer(town, follow_up(sammanfattning="Ring 19121212-1212"))
    assert "Ärendet kan läsas av alla" in said


def test_every_mistake_is_told_at_once(town):
    said = answer(town, follow_up(löfte="fel", period="fel", rapporterat_av="fel"))
    assert [label for label in ("Löfte", "Period", "Rapporterat av") if f"**{label}**" in said] == [
        "Löfte",
        "Period",
        "Rapporterat av",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bra.\n### Period\n\n2020-01",
        "Bra.\n### Period\u00a0",
        "###  Period",
        "  # Rubrik",
        "Period\n---",
        "Period\n===",
        "<!-- göm -->Bra",
        "a\u200bb",
        "a\u202eb",
        "a\ufeffb",
        "a\u00adb",
        "a\x00b",
        "a\x1b[31mb",
        "a\u2028b",
        "a\u3164b",
        "a\U000e0041b",
        "a\ud800b",
        "x" * 2001,
    ],
)
def test_what_imitates_the_form_or_cannot_be_seen_is_refused(town, text):
    assert not receive(town, follow_up(sammanfattning=text), TODAY).ok


def test_a_text_that_the_form_did_not_make_is_refused(town):
    whole = follow_up()
    for text in (
        "",
        "Hej!",
        whole.replace("### Utfall", "### Utfal"),
        f"Hej!\n{whole}",
        f"{whole}\n{summary()}",
        whole + "x" * MAX_CHARS,
        "### " * 16_000,
    ):
        received = receive(town, text, TODAY)
        assert not received.ok
        assert as_answer(received)


def test_line_ends_of_windows_and_letters_apart_say_the_same(town):
    text = follow_up(sammanfattning="Både gå\noch åka.")
    plainly = receive(town, text, TODAY)
    assert receive(town, text.replace("\n", "\r\n"), TODAY).content == plainly.content
    assert receive(town, unicodedata.normalize("NFD", text), TODAY).content == plainly.content


def test_an_error_that_is_there_before_is_not_blamed_on_the_form(project):
    root = project(
        {
            "data/provstad/lagesbilder/2025-12.yml": "period: {från: 2025-12-01, till: 2025-12-31}\nkategorier: fel\n"
        }
    )
    assert receive(root, follow_up(), TODAY).ok
    root = project({PLEDGE: "titel: A\nokänt: 1\n"})
    assert not receive(root, follow_up(), TODAY).ok
    root = project({"data/provstad/kommun.yml": "namn: ["})
    assert "fel just nu" in answer(root, follow_up())
    root = project({"data/teman.yml": "teman: ["})
    assert "fel just nu" in answer(root, follow_up())


def test_a_pledge_within_braces_is_left_for_the_file(project):
    flow = "{titel: Lugnare trafik, åtaganden: [{id: kontroller, ansvarig: polisen, vad: Kontrollerar}]}\n"
    assert "klamrar" in answer(project({PLEDGE: flow}), follow_up())


# Every kind of text that a person, a program or an attacker may put in a field.
HOSTILE = st.sampled_from(
    [
        "{a: b}",
        "[x, y]",
        "- a",
        "a: b",
        "# x",
        "a # b",
        "|",
        ">",
        "&a",
        "*a",
        "!!python/object",
        "'",
        '"',
        "\\",
        "%",
        "@x",
        "`x`",
        "$(touch x)",
        "${{ github.token }}",
        "{{ x }}",
        "{% x %}",
        "<script>",
        "no",
        "0305",
        "12:30",
        "1.10",
        "~",
        "null",
        "…",
        "”",
        "😀",
        "\u00a0",
        "å",
        "---",
        "...",
        "<<: *a",
        "<<<<<<< x",
        "? x",
        "../..",
        "\\u0000",
        "\\n",
    ]
)
WRITTEN = st.lists(
    HOSTILE | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=6
)
LINES = WRITTEN.map(" ".join).map(lambda text: " ".join(text.split()))


@settings(max_examples=30)
@given(LINES)
@example("x: y # z")
@example("- [a")
@example("<<<<<<< HEAD")
def test_any_line_comes_back_as_just_that_text_or_is_refused(town, text):
    assume(text not in {"", "_No response_"})
    received = receive(town, follow_up(utöver_löftet=f"A {text}"), TODAY)
    if received.ok:
        [report] = values_of(received)["uppföljningar"]
        [told] = (
            [report["utöver_löftet"]] if isinstance(report["utöver_löftet"], str) else report["utöver_löftet"]
        )
        assert parse_line(told) == parse_line(unicodedata.normalize("NFC", f"A {text}"))
        assert {"period", "publicerad", "rapporterat_av", "utfall", "utöver_löftet"} == report.keys()
        assert not format_document(received.content, PLEDGE, Pledge).changed


@settings(max_examples=30)
@given(st.lists(LINES, min_size=1, max_size=4))
@example(["A", "", "- b", "- c: d"])
@example(["A", "| x", "    indraget"])
def test_any_prose_comes_back_as_what_it_says_or_is_refused(town, lines):
    text = "\n".join(["A", *lines]).strip()
    received = receive(town, summary(sammanfattning=text), TODAY)
    if received.ok:
        values = values_of(received)
        assert html_of(values["sammanfattning"].strip()) == html_of(unicodedata.normalize("NFC", text))
        assert values.keys() == {"sammanfattning", "period", "lagstadgad", "kategorier"}


@settings(max_examples=25)
@given(st.data())
def test_any_text_in_any_field_gives_a_change_of_the_one_file_or_an_answer(town, data):
    field = data.draw(st.sampled_from([one for one in FOLLOW_UP.fields if one.asks is not Asks.PROMISES]))
    text = data.draw(st.lists(LINES, min_size=1, max_size=3).map("\n".join))
    received = receive(town, follow_up(**{field.name: text}), TODAY)
    assert received.path in {PLEDGE, ""}
    assert received.ok is not bool(as_answer(received))
    assert json.loads(as_json(received))["godtagen"] is received.ok


def test_who_has_misunderstood_the_form_gets_an_answer_that_can_be_read(town):
    said = answer(town, follow_up(utfall="\n".join(["fel"] * 3000)))
    assert "… och 2960 till." in said
    assert len(said) < 10_000


def test_a_proposal_tells_what_to_think_of(town):
    received = receive(town, follow_up(sammanfattning="Ring oss: 0270-123 45"), TODAY)
    assert "## Att tänka på" in as_body(received)
    assert "123 45" not in as_body(received)


def test_pledges_of_the_same_title_are_told_apart_by_id(project):
    root = project({PLEDGE.replace("2026-trafik", "2026-trafik-b"): MINIMAL[PLEDGE]})
    assert "De är: 2026-trafik, 2026-trafik-b" in answer(root, follow_up(löfte="Lugnare trafik"))
    assert receive(root, follow_up(), TODAY).ok


def test_nobody_is_called_and_nothing_is_marked_up_in_an_answer(town):
    said = as_answer(receive(town, follow_up(löfte="@octocat [x] <b> #12 `x`"), TODAY))
    assert "@octocat" not in said
    assert "\\[x\\]" in said
    assert "\\<b\\>" in said
    assert "\\#12" in said


@pytest.mark.parametrize("name", ["händelse.json", "ärende.json", "text.md"])
def test_the_command_reads_an_event_an_issue_or_its_text(project, tmp_path, monkeypatch, name):
    root = project({"mkdocs.yml": "site_name: Prov\n"})
    monkeypatch.chdir(root)
    whole = {"issue": {"number": 7, "body": follow_up()}}
    texts = {
        "händelse.json": json.dumps(whole),
        "ärende.json": json.dumps(whole["issue"]),
        "text.md": follow_up(),
    }
    file = tmp_path / name
    file.write_text(texts[name], "utf-8")
    before = (root / PLEDGE).read_bytes()

    def run(*more: str):
        return CliRunner().invoke(main, ["form", "--file", str(file), "--dag", "2026-09-15", *more])

    told = run()
    assert told.exit_code == 0, told.output
    assert "Skulle ändra data/provstad" in told.output
    assert (root / PLEDGE).read_bytes() == before
    assert json.loads(run("--format", "json").output)["fil"] == PLEDGE
    assert "Ändrade data/provstad" in run("--write").output
    assert (root / PLEDGE).read_bytes() != before


def test_the_command_tells_what_to_correct_and_never_a_stack_trace(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project({"mkdocs.yml": "site_name: Prov\n"}))
    file = tmp_path / "a.json"

    def run(content: str, *more: str):
        file.write_text(content, "utf-8")
        done = CliRunner().invoke(main, ["form", "--file", str(file), *more])
        assert "Traceback" not in done.output
        return done

    wrong = run(json.dumps({"issue": {"body": follow_up(period="fel")}}))
    assert wrong.exit_code == 1
    assert "**Period**" in wrong.output
    assert json.loads(run(json.dumps({"body": "x"}), "--format", "json").output)["godtagen"] is False
    assert run(json.dumps({"issue": {"body": None}})).exit_code == 1
    for content in ("[", "[]", "1", '{"issue": 1}', '{"body": 1}', "[" * 100_000, "x" * 5_000_001):
        assert run(content).exit_code == 1
    file.unlink()
    assert "går inte att läsa" in CliRunner().invoke(main, ["form", "--file", str(file)]).output
