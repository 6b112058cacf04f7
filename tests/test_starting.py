"""What is begun passes the check, or says exactly what is left; and nothing that was there is changed."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from trygglofte.library import Library
from trygglofte.model.values import parse_line
from trygglofte.problems import Problem
from trygglofte.progress import plan_states
from trygglofte.reading import plain, read_document
from trygglofte.starting import (
    KINDS,
    Started,
    StartError,
    kind_of,
    new_pledge,
    new_situation_summary,
    questions,
    span_of,
    start,
)
from trygglofte.starting.periods import following, id_of, in_years, said

REPOSITORY = Path(__file__).parents[1]
TODAY = date(2026, 9, 15)
PLEDGE = "data/provstad/medborgarloften/2026-trafik.yml"
SUMMARY = "data/provstad/lagesbilder/2026-01.yml"
ANSWERS = {
    "medborgarlöfte": {"titel": "Nytt löfte"},
    "kommun": {"namn": "Söderköpings kommun", "kortnamn": "Söderköping", "kod": "0582"},
}


@pytest.fixture
def example_town(tmp_path):
    """Exempelköping as it is in the repository, in a project of its own."""
    root = tmp_path / "exempel"
    shutil.copytree(REPOSITORY / "data" / "exempelkoping", root / "data" / "exempelkoping")
    for name in ("portal.yml", "teman.yml", "ordlista.yml"):
        shutil.copy(REPOSITORY / "data" / name, root / "data")
    return root


def found_in(root: Path) -> list[Problem]:
    library = Library(root)
    shared = library.shared()
    assert shared.shared, shared.problems
    return [
        problem for slug in library.slugs() for problem in library.municipality(slug, shared.shared).problems
    ]


def gap_lines(started: Started) -> list[int]:
    """Every line that `left` names."""
    return sorted(
        int(number) for said in started.left for number in re.findall(r"\d+", said[said.rindex("(rad ") :])
    )


def assert_honest(root: Path, started: Started) -> None:
    """The file is written, and the check says what `left` says, about these lines and no others."""
    before = set(found_in(root))
    path = root / started.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(started.text.encode())
    new = [problem for problem in found_in(root) if problem not in before]
    assert [(problem.file, problem.kind) for problem in new] == [(started.path, "tomt-varde")] * len(new)
    assert sorted(problem.line for problem in new) == gap_lines(started)


def municipality_in(root: Path, slug: str = "provstad"):
    library = Library(root)
    shared = library.shared().shared
    assert shared is not None
    municipality = library.municipality(slug, shared).municipality
    assert municipality is not None
    return municipality


def content(started: Started) -> dict:
    tree, problems = read_document(started.text.encode(), started.path)
    assert tree is not None, problems
    return plain(tree)


def filled_in(text: str) -> str:
    """A begun situation summary with something in every gap."""
    lines = []
    for line in text.splitlines():
        key = line.split("#")[0].rstrip()
        if key.endswith("sammanfattning: |"):
            lines += [key, "  Lugnt."]
        elif key.startswith("jämfört_med_förra"):
            lines.append("jämfört_med_förra: lugnare")
        elif key.startswith("räknar:"):
            lines.append("räknar: händelser")
        elif key.startswith("  - tema:") and key.endswith(":"):
            lines.append("  - tema: trafik")
        elif key.startswith("    antal:"):
            lines.append("    antal: 90")
        elif key.startswith("      ") and key.endswith(":"):
            lines.append(f"{key} 20")
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_begun_in_exempelkoping_is_right_or_says_what_is_left(example_town, kind):
    answers = {"kommun": "exempelkoping", **ANSWERS.get(kind, {})}
    if kind == "kommun":
        del answers["kommun"]
    started = start(kind, example_town, answers, TODAY)
    assert (example_town / started.path).exists() == started.replaces_text_of == (kind == "uppföljning")
    assert_honest(example_town, started)
    assert bool(started.left) == (kind != "kommun")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_begun_in_the_smallest_municipality_is_right_or_says_what_is_left(project, kind):
    root = project()
    assert_honest(root, start(kind, root, ANSWERS.get(kind, {}), TODAY))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"kommun", "uppföljning"}])
def test_what_is_begun_where_nothing_was_before_is_right_or_says_what_is_left(project, kind):
    root = project({name: None for name in MINIMAL if name.count("/") == 3})
    answers = {"period": "2027", **ANSWERS.get(kind, {})} if kind == "åtgärdsplan" else ANSWERS.get(kind, {})
    started = start(kind, root, answers, TODAY)
    assert_honest(root, started)
    assert started.left
    assert "jämfört_med_förra" not in started.text


@pytest.mark.parametrize(
    "pledge", ["2024-trygg-station", "2025-trygg-station", "2026-trygg-station", "2026-trygga-skolvagar"]
)
def test_every_pledge_can_go_on_in_a_new_one_and_be_followed_up(example_town, pledge):
    answers = {"kommun": "exempelkoping", "titel": "Fortsättning", "id": "nytt", "ersatter": pledge}
    started = start("medborgarlöfte", example_town, answers, TODAY)
    assert content(started)["ersätter"] == pledge
    assert_honest(example_town, started)
    (example_town / started.path).unlink()
    follow_up = {"kommun": "exempelkoping", "lofte": pledge, "period": "2026-12"}
    assert_honest(example_town, start("uppföljning", example_town, follow_up, TODAY))


@pytest.mark.parametrize(
    ("word", "kind"),
    [("lagesbild", "lägesbild"), ("Åtgärdsplan", "åtgärdsplan"), ("overenskommelse", "överenskommelse")],
)
def test_kinds_are_understood_with_and_without_dots_and_rings(word, kind):
    assert kind_of(word) == kind
    assert questions(word) == questions(kind)


def test_an_unknown_kind_is_answered_with_the_nearest():
    with pytest.raises(StartError, match="Menade du lägesbild"):
        kind_of("lägesbilden")
    with pytest.raises(StartError, match="Välj mellan medborgarlöfte, uppföljning"):
        kind_of("xyz")


# Situation summaries


def test_twice_in_a_row_gives_the_next_period(project):
    root = project({SUMMARY: MINIMAL[SUMMARY].replace("2026-01", "2025-11").replace("11-31", "11-30")})
    (root / SUMMARY).rename(root / SUMMARY.replace("2026-01", "2025-11"))
    begun = []
    for _ in range(3):
        started = start("lägesbild", root, {}, TODAY)
        begun.append(Path(started.path).stem)
        (root / started.path).write_text(filled_in(started.text), "utf-8")
        assert not found_in(root)
    assert begun == ["2025-12", "2026-01", "2026-02"]


def test_a_file_that_is_not_filled_in_is_not_built_upon(project):
    root = project()
    started = start("lägesbild", root, {}, TODAY)
    (root / started.path).write_text(started.text, "utf-8")
    with pytest.raises(StartError, match=r"2026-02\.yml är inte färdig"):
        start("lägesbild", root, {}, TODAY)
    assert start("medborgarlöfte", root, {"titel": "Ett annat"}, TODAY).left, "other documents can be begun"


@pytest.mark.parametrize(
    ("before", "id", "period"),
    [
        ("{från: 2026-12-01, till: 2026-12-31}", "2027-01", ("2027-01-01", "2027-01-31")),
        ("{från: 2025-12-14, till: 2026-01-24}", "2026-01-25-till-2026-02-24", ("2026-01-25", "2026-02-24")),
        ("{från: 2026-01-10, till: 2026-01-31}", "2026-02", ("2026-02-01", "2026-02-28")),
        ("{från: 2026-06-01, till: 2026-08-31}", "2026-09", ("2026-09-01", "2026-09-30")),
    ],
)
def test_the_next_summary_begins_where_the_latest_ended_whatever_its_days(project, before, id, period):
    root = project({SUMMARY: f"period: {before}\nkategorier:\n  - tema: trafik\n    antal: 12\n"})
    started = start("lägesbild", root, {}, TODAY)
    assert Path(started.path).stem == id
    assert tuple(content(started)["period"].values()) == period
    assert_honest(root, started)


def test_a_summary_of_quarters_is_followed_by_a_quarter(project):
    text = "period: {{från: 2026-{}, till: 2026-{}}}\n"
    root = project({
        "data/provstad/lagesbilder/a.yml": text.format("01-01", "03-31"),
        "data/provstad/lagesbilder/b.yml": text.format("04-01", "06-30"),
        SUMMARY: None,
    })  # fmt: skip
    assert start("lägesbild", root, {}, TODAY).path.endswith("/2026-07-till-2026-09.yml")


def test_the_first_summary_is_of_the_last_whole_month(project):
    root = project({SUMMARY: None})
    assert start("lägesbild", root, {}, date(2026, 1, 3)).path.endswith("/2025-12.yml")


def test_a_statutory_summary_is_never_what_a_monthly_one_begins_from(project):
    root = project({
        "data/provstad/lagesbilder/2026-lag.yml": "titel: X\nperiod: {från: 2025-07-01, till: 2026-06-30}\n"
        "lagstadgad: ja\nkartläggning: A\növrig_information: B\nanalys: C\n",
    })  # fmt: skip
    started = start("lägesbild", root, {}, TODAY)
    assert started.path.endswith("/2026-02.yml")
    assert content(start("åtgärdsplan", root, {}, TODAY))["lägesbild"] == "2026-lag"


def test_themes_places_and_way_of_counting_go_on_and_no_count_does(example_town):
    before = municipality_in(example_town, "exempelkoping")
    latest = max(
        (one for one in before.summaries if not one.part.statutory), key=lambda one: one.part.period.end
    )
    said_now = content(start("lägesbild", example_town, {"kommun": "exempelkoping"}, TODAY))
    assert said_now["räknar"] == latest.part.counts_what
    assert [one["tema"] for one in said_now["kategorier"]] == [one.theme for one in latest.part.categories]
    for now, then in zip(said_now["kategorier"], latest.part.categories, strict=True):
        assert now["antal"] == ""
        assert now.get("platser", {}) == dict.fromkeys(then.places, "")


def test_measures_go_on_where_their_pledge_holds(example_town):
    for period, some in (("2026-12", True), ("2029-01", False)):
        answers = {"kommun": "exempelkoping", "period": period}
        measures = content(start("lägesbild", example_town, answers, TODAY)).get("åtgärder", [])
        assert bool(measures) == some
        assert all(one["löfte"].startswith("2026") for one in measures)


def test_a_theme_that_was_told_in_words_is_told_in_words_again(project):
    root = project(
        {
            SUMMARY: "period: {från: 2026-01-01, till: 2026-01-31}\nkategorier:\n  - tema: trafik\n    text: Lugnt.\n"
        }
    )
    category = content(start("lägesbild", root, {}, TODAY))["kategorier"][0]
    assert category == {"tema": "trafik", "text": ""}


def test_the_hint_about_small_counts_is_the_municipalitys_own(project):
    kommun = MINIMAL["data/provstad/kommun.yml"] + "skydd: {tröskel: 9}\n"
    summary = MINIMAL[SUMMARY].replace("antal: 12", "antal: 30").replace("7, hamnen: 5", "17, hamnen: 13")
    root = project({"data/provstad/kommun.yml": kommun, SUMMARY: summary})
    assert "”färre än 9”" in start("lägesbild", root, {}, TODAY).text


# Pledges


def test_a_pledge_takes_with_it_what_is_not_finished_and_says_what_it_leaves(example_town):
    answers = {
        "kommun": "exempelkoping",
        "titel": "Station 2026",
        "id": "x",
        "ersatter": "2025-trygg-station",
    }
    started = start("medborgarlöfte", example_town, answers, TODAY)
    written = content(started)
    ids = [one["id"] for area in written["fokusområden"] for one in area["åtaganden"]]
    assert ids == ["trygghetsvardar"], "the one that was carried over"
    for line in (
        "# - vaggmalning: inställt",
        "# - fotpatrull: genomfört",
        "# - klotter: går inte att bedöma",
    ):
        assert f"{line}\n" in started.text
    assert written["gäller"] == {"från": "2026-01-01", "till": "2026-12-31"}
    values = {one["id"]: one["utgångsvärde"] for one in written["indikatorer"]}
    assert values == {"otrygga-vid-stationen": "31", "avstar-fran-att-resa": "18"}
    assert "namn" not in str(written.get("undertecknande", ""))


def test_signed_words_and_reports_never_become_another_pledges(example_town):
    answers = {"kommun": "exempelkoping", "titel": "Station 2027", "ersatter": "2026-trygg-station"}
    written = content(start("medborgarlöfte", example_town, answers, TODAY))
    assert not {"uppföljningar", "undertecknande", "diarienummer", "godkänd", "ändringar"} & set(written)
    assert all("ordalydelse" not in one for area in written["fokusområden"] for one in area["åtaganden"])


def test_names_of_those_who_signed_are_not_carried_over(project):
    signed = (
        MINIMAL[PLEDGE]
        + "undertecknande:\n  av:\n    - {namn: Anna Exempel, roll: polischef, för: polisen}\n"
    )
    started = start("medborgarlöfte", project({PLEDGE: signed}), {"titel": "Nästa"}, TODAY)
    assert "roll: polischef" in started.text
    assert "Anna" not in started.text


def test_an_agreement_that_has_ended_does_not_go_on_under_the_new_pledge(example_town):
    answers = {"kommun": "exempelkoping", "titel": "Sent", "ersatter": "2026-trygg-station", "period": "2028"}
    assert "överenskommelse" not in content(start("medborgarlöfte", example_town, answers, TODAY))


def test_without_a_pledge_before_the_year_is_the_ids_or_the_next(project):
    root = project()
    answers = {"titel": "Torget", "ersatter": "inget"}
    assert start("medborgarlöfte", root, answers, TODAY).path.endswith("/2027-torget.yml")
    written = content(start("medborgarlöfte", root, answers | {"id": "2031-torget"}, TODAY))
    assert written["gäller"]["från"] == "2031-01-01"


def test_a_pledge_without_known_end_leaves_its_days_to_be_written(project):
    text = MINIMAL[PLEDGE].replace(
        "{från: 2026-01-01, till: 2026-12-31}", "{från: 2026-01-01, till: tills vidare}"
    )
    root = project({PLEDGE: text})
    started = start("medborgarlöfte", root, {"titel": "Nästa"}, TODAY)
    assert any("från när till när" in one for one in started.left)
    assert_honest(root, started)


TITLES = st.text(max_size=60) | st.sampled_from(
    [
        "Trygg: station",
        "Möte #3",
        "- lista",
        "'enkel\"",
        "[a, b]",
        "nej",
        "0305",
        "12:30",
        "”citat”",
        "a\\b",
        "x:",
        "%",
    ]
)


@pytest.fixture(scope="session")
def small(tmp_path_factory, lay_out):
    return municipality_in(lay_out(tmp_path_factory.mktemp("small"), MINIMAL))


@given(TITLES)
@example("Trygg station: så gör vi")
@example("\u2028rad\x00 \u00ad")
def test_any_title_is_read_back_as_it_was_given(small, title):
    assume(title.strip())
    title = parse_line(title)
    assume(title)
    started = new_pledge(small, "x", title, small.pledges[0], TODAY)
    tree, problems = read_document(started.text.encode(), "x")
    assert tree is not None, problems
    assert plain(tree)["titel"] == title
    assert {problem.kind for problem in problems} <= {"citattecken"}


# Follow-ups

REPORTED = """\
titel: Lugnare trafik
gäller: {från: 2026-01-01, till: 2026-12-31}
åtaganden:
  - id: kontroller
    ansvarig: polisen
    vad: Kontrollerar hastigheten
    omfattning: {minst: 10, enhet: pass}
  - id: skyltar
    ansvarig: kommunen
    vad: Sätter upp skyltar
  - id: gupp
    ansvarig: kommunen
    vad: Bygger gupp
