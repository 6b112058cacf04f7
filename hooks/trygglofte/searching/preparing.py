"""Pages as they are sent to the index: only what is searched, with compounds taken apart and everyday words.

Nothing of this is in the published pages. Pagefind takes a word with a capital inside for the whole word and
for its parts: `gångTunneln` is found by "gångtunneln" and by "tunnel", and `narkotikaKnark` by "knark", both
at the place where they stand, so that a hit is marked there and leads to its anchor. `Preparing.restored`
gives a text back as it was written.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from trygglofte.searching.everyday import Everyday, words_by_theme
from trygglofte.searching.records import PROSE, Record
from trygglofte.words.compounds import SHORTEST_COMPOUND, SHORTEST_PART, Splitter
from trygglofte.words.inflections import STOP_WORDS, stem, words_in

MARK = "data-pagefind-body"
"""The attribute of the part of a page that is searched. A page without it is not in the index."""

_BODY = re.compile(rf"<(\w+)[^>]*\b{MARK}")
_UNREAD = re.compile(r"<(?:(script|style|nav|svg|form)\b.*?</\1>|[^>]*>)|&#?\w+;", re.DOTALL)
_HEADING = re.compile(r"<(h[1-6])\b.*?</\1>", re.DOTALL)
_LONG = re.compile(rf"[^\W\d_]{{{SHORTEST_COMPOUND},}}")
_WORD = re.compile(rf"[^\W\d_]{{{2 * SHORTEST_PART},}}")
_CAPITAL_INSIDE = re.compile(r"(?<=[^\W\d_])[A-ZÅÄÖÉ]")
_SOFT = re.compile("\u00ad|&shy;|&#173;")
_LINK_HERE = re.compile(r' ?<a href="#[^"]*">Länk hit</a>')
_EXPLAINED = re.compile(r'<div class="tl-words".*?</div>|<button popovertarget="[^>]*>(.*?)</button>')
"""A word that is explained where it stands: to search it is a word like others, and the explanations are not there."""
_OFTEN = 5
"""At so many places of a page a term gets residents' words: more would only make the index larger."""
_WEIGHTS = {"Medborgarlöfte": 2.5, "Samverkansöverenskommelse": 1.5, PROSE: 0.4}
"""What weighs more or less than others where all have a word: promises first, how the site works last."""
_HEAVIEST = 10.0  # what Pagefind takes
_YEARS, _LIGHTER = 5, 0.08
_IN_LIST, _SHORTEST_LISTED = 3000, 4


