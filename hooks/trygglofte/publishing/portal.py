"""The portal is built into a fresh folder and verified: its pages, its redirect rules, its search over all sites."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trygglofte import searching, sites
from trygglofte.mkdocs_engine import build_site
from trygglofte.pages import Page
from trygglofte.problems import Problem, has_errors
from trygglofte.publishing.building import add_rules
from trygglofte.publishing.indexing import put_index
from trygglofte.publishing.jobs import HTML
from trygglofte.publishing.mishaps import guarded
from trygglofte.publishing.records import Record
from trygglofte.publishing.work import Run


def build_portal(
    run: Run,
    records: Mapping[str, Record],
    versions: Mapping[str, Path],
    failed: set[str],
    fresh: Path,
    program: str,
) -> tuple[int, list[Problem]]:
    """Build the portal of these sites into `fresh`. Gives its number of pages, and problems; never an exception.

    `program` is the key of the program that builds.
    """
    pages: list[Page] = []
    problems = guarded(
        "portal.yml", run.root, lambda: _build_portal(run, records, versions, failed, fresh, program, pages)
    )
    return len(pages), problems


def _build_portal(
    run: Run, records: Mapping[str, Record], versions: Mapping[str, Path], failed: set[str], fresh: Path,
    program: str, pages: list[Page],
) -> list[Problem]:  # fmt: skip
    cards = [record.card for record in records.values()]
    site, made = sites.portal_site(run.root, run.shared, cards, run.today, failed)
    pages.extend(made)
    build_site(site, pages, fresh)
    moved = {
        f"{slug}/{old}": f"{slug}/{new}"
        for slug, record in records.items()
        for old, new in record.redirects.items()
        if record.card.address == f"{slug}/"  # a site with an address of its own is not below the portal
    }
    add_rules(fresh, moved, site.address)
    found = sites.verify_site(fresh, site, pages, outside=versions.keys())
    if run.with_search and not has_errors(found):
        chosen = {
            f"{card.slug}/{address}index.html": versions[card.slug] / HTML / address / "index.html"
            for card in cards
            for address in card.searchable
        }
        known = searching.Known.of(site, ()).joined(
            searching.kept(versions[card.slug] / searching.KEPT, card.slug) for card in cards
        )
        put_index(run.store, program, chosen, known, fresh)
    return found
