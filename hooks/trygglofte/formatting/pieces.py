"""A document as pieces that can be moved: every key and list item with its own comments and blank lines.

Built from the reader's tree; where a comment belongs is decided in `comments`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from trygglofte.formatting.kinds import Kinds, key_order, part_of, within
from trygglofte.formatting.meaning import spelled
from trygglofte.problems import Mark
from trygglofte.reading import Mapping, Node, Scalar, Sequence

Place = tuple[int, int]
"""Line and column, from 1, in a form that can be compared."""


@dataclass(eq=False)
class Piece:
    """A key with its value, or an item of a list (`key` is None), or the document itself.

    `head` is what stands on the lines before it and `foot` on the lines after all that is in it: comments,
    and "" for a blank line. `tails` are comments at the end of its line. `column` is the column of its key
    or of its dash, `start` where its key or value begins.
    """

    key: str | None
    node: Node
    kinds: Kinds
    start: Place
    key_end: Place
    column: int
    parent: Piece | None = None
    children: list[Piece] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    tails: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)

    @property
    def end(self) -> Place:
        """Where its value ends. That of a block is not to be trusted: it may be after what follows it."""
        return place(self.node.end)

    @property
    def is_flow(self) -> bool:
        """Whether its value was written with brackets or braces."""
        return not isinstance(self.node, Scalar) and self.node.flow

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.children and (not isinstance(self.node, Scalar) or not self.node.text)

    @property
    def has_comments(self) -> bool:
        """Whether it or anything in it carries a comment."""
        own = any((*self.head, *self.tails, *self.foot))
        return own or any(child.has_comments for child in self.children)

    def ancestry(self) -> Iterator[Piece]:
        """The piece itself, what holds it, and so on up to the document."""
        piece: Piece | None = self
        while piece is not None:
            yield piece
            piece = piece.parent

    def everything(self) -> Iterator[Piece]:
        """The piece and all that is in it, in the order it was written."""
        yield self
        for child in self.children:
            yield from child.everything()

    def in_order(self) -> list[Piece]:
        """What is in it, keys in canonical order."""
        part = part_of(self.kinds) if isinstance(self.node, Mapping) else None
        if part is None:
            return self.children
        order = {name: number for number, name in enumerate(key_order(part))}
        return sorted(self.children, key=lambda child: order.get(child.key or "", len(order)))


def place(mark: Mark) -> Place:
    """A mark that can be compared."""
    return mark.line, mark.column


def document(tree: Mapping, kinds: Kinds) -> Piece:
    """The whole document, without its comments so far."""
    root = Piece(None, tree, kinds, (0, 0), (0, 0), 0)
    _fill(root)
    return root


def _fill(piece: Piece) -> None:
    node = piece.node
    if isinstance(node, Mapping):
        part = part_of(piece.kinds)
        for name, entry in node.entries.items():
            key = spelled(name, part)
            inner = within(piece.kinds, key)
            mark = entry.mark
            piece.children.append(
                Piece(key, entry.node, inner, place(mark), place(entry.end), mark.column, piece)
            )
    elif isinstance(node, Sequence):
        inner = within(piece.kinds, None)
        for item in node.items:
            start = place(item.mark)
            piece.children.append(Piece(None, item, inner, start, start, node.mark.column, piece))
    for child in piece.children:
        _fill(child)
