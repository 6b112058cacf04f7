"""Officialese, with plainer words. The words stand in words.yml, form by form; a name is never taken for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from trygglofte.advice.sentences import blocks, masked, sentences
from trygglofte.advice.texts import Text
from trygglofte.problems import Problem

_FILE = Path(__file__).with_name("words.yml")
_MOST = 3
_BEFORE_A_NOUN = re.compile(
    r"\b(?:ett|i|det|detta|annat|fäst\w*|något|samma|stort|varje|visst)\s+$", re.IGNORECASE
)
"""Words after which `avseende` is a noun in good standing: ”i det avseende som”, ”fäster avseende vid”."""
_QUOTED = re.compile(r"”[^”\n]*”|\"[^\"\n]*\"|»[^«\n]*«")


@cache
def words() -> dict[str, str]:
    """Every form of every officialese word or phrase → the plainer one, in small letters."""
    read: list[dict[str, list[str]]] = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    found: dict[str, str] = {}
    for entry in read:
        plainer = entry["hellre"] * (len(entry["ord"]) if len(entry["hellre"]) == 1 else 1)
        found |= dict(zip(entry["ord"], plainer, strict=True))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    """Every form as a whole word, the longest first, with any space between the words of a phrase."""
    forms = sorted(words(), key=lambda form: (-len(form), form))
    either = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


def plainer_words(text: Text) -> Iterator[Problem]:
    """Officialese in a text: each word once, and at most three, so that advice is read and not only seen."""
    plain = _QUOTED.sub(lambda found: " " * len(found[0]), masked(text.content))
    begins = {sentence.start for sentence in sentences(text.content)}
    begins |= {start for start, _ in blocks(text.content)}
    told: set[str] = set()
    for found in _pattern().finditer(plain):
        form = " ".join(found[0].lower().split())
        if words()[form] in told or not _is_the_word(found, plain, begins):
            continue
        told.add(words()[form])
        yield _advice(text, found, form)
        if len(told) == _MOST:
            return


def _is_the_word(found: re.Match[str], plain: str, begins: set[int]) -> bool:
    """Whether it is the word itself: not a name (a capital within a sentence), and not a noun spelled alike."""
    if found[0] != found[0].lower() and (found.start() not in begins or not found[0][1:].islower()):
        return False
    before = plain[max(0, found.start() - 20) : found.start()]
    return found[0].lower() != "avseende" or not _BEFORE_A_NOUN.search(before)


def _advice(text: Text, found: re.Match[str], form: str) -> Problem:
    what = "ett uttryck" if " " in form else "ett ord"
    return text.problem(
        "byrakratiskt-ord",
        f"”{form}”{text.paragraph(found.start())} är {what} som mest myndigheter använder.",
        f"Pröva ”{words()[form].replace(' / ', '” eller ”')}”.",
        found.start(),
    )
