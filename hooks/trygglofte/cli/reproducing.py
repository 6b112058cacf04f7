"""`trygglofte reproduce`: the same project is built again under other conditions, and every file compared."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from rich.markup import escape

from trygglofte.cli.clock import day_option
from trygglofte.cli.project import console, known, project_root
from trygglofte.cli.swedish import Command
from trygglofte.history import repository
from trygglofte.library import Library
from trygglofte.moments import Moment
from trygglofte.publishing.reproducing import (
    Condition,
    Difference,
    compare,
    conditions,
    edit,
    lay_out,
    put_back,
)
from trygglofte.wording import counted

_SHOWN = 10
_START = """
import os, sys, time
os.umask(int(sys.argv.pop(), 8))
moved = int(sys.argv.pop())
clock, clock_ns, local, utc = time.time, time.time_ns, time.localtime, time.gmtime
time.time = lambda: clock() + moved
time.time_ns = lambda: clock_ns() + moved * 10**9
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: utc(time.time() if seconds is None else seconds)
from trygglofte.cli import main
main()
"""
"""How a build is started: with its umask and its clock. The clock is moved before anything of ours is loaded."""


@click.command(
    cls=Command,
    help="Bygg flera gånger under olika villkor, och jämför varje fil. Rör inte det som ligger ute.",
)
@click.argument("kommuner", nargs=-1, metavar="[KOMMUN …]")
@click.option("--antal", default=3, type=click.IntRange(2, 20), metavar="ANTAL",
              help="Hur många gånger (annars 3).")  # fmt: skip
@day_option
def reproduce(kommuner: tuple[str, ...], antal: int, today: date) -> None:
    """Exit status 0 when all builds gave the same files, byte for byte, and 1 otherwise."""
    root = project_root()
    known(kommuner, Library(root).slugs())
    chosen = conditions(antal)
    with tempfile.TemporaryDirectory(prefix="trygglofte-") as name:
        top = Path(name).resolve()
        first, faults, files = None, 0, 0
        for number, condition in enumerate(chosen, 1):
            site = _built(root, top / str(number), condition, kommuner, today)
            console.print(f"  bygge {number}  {_said(condition)}", markup=False)
            if first is None:
                first = site
                continue
            files, found = compare(first, site)
            faults += len(found)
            _show(found, number)
    if faults:
        raise click.ClickException(
            "Byggena blev inte lika. Något som inte är indata har nått filerna: se ovan var det börjar."
        )
    console.print(
        f"Alla {antal} byggen gav samma {counted(files, 'fil', 'filer')}, byte för byte.", markup=False
    )


def _built(root: Path, folder: Path, condition: Condition, only: Sequence[str], today: date) -> Path:
    """Build a copy of the project as a condition has it. Gives the folder of the site."""
    before = os.umask(int(condition.umask, 8))
    try:
        project = lay_out(root, folder / condition.folder, condition.order, repository(root))
    finally:
        os.umask(before)
    if condition.incremental:
        edited = edit(project, only)
        _build(project, condition, only, today)
        put_back(edited)
    _build(project, condition, only, today)
    return project / "site"


def _build(project: Path, condition: Condition, only: Sequence[str], today: date) -> None:
    moment = f"{today} {today.clock:%H:%M}" if isinstance(today, Moment) else str(today)
    words = ["build", *only, "--dag", moment, "--processer", str(condition.processes)]
    # MkDocs has a clock of its own and takes this for it; ours follows --dag.
    environment = {
        **os.environ,
        **condition.environment,
        "SOURCE_DATE_EPOCH": str(10**9 + abs(condition.clock)),
    }
    if (project / "hooks" / "trygglofte").is_dir():
        environment["PYTHONPATH"] = str(project / "hooks")
    done = subprocess.run(
        [sys.executable, "-c", _START, *words, str(condition.clock), condition.umask],
        cwd=project, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        click.echo(done.stderr or done.stdout, err=True, nl=False)
        raise click.ClickException(
            "Bygget gick inte, så det finns inget att jämföra. Rätta felen ovan först."
        )


def _said(condition: Condition) -> str:
    world = condition.environment
    order = "filerna i namnordning" if condition.order is None else "filerna i annan ordning"
    parts = [
        f"tidszon {world['TZ']}", f"språk {world['LC_ALL']}", f"hashfrö {world['PYTHONHASHSEED']}",
        f"umask {condition.umask}", counted(condition.processes, "process", "processer"), order,
        f"klockan flyttad {counted(condition.clock // 86_400, 'dygn', 'dygn')}",
        "ovanpå ett annat bygge" if condition.incremental else "från början",
    ]  # fmt: skip
    return ", ".join(parts)


def _show(found: Sequence[Difference], number: int) -> None:
    for one in found[:_SHOWN]:
        if one.here == "both":
            where = f"skiljer sig från {one.place}"
        else:
            where = f"finns bara i bygge {1 if one.here == 'first' else number}"
        console.print(f"[bold red]{escape(one.name)}[/] {where}")
        if one.here == "both":
            console.print(f"    bygge 1: {one.texts[0]}\n    bygge {number}: {one.texts[1]}", markup=False)
    if len(found) > _SHOWN:
        console.print(f"… och {counted(len(found) - _SHOWN, 'fil', 'filer')} till.")
