"""What git knows of the data, as plain values: which day a document changed, and from what to what.

`gather` asks git once for the whole data folder and gives a `Past`: paths, days and names of contents, nothing
else. Who made a change, their address and what they wrote about it are never asked for. `stories` reads the
older versions of one municipality's documents with our own reader and model and says what changed when the
public could see it. Without git, in a folder that git does not know, or with a history that cannot be read,
there is simply less to say. `branching_point` and `files_at` give the data as it was before a change.
"""

from typing import TYPE_CHECKING

from trygglofte.later import offered

if TYPE_CHECKING:
    from trygglofte.history.days import Version, files_of, main_line, version_on
    from trygglofte.history.earlier import earlier_summaries
    from trygglofte.history.git import repository
    from trygglofte.history.past import NO_PAST, Past, gather
    from trygglofte.history.stories import AfterSigning, Event, Story, stories
    from trygglofte.history.trees import branching_point, files_at

__all__ = [
    "NO_PAST",
    "AfterSigning",
    "Event",
    "Past",
    "Story",
    "Version",
    "branching_point",
    "earlier_summaries",
    "files_at",
    "files_of",
    "gather",
    "main_line",
    "repository",
    "stories",
    "version_on",
]

__getattr__ = offered(
    __name__,
    {
        "days": ("Version", "files_of", "main_line", "version_on"),
        "earlier": ("earlier_summaries",),
        "git": ("repository",),
        "past": ("NO_PAST", "Past", "gather"),
        "stories": ("AfterSigning", "Event", "Story", "stories"),
        "trees": ("branching_point", "files_at"),
    },
)
