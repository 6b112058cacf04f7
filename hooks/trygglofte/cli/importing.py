"""The command `import`: an edited table back into the files."""

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
from trygglofte.importing import Imported, import_table
from trygglofte.model.base import shown
from trygglofte.wording import counted


@click.command(
    "import", cls=Command, help="För in en tabell (CSV) som har ändrats i ett kalkylprogram i filerna."
)
@click.argument("tabell", metavar="TABELL.csv", type=click.Path(path_type=Path))
@click.option("--prova", is_flag=True, help="Ändra inget; säg vad som skulle ändras.")
@day_option
def import_(tabell: Path, prova: bool, today: date) -> None:
    """Write the changed files; exit status 1, and nothing written, if anything is wrong."""
    root = project_root()
    try:
        raw = tabell.read_bytes()
    except OSError:
        raise click.ClickException(f"Tabellen {tabell} går inte att läsa. Kontrollera namnet.") from None
    found = import_table(root, raw, tabell.name, today)
    if found.problems:
        show(found.problems, tabell.absolute().parent)
        raise click.ClickException("Inget har ändrats. Rätta tabellen och försök igen.")
    _tell(found)
    if not prova:
        for name, content in found.files.items():
            _write(root / name, content)
    files = counted(len(found.files), "fil", "filer")
    cells = counted(len(found.changes), "cell", "celler")
    would = "skulle ändras" if prova else "ändrade"
    console.print(f"{cells} i {files} {would}." if found.files else "Tabellen säger samma som filerna.")
    if found.files and not prova:
        console.print("Kör [bold]trygglofte check[/] och läs igenom ändringarna innan de läggs ut.")
    sys.stdout.flush()


def _tell(found: Imported) -> None:
    for change in found.changes:
        place = f"{change.column.name} i {change.row.filed.file}"
        before = f"”{shown(change.before)}”" if change.before else "inget"
        after = f"”{shown(change.after)}”" if change.after else "inget"
        console.print(f"  rad {change.number}  {escape(place)}  {escape(before)} → {escape(after)}")


def _write(path: Path, content: bytes) -> None:
    """Write the whole file or nothing of it, with its line endings as they are."""
    fresh = path.with_name(f".ny-{os.getpid()}-{path.name}")
    fresh.write_bytes(content)
    fresh.replace(path)
