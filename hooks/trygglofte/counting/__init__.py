"""What reported figures add up to against a promise. Knows documents and arithmetic, and nothing of today.

A figure is only compared where a number follows from the promise. Words are never read as figures, a share
is never taken for the whole, and one party's figure is never another's. The rules are written for residents
in content/metod.md.
"""

from trygglofte.counting.agreeing import SETTLED, contradicts, counts, differs, own_word, reason_of
from trygglofte.counting.figures import Figures, figures_of, is_level, status_of
from trygglofte.counting.hearing import (
    Told,
    all_heard,
    figure_streams,
    heard,
    heard_in,
    in_order,
    is_apart,
    own_figures,
    stream_of,
)
from trygglofte.counting.spans import Span, whole_amount
from trygglofte.counting.stretches import Answer, Stretch

__all__ = [
    "SETTLED",
    "Answer",
    "Figures",
    "Span",
    "Stretch",
    "Told",
    "all_heard",
    "contradicts",
    "counts",
    "differs",
    "figure_streams",
    "figures_of",
    "heard",
    "heard_in",
    "in_order",
    "is_apart",
    "is_level",
    "own_figures",
    "own_word",
    "reason_of",
    "status_of",
    "stream_of",
    "whole_amount",
]
