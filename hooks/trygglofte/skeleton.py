"""Where a site's skeleton lies: mkdocs.yml, the program in hooks/, templates in overrides/ and prose in content/.

In this project they lie beside data/. A municipality's own repository holds data alone, and the skeleton is the
checkout that the program runs from: so what a change of such a repository brings is never run.
"""

from __future__ import annotations

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
"""The checkout that this program runs from. The project is never installed in another way."""


def skeleton_of(root: Path) -> Path:
    """The folder with the skeleton of the project at `root`: its own, or this program's where it has none."""
    return root if (root / "mkdocs.yml").is_file() or (root / "overrides").is_dir() else CHECKOUT


def named(path: Path, root: Path) -> str | None:
    """A file of the project, or of its skeleton, as it is named to people. None for one that is in neither."""
    for folder in (root, skeleton_of(root)):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return None
