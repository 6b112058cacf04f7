"""A run from beginning to end: check what is shared, build what changed, put the portal together, swap."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from trygglofte import searching, sites
from trygglofte.library import Library
from trygglofte.mkdocs_engine import build_site
from trygglofte.model import Shared
from trygglofte.pages import PortalCard
from trygglofte.problems import Problem, has_errors
from trygglofte.publishing.building import HTML, Built, Job, Outcome, build_municipality, guarded, read_record
from trygglofte.publishing.fingerprints import common_key, municipality_key
from trygglofte.publishing.store import Store, StoreError

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
        raise PublishError(f"Det finns ingen kommun som heter {', '.join(unknown)}. Det finns: {', '.join(slugs)}.")
    try:
        shared, problems = sites.shared_files(root)
    except sites.RefusedError as refused:
        raise PublishError("De gemensamma filerna har fel, så inget byggs.", refused.problems) from None
    store = Store(output)
    try:
        store.prepare()
        with store.only_one():
            return _publish(root, store, shared, today, only or slugs, slugs, problems, with_search, workers, on_built)
    except StoreError as error:
        raise PublishError(str(error)) from None
    except OSError as error:
        raise PublishError(f"Det gick inte att skriva i {output.parent}: {error.strerror or error}. Det som låg ute ligger kvar.") from None


def _publish(
    root: Path, store: Store, shared: Shared, today: date, chosen: Sequence[str], slugs: Sequence[str],
    problems: list[Problem], with_search: bool, workers: int | None, on_built: OnBuilt,
) -> Release:  # fmt: skip
    common = common_key(root, today) + ("" if with_search else " utan sök")
    targets = {slug: store.version(slug, municipality_key(root, slug, common)) for slug in chosen}
    jobs = [Job(root, slug, shared, today, target, with_search) for slug, target in targets.items() if not read_record(target)]
    built = [Built(slug, Outcome.UNCHANGED, (read_record(target) or (None, 0))[1]) for slug, target in targets.items() if read_record(target)]
    for done in built:
        on_built(done)
    for done in _work(jobs, workers):
        on_built(done)
        built.append(done)
        problems = problems + done.problems
    built.sort(key=lambda done: done.slug)
    versions, kept = _versions(store, slugs, targets)
    if not versions:
        raise PublishError("Ingen kommun gick att bygga, så inget publiceras.", problems)
    cards = [record[0] for version in versions.values() if (record := read_record(version))]
    pages = _portal(root, store, shared, today, cards, versions, common, with_search)
    store.tidy()
    failed = {done.slug for done in built if done.outcome is Outcome.FAILED}
    total = pages + sum(record[1] for version in versions.values() if (record := read_record(version)))
    return Release(store.output, built, problems, [slug for slug in kept if slug in failed], total)


def _versions(store: Store, slugs: Sequence[str], targets: Mapping[str, Path]) -> tuple[dict[str, Path], list[str]]:
    """The version of each municipality that is to be live, and those that keep the one they had."""
    versions: dict[str, Path] = {}
    kept = []
    for slug in slugs:
        target = targets.get(slug)
        if target and read_record(target):
            versions[slug] = target
        elif (live := store.live(slug)) and read_record(live):
            versions[slug] = live
            kept.append(slug)
    return versions, kept


def _work(jobs: Sequence[Job], workers: int | None) -> Iterator[Built]:
    """Build, in forked workers where there is more than one site to build and the system can fork."""
    many = min(workers or os.cpu_count() or 1, len(jobs))
    if many < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(build_municipality, jobs)
        return
    with ProcessPoolExecutor(many, mp_context=multiprocessing.get_context("fork")) as pool:
        futures = [pool.submit(build_municipality, job) for job in sorted(jobs, key=_size, reverse=True)]
        for future in as_completed(futures):
            yield future.result()


def _size(job: Job) -> int:
    """Larger municipalities first, so that the last worker is not left alone with the largest."""
    return sum(1 for _ in (job.root / "data" / job.slug).rglob("*.yml"))


def _portal(
    root: Path, store: Store, shared: Shared, today: date, cards: list[PortalCard], versions: Mapping[str, Path],
    common: str, with_search: bool,
) -> int:  # fmt: skip
    """Build the portal and make everything live. Gives its number of pages."""
    key = _portal_key(common, cards, versions)
    site, pages = sites.portal_site(root, shared, cards, today)
    fresh = store.portals / f".ny-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)

    def work() -> list[Problem]:
        build_site(site, pages, fresh)
        found = sites.verify_site(fresh, site, pages, outside=versions.keys())
        if with_search and not has_errors(found):
            chosen = {f"{card.slug}/{address}index.html": versions[card.slug] / HTML / address / "index.html" for card in cards for address in card.searchable}
            searching.index_pages(chosen, fresh)
        return found

    try:
        problems = guarded("portal.yml", work)
        if has_errors(problems):
            raise PublishError("Portalen gick inte att bygga, så inget publiceras. Det som låg ute ligger kvar.", problems)
        store.release(fresh, versions, key)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(pages)


def _portal_key(common: str, cards: Sequence[PortalCard], versions: Mapping[str, Path]) -> str:
    values = [common, [card.as_values() for card in cards], {slug: path.name for slug, path in versions.items()}]
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:20]
