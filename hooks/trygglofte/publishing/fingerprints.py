"""What can reach a site's bytes: its ingredients by name, and one key of them all.

Two builds with one key give the same files. The ingredients are kept beside a built site, so that it can be
told later why it was built again.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import stat
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path

import jinja2

from trygglofte.history import Past
from trygglofte.model.dates import Moment
from trygglofte.sharing import Shares
from trygglofte.skeleton import skeleton_of

Ingredients = Mapping[str, str]
"""Name → digest. Files are named by their path from the project's folder; `programmet`, `paketen` and `dagen`
are what no path says."""

_SHARED = ("mkdocs.yml", "content", "overrides")
_SHOWN = 6


def code_ingredients(root: Path) -> dict[str, str]:
    """The program: its own code, and every installed package with its version, Python and zlib among them."""
    packages = Path(jinja2.__file__).parent.parent
    below = (platform.python_implementation(), platform.python_version(), zlib.ZLIB_RUNTIME_VERSION)
    installed = "\n".join((*below, *sorted(path.name for path in packages.glob("*.dist-info"))))
    skeleton = skeleton_of(root)
    code = dict(_digests(skeleton, skeleton / "hooks"))
    return {"programmet": key_of(code), "paketen": _digest(installed.encode())}


def program_key(common: Ingredients) -> str:
    """The key of the program alone, among what all sites share."""
    return key_of({name: common[name] for name in ("programmet", "paketen")})


def common_ingredients(root: Path, today: date, code: Ingredients) -> dict[str, str]:
    """Everything that all sites share: code, templates, prose, shared data and the day."""
    found = {**code, "dagen": today.isoformat()}
    skeleton = skeleton_of(root)
    for name in _SHARED:
        found.update(_digests(skeleton, skeleton / name))
    for path in sorted((root / "data").glob("*.yml")):
        found.update(_digests(root, path))
    return found


def municipality_ingredients(root: Path, slug: str, today: date, past: Past, mine: Shares) -> dict[str, str]:
    """What one municipality's site is made of beside what all share.

    Its files, what git knows of them, what others hand to it, and which times of the day have come in them.
    """
    found: dict[str, str] = {}
    contents = [
        (os.fsdecode(file.relative_to(root)), _content(file)) for file in _everything(root / "data" / slug)
    ]
    for one in mine.handed:
        contents += [(f"{one.file} (delad)", one.pledge), (f"kommun.yml hos {one.owner}", one.municipality)]
    clock = today.clock if isinstance(today, Moment) else time.min
    passed: set[time] = set()
    for name, content in contents:
        found[name] = _digest(content)
        passed |= {at for at in _times_on(today, content) if at <= clock}
    known = {
        "historiken": past.key,
        "klockslagen": ",".join(at.isoformat() for at in sorted(passed)),
        "grannarnas namn": json.dumps(sorted(mine.names.items())) if mine.names else "",
    }
    return found | {name: value for name, value in known.items() if value}


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


def key_of(*parts: Ingredients) -> str:
    """One key for ingredients, 20 characters. The order they were found in plays no part."""
    digest = hashlib.sha256()
    for part in parts:
        for name in sorted(part):
            digest.update(f"{name}\0{part[name]}\n".encode("utf-8", "surrogateescape"))
        digest.update(b"\n")
    return digest.hexdigest()[:20]


def differences(before: Ingredients, after: Ingredients) -> list[str]:
    """In Swedish, what is not as it was: one line for each ingredient, the first few of them."""
    lines = []
    for name in sorted({*before, *after}, key=lambda name: ("/" in name, name)):
        if name not in before:
            lines.append(f"{name} är ny")
        elif name not in after:
            lines.append(f"{name} är borta")
        elif before[name] != after[name]:
            lines.append(_changed(name, before[name], after[name]))
    if len(lines) > _SHOWN:
        lines[_SHOWN - 1 :] = [f"… och {len(lines) - _SHOWN + 1} till"]
    return lines


def _changed(name: str, before: str, after: str) -> str:
    if name == "dagen":
        return f"dagen är {after} och inte {before}"
    endings = {
        "programmet": "ändrat",
        "paketen": "ändrade",
        "klockslagen": "ändrade",
        "grannarnas namn": "ändrade",
    }
    return f"{name} är {endings.get(name, 'ändrad')}"


def _digests(root: Path, path: Path) -> Iterator[tuple[str, str]]:
    for file in _everything(path):
        yield os.fsdecode(file.relative_to(root)), _digest(_content(file))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]


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
