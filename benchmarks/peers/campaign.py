"""Rounds of builds in turn: cold, warm and after an edit, without a search index and with one.

Each round goes through the states, and within a state through the contenders, so that what is compared ran right
after each other. After the first cold build of a contender its pages are counted and looked for one by one, and
after its first edit the new words are looked for: who does not have them is not measured.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.measure import Contender, FailedError, Run, page_sizes, run
from benchmarks.peers import contenders as peers
from benchmarks.peers.contenders import COLD, EDIT, NAMES, ONLY_WITH_SEARCH, Tools
from benchmarks.peers.layouts import edit

Leg = tuple[str, bool]
"""A state, and whether there is a search index."""


@dataclass
class Found:
    """What came of a campaign: runs by leg and contender, sizes of all pages, and what went wrong."""

    runs: dict[Leg, dict[str, list[Run]]] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def missing(key: str, work: Path, made: Sequence[Corpus], search: bool) -> list[str]:
    """Documents that have no page, or a page without their title."""
    found = []
    for one in made:
        home = peers.site(key, work, one.slug, search)
        for document in one.documents:
            page = home / document.folder / document.id / "index.html"
            if not page.exists() or page.stat().st_size < 500:
                found.append(f"{one.slug}/{document.folder}/{document.id}")
    return found


def sizes(key: str, work: Path, made: Sequence[Corpus], search: bool) -> list[int]:
    """The size of every page of every municipality, smallest first."""
    return sorted(size for one in made for size in page_sizes(peers.site(key, work, one.slug, search)))


class Campaign:
    """Contenders, the municipalities they build, and what has been found so far."""

    def __init__(self, keys: Sequence[str], tools: Tools, work: Path, made: Sequence[Corpus]) -> None:
        self.keys, self.tools, self.work, self.made = list(keys), tools, work, made
        self.slugs = [one.slug for one in made]
        self.found = Found()
        self._edits = 0

    def measure(self, states: Sequence[str], searches: Sequence[bool], rounds: int, uncounted: int) -> Found:
        """All rounds. What is built with one kind of search is removed before the other is begun."""
        for search in searches:
            for turn in range(rounds + uncounted):
                self._round(states, search, turn, counted=turn >= uncounted)
            for key in self.keys:
                peers.forget(key, self.work, self.slugs, search)
        return self.found

    def _round(self, states: Sequence[str], search: bool, turn: int, *, counted: bool) -> None:
        for state in (COLD, *(s for s in states if s != COLD)):
            if state == EDIT:
                self._edits += 1
                document, words = edit(self.made[0], self.work, self._edits)
            for key in self.keys:
                if key in self.found.failed or (key in ONLY_WITH_SEARCH and not search):
                    continue
                measured = self._run(key, state, search)
                if measured and not turn:
                    wrong = self._looked_at(key, search)
                    if state == EDIT:
                        home = peers.site(key, self.work, self.slugs[0], search)
                        page = home / document.folder / document.id / "index.html"
                        if words not in page.read_text(encoding="utf-8"):
                            wrong = "the edit is not on its page"
                    if wrong:
                        self.found.failed[key] = wrong
                if measured and counted:
                    leg = self.found.runs.setdefault((state, search), {})
                    leg.setdefault(NAMES[key], []).append(measured)

    def _run(self, key: str, state: str, search: bool) -> Run | None:
        if state == COLD:
            peers.forget(key, self.work, self.slugs, search)
        arguments = peers.command(key, self.tools, self.work, self.slugs, state, search)
        contender = Contender(
            NAMES[key], self.work, lambda _turn: arguments, peers.environment(key, self.tools)
        )
        try:
            measured = run(contender, 0, sampled=True)
        except FailedError as failed:
            self.found.failed[key] = str(failed)[-2000:]
            return None
        with_search = "with search" if search else "without search"
        print(
            f"{key:9} {state:5} {with_search:15} {measured.wall:8.2f} s wall {measured.cpu:8.2f} s CPU "
            f"{measured.summed:7.0f} MB", file=sys.stderr, flush=True,
        )  # fmt: skip
        return measured

    def _looked_at(self, key: str, search: bool) -> str:
        """What is wrong with what a contender has built, or nothing. Remembers how many pages there are."""
        lacking = missing(key, self.work, self.made, search)
        if lacking:
            return f"{len(lacking)} documents have no page, the first is {lacking[0]}"
        name = NAMES[key]
        if name not in self.found.sizes:
            self.found.sizes[name] = sizes(key, self.work, self.made, search)
        index = peers.INDEXES.get(key, "**/pagefind-entry.json")
        without = [slug for slug in self.slugs if not [*peers.site(key, self.work, slug, search).glob(index)]]
        if search and without:
            return f"{without[0]} has no search index"
        return ""
