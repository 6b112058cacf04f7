"""The pages of situation summaries and action plans: what is told, what is withheld, and how it lies over time."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.conftest import MINIMAL
from tests.test_pages import ROOT, body, links, words
from trygglofte import sites
from trygglofte.model.dates import PartialDate
from trygglofte.pages import municipality_pages
from trygglofte.pages.series import for_place, for_theme
from trygglofte.pages.summaries import latest
from trygglofte.progress import CountedFrom, plan_states, renewal
from trygglofte.progress.plans import two_years_after
from trygglofte.trends import Change

DAY = date(2026, 9, 15)
FRAME = 8_000
"""Bytes that the frame around a page weighs, and a little more."""

N9, N30 = "tema: narkotika, antal: 9", "tema: narkotika, antal: 30"
FOLDER = "data/provstad/lagesbilder/"


def summary(first: str, last: str, *categories: str, more: str = "räknar: händelser\n") -> str:
    rows = "".join(f"  - {{{category}}}\n" for category in categories)
    return f"period: {{från: {first}, till: {last}}}\n{more}" + (f"kategorier:\n{rows}" if rows else "")


@pytest.fixture
def site_of(project):
    """The site and its pages by address, of a project with files of the test's own."""

    def make(files: dict[str, str | None], day: date = DAY):
        root = project({f"{FOLDER}2026-01.yml": None, **files})
        shared, problems = sites.shared_files(root)
        assert problems == []
        checked = sites.Library(root).municipality("provstad", shared)
        assert checked.ok, [str(problem) for problem in checked.problems]
        site, pages = municipality_pages(checked.municipality, ROOT, day)
        return site, {page.address: page for page in pages}

    return make


def panel(page) -> str:
    return words(body(page).css_first(".tl-panel"))


# The page


def test_the_page_says_what_surely_changed_and_what_did_not(site_of):
    site, pages = site_of({
        f"{FOLDER}2025-08.yml": summary("2025-08-01", "2025-08-31", "tema: trafik, antal: 40", N9),
        f"{FOLDER}2026-07.yml": summary("2026-07-01", "2026-07-31", "tema: trafik, antal: 20", N30),
        f"{FOLDER}2026-08.yml": summary(
            "2026-08-01", "2026-08-31", "tema: trafik, antal: 12", "tema: narkotika, antal: 10",
            more="räknar: händelser\nsammanfattning: |\n  Ja, det blev lugnare. Mer.\njämfört_med_förra: lugnare\n",
        ),
    })  # fmt: skip
    said = panel(pages["lagesbilder/2026-08/"])
    assert "Lugnare jämfört med juli 2026, enligt kommunen" in said
    assert "Mot juli 2026 Säkert färre: narkotika. Ingen säker skillnad i 1 tema." in said
    assert "Mot augusti 2025 Säkert färre: trafik. Ingen säker skillnad i 1 tema." in said
    table = words(body(pages["lagesbilder/2026-08/"]).css_first(".tl-held"))
    assert table.endswith(
        "Augusti 2026 12 – Juli 2026 20 Ingen säker skillnad Augusti 2025 40 Säkert färre nu"
    )
    found = latest(site)
    assert found is not None
    assert (found.sentence, found.grade) == ("Ja, det blev lugnare.", "lugnare")
    assert [held.sentence.split(":")[0] for held in found.held] == ["Säkert färre", "Säkert färre"]


def test_unequal_periods_are_held_against_one_another_by_the_day(site_of):
    _, pages = site_of({
        f"{FOLDER}jul.yml": summary("2025-12-01", "2026-01-11", "tema: trafik, antal: 90"),
        f"{FOLDER}januari.yml": summary("2026-01-12", "2026-01-31", "tema: trafik, antal: 10"),
    })  # fmt: skip
    said = words(pages["lagesbilder/januari/"])
    assert "12–31 januari 2026 · 20 dagar" in said
    assert "1 december 2025 – 11 januari 2026 (42 dagar) 90 Säkert färre nu, räknat per dag" in said
    assert "1 december 2025 – 11 januari 2026 42 90 (64,3 på 30 dagar)" in words(pages["teman/trafik/"])
    assert "En period som inte är en månad är omräknad till 30 dagar" in said


