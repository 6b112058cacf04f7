"""The commands for those who write: bring a file to its one form, and have a mistake explained."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from trygglofte import describing
from trygglofte.cli.project import chosen_files, console, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.explaining import as_text, explanation, nearest
from trygglofte.formatting import Formatted, format_document, model_of
from trygglofte.wording import counted


@click.command(cls=Command, help="Skriv om filerna till en gemensam form, utan att ändra vad de betyder.")
@click.argument("vad", nargs=-1, metavar="[KOMMUN|FIL …]")
@click.option("--kontrollera", is_flag=True, help="Ändra inget; säg vilka filer som skulle ändras.")
def fmt(vad: tuple[str, ...], kontrollera: bool) -> None:
    """Format the chosen files; exit status 1 if one cannot be read, or with --kontrollera would change."""
    root = project_root()
    problems, changed = [], []
    for path, formatted in _formatted(root, chosen_files(root, vad)):
        problems += formatted.problems
        if formatted.changed and formatted.text is not None:
            changed.append(path.relative_to(root).as_posix())
            if not kontrollera:
                replace_file(path, formatted.text)
    show(problems, root)
    for name in changed:
        console.print(f"  {'skulle ändras' if kontrollera else 'ändrad'}  {name}")
    console.print(f"{counted(len(changed), 'fil', 'filer')} {'skulle ändras' if kontrollera else 'ändrade'}.")
    if problems or (kontrollera and changed):
        sys.exit(1)


def _formatted(root: Path, files: list[Path]) -> Iterator[tuple[Path, Formatted]]:
    for path in files:
        name = path.relative_to(root).as_posix()
        model = model_of(name)
        if model is not None:
            yield path, format_document(path.read_bytes(), name, model)


def replace_file(path: Path, text: str) -> None:
    """Write the whole file or nothing of it."""
    fresh = path.with_name(f".ny-{os.getpid()}-{path.name}")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)


@click.command(cls=Command, help="Förklara ett slag av fel, till exempel kolon-i-text.")
@click.argument("slag")
def forklara(slag: str) -> None:
    """What a kind of problem means, with wrong and right."""
    found = explanation(slag)
    if found is None:
        near = nearest(slag)
        more = f" Menade du {' eller '.join(near)}?" if near else " Alla står i docs/fel.md."
        raise click.ClickException(f"Det finns inget som heter ”{slag}”.{more}")
    click.echo(as_text(found), nl=False)


@click.command(
    cls=Command, help="Förnya det som görs av modellen: scheman, referens, mallar och inställningar."
)
@click.option("--kontrollera", is_flag=True, help="Ändra inget; säg vilka filer som är gamla.")
def schema(kontrollera: bool) -> None:
    """Write every generated file that differs; with --kontrollera exit status 1 if there is any."""
    root = project_root()
    try:
        old = describing.stale(root)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    for name, text in old.items():
        console.print(f"  {'gammal' if kontrollera else 'borttagen' if text is None else 'förnyad'}  {name}")
        if kontrollera:
            continue
        if text is None:
            (root / name).unlink()
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            replace_file(root / name, text)
    if kontrollera and old:
        raise click.ClickException("Filerna stämmer inte med modellen. Kör trygglofte schema.")
    if not old:
        console.print("Allt stämmer med modellen.")
