"""How a single text is written: without quotation marks where it can be, and with which ones where not.

The rule, for keys and values alike. A text is written plain unless

- YAML needs quotation marks: it is empty, begins or ends with space, begins with a special character, holds
  `: `, ` #`, a line break or, within `[]` and `{}`, one of `,[]{}`;
- another reader of YAML would take it for something else: `0305` (for 197 or 305), `12:30` (for 750), `no`
  (for false), `~`, `1_000`, `1e3`. What is the same number everywhere (`54`, `61.5`, and so `08.00`), `ja`
  and `nej`, and dates stay plain, as does everything that is not read as a number, such as `61,5`;
- our own reader would complain about it, such as a text that begins with a dash and looks like a list.

Then it stands within double quotation marks, or within single ones where it holds `"` or a backslash.
Typographic quotation marks around a whole value keep the straight ones around them, or their absence,
because the reader's advice about them depends on it. What may not stand in a file is written as `\\u…`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from trygglofte.reading import Mapping, Scalar, Sequence, read_document

_SAFE = re.compile(r"[^\W\d_][^\W_]*(?:(?: |[-_./]|, )[^\W_]+)*\.?")
_SPECIAL = re.compile(r"""[,\[\]{}#&*!|>'"%@`]|[-?:](?:[ \t]|$)|---|\.\.\.|=$|<<$""")
_CUT = re.compile(r":(?:[ \t]|$)|[ \t]#|[\n\t]")
_FLOW = re.compile(r"[,\[\]{}]")
_READ_AS_WORD = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|~)")
_READ_AS_NUMBER = re.compile(
    r"[-+]?(?:0[0-9_]*|0b[01_]+|0o[0-7]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[0-9][0-9_]*|(?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*\.?(?:[eE][-+]?[0-9]+)?"
    r"|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
)
_SAME_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14}|[0-9]{1,15}\.[0-9]{1,15})")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def written(text: str, scalar: Scalar | None = None, *, flow: bool = False) -> str:
    """A text as it is written on one line. `scalar` is how it was written before, None for a key."""
    was_plain = scalar is not None and scalar.style == "plain"
    if not text and was_plain:
        return ""
    return text if _can_be_plain(text, flow, was_plain) else _quoted(text)


def can_be_raw(text: str) -> bool:
    """Whether the characters of a text can stand in a file as they are."""
    return not _FORBIDDEN.search(text) and unicodedata.is_normalized("NFC", text)


def _can_be_plain(text: str, flow: bool, was_plain: bool) -> bool:
    if _misread(text) or (flow and _FLOW.search(text)):
        return False
    if _SAFE.fullmatch(text):
        return can_be_raw(text)
    if not text or text != text.strip() or _SPECIAL.match(text) or _CUT.search(text) or not can_be_raw(text):
        return False
    complaints = _complaints(text)
    return not complaints or (was_plain and complaints == {"citattecken"})


def _misread(text: str) -> bool:
    """Whether YAML 1.1 or 1.2 would take a text for something else than its letters or its number."""
    if _READ_AS_WORD.fullmatch(text):
        return True
    return bool(_READ_AS_NUMBER.fullmatch(text)) and not _SAME_NUMBER.fullmatch(text)


@lru_cache(maxsize=8192)
def _complaints(text: str) -> frozenset[str]:
    """What our own reader says of a plain text after a key and in a list, with a comment after it.

    That something else is read is a complaint too.
    """
    kinds: set[str] = set()
    for lead in ("x: ", "x:\n  - ", "x:\n  - x: "):
        tree, problems = read_document(f"{lead}{text}  # x\n".encode(), "")
        kinds.update(problem.kind for problem in problems)
        if tree is None or not _holds(tree.entries["x"].node, text):
            kinds.add("fel-yaml")
    return frozenset(kinds)


def _holds(node: object, text: str) -> bool:
    while not isinstance(node, Scalar):
        if isinstance(node, Sequence) and len(node.items) == 1:
            node = node.items[0]
        elif isinstance(node, Mapping) and list(node.entries) == ["x"]:
            node = node.entries["x"].node
        else:
            return False
    return node.text == text


def _quoted(text: str) -> str:
    if "\n" in text or "\t" in text or not can_be_raw(text):
        everything = not unicodedata.is_normalized("NFC", text)
        return '"' + "".join(_escaped(char, everything) for char in text) + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _escaped(char: str, everything: bool) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if _FORBIDDEN.match(char) or (everything and not char.isascii()):
        code = ord(char)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return char
