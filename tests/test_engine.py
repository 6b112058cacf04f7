"""Finished pages get their frame and become files; nothing in them is ever read as code."""

from __future__ import annotations

import gc
import json
import posixpath
import re
import weakref
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.small_sites import DAY, PLEDGE, THREE, built_once, files_of, whole
from trygglofte import sites
from trygglofte.mkdocs_engine import EngineError, build_site
from trygglofte.mkdocs_engine.events import Beside, SiteEvents
from trygglofte.mkdocs_engine.shells import Around
from trygglofte.pages import Page
from trygglofte.publishing import publish

HOSTILE = "{{ 7*7 }} {% raw %} {: onclick=x } {#x} --8<-- 'mkdocs.yml' <script>alert(1)</script> &amp; `kod` :smile:"


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    """The tree that three municipalities and their portal become."""
    return files_of(built_once(tmp_path_factory.getbasetemp()) / "site")


@pytest.fixture(scope="session")
def below(tmp_path_factory):
    """The same below a path, with a municipality of its own address and one that answers for itself."""
    municipality = THREE["data/provstad/kommun.yml"].replace("påhittad: ja\n", "")
    root = whole(
        tmp_path_factory.mktemp("below") / "project",
        {
            "data/portal.yml": THREE["data/portal.yml"].replace("prov.example/", "prov.example/tl/"),
            "data/alstad/kommun.yml": THREE["data/alstad/kommun.yml"]
            + "adress: https://alstad.example/lofte\n",
            "data/ostad/kommun.yml": municipality.replace("Provstad", "Ostad").replace('"0000"', '"2182"'),
            "data/provstad/kommun.yml": municipality.replace('"0000"', '"1480"') + "drivs_av: projektet\n",
        },
    )
    release = publish(root, root / "site", DAY)
    assert not release.failed, release.problems
    return files_of(root / "site")


@cache
def parsed(html):
    return LexborHTMLParser(html)


def pages(tree):
    return {name: parsed(content) for name, content in tree.items() if name.endswith(".html")}


def site_of(tmp_path, files=None):
    root = whole(tmp_path / "project", files)
    shared, _ = sites.shared_files(root)
    return sites.municipal_site(root, "provstad", shared, DAY)[:2]


def page(address, html="<h1>Rubrik</h1><p>Text.</p>"):
    return Page(address, "Rubrik", html, "Beskrivning", "Slag", "data/portal.yml")


def test_two_pages_with_one_address_are_refused(tmp_path):
    site, made = site_of(tmp_path)
    with pytest.raises(EngineError, match=r"Två sidor har samma adress: /om/\. Döp om den ena\."):
        build_site(site, [*made, page("om/")], tmp_path / "out")


@pytest.mark.parametrize("address", ["/etc/", "../../ut/", "a/../../b/"])
def test_an_address_that_leads_out_of_the_site_is_refused(tmp_path, address):
    site, _ = site_of(tmp_path)
    with pytest.raises(EngineError, match="leder ut ur webbplatsen"):
        build_site(site, [page(""), page(address)], tmp_path / "out")
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("kind", ["picture", "page", "folder"])
def test_links_out_of_content_are_refused(tmp_path, kind):
    site, made = site_of(tmp_path)
    secret = tmp_path / "hemligt"
    secret.mkdir()
    (secret / "a.png").write_text("hemligt")
    name, target = {
        "picture": ("a.png", secret / "a.png"),
        "page": ("a.md", secret / "a.png"),
        "folder": ("a", secret),
    }[kind]
    (site.root / "content" / name).symlink_to(target)
    with pytest.raises(EngineError, match=r"är en länk till något annat. Lägg en riktig fil där"):
        build_site(site, made, tmp_path / "out")


def test_what_mkdocs_refuses_is_told_in_swedish(tmp_path, capfd):
    site, made = site_of(tmp_path)
    (site.root / "mkdocs.yml").write_text("site_name: x\ntheme: finns-inte\n")
    with pytest.raises(EngineError, match="MkDocs kunde inte göra webbplatsen: "):
        build_site(site, made, tmp_path / "out")
    assert capfd.readouterr() == ("", "")


def test_a_finished_page_is_never_read_as_markdown_or_as_a_template(tmp_path):
    site, _ = site_of(tmp_path)
    html = f"<h1>Rubrik</h1>\n\n    # inte kod\n\n<p>{HOSTILE.replace('<', '&lt;')}</p>"
    build_site(site, [page(""), page("a/", html)], tmp_path / "out")
    assert html in (tmp_path / "out/a/index.html").read_text("utf-8")


