"""Small counts never stand in a public file, and cannot be worked out from what does: they point at people.

No law sets the number; the threshold is the municipality's own (`skydd: tröskel`), stricter per place where it says.
"""

from trygglofte.rules.protection.derived import (
    earlier_versions_keep_what_is_hidden,
    published_counts_agree_and_keep_what_is_hidden,
)
from trygglofte.rules.protection.shares import shares_do_not_tell_small_counts
from trygglofte.rules.protection.small import (
    pledges_do_not_tell_small_counts,
    small_counts_are_protected,
    thresholds_can_hide,
)

__all__ = [
    "earlier_versions_keep_what_is_hidden",
    "pledges_do_not_tell_small_counts",
    "published_counts_agree_and_keep_what_is_hidden",
    "shares_do_not_tell_small_counts",
    "small_counts_are_protected",
    "thresholds_can_hide",
]
