"""What is shown where a page is shared: the picture, and what every page says of itself."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor
from selectolax.lexbor import LexborHTMLParser

from tests.small_sites import built_once, files_of
from trygglofte.model.appearance import Appearance
from trygglofte.outputs import share_image
from trygglofte.outputs.share_image import ACCENT, SIZE, picture, said
from trygglofte.pages import Site, portal_pages
from trygglofte.pages.sweden import sweden
from trygglofte.sites import municipal_site, shared_files

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 9, 15)
SHARED, _ = shared_files(ROOT)


@pytest.fixture(scope="module")
def gnosjo() -> Site:
    return municipal_site(ROOT, "gnosjo", SHARED, TODAY)[0]


def with_values(site: Site, **values: object) -> Site:
    """The same site with other values in its kommun.yml."""
    file = site.everything.file
    part = file.part.model_copy(update=values)
    return replace(site, collection=replace(site.everything, file=replace(file, part=part)))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def drawn(site: Site) -> Image.Image:
    (content,) = share_image.files(site, ()).values()
    return opened(content)


def point_of(code: str) -> tuple[int, int]:
    left, top, height = share_image._MAP
    one = sweden().municipalities[code]
    return round(left + one.x * height / sweden().height), round(top + one.y * height / sweden().height)


def test_the_picture_is_of_the_size_that_readers_ask_for_and_light(gnosjo):
    files = share_image.files(gnosjo, ())
    assert list(files) == ["assets/dela.png"]
    (content,) = files.values()
    assert content.startswith(b"\x89PNG")
    assert Image.open(io.BytesIO(content)).size == SIZE == (1200, 630)
    assert len(content) < 60_000


def test_the_same_municipality_gives_the_same_bytes(gnosjo):
    first = share_image.files(gnosjo, ())
    picture.cache_clear()
    share_image._land.cache_clear()
    share_image._font.cache_clear()
    assert share_image.files(gnosjo, ()) == first


def test_what_a_picture_says_is_what_the_pages_say(gnosjo):
    made_up = municipal_site(ROOT, "exempelkoping", SHARED, TODAY)[0]
    about = "Vad kommunen och polisen har lovat, och\xa0vad det blev av det"
    assert said(gnosjo) == ("Trygglöfte", "Gnosjö", about, "Inte kommunens egen webbplats")
    assert said(made_up) == ("Trygglöfte", "Exempelköping", about, "Påhittad kommun")
    assert said(with_values(gnosjo, publisher="kommunen"))[3] == ""
    portal, _ = portal_pages(SHARED, [], ROOT, TODAY)
    assert said(portal)[:2] == ("", "Trygglöfte")


def test_the_municipalitys_colour_is_the_pictures(gnosjo):
    own = drawn(with_values(gnosjo, appearance=Appearance(färg="#7a1f5a")))
    assert own.getpixel((600, 10)) == ImageColor.getrgb("#7a1f5a")
    assert own.getpixel(point_of("0617")) == ImageColor.getrgb("#7a1f5a")
    assert drawn(gnosjo).getpixel((600, 10)) == ImageColor.getrgb(ACCENT)


def test_the_pictures_colours_are_those_of_the_style_sheet():
    styles = (ROOT / "overrides/assets/trygglofte.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--tl-(\w+): (#\w+);", styles[: styles.index("@media")]))
    expected = {
        "panel": share_image.PANEL, "line": share_image.LINE, "ink": share_image.INK,
        "quiet": share_image.QUIET, "mark": share_image.MARK, "accent": ACCENT,
    }  # fmt: skip
    assert {name: tokens[name] for name in expected} == expected


def test_a_municipality_is_where_it_lies_and_one_that_is_made_up_is_nowhere(gnosjo):
    assert drawn(gnosjo).getpixel(point_of("0617")) == ImageColor.getrgb(ACCENT)
    nowhere = opened(picture("Trygglöfte", "Exempelköping", "Om", "Påhittad kommun", ACCENT, ("0000",)))
    land = nowhere.crop((861, 28, *SIZE))
    assert ImageColor.getrgb(ACCENT) not in {colour for _, colour in land.getcolors(100_000) or ()}


@pytest.mark.parametrize("weight", ["Bold", "Regular"])
def test_the_fonts_have_every_letter_that_a_swedish_place_may_have(weight):
    font = share_image._font(weight, 40)
    unknown = bytes(font.getmask("\U0001f600"))
    for letter in "abcdefghijklmnopqrstuvwxyzåäöéüÅÄÖÉáčđŋšŧžæø0123456789–-’”,.":
        assert bytes(font.getmask(letter)) != unknown, letter


@settings(max_examples=25)
@given(st.text("abmwåäöWMÖ –-", min_size=1, max_size=48).filter(str.strip))
def test_no_name_reaches_out_of_its_room(name):
    made = opened(picture("Trygglöfte", name, "Om", "", ACCENT, ()))
    beside = made.crop((861 - 30, 100, 860, 415))
    assert beside.getcolors() == [(29 * 315, (255, 255, 255))]


HEADS = {
    "index.html": """\
