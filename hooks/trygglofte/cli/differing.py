"""The command `diff`: what residents will see otherwise, against a version that git knows or another folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import click

from trygglofte.cli.clock import day_option
from trygglofte.cli.project import console, project_root, show
from trygglofte.cli.swedish import Command
from trygglofte.differing import SiteDifference, as_json, as_markdown, as_text, differ, differ_shared
from trygglofte.history import branching_point, files_at
from trygglofte.library import Checked, Library
from trygglofte.model import Shared
from trygglofte.sharing import find_shares

_FORMATS = {"text": as_text, "md": as_markdown, "json": as_json}


@click.command(cls=Command, help="Säg vad invånarna ser som är annorlunda, jämfört med BAS.")
@click.argument("bas", metavar="BAS")
@click.argument(
    "nu", required=False, metavar="[MAPP]", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--format", "form", type=click.Choice(tuple(_FORMATS)), default="text", metavar="FORMAT",
              help="text (annars), md eller json.")  # fmt: skip
@day_option
def diff(bas: str, nu: Path | None, form: str, today: date) -> None:
    """BAS is a branch, tag or version in git, or the folder of a project; what is there now is compared with it."""
    sites = differences_from((nu or project_root()).absolute(), bas, today)
    told = _FORMATS[form](sites)
    if form == "text":
        console.print(told, end="", markup=False)
    else:
        click.echo(told, nl=False)


def differences_from(root: Path, bas: str, today: date) -> list[SiteDifference]:
    """What differs in a project's folder from a version that git knows, or from another folder."""
    if "/" in bas and (Path(bas) / "data").is_dir():
        return _differences(Path(bas).absolute(), root, today)
    with tempfile.TemporaryDirectory(prefix="trygglofte-") as folder:
        _lay_out(Path(folder), _files(root, bas))
        return _differences(Path(folder), root, today)


def _files(root: Path, reference: str) -> Mapping[str, bytes]:
    version = branching_point(root, reference)
    files = files_at(root, version, "data") if version else None
    if files is None:
        raise click.ClickException(
            f"Det går inte att hitta ”{reference}” i projektets historik. Skriv en gren, till exempel origin/main, "
            "och hämta hela historiken med git fetch."
        )
    return files


def _lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    (folder / "data").mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _differences(before: Path, after: Path, today: date) -> list[SiteDifference]:
    old, new = Library(before), Library(after)
    then, now = old.shared(), new.shared()
    if now.shared is None:
        show(now.problems, after)
        raise click.ClickException("De gemensamma filerna har fel. Rätta dem först, så går det att jämföra.")
    shared = then.shared or now.shared
    sites = [differ_shared(shared, now.shared, today)]
    changed = (
        slug
        for slug in sorted({*old.slugs(), *new.slugs()})
        if then.shared is None or _bytes_of(before / "data" / slug) != _bytes_of(after / "data" / slug)
    )
    return sites + [
        differ(slug, _checked(old, slug, shared), _checked(new, slug, now.shared), after, today)
        for slug in changed
    ]


def _checked(library: Library, slug: str, shared: Shared) -> Checked | None:
    if slug not in library.slugs():
        return None
    return library.municipality(slug, shared, find_shares(library.root, shared).of(slug).ids)


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return dict(_files_below(folder, folder))


def _files_below(folder: Path, top: Path) -> Iterator[tuple[str, bytes]]:
    """Every real file below a folder. No link is followed."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(top).as_posix(), path.read_bytes()
