"""What can reach a site's bytes, as a key. Two builds with one key give the same files."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import jinja2

_SHARED = ("mkdocs.yml", "content", "overrides")


def code_key(root: Path) -> str:
    """The key of the program: its own code and every installed package with its version."""
    digest = hashlib.sha256()
    packages = Path(jinja2.__file__).parent.parent
    for name in sorted(path.name for path in packages.glob("*.dist-info")):
        digest.update(f"{name}\n".encode())
    _add(digest, root, root / "hooks")
    return digest.hexdigest()


def common_key(root: Path, today: date, code: str) -> str:
    """The key of everything that all sites share: code, templates, prose, shared data and the day."""
    digest = hashlib.sha256(code.encode())
    digest.update(today.isoformat().encode())
    for name in _SHARED:
        _add(digest, root, root / name)
    for path in sorted((root / "data").glob("*.yml")):
        _add(digest, root, path)
    return digest.hexdigest()


def municipality_key(root: Path, slug: str, common: str, past: str = "") -> str:
    """The key of one municipality's site, 20 characters. `past` is the key of what git knows of it."""
    digest = hashlib.sha256(common.encode() + past.encode())
    _add(digest, root, root / "data" / slug)
    return digest.hexdigest()[:20]


def _add(digest: hashlib._Hash, root: Path, path: Path) -> None:
    for file in _everything(path):
        content = _content(file)
        digest.update(os.fsencode(file.relative_to(root)) + f" {len(content)}\n".encode())
        digest.update(content)


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
