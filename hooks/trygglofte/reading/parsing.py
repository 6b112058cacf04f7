"""From text to a tree, over libyaml's events and never its composer.

Composing is where YAML bites: aliases that grow without end, nesting that kills the interpreter, keys
that overwrite each other in silence. Events are guarded one by one and the first too deep one stops us.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import yaml
from yaml._yaml import CParser

from trygglofte.problems import Mark, Problem, Severity
from trygglofte.reading.decoding import decode
from trygglofte.reading.limits import MAX_DEPTH, MAX_EVENTS
from trygglofte.reading.pasted import (
    OPENING_CURLY,
    curly_quotes,
    cut_off_texts,
    false_lists,
    is_pasted,
    may_be_cut_off,
    mistaken_mark,
)
from trygglofte.reading.syntax import BACKSLASH, explain, missing_space
from trygglofte.reading.tree import Entry, Mapping, Node, Scalar, Sequence, fold

_STYLES = {None: "plain", "": "plain", "'": "quoted", '"': "quoted", "|": "literal", ">": "folded"}
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def read_document(raw: bytes, file: str) -> tuple[Mapping | None, list[Problem]]:
    """Read one YAML file whose top level is keys with values.

    `file` is only used to say where a problem is. Gives the tree (None when the file cannot be read)
    and everything that was found, never an exception.
    """
    text, problems = decode(raw, file)
    if text is None:
        return None, problems
    builder = _Builder(file, text)
    try:
        builder.run()
    except yaml.YAMLError as error:
        builder.problems.append(explain(error, text, file))
        return None, problems + builder.problems
    except _StopReading:
        return None, problems + builder.problems
    problems += builder.problems
    if isinstance(builder.root, Mapping):
        fatal = any(problem.is_error for problem in builder.problems)
        return builder.root, problems + (
            list(cut_off_texts(builder.ends, builder.lines, file)) if builder.ends and not fatal else []
        )
    problems.append(_wrong_top(builder.root, builder.lines, file))
    return None, problems


def _wrong_top(root: Node | None, lines: list[str], file: str) -> Problem:
    if root is None or (isinstance(root, Scalar) and not root.text):
        return Problem(file, 1, 1, "tom-fil", "Filen är tom.", "Skriv innehållet, eller ta bort filen.")
    no_space = missing_space(lines, root.mark.line)
    if no_space and isinstance(root, Scalar):
        return Problem(file, no_space[0].line, no_space[0].column, *no_space[1])
    what = "en lista" if isinstance(root, Sequence) else "en text"
    return Problem(
        file, root.mark.line, root.mark.column, "fel-form",
        f"Filen ska bestå av nycklar med värden (”titel: …”), men är {what}.",
        "Börja varje uppgift med sin nyckel och ett kolon.",
    )  # fmt: skip


_ESCAPE = re.compile(r"""(?:[^\\]|\\["\\ntuUx])*?\\(?!["\\ntuUx])""")
"""Up to a backslash that begins anything but a quote, itself, a line break, a tab or a character's number."""


class _StopReading(Exception):
    """Nothing more in this file can be trusted."""


