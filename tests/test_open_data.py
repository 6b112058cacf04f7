"""Open data as JSON: what every page says, for machines, with what was written apart from what follows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from trygglofte.describing.published import KIND_OF, schemas
from trygglofte.outputs import data
from trygglofte.outputs.shown import visible
from trygglofte.pages import card_of, portal_pages
from trygglofte.sites import municipal_site, shared_files

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 22)
BASE = "https://prov.example/"


@pytest.fixture(scope="module")
def sites() -> dict[str, Any]:
    shared, _ = shared_files(ROOT)
    slugs = sorted(path.name for path in (ROOT / "data").iterdir() if path.is_dir())
    return {slug: municipal_site(ROOT, slug, shared, DAY) for slug in slugs}


@pytest.fixture(scope="module")
def files(sites) -> dict[str, dict[str, Any]]:
    """Every JSON file of every site of the repository, read back, and of the portal under the empty name."""
    found = {
        slug: {name: json.loads(text) for name, text in data.files(site, pages).items()}
        for slug, (site, pages, _) in sites.items()
    }
    shared, _ = shared_files(ROOT)
    portal, pages = portal_pages(shared, [card_of(site) for site, _, _ in sites.values()], ROOT, DAY)
    found[""] = {name: json.loads(text) for name, text in data.files(portal, pages).items()}
    return found


def validator(address: str, published: dict[str, Any]) -> Draft202012Validator:
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema))
        for name, schema in published.items()
        if "schema/" in name
    )
    schema = next(one for one in published.values() if one.get("$id") == address)
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def test_every_file_is_valid_by_the_schema_at_the_address_it_names(files):
    valid = {}
    seen = set()
    for slug, found in files.items():
        for name, values in found.items():
            if "schema/" in name:
                Draft202012Validator.check_schema(values)
                continue
            check = valid.setdefault(values["schema"], validator(values["schema"], files[""]))
            errors = [
                f"{slug}/{name}: {error.message[:200]} at {list(error.path)}"
                for error in check.iter_errors(values)
            ]
            assert errors == []
            seen.add(values["schema"].rpartition("/")[2])
    assert seen == {f"{name}.json" for name in (*KIND_OF.values(), "kommun", "portal")}


def unknown(values: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> list[str]:
    """Keys that a schema does not name."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    for choice in schema.get("anyOf", ()):
        if isinstance(values, dict) and "properties" in choice:
            schema = choice
    if isinstance(values, list):
        return [one for item in values for one in unknown(item, schema.get("items", {}), root, f"{at}[]")]
    if not isinstance(values, dict):
        return []
    found = []
    for key, item in values.items():
        inner = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
        found += [f"{at}.{key}"] if inner is None else unknown(item, inner, root, f"{at}.{key}")
    return found


def test_the_schemas_name_every_key_that_is_published(files):
    for found in files.values():
        for name, values in found.items():
            if name.endswith("index.json"):
                schema = next(one for one in files[""].values() if one.get("$id") == values["schema"])
                assert unknown(values, schema, schema) == []


def test_every_document_has_its_data_beside_its_page_and_all_of_them_in_one_file(files, sites):
    for slug, (site, pages, _) in sites.items():
        there = {page.address for page in pages}
        beside = {name.removesuffix("index.json") for name in files[slug] if name.endswith("index.json")}
        assert beside <= there
        assert len(beside) == len(site.everything.documents)
        whole = files[slug]["data.json"]
        assert whole.get("dokument", []) == [v for n, v in files[slug].items() if n.endswith("index.json")]


def test_what_is_derived_says_what_the_page_says(files, sites):
    site, pages, _ = sites["exempelkoping"]
    for filed in site.everything.pledges:
        state = site.state(filed)
        values = files["exempelkoping"][f"medborgarloften/{filed.id}/index.json"]
        derived = values["härlett"]
        html = next(page.html for page in pages if page.address == f"medborgarloften/{filed.id}/")
        assert derived["omdöme"] == state.verdict
        assert (
            sum(derived["antal_per_status"].values()) == len(derived["åtaganden"]) == len(state.commitments)
        )
        for one in (*derived["åtaganden"], *derived.get("uppföljningar", ())):
            address, _, anchor = one["adress"].partition("#")
            assert address == values["adress"]
            assert f'id="{anchor}"' in html


def test_a_source_that_was_written_as_its_id_is_told_whole(files, sites):
    site, _, _ = sites["exempelkoping"]
    pledge = files["exempelkoping"]["medborgarloften/2026-trygg-station/index.json"]["innehåll"]
    own = next(one for one in site.everything.file.part.sources if one.id == "trygghetsmatning-2025")
    for told in (pledge["källor"][0], pledge["indikatorer"][0]["källa"]):
        assert (told["id"], told["titel"]) == (own.id, own.title)


def test_the_portal_leads_to_every_municipality(files):
    portal = files[""]["data.json"]
    assert {one["id"] for one in portal["kommuner"]} == set(files) - {""}
    for one in portal["kommuner"]:
        assert files[one["id"]]["data.json"]["adress"] + "data.json" == one["data"]


def test_only_names_that_documents_mention_are_told(files, sites):
    site, _, _ = sites["exempelkoping"]
    text = json.dumps(files["exempelkoping"]["data.json"]["dokument"], ensure_ascii=False)
    for group in ("parter", "platser", "teman"):
        told = files["exempelkoping"]["data.json"]["namn"][group]
        assert told
        assert all(f'"{id_}"' in text for id_ in told)
    assert {place.id for place in site.municipality.places} >= set(
        files["exempelkoping"]["data.json"]["namn"]["platser"]
    )


def test_a_wording_that_is_hidden_on_the_page_is_in_no_data(project, provstad):
    from trygglofte.pages import municipality_pages

    path = "data/provstad/medborgarloften/2026-trafik.yml"
    from tests.conftest import MINIMAL

    entries = (
        "ändringar:\n"
        "  - {datum: 2026-02-01, vad: Nytt, åtagande: kontroller, före: hemligt först, efter: hemligt sedan}\n"
        "  - {datum: 2026-03-01, vad: Bort, åtagande: kontroller, före: hemligt sedan, efter: öppet, dölj_före: ja}\n"
    )
    site, pages = municipality_pages(provstad(project({path: MINIMAL[path] + entries})), ROOT, DAY)
    text = data.files(site, pages)["medborgarloften/2026-trafik/index.json"]
    assert "Nytt" in text
    assert "hemligt" not in text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Läs [planen](/atgardsplaner/h/) nu.", "Läs planen nu."),
        ("Läs [planen](</atgardsplaner/h/#a> 'x').", "Läs planen."),
        ("Läs [rapporten](/m/x/#u) och [löftet](/m/x/).", "Läs rapporten och [löftet](/m/x/)."),
        ("Läs [mer](https://h.example/).", "Läs [mer](https://h.example/)."),
    ],
)
def test_links_to_what_has_not_come_are_words_alone(text, seen):
    assert visible(text, {"atgardsplaner/h/", "m/x/#u"}) == seen


def test_schemas_have_the_addresses_that_were_promised():
    assert set(schemas(BASE)) == {
        f"schema/1/{name}.json"
        for name in ("overenskommelse", "medborgarlofte", "lagesbild", "atgardsplan", "kommun", "portal")
    }
    assert schemas(BASE)["schema/1/lagesbild.json"]["$id"] == f"{BASE}schema/1/lagesbild.json"
