"""Text taken apart: paragraphs and list items, sentences, words. Offsets are into the text as it was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ITEM = re.compile(r"\s*(?:[-*+•–]|\d+[.)])\s+")
_ADDRESS = re.compile(
    r"\]\([^()\[\]\n]{0,500}\)|https?://[^\s)>]+|www\.[^\s)>]+|[^\s@<>()]{1,64}@[^\s@<>()]+"
)
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]++[”\"’'»)*_\]]*+(?=\s+[”\"»(*_\[–-]*[A-ZÅÄÖÉÜ0-9])|:(?=\s+[”\"»(*_\[–-]*[A-ZÅÄÖÉÜ])"
)
"""What ends a sentence. A colon does before a capital letter; before a figure it introduces it."""
_SHORTENED = re.compile(
    r"(?:^|[\s(”])(?:kl|ca|nr|tel|sid|kap|mom|st|resp|inkl|exkl|jfr|jan|feb|aug|sept|okt|nov|dec|[A-ZÅÄÖ]"
    r"|bl\.\s?a|t\.\s?ex|d\.\s?v\.\s?s|dvs|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|p\.\s?g\.\s?a|s\.\s?k|f\.\s?d)\.$",
    re.IGNORECASE,
)
"""A full stop that ends a shortened word or an initial, and not a sentence."""
_WORD = re.compile(r"[^\W_]+(?:[-’'./:][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: where it starts in its text, and its words."""

    start: int
    words: tuple[str, ...]


def masked(text: str) -> str:
    """The text, equally long, with blanks in place of web and e-mail addresses."""
    return _ADDRESS.sub(lambda found: " " * len(found[0]), text)


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every paragraph and list item, without the mark of the item."""
    start = position = 0
    for line in text.splitlines(keepends=True):
        item = _ITEM.match(line)
        if item or not line.strip():
            if text[start:position].strip():
                yield start, position
            start = position + (item.end() if item else len(line))
        position += len(line)
    if text[start:].strip():
        yield start, len(text)


def sentences(text: str) -> Iterator[Sentence]:
    """Every sentence that has words. One ends with `.`, `!`, `?` or `…`, with a colon before a capital letter,
    and with its paragraph or list item.
    """
    plain = masked(text)
    for first, last in blocks(text):
        start = first
        for stop in _STOP.finditer(plain, first, last):
            if not _SHORTENED.search(plain[max(start, stop.end() - 16) : stop.end()]):
                yield from _sentence(plain[start : stop.end()], start)
                start = stop.end()
        yield from _sentence(plain[start:last], start)


def _sentence(text: str, start: int) -> Iterator[Sentence]:
    found = list(_WORD.finditer(text))
    if found:
        yield Sentence(start + found[0].start(), tuple(word[0] for word in found))


def first_words(text: str, most: int = 5) -> str:
    """The first words of a text, without markup."""
    return " ".join(found[0] for found in list(_WORD.finditer(masked(text)))[:most])
