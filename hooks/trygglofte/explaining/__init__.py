"""Every kind of problem explained: what it means, why it matters, and an example of wrong and right.

The words stand in `katalog.yml` and nowhere else. `catalogue` reads them and finds a kind by its name,
`showing` makes the page docs/fel.md and the answer in a terminal. Checks nothing itself.
"""

from trygglofte.explaining.catalogue import Explanation, Form, all_kinds, explanation, nearest
from trygglofte.explaining.showing import as_page, as_text

__all__ = ["Explanation", "Form", "all_kinds", "as_page", "as_text", "explanation", "nearest"]