HIDDEN = {
    f"{FOLDER}2025-08.yml": summary(
        "2025-08-01", "2025-08-31", "tema: trafik, antal: 60, platser: {hamnen: 40}"
    ),
    f"{FOLDER}jul.yml": summary("2026-07-01", "2026-07-20", "tema: trafik, antal: färre än 5"),
    f"{FOLDER}2026-08.yml": summary("2026-08-01", "2026-08-31", "tema: trafik, antal: färre än 5"),
}


def test_nothing_is_derived_from_a_hidden_count(site_of):
    """Neither a verdict, a rate, a difference nor a bar of its height: on any page of the site."""
    site, pages = site_of(HIDDEN)
    said = panel(pages["lagesbilder/2026-08/"])
    assert "Går inte att säga i något tema, för ett antal är dolt." in said
    assert latest(site).held
    for page in pages.values():
        spoken = words(page)
        if page.address != "metod/":
            assert not re.search(r"säkert (fler|färre)", spoken, re.IGNORECASE), page.address
        assert "på 30 dagar)" not in spoken, page.address
        for svg in body(page).css("svg.tl-chart"):
            hidden = 1 if page.address == "lagesbilder/jul/" else 2
            assert len(svg.css("path.h")) == hidden, page.address
            assert svg.css("path.n") == []
            assert f"{hidden} med dolt antal" in words(svg)


def test_a_gap_is_told_as_one_and_never_as_nothing(site_of):
    _, pages = site_of({
        f"{FOLDER}2026-06.yml": summary("2026-06-01", "2026-06-30", "tema: trafik, antal: 9"),
        f"{FOLDER}2026-07.yml": summary("2026-07-01", "2026-07-31", "tema: narkotika, antal: 0"),
        f"{FOLDER}2026-08.yml": summary("2026-08-01", "2026-08-31", "tema: trafik, antal: 0"),
    })  # fmt: skip
    page = pages["teman/trafik/"]
    assert "Augusti 2026 0 Juli 2026 inget antal Juni 2026 9" in words(page)
    svg = body(page).css_first("svg.tl-chart")
    assert [len(svg.css(f"path.{kind}")) for kind in ("x", "z", "b")] == [1, 1, 1]
    assert "Ett kryss betyder att perioden inte har något antal." in words(page)
    assert "Augusti 2026 0 – Juli 2026 – 0 Juni 2026 9 –" in words(pages["lagesbilder/over-tid/"])


def test_a_break_is_seen_in_table_and_chart_and_ends_comparison(site_of):
    _, pages = site_of({
        f"{FOLDER}2026-06.yml": summary("2026-06-01", "2026-06-30", "tema: trafik, antal: 9", N9),
        f"{FOLDER}2026-07.yml": summary(
            "2026-07-01", "2026-07-31", "tema: trafik, antal: 90, bruten_serie: Nya mätare.", N9
        ),
    })  # fmt: skip
    said = words(pages["lagesbilder/2026-07/"])
    assert "Kan inte jämföras bakåt. Nya mätare." in said
    assert "Juni 2026 9 Går inte att säga: antalen är inte räknade på samma sätt" in said
    assert "Ingen säker skillnad i 1 tema. Går inte att säga i 1 tema" in said
    assert "Juli 2026 90 Serien är bruten här. Nya mätare. Juni 2026 9" in words(pages["teman/trafik/"])
    assert "bruten" not in words(pages["teman/narkotika/"])
    over = pages["lagesbilder/over-tid/"]
    assert "Trafik: serien är bruten här. Nya mätare." in words(over)
    assert len(body(over).css("path.k")) == 1


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        ("", "Kommunen har inte jämfört med förra perioden."),
        ("jämfört_med_förra: blandat\n", "Blandat jämfört med juni 2026, enligt kommunen"),
        (
            "jämfört_med_förra: {lämnas_inte: En svår händelse.}\n",
            "Ingen jämförelse med förra perioden. En svår händelse.",
        ),
    ],
)
def test_the_grade_is_told_or_withheld_or_not_given(site_of, comparison, said):
    _, pages = site_of({
        f"{FOLDER}2026-06.yml": summary("2026-06-01", "2026-06-30"),
        f"{FOLDER}2026-07.yml": summary("2026-07-01", "2026-07-31", more=comparison),
    })  # fmt: skip
    assert said in panel(pages["lagesbilder/2026-07/"])
    assert "Den första lägesbilden." in panel(pages["lagesbilder/2026-06/"])
    assert "lagesbilder/over-tid/" not in pages, "nothing has been counted"


