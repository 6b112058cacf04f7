"""Everything that describes the model to people and editors, generated from the model itself.

JSON Schemas, the reference page, starter files, issue forms and editor settings. `generated` gives them all as text
and writes nothing; what is in the repository must be the same, which `tests/test_describing.py` holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trygglofte.describing.editors import extensions_text, settings_text
from trygglofte.describing.forms import form_texts
from trygglofte.describing.kinds import KINDS
from trygglofte.describing.reference import reference_text
from trygglofte.describing.schemas import schema_text
from trygglofte.describing.starters import starter_text
from trygglofte.model import MunicipalityFile, ThemesFile, interpret
from trygglofte.model.shared import Theme
from trygglofte.reading import read_document

__all__ = ["KINDS", "generated", "stale"]

FOLDERS = ("schema", "docs/mallar")
"""Folders in which everything is generated, so that a file nobody generates any more is left over."""


def generated(root: Path) -> dict[str, str]:
    """Every generated file of a project: POSIX path from its folder → text with `\\n` line ends.

    Reads `data/teman.yml` and the names in each kommun.yml; raises `ValueError` where the first cannot be read.
    """
    themes = _themes(root)
    return {
        **{f"schema/{kind.id}.schema.json": schema_text(kind, themes) for kind in KINDS},
        **{f"docs/mallar/{kind.id}.yml": starter_text(kind) for kind in KINDS},
        "docs/referens.md": reference_text(themes),
        ".vscode/settings.json": settings_text(),
        ".vscode/extensions.json": extensions_text(),
        **form_texts(_municipalities(root), themes),
    }


def stale(root: Path) -> dict[str, str | None]:
    """Generated files that differ from the project's: path → the text it should have, or None to remove it."""
    wanted = generated(root)
    found: dict[str, str | None] = {
        path: text for path, text in wanted.items() if _as_it_is(root / path) != text.encode()
    }
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*")):
            name = path.relative_to(root).as_posix()
            if name not in wanted:
                found[name] = None
    return found


def _as_it_is(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _themes(root: Path) -> Sequence[Theme]:
    path = root / "data" / "teman.yml"
    tree, problems = read_document(path.read_bytes() if path.is_file() else b"", "data/teman.yml")
    read = interpret(tree, ThemesFile, "data/teman.yml") if tree else None
    if read is None or read.part is None or not read.complete:
        said = [*problems, *(read.problems if read else [])]
        raise ValueError("data/teman.yml: " + " ".join(problem.message for problem in said))
    return read.part.themes


def _municipalities(root: Path) -> list[tuple[str, str]]:
    """Name and folder of every municipality, by name; the folder's name where kommun.yml does not tell."""
    found = []
    for path in sorted((root / "data").glob("*/kommun.yml")):
        tree, _ = read_document(path.read_bytes(), "")
        read = interpret(tree, MunicipalityFile, "").part if tree else None
        found.append((read.short_name if read else path.parent.name, path.parent.name))
    return sorted(found)
