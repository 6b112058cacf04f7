"""What municipalities hand one another, kept from the last time it was right.

A mistake in a shared pledge, or in its owner's kommun.yml, stops its owner alone: the others show it as it last
was, and are built as ever. The copy lies beside the versions, in `delat.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trygglofte.handing import PLEDGES, Handed, Shares
from trygglofte.publishing.fingerprints import Own, key_of
from trygglofte.publishing.looking import Looks, Seen

if TYPE_CHECKING:
    from trygglofte.model import Shared

COPY = "delat.json"


def shares_to_publish(
    root: Path,
    folder: Path,
    common: str,
    files: Mapping[str, Own],
    looks: Looks,
    shared: Callable[[], Shared],
) -> Shares:
    """What is shared now, and in place of what has mistakes the copy of it. Renews the copy in `folder`.

    `common` is the key of what all sites are made of, and `files` what every municipality's files come to. Where
    these are as they were, the copy is what is shared.
    """
    candidates = {
        f"{slug}/{PLEDGES}/{name}": digest
        for slug, own in files.items()
        for name, digest in own.sharing.items()
    }
    about = {slug: own.about for slug, own in files.items()} if candidates else {}
    kept = _read(folder / COPY)
    now = Seen(key_of({"gemensamt": common}, candidates, about), 0)
    copied = looks.kept("delat", now)
    if copied and copied[0] == _digest(folder / COPY):
        return Shares(kept.handed, kept.names, tuple(copied[1]))
    if candidates:
        from trygglofte.sharing import find_shares

        found = find_shares(root, shared(), [root / "data" / name for name in sorted(candidates)])
    else:
        found = Shares()
    shares = _renewed(folder / COPY, kept, found)
    looks.keep("delat", now, [_digest(folder / COPY), list(shares.faulty)])
    return shares


def _renewed(copy: Path, kept: Shares, found: Shares) -> Shares:
    instead = tuple(one for one in kept.handed if one.file in found.faulty)
    handed = tuple(sorted((*found.handed, *instead), key=lambda one: one.file))
    slugs = {slug for one in handed for slug in (one.owner, *one.to)}
    names = {slug: name for slug, name in {**kept.names, **found.names}.items() if slug in slugs}
    shares = Shares(handed, names, found.faulty)
    if (shares.handed, shares.names) != (kept.handed, kept.names):
        _write(copy, shares)
    return shares


def _digest(copy: Path) -> str:
    """What the copy holds; "" where there is none."""
    try:
        return sha256(copy.read_bytes()).hexdigest()
    except OSError:
        return ""


def _read(path: Path) -> Shares:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        handed = tuple(
            Handed(
                one["owner"],
                one["file"],
                _packed(one["pledge"]),
                _packed(one["municipality"]),
                tuple(one["to"]),
            )
            for one in values["handed"]
        )
        return Shares(handed, {str(slug): str(name) for slug, name in values["names"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Shares()


def _write(path: Path, shares: Shares) -> None:
    """The copy is replaced in one step. Bytes are kept as they are, a character each."""
    values: dict[str, Any] = {
        "names": dict(shares.names),
        "handed": [
            {
                "owner": one.owner, "file": one.file, "to": list(one.to),
                "pledge": one.pledge.decode("latin-1"), "municipality": one.municipality.decode("latin-1"),
            }
            for one in shares.handed
        ],
    }  # fmt: skip
    fresh = path.with_name(f".ny-{path.name}")
    fresh.write_text(json.dumps(values, sort_keys=True), encoding="utf-8")
    fresh.replace(path)


def _packed(text: str) -> bytes:
    return text.encode("latin-1")
