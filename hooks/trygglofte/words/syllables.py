"""Where the syllables of a Swedish word end, by the patterns that lie in `pyphen` (F. M. Liang, 1983).

A pattern is letters with numbers between them, `1li4g`: wherever the letters stand in a word, the numbers say how
willingly it breaks there; the greatest of all patterns counts, and an odd one is a break. `.` is a word's beginning
and end. Of the 15 000 patterns a site needs some hundreds: here the file is only cut into lines, and a pattern is
read when its letters turn up, where `pyphen` itself reads all of them first.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

_DIGITS = b"0123456789"
_STEP = re.compile(r"(\d?)(\D?)")
_AT_EDGES = 2
"""So many letters are left at least before the first break and after the last one."""


@lru_cache(maxsize=20_000)
def syllables(word: str) -> tuple[int, ...]:
    """Where a word in small letters may break between syllables: how many letters stand before each break."""
    patterns, longest = _patterns()
    letters = f".{word}."
    willing = [0] * (len(letters) + 1)
    for start in range(len(letters)):
        for end in range(start + 1, min(start + longest, len(letters)) + 1):
            if letters[start:end] in patterns:
                for at, number in enumerate(_numbers(patterns[letters[start:end]]), start):
                    willing[at] = max(willing[at], number)
    return tuple(cut for cut in range(_AT_EDGES, len(word) - _AT_EDGES + 1) if willing[cut + 1] % 2)


@cache
def _numbers(pattern: str) -> tuple[int, ...]:
    """The numbers of a pattern: before its first letter, between its letters, after the last."""
    return tuple(int(number or 0) for number, _ in _STEP.findall(pattern))


@cache
def _patterns() -> tuple[dict[str, str], int]:
    """Every pattern by its letters, and how many letters the longest has."""
    from pyphen import LANGUAGES  # type: ignore[import-untyped]  # looked for when a long word comes

    encoding, _, lines = LANGUAGES["sv"].read_bytes().partition(b"\n")
    letters = lines.translate(None, _DIGITS).decode(encoding.decode())
    patterns = dict(zip(letters.split("\n"), lines.decode(encoding.decode()).split("\n"), strict=True))
    return patterns, max(map(len, patterns))
