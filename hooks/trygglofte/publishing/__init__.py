"""All municipalities: which changed, workers, a fresh folder, verify, swap.

`publish` builds what has changed and makes it live in one step. What fails keeps its last good site, and
never touches another's.
"""

from trygglofte.publishing.aside import Aside
from trygglofte.publishing.building import Built, Outcome
from trygglofte.publishing.mishaps import problems_of, reason, unexpected
from trygglofte.publishing.releasing import Release, publish, roll_back
from trygglofte.publishing.sharding import Plan, build_shard, merge, plan_shards
from trygglofte.publishing.store import StoreError, told_by_the_ledger
from trygglofte.publishing.work import PublishError

__all__ = [
    "Aside",
    "Built",
    "Outcome",
    "Plan",
    "PublishError",
    "Release",
    "StoreError",
    "build_shard",
    "merge",
    "plan_shards",
    "problems_of",
    "publish",
    "reason",
    "roll_back",
    "told_by_the_ledger",
    "unexpected",
]
