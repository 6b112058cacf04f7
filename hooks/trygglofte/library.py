"""A municipality's folder becomes a checked municipality with its documents, or problems.

Reads files and nothing else. One municipality's mistakes never reach another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from trygglofte import rules
from trygglofte.beside import picture, told_by_files, told_by_prose, told_by_text
from trygglofte.folders import NAME, Folder, sayable, visible
from trygglofte.handing import MUNICIPALITY_FILE
from trygglofte.model import (
    FOLDERS,
    Document,
    Filed,
    GlossaryFile,
    Municipality,
    MunicipalityFile,
    Pledge,
    PortalFile,
    Shared,
    ThemesFile,
    interpret,
)
from trygglofte.model.base import Part
from trygglofte.problems import Problem, has_errors, in_order
from trygglofte.reading import read_document
from trygglofte.rules import appearance, personal_data

P = TypeVar("P", bound=Part)

_SHARED_FILES = {"portal.yml", "teman.yml", "ordlista.yml"}


@dataclass(frozen=True)
class Checked:
    """What came of a municipality's folder. `municipality` may only be published where `ok`."""

    slug: str
    municipality: Municipality | None
    problems: list[Problem]

    @property
    def ok(self) -> bool:
        """Whether the municipality can be published."""
        return self.municipality is not None and not has_errors(self.problems)


@dataclass(frozen=True)
class CheckedShared:
    """What came of the files that all municipalities share."""

    shared: Shared | None
    problems: list[Problem]


Understood = tuple[Filed[Any] | None, list[Problem]]
Kept = dict[tuple[Path, type[Part]], tuple[bytes, Understood]]
"""What came of a file, by its path and model, with the bytes it came of."""


