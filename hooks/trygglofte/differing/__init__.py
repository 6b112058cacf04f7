"""What residents will see otherwise when a change is published, in plain Swedish.

Compares two states of a municipality by documents, ids and meaning, on one and the same day, and never by
lines. `differ` gives values; `as_text`, `as_markdown` and `as_json` say them. Reads no files and no git.
"""

from trygglofte.differing.municipalities import differ, differ_shared
from trygglofte.differing.telling import as_json, as_markdown, as_text
from trygglofte.differing.values import DocumentDifference, Fate, Said, SiteDifference

__all__ = [
    "DocumentDifference",
    "Fate",
    "Said",
    "SiteDifference",
    "as_json",
    "as_markdown",
    "as_text",
    "differ",
    "differ_shared",
]
