"""The command `new`: begin a document from the period before, by answering questions or by options.

`new arkiv`, a repository of a municipality's own, is `founding`'s.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click
from rich.markup import escape

from trygglofte.cli.clock import day_option
from trygglofte.cli.project import console, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.starting import KINDS, Question, Started, StartError, start


@click.command(
    cls=Command,
    help=f"Börja på ett dokument. VAD är {', '.join(KINDS)}, eller arkiv: en kommuns eget förråd.",
)
@click.argument("vad", metavar="VAD")
@click.argument("kommun", required=False, metavar="[KOMMUN]")
@click.option("--titel", metavar="RUBRIK", help="Rubriken.")
@click.option("--id", metavar="ID", help="Filens namn, utan .yml.")
@click.option("--period", metavar="PERIOD", help="2026-09, 2027, eller 2026-09-15–2026-10-14.")
@click.option("--lofte", metavar="ID", help="Löftet som uppföljningen gäller.")
@click.option("--ersatter", metavar="ID", help="Det som det nya tar vid efter, eller inget.")
@click.option("--namn", metavar="NAMN", help="Kommunens namn.")
@click.option("--kortnamn", metavar="NAMN", help="Kommunens namn, utan ordet kommun.")
@click.option("--kod", metavar="KOD", help="Kommunens kod, fyra siffror.")
@click.option("--verktyg", metavar="ÄGARE/NAMN", default="trygglofte/trygglofte",
              help="För arkiv: programmets förråd på GitHub (annars trygglofte/trygglofte).")  # fmt: skip
@day_option
def new(vad: str, verktyg: str, today: date, **answers: str | None) -> None:
    """Write a begun file, or add a follow-up to one, and say what is left to fill in."""
    ask = _asked if sys.stdin.isatty() else None
    if vad.strip().lower() == "arkiv":
        from trygglofte.cli.founding import found

        found(answers, verktyg, today, ask)
        return
    root = project_root()
    try:
        started = start(vad, root, answers, today, ask)
    except StartError as error:
        show(error.problems, root)
        raise click.ClickException(str(error)) from None
    _write(root / started.path, started)
    console.print(f"{'Ändrade' if started.replaces_text_of else 'Skapade'} [bold]{escape(started.path)}[/]")
    for todo in started.left:
        console.print(f"  • {escape(todo)}")


def _asked(question: Question, proposed: str) -> str:
    """Ask until the answer can be understood."""
    while True:
        text: str = click.prompt(question.text, default=proposed, show_default=bool(proposed), err=True)
        try:
            if text.strip():
                question.parse(text)
            elif question.required:
                raise StartError("Här behövs ett svar.")
            return text
        except StartError as error:
            click.echo(str(error), err=True)


def _write(path: Path, started: Started) -> None:
    """Write the whole file or nothing of it, with its line endings as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not started.replaces_text_of:
        with path.open("xb") as file:
            file.write(started.text.encode())
        return
    fresh = path.with_name(f".ny-{os.getpid()}-{path.name}")
    fresh.write_bytes(started.text.encode())
    fresh.replace(path)
