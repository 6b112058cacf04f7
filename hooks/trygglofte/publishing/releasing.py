"""A run from beginning to end: check what is shared, build what changed, put the portal together, swap."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from trygglofte import searching, sites
from trygglofte.addresses import CURRENCY, SEARCH
from trygglofte.history import Past, gather
from trygglofte.library import Library
from trygglofte.mkdocs_engine import build_site
from trygglofte.model import Shared
from trygglofte.outputs import redirects
from trygglofte.pages import Page
from trygglofte.problems import Problem, has_errors
from trygglofte.publishing.building import HTML, Built, Job, Outcome
from trygglofte.publishing.fingerprints import (
    Ingredients,
    code_ingredients,
    common_ingredients,
    differences,
    key_of,
    municipality_ingredients,
)
from trygglofte.publishing.ledger import extend_ledgers, read_ledger
from trygglofte.publishing.mishaps import guarded, reason
from trygglofte.publishing.records import Record, is_whole, read_manifest, read_record, write_manifest
from trygglofte.publishing.sharing import shares_to_publish
from trygglofte.publishing.store import Store, StoreError, keep_templates
from trygglofte.publishing.workers import build_all
from trygglofte.searching import FOLDER
from trygglofte.sharing import Shares

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
    def common(self) -> dict[str, str]:
        """What all sites are made of, as it lies on disk now."""
        found = common_ingredients(self.root, self.today, code_ingredients(self.root))
        return found if self.with_search else {**found, "sökindex": "utan"}


def _publish(run: _Run, chosen: Sequence[str], slugs: Sequence[str], problems: list[Problem]) -> Release:
    root, store, common = run.root, run.store, run.common
    keep_templates(root, key_of({name: common[name] for name in ("programmet", "paketen")}))
    taken = _taken(root)
    past, shares = gather(root), shares_to_publish(root, store.folder, run.shared)
    own = {
        slug: municipality_ingredients(root, slug, run.today, past.of(slug), shares.of(slug))
        for slug in chosen
        if slug not in taken
    }
    targets = {slug: store.version(slug, key_of(common, found)) for slug, found in own.items()}
    there = {slug: record for slug, target in targets.items() if (record := read_record(target))}
    jobs = [
        _job(run, slug, targets[slug], common, own[slug], past.of(slug), shares.of(slug))
        for slug in targets
        if slug not in there
    ]
    built: list[Built] = []
    unchanged = [Built(slug, Outcome.UNCHANGED, record.pages) for slug, record in there.items()]
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
    records = {slug: record for slug, version in versions.items() if (record := read_record(version))}
    failed = {done.slug for done in built if done.outcome is Outcome.FAILED} | set(versions) - set(records)
    pages, found = _portal(run, records, versions, common, failed)
    problems = problems + found
    if has_errors(found):
        raise PublishError(
            "Portalen gick inte att bygga, så inget publiceras. Det som låg ute ligger kvar.", problems
        )
    extend_ledgers(store.ledgers, {slug: record.addresses for slug, record in records.items()})
    store.tidy()
    total = pages + sum(record.pages for record in records.values())
    return Release(store.output, built, problems, [slug for slug in kept if slug in failed], total)


def _job(
    run: _Run, slug: str, target: Path, common: Ingredients, own: Ingredients, past: Past, mine: Shares
) -> Job:  # fmt: skip
    live = run.store.live(slug)
    before = read_record(live) if live else None
    why = differences(before.ingredients, {**common, **own}) if before else ["den har ingen webbplats än"]
    return Job(
        run.root, slug, run.shared, run.today, target, common, own, read_ledger(run.store.ledgers, slug),
        before.documents if before else 0, run.with_search, why, past, mine,
    )  # fmt: skip


def _taken(root: Path) -> set[str]:
    """Addresses below the portal that no municipality can have: the portal's own pages and files lie there."""
    return {
        "assets",
        FOLDER,
        SEARCH.rstrip("/"),
        CURRENCY.rstrip("/"),
        *(path.stem for path in (root / "content").glob("*.md")),
    }


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
    run: _Run,
    records: Mapping[str, Record],
    versions: Mapping[str, Path],
    common: Ingredients,
    failed: set[str],
) -> tuple[int, list[Problem]]:
    """Build the portal, unless it is live already, and make everything live. Gives its number of pages."""
    parts = {slug: path.name for slug, path in versions.items()}
    target = run.store.portals / key_of(common, parts, dict.fromkeys(failed, "fel"))
    manifest = run.store.manifest_of(target)
    if is_whole(target, manifest):
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
            run.store.release(fresh, versions, target)
        return len(pages), problems
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        run.store.manifest_of(fresh).unlink(missing_ok=True)


def _build_portal(
    run: _Run, records: Mapping[str, Record], versions: Mapping[str, Path], failed: set[str], fresh: Path,
    pages: list[Page],
) -> list[Problem]:  # fmt: skip
    cards = [record.card for record in records.values()]
    site, made = sites.portal_site(run.root, run.shared, cards, run.today, failed)
    pages.extend(made)
    build_site(site, pages, fresh)
    base = urlsplit(site.address).path
    moved = {
        f"{base}{slug}/{old}": f"{base}{slug}/{new}"
        for slug, record in records.items()
        for old, new in record.redirects.items()
    }
    for name, text in redirects.render(moved).items():
        with (fresh / name).open("a", encoding="utf-8") as rules:  # Apache has one file for rules and headers
            rules.write(text)
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
