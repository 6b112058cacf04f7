"""What differs between two versions of a document, or between a pledge and its successor, in Swedish.

Compares by ids and meaning, never by lines: formatting, the order of keys and the wrapping of prose make no
difference. `compare` serves the change log of a page and whoever reads a change before it is published;
`succession` sets a pledge beside the one it replaces. Knows nothing of git, of HTML or of addresses.
"""

from trygglofte.comparing.chains import Fate, Pairing, Row, alike, pairing, succession, unanswered
from trygglofte.comparing.documents import compare
from trygglofte.comparing.values import Difference, Kind

__all__ = [
    "Difference",
    "Fate",
    "Kind",
    "Pairing",
    "Row",
    "alike",
    "compare",
    "pairing",
    "succession",
    "unanswered",
]
