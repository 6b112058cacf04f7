"""The tree of a YAML file: values as they were written, each with its place in the file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from trygglofte.problems import Mark

Path = tuple[str | int, ...]
"""The way to a value: Swedish keys and list positions counted from 0."""

_UNKNOWN = Mark()


@dataclass(slots=True)
class Scalar:
    """A single value. `text` is what was written; an empty value is the empty text.

    `end`, here and below, is the place just after the last character: what a rewriter needs to know. Places of
    scalars and keys are kept as numbers, for a file has thousands of them and hardly any is asked for.
    """

    text: str
    line: int
    column: int
    style: str = "plain"
    end_line: int = 1
    end_column: int = 1

    @property
    def mark(self) -> Mark:
        """Where it begins."""
        return Mark(self.line, self.column)

    @property
    def end(self) -> Mark:
        """Where it ends."""
        return Mark(self.end_line, self.end_column)


@dataclass(slots=True)
class Sequence:
    """A list. `flow` tells that it was written with brackets."""

    items: list[Node]
    mark: Mark
    flow: bool = False
    end: Mark = _UNKNOWN


@dataclass(slots=True)
class Entry:
    """A key and what it holds. `mark` and `end` are the key's own."""

    node: Node
    line: int
    column: int
    end_line: int = 1
    end_column: int = 1

    @property
    def mark(self) -> Mark:
        """Where the key begins."""
        return Mark(self.line, self.column)

    @property
    def end(self) -> Mark:
        """Where the key ends."""
        return Mark(self.end_line, self.end_column)


@dataclass(slots=True)
class Mapping:
    """Keys with values. `flow` tells that it was written with braces."""

    entries: dict[str, Entry]
    mark: Mark
    flow: bool = False
    spellings: dict[str, str] = field(default_factory=dict)
    """Folded key → key as written, for finding `uppfoljningar` under `uppföljningar`."""
    end: Mark = _UNKNOWN

    def get(self, key: str) -> Entry | None:
        """The entry under `key`, in whichever of the two spellings it was written."""
        found = self.entries.get(key)
        if found is None:
            found = self.entries.get(self.spellings.get(fold(key), ""))
        return found


Node = Scalar | Sequence | Mapping


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """The key without dots and rings, in lower case: the form in which two spellings meet."""
    if key.isascii():
        return key.lower()
    decomposed = unicodedata.normalize("NFD", key.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def plain(node: Node) -> Any:
    """The tree as dicts, lists and texts, which is what the model reads."""
    if type(node) is Scalar:
        return node.text
    if isinstance(node, Mapping):
        return {key: plain(entry.node) for key, entry in node.entries.items()}
    assert isinstance(node, Sequence)
    return [plain(item) for item in node.items]


def scalars(node: Node) -> Iterator[Scalar]:
    """Every single value of a tree, in the order of the file."""
    if isinstance(node, Scalar):
        yield node
        return
    for inner in (
        node.items if isinstance(node, Sequence) else (entry.node for entry in node.entries.values())
    ):
        yield from scalars(inner)


def node_at(root: Node, path: Iterable[str | int]) -> Node | None:
    """The node at a path, or None where the path leads nowhere."""
    node: Node = root
    for step in path:
        found = _step(node, step)
        if found is None:
            return None
        node = found.node if isinstance(found, Entry) else found
    return node


def mark_at(root: Node, path: Iterable[str | int], *, key: bool = False) -> Mark:
    """Where a path leads. A path that goes too far stops at the nearest value above.

    With `key` the mark of the last key is given in place of its value's.
    """
    node: Node = root
    mark = root.mark
    for step in path:
        found = _step(node, step)
        if found is None:
            break
        if isinstance(found, Entry):
            node = found.node
            mark = found.mark if key or _is_container(node) else node.mark
        else:
            node = found
            mark = node.mark
    return mark


def _is_container(node: Node) -> bool:
    return not isinstance(node, Scalar)


def _step(node: Node, step: str | int) -> Entry | Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
