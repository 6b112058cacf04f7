"""Where new lines go in a file that is kept as it is, byte by byte, before and after them."""

from __future__ import annotations

from trygglofte.reading import Mapping, Node, Sequence
from trygglofte.starting.drafting import Line, Lines, StartError, item, under, within

_BY_HAND = "Skriv uppföljningarna på egna rader, med ”- ” först, och försök igen."


def with_item(source: str, tree: Mapping, alias: str, after: str, lines: Lines) -> tuple[str, Lines, int]:
    """A file's text with one more item last in a list, the lines that were added, and the number of the first.

    `source` is the whole text as it stands, whatever its line endings. A list that is not there is begun under
    the key `after`, or last in the file.
    """
    rows = source.splitlines(keepends=True)
    if tree.flow:
        raise StartError(f"Filen är skriven inom klamrar, och kan inte fyllas på. {_BY_HAND}")
    found = tree.get(alias)
    margin = tree.mark.column - 1
    if found is None:
        before = tree.get(after)
        at = _end(rows, before.node if before else tree, margin)
        added = _moved(under(alias, item(lines)), margin)
    elif isinstance(found.node, Sequence) and not found.node.flow and found.node.items:
        margin = found.node.mark.column - 1
        at = _end(rows, found.node, margin)
        added = _moved(item(lines), margin)
    else:
        raise StartError(f"Det som står under ”{alias}” kan inte fyllas på. {_BY_HAND}")
    return _joined(rows, at, added), added, at + 1


def _end(rows: list[str], node: Node, margin: int) -> int:
    """How many of the file's lines come before what follows a node. Comments further in than it belong to it."""
    at = node.end.line - 1
    if at < len(rows) and rows[at][: node.end.column - 1].strip("\ufeff \r\n"):
        return at + 1
    at = min(at, len(rows))
    while at and _is_outside(rows[at - 1], margin):
        at -= 1
    return at


def _is_outside(row: str, margin: int) -> bool:
    text = row.strip()
    return not text or (text.startswith("#") and len(row) - len(row.lstrip(" ")) <= margin)


def _joined(rows: list[str], at: int, added: Lines) -> str:
    ending = next((row[len(row.rstrip("\r\n")) :] for row in rows if row.endswith(("\r", "\n"))), "\n")
    before, after = "".join(rows[:at]), "".join(rows[at:])
    lead = "" if not before or before.endswith(("\r", "\n")) else ending
    block = ending.join(line.text.rstrip(" ") for line in added)
    return f"{before}{lead}{block}{ending if after or not lead else ''}{after}"


def _moved(lines: Lines, columns: int) -> Lines:
    while columns >= 2:
        lines, columns = within(lines), columns - 2
    return [Line(f"{' ' * columns}{line.text}", line.gap) for line in lines]
