"""How a published file is to be served: its media type, and how long it may be kept without asking again.

One source for the catalogue, the files that hosts read, and stores that are told of each file. What a host works out
by itself from a file's name is often wrong for ours: an Atom feed is no `application/xml`, and a text without a
charset is read as something else than UTF-8.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_MEDIA = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".png": "image/png",
    ".rdf": "application/rdf+xml",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_MEDIA_OF = {
    "flode.xml": "application/atom+xml",
    "flode.json": "application/feed+json",
    "_headers": "text/plain",
    "_redirects": "text/plain",
    ".htaccess": "text/plain",
}
_BYTES = "application/octet-stream"
"""What Pagefind's own files are: packed, and read by its script alone."""
_TEXT = ("application/atom+xml", "application/feed+json", "application/json", "application/xml")

NAMED_BY_CONTENT = r"_[0-9a-f]{7,}\.pf_[a-z]+$"
"""The end of a name that other content would not have: what Pagefind's entry leads to."""
_NAMED_BY_CONTENT = re.compile(NAMED_BY_CONTENT)
FOREVER = "public, max-age=31536000, immutable"
"""For a file that never changes under its name (RFC 8246)."""
ASK_FIRST = "no-cache"
"""For all else: it may be kept, but not shown without asking (RFC 9111, 5.2.2.4), so a change is seen at once."""


def media_type(path: str) -> str:
    """The media type of a file, without parameters."""
    name = PurePosixPath(path)
    return _MEDIA_OF.get(name.name) or _MEDIA.get(name.suffix, _BYTES)


def content_type(path: str) -> str:
    """What `Content-Type` is to say of a file: text is always UTF-8, and says so where a reader may wonder."""
    media = media_type(path)
    return f"{media}; charset=utf-8" if media.startswith("text/") or media in _TEXT else media


def is_named_by_content(path: str) -> bool:
    """Whether a file of that name can only have the content it has."""
    return bool(_NAMED_BY_CONTENT.search(path))


def cache_of(path: str) -> str:
    """What `Cache-Control` is to say of a file."""
    return FOREVER if is_named_by_content(path) else ASK_FIRST
