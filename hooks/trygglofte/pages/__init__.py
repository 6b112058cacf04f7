"""Documents become pages: an address, a title and ready HTML, through Jinja with autoescape.

`municipality_pages` makes every page of a municipality's site, `portal_pages` those of the portal. How the
pages get their frame and become files is the engine's business.
"""

from trygglofte.pages.happenings import happenings
from trygglofte.pages.municipality import municipality_pages
from trygglofte.pages.news import Happening
from trygglofte.pages.page import Crumb, Page
from trygglofte.pages.portal import PortalCard, card_of, portal_pages
from trygglofte.pages.site import Site

__all__ = [
    "Crumb",
    "Happening",
    "Page",
    "PortalCard",
    "Site",
    "card_of",
    "happenings",
    "municipality_pages",
    "portal_pages",
]
