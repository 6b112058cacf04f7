"""One site is built into a fresh folder and verified. Runs in a worker; gives values, never an exception."""

from __future__ import annotations

import json
import os
import shutil
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from jinja2 import TemplateError

from trygglofte import searching, sites
from trygglofte.mkdocs_engine import EngineError, build_site
from trygglofte.model import Shared
from trygglofte.pages import PortalCard, card_of
from trygglofte.problems import Problem, has_errors, in_order

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
    """A municipality to be built: where its data is and where its site goes."""

    root: Path
    slug: str
    shared: Shared
    today: date
    target: Path
    with_search: bool = True


def build_municipality(job: Job) -> Built:
    """Build a municipality's site into `job.target`, which comes into being whole or not at all."""
    started = time.perf_counter()
    fresh = job.target.with_name(f".ny-{os.getpid()}-{job.target.name}")
    pages: list[int] = []
    try:
        problems = guarded(job.slug, lambda: _build(job, fresh, pages))
        if has_errors(problems):
            return Built(job.slug, Outcome.FAILED, 0, time.perf_counter() - started, problems)
        fresh.replace(job.target)
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
    if job.with_search:
        searching.index_site(html)
    write_record(fresh, card_of(site), len(pages), problems)
    count.append(len(pages))
    return problems


def guarded(what: str, work: Callable[[], list[Problem]]) -> list[Problem]:
    """Run some work; whatever goes wrong becomes problems with a Swedish sentence."""
    try:
        return in_order(work())
    except sites.RefusedError as refused:
        return in_order(refused.problems)
    except EngineError as error:
        return [Problem("mkdocs.yml", 1, 1, "mallfel", str(error), "Rätta mallen eller inställningen, och bygg igen.")]
    except searching.SearchError as error:
        return [Problem(f"data/{what}", 1, 1, "sokindex", str(error), "Bygg igen. Blir det samma fel: säg till projektet.")]
    except TemplateError as error:
        place = getattr(error, "filename", None) or getattr(error, "name", None) or "mallen"
        name = Path(place).name
        return [Problem(f"overrides/pages/{name}", getattr(error, "lineno", None) or 1, 1, "mallfel",
                        f"Sidmallen går inte att använda: {error.message}.", "Rätta mallen, och bygg igen.")]  # fmt: skip
    except OSError as error:
        return [Problem(f"data/{what}", 1, 1, "disk", f"Det gick inte att läsa eller skriva filer: {error.strerror or error}.",
                        "Kontrollera utrymme och rättigheter, och bygg igen.")]  # fmt: skip
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return [Problem(f"data/{what}", 1, 1, "internt-fel",
                        f"Något oväntat gick fel i programmet ({type(error).__name__} i {Path(frame.filename).name}, rad {frame.lineno}: {error}).",
                        "Felet är vårt, inte ditt. Säg till projektet och bifoga filen.")]  # fmt: skip


def write_record(folder: Path, card: PortalCard, pages: int, problems: list[Problem]) -> None:
    """Keep what the portal says of a site, and the advice it gave rise to, beside it."""
    advice = [[p.file, p.line, p.column, p.kind, p.message, p.hint, p.field] for p in problems]
    values = {"kort": card.as_values(), "sidor": pages, "råd": advice}
    (folder / RECORD).write_text(json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


def read_record(folder: Path) -> tuple[PortalCard, int] | None:
    """The card and the number of pages of a site that was built before, or None where it cannot be read."""
    try:
        values = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return PortalCard.from_values(values["kort"]), int(values["sidor"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
