"""Where a line may break and where not: soft hyphens in long words, and numbers that keep their units.

Swedish writes compounds as one word, and `samverkansöverenskommelse` is wider than a phone in large letters. Few
browsers know where Swedish words break, so the page says it. A word breaks between its parts where they are
known, and by the patterns of `pyphen` where they are not, at few places rather than at every syllable: a reader who
meets `trygghets-` and then `vandringar` has read two words.

A number stays with its unit, a day with its month, and thousands with their hundreds, also where somebody has
written them with a common space (Språkrådet, *Svenska skrivregler*: hårt blanksteg).

Only text changes: never an attribute, what stands in `<script>`, `<style>`, `<svg>`, `<select>`, `<code>`, `<pre>` or
`<textarea>`, an address, an e-mail address or a number.
What reads pages by machine takes soft hyphens out again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, repeat

from trygglofte.words.compounds import Splitter
from trygglofte.words.syllables import syllables

SOFT, NBSP = "\u00ad", "\u00a0"
SHORTEST = 14
"""So many letters has a word that may break: shorter ones fit wherever text stands …"""
_IN_TABLES = 10
"""… but not in a table of three columns on a phone."""
_LEAST = 5
"""So many letters are left on each side of a break at least; between two known parts three are enough."""
_LEAST_PART = 3
_WITH_S = ("doms", "hets", "ings", "skaps", "tets", "ions")
"""So end words that always have an s where another is joined to them."""
_LONGEST_PIECE = 15
"""What is longer than this breaks once more: the largest heading at 320 px has room for some 18 letters."""

_ALSO = (
    "adress", "användning", "avisering", "avslutning", "besiktning", "databas", "enheter", "fastighet", "firande",
    "fullmäktige", "förordning", "förtroende", "havare", "kommelse", "kriminalitet", "ledning", "myndighet",
    "organisation", "papper", "redogörelse", "samling", "sekretess", "tecknande", "tecknat", "valda", "vårdnad",
    "ägare", "övervakning",
)  # fmt: skip
"""Parts of compounds that only line breaks need to know: search does not take words apart by them."""

_SKIPPED = ("script", "style", "svg", "select", "code", "pre", "textarea")
_WHOLE = "|".join(rf"{name}\b.*?</{name}\s*>" for name in _SKIPPED)
_TAG = r"[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+>"
_MARKUP = re.compile(rf"((?:<(?:div lang=\"en\">.*?</div>|{_WHOLE}|!--.*?-->|{_TAG}))++)", re.DOTALL)
_TOKEN = re.compile(rf"\S{{{_IN_TABLES},}}")
_LONG = re.compile(rf"[^\W\d_]{{{_IN_TABLES},}}")
_UNITS = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    "%|§|procent|procentenheter|kronor|kr|tkr|tusen|miljoner|sekunder|minuter|timmar|dygn|dagar|veckor|månader|år|"
    "km|km/h|m|meter|st|pass|kvällspass|kvällar|gånger|tillfällen|personer|poäng|svar|grader"
)
_NUMBER = re.compile(r"\d[ \n]")
_TOGETHER = re.compile(rf"(?<=\d)[ \n](?=(?:{_UNITS})(?![\w-]))")
_THOUSANDS = re.compile(r"(?<![\d\xa0.,+-])(?<!\d )\d{1,3}(?: \d{3})+(?![\d-]| \d)")
"""A number of thousands; a telephone number has a hyphen, a plus or other groups in it."""
_NOT_WORDS = re.compile(r"[@\d_/\\&=#]|[\w-]\.\w")
"""What an address, an e-mail address, a number or a character written by its name has in it, and a word has not."""


def broken(html: str) -> str:
    """Finished HTML with soft hyphens in the long words of its text, and spaces that hold after its numbers.

    HTML that has soft hyphens already is not for this.
    """
    pieces = _MARKUP.split(html)  # text, markup, text …
    start, shortest = 0, SHORTEST
    for place in range(1, len(pieces), 2):
        if "table" in pieces[place]:
            opened, closed = (pieces[place].rfind(tag) for tag in ("<table", "</table"))
            if opened != closed:
                pieces[start:place:2] = map(_text, pieces[start:place:2], repeat(shortest))
                start, shortest = place + 1, _IN_TABLES if opened > closed else SHORTEST
    pieces[start::2] = map(_text, pieces[start::2], repeat(shortest))
    return "".join(pieces)


@lru_cache(maxsize=20_000)
def _text(text: str, shortest: int) -> str:
    """The text between two pieces of markup. Most of it is the same on many pages, or in many rows."""
    text = _TOKEN.sub(lambda found: _token(found[0], shortest), text)
    if _NUMBER.search(text):
        text = _THOUSANDS.sub(lambda found: found[0].replace(" ", NBSP), _TOGETHER.sub(NBSP, text))
    return text


@lru_cache(maxsize=20_000)
def _token(token: str, shortest: int) -> str:
    if len(token) < shortest or _NOT_WORDS.search(token):
        return token
    return _LONG.sub(lambda found: hyphenated(found[0], shortest), token)


@lru_cache(maxsize=20_000)
def hyphenated(word: str, shortest: int = SHORTEST) -> str:
    """A word with soft hyphens where it may break; one that is shorter than that, or all capitals, as it is."""
    if len(word) < shortest or word.isupper():
        return word
    lower = word.lower()
    if len(lower) != len(word):
        return word
    cuts = _joints(lower)
    cuts |= _within(lower, cuts)
    return SOFT.join(word[start:end] for start, end in _between(cuts, len(word)))


def _between(cuts: set[int], size: int) -> list[tuple[int, int]]:
    ends = [0, *sorted(cuts), size]
    return list(pairwise(ends))


def _joints(word: str) -> set[int]:
    """Where the known parts of a compound meet; where only its last or its first part is known, beside that."""
    cuts, at = set(), 0
    for part in _splitter().parts(word)[:-1]:
        at += len(part)
        cuts.add(at)
    return {cut for cut in cuts or _beside_known(word) if _LEAST_PART <= cut <= len(word) - _LEAST_PART}


def _beside_known(word: str) -> set[int]:
    """The longest known end of a word, or else its longest known beginning, where a syllable ends too."""
    ends, splitter = set(syllables(word)), _splitter()
    for cut in sorted(ends):
        if _LEAST <= cut <= len(word) - _LEAST and splitter.ends(word[cut:]):
            return {cut}
    for cut in range(len(word) - _LEAST, _LEAST_PART, -1):
        head = word[:cut]
        joined = head.endswith(_WITH_S)  # patterns take `ungdoms-kriminalitet` for `ungdom-skriminalitet`
        if (joined or (cut in ends and not f"{head}s".endswith(_WITH_S))) and splitter.begins(head):
            return {cut}
    return set()


def _within(word: str, joints: set[int]) -> set[int]:
    """Where pieces that are still long may break: once, near their middle, between syllables."""
    found = set()
    for start, end in _between(joints, len(word)):
        if end - start >= _LONGEST_PIECE or not joints:
            piece, middle = word[start:end], (end - start) / 2
            least = min(_LEAST, (end - start) // 2 - 1)
            places = {cut for cut in syllables(piece) if least <= cut <= end - start - least}
            if joints and (known := _beside_known(piece)):
                places = known
            if places:
                found.add(start + min(places, key=lambda cut: (abs(cut - middle), cut)))
    return found


@lru_cache(maxsize=1)
def _splitter() -> Splitter:
    return Splitter(_ALSO)
