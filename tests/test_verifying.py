"""What is promised of a finished site: it is whole, and a fault in it is told on the line that was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from trygglofte import forking, verifying
from trygglofte.problems import Problem, Severity
from trygglofte.verifying import Origin, verify

Check = Callable[..., list[Problem]]

PLEDGE = Origin("data/prov/medborgarloften/a.yml")
START = Origin("data/prov/kommun.yml")
PLEDGE_YAML = """\
titel: Lugnare trafik
överenskommelse: 2024-2027
sammanfattning: |
  Läs mer i [förra löftet](../gammalt/) och i bilagan.
"""


def page(body: str = "<p>Text.</p>", title: str = "En sida", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="sv"><head><title>{title}</title>{head}</head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Lay out a site with a start page and the page a/, the given files over them, and verify it.

    One process and two must say the same.
    """
    monkeypatch.setattr(verifying, "_MANY", 1)
    monkeypatch.setattr(forking, "processors", lambda: 2)

    def verified(files: Mapping[str, str], **options: object) -> list[Problem]:
        origins = options.pop("origins", {"": START, "a/": PLEDGE})
        whole = {"index.html": page(title="Start"), "a/index.html": page(title="Lugnare trafik"), **files}
        for name, content in whole.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        sources = {PLEDGE.file: PLEDGE_YAML, START.file: "namn: Prov\n"}
        found, by_two = (
            verify(tmp_path / "site", origins, sources.get, processes=many, **options)  # type: ignore[arg-type]
            for many in (1, 2)
        )
        assert found == by_two
        return found

    return verified


def kinds(problems: list[Problem]) -> list[str]:
    return [problem.kind for problem in problems]


def test_a_whole_site_has_no_problems(check: Check) -> None:
    body = """
      <p id="förra stycket">Text</p> <a name="gammalt"></a>
      <a href="../">Start</a> <a href="..">Start</a> <a href="./#plats">Här</a> <a href="">Här</a>
      <a href="#f%C3%B6rra%20stycket">Stycket</a> <a href="#gammalt">Ankare</a> <a href="#">Upp</a>
      <a href="#top">Upp</a> <a href="?q=x">Sök</a> <a href="index.html">Här</a> <a id="plats">Plats</a>
      <a href="../bilder/en%20bild.png?v=2#del">Bild</a> <a href="../#:~:text=Start">Ord</a>
      <a href="https://polisen.se/x">ut</a> <a href="mailto:a@b.se">post</a> <a href="tel:11414">ring</a>
      <a href="webcal://x/y.ics">kalender</a> <img src="../bilder/en bild.png" alt="">
      <img src="data:image/png;base64,AA==" alt="" srcset="../bilder/en%20bild.png 1x, ../bilder/en%20bild.png 2x">
      <form action="../"></form>
    """
    head = '<link rel="canonical" href="https://prov.example/a"><link rel="stylesheet" href="../stil.css">'
    files = {"a/index.html": page(body, "A", head), "bilder/en bild.png": "x", "stil.css": ""}
    assert check(files) == []


def test_a_link_to_a_page_that_is_not_there_names_the_yaml_line(check: Check) -> None:
    [problem] = check({"a/index.html": page('<a href="../gammalt/">förra löftet</a>')})
    assert (problem.file, problem.line, problem.column) == (PLEDGE.file, 4, 28)
    assert problem.kind == "trasig-lank"
    assert problem.message == "Länken ”../gammalt/” leder till något som inte finns."
    assert problem.hint == "Rätta adressen, eller ta bort länken."
    assert problem.severity is Severity.ERROR


def test_a_link_that_a_template_has_made_is_found_by_its_last_part(check: Check) -> None:
    [problem] = check({"a/index.html": page('<a href="../overenskommelser/2024-2027/">Avtalet</a>')})
    assert (problem.line, problem.column) == (2, 18)


