"""Old addresses as rules for common hosts, so that they answer with 301 and not only with a page that leads on.

`_redirects` is read by Netlify, Cloudflare Pages and GitLab Pages, `.htaccess` by Apache. On other hosts the
pages do the work alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote


def render(moved: Mapping[str, str]) -> dict[str, str]:
    """File name → content, for paths from the server's root (`/kommun/gammal/` → `/kommun/ny/`). None for none."""
    rows = [(quote(old), quote(new)) for old, new in sorted(moved.items())]
    if not rows:
        return {}
    return {
        "_redirects": "".join(f"{old} {new} 301\n" for old, new in rows),
        ".htaccess": "".join(f"Redirect 301 {old} {new}\n" for old, new in rows),
    }
