"""`uppgift_saknas` names keys of the document that are in fact left out."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from trygglofte.model import Municipality, promises
from trygglofte.model.base import Part, keys
from trygglofte.problems import Problem

Steps = tuple[str | int, ...]


def unknown_facts_are_keys_left_out(municipality: Municipality) -> Iterator[Problem]:
    """Each name is a key that exists and has no value."""
    for filed in (municipality.file, *municipality.documents):
        for attributes, part in _holders(filed.part):
            for i, name in enumerate(part.not_known):  # type: ignore[attr-defined]
                at = (*attributes, "not_known", i)
                if name not in keys(type(part)):
                    near = get_close_matches(name, keys(type(part)), 1, 0.6)
                    yield filed.problem(
                        "okand-nyckel",
                        f"”{name}” är ingen nyckel här.",
                        f"Menade du ”{near[0]}”?" if near else "Ta bort ordet.",
                        at=at,
                    )
                elif _has_value(part, name):
                    yield filed.problem(
                        "finns-anda", f"”{name}” sägs saknas, men har ett värde.", "Ta bort det ena.", at=at
                    )


def _holders(part: Part) -> Iterator[tuple[Steps, Part]]:
    yield (), part
    if hasattr(part, "focus_areas"):
        for promise in promises(part):  # type: ignore[arg-type]
            yield promise.steps, promise.commitment


def _has_value(part: Part, alias: str) -> bool:
    return any(
        info.alias == alias and name in part.model_fields_set and getattr(part, name)
        for name, info in type(part).model_fields.items()
    )
