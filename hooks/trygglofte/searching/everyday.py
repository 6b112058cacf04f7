"""Residents' words for what the field calls something else: "knark" finds what is said of narkotika.

They stand in data/ordlista.yml. A word leads to pages where its term stands, and to the page of the term's
theme; where the term stands nowhere on the site, to every page that is tagged with the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trygglofte.model import Shared
from trygglofte.model.shared import Term
from trygglofte.words.inflections import stem, telling, words_in

_ACRONYM = 4
"""So short words are looked for as they are: BRÅ, EST, SSPF."""


@dataclass(frozen=True, slots=True)
class Everyday:
    """A term: how it begins and is found in a text in small letters, residents' words for it, its theme's name."""

    beginning: str
    pattern: re.Pattern[str]
    words: tuple[str, ...]
    theme: str

    def places_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the term's last word stands in a text in small letters, in any inflection.

        The pattern begins with what the term begins with, which is found far sooner than a pattern is tried.
        """
        at = text.find(self.beginning)
        while at >= 0:
            found = self.pattern.match(text, at)
            if found:
                yield found.span("last")
            at = text.find(self.beginning, found.end() if found else at + 1)


def everyday_words(shared: Shared) -> tuple[Everyday, ...]:
    """The terms of the glossary that residents have words of their own for."""
    themes = {theme.id: theme.name for theme in shared.themes.part.themes}
    found = []
    for term in shared.glossary.part.terms:
        own = {stem(word) for word in words_in(term.term)}
        words = [word for phrase in term.everyday for word in telling(phrase) if stem(word) not in own]
        if words:
            theme = themes.get(term.theme or "", "")
            beginning, pattern = _pattern(term)
            found.append(Everyday(beginning, pattern, tuple(dict.fromkeys(words)), theme))
    return tuple(found)


def words_by_theme(everyday: Iterable[Everyday]) -> Mapping[str, tuple[str, ...]]:
    """Residents' words for everything within a theme, by the theme's name."""
    found: dict[str, dict[str, None]] = {}
    for item in everyday:
        if item.theme:
            found.setdefault(item.theme, {}).update(dict.fromkeys(item.words))
    return {theme: tuple(words) for theme, words in found.items()}


def _pattern(term: Term) -> tuple[str, re.Pattern[str]]:
    """How a term begins, and the whole of it in any inflection, without what stands in brackets."""
    words = list(words_in(term.term.partition("(")[0]))
    stems = [stem(word) if len(word) > _ACRONYM else word for word in words]
    ending = r"[^\W_]{0,6}" if len(words[0]) > _ACRONYM else ""
    *before, last = (re.escape(part) + ending for part in stems)
    return stems[0], re.compile(r"\b" + r"\s+".join([*before, f"(?P<last>{last})"]) + r"\b")