def test_text_from_data_comes_out_as_text(tmp_path):
    line = HOSTILE.replace('"', "'")
    pledge = THREE[PLEDGE].replace("Lugnare trafik", f'"{line}"') + f'sammanfattning: "{line}"\n'
    about = THREE["data/provstad/kommun.yml"] + f'om: "{line} {{: .x}}"\n'
    root = whole(tmp_path / "project", {PLEDGE: pledge, "data/provstad/kommun.yml": about})
    release = publish(root, root / "site", DAY, with_search=False)
    assert not release.failed, [problem.message for problem in release.problems]
    tree = files_of(root / "site/provstad")
    shown = parsed(tree["medborgarloften/2026-trafik/index.html"])
    assert line in " ".join(shown.css_first("h1").text().split())
    for name, html in pages(tree).items():
        text = html.body.text()
        assert "49 {% raw" not in text, name
        assert "site_name" not in text, name
        assert not html.css("[onclick], article script:not([src$='assets/sok.js'])"), name
    assert "{{ 7*7 }}" in pages(tree)["index.html"].body.text()


def test_scripts_are_on_the_search_the_table_of_commitments_and_where_a_day_is_to_come(live):
    for name, html in pages(live).items():
        data = html.css("script[type='application/ld+json']")
        assert all(set(block.attributes) == {"type"} and json.loads(block.text()) for block in data), name
        scripts = [script.attributes for script in html.css("script:not([type='application/ld+json'])")]
        expected = {
            "sok.js": name.endswith("sok/index.html"),
            "ataganden.js": "/ataganden/" in name,
            "klocka.js": bool(html.css("time[data-due]")),
        }
        # that of search is not deferred: nothing after it is painted before it has looked at the address
        allowed = ({"type", "src"}, {"src"} if expected["sok.js"] else {"defer", "src"})
        assert all(set(script) in allowed for script in scripts), name
        assert {Path(script["src"]).name for script in scripts} == {
            s for s, there in expected.items() if there
        }, name
        for node in html.css("*"):
            assert not [key for key in node.attributes if key.startswith("on")], name


def test_nothing_is_fetched_from_anyone_else(live):
    for name, html in pages(live).items():
        for node in html.css("link, script, img, iframe, source, video, audio, object, embed, use"):
            if "canonical" in (node.attributes.get("rel") or ""):
                continue
            for key in ("href", "src", "srcset", "data", "poster"):
                address = node.attributes.get(key) or ""
                assert not urlsplit(address).netloc, (name, address)
                assert not urlsplit(address).scheme, (name, address)
    for name, content in live.items():
        if name.endswith(".css"):
            assert not re.search(rb"(?:url\(|@import)\s*[\"']?(?:https?:)?//", content), name


def test_no_file_is_copied_that_no_page_loads(live):
    unused = [
        name
        for name in live
        if re.search(r"assets/javascripts/|\.map$|assets/_mkdocs|sitemap\.xml\.gz$", name)
    ]
    assert unused == []
    scripts = {Path(name).name for name in live if name.endswith(".js")}
    assert scripts == {"klocka.js", "sok.js", "stavning.js", "ataganden.js", "pagefind.js"}


def links_of(html):
    found = (
        node.attributes.get("href") or node.attributes.get("src") or node.attributes.get("action")
        for node in html.css("[href], [src], [action]")
    )
    return [link for link in found if link and not link.startswith(("#", "mailto:", "tel:", "https://"))]


@pytest.mark.parametrize(
    ("folder", "path"),
    [("", "/tl/"), ("ostad/", "/tl/ostad/"), ("alstad/", "/lofte/")],
    ids=["portal", "below", "own address"],
)
def test_the_404_page_leads_right_from_any_depth(below, folder, path):
    links = links_of(pages(below)[f"{folder}404.html"])
    assert len(links) > 5
    for link in links:
        assert link.startswith(path), link
        target = posixpath.normpath(folder + link.removeprefix(path).partition("?")[0])
        assert target in below or posixpath.normpath(f"{target}/index.html") in below, link


def test_without_a_path_the_404_page_begins_at_the_root(live):
    assert all(
        link.startswith("/") and not link.startswith("//") for link in links_of(pages(live)["404.html"])
    )
    assert all(link.startswith("/ostad/") for link in links_of(pages(live)["ostad/404.html"]))


