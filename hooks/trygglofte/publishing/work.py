"""What a run has to do: what holds for all of it, which versions it aims at, and which are to be built."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from trygglofte.handing import Shares
from trygglofte.problems import Problem
from trygglofte.publishing.fingerprints import (
    Ingredients,
    common_ingredients,
    differences,
    key_of,
    municipality_ingredients,
    own_files,
    version_key,
)
from trygglofte.publishing.jobs import HTML, Built, Job, Outcome
from trygglofte.publishing.ledger import read_ledger
from trygglofte.publishing.looking import Looks, Seen, seen
from trygglofte.publishing.records import MANIFEST, RECORD, is_whole, read_basis, read_record
from trygglofte.publishing.sharing import shares_to_publish
from trygglofte.publishing.store import Store, StoreError
from trygglofte.reasons import FEWER, reason, run_out
from trygglofte.skeleton import skeleton_of

if TYPE_CHECKING:
    from trygglofte.history import Past
    from trygglofte.model import Shared

Build = Callable[[Sequence[Job], int | None], Iterator[Built]]
OnBuilt = Callable[[Built], None]

_CARD = "kort/{}"
"""By this name it is kept how many pages a municipality's version has."""
_PORTALS_OWN = ("assets", "pagefind", "sok", "aktuellt")
"""Folders of the portal beside its pages of prose; a test holds them to what they are elsewhere."""


def build_all(jobs: Sequence[Job], workers: int | None) -> Iterator[Built]:
    """Build what there is to build, side by side (`workers.build_all`). Where there is nothing, nothing is loaded."""
    if jobs:
        from trygglofte.publishing import workers as crew

        yield from crew.build_all(jobs, workers)


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
    looks: Looks
    today: date
    with_search: bool = True
    workers: int | None = None
    on_built: OnBuilt = lambda built: None
    build: Build = build_all
    given_past: Past | None = None
    """What git knows, where that is not to be asked in `root` itself."""

    @property
    def common(self) -> dict[str, str]:
        """What all sites are made of, as it lies on disk now."""
        found = common_ingredients(self.root, self.today, self.looks)
        return found if self.with_search else {**found, "sökindex": "utan"}

    @cached_property
    def past(self) -> Past:
        """What git knows of the data."""
        from trygglofte.history import gather

        return gather(self.root) if self.given_past is None else self.given_past

    @cached_property
    def _shared_files(self) -> tuple[Shared, list[Problem]]:
        from trygglofte import sites

        try:
            return sites.shared_files(self.root)
        except sites.RefusedError as refused:
            raise PublishError(
                "De gemensamma filerna har fel, så inget byggs. Det som låg ute ligger kvar.",
                refused.problems,
            ) from None

    @property
    def shared(self) -> Shared:
        """What all municipalities share. Raises PublishError where it has errors."""
        return self._shared_files[0]

    @property
    def advice(self) -> list[Problem]:
        """The advice on what is shared. Raises PublishError where it has errors."""
        return self._shared_files[1]


@contextmanager
def one_run(
    root: Path, output: Path, today: date, with_search: bool = True, workers: int | None = None,
    on_built: OnBuilt = lambda built: None, build: Build = build_all, past: Past | None = None,
) -> Iterator[Run]:  # fmt: skip
    """A run that has the store to itself. Raises PublishError."""
    store = Store(output)
    if not output.is_symlink():  # nothing is live: no folder is made for files that cannot be understood
        Run(root, store, Looks(store.folder), today).shared  # noqa: B018 - raises
    try:
        store.prepare()
        with store.only_one(), store.swept():
            looks = Looks(store.folder)
            try:
                yield Run(root, store, looks, today, with_search, workers, on_built, build, past)
            finally:
                looks.save()
    except StoreError as error:
        raise PublishError(str(error)) from None
    except OSError as error:
        short = run_out(error)
        why = f"{short} {FEWER}" if short else f"Det gick inte att skriva i {output.parent}: {reason(error)}."
        raise PublishError(f"{why} Det som låg ute ligger kvar.") from None


def known_municipalities(root: Path, only: Sequence[str]) -> list[str]:
    """The folders of all municipalities. Raises PublishError where one that is named is not among them."""
    slugs = slugs_of(root)
    unknown = [slug for slug in only if slug not in slugs]
    if unknown:
        raise PublishError(
            f"Det finns ingen kommun som heter {', '.join(unknown)}. Det finns: {', '.join(slugs)}."
        )
    return slugs


