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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trygglofte.forking import LostShareError, gathered, halves
from trygglofte.handing import MUNICIPALITY_FILE, PLEDGES, Shares, seems_shared
from trygglofte.moments import Moment
from trygglofte.publishing.looking import Looks, Seen, seen
from trygglofte.skeleton import skeleton_of

if TYPE_CHECKING:
    from trygglofte.history import Past

Ingredients = Mapping[str, str]
"""Name → digest. Files are named by their path from the project's folder; `programmet`, `paketen` and `dagen`
are what no path says."""

_SHARED = ("mkdocs.yml", "content", "overrides")
_SHOWN = 6
_MANY = 50
"""So many municipalities are looked at by each of two processes at least: less takes no longer than to start one."""
_UNREAD = b"cannot be read: "


def common_ingredients(root: Path, today: date, looks: Looks) -> dict[str, str]:
    """Everything that all sites share: code, templates, prose, shared data and the day."""
    skeleton = skeleton_of(root)
    tops = [skeleton / name for name in (*_SHARED, "hooks")]
    data = sorted((root / "data").glob("*.yml"))

    def made() -> tuple[dict[str, str], bool]:
        found: dict[str, str] = {}
        sure = True
        for path in (*tops, *data):
            base = root if path in data else skeleton
            contents = list(_contents(base, path))
            sure = sure and _are_read(contents)
            digests = {name: _digest(content) for name, content in contents}
            found |= {"programmet": key_of(digests)} if path.name == "hooks" else digests
        return found, sure

    found: dict[str, str] = looks.value("gemensamt", lambda: seen((*tops, *data), str(root)), made)
    return {**found, "paketen": _installed(), "dagen": today.isoformat()}


def _installed() -> str:
    """Every installed package with its version, Python and zlib among them."""
    found = find_spec("jinja2")
    packages = Path(found.origin).parent.parent if found and found.origin else Path()
    below = (platform.python_implementation(), platform.python_version(), zlib.ZLIB_RUNTIME_VERSION)
    names = sorted(path.name for path in packages.glob("*.dist-info"))
    return _digest("\n".join((*below, *names)).encode())


def program_key(common: Ingredients) -> str:
    """The key of the program alone, among what all sites share."""
    return key_of({name: common[name] for name in ("programmet", "paketen")})


@dataclass(frozen=True)
class Own:
    """What a municipality's own files come to.

    `key` is of all of them, `about` the digest of its kommun.yml, `times` which times of the day stand in them, and
    `sharing` the pledges that seem to be shared: name → digest.
    """

    key: str
    about: str
    times: tuple[str, ...]
    sharing: Mapping[str, str]


def own_files(root: Path, slugs: Sequence[str], today: date, looks: Looks) -> dict[str, Own]:
    """What each municipality's files come to. They are read where they do not look as they did the last time."""

    def look_at(some: Sequence[str]) -> dict[str, Seen]:
        return {slug: seen((root / "data" / slug,), today.isoformat()) for slug in some}

    parts = halves(slugs, _MANY)
    try:
        looked = gathered(look_at, parts)
    except LostShareError:
        looked = [look_at(slugs)]
    return {slug: _own(root, slug, today, looks, now) for part in looked for slug, now in part.items()}


def _own(root: Path, slug: str, today: date, looks: Looks, now: Seen) -> Own:
    folder = root / "data" / slug

    def made() -> tuple[list[Any], bool]:
        contents = list(_contents(root, folder))
        digests = {name: _digest(content) for name, content in contents}
        times = sorted({at.isoformat() for _, content in contents for at in _times_on(today, content)})
        start = f"data/{slug}/{PLEDGES}/"
        sharing = {
            name.removeprefix(start): digests[name]
            for name, content in contents
            if name.startswith(start) and name.endswith(".yml") and seems_shared(content)
        }
        about = digests.get(f"data/{slug}/{MUNICIPALITY_FILE}", "")
        return [key_of(digests), about, times, sharing], _are_read(contents)

    key, about, times, sharing = looks.value(f"data/{slug}", lambda: now, made)
    return Own(key, about, tuple(times), sharing)


def version_key(common: str, own: Own, today: date, past: str, mine: Shares) -> str:
    """The key of a municipality's site, from the key of what all share, its own files, and what else it is made of."""
    times = {time.fromisoformat(at) for at in own.times}
    return key_of({"gemensamt": common, "filerna": own.key}, _beside(today, times, past, mine))


def municipality_ingredients(root: Path, slug: str, today: date, past: Past, mine: Shares) -> dict[str, str]:
    """What one municipality's site is made of beside what all share.

    Its files, what git knows of them, what others hand to it, and which times of the day have come in them.
    """
    contents = list(_contents(root, root / "data" / slug))
    times = {at for _, content in contents for at in _times_on(today, content)}
    files = {name: _digest(content) for name, content in contents}
    return files | _beside(today, times, past.key, mine)


def _beside(today: date, times: Iterable[time], past: str, mine: Shares) -> dict[str, str]:
    """What a municipality's site is made of beside its files."""
    handed = []
    for one in mine.handed:
        handed += [(f"{one.file} (delad)", one.pledge), (f"kommun.yml hos {one.owner}", one.municipality)]
    clock = today.clock if isinstance(today, Moment) else time.min
    named = {*times, *(at for _, content in handed for at in _times_on(today, content))}
    known = {
        "historiken": past,
        "klockslagen": ",".join(at.isoformat() for at in sorted(at for at in named if at <= clock)),
        "grannarnas namn": json.dumps(sorted(mine.names.items())) if mine.names else "",
    }
    return {name: _digest(content) for name, content in handed} | {
        name: value for name, value in known.items() if value
    }


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


def _contents(root: Path, path: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder, or a file itself, by its path from `root`."""
    for file in _everything(path):
        yield os.fsdecode(file.relative_to(root)), _content(file)


def _are_read(contents: Iterable[tuple[str, bytes]]) -> bool:
    return not any(content.startswith(_UNREAD) for _, content in contents)


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
        return _UNREAD + str(error.errno).encode()


def _everything(path: Path) -> Iterator[Path]:
    """A path and all that lies under it, in an order that the file system has no part in."""
    if path.name == "__pycache__" or not os.path.lexists(path):
        return
    yield path
    if path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
        for child in sorted(path.iterdir()):
            yield from _everything(child)
