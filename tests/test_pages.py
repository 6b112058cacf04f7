"""The pages of a small made-up municipality: the right facts, ways in every direction, and nothing else.

Documents are laid out by the tests and rendered with the project's own templates and prose.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import MINIMAL
from trygglofte import sites
from trygglofte.model import Pledge, SituationSummary, interpret
from trygglofte.model.base import Part
from trygglofte.model.pledge import Status
from trygglofte.outputs import files_of
from trygglofte.pages import PortalCard, card_of, municipality_pages
from trygglofte.pages.documents import date_of, in_time, title_of, years_of
from trygglofte.pages.environment import environment
from trygglofte.pages.listed import status_address
from trygglofte.pages.site import alphabetical
from trygglofte.reading import read_document

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 9, 15)
N = "\u00a0"

RICH = {
    "data/provstad/kommun.yml": """\
namn: Provstads kommun
kortnamn: Provstad
kommunkod: "0000"
påhittad: ja
om: Välkommen till *Provstad*.
lokalpolisområden:
  - namn: Lokalpolisområde Prov
parter:
  - {id: kommunen, namn: Provstads kommun}
  - {id: polisen, namn: Lokalpolisområde Provstad}
  - {id: bolaget, namn: Provhem AB}
platser:
  - {id: stan, namn: Östra stan}
  - {id: centrum, namn: Centrum, i: stan, beskrivning: Mitt i.}
  - {id: hamnen, namn: Ångbåtshamnen, i: centrum}
  - {id: ensam, namn: Ensamheten}
kontakt:
  kontaktcenter:
    namn: Kontaktcenter
    telefon: 0980-319 200
    e-post: info@provstad.example
    webb: https://www.provstad.example/kontakt/
    besöksadress: Torget 1
    öppettider: [{dagar: måndag–fredag, öppnar: 8, stänger: 17}]
    avvikelser: Stängt på julafton.
    källa: protokollet
  samordningsfunktion: {namn: Samordnaren, beskrivning: Brottsförebyggande.}
samverkan:
  text: Vi samverkar.
  forum: [{namn: Rådet, rytm: varje månad, deltar: [polisen, kommunen], vad: Möts., källa: protokollet}]
  ansvar: [{lagrum: 4 §, titel: Lägesbild, hur: Vi gör en.}]
  utmaningar: [Mörkret]
  åtgärder: [Ljuset]
  skrivet: våren 2026
  källor: [protokollet]
källor:
  - {id: protokollet, titel: Protokoll 2026, utgivare: Provstad, webb: "https://www.provstad.example/p/",
     datum: 2026-02, hämtad: 2026-03-01, uppdaterad: 2026, anmärkning: Kort.}
""",
    "data/provstad/overenskommelser/2020-2023.yml": """\
titel: Gamla överenskommelsen
parter: [kommunen, polisen]
gäller: {från: 2020-01-01, till: 2023-12-31}
syften: [Trygghet]
områden: [Centrum]
uppgift_saknas: [undertecknande, diarienummer]
""",
    "data/provstad/overenskommelser/2024-2027.yml": """\
titel: Överenskommelsen för fyra år
sammanfattning: Fyra år tillsammans.
parter: [kommunen, polisen]
nivå: strategisk
gäller: {från: 2024-01-01, till: 2027-12-31}
undertecknande:
  datum: 2023-12-06
  av:
    - {namn: Anna Prov, roll: kommundirektör, för: kommunen}
    - {roll: lokalpolisområdeschef, för: polisen}
lokalpolisområde: Lokalpolisområde Prov
diarienummer: {kommunen: KS-2023/1, polisen: A1/2023}
syften: [Minska brotten]
områden: [Trafik, Narkotika]
ingår_i: Tryggare län
utvärderas: varje år
förnyar: en äldre
ersätter: 2020-2023
ändringar: [{datum: 2025-03-11, vad: Ett område lades till., varför: Behovet.}]
rättelser: [{datum: 2025-04-01, vad: Ett stavfel.}]
bilagor: [{titel: Hela texten, webb: "https://www.provstad.example/a.pdf", format: PDF, storlek: 1 MB, språk: sv}]
källor: [protokollet, {titel: En pärm}]
lättläst: Kort och lätt.
sammanfattning_engelska: In short.
""",
    "data/provstad/overenskommelser/2026-arsplan.yml": """\
titel: Årsplanen
nivå: operativ
under: 2024-2027
gäller: {från: 2026-01-01, till: 2026-12-31}
syften: [Trygghet]
områden: [Trafik]
""",
    "data/provstad/medborgarloften/2025-trafik.yml": """\
titel: Trafiklöftet 2025
överenskommelse: 2024-2027
gäller: {från: 2025-01-01, till: 2025-12-31}
åtaganden:
  - {id: kontroller, ansvarig: polisen, vad: Kontrollerar farten, teman: [trafik]}
uppgift_saknas: [undertecknande, diarienummer, följs_upp]
""",
    "data/provstad/medborgarloften/2026-trafik.yml": """\
titel: Trafiklöftet 2026
sammanfattning: Lugnare trafik i stan.
parter: [kommunen, polisen]
överenskommelse: 2024-2027
gäller: {från: 2026-01-01, till: 2026-12-31}
undertecknande: {datum: {ordalydelse: den 8 februari, tidigast: 2025-02-08, senast: 2026-02-08}}
problembild: Det går för fort.
underlag: [trygghetsmätning, medborgardialog]
platser: [centrum]
indikatorer:
  - {id: otrygga, namn: Otrygga i trafiken, enhet: procent, utgångsvärde: 31, målvärde: {högst: 25},
      källa: protokollet}
  - {id: intryck, namn: Intryck, enhet: betyg, skala: 1–6, önskad_riktning: upp}
  - {id: obestamd, namn: Obestämd, enhet: antal}
fokusområden:
  - titel: Fart
    teman: [trafik]
    platser: [centrum]
    mål: Lugnare
    text: Mer om fart.
    åtaganden:
      - id: kontroller
        ansvarig: polisen
        tillsammans_med: [bolaget]
        vad: Kontrollerar farten ofta
        ordalydelse: Minst 50 kontroller ska göras.
        omfattning: {minst: 50, enhet: kontroller, per: år}
        klart_senast: 2026-12-31
        indikatorer: [otrygga, intryck]
      - {id: skyltar, ansvarig: kommunen, vad: Sätter upp skyltar, klart_senast: 2026-03-31}
      - {id: hinder, ansvarig: [kommunen, polisen], vad: Prövar farthinder}
åtaganden:
  - {id: ovrigt, vad: Gör annat, uppgift_saknas: [ansvarig]}
  - {id: natter, ansvarig: kommunen, vad: Stänger sällan, omfattning: {högst: 6, enhet: nätter}}
  - {id: ord, ansvarig: polisen, vad: Räknar i ord, omfattning: {minst: 10, enhet: möten}}
