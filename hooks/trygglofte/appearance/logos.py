"""Whether a file is a logo that may be published: a small picture, and nothing else.

An SVG is a document, and a browser that opens it runs what is in it. So only elements and attributes that draw
are let through, and nothing that fetches. Nothing is mended: what is wrong is told, and the file stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from xml.parsers import expat

MAX_LOGO = 20_000
"""Bytes. The logo is on every page, and a page is to be light."""
_MAX_SIDE = 2_000
"""Pixels of a PNG."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_DRAWS = frozenset(
    {
        "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect",
        "circle", "ellipse", "line", "polyline", "polygon",
        "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
    }
)  # fmt: skip
_FORBIDDEN = re.compile(r"on|style$", re.IGNORECASE)
_FETCHES = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:|@import|//", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*")


class Fault(StrEnum):
    """Why a logo cannot be published."""

    HEAVY = "tung"
    BROKEN = "trasig"
    NO_SIZE = "utan mått"
    LARGE = "stor"
    NOT_ONLY_A_PICTURE = "mer än en bild"


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as pages show it: its file's name, and its width where it is `height` high, in CSS pixels."""

    file: str
    width: int
    height: int


def fault_in(raw: bytes, name: str) -> tuple[Fault, str] | None:
    """What is wrong with a logo and, where it is one thing, which; or None. `name` says SVG or PNG."""
    if len(raw) > MAX_LOGO:
        return Fault.HEAVY, str(len(raw))
    if name.endswith(".svg"):
        found = _fault_in_svg(raw)
        if found:
            return found
    elif not raw.startswith(_PNG) or raw[12:16] != b"IHDR" or len(raw) < 33:
        return Fault.BROKEN, "PNG"
    size = size_of(raw, name)
    if size is None:
        return Fault.NO_SIZE, ""
    if name.endswith(".png") and max(size) > _MAX_SIDE:
        return Fault.LARGE, f"{size[0]:.0f} × {size[1]:.0f}"
    return None


def size_of(raw: bytes, name: str) -> tuple[float, float] | None:
    """Width and height in the picture's own units, or None where it does not say."""
    if not name.endswith(".svg"):
        width, height = int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")
        return (width, height) if width and height else None
    first: list[dict[str, str]] = []
    _walk(raw, lambda _name, attributes: first.append(attributes))
    attributes = first[0] if first else {}
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [attributes.get("width", ""), attributes.get("height", "")]
    numbers = [float(found[1]) for side in sides if (found := _NUMBER.fullmatch(side))]
    return (numbers[0], numbers[1]) if len(numbers) == 2 and min(numbers) > 0 else None


def _fault_in_svg(raw: bytes) -> tuple[Fault, str] | None:
    found: list[str] = []
    names: list[str] = []

    def started(name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        names.append(local)
        if space != _SVG or local not in _DRAWS:
            found.append(f"<{local}>")
        found.extend(_told(key) for key, value in attributes.items() if not _only_draws(key, value))

    if not _walk(raw, started) or names[:1] != ["svg"]:
        return Fault.BROKEN, "SVG"
    return (Fault.NOT_ONLY_A_PICTURE, found[0]) if found else None


def _told(key: str) -> str:
    return key.rpartition(" ")[2]


def _only_draws(key: str, value: str) -> bool:
    local = _told(key)
    if local == "href":
        return value.startswith("#")
    return not _FORBIDDEN.match(local) and not _FETCHES.search(value)


def _walk(raw: bytes, started: Callable[[str, dict[str, str]], None]) -> bool:
    """Call `started` for each element; False where it is no XML, or has a document type or instructions."""
    parser = expat.ParserCreate(namespace_separator=" ")
    refused: list[bool] = []
    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = lambda *_: refused.append(True)
    parser.ProcessingInstructionHandler = lambda *_: refused.append(True)
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        return False
    return not refused
