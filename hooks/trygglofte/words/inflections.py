"""Words as search sees them: what is a word, which words say nothing, and a rough common form of inflections.

Pagefind stems by Snowball itself; what stands here is only for comparing words with one another at build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+")

STOP_WORDS = frozenset(
    """
    alla allt andra annan annat att av bara blev bli blir blivit borde bort båda både de dem den denna
    dess dessa det detta dig din dina dit ditt du där då efter eller en er ett fler flera fram från få
    får fått för före förs först ge genom ger går gör ha hade han har hel hela helt hon honom hos hur
    här i icke in inga ingen inget innan inne inom inte jag ju kan kom kommer kring kunde längs man med
    mellan men mer mest mig min mina mitt mot mycket ned nej ner ni nu när någon något några och om oss
    på redan sam samma samt sedan ses sig sin sina sitt ska skulle som så sådan sådana sådant tar tas
    till tills tillsammans trots under upp ur ut utan utom vad var vara varit varje vars vem vi vid
    vilka vilken vilket väl vår våra vårt än ännu är även åt åter över
    """.split()  # noqa: SIM905 - a list of words is read more easily as text
)
"""Words that say nothing of what a page is about; never a part of a compound either."""

_ENDINGS = (
    "ernas", "arnas", "ornas", "erna", "arna", "orna", "aren", "ades", "ande", "are", "ade", "ens", "ets",
    "ar", "er", "or", "en", "et", "na", "as", "es", "s", "n", "a", "e",
)  # fmt: skip
_BY_LETTER = {
    letter: [ending for ending in _ENDINGS if ending[-1] == letter]
    for letter in {one[-1] for one in _ENDINGS}
}
"""Endings by their last letters: most are passed over at a glance."""
_SHORTEST = 3


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the inflections of a word have in common, roughly: `tunneln` and `tunnels` → `tunnel`."""
    for ending in _BY_LETTER.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def words_in(text: str) -> Iterable[str]:
    """The words of a text in small letters."""
    return WORD.findall(text.lower())


def telling(text: str) -> list[str]:
    """The words of a text that say something, each once, in the order they come."""
    return [word for word in dict.fromkeys(words_in(text)) if len(word) > 2 and word not in STOP_WORDS]
