"""The catalogue for Sveriges dataportal: three formats of one graph, which the profile's requirements hold for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from trygglofte import outputs
from trygglofte.library import Library
from trygglofte.outputs import catalogue, rdf
from trygglofte.pages import municipality_pages, portal_pages
from trygglofte.pages.municipality import municipality_site

rdflib = pytest.importorskip("rdflib")
from rdflib.compare import isomorphic  # noqa: E402
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 9, 15)
SHAPES = Path(__file__).parent / "dcat" / "shapes.ttl"
OWN = MINIMAL["data/provstad/kommun.yml"].replace("påhittad: ja\n", "").replace("0000", "9999") + (
    "kontakt:\n  kontaktcenter: {namn: Kontaktcenter, telefon: 010-100 00 00}\n"
    "  synpunkter: {namn: Synpunkter, e-post: synpunkter@prov.example}\n"
)
PUBLISHED = {
    "data.json": '{"schema": "https://prov.example/schema/1/kommun.json"}',
    "csv/loften.csv": "å\r\n",
    "csv/lagesbilder.csv": b"a\r\n",
    "flode.xml": "<feed/>",
    "kalender.ics": "BEGIN:VCALENDAR",
    "datapackage.json": "{}",
    "robots.txt": "",
}


@pytest.fixture
def site_of(project, provstad):
    def make(text: str = OWN, files=None):
        return municipality_pages(
            provstad(project({"data/provstad/kommun.yml": text} | (files or {}))), ROOT, DAY
        )

    return make


def graph_of(files: dict[str, str], name: str = "dcat.rdf"):
    form = {"dcat.rdf": "xml", "dcat.ttl": "turtle", "dcat.jsonld": "json-ld"}[name]
    return rdflib.Graph().parse(data=files[name], format=form)


def iri(site, name: str):
    return rdflib.URIRef(f"{site.address}dcat.rdf#{name}")


def test_the_three_formats_say_the_same(site_of):
    site, pages = site_of()
    files = catalogue.files(site, pages, PUBLISHED)
    xml = graph_of(files)
    assert len(xml) > 80
    assert isomorphic(xml, graph_of(files, "dcat.ttl"))
    assert isomorphic(xml, graph_of(files, "dcat.jsonld"))
    assert not [node for triple in xml for node in triple if isinstance(node, rdflib.BNode)]


def test_the_profiles_requirements_hold(site_of):
    pyshacl = pytest.importorskip("pyshacl")
    shapes = rdflib.Graph().parse(SHAPES)
    library = Library(ROOT)
    shared = library.shared().shared
    example = library.municipality("exempelkoping", shared).municipality
    portal = portal_pages(shared, [], ROOT, DAY)
    for site, pages in (site_of(), municipality_pages_of(example), portal):
        made = graph_of(catalogue.files(site, pages, PUBLISHED))
        holds, _, told = pyshacl.validate(made, shacl_graph=shapes)
        assert holds, told
    broken = graph_of(catalogue.files(*site_of(), PUBLISHED))
    broken.remove((None, DCTERMS.license, None))
    assert not pyshacl.validate(broken, shacl_graph=shapes)[0], "the shapes see what is missing"


def municipality_pages_of(municipality):
    return municipality_site(municipality, ROOT, DAY), []


def test_only_what_is_published_is_told_of(site_of):
    site, pages = site_of()
    made = graph_of(catalogue.files(site, pages, PUBLISHED))
    told = {str(url).removeprefix(site.address) for url in made.objects(None, DCAT.downloadURL)}
    assert told == {
        "data.json",
        "csv/loften.csv",
        "csv/lagesbilder.csv",
        "flode.xml",
        "kalender.ics",
    }
    datasets = {str(one).partition("#")[2] for one in made.subjects(RDF.type, DCAT.Dataset)}
    assert datasets == {"medborgarloften", "ataganden", "uppfoljningar", "indikatorer", "lagesbilder",
                        "overenskommelser", "handelser", "datum"}  # fmt: skip
    assert catalogue.files(site, pages, {"robots.txt": ""}) == {}, "a catalogue has at least one dataset"


def test_every_distribution_lies_beside_the_pages_as_it_is_told_of(site_of, monkeypatch):
    site, pages = site_of()
    kept = [output for output in outputs.OUTPUTS if not set(output(site, pages)) & set(PUBLISHED)]
    given = {path: content for path, content in PUBLISHED.items() if path != "robots.txt"}
    monkeypatch.setattr(outputs, "OUTPUTS", (*kept, lambda _site, _pages: given))
    files = outputs.files_of(site, pages)
    made = graph_of(files)
    told = {str(url).removeprefix(site.address) for url in made.objects(None, DCAT.accessURL)}
    assert told <= set(files)
    for path, content in files.items():
        if path in told:
            size = len(content if isinstance(content, bytes) else content.encode())
            urls = made.subjects(DCAT.accessURL, rdflib.URIRef(site.address + path))
            assert {int(n) for one in urls for n in made.objects(one, DCAT.byteSize)} == {size}


def test_the_portal_offers_the_projects_own_data():
    site, pages = portal_pages(Library(ROOT).shared().shared, [], ROOT, DAY)
    made = graph_of(catalogue.files(site, pages, {"data.json": "{}", "flode.xml": ""}))
    datasets = {str(one).partition("#")[2] for one in made.subjects(RDF.type, DCAT.Dataset)}
    assert datasets == {"kommuner", "handelser"}, "its data.json holds no documents"
    publisher = made.value(iri(site, "katalog"), DCTERMS.publisher)
    assert str(made.value(publisher, DCTERMS.type)).endswith("/NonProfitOrganisation")


def test_a_file_says_what_it_conforms_to(site_of):
    site, pages = site_of()
    made = graph_of(catalogue.files(site, pages, PUBLISHED))
    schema = made.value(iri(site, "overenskommelser-data.json"), DCTERMS.conformsTo)
    assert str(schema) == "https://prov.example/schema/1/kommun.json"
    package = made.value(iri(site, "lagesbilder-csv-lagesbilder.csv"), DCTERMS.conformsTo)
    assert str(package) == f"{site.address}datapackage.json"
    assert made.value(iri(site, "datum-kalender.ics"), DCTERMS.conformsTo) is None


def test_dates_come_from_the_data_and_never_from_the_build(site_of):
    site, pages = site_of()
    files = catalogue.files(site, pages, PUBLISHED)
    made = graph_of(files)
    assert str(made.value(iri(site, "lagesbilder"), DCTERMS.modified)) == "2026-01-31"
    assert str(made.value(iri(site, "overenskommelser"), DCTERMS.modified)) == "2024-01-15"
    assert made.value(iri(site, "medborgarloften"), DCTERMS.modified) is None
    assert str(made.value(iri(site, "katalog"), DCTERMS.modified)) == "2026-01-31"
    assert str(made.value(iri(site, "lagesbilder"), DCTERMS.accrualPeriodicity)).endswith("/MONTHLY")


def test_the_publisher_the_place_and_the_contact_are_the_municipalitys(site_of):
    site, pages = site_of()
    made = graph_of(catalogue.files(site, pages, PUBLISHED))
    publisher = made.value(iri(site, "katalog"), DCTERMS.publisher)
    assert str(made.value(publisher, FOAF.name)) == "Provstads kommun"
    assert str(made.value(publisher, DCTERMS.type)).endswith("/LocalAuthority")
    place = made.value(iri(site, "medborgarloften"), DCTERMS.spatial)
    assert str(made.value(place, DCTERMS.identifier)) == "9999"
    contact = made.value(iri(site, "medborgarloften"), DCAT.contactPoint)
    mail = made.value(contact, rdflib.URIRef("http://www.w3.org/2006/vcard/ns#hasEmail"))
    assert str(mail) == "mailto:synpunkter@prov.example"


def test_a_contact_without_mail_is_left_out(site_of):
    site, pages = site_of(MINIMAL["data/provstad/kommun.yml"])
    portal = site.portal.model_copy(
        update={"responsible": site.portal.responsible.model_copy(update={"email": None})}
    )
    shared = replace(site.shared, portal=replace(site.shared.portal, part=portal))
    site = replace(site, shared=shared)
    made = graph_of(catalogue.files(site, pages, PUBLISHED))
    assert list(made.objects(None, DCAT.contactPoint)) == []


def test_a_site_that_the_project_runs_has_no_catalogue_in_the_municipalitys_name(site_of):
    site, pages = site_of(OWN + "drivs_av: projektet\n")
    assert catalogue.files(site, pages, PUBLISHED) == {}


def test_a_made_up_municipality_says_so_in_its_catalogue(site_of):
    files = catalogue.files(*site_of(MINIMAL["data/provstad/kommun.yml"]), PUBLISHED)
    assert "påhittad" in files["dcat.ttl"]
    assert "påhittad" not in catalogue.files(*site_of(), PUBLISHED)["dcat.ttl"]


def test_what_is_not_to_be_seen_makes_no_dataset(site_of):
    later = {
        "data/provstad/lagesbilder/2026-01.yml": "publiceras_från: 2027-01-01\n"
        + MINIMAL["data/provstad/lagesbilder/2026-01.yml"]
    }
    site, pages = site_of(files=later)
    made = graph_of(catalogue.files(site, pages, PUBLISHED))
    assert iri(site, "lagesbilder") not in set(made.subjects(RDF.type, DCAT.Dataset))


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\"\\\n\t\r<>&'"), max_size=12
)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_any_text_comes_back_from_every_format(text, more):
    graph = rdf.Graph({"rdf": str(RDF), "dcterms": str(DCTERMS), "dcat": str(DCAT)})
    subject = rdf.Iri("https://prov.example/a b<>#x")
    graph.add(subject, "dcat:Dataset", {
        "dcterms:title": [rdf.Literal(text, "sv")], "dcterms:identifier": rdf.Literal(more), "dcterms:type": None,
    })  # fmt: skip
    there = [
        rdflib.Graph().parse(data=written, format=form)
        for written, form in (
            (rdf.as_turtle(graph), "turtle"), (rdf.as_json_ld(graph), "json-ld"), (rdf.as_xml(graph), "xml"),
        )
    ]  # fmt: skip
    for read in there:
        assert str(next(read.objects(None, DCTERMS.title))) == text
        assert str(next(read.objects(None, DCTERMS.identifier))) == more
    ElementTree.fromstring(rdf.as_xml(graph))
