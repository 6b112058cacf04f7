"""Files that are begun: what continues from the period before is there, what must be written anew is marked.

`start` does all for the command; each `new_…` is a pure function from a municipality to a file's text. What
is left out of a text is an empty value, which `check` reports at its line, and `Started.left` says the same.
Nothing is written here, and the day is an argument.
"""

from trygglofte.starting.agreement import new_agreement
from trygglofte.starting.archive import Archive, Tool, new_archive
from trygglofte.starting.beginning import Ask, start, start_archive
from trygglofte.starting.drafting import Started, StartError
from trygglofte.starting.follow_up import new_follow_up
from trygglofte.starting.municipality import new_municipality
from trygglofte.starting.periods import Span, span_of
from trygglofte.starting.plan import new_action_plan
from trygglofte.starting.pledge import new_pledge
from trygglofte.starting.questions import KINDS, Question, kind_of, questions
from trygglofte.starting.summary import new_situation_summary

__all__ = [
    "KINDS",
    "Archive",
    "Ask",
    "Question",
    "Span",
    "StartError",
    "Started",
    "Tool",
    "kind_of",
    "new_action_plan",
    "new_agreement",
    "new_archive",
    "new_follow_up",
    "new_municipality",
    "new_pledge",
    "new_situation_summary",
    "questions",
    "span_of",
    "start",
    "start_archive",
]