följs_upp: varje tertial
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: [polisen]
    utfall:
      kontroller: {totalt_hittills: 18}
      ord: {under_perioden: drygt tio}
    mätvärden: [{indikator: otrygga, värde: 28, datum: 2026-04}]
  - period: {från: 2026-05-01, till: 2026-08-31}
    publicerad: 2026-09-10
    rapporterat_av: [polisen, kommunen]
    sammanfattning: Det går framåt.
    ofullständig: ja
    omdöme: pågår
    utfall:
      kontroller: {totalt_hittills: minst 54, räknat: Alla pass., resultat: Farten sjönk.}
      skyltar: {status: pågår, gjort: Hälften är uppe., ny_tidplan: 2026-07, orsak: Regn., nästa_steg: Resten.,
                rättar: Fel antal.}
      hinder: {per_part: {kommunen: {status: pågår, gjort: Ritat.}, polisen: {gjort: Mätt.}}}
      natter: {totalt_hittills: 2}
    mätvärden: [{indikator: otrygga, värde: 27, datum: 2026-08}]
    utöver_löftet: [En extra vandring]
    källor: [protokollet]
    bilagor: [{titel: Rapporten, webb: "https://www.provstad.example/r.pdf", format: PDF, storlek: 2 MB}]
ersätter: 2025-trafik
tidigare_adresser: [/medborgarloften/trafik/]
""",
    "data/provstad/medborgarloften/2023-omraden.yml": """\
titel: Två områden
fokusområden:
  - {titel: Fart i Östra stan, åtaganden: [{id: a, ansvarig: polisen, vad: Mäter}]}
  - {titel: Ljus, åtaganden: [{id: b, ansvarig: kommunen, vad: Byter}]}
""",
    "data/provstad/medborgarloften/2024-borttaget.yml": """\
titel: Borttaget löfte
gäller: {från: 2024-01-01, till: 2024-12-31}
åtaganden: [{id: hemlighet, ansvarig: polisen, vad: Utpekande uppgift}]
tidigare_adresser: [/medborgarloften/forr-borttaget/]
avpublicerad: {datum: 2026-05-02, skäl: Kunde peka ut en person.}
""",
    "data/provstad/medborgarloften/2027-embargo.yml": """\
titel: Embargolöftet
publiceras_från: 2026-09-16
överenskommelse: 2024-2027
ersätter: 2026-trafik
gäller: {från: 2027-01-01, till: 2027-12-31}
tidigare_adresser: [/medborgarloften/embargo/]
åtaganden: [{id: a, ansvarig: polisen, vad: Embargoåtagandet, teman: [trafik]}]
""",
    "data/provstad/lagesbilder/2025-08.yml": """\
period: {från: 2025-08-01, till: 2025-08-31}
sammanfattning: Det var lugnt. Inget mer.
kategorier: [{tema: trafik, antal: 9}]
""",
    "data/provstad/lagesbilder/2026-01.yml": None,
    "data/provstad/lagesbilder/2026-07.yml": """\
period: {från: 2026-07-01, till: 2026-07-31}
kategorier: [{tema: trafik}]
""",
    "data/provstad/lagesbilder/2026-08.yml": """\
period: {från: 2026-08-01, till: 2026-08-31}
sammanfattning: |
  Färre buskörningar i augusti. Vi fortsätter med kontroller.

  Mer finns att säga.
jämfört_med_förra: lugnare
räknar: händelser som rapporterats
kategorier:
  - tema: trafik
    antal: 12
    platser: {centrum: 12, hamnen: 5}
    text: Mest på *kvällar*.
    källa: protokollet
  - {tema: narkotika, antal: färre än 5, platser: {hamnen: färre än 5}}
indikatorer:
  - {namn: Anmälda brott, värde: 812, enhet: per 100 000 invånare, preliminär: ja, skala: lågt är bra, urval: 612 svar,
     period: {från: 2026-01-01, till: 2026-06-30}, källa: protokollet}
  - {namn: Enkät, värde: "4,5", enhet: betyg}
åtgärder:
  - {vad: Extra kontroller, ansvarig: polisen, tema: trafik, löfte: 2026-trafik}
  - {vad: Samtal, löfte: 2027-embargo}
""",
    "data/provstad/lagesbilder/2026-juni.yml": """\
titel: Lägesbild för Ångbåtshamnen
period: {från: 2026-06-10, till: 2026-07-05}
jämfört_med_förra: {lämnas_inte: En allvarlig händelse.}
""",
    "data/provstad/lagesbilder/2025-lagstadgad.yml": """\
period: {från: 2024-07-01, till: 2025-06-30}
lagstadgad: ja
kartläggning: Kartan.
övrig_information: Annat.
analys: Analysen.
beslut: {organ: kommunstyrelsen, datum: 2025-09-01, diarienummer: KS-2025/9}
""",
    "data/provstad/lagesbilder/2022-lagstadgad.yml": """\
period: {från: 2021-07-01, till: 2022-06-30}
lagstadgad: ja
uppgift_saknas: [kartläggning, övrig_information, analys]
""",
    "data/provstad/atgardsplaner/2025-2026.yml": """\
titel: Planen för två år
sammanfattning: Två år.
lägesbild: 2025-lagstadgad
gäller: {från: 2025-01-01, till: 2026-12-31}
beslut: {organ: kommunstyrelsen, datum: 2025-10-01, diarienummer: KS-2025/10}
avstämd: 2026-06
åtgärder:
  - {id: hinder, vad: Bygger farthinder, ansvarig: kommunen, teman: [trafik], platser: [centrum],
      klart_senast: 2026-12,
     löfte: 2026-trafik, status: pågår, kommentar: Halvvägs.}
  - {id: samtal, vad: Samtalar}
""",
    "data/provstad/atgardsplaner/tom.yml": "titel: Tom plan\nuppgift_saknas: [gäller, lägesbild, beslut, åtgärder]\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def rich(tmp_path_factory, lay_out):
    """The site and its pages by address, on TODAY."""
    root = lay_out(tmp_path_factory.mktemp("rich"), MINIMAL | RICH)
    shared, problems = sites.shared_files(root)
    assert problems == []
    checked = sites.Library(root).municipality("provstad", shared)
    assert checked.municipality is not None
    assert checked.ok, [str(problem) for problem in checked.problems]
    site, pages = municipality_pages(checked.municipality, ROOT, TODAY)
    return site, {page.address: page for page in pages}


def body(page) -> LexborHTMLParser:
    return LexborHTMLParser(f"<html><body>{page.html}</body></html>")


def words(page_or_node) -> str:
    node = page_or_node if hasattr(page_or_node, "text") else body(page_or_node).body
    return " ".join(node.text(separator=" ").replace(N, " ").split())


def links(page) -> dict[str, str]:
    """Where the page's links lead, as addresses on the site, and what they say."""
    found = {}
    for node in body(page).css("a[href]"):
        address = urljoin(f"site:///{page.address}".replace("site", "https"), node.attributes["href"])
        found[address.removeprefix("https:///")] = words(node)
    return found


