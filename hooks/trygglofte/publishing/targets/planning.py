"""What is to be done at a target, and in which order, so that the site there works after every step. Pure.

First what pages need and nobody sees; then all that is new, to which nothing leads yet; then what was there, which may
lead to the new. Each time leaves come before the indexes above them, starts after both, and last what tells machines of
it all. What is no longer part of the site goes when nothing leads there. So whoever reads while this goes on, or
after it stopped half-way, meets old pages or new ones, and no page that leads to one that is not there yet.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from trygglofte.outputs.served import is_named_by_content
from trygglofte.publishing.targets.contract import NOTES, TargetError

_VERSION = 1
_START = "index.html"
_MAP = "sitemap.xml"
"""What every site has at its top, and nowhere else."""


@dataclass(frozen=True)
class Notes:
    """What we have put at a target.

    `site` is which site, `files` path → SHA-256 of what surely is there, and `begun` the paths that a run had set
    out to put or remove when it was last heard of: ours, with unknown content, or not there.
    """

    site: str
    files: Mapping[str, str] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()

    @property
    def ours(self) -> set[str]:
        """Every path that we may have put at the target."""
        return {*self.files, *self.begun}

    def as_bytes(self) -> bytes:
        """The notes as they are kept at a target."""
        values = {
            "trygglofte": _VERSION, "webbplats": self.site, "påbörjat": sorted(self.begun),
            "filer": dict(sorted(self.files.items())),
        }  # fmt: skip
        return json.dumps(values, ensure_ascii=False, indent=0).encode()


def read_notes(content: bytes) -> Notes:
    """The notes of a target. Raises TargetError for what is not ours, or could lead outside the target."""
    try:
        values = json.loads(content)
        notes = Notes(values["webbplats"], dict(values["filer"]), frozenset(values["påbörjat"]))
        readable = values["trygglofte"] == _VERSION and all(map(_is_inside, notes.ours))
    except (ValueError, KeyError, TypeError):
        readable = False
    else:
        if readable:
            return notes
    raise TargetError(
        f"Filen {NOTES} på målet går inte att läsa. Ta bort den om du vet att allt ska läggas ut på nytt: "
        "då räknas allt som nytt, och inget som ligger där tas bort."
    )


def _is_inside(path: object) -> bool:
    parts = path.split("/") if isinstance(path, str) else [""]
    return path != NOTES and not {"", ".", ".."}.intersection(parts) and "\0" not in "".join(parts)


class Kind(IntEnum):
    """What a file is in its site, in the order that what leads to others comes after them."""

    SUPPORT = 0
    LEAF = 1
    INDEX = 2
    START_BELOW = 3
    START = 4
    ENTRY = 5


@dataclass(frozen=True)
class Plan:
    """What is to be done: remove `first`, put `puts` step by step, remove `last`.

    `first` is only what stands in the way: a file where a folder has to be, or the other way round (`first_folders`).
    `folders` are the others that nothing of ours is left in. Of folders the deepest are first.
    """

    first: Sequence[str]
    first_folders: Sequence[str]
    puts: Sequence[Sequence[str]]
    last: Sequence[str]
    folders: Sequence[str]
    new: Collection[str]

    @property
    def put(self) -> list[str]:
        """Everything that is put, in order."""
        return [path for step in self.puts for path in step]

    @property
    def removed(self) -> list[str]:
        """Everything that is removed."""
        return sorted((*self.first, *self.last))

    @property
    def is_empty(self) -> bool:
        """Whether the target already is as it should be."""
        return not (self.puts or self.first or self.last)


def plan(now: Mapping[str, str], notes: Notes | None) -> Plan:
    """What makes a target hold the files of `now` (path → SHA-256). None is removed that is not in the notes."""
    there = notes or Notes("")
    put = [path for path in now if path in there.begun or there.files.get(path) != now[path]]
    new = {path for path in put if path not in there.files}
    gone = sorted(there.ours - set(now))
    first = _in_the_way(gone, put)
    steps: dict[tuple[int, Kind], list[str]] = {}
    kinds = _Kinds(now)
    for path in sorted(put):
        kind = kinds.of(path)
        turn = 0 if kind is Kind.SUPPORT else 2 if path in there.begun else 1 if path in new else 3
        steps.setdefault((turn, kind), []).append(path)
    kept = folders_of(now)
    emptied = sorted(folders_of(gone) - kept, key=lambda folder: (-folder.count("/"), folder))
    last = [path for path in gone if path not in first]
    in_the_way = [folder for folder in emptied if _leads_into(folder, set(now))]
    emptied = [folder for folder in emptied if folder not in in_the_way]  # by then a file has that name
    return Plan(first, in_the_way, [steps[step] for step in sorted(steps)], last, emptied, new)


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that holds one of the paths, however deep below it."""
    found = set()
    for path in paths:
        folder, _, _ = path.rpartition("/")
        while folder and folder not in found:
            found.add(folder)
            folder, _, _ = folder.rpartition("/")
    return found


def _in_the_way(gone: Sequence[str], put: Sequence[str]) -> list[str]:
    folders, files = folders_of(put), set(put)
    return [path for path in gone if path in folders or _leads_into(path, files)]


def _leads_into(path: str, files: Collection[str]) -> bool:
    """Whether a path is one of the files, or lies in a folder of the same name as one."""
    return path in files or not folders_of([path]).isdisjoint(files)


class _Kinds:
    """Which kind each file of a site is."""

    def __init__(self, now: Collection[str]) -> None:
        self.tops = {path.removesuffix(_MAP) for path in now if path == _MAP or path.endswith(f"/{_MAP}")}
        self.indexes = folders_of(
            path.removesuffix(f"/{_START}") for path in now if path.endswith(f"/{_START}")
        )

    def of(self, path: str) -> Kind:
        """What a path is, by its name and by what lies below its folder."""
        folder, _, name = path.rpartition("/")
        parts = folder.split("/")
        if is_named_by_content(path) or "assets" in parts:
            return Kind.SUPPORT
        if path == _START:
            return Kind.START
        if not folder or f"{folder}/" in self.tops:
            return Kind.START_BELOW if name == _START else Kind.ENTRY
        if "pagefind" in parts:
            return Kind.ENTRY
        return Kind.INDEX if name == _START and folder in self.indexes else Kind.LEAF
