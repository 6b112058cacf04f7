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
_MARKUP = re.compile(
    r"[\\*_\[\]<>&\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029]|^(?: |[-+] |\d+[.)] )|  $", re.MULTILINE
)
"""What Markdown or the allow-list might read as anything but words."""
_ITEM = re.compile(r"^- (?=\S(?:.*\S)?$)", re.MULTILINE)
"""What begins an item of a list, where the rest of the line is its words."""
_BETWEEN_PARAGRAPHS = re.compile(r"\n(?:[ ]*\n)+")
_LIST = re.compile(r"(?:[-*+]|\d+\.) ")
_STOP = re.compile(r"[.!?…]\s+(?=[A-ZÅÄÖ0-9”*\[])")
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:kl|ca|nr|jan|feb|aug|sept|okt|nov|dec|bl\.\s?a|t\.\s?ex|d\.\s?v\.\s?s|fr\.\s?o\.\s?m|t\.\s?o\.\s?m)\.$",
    re.IGNORECASE,
)
"""A full stop that ends a shortened word and not a sentence."""


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=["sane_lists"], output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in (
        "html",
        "entity",
        "image_link",
        "image_reference",
        "short_image_ref",
        "backtick",
        "reference",
        "short_reference",
    ):
        converter.inlinePatterns.deregister(name)
    for name in ("hashheader", "setextheader", "hr", "code", "quote", "reference"):
        converter.parser.blockprocessors.deregister(name)
    return converter


@lru_cache(maxsize=8192)
def _safe_html(text: str) -> str:
    """Most texts are plain paragraphs and lists, and those need no converter to be the same."""
    plain = None if _MARKUP.search(_ITEM.sub("", text)) else _plain_html(text)
    return _converted(text) if plain is None else plain


def _plain_html(text: str) -> str | None:
    """Paragraphs and lists of one line an item, with nothing but words in them. None where it is not that simple."""
    made: list[str] = []
    for block in filter(None, _BETWEEN_PARAGRAPHS.split(text)):
        if block != block.strip():
            return None
        lines = block.split("\n")
        items = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
        if not items:
            made.append(f"<p>{block}</p>")
        elif len(items) == len(lines) and not (made and made[-1].endswith("</ul>")):
            made.append("\n".join(["<ul>", *(f"<li>{item}</li>" for item in items), "</ul>"]))
        else:
            return None
    return "\n".join(made)


def _converted(text: str) -> str:
    try:
        converted = _converter().reset().convert(text)
    except RecursionError:  # lists within lists without end; the converter is left half way, and is made anew
        _converter.cache_clear()
        converted = f"<p>{html.escape(text)}</p>"
    return nh3.clean(
        converted, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None,
        attribute_filter=_keep_attribute,
    )  # fmt: skip


def _keep_attribute(_tag: str, attribute: str, value: str) -> str | None:
    """Addresses as they are; a link that leaves the site without saying so (`//host`) loses its address.

    Browsers read a backslash as a slash, so `\\\\host` leaves too.
    """
    try:
        parts = urlsplit(value.replace("\\", "/"))
    except ValueError:
        return None
    leaves = parts.netloc and not parts.scheme
    return None if attribute != "href" or leaves else value


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
    if _LIST.match(paragraph):
        return "", text.strip()
    for stop in _STOP.finditer(paragraph):
        if not _SHORTENED.search(paragraph[: stop.start() + 1]):
            after = paragraph[stop.end() :]
            return to_plain(paragraph[: stop.start() + 1]), "\n\n".join(
                part for part in (after, rest.strip()) if part
            )
    return to_plain(paragraph), rest.strip()