PLEDGE, OLD_PLEDGE = "medborgarloften/2026-trafik/", "medborgarloften/2025-trafik/"
AGREEMENT, OLD_AGREEMENT, OPERATIVE = (
    f"overenskommelser/{name}/" for name in ("2024-2027", "2020-2023", "2026-arsplan")
)
SUMMARY, STATUTORY, PLAN = "lagesbilder/2026-08/", "lagesbilder/2025-lagstadgad/", "atgardsplaner/2025-2026/"


# What every page is


def every(rich):
    return rich[1].values()


def test_every_page_has_one_heading_of_the_first_level_and_ids_of_its_own(rich):
    for page in every(rich):
        tree = body(page)
        assert len(tree.css("h1")) == 1, page.address
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids)), page.address
        levels = [int(node.tag[1]) for node in tree.css("h1,h2,h3,h4")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), page.address


def test_no_page_shows_what_only_a_program_says(rich):
    for page in every(rich):
        assert not re.search(
            r"\b(?:None|Undefined|True|False|datetime(?!=)|Decimal)\b|{{|{%|}}|<object", page.html
        ), page.address
        assert all(node.attributes["href"] for node in body(page).css("a[href]")), page.address
        assert not body(page).css("a:not([href])"), page.address
        assert all((page.title, page.description, page.kind)), page.address


def test_every_link_on_the_site_leads_to_a_page_or_a_place_on_one(rich):
    site, pages = rich
    files = files_of(site, list(pages.values()))
    for page in pages.values():
        for address in links(page):
            target, _, anchor = address.partition("#")
            if re.match(r"[a-z]+:", address):
                continue
            if target in files:
                continue
            assert target in pages, f"{page.address} → {address}"
            if anchor:
                assert body(pages[target]).css_first(f'[id="{anchor}"]'), f"{page.address} → {address}"


def test_every_page_is_at_one_address_and_the_site_knows_them_all(rich):
    site, pages = rich
    assert set(pages) == set(site.pages)
    assert all(address == "" or re.fullmatch(r"(?:[a-z0-9-]+/)+", address) for address in pages)


def test_crumbs_lead_to_pages_from_the_start(rich):
    _, pages = rich
    for page in pages.values():
        assert all(crumb.address in pages for crumb in page.crumbs), page.address
        if page.address:
            assert page.crumbs[0].address == ""
    assert [(crumb.title, crumb.address) for crumb in pages[PLEDGE].crumbs] == [
        ("Start", ""), ("Medborgarlöften", "medborgarloften/"),
    ]  # fmt: skip
    assert pages[""].crumbs == ()


def test_every_page_says_where_its_content_is_written(rich):
    _, pages = rich
    assert pages[PLEDGE].file == "data/provstad/medborgarloften/2026-trafik.yml"
    assert pages["metod/"].file == "content/metod.md"
    assert pages["teman/trafik/"].file == "data/teman.yml"
    line = RICH["data/provstad/kommun.yml"].split("samverkan:")[0].count("\n") + 1
    assert (pages["samverkan/"].file, pages["samverkan/"].line) == ("data/provstad/kommun.yml", line)


def test_pages_are_dated_by_their_content(rich):
    _, pages = rich
    expected = {
        PLEDGE: date(2026, 9, 10), SUMMARY: date(2026, 8, 31), AGREEMENT: date(2025, 4, 1),
        OLD_AGREEMENT: None, PLAN: date(2025, 10, 1), "uppfoljningar/": date(2026, 9, 10),
        "medborgarloften/": date(2026, 9, 10), "": date(2026, 9, 10), "metod/": None, "sok/": None,
    }  # fmt: skip
    assert {address: pages[address].updated for address in expected} == expected
    assert "Källan anger inget datum för innehållet." in words(pages[OLD_AGREEMENT])
    assert "Innehållet är från 10 september 2026." in words(pages[PLEDGE])


def test_no_status_is_told_by_colour_alone(rich):
    told = {str(status) for status in Status} | {"uppfyllt", "delvis uppfyllt", "inte uppfyllt"}
    for page in every(rich):
        for node in body(page).css(".tl-status"):
            assert node.css_first("svg"), page.address
            said = words(node).lower()
            assert any(word in said for word in told), (page.address, node.html)
        for node in body(page).css("svg"):
            hidden = node.attributes.get("aria-hidden") == "true"
            assert hidden or (node.attributes.get("role") == "img" and words(node.css_first("title"))), (
                page.address
            )
            assert words(node.parent), page.address


DEMANDS = re.compile(
    r"(?:lag(?:en|ar)?|måste|skyldig\w*)[^.]{0,60}(?:medborgarlöfte|månadens lägesbild|publicera|lägga ut)",
    re.IGNORECASE,
)


def test_no_page_says_that_the_law_demands_pledges_monthly_summaries_or_publication(rich):
    for page in every(rich):
        for sentence in re.split(r"(?<=[.!?]) ", words(page)):
            assert not DEMANDS.search(sentence) or "Ingen lag" in sentence, (page.address, sentence)
    for address in ("metod/", "om/"):
        assert "Ingen lag säger att" in words(rich[1][address])


def test_small_counts_are_hidden_with_a_way_to_the_reason(rich):
    _, pages = rich
    page = pages[SUMMARY]
    hidden = [node for node in body(page).css("td") if "färre än 5" in words(node)]
    assert len(hidden) == 2
    assert all(node.css_first("a").attributes["href"] == "../../sma-antal/" for node in hidden)
    for address in ("platser/hamnen/", "teman/narkotika/"):
        assert "färre än 5" in words(pages[address])
        assert "sma-antal/" in links(pages[address])


# What is not to be seen


def test_what_is_embargoed_is_on_no_page(rich):
    site, pages = rich
    seen = " ".join(f"{page.address} {page.title} {page.description} {page.html}" for page in pages.values())
    assert "mbargo" not in seen
    assert not any("embargo" in address for address in pages)
    assert "embargo" not in str(card_of(site))


def test_what_is_withdrawn_leaves_a_page_that_says_so_and_nothing_else(rich):
    _site, pages = rich
    page = pages["medborgarloften/2024-borttaget/"]
    assert words(page) == (
        "Medborgarlöftet är borttaget Sidan togs bort 2 maj 2026. Skäl: Kunde peka ut en person. "
        "Till alla medborgarlöften"
    )
    assert not page.searchable
    assert words(pages["medborgarloften/forr-borttaget/"]) == words(page)
    assert not any("Borttaget löfte" in other.html + other.title for other in pages.values())
    assert not any("Utpekande" in other.html for other in pages.values())
    assert page.address not in links(pages["medborgarloften/"])
    assert "ar/2024/" in pages, "the agreement is from 2024"
    assert page.address not in links(pages["ar/2024/"])


