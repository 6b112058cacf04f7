"""Telephone numbers and e-mail addresses that lead to a person.

A mobile number is somebody's (Post- och telestyrelsen, svensk nummerplan: 070, 072, 073, 076, 079). A fixed
number may be a switchboard, so it is never sure. Numbers of services (020, 077, 0900) and of companies and
authorities without a place (010) are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.personal.names import GIVEN, HOMES_OF_MAIL, OF_FUNCTIONS
from trygglofte.personal.written import DASHES, SPACES, Finding, Sort, before, in_address

SUSPECT = re.compile(
    rf"(?<![0-9])(?:\+|00) ?46|(?<![0-9])0[1-9][0-9]{{0,2}} ?[-/ {SPACES}{DASHES}] ?[0-9]|(?<![0-9])07[02369]"
)
"""The beginning of a number with an area code, or from abroad."""

_ABROAD = r"(?:(?:\+|(?<![0-9])00) ?46[ -]?(?:\(0\))?[ -]?0?|(?<![0-9])0)"
_MOBILE = re.compile(rf"{_ABROAD}7[02369](?:[ /.-]{{0,3}}[0-9]| ?\n *[0-9]){{7}}(?![0-9])")
_FIXED = re.compile(
    rf"{_ABROAD}(?P<area>8|[1-69][0-9]{{1,2}})(?P<sep> ?[-/] ?|[ ]?)"
    r"(?P<rest>[0-9]{2,3}(?: ?[0-9]{2,3}){1,2})(?![0-9]|-[0-9])"
)
_PHONE_WORD = re.compile(r"(?:\btel|telefon|mobil|\bring|nås på|\bsms|växel|jour)[^.!?\n]{0,20}$")
_NOBODYS = ("10", "20", "200", "900", "939", "944")
_LOCAL = r"[A-Za-z0-9ÅÄÖåäöéü._%+-]+"
_MAIL = re.compile(
    rf"(?P<local>{_LOCAL})(?:@| ?[(\[](?:at|snabel-a|a)[)\]] ?)(?P<domain>[A-Za-z0-9ÅÄÖåäö-]+(?:\.[A-Za-z0-9ÅÄÖåäö-]+)+)"
)


def digits_of(phone: str) -> str:
    """A telephone number as digits from its 0, however it was written."""
    digits = re.sub("[^0-9]", "", phone.replace("(0)", ""))
    for abroad in ("0046", "46"):
        if digits.startswith(abroad) and (phone.lstrip().startswith("+") or abroad == "0046"):
            return "0" + digits.removeprefix(abroad).removeprefix("0")
    return digits


def phones(text: str) -> Iterator[Finding]:
    """Every mobile number of a plain text, and fixed numbers that are written as such."""
    for found in _MOBILE.finditer(text):
        sure = not in_address(text, found.start())
        yield Finding(Sort.PHONE, found.start(), found.end(), sure, digits_of(found[0]))
    for found in _FIXED.finditer(text):
        number = digits_of(found[0])
        if found["area"] in _NOBODYS or not 8 <= len(number) <= 11 or text[found.start() - 1 : found.start()] == "-":
            continue
        written = any(char in found["sep"] for char in "-/") or not found[0].startswith("0")
        if (written or _PHONE_WORD.search(before(text, found.start()))) and not in_address(text, found.start()):
            yield Finding(Sort.PHONE, found.start(), found.end(), False, number)


def emails(text: str) -> Iterator[Finding]:
    """Every e-mail address of a plain text that belongs to a person, or seems to."""
    for found in _MAIL.finditer(text):
        address = f"{found['local']}@{found['domain']}".lower().strip(".-")
        sure = _is_a_persons(*address.split("@"))
        if sure is not None:
            yield Finding(Sort.EMAIL, found.start(), found.end(), sure, address)


def _is_a_persons(local: str, domain: str) -> bool | None:
    """True where an address surely is a person's, False where it may be, None for one of a function."""
    parts = [part for part in re.split(r"[._+-]|[0-9]+", local) if part]
    functional = any(word in part for part in parts for word in OF_FUNCTIONS)
    if domain in HOMES_OF_MAIL:
        return not functional
    words = [part for part in parts if len(part) > 1]
    if functional or not words or {"fornamn", "förnamn", "namn"} & set(words):
        return None
    if words[0] in GIVEN:
        return True if len(words) > 1 else False
    return False if len(parts) > 1 else None
