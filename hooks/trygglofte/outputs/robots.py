"""robots.txt: where the sitemap is. Sites that are not to be indexed say so in their pages, not here."""

from __future__ import annotations

from collections.abc import Sequence

from trygglofte.pages import Page, Site


def files(site: Site, _pages: Sequence[Page]) -> dict[str, str]:
    """The robots.txt of a site. Crawlers must be able to read a page to see its `noindex`."""
    return {"robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {site.address}sitemap.xml\n"}
