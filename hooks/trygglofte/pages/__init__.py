"""Documents become pages: an address, a title and ready HTML, through Jinja with autoescape.

`municipality_pages` makes every page of a municipality's site, `portal_pages` those of the portal. How the
pages get their frame and become files is the engine's business.
"""

from trygglofte.pages import environment, prose
from trygglofte.pages.happenings import happenings
from trygglofte.pages.municipality import all_addresses, municipality_pages, plan_of, planned_site
from trygglofte.pages.news import Happening
from trygglofte.pages.page import Crumb, Page
from trygglofte.pages.plan import Planned, rendered
from trygglofte.pages.portal import PortalCard, card_of, portal_pages
from trygglofte.pages.prose import prose_pages
from trygglofte.pages.site import Site

__all__ = [
    "Crumb",
    "Happening",
    "Page",
    "Planned",
    "PortalCard",
    "Site",
    "all_addresses",
    "card_of",
    "forget_templates",
    "happenings",
    "municipality_pages",
    "plan_of",
    "planned_site",
    "portal_pages",
    "prose_pages",
    "rendered",
]


def forget_templates() -> None:
    """Read templates and prose again when they are next asked for."""
    for kept in (environment.environment, prose._compiled):
        kept.cache_clear()
