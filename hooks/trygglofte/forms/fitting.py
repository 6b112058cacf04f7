"""Values from a form into their file, and everything asked of the result that `check` asks.

A value is written within quotation marks first, with every sign that means something escaped, so no text can become
anything but its value; `formatting` then gives it the canonical form and holds that it means the same. In a file that
is there, lines are added and no other changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trygglofte import rules
from trygglofte.beside import told_by_text
from trygglofte.formatting import format_document
from trygglofte.forms.answers import Correction, Text
from trygglofte.forms.filling import Filled
from trygglofte.forms.lines import Value
from trygglofte.history import gather
from trygglofte.library import Checked
from trygglofte.model import Document, Filed, Municipality, Pledge, SituationSummary, interpret
from trygglofte.model.base import alias_of
from trygglofte.personal import Sort
from trygglofte.problems import Problem, in_order
from trygglofte.reading import Mapping, mark_at, node_at, plain, read_document
from trygglofte.sites import told_by_the_past
from trygglofte.starting import StartError
from trygglofte.starting.drafting import Line
from trygglofte.starting.inserting import with_item

_NAME = re.compile(r"[a-zåäö0-9]+(?:-[a-zåäö0-9]+)*")
_COUNT = re.compile(r"färre än [0-9]{1,3}|[0-9]{1,9}")

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Fitted:
    """A file as it would be, the municipality with it, and the advice that the rules give about it."""

    path: str
    content: bytes
    municipality: Municipality
    advice: list[Problem]


def fitted(root: Path, filled: Filled, checked: Checked) -> tuple[Fitted | None, list[Correction]]:
    """The file with the form's values, or what has to be corrected. Reads the file and git, writes nothing."""
    assert checked.municipality is not None, "what is built on was read"
    try:
        if filled.pledge:
            content, base = _added((root / filled.path).read_bytes(), filled, filled.pledge)
        else:
            content, base = _canonical(filled.values, filled.path, SituationSummary), ()
    except StartError as error:
        return None, [Correction("", 0, str(error))]
    tree, problems = read_document(content, filled.path)
    assert tree is not None, "what was formatted was read again"
    read = interpret(tree, Pledge if filled.pledge else SituationSummary, filled.path)
    problems = [*problems, *read.problems]
    if read.part is None or any(one.is_error for one in problems):
        return None, list(_corrections(problems, filled, tree, base))
    filed: Filed[Any] = Filed(
        Path(filled.path).stem, filled.path, read.part, tree, read.complete, told_by_text(content, tree)
    )
    new = _with(checked.municipality, filed)
    known = {_said(one) for one in checked.problems}
    fresh = [one for one in rules.check(new) if _said(one) not in known]
    if not any(one.is_error for one in fresh):
        fresh += told_by_the_past(new, gather(root).of(new.slug))
    wrong = [one for one in fresh if one.is_error and _said(one) not in known]
    if wrong:
        return None, list(_corrections(wrong, filled, tree, base))
    return Fitted(filled.path, content, new, [one for one in fresh if not one.is_error]), []


def _with(municipality: Municipality, filed: Filed[Document]) -> Municipality:
    """The municipality with a document in place of the one of the same file, or one more."""
    family = "pledges" if isinstance(filed.part, Pledge) else "summaries"
    others = [one for one in getattr(municipality, family) if one.file != filed.file]
    there: dict[str, Any] = {family: tuple(sorted((*others, filed), key=lambda one: one.file))}
    return replace(municipality, **there)


