"""Advice on what is written and what is waited for. It never blocks: nothing here is ever an error.

`texts` finds what is written for residents, `sentences` takes it apart; each of the others gives one sort of
advice. What must hold is for `rules`. Today is an argument, and a made-up municipality has a day of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from trygglofte.advice import abbreviations, chains, language, missing, officialese, reviews, statement
from trygglofte.advice.texts import Text, texts_of
from trygglofte.model import Filed, Municipality, Shared
from trygglofte.model.base import Part
from trygglofte.problems import Problem, in_order
from trygglofte.progress import the_day

__all__ = ["Text", "advise", "advise_portal", "on_language", "texts_of"]

_OF_A_TEXT: tuple[Callable[[Text], Iterator[Problem]], ...] = (
    language.long_sentences,
    language.heavy_texts,
    officialese.plainer_words,
)

_OF_A_DAY: tuple[Callable[[Municipality, date], Iterator[Problem]], ...] = (
    missing.easy_read,
    missing.follow_ups,
    missing.summaries_between,
    missing.summaries_since_the_latest,
    reviews.waiting,
    reviews.changed_since,
    chains.carried_over,
    chains.likely_the_same,
    statement.of_its_own,
)


def advise(municipality: Municipality, today: date) -> list[Problem]:
    """All advice to those who write for a municipality, by file and place. Every one is `Severity.ADVICE`."""
    day = the_day(municipality, today)
    waited_for = [problem for find in _OF_A_DAY for problem in find(municipality, day)]
    return in_order([*on_language(municipality), *waited_for])


def advise_portal(shared: Shared, today: date) -> list[Problem]:
    """All advice to those who answer for what municipalities share."""
    return list(statement.of_the_portal(shared, today))


def on_language(municipality: Municipality) -> Iterator[Problem]:
    """Advice on the language of kommun.yml and of every document that is not withdrawn, whatever day it is."""
    known = abbreviations.known_to(municipality)
    documents = (filed for filed in municipality.documents if not filed.part.withdrawn)
    filed: Filed[Part]
    for filed in (municipality.file, *documents):
        texts = tuple(texts_of(filed))
        for find in _OF_A_TEXT:
            for text in texts:
                yield from find(text)
        yield from abbreviations.unexplained(filed, texts, known)
