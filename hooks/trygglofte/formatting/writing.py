"""A document's pieces as lines of a file, in the one canonical form.

Two spaces of indentation, the items of a list two further in than their key. Lists of single values and
keys in braces stay on one line where they were written so, fit in `WIDTH`, and hold no comma, no comment,
no prose and nothing empty. Everything else takes a line for each key and item. Prose is block text with `|`.
"""

from __future__ import annotations

import re

from trygglofte.formatting.kinds import Words
from trygglofte.formatting.meaning import one_line
from trygglofte.formatting.pieces import Piece
from trygglofte.formatting.prose import wrapped
from trygglofte.formatting.scalars import can_be_raw, written
from trygglofte.reading import Mapping, Scalar, Sequence

WIDTH = 110
"""Columns of a line of prose, or of a list or keys on one line, with their indentation."""

_STEP = 2
_HARD_SPACE_FIRST = re.compile(r" *[\t\u00a0\u2007\u202f\u2003\u2002\u3000]")
"""What the reader does not let a line begin with, so that such prose has to stay within quotation marks."""


def write(root: Piece, of_the_file: list[str]) -> str:
    """The whole file. `of_the_file` are the comments that stand before everything."""
    lines = _all_children(root, 0)
    while lines and not lines[0]:
        del lines[0]
    return "\n".join(_spaced([*of_the_file, *lines, *root.foot])).strip("\n") + "\n"


def _spaced(lines: list[str]) -> list[str]:
    """The lines without a blank one after another. Prose has none such of its own, or must keep them."""
    return [line for at, line in enumerate(lines) if line or at == 0 or lines[at - 1]]


def _all_children(piece: Piece, indent: int) -> list[str]:
    lines: list[str] = []
    for child in piece.in_order():
        found = _lines(child, indent)
        while not lines and found and not found[0]:
            del found[0]
        lines += found
    return lines


def _lines(piece: Piece, indent: int) -> list[str]:
    """A piece with its comments, its key or dash at `indent`."""
    lead = " " * indent
    label = "-" if piece.key is None else f"{written(piece.key)}:"
    line, below = _value(piece, indent, len(label) + 1)
    head, tails = list(piece.head), list(piece.tails)
    if piece.key is None and not line and below and _is_long(piece):
        return [*_at(lead, head + tails), *_opened_by_dash(below, lead), *_foot(piece, indent)]
    head += tails[:-1]
    opening = f"{lead}{label}{' ' if line else ''}{line}" + "".join(f"  {tail}" for tail in tails[-1:])
    return [*_at(lead, head), opening, *below, *_foot(piece, indent)]


def _is_long(piece: Piece) -> bool:
    return not isinstance(piece.node, Scalar)


def _opened_by_dash(below: list[str], lead: str) -> list[str]:
    """The lines of an item whose first key stands after its dash; comments before that key go before the dash."""
    first = next(at for at, line in enumerate(below) if line and not line.lstrip().startswith("#"))
    before = [f"{lead}{line.lstrip()}" if line else "" for line in below[:first]]
    return [*before, f"{lead}- {below[first].lstrip()}", *below[first + 1 :]]


def _at(lead: str, comments: list[str]) -> list[str]:
    return [f"{lead}{comment}" if comment else "" for comment in comments]


def _foot(piece: Piece, indent: int) -> list[str]:
    return _at(" " * (indent + _STEP), piece.foot)


def _value(piece: Piece, indent: int, label: int) -> tuple[str, list[str]]:
    """What stands on the line of the key or dash, and the lines below it."""
    node = piece.node
    if isinstance(node, Scalar):
        return _text(node, piece, indent)
    if not piece.children:
        return ("{}" if isinstance(node, Mapping) else "[]"), []
    if _may_stay_in_flow(piece):
        flow = _flow(piece)
        if indent + label + len(flow) <= WIDTH:
            return flow, []
    return "", _all_children(piece, indent + _STEP)


def _text(node: Scalar, piece: Piece, indent: int) -> tuple[str, list[str]]:
    text = node.text.strip()
    if Words.PROSE in piece.kinds and text and can_be_raw(text):
        lead = " " * (indent + _STEP)
        lines = wrapped(text, WIDTH - indent - _STEP)
        if not any(_HARD_SPACE_FIRST.match(line) for line in lines):
            return "|", [f"{lead}{line}" if line else "" for line in lines]
    return written(one_line(text) if Words.LINE in piece.kinds else text, node), []


def _may_stay_in_flow(piece: Piece) -> bool:
    """Whether something in brackets or braces may be written so again, if it is short enough."""
    if not piece.is_flow or piece.foot:
        return False
    simple = isinstance(piece.node, Sequence)
    for child in piece.children:
        if child.has_comments or "," in (child.key or "") or "\n" in (child.key or ""):
            return False
        if isinstance(child.node, Scalar):
            text = child.node.text.strip()
            if not text or "," in text or Words.PROSE in child.kinds:
                return False
        elif simple or (child.children and not _may_stay_in_flow(child)):
            return False
    return True


def _flow(piece: Piece) -> str:
    parts = []
    for child in piece.in_order():
        if isinstance(child.node, Scalar):
            text = child.node.text.strip()
            value = written(one_line(text) if Words.LINE in child.kinds else text, child.node, flow=True)
        else:
            value = _flow(child)
        parts.append(value if child.key is None else f"{written(child.key, flow=True)}: {value}")
    inside = ", ".join(parts)
    return f"{{{inside}}}" if isinstance(piece.node, Mapping) else f"[{inside}]"
