"""Registration marks of vehicles: three letters, two digits and a digit or a letter (Transportstyrelsen).

"LPO 123" is written in the same way, so a mark is only looked at where the sentence speaks of a vehicle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trygglofte.personal.written import SPACES, Finding, Sort, sentence

SUSPECT = re.compile(rf"[A-Za-z]{{3}}[- {SPACES}]?[0-9]{{2}}[0-9A-Za-z](?![0-9A-Za-z])")

_LETTER = "A-HJ-PR-UW-Z"
_MARK = re.compile(rf"(?<![0-9A-Za-zÅÄÖåäö-])([{_LETTER}]{{3}})[ -]?([0-9]{{2}}[0-9A-HJ-NPR-UW-Z])(?![0-9A-Za-zåäöÅÄÖ])")
_NAMED = re.compile(
    r"\breg\.? ?(?:nr|nummer)|registreringsn|registreringssk|nummerplåt|nummerskylt|skyltar?n?a? med|registrerad på",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"\b(?:bil|bilen|bilar|person|skåp|last|kör|stulna? )?(?:bil(?:en|ar|arna)?|fordon\w*|moped\w*|epa\w*|mc|motorcykel\w*"
    r"|släp\w*|husvagn\w*|skåpbil\w*|buss(?:en)?|taxi\w*|volvo\w*|saab\w*|bmw\w*|audi\w*|toyota\w*|mercedes\w*"
    r"|volkswagen\w*|tesla\w*|traktor\w*)\b",
    re.IGNORECASE,
)
_SHORT = frozenset("LPO BRÅ SFS DNR KSN ISO LAG RPS SOU PRO SKR SCB FHM BOU KFN SBK STF NTU EST KLK RUT".split())


def plates(text: str) -> Iterator[Finding]:
    """Every registration mark of a plain text that its sentence lets us take for one."""
    for found in SUSPECT.finditer(text):
        around = sentence(text, found.start(), found.end())
        named = _NAMED.search(around) is not None
        mark = _MARK.match(text.upper() if named else text, found.start())
        if mark is None or mark[1] in _SHORT or not (named or _VEHICLE.search(around)):
            continue
        sure = named or mark[2][-1].isalpha()
        yield Finding(Sort.PLATE, mark.start(), mark.end(), sure, mark[1] + mark[2])
