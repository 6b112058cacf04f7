"""The hand-written pages of content/: they hold for every kind of site, and no fact is read as markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from jinja2 import UndefinedError
from selectolax.lexbor import LexborHTMLParser

from trygglofte import sites
from trygglofte.describing.published import schemas
from trygglofte.model.common import Contact
from trygglofte.model.municipality import Publisher
from trygglofte.outputs.csv_files import DIALECTS
from trygglofte.outputs.tables import TABLES
from trygglofte.pages import forget_templates, municipality_pages
from trygglofte.pages import prose as prose_room
from trygglofte.pages.environment import forget_bytecode, keep_bytecode
from trygglofte.pages.prose import load_prose, prose_pages

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 9, 15)
NAMES = [path.stem for path in sorted((ROOT / "content").glob("*.md"))]
KINDS = ("portal", "own", "project", "made-up")
NASTY_NAME = 'Provstads <b>&"kommun" {{ 7*7 }} *stad*'


@pytest.fixture(scope="module")
def shared():
    return sites.shared_files(ROOT)[0]


@pytest.fixture(scope="module")
def site_of(shared):
    """A site of each kind, with nasty names, and the addresses it has."""

    def make(kind: str):
        if kind == "portal":
            return sites.portal_site(ROOT, shared, [], TODAY)[0]
        municipality = sites.Library(ROOT).municipality("bastad", shared).municipality
        file = municipality.file.part.model_copy(
            update={
                "name": NASTY_NAME,
                "publisher": Publisher.PROJECT if kind == "project" else Publisher.MUNICIPALITY,
                "made_up": kind == "made-up",
                "example_day": date(2026, 9, 14) if kind == "made-up" else None,
                "contacts": municipality.file.part.contacts.model_copy(
                    update={"feedback": Contact(namn="Synpunkter <i>", **{"e-post": "s@prov.example",
                        "telefon": "0980-319 200", "webb": "https://prov.example/"})}
                ),
            }
        )  # fmt: skip
        return municipality_pages(
            replace(municipality, file=replace(municipality.file, part=file)), ROOT, TODAY
        )[0]

    return {kind: make(kind) for kind in KINDS}


@pytest.fixture(scope="module")
def prose(site_of):
    return {(kind, page.address.strip("/")): page for kind in KINDS for page in prose_pages(site_of[kind])}


def tree_of(page) -> LexborHTMLParser:
    return LexborHTMLParser(f"<html><body>{page.html}</body></html>")


def words(page) -> str:
    return " ".join(tree_of(page).body.text(separator=" ").split())


EACH = pytest.mark.parametrize(
    ("kind", "name"),
    [pytest.param(kind, name, id=f"{kind}-{name}") for kind in KINDS for name in NAMES],
)


@EACH
def test_a_page_holds_for_every_kind_of_site(prose, kind, name):
    page = prose[kind, name]
    tree = tree_of(page)
    assert [node.text() for node in tree.css("h1")] == [page.title]
    assert not re.search(r"{{(?! 7)|{%|\bNone\b|Undefined|<!--", page.html)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert page.description
    assert not re.search(r"[{}\[\]*<>]", page.description)
    assert page.file == f"content/{name}.md"


@EACH
def test_facts_are_never_read_as_markup(prose, kind, name):
    tree = tree_of(prose[kind, name])
    assert not tree.css("script, style, i")
    assert "49" not in words(prose[kind, name]).split()
    assert not any(node.text().startswith('&"') for node in tree.css("b"))
    if kind != "portal" and NASTY_NAME in words(prose[kind, name]):
        assert "Provstads &lt;b&gt;&amp;" in prose[kind, name].html


def test_the_nasty_name_is_shown_whole_where_a_name_is_shown(prose):
    assert NASTY_NAME in words(prose["own", "sma-antal"])
    assert NASTY_NAME in words(prose["own", "om"])


CATALOGUE = ("dcat.rdf", "dcat.ttl", "dcat.jsonld")
FEEDS = ("flode.xml", "flode.json")
BESIDE = {
    False: {
        "data.json",
        "datapackage.json",
        *CATALOGUE,
        *FEEDS,
        *(f"{one.folder}{table.name}.csv" for one in DIALECTS for table in TABLES),
    },
    True: {"data.json", *schemas(""), *CATALOGUE, *FEEDS},
}
"""Files that the page about open data leads to, on a municipality's site and on the portal."""


@EACH
def test_links_lead_to_pages_that_the_site_has(prose, site_of, kind, name):
    page, site = prose[kind, name], site_of[kind]
    for node in tree_of(page).css("a"):
        target = node.attributes["href"]
        assert target
        if re.match(r"https?:|mailto:|tel:", target):
            continue
        address, _, anchor = (
            urljoin(f"https://x/{page.address}", target).removeprefix("https://x/").partition("#")
        )
        is_file = address in BESIDE[site.is_portal] and page.address == "oppna-data/"
        assert address == "" or site.has(address) or is_file, target
        assert not anchor or f'id="{anchor}"' in page.html, target


