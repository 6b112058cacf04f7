"""What a worker is given and what it gives back, as values: light enough for a run that builds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from trygglofte.handing import Shares
from trygglofte.problems import Problem
from trygglofte.publishing.fingerprints import Ingredients

if TYPE_CHECKING:
    from trygglofte.history import Past
    from trygglofte.model import Shared

HTML = "html"
"""The folder of a version that is published."""


class Outcome(StrEnum):
    """What came of a site."""

    BUILT = "byggd"
    UNCHANGED = "oförändrad"
    FAILED = "fel"


@dataclass(frozen=True)
class Built:
    """What came of one site. `seconds` is wall time; `pages` how many pages it has; `why` why it was built."""

    slug: str
    outcome: Outcome
    pages: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)
    why: Sequence[str] = ()


@dataclass(frozen=True)
class Job:
    """A municipality to be built: where its data is and where its site goes.

    `common` and `own` are what its bytes are made of; `ledger` the addresses it has ever had; `documents` how
    many documents its live site was made of, 0 where it has none; `why` is why it is built; `past` is what git
    knows of it, and `mine` what other municipalities hand to it. `processes` is how many may build it.
    """

    root: Path
    slug: str
    shared: Shared
    today: date
    target: Path
    common: Ingredients
    own: Ingredients
    past: Past
    ledger: Sequence[str] = ()
    documents: int = 0
    with_search: bool = True
    why: Sequence[str] = ()
    mine: Shares = field(default_factory=Shares)
    processes: int = 1
