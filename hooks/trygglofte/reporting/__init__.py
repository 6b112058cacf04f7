"""Problems as a person, a terminal, a page, CI or a program reads them. Prints nothing itself: gives text."""

from trygglofte.reporting.github import as_annotations, as_summary, in_markdown
from trygglofte.reporting.machine import as_json, as_sarif
from trygglofte.reporting.page import as_alert
from trygglofte.reporting.terminal import SourceLine, as_plain, as_text, source_lines

__all__ = [
    "SourceLine",
    "as_alert",
    "as_annotations",
    "as_json",
    "as_plain",
    "as_sarif",
    "as_summary",
    "as_text",
    "in_markdown",
    "source_lines",
]
