"""From a tree of written values to a document of the model, with every mistake at its line.

A document with mistakes still becomes an object where that is possible, without the parts that could
not be understood, so that the rules across fields and files can run over the rest.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from trygglofte.model.base import Part, keys, part_at, shown
from trygglofte.problems import Problem
from trygglofte.reading import Entry, Mapping, Path, Scalar, Sequence, mark_at, node_at, plain

P = TypeVar("P", bound=Part)

_ATTEMPTS = 3
_SHOWN_KEYS = 12
_STAND_IN = "–"


@dataclass(frozen=True, slots=True)
class Interpreted(Generic[P]):
    """What a file says.

    `part` lacks what could not be understood, and is None when too much is missing. `tree` is the tree
    that `part` was read from, so that a place in `part` can be found in it.
    """

    part: P | None
    tree: Mapping
    complete: bool
    problems: list[Problem]


def interpret(tree: Mapping, model: type[P], file: str) -> Interpreted[P]:
    """Read a tree as a document of `model`; every problem at once, at its place in `file`."""
    try:
        return Interpreted(model.model_validate(plain(tree)), tree, True, [])
    except ValidationError as error:
        faults = _faults(error)
    problems = list(dict.fromkeys(_problem(fault, tree, model, file) for fault in faults))
    pruned = deepcopy(tree)
    return Interpreted(_salvage(pruned, model, faults), pruned, False, problems)


def _faults(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False, include_input=False)


def _salvage(tree: Mapping, model: type[P], faults: list[ErrorDetails]) -> P | None:
    """The document without its faulty values, or None when taking them away does not help."""
    for _ in range(_ATTEMPTS):
        _prune(tree, faults)
        try:
            return model.model_validate(plain(tree))
        except ValidationError as error:
            faults = _faults(error)
    return None


def _prune(tree: Mapping, faults: list[ErrorDetails]) -> None:
    """Take away what is faulty, each value once. A missing key takes its whole item with it.

    What to take is decided before anything is taken, because a list closes up around a removed item.
    """
    for fault in faults:
        if fault["type"] == "missing" and len(fault["loc"]) == 1:
            tree.entries[str(fault["loc"][0])] = Entry(Scalar(_STAND_IN, *tree.mark), *tree.mark)
    written = {
        _nearest_written(tree, fault["loc"])
        for fault in faults
        if len(fault["loc"]) > 1 or fault["type"] != "missing"
    }
    for path in sorted(written, key=_by_position, reverse=True):
        holder = node_at(tree, path[:-1]) if path else None
        step = path[-1] if path else ""
        if isinstance(holder, Mapping):
            entry = holder.get(str(step))
            holder.entries = {name: other for name, other in holder.entries.items() if other is not entry}
        elif isinstance(holder, Sequence) and isinstance(step, int):
            del holder.items[step : step + 1]


def _by_position(path: Path) -> list[tuple[int, str]]:
    """An order in which the later items of a list come after the earlier, and what is within after its holder."""
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _nearest_written(tree: Mapping, path: Path) -> Path:
    while path and node_at(tree, path) is None:
        path = path[:-1]
    return path


def _problem(fault: ErrorDetails, tree: Mapping, model: type[Part], file: str) -> Problem:
    position = (fault.get("ctx") or {}).get("at")
    path: Path = (*fault["loc"], *(() if position is None else (position,)))
    node = node_at(tree, path)
    field = _last_written(tree, path)
    kind, message, hint = _words(fault, path, node, tree, model)
    mark = mark_at(tree, path, key=kind in {"okand-nyckel", "tomt-varde"})
    return Problem(file, mark.line, mark.column, kind, message, hint, field)


def _last_written(tree: Mapping, path: Path) -> str:
    """The last key of a path that stands in the file: a short form has none of its long form's keys."""
    steps = (step for step in reversed(path) if isinstance(step, str) and _written(tree, path, step))
    return next(steps, "")


