"""A run from beginning to end: check what is shared, build what changed, put the portal together, swap."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from trygglofte import searching, sites
from trygglofte.history import Past
from trygglofte.mkdocs_engine import build_site
from trygglofte.pages import Page
from trygglofte.problems import Problem, has_errors
from trygglofte.publishing.building import HTML, Built, Outcome, add_rules
from trygglofte.publishing.fingerprints import Ingredients, key_of
from trygglofte.publishing.ledger import extend_ledgers
from trygglofte.publishing.mishaps import guarded
from trygglofte.publishing.records import Record, is_whole, read_manifest, read_record, write_manifest
from trygglofte.publishing.store import Store, StoreError
from trygglofte.publishing.work import (
    Build,
    OnBuilt,
    PublishError,
    Run,
    known_municipalities,
    one_run,
    work_of,
)
from trygglofte.publishing.workers import build_all


@dataclass(frozen=True)
class Release:
    """What a run came to. `kept` are municipalities that failed and keep their last good site."""

    output: Path
    built: list[Built] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    pages: int = 0

    @property
    def failed(self) -> list[str]:
        """Municipalities whose data or site has errors."""
        return [built.slug for built in self.built if built.outcome is Outcome.FAILED]


def publish(
    root: Path,
    output: Path,
    today: date,
    *,
    only: Sequence[str] = (),
    with_search: bool = True,
    workers: int | None = None,
    on_built: OnBuilt = lambda built: None,
    build: Build = build_all,
    past: Past | None = None,
) -> Release:
    """Build what has changed and make it live.

    `only` names municipalities; the others stay as they are. `build` makes versions of jobs, here unless they were
    made elsewhere. `past` is what git knows, where that is not to be asked in `root` itself. Raises PublishError
    when nothing could be published; a municipality that fails is told of in the release.
    """
    slugs = known_municipalities(root, only)
    with one_run(root, output, today, with_search, workers, on_built, build, past) as (run, problems):
        return _publish(run, tuple(dict.fromkeys(only)) or slugs, slugs, problems)


def roll_back(output: Path, steps: int) -> int:
    """Make what was live `steps` versions ago live again. Gives how many earlier ones are left.

    Raises StoreError, and changes nothing, where there is no such version or it is not whole.
    """
    store = Store(output)
    if not store.portals.is_dir():
        raise StoreError(f"Det finns ingen publicerad webbplats i {output}.")
    with store.only_one():
        chosen = store.roll_back(steps)
        kept = store.kept()
    return len(kept) - kept.index(chosen) - 1


def _publish(run: Run, chosen: Sequence[str], slugs: Sequence[str], problems: list[Problem]) -> Release:
    store, work = run.store, work_of(run, chosen)
    common, targets, there = work.common, work.targets, work.there
    built: list[Built] = []
    unchanged = [Built(slug, Outcome.UNCHANGED, record.pages) for slug, record in there.items()]
    for done in chain(work.refused, unchanged, run.build(work.jobs, run.workers)):
        run.on_built(done)
        built.append(done)
        problems = problems + done.problems
    built.sort(key=lambda done: done.slug)
    if run.common != common:
        for job in work.jobs:
            shutil.rmtree(job.target, ignore_errors=True)
        raise PublishError(
            "Filer som alla kommuner delar ändrades under bygget. Bygg igen. Det som låg ute ligger kvar.",
            problems,
        )
    versions, kept = _versions(store, slugs, targets)
    if not versions:
        raise PublishError("Ingen kommun gick att bygga, så inget publiceras.", problems)
    records = {slug: record for slug, version in versions.items() if (record := read_record(version))}
    failed = {done.slug for done in built if done.outcome is Outcome.FAILED} | set(versions) - set(records)
    pages, found = _portal(run, records, versions, common, failed)
    problems = problems + found
    if has_errors(found):
        raise PublishError(
            "Portalen gick inte att bygga, så inget publiceras. Det som låg ute ligger kvar.", problems
        )
    store.tidy()
    total = pages + sum(record.pages for record in records.values())
    return Release(store.output, built, problems, [slug for slug in kept if slug in failed], total)


def _versions(
    store: Store, slugs: Sequence[str], targets: Mapping[str, Path]
) -> tuple[dict[str, Path], list[str]]:
    """The version of each municipality that is to be live, and those that keep the one they had."""
    versions: dict[str, Path] = {}
    kept = []
    for slug in slugs:
        target = targets.get(slug)
        if target and read_record(target):
            versions[slug] = target
        elif live := store.live(slug):
            versions[slug] = live
            kept.append(slug)
    return versions, kept


def _portal(
    run: Run,
    records: Mapping[str, Record],
    versions: Mapping[str, Path],
    common: Ingredients,
    failed: set[str],
) -> tuple[int, list[Problem]]:
    """Build the portal, unless it is live already, and make everything live. Gives its number of pages.

    What is about to be live is in the ledger before it is: a run may be stopped at any moment, and rather one
    address too many is kept than one forgotten.
    """
    addresses = {slug: record.addresses for slug, record in records.items()}
    parts = {slug: path.name for slug, path in versions.items()}
    target = run.store.portals / key_of(common, parts, dict.fromkeys(failed, "fel"))
    manifest = run.store.manifest_of(target)
    if is_whole(target, manifest) and run.store.leads_to(target, versions):
        extend_ledgers(run.store.ledgers, addresses)
        run.store.make_live(target)
        return sum(name.endswith("index.html") for name in read_manifest(manifest) or ()), []
    fresh = run.store.portals / f".ny-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    pages: list[Page] = []
    try:
        problems = guarded(
            "portal.yml", run.root, lambda: _build_portal(run, records, versions, failed, fresh, pages)
        )
        if not has_errors(problems):
            write_manifest(fresh, run.store.manifest_of(fresh))
            extend_ledgers(run.store.ledgers, addresses)
            run.store.release(fresh, versions, target)
        return len(pages), problems
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        run.store.manifest_of(fresh).unlink(missing_ok=True)


def _build_portal(
    run: Run, records: Mapping[str, Record], versions: Mapping[str, Path], failed: set[str], fresh: Path,
    pages: list[Page],
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
        searching.index_pages(chosen, fresh, known)
    return found
