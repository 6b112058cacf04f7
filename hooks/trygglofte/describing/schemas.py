"""One JSON Schema (draft 7) for each document type: what an editor's YAML server checks, shows and completes.

A schema accepts what the reader accepts. Keys have their Swedish spelling under `properties`, so that only it is
offered; the same key without dots and rings, or in capitals, is accepted under `patternProperties`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from pydantic.fields import FieldInfo

from trygglofte.describing.accepted import TYPES, Accepted, Json, enumeration, one_of, other_spellings
from trygglofte.describing.examples import as_json, example_of
from trygglofte.describing.kinds import PARTS, SHORT, SHORT_WORDS, Kind
from trygglofte.describing.shapes import (
    Group,
    Items,
    Keyed,
    Shape,
    Value,
    Word,
    fields,
    names_theme,
    parts_in,
    shape_of,
)
from trygglofte.describing.snippets import snippet
from trygglofte.model.base import Part
from trygglofte.model.shared import Theme

_PROBE = "?"


def schema_text(kind: Kind, themes: Sequence[Theme]) -> str:
    """The schema of a document type as a file, the same bytes every time."""
    return json.dumps(_Writer(kind, themes).document(), ensure_ascii=False, indent=2) + "\n"


class _Writer:
    """Writes one schema, and remembers which definitions it has come to need."""

    def __init__(self, kind: Kind, themes: Sequence[Theme]) -> None:
        self.kind = kind
        self.themes = themes
        self.definitions: dict[str, Json] = {}

    def document(self) -> Json:
        root = self._keys(self.kind.model, "#")
        for part in parts_in(self.kind.model):
            if part is not self.kind.model:
                self.definitions[part.__name__] = self._part(part)
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "$id": f"{self.kind.id}.schema.json",
            "$comment": "Skapad ur modellen. Ändra inte här: kör `trygglofte schema`.",
            "title": self.kind.name,
            "description": self.kind.intro,
            **root,
            "definitions": dict(sorted(self.definitions.items())),
        }

    def _part(self, part: type[Part]) -> Json:
        """A group of keys; one that has a short form accepts that too."""
        keys = self._keys(part, f"#/definitions/{part.__name__}{'/anyOf/0' if self._short(part) else ''}")
        short = self._short(part)
        return {"title": PARTS[part], "anyOf": [keys, *short]} if short else {"title": PARTS[part], **keys}

    def _short(self, part: type[Part]) -> list[Json]:
        """What a part's short form may be, found by asking the part itself what it makes of a text."""
        made = part.from_short(_PROBE)
        if not isinstance(made, dict):
            return []
        infos = {str(info.alias): info for info in part.model_fields.values()}
        value = self._shape(infos[next(iter(made))])
        word = SHORT_WORDS.get(part)
        return [*(one_of((word,), f"Skriv ”{word}” eller ett datum.")["anyOf"] if word else ()), value]

    def _keys(self, part: type[Part], at: str) -> Json:
        allowed = [alias for alias, _ in fields(part)]
        required = [(alias, info) for alias, info in fields(part) if info.is_required()]
        return {
            "type": "object",
            "errorMessage": _only(part, allowed),
            **({"defaultSnippets": [snippet(part)]} if part in PARTS else {}),
            "properties": {alias: self._field(info) for alias, info in fields(part)},
            "patternProperties": {
                other_spellings(alias): {"$ref": f"{at}/properties/{quote(alias)}"} for alias in allowed
            },
            "additionalProperties": False,
            **({"allOf": [_must(alias, info) for alias, info in required]} if required else {}),
        }

    def _field(self, info: FieldInfo) -> Json:
        shape = shape_of(info)
        return {
            "title": info.title,
            "description": info.description,
            "markdownDescription": _described(info, shape),
            **({"examples": [as_json(example_of(info))]} if info.examples else {}),
            **self._shape(info),
        }

    def _shape(self, info: FieldInfo) -> Json:
        shape = shape_of(info)
        if not isinstance(shape, Items):
            return self._single(shape, info)
        item = self._single(shape.item, info)
        many = {"type": "array", "items": item}
        if shape.single:
            return {"anyOf": [many, item]}
        return {**many, "errorMessage": "Här ska det stå en lista: börja varje del på en egen rad med ”- ”."}

    def _single(self, shape: Shape, info: FieldInfo) -> Json:
        if isinstance(shape, Value) and names_theme(str(info.alias), shape) and self.themes:
            return self._defined("tema", self._theme())
        if isinstance(shape, Value):
            return self._value(shape.accepted)
        if isinstance(shape, Word):
            return self._defined(shape.kind.__name__, enumeration(shape.kind))
        if isinstance(shape, Group):
            return {"$ref": f"#/definitions/{shape.part.__name__}"}
        assert isinstance(shape, Keyed)
        return self._keyed(shape, info)

    def _keyed(self, shape: Keyed, info: FieldInfo) -> Json:
        inner = snippet(shape.item.part) if isinstance(shape.item, Group) else None
        name = next(iter(example_of(info)))
        return {
            "type": "object",
            "errorMessage": f"Här ska det stå nycklar med värden. Varje nyckel är {shape.key.name.lower()}.",
            **({"defaultSnippets": [{**inner, "body": {f"${{9:{name}}}": inner["body"]}}]} if inner else {}),
            "patternProperties": {shape.key.schema["pattern"]: self._single(shape.item, info)},
            "additionalProperties": False,
        }

    def _value(self, accepted: Accepted) -> Json:
        if "#/definitions/datum" in str(accepted.schema):
            self._value(next(item for item in TYPES.values() if item.id == "datum"))
        return self._defined(quote(accepted.id), accepted.schema, name=accepted.id)

    def _defined(self, ref: str, schema: Json, name: str = "") -> Json:
        self.definitions[name or ref] = schema
        return {"$ref": f"#/definitions/{ref}"}

    def _theme(self) -> Json:
        ids = [theme.id for theme in self.themes]
        return {
            "enum": ids,
            "enumDescriptions": [f"{theme.name}. {theme.description}" for theme in self.themes],
            "errorMessage": f"Temat finns inte i data/teman.yml. Välj mellan {', '.join(ids)}.",
        }


