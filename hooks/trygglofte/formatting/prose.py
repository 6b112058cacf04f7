"""Prose wrapped anew, where that cannot change what its Markdown says.

A paragraph without line breaks of its own is joined and wrapped. Lists, lines that end with two spaces,
indented lines and lines that begin with a mark are left as they are. No line is made to begin with
something that Markdown, ours or a stricter one, could take for a mark.
"""

from __future__ import annotations

import re

from trygglofte.formatting.meaning import SPACE, html_of

_MARK = re.compile(
    r"(?:[-+*–—•·●▪◦‣∙]+|#+|=+|[0-9]{1,9}[.)])(?=[ \t\u00a0\u2007\u202f]|$)|>|\||```|~~~|\[[^\]]*\]:"
)
"""The beginning of a line that may be a mark for a list, a heading, a quotation, a table or a rule."""

_NARROWEST = 40
_HARD_BREAK = "  "


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text in at most `width` columns as far as words allow, with the same HTML as before.

    `text` has no space around it. What cannot be wrapped without another result keeps its own lines.
    """
    before = html_of(text)
    width = max(width, _NARROWEST)
    blocks = [block.split("\n") for block in re.split(r"\n(?:[ \t]*\n)+", text)]
    for arrange in (_wrap, _tidy):
        lines = "\n\n".join("\n".join(arrange(block, width)) for block in blocks)
        if html_of(lines) == before:
            return lines.split("\n")
    return text.split("\n")


def _wrap(block: list[str], width: int) -> list[str]:
    if not _is_plain_paragraph(block):
        return _tidy(block, width)
    lines: list[str] = []
    line = ""
    for word in _unbroken(SPACE.split(" ".join(block).strip(" \t"))):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _is_plain_paragraph(block: list[str]) -> bool:
    return not any(
        line.startswith((" ", "\t")) or _MARK.match(line) or line.endswith("\\") for line in block
    ) and not any(line.endswith(_HARD_BREAK) for line in block[:-1])


def _unbroken(words: list[str]) -> list[str]:
    """Words with what must not begin a line joined to the word before it."""
    joined: list[str] = []
    for word in words:
        if joined and _MARK.match(word):
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _tidy(block: list[str], width: int) -> list[str]:  # noqa: ARG001
    """The lines as they are, without space that nobody sees; two spaces are a line break and stay."""
    return [
        line if line.endswith(_HARD_BREAK) and number < len(block) - 1 else line.rstrip(" \t")
        for number, line in enumerate(block)
    ]