def test_a_link_is_found_by_its_text_when_nothing_else_is_known(check: Check) -> None:
    [problem] = check({"a/index.html": page('<a href="../okand/">förra löftet</a>')})
    assert (problem.line, problem.column) == (4, 14)


def test_a_link_that_is_nowhere_in_the_source_is_told_where_its_page_begins(check: Check) -> None:
    origins = {"": START, "a/": Origin(PLEDGE.file, 3)}
    [problem] = check({"a/index.html": page('<a href="../okand/"><b></b></a>Text')}, origins=origins)
    assert (problem.file, problem.line) == (PLEDGE.file, 3)
    assert "sidan ”a/”" in problem.message


def test_the_place_is_sought_first_where_the_page_begins(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page('<a href="borta/">x</a>'), encoding="utf-8")
    text = "a: borta/\nb: borta/\nc: borta/\n"
    [problem] = verify(tmp_path, {"": Origin("data/teman.yml", 2)}, lambda _: text)
    assert (problem.line, problem.column) == (2, 4)


def test_a_part_of_a_longer_address_is_not_taken_for_the_link(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page('<a href="../borta/">x</a>'), encoding="utf-8")
    text = "x: ../../borta/\ny: ../borta/mer\nz: ../borta/\n"
    [problem] = verify(tmp_path, {"": START}, lambda _: text)
    assert problem.line == 3


def test_what_was_probably_meant_is_proposed(check: Check) -> None:
    files = {"lagesbilder/2026-10/index.html": page(title="Läge")}
    [problem] = check(files | {"a/index.html": page('<a href="../lagesbilder/2026-1/">läget</a>')})
    assert problem.hint == "Menade du ”../lagesbilder/2026-10/”?"


def test_with_very_many_faults_time_is_not_spent_on_guessing(check: Check) -> None:
    links = "".join(f'<a href="../lagesbilder/2026-1{n}/">x</a>' for n in range(120))
    problems = check({"a/index.html": page(links), "lagesbilder/2026-10/index.html": page(title="Läge")})
    guessed = [problem for problem in problems if problem.hint.startswith("Menade du")]
    assert len(problems) == 119
    assert 0 < len(guessed) <= 100


def test_a_fault_in_the_frame_of_every_page_is_told_once(check: Check) -> None:
    bodies = {f"x{n}/index.html": page('<a href="../om/">Om</a>', f"X{n}") for n in range(30)}
    [problem] = check(bodies | {"djup/ner/index.html": page('<a href="../../om/">Om</a>', "Djup")})
    assert problem.message.endswith("Så är det på sidan ”djup/ner/” och 30 till.")


def test_the_same_fault_in_many_files_is_told_in_each(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        html = page('<a href="../gammalt/">x</a>', name)
        (tmp_path / name / "index.html").write_text(html, encoding="utf-8")
    origins = {f"{name}/": Origin(f"data/{name}.yml") for name in ("a", "b", "c")}
    problems = verify(tmp_path, origins, {o.file: PLEDGE_YAML for o in origins.values()}.get)
    assert [(problem.file, problem.line) for problem in problems] == [
        ("data/a.yml", 4),
        ("data/b.yml", 4),
        ("data/c.yml", 4),
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<img src="../borta.png" alt="">',
        '<script src="../borta.js"></script>',
        '<form action="../borta/"></form>',
        '<img alt="" srcset="../borta.png 2x">',
        '<video poster="../borta.png"></video>',
        '<link rel="stylesheet" href="../borta.css">',
        '<svg><a href="../borta/"><text>x</text></a></svg>',
        "<a href='../BILD.png'>x</a>",
        "<a href=../borta/>x</a>",
        '<a href="..\\borta\\">x</a>',
        '<a href=" ../bor\nta/ ">x</a>',
        '<meta http-equiv="refresh" content="0; url=../borta/">',
    ],
    ids=lambda body: body[:24],
)
def test_everything_that_fetches_or_leads_is_followed_as_a_browser_does(check: Check, body: str) -> None:
    assert kinds(check({"a/index.html": page(body + "text"), "bild.png": ""})) == ["trasig-lank"]