SAID = {
    ("portal", "om"): "står för den här portalen",
    ("project", "om"): "Det här är inte kommunens egen webbplats",
    ("project", "kontakt"): "Det här är inte kommunens egen webbplats.",
    ("made-up", "om"): "den 14 september 2026",
    ("made-up", "kontakt"): "Ring inte kommunens nummer.",
    ("own", "integritet"): "allmänna handlingar",
    ("own", "metod"): "I Båstad är den tiden 30 dagar.",
    ("portal", "metod"): "Varje kommun bestämmer den tiden.",
    ("portal", "kontakt"): "Varje kommuns egna kontaktuppgifter",
    ("own", "kontakt"): "Synpunkter <i>",
    ("own", "sma-antal"): "har gränsen 5.",
}
NOT_SAID = {
    ("own", "om"): "inte kommunens egen",
    ("made-up", "integritet"): "allmänna handlingar",
    ("project", "kontakt"): "Synpunkter <i>",
    ("portal", "om"): "Gå direkt till",
}


@pytest.mark.parametrize("where", list(dict.fromkeys([*SAID, *NOT_SAID])), ids=" ".join)
def test_each_kind_of_site_says_what_is_so(prose, where):
    text = words(prose[where]).replace("\u00a0", " ")
    assert SAID.get(where, "") in text
    assert where not in NOT_SAID or NOT_SAID[where] not in text


ELEVEN_PARTS = {
    "the body": "Projektet Trygglöfte",
    "conformance": "delvis förenlig",
    "shortcomings": "skärmläsare",
    "date of assessment": "22 november 2026",
    "method": "automatiska kontroller",
    "feedback": "hej@trygglofte.example",
    "supervision": "https://www.digg.se/tdosanmalan",
    "the law": "2018:1937",
}


@pytest.mark.parametrize("part", ELEVEN_PARTS, ids=str)
def test_the_accessibility_statement_has_what_the_law_asks_for(prose, part):
    page = prose["project", "tillganglighet"]
    assert ELEVEN_PARTS[part] in words(page).replace("\u00a0", " ") or ELEVEN_PARTS[part] in page.html


def test_the_method_page_explains_every_word_that_is_used(prose):
    from trygglofte.model.pledge import Status

    said = words(prose["portal", "metod"]).lower()
    for word in (*map(str, Status), "uppfyllt", "delvis uppfyllt", "inte uppfyllt"):
        assert word in said


def content(tmp_path, text) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (tmp_path / "overrides").symlink_to(ROOT / "overrides")
    (folder / "prov.md").write_text(text, "utf-8")
    return tmp_path


def test_a_name_that_is_not_there_is_an_error(tmp_path, site_of):
    root = content(tmp_path, "# Prov\n\nHej {{ finns_inte }}.\n")
    with pytest.raises(UndefinedError, match="finns_inte"):
        _ = [page.html for page in prose_pages(replace(site_of["own"], root=root))]


def test_a_page_is_written_as_markdown_with_facts_and_conditions(tmp_path, site_of):
    root = content(
        tmp_path,
        "# Åäö\n\nFörst *nu* om [kontakt](/kontakt/), {{ portal.name }}.\n\n## Ett å ö\n\n{% if municipality %}\n\n"
        "- {{ municipality.short_name }}\n\n{% endif %}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    )
    (page,) = prose_pages(replace(site_of["own"], root=root))
    assert (page.address, page.title, page.description) == ("prov/", "Åäö", "Först nu om kontakt, .")
    tree = tree_of(page)
    assert tree.css_first("h2").attributes["id"] == "ett-a-o"
    assert tree.css_first("a").attributes["href"] == "../kontakt/"
    assert [node.text() for node in tree.css("li")] == ["Båstad"]
    assert len(tree.css("td")) == 2
    assert [page.crumbs[0].address, page.searchable] == ["", True]


def test_prose_is_looked_at_once():
    first, again = load_prose(ROOT / "content"), load_prose(ROOT / "content")
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert {item.name for item in load_prose(ROOT / "content")} == set(NAMES)


def test_prose_that_is_kept_compiled_is_not_converted_again(tmp_path, site_of, monkeypatch):
    root = content(tmp_path, "# Prov\n\nHej *du* på {{ portal.name }}.\n")

    def written() -> list[str]:
        forget_templates()  # as in another process
        return [page.html for page in prose_pages(replace(site_of["own"], root=root))]

    kept = tmp_path / "mallar"
    kept.mkdir()
    keep_bytecode(kept)
    try:
        first = written()
        monkeypatch.setattr(prose_room, "_template", lambda text: pytest.fail(f"converted: {text}"))
        assert written() == first
        assert "<em>du</em>" in first[0]
    finally:
        forget_bytecode()
        forget_templates()
