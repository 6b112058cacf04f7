"""Addresses where people live: a street with a number. Sure only where the text itself says that it is a home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.personal.written import Finding, Sort, before

ENDS = (
    "atan|gata|ägen|ränd|nden|igen|stig|llén|allé|cken|rget|torg|plan|tsen"
    "|eden|aden|ajen|rden|iden|ngan|ngen|oken|tået"
)
"""The last four letters of names of streets."""

_ENDS = tuple(f"{end} " for end in (*ENDS.split("|"), "väg"))
_STREETS = (
    "gatan gata vägen väg gränd gränden stigen stig allén allé backen torget torg plan platsen leden esplanaden "
    "promenaden kajen gården liden slingan ringen svängen kroken tået"
)
_CANDIDATE = re.compile(r"[0-9]{1,3}(?![0-9]|[.:,][0-9]|-årig| ?%)")
_NAME = re.compile(
    rf"(?:(?:[A-ZÅÄÖ][a-zåäöéü]+ ){{0,2}}[A-ZÅÄÖ][a-zåäöéü]*|(?<![a-zåäö])[a-zåäö]+)(?:{'|'.join(_STREETS.split())}) $",
)
_DOOR = re.compile(r" ?([A-Z])(?![a-zåäöA-ZÅÄÖ])|([a-h])(?![a-zåäö])")
_AMOUNT = re.compile(
    r" (?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|gånger|tillfällen"
    r"|kvällar|dagar|veckor|månader|timmar|minuter|meter|km|kilometer|kronor|kr|procent|stycken|st|personer"
    r"|händelser|anmälningar|fordon|förare|kontroller|pass|brott|ärenden|nya|stolpar|lampor|kameror)\b"
)
_FLAT = re.compile(
    r"[, ]{1,3}(?:(?:lgh|lägenhet)[. ]{0,2}(?:nr )?[0-9]{0,4}|[0-9]{1,2} tr(?:appor)?\b|nb\b)", re.IGNORECASE
)
_LGH = re.compile(r"\blgh\.? ?(?:nr )?[0-9]{4}(?![0-9])", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:bor|bodde|bott|boende|bosatta?|hemma hos|hemmet|hemadress\w*|bostadsadress\w*|bostaden|folkbokförda?"
    r"|sitt hem|hans hem|hennes hem|lägenhet(?:en)?|villan?|radhuset|lgh|c/o)\b[^.!?\n]{0,40}$"
)


def homes(text: str) -> Iterator[Finding]:
    """Every street with a number in a plain text, and numbers of flats."""
    for found in _CANDIDATE.finditer(text):
        if not text.endswith(_ENDS, 0, found.start()):
            continue
        name = _NAME.search(text, max(0, found.start() - 50), found.start())
        if name is None or _AMOUNT.match(text, found.end()):
            continue
        door = _DOOR.match(text, found.end())
        end = door.end() if door else found.end()
        flat = _FLAT.match(text, end)
        sure = flat is not None or _HOME.search(before(text, name.start())) is not None
        if sure or text[name.start()].isupper():
            value = f"{name[0]}{found[0]}{door[0].strip() if door else ''}".lower()
            yield Finding(Sort.HOME, name.start(), flat.end() if flat else end, sure, value)
    for found in _LGH.finditer(text):
        yield Finding(Sort.HOME, found.start(), found.end(), False, found[0].lower())


def same_address(home: str, declared: str) -> bool:
    """Whether what was found is (a part of) an address that a municipality has declared as a place to visit."""
    pattern = rf"(?<![a-zåäö]){re.escape(home)}(?![0-9])"
    return re.search(pattern, re.sub(r"([0-9]) (?=[a-z]\b)", r"\1", declared.lower())) is not None
