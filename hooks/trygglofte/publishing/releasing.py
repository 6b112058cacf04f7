"""A run from beginning to end: check what is shared, build what changed, put the portal together, swap."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from trygglofte import searching, sites
from trygglofte.addresses import SEARCH
from trygglofte.library import Library
from trygglofte.mkdocs_engine import build_site
from trygglofte.model import Shared
from trygglofte.pages import Page, PortalCard
from trygglofte.problems import Problem, has_errors
from trygglofte.publishing.building import HTML, Built, Job, Outcome, read_record
from trygglofte.publishing.fingerprints import code_key, common_key, municipality_key
from trygglofte.publishing.mishaps import guarded, reason
from trygglofte.publishing.store import Store, StoreError, keep_templates
from trygglofte.publishing.workers import build_all
from trygglofte.searching import FOLDER

OnBuilt = Callable[[Built], None]


class PublishError(Exception):
    """Nothing was published. The message is Swedish; `problems` may say more."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


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
) -> Release:
    """Build what has changed and make it live.

    `only` names municipalities; the others stay as they are. Raises PublishError when nothing could be
    published; a municipality that fails is told of in the release.
    """
    slugs = Library(root).slugs()
    unknown = [slug for slug in only if slug not in slugs]
    if unknown:
        raise PublishError(
            f"Det finns ingen kommun som heter {', '.join(unknown)}. Det finns: {', '.join(slugs)}."
        )
    try:
        shared, problems = sites.shared_files(root)
    except sites.RefusedError as refused:
        raise PublishError(
            "De gemensamma filerna har fel, så inget byggs. Det som låg ute ligger kvar.", refused.problems
        ) from None
    store = Store(output)
    run = _Run(root, store, shared, today, with_search, workers, on_built)
    try:
        store.prepare()
        with store.only_one():
            return _publish(run, tuple(dict.fromkeys(only)) or slugs, slugs, problems)
    except StoreError as error:
        raise PublishError(str(error)) from None
    except OSError as error:
        raise PublishError(
            f"Det gick inte att skriva i {output.parent}: {reason(error)}. Det som låg ute ligger kvar."
        ) from None


@dataclass(frozen=True)
class _Run:
    """What holds for a whole run."""

    root: Path
    store: Store
    shared: Shared
    today: date
    with_search: bool
    workers: int | None
    on_built: OnBuilt

    @property
    def common(self) -> str:
        """The key of everything that all sites share, as it lies on disk now."""
        return common_key(self.root, self.today, code_key(self.root)) + (
            "" if self.with_search else " utan sök"
        )


def _publish(run: _Run, chosen: Sequence[str], slugs: Sequence[str], problems: list[Problem]) -> Release:
    root, store, common = run.root, run.store, run.common
    keep_templates(root, code_key(root))
    taken = _taken(root)
    targets = {
        slug: store.version(slug, municipality_key(root, slug, common))
        for slug in chosen
        if slug not in taken
    }
    there = {slug: record for slug, target in targets.items() if (record := read_record(target))}
    jobs = [
        Job(root, slug, run.shared, run.today, target, common, run.with_search)
        for slug, target in targets.items()
        if slug not in there
    ]
    built: list[Built] = []
    unchanged = [Built(slug, Outcome.UNCHANGED, pages) for slug, (_, pages) in there.items()]
    for done in chain(
        map(_refused, sorted(taken.intersection(chosen))), unchanged, build_all(jobs, run.workers)
    ):
        run.on_built(done)
        built.append(done)
        problems = problems + done.problems
    built.sort(key=lambda done: done.slug)
    if run.common != common:
        for job in jobs:
            shutil.rmtree(job.target, ignore_errors=True)
        raise PublishError(
            "Filer som alla kommuner delar ändrades under bygget. Bygg igen. Det som låg ute ligger kvar.",
            problems,
        )
    versions, kept = _versions(store, slugs, targets)
    if not versions:
        raise PublishError("Ingen kommun gick att bygga, så inget publiceras.", problems)
    records = [record for version in versions.values() if (record := read_record(version))]
    pages = _portal(run, [card for card, _ in records], versions, common, problems)
    store.tidy()
    failed = {done.slug for done in built if done.outcome is Outcome.FAILED}
    total = pages + sum(pages for _, pages in records)
    return Release(store.output, built, problems, [slug for slug in kept if slug in failed], total)


def _taken(root: Path) -> set[str]:
    """Addresses below the portal that no municipality can have: the portal's own pages and files lie there."""
    return {"assets", FOLDER, SEARCH.rstrip("/"), *(path.stem for path in (root / "content").glob("*.md"))}


def _refused(slug: str) -> Built:
    message = f"Mappen kan inte heta ”{slug}”: den adressen är upptagen av en av portalens egna sidor."
    return Built(
        slug,
        Outcome.FAILED,
        problems=[Problem(f"data/{slug}", 1, 1, "upptagen-adress", message, "Döp om mappen.")],
    )


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
    run: _Run, cards: list[PortalCard], versions: Mapping[str, Path], common: str, so_far: list[Problem]
) -> int:
    """Build the portal and make everything live. Gives its number of pages."""
    fresh = run.store.portals / f".ny-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    pages: list[Page] = []

    def work() -> list[Problem]:
        site, made = sites.portal_site(run.root, run.shared, cards, run.today)
        pages.extend(made)
        build_site(site, pages, fresh)
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

    try:
        problems = guarded("portal.yml", run.root, work)
        if has_errors(problems):
            raise PublishError(
                "Portalen gick inte att bygga, så inget publiceras. Det som låg ute ligger kvar.",
                so_far + problems,
            )
        run.store.release(fresh, versions, _portal_key(common, cards, versions))
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(pages)


def _portal_key(common: str, cards: Sequence[PortalCard], versions: Mapping[str, Path]) -> str:
    values = [
        common,
        [card.as_values() for card in cards],
        {slug: path.name for slug, path in versions.items()},
    ]
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:20]
