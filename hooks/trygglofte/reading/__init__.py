"""Bytes become plain values with marks. Every limit on what may come in lives in this room.

`read_document` takes the bytes of one file and gives a tree (`Mapping`, `Sequence`, `Scalar`, each with
its mark) or the reasons why it cannot. What the values mean is the model's business.
"""

from trygglofte.reading.limits import MAX_BYTES, MAX_DEPTH, MAX_EVENTS
from trygglofte.reading.parsing import read_document
from trygglofte.reading.tree import (
    Entry,
    Mapping,
    Node,
    Path,
    Scalar,
    Sequence,
    mark_at,
    node_at,
    plain,
    scalars,
)

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_EVENTS",
    "Entry",
    "Mapping",
    "Node",
    "Path",
    "Scalar",
    "Sequence",
    "mark_at",
    "node_at",
    "plain",
    "read_document",
    "scalars",
]
