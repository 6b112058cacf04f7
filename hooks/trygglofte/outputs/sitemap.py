"""sitemap.xml: every page with the date of its content, never of the build (sitemaps.org protocol 0.9)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from trygglofte.pages import Page, Site

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)


def files(site: Site, pages: Sequence[Page]) -> dict[str, str]:
    """The sitemap of a site. Pages without a known date have no lastmod.

    Left out are those that are `noindex`, and those whose owner is another municipality.
    """
    rows = []
    for page in sorted(
        (page for page in pages if page.searchable and not page.canonical), key=lambda page: page.address
    ):
        changed = f"<lastmod>{page.updated.isoformat()}</lastmod>" if page.updated else ""
        rows.append(f"<url><loc>{escape(site.address + page.address)}</loc>{changed}</url>\n")
    return {"sitemap.xml": f"{_HEAD}{''.join(rows)}</urlset>\n"}
