"""The command `trygglofte`: check, build and serve. Reads the clock and the environment; nothing else does."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from trygglofte import sites
from trygglofte.library import Library
from trygglofte.problems import Problem, in_order
from trygglofte.publishing import Built, Outcome, PublishError, Release, publish
from trygglofte.reporting import as_github, as_text, source_lines
from trygglofte.serving import serve_site
from trygglofte.wording import counted, number

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date:
    if value is None:
        return _today()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"”{value}” är inget datum. Skriv till exempel 2026-11-22.") from None


def _root() -> Path:
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "data").is_dir():
            return folder
    raise click.ClickException("Hittar inte projektet. Gå till mappen där mkdocs.yml och data/ ligger.")


def _show(problems: Sequence[Problem], root: Path) -> None:
    if not problems:
        return
    if os.environ.get("GITHUB_ACTIONS") == "true":
        click.echo(as_github(in_order(list(problems))), nl=False)
    errors.print(as_text(in_order(list(problems)), source_lines(root)), end="")


@click.group(help="Trygglöfte: medborgarlöften, överenskommelser och lägesbilder som webbplatser.")
def main() -> None:
    """The command itself; what it does stands in its subcommands."""


_day_option = click.option("--dag", "today", callback=_day, metavar="DATUM", help="Räkna som om det vore den dagen (ÅÅÅÅ-MM-DD).")
_out_option = click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, metavar="MAPP", help="Mapp för webbplatserna (annars site).")


@main.command(help="Kontrollera det som är skrivet, utan att bygga något.")
@click.argument("kommuner", nargs=-1, metavar="[KOMMUN …]")
def check(kommuner: tuple[str, ...]) -> None:
    """Every problem of the shared files and of the chosen municipalities; exit status 1 if any is an error."""
    root = _root()
    library = Library(root)
    checked = library.shared()
    problems = list(checked.problems)
    slugs = library.slugs()
    _known(kommuner, slugs)
    if checked.shared:
        for slug in kommuner or slugs:
            problems += library.municipality(slug, checked.shared).problems
    _show(problems, root)
    wrong = sum(problem.is_error for problem in problems)
    if wrong:
        errors.print(f"[bold red]{counted(wrong, 'fel', 'fel')}[/] och {counted(len(problems) - wrong, 'råd', 'råd')}. Rätta felen, så går det att publicera.")
        sys.exit(1)
    console.print(f"[bold green]Inga fel[/] i {counted(len(kommuner or slugs), 'kommun', 'kommuner')}." + (f" {counted(len(problems), 'råd', 'råd')}." if problems else ""))


def _known(chosen: Sequence[str], slugs: Sequence[str]) -> None:
    unknown = [slug for slug in chosen if slug not in slugs]
    if unknown:
        raise click.ClickException(f"Det finns ingen kommun som heter {', '.join(unknown)}. Det finns: {', '.join(slugs)}.")


@main.command(help="Bygg webbplatserna. Utan KOMMUN byggs alla som har ändrats.")
@click.argument("kommuner", nargs=-1, metavar="[KOMMUN …]")
@_out_option
@_day_option
@click.option("--utan-sok", is_flag=True, help="Gör inget sökindex (för mätningar).")
def build(kommuner: tuple[str, ...], out: Path | None, today: date, utan_sok: bool) -> None:
    """Build and make live; exit status 1 if any municipality failed."""
    root = _root()
    started = time.perf_counter()
    try:
        release = _with_progress(root, (out or root / "site").absolute(), today, kommuner, not utan_sok)
    except PublishError as error:
        _show(error.problems, root)
        raise click.ClickException(str(error)) from None
    _show(release.problems, root)
    _summary(release, time.perf_counter() - started)
    if release.failed:
        sys.exit(1)


def _with_progress(root: Path, out: Path, today: date, only: Sequence[str], with_search: bool) -> Release:
    total = len(only or Library(root).slugs())
    if not console.is_terminal:
        return publish(root, out, today, only=only, with_search=with_search, on_built=lambda built: console.print(_line(built)))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Bygger", total=total)

        def on_built(built: Built) -> None:
            progress.console.print(_line(built))
            progress.update(task, advance=1)

        return publish(root, out, today, only=only, with_search=with_search, on_built=on_built)


def _line(built: Built) -> str:
    colour = {Outcome.BUILT: "green", Outcome.UNCHANGED: "dim", Outcome.FAILED: "bold red"}[built.outcome]
    took = f" på {built.seconds:.1f} s".replace(".", ",") if built.outcome is Outcome.BUILT else ""
    pages = f"  {counted(built.pages, 'sida', 'sidor')}" if built.pages else ""
    return f"  [{colour}]{built.outcome:<10}[/]  {built.slug:<20}{pages}{took}"


def _summary(release: Release, seconds: float) -> None:
    live = len([built for built in release.built if built.outcome is not Outcome.FAILED])
    advice = sum(not problem.is_error for problem in release.problems)
    took = f"{seconds:.1f}".replace(".", ",")
    console.print(f"\n{counted(live, 'kommun', 'kommuner')} och portalen, {counted(release.pages, 'sida', 'sidor')}, {took} s."
                  + (f" {counted(advice, 'råd', 'råd')} ovan." if advice else ""))  # fmt: skip
    for slug in release.failed:
        left = "dess förra webbplats ligger kvar" if slug in release.kept else "den har ingen webbplats än"
        console.print(f"[bold red]{slug} har fel[/] (se ovan): {left}.")
    start = release.output / "index.html"
    console.print(f"Öppna [bold]{start.as_uri()}[/] eller kör [bold]trygglofte serve[/] för att också kunna söka.")


@main.command(help="Visa webbplatserna på den egna datorn, och bygg om när något ändras.")
@click.option("--port", default=8000, show_default=True, help="Port på den egna datorn.")
@_out_option
@_day_option
def serve(port: int, out: Path | None, today: date) -> None:
    """Build, serve on 127.0.0.1 and build again at every change, until stopped."""
    root = _root()
    output = (out or root / "site").absolute()

    def rebuild() -> None:
        started = time.perf_counter()
        try:
            release = publish(root, output, today)
        except PublishError as error:
            _show(error.problems, root)
            errors.print(f"[bold red]{error}[/]")
            return
        _show(release.problems, root)
        for built in release.built:
            if built.outcome is not Outcome.UNCHANGED:
                console.print(_line(built))
        console.print(f"[dim]Klart på {time.perf_counter() - started:.1f} s.[/]".replace(".", ",", 1))

    try:
        serve_site(root, output, port, rebuild, on_ready=lambda address: console.print(f"Webbplatserna visas på [bold]{address}[/]. Avsluta med Ctrl+C."))
    except OSError as error:
        raise click.ClickException(f"Det går inte att använda port {number(port)}: {error.strerror}. Välj en annan med --port.") from None
