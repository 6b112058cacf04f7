"""What a site publishes beside its pages, one module per format.

An output is a function from a site and its pages to files, by their path from the site's start. A new format
is a module and a line in `OUTPUTS`. What an output says is what the pages say: it gets the site as it is shown
on the day, without what is embargoed, withdrawn or hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trygglofte.outputs import (
    calendars,
    catalogue,
    csv_files,
    data,
    feeds,
    headers,
    look,
    robots,
    share_image,
    sitemap,
)
from trygglofte.pages import Page, Site
from trygglofte.pages.page import SHARE_IMAGE

Files = Mapping[str, str | bytes]
Output = Callable[[Site, Sequence[Page]], Files]

OUTPUTS: tuple[Output, ...] = (
    robots.files,
    sitemap.files,
    look.files,
    share_image.files,
    headers.files,
    data.files,
    csv_files.files,
    feeds.files,
    calendars.files,
)


def told_of(site: Site, pages: Sequence[Page]) -> frozenset[str]:
    """The paths that pages name where they are there: feeds, calendars and the picture for sharing."""
    following = (feed.address + feeds.ATOM for feed in feeds.feeds_of(site, pages))
    coming = (address + calendars.CALENDAR for address in calendars.days_of(site))
    return frozenset((*following, *coming, SHARE_IMAGE))


def files_of(site: Site, pages: Sequence[Page]) -> dict[str, str | bytes]:
    """Every file that a site publishes beside its pages. No two outputs may make the same."""
    found: dict[str, str | bytes] = {}
    for output in OUTPUTS:
        for path, content in output(site, pages).items():
            assert path not in found, path
            found[path] = content
    return found | catalogue.files(site, pages, found)  # last, for it tells of the others