def test_a_former_address_leads_to_the_new_one(rich):
    page = rich[1]["medborgarloften/trafik/"]
    assert links(page) == {PLEDGE: "Trafiklöftet 2026"}
    assert not page.searchable


# The ways between documents


def test_agreement_and_pledge_lead_to_each_other(rich):
    _, pages = rich
    assert {PLEDGE, OLD_PLEDGE} <= set(links(pages[AGREEMENT]))
    assert AGREEMENT in links(pages[PLEDGE])
    assert AGREEMENT in links(pages[OLD_PLEDGE])
    assert "Inga löften som hör till överenskommelsen är publicerade här." in words(pages[OLD_AGREEMENT])


def test_pledge_and_situation_summary_lead_to_each_other(rich):
    _, pages = rich
    assert links(pages[SUMMARY])[PLEDGE] == "Trafiklöftet 2026"
    assert SUMMARY in links(pages[PLEDGE])
    assert "Löftet nämns i" in words(pages[PLEDGE])


def test_plan_leads_to_its_summary_and_pledge_and_back(rich):
    _, pages = rich
    assert {STATUTORY, PLEDGE} <= set(links(pages[PLAN]))
    assert PLAN in links(pages[STATUTORY])
    assert PLAN in links(pages[PLEDGE])
    assert links(pages["teman/trafik/"])[f"{PLAN}#atgard-hinder"] == "Bygger farthinder"


def test_predecessor_and_successor_lead_to_each_other(rich):
    _, pages = rich
    for old, new in ((OLD_PLEDGE, PLEDGE), (OLD_AGREEMENT, AGREEMENT)):
        assert new in links(pages[old])
        assert old in links(pages[new])
    assert re.search(r"Förra löftet Trafiklöftet 2025 \(1 januari – 31 december 2025\)", words(pages[PLEDGE]))
    assert "Nästa löfte" not in words(pages[PLEDGE]), "its successor is embargoed"
    assert "Ersatt av Överenskommelsen för fyra år" in words(pages[OLD_AGREEMENT])


def test_strategic_and_operative_agreements_lead_to_each_other(rich):
    _, pages = rich
    assert "Hör till Överenskommelsen för fyra år" in words(pages[OPERATIVE])
    assert "Under den Årsplanen" in words(pages[AGREEMENT])


def turn(page) -> dict[str, str]:
    return {node.attributes["rel"]: words(node) for node in body(page).css(".tl-turn a")}


def test_previous_and_next_follow_time_within_a_kind(rich):
    _, pages = rich
    assert turn(pages[SUMMARY]) == {"prev": "Föregående Lägesbild juli 2026"}
    assert turn(pages["lagesbilder/2026-07/"]) == {
        "prev": "Föregående Lägesbild för Ångbåtshamnen", "next": "Nästa Lägesbild augusti 2026",
    }  # fmt: skip
    assert turn(pages["lagesbilder/2022-lagstadgad/"]) == {
        "next": "Nästa Lagstadgad lägesbild juli 2024 – juni 2025"
    }
    assert turn(pages[PLEDGE]) == {"prev": "Föregående Trafiklöftet 2025"}


def test_the_same_time_last_year_stands_beside_a_count_where_there_is_one(rich):
    _, pages = rich
    assert (
        "Augusti 2026 12 – Augusti 2025 9 Går inte att säga: antalen är inte räknade på samma sätt"
        in words(pages[SUMMARY])
    )
    narkotika = body(pages[SUMMARY]).css(".tl-seen")[1]
    assert "2025" not in words(narkotika), "narkotika was not counted then"
    assert "lagesbilder/2025-08/" in links(pages[SUMMARY])


# Each type of page and its facts

