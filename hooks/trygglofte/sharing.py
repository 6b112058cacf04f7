"""Pledges of several municipalities: written once by an owner, shown by all.

Finds what is handed from whom to whom, cheaply among many files, and puts it in words that are understood where
it is shown: the parties, places and sources of a pledge are its owner's. Only what has no mistake is handed on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from trygglofte import rules
from trygglofte.library import MUNICIPALITY_FILE
from trygglofte.model import Filed, Municipality, MunicipalityFile, Pledge, Received, Shared, interpret
from trygglofte.model.base import Part
from trygglofte.model.common import Source
from trygglofte.problems import has_errors
from trygglofte.reading import read_document

PLEDGES = "medborgarloften"
_WORD = b"ommuner"
"""Looked for in every pledge there is, and so with nothing slower than this; the key itself only where it is found."""
_KEY = re.compile(rb"[kK]ommuner[\"']?[ \t]*:|KOMMUNER")


@dataclass(frozen=True)
class Handed:
    """A pledge on its way from its owner, as bytes. `file` is its path from the project's folder."""

    owner: str
    file: str
    pledge: bytes
    municipality: bytes
    """The owner's kommun.yml, whose words the pledge uses."""
    to: tuple[str, ...]


@dataclass(frozen=True)
class Shares:
    """What municipalities hand one another. `names` are those of the ones that take part, by slug."""

    handed: tuple[Handed, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    faulty: tuple[str, ...] = ()
    """Files that seem to be shared and have mistakes, or whose owner's kommun.yml has."""

    def of(self, slug: str) -> Shares:
        """What concerns one municipality: what it is handed, and the names it needs for that and for its own."""
        mine = tuple(one for one in self.handed if slug in one.to)
        about = [one for one in self.handed if slug in one.to or one.owner == slug]
        named = {name for one in about for name in (one.owner, *one.to)} - {slug}
        return Shares(mine, {name: self.names[name] for name in sorted(named) if name in self.names})

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the pledges that are handed."""
        return frozenset(Path(one.file).stem for one in self.handed)


def find_shares(root: Path, shared: Shared) -> Shares:
    """Everything that is shared in a project. Reads every pledge's bytes, and understands only those that share."""
    handed: list[Handed] = []
    faulty: list[str] = []
    names: dict[str, str] = {}
    for path, content in _sharing_files(root / "data"):
        owner = path.parent.parent.name
        file = path.relative_to(root).as_posix()
        about = _bytes(path.parent.parent / MUNICIPALITY_FILE)
        found = _understood(owner, file, content, about, shared)
        if found is None:
            faulty.append(file)
            continue
        to = tuple(slug for slug in found[1].part.municipalities if slug != owner)
        if to:
            handed.append(Handed(owner, file, content, about, to))
            names[owner] = found[0].part.name
            names |= {slug: name for slug in to if (name := _name(root, slug))}
    return Shares(tuple(handed), names, tuple(faulty))


def _sharing_files(data: Path) -> Iterator[tuple[Path, bytes]]:
    """Every pledge's file that seems to have the key, with its bytes, in order."""
    for municipality in _names(data):
        folder = f"{data}/{municipality}/{PLEDGES}"
        for name in _names(folder):
            content = _bytes(f"{folder}/{name}") if name.endswith(".yml") else b""
            if (_WORD in content or b"OMMUNER" in content) and _KEY.search(content):
                yield Path(folder, name), content


def can_change(shares: Shares, path: Path) -> bool:
    """Whether what is shared may be otherwise now that a file or folder below a municipality's has changed."""
    if not path.suffix:
        return True
    if path.name == MUNICIPALITY_FILE:
        taking_part = {name for one in shares.handed for name in (one.owner, *one.to)}
        return bool(shares.faulty) or path.parent.name in taking_part
    was = any(
        path.as_posix().endswith(f"/{file}")
        for file in (*shares.faulty, *(one.file for one in shares.handed))
    )
    return was or (path.parent.name == PLEDGES and bool(_KEY.search(_bytes(path))))


def _names(folder: str | Path) -> list[str]:
    """What lies in a folder, in order; nothing where there is no such folder."""
    try:
        with os.scandir(folder) as found:
            return sorted(entry.name for entry in found)
    except OSError:
        return []


def received(municipality: Municipality, mine: Shares) -> Municipality:
    """The municipality with what it is handed (`Shares.of`). Where it has a document of the same id, its own stands."""
    own = {filed.id for filed in municipality.pledges} | {
        name.partition("/")[2] for name in municipality.unread if name.startswith(f"{PLEDGES}/")
    }
    found: dict[str, Received] = {}
    for one in mine.handed:
        read = _understood(one.owner, one.file, one.pledge, one.municipality, municipality.shared)
        if read and read[1].id not in own:
            found.setdefault(read[1].id, _in_our_words(municipality, one.owner, *read))
    return replace(municipality, received=tuple(found.values()), neighbours=dict(mine.names))


def _understood(
    owner: str, file: str, pledge: bytes, about: bytes, shared: Shared
) -> tuple[Filed[MunicipalityFile], Filed[Pledge]] | None:
    """The owner's kommun.yml and the pledge, where neither has a mistake of its own."""
    kommun = _read(about, f"data/{owner}/{MUNICIPALITY_FILE}", MunicipalityFile)
    read = _read(pledge, file, Pledge)
    if kommun is None or read is None:
        return None
    named = {f"overenskommelser/{read.part.agreement}", f"{PLEDGES}/{read.part.replaces}"}
    alone = Municipality(owner, kommun, shared, pledges=(read,), unread=frozenset(named))
    return None if has_errors(rules.check(alone)) else (kommun, read)


def _read(content: bytes, file: str, model: type[Any]) -> Filed[Any] | None:
    tree, problems = read_document(content, file)
    if tree is None or has_errors(problems):
        return None
    found = interpret(tree, model, file)
    return Filed(Path(file).stem, file, found.part, found.tree) if found.part and found.complete else None


def _bytes(path: str | Path) -> bytes:
    """What an ordinary file holds; nothing where it cannot be read, or is a link to another."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read() or b""
    except OSError:
        return b""


def _name(root: Path, slug: str) -> str:
    """What a municipality is called in its own kommun.yml, or nothing."""
    file = _read(
        _bytes(root / "data" / slug / MUNICIPALITY_FILE), f"data/{slug}/{MUNICIPALITY_FILE}", MunicipalityFile
    )
    return file.part.name if file else ""


PARTIES = frozenset(
    {"parties", "party", "responsible", "together_with", "reported_by", "record", "per_party"}
)
"""The fields of a pledge, and of what is in it, that hold short names of parties."""
PLACES = frozenset({"places"})


def _in_our_words(
    here: Municipality, owner: str, file: Filed[MunicipalityFile], pledge: Filed[Pledge]
) -> Received:
    """A pledge whose parties and places are ours where they have the same name, and else the owner's by name."""
    ours, theirs = here.file.part, file.part
    names: dict[str, str] = {}
    parties = _ids(theirs.parties, ours.parties, owner, names)
    places = _ids(theirs.places, ours.places, owner, names)
    sources = {source.id: source for source in theirs.sources if source.id}
    part = _translated(pledge.part, parties, places, sources)
    taken = {f"/{PLEDGES}/{filed.id}/" for filed in here.pledges}
    taken |= {address for filed in here.documents for address in filed.part.former_addresses}
    kept = tuple(address for address in part.former_addresses if address not in taken)
    part = part.model_copy(update={"agreement": None, "former_addresses": kept})
    return Received(owner, file, replace(pledge, part=part), names)


def _ids(theirs: Sequence[Any], ours: Sequence[Any], owner: str, names: dict[str, str]) -> dict[str, str]:
    """Their ids → ours, by name. What we do not have gets an id that no file can hold, and is added to `names`."""
    known = {one.name.casefold(): one.id for one in ours}
    found: dict[str, str] = {}
    for one in theirs:
        found[one.id] = known.get(one.name.casefold()) or f"{one.id}@{owner}"
        if one.name.casefold() not in known:
            names[found[one.id]] = one.name
    return found


def _translated(
    part: Any, parties: Mapping[str, str], places: Mapping[str, str], sources: Mapping[str, Source]
) -> Any:
    """A value with every party, place and source of its owner's exchanged."""
    if isinstance(part, Source):
        return sources.get(part.title, part)
    if isinstance(part, tuple):
        return tuple(_translated(item, parties, places, sources) for item in part)
    if isinstance(part, dict):
        return {key: _translated(item, parties, places, sources) for key, item in part.items()}
    if not isinstance(part, Part):
        return part
    new: dict[str, Any] = {}
    for name in type(part).model_fields:
        value = _translated(getattr(part, name), parties, places, sources)
        words = parties if name in PARTIES else places if name in PLACES else None
        new[name] = _renamed(value, words) if words is not None else value
    return part.model_copy(update=new)


def _renamed(value: Any, words: Mapping[str, str]) -> Any:
    """An id, ids, or values by id, with other ids."""
    if isinstance(value, tuple):
        return tuple(words.get(item, item) for item in value)
    if isinstance(value, dict):
        return {words.get(key, key): item for key, item in value.items()}
    return words.get(value, value) if isinstance(value, str) else value
