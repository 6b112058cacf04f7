"""The model and what follows from it → JSON Schemas of what is published (draft 2020-12).

The schemas in `schema/` describe what may be *written*, where a date, a name or a list has short forms and other
spellings. These describe what is *given out*: one form of everything. They are open: a key that is not named
here may come without a new version (docs/open-data.md), so whoever reads skips what they do not know.
"""

from __future__ import annotations

from typing import Any

from pydantic.fields import FieldInfo

from trygglofte.describing.accepted import Json
from trygglofte.describing.kinds import KINDS, PARTS
from trygglofte.describing.shapes import Group, Items, Keyed, Shape, Value, Word, fields, parts_in, shape_of
from trygglofte.model import FOLDERS
from trygglofte.model.base import Part
from trygglofte.model.common import End, When
from trygglofte.model.pledge import Status

SCHEMA_VERSION = 1
"""Raised when something that was promised to stay changes. The schemas of a version keep their addresses."""

LICENSE = "CC0-1.0"
MUNICIPALITY, PORTAL = "kommun", "portal"
KIND_OF: dict[type[Part], str] = {kind.model: kind.id for kind in KINDS if kind.model in FOLDERS.values()}
"""The name of each document type's schema."""

_TEXT: Json = {"type": "string"}
_DAY: Json = {"type": "string", "format": "date"}
_HIDDEN = "Ett tal, eller orden ”färre än 5” där talet skyddas."
_BY_TYPE: dict[str, Json] = {
    "tal": {"type": "number"},
    "heltal": {"type": "integer", "minimum": 0},
    "ja-eller-nej": {"type": "boolean"},
    "dag": _DAY,
    "datum": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    "antal": {"type": ["integer", "string"], "description": _HIDDEN},
    "tal-eller-dolt": {"type": ["number", "string"], "description": _HIDDEN},
    "redovisat-antal": {"type": ["number", "string"], "description": "Ett tal, eller ord där talet inte är känt."},
    "rytm": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
    "veckodagar": {"type": "array", "items": _TEXT},
    "webbadress": {"type": "string", "format": "uri"},
}  # fmt: skip


def schema_path(name: str) -> str:
    """Where a schema is published, from the portal's start: `schema/1/medborgarlofte.json`."""
    return f"schema/{SCHEMA_VERSION}/{name}.json"


def schemas(base: str) -> dict[str, Json]:
    """Every schema by its path from the portal's start. `base` is the portal's full address."""
    found = {name: _document(model) for model, name in KIND_OF.items()}
    found[MUNICIPALITY] = _municipality()
    found[PORTAL] = _portal()
    return {
        schema_path(name): {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": base + schema_path(name),
            "$comment": "Skapat ur modellen. Vad som kan ändras, och hur, står i dokumentationen av öppna data.",
            **schema,
        }
        for name, schema in found.items()
    }


def _object(properties: Json, required: tuple[str, ...] = (), **more: Any) -> Json:
    return {
        "type": "object",
        **more,
        "properties": properties,
        **({"required": list(required)} if required else {}),
    }


def _list(item: Json, **more: Any) -> Json:
    return {"type": "array", **more, "items": item}


_COUNTS: Json = {
    "type": "object", "description": "Hur många åtaganden som har varje status.",
    "propertyNames": {"enum": [str(status) for status in Status]},
    "additionalProperties": {"type": "integer", "minimum": 1},
}  # fmt: skip
_OF: Json = _object(
    {"namn": _TEXT, "kommunkod": {"type": "string", "pattern": "^[0-9]{4}$"}, "påhittad": {"const": True}},
    ("namn", "kommunkod"),
)
_FIGURES: Json = _object(
    {"gjort": {"type": "number"}, "gjort_är_minst": {"const": True}, "lovat": {"type": "number"},
     "lovat_är_högst": {"const": True}},
    ("gjort",), description="Gjort hittills mot det som lovats, i åtagandets enhet.",
)  # fmt: skip
_STATUS: Json = {"enum": [str(status) for status in Status]}
_STATED: Json = {
    "status": _STATUS, "redovisat_den": _DAY, "tal": _FIGURES, "sagt_om_talen": _TEXT, "anmärkningar": _list(_TEXT),
}  # fmt: skip
_DERIVED: dict[str, Json] = {
    "medborgarlofte": {
        "omdöme": _TEXT, "avslutat": {"type": "boolean"}, "antal_per_status": _COUNTS, "senast_redovisat": _DAY,
        "nästa_redovisning": _DAY, "försenad_sedan": _DAY,
        "försenade": _list(_object({"dag": _DAY, "parter": _list(_TEXT)}, ("dag", "parter"))),
        "redovisarnas_omdömen": _list(_object({"parter": _list(_TEXT), "omdöme": _TEXT}, ("parter", "omdöme"))),
        "ersatt_av": _TEXT,
        "åtaganden": _list(_object(
            {"id": _TEXT, "adress": _TEXT, "fokusområde": _TEXT, "teman": _list(_TEXT), **_STATED,
             "redovisat_av": _list(_TEXT), "inte_redovisat_av": _list(_TEXT), "försenat_sedan": _DAY,
             "per_part": _list(_object({"part": _TEXT, **_STATED}, ("part",)))},
            ("id", "adress", "status"),
        )),
        "uppföljningar": _list(_object(
            {"id": _TEXT, "adress": _TEXT, "period": _object({"från": _DAY, "till": _DAY}, ("från", "till")),
             "publicerad": _DAY, "rapporterat_av": _list(_TEXT)},
            ("id", "adress", "period", "publicerad", "rapporterat_av"),
        )),
    },
    "overenskommelse": {"löften": _list(_TEXT), "ersatt_av": _TEXT},
    "lagesbild": {"förnyas_senast": _BY_TYPE["datum"]},
    "atgardsplan": {
        "förnyas_senast": _BY_TYPE["datum"],
        "åtgärder": _list(_object(
            {"id": _TEXT, "status": _STATUS, "ny_tidplan": _TEXT, "försenad_sedan": _DAY}, ("id", "status")
        )),
    },
}  # fmt: skip
_SURE: dict[str, tuple[str, ...]] = {"medborgarlofte": ("omdöme", "avslutat")}


