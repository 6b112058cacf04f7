"""Addresses where people live: a street with a number. Sure only where the text itself says that it is a home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.personal.written import SPACES, Finding, Sort, before

_STREET = (
    r"(?:gatan?|väg(?:en)?|gränd(?:en)?|stig(?:en)?|allén?|backen?|torg(?:et)?|plan|plats(?:en)?|led(?:en)?|esplanaden"
    r"|kajen|gården|liden|slingan?|ringen|svängen|promenaden|kroken?|tået)"
)
SUSPECT = re.compile(rf"[nagtedå][ {SPACES}][0-9]{{1,3}}(?![0-9])|lgh")

_NUMBER = re.compile(
    rf"(?P<street>{_STREET}) (?P<number>[0-9]{{1,3}})(?: ?(?P<door>[A-Z])(?![a-zåäö])|(?P<near>[a-h])(?![a-zåäö]))?"
    r"(?![0-9]|[.:,][0-9]|-årig| ?%)"
)
_NAME = re.compile(r"(?:(?:[A-ZÅÄÖ][a-zåäöéü]+s? ){0,2}[A-ZÅÄÖ][a-zåäöéü]*)$|(?<![a-zåäö])[a-zåäö]{3,}$")
_AMOUNT = re.compile(
    r" (?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|gånger|tillfällen"
    r"|kvällar|dagar|veckor|månader|timmar|minuter|meter|km|kilometer|kronor|kr|procent|stycken|st|personer"
    r"|händelser|anmälningar|fordon|förare|kontroller|pass|brott|ärenden|nya|stolpar|lampor|kameror)\b"
)
_FLAT = re.compile(r"[, ]{1,3}(?:lgh|lägenhet|[0-9]{1,2} tr(?:appor)?\b|nb\b)", re.IGNORECASE)
_LGH = re.compile(r"\blgh\.? ?(?:nr )?[0-9]{4}(?![0-9])", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:bor|bodde|bott|boende|bosatta?|hemma hos|hemmet|hemadress\w*|bostadsadress\w*|bostaden|folkbokförda?|sitt hem"
    r"|hans hem|hennes hem|lägenhet(?:en)?|villan?|radhuset|c/o)\b[^.!?\n]{0,40}$"
)


def homes(text: str) -> Iterator[Finding]:
    """Every street with a number in a plain text, and numbers of flats."""
    last = 0
    for found in _NUMBER.finditer(text):
        name = _NAME.search(text, max(0, found.start() - 40), found.start())
        if name is None or _AMOUNT.match(text, found.end()):
            continue
        flat = _FLAT.match(text, found.end())
        start, last = name.start(), found.end()
        sure = flat is not None or _HOME.search(before(text, start)) is not None
        capital = text[start].isupper()
        if capital or sure:
            door = found["door"] or found["near"] or ""
            value = f"{text[start : found.end('street')]} {found['number']}{door}".lower()
            yield Finding(Sort.HOME, start, last, sure, value)
    for found in _LGH.finditer(text):
        yield Finding(Sort.HOME, found.start(), found.end(), False, found[0].lower())


def same_address(home: str, declared: str) -> bool:
    """Whether what was found is (a part of) an address that a municipality has declared as a place to visit."""
    pattern = rf"(?<![a-zåäö]){re.escape(home)}(?![0-9])"
    return re.search(pattern, re.sub(r"([0-9]) (?=[a-z]\b)", r"\1", declared.lower())) is not None
