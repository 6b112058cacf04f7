"""What can reach a site's bytes, as a key. Two builds with one key give the same files."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections import deque
from collections.abc import Iterator
from datetime import date, time
from itertools import chain
from pathlib import Path

import jinja2

from trygglofte.model.dates import Moment
from trygglofte.sharing import Shares

_SHARED = ("mkdocs.yml", "content", "overrides")


def code_key(root: Path) -> str:
    """The key of the program: its own code and every installed package with its version."""
    digest = hashlib.sha256()
    packages = Path(jinja2.__file__).parent.parent
    for name in sorted(path.name for path in packages.glob("*.dist-info")):
        digest.update(f"{name}\n".encode())
    deque(_add(digest, root, root / "hooks"), maxlen=0)
    return digest.hexdigest()


def common_key(root: Path, today: date, code: str) -> str:
    """The key of everything that all sites share: code, templates, prose, shared data and the day."""
    digest = hashlib.sha256(code.encode())
    digest.update(today.isoformat().encode())
    for name in _SHARED:
        deque(_add(digest, root, root / name), maxlen=0)
    for path in sorted((root / "data").glob("*.yml")):
        deque(_add(digest, root, path), maxlen=0)
    return digest.hexdigest()


def municipality_key(root: Path, slug: str, common: str, today: date, mine: Shares) -> str:
    """The key of one municipality's site, 20 characters.

    Made of its files, of what others hand to it (`mine`), and of which times of the day have come in them.
    """
    digest = hashlib.sha256(common.encode())
    clock = today.clock if isinstance(today, Moment) else time.min
    passed: set[time] = set()
    for content in chain(_add(digest, root, root / "data" / slug), _handed(digest, mine)):
        passed |= {at for at in _times_on(today, content) if at <= clock}
    digest.update(",".join(at.isoformat() for at in sorted(passed)).encode())
    return digest.hexdigest()[:20]


def _handed(digest: hashlib._Hash, mine: Shares) -> Iterator[bytes]:
    """Add what others hand over to a key; gives what it holds."""
    if mine.handed or mine.names:
        digest.update(json.dumps(sorted(mine.names.items())).encode())
    for one in mine.handed:
        for content in (one.file.encode(), one.pledge, one.municipality):
            digest.update(f" {len(content)}\n".encode() + content)
            yield content


_TIME = re.compile(rb"(?:T|\s+)(\d{1,2})[:.](\d\d)")


def _times_on(today: date, content: bytes) -> Iterator[time]:
    """Every time on a day that a file names: `publiceras_från` may have one of them. Most files name none."""
    day = today.isoformat().encode()
    start = content.find(day)
    while start >= 0:
        found = _TIME.match(content, start + len(day))
        if found and int(found[1]) < 24 and int(found[2]) < 60:
            yield time(int(found[1]), int(found[2]))
        start = content.find(day, start + 1)


def _add(digest: hashlib._Hash, root: Path, path: Path) -> Iterator[bytes]:
    """Add everything under a path to a key; gives what each file holds."""
    for file in _everything(path):
        content = _content(file)
        digest.update(os.fsencode(file.relative_to(root)) + f" {len(content)}\n".encode())
        digest.update(content)
        yield content


def _content(path: Path) -> bytes:
    """What a file holds. Links, folders and the like count as what they are: a check says no to some of them."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return b"link " + os.fsencode(path.readlink())
        return path.read_bytes() if stat.S_ISREG(mode) else str(stat.S_IFMT(mode)).encode()
    except OSError as error:
        return f"cannot be read: {error.errno}".encode()


def _everything(path: Path) -> Iterator[Path]:
    """A path and all that lies under it, in an order that the file system has no part in."""
    if path.name == "__pycache__" or not os.path.lexists(path):
        return
    yield path
    if path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
        for child in sorted(path.iterdir()):
            yield from _everything(child)