def _said(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.kind, problem.message


def _added(raw: bytes, filled: Filled, pledge: Filed[Pledge]) -> tuple[bytes, Place]:
    """The pledge's file with one more follow-up, and where in it that stands."""
    alias, after = (alias_of(Pledge, name) for name in ("follow_ups", "reporting"))
    item = _canonical({alias: [filled.values]}, filled.path, Pledge).decode().split("\n")[1:-1]
    lines = [Line(row[4:]) for row in item]  # two steps in: what `with_item` puts a dash before
    text, _, _ = with_item(raw.decode("utf-8"), pledge.tree, alias, after, lines)
    was = format_document(raw, filled.path, Pledge)
    now = format_document(text.encode(), filled.path, Pledge)
    if now.text is None or was.text is None:
        raise StartError("Löftets fil går inte att fylla på. Skriv uppföljningen i filen i stället.")
    content = (text if was.changed else now.text).encode()
    tree, _ = read_document(content, filled.path)
    if tree is None or not _only_more(pledge.tree, tree, alias):
        raise StartError(
            "Löftets fil går inte att fylla på utan att annat ändras. Skriv uppföljningen i filen."
        )
    reports = tree.get(alias)
    return content, (alias, len(getattr(reports.node, "items", ())) - 1 if reports else 0)


def _only_more(before: Mapping, after: Mapping, alias: str) -> bool:
    """Whether a file says what it said, and one follow-up more."""

    def parts(tree: Mapping) -> tuple[dict[str, Any], Any]:
        found = tree.get(alias)
        rest = {key: plain(entry.node) for key, entry in tree.entries.items() if entry is not found}
        return rest, plain(found.node) if found else []

    (rest, had), (left, has) = parts(before), parts(after)
    return rest == left and isinstance(has, list) and has[:-1] == had and len(has) == len(had) + 1


def _canonical(values: dict[str, Value], path: str, model: type[Document]) -> bytes:
    """Keys with values as a document in canonical form. A StartError where they cannot be written so."""
    raw = "".join(f"{row}\n" for row in _block(values, "")).encode()
    formatted = format_document(raw, path, model)
    if formatted.text is None or formatted.problems:
        said = " ".join(dict.fromkeys(f"{one.message} {one.hint}" for one in formatted.problems))
        raise StartError(f"Svaren går inte att skriva i filen. {said}".strip())
    return formatted.text.encode()


def _block(value: dict[str, Value] | list[Value], lead: str) -> Iterator[str]:
    pairs = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    for key, inner in pairs:
        opening = f"{lead}-" if key is None else f"{lead}{_quoted(key)}:"
        if isinstance(inner, Text):
            yield f"{opening} {_quoted(inner.text)}"
        elif flow := _flow(inner):
            yield f"{opening} {flow}"
        else:
            yield opening
            yield from _block(inner, f"{lead}  ")


def _flow(value: dict[str, Value] | list[Value]) -> str:
    """Short names, or counts by name, within brackets; nothing where the values are anything else."""
    inner = value if isinstance(value, list) else value.values()
    simple = _NAME if isinstance(value, list) else _COUNT
    if not all(isinstance(one, Text) and simple.fullmatch(one.text) for one in inner):
        return ""
    texts = [_quoted(one.text) for one in inner if isinstance(one, Text)]
    if isinstance(value, list):
        return f"[{', '.join(texts)}]"
    return f"{{{', '.join(f'{_quoted(key)}: {text}' for key, text in zip(value, texts, strict=True))}}}"


def _quoted(text: str) -> str:
    """A text within quotation marks. JSON's are YAML's too; what either would escape differently was refused."""
    return json.dumps(text, ensure_ascii=False)


def _texts(value: Value, place: Place) -> Iterator[tuple[Place, Text]]:
    if isinstance(value, Text):
        yield place, value
    else:
        pairs: Any = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in pairs:
            yield from _texts(inner, (*place, step))


def _corrections(
    problems: Sequence[Problem], filled: Filled, tree: Mapping, base: Place
) -> Iterator[Correction]:
    """The problems at the answers they come from; what stands in the file since before is told without one."""
    whole = node_at(tree, base)
    first = mark_at(tree, base)
    last = whole.end if isinstance(whole, Mapping) and base else None
    known = [(mark_at(tree, place), text) for place, text in _texts(filled.values, base)]
    private = {*Sort, "dolda-uppgifter"}
    for one in in_order([problem for problem in problems if problem.is_error]):
        at = (one.line, one.column)
        inside = at >= first and (last is None or at <= last)
        before = [(mark, text) for mark, text in known if mark <= at] if inside else []
        text = max(before, key=lambda found: found[0])[1] if before else Text("", "")
        yield Correction(text.label, text.row, one.message, one.hint, private=one.kind in private)