FACTS = {
    PLEDGE: [
        "Medborgarlöfte · gäller 1 januari – 31 december 2026 · kommunen och polisen",
        "Läget den 15 september 2026", "1 av 6 åtaganden genomförda",
        "Senast redovisat 10 september 2026. Nästa redovisning: senast 30 januari 2027",
        "Polisen tillsammans med Provhem AB · minst 50 kontroller per år · klart senast 31 december 2026",
        "Så står det i löftet Minst 50 kontroller ska göras.",
        "minst 54 av lovade 50 kontroller – mer än lovat, uppnått under perioden till 31 augusti 2026",
        "Så är det räknat: Alla pass.", "Otrygga i trafiken: 31 → 28 → 27 procent (mål högst 25)",
        "Intryck: betyg inget nytt mätvärde än", "Inte mätt än", "Obestämd (antal)",
        "redovisat av polisen 10 september 2026", "Ny tidplan: juli 2026", "Skulle ha varit klart 31 juli 2026",
        "Kommunen: pågår. Ritat.", "Polisen: Mätt.", "Vem som ansvarar: Uppgift saknas i källan",
        "Inget redovisat än.", "2 av högst 6 nätter", "Drygt tio", "Fler åtaganden",
        "Följs upp varje tertial.", "Eget omdöme: pågår", "Rapporten ger exempel och är inte fullständig",
        "Utöver löftet: En extra vandring", "Rättat Fel antal.", "Rapporten (PDF, 2 MB)",
        "den 8 februari (så står det i källan; hela datumet framgår inte)",
        "Bygger på trygghetsmätning och medborgardialog.", "Åtagandena i korthet",
        "Genomfört: Kontrollerar farten ofta",
    ],
    OLD_PLEDGE: [
        "Ingenting har redovisats. Det betyder inte att inget har gjorts.", "Löftet är avslutat.",
        "Undertecknat Uppgift saknas i källan", "Diarienummer Uppgift saknas i källan",
        "Hur löftet följs upp: Uppgift saknas i källan", "Inget redovisat av polisen än.",
        "Ingen uppföljning är publicerad.",
    ],
    AGREEMENT: [
        "Samverkansöverenskommelse · strategisk · kommunen och polisen", "Undertecknat 6 december 2023",
        "Anna Prov, kommundirektör, för kommunen", "lokalpolisområdeschef, för polisen",
        "KS-2023/1 (kommunen), A1/2023 (polisen)", "Ingår i Tryggare län", "Utvärderas Varje år", "Förnyar En äldre",
        "Polisområde Lokalpolisområde Prov", "Minska brotten",
        "Ändrat av parterna Ett område lades till. Skäl: Behovet.",
        "Rättat av oss Ett stavfel.", "Hela texten (PDF, 1 MB)", "Lättläst Kort och lätt.", "In English In short.",
        "Protokoll 2026 , Provstad, februari 2026, hämtad 1 mars 2026 (enligt källan uppdaterad 2026). Kort.",
        "En pärm",
    ],
    OLD_AGREEMENT: ["Undertecknat Uppgift saknas i källan", "Diarienummer Uppgift saknas i källan"],
    SUMMARY: [
        "Lägesbild · augusti 2026", "Färre buskörningar i augusti. Vi fortsätter",
        "Bedömning Lugnare jämfört med juli 2026, enligt kommunen",
        "Antalen räknar händelser som rapporterats. Fler rapporter behöver inte betyda fler brott.", "Centrum 12",
        "Ångbåtshamnen 5", "Det gör vi åt det Extra kontroller Polisen · löftet Trafiklöftet 2026", "Samtal",
        "Bygger farthinder Åtgärdsplanen · pågår", "Per 100 000 invånare Värde Här, januari–juni 2026 Preliminärt 812",
        "Skala lågt är bra", "Underlag 612 svar", "Siffran är preliminär och kan ändras", "Här, augusti 2026 4,5",
        "Källa Ingen är angiven",
        "Sidan handlar om augusti 2026. Innehållet är från 31 augusti 2026.", "Förra året Lägesbild augusti 2025",
    ],
    "lagesbilder/2026-juni/": ["Ingen jämförelse med förra perioden. En allvarlig händelse.", "10 juni – 5 juli 2026"],
    STATUTORY: [
        "Lagstadgad lägesbild (4 § lag 2023:196) · gäller juli 2024 – juni 2025", "Kartläggning Kartan.",
        "Övrig information Annat.",
        "Analys Analysen.", "Beslutad Kommunstyrelsen, 1 september 2025 Diarienummer KS-2025/9",
        "Åtgärdsplan Planen för två år", "Ska uppdateras senast 1 september 2027, två år efter beslutet (6 §).",
    ],
    "lagesbilder/2022-lagstadgad/": [
        f"{name} Uppgift saknas i källan" for name in ("Kartläggning", "Övrig information", "Analys")
    ],
    PLAN: [
        "Bygger på Lagstadgad lägesbild juli 2024 – juni 2025",
        "Kommunstyrelsen, 1 oktober 2025 Diarienummer KS-2025/10",
        "Avstämd juni 2026", "Ska följas upp senast juni 2028, två år efter den senaste uppföljningen (6 §).",
        "Kommunen · klart senast december 2026", "Halvvägs.", "Hör till löftet Trafiklöftet 2026",
        "Pågår", "Inte redovisat", "Tema: Trafik", "Plats: Centrum",
    ],
    "atgardsplaner/tom/": [
        "Gäller Uppgift saknas i källan", "Bygger på Uppgift saknas i källan", "Beslutad Uppgift saknas i källan",
        "Åtgärder Uppgift saknas i källan",
    ],
    "samverkan/": [
        "Så samverkar vi", "När uppgifterna skrevs: våren 2026", "Varje månad", "Polisen och kommunen", "4 §",
        "Mörkret",
        "Ljuset",
    ],
    "": [
        "Vad har lovats i Provstad, och vad blev det av det?",
        "1 löfte gäller den 15 september 2026. Åtagandena i det:",
        "Färre buskörningar i augusti.", "Senast 30 januari 2027 : nästa uppföljning av Trafiklöftet 2026",
        "10 september 2026 Uppföljning: Trafiklöftet 2026", "Överenskommelsen för fyra år", "Ring 112",
        "0980-319 200", "Måndag–fredag 08.00–17.00", "Stängt på julafton.", "provstad.example/kontakt",
    ],
    "medborgarloften/": ["Gäller 1 januari – 31 december 2025", "Senast redovisat 10 september 2026."],
    "uppfoljningar/": ["Trafiklöftet 2026: maj–augusti 2026", "10 september 2026, av polisen och kommunen",
        "11 maj 2026, av polisen"],
    "lagesbilder/": ["Lagstadgade lägesbilder", "Augusti 2026 lugnare Färre buskörningar i augusti."],
    "overenskommelser/": ["Gäller 1 januari 2024 – 31 december 2027 · strategisk", "Trafik och Narkotika"],
    "atgardsplaner/": ["Gäller 1 januari 2025 – 31 december 2026 · 2 åtgärder"],
    "ar/": ["2026 7 dokument", "2020 1 dokument"],
    "ar/2021/": ["Lagstadgad lägesbild", "Gamla överenskommelsen"],
    "teman/": ["Trafik 4 åtaganden", "Narkotika lägesbilder"],
    "teman/trafik/": ["Augusti 2026 31 12", "Juli 2026 31 inget antal", "Serien är bruten här.",
        "I åtgärdsplanen Bygger farthinder"],
    "platser/": [
        "Centrum 6 åtaganden: 3 pågår · 1 genomfört · 1 går inte att bedöma · 1 inte redovisat Mitt i.",
        "Ångbåtshamnen",
    ],
    "platser/centrum/": ["Plats i Östra stan", "Här finns också Ångbåtshamnen .", "Period Trafik Augusti 2026 12"],
    "platser/hamnen/": ["Plats i Centrum", "Period Trafik Narkotika Augusti 2026 5 färre än 5"],
    "status/": ["1 genomfört", "Inte redovisat Trafiklöftet 2025"],
    "status/genomfort/": ["Genomfört", "1 åtagande den 15 september 2026.",
        "Trafiklöftet 2026 · polisen · redovisat 10 september 2026"],
    "sok/": ["Vad vill du veta?", "Teman", "Platser", "År för år"],
    "ordlista/": ["Medborgarlöfte Ett löfte till dem som bor i kommunen."],
}  # fmt: skip


@pytest.mark.parametrize("address", FACTS, ids=lambda address: address or "start")
def test_a_page_says_what_is_known(rich, address):
    said = words(rich[1][address])
    assert [fact for fact in FACTS[address] if fact not in said] == [], said


NOT_SAID = {
    SUMMARY: ["agstadgad", "Embargo", "Kartläggning", "Uppgift saknas", "äkert f"],
    AGREEMENT: ["Uppgift saknas"],
    PLEDGE: ["mbargo", "Försenad redovisning", "inte genomfört"],
    "platser/": ["Ensamheten", "Östra stan 0"],
    "teman/": ["0 åtaganden"],
}


@pytest.mark.parametrize("address", NOT_SAID, ids=str)
def test_a_page_does_not_say_what_is_not_so(rich, address):
    said = words(rich[1][address])
    assert [fact for fact in NOT_SAID[address] if fact in said] == []


def test_places_follow_the_swedish_alphabet(rich):
    names = [node.text() for node in body(rich[1]["platser/"]).css(".tl-list a")]
    assert names == ["Centrum", "Ångbåtshamnen"]
    assert sorted(["Östra", "Zebra", "Ängen", "Ån", "Alpen", "édition"], key=alphabetical) == [
        "Alpen", "édition", "Zebra", "Ån", "Ängen", "Östra",
    ]  # fmt: skip


def test_every_status_has_one_address_whichever_way_it_is_made(rich):
    for status in Status:
        assert status_address(status) == f"status/{site_slug(status)}/"


def site_slug(status: Status) -> str:
    return environment(ROOT / "overrides").filters["slug"](status)


