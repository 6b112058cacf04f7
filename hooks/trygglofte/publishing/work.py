"""What a run has to do: what holds for all of it, which versions it aims at, and which are to be built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trygglofte import sites
from trygglofte.addresses import CURRENCY, SEARCH
from trygglofte.history import Past, gather
from trygglofte.library import Library
from trygglofte.model import Shared
from trygglofte.problems import Problem
from trygglofte.publishing.building import HTML, Built, Job, Outcome
from trygglofte.publishing.fingerprints import (
    Ingredients,
    code_ingredients,
    common_ingredients,
    differences,
    key_of,
    municipality_ingredients,
    program_key,
)
from trygglofte.publishing.ledger import read_ledger
from trygglofte.publishing.mishaps import reason
from trygglofte.publishing.records import MANIFEST, Record, is_whole, read_record
from trygglofte.publishing.sharing import shares_to_publish
from trygglofte.publishing.store import Store, StoreError, keep_templates
from trygglofte.publishing.workers import build_all
from trygglofte.searching import FOLDER
from trygglofte.sharing import Shares
from trygglofte.skeleton import skeleton_of

Build = Callable[[Sequence[Job], int | None], Iterator[Built]]
OnBuilt = Callable[[Built], None]


class PublishError(Exception):
    """Nothing was published. The message is Swedish; `problems` may say more."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


@dataclass(frozen=True)
class Run:
    """What holds for a whole run. `build` is how jobs become versions."""

    root: Path
    store: Store
    shared: Shared
    today: date
    with_search: bool = True
    workers: int | None = None
    on_built: OnBuilt = lambda built: None
    build: Build = build_all
    past: Past | None = None
    """What git knows, where that is not to be asked in `root` itself."""

    @property
    def common(self) -> dict[str, str]:
        """What all sites are made of, as it lies on disk now."""
        found = common_ingredients(self.root, self.today, code_ingredients(self.root))
        return found if self.with_search else {**found, "sökindex": "utan"}


@contextmanager
def one_run(
    root: Path, output: Path, today: date, with_search: bool = True, workers: int | None = None,
    on_built: OnBuilt = lambda built: None, build: Build = build_all, past: Past | None = None,
) -> Iterator[tuple[Run, list[Problem]]]:  # fmt: skip
    """A run that has the store to itself, with the advice on what is shared. Raises PublishError."""
    try:
        shared, problems = sites.shared_files(root)
    except sites.RefusedError as refused:
        raise PublishError(
            "De gemensamma filerna har fel, så inget byggs. Det som låg ute ligger kvar.", refused.problems
        ) from None
    store = Store(output)
    try:
        store.prepare()
        with store.only_one(), store.swept():
            yield Run(root, store, shared, today, with_search, workers, on_built, build, past), problems
    except StoreError as error:
        raise PublishError(str(error)) from None
    except OSError as error:
        raise PublishError(
            f"Det gick inte att skriva i {output.parent}: {reason(error)}. Det som låg ute ligger kvar."
        ) from None


def known_municipalities(root: Path, only: Sequence[str]) -> list[str]:
    """The folders of all municipalities. Raises PublishError where one that is named is not among them."""
    slugs = Library(root).slugs()
    unknown = [slug for slug in only if slug not in slugs]
    if unknown:
        raise PublishError(
            f"Det finns ingen kommun som heter {', '.join(unknown)}. Det finns: {', '.join(slugs)}."
        )
    return slugs


@dataclass(frozen=True)
class Work:
    """What a run aims at: the version of each municipality, the records of those that are there, and the rest."""

    common: Ingredients
    targets: Mapping[str, Path]
    there: Mapping[str, Record]
    jobs: Sequence[Job]
    refused: Sequence[Built]


def work_of(run: Run, chosen: Sequence[str]) -> Work:
    """What is to be done for the chosen municipalities. The same for the same files, day and store."""
    root, store, common = run.root, run.store, run.common
    keep_templates(root, program_key(common))
    taken = _taken(root)
    past = gather(root) if run.past is None else run.past
    shares = shares_to_publish(root, store.folder, run.shared)
    own = {
        slug: municipality_ingredients(root, slug, run.today, past.of(slug), shares.of(slug))
        for slug in chosen
        if slug not in taken
    }
    targets = {slug: store.version(slug, key_of(common, found)) for slug, found in own.items()}
    linked = store.linked()
    there = {
        slug: record
        for slug, target in targets.items()
        if (record := read_record(target))
        and (target in linked or is_whole(target / HTML, target / MANIFEST))
    }
    jobs = [
        _job(run, slug, targets[slug], common, own[slug], past.of(slug), shares.of(slug))
        for slug in targets
        if slug not in there
    ]
    return Work(common, targets, there, jobs, [_refused(slug) for slug in sorted(taken.intersection(chosen))])


def _job(
    run: Run, slug: str, target: Path, common: Ingredients, own: Ingredients, past: Past, mine: Shares
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
        *(path.stem for path in (skeleton_of(root) / "content").glob("*.md")),
    }


def _refused(slug: str) -> Built:
    message = f"Mappen kan inte heta ”{slug}”: den adressen är upptagen av en av portalens egna sidor."
    return Built(
        slug,
        Outcome.FAILED,
        problems=[Problem(f"data/{slug}", 1, 1, "upptagen-adress", message, "Döp om mappen.")],
    )
