"""What a document says, in a form in which it can be compared before and after it is formatted.

Two files mean the same when all of this is equal:

- every list has the same items in the same order, and every part of the model the same keys; their order
  and spelling do not matter there. Free keys (`utfall`, `platser`) also keep their order and letters;
- prose gives the same HTML from `text.to_html`, where a run of spaces and line breaks is one space, as it
  is in a browser. Spaces that do not break are letters;
- a line is the same when such runs are one space in it and none at its ends, as `model.values.parse_line`;
- any other value has the same letters, but for space around it, which `model.values.text_of` takes away.
"""

from __future__ import annotations

import re
from typing import Any

from trygglofte.formatting.kinds import Kinds, Words, part_of, within
from trygglofte.model.base import Part, spellings
from trygglofte.reading import Mapping, Node, Sequence
from trygglofte.reading.tree import fold
from trygglofte.text import to_html

SPACE = re.compile(r"[ \t\n]+")
"""Space that may become a line break, and a line break that may become space."""


def meaning(node: Node, kinds: Kinds) -> Any:
    """What a node says at a place that holds `kinds`; equal for two nodes that mean the same."""
    if isinstance(node, Sequence):
        return [meaning(item, within(kinds, None)) for item in node.items]
    if isinstance(node, Mapping):
        part = part_of(kinds)
        said = []
        for name, entry in node.entries.items():
            key = spelled(name, part)
            said.append((key, meaning(entry.node, within(kinds, key))))
        return dict(said) if part else said
    return text_meaning(node.text, kinds)


def text_meaning(text: str, kinds: Kinds) -> tuple[str, str]:
    """What a text says at a place that holds `kinds`."""
    if Words.PROSE in kinds:
        return "prose", html_of(text.strip())
    return "text", (one_line(text) if Words.LINE in kinds else text.strip())


def html_of(text: str) -> str:
    """Prose as a browser shows it."""
    return SPACE.sub(" ", to_html(text, "/"))


def one_line(text: str) -> str:
    """A text without line breaks and needless space."""
    return SPACE.sub(" ", text.strip())


def spelled(name: str, part: type[Part] | None) -> str:
    """A key as the model spells it; a free or unknown one as it was written."""
    if part is None:
        return name
    known = spellings(part)
    return known.get(name, known.get(fold(name), name))