def slugs_of(root: Path) -> list[str]:
    """The folders of municipalities, in order of name, as `Library.slugs` has them."""
    data = root / "data"
    if not data.is_dir():
        return []
    with os.scandir(data) as found:
        return sorted(entry.name for entry in found if entry.is_dir() and not entry.name.startswith("."))


@dataclass(frozen=True)
class Work:
    """What a run aims at: the version of each municipality, how many pages those that are there have, and the rest."""

    common: Ingredients
    targets: Mapping[str, Path]
    there: Mapping[str, int]
    jobs: Sequence[Job]
    refused: Sequence[Built]


def work_of(run: Run, chosen: Sequence[str]) -> Work:
    """What is to be done for the chosen municipalities. The same for the same files, day and store."""
    store, common = run.store, run.common
    key = key_of(common)
    taken = _taken(run.root)
    files = own_files(run.root, slugs_of(run.root), run.today, run.looks)
    past = _keys_of_the_past(run)
    shares = shares_to_publish(run.root, store.folder, key, files, run.looks, lambda: run.shared)
    linked = store.linked()
    targets: dict[str, Path] = {}
    there: dict[str, int] = {}
    jobs = []
    for slug in chosen:
        if slug in taken:
            continue
        mine = shares.of(slug)
        target = store.version(slug, version_key(key, files[slug], run.today, past.get(slug, ""), mine))
        targets[slug] = target
        pages = _pages(run.looks, slug, target)
        if pages is not None and (target in linked or is_whole(target / HTML, target / MANIFEST)):
            there[slug] = pages
        else:
            jobs.append(_job(run, slug, target, common, mine))
    return Work(common, targets, there, jobs, [_refused(slug) for slug in sorted(taken.intersection(chosen))])


def _pages(looks: Looks, slug: str, version: Path) -> int | None:
    """How many pages a version has, or None where it has no record that can be read."""

    def made() -> tuple[int | None, bool]:
        record = read_record(version)
        return (record.pages, True) if record else (None, False)

    pages: int | None = looks.value(_CARD.format(slug), lambda: seen((version / RECORD,)), made)
    return pages


def keep_pages(looks: Looks, slug: str, version: Path, pages: int) -> None:
    """Keep how many pages a version has that was made in this run, so that the next one need not read its record."""
    looks.keep_own(_CARD.format(slug), seen((version / RECORD,)), pages)


def _keys_of_the_past(run: Run) -> Mapping[str, str]:
    """What git knows of each municipality, as a key; one that git knows nothing of is left out."""
    from trygglofte.history.git import state

    def made() -> dict[str, str]:
        return {slug: run.past.of(slug).key for slug in {path.split("/")[1] for path in run.past.files}}

    if run.given_past is not None:
        return made()
    now = state(run.root)
    found: dict[str, str] = run.looks.value("historiken", lambda: Seen(now, 0), lambda: (made(), bool(now)))
    return found


def _job(run: Run, slug: str, target: Path, common: Ingredients, mine: Shares) -> Job:
    live = run.store.live(slug)
    before = read_record(live) if live else None
    past = run.past.of(slug)
    own = municipality_ingredients(run.root, slug, run.today, past, mine)
    made_of = read_basis(live).ingredients if live else {}
    unknown = "det är inte känt vad den gjordes av" if live else "den har ingen webbplats än"
    why = differences(made_of, {**common, **own}) if made_of else [unknown]
    return Job(
        run.root, slug, run.shared, run.today, target, common, own, past,
        read_ledger(run.store.ledgers, slug), before.documents if before else 0, run.with_search, why, mine,
    )  # fmt: skip


def _taken(root: Path) -> set[str]:
    """Addresses below the portal that no municipality can have: the portal's own pages and files lie there."""
    return {
        *_PORTALS_OWN,
        *(path.stem for path in (skeleton_of(root) / "content").glob("*.md")),
    }


def _refused(slug: str) -> Built:
    message = f"Mappen kan inte heta ”{slug}”: den adressen är upptagen av en av portalens egna sidor."
    return Built(
        slug,
        Outcome.FAILED,
        problems=[Problem(f"data/{slug}", 1, 1, "upptagen-adress", message, "Döp om mappen.")],
    )