def test_each_page_names_its_own_full_address(below):
    start = {"alstad": "https://alstad.example/lofte/"}
    for name, html in pages(below).items():
        link = html.css_first("link[rel=canonical]")
        if name.endswith("404.html"):
            assert link is None, name
            continue
        top, _, rest = name.partition("/")
        if top in {"alstad", "ostad", "provstad"}:
            expected = urljoin(
                start.get(top, f"https://prov.example/tl/{top}/"), rest.removesuffix("index.html")
            )
        else:
            expected = urljoin("https://prov.example/tl/", name.removesuffix("index.html"))
        assert link.attributes["href"] == expected


def hidden(html):
    node = html.css_first("meta[name=robots]")
    return node is not None and "noindex" in (node.attributes["content"] or "")


def test_search_engines_are_shown_what_is_real_and_the_municipalitys_own(below):
    found = pages(below)
    for name in (
        "index.html",
        "om/index.html",
        "ostad/index.html",
        "ostad/medborgarloften/2026-trafik/index.html",
    ):
        assert not hidden(found[name]), name
    for name, html in found.items():
        made_up_or_by_project = name.startswith(("alstad/", "provstad/"))
        if made_up_or_by_project or name.endswith(("404.html", "sok/index.html")):
            assert hidden(html), name


def test_a_page_of_a_known_day_says_so_and_another_says_nothing(tmp_path):
    site, _ = site_of(tmp_path)
    build_site(site, [page(""), replace(page("a/"), updated=DAY)], tmp_path / "out")
    sitemap = (tmp_path / "out/sitemap.xml").read_text("utf-8")
    assert "<url><loc>https://prov.example/provstad/</loc></url>" in sitemap
    assert "<url><loc>https://prov.example/provstad/a/</loc><lastmod>2026-03-01</lastmod></url>" in sitemap
    assert "Sitemap: https://prov.example/provstad/sitemap.xml" in (tmp_path / "out/robots.txt").read_text(
        "utf-8"
    )


def test_a_site_is_the_same_byte_for_byte_however_many_processes_build_it(tmp_path):
    site, made = site_of(tmp_path)
    for processes in (1, 2, 3):
        build_site(site, made[:12], tmp_path / f"{processes}", processes)
    assert files_of(tmp_path / "1") == files_of(tmp_path / "2") == files_of(tmp_path / "3")


def test_what_fails_in_another_process_is_told_as_if_there_were_one(tmp_path, capfd):
    site, made = site_of(tmp_path)
    made = made[:6]
    broken = [replace(one, body=lambda: {}["finns inte"]) for one in made]
    for pages_of_the_site in (broken, [*made[:-1], broken[-1]], [made[0], broken[1], *made[2:]]):
        with pytest.raises(KeyError, match="finns inte"):
            build_site(site, pages_of_the_site, tmp_path / "out", 2)
    assert capfd.readouterr() == ("", "")


def test_pages_share_a_frame_only_where_it_is_the_same_for_all_of_them(tmp_path, monkeypatch):
    site, made = site_of(tmp_path)
    build_site(site, made, tmp_path / "shared")
    monkeypatch.setattr(Around, "__hash__", lambda around: id(around))  # noqa: PLW0108 - only a function gets its object
    monkeypatch.setattr(Around, "__eq__", lambda around, other: around is other)  # every page its own
    build_site(site, made, tmp_path / "own")
    assert len(made) > 20
    assert files_of(tmp_path / "shared") == files_of(tmp_path / "own")


def test_no_hole_of_a_frame_is_left_open(live):
    assert not [name for name, content in live.items() if name.endswith(".html") and b"\0" in content]


def test_a_site_is_let_go_of_when_it_is_built(tmp_path):
    site, made = site_of(tmp_path)
    build_site(site, made, tmp_path / "out")
    held = weakref.ref(site)
    del site, made
    gc.collect()
    assert held() is None, "in a run of 290 municipalities each would stay in memory"


def test_what_is_written_is_let_go_of_while_the_rest_is_built(tmp_path, monkeypatch):
    site, made = site_of(tmp_path)
    held = []

    def on_post_build(events, *, config):
        held.extend(page for page in made if "html" in vars(page))

    monkeypatch.setattr(SiteEvents, "on_post_build", on_post_build, raising=False)
    beside = []
    copy = Beside.copy_file

    def copy_file(file, dirty=False):
        copy(file, dirty)
        beside.append(file)

    monkeypatch.setattr(Beside, "copy_file", copy_file)
    build_site(site, made, tmp_path / "out")
    assert not held
    assert len(beside) > 20
    assert not any(file.content_string for file in beside)