class _Builder:
    """Builds the tree from events with a stack of its own, so that depth never reaches Python's."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._backslashes = "\\" in text
        self._pasted = is_pasted(text)
        self._cut_off = may_be_cut_off(text)
        self.root: Node | None = None
        self.ends: list[tuple[int, int]] = []
        self.problems: list[Problem] = []
        self._stack: list[Mapping | Sequence] = []
        self._holder: Mapping | Sequence | None = None
        """The innermost of the stack."""
        self._key: tuple[str, int, int, int, int] | None = None
        """A key of the holder whose value is still to come, with its place as in `Entry`."""
        self._documents = 0

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text. Most files have nothing that must be looked for among them."""
        return self.text.split("\n")

    def run(self) -> None:
        """Take every event. Most of a file is scalars and the ends of lists, so those are looked for first."""
        parser = CParser(self.text)
        next_event, scalar, scalar_event = parser.get_event, self._scalar, yaml.ScalarEvent
        event: Any = None
        try:
            for _ in range(MAX_EVENTS):
                event = next_event()
                if type(event) is scalar_event:
                    scalar(event)
                elif type(event) in _ENDS:
                    self._close(event)
                elif not self._take(event):
                    return
            self._stop(event, "for-mycket", f"Filen har mer än {MAX_EVENTS} värden.", "Dela upp dokumentet.")
        finally:
            parser.dispose()

    def _take(self, event: yaml.Event) -> bool:
        """Take an event that neither is a scalar nor ends anything. False at the end of the file."""
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, yaml.AliasEvent):
            self._stop(
                event, "alias", f"”*{event.anchor}” är en hänvisning (alias), och sådana används inte här.",
                "Skriv ut värdet. Är det text som börjar med en stjärna: sätt den inom citattecken.",
            )  # fmt: skip
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(
                    event, "flera-dokument", "Raden ”---” delar filen i två dokument.",
                    "Ta bort raden, eller lägg det andra dokumentet i en egen fil.",
                )  # fmt: skip
        return not isinstance(event, yaml.StreamEndEvent)

    def _refuse_magic(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._stop(
                event, "alias", f"”&{event.anchor}” är ett bokmärke (ankare), och sådana används inte här.",
                "Skriv ut värdet. Är det text som börjar med &: sätt den inom citattecken.",
            )  # fmt: skip
        if event.tag is not None:
            self._stop(
                event, "tagg", f"”{event.tag}” är en tagg, och sådana används inte här.",
                "Ta bort ordet. Är det text som börjar med !: sätt den inom citattecken.",
            )  # fmt: skip

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_magic(event)
        start: Any = event.start_mark
        end: Any = event.end_mark
        text, style = event.value, event.style
        if style == '"' and self._backslashes:
            self._refuse_escapes(event)
        elif self._pasted and text and not style:
            self._refuse_mistaken_marks(event)
        line, column, end_line, end_column = start.line + 1, start.column + 1, end.line + 1, end.column + 1
        if self._key is None and type(self._holder) is Mapping:
            self._key = text, line, column, end_line, end_column
            return
        scalar = Scalar(text, line, column, _STYLES[style], end_line, end_column)
        if text and style != "'" and style != '"':
            if style or text[0] in OPENING_CURLY:
                self._advise(scalar)
            if self._cut_off and not style:
                self.ends.append((end.line, end.column))
        self._put(scalar)

    def _refuse_mistaken_marks(self, event: yaml.ScalarEvent) -> None:
        """Stop at a line that YAML reads as text and its writer meant as a list or a key."""
        start: Any = event.start_mark
        end: Any = event.end_mark
        for number in range(start.line, min(end.line, len(self.lines) - 1) + 1):
            line = self.lines[number]
            column = start.column if number == start.line else len(line) - len(line.lstrip())
            found = mistaken_mark(line, column + 1)
            if found:
                kind, message, hint, at = found
                self.problems.append(Problem(self.file, number + 1, at, kind, message, hint))
                raise _StopReading

    def _refuse_escapes(self, event: yaml.ScalarEvent) -> None:
        """Stop at a backslash that YAML would turn into a hidden character without a word (`\\e`, `\\b`)."""
        start: Any = event.start_mark
        end: Any = event.end_mark
        for number in range(start.line, min(end.line, len(self.lines) - 1) + 1):
            first = start.column if number == start.line else 0
            last = end.column if number == end.line else len(self.lines[number])
            found = _ESCAPE.match(self.lines[number], first, last)
            if found:
                self.problems.append(Problem(self.file, number + 1, found.end(), *BACKSLASH))
                raise _StopReading

    def _advise(self, scalar: Scalar) -> None:
        """What can be read, and is likely to be read otherwise than it was meant."""
        found = None
        if scalar.style == "plain":
            found = curly_quotes(scalar, self.file)
        elif scalar.style == "literal":
            found = false_lists(scalar, self.lines, self.file)
        elif scalar.style == "folded":
            found = Problem(
                self.file, scalar.mark.line, scalar.mark.column, "vikt-text",
                "Texten börjar med ”>”, som slår ihop raderna så att listor och stycken försvinner.",
                "Skriv ”|” i stället.", severity=Severity.ADVICE,
            )  # fmt: skip
        self.problems += [found] if found else []

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_magic(event)
        if len(self._stack) >= MAX_DEPTH:
            self._stop(event, "for-djupt", f"Här ligger listor och nycklar i fler än {MAX_DEPTH} nivåer.",
                       "Kontrollera hakparenteser, klamrar och indrag.")  # fmt: skip
        if self._key is None and isinstance(self._holder, Mapping):
            self._stop(event, "fel-nyckel", "En nyckel måste vara ett ord, inte en lista eller flera nycklar.",
                       "Börjar värdet med { eller [ som text: sätt hela texten inom citattecken.")  # fmt: skip
        node: Mapping | Sequence
        if isinstance(event, yaml.MappingStartEvent):
            node = Mapping({}, _mark(event), bool(event.flow_style))
        else:
            node = Sequence([], _mark(event), bool(event.flow_style))
        self._put(node)
        self._stack.append(node)
        self._holder = node

    def _close(self, event: yaml.Event) -> None:
        self._stack.pop().end = _end(event)
        self._holder = self._stack[-1] if self._stack else None

    def _put(self, node: Node) -> None:
        """Give a value to the key that waits for it, or to the list; a mapping's keys never come here."""
        holder, key = self._holder, self._key
        if key is not None:
            assert type(holder) is Mapping
            self._key = None
            name, line, column, end_line, end_column = key
            folded = fold(name)
            if folded in holder.spellings:
                self._refuse_double(name, Mark(line, column), holder)
            else:
                holder.entries[name] = Entry(node, line, column, end_line, end_column)
                holder.spellings[folded] = name
        elif holder is None:
            self.root = node
        else:
            assert type(holder) is Sequence
            holder.items.append(node)

    def _refuse_double(self, key: str, mark: Mark, mapping: Mapping) -> None:
        earlier = mapping.spellings[fold(key)]
        first = mapping.entries[earlier].mark
        same = f"”{key}”" if key == earlier else f"”{key}” (samma som ”{earlier}”)"
        self.problems.append(
            Problem(self.file, mark.line, mark.column, "dubbel-nyckel",
                    f"Nyckeln {same} finns redan på rad {first.line}.",
                    "Behåll den ena. Är det två olika saker i en lista: börja var och en med ”- ”.", field=key)
        )  # fmt: skip

    def _stop(self, event: yaml.Event, kind: str, message: str, hint: str) -> None:
        mark = _mark(event)
        self.problems.append(Problem(self.file, mark.line, mark.column, kind, message, hint))
        raise _StopReading


def _mark(event: Any) -> Mark:
    start = event.start_mark
    return Mark(start.line + 1, start.column + 1)


def _end(event: Any) -> Mark:
    end = event.end_mark
    return Mark(end.line + 1, end.column + 1)
