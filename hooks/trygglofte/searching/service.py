"""The conversation with Pagefind: pages go in and the files of an index come out, all of it in memory.

Responsible for finding the program, for its protocol and for saying in Swedish what went wrong. Knows
nothing of where pages lie or what becomes of the files.

The program is asked as a service (the protocol that Pagefind's own Python and Node packages speak) and
not with `--site`, because then *we* say in which order pages come. With `--site` they are numbered as
the file system happens to list them, and the numbers are in every part of the index. As a service it
also reads no environment and no configuration file, and writes nothing to disk.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, cast

LANGUAGE = "sv"
_END = b","
_CHUNK = 1 << 20


class SearchError(Exception):
    """The search index could not be built. Its text is Swedish: what happened, what to do, and the detail."""

    def __init__(self, message: str, hint: str, detail: str = "") -> None:
        super().__init__(" ".join(filter(None, (message, hint, detail and f"({detail})"))))
        self.message = message
        self.hint = hint
        self.detail = detail


def build_index(pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Index pages (an address such as `x/index.html`, and HTML) and give the index's files by path.

    Pages are numbered in the order they come, and only one is held at a time. Raises SearchError.
    """
    with tempfile.TemporaryFile() as complaints, _start(complaints) as process:
        conversation = _Conversation(process, complaints)
        conversation.ask("NewIndex", config={"force_language": LANGUAGE})
        for address, html in pages:  # the next is made ready while the service reads the one before it
            conversation.say("AddFile", index_id=0, file_path=address, file_contents=html)
        files = conversation.ask("GetFiles", index_id=0)["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


def _start(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    try:
        command = [str(_program()), "--service"]
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=complaints, env={})
    except (ImportError, OSError) as error:
        raise _failure("går inte att starta", str(error)) from error


def _program() -> Path:
    """The program itself: by way of `python -m pagefind` every index would wait for one more Python."""
    from pagefind_bin import get_executable  # type: ignore[import-untyped]

    return Path(get_executable())


class _Conversation:
    """One question at a time, the answer of the one before read first: no pipe can fill up, and no thread is needed.

    The service takes one request at a time itself, so that asking further ahead would gain nothing.
    """

    def __init__(self, process: subprocess.Popen[bytes], complaints: IO[bytes]) -> None:
        self._process = process
        self._stdin = cast(IO[bytes], process.stdin)
        self._stdout = cast(IO[bytes], process.stdout)
        self._complaints = complaints
        self._asked = 0
        self._unanswered = ""

    def ask(self, request: str, **content: object) -> dict[str, Any]:
        """What the service answers. Raises SearchError where that is an error, or nothing we understand."""
        self.say(request, **content)
        return self._heard()

    def say(self, request: str, **content: object) -> None:
        """Ask without waiting: the answer is heard before the next question, and raises SearchError then."""
        if self._unanswered:
            self._heard()
        message = {"message_id": self._asked, "payload": {"type": request, **content}}
        self._asked += 1
        self._unanswered = request
        try:
            self._stdin.write(base64.b64encode(json.dumps(message).encode()) + _END)
            self._stdin.flush()
        except OSError as error:
            raise self._lost(error) from error

    def _heard(self) -> dict[str, Any]:
        request, self._unanswered = self._unanswered, ""
        try:
            payload: dict[str, Any] = json.loads(base64.b64decode(self._answer()))["payload"]
            problem = payload["message"] if payload["type"] == "Error" else None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._lost(error) from error
        if problem is not None:
            raise _failure(f"säger nej till {request}", str(problem))
        return payload

    def _lost(self, error: Exception) -> SearchError:
        return _failure("svarar inte som det ska", self._last_words() or str(error))

    def _answer(self) -> bytes:
        parts = []
        while part := os.read(self._stdout.fileno(), _CHUNK):
            parts.append(part)
            if part.endswith(_END):
                break
        return b"".join(parts).removesuffix(_END)

    def _last_words(self) -> str:
        """The last line that the program wrote before it gave up."""
        self._process.kill()
        self._process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _failure(what: str, detail: str) -> SearchError:
    hint = "Kör ”make clean” och sedan ”make site”. Hjälper inte det, visa felet för en utvecklare."
    return SearchError(f"Sökprogrammet Pagefind {what}.", hint, detail)