def test_a_description_is_plain_and_short(rich):
    _, pages = rich
    assert pages[PLEDGE].description == "Lugnare trafik i stan."
    assert pages[OLD_PLEDGE].description == "Medborgarlöfte: Trafiklöftet 2025."
    assert pages[STATUTORY].description == "Analysen."
    assert (
        pages["medborgarloften/2023-omraden/"].description == "Medborgarlöfte om fart i Östra stan och ljus."
    )
    assert all("<" not in page.description and len(page.description) < 300 for page in pages.values())


# What depends on the day, on who runs the site, and on what is missing


def pages_of(provstad, root, today=TODAY):
    site, pages = municipality_pages(provstad(root), ROOT, today)
    return site, {page.address: page for page in pages}


def test_an_ended_pledge_with_everything_reported_gets_its_verdict(project, provstad):
    root = project(
        {
            "data/provstad/medborgarloften/2026-trafik.yml": """\
titel: Lugnare trafik
gäller: {från: 2026-01-01, till: 2026-06-30}
åtaganden: [{id: c, ansvarig: polisen, vad: Gör c}]
uppföljningar:
  - {period: {från: 2026-01-01, till: 2026-06-30}, publicerad: 2026-07-10, rapporterat_av: polisen,
     utfall: {c: {status: STATUS}}}
"""
        }
    )
    path = root / "data/provstad/medborgarloften/2026-trafik.yml"
    template = path.read_text("utf-8")
    for status, sentence in {
        "genomfört": "Löftet är uppfyllt",
        "delvis genomfört": "Löftet är delvis uppfyllt",
        "inte genomfört": "Löftet är inte uppfyllt",
        "går inte att bedöma": "Löftet går inte att bedöma",
        "inte redovisat": "Löftet är avslutat men inte helt redovisat.",
    }.items():
        path.write_text(template.replace("STATUS", status), "utf-8")
        _, pages = pages_of(provstad, root)
        said = words(pages["medborgarloften/2026-trafik/"])
        assert sentence in said
        assert "Redovisat som" in said
        assert "Inget publicerat löfte gäller den 15 september 2026." in words(pages[""])


def test_lateness_is_right_on_the_day_it_is_read(project, provstad):
    text = MINIMAL["data/provstad/medborgarloften/2026-trafik.yml"] + "följs_upp: varje tertial\n"
    root = project({"data/provstad/medborgarloften/2026-trafik.yml": text})
    for today, late in ((date(2026, 5, 30), False), (date(2026, 5, 31), True)):
        _, pages = pages_of(provstad, root, today)
        for address in ("", "medborgarloften/", "medborgarloften/2026-trafik/"):
            assert ("Försenad redovisning sedan 30 maj 2026" in words(pages[address])) is late


def test_a_site_of_the_project_says_what_the_sources_lack(project, provstad):
    file = (
        MINIMAL["data/provstad/kommun.yml"]
        .replace("påhittad: ja", "drivs_av: projektet")
        .replace('"0000"', "1278")
    )
    root = project({"data/provstad/kommun.yml": file})
    (root / "data/provstad/lagesbilder/2026-01.yml").unlink()
    (root / "data/provstad/overenskommelser/2024-2027.yml").unlink()
    pledge = root / "data/provstad/medborgarloften/2026-trafik.yml"
    pledge.write_text("titel: Löfte\nåtaganden: [{id: c, vad: Gör c}]\nuppgift_saknas: [gäller]\n", "utf-8")
    site, pages = pages_of(provstad, root)
    assert site.by_project
    assert site.hidden_from_search_engines
    assert (site.publisher_name, site.feedback.name) == ("Projektet", "Projektet")
    said = {address: words(page) for address, page in pages.items()}
    assert "Ingen överenskommelse är publicerad här, för källan beskriver ingen." in said["overenskommelser/"]
    assert "Inga lägesbilder är publicerade här, för källan innehåller ingen." in said["lagesbilder/"]
    assert "Ingen åtgärdsplan är publicerad här, för källan innehåller ingen." in said["atgardsplaner/"]
    assert "Ingen uppföljning är publicerad här, för källan redovisar ingen." in said["uppfoljningar/"]
    assert "Giltighet: uppgift saknas i källan" in said["medborgarloften/"]
    assert "i de källor vi har läst" in said["medborgarloften/2026-trafik/"]
    assert "Kommunens kontaktuppgifter: Uppgift saknas i källan" in said[""]
    assert "ar/" not in pages
    assert "teman/" not in pages
    assert "platser/" not in pages
    card = card_of(site)
    assert (card.by_project, card.counts, card.latest_summary) == (True, (), "")


def test_a_municipality_without_documents_shows_how_it_cooperates(project, provstad):
    root = project(
        {
            "data/provstad/kommun.yml": MINIMAL["data/provstad/kommun.yml"]
            + "samverkan: {text: Vi samverkar.}\n",
        }
    )
    for filed in provstad(root).documents:
        (root / filed.file).unlink()
    site, pages = pages_of(provstad, root)
    assert "Så arbetar kommun och polis i Provstad" in words(pages[""])
    assert "Inga medborgarlöften är publicerade här." in words(pages[""])
    assert "status/" not in pages
    assert card_of(site).searchable == ("", "samverkan/")


def test_two_reports_of_the_same_day_have_anchors_that_do_not_depend_on_the_order(project, provstad):
    reports = [
        "  - {period: {från: 2026-01-01, till: 2026-04-30}, publicerad: 2026-05-11, "
        f"rapporterat_av: {party}, sammanfattning: Av {party}.}}\n"
        for party in ("polisen", "kommunen")
    ]
    found = []
    for some in (reports, reports[::-1]):
        text = MINIMAL["data/provstad/medborgarloften/2026-trafik.yml"] + "uppföljningar:\n" + "".join(some)
        _, pages = pages_of(provstad, project({"data/provstad/medborgarloften/2026-trafik.yml": text}))
        items = body(pages["medborgarloften/2026-trafik/"]).css(".tl-timeline > li")
        found.append([(item.attributes["id"], words(item)) for item in items])
    assert found[0] == found[1]
    assert [id_ for id_, _ in found[0]] == ["uppfoljning-2026-04-30-2", "uppfoljning-2026-04-30"]


def test_documents_are_ordered_by_when_they_began_or_were_signed(rich):
    site, _ = rich
    assert [filed.id for filed in in_time(site.everything.agreements)] == [
        "2026-arsplan",
        "2024-2027",
        "2020-2023",
    ]
    assert [title_of(filed) for filed in in_time(site.everything.plans)] == ["Planen för två år", "Tom plan"]
    assert date_of(site.everything.plans[1]) == date.min


YEARS = {
    "gäller: {från: 2016, till: 2017}": (2016, 2017),
    "gäller: {från: 2020-03-01}": (2020,),
    "gäller: {från: 2024, till: tills vidare}": (2024,),
    "gäller: {från: 2024, till: {ordalydelse: mandatperioden ut, tidigast: 2026, senast: 2026}}": (),
    "undertecknande: {datum: 2017-02}": (2017,),
    "undertecknande: {datum: {ordalydelse: den 8 februari, tidigast: 2016-02-08, senast: 2017-02-08}}": (),
    "gäller: {till: {ordalydelse: mandatperioden ut}}": (),
    "": (),
}


