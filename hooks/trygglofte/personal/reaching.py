"""Telephone numbers and e-mail addresses that lead to a person.

A mobile number is somebody's (Post- och telestyrelsen, svensk nummerplan: 070, 072, 073, 076, 079). A fixed
number may be a switchboard, so it is never sure. Numbers of services (020, 077, 0900) and of companies and
authorities without a place (010) are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.personal.names import GIVEN, HOMES_OF_MAIL, OF_FUNCTIONS
from trygglofte.personal.written import Finding, Sort, before, in_address

_START = re.compile("[+0] ?[0-9]")
_ABROAD = r"(?:(?:\+|(?<![0-9])00) ?46[ -]?(?:\(0\))?[ -]?0?|(?<![0-9])0)"
_MOBILE = re.compile(rf"{_ABROAD}7[02369](?:[ /.-]{{0,3}}[0-9]| ?\n *[0-9]){{7}}(?![0-9])")
_FIXED = re.compile(
    rf"{_ABROAD}(?P<area>8|[1-69][0-9]{{1,2}})(?P<sep> ?[-/] ?|[ ]?)"
    r"(?P<rest>[0-9]{2,3}(?: ?[0-9]{2,3}){1,2})(?![0-9]|-[0-9])"
)
_PHONE_WORD = re.compile(r"(?:\btel|telefon|mobil|\bring|nås på|\bsms|växel|jour)[^.!?\n]{0,20}$")
_NOBODYS = ("10", "20", "200", "900", "939", "944")
_BOOK = re.compile(r"IS[BS]N:? ?$")
_AT = re.compile(r"@| ?[(\[](?:at|snabel-a|a)[)\]] ?")
_LOCAL = re.compile(r"[A-Za-z0-9ÅÄÖåäöéü._%+-]+$")
_DOMAIN = re.compile(r"[A-Za-z0-9ÅÄÖåäö-]+(?:\.[A-Za-z0-9ÅÄÖåäö-]+)+")
_LONGEST = 64
_LONG = tuple(word for word in OF_FUNCTIONS if len(word) > 5)
"""Words of functions that are hardly the beginning of a surname."""


def digits_of(phone: str) -> str:
    """A telephone number as digits from its 0, however it was written."""
    digits = re.sub("[^0-9]", "", phone.replace("(0)", ""))
    for abroad in ("0046", "46"):
        if digits.startswith(abroad) and (phone.lstrip().startswith("+") or abroad == "0046"):
            return "0" + digits.removeprefix(abroad).removeprefix("0")
    return digits


def phones(text: str) -> Iterator[Finding]:
    """Every mobile number of a plain text, and fixed numbers that are written as such."""
    starts = [one.start() for one in _START.finditer(text)]
    for found in filter(None, (_MOBILE.match(text, start) for start in starts)):
        sure = not in_address(text, found.start())
        yield Finding(Sort.PHONE, found.start(), found.end(), sure, digits_of(found[0]))
    for found in filter(None, (_FIXED.match(text, start) for start in starts)):
        number = digits_of(found[0])
        part = text[max(0, found.start() - 1) : found.start()] in ("-", "/") or _BOOK.search(
            text, max(0, found.start() - 8), found.start()
        )
        if part or found["area"] in _NOBODYS or not 8 <= len(number) <= 11:
            continue
        written = any(char in found["sep"] for char in "-/") or not found[0].startswith("0")
        if (written or _PHONE_WORD.search(before(text, found.start()))) and not in_address(
            text, found.start()
        ):
            yield Finding(Sort.PHONE, found.start(), found.end(), False, number)


def emails(text: str) -> Iterator[Finding]:
    """Every e-mail address of a plain text that belongs to a person, or seems to."""
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, at.start() - _LONGEST), at.start())
        domain = _DOMAIN.match(text, at.end())
        if local and domain:
            name, place = local[0].lower().strip(".-"), domain[0].lower().strip("-")
            sure = _is_a_persons(name, place)
            if sure is not None:
                yield Finding(Sort.EMAIL, local.start(), domain.end(), sure, f"{name}@{place}")


def _is_a_persons(local: str, domain: str) -> bool | None:
    """True where an address surely is a person's, False where it may be, None for one of a function."""
    parts = [part for part in re.split(r"[._+-]|[0-9]+", local) if part]
    words = [part for part in parts if len(part) > 1]
    functional = any(word.startswith(OF_FUNCTIONS) for word in words)
    if domain in HOMES_OF_MAIL:
        return not functional
    if not words or {"fornamn", "förnamn", "namn"} & set(words):
        return None
    if words[0] in GIVEN:
        return len(words) > 1 and not any(
            word in OF_FUNCTIONS or word.startswith(_LONG) for word in words[1:]
        )
    return False if len(parts) > 1 and not functional else None
