"""Headers that keep a page to itself and open its data to others, as files that common hosts read.

`_headers` is read by Netlify and Cloudflare Pages, `.htaccess` by Apache. On other hosts somebody has to set them;
what works as `<meta>` is in every page too. A site below the portal follows the portal's files.
"""

from __future__ import annotations

from collections.abc import Sequence

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

OPEN: dict[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, max-age=300",
}
"""Everything here is public and nobody is logged in, so that any page may fetch it (CORS). Whoever keeps a copy asks
again after five minutes: what is withdrawn is gone everywhere within them."""


def files(site: Site, _pages: Sequence[Page]) -> dict[str, str]:
    """The files of a site that has a server's root, or a domain, of its own."""
    if site.is_below_portal:
        return {}
    told = HEADERS | OPEN
    apache = "".join(f'Header always set {name} "{value}"\n' for name, value in told.items())
    return {
        "_headers": "/*\n" + "".join(f"  {name}: {value}\n" for name, value in told.items()),
        ".htaccess": f"<IfModule mod_headers.c>\n{apache}</IfModule>\n",
    }