def _only(part: type[Part], allowed: list[str]) -> str:
    """What is said of anything else than the keys of a part."""
    keys = ", ".join(allowed)
    if part in SHORT:
        return f"Skriv {SHORT[part]}. Eller skriv nycklar med värden, och bara dessa: {keys}."
    return f"Här får bara stå nycklar med värden, och bara dessa: {keys}."


def _must(alias: str, info: FieldInfo) -> Json:
    """That a key is there, in one spelling or another, with a sentence of its own for when it is not."""
    example = f" Till exempel ”{alias}: {info.examples[0]}”." if info.examples else ""
    return {
        "if": {"propertyNames": {"not": {"pattern": other_spellings(alias)}}},
        "then": {
            "required": [alias],
            "errorMessage": f"Här saknas nyckeln ”{alias}”. {info.description}{example}",
        },
    }


def _described(info: FieldInfo, shape: Shape) -> str:
    """What a hover says under the title: what it is, and how it is written."""
    inner = shape.item if isinstance(shape, Items) else shape
    lines = [str(info.description)]
    if info.is_required():
        lines.append("**Måste finnas.**")
    if isinstance(inner, Value):
        lines.append(f"*{inner.accepted.name}.* {inner.accepted.how}")
    if isinstance(inner, Word):
        lines.append("Ett av orden " + ", ".join(f"`{word}`" for word in inner.kind) + ".")
    if isinstance(shape, Items):
        lines.append("En lista; en enda får skrivas utan." if shape.single else "En lista.")
    return "\n\n".join(lines)