följs_upp: varje tertial
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: [polisen, kommunen]
    utfall:
      kontroller: {under_perioden: 4}
      skyltar: {status: genomfört}
      gupp: {status: inställt, orsak: För dyrt}
"""


def follow_up(root: Path, **answers: str) -> Started:
    return start("uppföljning", root, {"lofte": "2026-trafik", **answers}, TODAY)


def test_a_follow_up_counts_as_before_and_asks_for_what_is_not_settled(project):
    root = project({PLEDGE: REPORTED})
    started = follow_up(root)
    report = content(started)["uppföljningar"][-1]
    assert report["period"] == {"från": "2026-05-01", "till": "2026-08-31"}
    assert report["utfall"] == {"kontroller": {"under_perioden": ""}}
    assert report["rapporterat_av"] == ["polisen"]
    assert "under_perioden:  # Förra gången: 4" in started.text
    assert_honest(root, started)


TAILS = {
    "after the list": "ersätter: 2025-trafik\n",
    "comments": "      # hör till uppföljningen\n\n# hör till filen\nersätter: 2025-trafik\n# sist\n",
    "no last line break": None,
    "end of document": "...\n",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("reported", [True, False], ids=["one more", "the first"])
def test_no_other_byte_of_the_file_changes(project, ending, tail, reported):
    text = REPORTED if reported else REPORTED.partition("uppföljningar:")[0]
    text = text.rstrip("\n") if TAILS[tail] is None else text + TAILS[tail]
    raw = "\ufeff".encode() + text.replace("\n", ending).encode()
    other = MINIMAL[PLEDGE].replace("2026", "2025")
    root = project({PLEDGE: raw, PLEDGE.replace("2026", "2025"): other})
    started = follow_up(root)
    new = started.text.encode()
    assert kept_around(raw, new)
    last = "# hör till filen\nersätter: 2025-trafik\n# sist\n" if tail == "comments" else TAILS[tail] or ""
    assert new.endswith(last.replace("\n", ending).encode())
    assert new.endswith(ending.encode()) == (tail != "no last line break")
    assert set(re.findall(rb"\r\n|\r|\n", new)) == {ending.encode()}
    assert_honest(root, started)
    if tail == "comments" and reported:
        assert "# hör till uppföljningen" + ending + "  - period:" in started.text


def kept_around(old: bytes, new: bytes) -> bool:
    """Whether `new` is `old` with one stretch put in."""
    longest = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    return any(new.startswith(old[:at]) and new.endswith(old[at:]) for at in range(longest + 1))


@pytest.mark.parametrize("dash", ["  - ", "- ", "    -   "], ids=repr)
def test_the_new_report_stands_under_the_others_however_they_are_indented(project, dash):
    head, _, reports = REPORTED.partition("  - period:")
    body = f"{dash}period:{reports}".replace("\n    ", "\n" + " " * len(dash))
    root = project({PLEDGE: head + body})
    started = follow_up(root)
    assert len(content(started)["uppföljningar"]) == 2
    assert_honest(root, started)


@pytest.mark.parametrize(
    ("rhythm", "reports", "period"),
    [
        ("varje tertial", [], ("2026-01-01", "2026-04-30")),
        ("varje tertial", ["2026-03-31"], ("2026-04-01", "2026-04-30")),
        ("varje tertial", ["2026-05-31"], ("2026-06-01", "2026-08-31")),
        ("varje tertial", ["2026-08-31"], ("2026-09-01", "2026-12-31")),
        ("varje kvartal", ["2026-03-31"], ("2026-04-01", "2026-06-30")),
        ("varje månad", ["2026-11-30"], ("2026-12-01", "2026-12-31")),
        ("varje halvår", [], ("2026-01-01", "2026-06-30")),
        ("varje år", [], ("2026-01-01", "2026-12-31")),
        ("[2026-05, 2026-09, 2027-01]", ["2026-04-30"], ("2026-05-01", "2026-08-31")),
        ("[2026-05, 2027-01]", ["2026-04-30"], ("2026-05-01", "2026-12-31")),
        ("löpande", [], ("2026-01-01", "2026-08-31")),
        ("löpande", ["2026-08-31"], ("2026-09-01", "2026-09-15")),
    ],
)
def test_a_follow_up_covers_the_days_that_the_next_one_is_due_for(project, rhythm, reports, period):
    text = MINIMAL[PLEDGE] + f"följs_upp: {rhythm}\n" + ("uppföljningar:\n" if reports else "")
    for end in reports:
        text += f"  - {{period: {{från: 2026-01-01, till: {end}}}, publicerad: 2026-12-31, rapporterat_av: polisen}}\n"
    root = project({PLEDGE: text})
    started = follow_up(root)
    assert tuple(content(started)["uppföljningar"][-1]["period"].values()) == period
    assert_honest(root, started)


def test_a_pledge_that_is_wholly_followed_up_needs_other_days(project):
    text = REPORTED.replace("till: 2026-04-30", "till: 2026-12-31")
    root = project({PLEDGE: text})
    with pytest.raises(StartError, match="redan följt upp till och med 2026-12-31"):
        follow_up(root)
    assert content(follow_up(root, period="2026-12"))["uppföljningar"][-1]["period"]["från"] == "2026-12-01"


def test_days_that_cannot_be_known_have_to_be_given(project):
    root = project({PLEDGE: MINIMAL[PLEDGE].replace("gäller: {från: 2026-01-01, till: 2026-12-31}\n", "")})
    with pytest.raises(StartError, match="Ange perioden"):
        follow_up(root)


def test_outcomes_per_party_are_asked_for_party_by_party(project):
    each = "kontroller: {per_part: {polisen: {totalt_hittills: 4}, kommunen: {status: pågår}}}"
    text = REPORTED.replace("kontroller: {under_perioden: 4}", each)
    root = project({PLEDGE: text})
    started = follow_up(root)
    assert content(started)["uppföljningar"][-1]["utfall"] == {
        "kontroller": {"per_part": {"polisen": {"totalt_hittills": ""}, "kommunen": {"status": ""}}}
    }
    assert_honest(root, started)


@pytest.mark.parametrize(
    "reports",
    [
        "[]",
        "[{period: {från: 2026-01-01, till: 2026-04-30}, publicerad: 2026-05-01, rapporterat_av: polisen}]",
    ],
)
def test_reports_within_brackets_are_left_alone_and_said_so(project, reports):
    root = project({PLEDGE: MINIMAL[PLEDGE] + f"uppföljningar: {reports}\n"})
    with pytest.raises(StartError, match="på egna rader"):
        follow_up(root)


# Other documents


def test_an_agreement_begins_from_the_one_before_and_asks_for_what_the_law_wants(project):
    root = project()
    started = start("överenskommelse", root, {"titel": "Ny", "id": "ny", "ersatter": "2024-2027"}, TODAY)
    assert content(started)["syften"] == ["Minska brottsligheten"]
    assert content(started)["ersätter"] == "2024-2027"
    without = start("överenskommelse", root, {"titel": "Ny", "ersatter": "ingen", "period": "2028"}, TODAY)
    assert without.path.endswith("/2028.yml")
    assert "Skriv syftena" in " ".join(without.left)
    assert "Skriv områdena" in " ".join(without.left)
    assert_honest(root, without)


def test_a_plan_goes_on_with_what_is_not_done(example_town):
    written = content(start("åtgärdsplan", example_town, {"kommun": "exempelkoping"}, TODAY))
    assert written["gäller"] == {"från": "2027-01-01", "till": "2028-12-31"}
    before = plan_states(municipality_in(example_town, "exempelkoping").plans[0].part, TODAY)
    goes_on = [state.measure.id for state in before if state.status == "pågår"]
    assert goes_on
    assert [one["id"] for one in written["åtgärder"]] == goes_on
    assert all("status" not in one and "kommentar" not in one for one in written["åtgärder"])


def test_a_municipality_gets_its_file_and_an_address_of_its_own(project):
    root = project()
    started = start("kommun", root, {"namn": "Åmåls kommun", "kortnamn": "Åmål", "kod": "1492"}, TODAY)
    assert (started.path, started.left) == ("data/amal/kommun.yml", ())
    assert content(started)["kommunkod"] == "1492"
    with pytest.raises(StartError, match="habo-uppsala"):
        start("kommun", root, {"namn": "Håbo kommun", "kortnamn": "Håbo", "kod": "0305"}, TODAY)
    with pytest.raises(StartError, match="påhittade"):
        start("kommun", root, {"namn": "X", "kortnamn": "X", "kod": "0000"}, TODAY)
    with pytest.raises(StartError, match="finns redan"):
        start("kommun", root, {"namn": "P", "kortnamn": "P", "kod": "1492", "kommun": "provstad"}, TODAY)


# Questions


def test_what_is_asked_is_proposed_and_what_is_given_is_not_asked(project):
    asked = {}

    def ask(question, proposed):
        asked[question.name] = proposed
        return proposed

    answers = {"titel": "Nästa år"}
    started = start("medborgarlöfte", project(), answers, TODAY, ask)
    assert asked == {"kommun": "provstad", "ersatter": "2026-trafik", "id": "2027-nasta-ar", "period": "2027"}
    assert started.path == "data/provstad/medborgarloften/2027-nasta-ar.yml"


@pytest.mark.parametrize(
    ("kind", "answers", "said"),
    [
        ("medborgarlöfte", {}, "Ange --titel. Vad heter löftet?"),
        ("medborgarlöfte", {"titel": "X", "id": "Ett id"}, "”Ett id” kan inte vara ett id. Menade du ”ett-id”?"),
        ("medborgarlöfte", {"titel": "X", "ersatter": "2020-x"}, "heter ”2020-x”. Det finns: 2026-trafik."),
        ("medborgarlöfte", {"titel": "X", "id": "2026-trafik"}, "2026-trafik.yml finns redan"),
        ("uppföljning", {"lofte": "2020-x"}, "Det finns inget löfte som heter ”2020-x”"),
        ("lägesbild", {"kommun": "x"}, "Det finns ingen kommun som heter x. Det finns: provstad."),
        ("lägesbild", {"period": "2026-13"}, "Datumet ”2026-13” finns inte i kalendern."),
        ("lägesbild", {"period": "2026-01"}, "2026-01.yml finns redan"),
        ("lägesbild", {"period": "2026-02-01–2026-01-01"}, "Perioden slutar 2026-01-01 men börjar 2026-02-01."),
        ("lägesbild", {"period": "a–b–c"}, "är ingen period"),
        ("kommun", {"namn": "X", "kortnamn": "X", "kod": "12"}, "”12” är ingen kommunkod."),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_in_the_models_words(project, kind, answers, said):
    with pytest.raises(StartError) as told:
        start(kind, project(), answers, TODAY)
    assert said in str(told.value)


def test_nothing_is_begun_in_a_municipality_with_errors(project):
    root = project({PLEDGE: MINIMAL[PLEDGE].replace("2026-12-31", "2026-12-32")})
    with pytest.raises(StartError, match="provstad har 1\u00a0fel") as told:
        start("lägesbild", root, {}, TODAY)
    assert [problem.kind for problem in told.value.problems] == ["fel-datum"]


def test_an_error_in_the_shared_files_is_told(project):
    with pytest.raises(StartError, match="delar") as told:
        start("lägesbild", project({"data/teman.yml": "teman: x\n"}), {}, TODAY)
    assert told.value.problems


@pytest.mark.parametrize("text", ["2026-09", "2026", "2026-09-15–2026-10-14"])
def test_a_period_is_said_as_it_is_understood(text):
    assert said(span_of(text)) == text
    assert span_of("2026-09-15 till 2026-10-14") == span_of("2026-09-15 - 2026-10-14")


def test_periods_follow_each_other_without_a_gap():
    assert id_of(following(span_of("2026-01-10–2026-01-30"), 1)) == "2026-01-31-till-2026-02-27"
    assert said(following(span_of("2023-12"), 2)) == "2024-01-01–2024-02-29"
    assert (in_years(span_of("2024-01-01–2027-12-31")), in_years(span_of("2026-02-01–2027-06-30"))) == (
        48,
        12,
    )


def test_a_day_given_by_hand_is_used_by_every_document(small):
    span = span_of("2031-05")
    assert new_situation_summary(small, span, TODAY).path.endswith("/2031-05.yml")
    assert "2031-05-01" in new_pledge(small, "y", "Y", None, TODAY, period=span).text
