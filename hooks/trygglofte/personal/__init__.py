"""What in a text is about one person: numbers, ways to reach somebody, homes, vehicles, people told by so much.

Pure recognisers: a text goes in, findings come out, and no file, clock or network is asked. A finding is
*sure* where nothing else is written like it; what may well be something harmless is left to a person to judge.
Who decides what to make of a finding is `rules.personal_data`; `masked` keeps what was found out of messages.
"""

from trygglofte.personal.finding import Finding, Located, Sort, digits_of, find, located, masked
from trygglofte.personal.homes import same_address
from trygglofte.personal.pictures import SUFFIXES, hidden_in

__all__ = [
    "SUFFIXES",
    "Finding",
    "Located",
    "Sort",
    "digits_of",
    "find",
    "hidden_in",
    "located",
    "masked",
    "same_address",
]
