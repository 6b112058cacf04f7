"""What an editor shows with our schemas, asked of the real yaml-language-server over its own protocol.

Skipped where it is not installed: on PATH, in node_modules/.bin, or where TRYGGLOFTE_YAML_LS says.
To try it: npm install --prefix ~/yls yaml-language-server, and
TRYGGLOFTE_YAML_LS=~/yls/node_modules/.bin/yaml-language-server pytest tests/test_yaml_language_server.py
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MINIMAL

ROOT = Path(__file__).parents[1]
SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
PATIENCE = 60
PLEDGE = "data/provstad/medborgarloften/prov.yml"
FOLLOW_UP = """\
titel: Prov
åtaganden:
  - id: stada
    vad: Städar torget
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: polisen
    utfall:
      stada:
        status:\x20
"""


def server() -> str | None:
    local = ROOT / "node_modules/.bin/yaml-language-server"
    return (
        os.environ.get("TRYGGLOFTE_YAML_LS")
        or shutil.which("yaml-language-server")
        or (str(local) if local.exists() else None)
    )


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        server() is None or shutil.which("node") is None, reason="yaml-language-server is not installed"
    ),
]


class Editor:
    """An editor with the project open: just enough of the language server protocol to ask what it would show."""

    def __init__(self, command: str) -> None:
        self.process = subprocess.Popen(
            [command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.ids = itertools.count(1)
        self.versions = itertools.count(1)
        self.opened: set[str] = set()
        self.configured = threading.Event()
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.found: queue.Queue[dict[str, Any]] = queue.Queue()
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()
        documentation = {"documentationFormat": ["markdown"], "snippetSupport": True}
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": ROOT.as_uri(),
                "workspaceFolders": [{"uri": ROOT.as_uri(), "name": "trygglofte"}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {"completionItem": documentation},
                        "hover": {"contentFormat": ["markdown"]},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self.tell("initialized", {})
        assert self.configured.wait(PATIENCE)

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        number = next(self.ids)
        self._send({"id": number, "method": method, "params": params})
        while True:
            answer = self.answers.get(timeout=PATIENCE)
            if answer["id"] == number:
                assert "error" not in answer, answer
                return answer["result"]

    def open(self, path: str, text: str) -> tuple[str, list[dict[str, Any]]]:
        """Open a file as if it stood at a path of the project; gives its address and all that is marked in it."""
        uri = (ROOT / path).as_uri()
        if uri in self.opened:
            self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
            assert self._marked(uri) == []
        self.opened.add(uri)
        document = {"uri": uri, "languageId": "yaml", "version": next(self.versions), "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri, self._marked(uri)

    def problems(self, path: str, text: str) -> list[str]:
        """Line (from 1) and message of all that is marked in a file."""
        _, found = self.open(path, text)
        return [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in found]

    def _marked(self, uri: str) -> list[dict[str, Any]]:
        params = self.found.get(timeout=PATIENCE)
        assert params["uri"] == uri
        return list(params["diagnostics"])

    def hover(self, text: str, word: str, path: str = PLEDGE) -> str:
        uri, _ = self.open(path, text)
        before = text[: text.index(word)]
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        answer = self.ask("textDocument/hover", _at(uri, line, column + 1))
        return str(answer["contents"]["value"]) if answer else ""

    def offers(self, text: str, path: str = PLEDGE) -> dict[str, dict[str, Any]]:
        """What is offered at the mark ‸ in a text, by label."""
        before, _, after = text.partition("‸")
        uri, _ = self.open(path, before + after)
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        answer = self.ask("textDocument/completion", _at(uri, line, column))
        return {item["label"]: item for item in answer["items"]}

    def close(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout
        while header := self.process.stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = self.process.stdout.readline()
            self._take(json.loads(self.process.stdout.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.found.put(message["params"])
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": _answered(message)})
            if len(message.get("params", {}).get("items", ())) > 1:
                self.configured.set()
        elif "id" in message:
            self.answers.put(message)


def _answered(message: dict[str, Any]) -> Any:
    """Our side of a request from the server; the settings are all it truly asks for."""
    if message["method"] != "workspace/configuration":
        return None
    return [_section(item.get("section", "")) for item in message["params"]["items"]]


def _at(uri: str, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def _section(name: str) -> Any:
    """A section of .vscode/settings.json as VS Code gives it: nested where its names have dots."""
    inner: dict[str, Any] = {}
    for key, value in SETTINGS.items():
        section, *steps = key.split(".")
        if section == name and steps:
            holder = inner
            for step in steps[:-1]:
                holder = holder.setdefault(step, {})
            holder[steps[-1]] = value
    return SETTINGS.get(name, {**inner, "validate": True, "hover": True, "completion": True})


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    command = server()
    assert command
    editor = Editor(command)
    yield editor
    editor.close()


def test_a_key_is_explained_in_swedish_when_pointed_at(editor):
    said = editor.hover(FOLLOW_UP, "publicerad")
    assert "#### Publicerad" in said
    assert "När rapporten lades ut." in said
    assert "**Måste finnas.**" in said
    assert "2026-05-11" in said


def test_a_key_without_dots_and_rings_is_explained_too(editor):
    text = FOLLOW_UP.replace("uppföljningar", "uppfoljningar")
    assert "#### Uppföljningar" in editor.hover(text, "uppfoljningar")


def test_the_statuses_are_offered(editor):
    offered = editor.offers(FOLLOW_UP.replace("status: ", "status: ‸"))
    assert {"planerat", "pågår", "genomfört", "delvis genomfört", "förs över"} <= set(offered)


@pytest.mark.parametrize(
    "text",
    [
        "titel: Prov\nfokusområden:\n  - titel: Ett\n    teman: ‸\n",
        "titel: Prov\nfokusområden:\n  - titel: Ett\n    teman: [‸]\n",
        "titel: Prov\nfokusområden:\n  - titel: Ett\n    teman:\n      - ‸\n",
    ],
    ids=["one", "within brackets", "after a dash"],
)
def test_the_themes_are_offered(editor, text):
    offered = editor.offers(text)
    assert {"otrygga-platser", "narkotika", "trafik"} <= set(offered)


def test_keys_are_offered_in_their_right_spelling_only(editor):
    offered = editor.offers("titel: Prov\n‸\n")
    assert {"uppföljningar", "åtaganden", "gäller"} <= set(offered)
    assert not {"uppfoljningar", "ataganden", "galler", "titel"} & set(offered)


def test_a_commitment_can_be_begun_with_a_snippet(editor):
    offered = editor.offers("titel: Prov\nåtaganden:\n  - ‸\n")
    (snippet,) = (item for label, item in offered.items() if label == "Åtagande: ny")
    assert "id: ${" in snippet["insertText"]
    assert "vad: ${" in snippet["insertText"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "titel: Prov\nproblembilden: Otryggt\n",
            "2: Här får bara stå nycklar med värden, och bara dessa: titel",
        ),
        ("problembild: Otryggt\n", "1: Här saknas nyckeln ”titel”. Rubriken på sidan."),
        ("titel:\n", "1: Skriv en text, eller ta bort raden."),
        ("titel: Prov\npubliceras_från: 2026-02-30\n", "2: Skriv en dag som finns, med eller utan klockslag"),
        ("titel: Prov\ngäller: {till: 2026-02-30}\n", "2: Skriv"),
        (
            "titel: Prov\nfokusområden:\n  - {titel: A, teman: [trafk]}\n",
            "3: Temat finns inte i data/teman.yml.",
        ),
        ("titel: Prov\nåtaganden: Städar\n", "2: Här ska det stå en lista"),
        (FOLLOW_UP.replace("status: ", "status: klart"), "11: Välj mellan planerat"),
    ],
    ids=[
        "unknown",
        "missing",
        "empty",
        "no such day",
        "no such end",
        "no such theme",
        "no list",
        "no such word",
    ],
)
def test_what_is_wrong_is_marked_in_swedish(editor, text, said):
    (problem,) = editor.problems(PLEDGE, text)
    assert problem.startswith(said)


@pytest.mark.parametrize("code", ["0305", '"0305"', "2182"])
def test_a_code_without_quotation_marks_is_no_mistake(editor, code):
    text = MINIMAL["data/provstad/kommun.yml"].replace('"0000"', code)
    assert editor.problems("data/provstad/kommun.yml", text) == []


def test_what_an_editor_takes_for_numbers_is_no_mistake(editor):
    hours = "namn: P\nadress: https://p.example/\nansvarig:\n  namn: P\n  telefon: 112\n  öppettider:\n"
    hours += "    - {dagar: torsdag, öppnar: 08.00, stänger: 17.30}\n"
    rest = MINIMAL["data/portal.yml"].partition("tillgänglighet:")
    assert editor.problems("data/portal.yml", hours + rest[1] + rest[2]) == []


def test_no_real_file_and_no_starter_is_marked(editor):
    files = sorted([*(ROOT / "data").rglob("*.yml"), *(ROOT / "docs/mallar").glob("*.yml")])
    assert files
    marked = {}
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if found := editor.problems(name, path.read_text("utf-8")):
            marked[name] = found
    assert marked == {}
