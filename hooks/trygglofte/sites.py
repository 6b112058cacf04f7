"""From a project's folder to the pages of one site, or the reasons why it cannot be published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from trygglofte import rules
from trygglofte.history import NO_PAST, Past, earlier_summaries, stories
from trygglofte.library import Library
from trygglofte.model import Municipality, Shared
from trygglofte.pages import (
    Page,
    PortalCard,
    Site,
    card_of,
    municipality_pages,
    planned_site,
    portal_pages,
)
from trygglofte.problems import Problem, Severity, has_errors
from trygglofte.progress import the_day
from trygglofte.sharing import Shares, find_shares, received
from trygglofte.verifying import Origin, verify


class RefusedError(Exception):
    """A site cannot be published. `problems` says why; at least one of them is an error."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{sum(problem.is_error for problem in problems)} fel")
        self.problems = problems


def shared_files(root: Path, library: Library | None = None) -> tuple[Shared, list[Problem]]:
    """What all municipalities share, with advice. Raises RefusedError where it has errors."""
    checked = (library or Library(root)).shared()
    if checked.shared is None:
        raise RefusedError(checked.problems)
    return checked.shared, checked.problems


def municipal_site(
    root: Path, slug: str, shared: Shared, today: date, past: Past = NO_PAST, mine: Shares | None = None
) -> tuple[Site, list[Page], list[Problem]]:
    """A municipality's site on a day: its pages, and the advice its data gave rise to.

    `past` is what git knows, gathered once for a run (`history.gather`). `mine` is what others hand to it
    (`Shares.of`); looked for where it is not given. Raises RefusedError where the municipality's own data has errors.
    """
    mine = find_shares(root, shared).of(slug) if mine is None else mine
    municipality, problems = checked_municipality(Library(root), slug, shared, past, mine)
    told = stories(municipality, past, the_day(municipality, today))
    site, pages = municipality_pages(received(municipality, mine), root, today, told)
    return site, pages, problems


def unplanned_site(
    library: Library, slug: str, shared: Shared, today: date, past: Past, mine: Shares
) -> tuple[Site, list[Problem]]:
    """The same site before any page of it is planned (`pages.plan_of`), for who wants one page at a time."""
    municipality, problems = checked_municipality(library, slug, shared, past, mine)
    told = stories(municipality, past, the_day(municipality, today))
    return planned_site(received(municipality, mine), library.root, today, told), problems


def checked_municipality(
    library: Library, slug: str, shared: Shared, past: Past, mine: Shares
) -> tuple[Municipality, list[Problem]]:
    """A municipality without errors, with advice. Raises RefusedError where it has errors."""
    checked = library.municipality(slug, shared, mine.ids)
    if checked.municipality is None or has_errors(checked.problems):
        raise RefusedError(checked.problems)
    kept = [replace(one, severity=Severity.ADVICE) for one in told_by_the_past(checked.municipality, past)]
    return checked.municipality, [*checked.problems, *kept]


def told_by_the_past(municipality: Municipality, past: Past) -> list[Problem]:
    """What older versions in git give away of what is hidden now: errors for whoever checks.

    A build tells of them as advice. To stop it would leave the page live where the count can still be read.
    """
    earlier = earlier_summaries(municipality, past)
    return rules.check_earlier(municipality, earlier) if earlier else []


def portal_site(
    root: Path, shared: Shared, cards: list[PortalCard], today: date, failed: Collection[str] = ()
) -> tuple[Site, list[Page]]:
    """The portal on a day, from the cards of the municipalities that have a site.

    `failed` names those whose latest files could not be published.
    """
    return portal_pages(shared, cards, root, today, failed)


def cards_of_all(root: Path, shared: Shared, today: date) -> list[PortalCard]:
    """The cards of every municipality that can be published; the others are left out."""
    cards = []
    shares = find_shares(root, shared)
    for slug in Library(root).slugs():
        try:
            site, _, _ = municipal_site(root, slug, shared, today, mine=shares.of(slug))
        except RefusedError:
            continue
        cards.append(card_of(site))
    return cards


def verify_site(
    output: Path, site: Site, pages: Sequence[Page], outside: Collection[str] = (), processes: int = 1
) -> list[Problem]:
    """Whether a built site is whole; every problem at the line of the document it comes from.

    `outside` names folders of the portal's that hold municipalities' sites. `processes` is as in `verify`.
    """

    def read(file: str) -> str | None:
        try:
            return (site.root / file).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None

    origins = {page.address: Origin(page.file, page.line) for page in pages}
    beside = {""} if site.is_below_portal else outside
    base = urlsplit(site.address).path
    return verify(output, origins, read, outside=beside, base_path=base, processes=processes)
