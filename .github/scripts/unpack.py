"""Unpack a preview that a pull request has made: its files are data, and only such that a site has.

Refuses the whole of it where a name, a type or a size is not what our own build gives. Nothing is executed, and no
page may lack its `noindex`. Runs on main's code alone, with the standard library.
"""

from __future__ import annotations

import re
import sys
import tarfile
from pathlib import Path

MAX_FILES = 30_000
MAX_FILE = 20_000_000
MAX_TOTAL = 500_000_000
TYPES = {
    ".html", ".css", ".js", ".svg", ".png", ".webp", ".json", ".xml", ".txt", ".csv", ".ics", ".ttl", ".rdf", ".atom",
    ".jsonld", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pagefind", ".wasm", ".vcf", ".zip", ".gz",
}  # fmt: skip
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}")
_SKIPPED = {"_redirects", "_headers", ".htaccess", ".nojekyll", "CNAME"}
"""What would tell a host how to behave: our build has some of them, and a preview needs none."""
NOINDEX = '<meta name="robots" content="noindex, nofollow">'


class RefusedError(Exception):
    """The preview is not what our build gives."""


def unpack(archive: Path, target: Path) -> int:
    """Write every file below `target`, which must not be there. Gives how many.

    Raises RefusedError before anything is written.
    """
    with tarfile.open(archive, "r:") as opened:
        members = _members(opened)
        contents = {name: _content(opened, member) for name, member in members.items()}
    target.mkdir(parents=True)
    for name, content in contents.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(contents)


def _members(opened: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    found: dict[str, tarfile.TarInfo] = {}
    total = 0
    for count, member in enumerate(opened):
        name = member.name.removeprefix("./").rstrip("/")
        if count > MAX_FILES:
            raise RefusedError("för många filer")
        if name in {"", "."} and member.isdir():
            continue
        if name.rpartition("/")[2] in _SKIPPED:
            continue
        if not all(_PART.fullmatch(part) for part in name.split("/")):
            raise RefusedError(f"namnet {name!r}")
        if member.isdir():
            continue
        total += member.size
        if not member.isreg() or name in found or Path(name).suffix not in TYPES:
            raise RefusedError(f"slaget av {name!r}")
        if member.size > MAX_FILE or total > MAX_TOTAL:
            raise RefusedError(f"storleken på {name!r}")
        found[name] = member
    return found


def _content(opened: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = opened.extractfile(member)
    content = file.read() if file else b""
    if member.name.endswith(".html") and NOINDEX.encode() not in content:
        raise RefusedError(f"{member.name!r} saknar noindex")
    return content


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{unpack(Path(sys.argv[1]), Path(sys.argv[2]))} filer\n")
    except (RefusedError, tarfile.TarError, OSError, EOFError) as error:
        raise SystemExit(f"Förhandsvisningen läggs inte ut: {error}") from None
