"""`trygglofte rollback`: what was live before becomes live again."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape

from trygglofte.cli.commands import main
from trygglofte.cli.project import console, project_root
from trygglofte.publishing import StoreError, roll_back
from trygglofte.wording import counted


@main.command(
    help="Lägg tillbaka den förra versionen av alla webbplatser. Nästa bygge lägger ut det som gäller då."
)
@click.option(
    "--steg",
    default=1,
    type=click.IntRange(1),
    metavar="ANTAL",
    help="Hur många versioner tillbaka (annars 1).",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="MAPP", help="Mapp för webbplatserna (annars site)."
)
def rollback(steg: int, out: Path | None) -> None:
    """Make an earlier version live, if its files are still those of its manifest."""
    output = (out or project_root() / "site").absolute()
    try:
        left = roll_back(output, steg)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    console.print(f"Nu visas det som låg ute {counted(steg, 'version', 'versioner')} tidigare.")
    console.print(
        f"[dim]Det går att gå {left} till bakåt. Lägg ut det senaste igen med [bold]trygglofte build[/].[/]"
    )
    console.print(f"Öppna {escape((output / 'index.html').as_uri())}")
