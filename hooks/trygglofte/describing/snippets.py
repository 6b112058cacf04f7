"""Snippets: a part begun with what one writes at once, example values ready to be overwritten."""

from __future__ import annotations

from typing import Any

from trygglofte.describing.accepted import Json
from trygglofte.describing.examples import as_json, example_of, example_part
from trygglofte.describing.kinds import PARTS, opened
from trygglofte.describing.shapes import Word, shape_of
from trygglofte.model.base import Part


def snippet(part: type[Part]) -> Json:
    """A part as an editor's snippet; stops are numbered in the order one fills them in."""
    body: dict[str, Any] = {}
    stops = _Stops()
    for name, info in part.model_fields.items():
        shape = shape_of(info)
        if not opened(part, name):
            continue
        words = list(map(str, shape.kind)) if isinstance(shape, Word) else []
        body[str(info.alias)] = stops.choice(words) if words else stops.within(as_json(example_of(info)))
    return {
        "label": f"{PARTS[part]}: ny",
        "description": f"Börja med det som behövs för ”{PARTS[part].lower()}”.",
        "body": body or stops.within(as_json(example_part(part))),
    }


class _Stops:
    """Counts the places where an editor stops."""

    def __init__(self) -> None:
        self.last = 0

    def choice(self, words: list[str]) -> str:
        self.last += 1
        return f"${{{self.last}|{','.join(words)}|}}"

    def within(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self.within(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.within(item) for item in value]
        self.last += 1
        text = str(value).replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
        return f"${{{self.last}:{text}}}"
