"""What libyaml says about a file it cannot read, in words an editor can act on."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from trygglofte.problems import Mark, Problem

Words = tuple[str, str, str]
"""Kind, message and hint."""

_KEY_WITH_COLON = re.compile(r"^(?P<lead>\s*(?:- )*)(?P<key>[^\s:'\"][^:]*): (?P<value>.*\S)\s*$")
_NO_SPACE = re.compile(r"^\s*(?:- +)*(?P<key>[^\W\d]\w*):(?P<value>[^\s/][^:]*)$")
_CURLY = "”“„»«"

_INDENT = (
    "fel-indrag", "Raden har ett indrag som inte stämmer med raderna ovanför.",
    "Rader som hör ihop ska börja i samma kolumn. Dra in med två mellanslag för varje steg.",
)  # fmt: skip
_ALIAS = (
    "alias", "Ett värde kan inte börja med * eller &.",
    "Sätt hela texten inom citattecken.",
)  # fmt: skip
_AT_START: tuple[tuple[Callable[[str, str], bool], Words], ...] = (
    (
        lambda problem, context: "unexpected end of stream" in problem or "document indicator" in problem,
        ("oavslutat-citat", "Här börjar ett citattecken som aldrig avslutas.",
         "Sätt ett likadant citattecken där texten slutar."),
    ),
    (
        lambda problem, context: "expected ',' or '}'" in problem,
        ("oavslutad-parentes", "Här börjar en klammer { som inte avslutas på rätt sätt.",
         "Avsluta den, sätt komma mellan delarna, och sätt text med komma eller kolon inom citattecken."),
    ),
    (
        lambda problem, context: "expected ',' or" in problem,
        ("oavslutad-parentes", "Här börjar en hakparentes [ som inte avslutas på rätt sätt.",
         "Avsluta den, sätt komma mellan delarna, och sätt text med komma eller kolon inom citattecken."),
    ),
    (
        lambda problem, context: "expected ':'" in problem,
        ("saknat-kolon", "Raden saknar kolon efter nyckeln, eller så har texten ovanför fel indrag.",
         "Skriv ”nyckel: värde”. Hör raden till texten ovanför: dra in den lika långt som den."),
    ),
    (lambda problem, context: "alias" in context or "anchor" in context, _ALIAS),
    (
        lambda problem, context: "tag" in problem or "tag" in context,
        ("tagg", "Ett värde kan inte börja med !.", "Sätt hela texten inom citattecken."),
    ),
)  # fmt: skip
"""Complaints that are shown where the fault began."""

BACKSLASH: Words = (
    "omvant-snedstreck",
    "Inom dubbla citattecken har \\ en särskild betydelse.",
    "Skriv texten inom enkla citattecken (') i stället, eller skriv \\\\.",
)

_AT_PROBLEM: tuple[tuple[tuple[str, ...], Words], ...] = (
    (
        ("escape character", "escape code", "hexdecimal", "Unicode character"),
        BACKSLASH,
    ),
    (("expected key", "'-' indicator", "block sequence entries"), _INDENT),
    (
        ("document start", "directive"),
        ("fel-form", "Raden går inte att läsa som ”nyckel: värde”.",
         "Börjar den med % eller ...: sätt texten inom citattecken."),
    ),
)  # fmt: skip
"""Complaints that are shown where they were noticed."""

_UNKNOWN = (
    "fel-yaml", "Raden går inte att läsa som YAML.",
    "Jämför med raderna ovanför: indrag, kolon efter nyckeln, citattecken kring särskilda tecken.",
)  # fmt: skip


def explain(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """The Swedish problem for libyaml's complaint; points at where the fault began where that is known."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(file, 1, 1, *_UNKNOWN)
    problem, context = error.problem or "", error.context or ""
    lines = text.split("\n")
    at = _place(error.problem_mark or error.context_mark, lines)
    found = _on_the_line(problem, at, lines)
    if found:
        return Problem(file, found[0].line, found[0].column, *found[1])
    for fits, words in _AT_START:
        if fits(problem, context):
            began = _place(error.context_mark or error.problem_mark, lines)
            return Problem(file, began.line, began.column, *words)
    for phrases, words in _AT_PROBLEM:
        if any(phrase in problem or phrase in context for phrase in phrases):
            return Problem(file, at.line, at.column, *words)
    return Problem(file, at.line, at.column, *_UNKNOWN)


def _place(mark: yaml.Mark | None, lines: list[str]) -> Mark:
    """libyaml's place, kept inside the file: it points past the last line where the end comes too soon."""
    if mark is None:
        return Mark()
    line = min(mark.line, len(lines) - 1)
    return Mark(line + 1, min(mark.column, len(lines[line])) + 1)


def _on_the_line(problem: str, at: Mark, lines: list[str]) -> tuple[Mark, Words] | None:
    """What the line itself shows to be wrong, whatever libyaml calls it."""
    source = lines[at.line - 1]
    before = source[: at.column - 1]
    no_space = missing_space(lines, at.line)
    if no_space and ("mapping values" in problem or "expected ':'" in problem):
        return no_space
    if "mapping values are not allowed" in problem:
        if ": " not in before:
            return at, (
                "fel-indrag", "Raden har en nyckel, men ett indrag som inte stämmer med raderna ovanför.",
                "Nycklar som hör ihop ska börja i samma kolumn. Är det text: sätt den inom citattecken.",
            )  # fmt: skip
        return at, (
            "kolon-i-text", "Texten innehåller ett kolon, och då tror YAML att en ny nyckel börjar.",
            _quoted_line(source) or "Sätt hela texten inom citattecken.",
        )  # fmt: skip
    if "cannot start any token" in problem:
        char = source[at.column - 1 : at.column] or "?"
        return at, (
            "otillatet-tecken",
            f"Ett värde kan inte börja med ”{char}”.",
            "Sätt hela texten inom citattecken.",
        )
    if "expected key" in problem and before.rstrip().endswith(('"', "'")):
        return at, (
            "text-efter-citat", "Citattecknet avslutas innan texten är slut.",
            "Sätt hela texten inom citattecken, av det slag som inte finns i den.",
        )  # fmt: skip
    return None


def missing_space(lines: list[str], line: int) -> tuple[Mark, Words] | None:
    """A key without a space after its colon, on a line (from 1) or the last one with text above it."""
    above = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), line)
    for number in (line, above):
        found = _NO_SPACE.match(lines[number - 1])
        if found:
            key, value = found["key"], found["value"].strip()
            return Mark(number, found.start("value") + 1), (
                "saknat-mellanslag", f"Här saknas ett mellanslag efter ”{key}:”.", f"Skriv ”{key}: {value}”.",
            )  # fmt: skip
    return None


def _quoted_line(source: str) -> str:
    """The same line with its text in quotation marks, ready to be pasted."""
    found = _KEY_WITH_COLON.match(source)
    if not found:
        return ""
    value = found["value"].strip(_CURLY).replace("\\", "\\\\").replace('"', '\\"')
    dash = f"{found['lead'].strip()} ".lstrip()
    return f'Sätt texten inom citattecken: {dash}{found["key"]}: "{value}"'
