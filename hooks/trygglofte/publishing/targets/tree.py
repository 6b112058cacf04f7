"""The live site as files with their digests, from the manifests that lie beside its versions.

What no manifest names is not part of the site, whatever lies in the folders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from trygglofte.publishing.jobs import HTML
from trygglofte.publishing.records import MANIFEST, read_manifest, read_record
from trygglofte.publishing.store import Store
from trygglofte.publishing.targets.contract import Item, TargetError

PORTAL = "portalen"


@dataclass(frozen=True)
class Tree:
    """A site that is to be published. `site` is its name: the portal with all municipalities, or one of them."""

    site: str
    files: Mapping[str, Item]


def read_tree(output: Path, slug: str | None = None) -> Tree:
    """The portal with every municipality, or one municipality with an address of its own, as it is live now.

    Links are followed once, so a build that goes live meanwhile changes nothing. Raises TargetError.
    """
    store = Store(output)
    if not output.is_symlink() or not output.is_dir():
        raise TargetError(f"Det finns ingen byggd webbplats i {output}. Kör trygglofte build först.")
    portal = output.resolve()
    versions = {link.name: link.resolve().parent for link in portal.iterdir() if link.is_symlink()}
    if slug is not None:
        return Tree(slug, _files("", _own(slug, versions)))
    files = _listed(portal, store.manifest_of(portal), "")
    for name in sorted(versions):
        files |= _files(f"{name}/", versions[name])
    return Tree(PORTAL, files)


def _own(slug: str, versions: Mapping[str, Path]) -> Path:
    """The version of a municipality that can stand by itself."""
    if slug not in versions:
        there = ", ".join(sorted(versions))
        raise TargetError(f"Det finns ingen byggd webbplats för {slug}. Det finns: {there}.")
    record = read_record(versions[slug])
    if record is None or record.card.address == f"{slug}/":
        raise TargetError(
            f"{slug} har ingen egen adress: dess sidor länkar till portalen som till mappen ovanför. "
            f"Skriv ”adress: https://…” i data/{slug}/kommun.yml, bygg igen, och lägg sedan ut den för sig."
        )
    return versions[slug]


def _files(prefix: str, version: Path) -> dict[str, Item]:
    return _listed(version / HTML, version / MANIFEST, prefix)


def _listed(folder: Path, manifest: Path, prefix: str) -> dict[str, Item]:
    digests = read_manifest(manifest)
    if digests is None:
        raise TargetError(f"Det går inte att läsa {manifest}. Bygg igen, så görs den om.")
    try:
        return {
            prefix + path: Item(prefix + path, folder / path, digest, (folder / path).stat().st_size)
            for path, digest in digests.items()
        }
    except FileNotFoundError as error:
        raise _harmed(error.filename) from None


def hold_to_manifest(items: Collection[Item]) -> None:
    """Refuse, before anything is put anywhere, a file that is no longer the one that was built and verified."""
    for item in items:
        try:
            content = item.source.read_bytes()
        except FileNotFoundError:
            raise _harmed(item.source) from None
        if hashlib.sha256(content).hexdigest() != item.digest:
            raise _harmed(item.source)


def _harmed(path: object) -> TargetError:
    return TargetError(
        f"Filen {path} är inte den som byggdes, så inget har lagts ut. Bygg igen med trygglofte build."
    )
