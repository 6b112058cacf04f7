"""robots.txt: where the sitemap is. Sites that are not to be indexed say so in their pages, not here."""

from __future__ import annotations

from trygglofte.pages import Site


def render(site: Site) -> str:
    """The robots.txt of a site. Crawlers must be able to read a page to see its `noindex`."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.address}sitemap.xml\n"
