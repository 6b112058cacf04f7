"""The command `check`: every problem of the chosen municipalities or files, for people, CI and programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from trygglofte import advice
from trygglofte.cli.clock import day_option
from trygglofte.cli.project import chosen, console, errors, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.history import gather
from trygglofte.library import Library
from trygglofte.problems import Problem, has_errors, in_order
from trygglofte.progress import the_day
from trygglofte.reporting import as_annotations, as_json, as_sarif, as_summary
from trygglofte.rules.personal_data import in_messages
from trygglofte.sharing import find_shares
from trygglofte.sites import told_by_the_past
from trygglofte.wording import counted

_FORMATS = ("text", "github", "json", "sarif")


@click.command(cls=Command, help="Kontrollera det som är skrivet, utan att bygga något.")
@click.argument("vad", nargs=-1, metavar="[KOMMUN|FIL …]")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", metavar="FORMAT",
              help="text (annars), github, json eller sarif.")  # fmt: skip
@click.option("--meddelanden", metavar="FIL",
              help="Sök personuppgifter i det som sparas med en ändring. Ett streck betyder standard in.")  # fmt: skip
@click.option("--utan-rad", is_flag=True, help="Visa bara fel, inga råd.")
@day_option
def check(vad: tuple[str, ...], form: str, meddelanden: str | None, utan_rad: bool, today: date) -> None:
    """Exit status 1 if there is any error. Files named one by one show the problems of those files alone.

    Messages alone are checked when nothing else is named.
    """
    root = project_root()
    slugs, files = chosen(root, vad) if vad or meddelanden is None else ([], set())
    problems = _problems(root, slugs, None if utan_rad else today) if vad or meddelanden is None else []
    if files:
        problems = [problem for problem in problems if problem.file in files]
    if meddelanden is not None:
        problems += in_messages(_read(meddelanden), Library(root).declared())
    if utan_rad:
        problems = [problem for problem in problems if problem.is_error]
    _tell(in_order(problems), form, len(slugs), root)
    if any(problem.is_error for problem in problems):
        sys.exit(1)


def _read(name: str) -> str:
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    return raw.decode("utf-8-sig", "replace")


def _problems(root: Path, slugs: Sequence[str], today: date | None) -> list[Problem]:
    """Every problem; with a day the advice of that day too."""
    library = Library(root)
    checked = library.shared()
    problems = list(checked.problems)
    if checked.shared is None:
        return problems
    if today:
        problems += advice.advise_portal(checked.shared, today)
    shares = find_shares(root, checked.shared)
    past = gather(root)
    for slug in slugs:
        read = library.municipality(slug, checked.shared, shares.of(slug).ids)
        problems += read.problems
        if read.municipality and not has_errors(read.problems):
            problems += told_by_the_past(read.municipality, past.of(slug))
        if read.municipality and today:
            problems += advice.advise(read.municipality, the_day(read.municipality, today))
    return problems


def _tell(problems: list[Problem], form: str, many: int, root: Path) -> None:
    if form == "json":
        click.echo(as_json(problems), nl=False)
    elif form == "sarif":
        click.echo(as_sarif(problems), nl=False)
    elif form == "github":
        click.echo(as_annotations(problems), nl=False)
        _summarise(as_summary(problems, many))
    else:
        show(problems, root)
        _conclude(problems, many)


def _summarise(text: str) -> None:
    """Add to the step's summary where GitHub asks for it, else print it."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        click.echo(text, nl=False)
        return
    with Path(target).open("a", encoding="utf-8") as summary:
        summary.write(text)


def _conclude(problems: list[Problem], many: int) -> None:
    wrong = sum(problem.is_error for problem in problems)
    hints = len(problems) - wrong
    if wrong:
        kinds = dict.fromkeys(problem.kind for problem in problems if problem.is_error)
        errors.print(
            f"[bold red]{counted(wrong, 'fel', 'fel')}[/] och {counted(hints, 'råd', 'råd')}."
            " Rätta felen, så går det att publicera."
        )
        errors.print(f"[dim]Läs mer: trygglofte forklara {next(iter(kinds))}[/]")
        return
    where = counted(many, "kommun", "kommuner") if many else "meddelandet"
    more = f" {counted(hints, 'råd', 'råd')}, som inte hindrar något." if hints else ""
    console.print(f"[bold green]Inga fel[/] i {where}.{more}")