def test_an_indicator_stands_beside_last_year_and_named_areas(site_of):
    value = "indikatorer:\n  - namn: Anmälda brott\n    värde: {}\n    enhet: per 1 000 invånare\n"
    now = value.format("21,4") + (
        "    preliminär: ja\n    önskad_riktning: ner\n    källa: {titel: Siffran, hämtad: 2026-08-02}\n"
        "    jämförelse:\n      - {område: Länet, värde: 25}\n      - {område: Landet, värde: 30, källa: Annan källa}\n"
    )
    _, pages = site_of({
        f"{FOLDER}2025-07.yml": summary("2025-07-01", "2025-07-31", more=value.format("23") + "    preliminär: nej\n"),
        f"{FOLDER}2026-06.yml": summary("2026-06-01", "2026-06-30", more=value.format("22")),
        f"{FOLDER}2026-07.yml": summary("2026-07-01", "2026-07-31", more=now),
    })  # fmt: skip
    said = words(body(pages["lagesbilder/2026-07/"]).css_first("#matt").parent)
    assert (
        "Här, juli 2026 Preliminärt 21,4 Här, juni 2026 22 Här, juli 2025 samma tid förra året 23 Länet 25"
        in said
    )
    assert "Landet Källa: Annan källa 30" in said
    assert "Siffran är preliminär och kan ändras Bör gå ner Källa Siffran , hämtad 2 augusti 2026" in said
    assert "Siffran är slutlig" in words(pages["lagesbilder/2025-07/"])
    assert "Siffran är" not in words(pages["lagesbilder/2026-06/"])


def test_what_is_done_leads_to_pledges_and_to_the_plan_of_that_time(site_of):
    plan = """\
titel: Planen
lägesbild: 2024
gäller: {från: 2026-01-01, till: 2026-12-31}
beslut: {organ: kommunfullmäktige, datum: 2025-12-01}
åtgärder: [{id: hinder, vad: Bygger farthinder, teman: [trafik]}]
"""
    doing = "åtgärder: [{vad: Kontrollerar farten, tema: trafik, löfte: 2026-trafik, ansvarig: polisen}]\n"
    _, pages = site_of({
        "data/provstad/atgardsplaner/planen.yml": plan,
        f"{FOLDER}2024.yml": statutory(),
        f"{FOLDER}2025-12.yml": summary("2025-12-01", "2025-12-31", "tema: trafik, antal: 9"),
        f"{FOLDER}2026-01.yml": summary("2026-01-01", "2026-01-31", "tema: trafik, antal: 9", more=doing),
    })  # fmt: skip
    found = links(pages["lagesbilder/2026-01/"])
    assert found["atgardsplaner/planen/#atgard-hinder"] == "Bygger farthinder"
    assert "medborgarloften/2026-trafik/" in found
    assert "atgardsplaner/planen/#atgard-hinder" not in links(pages["lagesbilder/2025-12/"])
    assert links(pages["atgardsplaner/planen/"])["lagesbilder/2024/"]
    assert "bygger på den här lägesbilden" in words(pages["lagesbilder/2024/"])
    assert "Lagstadgad" not in words(pages["lagesbilder/2026-01/"])
    assert "I korthet" not in words(pages["lagesbilder/2024/"])
    assert "ägesbild · " not in words(pages["lagesbilder/2024/"]).replace("Lagstadgad lägesbild", "")


# Over time


