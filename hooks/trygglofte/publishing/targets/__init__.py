"""Places that the live site is published to, through tools that are there already: one module per kind.

`tree` reads what is live, `planning` decides what is to be done and in which order (pure), `delivering` does it at a
target. A new kind of place is a module that keeps the contract, and a line in `target_of`.
"""

from __future__ import annotations

from pathlib import Path

from trygglofte.publishing.targets.contract import NOTES, Item, Target, TargetError
from trygglofte.publishing.targets.delivering import Delivery, deliver, prepare
from trygglofte.publishing.targets.folder import Folder
from trygglofte.publishing.targets.pages import Pages
from trygglofte.publishing.targets.rsync import Rsync
from trygglofte.publishing.targets.s3 import S3
from trygglofte.publishing.targets.tree import Tree, read_tree

__all__ = [
    "NOTES", "Delivery", "Item", "Target", "TargetError", "Tree", "deliver", "local_path", "prepare", "read_tree",
    "target_of",
]  # fmt: skip


def target_of(address: str, work: Path, endpoint: str | None = None) -> Target:
    """The target that an address means. `work` is an empty folder to work in. Raises TargetError."""
    kind, _, rest = address.partition(":")
    if endpoint is not None and kind != "s3":
        raise TargetError("--endpoint hör ihop med ett mål som börjar med s3://.")
    if kind == "s3":
        return S3(address, endpoint, work)
    if kind == "rsync" and rest:
        return Rsync(rest, work)
    if kind == "mapp" and rest:
        return Folder(Path(rest).absolute())
    if kind == "pages" and rest:
        return Pages(Path(rest).absolute())
    raise TargetError(
        f"”{address}” är inget mål. Skriv mapp:MAPP, pages:FIL.tar, s3://HINK/MAPP eller rsync:HOST:/MAPP."
    )


def local_path(address: str) -> Path | None:
    """Where on this machine a target lies; None for one that lies elsewhere."""
    kind, _, rest = address.partition(":")
    here = kind in {"mapp", "pages"} or (kind == "rsync" and ":" not in rest.split("/")[0])
    return Path(rest).absolute() if rest and here else None
