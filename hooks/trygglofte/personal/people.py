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
_TENS = r"(?:tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|(?:tjugo|trettio|fyrtio|femtio|sextio)[a-zåäö]*)"
_AGE = re.compile(
    rf"(?<![0-9–-])(?:[0-9]{{1,2}}[- ]|{_TENS}-?)(?:åring(?:en|ens|s)?\b|årig[ae]? {_PERSON}\b)"
    rf"|(?<![0-9-])[0-9]{{1,2}} år gam(?:mal|la)\b|\b{_PERSON} på [0-9]{{1,2}} år\b|\b{_PERSON}, [0-9]{{1,2}} år\b"
)
SUSPECT = re.compile(r"[0-9o-ön]-?[ -]?åri[ng]| år gam|[ ,][0-9]{1,2} år\b")

_SEX = re.compile(
    r"\b(?:man|mannen|kvinnan?|pojken?|flickan?|killen?|tjejen?|sonen?|dottern?|mamman?|pappan?|han|hon|honom|henne)\b"
)
_WHERE = re.compile(r"\b(?:i|på|vid|från|utanför|nära|intill) (?:[a-zåäö]+ )?[A-ZÅÄÖ][a-zåäö]+|\b[A-ZÅÄÖ][a-zåäö]+(?:gatan|vägen|skolan|torget)")
_WHEN = re.compile(
    r"\b(?:i|på) (?:mån|tis|ons|tors|fre|lör|sön)dag|\bigår\b|\bi går\b|\bi natt|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
    r"|\b[0-9]{1,2} (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
)
_DEED = re.compile(
    r"\b(?:greps|gripits|gripna|gripen|gripet|anhölls|anhållits|anhållen|anhållna|häktad(?:es|e)?|häktats|dömdes|dömts"
    r"|dömda|åtalad(?:es|e)|åtalats|misstänks|misstänkt(?:a|es|s)?|rånad(?:es|e)|rånats|misshandlad(?:es|e)|misshandlats"
    r"|utsattes|utsatts|skadades|skadats|skadad|skadade|knivskar(?:s|en|na)|knivhöggs|sköts|skjutits|skjuten|skjutna|avled"
    r"|avlidit|avlidna|dog|omhändertog(?:s)?|omhändertagits|omhändertagna|avvisad(?:es|e)|avvisats|lagförd(?:es|a)|lagförts"
    r"|ertappad(?:es|e)|ertappats|påträffad(?:es|e)|påträffats|hotad(?:es|e)|hotats|bestals|lurades|lurats|våldtog(?:s|os)"
    r"|våldtagits|erkänt|erkände|anmäld(?:es|a)|anmälts|avslöjad(?:es|e)|bötfälld(?:es|a)|rapporterades|stoppades)\b"
)
_NUMBERS = "en ett två tre fyra fem sex sju åtta nio tio elva tolv".split()
_COUNTED = re.compile(
    rf"(?<![0-9.,–-])\b(?P<n>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|[0-9]{{1,2}}) (?:[a-zåäö]+(?:iga|ga|liga|na|re|de|ta|ska|da|tal|ig|g) )?"
    r"(?P<who>[a-zåäö]*(?:ungdom(?:ar)?|person(?:er)?|pojk(?:e|ar)|flick(?:a|or)|m[aä]n|kvinn(?:a|or)|barn|elev(?:er)?"
    r"|kill(?:e|ar)|tjej(?:er)?|åringar|misstänkta?|gärningsm[aä]n|målsägande|brottsoffer|syskon|bröder|systrar|tonåring(?:ar)?"
    r"|pensionär(?:er)?|familj(?:er)?|unga|vuxna|studenter|grannar|boende))\b",
    re.IGNORECASE,
)
DEED = re.compile(
    r"grep|grip|anh[åö]ll|häkta|döm[dt]|åtala|misst|rånad|rånat|misshandl|utsatt|skadad|skadats|kniv|sköts|skjut|avled|avlid"
    r"|\bdog\b|omhänder|avvisa|lagför|ertapp|påträff|hotad|hotat|bestal|lurad|lurat|våldt|erkän|anmäl[dt]|avslöj|bötf"
    r"|rapporterades|stoppades"
)
"""Beginnings of what people do or suffer: without one of them a text counts nobody."""


def profiles(text: str) -> Iterator[Finding]:
    """Places where an age stands with so much else in its sentence that somebody may be known by it."""
    for found in _AGE.finditer(text):
        around = sentence(text, found.start(), found.end())
        told = [clue.search(around) is not None for clue in (_SEX, _WHERE, _WHEN, _DEED)]
        if sum(told) >= 2:
            yield Finding(Sort.PROFILE, found.start(), found.end(), False)


def few(text: str) -> Iterator[Finding]:
    """Places where prose counts people whom something happened to. `value` is how many."""
    for found in _COUNTED.finditer(text):
        if _DEED.search(sentence(text, found.start(), found.end())):
            word = found["n"].lower()
            many = int(word) if word.isdigit() else max(1, _NUMBERS.index(word))
            yield Finding(Sort.FEW, found.start(), found.end(), False, str(many))
