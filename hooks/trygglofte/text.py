"""The one place where free text becomes HTML: small Markdown, then an allow-list.

Text from data can hold paragraphs, emphasis, lists and links. Everything else is shown as the characters
it was written with, and no attribute but a link's address survives.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import urlsplit

import markdown
import nh3

_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_ROOTED = re.compile(r'href="/(?!/)')
_TAG = re.compile(r"<[^>]+>")
_BLOCK_END = re.compile(r"</(?:p|li)>")


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=["sane_lists"], output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in ("html", "entity", "image_link", "image_reference", "short_image_ref", "backtick"):
        converter.inlinePatterns.deregister(name)
    for name in ("hashheader", "setextheader", "hr", "code", "quote"):
        converter.parser.blockprocessors.deregister(name)
    return converter


@lru_cache(maxsize=8192)
def _safe_html(text: str) -> str:
    converter = _converter()
    converted = converter.reset().convert(text)
    return nh3.clean(
        converted, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None,
        attribute_filter=_keep_attribute,
    )  # fmt: skip


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Addresses as they are; a link that leaves the site without saying so (`//host`) loses its address."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return None if parts.netloc and not parts.scheme else value


def to_html(text: str, root: str) -> str:
    """Small Markdown as HTML. `root` leads from the page to the start page (`../../`); links that begin
    with `/` are addresses on the site and get it in front."""
    return _ROOTED.sub(lambda _: f'href="{root}', _safe_html(text.strip()))


def to_plain(text: str, limit: int = 0) -> str:
    """The words of a text without markup; with a limit cut after a whole word."""
    spaced = _BLOCK_END.sub(" ", _safe_html(text.strip()))
    words = " ".join(html.unescape(_TAG.sub("", spaced)).split())
    if not limit or len(words) <= limit:
        return words
    return words[: limit + 1].rsplit(" ", 1)[0].rstrip(",;:–") + " …"


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence of a text's first paragraph, and the rest of the text as Markdown."""
    paragraph, _, rest = text.strip().partition("\n\n")
    paragraph = " ".join(paragraph.split())
    found = re.match(r"(.+?[.!?…])\s+(?=[A-ZÅÄÖ0-9”*\[])(.*)$", paragraph)
    if paragraph.startswith(("- ", "1. ")):
        return "", text.strip()
    if not found:
        return to_plain(paragraph), rest.strip()
    return to_plain(found[1]), "\n\n".join(part for part in (found[2], rest.strip()) if part)
