"""The accessibility statement has Digg's eleven parts on every site, and hosts are told to keep pages to themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from trygglofte import sites
from trygglofte.advice import advise_portal
from trygglofte.library import Library
from trygglofte.model.shared import Conformance, Shortcoming
from trygglofte.outputs import headers
from trygglofte.pages.prose import prose_pages

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 22)


@pytest.fixture
def site(project, provstad):
    """The small municipality, with the project's own prose and templates."""
    root = project()
    municipality = provstad(root)
    return sites.Site(ROOT, municipality.shared, DAY, "provstad", municipality)


def statement(site) -> str:
    [page] = [page for page in prose_pages(site) if page.address == "tillganglighet/"]
    return " ".join(HTMLParser(page.html).text().split()) + page.html


def with_statement(site, **values):
    file = site.collection.file
    own = site.portal.accessibility.model_copy(update=values)
    part = file.part.model_copy(update={"accessibility": own})
    return replace(site, collection=replace(site.collection, file=replace(file, part=part)))


def test_the_statement_has_all_of_diggs_eleven_parts(site):
    said = statement(
        with_statement(
            site,
            conformance=Conformance.PARTIAL,
            shortcomings=(
                Shortcoming.model_validate({"vad": "Kartan saknar text.", "varför": "Den byts i vår."}),
            ),
            burden="Äldre bilagor, för att de är för många.",
            outside="Kartor för vägvisning.",
        )
    )
    for part in (
        "Provstads kommun står för webbplatsen",  # the body
        "Provportalen Provstad",  # the service
        "delvis förenlig",
        "Kartan saknar text. Den byts i vår.",  # shortcomings, with reasons
        "bedömdes senast den 2 januari 2026",
        "uppdaterades senast den 2 januari 2026",
        "Egen granskning.",  # how it was assessed
        "hej@prov.example",  # whom to tell
        'href="https://www.digg.se/tdosanmalan"',
        "oskäligt betungande anpassning enligt 12 § DOS-lagen: Äldre bilagor, för att de är för många.",
        "omfattas inte av DOS-lagens krav (9 §): Kartor för vägvisning.",
    ):
        assert part in said, part


def test_what_is_not_said_is_said_to_be_nothing(site):
    said = statement(site)
    for part in ("inte till några brister", "inget undantag för oskäligt", "inte undantagit något"):
        assert part in said


def test_a_municipalitys_own_statement_counts_only_on_its_own_site(site):
    own = with_statement(site, method="Prövad av användare.")
    assert own.accessibility.method == "Prövad av användare."
    assert site.accessibility.method == "Egen granskning."


@pytest.mark.parametrize(
    ("day", "told"), [(date(2026, 11, 22), []), (date(2028, 1, 1), ["dags-att-bedoma"]),
     (date(2025, 1, 1), ["dags-att-bedoma"])]
)  # fmt: skip
def test_a_statement_older_than_a_year_or_from_the_future_is_told(project, day, told):
    shared = Library(project()).shared().shared
    assert [problem.kind for problem in advise_portal(shared, day)] == told


def test_hosts_are_told_at_the_root_of_a_server_and_nowhere_else(site):
    assert headers.files(site, ()) == {}
    found = headers.files(replace(site, collection=None, slug=""), ())
    for name in headers.HEADERS | headers.OPEN:
        assert f"\n  {name}: " in found["_headers"]
        assert f'\nHeader always set {name} "' in found[".htaccess"]
    assert '"' not in "".join(headers.HEADERS.values())


def test_no_script_or_style_is_let_in_from_a_page_or_from_elsewhere():
    policy = dict(part.split(" ", 1) for part in headers.HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe-inline" not in str(policy)
    assert "'unsafe-eval'" not in str(policy)
    assert {word for sources in policy.values() for word in sources.split()} == {
        "'none'",
        "'self'",
        "'wasm-unsafe-eval'",
    }
