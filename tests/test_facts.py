"""What is published about five municipalities is what their sources say. tests/facts.json names each fact's source."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from trygglofte import sites

ROOT = Path(__file__).resolve().parents[1]
FIVE = {entry["slug"]: entry for entry in json.loads((ROOT / "tests" / "facts.json").read_text("utf-8"))}
FACTS = [(slug, fact) for slug, entry in FIVE.items() for fact in entry["facts"]]

METADATA = {"id", "drivs_av", "källa", "uppgifter", "uppgift_saknas", "teman"}
"""Keys that say something of the file and not of the municipality."""

OWN_WORDS = {"källor": {"anmärkning"}, "samverkan": {"skrivet"}}
"""Where the project says something of the source itself, for example that it has no date."""


def documents(slug: str) -> dict[str, object]:
    return {
        path.relative_to(ROOT).as_posix(): yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)
        for path in sorted((ROOT / "data" / slug).rglob("*.yml"))
    }


def steps(key: str) -> list[str | int]:
    found = re.findall(r"([^.\[\]]+)|\[(\d+)\]", key)
    return [name or int(number) for name, number in found]


def value_at(document, key: str):
    for step in steps(key):
        document = document[step]
    return document


def leaves(value, key: str = ""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{key}[{number}]")
    else:
        yield key, value


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("slug", FIVE, ids=str)
def test_every_fact_stands_where_it_is_said_to_stand(slug):
    data = documents(slug)
    wrong = [
        f"{fact['path']} {fact['key']}: {fact['value']}"
        for fact in FIVE[slug]["facts"]
        if fact["value"] not in flat(value_at(data[fact["path"]], fact["key"]))
    ]
    assert wrong == []
    assert all(len(fact["source_excerpt"].split()) >= 1 for fact in FIVE[slug]["facts"])


@pytest.mark.parametrize("slug", FIVE, ids=str)
def test_the_words_of_the_source_are_found_in_the_data(slug):
    said = flat(
        " ".join(value for document in documents(slug).values() for _, value in leaves(document))
    ).lower()
    assert [word for word in FIVE[slug]["words"] if word.lower() not in said] == []


def from_registers(data: dict) -> set[str]:
    """Keys whose values come from a register, which is named as their source."""
    return {
        name
        for document in data.values()
        for source in document.get("källor", [])
        if isinstance(source, dict)
        for name in source.get("uppgifter", [])
    }


def without_source(slug: str) -> list[str]:
    data = documents(slug)
    registers = from_registers(data)
    known = {(fact["path"], fact["key"]) for fact in FIVE[slug]["facts"]}
    name = data[f"data/{slug}/kommun.yml"]["namn"]
    found = []
    for path, document in data.items():
        register_sources = {
            f"källor[{n}]" for n, source in enumerate(document.get("källor", [])) if "uppgifter" in source
        }
        for key, value in leaves(document):
            way = [step for step in steps(key) if isinstance(step, str)]
            if METADATA & set(way) or key.split(".")[0] in register_sources:
                continue
            if (
                way[-1] in OWN_WORDS.get(way[0], ())
                or (way[0] == "källor" and len(way) == 1)
                or way[:2] == ["samverkan", "källor"]
            ):
                continue
            if registers & set(way) and path.endswith("kommun.yml"):
                continue
            if "namn" in registers and value in {name, name.removesuffix(" kommun")}:
                continue
            if (path, key) not in known:
                found.append(f"{path} {key}: {flat(value)[:60]}")
    return found


@pytest.mark.parametrize("slug", FIVE, ids=str)
def test_nothing_is_published_without_a_source(slug):
    assert without_source(slug) == []


@pytest.fixture(scope="module")
def built():
    shared, _ = sites.shared_files(ROOT)
    return {slug: sites.municipal_site(ROOT, slug, shared, date(2026, 11, 22)) for slug in FIVE}


WORDS_OF_ALL = {"ordlista/", "metod/"}
"""Pages that explain words to everybody, and are the same on every site."""


@pytest.mark.parametrize("slug", FIVE, ids=str)
def test_what_the_source_does_not_say_is_on_no_page(slug, built):
    _, pages, _ = built[slug]
    forbidden = FIVE[slug]["must_not_contain"]
    for page in pages:
        if page.address in WORDS_OF_ALL:
            continue
        seen = LexborHTMLParser(f"<html><body>{page.html}</body></html>").body.text(separator=" ")
        said = flat(f"{page.title} {page.description} {seen}").lower()
        if page.kind == "Om webbplatsen":  # says in general what a statutory summary is
            said = said.replace("lagstadgad lägesbild", "")
        assert [word for word in forbidden if word.lower() in said] == [], page.address
        assert not any(word in page.address for word in forbidden)


@pytest.mark.parametrize("slug", FIVE, ids=str)
def test_the_project_answers_for_the_site_and_search_engines_leave_it(slug, built):
    site, pages, problems = built[slug]
    assert problems == []
    assert site.by_project
    assert site.hidden_from_search_engines
    assert site.publisher_name == "Projektet Trygglöfte"
    (about,) = [page for page in pages if page.address == "om/"]
    assert "Det här är inte kommunens egen webbplats" in about.html
    assert all(source.title.replace("&", "&amp;") in about.html for source in site.municipality.sources)


LACKING = {
    "helsingborg": ("overenskommelser/helsingborgs-stad-lpo-helsingborg/", ["Områden Uppgift saknas i källan",
    "under tisdagen"]),
    "bastad": ("medborgarloften/2020-2022/", ["Undertecknat Uppgift saknas i källan", "Följs upp löpande"]),
    "habo-uppsala": ("overenskommelser/habo-kommun-lpo-enkoping-habo/", ["den 8 februari (så står det i källan",
    "Gäller Uppgift saknas i källan"]),
    "gnosjo": ("medborgarloften/2022/", ["Vem som ansvarar: Uppgift saknas i källan",
    "Diarienummer Uppgift saknas i källan"]),
    "soderhamn": ("", ["Inga medborgarlöften är publicerade här, för källan beskriver inget."]),
}  # fmt: skip


@pytest.mark.parametrize("slug", LACKING, ids=str)
def test_what_the_source_lacks_is_said(slug, built):
    address, sentences = LACKING[slug]
    (page,) = [page for page in built[slug][1] if page.address == address]
    said = flat(LexborHTMLParser(f"<html><body>{page.html}</body></html>").body.text(separator=" "))
    assert [sentence for sentence in sentences if sentence not in said] == []


def test_no_pledge_of_the_five_is_called_anything_but_unreported(built):
    """No source follows a pledge up, so nothing is said of how it went."""
    for site, _, _ in built.values():
        for filed in site.everything.pledges:
            assert site.state(filed).verdict == "inte redovisat"
