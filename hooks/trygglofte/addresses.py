"""The address of every page, and the ways between them.

An address is a path from the site's start with a slash at the end: `medborgarloften/2026-trygg-station/`.
The start page's address is the empty text.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin

from trygglofte.model import (
    FOLDERS,
    ActionPlan,
    Agreement,
    Document,
    Filed,
    Pledge,
    PortalFile,
    SituationSummary,
)
from trygglofte.model.municipality import MunicipalityFile

START = ""
AGREEMENTS = "overenskommelser/"
PLEDGES = "medborgarloften/"
FOLLOW_UPS = "uppfoljningar/"
SUMMARIES = "lagesbilder/"
PLANS = "atgardsplaner/"
COOPERATION = "samverkan/"
YEARS = "ar/"
THEMES = "teman/"
PLACES = "platser/"
STATUSES = "status/"
PARTIES = "parter/"
COMMITMENTS = "ataganden/"
COMING = "kommer/"
LAW = "lagen/"
ANNUAL_REPORTS = "arsrapport/"
SIDE_BY_SIDE = "kommuner/"
SEARCH = "sok/"
CURRENCY = "aktuellt/"
COMPARISON = "jamforelse/"
HISTORY = "andringar/"
ENGLISH = "english/"
GLOSSARY = "ordlista/"

_FOLDER_OF = {model: f"{folder}/" for folder, model in FOLDERS.items()}
TYPE_NAMES: dict[type[Document], tuple[str, str]] = {
    Agreement: ("Samverkansöverenskommelse", "Samverkansöverenskommelser"),
    Pledge: ("Medborgarlöfte", "Medborgarlöften"),
    SituationSummary: ("Lägesbild", "Lägesbilder"),
    ActionPlan: ("Åtgärdsplan", "Åtgärdsplaner"),
}
"""What a document of each type is called, one and many."""


def address_of(filed: Filed[Document]) -> str:
    """A document's address: one path in, one address out."""
    return f"{_FOLDER_OF[type(filed.part)]}{filed.id}/"


def index_of(model: type[Document]) -> str:
    """The address of the page that lists all documents of a type."""
    return _FOLDER_OF[model]


def root_from(address: str) -> str:
    """The way from a page back to the start page: `../../`, or `./` on the start page itself."""
    return "../" * address.count("/") or "./"


def commitment_anchor(id_: str) -> str:
    """Where a commitment stands on its pledge's page."""
    return f"atagande-{id_}"


def follow_up_anchor(period_end: date, position: int) -> str:
    """Where a follow-up stands on its pledge's page. `position` tells reports of the same day apart, from 0."""
    return f"uppfoljning-{period_end.isoformat()}" + (f"-{position + 1}" if position else "")


def site_address(portal: PortalFile, municipality: MunicipalityFile | None, slug: str) -> str:
    """The full address of a municipality's site, or of the portal where there is no municipality."""
    base = portal.address if portal.address.endswith("/") else portal.address + "/"
    if municipality is None:
        return base
    own = municipality.address
    if own:
        return own if own.endswith("/") else own + "/"
    return urljoin(base, f"{slug}/")
