"""What every command needs: where the project is, which files were meant, and how problems are shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from trygglofte.problems import Problem, in_order

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def project_root() -> Path:
    """The project's folder: the nearest one upwards that holds data/, with mkdocs.yml beside it or portal.yml in it."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        marks = (folder / "mkdocs.yml", folder / "data/portal.yml")
        if (folder / "data").is_dir() and any(mark.is_file() for mark in marks):
            return folder
    raise click.ClickException("Hittar inte projektet. Gå till mappen där data/ ligger, med portal.yml i.")


def show(problems: Sequence[Problem], root: Path) -> None:
    """Every problem in the terminal's error stream, and in GitHub Actions as annotations too."""
    if not problems:
        return
    from trygglofte.reporting import as_annotations, as_text, source_lines

    if os.environ.get("GITHUB_ACTIONS") == "true":
        click.echo(as_annotations(in_order(list(problems))), nl=False)
    errors.print(as_text(in_order(list(problems)), source_lines(root)), end="")


def known(chosen: Sequence[str], slugs: Sequence[str]) -> None:
    """Refuse municipalities that are not there."""
    unknown = [slug for slug in chosen if slug not in slugs]
    if unknown:
        there = ", ".join(slugs) or "inga kommuner än"
        raise click.ClickException(
            f"Det finns ingen kommun som heter {', '.join(unknown)}. Det finns: {there}."
        )


def chosen(root: Path, named: Sequence[str]) -> tuple[list[str], set[str]]:
    """The municipalities meant by names and paths, and the files (POSIX, from the root) named one by one.

    Without names every municipality is meant. A path outside data/ means nothing here, so that a hook may
    hand over everything that has changed.
    """
    from trygglofte.library import Library

    slugs = Library(root).slugs()
    found: dict[str, None] = {}
    files: set[str] = set()
    for name in named:
        path = Path(name)
        if name in slugs:
            found[name] = None
        elif path.suffix or "/" in name:
            absolute = path if path.is_absolute() else Path.cwd() / path
            inside = absolute.resolve().relative_to(root.resolve()) if _is_inside(absolute, root) else None
            if inside and inside.parts[0] == "data" and len(inside.parts) > 1:
                files.add(inside.as_posix())
                if inside.parts[1] in slugs:
                    found[inside.parts[1]] = None
        else:
            known([name], slugs)
    return (list(found) if named else slugs), files


def _is_inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def chosen_files(root: Path, named: Sequence[str]) -> list[Path]:
    """The YAML files meant: those named, those of the named municipalities, or all of data/."""
    if not named:
        return sorted((root / "data").rglob("*.yml"))
    from trygglofte.library import Library

    _, files = chosen(root, named)
    folders = [name for name in named if name in Library(root).slugs()]
    paths = {root / file for file in files if (root / file).is_file()}
    return sorted(paths.union(*((root / "data" / name).rglob("*.yml") for name in folders)))