@pytest.mark.parametrize("text", YEARS, ids=str)
def test_a_year_that_is_only_guessed_is_none(project, provstad, text):
    root = project(
        {
            "data/provstad/medborgarloften/2026-trafik.yml": f"titel: x\n{text}\nåtaganden: [{{id: c, vad: Gör c}}]\n"
        }
    )
    (filed,) = provstad(root).pledges
    assert years_of(filed) == YEARS[text]


# Everything that is written is shown as text

EVIL = "</p><script>alert('x')</script>\" onmouseover=\"x {{ 7*7 }} & <b>"


def text_fields(value, path=()):
    """Every place in a document where free text stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from text_fields(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from text_fields(inner, (*path, number))
    elif (path and path[-1] in FREE) or (len(path) > 1 and path[-2] in FREE_LISTS):
        yield path


FREE = {
    "titel", "sammanfattning", "vad", "ordalydelse", "enhet", "när", "namn", "roll", "skala", "mål", "text", "gjort",
    "räknat", "resultat", "orsak", "nästa_steg", "rättar", "problembild", "lokalpolisområde", "varför", "format",
    "storlek", "språk", "lättläst", "sammanfattning_engelska", "utgivare", "anmärkning", "totalt_hittills",
    "under_perioden", "skäl", "beskrivning", "hur", "lagrum", "rytm", "skrivet", "avvikelser", "besöksadress",
    "räknar", "lämnas_inte", "urval", "kartläggning", "övrig_information", "analys", "organ", "ingår_i", "utvärderas",
    "förnyar", "kommentar", "om", "kortnamn", "källa",
}  # fmt: skip
FREE_LISTS = {"utöver_löftet", "syften", "områden", "utmaningar", "åtgärder", "deltar", "diarienummer"}
EVERYWHERE = [
    (name, path)
    for name, text in RICH.items()
    if text
    for path in text_fields(yaml.load(text, Loader=yaml.CBaseLoader))
]


def replaced(text: str, values: dict[tuple, str]) -> str:
    """A document with other values at some places."""
    document = yaml.load(text, Loader=yaml.CBaseLoader)
    for path, value in values.items():
        holder = document
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value
    return yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, default_style='"')


_SCRIPT = "script:not([src$='assets/sok.js'])"
"""The search page's own stands where it is used, so that nothing moves when it runs."""


def dangers(page) -> list[str]:
    """Elements and attributes that no template of ours writes."""
    tree = body(page)
    found = [
        node.html
        for node in tree.css(f"{_SCRIPT}, iframe, b script, [onmouseover], [onclick], [onerror], [style]")
    ]
    return found + [
        node.html for node in tree.css("a[href]") if node.attributes["href"].lower().startswith("javascript")
    ]


def test_whatever_is_written_in_any_field_is_shown_as_text(tmp_path_factory, lay_out):
    """Every free text of every document at once, and then the pages hold no element of it."""
    files = {
        name: replaced(text, {path: EVIL for other, path in EVERYWHERE if other == name})
        for name, text in RICH.items()
        if text
    }
    root = lay_out(tmp_path_factory.mktemp("evil"), MINIMAL | RICH | files)
    shared, _ = sites.shared_files(root)
    checked = sites.Library(root).municipality("provstad", shared)
    assert checked.municipality is not None
    _, pages = municipality_pages(checked.municipality, ROOT, TODAY)
    seen = 0
    for page in pages:
        assert dangers(page) == [], page.address
        assert "49 &amp;" not in page.html, page.address
        seen += page.html.count("&lt;script&gt;alert")
    assert len(EVERYWHERE) > 130
    assert seen > 150


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.sampled_from(
        [path for name, path in EVERYWHERE if name.endswith("medborgarloften/2026-trafik.yml")]
    ),
    value=st.sampled_from(
        [EVIL, "<img src=x onerror=alert(1)>", '" autofocus onfocus="x', "[x](javascript:alert(1))"]
    ),
)
def test_no_field_of_a_pledge_lets_markup_through(rich, place, value):
    site, _ = rich
    name = "data/provstad/medborgarloften/2026-trafik.yml"
    tree, _ = read_document(replaced(RICH[name], {place: value}).encode(), name)
    part = interpret(tree, Pledge, name).part
    if part is None:
        return
    pledges = tuple(replace(f, part=part) if f.id == "2026-trafik" else f for f in site.everything.pledges)
    _, pages = municipality_pages(replace(site.everything, pledges=pledges), ROOT, TODAY)
    for page in pages:
        assert dangers(page) == [], page.address
        assert not body(page).css("[onfocus], img"), page.address


def line_and_prose_fields(model: type[Part]) -> set[str]:
    """Swedish keys whose values are free text, from the model itself."""
    return {str(info.alias) for info in model.model_fields.values() if info.annotation in (str, str | None)}


def test_the_table_of_free_text_holds_every_text_field_of_a_pledge_and_a_summary():
    for model in (Pledge, SituationSummary):
        known = FREE | {"överenskommelse", "ersätter"}
        assert line_and_prose_fields(model) <= known


# The portal


def card(slug, name, **more):
    values = {
        "slug": slug, "name": f"{name} kommun", "short_name": name, "code": "1278", "by_project": False,
        "made_up": False,
        "address": f"{slug}/", "counts": (), "published": (), "last_reported": "", "latest_summary": "",
        "latest_summary_address": "", "day": "2026-09-15", "searchable": ("",),
    }  # fmt: skip
    return PortalCard(**values | more)


def portal_of(*cards):
    shared, _ = sites.shared_files(ROOT)
    site, pages = sites.portal_site(ROOT, shared, list(cards), TODAY)
    return site, {page.address: page for page in pages}


def test_the_portal_lists_municipalities_by_name_and_never_by_success():
    good = card("oby", "Öby", counts=(("genomfört", 9),))
    poor = card(
        "aby", "Åby", counts=(("inte genomfört", 9),), published=(("medborgarloften", 1), ("lagesbilder", 24))
    )
    made_up = card("alfa", "Alfa", made_up=True)
    site, pages = portal_of(good, made_up, poor)
    assert [node.text() for node in body(pages[""]).css(".tl-card h3")] == [
        "Åby kommun",
        "Öby kommun",
        "Alfa kommun",
    ]
    said = words(pages[""])
    assert "Gällande löften den 15 september 2026: 9 inte genomfört 1 medborgarlöfte, 24 lägesbilder" in said
    assert "Påhittad kommun, som visar hur en webbplats kan se ut" in said
    assert site.is_portal
    assert not site.hidden_from_search_engines
    assert site.name == "Trygglöfte"
    assert "sok/" in pages
    assert not site.has("medborgarloften/")


