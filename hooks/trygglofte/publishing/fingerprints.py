"""What can reach a site's bytes, as a key. Two builds with one key give the same files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = (
    "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "nh3", "pagefind", "pydantic", "python-slugify", "pyyaml",
)  # fmt: skip
_CODE = ("mkdocs.yml", "content", "overrides", "hooks")


def common_key(root: Path, today: date) -> str:
    """The key of everything that all sites share: code, templates, prose, shared data, libraries and the day."""
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    digest.update(today.isoformat().encode())
    for name in _CODE:
        _add(digest, root, root / name)
    for path in sorted((root / "data").glob("*.yml")):
        _add(digest, root, path)
    return digest.hexdigest()


def municipality_key(root: Path, slug: str, common: str) -> str:
    """The key of one municipality's site, 20 characters."""
    digest = hashlib.sha256(common.encode())
    _add(digest, root, root / "data" / slug)
    return digest.hexdigest()[:20]


def _add(digest: hashlib._Hash, root: Path, path: Path) -> None:
    for file in _files(path):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)


def _files(path: Path) -> Iterator[Path]:
    if path.is_symlink():
        return
    if path.is_file():
        yield path
    elif path.is_dir() and path.name != "__pycache__":
        for child in sorted(path.iterdir()):
            yield from _files(child)
