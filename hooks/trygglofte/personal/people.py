"""Words that single somebody out without a name: age with sex, place and date; and very few people counted in prose.

Dataskyddsförordningen (2016/679) art. 4.1: somebody is identifiable who can be told apart by what is said of them
together. Whether that is so here only a person who knows the place can say: nothing of this is ever sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.personal.written import Finding, Sort, sentence

_PERSON = (
    r"(?:man|mannen|kvinnan?|pojken?|flickan?|kille|killen|tjej|tjejen|person|personen|ungdom|ungdomen|elev|eleven"
    r"|son|sonen|dotter|dottern|mamman?|pappan?|bror|brodern|syster|systern)"
)
_TENS = (
    r"(?:tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton"
    r"|(?:tjugo|trettio|fyrtio|femtio|sextio)[a-zåäö]{0,4})"
)
_YEARS = re.compile(r"år(?:ing|ig|\b)")
_AGE = re.compile(
    rf"(?<![0-9–-])\b(?:[0-9]{{1,2}}[- ]|{_TENS}-?)(?:åring(?:en|ens|s)?\b|årig[ae]? {_PERSON}\b)"
    rf"|(?<![0-9-])\b[0-9]{{1,2}} år gam(?:mal|la)\b|\b{_PERSON}(?: på|,) [0-9]{{1,2}} år\b",
    re.IGNORECASE,
)
_OLD = (re.compile("på [0-9]{1,2} år"), re.compile(", [0-9]{1,2} år"))
_SEX = re.compile(
    r"\b(?:man|mannen|kvinnan?|pojken?|flickan?|killen?|tjejen?|sonen?|dottern?|mamman?|pappan?|han|hon|honom|henne)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:i|på|vid|från|utanför|nära|intill) (?:[a-zåäö]+ )?[A-ZÅÄÖ][a-zåäö]+"
    r"|\b[A-ZÅÄÖ][a-zåäö]+(?:gatan|vägen|skolan|torget)"
)
_WHEN = re.compile(
    r"\b(?:i|på) (?:mån|tis|ons|tors|fre|lör|sön)dag|\bigår\b|\bi går\b|\bi natt|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
    r"|\b[0-9]{1,2} (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
)
_DEEDS = (
    "greps gripits gripna gripen gripet anhölls anhållits anhållen anhållna häktades häktade häktad "
    "häktats dömdes dömts dömda dömd åtalades åtalade åtalats misstänks misstänkt misstänkta misstänktes "
    "rånades rånade rånats rånad misshandlades misshandlade misshandlats misshandlad utsattes utsatts "
    "utsatta skadades skadats skadad skadade knivskars knivskuren knivskurna knivhöggs sköts skjutits "
    "skjuten skjutna avled avlidit avlidna dog omhändertogs omhändertagits omhändertagna avvisades "
    "avvisade avvisats lagfördes lagförda lagförts ertappades ertappade ertappats påträffades påträffade "
    "påträffats hotades hotade hotats bestals lurades lurade lurats våldtogs våldtagits erkänt erkände "
    "anmäldes anmälda anmälts avslöjades avslöjats bötfälldes bötfällda rapporterades stoppades"
)
_DEED_WORDS = frozenset(_DEEDS.split())
_DEED = re.compile(rf"\b(?:{'|'.join(_DEEDS.split())})\b")
_WRITTEN = frozenset(
    word + end for word in _DEED_WORDS for end in ("", ".", ",", ":", ";", "!", "?", ")", "”")
)
_NUMBERS = ["en", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
_COUNTED = re.compile(
    rf"(?<![0-9.,–-])\b(?P<n>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|[0-9]{{1,2}})\s+"
    r"(?:[a-zåäö]+(?:iga|ga|na|re|de|ta|ska|da|tal|ig|g)\s+)?"
    r"(?P<who>[a-zåäö]*(?:ungdom(?:ar)?|person(?:er)?|pojk(?:e|ar)|flick(?:a|or)|m[aä]n|kvinn(?:a|or)|barn|elev(?:er)?"
    r"|kill(?:e|ar)|tjej(?:er)?|åringar|misstänkta?|målsägande|brottsoffer|syskon|bröder|systrar|tonåring(?:ar)?"
    r"|pensionär(?:er)?|familj(?:er)?|unga|vuxna|studenter|grannar|boende))\b",
    re.IGNORECASE,
)


def tells_of_age(text: str) -> bool:
    """Whether a text says how old somebody is."""
    return "åri" in text or " år gam" in text or any(look.search(text) for look in _OLD)


def profiles(text: str) -> Iterator[Finding]:
    """Places where an age stands with so much else in its sentence that somebody may be known by it."""
    last = 0
    for years in _YEARS.finditer(text):
        found = _AGE.search(text, max(last, years.start() - 30), years.end() + 30)
        if found is None:
            continue
        last = found.end()
        around = sentence(text, found.start(), found.end())
        if sum(clue.search(around) is not None for clue in (_SEX, _WHERE, _WHEN, _DEED)) >= 2:
            yield Finding(Sort.PROFILE, found.start(), found.end(), False)


def tells_of_deeds(text: str) -> bool:
    """Whether a text has any word for what is done to people or by them."""
    return not _WRITTEN.isdisjoint(text.split())


def few(text: str) -> Iterator[Finding]:
    """Places where prose counts people whom something happened to. `value` is how many."""
    counted: set[int] = set()
    for word in sorted(_WRITTEN.intersection(text.split())):
        at = text.find(word)
        while at >= 0:
            around = sentence(text, at, at + len(word))
            begin = text.find(around, max(0, at - 400))
            for found in _COUNTED.finditer(around):
                if begin + found.start() not in counted:
                    counted.add(begin + found.start())
                    number = found["n"].lower()
                    many = int(number) if number.isdigit() else max(1, _NUMBERS.index(number))
                    yield Finding(Sort.FEW, begin + found.start(), begin + found.end(), False, str(many))
            at = text.find(word, at + 1)
