"""A pledge of several municipalities is written once, by an owner, and shown by all in words that hold there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.small_sites import files_of, whole
from trygglofte import sites
from trygglofte.describing.kinds import KINDS
from trygglofte.describing.shapes import parts_in
from trygglofte.library import Library
from trygglofte.model import Pledge
from trygglofte.model.values import parse_name
from trygglofte.pages import card_of
from trygglofte.publishing import publish
from trygglofte.sharing import PARTIES, find_shares

pytestmark = pytest.mark.slow

DAY = date(2026, 9, 15)
FILE = "data/ostad/medborgarloften/2026-tillsammans.yml"
ADDRESS = "medborgarloften/2026-tillsammans/"
OSTAD = """\
namn: Ostads kommun
kortnamn: Ostad
kommunkod: "0000"
påhittad: ja
redovisningstid: 10
parter:
  - {id: kommunen, namn: Ostads kommun}
  - {id: polisen, namn: Lokalpolisområde Ostad}
  - {id: provstad, namn: Provstads kommun}
  - {id: provpolisen, namn: Lokalpolisområde Provstad}
platser:
  - {id: stranden, namn: Långa stranden}
  - {id: torget, namn: Centrum}
källor:
  - {id: protokollet, titel: Protokoll från Ostad}
"""
SHARED = """\
titel: Tillsammans längs kusten
kommuner: [provstad]
parter: [kommunen, polisen, provstad, provpolisen]
lokalpolisområde: [Lokalpolisområde Ostad, Lokalpolisområde Provstad]
överenskommelse: 2024-2027
gäller: {från: 2026-01-01, till: 2026-12-31}
undertecknande: {av: [{roll: kommundirektör, för: kommunen}]}
diarienummer: {provstad: KS-1}
platser: [torget]
åtaganden:
  - {id: rond, ansvarig: [kommunen, provstad], vad: Går rond, platser: [stranden]}
  - {id: kontroll, ansvarig: [polisen, provpolisen], vad: Kontrollerar farten}
följs_upp: varje tertial
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-05
    rapporterat_av: [provstad, provpolisen]
    utfall:
      rond: {per_part: {provstad: {status: pågår}}, källa: protokollet}
      kontroll: {status: pågår}