def test_what_only_looks_like_a_link_is_left_alone(check: Check) -> None:
    body = '<pre>&lt;a href="../borta/"&gt;</pre><!-- <a href="../borta/"> --><script>"<a href=../borta/>"</script>'
    assert check({"a/index.html": page(body)}) == []


def test_a_link_from_the_root_of_the_server_is_wrong_wherever_it_leads(check: Check) -> None:
    assert (
        kinds(check({"a/index.html": page('<a href="/a/">x</a><a href="//x.se/">y</a>')}))
        == ["trasig-lank"] * 2
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVa\tScRiPt:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        " blob:x",
    ],
)
def test_a_link_that_can_run_code_is_a_problem(check: Check, address: str) -> None:
    assert kinds(check({"a/index.html": page(f'<a href="{address}">x</a>')})) == ["farlig-lank"]


def test_a_script_or_frame_with_its_content_in_the_address_is_a_problem(check: Check) -> None:
    body = '<iframe src="data:image/svg+xml,x"></iframe><img src="data:text/html,x" alt="">'
    assert kinds(check({"a/index.html": page(body + "text")})) == ["farlig-lank"] * 2


def test_a_base_element_is_a_problem_because_it_moves_every_link(check: Check) -> None:
    assert kinds(check({"a/index.html": page(head='<base href="../">')})) == ["trasig-lank"]


def test_a_folder_without_its_slash_is_told_with_the_slash(check: Check) -> None:
    [problem] = check({"a/index.html": page('<a href="../b?x#y">x</a>'), "b/index.html": page(title="B")})
    assert problem.kind == "lank-utan-snedstreck"
    assert problem.hint == "Skriv ”../b/?x#y”."


def test_a_folder_without_a_page_leads_nowhere(check: Check) -> None:
    assert kinds(check({"a/index.html": page('<a href="../bilder/">x</a>'), "bilder/x.png": ""})) == [
        "trasig-lank"
    ]


def test_an_anchor_that_is_not_on_the_other_page_is_told_with_the_nearest(check: Check) -> None:
    files = {
        "a/index.html": page('<a href="../b/#belysningen">x</a>'),
        "b/index.html": page('<p id="belysning">x</p>', "B"),
    }
    [problem] = check(files)
    assert problem.kind == "trasigt-ankare"
    assert problem.hint == "Menade du ”#belysning”?"


def test_an_anchor_is_sought_on_its_own_page_too(check: Check) -> None:
    [problem] = check({"a/index.html": page('<a href="#förra">förra löftet</a>')})
    assert (problem.kind, problem.line) == ("trasigt-ankare", 4)


def test_an_anchor_that_stands_twice_is_found_in_the_source_by_its_heading(check: Check) -> None:
    body = '<h2 id="del">Ett</h2><h2 id="del">Lugnare trafik</h2><p>text'
    [problem] = check({"a/index.html": page(body)})
    assert (problem.kind, problem.file, problem.line) == ("dubbelt-anker-id", PLEDGE.file, 1)


def test_a_page_that_was_not_built_is_told_in_the_file_it_should_come_from(check: Check) -> None:
    [problem] = check({}, origins={"": START, "a/": PLEDGE, "b/": Origin("data/prov/b.yml", 7)})
    assert (problem.file, problem.line, problem.kind) == ("data/prov/b.yml", 7, "saknad-sida")
    assert problem.message == "Filen skulle ha blivit sidan ”b/”, som inte finns."


@pytest.mark.parametrize(
    ("html", "lacks"),
    [
        ("", "rubrik och ingen text"),
        ("<main><h1> </h1><p>Text</p></main>", "rubrik"),
        ("<main><h1>Rubrik</h1><script>x()</script></main>", "text"),
        ("<h1>Rubrik</h1><p>Text utanför.</p>", "text"),
        ("<main><nav>Meny</nav><article><h1>Rubrik</h1> &nbsp; </article></main>", "text"),
    ],
    ids=["nothing", "no heading", "no text", "no main", "menu around an empty article"],
)
def test_a_page_that_says_nothing_is_a_problem(check: Check, html: str, lacks: str) -> None:
    [problem] = check({"a/index.html": html})
    assert (problem.file, problem.kind) == (PLEDGE.file, "tom-sida")
    assert problem.message == f"Det finns ingen {lacks} på sidan ”a/”."


