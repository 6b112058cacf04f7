"""Which comment belongs to what.

- A comment at the end of a line belongs to the last key, text or closing bracket on that line.
- A comment on a line of its own belongs to what comes next, unless it is indented further than that: then
  it stands last in the list or under the keys whose indentation it has. So does a comment before a closing
  bracket, and one under a key without value.
- What stands first in the file and is followed by a blank line, or is an editor's setting
  (`# yaml-language-server:`), belongs to the file; so does what stands last.
- Between a key and its text there is no room for a comment in canonical form: it goes before the key.

A blank line belongs to what it stands before. Several are one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from trygglofte.formatting.pieces import Piece, Place, place
from trygglofte.reading import Scalar

_SETTING = re.compile(r"#\s*yaml-language-server:")
_LONE_DASH = re.compile(r"\s*-(?:\s+-)*\s*(?:#.*)?")
_UNSPACED = re.compile(r"#(?=[^ \n#!-])")


@dataclass(frozen=True)
class Comment:
    """A comment from its `#` on. `alone` tells that nothing else stands on its line."""

    place: Place
    text: str
    alone: bool


def take_comments(root: Piece, lines: list[str]) -> list[str]:
    """Give every comment and blank line of a file to a piece of `root`; what belongs to the file is returned."""
    pieces = list(root.everything())
    _Attaching(root, pieces, lines).run()
    if not root.children:
        return []
    first = root.children[0].head
    return _of_the_file(first)


def _of_the_file(first: list[str]) -> list[str]:
    """Move what belongs to the file out of the first key's lines."""
    comments_end = max((at for at, line in enumerate(first) if line), default=-1)
    blanks = [at for at in range(1, len(first)) if not first[at] and any(first[:at])]
    settings = [at for at in range(comments_end + 1) if _SETTING.match(first[at])]
    cut = max([*blanks, *(at + 1 for at in settings)], default=0)
    mine = first[:cut]
    if blanks and cut == blanks[-1]:
        mine.append("")
    del first[:cut]
    return mine


class _Attaching:
    def __init__(self, root: Piece, pieces: list[Piece], lines: list[str]) -> None:
        self.root = root
        self.pieces = pieces[1:]
        self.starts = [piece.start for piece in self.pieces]
        self.lines = lines
        self.ends: dict[int, list[tuple[Place, Piece]]] = {}
        for piece in self.pieces:
            for at in {piece.start, piece.key_end, piece.end}:
                self.ends.setdefault(at[0], []).append((at, piece))

    def run(self) -> None:
        comments = list(_comments(self.pieces, self.lines))
        claimed = {comment.place[0] for comment in comments if comment.alone}
        for comment in comments:
            if not self._at_line_end(comment):
                lines = self._lines_of(comment)
                lines += [*self._blank_above(comment.place[0]), comment.text]
        for piece in self.pieces:
            line = piece.start[0]
            within_flow = any(above.is_flow for above in piece.ancestry() if above is not piece)
            if line not in claimed and not within_flow:
                claimed.add(line)
                piece.head += self._blank_above(line)

    def _blank_above(self, line: int) -> list[str]:
        return [""] if line > 1 and not self.lines[line - 2].strip() else []

    def _at_line_end(self, comment: Comment) -> bool:
        """Give a comment to what it stands after on its line."""
        before = [
            (at, order, piece)
            for order, (at, piece) in enumerate(self.ends.get(comment.place[0], []))
            if at <= comment.place and not _is_untrusted_end(at, piece)
        ]
        if comment.alone or not before:
            return False
        piece = max(before, key=lambda found: found[:2])[2]
        piece.tails.append(_UNSPACED.sub("# ", comment.text))
        return True

    def _lines_of(self, comment: Comment) -> list[str]:
        """The lines that a comment on a line of its own belongs among."""
        after = bisect_right(self.starts, comment.place)
        last = self.pieces[after - 1] if after else None
        coming = self.pieces[after] if after < len(self.pieces) else None
        if last is None:
            return coming.head if coming else self.root.foot
        if isinstance(last.node, Scalar) and last.node.text and place(last.node.mark) > comment.place:
            return last.head
        for above in last.ancestry():
            if above.is_flow and place(above.node.mark) < comment.place < above.end:
                return coming.head if coming and coming.start < above.end else above.foot
        if coming and coming.key is None and self._after_dash(comment, last):
            return coming.head
        column = coming.column if coming else 0
        if comment.place[1] > column:
            still_open = set(coming.ancestry()) if coming else {self.root}
            for above in last.ancestry():
                if above in still_open:
                    break
                if above.column < comment.place[1] and (above.children or above.is_empty):
                    return above.foot
        return coming.head if coming else self.root.foot

    def _after_dash(self, comment: Comment, last: Piece) -> bool:
        """Whether a comment stands between a dash and what belongs to it. `last` is what began before."""
        line, column = comment.place
        before = self.lines[line - 1][: column - 1]
        while line > last.start[0] and (not before.strip() or before.lstrip().startswith("#")):
            line -= 1
            before = self.lines[line - 1]
        exact = isinstance(last.node, Scalar) or last.is_flow
        began = last.end if exact else last.key_end
        return (line, 1) >= began and bool(_LONE_DASH.fullmatch(before))


def _is_untrusted_end(at: Place, piece: Piece) -> bool:
    """A block's end, which may stand after what comes next; a text's and a bracket's are exact."""
    return (
        at not in (piece.start, piece.key_end)
        and not piece.is_flow
        and (not isinstance(piece.node, Scalar) or piece.node.style in {"literal", "folded"})
    )


def _comments(pieces: list[Piece], lines: list[str]) -> Iterator[Comment]:
    """Every `#` that stands outside keys and texts, with the rest of its line."""
    spans = sorted(span for piece in pieces for span in _spans(piece))
    at = 0
    for number, line in enumerate(lines, 1):
        column = line.find("#") + 1
        while column:
            while at < len(spans) and spans[at][1] <= (number, column):
                at += 1
            if at == len(spans) or spans[at][0] > (number, column):
                alone = not line[: column - 1].strip()
                yield Comment((number, column), line[column - 1 :].rstrip(), alone)
                break
            column = line.find("#", column) + 1


def _spans(piece: Piece) -> Iterator[tuple[Place, Place]]:
    """From where to where a `#` is part of a key or of a text."""
    yield piece.start, piece.key_end
    if isinstance(piece.node, Scalar):
        start = place(piece.node.mark)
        if piece.node.style in {"literal", "folded"}:
            start = start[0] + 1, 1
        yield start, piece.end
