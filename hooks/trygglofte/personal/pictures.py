"""What a picture or a PDF says beside what it shows: where it was taken, and who made it.

Read from the bytes, without decoding anything: Exif (JEITA CP-3451, a TIFF within JPEG, PNG, WebP and HEIC), XMP
and the document information of a PDF. A file that is broken says nothing, and never stops anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".pdf"})
"""The ends of names of files that are looked into, in small letters."""

_TIFF = re.compile(rb"(?:Exif\x00\x00|eXIf|EXIF.{4}(?:Exif\x00\x00)?)(?=II\*\x00|MM\x00\*)", re.DOTALL)
_GPS, _EXIF = 0x8825, 0x8769
_MAKERS = {0x013B, 0x9C9D, 0xA430}
"""Artist, XPAuthor and CameraOwnerName."""
_COORDINATES = {2, 4}
_MOST = 512
_PLACE_IN_XMP = re.compile(rb"exif:GPSL(?:at|ong)itude")
_MAKER_IN_XMP = re.compile(rb"<dc:creator>.{0,200}?<rdf:li[^>]*>\s*[^<\s]", re.DOTALL)
_AUTHOR_OF_PDF = re.compile(rb"/Author\s*(?:\(\s*[^)\s]|<\s*(?:FEFF)?[0-9A-Fa-f]{4})")
_AUTHOR_OF_PNG = re.compile(rb"(?:tEXt|zTXt|iTXt)(?:Author|Artist)\x00")


def hidden_in(raw: bytes) -> frozenset[str]:
    """What a file tells on the side: `plats` where it was made, `namn` who made it; mostly neither."""
    found: set[str] = set()
    starts = [0] if raw[:4] in (b"II*\x00", b"MM\x00*") else [one.end() for one in _TIFF.finditer(raw)]
    for start in starts:
        found.update(_of_tiff(raw[start:]))
    if _PLACE_IN_XMP.search(raw):
        found.add("plats")
    if _MAKER_IN_XMP.search(raw) or _AUTHOR_OF_PNG.search(raw):
        found.add("namn")
    if raw[:5] == b"%PDF-" and _AUTHOR_OF_PDF.search(raw):
        found.add("namn")
    return frozenset(found)


def _of_tiff(raw: bytes) -> Iterator[str]:
    order = "little" if raw[:2] == b"II" else "big"
    first = _number(raw, 4, 4, order)
    for tag, length, at in _entries(raw, first, order):
        if tag in _MAKERS and _text(raw, length, at, order):
            yield "namn"
        if tag == _EXIF:
            for inner, size, place in _entries(raw, _number(raw, at, 4, order), order):
                if inner in _MAKERS and _text(raw, size, place, order):
                    yield "namn"
        if tag == _GPS:
            known = {inner for inner, _, _ in _entries(raw, _number(raw, at, 4, order), order)}
            if known & _COORDINATES:
                yield "plats"


def _entries(raw: bytes, start: int, order: str) -> Iterator[tuple[int, int, int]]:
    """Tag, length in bytes and place of the value (or of the way to it) of every entry of a directory."""
    for n in range(min(_number(raw, start, 2, order), _MOST) if 0 < start < len(raw) else 0):
        at = start + 2 + 12 * n
        wide = 8 if _number(raw, at + 2, 2, order) in (5, 10) else 1
        yield _number(raw, at, 2, order), _number(raw, at + 4, 4, order) * wide, at + 8


def _text(raw: bytes, length: int, at: int, order: str) -> bytes:
    begin = at if length <= 4 else _number(raw, at, 4, order)
    return raw[begin : begin + length].strip(b"\x00 ")


def _number(raw: bytes, at: int, size: int, order: str) -> int:
    return int.from_bytes(raw[at : at + size], "little" if order == "little" else "big")
