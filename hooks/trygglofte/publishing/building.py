"""One site is built into a fresh folder and verified. Runs in a worker; gives values, never an exception."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from trygglofte import searching, sites
from trygglofte.mkdocs_engine import build_site
from trygglofte.model import Shared
from trygglofte.pages import PortalCard, card_of
from trygglofte.problems import Problem, has_errors
from trygglofte.publishing.fingerprints import municipality_key
from trygglofte.publishing.mishaps import guarded

HTML = "html"
RECORD = "kort.json"


class Outcome(StrEnum):
    """What came of a site."""

    BUILT = "byggd"
    UNCHANGED = "oförändrad"
    FAILED = "fel"


@dataclass(frozen=True)
class Built:
    """What came of one site. `seconds` is wall time; `pages` how many pages it has."""

    slug: str
    outcome: Outcome
    pages: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Job:
    """A municipality to be built: where its data is and where its site goes. `common` is the key of what is shared."""

    root: Path
    slug: str
    shared: Shared
    today: date
    target: Path
    common: str
    with_search: bool = True


def build_municipality(job: Job) -> Built:
    """Build a municipality's site into `job.target`, which comes into being whole or not at all."""
    started = time.perf_counter()
    fresh = job.target.with_name(f".ny-{os.getpid()}-{job.target.name}")
    pages: list[int] = []
    try:
        problems = guarded(job.slug, job.root, lambda: _build(job, fresh, pages))
        if has_errors(problems):
            return Built(job.slug, Outcome.FAILED, 0, time.perf_counter() - started, problems)
        return Built(job.slug, Outcome.BUILT, pages[0], time.perf_counter() - started, problems)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _build(job: Job, fresh: Path, count: list[int]) -> list[Problem]:
    site, pages, problems = sites.municipal_site(job.root, job.slug, job.shared, job.today)
    html = fresh / HTML
    html.mkdir(parents=True)
    build_site(site, pages, html)
    problems = problems + sites.verify_site(html, site, pages)
    if has_errors(problems):
        return problems
    card = card_of(site)
    if job.with_search:
        known = searching.Known.of(site, pages)
        searching.index_site(html, known)
        searching.keep(known, card.searchable, fresh / searching.KEPT)
    write_record(fresh, card, len(pages), problems)
    count.append(len(pages))
    if municipality_key(job.root, job.slug, job.common) != job.target.name:
        return [*problems, Problem(f"data/{job.slug}", 1, 1, "andrad-under-bygget",
                                   "Filerna ändrades medan webbplatsen byggdes.", "Bygg igen.")]  # fmt: skip
    _put(fresh, job.target)
    return problems


def _put(fresh: Path, target: Path) -> None:
    """Move a finished site to its place. What lies there has no readable record, and is moved out of the way."""
    if target.exists():
        target.rename(fresh.with_name(f"{fresh.name}-gammal"))
    fresh.rename(target)


def write_record(folder: Path, card: PortalCard, pages: int, problems: list[Problem]) -> None:
    """Keep what the portal says of a site, and the advice it gave rise to, beside it."""
    advice = [[p.file, p.line, p.column, p.kind, p.message, p.hint, p.field] for p in problems]
    values = {"kort": card.as_values(), "sidor": pages, "råd": advice}
    (folder / RECORD).write_text(
        json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8"
    )


def read_record(folder: Path) -> tuple[PortalCard, int] | None:
    """The card and the number of pages of a site that was built before, or None where it cannot be read."""
    try:
        values = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return PortalCard.from_values(values["kort"]), int(values["sidor"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
