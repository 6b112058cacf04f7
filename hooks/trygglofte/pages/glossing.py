"""Words of the glossary that a page uses, explained on the page itself: where they stand, behind one press.

The first time a word stands in running text it is a button, and its explanation a popover (HTML's own: no script;
a key, a finger or a mouse opens it, Esc and a press beside it close it). The button has the explanation as its
description, so that a screen reader says it at once. The explanations stand once, at the page's end, where a line
offers all of them; on paper, and in a browser without popovers, they are read there. No word is marked in headings,
links, tables or quotes: what was signed is shown as it was signed. Search does not read the explanations, for they
are on the glossary's own page. A heavy page goes without some or all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from trygglofte.addresses import GLOSSARY, root_from
from trygglofte.model.shared import Term
from trygglofte.pages.site import Site
from trygglofte.text import first_sentence
from trygglofte.wording import capital

_MOST_WORDS = 6
_SHORTEST = 5
"""Shorter ones, as `Brå` and `EST`, are the same letters as other words."""
_MOST_BYTES = 36_000
"""A page's body with its words explained. The frame takes some 5 000 bytes, and a page may weigh 45 000."""
_ENDINGS = "(?:e?n|e?t|e?r|ar|or|s|a|na|e?rna|arna|orna)?s?"
_MARKUP = re.compile(r"(<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)")
_NAME = re.compile(r"<(/?)(\w+)")
_VOID = frozenset("br hr img input wbr col".split())  # noqa: SIM905
_RUNNING = frozenset({"<p>", "<li>"})
_INLINE = frozenset("b em i span strong".split())  # noqa: SIM905
_LEFT_ALONE = frozenset(
    "a h1 h2 h3 h4 h5 h6 blockquote q cite button summary details label nav table form svg script style".split()  # noqa: SIM905
)
_APART = re.compile(r'class="[^"]*tl-(?:quiet|state|sources|altered|changes|counts|tags|hidden|plain)')
"""Parts of a page that are small, about the page, or as they were once written."""
_BEFORE = '<p class="tl-day">'


@dataclass(frozen=True, slots=True)
class _Sought:
    term: Term
    letters: str
    pattern: re.Pattern[str]

    def first(self, text: str) -> re.Match[str] | None:
        """Where the term first stands in a text in small letters. Its letters are found first: that is quick."""
        at = text.find(self.letters)
        while at >= 0:
            if hit := self.pattern.match(text, at):
                return hit
            at = text.find(self.letters, at + 1)
        return None


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
    if not mark or not (near := _near(html.lower(), site.once("terms", lambda: site.terms))):
        return html
    pieces = _MARKUP.split(before)
    running = list(_running(pieces))
    found = _chosen(near, pieces, running)
    while found:
        whole = f"{_marked(pieces, running, found)}{_block(found, address)}{mark}{after}"
        if len(whole.encode()) <= _MOST_BYTES:
            return whole
        found = found[:-1]
    return html


def words_in(html: str, terms: Sequence[Term]) -> list[Term]:
    """The terms that a page's text uses, in any of their common forms, as they first come.

    Where there are many: those that stand in running text, where they can be explained, and the longest.
    """
    pieces = _MARKUP.split(html)
    return _chosen(_near(html.lower(), terms), pieces, list(_running(pieces)))


def _near(lower: str, terms: Sequence[Term]) -> list[_Sought]:
    return [one for one in _sought(tuple(terms)) if one.letters in lower]


def _chosen(near: Sequence[_Sought], pieces: Sequence[str], running: Sequence[int]) -> list[Term]:
    text = " ".join(pieces[::2]).lower()
    found = [(one, place.start()) for one in near if (place := one.first(text))]
    if len(found) > _MOST_WORDS:
        can = " ".join(pieces[place] for place in running).lower()
        found.sort(key=lambda hit: (not hit[0].first(can), -len(hit[0].term.term), hit[0].term.term))
    return [one.term for one, _ in sorted(found[:_MOST_WORDS], key=lambda hit: hit[1])]


def _marked(pieces: Sequence[str], running: Sequence[int], terms: Sequence[Term]) -> str:
    """HTML with each word, where it first stands in running text, as the button of its explanation."""
    left = {one.term.id: one for one in _sought(tuple(terms))}
    numbers = {term.id: number for number, term in enumerate(terms, 1)}
    made = list(pieces)
    for place in running:
        text = made[place]
        lower = text.lower()
        hits = [(hit.span(), id_) for id_, one in left.items() if (hit := one.first(lower))]
        end = len(text)
        for (start, stop), id_ in sorted(hits, reverse=True):
            if stop <= end and len(lower) == len(text):
                text = f"{text[:start]}{_button(numbers[id_], text[start:stop], described=True)}{text[stop:]}"
                end = start
                del left[id_]
        made[place] = text
        if not left:
            break
    return "".join(made)


def _running(pieces: Sequence[str]) -> Iterator[int]:
    """Which of the pieces of HTML (text, tag, text …) are running text: in a paragraph or a list's item."""
    around: list[
        tuple[str, bool, bool]
    ] = []  # the open elements: name, whether text may be marked, is running
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            if around and around[-1][1] and around[-1][2] and len(piece) >= _SHORTEST:
                yield place
            continue
        tag = _NAME.match(piece)
        if not tag or tag[2] in _VOID or piece.endswith("/>"):
            continue
        if tag[1]:
            while around and around.pop()[0] != tag[2]:
                pass
        else:
            may = (not around or around[-1][1]) and tag[2] not in _LEFT_ALONE
            may = may and not ("tl-" in piece and _APART.search(piece))
            inline = tag[2] in _INLINE and bool(around) and around[-1][2]
            around.append((tag[2], may, inline or piece in _RUNNING))


def _button(number: int, text: str, *, described: bool = False) -> str:
    description = f' aria-describedby="ord-{number}"' if described else ""
    return f'<button popovertarget="ord-{number}"{description}>{text}</button>'


def _block(terms: Sequence[Term], address: str) -> str:
    glossary = f"{root_from(address)}{GLOSSARY}"
    buttons = " ".join(_button(number, escape(term.term)) for number, term in enumerate(terms, 1))
    rows = Markup("").join(
        Markup('<p popover id="ord-{}"><a href="{}#{}">{}</a>: {}</p>').format(
            number, glossary, term.id, capital(term.term), first_sentence(term.explanation)[0]
        )
        for number, term in enumerate(terms, 1)
    )
    return (
        f'<div class="tl-words" data-pagefind-ignore><p>Ord på sidan, förklarade: {buttons}</p>{rows}</div>\n'
    )
