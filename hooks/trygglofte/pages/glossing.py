"""Words of the glossary that a page uses, explained on the page itself behind one press.

A `<details>` and no more: it works with a keyboard, without scripts and on an old telephone. Search does not read
it, for the explanations are on the glossary's own page. A heavy page goes without some or all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from trygglofte.addresses import GLOSSARY, root_from
from trygglofte.model.shared import Term
from trygglofte.pages.site import Site
from trygglofte.text import first_sentence

_MOST_WORDS = 6
_SHORTEST = 5
"""Shorter ones, as `Brå` and `EST`, are the same letters as other words."""
_MOST_BYTES = 36_000
"""A page's body with its words explained. The frame takes some 5 000 bytes, and a page may weigh 45 000."""
_ENDINGS = "(?:e?n|e?t|e?r|ar|or|s|a|na|e?rna|arna|orna)?s?"
_TAG = re.compile(r"<[^>]*>")
_BEFORE = '<p class="tl-day">'


@dataclass(frozen=True, slots=True)
class _Sought:
    term: Term
    letters: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=4)
def _sought(terms: tuple[Term, ...]) -> tuple[_Sought, ...]:
    return tuple(
        _Sought(term, word, re.compile(rf"(?<!\w){re.escape(word)}{_ENDINGS}(?!\w)"))
        for term in terms
        if len(word := term.term.lower().partition(" (")[0]) >= _SHORTEST
    )


def with_words(html: str, address: str, site: Site) -> str:
    """A document's page with the words it uses explained, before the line that says from when it is."""
    before, mark, after = html.rpartition(_BEFORE)
    found = words_in(html, site.once("terms", lambda: site.terms)) if mark else []
    while found:
        block = _block(found, address)
        if len((html + block).encode()) <= _MOST_BYTES:
            return f"{before}{block}{mark}{after}"
        found = found[:-1]
    return html


def words_in(html: str, terms: Sequence[Term]) -> list[Term]:
    """The terms that a page's text uses, in any of their common forms: the longest, as they first come."""
    lower = html.lower()
    near = [one for one in _sought(tuple(terms)) if one.letters in lower]
    text = _TAG.sub(" ", lower) if near else ""
    places = [(found.start(), one.term) for one in near if (found := one.pattern.search(text))]
    longest = sorted(places, key=lambda place: (-len(place[1].term), place[1].term))[:_MOST_WORDS]
    return [term for _, term in sorted(longest, key=lambda place: place[0])]


def _block(terms: Sequence[Term], address: str) -> str:
    glossary = f"{root_from(address)}{GLOSSARY}"
    rows = Markup("").join(
        Markup('<dt><a href="{}#{}">{}</a></dt><dd>{}</dd>').format(
            glossary, term.id, term.term, first_sentence(term.explanation)[0]
        )
        for term in terms
    )
    summary = "<summary>Ord på sidan, förklarade</summary>"
    return f'<details class="tl-more" data-pagefind-ignore>{summary}<dl>{escape(rows)}</dl></details>\n'
