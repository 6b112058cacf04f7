"""One canonical form for every file, so that a change shows nothing but what was changed.

Keys come in the order of the model (`kinds.key_order`) and in its spelling, texts are quoted by one rule
(`scalars`), prose is wrapped (`prose`), comments stay where they belong (`comments`), and what the file says
never changes (`meaning`): the result is read again and compared before it is given back. Files are read and
written elsewhere.

Why a writer of our own: ruamel.yaml, the library that keeps comments, ties each of them to the value
*before* it. When a key is moved to its place, the comments above it stay behind and end up over another key,
and a comment within `[…]` is lost. (ruamel.yaml 0.19.1: of thirteen comments in a file of 23 lines where three
keys were moved, four came to stand over the wrong key and one was gone; of the five headings in
data/ordlista.yml two ended up inside the item before, when the items' keys were moved.) Our reader already
gives a tree with marks; finding the comments between the marks is a page of code.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from trygglofte.formatting.comments import take_comments
from trygglofte.formatting.meaning import meaning
from trygglofte.formatting.pieces import document
from trygglofte.formatting.putting import Put, put_value, put_values
from trygglofte.formatting.writing import WIDTH, write
from trygglofte.handing import MUNICIPALITY_FILE
from trygglofte.model import FOLDERS, GlossaryFile, MunicipalityFile, PortalFile, ThemesFile, interpret
from trygglofte.model.base import Part
from trygglofte.problems import Problem, has_errors, in_order
from trygglofte.reading import Mapping, read_document
from trygglofte.reading.decoding import decode

__all__ = ["WIDTH", "Formatted", "Put", "format_document", "model_of", "put_value", "put_values"]

_SHARED: dict[str, type[Part]] = {
    "portal.yml": PortalFile,
    "teman.yml": ThemesFile,
    "ordlista.yml": GlossaryFile,
}
_NOT_A_KEY = {"okand-nyckel", "komma-i-text"}


@dataclass(frozen=True)
class Formatted:
    """What became of a file.

    `text` is the file in canonical form, to be saved as UTF-8; None when it cannot be read or has an unknown
    key, and then `problems` says why. `changed` is whether `text` differs from the file as it is.
    """

    text: str | None
    problems: list[Problem]
    changed: bool


def format_document(raw: bytes, file: str, model: type[Part]) -> Formatted:
    """A file of `model` in canonical form. `file` is only used to say where a problem is.

    Should the result ever say something else than the file, the file is given back as it was, with the
    problem `ej-formaterad`.
    """
    tree, problems = read_document(raw, file)
    if tree is None or has_errors(problems):
        return Formatted(None, in_order(problems), False)
    unknown = [problem for problem in interpret(tree, model, file).problems if problem.kind in _NOT_A_KEY]
    if unknown:
        return Formatted(None, in_order(unknown), False)
    text, _ = decode(raw, file)
    assert text is not None, "what was read can be decoded"
    root = document(tree, (model,))
    formatted = write(root, take_comments(root, text.split("\n")))
    if not _says_the_same(formatted, tree, model):
        return Formatted(raw.decode("utf-8"), [_not_formatted(file)], False)
    return Formatted(formatted, [], formatted.encode() != raw)


def model_of(path: str) -> type[Part] | None:
    """What a file is by its POSIX path from the project's folder; None where no document is read."""
    match PurePosixPath(path).parts:
        case ("data", name):
            return _SHARED.get(name)
        case ("data", _, name):
            return MunicipalityFile if name == MUNICIPALITY_FILE else None
        case ("data", _, folder, name) if name.endswith(".yml"):
            return FOLDERS.get(folder)
    return None


def _says_the_same(formatted: str, tree: Mapping, model: type[Part]) -> bool:
    again, problems = read_document(formatted.encode(), "")
    if again is None or has_errors(problems):
        return False
    return bool(meaning(again, (model,)) == meaning(tree, (model,)))


def _not_formatted(file: str) -> Problem:
    return Problem(
        file, 1, 1, "ej-formaterad", "Filen kunde inte skrivas om utan att betyda något annat, och är som den var.",
        "Felet är vårt, inte filens. Rapportera det gärna, med filen.",
    )  # fmt: skip
