"""The command `form`: a filled-in issue form becomes a change, or an answer with what to correct."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from trygglofte.cli.clock import day_option
from trygglofte.cli.project import console, project_root
from trygglofte.cli.swedish import Command
from trygglofte.forms import Received, as_answer, as_body, as_json, receive

_MAX_BYTES = 5_000_000


@click.command(cls=Command, help="Gör en ändring av ett ifyllt formulär, eller säg vad som ska rättas.")
@click.option("--file", "fil", required=True, metavar="FIL", type=click.Path(path_type=Path),
              help="Ärendet: GitHubs händelse (.json), eller ärendets text (.md).")  # fmt: skip
@click.option("--write", "write", is_flag=True, help="Ändra filen också.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", metavar="FORMAT",
              help="text (annars) eller json, som alltid lyckas när det finns ett svar.")  # fmt: skip
@day_option
def form(fil: Path, write: bool, form: str, today: date) -> None:
    """Tell what came of a form; exit status 1 where something has to be corrected, unless the answer is JSON."""
    root = project_root()
    received = receive(root, _body(fil), today)
    if write and received.ok:
        _write(root / received.path, received)
    if form == "json":
        click.echo(as_json(received), nl=False)
        return
    if not received.ok:
        click.echo(as_answer(received), nl=False, err=True)
        sys.exit(1)
    done = "Ändrade" if write else "Skulle ändra"
    console.print(f"{received.title}\n{done} {received.path}\n", markup=False)
    click.echo(as_body(received), nl=False)


def _body(path: Path) -> str:
    """The text of an issue: from GitHub's event, or as it is."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise click.ClickException(f"{path} går inte att läsa. Kontrollera namnet.") from None
    if len(raw) > _MAX_BYTES:
        raise click.ClickException(f"{path} är för stor för att vara ett ärende.")
    text = raw.decode("utf-8-sig", "replace")
    return _of_event(text, path) if path.suffix == ".json" else text


def _of_event(text: str, path: Path) -> str:
    try:
        event: Any = json.loads(text)
    except (ValueError, RecursionError):
        event = None
    issue = event.get("issue", event) if isinstance(event, dict) else None
    body = issue.get("body") if isinstance(issue, dict) else None
    if body is not None and not isinstance(body, str):
        raise click.ClickException(f"{path} är inget ärende.")
    if not isinstance(issue, dict):
        raise click.ClickException(f"{path} är inget ärende.")
    return body or ""


def _write(path: Path, received: Received) -> None:
    """Write the whole file or nothing of it, with its line endings as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".ny-{os.getpid()}-{path.name}")
    fresh.write_bytes(received.content)
    fresh.replace(path)
