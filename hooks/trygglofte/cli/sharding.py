"""The commands `plan` and `merge`, and what `build --shard` does: one publication on several machines."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from trygglofte.cli.clock import day_option
from trygglofte.cli.project import console, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.moments import Moment
from trygglofte.personal import masked
from trygglofte.publishing import (
    Built,
    Outcome,
    PublishError,
    Release,
    build_shard,
    plan_shards,
)
from trygglofte.publishing import merge as merge_parts
from trygglofte.publishing.sharding import MAX_SHARDS
from trygglofte.reporting import in_markdown
from trygglofte.wording import counted

_out = click.option(
    "--out", type=click.Path(path_type=Path), metavar="MAPP", help="Mapp för webbplatserna (annars site)."
)
_SHARD = re.compile(r"([1-9]\d?)/([1-9]\d?)")


def shard_of(value: str) -> tuple[int, int]:
    """Which shard of how many, as `2/3`."""
    found = _SHARD.fullmatch(value)
    if found and int(found[1]) <= int(found[2]) <= MAX_SHARDS:
        return int(found[1]), int(found[2])
    raise click.ClickException(f"”{value}” är ingen del. Skriv till exempel 1/3, högst {MAX_SHARDS} delar.")


@click.command(cls=Command, help="Säg som JSON vilka kommuner som ska byggas, och på vilken maskin.")
@click.option("--shards", "count", type=click.IntRange(1, MAX_SHARDS), default=4, metavar="ANTAL",
              help="Högst så många delar (annars 4).")  # fmt: skip
@_out
@day_option
def plan(count: int, out: Path | None, today: date) -> None:
    """One line, for a matrix. `delar` are what `build --shard` takes; `dag` is to be given to every command."""
    root = project_root()
    try:
        found = plan_shards(root, (out or root / "site").absolute(), today, count)
    except PublishError as error:
        raise _refused(error, root) from None
    moment = f"{today} {today.clock:%H:%M}" if isinstance(today, Moment) else str(today)
    values = {
        "dag": moment,
        "delar": [f"{number}/{count}" for number in range(1, len(found.shards) + 1)],
        "kommuner": [list(shard) for shard in found.shards],
        "oförändrade": list(found.unchanged),
    }
    click.echo(json.dumps(values, ensure_ascii=False))


def build_part(root: Path, out: Path, today: date, shard: tuple[int, int], part: Path) -> None:
    """What `build --shard` does. A municipality that fails is told of, and is no failure of the part."""
    try:
        built = build_shard(root, out, today, *shard, part, on_built=_said)
    except PublishError as error:
        raise _refused(error, root) from None
    show([problem for done in built for problem in done.problems], root)
    console.print(
        f"Del {shard[0]} av {shard[1]}: {counted(len(built), 'kommun', 'kommuner')} i {part}", markup=False
    )


def _said(built: Built) -> None:
    console.print(f"  {built.outcome:<10}  {built.slug}", markup=False)


@click.command(cls=Command, help="Sätt ihop delar som har byggts var för sig, och lägg ut dem.")
@click.argument("delar", nargs=-1, metavar="[MAPP …]", type=click.Path(path_type=Path))
@click.option("--resultat", type=click.Path(path_type=Path), metavar="FIL",
              help="Skriv som JSON hur det gick för varje kommun.")  # fmt: skip
@_out
@day_option
def merge(delar: tuple[Path, ...], resultat: Path | None, out: Path | None, today: date) -> None:
    """Exit status 0 when something was published; municipalities that failed are told of in `--resultat`.

    Without `--resultat` the exit status is 1 when any failed, as for `build`.
    """
    root = project_root()
    try:
        release = merge_parts(root, (out or root / "site").absolute(), today, delar, on_built=_said)
    except PublishError as error:
        raise _refused(error, root) from None
    show(release.problems, root)
    if resultat:
        resultat.write_text(json.dumps(_issues(release), ensure_ascii=False, indent=1), "utf-8")
    console.print(f"{counted(release.pages, 'sida', 'sidor')} ligger ute i {release.output}", markup=False)
    if release.failed and not resultat:
        sys.exit(1)


def _issues(release: Release) -> list[dict[str, Any]]:
    """A title and a text for each municipality's issue; no text where all is well and the issue is to be closed."""
    return [
        {
            "kommun": built.slug, "rubrik": f"Publiceringen gick inte: {built.slug}",
            "text": _text(built, release.kept) if built.outcome is Outcome.FAILED else "",
        }
        for built in release.built
    ]  # fmt: skip


def _text(built: Built, kept: Sequence[str]) -> str:
    left = "Den förra webbplatsen ligger kvar." if built.slug in kept else "Kommunen har ingen webbplats än."
    errors = [problem for problem in built.problems if problem.is_error]
    said = [f"{one.file}, rad {one.line}: {one.message} {one.hint}".rstrip() for one in errors]
    lines = [f"- {in_markdown(masked(line))}" for line in said]
    return (
        "\n".join([f"{left} Ärendet stängs av sig självt när publiceringen går igen.", "", *lines[:60]])
        + "\n"
    )


def _refused(error: PublishError, root: Path) -> click.ClickException:
    show(error.problems, root)
    return click.ClickException(str(error))