def test_a_page_that_comes_from_no_file_may_be_empty_but_its_links_are_followed(check: Check) -> None:
    [problem] = check({"gammal/index.html": '<meta http-equiv="refresh" content="0;url=../ny/">'})
    assert (problem.file, problem.line, problem.kind) == ("gammal/index.html", 1, "trasig-lank")


def test_two_pages_with_one_title_are_advice_and_stop_nothing(check: Check) -> None:
    [problem] = check(
        {"index.html": page(title="Lugnare trafik"), "b/index.html": page(title="Lugnare trafik")}
    )
    assert (problem.kind, problem.severity) == ("samma-rubrik", Severity.ADVICE)
    assert (problem.file, problem.line, problem.column) == (PLEDGE.file, 1, 8)
    assert "precis som startsidan" in problem.message


def test_a_link_out_of_the_site_is_allowed_to_named_folders_only(check: Check) -> None:
    body = '<a href="../../">portalen</a><a href="../../gavle/x/">Gävle</a>'
    assert check({"a/index.html": page(body)}, outside={"", "gavle"}) == []
    assert kinds(check({"a/index.html": page(body)}, outside={"gavle"})) == ["trasig-lank"]
    assert kinds(check({"a/index.html": page('<a href="../../../gavle/">x</a>')}, outside={"gavle"})) == [
        "trasig-lank"
    ]


def test_the_portal_may_lead_to_a_municipality_that_is_built_beside_it(check: Check) -> None:
    start = page('<a href="gavle/">Gävle</a>')
    assert check({"index.html": start}, outside={"gavle"}) == []
    assert kinds(check({"index.html": start})) == ["trasig-lank"]
    assert kinds(check({"index.html": page('<a href="gavle">x</a>')}, outside={"gavle"})) == [
        "lank-utan-snedstreck"
    ]


def test_the_not_found_page_links_from_the_root_because_it_is_shown_anywhere(check: Check) -> None:
    links = '<a href="/kommuner/prov/a/#x">a</a><a href="/kommuner/prov/.">b</a><a href="/kommuner/">c</a>'
    files = {"404.html": page(links), "a/index.html": page('<p id="x">Text')}
    options = {"base_path": "/kommuner/prov/", "outside": {""}}
    assert check(files, **options) == []
    wrong = '<a href="a/">x</a><a href="/annat/">y</a><a href="/kommuner/prov/b/">z</a>'
    assert kinds(check(files | {"404.html": page(wrong)}, **options)) == ["trasig-lank"] * 3
    anchor = page('<a href="/kommuner/prov/a/#y">å</a>')
    assert kinds(check(files | {"404.html": anchor}, **options)) == ["trasigt-ankare"]


def test_the_not_found_page_of_a_site_at_the_root_links_from_there(check: Check) -> None:
    assert check({"404.html": page('<a href="/">Start</a><a href="/a/">a</a>')}) == []


def test_problems_come_in_the_same_order_however_the_files_lie(tmp_path: Path) -> None:
    found = []
    for turn, names in enumerate([("a", "b", "c"), ("c", "a", "b")]):
        for name in names:
            folder = tmp_path / str(turn) / name
            folder.mkdir(parents=True)
            (folder / "index.html").write_text(
                page('<a href="../x/">x</a><a href="#y">y</a>'), encoding="utf-8"
            )
        origins = {f"{name}/": Origin(f"{name}.yml") for name in names}
        found.append(verify(tmp_path / str(turn), origins, lambda _: None))
    assert found[0] == found[1]
    assert len(found[0]) == 4
