"""Whether a change keeps to one municipality: who touches the data of one touches nothing else, unless labelled.

So the one who approves for a municipality sees all that the change does, and CODEOWNERS asks nobody else. Names of
files are data: they are read with NUL between them and told escaped. Standard library only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LABEL = "flera områden"
_SHOWN = 20


def changed(base: str, head: str = "HEAD") -> list[str]:
    """Every path that differs between where the branch began and its end, the old name of a moved file too."""
    done = subprocess.run(
        ["git", "diff", "--name-only", "--no-renames", "-z", "--end-of-options", f"{base}...{head}"],
        check=True, capture_output=True,
    )  # fmt: skip
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def areas(paths: Iterable[str]) -> dict[str, list[str]]:
    """What the paths belong to → the paths: `data/<municipality>/`, or empty for what all share."""
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        parts = path.split("/")
        area = "/".join(parts[:2]) + "/" if parts[0] == "data" and len(parts) > 2 else ""
        found.setdefault(area, []).append(path)
    return found


def verdict(paths: Iterable[str], labels: Iterable[str]) -> str:
    """Nothing, or what is wrong and what to do, in Swedish."""
    found = areas(paths)
    municipalities = sorted(area for area in found if area)
    if not municipalities or len(found) == 1 or LABEL in labels:
        return ""
    first, *_ = municipalities
    others = [path for area, inside in found.items() if area != first for path in inside]
    shown = [json.dumps(path, ensure_ascii=True) for path in others[:_SHOWN]]
    more = [f"… och {len(others) - _SHOWN} till"] if len(others) > _SHOWN else []
    lines = [f"Ändringen rör {first} och dessutom annat:", *(f"  {one}" for one in (*shown, *more))]
    lines.append("Dela upp den, så att varje kommun för sig kan godkänna sitt.")
    lines.append(f"Ska allt ändras på en gång kan en förvaltare sätta etiketten ”{LABEL}”.")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    event: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text("utf-8"))["pull_request"]
    said = verdict(changed(event["base"]["sha"]), [label["name"] for label in event["labels"]])
    if said:
        sys.stdout.write(f"::error title=Mer än en kommun::{_escaped(said)}\n{said}\n")
        sys.exit(1)
    sys.stdout.write("Ändringen håller sig till ett område.\n")
