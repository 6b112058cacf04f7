"""All municipalities: which changed, workers, a fresh folder, verify, swap.

`publish` builds what has changed and makes it live in one step. What fails keeps its last good site, and
never touches another's.
"""

from trygglofte.publishing.building import Built, Outcome
from trygglofte.publishing.mishaps import problems_of, reason, unexpected
from trygglofte.publishing.releasing import PublishError, Release, publish, roll_back
from trygglofte.publishing.store import StoreError

__all__ = [
    "Built",
    "Outcome",
    "PublishError",
    "Release",
    "StoreError",
    "problems_of",
    "publish",
    "reason",
    "roll_back",
    "unexpected",
]
