"""A municipality's own colour can be read everywhere, and its logo is a picture and nothing else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trygglofte import sites
from trygglofte.appearance import (
    DARK_PAPERS,
    LIGHT_PAPERS,
    MAX_LOGO,
    Fault,
    contrast,
    fault_in,
    for_dark,
    is_readable,
    nearest_readable,
    size_of,
)
from trygglofte.outputs import look

ROOT = Path(__file__).parents[1]
STYLES = (ROOT / "overrides" / look.STYLES).read_text("utf-8")
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">{}</svg>'
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    + (40).to_bytes(4, "big")
    + (48).to_bytes(4, "big")
    + b"\x08\x06\0\0\0"
    + b"crc."
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1)],
)
def test_contrast_is_counted_as_wcag_does(one, other, expected):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.005)


@settings(max_examples=150, deadline=None)
@given(COLOURS)
def test_whatever_the_colour_there_is_one_to_read_in_light_and_in_dark(colour):
    light = nearest_readable(colour)
    assert is_readable(light)
    assert is_readable(for_dark(light), DARK_PAPERS)
    assert nearest_readable(light) == light
    assert (light == colour) is is_readable(colour)


def test_the_nearest_colour_is_the_lightest_of_its_hue_that_can_be_read():
    assert nearest_readable("#ff8800") == "#a85a00"
    assert not is_readable("#aa5b00")


def test_the_papers_are_those_of_the_style_sheet():
    light, dark = STYLES.split("@media (prefers-color-scheme: dark)", 1)
    for tokens, papers in ((light, LIGHT_PAPERS), (dark.split("/* Base */")[0], DARK_PAPERS)):
        for name, paper in zip(("paper", "panel", "mark"), papers, strict=True):
            written = re.search(rf"--tl-{name}: (#[0-9a-f]+);", tokens)[1]
            assert (written if len(written) == 7 else "#" + "".join(c * 2 for c in written[1:])) == paper
        accent = re.search(r"--tl-accent: (#[0-9a-f]{6});", tokens)[1]
        assert is_readable(accent, papers)


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<g onload="x()"/>', "onload"),
        ('<path style="fill:url(http://x.example)"/>', "style"),
        ('<use href="https://x.example/a.svg#b"/>', "href"),
        ('<path fill="url(https://x.example/#a)"/>', "fill"),
        ('<image href="#a"/>', "<image>"),
        ("<style>*{}</style>", "<style>"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>', "<foreignObject>"),
        ('<a href="#x"/>', "<a>"),
    ],
)
def test_a_logo_that_is_more_than_a_picture_is_refused(inner, told):
    assert fault_in(SVG.format(inner).encode(), "logotyp.svg") == (Fault.NOT_ONLY_A_PICTURE, told)


@pytest.mark.parametrize(
    ("raw", "name", "fault"),
    [
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("").encode(), "a.svg", Fault.BROKEN),
        (b"<?xml-stylesheet href='x'?>" + SVG.format("").encode(), "a.svg", Fault.BROKEN),
        (b"<svg", "a.svg", Fault.BROKEN),
        (b"<html/>", "a.svg", Fault.BROKEN),
        (SVG.replace(' viewBox="0 0 40 48"', "").format("").encode(), "a.svg", Fault.NO_SIZE),
        (b"GIF89a", "a.png", Fault.BROKEN),
        (PNG.replace((48).to_bytes(4, "big"), (4800).to_bytes(4, "big")), "a.png", Fault.LARGE),
        (PNG + b"x" * MAX_LOGO, "a.png", Fault.HEAVY),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused(raw, name, fault):
    assert fault_in(raw, name)[0] is fault


def test_a_picture_is_accepted_and_says_how_large_it_is():
    drawn = SVG.format(
        '<defs><linearGradient id="a"><stop stop-color="red"/></linearGradient></defs><path fill="url(#a)"/>'
    ).encode()
    assert fault_in(drawn, "a.svg") is None
    assert size_of(drawn, "a.svg") == (40, 48)
    assert fault_in(PNG, "a.png") is None
    assert size_of(PNG, "a.png") == (40, 48)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["a.svg", "a.png"]))
def test_whatever_the_bytes_there_is_an_answer(raw, name):
    fault_in(raw, name)


PLAIN = SVG.format("")
LOOK = 'utseende: {färg: "#005AA0", logotyp: logotyp.svg}\n'


def with_look(project, extra=LOOK, logo=PLAIN):
    root = project()
    kommun = root / "data/provstad/kommun.yml"
    kommun.write_text(kommun.read_text("utf-8") + extra, "utf-8")
    if logo is not None:
        (kommun.parent / "logotyp.svg").write_text(logo, "utf-8")
    (root / "overrides/assets").mkdir(parents=True)
    (root / "overrides" / look.STYLES).write_text(":root { --tl-accent: #111; }", "utf-8")
    return root


def test_the_colour_and_the_logo_are_published_and_print_stays_black(project, problems_of, provstad):
    root = with_look(project)
    assert problems_of(root) == []
    municipality = provstad(root)
    site = sites.Site(root, municipality.shared, date(2026, 1, 5), "provstad", municipality)
    found = look.files(site, ())
    assert set(found) == {look.STYLES, "assets/logotyp.svg"}
    assert found["assets/logotyp.svg"] == SVG.format("").encode()
    assert found[look.STYLES].startswith(":root { --tl-accent: #111; }")
    assert "@media screen { :root { --tl-accent: #005aa0; } }" in found[look.STYLES]
    assert f"--tl-accent: {for_dark('#005aa0')}" in found[look.STYLES]
    assert (site.logo.width, site.logo.height) == (33, 40)


def test_a_site_without_a_look_has_the_style_sheet_that_all_have(project, provstad):
    root = project()
    municipality = provstad(root)
    site = sites.Site(root, municipality.shared, date(2026, 1, 5), "provstad", municipality)
    assert look.files(site, ()) == {}
    assert site.logo is None


@pytest.mark.parametrize(
    ("extra", "logo", "kind"),
    [
        (LOOK, None, "saknad-logotyp"),
        (LOOK, SVG.format("<script/>"), "fel-logotyp"),
        (LOOK, "x" * (MAX_LOGO + 1), "fel-logotyp"),
        (LOOK, "<svg", "fel-logotyp"),
        (LOOK, '<svg xmlns="http://www.w3.org/2000/svg"/>', "fel-logotyp"),
        ("", SVG.format(""), "fel-filnamn"),
    ],
)
def test_what_is_wrong_with_a_logo_is_told_where_it_is_named(project, problems_of, extra, logo, kind):
    [problem] = problems_of(with_look(project, extra, logo))
    assert problem.kind == kind
    assert not extra or (problem.file, problem.line) == ("data/provstad/kommun.yml", 15)
