"""The command `due`: what is late and what is due within a month, for people and for the nightly issues."""

from __future__ import annotations

import sys
from datetime import date

import click

from trygglofte import reminding
from trygglofte.cli.clock import day_option
from trygglofte.cli.project import console, errors, known, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.library import Library
from trygglofte.sharing import find_shares


@click.command(cls=Command, help="Säg vad som är försenat, och vad som ska redovisas den närmaste månaden.")
@click.argument("kommuner", nargs=-1, metavar="[KOMMUN …]")
@click.option("--format", "form", type=click.Choice(("text", "md", "json")), default="text", metavar="FORMAT",
              help="text (annars), md eller json.")  # fmt: skip
@day_option
def due(kommuner: tuple[str, ...], form: str, today: date) -> None:
    """A municipality with errors is left out, and said; exit status 1 only where none could be read."""
    root = project_root()
    library = Library(root)
    known(kommuner, library.slugs())
    shared = library.shared()
    if shared.shared is None:
        show(shared.problems, root)
        raise click.ClickException("De gemensamma filerna har fel. Rätta dem först.")
    shares = find_shares(root, shared.shared)
    dues = []
    for slug in kommuner or library.slugs():
        checked = library.municipality(slug, shared.shared, shares.of(slug).ids)
        if checked.municipality is None or not checked.ok:
            errors.print(f"{slug} har fel och är inte med: kör trygglofte check {slug}.", markup=False)
            continue
        dues.append(reminding.due_in(checked.municipality, root, today))
    if not dues:
        sys.exit(1)
    if form == "json":
        click.echo(reminding.as_json(dues), nl=False)
    elif form == "md":
        texts = [f"# {one.title}\n\n{reminding.as_markdown(one)}" for one in dues if one.reminders]
        click.echo("\n".join(texts), nl=False)
    else:
        console.print(reminding.as_text(dues), end="", markup=False)
