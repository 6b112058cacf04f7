"""What check, build and serve do, and what they say."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click
from rich.markup import escape

from trygglofte.amounts import counted
from trygglofte.cli.clock import day_option
from trygglofte.cli.project import console, project_root, show
from trygglofte.cli.swedish import Group
from trygglofte.problems import Problem, in_order
from trygglofte.publishing import Built, Outcome, PublishError, Release, publish
from trygglofte.reasons import reason


def _port(_context: click.Context, _parameter: click.Parameter, value: str) -> int:
    if value.isdecimal() and int(value) < 65536:
        return int(value)
    raise click.BadParameter(f"”{value}” är ingen port. Skriv ett tal mellan 1 och 65535.")


@click.group(cls=Group, help="Trygglöfte: medborgarlöften, överenskommelser och lägesbilder som webbplatser.")
def main() -> None:
    """The command itself; what it does stands in its subcommands.

    It runs for a moment and mostly makes things that live until it ends, so the collector seldom looks.
    """
    gc.set_threshold(100_000, 50, 100)


_out_option = click.option(
    "--out", type=click.Path(path_type=Path), metavar="MAPP", help="Mapp för webbplatserna (annars site)."
)


@main.command(help="Bygg webbplatserna. Utan KOMMUN byggs alla som har ändrats.")
@click.argument("kommuner", nargs=-1, metavar="[KOMMUN …]")
@_out_option
@day_option
@click.option("--utan-sok", is_flag=True, help="Gör inget sökindex (för mätningar).")
@click.option(
    "--shard", metavar="DEL", help="Bygg bara en del, till exempel 1/3, i mappen --del. Se plan och merge."
)
@click.option("--del", "part", type=click.Path(path_type=Path), metavar="MAPP", help="Mapp för delen.")
@click.option(
    "--processer",
    "workers",
    type=click.IntRange(1),
    metavar="ANTAL",
    help="Bygg högst så många kommuner samtidigt (annars en för varje processor).",
)
@click.option("--varfor", "--explain", "explain", is_flag=True, help="Säg varför varje webbplats byggs.")
def build(
    kommuner: tuple[str, ...], out: Path | None, today: date, utan_sok: bool, shard: str | None,
    part: Path | None, workers: int | None, explain: bool,
) -> None:  # fmt: skip
    """Build and make live; exit status 1 if any municipality failed."""
    root = project_root()
    if shard or part:
        _build_part(root, (out or root / "site").absolute(), today, shard, part)
        return
    started = time.perf_counter()
    try:
        release = _with_progress(
            root,
            (out or root / "site").absolute(),
            today,
            kommuner,
            not utan_sok,
            workers,
            _explained if explain else _line,
        )
    except PublishError as error:
        show(error.problems, root)
        raise click.ClickException(str(error)) from None
    errors = [problem for problem in release.problems if problem.is_error]
    advice = [problem for problem in release.problems if not problem.is_error]
    show(in_order([*errors, *advice[:_MOST_ADVICE]]), root)
    _summary(release, time.perf_counter() - started)
    if release.failed:
        sys.exit(1)


_MOST_ADVICE = 20
"""A build has something else to say at its end; `check` tells all advice."""


def _build_part(root: Path, out: Path, today: date, shard: str | None, part: Path | None) -> None:
    from trygglofte.cli.sharding import build_part, shard_of

    if not shard or not part:
        raise click.ClickException("--shard och --del hör ihop: skriv båda.")
    build_part(root, out, today, shard_of(shard), part)


def _with_progress(
    root: Path, out: Path, today: date, only: Sequence[str], with_search: bool, workers: int | None,
    told: Callable[[Built], str],
) -> Release:  # fmt: skip
    run = partial(publish, root, out, today, only=only, with_search=with_search, workers=workers)
    if not console.is_terminal:
        return run(on_built=lambda built: console.print(told(built)))
    from trygglofte.library import Library

    total = len(only or Library(root).slugs())
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Bygger", total=total)

        def on_built(built: Built) -> None:
            progress.console.print(told(built))
            progress.update(task, advance=1)

        return run(on_built=on_built)


def _line(built: Built) -> str:
    colour = {Outcome.BUILT: "green", Outcome.UNCHANGED: "dim", Outcome.FAILED: "bold red"}[built.outcome]
    took = f" på {built.seconds:.1f} s".replace(".", ",") if built.outcome is Outcome.BUILT else ""
    pages = f"  {counted(built.pages, 'sida', 'sidor')}" if built.pages else ""
    return f"  [{colour}]{built.outcome:<10}[/]  {escape(f'{built.slug:<20}')}{pages}{took}"


def _explained(built: Built) -> str:
    return "\n".join([_line(built), *(f"              [dim]{escape(reason)}[/]" for reason in built.why)])


def _summary(release: Release, seconds: float) -> None:
    live = len([built for built in release.built if built.outcome is not Outcome.FAILED])
    advice = sum(not problem.is_error for problem in release.problems)
    took = f"{seconds:.1f}".replace(".", ",")
    above = f" {counted(advice, 'råd', 'råd')} ovan." if advice else ""
    if advice > _MOST_ADVICE:
        above = f" De första {_MOST_ADVICE} av {advice} råd står ovan; ”trygglofte check” visar alla."
    sites = f"{counted(live, 'kommun', 'kommuner')} och portalen, {counted(release.pages, 'sida', 'sidor')}"
    counts = {outcome: sum(built.outcome is outcome for built in release.built) for outcome in Outcome}
    said = (
        counted(counts[Outcome.BUILT], "byggd", "byggda"),
        f"{counted(counts[Outcome.UNCHANGED], 'oförändrad', 'oförändrade')} som inte byggdes",
        f"{counts[Outcome.FAILED]} med fel",
    )
    told = ", ".join(words for words, outcome in zip(said, Outcome, strict=True) if counts[outcome])
    console.print(f"\n{sites}, {took} s: {told}.{above}")
    for built in release.built:
        if built.outcome is Outcome.FAILED:
            left = (
                "dess förra webbplats ligger kvar"
                if built.slug in release.kept
                else "den har ingen webbplats än"
            )
            console.print(f"[bold red]{escape(built.slug)} har fel[/] (se ovan): {left}.")
            console.print(f"    [dim]{escape(_first_fault(built))}[/]")
    start = release.output / "index.html"
    address = f"[bold]{escape(start.as_uri())}[/]"
    console.print(f"Öppna {address} eller kör [bold]trygglofte serve[/] för att också kunna söka.")


def _first_fault(built: Built) -> str:
    """Why a site failed, in one line: its first error, and how many more there are."""
    from trygglofte.personal import masked

    faults = [problem for problem in built.problems if problem.is_error]
    more = f" … och {len(faults) - 1} till" if len(faults) > 1 else ""
    return f"{faults[0].file}, rad {faults[0].line}: {masked(faults[0].message)}{more}" if faults else ""


@main.command(help="Visa webbplatserna på den egna datorn. Det du sparar syns i webbläsaren med en gång.")
@click.option(
    "--port", default="8000", callback=_port, metavar="PORT", help="Port på den egna datorn (annars 8000)."
)
@day_option
def serve(port: int, today: date) -> None:
    """Show the sites on 127.0.0.1 and follow every change, until stopped. Nothing is published."""
    root = project_root()

    def on_ready(address: str) -> None:
        console.print(f"Webbplatserna visas på [bold]{address}[/]. Avsluta med Ctrl+C.")

    from trygglofte.serving import serve_sites

    try:
        code_changed = serve_sites(root, port, today, _Teller(root), on_ready)
    except OSError as error:
        message = f"Det går inte att använda port {port}: {reason(error)}. Välj en annan med --port."
        raise click.ClickException(message) from None
    if code_changed:
        console.print("[dim]Programmet har ändrats och startar om.[/]")
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - the same command once more


class _Teller:
    """What is told in the terminal while sites are shown: errors in full, and of advice only what is new."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.advice: dict[str, set[Problem]] = {}

    def __call__(self, slug: str, problems: list[Problem], seconds: float) -> None:
        """A line for each municipality that was read again, after what is wrong with it."""
        wrong = [problem for problem in problems if problem.is_error]
        advice = {problem for problem in problems if not problem.is_error}
        new = advice - self.advice[slug] if slug in self.advice else set()
        if not wrong:
            self.advice[slug] = advice
        show([*wrong, *new], self.root)
        if slug and wrong:
            console.print(f"  [bold red]{escape(slug)} har fel[/] (se ovan). Felen står också på sidan.")
        elif slug:
            many = f"  [dim]{counted(len(advice), 'råd', 'råd')}, se trygglofte check[/]" if advice else ""
            took = f"{seconds:.2f} s".replace(".", ",")
            console.print(f"  [green]läst[/]  {escape(slug):<20}  [dim]{took}[/]{many}")
        elif wrong:
            console.print(
                "  [bold red]De gemensamma filerna har fel[/] (se ovan). Det som visades ligger kvar."
            )
