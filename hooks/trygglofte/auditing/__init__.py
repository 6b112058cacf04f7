"""What can be worked out about hidden counts from everything that is published: an exact audit.

Knows nothing of documents. Figures become facts about whole numbers (`tables`, `facts`), facts are asked what they
leave possible (`solving`), and what leaves too little is told with the figures that give it away (`attacking`)
and what else to hide (`hiding`).
"""

from trygglofte.auditing.attacking import Leak, blamed, contradiction, groups, leaks
from trygglofte.auditing.facts import Fact, Secret, difference, ratio, total
from trygglofte.auditing.tables import Figure, Remainder, Table, clusters, table

__all__ = [
    "Fact",
    "Figure",
    "Leak",
    "Remainder",
    "Secret",
    "Table",
    "blamed",
    "clusters",
    "contradiction",
    "difference",
    "groups",
    "leaks",
    "ratio",
    "table",
    "total",
]