def _head(**more: Json) -> Json:
    return {
        "schema": {"type": "string", "format": "uri"}, "schema_version": {"const": SCHEMA_VERSION}, **more,
        "licens": {"const": LICENSE},
    }  # fmt: skip


def _document(model: type[Part]) -> Json:
    kind = next(kind for kind in KINDS if kind.model is model)
    derived = {"läget_den": _DAY, "innehållet_daterat": _DAY, **_DERIVED[kind.id]}
    owner = {**_OF["properties"], "adress": _TEXT}
    head = _head(
        id={"type": "string", "pattern": "^[a-z0-9-]+/[a-z]+/[a-z0-9-]+$"}, typ={"const": kind.name}, kommun=_OF,
        adress={"type": "string", "format": "uri"}, ägs_av=_object(owner, ("namn", "kommunkod", "adress")),
        gäller_också=_list(_TEXT),
    )  # fmt: skip
    content = {"$ref": f"#/$defs/{model.__name__}"}
    written = "Det som står i kommunens fil, med filens nycklar."
    follows = "Det som programmet har räknat fram den dag som läget_den säger."
    return {
        "title": kind.name,
        "description": kind.intro,
        **_object(
            {**head, "innehåll": {**content, "description": written},
             "härlett": _object(derived, ("läget_den", *_SURE.get(kind.id, ())), description=follows)},
            ("schema", "schema_version", "id", "typ", "kommun", "adress", "licens", "innehåll", "härlett"),
        ),
        "$defs": {part.__name__: _part(part) for part in parts_in(model)},
    }  # fmt: skip


def _municipality() -> Json:
    names = {"type": "object", "additionalProperties": _TEXT}
    return {"title": "En kommuns dokument", **_object(
        _head(id=_TEXT, typ={"const": "Kommun"}, kommun=_OF, adress=_TEXT, utgivare=_TEXT, läget_den=_DAY,
              namn=_object({"parter": names, "platser": names, "teman": names}),
              dokument=_list({"oneOf": [{"$ref": f"{name}.json"} for name in KIND_OF.values()]})),
        ("schema", "schema_version", "id", "typ", "kommun", "adress", "licens", "läget_den"),
    )}  # fmt: skip


def _portal() -> Json:
    card = {
        **_OF["properties"], "id": _TEXT, "kommunens_egen": {"type": "boolean"}, "adress": _TEXT, "data": _TEXT,
        "dokument": {"type": "object", "additionalProperties": {"type": "integer"}}, "läget_den": _DAY,
        "senast_redovisat": _DAY, "antal_per_status": _COUNTS, "avslutade_antal_per_status": _COUNTS,
    }  # fmt: skip
    return {"title": "Portalens kommuner", **_object(
        _head(typ={"const": "Portal"}, namn=_TEXT, adress=_TEXT,
              kommuner=_list(_object(card, ("id", "namn", "kommunkod", "adress", "data", "läget_den")))),
        ("schema", "schema_version", "typ", "namn", "adress", "licens", "kommuner"),
    )}  # fmt: skip


def _part(part: type[Part]) -> Json:
    required = tuple(alias for alias, info in fields(part) if info.is_required())
    keys = _object({alias: _field(info) for alias, info in fields(part)}, required, title=PARTS.get(part, ""))
    if not issubclass(part, When):
        return keys
    word = "”tills vidare” eller " if issubclass(part, End) else ""
    short = {"type": "string", "description": f"{word}datumet så långt det är känt".capitalize()}
    return {"title": PARTS[part], "anyOf": [short, keys]}


def _field(info: FieldInfo) -> Json:
    return {"title": info.title, "description": info.description, **_shape(shape_of(info))}


def _shape(shape: Shape) -> Json:
    if isinstance(shape, Value):
        return _BY_TYPE.get(shape.accepted.id, _TEXT)
    if isinstance(shape, Word):
        return {"enum": [str(word) for word in shape.kind]}
    if isinstance(shape, Group):
        return {"$ref": f"#/$defs/{shape.part.__name__}"}
    if isinstance(shape, Items):
        return _list(_shape(shape.item))
    assert isinstance(shape, Keyed)
    return {"type": "object", "additionalProperties": _shape(shape.item)}
