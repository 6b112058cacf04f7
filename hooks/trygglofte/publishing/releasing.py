"""A run from beginning to end: check what is shared, build what changed, put the portal together, swap."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from trygglofte.forking import meanwhile
from trygglofte.problems import Problem, Severity, has_errors
from trygglofte.publishing.fingerprints import Ingredients, key_of, program_key
from trygglofte.publishing.jobs import Built, Outcome
from trygglofte.publishing.ledger import extend_ledger, ledger_of
from trygglofte.publishing.looking import Seen, seen
from trygglofte.publishing.records import (
    RECORD,
    Record,
    is_whole,
    read_basis,
    read_manifest,
    read_record,
    write_manifest,
)
from trygglofte.publishing.store import Store, StoreError, keep_templates
from trygglofte.publishing.work import (
    Build,
    OnBuilt,
    PublishError,
    Run,
    Work,
    build_all,
    keep_pages,
    known_municipalities,
    one_run,
    work_of,
)
from trygglofte.skeleton import skeleton_of

if TYPE_CHECKING:
    from trygglofte.history import Past


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
    with one_run(root, output, today, with_search, workers, on_built, build, past) as run:
        work = work_of(run, tuple(dict.fromkeys(only)) or slugs)
        return _settled(run, work, slugs) or _publish(run, work, slugs)


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


_SETTLED = "läget"
_LEDGER = "liggare/{}"
"""By these names it is kept what a run came to that left nothing to do, and that a ledger has all of a version."""


def _settled(run: Run, work: Work, slugs: Sequence[str]) -> Release | None:
    """What the last run came to, where this one would come to the same: every file of the store it rests on is as
    it was, and so is every file that is read. None where there may be anything to do.
    """
    versions = {slug: work.targets.get(slug) or run.store.live(slug) for slug in slugs}
    if work.jobs or work.refused or not all(versions.values()):
        return None
    live = {slug: version for slug, version in versions.items() if version}
    portal = _portal_of(run, work.common, live, ())
    if run.store.live_portal() != portal or not run.store.leads_to(portal, live):
        return None
    kept = run.looks.kept(_SETTLED, _state_of(run, portal, live))
    if kept is None:
        return None
    pages, total, advice = kept
    built = [Built(slug, Outcome.UNCHANGED, pages[slug]) for slug in sorted(work.targets)]
    for done in built:
        run.on_built(done)
    run.looks.still(map(_LEDGER.format, live))
    run.store.tidy()
    problems = [Problem(**{**one, "severity": Severity(one["severity"])}) for one in advice]
    return Release(run.store.output, built, problems, [], total)


def _settle(
    run: Run, portal: Path, versions: Mapping[str, Path], pages: Mapping[str, int], total: int
) -> None:
    """Keep what a run came to that left nothing to do."""
    advice = [asdict(one) for one in run.advice]
    run.looks.keep_own(_SETTLED, _state_of(run, portal, versions), [dict(pages), total, advice])


def _state_of(run: Run, portal: Path, versions: Mapping[str, Path]) -> Seen:
    """How everything looks that a run rests on beside the ingredients of its sites.

    That is the live portal, the ledgers, the records, and what lies in data/ without being read.
    """
    store = run.store
    records = [version / RECORD for version in versions.values()]
    names = sorted(path.name for path in (run.root / "data").iterdir())
    prose = [run.root / "content"] if skeleton_of(run.root) != run.root else []
    found = seen((portal, store.manifest_of(portal), store.ledgers, *records), portal.name, *names)
    beside = seen(prose, *names)
    return Seen(found.key + beside.key, max(found.latest, beside.latest))


def _portal_of(run: Run, common: Ingredients, versions: Mapping[str, Path], failed: Collection[str]) -> Path:
    """Where the portal of these versions lies, or is to lie."""
    parts = {slug: path.name for slug, path in versions.items()}
    return run.store.portals / key_of(common, parts, dict.fromkeys(failed, "fel"))


def _publish(run: Run, work: Work, slugs: Sequence[str]) -> Release:
    problems = run.advice
    store, common, there = run.store, work.common, work.there
    if work.jobs:
        keep_templates(run.root, program_key(common))
    built: list[Built] = []
    unchanged = [Built(slug, Outcome.UNCHANGED, pages) for slug, pages in there.items()]
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
    versions, kept = _versions(store, slugs, work)
    if not versions:
        raise PublishError("Ingen kommun gick att bygga, så inget publiceras.", problems)
    records = {slug: record for slug, version in versions.items() if (record := read_record(version))}
    failed = {done.slug for done in built if done.outcome is Outcome.FAILED} | set(versions) - set(records)
    portal = _portal_of(run, common, versions, failed)
    surplus = store.surplus(portal, versions.values())
    with meanwhile(lambda: store.take_away(surplus)):  # takes longer than to make a portal
        pages, found = _portal(run, program_key(common), records, versions, failed, portal)
    problems = problems + found
    if has_errors(found):
        raise PublishError(
            "Portalen gick inte att bygga, så inget publiceras. Det som låg ute ligger kvar.", problems
        )
    total = pages + sum(record.pages for record in records.values())
    for slug, record in records.items():
        if slug not in there:
            keep_pages(run.looks, slug, versions[slug], record.pages)
    if not failed and not work.refused:
        _settle(run, portal, versions, {slug: record.pages for slug, record in records.items()}, total)
    return Release(store.output, built, problems, [slug for slug in kept if slug in failed], total)


def _versions(store: Store, slugs: Sequence[str], work: Work) -> tuple[dict[str, Path], list[str]]:
    """The version of each municipality that is to be live, and those that keep the one they had."""
    versions: dict[str, Path] = {}
    kept = []
    for slug in slugs:
        target = work.targets.get(slug)
        if target and (slug in work.there or read_record(target)):
            versions[slug] = target
        elif live := store.live(slug):
            versions[slug] = live
            kept.append(slug)
    return versions, kept


def _portal(
    run: Run, program: str, records: Mapping[str, Record], versions: Mapping[str, Path], failed: set[str],
    target: Path,
) -> tuple[int, list[Problem]]:  # fmt: skip
    """Build the portal as `target`, unless it lies there, and make everything live. Gives its number of pages.

    What is about to be live is in the ledger before it is: a run may be stopped at any moment, and rather one
    address too many is kept than one forgotten.
    """
    manifest = run.store.manifest_of(target)
    if is_whole(target, manifest) and run.store.leads_to(target, versions):
        _extend_ledgers(run, versions)
        run.store.make_live(target)
        return sum(name.endswith("index.html") for name in read_manifest(manifest) or ()), []
    keep_templates(run.root, program)
    fresh = run.store.portals / f".ny-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    from trygglofte.publishing.portal import build_portal

    try:
        pages, problems = build_portal(run, records, versions, failed, fresh, program)
        if not has_errors(problems):
            write_manifest(fresh, run.store.manifest_of(fresh))
            _extend_ledgers(run, versions)
            run.store.release(fresh, versions, target)
        return pages, problems
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        run.store.manifest_of(fresh).unlink(missing_ok=True)


def _extend_ledgers(run: Run, versions: Mapping[str, Path]) -> None:
    """Add what is about to be live to the ledgers. One that looks as it did when it had it all is not read again."""
    folder = run.store.ledgers
    for slug, version in versions.items():
        name, file = _LEDGER.format(slug), (ledger_of(folder, slug),)
        if run.looks.kept(name, seen(file, version.name)) is None:
            extend_ledger(folder, slug, read_basis(version).addresses)
            run.looks.keep_own(name, seen(file, version.name), value=True)
