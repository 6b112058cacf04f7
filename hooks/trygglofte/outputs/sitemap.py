"""sitemap.xml: every page with the date of its content, never of the build (sitemaps.org protocol 0.9)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from trygglofte.pages import Page, Site

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def render(site: Site, pages: Sequence[Page]) -> str:
    """The sitemap of a site. Pages without a known date have no lastmod."""
    rows = []
    for page in sorted(pages, key=lambda page: page.address):
        if page.kind in {"Flyttad sida"}:
            continue
        changed = f"<lastmod>{page.updated.isoformat()}</lastmod>" if page.updated else ""
        rows.append(f"<url><loc>{escape(site.address + page.address)}</loc>{changed}</url>\n")
    return f"{_HEAD}{''.join(rows)}</urlset>\n"
