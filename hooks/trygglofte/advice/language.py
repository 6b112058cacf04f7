"""Long sentences and heavy texts. Språklagen 11 §: public language is to be cultivated, simple and comprehensible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from trygglofte.advice.sentences import Sentence, first_words, sentences
from trygglofte.advice.texts import Text
from trygglofte.problems import Problem

MOST_WORDS = 30
"""Words of a sentence that can be read in one breath."""

HEAVIEST = 50
"""LIX above which a text is heavy: Björnsson's limit between texts of medium difficulty and hard ones."""

FEWEST_WORDS = 60
"""Words that a text must have before its LIX says anything."""

_LONG_WORD = 7
_SHOWN = 5


def lix(found: Sequence[Sentence]) -> Decimal:
    """Läsbarhetsindex: words per sentence, and long words (more than 6 letters) per 100 words; 0 without words.

    After C. H. Björnsson, Läsbarhet (1968). A paragraph or list item ends its sentence, and letters are
    counted without hyphens and other marks within the word.
    """
    words = [word for sentence in found for word in sentence.words]
    if not words:
        return Decimal(0)
    many = sum(sum(map(str.isalpha, word)) >= _LONG_WORD for word in words)
    return Decimal(len(words)) / len(found) + Decimal(100 * many) / len(words)


def long_sentences(text: Text) -> Iterator[Problem]:
    """Sentences of more than 30 words, each where it begins."""
    for sentence in sentences(text.content):
        if len(sentence.words) > MOST_WORDS:
            begins = " ".join(sentence.words[:_SHOWN])
            yield text.problem(
                "lang-mening",
                f"Meningen som börjar ”{begins} …” har {len(sentence.words)} ord.",
                "Sätt gärna punkt tidigare, så att varje mening säger en sak.",
                sentence.start,
            )


def heavy_texts(text: Text) -> Iterator[Problem]:
    """Texts of at least 60 words whose LIX is above 50."""
    found = list(sentences(text.content))
    index = lix(found)
    if index > HEAVIEST and sum(len(sentence.words) for sentence in found) >= FEWEST_WORDS:
        yield text.problem(
            "tung-text",
            f"Texten som börjar ”{first_words(text.content)} …” är tung att läsa: LIX {_rounded(index)}. "
            f"Över {HEAVIEST} räknas som svårt.",
            "Kortare meningar hjälper mest. Byt också långa ord mot vardagliga där det går.",
        )


def _rounded(index: Decimal) -> int:
    """Rounded up, so that what is above the limit is also shown as above it."""
    return int(index.to_integral_value(ROUND_CEILING))
