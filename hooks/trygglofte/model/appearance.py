"""How a municipality's site looks: its colour and its logo."""

from __future__ import annotations

import re
from typing import Annotated, Any

from trygglofte.model.base import Part, Understood, maybe, shown
from trygglofte.model.values import text_of, wrong

_COLOUR = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_LOGO = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:svg|png)")


def parse_colour(value: Any) -> str:
    """A colour as `#rrggbb`, in small letters: from `#005AA0`, `005aa0` or `#05a`."""
    if value in (None, ""):
        raise wrong(
            "fel-farg",
            "Färgen är tom: # börjar en kommentar, så en färgkod måste stå inom citattecken.",
            'Skriv till exempel färg: "#005aa0".',
        )
    text = text_of(value, "en färg")
    found = _COLOUR.fullmatch(text.strip().lower())
    if not found:
        raise wrong(
            "fel-farg",
            f"”{shown(text)}” är ingen färgkod.",
            'Skriv # och sex tecken (0–9, a–f) inom citattecken, till exempel "#005aa0".',
        )
    digits = found[1]
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def parse_logo(value: Any) -> str:
    """The name of a picture beside kommun.yml: `logotyp.svg`."""
    text = text_of(value, "en fil")
    if not _LOGO.fullmatch(text):
        raise wrong(
            "fel-logotypnamn",
            f"”{shown(text)}” kan inte vara kommunens logotyp.",
            "Skriv namnet på en SVG- eller PNG-bild i kommunens mapp, till exempel logotyp.svg.",
        )
    return text


Colour = Annotated[str, Understood(parse_colour)]
LogoName = Annotated[str, Understood(parse_logo)]


class Appearance(Part):
    """The municipality's own colour and logo."""

    colour: Colour | None = maybe(
        "färg",
        "Färg",
        "Färg på länkar och diagram, inom citattecken. Måste gå att läsa på vitt.",
        example='"#005aa0"',
    )
    logo: LogoName | None = maybe(
        "logotyp",
        "Logotyp",
        "Kommunens logotyp eller vapen: en SVG eller PNG bredvid kommun.yml, högst 20 000 byte.",
        example="logotyp.svg",
    )
