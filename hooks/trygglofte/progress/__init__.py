"""What follows from the data: status, counts, what is due and what is late. Today is an argument.

The machine passes no verdict before a responsible party has reported, and one party's report never speaks
for another. The rules are written for residents on the page Så räknar vi (content/metod.md).
"""

from trygglofte.counting import Figures, in_order, whole_amount
from trygglofte.progress.commitments import SETTLED, CommitmentState, PartyState, commitment_state
from trygglofte.progress.due import Clock, Missing, clock_of, due_dates, has_ended, is_valid_on
from trygglofte.progress.gate import changed_after_approval, latest_by_each, missing_reviews
from trygglofte.progress.levels import Tally, tally
from trygglofte.progress.plans import (
    CountedFrom,
    MeasureState,
    Renewal,
    measure_state,
    plan_reports,
    plan_states,
    renewal,
)
from trygglofte.progress.pledges import (
    ORDER,
    OwnVerdict,
    PledgeState,
    content_date,
    count_by_status,
    pledge_state,
    verdict_of,
)
from trygglofte.progress.showing import as_public, is_embargoed, the_day
from trygglofte.progress.steps import Step, status_steps

__all__ = [
    "ORDER",
    "SETTLED",
    "Clock",
    "CommitmentState",
    "CountedFrom",
    "Figures",
    "MeasureState",
    "Missing",
    "OwnVerdict",
    "PartyState",
    "PledgeState",
    "Renewal",
    "Step",
    "Tally",
    "as_public",
    "changed_after_approval",
    "clock_of",
    "commitment_state",
    "content_date",
    "count_by_status",
    "due_dates",
    "has_ended",
    "in_order",
    "is_embargoed",
    "is_valid_on",
    "latest_by_each",
    "measure_state",
    "missing_reviews",
    "plan_reports",
    "plan_states",
    "pledge_state",
    "renewal",
    "status_steps",
    "tally",
    "the_day",
    "verdict_of",
    "whole_amount",
]
