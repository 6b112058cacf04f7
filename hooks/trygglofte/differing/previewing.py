"""A built site as a preview: not for search engines, with a banner, and with what the change means on each page.

Pure: a page's HTML goes in and comes out. What editors wrote is escaped, and what is about one person is masked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from trygglofte.differing.telling import head_of
from trygglofte.differing.values import DocumentDifference, Fate, Said, SiteDifference
from trygglofte.personal import masked

CHANGES = "forhandsvisning/"
"""The address of the page that lists the changes, from the preview's start."""

_ROBOTS = re.compile(r'<meta name="robots"[^>]*>')
_HEADER = re.compile(r'<header class="tl-header">')
_BODY = re.compile(r"<body[^>]*>")
_ARTICLE = re.compile(r'<article [^>]*id="innehall"[^>]*>')
_CHANGED = "Ändras i förslaget"
_BANNER = "Förhandsvisning av ett förslag. Inget här är publicerat."


def marked(html: str, root: str, documents: Sequence[DocumentDifference] = ()) -> str:
    """A page of a preview. `root` is the way to the preview's start, `documents` what has changed on just this page."""
    html = _ROBOTS.sub("", html).replace(
        "</head>", '<meta name="robots" content="noindex, nofollow"></head>', 1
    )
    banner = f'<p class="tl-banner">{_BANNER} <a href="{root}{CHANGES}">Det här ändras</a>.</p>'
    html = _after(_HEADER if _HEADER.search(html) else _BODY, html, banner)
    lines = [line for document in documents for line in _items(document.lines)]
    if not lines:
        return html
    for document in documents:
        html = _with_parts_marked(html, document)
    return _after(_ARTICLE, html, _box(lines, _CHANGED))


def _with_parts_marked(html: str, document: DocumentDifference) -> str:
    """Each part that has changed says so itself, with before and after. On a new page nothing is changed."""
    if document.fate not in {Fate.CHANGED, Fate.MOVED}:
        return html
    parts: dict[str, list[Said]] = {}
    for line in document.lines:
        parts.setdefault(line.anchor, []).append(line)
    parts.pop("", None)
    for number, (anchor, lines) in enumerate(parts.items(), 1):
        opening = re.compile(rf'<(?:article|li|section)\b[^>]*\bid="{re.escape(anchor)}"[^>]*>')
        html = _after(opening, html, _box(_items(lines), f"{_CHANGED}, del {number}"))
    return html


def _box(items: Sequence[str], name: str) -> str:
    """What has changed, in a box of its own; `name` tells it from the others on the page."""
    return f'<aside aria-label="{name}"><p><strong>{_CHANGED}:</strong></p><ul>{"".join(items)}</ul></aside>'


def _after(pattern: re.Pattern[str], html: str, addition: str) -> str:
    return pattern.sub(lambda found: found[0] + addition, html, count=1)


def changes_page(frame: str, sites: Sequence[SiteDifference]) -> str:
    """The page that lists the changes, in the frame of another page that lies as deep."""
    body = "".join(_site(site) for site in sites if not site.is_empty)
    content = f"<h1>Det här ändras i förslaget</h1>{body or '<p>Inget ändras som invånarna ser.</p>'}"
    start = _ARTICLE.search(frame)
    end = frame.find("</article>", start.end()) if start else -1
    html = frame[: start.end()] + content + frame[end:] if start and end >= 0 else f"<body>{content}</body>"
    return re.sub(
        r"<title>.*?</title>", "<title>Det här ändras i förslaget</title>", html, count=1, flags=re.DOTALL
    )


def _site(site: SiteDifference) -> str:
    notes = [site.note] if site.note else []
    if site.wrong:
        notes.append("Kommunen har fel som måste rättas, så dess sidor visas inte här.")
    parts = [f"<h2>{escape(masked(site.name))}</h2>", *(f"<p>{escape(note)}</p>" for note in notes)]
    for document in site.documents:
        title = head_of(document, lambda text: escape(masked(text)))
        linked = document.is_there and not site.wrong
        name = f'<a href="../{site.slug}/{escape(document.address)}">{title}</a>' if linked else title
        parts.append(
            f"<h3>{name}</h3><ul>{''.join(_items(document.lines))}</ul>"
            if document.lines
            else f"<h3>{name}</h3>"
        )
    return "".join(parts)


def _items(lines: Sequence[Said]) -> list[str]:
    said = [(escape(masked(one.text)), one.signed) for one in lines]
    return [f"<li><strong>Ändrar det som skrevs under:</strong> {text}</li>" if signed else f"<li>{text}</li>"
            for text, signed in said]  # fmt: skip