def many_months(count: int, themes: list[str], places: list[str]) -> dict[str, str]:
    files = {}
    for n in range(count):
        first = date(2016 + n // 12, n % 12 + 1, 1)
        last = (first + timedelta(days=40)).replace(day=1) - timedelta(days=1)
        inside = ", ".join(f"{place}: {9 + n % 7}" for place in places)
        categories = [f"tema: {theme}, antal: {98 + n % 31}, platser: {{{inside}}}" for theme in themes]
        files[f"{FOLDER}{first:%Y-%m}.yml"] = summary(str(first), str(last), *categories)
    return files


def test_ten_years_of_months_never_make_a_page_too_heavy(site_of):
    themes = [f"tema-{n}" for n in range(10)]
    places = [f"plats-{n}" for n in range(6)]
    files: dict[str, str | None] = dict(many_months(120, themes, places))
    files["data/teman.yml"] = "teman:\n" + "".join(
        f"  - {{id: {name}, namn: Tema nummer {name[5:]} och mer, beskrivning: B.}}\n"
        for name in ["trafik", *themes]
    )
    files["data/provstad/kommun.yml"] = MINIMAL["data/provstad/kommun.yml"] + "".join(
        f"  - {{id: {name}, namn: Plats nummer {name[6:]}}}\n" for name in places
    )
    _, pages = site_of(files)
    heavy = {
        page.address: len(page.html.encode())
        for page in pages.values()
        if page.address.startswith(("lagesbilder/2025", "lagesbilder/over", "teman/", "platser/"))
        and len(page.html.encode()) + FRAME > 45_000
    }
    assert heavy == {}
    over = pages["lagesbilder/over-tid/"]
    assert len(body(over).css(".tl-grid tbody tr")) == 36
    years = [f"lagesbilder/over-tid/{year}/" for year in range(2016, 2023)]
    assert all(year in links(over) for year in years)
    rows = sum(len(body(pages[year]).css(".tl-grid tbody tr")) for year in years)
    assert rows == 84, "every period that is not on the first page is on one of these"
    assert years[0] in links(pages["teman/tema-1/"])
    assert years[0] in links(pages["platser/plats-1/"])


def test_every_chart_has_a_table_with_the_same_periods(site_of):
    _, pages = site_of(dict(many_months(15, ["trafik"], ["hamnen", "centrum"])))
    for address in ("teman/trafik/", "lagesbilder/2017-03/", "lagesbilder/over-tid/", "platser/hamnen/"):
        page = body(pages[address])
        drawn = sum(
            len(re.findall("M", node.attributes["d"])) for node in page.css("svg.tl-chart path:is(.b,.n,.y)")
        )
        rows = page.css("table:is(.tl-periods,.tl-grid) tbody tr")
        assert drawn == len(rows) == (13 if "2017" in address else 15), address
        for svg in page.css("svg.tl-chart"):
            assert svg.attributes["role"] == "img"
            assert words(svg.css_first("title"))
            assert words(svg.css_first("desc"))


def test_the_weight_of_a_section_is_known_before_it_is_written(site_of):
    site, pages = site_of(dict(many_months(40, ["trafik", "narkotika"], ["hamnen", "centrum"])))
    for address, found in (
        ("teman/trafik/", for_theme(site, "trafik")),
        ("platser/hamnen/", for_place(site, "hamnen")),
    ):
        section = body(pages[address]).css_first("#lagesbilder").parent
        assert len(section.html.encode()) <= found.weight <= 2 * len(section.html.encode()), address


# The statutory one and the plan


def statutory(decision: str = "") -> str:
    return (
        "period: {från: 2023-07-01, till: 2024-06-30}\nlagstadgad: ja\n"
        f"kartläggning: A\növrig_information: B\nanalys: C\n{decision}"
    )


@pytest.mark.parametrize(
    ("decision", "day", "said"),
    [
        (", datum: 2024-11-20", date(2026, 11, 20), "Ska uppdateras senast 20 november 2026, två år efter beslutet"),
        (", datum: 2024-11-20", date(2026, 11, 21), "Skulle ha uppdaterats senast 20 november 2026 , två år efter"),
        (", datum: 2024-11", date(2026, 11, 30), "Ska uppdateras senast november 2026, två år efter beslutet (6 §)."),
        (", datum: 2024-11", date(2026, 12, 1), "Skulle ha uppdaterats senast november 2026, två år efter beslutet"),
        ("", date(2026, 6, 30), "senast 30 juni 2026, två år efter den sista dagen som den gäller (6 §)."),
        (None, date(2026, 7, 1), "Skulle ha uppdaterats senast 30 juni 2026"),
    ],
)  # fmt: skip
def test_two_years_are_counted_from_the_decision_and_told_as_a_day(site_of, decision, day, said):
    written = "" if decision is None else f"beslut: {{organ: KS{decision}}}\n"
    _, pages = site_of({f"{FOLDER}2024.yml": statutory(written)}, day)
    assert said in words(pages["lagesbilder/2024/"])


def test_a_summary_that_has_been_replaced_has_no_clock_but_a_way_to_the_new_one(site_of):
    _, pages = site_of({
        f"{FOLDER}2024.yml": statutory(),
        f"{FOLDER}2026.yml": statutory().replace("2024-06-30", "2026-06-30").replace("2023-07", "2025-07"),
    })  # fmt: skip
    assert "uppdatera" not in words(pages["lagesbilder/2024/"]).replace("uppdaterad", "")
    assert "En nyare lägesbild finns:" in words(pages["lagesbilder/2024/"])
    assert "Ska uppdateras senast 30 juni 2028" in words(pages["lagesbilder/2026/"])


def test_a_summary_from_before_the_law_has_no_clock(site_of):
    text = statutory().replace("2024-06-30", "2022-06-30").replace("2023-07", "2021-07")
    _, pages = site_of({f"{FOLDER}2022.yml": text})
    assert "6 §" not in words(pages["lagesbilder/2022/"])


def test_two_years_after_a_leap_day_is_the_last_of_february():
    assert two_years_after(PartialDate(2024, 2, 29)) == PartialDate(2026, 2, 28)
    assert two_years_after(PartialDate(2024, 2)) == PartialDate(2026, 2)
    assert two_years_after(PartialDate(9999)) == PartialDate(9999)


PLAN = """\
titel: Planen
lägesbild: 2024
gäller: {från: 2025-01-01, till: 2026-12-31}
beslut: {organ: kommunfullmäktige, datum: 2024-12-16, diarienummer: KS-2024/319}
åtgärder:
  - {id: hinder, vad: Bygger farthinder, ansvarig: kommunen, klart_senast: 2026-06-30}
  - {id: samtal, vad: Samtalar, klart_senast: 2026-06-30}
  - {id: ljus, vad: Byter lampor, klart_senast: 2026-06-30, status: planerat, kommentar: Snart.}
  - {id: tyst, vad: Inget sagt}
uppföljningar:
  - publicerad: 2026-08-27
    rapporterat_av: [kommunen]
    sammanfattning: Läget i augusti.
    utfall:
      hinder: {status: pågår, kommentar: Halvvägs., ny_tidplan: 2026-12}
      samtal: {status: genomfört}
  - publicerad: 2025-08-28
    utfall:
      hinder: {status: planerat, kommentar: Ritas.}
  - publicerad: 2026-09-16
    utfall:
      hinder: {status: genomfört, kommentar: Hemligt än.}
"""


def test_a_plan_is_followed_up_measure_by_measure_with_dates(site_of):
    site, pages = site_of({"data/provstad/atgardsplaner/planen.yml": PLAN, f"{FOLDER}2024.yml": statutory()})
    page = pages["atgardsplaner/planen/"]
    said = words(page)
    assert "Senast uppföljd 27 augusti 2026 1 planerat 1 pågår 1 genomfört 1 inte redovisat" in said
    assert "Ska följas upp senast 27 augusti 2028, två år efter den senaste uppföljningen (6 §)." in said
    card = words(body(page).css_first("#atgard-hinder"))
    assert "Halvvägs. Ny tidplan: december 2026 Pågår uppföljd 27 augusti 2026" in card
    assert "28 augusti 2025: planerat. Ritas." in card
    assert "Försenad" not in card, "the new schedule counts"
    assert "Försenad sedan 30 juni 2026" in words(body(page).css_first("#atgard-ljus"))
    assert "Försenad" not in words(body(page).css_first("#atgard-samtal"))
    assert "Hemligt" not in said, "not published until tomorrow"
    assert "27 augusti 2026 Redovisad av kommunen Läget i augusti." in said
    states = {state.measure.id: state.status for state in plan_states(site.everything.plans[0].part, DAY)}
    assert states == {"hinder": "pågår", "samtal": "genomfört", "ljus": "planerat", "tyst": "inte redovisat"}


def test_the_law_page_and_the_years_report_never_contradict_the_plans_page(site_of):
    _, pages = site_of({"data/provstad/atgardsplaner/planen.yml": PLAN, f"{FOLDER}2024.yml": statutory()})
    tally = "1 planerat · 1 pågår · 1 genomfört · 1 inte redovisat"
    assert f"senast uppföljd 27 augusti 2026 : {tally}".replace(" :", ":") in words(
        pages["arsrapport/2026/"]
    ).replace(" :", ":").replace(" ,", ",")
    before = words(pages["arsrapport/2025/"])
    assert "senast uppföljd 28 augusti 2025" in before
    assert "Åtgärdernas läge den 31 december 2025, enligt de uppföljningar som hade kommit då." in before
    law = words(pages["lagen/"])
    assert law.count("senast uppföljd 27 augusti 2026") >= 1
    assert "27 augusti 2028" in law
    assert "Hemligt" not in law


def test_the_start_page_says_how_the_latest_summary_was_judged_and_what_its_counts_say(site_of):
    files = {
        f"{FOLDER}2026-0{n}.yml": f"period: {{från: 2026-0{n}-01, till: 2026-0{n}-28}}\n"
        f"räknar: händelser\nsammanfattning: Lugnt i hamnen. Mer står nedan.\njämfört_med_förra: lugnare\n"
        f"kategorier: [{{tema: trafik, antal: {40 if n == 7 else 90}}}]\n"
        for n in (6, 7)
    }
    _, pages = site_of(files)
    said = words(body(pages[""]).css_first("section:has(> #lagesbild)"))
    assert "Lugnt i hamnen. Bedömning Lugnare jämfört med förra perioden, enligt kommunen" in said
    assert "Säkert färre: trafik." in said


def test_a_plan_is_counted_from_its_decision_until_it_has_been_followed_up(site_of):
    site, _ = site_of({
        "data/provstad/atgardsplaner/planen.yml": PLAN.split("uppföljningar", maxsplit=1)[0],
        f"{FOLDER}2024.yml": statutory(),
    })  # fmt: skip
    found = renewal(site.everything.plans[0], DAY)
    assert found is not None
    assert (found.counted_from, str(found.by), found.passed) == (CountedFrom.DECISION, "2026-12-16", False)


def test_a_plan_that_has_ended_or_has_no_known_day_has_no_clock(site_of):
    ended = PLAN.replace("till: 2026-12-31", "till: 2026-08-31")
    undated = PLAN.split("åtgärder", maxsplit=1)[0].replace(", datum: 2024-12-16", "")
    _, pages = site_of({
        "data/provstad/atgardsplaner/slut.yml": ended, "data/provstad/atgardsplaner/odaterad.yml": undated,
        f"{FOLDER}2024.yml": statutory(),
    })  # fmt: skip
    for name in ("slut", "odaterad"):
        assert "(6 §)" not in words(pages[f"atgardsplaner/{name}/"])


def test_the_words_of_change_are_neutral():
    assert {str(word) for word in Change} == {"säkert fler", "säkert färre", "ingen säker skillnad"}
    css = (ROOT / "overrides/assets/trygglofte.css").read_text("utf-8")
    charts = [line for line in css.splitlines() if line.startswith(".tl-chart")]
    assert len(charts) > 5
    assert not any(re.search(r"red|#b3261e|--tl-not", line) for line in charts)
