"""One publication on several machines: plan, build a part on each, merge. Byte for byte what one machine gives.

Every machine works out the same plan from the same files, day and store. A part is a folder with versions of its
municipalities and `resultat.json`, which says what came of each. Merging takes only versions that this
machine would have made itself, by their keys, and whose files are those of their manifests.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from trygglofte.problems import Problem, Severity
from trygglofte.publishing.fingerprints import program_key
from trygglofte.publishing.jobs import HTML, Built, Job, Outcome
from trygglofte.publishing.records import MANIFEST, is_whole, read_record
from trygglofte.publishing.releasing import Release, publish
from trygglofte.publishing.store import keep_templates
from trygglofte.publishing.work import OnBuilt, build_all, known_municipalities, one_run, work_of

RESULT = "resultat.json"
_VERSIONS = "kommun"
MAX_SHARDS = 64


@dataclass(frozen=True)
class Plan:
    """Which municipalities each machine builds, heaviest first; and those that are live as they should be."""

    shards: tuple[tuple[str, ...], ...]
    unchanged: tuple[str, ...]


def plan_shards(root: Path, output: Path, today: date, count: int, *, with_search: bool = True) -> Plan:
    """Divide what has changed among at most `count` machines, by how much there is to read.

    No shard is empty, so there are none where nothing has changed. Raises PublishError as `publish` does.
    """
    slugs = known_municipalities(root, ())
    with one_run(root, output, today, with_search) as run:
        run.advice  # noqa: B018 - nothing is planned where what all share has errors
        work = work_of(run, slugs)
        return Plan(_balanced([job.slug for job in work.jobs], root, count), tuple(sorted(work.there)))


def _balanced(slugs: Sequence[str], root: Path, count: int) -> tuple[tuple[str, ...], ...]:
    """The heaviest first, each to the lightest shard: never more than a third over the best there is."""
    weights = {slug: _weight(root / "data" / slug) for slug in slugs}
    shards: list[list[str]] = [[] for _ in range(min(count, len(slugs)))]
    loads = [0] * len(shards)
    for slug in sorted(slugs, key=lambda slug: (-weights[slug], slug)):
        lightest = loads.index(min(loads))
        shards[lightest].append(slug)
        loads[lightest] += weights[slug]
    return tuple(map(tuple, shards))


def _weight(folder: Path) -> int:
    return 1 + sum(path.lstat().st_size for path in folder.rglob("*.yml"))


def build_shard(
    root: Path, output: Path, today: date, number: int, count: int, part: Path, *,
    with_search: bool = True, workers: int | None = None, on_built: OnBuilt = lambda built: None,
) -> list[Built]:  # fmt: skip
    """Build shard `number` (from 1) of `count` into the folder `part`. Nothing is made live.

    `output` is where the store lies as it was when the plan was made. Raises PublishError as `publish` does.
    """
    slugs = known_municipalities(root, ())
    with one_run(root, output, today, with_search, workers) as run:
        run.advice  # noqa: B018 - nothing is planned where what all share has errors
        work = work_of(run, slugs)
        shards = _balanced([job.slug for job in work.jobs], root, count)
        mine = shards[number - 1] if number <= len(shards) else ()
        keep_templates(root, program_key(work.common))
        jobs = [_moved(job, part) for job in work.jobs if job.slug in mine]
        part.mkdir(parents=True, exist_ok=True)
        built = []
        for done in build_all(jobs, run.workers):
            on_built(done)
            built.append(done)
    built.sort(key=lambda done: done.slug)
    (part / RESULT).write_text(
        json.dumps([asdict(done) for done in built], ensure_ascii=False, indent=1, sort_keys=True), "utf-8"
    )
    return built


def _moved(job: Job, part: Path) -> Job:
    folder = part / _VERSIONS / job.slug
    folder.mkdir(parents=True, exist_ok=True)
    return replace(job, target=folder / job.target.name)


def merge(
    root: Path, output: Path, today: date, parts: Sequence[Path], *, with_search: bool = True,
    on_built: OnBuilt = lambda built: None,
) -> Release:  # fmt: skip
    """Put the parts together with what was live, build the portal, verify and make it live.

    A municipality that failed on its machine, or never came, keeps its last good site. Raises PublishError.
    """
    return publish(root, output, today, with_search=with_search, on_built=on_built, build=_brought(parts))


def _brought(parts: Sequence[Path]) -> Callable[[Sequence[Job], int | None], Iterator[Built]]:
    """What makes versions of jobs by taking them from the parts they were built in."""

    def bring(jobs: Sequence[Job], _workers: int | None) -> Iterator[Built]:
        told = {done.slug: (done, part) for part in parts for done in _results(part)}
        for job in jobs:
            done, part = told.get(job.slug, (None, None))
            came = (
                done is not None
                and part is not None
                and (
                    done.outcome is Outcome.FAILED
                    or _take(part / _VERSIONS / job.slug / job.target.name, job.target)
                )
            )
            yield done if done and came else _absent(job.slug)

    return bring


def _take(found: Path, target: Path) -> bool:
    """Copy a version into the store, where it is whole; nothing else of a part is looked at."""
    if found.is_symlink() or read_record(found) is None or not is_whole(found / HTML, found / MANIFEST):
        return False
    if any(path.is_symlink() for path in found.rglob("*")):
        return False
    fresh = target.with_name(f".ny-{target.name}")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(found, fresh)
    if target.exists():  # it has no readable record
        shutil.rmtree(target)
    fresh.rename(target)
    return True


def _absent(slug: str) -> Built:
    message = "Webbplatsen kom inte fram från den maskin som skulle bygga den."
    hint = "Kör publiceringen igen. Blir det samma fel: läs loggen för den delen."
    return Built(slug, Outcome.FAILED, problems=[Problem(f"data/{slug}", 1, 1, "stoppad", message, hint)])


def _results(part: Path) -> list[Built]:
    """What a part says came of its municipalities; nothing where that cannot be read."""
    try:
        return [_built(values) for values in json.loads((part / RESULT).read_text("utf-8"))]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _built(values: Mapping[str, Any]) -> Built:
    problems = [Problem(**{**one, "severity": Severity(one["severity"])}) for one in values["problems"]]
    outcome = Outcome(values["outcome"])
    return Built(
        str(values["slug"]),
        outcome,
        int(values["pages"]),
        float(values["seconds"]),
        problems,
        list(values["why"]),
    )
