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
from functools import cached_property

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
_ENDINGS = re.compile(r"(?:e?n|e?t|e?r|ar|or|s|a|na|e?rna|arna|orna)?s?(?!\w)")
_BEGINNING = re.compile(r"(?<!\w)")
_REST = r"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>"""
_MARKUP, _TAG = re.compile(f"<{_REST}"), re.compile(rf"<(/?)(\w*){_REST}")
_VOID = frozenset("br hr img input wbr col".split())  # noqa: SIM905
_RUNNING = frozenset({"<p>", "<li>"})
_INLINE = frozenset("b em i span strong".split())  # noqa: SIM905
_LEFT_ALONE = frozenset(
    "a h1 h2 h3 h4 h5 h6 blockquote q cite button summary details label nav table form svg script style".split()  # noqa: SIM905
)
_APART = re.compile(r'class="[^"]*tl-(?:quiet|state|sources|altered|changes|counts|tags|hidden|plain)')
"""Parts of a page that are small, about the page, or as they were once written."""
_BEFORE = '<p class="tl-day">'

Stretch = tuple[int, int]
"""Where a stretch of text begins and ends in a page's HTML."""


@dataclass(frozen=True)
class _Sought:
    term: Term
    letters: str

    @cached_property
    def name(self) -> Markup:
        return escape(self.term.term)

    @cached_property
    def explanation(self) -> str:
        """From the address within the glossary on."""
        told = first_sentence(self.term.explanation)[0]
        return f'#{escape(self.term.id)}">{escape(capital(self.term.term))}</a>: {escape(told)}'

    def first(self, text: str) -> Stretch | None:
        """Where the term first stands in a text in small letters. Its letters are found first: that is quick."""
        at = text.find(self.letters)
        while at >= 0:
            ending = _BEGINNING.match(text, at) and _ENDINGS.match(text, at + len(self.letters))
            if ending:
                return at, ending.end()
            at = text.find(self.letters, at + 1)
        return None


def with_words(html: str, address: str, site: Site) -> str:
    """A document's page with the words it uses explained, before the line that says from when it is."""
    before, mark, after = html.rpartition(_BEFORE)
    room = _MOST_BYTES - len(html.encode())
    if not mark or room <= 0:
        return html
    running = list(_running(before))
    found = _chosen(before, running, site.once("sought words", lambda: _sought(site.terms)))
    while found:
        block = _block(found, address)
        if len(block.encode()) <= room:
            whole = f"{_marked(before, running, found)}{block}{mark}{after}"
            if len(whole.encode()) <= _MOST_BYTES:
                return whole
        found = found[:-1]
    return html


def words_in(html: str, terms: Sequence[Term]) -> list[Term]:
    """The terms that a page's text uses, in any of their common forms, as they first come.

    Where there are many: those that stand in running text, where they can be explained, and the longest.
    """
    return [one.term for one in _chosen(html, list(_running(html)), _sought(terms))]


def _sought(terms: Sequence[Term]) -> list[_Sought]:
    return [
        _Sought(term, word)
        for term in terms
        if len(word := term.term.lower().partition(" (")[0]) >= _SHORTEST
    ]


def _chosen(html: str, running: Sequence[Stretch], sought: Sequence[_Sought]) -> list[_Sought]:
    text = _MARKUP.sub(" ", html).lower()
    found = [(one, place[0]) for one in sought if (place := one.first(text))]
    if len(found) > _MOST_WORDS:
        can = " ".join(html[start:stop] for start, stop in running).lower()
        found.sort(key=lambda hit: (not hit[0].first(can), -len(hit[0].term.term), hit[0].term.term))
    return [one for one, _ in sorted(found[:_MOST_WORDS], key=lambda hit: hit[1])]


def _marked(html: str, running: Sequence[Stretch], words: Sequence[_Sought]) -> str:
    """HTML with each word, where it first stands in running text, as the button of its explanation."""
    left = dict(enumerate(words, 1))
    made, done = [], 0
    for begin, stop in running:
        lower = html[begin:stop].lower()
        if len(lower) != stop - begin:  # a letter that is two in small letters: no place would be right
            continue
        hits = [(hit, number) for number, one in left.items() if (hit := one.first(lower))]
        for (first, last), number in sorted(hits):
            if begin + first >= done:
                word = html[begin + first : begin + last]
                made += [html[done : begin + first], _button(number, word, described=True)]
                done = begin + last
                del left[number]
        if not left:
            break
    return "".join([*made, html[done:]])


def _running(html: str) -> Iterator[Stretch]:
    """Where HTML is running text, between two tags: in a paragraph or a list's item."""
    around = [("", True, False)]  # the open elements: name, whether text may be marked, is running
    at = 0
    while tag := _TAG.search(html, at):
        (start, end), (whole, ending, name) = tag.span(), tag.group(0, 1, 2)
        _, may, running = around[-1]
        if may and running and start - at >= _SHORTEST:
            yield at, start
        at = end
        if not name or name in _VOID or whole.endswith("/>"):
            continue
        if ending:
            while len(around) > 1 and around.pop()[0] != name:
                pass
            continue
        left_alone = name in _LEFT_ALONE or ("tl-" in whole and _APART.search(whole) is not None)
        if left_alone and (past := _end_of(name, html, at)) >= 0:
            at = past
        else:
            inline = name in _INLINE and running
            around.append((name, may and not left_alone, inline or whole in _RUNNING))


def _end_of(name: str, html: str, at: int) -> int:
    """Where an element that has begun ends; -1 where it has another of its kind within it, or has no end."""
    end_tag = f"</{name}>"
    end = html.find(end_tag, at)
    return end + len(end_tag) if end >= 0 and html.find(f"<{name}", at, end) < 0 else -1


def _button(number: int, text: str, *, described: bool = False) -> str:
    description = f' aria-describedby="ord-{number}"' if described else ""
    return f'<button popovertarget="ord-{number}"{description}>{text}</button>'


def _block(words: Sequence[_Sought], address: str) -> str:
    glossary = f"{root_from(address)}{GLOSSARY}"
    buttons = " ".join(_button(number, one.name) for number, one in enumerate(words, 1))
    rows = "".join(
        f'<p popover id="ord-{number}"><a href="{glossary}{one.explanation}</p>'
        for number, one in enumerate(words, 1)
    )
    return (
        f'<div class="tl-words" data-pagefind-ignore><p>Ord på sidan, förklarade: {buttons}</p>{rows}</div>\n'
    )
