"""Values put into a file: comments stay and nothing else changes its meaning.

`put_value` gives the whole file in canonical form. `put_values` leaves every other line as it was written, also
where the file is not in that form.
"""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from trygglofte.formatting.comments import take_comments
from trygglofte.formatting.kinds import part_of, within
from trygglofte.formatting.meaning import meaning
from trygglofte.formatting.pieces import Piece, document
from trygglofte.formatting.writing import write
from trygglofte.model.base import Part
from trygglofte.problems import has_errors
from trygglofte.reading import Mapping, Node, Path, Scalar, Sequence, node_at, read_document
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
    node = Scalar(value, *holder.node.mark)
    there = next((child for child in holder.children if child.key == key), None)
    if there:
        there.node = node
        return
    kinds = within(holder.kinds, key)
    holder.children.append(Piece(key, node, kinds, holder.start, holder.start, holder.column, holder))


@dataclass(frozen=True)
class Put:
    """A value for `keys` within the part at `at` (Swedish keys and positions): a text, a list of them, or nothing.

    Nothing takes the key away, and what is left empty by that within the part.
    """

    at: Path
    keys: tuple[str, ...]
    value: str | list[str] | None


def put_values(raw: bytes, model: type[Part], puts: Many[Put]) -> str | None:
    """The file with every value put, its other lines as they were. None where that cannot be done surely."""
    tree, problems = read_document(raw, "")
    text, _ = decode(raw, "")
    if tree is None or text is None or has_errors(problems):
        return None
    if not all(isinstance(node_at(tree, put.at), Mapping) for put in puts):
        return None
    root = document(tree, (model,))
    comments = take_comments(root, text.split("\n"))
    before = write(root, list(comments))
    for put in puts:
        _put_in(_piece_at(root, put.at), put.keys, put.value)
    after = write(root, comments)
    merged = _merged(raw.decode("utf-8"), before, after)
    wanted, _ = read_document(after.encode(), "")
    if wanted is None:
        return None
    found, problems = read_document(merged.encode(), "")
    sure = (
        found is not None
        and not has_errors(problems)
        and meaning(found, (model,)) == meaning(wanted, (model,))
    )
    return (merged if sure else after) if _only(puts, tree, wanted, model) else None


def _put_in(piece: Piece, keys: tuple[str, ...], value: str | list[str] | None) -> None:
    key, inner = keys[0], keys[1:]
    child = next((one for one in piece.children if one.key == key), None)
    if child is None:
        if value is None:
            return
        kinds = within(piece.kinds, key)
        child = Piece(key, _empty(piece), kinds, piece.start, piece.start, piece.column, piece)
        piece.children.append(child)
    if inner:
        _spread(child)
        _put_in(child, inner, value)
    elif value is not None:
        _fill(child, value)
    if (value is None and not inner) or (inner and not child.children):
        _take_out(child, piece)


def _take_out(child: Piece, holder: Piece) -> None:
    """A key taken away. Its comments stay where they stood: before what came after it."""
    at = holder.children.index(child)
    del holder.children[at]
    left = [comment for one in child.everything() for comment in (*one.head, *one.tails, *one.foot)]
    blank = [""] if child.head[:1] == [""] else []
    after = holder.children[at].head if at < len(holder.children) else holder.foot
    after[:0] = [*blank, *filter(None, left)] if any(left) else []


def _empty(piece: Piece) -> Mapping:
    return Mapping({}, piece.node.mark, flow=True)


def _spread(piece: Piece) -> None:
    """What was written in short, as the keys it stands for."""
    part = part_of(piece.kinds)
    if not isinstance(piece.node, Scalar) or part is None:
        return
    short = part.from_short(piece.node.text) if piece.node.text else {}
    piece.node = Mapping({}, piece.node.mark, flow=True)
    for key, text in short.items() if isinstance(short, dict) else ():
        _put_in(piece, (key,), text)


def _fill(piece: Piece, value: str | list[str]) -> None:
    """Give a piece its value. One item of a list stands alone unless it stood in a list before."""
    old = piece.node
    piece.children = []
    if isinstance(value, list) and (len(value) != 1 or isinstance(old, Sequence)):
        piece.node = Sequence([], old.mark, flow=not isinstance(old, Sequence) or old.flow)
        kinds = within(piece.kinds, None)
        for item in value:
            node = Scalar(item, *old.mark)
            piece.children.append(Piece(None, node, kinds, piece.start, piece.start, piece.column, piece))
        return
    text = value[0] if isinstance(value, list) else value
    piece.node = replace(old, text=text) if isinstance(old, Scalar) else Scalar(text, *old.mark)


def _only(puts: Many[Put], old: Mapping, new: Mapping, model: type[Part]) -> bool:
    """Whether two trees mean the same but for the keys that were put, which are taken out of both."""
    for tree in (old, new):
        for put in puts:
            holder: Node | None = node_at(tree, put.at)
            if isinstance(holder, Mapping):
                gone = holder.get(put.keys[0])
                holder.entries = {name: entry for name, entry in holder.entries.items() if entry is not gone}
    return bool(meaning(old, (model,)) == meaning(new, (model,)))


def _merged(written: str, before: str, after: str) -> str:
    """What changed between two canonical texts, changed in the text as it was written.

    Lines that all three share, however far in they begin, are the fixed points; between two of them stands what
    was written, or what is to come where that differs, as far in as what stands there. (The three-way merge of
    Khanna, Kunal and Pierce 2007, without conflicts.)
    """
    lines = written.splitlines(keepends=True)
    bare = [line.rstrip("\r\n").removeprefix("\ufeff") for line in lines]
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    old, new = before.split("\n")[:-1], after.split("\n")[:-1]
    ours = _pairs([line.lstrip() for line in old], [line.lstrip() for line in bare])
    theirs = _pairs(old, new)
    found: list[str] = []
    at = (0, 0, 0)
    for line in [*(line for line in range(len(old)) if line in ours and line in theirs), len(old)]:
        to = (line, ours.get(line, len(bare)), theirs.get(line, len(new)))
        was, own, come = old[at[0] : to[0]], lines[at[1] : to[1]], new[at[2] : to[2]]
        if was == come:
            found += own
        elif len(was) == len(own) == len(come):
            found += [
                one if a == b else f"{_moved(b, a, one)}{ending}"
                for a, one, b in zip(was, own, come, strict=True)
            ]
        else:
            near = (old[at[0] - 1], bare[at[1] - 1]) if at[0] else ("", "")
            found += [f"{_moved(text, *near)}{ending}" for text in come]
        if line < len(old):
            found.append(lines[to[1]])
        at = (to[0] + 1, to[1] + 1, to[2] + 1)
    return "".join(found)


def _moved(line: str, canonical: str, written: str) -> str:
    """A canonical line, as much further in or out as a line was written than its canonical form."""
    further = _indent(written) - _indent(canonical)
    return " " * (_indent(line) + further) + line.lstrip(" ") if line.strip() else line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _pairs(old: list[str], new: list[str]) -> dict[int, int]:
    """The lines of one text that are lines of another, in order."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
