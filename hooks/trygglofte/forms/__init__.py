"""A filled-in issue form becomes a change of one file, or an answer in Swedish with what to correct.

Everything in the form is data. `answers` reads the issue's text strictly, `lines` and `filling` make values of it,
`fitting` puts them into their file and asks all that `check` asks, and `telling` says what came of it. Nothing is
written here, and only names of what is there already become a path.
"""

from trygglofte.forms.answers import Correction
from trygglofte.forms.receiving import Received, receive
from trygglofte.forms.telling import as_answer, as_body, as_json

__all__ = ["Correction", "Received", "as_answer", "as_body", "as_json", "receive"]
