"""Headers that keep a page to itself and open its data to others, as files that common hosts read.

`_headers` is read by Netlify and Cloudflare Pages, `.htaccess` by Apache. On other hosts somebody has to set them;
what works as `<meta>` is in every page too. A site below the portal follows the portal's files.
"""

from __future__ import annotations

from collections.abc import Sequence

from trygglofte.outputs.served import ASK_FIRST, FOREVER, NAMED_BY_CONTENT
from trygglofte.pages import Page, Site

SCRIPTS = "script-src 'self' 'wasm-unsafe-eval'"
"""Scripts from the site alone, none in the page; WebAssembly is what search runs."""

META_POLICY = f"{SCRIPTS}; object-src 'none'; base-uri 'none'"
"""What a page says itself. Not where styles come from: a page that is opened from a disk has no `self`."""

HEADERS: dict[str, str] = {
    "Content-Security-Policy": (
        f"default-src 'none'; {SCRIPTS}; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
}
"""Name → value. Strict-Transport-Security is for whoever has the domain to decide."""

OPEN = {"Access-Control-Allow-Origin": "*"}
"""Everything here is public and nobody is logged in, so that any page may fetch it (CORS)."""

_LASTING = "".join(
    f"/pagefind/{kind}/*\n  Cache-Control: {FOREVER}\n" for kind in ("filter", "fragment", "index")
)
"""Folders of the search index where every name follows from the content. Of all else these hosts ask first anyway."""


def files(site: Site, _pages: Sequence[Page]) -> dict[str, str]:
    """The files of a site that has a server's root, or a domain, of its own."""
    if site.is_below_portal:
        return {}
    told = HEADERS | OPEN
    apache = "".join(
        f'Header always set {name} "{value}"\n'
        for name, value in (told | {"Cache-Control": ASK_FIRST}).items()
    )
    lasting = (
        f'<FilesMatch "{NAMED_BY_CONTENT}">\nHeader always set Cache-Control "{FOREVER}"\n</FilesMatch>\n'
    )
    return {
        "_headers": "/*\n" + "".join(f"  {name}: {value}\n" for name, value in told.items()) + _LASTING,
        ".htaccess": f"<IfModule mod_headers.c>\n{apache}{lasting}</IfModule>\n",
    }
