"""Older versions of situation summaries as anybody can read them in the repository, whenever a page showed them."""

from __future__ import annotations

from collections.abc import Mapping

from trygglofte.history import git
from trygglofte.history.past import Past
from trygglofte.history.versions import MAX_TOTAL
from trygglofte.model import Filed, Municipality, SituationSummary, interpret
from trygglofte.reading import MAX_BYTES, read_document

Earlier = list[tuple[Filed[SituationSummary], int]]


def earlier_summaries(municipality: Municipality, past: Past) -> Earlier:
    """Every older version of the summaries that are there today, and how many versions back it is, newest first.

    A version with mistakes counts too: a count can be read in it all the same. What the municipality has judged
    (`skydd: bedömd_historik`) is left out, and so is what git does not have, and all of a municipality that is made
    up, where nobody can be pointed at. Nothing is asked of git where every
    file has had one content.
    """
    if municipality.file.part.made_up:
        return []
    judged = municipality.file.part.protection.judged_history
    wanted: dict[str, tuple[Filed[SituationSummary], int]] = {}
    for summary in municipality.summaries:
        stamps = past.every.get(summary.file, ())
        for back, stamp in enumerate(reversed(stamps)):
            if judged is None or stamp.day > judged.until:
                wanted.setdefault(stamp.blob, (summary, back + 1))
    if not wanted:
        return []
    found = _read(past, wanted)
    return sorted(found, key=lambda item: (item[1], item[0].file))


def _read(past: Past, wanted: Mapping[str, tuple[Filed[SituationSummary], int]]) -> Earlier:
    found, total = [], 0
    for name, raw in git.contents(past.root, wanted):
        total += len(raw)
        if len(raw) > MAX_BYTES or total > MAX_TOTAL:
            continue
        now, back = wanted[name]
        tree, _ = read_document(raw, now.file)
        read = interpret(tree, SituationSummary, now.file) if tree else None
        if read is not None and read.part is not None:
            found.append((Filed(now.id, now.file, read.part, read.tree, read.complete), back))
    return found
