"""The migrations in order, and the way of all files of a project through them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trygglofte.migrating.edits import Edit, applied, key_set
from trygglofte.model import PortalFile
from trygglofte.model.base import alias_of
from trygglofte.problems import Problem, has_errors
from trygglofte.reading import Mapping as Tree
from trygglofte.reading import Scalar, read_document
from trygglofte.reading.decoding import decode

PORTAL = "data/portal.yml"
_KEY = alias_of(PortalFile, "schema_version")


@dataclass(frozen=True)
class Migration:
    """How files of the version before become files of version `to`.

    `edits` is a pure function: the file's path (POSIX, from the project's folder) and its tree → what to change in it.
    It never touches the version itself. `says` is a Swedish sentence about what changes.
    """

    to: int
    says: str
    edits: Callable[[str, Tree], Sequence[Edit]]


MIGRATIONS: tuple[Migration, ...] = ()
"""Every migration there is, by version. None yet: version 1 is the only one."""


@dataclass(frozen=True)
class Migrated:
    """What came of files: their version before and after, what was done, in Swedish, and path → text of the changed."""

    before: int
    after: int
    said: tuple[str, ...]
    texts: Mapping[str, str]


class MigrateError(Exception):
    """Nothing is migrated. The message is Swedish; `problems` may say more."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


def migrate(files: Mapping[str, bytes], migrations: Sequence[Migration] = MIGRATIONS) -> Migrated:
    """All YAML files of data/, by path, at the version of the last migration. Raises MigrateError; then none is.

    One version holds for all of data/ and stands in portal.yml; where it does not stand it is 1.
    """
    if PORTAL not in files:
        raise MigrateError(f"{PORTAL} saknas. Där står vilken version filerna är skrivna för.")
    texts = {path: _text(path, raw) for path, raw in files.items()}
    first = dict(texts)
    before = _version(_tree(PORTAL, texts[PORTAL]))
    latest = migrations[-1].to if migrations else 1
    if before > latest:
        raise MigrateError(
            f"Filerna är skrivna för version {before}, och det här programmet känner till version {latest}. "
            "Använd en nyare version av programmet."
        )
    waiting = [one for one in migrations if one.to > before]
    for step in waiting:
        texts = {path: _edited(path, text, step) for path, text in texts.items()}
    return Migrated(
        before, latest, tuple(one.says for one in waiting),
        {path: text for path, text in texts.items() if text != first[path]},
    )  # fmt: skip


def _version(portal: Tree) -> int:
    entry = portal.get(_KEY)
    text = entry.node.text if entry and isinstance(entry.node, Scalar) else "" if entry else "1"
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise MigrateError(f"{_KEY} i {PORTAL} ska vara ett heltal, till exempel 1.")
    return int(text)


def _edited(path: str, text: str, step: Migration) -> str:
    tree = _tree(path, text)
    try:
        edits = [*step.edits(path, tree)]
        if path == PORTAL:
            edits += key_set(tree, _KEY, str(step.to))
        return applied(text, edits)
    except ValueError:
        raise MigrateError(
            f"{path} är skriven på ett sätt som programmet inte kan ändra till version {step.to} av sig självt. "
            f"Ändra för hand. Det som ska göras: {step.says}"
        ) from None


def _text(path: str, raw: bytes) -> str:
    text, problems = decode(raw, path)
    if text is None:
        raise MigrateError(f"{path} går inte att läsa. Rätta den först.", problems)
    return text


def _tree(path: str, text: str) -> Tree:
    tree, problems = read_document(text.encode(), path)
    if tree is None or has_errors(problems):
        raise MigrateError(f"{path} går inte att läsa. Rätta den först.", problems)
    return tree