def _written(tree: Mapping, path: Path, step: str) -> bool:
    return node_at(tree, path[: path.index(step) + 1]) is not None


def _words(
    fault: ErrorDetails, path: Path, node: Any, tree: Mapping, model: type[Part]
) -> tuple[str, str, str]:
    """Short name, sentence and hint for a fault of pydantic's or of our own types."""
    kind = fault["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, node, tree, model)
    if kind == "tomt-varde" or (isinstance(node, Scalar) and not node.text and kind != "fel-farg"):
        if node is not None and isinstance(path[-1], int):
            return (
                "tomt-varde",
                f"En del av ”{_last_key(path)}” är tom.",
                "Skriv ett värde efter bindestrecket, eller ta bort raden.",
            )
        return (
            "tomt-varde",
            f"Nyckeln ”{_last_written(tree, path)}” har inget värde.",
            "Skriv ett värde, eller ta bort raden.",
        )
    if kind == "missing":
        return "saknad-nyckel", f"Här saknas nyckeln ”{path[-1]}”.", _example(path, model)
    context = fault.get("ctx") or {}
    if "message" in context:
        return kind, str(context["message"]), str(context.get("hint", ""))
    if kind in {"list_type", "tuple_type"}:
        return (
            "fel-form",
            f"”{_last_key(path)}” ska vara en lista.",
            "Börja varje del på en egen rad med ”- ”.",
        )
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return (
            "fel-form",
            f"”{_last_key(path)}” ska ha nycklar med värden.",
            "Skriv ”nyckel: värde” på rader med större indrag.",
        )
    if kind == "fel-form":
        example = _written_example(path, model)
        return kind, fault["msg"], (
            f"Skriv till exempel ”{example}”." if example
            else "Skriv ”nyckel: värde” på rader med större indrag, eller flytta raden till den nivå den hör till."
        )  # fmt: skip
    return (
        "fel-varde",
        f"Värdet på ”{_last_key(path)}” går inte att förstå.",
        "Jämför med exemplen i handledningen.",
    )


def _last_key(path: Path) -> str:
    return next((shown(step) for step in reversed(path) if isinstance(step, str)), "värdet")


def _unknown_key(path: Path, node: Any, tree: Mapping, model: type[Part]) -> tuple[str, str, str]:
    name = shown(path[-1])
    holder = node_at(tree, path[:-1])
    cut = isinstance(node, Scalar) and node.style == "plain" and not node.text
    if cut and isinstance(holder, Mapping) and holder.flow:
        return (
            "komma-i-text",
            f"”{name}” har blivit en egen nyckel, för att ett komma inom {{…}} delar texten.",
            "Sätt texten med komma inom citattecken, eller skriv nycklarna på egna rader.",
        )
    message = f"Nyckeln ”{name}” finns inte här."
    part = part_at(model, path[:-1])
    allowed = keys(part) if part else []
    near = get_close_matches(name.lower(), allowed, 1, 0.6)
    if near:
        return "okand-nyckel", message, f"Menade du ”{near[0]}”?"
    some = ", ".join(allowed[:_SHOWN_KEYS]) + (" med flera" if len(allowed) > _SHOWN_KEYS else "")
    return "okand-nyckel", message, f"Här får stå: {some}." if allowed else "Ta bort raden."


def _example(path: Path, model: type[Part]) -> str:
    """The hint for a key that is missing: how it can look, and what it is for."""
    info = _field(path, model)
    if info is None:
        return "Lägg till den."
    example = _written_example(path, model)
    return (
        f"Lägg till den{f', till exempel ”{example}”' if example else ''}. {info.description or ''}".strip()
    )


def _written_example(path: Path, model: type[Part]) -> str:
    info = _field(path, model)
    return f"{info.alias}: {info.examples[0]}" if info and info.examples else ""


def _field(path: Path, model: type[Part]) -> FieldInfo | None:
    part = part_at(model, path[:-1]) if path else None
    fields = part.model_fields.values() if part else ()
    return next((info for info in fields if info.alias == path[-1]), None)
