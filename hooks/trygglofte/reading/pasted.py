"""What word processors and web pages leave behind when text is pasted: marks that YAML takes for text.

Dashes and dots that look like a list, hard spaces after a colon, curly quotation marks around a value, and
the ` #` that cuts a text short. YAML reads all of them without a word, so we say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.problems import Problem, Severity
from trygglofte.reading.tree import Scalar

_MARKS = "–—•·●▪◦‣∙"
_HARD_SPACES = "\u00a0\u2007\u202f"
_LIST_MARK = re.compile(rf"[{_MARKS}][ \u00a0\u2007\u202f]")
_ONLY_INDENT = re.compile(r"\s*(?:- +)*")
_HARD_SPACE = re.compile(r"\s*(?:- +)*(?:-|[^\W\d][\w-]*:)(?=[\u00a0\u2007\u202f])")
OPENING_CURLY = "”“„»«’‘‚"
"""What a value within curly quotation marks begins with."""
_CURLY = re.compile(rf"[{OPENING_CURLY}].*[”“»«’‘]", re.DOTALL)
_PASTED_MARK = re.compile(rf"\n\s*(?:- +)*[{_MARKS}][ \u00a0\u2007\u202f]")
_PASTED_SPACE = re.compile(r"^\s*(?:- +)*(?:-|[^\W\d][\w-]*:)[\u00a0\u2007\u202f]", re.MULTILINE)
_CUT_OFF = re.compile(r"(?P<gap>[ \t]+)(?P<rest>#[^ \n#!-][^\n]*)")
_CUTS_OFF = re.compile(r"#(?<=[ \t]#)[^ \n#!-]")


def is_pasted(text: str) -> bool:
    """Whether any line of a file could have a mistaken mark; in most files none has, and no line is asked."""
    if any(mark in text for mark in _MARKS) and _PASTED_MARK.search(f"\n{text}"):
        return True
    return any(space in text for space in _HARD_SPACES) and _PASTED_SPACE.search(text) is not None


def mistaken_mark(line: str, column: int) -> tuple[str, str, str, int] | None:
    """Kind, message, hint and column (from 1) for a line on which a plain text begins at `column`.

    None where the line says what it means. A dash within a line, after its key, is left alone.
    """
    rest = line[column - 1 :]
    if _ONLY_INDENT.fullmatch(line[: column - 1]) and _LIST_MARK.match(rest):
        return (
            "fel-lista", f"Raden börjar med ”{rest[0]}”, och det blir ingen lista.",
            "Börja varje del med bindestreck och mellanslag: ”- ”. Är det text: sätt den inom citattecken.", column,
        )  # fmt: skip
    found = _HARD_SPACE.match(line)
    if found:
        return (
            "hart-mellanslag", "Här står ett hårt mellanslag, och då syns inte var värdet börjar.",
            f"Ta bort tecknet efter ”{found.group().split()[-1]}”, och skriv ett vanligt mellanslag.", found.end() + 1,
        )  # fmt: skip
    return None


def curly_quotes(scalar: Scalar, file: str) -> Problem | None:
    """Advice where curly quotation marks stand around a whole value, as if they were YAML's."""
    if not _CURLY.fullmatch(scalar.text):
        return None
    return Problem(
        file, scalar.mark.line, scalar.mark.column, "citattecken",
        "De typografiska citattecknen kring värdet blir en del av texten.",
        'Ta bort dem, eller skriv raka citattecken (").', severity=Severity.ADVICE,
    )  # fmt: skip


def false_lists(scalar: Scalar, lines: list[str], file: str) -> Problem | None:
    """Advice where lines of a block text look like a list but will not become one."""
    for number, line in enumerate(scalar.text.split("\n"), 1):
        if _LIST_MARK.match(line):
            row = scalar.mark.line + number
            column = lines[row - 1].find(line) + 1
            return Problem(
                file, row, column, "fel-lista", f"Raden börjar med ”{line[0]}”, och det blir ingen lista.",
                "Börja varje punkt med bindestreck och mellanslag: ”- ”.", severity=Severity.ADVICE,
            )  # fmt: skip
    return None


def may_be_cut_off(text: str) -> bool:
    """Whether there is any comment that could be the rest of a text; most are marked as comments by a space."""
    return _CUTS_OFF.search(text) is not None


def cut_off_texts(ends: list[tuple[int, int]], lines: list[str], file: str) -> Iterator[Problem]:
    """Texts that ` #` has cut short: `Möte #3` is read as `Möte`. `ends` is where they end, from 0."""
    for end_line, end_column in ends:
        found = _CUT_OFF.match(lines[end_line], end_column) if end_line < len(lines) else None
        if found:
            yield Problem(
                file, end_line + 1, found.start("rest") + 1, "avklippt-text",
                f"Allt från ”{found['rest'].strip()[:30]}” försvinner: ett # efter ett mellanslag börjar en kommentar.",
                "Hör det till texten: sätt hela texten inom citattecken. "
                "Är det en kommentar: skriv ett mellanslag efter #.",
            )  # fmt: skip
