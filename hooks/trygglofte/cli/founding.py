"""`new arkiv`: a folder that is to be a municipality's own repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click
from rich.markup import escape

from trygglofte.cli.project import console
from trygglofte.history import main_line
from trygglofte.skeleton import CHECKOUT
from trygglofte.starting import Archive, Question, StartError, Tool, start_archive

_OURS = {
    "data/teman.yml": "data/teman.yml",
    "data/ordlista.yml": "data/ordlista.yml",
    ".github/pull_request_template.md": ".github/pull_request_template.md",
}
"""What the new repository begins with of this one's: where it is to lie → where it lies here."""


def found(
    answers: Mapping[str, str | None],
    repository: str,
    today: date,
    ask: Callable[[Question, str], str] | None,
) -> None:
    """Write every file of a new repository into a folder named as the municipality, in the current folder."""
    here = next(main_line(CHECKOUT), None)
    if here is None:
        raise click.ClickException(
            "Det går inte att säga vilken version av programmet arkivet ska bero på. Hämta programmet med git clone."
        )
    files = {path: (CHECKOUT / own).read_text("utf-8") for path, own in _OURS.items()}
    try:
        slug, archive = start_archive(
            answers, Tool(repository, here.commit, version("trygglofte"), files), today, ask
        )
    except StartError as error:
        raise click.ClickException(str(error)) from None
    folder = Path.cwd() / slug
    if folder.exists():
        raise click.ClickException(
            f"Mappen {slug} finns redan. Gå till en annan mapp, eller välj ett annat namn."
        )
    _write(folder, archive)
    console.print(f"Skapade mappen [bold]{escape(slug)}[/] med {len(archive.files)} filer. Kvar att göra:")
    for todo in archive.left:
        console.print(f"  • {escape(todo)}")
    console.print("Börja med README.md. Mappen blir ett förråd med git init.")


def _write(folder: Path, archive: Archive) -> None:
    for name, text in archive.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