name=description property=og:description: Vad kommuner och polis har lovat sina invånare, och vad det blev av det.
rel=canonical property=og:url: https://prov.example/
property=og:title: Provportalen
property=og:type: website
property=og:image: https://prov.example/assets/dela.png
property=og:image:alt: Provportalen
name=twitter:card: summary_large_image""",
    "provstad/index.html": """\
name=description property=og:description: Vad Provstads kommun och polisen har lovat, och vad det blev av det.
rel=canonical property=og:url: https://prov.example/provstad/
property=og:title: Provportalen Provstad
property=og:type: website
property=og:image: https://prov.example/provstad/assets/dela.png
property=og:image:alt: Provportalen Provstad, påhittad kommun
name=twitter:card: summary_large_image""",
    "provstad/medborgarloften/2026-trafik/index.html": """\
name=description property=og:description: Medborgarlöfte: Lugnare trafik.
rel=canonical property=og:url: https://prov.example/provstad/medborgarloften/2026-trafik/
property=og:title: Lugnare trafik
property=og:type: article
property=og:image: https://prov.example/provstad/assets/dela.png
property=og:image:alt: Provportalen Provstad, påhittad kommun
name=twitter:card: summary_large_image""",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return files_of(built_once(tmp_path_factory.getbasetemp()) / "site")


def head_of(html: bytes) -> str:
    """What a page tells those who share it, a line each."""
    lines = []
    for node in LexborHTMLParser(html).css("head meta, head link[rel=canonical]"):
        kept = {key: value for key, value in node.attributes.items() if key in {"name", "property", "rel"}}
        if kept.get("name") in {"description", "twitter:card"} or "property" in kept:
            value = node.attributes.get("content") or node.attributes.get("href")
            lines.append(" ".join(f"{key}={value}" for key, value in kept.items()) + f": {value}")
    return "\n".join(lines)


@pytest.mark.parametrize("name", list(HEADS))
def test_a_page_says_what_it_is_about_and_which_picture_to_show(name, tree):
    assert head_of(tree[name]) == HEADS[name]


def test_every_page_says_what_it_is_about_and_its_picture_is_there(tree):
    pages = {name: head_of(text) for name, text in tree.items() if name.endswith("index.html")}
    assert len(pages) > 60
    for name, head in pages.items():
        assert re.search(r"(?m)^name=description property=og:description: .{20,200}$", head), name
        image = re.search(r"property=og:image: https://prov\.example/(.+)", head)
        assert image, name
        assert image[1] in tree, name
        assert all(f"property=og:{kind}: " in head for kind in ("title", "type")), name
    missing = head_of(tree["404.html"])
    assert missing == ""
