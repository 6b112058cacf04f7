"""The versions of a document as the public could see them, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trygglofte.history import git
from trygglofte.history.past import Past, Stamp
from trygglofte.model import FOLDERS, Document, Filed, Pledge, interpret
from trygglofte.problems import has_errors
from trygglofte.reading import MAX_BYTES, read_document

MAX_TOTAL = 64_000_000
"""How many bytes of older versions are read for one municipality."""

Parts = Mapping[tuple[str, str], Document]
"""What could be understood, by the document's type and git's name for its content."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page showed from a day on."""

    day: date
    part: Document


def read_parts(past: Past, documents: Iterable[Filed[Document]]) -> Parts:
    """Every older version of the documents that can be read today, each content once.

    A version with mistakes, or from before the model was what it is, is left out: half a document would look as
    if the rest had been taken away.
    """
    wanted = {stamp.blob: type(filed.part) for filed in documents for stamp in past.files.get(filed.file, ())}
    parts: dict[tuple[str, str], Document] = {}
    total = 0
    for name, raw in git.contents(past.root, wanted) if wanted else ():
        total += len(raw)
        if len(raw) > MAX_BYTES or total > MAX_TOTAL:
            continue
        model = wanted[name]
        part = _understood(raw, model)
        if part is not None:
            parts[model.__name__, name] = part
    return parts


def _understood(raw: bytes, model: type[Document]) -> Document | None:
    tree, problems = read_document(raw, "")
    if tree is None or has_errors(problems):
        return None
    read = interpret(tree, model, "")
    return read.part if read.complete and not has_errors(read.problems) else None


def shown(stamps: Sequence[Stamp], model: type[Document], parts: Parts, today: date) -> Iterator[Shown]:
    """What the page showed, and from which day, up to today: nothing before its time.

    A version whose `publiceras_från` had not come before the next one took its place was never seen. A
    follow-up is seen from its own day.
    """
    assert model in FOLDERS.values(), "only documents have pages"
    known = [
        (stamp.day, parts[model.__name__, stamp.blob])
        for stamp in stamps
        if (model.__name__, stamp.blob) in parts
    ]
    for number, (day, part) in enumerate(known):
        until = known[number + 1][0] if number + 1 < len(known) else None
        first = max(day, part.publish_from.date() if part.publish_from else day)
        days = {first} | {report for report in _report_days(part) if report > first}
        for start in sorted(days):
            if start <= today and (until is None or start < until):
                yield Shown(start, _as_public(part, start))


def _report_days(part: Document) -> list[date]:
    return [report.published for report in part.follow_ups] if isinstance(part, Pledge) else []


def _as_public(part: Document, day: date) -> Document:
    if not isinstance(part, Pledge) or all(report.published <= day for report in part.follow_ups):
        return part
    reports = tuple(report for report in part.follow_ups if report.published <= day)
    return part.model_copy(update={"follow_ups": reports})
