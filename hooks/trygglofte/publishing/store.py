"""Where versions of sites lie, and how one of them becomes the live one.

Beside the output `site` lies `.site/`: `kommun/<slug>/<key>/html/` holds a municipality's site, and
`portal/<key>/` the portal, in which every municipality is a link to its version. `site` is a link to one
portal. Replacing that one link is the whole publication: no reader ever meets half a site. What is written is
on the disk before the link is, so that this holds also when the power goes. `adresser/` holds the ledgers.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from trygglofte.publishing.jobs import HTML
from trygglofte.publishing.records import MANIFEST, is_whole

KEPT_PORTALS = 5
"""How many portals are kept: the live one and those before it."""
_MANIFEST = ".manifest.json"


_HINT = "Flytta den, eller välj en annan mapp med --out."


class StoreError(Exception):
    """The output cannot be written. The message is Swedish and says what to do."""


class Store:
    """The versions behind one output."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.parent / f".{output.name}"
        self.municipalities = self.folder / "kommun"
        self.portals = self.folder / "portal"
        self.ledgers = self.folder / "adresser"

    def prepare(self) -> None:
        """Make the folders, and refuse an output that somebody else has filled."""
        if self.output.is_symlink():
            if self.output.readlink().parts[:2] != (self.folder.name, "portal"):
                raise StoreError(f"{self.output} är en länk som inte är gjord av trygglofte. {_HINT}")
        elif self.output.exists():
            if not self.output.is_dir() or any(self.output.iterdir()):
                raise StoreError(f"{self.output} finns redan och är inte gjord av trygglofte. {_HINT}")
            self.output.rmdir()
        self.municipalities.mkdir(parents=True, exist_ok=True)
        self.portals.mkdir(exist_ok=True)

    @contextmanager
    def only_one(self) -> Iterator[None]:
        """Wait until no other build works in the same store.

        The lock is the process's own (`lockf`): workers do not share it, so it ends with the build even if
        that is killed.
        """
        import fcntl

        with (self.folder / "las").open("w") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
            yield

    def version(self, slug: str, key: str) -> Path:
        """Where a version of a municipality's site lies, or is to lie."""
        folder = self.municipalities / slug
        folder.mkdir(exist_ok=True)
        return folder / key

    def live(self, slug: str) -> Path | None:
        """The version of a municipality's site that is live, if there is one."""
        link = self.output / slug
        if not link.is_symlink() or not link.is_dir():
            return None
        return link.resolve().parent

    def manifest_of(self, portal: Path) -> Path:
        """Where a portal's manifest lies: beside it, for all that lies in it is published."""
        return portal.with_name(portal.name + _MANIFEST)

    def release(self, fresh: Path, versions: Mapping[str, Path], target: Path) -> None:
        """Make a finished portal live as `target`, with a link to each municipality's version."""
        for slug, version in versions.items():
            (fresh / slug).symlink_to(
                Path("..", "..", "kommun", slug, version.name, HTML), target_is_directory=True
            )
        if target.exists():  # its files are not those of its manifest
            target.rename(fresh.with_name(f"{fresh.name}-gammal"))
        self.manifest_of(fresh).replace(self.manifest_of(target))
        fresh.rename(target)
        os.sync()
        self.make_live(target)

    def leads_to(self, portal: Path, versions: Mapping[str, Path]) -> bool:
        """Whether every municipality of a portal, and nothing else, is a link to its version."""
        return _links(portal) == {slug: path.name for slug, path in versions.items()}

    def live_portal(self) -> Path | None:
        """The portal that readers meet."""
        try:
            return self.portals / self.output.readlink().name
        except OSError:
            return None

    def make_live(self, portal: Path) -> None:
        """Let readers meet a portal that lies in the store. Nothing is written where they do already."""
        if self.output.resolve() != portal.resolve():
            os.utime(portal)
            self._link_to(portal)

    def _link_to(self, portal: Path) -> None:
        link = self.folder / f".ny-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(self.folder.name, "portal", portal.name), target_is_directory=True)
        link.replace(self.output)

    def kept(self) -> list[Path]:
        """The portals that are kept, the newest first. The live one is not always the newest: see `roll_back`."""
        portals = [path for path in self.portals.iterdir() if not path.name.startswith(".") and path.is_dir()]
        return sorted(portals, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)

    def roll_back(self, steps: int = 1) -> Path:
        """Make an earlier portal live, with every municipality as it was then. Gives that portal.

        Raises StoreError where so many are not kept, or where the files are no longer those of its manifest.
        """
        portals = self.kept() if self.portals.is_dir() else []
        live = self.output.resolve()
        position = next((n for n, path in enumerate(portals) if path.resolve() == live), None)
        if position is None:
            raise StoreError(f"Det finns ingen publicerad webbplats i {self.output}.")
        if position + steps >= len(portals):
            raise StoreError(
                f"Det finns {len(portals) - position - 1} tidigare versioner, så det går inte att gå {steps} tillbaka."
            )
        chosen = portals[position + steps]
        harmed = [path for path, manifest in self._parts(chosen) if not is_whole(path, manifest)]
        if harmed:
            raise StoreError(
                f"Den versionen är skadad ({harmed[0].relative_to(self.folder)}), så inget har ändrats. "
                "Välj en annan, eller bygg igen."
            )
        self._link_to(chosen)
        return chosen

    def _parts(self, portal: Path) -> Iterator[tuple[Path, Path]]:
        """The folders that a portal consists of, each with its manifest."""
        yield portal, self.manifest_of(portal)
        for link in sorted(path for path in portal.iterdir() if path.is_symlink()):
            yield link.resolve(), link.resolve().parent / MANIFEST

    def linked(self) -> set[Path]:
        """The versions that a portal which was once live consists of. They are whole, and on the disk."""
        if not self.portals.is_dir():
            return set()
        links = (link for portal in self.kept() for link in _links(portal).items())
        return {self.municipalities / slug / key for slug, key in links}

    @contextmanager
    def swept(self) -> Iterator[None]:
        """Take away what stopped builds left, before and after. Before, because it may be what fills the disk."""
        self.sweep()
        try:
            yield
        finally:
            self.sweep()

    def sweep(self) -> None:
        """Take away all that was begun and not finished. What cannot be taken away is left for the next time."""
        tops = [self.folder, self.ledgers, self.portals]
        self.take_away(_begun([*tops, *(self.municipalities / name for name in _names(self.municipalities))]))

    def tidy(self) -> None:
        """Take away portals that are too old, and versions no portal links to."""
        self.take_away(self.surplus())

    def surplus(self, coming: Path | None = None, versions: Collection[Path] = ()) -> list[Path]:
        """Portals that are too old, each with its manifest, and versions that no portal links to.

        `coming` is a portal that is about to be live, and `versions` what it consists of.
        """
        live = self.output.resolve()
        portals = sorted(self.kept(), key=lambda path: path.resolve() != live)
        room = KEPT_PORTALS - (coming is not None and coming not in portals)
        names = {portal.name for portal in portals[:room]} | ({coming.name} if coming else set())
        found = portals[room:]
        found += [
            manifest
            for manifest in self.portals.glob(f"[!.]*{_MANIFEST}")
            if manifest.name.removesuffix(_MANIFEST) not in names
        ]
        kept = {link for portal in portals[:room] for link in _links(portal).items()}
        kept |= {(version.parent.name, version.name) for version in versions}
        for slug in _names(self.municipalities):
            folder = self.municipalities / slug
            there = _names(folder)
            found += [folder / version for version in there if (slug, version) not in kept]
            if not any((slug, version) in kept for version in there):
                found.append(folder)
        return found

    def take_away(self, paths: Sequence[Path]) -> None:
        """Take folders and files away, one after another. What cannot be taken away is left for the next time."""
        for path in paths:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()


def _begun(folders: Sequence[Path]) -> list[Path]:
    """What was begun in these folders and not finished."""
    return [folder / name for folder in folders for name in _names(folder) if name.startswith(".ny-")]


def _names(folder: Path) -> list[str]:
    """What lies in a folder; nothing where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []


def _links(portal: Path) -> dict[str, str]:
    """The municipalities of a portal, each with the key of the version that its link leads to."""
    found = {}
    with os.scandir(portal) as entries:
        for entry in entries:
            if entry.is_symlink():
                *_, slug, key, _html = ("", "", *Path(os.readlink(entry.path)).parts)  # noqa: PTH115
                found[entry.name] = key if slug == entry.name else ""
    return found


def keep_templates(root: Path, code: str) -> None:
    """Keep compiled templates between runs, for as long as the program is the same.

    They only save time: where the folder cannot be written, every run compiles them again.
    """
    folder = root / "build" / "mallar"
    try:
        for old in folder.glob("*"):
            if old.name != code[:20]:
                shutil.rmtree(old, ignore_errors=True)
        (folder / code[:20]).mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder / code[:20], os.W_OK):
        from trygglofte.pages.environment import keep_bytecode

        keep_bytecode(folder / code[:20])
