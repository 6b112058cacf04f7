"""The picture that is shown where somebody shares a page: the municipality's name, where it is, and what the site is.

One for each site, 1200 by 630 points as Open Graph and its readers have it, made without network from the
portal's map and two fonts that lie beside this file (Inter, SIL Open Font License 1.1). What the picture says is
in every page's title and description as well, and in its alternative text.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from trygglofte.pages import Page, Site
from trygglofte.pages.page import SHARE_IMAGE
from trygglofte.pages.sweden import sweden

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
PAPER, PANEL, LINE, INK, QUIET, MARK = "#ffffff", "#f4f2ec", "#d8d4ca", "#1d1c1a", "#5b5852", "#fff2b8"
ACCENT = "#14506b"
"""The style sheet's colours in light; a municipality's own takes the place of the accent."""
_LEFT, _ROOM = 80, 740
"""Where text begins, and how wide it may be."""
_BIG, _SMALL = 116, 32
"""The largest and the smallest letters of a name, in points."""
_MAP = (900, 62, 546)
"""The map's left and upper edge and its height."""
_FINE = 2
"""The map is drawn so many times larger, so that its edges become smooth."""
_STEPS = 12
"""From one colour to another at an edge."""


def files(site: Site, _pages: Sequence[Page]) -> dict[str, bytes]:
    """The site's picture."""
    look = site.municipality.appearance if site.municipality else None
    colour = (look.colour if look else None) or ACCENT
    codes = tuple(card.code for card in site.cards if not card.made_up)
    return {
        SHARE_IMAGE: picture(*said(site), colour, (site.municipality.code,) if site.municipality else codes)
    }


def said(site: Site) -> tuple[str, str, str, str]:
    """Whose site it is, the name in large letters, what the site is, and what is to be known about it."""
    own = site.municipality
    if own is None:
        return "", site.name, "Vad kommuner och polis har lovat sina invånare, och\xa0vad det blev av det", ""
    about = "Vad kommunen och polisen har lovat, och\xa0vad det blev av det"
    note = "Påhittad kommun" if own.made_up else ""
    if not note and site.by_project:
        note = "Inte kommunens egen webbplats"
    return site.portal.name, own.short_name, about, note


@lru_cache(maxsize=8)
def picture(above: str, name: str, about: str, note: str, colour: str, codes: tuple[str, ...]) -> bytes:
    """A PNG. `colour` is `#rrggbb`; `codes` are the municipalities that are marked on the map."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 27), fill=colour)
    draw.rectangle((860, 28, *SIZE), fill=PANEL)
    _put_map(image, colour, codes)
    if above:
        draw.text((_LEFT, 84), above, font=_font("Bold", 44), fill=colour)
    _put_name(draw, name)
    below = 420
    for line in _lines(about, _font("Regular", 40), _ROOM):
        draw.text((_LEFT, below), line, font=_font("Regular", 40), fill=QUIET)
        below += 54
    if note:
        font = _font("Bold", 32)
        draw.rectangle((_LEFT, 556, _LEFT + 32 + font.getlength(note), 606), fill=MARK)
        draw.text((_LEFT + 16, 581), note, font=font, fill=INK, anchor="lm")
    return _packed(image, colour)


def _packed(image: Image.Image, colour: str) -> bytes:
    """The picture as a PNG with the colours it is drawn in, and steps between those that meet.

    Runs of one colour are all that is packed: the fastest way, and as small as any for a picture that is flat.
    """
    from PIL import Image, ImageColor

    meeting = [
        (PAPER, INK), (PAPER, QUIET), (PAPER, colour), (PANEL, LINE), (PANEL, colour), (LINE, colour), (MARK, INK),
    ]  # fmt: skip
    palette: list[int] = []
    for one, other in meeting:
        ends = list(zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True))
        for step in range(_STEPS + 1):
            palette += [first + (last - first) * step // _STEPS for first, last in ends]
    colours = Image.new("P", (1, 1))
    colours.putpalette(palette)
    kept = io.BytesIO()
    image.quantize(palette=colours, dither=Image.Dither.NONE).save(
        kept, "PNG", compress_level=9, compress_type=zlib.Z_RLE
    )
    return kept.getvalue()


def _put_name(draw: ImageDraw.ImageDraw, name: str) -> None:
    """The name as large as it can be in at most two lines, its last line always at the same height."""
    size = _BIG
    while size > _SMALL and not _fits(name, size):
        size -= 4
    font = _font("Bold", size)
    lines = _lines(name, font, _ROOM)[:2]
    for number, line in enumerate(reversed(lines)):
        draw.text((_LEFT - 4, 360 - number * round(size * 1.12)), line, font=font, fill=INK, anchor="ls")


def _fits(name: str, size: int) -> bool:
    font = _font("Bold", size)
    lines = _lines(name, font, _ROOM)
    return len(lines) <= 2 and all(font.getlength(line) <= _ROOM for line in lines)


def _lines(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):  # what a space that does not break holds together stays together
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _put_map(image: Image.Image, colour: str, codes: tuple[str, ...]) -> None:
    from PIL import Image, ImageDraw

    land, scale = sweden(), _MAP[2] * _FINE / sweden().height
    drawn = _land().copy()
    draw = ImageDraw.Draw(drawn)
    marked = [land.municipalities[code] for code in codes if code in land.municipalities]
    for one in marked:
        _put_outline(draw, one.outline, colour)
    radius = 13 * _FINE if len(codes) == 1 else 6 * _FINE
    for one in marked:
        draw.circle((one.x * scale, one.y * scale), radius, fill=colour, outline=PANEL, width=2 * _FINE)
    image.paste(drawn.resize((drawn.width // _FINE, _MAP[2]), Image.Resampling.BOX), _MAP[:2])


@lru_cache(maxsize=1)
def _land() -> Image.Image:
    """The map with no municipality marked, drawn once per process."""
    from PIL import Image, ImageDraw

    land = sweden()
    height = _MAP[2] * _FINE
    drawn = Image.new("RGB", (round(land.width * height / land.height), height), PANEL)
    draw = ImageDraw.Draw(drawn)
    for one in land.municipalities.values():
        _put_outline(draw, one.outline, LINE)
    return drawn


def _put_outline(draw: ImageDraw.ImageDraw, outline: str, colour: str) -> None:
    scale = _MAP[2] * _FINE / sweden().height
    for ring in _rings(outline):
        draw.polygon([(x * scale, y * scale) for x, y in ring], fill=colour, outline=PANEL, width=2)


def _rings(outline: str) -> Iterator[list[tuple[int, int]]]:
    """The corners of every ring of an outline of the map, which has steps relative to the corner before."""
    for ring in outline.split("z")[:-1]:
        start, steps = ring.removeprefix("M").split("l")
        x, y = map(int, start.split())
        corners = [(x, y)]
        numbers = [int(one) for one in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        yield corners


@lru_cache(maxsize=32)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    file = Path(__file__).parent / "typsnitt" / f"Inter-{weight}.ttf"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
