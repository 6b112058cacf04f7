"""Compounds taken apart, so that "brott" finds "narkotikabrott" and "tunnel" finds "gångtunneln".

Swedish writes compounds as one word, joined as they are or by s, e, o or u. A word is taken apart only where
every part is a word that is known: from the site's own text, the glossary, themes and places, and from
`leder.txt`, a short list of words that compounds of this field are made of. The longest known beginning wins.
No chance, no statistics: the same words give the same parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from trygglofte.words.inflections import STOP_WORDS, stem

_PARTS = Path(__file__).with_name("leder.txt")
SHORTEST_PART, _LONG = 3, 4
_DERIVED = 5
"""So long must a known word be for one that is made from it to count: `patrull` → `patrullerar`."""

SHORTEST_COMPOUND = 7


class Splitter:
    """Takes words apart by the words it knows. A word is asked about once; the answer is kept."""

    def __init__(self, words: Iterable[str]) -> None:
        listed, self._whole = _parts()
        own = {word for word in words if len(word) >= _LONG}
        words = (own | listed) - STOP_WORDS
        self._known = words | {stem(word) for word in words if len(stem(word)) >= SHORTEST_PART}
        self._listed = {stem(word) for word in listed}
        self._derived = {known for known in self._known if len(known) >= _DERIVED}
        self._found: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound in small letters; together they are the word. Empty where it is none."""
        if word not in self._found:
            whole = len(word) < SHORTEST_COMPOUND or stem(word) in self._whole
            self._found[word] = () if whole else self._parts(word)
        return self._found[word]

    def _parts(self, word: str) -> tuple[str, ...]:
        for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            head, tail = word[:cut], word[cut:]
            if not self.begins(head):
                continue
            if self.ends(tail):
                return (*(self.parts(head) or (head,)), *(self.parts(tail) or (tail,)))
            if rest := self.parts(tail):
                return (*(self.parts(head) or (head,)), *rest)
        return ()

    def begins(self, head: str) -> bool:
        """Whether a compound may begin so: a word, with or without its joint, or one that lost its vowel."""
        if head in STOP_WORDS:
            return False
        forms = {head, stem(head)}
        if head[-1] in "sou":
            forms |= {head[:-1], stem(head[:-1])}
        return any(self._is_known(form) for form in forms)

    def ends(self, tail: str) -> bool:
        """Whether a compound may end so: a word in any inflection, or one that is made from a known word."""
        if tail in STOP_WORDS:
            return False
        if self._is_known(stem(tail)) or self._is_known(tail):
            return True
        return any(tail[:size] in self._derived for size in range(_DERIVED, len(tail)))

    def _is_known(self, form: str) -> bool:
        return form in self._known and (len(form) >= _LONG or form in self._listed)


@lru_cache(maxsize=1)
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    """The words of leder.txt, and the common forms of those that are never taken apart."""
    lines = _PARTS.read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    whole = frozenset(stem(word[1:]) for word in words if word.startswith("!"))
    return frozenset(word for word in words if not word.startswith("!")), whole
