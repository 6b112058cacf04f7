"""The portal's search index is taken over from the live portal where it would be made of the very same, else made.

Many edits touch nothing that the portal is searched for. Beside the versions lies `sokindex.json`: a key of all that
reached the bytes of the index that was made last, and the SHA-256 of its files. What is taken over has exactly those
files, so that neither harm nor the index of another portal ever comes along. Where that cannot be told, it is made.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from trygglofte import searching
from trygglofte.publishing.fingerprints import key_of
from trygglofte.publishing.records import digests_of
from trygglofte.publishing.store import Store

FILE = "sokindex.json"
_KEY, _FILES = "nyckel", "filer"


def put_index(
    store: Store, program: str, pages: Mapping[str, Path], known: searching.Known, fresh: Path
) -> None:
    """Put the index of these pages (address → file) into the portal `fresh`. `program` is the program's key.

    Raises SearchError as `searching.index_pages` does.
    """
    key = key_of({"programmet": program, "sidorna": searching.made_of(pages, known)})
    made, live = _made(store.folder / FILE, key), store.live_portal()
    if not (made and live and _taken_over(made, live / searching.FOLDER, fresh / searching.FOLDER)):
        searching.index_pages(pages, fresh, known)
        _keep(store.folder / FILE, key, digests_of(fresh / searching.FOLDER))


def _made(file: Path, key: str) -> dict[str, str] | None:
    """The files of the index that was made of what `key` says; None where there is none that is known of."""
    try:
        values = json.loads(file.read_bytes())
        return dict(values[_FILES]) if values[_KEY] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _taken_over(files: Mapping[str, str], live: Path, fresh: Path) -> bool:
    """Take over an index whose files are these (path → SHA-256), every byte of them, and no other."""
    try:
        if live.is_symlink() or digests_of(live) != files:
            return False
    except OSError:
        return False
    for folder in {(fresh / name).parent for name in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        try:
            os.link(live / name, fresh / name)  # versions never change, so that they can share a file
        except OSError:  # the file system has no such links, or no more of them
            shutil.copyfile(live / name, fresh / name)
    return True


def _keep(file: Path, key: str, files: Mapping[str, str]) -> None:
    """Keep what an index was made of, whole or not at all. It only saves time."""
    begun = file.with_name(f".ny-{FILE}")
    with suppress(OSError):
        begun.write_text(json.dumps({_KEY: key, _FILES: files}, sort_keys=True), encoding="utf-8")
        begun.replace(file)
