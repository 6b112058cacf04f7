"""All municipalities: which changed, workers, a fresh folder, verify, swap.

`publish` builds what has changed and makes it live in one step. What fails keeps its last good site, and
never touches another's. What builds is loaded when there is something to build.
"""

from typing import TYPE_CHECKING

from trygglofte.later import offered

if TYPE_CHECKING:
    from trygglofte.publishing.aside import Aside
    from trygglofte.publishing.jobs import Built, Outcome
    from trygglofte.publishing.lasting import told_by_the_ledger
    from trygglofte.publishing.mishaps import problems_of
    from trygglofte.publishing.releasing import Release, publish, roll_back
    from trygglofte.publishing.sharding import Plan, build_shard, merge, plan_shards
    from trygglofte.publishing.store import StoreError
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
    "roll_back",
    "told_by_the_ledger",
]

__getattr__ = offered(
    __name__,
    {
        "aside": ("Aside",),
        "jobs": ("Built", "Outcome"),
        "lasting": ("told_by_the_ledger",),
        "mishaps": ("problems_of",),
        "releasing": ("Release", "publish", "roll_back"),
        "sharding": ("Plan", "build_shard", "merge", "plan_shards"),
        "store": ("StoreError",),
        "work": ("PublishError",),
    },
)
