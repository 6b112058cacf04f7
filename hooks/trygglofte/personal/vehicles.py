"""Registration marks of vehicles: three letters, two digits and a digit or a letter (Transportstyrelsen).

"LPO 123" is written in the same way, so a mark is only looked at where the sentence speaks of a vehicle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.personal.written import Finding, Sort, sentence

_CANDIDATE = re.compile(r"[0-9]{2}[0-9A-Za-z](?![0-9A-Za-zÅÄÖåäö])")
_MARK = re.compile(r"([A-HJ-PR-UW-Z]{3})[ -]?([0-9]{2}[0-9A-HJ-NPR-UW-Z])")
_NAMED = re.compile(
    r"\breg\.? ?(?:nr|nummer)|registreringsn|registreringssk|nummerplåt|nummerskylt|skylt\w* med|registrerad på",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"\b(?:person|skåp|last|små)?bil(?:en|ar|arna)?\b|\bfordon|\bmoped|\bepa|\bmc\b|\bmotorcykel|\bsläp|\bhusvagn"
    r"|\bbuss(?:en)?\b|\btaxi|\btraktor|\bvolvo|\bsaab|\bbmw|\baudi|\btoyota|\bmercedes|\bvolkswagen|\btesla",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-zåäö]{3} [0-9]{3}")
"""`rad 104`, `per 100`: no mark where the sentence does not speak of one."""

_SHORT = {
    "BUN",
    "DNR",
    "EST",
    "KFN",
    "KLK",
    "KSN",
    "LAG",
    "LPO",
    "NTU",
    "PRO",
    "RPS",
    "SBK",
    "SCB",
    "SFS",
    "SKR",
}
"""Words before a number that are no part of a mark: areas, laws, registers of cases."""


def plates(text: str, *, anywhere: bool = False) -> Iterator[Finding]:
    """Every registration mark of a plain text that its sentence lets us take for one, or everything like one."""
    for found in _CANDIDATE.finditer(text):
        start = found.start() - 3 - (text[found.start() - 1 : found.start()] in (" ", "-"))
        if start < 0 or not text[start : start + 3].isalpha():
            continue
        around = sentence(text, start, found.end())
        named = _NAMED.search(around) is not None
        written = text[start : found.end()]
        mark = _MARK.fullmatch(written.upper() if named or anywhere else written)
        previous = text[max(0, start - 1) : start]
        alone = not previous.isalnum() and (anywhere or previous != "-")
        if (
            mark is None
            or not alone
            or (not named and _WORD.fullmatch(written))
            or mark[1] in _SHORT
            or not (anywhere or named or _VEHICLE.search(around))
        ):
            continue
        sure = named or mark[2][-1].isalpha()
        yield Finding(Sort.PLATE, start, found.end(), sure, mark[1] + mark[2])
