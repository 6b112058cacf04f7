"""The municipality's own look: the style sheet with its colour, and its logo.

The colour is put at the end of the one style sheet, so that a page asks for no more files than it did.
"""

from __future__ import annotations

from collections.abc import Sequence

from trygglofte.appearance import for_dark
from trygglofte.pages import Page, Site

STYLES = "assets/trygglofte.css"


def files(site: Site, _pages: Sequence[Page]) -> dict[str, str | bytes]:
    """The style sheet of a site whose municipality has a colour, and its logo where it has one."""
    look = site.municipality.appearance if site.municipality else None
    found: dict[str, str | bytes] = {}
    if look and look.colour:
        styles = (site.templates / STYLES).read_text(encoding="utf-8")
        found[STYLES] = f"{styles}\n{own_colour(look.colour)}"
    if site.logo:
        found[f"assets/{site.logo.file}"] = site.logo_file.read_bytes()
    return found


def own_colour(colour: str) -> str:
    """The rules that give pages a colour, in light and, as its variant, in dark. Print stays black."""
    return (
        "/* The municipality's own colour */\n"
        f"@media screen {{ :root {{ --tl-accent: {colour}; }} }}\n"
        "@media screen and (prefers-color-scheme: dark) "
        f"{{ :root {{ --tl-accent: {for_dark(colour)}; }} }}\n"
    )
