"""The catalogue of a publisher's open data, for Sveriges dataportal and every other harvester.

It follows DCAT-AP-SE 3.0.1 (Digg, https://docs.dataportal.se/dcat/sv/), whose harvesting rules ask for RDF/XML at one
address, absolute IRIs, no blank nodes, and the publisher described once; Turtle and JSON-LD say the same. Which
properties are required and recommended is in the profile's own bundle (`3.0.1/bundle.json` of
https://github.com/diggsweden/DCAT-AP-SE), from which the shapes in tests/dcat/ are made.

A municipality that answers for its own site has a catalogue, and the portal has the project's. A site that the
project runs on public texts has none: what it holds is the project's data, and a catalogue in the municipality's
name would say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from trygglofte.addresses import START
from trygglofte.model import Document, Filed
from trygglofte.model.common import Contact
from trygglofte.outputs.datasets import DATASETS, PORTAL_DATASETS, Dataset
from trygglofte.outputs.rdf import Graph, Iri, Literal, Value, as_json_ld, as_turtle, as_xml
from trygglofte.outputs.served import media_type
from trygglofte.pages import Page, Site
from trygglofte.pages.documents import years_of

CATALOGUE = "dcat.rdf"
"""The address that a harvester is given. The IRIs of what is described begin with it, whatever the format."""

LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
"""CC0. The profile requires it of the catalogue itself; the data has it too (data/LICENSE)."""

_PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcatap": "http://data.europa.eu/r5r/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority/"
_SWEDISH = Iri(f"{_EU}language/SWE")
_OPEN_DATA_PAGE = "oppna-data/"
_MONTH = range(26, 33)


_FORMATS = {".json": "JSON", ".csv": "CSV", ".xml": "Atom", ".ics": "iCalendar"}
_FORMAT_OF = {"flode.json": "JSON Feed"}
_PACKAGE = "datapackage.json"
_SCHEMA = re.compile(r'\{\s*"schema":\s*"([^"\\]+)"')
"""How our JSON begins: with the schema that it follows."""


def files(site: Site, pages: Sequence[Page], published: Mapping[str, str | bytes]) -> dict[str, str]:
    """The catalogue in three formats, or nothing where there is nobody to answer for it or nothing to tell of.

    `published` is what the site publishes beside its pages. A distribution that is not there is not told of.
    """
    if site.municipality is not None and site.by_project:
        return {}
    graph = _Describing(site, pages, published).graph()
    if graph is None:
        return {}
    return {CATALOGUE: as_xml(graph), "dcat.ttl": as_turtle(graph), "dcat.jsonld": as_json_ld(graph)}


class _Describing:
    """One publisher's catalogue on the way."""

    def __init__(self, site: Site, pages: Sequence[Page], published: Mapping[str, str | bytes]) -> None:
        self.site = site
        self.published = published
        self.there = {page.address for page in pages}
        self.told = max((page.updated for page in pages if page.updated), default=None)
        self.made = Graph(_PREFIXES)
        self.sizes: dict[str, int] = {}

    def graph(self) -> Graph | None:
        """The whole graph, or None without a dataset: a catalogue must have one."""
        table = PORTAL_DATASETS if self.site.is_portal else DATASETS
        datasets = [dataset for dataset in table if self._is_offered(dataset)]
        if not datasets:
            return None
        publisher, place, contact = self._publisher(), self._place(), self._contact()
        found = [self._dataset(dataset, publisher, place, contact) for dataset in datasets]
        days = [self._modified(dataset) for dataset in datasets]
        site = self.site
        made_up = " Kommunen är påhittad och allt är exempel." if self._made_up else ""
        self.made.add(self._iri("katalog"), "dcat:Catalog", {
            "dcterms:title": Literal(f"Öppna data från {site.name}", "sv"),
            "dcterms:description": Literal(
                f"Medborgarlöften, samverkansöverenskommelser och lägesbilder som öppna data.{made_up}", "sv"
            ),
            "dcterms:publisher": publisher,
            "dcterms:license": Iri(LICENCE),
            "dcterms:language": _SWEDISH,
            "dcterms:modified": _day(max((day for day in days if day), default=None)),
            "dcterms:spatial": place,
            "foaf:homepage": Iri(site.address),
            "dcat:themeTaxonomy": Iri(f"{_EU}data-theme"),
            "dcat:dataset": list(found),
        })  # fmt: skip
        return self.made

    @property
    def _made_up(self) -> bool:
        return self.site.municipality is not None and self.site.municipality.made_up

    def _iri(self, name: str) -> Iri:
        return Iri(f"{self.site.address}{CATALOGUE}#{name}")

    def _documents(self, dataset: Dataset) -> list[Filed[Document]]:
        """The documents that a dataset is made of; the portal knows none."""
        everything = self.site.collection.documents if self.site.collection else ()
        return [filed for filed in everything if not dataset.folder or f"/{dataset.folder}/" in filed.file]

    def _is_offered(self, dataset: Dataset) -> bool:
        there = any(path in self.published for path in dataset.files)
        return there and (self.site.is_portal or bool(self._documents(dataset)))

    def _modified(self, dataset: Dataset) -> date | None:
        """The last day of the content; on the portal of all its pages, since it knows no documents."""
        if self.site.is_portal:
            return self.told
        days = [day for filed in self._documents(dataset) if (day := self.site.dated(filed))]
        return min(max(days), self.site.today) if days else None

    def _publisher(self) -> Iri:
        """Who answers for the data. Required by the profile: a name and one type from ADMS."""
        site = self.site
        kind = "LocalAuthority" if not site.by_project else "NonProfitOrganisation"
        return self.made.add(self._iri("utgivare"), "foaf:Agent", {
            "foaf:name": Literal(site.publisher_name, "sv"),
            "dcterms:type": Iri(f"http://purl.org/adms/publishertype/{kind}"),
        })  # fmt: skip

    def _place(self) -> Iri | None:
        """The municipality by SCB's code. The profile prefers Geonames, which kommun.yml does not know."""
        file = self.site.municipality
        if file is None:
            return None
        return self.made.add(self._iri("omrade"), "dcterms:Location", {
            "skos:prefLabel": Literal(file.name, "sv"), "dcterms:identifier": Literal(file.code),
        })  # fmt: skip

    def _contact(self) -> Iri | None:
        """A function to turn to. The profile requires an e-mail address, so without one there is no contact."""
        file = self.site.municipality
        ways = (
            [self.site.feedback, file.contacts.coordination, file.contacts.centre]
            if file
            else [self.site.feedback]
        )
        chosen = _with_mail(ways)
        if chosen is None:
            return None
        return self.made.add(self._iri("kontakt"), "vcard:Organization", {
            "vcard:fn": Literal(chosen.name),
            "vcard:hasEmail": Iri(f"mailto:{chosen.email}"),
            "vcard:hasURL": Iri(chosen.web) if chosen.web else None,
        })  # fmt: skip

    def _dataset(self, dataset: Dataset, publisher: Iri, place: Iri | None, contact: Iri | None) -> Iri:
        address, themes = self.site.address, ("JUST", "GOVE")
        period = self._period(dataset)
        landing = dataset.page if dataset.page in self.there else START
        statements: dict[str, Value | list[Value] | None] = {
            "dcterms:title": [Literal(dataset.title, "sv"), Literal(dataset.title_en, "en")],
            "dcterms:description": Literal(dataset.description, "sv"),
            "dcterms:publisher": publisher,
            "dcat:contactPoint": contact,
            "dcat:keyword": [Literal(word, "sv") for word in dataset.keywords],
            "dcat:theme": [Iri(f"{_EU}data-theme/{theme}") for theme in themes],
            "dcterms:language": _SWEDISH,
            "dcterms:spatial": place,
            "dcterms:temporal": period,
            "dcterms:modified": _day(self._modified(dataset)),
            "dcterms:accrualPeriodicity": Iri(f"{_EU}frequency/{self._rhythm(dataset)}"),
            "dcterms:accessRights": Iri(f"{_EU}access-right/PUBLIC"),
            "dcat:landingPage": Iri(address + landing),
            "foaf:page": Iri(address + _OPEN_DATA_PAGE) if _OPEN_DATA_PAGE in self.there else None,
            "dcat:distribution": [
                self._distribution(dataset, path) for path in dataset.files if path in self.published
            ],
        }
        return self.made.add(self._iri(dataset.id), "dcat:Dataset", statements)

    def _period(self, dataset: Dataset) -> Iri | None:
        """From the first year that a document is known to touch; no end, for more is to come."""
        years = [year for filed in self._documents(dataset) for year in years_of(filed)]
        if not years:
            return None
        first = Literal(str(min(years)), datatype="xsd:gYear")
        return self.made.add(
            self._iri(f"{dataset.id}-tid"), "dcterms:PeriodOfTime", {"dcat:startDate": first}
        )

    def _rhythm(self, dataset: Dataset) -> str:
        """MONTHLY for situation summaries, where all but the statutory ones cover a month; else IRREG."""
        periods = [
            filed.part.period
            for filed in (self.site.collection.summaries if self.site.collection else ())
            if not filed.part.statutory
        ]
        monthly = periods and all((period.end - period.start).days + 1 in _MONTH for period in periods)
        return "MONTHLY" if dataset.folder == "lagesbilder" and monthly else "IRREG"

    def _distribution(self, dataset: Dataset, path: str) -> Iri:
        ending = path[path.rindex(".") :]
        media, name = media_type(path), _FORMAT_OF.get(path) or _FORMATS[ending]
        address = Iri(self.site.address + path)
        return self.made.add(self._iri(f"{dataset.id}-{path.replace('/', '-')}"), "dcat:Distribution", {
            "dcterms:title": Literal(f"{dataset.title} ({name})", "sv"),
            "dcat:accessURL": address,
            "dcat:downloadURL": address,
            "dcterms:format": Literal(media),
            "dcat:mediaType": Iri(f"http://www.iana.org/assignments/media-types/{media}"),
            "dcat:byteSize": Literal(str(self._size(path)), datatype="xsd:nonNegativeInteger"),
            "dcterms:license": Iri(LICENCE),
            "dcterms:language": _SWEDISH,
            "dcterms:modified": _day(self._modified(dataset)),
            "dcterms:conformsTo": self._schema(path),
            "dcatap:availability": Iri(f"{_EU}planned-availability/AVAILABLE"),
        })  # fmt: skip

    def _size(self, path: str) -> int:
        """How many octets a file has. The largest is in most datasets, and counted once."""
        if path not in self.sizes:
            content = self.published[path]
            self.sizes[path] = len(content if isinstance(content, bytes) else content.encode())
        return self.sizes[path]

    def _schema(self, path: str) -> Iri | None:
        """What a file conforms to: the Data Package of a table, or the schema that a JSON file itself names."""
        if path.endswith(".csv"):
            return Iri(self.site.address + _PACKAGE) if _PACKAGE in self.published else None
        named = _SCHEMA.match(str(self.published[path])) if path.endswith(".json") else None
        return Iri(named[1]) if named else None


def _with_mail(ways: Iterable[Contact | None]) -> Contact | None:
    return next((way for way in ways if way and way.email), None)


def _day(day: date | None) -> Literal | None:
    return Literal(day.isoformat()[:10], datatype="xsd:date") if day else None
