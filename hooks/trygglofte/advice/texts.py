"""The texts of a document that residents read, and the place in the file of every character in them.

What was signed (`ordalydelse`) is kept as signed and is not among them, nor are titles, names, sources and
texts in other languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from trygglofte.advice.sentences import blocks, first_words
from trygglofte.model import Filed
from trygglofte.model.base import Part, alias_of
from trygglofte.model.common import Attachment, Review, Signing, Source
from trygglofte.problems import Mark, Problem, Severity
from trygglofte.reading import Scalar, node_at

Steps = tuple[str | int, ...]

READ = frozenset(
    {
        "analysis", "beyond", "cause", "challenges", "comment", "corrects", "counted", "description", "done",
        "easy_read", "exceptions", "goal", "how", "intro", "measures", "next_step", "other_information",
        "problem", "reason", "result", "summary", "survey", "text", "what", "why", "withheld", "written",
    }
)  # fmt: skip
"""The attributes of the model whose values are running text in Swedish, written by those who edit."""

_APART = (Attachment, Review, Signing, Source)
"""Parts that hold names, titles and notes about where something comes from."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it stands in its file. `steps` lead to it from the document, as in `Filed.problem`."""

    filed: Filed[Part]
    steps: Steps
    content: str
    scalar: Scalar | None

    def problem(self, kind: str, message: str, hint: str, offset: int = 0) -> Problem:
        """Advice about the character at `offset`: at its own line where that is known, else where the text begins."""
        found = self.filed.problem(kind, message, hint, at=self.steps, severity=Severity.ADVICE)
        mark = self._mark(offset)
        return replace(found, line=mark.line, column=mark.column) if mark else found

    def paragraph(self, offset: int) -> str:
        """The paragraph or list item around `offset` by its first words, as part of a sentence; "" if it is alone."""
        parts = list(blocks(self.content))
        if len(parts) < 2:
            return ""
        start, end = next((part for part in parts if offset < part[1]), parts[-1])
        return f" i stycket ”{first_words(self.content[start:end])} …”"

    def _mark(self, offset: int) -> Mark | None:
        """The place of a character. Only block text and single lines keep their characters where they were."""
        if self.scalar is None or offset == 0:
            return None
        mark = self.scalar.mark
        if self.scalar.style == "literal":
            return Mark(mark.line + 1 + self.content.count("\n", 0, offset), 1)
        if self.scalar.style == "plain" and self.scalar.end.line == mark.line:
            return Mark(mark.line, mark.column + offset)
        return None


def texts_of(filed: Filed[Part]) -> Iterator[Text]:
    """Every text of a document that is read by residents, in the order of the model."""
    for steps, path, value in _walk(filed.part, (), ()):
        node = node_at(filed.tree, path)
        scalar = node if isinstance(node, Scalar) and node.text.strip() else None
        yield Text(filed, steps, scalar.text if scalar else value, scalar)


def _walk(part: Part, steps: Steps, path: Steps) -> Iterator[tuple[Steps, Steps, str]]:
    """Texts within a part: English steps, Swedish path, and the text as the model has it."""
    model = type(part)
    for name in model.model_fields:
        if name in part.model_fields_set:
            at = ((*steps, name), (*path, alias_of(model, name)))
            yield from _within(getattr(part, name), *at, read=name in READ)


def _within(value: Any, steps: Steps, path: Steps, *, read: bool) -> Iterator[tuple[Steps, Steps, str]]:
    if type(value) is str:
        if read:
            yield steps, path, value
    elif isinstance(value, Part):
        if not isinstance(value, _APART):
            yield from _walk(value, steps, path)
    elif isinstance(value, (tuple, dict)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, item in items:
            yield from _within(item, (*steps, step), (*path, step), read=read)