class Library:
    """The data folder of a project. `root` is the project's folder, which holds `data/`.

    `kept` is for who reads the same files many times: one whose bytes are as they were is not read again.
    """

    def __init__(self, root: Path, kept: Kept | None = None) -> None:
        self.root = root
        self.folder = Folder(root)
        self.kept = kept
        self.data = root / "data"

    def slugs(self) -> list[str]:
        """The folders of municipalities, in order of name."""
        if not self.data.is_dir():
            return []
        return sorted(
            path.name for path in self.data.iterdir() if path.is_dir() and not path.name.startswith(".")
        )

    def shared(self) -> CheckedShared:
        """portal.yml, teman.yml and ordlista.yml, and what else lies in data/ without belonging there."""
        problems = [
            *self.folder.strays(self.data, _SHARED_FILES, ()),
            *told_by_files(self.root / "content", self.folder.relative),
        ]
        written = self.folder.bytes_of(self.data / "portal.yml", [])
        tree = read_document(written, "data/portal.yml")[0] if written is not None else None
        if tree and (other := rules.check_version(tree, "data/portal.yml")):
            return CheckedShared(None, other)
        portal = self._file(self.data / "portal.yml", PortalFile, problems)
        themes = self._file(self.data / "teman.yml", ThemesFile, problems)
        glossary = self._file(self.data / "ordlista.yml", GlossaryFile, problems)
        if portal is None or themes is None or glossary is None or has_errors(problems):
            return CheckedShared(None, in_order(problems))
        shared = Shared(portal, themes, glossary)
        problems += rules.check_shared(shared)
        problems += told_by_prose(self.root / "content", shared, self.folder.relative)
        return CheckedShared(None if has_errors(problems) else shared, in_order(problems))

    def declared(self) -> personal_data.Declared:
        """What all municipalities, and the portal, have said is nobody's own."""
        paths = [self.data / slug / MUNICIPALITY_FILE for slug in self.slugs()]
        read = [self._file(path, MunicipalityFile, []) for path in paths]
        portal = self._file(self.data / "portal.yml", PortalFile, [])
        return personal_data.Declared.by(*(filed.part for filed in (*read, portal) if filed))

    def municipality(self, slug: str, shared: Shared, elsewhere: frozenset[str] = frozenset()) -> Checked:
        """Read and check one municipality. `elsewhere` are ids of pledges that others hand to it."""
        folder = self.data / slug
        problems: list[Problem] = []
        if slug not in self.slugs():
            problems.append(self.folder.fault(folder, "okand-kommun", f"Det finns ingen kommun som heter ”{slug}”.",
                                          f"Det finns: {', '.join(self.slugs())}."))  # fmt: skip
            return Checked(slug, None, problems)
        if not NAME.fullmatch(slug):
            problems.append(
                self.folder.fault(
                    folder,
                    "fel-mappnamn",
                    f"Mappen ”{sayable(slug)}” har ett namn som inte kan bli en adress.",
                    "Döp om den med små bokstäver a–z, siffror och bindestreck.",
                )
            )
            return Checked(slug, None, problems)
        if folder.is_symlink():
            problems.append(
                self.folder.fault(
                    folder, "lank", "Mappen är en länk till något annat.", "Lägg en riktig mapp här."
                )
            )
            return Checked(slug, None, problems)
        file = self._file(folder / MUNICIPALITY_FILE, MunicipalityFile, problems)
        look = file.part.appearance if file else None
        problems += self.folder.strays(
            folder, {MUNICIPALITY_FILE, look.logo if look and look.logo else ""}, FOLDERS
        )
        problems += told_by_files(folder, self.folder.relative)
        groups = {name: self._documents(folder / name, model, problems) for name, model in FOLDERS.items()}
        if file is None:
            return Checked(slug, None, in_order(problems))
        found: dict[str, Any] = dict(
            zip(("agreements", "pledges", "summaries", "plans"), groups.values(), strict=True)
        )
        municipality = Municipality(
            slug, file, shared, **found, unread=self._unread(folder, groups), elsewhere=elsewhere
        )
        problems += rules.check(municipality)
        if look and look.logo:
            problems += appearance.in_logo(file, picture(folder / look.logo))
        for pledge in municipality.pledges:
            problems += self._shared_with(slug, pledge)
        return Checked(slug, municipality, in_order(problems))

    def _shared_with(self, owner: str, pledge: Filed[Pledge]) -> Iterator[Problem]:
        """A pledge holds for other municipalities that exist and have no document of the same address."""
        slugs = self.slugs() if pledge.part.municipalities else []
        for i, slug in enumerate(pledge.part.municipalities):
            own = self.data / slug / "medborgarloften" / f"{pledge.id}.yml"
            if slug == owner:
                yield pledge.problem(
                    "delat-med-sig-sjalv", "Löftet ligger hos den här kommunen, så den ska inte stå i ”kommuner”.",
                    "Ta bort den. Här står bara de andra kommunerna.", at=("municipalities", i),
                )  # fmt: skip
            elif slug not in slugs:
                near = get_close_matches(slug, slugs, 1, 0.6)
                hint = f"Menade du ”{near[0]}”?" if near else f"Det finns: {', '.join(slugs)}."
                yield pledge.problem(
                    "okand-kommun",
                    f"Det finns ingen kommun som heter ”{slug}”.",
                    hint,
                    at=("municipalities", i),
                )
            elif own.exists():
                yield pledge.problem(
                    "upptagen-hos-annan",
                    f"Löftet kan inte visas hos {slug}: {self.folder.relative(own)} har samma namn som {pledge.file}.",
                    "Ge den här filen ett annat namn.", at=("municipalities", i),
                )  # fmt: skip

    def _documents(
        self, folder: Path, model: type[Document], problems: list[Problem]
    ) -> tuple[Filed[Document], ...]:
        if not folder.is_dir():
            return ()
        if folder.is_symlink():
            problems.append(
                self.folder.fault(
                    folder, "lank", "Mappen är en länk till något annat.", "Lägg en riktig mapp här."
                )
            )
            return ()
        documents = []
        for path in visible(folder):
            fault = self.folder.folder_fault(path) or self.folder.name_fault(path)
            if fault:
                problems.append(fault)
                continue
            filed = self._file(path, model, problems)
            if filed:
                documents.append(filed)
        return tuple(documents)

    def _unread(self, folder: Path, groups: dict[str, tuple[Filed[Document], ...]]) -> frozenset[str]:
        """The documents that are there and could not be read."""
        there = {
            f"{name}/{path.stem}"
            for name in groups
            if (folder / name).is_dir()
            for path in visible(folder / name)
        }
        return frozenset(there - {f"{name}/{filed.id}" for name, read in groups.items() for filed in read})

    def _file(self, path: Path, model: type[P], problems: list[Problem]) -> Filed[P] | None:
        raw = self.folder.bytes_of(path, problems)
        if raw is None:
            return None
        known = self.kept.get((path, model)) if self.kept is not None else None
        if known is None or known[0] != raw:
            known = raw, self._understood(raw, path, model)
            if self.kept is not None:
                self.kept[path, model] = known
        problems += known[1][1]
        return known[1][0]

    def _understood(self, raw: bytes, path: Path, model: type[P]) -> Understood:
        """What some bytes say as a document of this model, and what is wrong with them. The same for the same bytes."""
        file = self.folder.relative(path)
        tree, problems = read_document(raw, file)
        personal = told_by_text(raw, tree)
        read = interpret(tree, model, file) if tree else None
        problems = [*problems, *(read.problems if read else [])]
        if read is None or read.part is None:
            return None, [*problems, *personal_data.surely_numbers(file, personal)]
        return Filed(path.stem, file, read.part, read.tree, read.complete, personal), problems
