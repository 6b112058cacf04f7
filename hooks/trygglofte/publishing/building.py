"""One site is built into a fresh folder and verified. Runs in a worker; gives values, never an exception."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from trygglofte import searching, sites
from trygglofte.mkdocs_engine import build_site
from trygglofte.outputs import redirects
from trygglofte.pages import Site, card_of
from trygglofte.problems import Problem, has_errors
from trygglofte.publishing.fingerprints import municipality_ingredients
from trygglofte.publishing.jobs import HTML, Built, Job, Outcome
from trygglofte.publishing.lasting import addresses_of, lost, redirects_of
from trygglofte.publishing.mishaps import guarded
from trygglofte.publishing.records import MANIFEST, Basis, Record, write_manifest, write_record

_LOST_AT_ONCE = 5
"""One document in so many may be taken away at once without a word."""


def build_municipality(job: Job) -> Built:
    """Build a municipality's site into `job.target`, which comes into being whole or not at all."""
    started = time.perf_counter()
    fresh = job.target.with_name(f".ny-{os.getpid()}-{job.target.name}")
    shutil.rmtree(fresh, ignore_errors=True)  # of a worker that died, and had the same number
    pages: list[int] = []
    try:
        problems = guarded(job.slug, job.root, lambda: _build(job, fresh, pages))
        seconds = time.perf_counter() - started
        if has_errors(problems):
            return Built(job.slug, Outcome.FAILED, 0, seconds, problems, job.why)
        return Built(job.slug, Outcome.BUILT, pages[0], seconds, problems, job.why)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _build(job: Job, fresh: Path, count: list[int]) -> list[Problem]:
    site, pages, problems = sites.municipal_site(
        job.root, job.slug, job.shared, job.today, job.past, job.mine
    )
    problems = [*problems, *lost(job.ledger, site, job.slug), *_lost_at_once(job, site)]
    if has_errors(problems):
        return problems
    html = fresh / HTML
    html.mkdir(parents=True)
    build_site(site, pages, html, job.processes)
    if not site.is_below_portal:
        add_rules(html, redirects_of(site), site.address)
    problems += sites.verify_site(html, site, pages, processes=job.processes)
    if has_errors(problems):
        return problems
    card = card_of(site)
    if job.with_search:
        known = searching.Known.of(site, pages)
        searching.index_site(html, known)
        searching.keep(known, card.searchable, fresh / searching.KEPT)
    write_manifest(html, fresh / MANIFEST)
    record = Record(card, len(pages), _documents(site), redirects_of(site))
    write_record(fresh, record, Basis({**job.common, **job.own}, addresses_of(site)))
    count.append(len(pages))
    if municipality_ingredients(job.root, job.slug, job.today, job.past, job.mine) != job.own:
        return [*problems, Problem(f"data/{job.slug}", 1, 1, "andrad-under-bygget",
                                   "Filerna ändrades medan webbplatsen byggdes.", "Bygg igen.")]  # fmt: skip
    _put(fresh, job.target)
    return problems


def add_rules(html: Path, moved: Mapping[str, str], address: str) -> None:
    """Put redirect rules at the root of a server: for a site with its own, or for the portal and all below it.

    `moved` is old → new, both from the site's start, and `address` the full address of that.
    """
    base = urlsplit(address).path
    for name, text in redirects.render({base + old: base + new for old, new in moved.items()}).items():
        with (html / name).open("a", encoding="utf-8") as rules:  # Apache has one file for rules and headers
            rules.write(text)


def _documents(site: Site) -> int:
    """How many documents of its own a site is made of: what others share comes and goes with them."""
    own = [filed for filed in site.everything.documents if site.owner(filed) is None]
    return len(own) + len(site.withdrawn)


def _lost_at_once(job: Job, site: Site) -> Iterator[Problem]:
    """An error where more than a fifth of the documents are gone since the live site, and nobody has said so."""
    now, file = _documents(site), site.everything.file
    said = file.part.fewer_documents
    if now * _LOST_AT_ONCE >= job.documents * (_LOST_AT_ONCE - 1) or (said and said.count <= now):
        return
    yield file.problem(
        "manga-borta", f"Webbplatsen har {job.documents} dokument, men i mappen finns nu bara {now}.",
        "Lägg tillbaka filerna. Är det meningen att de ska bort: skriv i kommun.yml "
        f"”färre_dokument: {{antal: {now}, varför: …}}”.",
    )  # fmt: skip


def _put(fresh: Path, target: Path) -> None:
    """Move a finished site to its place. What lies there has no readable record, and is moved out of the way."""
    if target.exists():
        target.rename(fresh.with_name(f"{fresh.name}-gammal"))
    fresh.rename(target)
