"""A bucket in any store that speaks S3, through the program `aws` (1.x or 2.x), which also knows who may write.

A process takes half a second to start, so each step is one for each pair of media type and cache rule in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trygglofte.outputs.served import cache_of, content_type
from trygglofte.publishing.targets.contract import NOTES, Item, Target, TargetError
from trygglofte.publishing.targets.programs import Program, Staging

_HOW = "Installera AWS CLI, till exempel med ”pip install awscli” eller ”brew install awscli”."
_ADDRESS = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?P<prefix>.*))?")
_AT_ONCE = 1000
"""Keys in one DeleteObjects (Amazon S3 API reference)."""


class S3(Target):
    """A bucket, or what is below a prefix in one. `endpoint` is the store's address, where that is not Amazon's."""

    def __init__(self, address: str, endpoint: str | None, work: Path) -> None:
        found = _ADDRESS.fullmatch(address)
        if not found:
            raise TargetError(f"”{address}” är ingen adress i S3. Skriv till exempel s3://hink/mapp.")
        if endpoint is not None and not endpoint.startswith(("https://", "http://")):
            raise TargetError(
                f"”{endpoint}” är ingen adress. Skriv till exempel --endpoint https://s3.example.se."
            )
        self.bucket = found["bucket"]
        self.prefix = f"{prefix}/" if (prefix := (found["prefix"] or "").strip("/")) else ""
        self.common = ["--endpoint-url", endpoint] if endpoint else []
        self.aws = Program("aws", _HOW)
        self.staging = Staging(work)

    def notes(self) -> bytes | None:
        """The notes, if there are any. Needs the right to list: without it, what is missing is told as forbidden."""
        path = self.staging.folder() / NOTES
        done = self.aws.ask([*self._api("get-object"), "--key", self.prefix + NOTES, str(path)])
        if done.returncode and b"(NoSuchKey)" in done.stderr:
            return None
        if done.returncode:
            raise self.aws.failed(f"läsa i s3://{self.bucket}", done)
        return path.read_bytes()

    def begin(self, notes: bytes) -> None:
        """Write what is about to change."""
        self._write(notes)

    def put(self, items: Sequence[Item]) -> None:
        """Put files with their media types and cache rules, all of one kind at a time."""
        kinds: dict[tuple[str, str], list[Item]] = {}
        for item in items:
            kinds.setdefault((content_type(item.path), cache_of(item.path)), []).append(item)
        for (media, cache), alike in sorted(kinds.items()):
            folder = self.staging.links_to(alike)
            arguments = ["s3", "cp", f"{folder}/", f"s3://{self.bucket}/{self.prefix}", "--recursive",
                         "--only-show-errors", "--content-type", media, "--cache-control", cache]  # fmt: skip
            self.aws.run([*arguments, *self.common], f"lägga filer i s3://{self.bucket}")

    def remove(self, paths: Sequence[str], folders: Sequence[str]) -> None:  # noqa: ARG002 - the contract's
        """Delete keys. There are no folders in S3."""
        for start in range(0, len(paths), _AT_ONCE):
            keys = [{"Key": self.prefix + path} for path in paths[start : start + _AT_ONCE]]
            what = {"Objects": keys, "Quiet": True}
            listed = self.staging.file("bort.json", json.dumps(what).encode())
            arguments = [*self._api("delete-objects"), "--delete", f"file://{listed}", "--output", "json"]
            said = self.aws.run(arguments, f"ta bort filer i s3://{self.bucket}")
            _hold(json.loads(said or b"{}"), self.bucket)

    def finish(self, notes: bytes) -> None:
        """Write the notes."""
        self._write(notes)

    def _write(self, notes: bytes) -> None:
        body = self.staging.file(NOTES, notes)
        arguments = [*self._api("put-object"), "--key", self.prefix + NOTES, "--body", str(body),
                     "--content-type", "application/json", "--cache-control", "no-store"]  # fmt: skip
        self.aws.run(arguments, f"lägga filer i s3://{self.bucket}")

    def _api(self, action: str) -> list[str]:
        return ["s3api", action, *self.common, "--bucket", self.bucket]


def _hold(answer: dict[str, Any], bucket: str) -> None:
    """`aws` ends well also where some keys could not be deleted; the answer says which."""
    for error in answer.get("Errors", []):
        why = error.get("Message") or error.get("Code", "")
        raise TargetError(f"aws kunde inte ta bort {error.get('Key', '')} i s3://{bucket}: {why}")
