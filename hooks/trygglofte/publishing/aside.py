"""Folders for what is made and never published: outside the project, and gone with whoever made them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path


class Aside:
    """Fresh folders, one after the other, until `close`."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="trygglofte-"))
        self._many = 0

    def fresh(self) -> Path:
        """A folder that is there, and empty."""
        self._many += 1
        folder = self._folder / str(self._many)
        folder.mkdir()
        return folder

    def drop(self, folder: Path) -> None:
        """Take a folder away. What cannot be taken away now goes with the rest."""
        shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Take all of them away."""
        shutil.rmtree(self._folder, ignore_errors=True)
