"""Open data as JSON: beside every document's page, for a municipality, and for the portal.

What was written (`innehåll`, Swedish keys as in the file) stands apart from what follows from it (`härlett`).
The promise of what may change, and how, is docs/open-data.md; the schemas are made in `describing.published`
and published by the portal under `schema/1/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trygglofte.addresses import TYPE_NAMES, address_of
from trygglofte.describing.published import (
    KIND_OF,
    LICENSE,
    MUNICIPALITY,
    PORTAL,
    SCHEMA_VERSION,
    schema_path,
    schemas,
)
from trygglofte.model import FOLDERS, Filed
from trygglofte.outputs.derived import derived_of, full, known
from trygglofte.outputs.shown import content_of, texts_in
from trygglofte.outputs.values import as_json, as_json_with
from trygglofte.pages import Page, PortalCard, Site

_FOLDER_OF = {model: folder for folder, model in FOLDERS.items()}
DATA = "data.json"


def files(site: Site, _pages: Sequence[Page]) -> dict[str, str]:
    """`index.json` beside each document's page and `data.json` for all; on the portal its own, and the schemas."""
    if site.is_portal:
        found = {DATA: as_json(_portal(site))}
        return found | {path: as_json(schema) for path, schema in schemas(site.address).items()}
    documents = {address_of(filed): document(filed, site) for filed in site.everything.documents}
    found = {f"{address}index.json": as_json(values) for address, values in documents.items()}
    municipality = _municipality(site, list(documents.values()))
    return {
        DATA: as_json_with(municipality, "dokument", found.values()) if found else as_json(municipality),
        **found,
    }


def _head(site: Site, name: str) -> dict[str, Any]:
    base = site.portal.address if site.portal.address.endswith("/") else f"{site.portal.address}/"
    return {"schema": base + schema_path(name), "schema_version": SCHEMA_VERSION}


def _of(site: Site) -> dict[str, Any]:
    file = site.everything.file.part
    return known({"namn": file.name, "kommunkod": file.code, "påhittad": file.made_up or None})


def document(filed: Filed[Any], site: Site) -> dict[str, Any]:
    """A document as its `index.json` has it."""
    kind = type(filed.part)
    owner = site.owner(filed)
    return known({
        **_head(site, KIND_OF[kind]),
        "id": f"{owner.owner if owner else site.slug}/{_FOLDER_OF[kind]}/{filed.id}",
        "typ": TYPE_NAMES[kind][0],
        "kommun": _of(site),
        "adress": full(filed, site),
        "ägs_av": known({"namn": owner.file.part.name, "kommunkod": owner.file.part.code,
                         "adress": site.canonical(filed)}) if owner else None,
        "gäller_också": site.other_municipalities(filed) if hasattr(filed.part, "municipalities") else None,
        "licens": LICENSE,
        "innehåll": content_of(filed, site),
        "härlett": derived_of(filed, site),
    })  # fmt: skip


def _municipality(site: Site, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """What stands before all documents of a municipality: with the names of what they mention."""
    said = texts_in([[one["innehåll"], one["härlett"]] for one in documents])
    file = site.everything.file.part
    return known({
        **_head(site, MUNICIPALITY),
        "id": site.slug,
        "typ": "Kommun",
        "kommun": _of(site),
        "adress": site.address,
        "utgivare": site.publisher_name,
        "licens": LICENSE,
        "läget_den": f"{site.today:%Y-%m-%d}",
        "namn": known({
            "parter": {one.id: one.name for one in file.parties if one.id in said},
            "platser": {one.id: one.name for one in file.places if one.id in said},
            "teman": {one.id: one.name for one in site.themes if one.id in said},
        }),
    })  # fmt: skip


def _portal(site: Site) -> dict[str, Any]:
    return {
        **_head(site, PORTAL),
        "typ": "Portal",
        "namn": site.portal.name,
        "adress": site.address,
        "licens": LICENSE,
        "kommuner": [_card(card, site) for card in site.cards],
    }


def _card(card: PortalCard, site: Site) -> dict[str, Any]:
    address = card.address if "://" in card.address else site.address + card.address
    return known({
        "id": card.slug, "namn": card.name, "kommunkod": card.code, "påhittad": card.made_up or None,
        "kommunens_egen": not card.by_project, "adress": address, "data": address + DATA,
        "dokument": dict(card.published), "läget_den": card.day, "senast_redovisat": card.last_reported,
        "antal_per_status": dict(card.counts), "avslutade_antal_per_status": dict(card.earlier),
    })  # fmt: skip
