"""What the commands that look at built pages share: the tree, built for the tests' day, and tools from npm.

Nothing here is needed to build or to test. Tools are installed beside this file, where git does not look.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.conftest import DAY, ROOT
from trygglofte.publishing import PublishError, publish

TOOLS = Path(__file__).parent / "node_modules"
INSTALL = "npm install --prefix benchmarks --no-save --no-package-lock vnu-jar lighthouse@12"


@contextmanager
def tree(given: Path | None, project: Path = ROOT) -> Iterator[Path]:
    """A tree that is built already, or one built from the project for as long as it is needed."""
    if given is not None:
        if not (given / "index.html").exists():
            sys.exit(f"{given} holds no built tree: run `trygglofte build --out {given}`.")
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as temporary:
        output = Path(temporary) / "site"
        try:
            publish(project, output, DAY)
        except PublishError as error:
            sys.exit(f"The project cannot be built: {error}")
        yield output


def program(name: str, version: str) -> str:
    """Where a program is, or an end that says which to install."""
    found = shutil.which(name)
    return found or sys.exit(f"{name} was not found: install {version}, then run this again.")


def tool(path: str, given: Path | None) -> Path:
    """A file of a package from npm, where it was said to be or where `INSTALL` puts it."""
    found = given or TOOLS / path
    if not found.exists():
        sys.exit(
            f"{found} was not found. With Node 20 or later, run this in the project's folder:\n    {INSTALL}"
        )
    return found
