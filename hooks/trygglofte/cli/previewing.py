"""The command `preview`: the sites that a change concerns, marked, in a folder that can be put anywhere."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from trygglofte.cli.clock import day_option
from trygglofte.cli.differing import differences_from
from trygglofte.cli.project import console, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.differing import SiteDifference
from trygglofte.differing.previewing import CHANGES, changes_page, marked
from trygglofte.library import Library
from trygglofte.publishing import PublishError, publish
from trygglofte.wording import counted


@click.command(cls=Command, help="Bygg en förhandsvisning av det som har ändrats sedan BAS.")
@click.argument("bas", metavar="BAS")
@click.option("--out", type=click.Path(path_type=Path), default="forhandsvisning", metavar="MAPP",
              help="Ny mapp för förhandsvisningen (annars forhandsvisning).")  # fmt: skip
@day_option
def preview(bas: str, out: Path, today: date) -> None:
    """Plain files without links. A municipality with errors is told of on the page of changes, and has no site."""
    root = project_root()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise click.ClickException(f"{out} finns redan. Ta bort den, eller välj en annan mapp med --out.")
    sites = differences_from(root, bas, today)
    there = Library(root).slugs()
    slugs = [site.slug for site in sites if site.slug in there]
    with tempfile.TemporaryDirectory(prefix="trygglofte-") as folder:
        output = Path(folder, "site")
        try:
            release = publish(root, output, today, only=slugs or there[:1])
        except PublishError as error:
            show(error.problems, root)
            raise click.ClickException(str(error)) from None
        show([problem for problem in release.problems if problem.is_error], root)
        _copy(output, out, sites)
    console.print(f"{counted(len(slugs), 'kommun', 'kommuner')} har ändrats: öppna {out / CHANGES / 'index.html'}",
                  markup=False)  # fmt: skip


def _copy(site: Path, out: Path, sites: Sequence[SiteDifference]) -> None:
    pages = {
        f"{one.slug}/{document.address}index.html": [document]
        for one in sites
        for document in one.documents
        if document.is_there
    }
    for place, _, names in os.walk(site, followlinks=True):
        for name in names:
            if name == "404.html":  # it is shown at any address, so it knows no way to the list of changes
                continue
            path = Path(place, name)
            relative = path.relative_to(site).as_posix()
            target = out / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            if name.endswith(".html"):
                html = path.read_text("utf-8")
                root = "../" * relative.count("/") or "./"
                target.write_text(marked(html, root, pages.get(relative, ())), "utf-8")
            else:
                shutil.copyfile(path, target)
    frame = (site / "aktuellt" / "index.html").read_text("utf-8")
    target = out / CHANGES / "index.html"
    target.parent.mkdir()
    target.write_text(marked(changes_page(frame, sites), "../"), "utf-8")
