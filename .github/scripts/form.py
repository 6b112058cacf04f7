"""Propose what a filled-in form says, or answer in its issue. Runs on main's code alone, with the standard library.

The answer that `trygglofte form --format json` made of the issue is data: its path is held to what a form may change,
in a folder that is there, and everything goes to `gh` by standard input, never through a shell. Which issue it is, and
which commit the change is made on, is taken from GitHub and not from the answer. The commit, its branch and the pull
request are made by the API, so no tree is checked out with a token beside it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

_NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
PATH = re.compile(rf"data/({_NAME})/(medborgarloften|lagesbilder)/{_NAME}\.yml")
MAX_FILE = 1_000_000
MAX_TEXT = 60_000
MAX_TITLE = 250
MARK = "<!-- trygglofte: svar på formulär -->"
BOT = "github-actions[bot]"
_KEYS = {"svar", "fil", "innehåll", "rubrik", "text"}
_AFTER = """
Kontrollen startar inte av sig själv på ett förslag som en robot har öppnat: stäng förslaget och öppna det igen, så \
körs den. Den som vill ändra något annat än formuläret frågar om kan göra det i filen, här i förslaget.

Closes #{issue}
"""


class RefusedError(Exception):
    """The answer is not what our own command gives."""


def api(path: str, **values: Any) -> Any:
    """What GitHub answers. With values it is a POST, or what `method` says. Ends the run where it fails."""
    method = values.pop("method", "POST" if values else "GET")
    given = ["--input", "-"] if values else []
    done = subprocess.run(
        ["gh", "api", "--method", method, path, *given], input=json.dumps(values) if values else None,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"gh api {method} {path}: {done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def checked(answer: Any, root: Path) -> dict[str, Any]:
    """The answer, where it is one that may be acted on. Raises RefusedError."""
    if not isinstance(answer, dict) or not isinstance(answer.get("godtagen"), bool):
        raise RefusedError("svaret har fel form")
    if not all(isinstance(answer.get(key), str) for key in _KEYS):
        raise RefusedError("svaret har fel form")
    if len(answer["svar"]) > MAX_TEXT or len(answer["text"]) > MAX_TEXT:
        raise RefusedError("texten är för lång")
    if not answer["godtagen"]:
        return answer
    if not answer["rubrik"].isprintable() or not 0 < len(answer["rubrik"]) <= MAX_TITLE:
        raise RefusedError("rubriken")
    found = PATH.fullmatch(answer["fil"])
    if not found:
        raise RefusedError(f"sökvägen {answer['fil']!r}")
    path, folder = root / answer["fil"], root / "data" / found[1]
    if not (folder / "kommun.yml").is_file() or path.resolve() != root.resolve() / answer["fil"]:
        raise RefusedError(f"mappen för {answer['fil']!r}")
    if path.is_file() is not (found[2] == "medborgarloften"):
        raise RefusedError(f"om {answer['fil']!r} finns")
    if not 0 < len(answer["innehåll"].encode("utf-8")) <= MAX_FILE:
        raise RefusedError("storleken")
    return answer


def propose(answer: dict[str, Any], issue: int, repository: str, sha: str, base: str) -> str:
    """Make or renew the pull request of an issue. Gives what to say in the issue."""
    branch, owner = f"formular/{issue}", repository.partition("/")[0]
    pulls = api(f"repos/{repository}/pulls?state=all&per_page=100&head={owner}:{branch}")
    pull = max(pulls, key=lambda one: one["number"], default=None)
    if pull and pull["state"] != "open":
        return f"Förslaget #{pull['number']} är redan avslutat, och ändras inte. Fyll i ett nytt formulär."
    refs = api(f"repos/{repository}/git/matching-refs/heads/{branch}")
    there = next((one["object"]["sha"] for one in refs if one["ref"] == f"refs/heads/{branch}"), None)
    if there and not _is_ours(repository, there):
        told = f"förslaget #{pull['number']}" if pull else f"grenen `{branch}`"
        return (
            f"Någon har ändrat i {told} för hand, så formuläret läses inte igen. Gör ändringen där i stället."
        )
    commit = _commit(answer, issue, repository, sha)
    if there:
        api(f"repos/{repository}/git/refs/heads/{branch}", method="PATCH", sha=commit, force=True)
    else:
        api(f"repos/{repository}/git/refs", ref=f"refs/heads/{branch}", sha=commit)
    said = {"title": answer["rubrik"], "body": answer["text"] + _AFTER.format(issue=issue)}
    if pull:
        api(f"repos/{repository}/pulls/{pull['number']}", method="PATCH", **said)
    else:
        pull = api(f"repos/{repository}/pulls", head=branch, base=base, **said)
    return (
        f"Tack! Formuläret har blivit ett förslag till ändring: #{pull['number']}. Någon som får godkänna läser det "
        "nu. Vill du rätta något innan dess: redigera ärendets text, så ändras förslaget."
    )


def _is_ours(repository: str, sha: str) -> bool:
    commit = api(f"repos/{repository}/git/commits/{sha}")
    return bool(str(commit["author"]["email"]).endswith(f"{BOT}@users.noreply.github.com"))


def _commit(answer: dict[str, Any], issue: int, repository: str, sha: str) -> str:
    """A commit of the one file on the commit that the form was read against. Its author is the workflow's own."""
    blob = api(f"repos/{repository}/git/blobs", content=answer["innehåll"], encoding="utf-8")["sha"]
    tree = api(
        f"repos/{repository}/git/trees", base_tree=api(f"repos/{repository}/git/commits/{sha}")["tree"]["sha"],
        tree=[{"path": answer["fil"], "mode": "100644", "type": "blob", "sha": blob}],
    )["sha"]  # fmt: skip
    message = f"{answer['rubrik']}\n\nEtt ifyllt formulär: #{issue}\n"
    return str(api(f"repos/{repository}/git/commits", message=message, tree=tree, parents=[sha])["sha"])


def say(text: str, issue: int, repository: str) -> None:
    """The one comment of ours in the issue, as it is to be now."""
    body = f"{MARK}\n{text}"
    comments = api(f"repos/{repository}/issues/{issue}/comments?per_page=100")
    ours = [one for one in comments if one["user"]["login"] == BOT and str(one["body"]).startswith(MARK)]
    if not ours:
        api(f"repos/{repository}/issues/{issue}/comments", body=body)
    elif ours[0]["body"].split() != body.split():
        api(f"repos/{repository}/issues/comments/{ours[0]['id']}", method="PATCH", body=body)


def main(file: Path) -> None:
    """Act on an answer, in the checkout of the commit that the form was read against."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    issue, base = event["issue"]["number"], event["repository"]["default_branch"]
    repository, sha = os.environ["GITHUB_REPOSITORY"], os.environ["GITHUB_SHA"]
    if not isinstance(issue, int):
        raise RefusedError("ärendets nummer")
    answer = checked(json.loads(file.read_text("utf-8")), Path.cwd())
    text = propose(answer, issue, repository, sha, base) if answer["godtagen"] else answer["svar"]
    say(text, issue, repository)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except (RefusedError, ValueError) as error:
        raise SystemExit(f"Formuläret tas inte om hand: {error}") from None
