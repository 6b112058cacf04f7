"""Keep one issue up to date for each entry of a list: open it, change it, close it when nothing is left.

An entry has `rubrik` (the title, by which the issue is found again) and `text` (empty: nothing is left). Titles and
texts are data: they go to `gh` as arguments and by a file, never through a shell. Only issues that carry the label
and were opened by this workflow are touched, so that nobody's own issue of the same title is closed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

AUTHOR = "app/github-actions"


def gh(*arguments: str, told: str | None = None) -> str:
    """What gh answers. Ends the run where it fails."""
    done = subprocess.run(["gh", *arguments], input=told, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"gh {arguments[0]} {arguments[1]}: {done.stderr.strip()}")
    return done.stdout


def keep(entries: list[dict[str, str]], label: str) -> None:
    """Open, change and close."""
    gh(
        "label",
        "create",
        label,
        "--force",
        "--color",
        "5319e7",
        "--description",
        "Ärenden som sköter sig själva",
    )
    answer = gh("issue", "list", "--label", label, "--author", AUTHOR, "--state", "open", "--limit", "1000",
                "--json", "number,title,body")  # fmt: skip
    known = {issue["title"]: issue for issue in json.loads(answer)}
    for entry in entries:
        issue = known.get(entry["rubrik"])
        if entry["text"] and issue is None:
            gh(
                "issue",
                "create",
                f"--title={entry['rubrik']}",
                "--label",
                label,
                "--body-file",
                "-",
                told=entry["text"],
            )
        elif entry["text"] and issue and issue["body"].split() != entry["text"].split():
            gh("issue", "edit", str(issue["number"]), "--body-file", "-", told=entry["text"])
        elif not entry["text"] and issue:
            gh("issue", "close", str(issue["number"]), "--comment", "Klart.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--etikett", required=True)
    parser.add_argument("fil", type=Path)
    chosen = parser.parse_args()
    keep(json.loads(chosen.fil.read_text("utf-8")), chosen.etikett)
