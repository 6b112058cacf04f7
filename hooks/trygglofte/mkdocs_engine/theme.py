"""Material's templates as a site uses them: kept from site to site, and without what nobody loads."""

from __future__ import annotations

import os
from pathlib import Path

import jinja2
from mkdocs.theme import Theme

from trygglofte.pages.environment import kept_bytecode

_environments: dict[tuple[str, ...], jinja2.Environment] = {}


class _WithoutIcons(jinja2.FileSystemLoader):
    """Finds templates as any loader, but does not list the 14 000 icons that Material keeps in hidden folders."""

    def list_templates(self) -> list[str]:
        """Every file of the theme's folders that MkDocs might copy."""
        found: set[str] = set()
        for base in map(Path, self.searchpath):
            for folder, folders, names in os.walk(base):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update((Path(folder) / name).relative_to(base).as_posix() for name in names)
        return sorted(found)


class SharedTheme(Theme):
    """A theme whose Jinja environment is kept per list of folders, so that templates are compiled once."""

    def get_env(self) -> jinja2.Environment:
        """The environment for the theme's folders."""
        folders = tuple(self.dirs)
        if folders not in _environments:
            env = super().get_env()
            env.trim_blocks = env.lstrip_blocks = True
            env.loader = _WithoutIcons(folders)
            env.bytecode_cache = kept_bytecode()
            _environments[folders] = env
        return _environments[folders]


def forget_frames() -> None:
    """Read the frame's templates again when they are next asked for."""
    _environments.clear()