def test_the_portal_says_what_a_municipality_has_and_who_built_its_site():
    page = portal_of(
        card("a", "A<b>", by_project=True),
        card("b", "B", last_reported="2026-05-11", latest_summary="Lägesbild maj 2026",
            latest_summary_address="lagesbilder/2026-05/"),
    )[1][""]  # fmt: skip
    said = words(page)
    assert (
        "A<b> kommun Inte kommunens egen webbplats – byggd på offentliga texter Hur kommun och polis samverkar"
        in said
    )
    assert "Senast redovisat 11 maj 2026 Senaste lägesbild: Lägesbild maj 2026" in said
    assert links(page)["b/lagesbilder/2026-05/"] == "Lägesbild maj 2026"


def test_a_card_is_the_same_after_it_has_been_kept(rich):
    kept = card_of(rich[0])
    assert PortalCard.from_values(json.loads(json.dumps(kept.as_values()))) == kept
    assert kept.last_reported == "2026-09-10"
    assert kept.counts == (("pågår", 3), ("genomfört", 1), ("går inte att bedöma", 1), ("inte redovisat", 1))
    assert dict(kept.published) == {
        "overenskommelser": 3,
        "medborgarloften": 3,
        "lagesbilder": 6,
        "atgardsplaner": 2,
    }
    assert (kept.latest_summary, kept.latest_summary_address) == ("Lägesbild augusti 2026", SUMMARY)
    assert kept.searchable == ("", "medborgarloften/2023-omraden/", OLD_PLEDGE, PLEDGE, SUMMARY)


# From a folder to pages


def test_a_municipality_with_an_error_is_refused_and_the_others_have_their_cards(project, lay_out):
    other = {
        name.replace("provstad", "annanstad"): text
        for name, text in MINIMAL.items()
        if name.startswith("data/provstad")
    }
    root = project(other)
    for folder in ("overrides", "content"):
        (root / folder).symlink_to(ROOT / folder)
    (root / "data/annanstad/medborgarloften/2026-trafik.yml").write_text("titel: [\n", "utf-8")
    shared, _ = sites.shared_files(root)
    site, pages, advice = sites.municipal_site(root, "provstad", shared, TODAY)
    assert (site.slug, bool(pages), [problem for problem in advice if problem.is_error]) == (
        "provstad",
        True,
        [],
    )
    with pytest.raises(sites.RefusedError, match="1 fel") as refused:
        sites.municipal_site(root, "annanstad", shared, TODAY)
    assert refused.value.problems[0].file == "data/annanstad/medborgarloften/2026-trafik.yml"
    assert [card.slug for card in sites.cards_of_all(root, shared, TODAY)] == ["provstad"]


def test_broken_shared_files_are_refused(project):
    with pytest.raises(sites.RefusedError) as refused:
        sites.shared_files(project({"data/teman.yml": "teman: [\n"}))
    assert refused.value.problems[0].file == "data/teman.yml"


def test_what_is_wrong_with_a_built_site_is_told_at_the_line_it_was_written(project, tmp_path, lay_out):
    text = (
        MINIMAL["data/provstad/medborgarloften/2026-trafik.yml"] + "sammanfattning: Se [det](/finns-inte/).\n"
    )
    root = project({"data/provstad/medborgarloften/2026-trafik.yml": text})
    for folder in ("overrides", "content"):
        (root / folder).symlink_to(ROOT / folder)
    shared, _ = sites.shared_files(root)
    site, pages, _ = sites.municipal_site(root, "provstad", shared, TODAY)
    pages = [page for page in pages if page.kind != "Om webbplatsen"]
    frame = "<!DOCTYPE html><html lang=sv><head><title>{}</title></head><body>{}</body></html>"
    built = lay_out(
        tmp_path / "built",
        {f"{page.address}index.html": frame.format(page.title, page.html) for page in pages},
    )
    problems = sites.verify_site(built, site, pages)
    (found,) = [problem for problem in problems if "finns-inte" in problem.message]
    assert (found.file, found.line) == ("data/provstad/medborgarloften/2026-trafik.yml", text.count("\n"))
    path = root / "data/provstad/medborgarloften/2026-trafik.yml"
    path.unlink()
    (gone,) = [
        problem for problem in sites.verify_site(built, site, pages) if "finns-inte" in problem.message
    ]
    assert gone.file == found.file


def test_names_that_nobody_declared_are_shown_as_they_are(rich):
    site, _ = rich
    assert site.party("okänd") == "okänd"
    assert site.place("okand") == "okand"
    assert site.theme("okant") == "okant"
    assert site.parties(["polisen", "kommunen", "bolaget"]) == ["polisen", "kommunen", "Provhem AB"]
    assert site.name == "Provportalen Provstad"
    assert site.publisher_name == "Provstads kommun"


def test_older_follow_ups_that_outgrow_a_pledges_page_move_and_every_anchor_stays(project, provstad):
    """A pledge of many commitments followed up every tertial, for as long as pledges last."""
    ids = [f"lofte-{number}" for number in range(13)]
    text = "titel: Mycket\ngäller: {från: 2023-01-01, till: 2026-12-31}\nåtaganden:\n"
    text += "".join(f"  - {{id: {id_}, ansvarig: polisen, vad: Gör något bra nummer {id_}}}\n" for id_ in ids)
    text += "uppföljningar:\n"
    ends = [f"{year}-{end}" for year in (2023, 2024, 2025) for end in ("04-30", "08-31", "12-31")]
    for end in ends:
        text += f"  - period: {{från: {end[:4]}-{int(end[5:7]) - 3:02}-01, till: {end}}}\n"
        text += f"    publicerad: {int(end[:4]) + 1}-01-20\n    rapporterat_av: polisen\n    utfall:\n"
        text += "".join(f"      {i}: {{status: pågår, gjort: {end} {i} {'ord ' * 20}}}\n" for i in ids)
    root = project({"data/provstad/medborgarloften/mycket.yml": text})
    pages = {
        page.address: page.html for page in municipality_pages(provstad(root), ROOT, date(2026, 9, 15))[1]
    }
    own = pages["medborgarloften/mycket/"]
    moved = [
        html for address, html in pages.items() if address.startswith("medborgarloften/mycket/uppfoljningar/")
    ]
    assert moved
    for end in ends:
        assert f'id="uppfoljning-{end}"' in own
    for end in ends[:-1]:
        assert f"{end} lofte-3 ord" not in own, "what is said now stands in the latest alone"
        assert sum(f"{end} lofte-3 ord" in html for html in moved) == 1
        assert f'uppfoljningar/#uppfoljning-{end}"' in own or f'/#uppfoljning-{end}"' in own
    assert all(len(html.encode()) < 40_000 for html in (own, *moved))
    assert '<a href="../../mycket/#atagande-lofte-3">' in moved[0] or "#atagande-lofte-3" in moved[0]
