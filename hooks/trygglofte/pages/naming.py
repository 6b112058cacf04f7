"""What a document is called on its page and wherever it is linked to, and names as parts of addresses."""

from __future__ import annotations

import re
from functools import lru_cache

from trygglofte import wording
from trygglofte.model import Document, Filed, SituationSummary

_SWEDISH = re.compile("[a-zåäö0-9]+(?:[ -]+[a-zåäö0-9]+)*")
_PLAIN = str.maketrans("åäö-", "aao ")


def title_of(filed: Filed[Document]) -> str:
    """A document's title; a situation summary without one is named after its period."""
    part = filed.part
    if isinstance(part, SituationSummary) and not part.title:
        kind = "Lagstadgad lägesbild" if part.statutory else "Lägesbild"
        return f"{kind} {wording.report_period(part.period)}"
    return part.title


@lru_cache(maxsize=1024)
def slug(name: str) -> str:
    """A name in the letters of addresses: `Så räknar vi` → `sa-raknar-vi`. Empty where no letter is left.

    Names in plain Swedish, as most are, do not need the library, which reads a table of all the world's letters.
    """
    lower = name.lower()
    if _SWEDISH.fullmatch(lower):
        return "-".join(lower.translate(_PLAIN).split())
    from slugify import slugify

    return slugify(name, replacements=[["å", "a"], ["ä", "a"], ["ö", "o"]])
