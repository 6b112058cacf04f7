"""Pledges of several municipalities: written once by an owner, shown by all.

Finds what is handed from whom to whom, cheaply among many files, and puts it in words that are understood where
it is shown: the parties, places and sources of a pledge are its owner's. Only what has no mistake is handed on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from trygglofte import rules
from trygglofte.handing import MUNICIPALITY_FILE, PLEDGES, Handed, Shares, bytes_of, can_change, seems_shared
from trygglofte.model import Filed, Municipality, MunicipalityFile, Pledge, Received, Shared, interpret
from trygglofte.model.base import Part
from trygglofte.model.common import Source
from trygglofte.problems import has_errors
from trygglofte.reading import read_document

__all__ = ["PARTIES", "PLACES", "PLEDGES", "Handed", "Shares", "can_change", "find_shares", "received"]


def find_shares(root: Path, shared: Shared, among: Iterable[Path] | None = None) -> Shares:
    """Everything that is shared in a project. Reads every pledge's bytes, and understands only those that share.

    `among` are the pledges that may share, in order, where somebody knows them already.
    """
    handed: list[Handed] = []
    faulty: list[str] = []
    names: dict[str, str] = {}
    candidates = _pledges(root / "data") if among is None else among
    for path, content in ((path, bytes_of(path)) for path in candidates):
        if not seems_shared(content):
            continue
        owner = path.parent.parent.name
        file = path.relative_to(root).as_posix()
        about = bytes_of(path.parent.parent / MUNICIPALITY_FILE)
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


def _pledges(data: Path) -> Iterator[Path]:
    """Every pledge's file, in order."""
    for municipality in _names(data):
        folder = f"{data}/{municipality}/{PLEDGES}"
        yield from (Path(folder, name) for name in _names(folder) if name.endswith(".yml"))


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


def _name(root: Path, slug: str) -> str:
    """What a municipality is called in its own kommun.yml, or nothing."""
    file = _read(
        bytes_of(root / "data" / slug / MUNICIPALITY_FILE),
        f"data/{slug}/{MUNICIPALITY_FILE}",
        MunicipalityFile,
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
