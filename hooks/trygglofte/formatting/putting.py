"""One value put into a file, and all else in canonical form: comments stay and nothing else changes."""

from __future__ import annotations

from trygglofte.formatting.comments import take_comments
from trygglofte.formatting.kinds import within
from trygglofte.formatting.meaning import meaning
from trygglofte.formatting.pieces import Piece, document
from trygglofte.formatting.writing import write
from trygglofte.model.base import Part
from trygglofte.problems import has_errors
from trygglofte.reading import Mapping, Path, Scalar, node_at, read_document
from trygglofte.reading.decoding import decode


def put_value(raw: bytes, model: type[Part], path: Path, key: str, value: str) -> str | None:
    """The file with `key: value` in the part at `path` (Swedish keys and positions), in canonical form.

    None where the file cannot be read, `path` leads to no keys, or anything else would change its meaning.
    """
    tree, problems = read_document(raw, "")
    if tree is None or has_errors(problems) or not isinstance(node_at(tree, path), Mapping):
        return None
    text, _ = decode(raw, "")
    assert text is not None, "what was read can be decoded"
    root = document(tree, (model,))
    comments = take_comments(root, text.split("\n"))
    _put(_piece_at(root, path), key, value)
    written = write(root, comments)
    again, problems = read_document(written.encode(), "")
    if again is None or has_errors(problems):
        return None
    for one in (tree, again):
        holder = node_at(one, path)
        assert isinstance(holder, Mapping)
        holder.entries = {name: entry for name, entry in holder.entries.items() if name != key}
    return written if meaning(again, (model,)) == meaning(tree, (model,)) else None


def _piece_at(root: Piece, path: Path) -> Piece:
    piece = root
    for step in path:
        children = piece.children
        piece = children[step] if isinstance(step, int) else next(one for one in children if one.key == step)
    return piece


def _put(holder: Piece, key: str, value: str) -> None:
    node = Scalar(value, holder.node.mark)
    there = next((child for child in holder.children if child.key == key), None)
    if there:
        there.node = node
        return
    kinds = within(holder.kinds, key)
    holder.children.append(Piece(key, node, kinds, holder.start, holder.start, holder.column, holder))
