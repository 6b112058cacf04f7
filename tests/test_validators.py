"""What others wrote to find faults finds none: feeds by a parser and by the grammar of Atom, JSON Feed by its rules,
JSON-LD by an RDF library and schema.org's own words.

Beside these: iCalendar by vobject (tests/test_calendars.py), the Data Package by frictionless (tests/test_tables.py),
JSON by its published schemas (tests/test_open_data.py) and the catalogue by pyshacl (tests/test_catalogue.py).
"""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest
import rdflib
import rnc2rng
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree
from rdflib.namespace import RDF
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

GRAMMAR = Path(__file__).parent / "feeds" / "atom.rnc"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def built(example_as_real) -> Path:
    return example_as_real[2] / "exempelkoping"


@pytest.fixture(scope="module")
def atoms(built) -> dict[str, bytes]:
    return {
        path.relative_to(built).as_posix(): path.read_bytes() for path in sorted(built.rglob("flode.xml"))
    }


# Feeds


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    # An XML prefix cannot stand for no namespace, and none of the names needs it.
    text = rnc2rng.dumps(rnc2rng.load(str(GRAMMAR))).replace('xmlns:local=""', "")
    return etree.RelaxNG(etree.fromstring(text.encode()))


def test_every_feed_follows_the_grammar_of_atom(atoms, grammar):
    assert len(atoms) > 25
    for name, content in atoms.items():
        feed = etree.fromstring(content)
        assert grammar.validate(feed), f"{name}: {grammar.error_log}"
        # the rules that the appendix has beside its grammar
        assert feed.findall(f"{ATOM}author")
        for entry in feed.findall(f"{ATOM}entry"):
            assert entry.find(f"{ATOM}link[@rel='alternate']") is not None
            assert entry.find(f"{ATOM}content") is None


@pytest.mark.parametrize(
    "wrong", ["no id", "two titles", "a day alone", "a type that is none", "an unknown element"]
)
def test_the_grammar_sees_what_is_wrong(atoms, grammar, wrong):
    feed = etree.fromstring(atoms["flode.xml"])
    entry = feed.find(f"{ATOM}entry")
    if wrong == "no id":
        entry.remove(entry.find(f"{ATOM}id"))
    elif wrong == "two titles":
        entry.append(copy.deepcopy(entry.find(f"{ATOM}title")))
    elif wrong == "a day alone":
        entry.find(f"{ATOM}updated").text = "2026-09-10"
    elif wrong == "a type that is none":
        entry.find(f"{ATOM}link").set("type", "html")
    else:
        etree.SubElement(entry, f"{ATOM}pubDate").text = "2026"
    assert not grammar.validate(feed)


def test_an_independent_parser_reads_every_feed_without_a_remark(atoms):
    for name, content in atoms.items():
        read = feedparser.parse(
            content, response_headers={"content-type": "application/atom+xml; charset=utf-8"}
        )
        assert read.bozo is False, f"{name}: {read.get('bozo_exception')}"
        assert read.version == "atom10"
        assert read.feed.id.startswith("urn:uuid:")
        assert read.feed.title.startswith("Trygglöfte Exempelköping: ")
        assert read.feed.updated_parsed
        links = {link.rel: link.href for link in read.feed.links}
        assert links["self"] == links["alternate"] + "flode.xml"
        assert len({entry.id for entry in read.entries}) == len(read.entries)
        for entry in read.entries:
            assert entry.id.startswith("urn:uuid:")
            assert entry.link.startswith("https://trygglofte.example/exempelkoping/")
            assert entry.published_parsed == entry.updated_parsed
            assert date(*entry.published_parsed[:3]).isoformat() == entry.published[:10]
            assert entry.title
            assert entry.summary


LINK = {"type": "string", "format": "uri", "pattern": "^https?://"}
PERSON = {
    "type": "object", "minProperties": 1,
    "properties": {"name": {"type": "string"}, "url": LINK, "avatar": LINK},
}  # fmt: skip
JSON_FEED = {
    # https://www.jsonfeed.org/version/1.1/: top-level and item keys, their types and what must be there. A key that
    # is not in it has to be an extension, which begins with an underscore.
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"}, "home_page_url": LINK, "feed_url": LINK, "description": {"type": "string"},
        "user_comment": {"type": "string"}, "next_url": LINK, "icon": LINK, "favicon": LINK,
        "authors": {"type": "array", "items": PERSON}, "language": {"type": "string", "pattern": "^[a-z]{2}(-.+)?$"},
        "expired": {"type": "boolean"}, "hubs": {"type": "array"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    "id": {"type": "string", "minLength": 1}, "url": LINK, "external_url": LINK,
                    "title": {"type": "string"}, "content_html": {"type": "string"},
                    "content_text": {"type": "string"}, "summary": {"type": "string"}, "image": LINK,
                    "banner_image": LINK,
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "authors": {"type": "array", "items": PERSON},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"}, "attachments": {"type": "array"},
                },
                "patternProperties": {"^_": {"type": "object"}},
                "additionalProperties": False,
            },
        },
    },
    "patternProperties": {"^_": {"type": "object"}},
    "additionalProperties": False,
}  # fmt: skip


