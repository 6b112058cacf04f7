"""The command `links`: every address outside the site that is written in data/ and content/, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click

from trygglofte.cli.project import project_root
from trygglofte.cli.swedish import Command
from trygglofte.personal import masked
from trygglofte.reading import MAX_BYTES

_ADDRESS = re.compile(r"https?://[^\s\"'<>{}\[\]|\\^`]+")
_AFTER = ".,;:!?)”’"


@click.command(cls=Command, help="Lista som JSON de adresser på andra webbplatser som det länkas till.")
def links() -> None:
    """Nothing is asked of anybody: who checks the addresses does that apart from this."""
    root = project_root()
    found: dict[str, list[str]] = {}
    for path in sorted([*(root / "data").rglob("*.yml"), *(root / "content").glob("*.md")]):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= MAX_BYTES:
            for address, line in _in(path):
                found.setdefault(address, []).append(f"{masked(path.relative_to(root).as_posix())}:{line}")
    values = [{"adress": address, "var": places} for address, places in sorted(found.items())]
    click.echo(json.dumps(values, ensure_ascii=False, indent=1))


def _in(path: Path) -> Iterator[tuple[str, int]]:
    """Every address in a file that is not the project's own example, with its line."""
    for number, line in enumerate(path.read_text("utf-8-sig", errors="replace").splitlines(), 1):
        written = line if path.suffix == ".md" else re.split(r"(?:^|\s)#", line)[0]
        for found in _ADDRESS.findall(written):
            address = found.rstrip(_AFTER)
            host = re.split(r"[/:?#]", address.partition("://")[2])[0]
            if host and not host.endswith((".example", "localhost")):
                yield address, number