class Preparing:
    """The pages of one index, made ready. `texts` gives the address and the whole text of each, and is read once.

    With `promises_alone` a pledge is found by what was promised and not by its reports, and its text is not asked for.
    """

    def __init__(
        self,
        texts: Iterable[tuple[str, str]],
        records: Mapping[str, Record],
        everyday: Sequence[Everyday] = (),
        *,
        promises_alone: bool = False,
    ) -> None:
        self._records = records
        self._promises_alone = promises_alone
        self._everyday = everyday
        self._latest = max((record.order for record in records.values()), default="0")
        self._by_theme = words_by_theme(everyday)
        self._bodies: dict[str, bytes] = {}
        self._counted: Counter[str] = Counter()
        self._nowhere = list(everyday)
        for address, text in texts:
            body = self._body(address, text)
            read = _read(body)
            self._bodies[address] = body.encode()
            self._counted.update(words_in(read))
            if not self._is_prose(address):
                self._nowhere = [item for item in self._nowhere if not any(item.places_in(read))]
        self._splitter = Splitter([*self._counted, *(word for item in everyday for word in item.words)])
        self._made: dict[str, str] = {}

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page as it is sent, in the order of addresses."""
        for address in sorted(self._bodies):
            body = self._bodies[address].decode()
            filters = self._filters(address)
            yield (
                address,
                f'<!doctype html><html lang="sv"><body>{self._marked(address, body)}{filters}</body></html>',
            )

    def restored(self, text: str) -> str:
        """A text from the index, as it stands on the page."""
        return _WORD.sub(self._as_written, text)

    def _as_written(self, found: re.Match[str]) -> str:
        word = found[0]
        if word in self._made or not _CAPITAL_INSIDE.search(word):
            return self._made.get(word, word)
        # Pagefind has put it together with its neighbour, where no space stands between two elements.
        for made in sorted(
            (made for made in self._made if made in word), key=lambda made: (-len(made), made)
        ):
            word = word.replace(made, self._made[made])
        return word

    def word_list(self) -> str:
        """The words that can be found, one a line, the most used first: what a misspelt word is held against.

        One form of each word is enough, for search finds the others by it.
        """
        words = Counter(self._counted)
        words.update({word: 1 for item in self._everyday for word in item.words})
        kept: dict[str, str] = {}
        for word in sorted(words, key=lambda word: (-words[word], word)):
            if len(word) >= _SHORTEST_LISTED and word not in STOP_WORDS:
                kept.setdefault(stem(word), word)
        return "\n".join(list(kept.values())[:_IN_LIST]) + "\n"

    def _is_prose(self, address: str) -> bool:
        record = self._records.get(address)
        return record is not None and record.filters.get("typ") == (PROSE,)

    def _body(self, address: str, text: str) -> str:
        record = self._records.get(address)
        if record and record.gathers:
            return self._gathering(record)
        if record and self._promises_alone and is_promise(record):
            return self._promise(record)
        body = searched(text)
        return body.replace(MARK, self._mark(record), 1) if record else body

    def _mark(self, record: Record) -> str:
        return f'{MARK} data-pagefind-weight="{self._weight(record):.2f}"'

    def _weight(self, record: Record) -> float:
        """What a page weighs: a year older is a little lighter, so that of two alike the later comes first."""
        years = [int(order[:4]) if len(order) > 1 else 0 for order in (self._latest, record.order)]
        older = min(years[0] - years[1], _YEARS) if all(years) else 0
        return _WEIGHTS.get(record.filters.get("typ", ("",))[0], 1.0) * (1 - _LIGHTER * older)

    def _gathering(self, record: Record) -> str:
        """A page that gathers others says what it is, and which other words there are for it."""
        words = (*record.other_words, *self._by_theme.get(record.theme, ()))
        others = f"<p>Andra ord: {html.escape(', '.join(words))}.</p>" if words else ""
        title, lead = html.escape(record.title), html.escape(record.description)
        if "typ" in record.filters:
            return f"<main {MARK}><h1>{title}</h1><p>{lead}</p>{others}</main>"
        # An index is found by its name before what it lists, and hardly by what it says of itself.
        name = f'<span hidden data-x="{title}" data-pagefind-meta="namn[data-x]"></span>'
        heading = f'<h1 data-pagefind-weight="10">{title}</h1>'
        return f'<main {MARK}>{name}{heading}<p data-pagefind-weight="0.3">{lead}</p></main>'

    def _promise(self, record: Record) -> str:
        """A pledge as it was given: why, what is to be better, and each commitment with its anchor."""
        parts = record.shown["lovat"]
        told = [html.escape(text) for text in (record.description, *record.promised) if text]
        about = {value: None for part in parts for name in ("tema", "plats") for value in part.get(name, ())}
        told += [html.escape(f"{', '.join(about)}.")] if about else []
        commitments = "".join(f'<p id="{part["id"]}">{html.escape(part["vad"])}</p>' for part in parts)
        paragraphs = "".join(f"<p>{text}</p>" for text in told)
        return (
            f"<main {self._mark(record)}><h1>{html.escape(record.title)}</h1>{paragraphs}{commitments}</main>"
        )

    def _filters(self, address: str) -> str:
        record = self._records.get(address)
        if not record:
            return ""
        filters = "".join(
            f'<span hidden data-pagefind-filter="{name}:{html.escape(value)}"></span>'
            for name, values in sorted(record.filters.items())
            for value in values
        )
        return f'{filters}<span hidden data-pagefind-sort="ordning:{record.order}"></span>'

    def _marked(self, address: str, body: str) -> str:
        """A body with its compounds taken apart, and residents' words where their terms stand first."""
        read = _read(body)
        if len(read) != len(body):  # a letter that is two in small letters: no place would be right
            return body
        parts = {
            found.span(): own for found in _LONG.finditer(read) if (own := self._splitter.parts(found[0]))
        }
        everyday = self._everyday_words(address, body, read)
        made, at = [], 0
        for start, end in sorted({*parts, *everyday}):
            own = parts.get((start, end)) or (read[start:end],)
            every = (*own, *everyday.get((start, end), ()))
            plain = body[start:end][1:] == read[start:end][1:] or len(own) == 1
            if len(every) > 1 and start >= at and plain:
                joined = self._joined(body[start:end], every)
                made += [
                    body[at:start],
                    joined if every == own else self._heavier(address, joined, len(every)),
                ]
                at = end
        return "".join(made) + body[at:]

    def _heavier(self, address: str, joined: str, parts: int) -> str:
        """A term with residents' words, so heavy that each, which gets its share, weighs a third of a word."""
        record = self._records.get(address)
        weight = min((self._weight(record) if record else 1.0) * parts / 3, _HEAVIEST)
        return f'<span data-pagefind-weight="{weight:.2f}">{joined}</span>'

    def _joined(self, word: str, parts: Sequence[str]) -> str:
        """A word as its parts and what it is also called, and how to get it back."""
        pieces, at = [], 0
        for part in parts:
            piece = word[at : at + len(part)] or part
            pieces.append(piece if not at else piece[0].upper() + piece[1:])
            at += len(part)
        joined = "".join(pieces)
        self._made[joined] = word
        return joined

    def _everyday_words(self, address: str, body: str, read: str) -> dict[tuple[int, int], tuple[str, ...]]:
        """Where in a body residents' words belong: at the last word of a term, not in a heading."""
        record = self._records.get(address)
        if record and record.gathers:
            return {}
        for heading in _HEADING.finditer(body):
            read = read[: heading.start()] + " " * len(heading[0]) + read[heading.end() :]
        themes = record.filters.get("tema", ()) if record else ()
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        where: dict[str, list[tuple[int, int]]] = {}
        for item in self._everyday:
            places = [*item.places_in(read)]
            if not places and item.theme in themes and item in self._nowhere:
                if item.theme not in where:
                    where[item.theme] = [hit.span() for hit in _last_word_of(item.theme).finditer(read)]
                places = where[item.theme]
            for span in places[:_OFTEN]:
                found[span] = (*found.get(span, ()), *item.words)
        return found


@cache
def _last_word_of(theme: str) -> re.Pattern[str]:
    """The last word of a theme's name, where the whole name stands."""
    before, _, last = theme.lower().rpartition(" ")
    return re.compile(rf"{f'(?<={re.escape(before)} )' if before else ''}\b{re.escape(last)}\b")


def searched(text: str) -> str:
    """The marked part of a page, without what is there for the eye alone."""
    text = _EXPLAINED.sub(r"\1", _LINK_HERE.sub("", _SOFT.sub("", text)))
    start = _BODY.search(text)
    assert start is not None  # only pages with a part that is marked are given
    end = f"</{start[1]}>"
    return text[start.start() : text.rfind(end)] + end


def is_promise(record: Record) -> bool:
    """Whether a record says what a pledge promises."""
    return bool(record.shown.get("lovat"))


def _read(body: str) -> str:
    """What is read of a body, in small letters, with spaces for what is not, so that every letter keeps its place."""
    return _UNREAD.sub(lambda found: " " * len(found[0]), body).lower()
