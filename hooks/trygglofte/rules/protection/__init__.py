"""Small counts never stand in a public file, and cannot be worked out from what does: they point at people.

No law sets the number; the threshold is the municipality's own (`skydd: tröskel`), stricter per place where it says.
"""

from trygglofte.rules.protection.derived import (
    hidden_counts_cannot_be_worked_out,
    places_do_not_exceed_the_total,
)
from trygglofte.rules.protection.shares import shares_do_not_tell_small_counts
from trygglofte.rules.protection.small import small_counts_are_protected, thresholds_can_hide

__all__ = [
    "hidden_counts_cannot_be_worked_out",
    "places_do_not_exceed_the_total",
    "shares_do_not_tell_small_counts",
    "small_counts_are_protected",
    "thresholds_can_hide",
]
