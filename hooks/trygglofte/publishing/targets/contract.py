"""What a place that sites are published to can do: say what it has, take files, and let go of them.

A target knows nothing of order or of what has changed; `planning` decides that and `delivering` carries it out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

NOTES = ".trygglofte.json"
"""The file at a target that says what we have put there. It is no page, and is put last."""


class TargetError(Exception):
    """What was asked for cannot be done. The message is Swedish and says what to do."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a site. `path` is POSIX and from the target's root; `size` in bytes; `digest` SHA-256 in hex."""

    path: str
    source: Path
    digest: str
    size: int


class Target(Protocol):
    """One place. Every method raises TargetError, or OSError where the disk says no."""

    def notes(self) -> bytes | None:
        """The notes that lie at the target; None where there are none. Changes nothing."""

    def remarks(self, items: Collection[Item]) -> list[str]:  # noqa: ARG002 - most take what fits
        """What somebody should know, in Swedish, before a site of these files is put here. Changes nothing."""
        return []

    def begin(self, notes: bytes) -> None:
        """Write down, before anything else changes, what is about to."""

    def put(self, items: Sequence[Item]) -> None:
        """Put files, whole one by one and in any order, over those of the same names."""

    def remove(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Let go of files, and then of folders (the deepest first) where nothing else lies in them."""

    def finish(self, notes: bytes) -> None:
        """Write down that all of it is there."""
