"""`python -m benchmarks.markup`: every built page, style sheet and drawing by the Nu HTML checker (vnu).

Needs Java 11 or later and `vnu-jar` from npm; says how to get what is missing. Fails when there is anything that is
not among the exceptions, which docs/maintainers/markup.md gives the reasons of.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.built import program, tool, tree

JAR = "vnu-jar/build/dist/vnu.jar"
KINDS = {".html": [], ".css": ["--css"], ".svg": ["--svg"]}
"""What is looked at, and how vnu is told that it is of that kind."""

EXCEPTIONS = (
    # A page read from a disk has no `self`. Browser tests load every script with the policy on.
    re.compile(r"Resource violates Content Security Policy .* external script"),
    # JSON-LD is data and no script that runs. A browser test holds that nothing else is inline.
    re.compile(r"Inline script violates Content Security Policy"),
    # In every browser since 2020 and in SVG 2; the checker's list of properties is older.
    re.compile(r"Property “paint-order” doesn't exist"),
    # CSS Anchor Positioning: asked for within `@supports`, and what explains a word lies at the bottom without it.
    re.compile(r"Property “position-(?:area|try-fallbacks)” doesn't exist"),
)


@dataclass(frozen=True, order=True)
class Remark:
    """Something the checker says, and where."""

    text: str
    file: str
    line: int

    @property
    def is_excepted(self) -> bool:
        """Whether it is one of those we know and keep."""
        return any(pattern.search(self.text) for pattern in EXCEPTIONS)


def files_in(folder: Path) -> list[Path]:
    """Every file of a kind that is looked at, the same file of two sites once; what Pagefind brings is left out."""
    found: dict[bytes | Path, Path] = {}
    for top, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if name != "pagefind")
        for path in (Path(top, name) for name in sorted(names)):
            if path.suffix in KINDS:
                found.setdefault(path if path.suffix == ".html" else path.read_bytes(), path)
    return list(found.values())


def remarks(files: Iterable[Path], java: str, jar: Path) -> list[Remark]:
    """What the checker says of files."""
    found: list[Remark] = []
    of_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for file in files:
        of_kind[file.suffix].append(str(file))
    for kind, paths in of_kind.items():
        if paths:
            command = [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--stdout", *KINDS[kind], *paths]
            answer = subprocess.run(command, capture_output=True, check=False)
            found += parsed(answer.stdout)
    return sorted(found)


def parsed(answer: bytes) -> list[Remark]:
    """The checker's answer in JSON as remarks."""
    messages = json.loads(answer)["messages"]
    return [
        Remark(one["message"], one.get("url", "").removeprefix("file:"), one.get("lastLine", 0))
        for one in messages
    ]


def report(found: Sequence[Remark], files: int) -> str:
    """Each thing said once, how often and where first; then what is excepted."""
    shown = [f"{files} files looked at."]
    for excepted in (False, True):
        these = [one for one in found if one.is_excepted is excepted]
        counted = Counter(one.text for one in these)
        shown.append(f"{len(these)} {'excepted' if excepted else 'to mend'}")
        for text, many in counted.most_common():
            first = next(one for one in these if one.text == text)
            shown.append(f"  {many} × {text}\n      {first.file}:{first.line}")
    return "\n".join(shown)


def main() -> None:
    """Build unless a tree is given, look, say what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.markup", description=__doc__)
    parser.add_argument("--tree", type=Path, help="a tree that is built already")
    parser.add_argument("--jar", type=Path, help="vnu.jar, where it is not in benchmarks/node_modules")
    asked = parser.parse_args()
    java, jar = program("java", "Java 11 or later"), tool(JAR, asked.jar)
    with tree(asked.tree) as folder:
        files = files_in(folder)
        found = remarks(files, java, jar)
    print(report(found, len(files)))
    if any(not one.is_excepted for one in found):
        sys.exit(1)


if __name__ == "__main__":
    main()