def test_every_json_feed_follows_the_rules_of_its_format(built):
    check = Draft202012Validator(JSON_FEED, format_checker=FormatChecker())
    feeds = sorted(built.rglob("flode.json"))
    assert len(feeds) > 25
    for path in feeds:
        values = json.loads(path.read_text("utf-8"))
        assert [f"{path}: {error.message}" for error in check.iter_errors(values)] == []
        assert len({item["id"] for item in values["items"]}) == len(values["items"])


# JSON-LD

SUPER = {
    "WebSite": "CreativeWork", "Report": "Article", "Article": "CreativeWork", "CreativeWork": "Thing",
    "BreadcrumbList": "ItemList", "ItemList": "Thing", "ListItem": "Thing", "SearchAction": "Action",
    "Action": "Thing", "EntryPoint": "Thing", "GovernmentOrganization": "Organization", "Organization": "Thing",
    "AdministrativeArea": "Place", "Place": "Thing", "Thing": "",
}  # fmt: skip
"""The types of schema.org that we use (release 29), each below the nearest of these."""
TEXT, URL, DAY = r"\S.*", r"https://\S+", r"\d{4}-\d\d-\d\d"
PROPERTIES: dict[str, tuple[str, str]] = {
    "name": ("Thing", TEXT), "url": ("Thing", URL), "description": ("Thing", TEXT),
    "potentialAction": ("Thing", "Action"), "inLanguage": ("CreativeWork", "[a-z]{2}"),
    "publisher": ("CreativeWork", "Organization"), "spatialCoverage": ("CreativeWork", "Place"),
    "temporalCoverage": ("CreativeWork", r"[\d-]+/([\d-]+|\.\.)"), "datePublished": ("CreativeWork", DAY),
    "dateModified": ("CreativeWork", DAY), "itemListElement": ("ItemList", "ListItem"),
    "position": ("ListItem", r"\d+"), "item": ("ListItem", URL),
    "target": ("Action", "EntryPoint"), "urlTemplate": ("EntryPoint", URL),
    "query-input": ("Action", "required name=search_term_string"),
}  # fmt: skip
"""Its properties that we use: what they belong to, and a type or the form of a value that they lead to."""
CONTEXT = {"@vocab": "https://schema.org/"}
"""In the place of the one that lies at schema.org, which says the same of these names: no test needs the network."""


def is_a(kind: str, wanted: str) -> bool:
    return kind == wanted or (bool(kind) and is_a(SUPER[kind], wanted))


def faults(values: dict[str, Any]) -> list[str]:
    """What an RDF library reads that schema.org has no word for, or another use of."""
    assert values["@context"] == "https://schema.org"
    graph = rdflib.Graph().parse(data=json.dumps(values | {"@context": CONTEXT}), format="json-ld")
    kinds = {
        node: str(kind).removeprefix("https://schema.org/") for node, kind in graph.subject_objects(RDF.type)
    }
    found = [] if kinds else ["nothing is told"]
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            continue
        name = str(predicate).removeprefix("https://schema.org/")
        of, leads_to = PROPERTIES[name]
        right = (
            is_a(kinds.get(value, ""), leads_to) if leads_to in SUPER else re.fullmatch(leads_to, str(value))
        )
        if not is_a(kinds[subject], of) or not right:
            found.append(f"{kinds[subject]}.{name}: {value}")
    return found


def test_what_pages_tell_search_engines_is_schema_org_to_an_rdf_library(built, example_as_real):
    told = {}
    for page in example_as_real[1]:
        html = LexborHTMLParser((built / page.address / "index.html").read_text("utf-8"))
        blocks = [node.text() for node in html.css('script[type="application/ld+json"]')]
        assert len(blocks) <= 1
        if blocks:
            kind = page.address.strip("/").split("/")
            told.setdefault((kind[0], len(kind)), json.loads(blocks[0]))
    assert {("", 1), ("medborgarloften", 2), ("lagesbilder", 2), ("overenskommelser", 2), ("atgardsplaner", 2),
            ("teman", 2), ("om", 1)} <= set(told)  # fmt: skip
    assert {kind: wrong for kind, values in told.items() if (wrong := faults(values))} == {}
    kinds = {item["@type"] for values in told.values() for item in values["@graph"]}
    assert kinds == {"WebSite", "BreadcrumbList", "CreativeWork", "Report"}


def test_a_wrong_word_is_seen(built):
    html = LexborHTMLParser((built / "index.html").read_text("utf-8"))
    values = json.loads(html.css_first('script[type="application/ld+json"]').text())
    values["@graph"][0]["datePublished"] = "i går"
    assert faults(values) == ["WebSite.datePublished: i går"]
