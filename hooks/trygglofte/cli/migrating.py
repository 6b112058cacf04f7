"""The command `migrate`: files of an earlier version become files of today's, in place, with comments kept."""

from __future__ import annotations

import click

from trygglofte.cli.editing import replace_file
from trygglofte.cli.project import console, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.migrating import MigrateError
from trygglofte.migrating import migrate as migrated
from trygglofte.wording import counted


@click.command(cls=Command, help="Skriv om filerna till dagens version av vad som får stå i dem.")
@click.option("--prova", is_flag=True, help="Ändra inget; säg vad som skulle göras.")
def migrate(prova: bool) -> None:
    """All of data/ or nothing of it: no file is written before every one of them could be rewritten."""
    root = project_root()
    paths = [
        path for path in sorted((root / "data").rglob("*.yml")) if path.is_file() and not path.is_symlink()
    ]
    try:
        found = migrated({path.relative_to(root).as_posix(): path.read_bytes() for path in paths})
    except MigrateError as error:
        show(error.problems, root)
        raise click.ClickException(str(error)) from None
    if found.before == found.after:
        console.print(f"Filerna är redan skrivna för version {found.after}, som är den senaste.")
        return
    for said in found.said:
        console.print(f"  • {said}", markup=False)
    for name, text in found.texts.items():
        if not prova:
            replace_file(root / name, text)
        console.print(f"  {'skulle ändras' if prova else 'ändrad'}  {name}", markup=False)
    many = counted(len(found.texts), "fil", "filer")
    console.print(
        f"{many} {'skulle gå' if prova else 'gick'} från version {found.before} till {found.after}."
        " Läs igenom ändringen, och kör trygglofte check."
    )
