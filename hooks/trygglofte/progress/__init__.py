"""What follows from the data: status, counts, what is due and what is late. Today is an argument.

The machine passes no verdict before a responsible party has reported, and one party's report never speaks
for another. The rules are written for residents on the page Så räknar vi (content/metod.md).
"""

from trygglofte.progress.commitments import SETTLED, CommitmentState, commitment_state, in_order
from trygglofte.progress.due import due_dates, has_ended, is_valid_on
from trygglofte.progress.figures import Figures, whole_amount
from trygglofte.progress.gate import Missing, changed_after_approval, latest_by_each, missing_reviews
from trygglofte.progress.pledges import ORDER, PledgeState, content_date, count_by_status, pledge_state
from trygglofte.progress.showing import as_public, the_day

__all__ = [
    "ORDER",
    "SETTLED",
    "CommitmentState",
    "Figures",
    "Missing",
    "PledgeState",
    "as_public",
    "changed_after_approval",
    "commitment_state",
    "content_date",
    "count_by_status",
    "due_dates",
    "has_ended",
    "in_order",
    "is_valid_on",
    "latest_by_each",
    "missing_reviews",
    "pledge_state",
    "the_day",
    "whole_amount",
]