källor: [protokollet]
"""
FILES = {"data/ostad/kommun.yml": OSTAD, FILE: SHARED, "data/ostad/lagesbilder/2026-01.yml": None}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return whole(tmp_path / "project", FILES)


def site_of(root: Path, slug: str, day: date = DAY) -> Any:
    shared, _ = sites.shared_files(root)
    site, pages, _ = sites.municipal_site(root, slug, shared, day)
    return site, {page.address: page for page in pages}


def words(page: Any) -> str:
    from selectolax.lexbor import LexborHTMLParser

    node = LexborHTMLParser(f"<html><body>{page.html}</body></html>").body
    return " ".join(node.text(separator=" ").replace("\u00a0", " ").split()).replace(" ,", ",")


def problems(root: Path, slug: str) -> list[tuple[str, int, str]]:
    shared, _ = sites.shared_files(root)
    ids = find_shares(root, shared).of(slug).ids
    found = Library(root).municipality(slug, shared, ids).problems
    return [(problem.kind, problem.line, problem.message) for problem in found if problem.is_error]


def rewrite(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


# What is shown


def test_each_municipality_shows_it_and_the_others_do_not(root):
    for slug, shown in (("ostad", True), ("provstad", True), ("alstad", False)):
        site, pages = site_of(root, slug)
        assert (ADDRESS in pages) is shown
        assert ("2026-tillsammans" in {filed.id for filed in site.everything.pledges}) is shown
        assert (ADDRESS in pages["medborgarloften/"].html) is shown


def test_parties_are_named_so_that_they_are_understood_where_they_stand(root):
    _, own = site_of(root, "ostad")
    _, other = site_of(root, "provstad")
    assert "kommunen, polisen, Provstads kommun och Lokalpolisområde Provstad" in words(own[ADDRESS])
    said = words(other[ADDRESS])
    assert "Ostads kommun, Lokalpolisområde Ostad, kommunen och polisen" in said
    assert "Kommunen: pågår" in said
    assert "Redovisat av kommunen och polisen 5 maj 2026" in said
    assert "kommundirektör, för Ostads kommun" in said
    assert "KS-1 (kommunen)" in said
    assert "@" not in other[ADDRESS].html


def test_places_and_sources_are_the_owners_and_ours_where_they_are_the_same(root):
    _, other = site_of(root, "provstad")
    page = other[ADDRESS]
    assert "Plats: Långa stranden" in words(page)
    assert 'href="../../platser/centrum/"' not in page.html or "platser/centrum/" in other
    assert "Plats: Centrum" in words(page)
    assert "Protokoll från Ostad" in words(page)
    assert "platser/stranden/" not in other
    assert "Kontrollerar farten" in words(other["platser/centrum/"])


def test_the_page_says_whose_it_is_and_leads_there(root):
    _, other = site_of(root, "provstad")
    _, own = site_of(root, "ostad")
    at = "https://prov.example/ostad/medborgarloften/2026-tillsammans/"
    assert (own[ADDRESS].canonical, other[ADDRESS].canonical) == ("", at)
    assert "Gäller också Ostads kommun. Löftet ligger hos Ostads kommun: läs det där" in words(other[ADDRESS])
    assert f'<a href="{at}">' in other[ADDRESS].html
    assert "Gäller också Provstads kommun" in words(own[ADDRESS])
    assert "Polisområden Lokalpolisområde Ostad och Lokalpolisområde Provstad" in words(own[ADDRESS])
    assert "Överenskommelse" not in words(other[ADDRESS]), (
        "the owner's agreement is not ours, whatever its name"
    )
    assert other[ADDRESS].file == FILE


def test_the_clock_is_the_owners(root):
    states = []
    for slug in ("ostad", "provstad"):
        site, _ = site_of(root, slug, date(2026, 9, 11))
        (pledge,) = [filed for filed in site.everything.pledges if filed.id == "2026-tillsammans"]
        states.append((site.state(pledge).late_since, site.state(pledge).next_due))
    assert states == [(date(2026, 5, 10), date(2026, 5, 10))] * 2


def test_the_portal_counts_and_finds_each_commitment_once(root):
    cards = {slug: card_of(site_of(root, slug)[0]) for slug in ("alstad", "ostad", "provstad")}
    counted = {slug: sum(many for _, many in card.counts) for slug, card in cards.items()}
    assert counted == {"alstad": 1, "ostad": 3, "provstad": 1}
    assert {slug: card.received for slug, card in cards.items()} == {"alstad": 0, "ostad": 0, "provstad": 1}
    assert [slug for slug, card in cards.items() if ADDRESS in card.searchable] == ["ostad"]
    assert dict(cards["provstad"].published)["medborgarloften"] == 1


def test_embargo_and_withdrawal_hold_everywhere(root):
    rewrite(root, FILE, "titel:", "publiceras_från: 2026-09-16\ntitel:")
    site, pages = site_of(root, "provstad")
    assert ADDRESS not in pages
    assert site.everything.received == ()
    rewrite(root, FILE, "publiceras_från: 2026-09-16", "avpublicerad: {datum: 2026-09-01, skäl: Fel}")
    _, pages = site_of(root, "provstad")
    assert "Medborgarlöftet är borttaget" in words(pages[ADDRESS])
    assert not any("Tillsammans längs" in page.html + page.title for page in pages.values())


def test_the_receivers_documents_may_name_it(root):
    plan = "titel: Plan\nlägesbild: 2026-01\nåtgärder:\n  - {id: a, vad: Gör a, löfte: 2026-tillsammans}\n"
    (root / "data/provstad/atgardsplaner").mkdir()
    (root / "data/provstad/atgardsplaner/plan.yml").write_text(plan, "utf-8")
    assert problems(root, "provstad") == []
    _, pages = site_of(root, "provstad")
    assert ADDRESS in pages["atgardsplaner/plan/"].html
    rewrite(root, FILE, "kommuner: [provstad]", "kommuner: [alstad]")
    assert [kind for kind, _, _ in problems(root, "provstad")] == ["okant-lofte"]


# What is wrong


@pytest.mark.parametrize(
    ("listed", "kind", "said"),
    [("provsta", "okand-kommun", "Det finns ingen kommun som heter ”provsta”."),
     ("ostad", "delat-med-sig-sjalv", "Löftet ligger hos den här kommunen")],
)  # fmt: skip
def test_a_municipality_that_cannot_be_meant_is_told_at_its_line(root, listed, kind, said):
    rewrite(root, FILE, "[provstad]", f"\n  - provstad\n  - {listed}")
    ((found, line, message),) = problems(root, "ostad")
    assert (found, line) == (kind, 4)
    assert message.startswith(said)
    assert problems(root, "provstad") == []


def test_an_id_that_is_taken_names_both_files_and_stops_the_owner_alone(root):
    taken = root / "data/provstad/medborgarloften/2026-tillsammans.yml"
    taken.write_text("titel: Vårt eget\nåtaganden: [{id: a, vad: Gör a}]\n", "utf-8")
    ((kind, line, message),) = problems(root, "ostad")
    assert (kind, line) == ("upptagen-hos-annan", 2)
    assert "data/provstad/medborgarloften/2026-tillsammans.yml" in message
    assert FILE in message
    _, pages = site_of(root, "provstad")
    assert "Vårt eget" in pages[ADDRESS].html
    assert not pages[ADDRESS].canonical


# Publishing


def built(root: Path) -> tuple[list[str], list[str]]:
    release = publish(root, root / "site", DAY, with_search=False)
    return [one.slug for one in release.built if one.outcome == "byggd"], release.failed


def test_a_change_of_what_is_shared_builds_those_it_concerns(root):
    assert built(root) == (["alstad", "ostad", "provstad"], [])
    assert built(root) == ([], [])
    html = (root / "site/provstad" / ADDRESS / "index.html").read_text("utf-8")
    owners = "https://prov.example/ostad/medborgarloften/2026-tillsammans/"
    assert re.search(rf'<link rel="canonical"[^>]* href="{owners}">', html)
    assert ADDRESS not in (root / "site/provstad/sitemap.xml").read_text("utf-8")
    rewrite(root, FILE, "Går rond", "Går två ronder")
    assert built(root) == (["ostad", "provstad"], [])
    rewrite(root, "data/ostad/kommun.yml", "Långa stranden", "Korta stranden")
    assert built(root) == (["ostad", "provstad"], [])
    rewrite(
        root,
        "data/provstad/kommun.yml",
        "namn: Provstads kommun\nkortnamn",
        "namn: Provstads nya kommun\nkortnamn",
    )
    assert built(root) == (["ostad", "provstad"], []), "the owner's page names the receiver"
    rewrite(root, FILE, "kommuner: [provstad]\n", "")
    assert built(root) == (["ostad", "provstad"], [])
    assert not (root / "site/provstad" / ADDRESS).exists()


@pytest.mark.parametrize("harm", ["broken pledge", "broken kommun.yml", "a rule"])
def test_an_owners_mistake_stops_the_owner_and_changes_no_other_site(root, harm):
    built(root)
    before = files_of(root / "site/provstad")
    if harm == "broken pledge":
        rewrite(root, FILE, "titel:", "titel: [")
    elif harm == "broken kommun.yml":
        rewrite(root, "data/ostad/kommun.yml", "namn: Ostads kommun\nkort", "namn: Ostads: kommun\nkort")
    else:
        rewrite(root, FILE, "ansvarig: [polisen, provpolisen]", "ansvarig: [polisn]")
    assert built(root) == ([], ["ostad"])
    assert files_of(root / "site/provstad") == before
    rewrite(root, "data/provstad/medborgarloften/2026-trafik.yml", "Lugnare trafik", "Mycket lugnare trafik")
    assert built(root) == (["provstad"], ["ostad"]), "its own changes come out as ever"
    html = (root / "site/provstad" / ADDRESS / "index.html").read_text("utf-8")
    assert "Tillsammans längs kusten" in html


def test_without_a_copy_what_has_a_mistake_is_not_shown(root):
    rewrite(root, FILE, "titel:", "titel: [")
    assert built(root) == (["alstad", "provstad"], ["ostad"])
    assert not (root / "site/provstad" / ADDRESS).exists()


def test_a_broken_copy_is_as_none(root):
    built(root)
    (root / ".site/delat.json").write_text("{", "utf-8")
    assert built(root) == ([], [])
    assert "Tillsammans" in (root / ".site/delat.json").read_text("utf-8")


# What must not be forgotten


def test_every_field_of_a_pledge_that_names_parties_is_put_in_our_words():
    assert any(kind.model is Pledge for kind in KINDS)
    named = set()
    for part in parts_in(Pledge):
        for name, info in part.model_fields.items():
            if _names_party(info.annotation, info.metadata):
                named.add(name)
    assert named == PARTIES


def _names_party(annotation: Any, metadata: Any = ()) -> bool:
    if any(getattr(item, "func", None) is parse_name for item in metadata):
        return True
    inner = get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return _names_party(inner[0] if inner else annotation.__origin__, annotation.__metadata__)
    return any(_names_party(item) for item in inner if item is not Ellipsis)
