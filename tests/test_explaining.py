"""Every kind of problem is explained, its examples are true, and docs/fel.md is what the catalogue says.

Kinds are collected from the code itself: whatever takes a parameter called `kind`, and every tuple that
begins with a name and goes on with a sentence. Examples are laid in the small project of conftest.py.
"""

from __future__ import annotations

import ast
import errno
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import MINIMAL
from trygglofte.explaining import Explanation, Form, all_kinds, as_page, as_text, explanation, nearest
from trygglofte.library import Library
from trygglofte.problems import Problem
from trygglofte.publishing.mishaps import problems_of as mishap
from trygglofte.reading import MAX_BYTES, MAX_DEPTH, MAX_EVENTS, read_document
from trygglofte.text import to_html
from trygglofte.verifying import Origin, verify

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "hooks" / "trygglofte"
PAGE = ROOT / "docs" / "fel.md"
NAME = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
KINDS = {one.kind: one for one in all_kinds()}


# What the code can say


def texts(node: ast.AST) -> set[str]:
    """Every text that an expression can be, as far as it is written out."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    if isinstance(node, ast.FormattedValue):
        return texts(node.value)
    if isinstance(node, ast.JoinedStr):
        found = {""}
        for value in node.values:
            found = {before + after for before in found for after in texts(value)}
        return found
    return set()


NO_PROBLEMS = {"start", "questions", "add"}
"""Take a kind of document, or of a thing in a catalogue."""


def takers(trees: list[ast.Module]) -> dict[str, set[int]]:
    """Functions and classes with something called `kind`, and its places among the arguments."""
    found = {"PydanticCustomError": {0}}
    for node in (node for tree in trees for node in ast.walk(tree)):
        names: list[str] = []
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg not in {"self", "cls"}]
        elif isinstance(node, ast.ClassDef):
            fields = [item.target for item in node.body if isinstance(item, ast.AnnAssign)]
            names = [field.id for field in fields if isinstance(field, ast.Name)]
        if "kind" in names and node.name not in NO_PROBLEMS:
            found.setdefault(node.name, set()).add(names.index("kind"))
    return found


def says_something(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or any(" " in text for text in texts(node))


def kinds_in(trees: list[ast.Module]) -> set[str]:
    """Every name of a problem that the code can give."""
    places = takers(trees)
    found: set[str] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = [word.value for word in node.keywords if word.arg == "kind" and name in places]
            wanted = [node.args[at] for at in places.get(name, ()) if at < len(node.args)] + named
        elif isinstance(node, ast.Tuple) and len(node.elts) > 2 and says_something(node.elts[1]):
            wanted = node.elts[:1]
        else:
            continue
        found |= {text for item in wanted for text in texts(item) if NAME.fullmatch(text)}
    return found


def test_exactly_what_the_code_can_say_is_explained():
    rooms = [
        path
        for path in HOUSE.rglob("*.py")
        if path.relative_to(HOUSE).parts[0] not in {"pages", "describing"}
    ]
    said = kinds_in([ast.parse(path.read_text("utf-8")) for path in rooms])
    unexplained, unsaid = said - set(KINDS), set(KINDS) - said
    assert not unexplained, f"write {sorted(unexplained)} in explaining/katalog.yml"
    assert not unsaid, f"nothing says {sorted(unsaid)} any more: take them out of explaining/katalog.yml"


def test_every_golden_answer_is_explained_with_its_severity():
    answer = re.compile(r"^data/.*:\d+:\d+ (fel|råd) ([a-z0-9-]+)", re.MULTILINE)
    for path in (ROOT / "tests" / "cases").rglob("*.txt"):
        for severity, kind in answer.findall(path.read_text("utf-8")):
            assert KINDS[kind].severity in {severity, "båda"}, f"{kind} in {path.name}"


def test_the_collector_finds_every_way_to_name_a_kind():
    code = """
def fault(page, kind, message): ...
class Problem:
    file: str
    kind: str
fault(p, "ett-fel", "Mening.")
fault(p, kind="ett-till", message="Mening.")
Problem("fil.yml", f"lagen-{'a' if x else 'b'}")
TABLE = ("ur-tabell", "En mening.", "Ett råd.")
other("inte-detta", "En mening.")
"""
    assert kinds_in([ast.parse(code)]) == {"ett-fel", "ett-till", "lagen-a", "lagen-b", "ur-tabell"}


# The examples

UNSEEN = {"‹tabb›": "\t", "‹hårt mellanslag›": "\u00a0", "‹osynligt tecken›": "\u200b"}
PLEDGE = "data/provstad/medborgarloften/2026-trygg-station.yml"
BASES = {
    **MINIMAL,
    PLEDGE: """\
titel: Tryggt vid bussarna
gäller: {från: 2026-01-01, till: 2026-12-31}
åtaganden:
  - id: fotpatrull
    ansvarig: polisen
    vad: Fotpatrullerar kring stationen på kvällarna
""",
    "data/provstad/medborgarloften/2025-trygg-station.yml": """\
titel: Tryggare vid stationen
åtaganden:
  - {id: belysning, vad: Byter belysning}
""",
    "data/provstad/lagesbilder/2025-lagstadgad.yml": """\
period: {från: 2025-01-01, till: 2025-06-30}
lagstadgad: ja
kartläggning: Text.
övrig_information: Text.
analys: Text.
""",
}
NEW = {
    "kommun.yml": MINIMAL["data/provstad/kommun.yml"],
    "lagesbilder": "period: {från: 2026-10-01, till: 2026-10-31}\n",
    "medborgarloften": BASES[PLEDGE],
    "atgardsplaner": "titel: Plan\n",
}
"""What a file holds that only an example has: by its own name, or its folder's."""

KEY = re.compile(r"^([a-zåäö_]+)(?=:)", re.MULTILINE)
WHOLE = {"tom-fil", "lagen-atgardsplan"}
"""Examples that are the whole file."""


def new(path: str) -> str:
    """The text of a file that is not in the small project."""
    parts = Path(path).parts
    return NEW.get(parts[-1]) or next((NEW[part] for part in parts if part in NEW), NEW["medborgarloften"])


def without(text: str, keys: set[str]) -> str:
    """A document without some of its keys and what they hold."""
    blocks = re.split(r"^(?=[^\s-])", text, flags=re.MULTILINE)
    return "".join(block for block in blocks if block.partition(":")[0] not in keys)


def laid(one: Explanation, example: str) -> dict[str, str]:
    """The files that an example makes: its lines take the place of what the small project has for their keys."""
    if one.form is Form.FILES:
        return {path: new(path) for path in example.split("\n")}
    for name, char in UNSEEN.items():
        example = example.replace(name, char)
    path = f"data/{one.file}" if f"data/{one.file}" in BASES else f"data/provstad/{one.file}"
    keys = set(KEY.findall(f"{one.wrong}\n{one.right}"))
    rest = "" if one.kind in WHOLE else without(BASES.get(path) or new(path), keys)
    return {path: f"{example}\n{rest}"}


SITE = ("farlig-lank", "lank-utan-snedstreck", "samma-rubrik", "trasig-lank", "trasigt-ankare")
ADVICE = "Klarspråk och det som väntas"  # its examples are tried in tests/test_advice.py
IN_FILES = [
    one for one in all_kinds() if one.form is not Form.WORDS and one.kind not in SITE and one.group != ADVICE
]


@pytest.mark.parametrize("one", IN_FILES, ids=lambda one: one.kind)
def test_the_wrong_example_gives_just_that_problem_and_the_right_one_none(
    one: Explanation, project, problems_of: Callable[[Path], list[Problem]], tmp_path
):
    wrong = problems_of(project({**BASES, **laid(one, one.wrong)}))
    assert {problem.kind for problem in wrong} == {one.kind}, wrong
    assert {problem.severity for problem in wrong} <= (
        {one.severity} if one.severity != "båda" else {"fel", "råd"}
    )
    shutil.rmtree(tmp_path / "project")
    assert problems_of(project({**BASES, **laid(one, one.right)})) == []


def site(one: Explanation, example: str, folder: Path) -> list[Problem]:
    """What is said of a little site on which the example is shown."""
    here, agreement = "medborgarloften/2026-trygg-station/", "overenskommelser/2024-2027/"
    title = example.removeprefix("titel: ") if example.startswith("titel: ") else "Kontakt"
    text = example.partition("|\n")[2] or example
    if one.file.endswith(".md"):  # prose that we write ourselves, and trust
        text = re.sub(r"\[(.+?)\]\((.+)\)", r'<a href="\2">\1</a>', text)
    pages = {
        "": ("Start", "<p>Text.</p>"),
        agreement: ("Samverkan", '<h2 id="omraden">Områden</h2>Text.'),
        "medborgarloften/2025-trygg-station/": ("Tryggare vid stationen", "Text."),
        here: (title, text if one.file.endswith(".md") else to_html(text, "../../")),
    }
    for address, (name, body) in pages.items():
        path = folder / address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<title>{name}</title><main><h1>{name}</h1>{body}</main>", encoding="utf-8")
    origins = {address: Origin(f"{address}x.yml") for address in pages}
    return verify(folder, origins, {f"{here}x.yml": example}.get)


@pytest.mark.parametrize("kind", SITE)
def test_examples_on_a_finished_site_are_as_true(kind: str, tmp_path: Path):
    one = KINDS[kind]
    [problem] = site(one, one.wrong, tmp_path)
    assert (problem.kind, problem.severity) == (kind, one.severity)
    assert site(one, one.right, tmp_path) == []


SPOILT: dict[str, Callable[[str], bytes]] = {
    "bom": lambda text: text.encode("utf-8-sig"),
    "for-mycket": lambda text: f"{text}parter: [{'a,' * MAX_EVENTS}]".encode(),
    "for-stor-fil": lambda text: text.encode() + b"#" * MAX_BYTES,
    "isartagna-bokstaver": lambda text: text.replace("å", "a\u030a").encode(),
    "radslut": lambda text: text.replace("\n", "\r\n").encode(),
    "teckenkod": lambda text: text.encode("latin-1"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_file_that_is_saved_wrongly_gives_the_kind_that_explains_it(kind: str, project, problems_of):
    [problem] = problems_of(project({PLEDGE: SPOILT[kind](BASES[PLEDGE])}))
    assert (problem.kind, problem.severity) == (kind, KINDS[kind].severity)


BY_HAND = {"disk", "internt-fel", "lank", "okand-kommun", "olaslig-fil", "saknad-sida"}


def test_what_only_words_can_show_is_said_of_the_rest(project):
    root = project()
    library = Library(root)
    shared = library.shared().shared
    assert shared is not None
    (root / PLEDGE).symlink_to("2026-trafik.yml")
    (root / "data/provstad/overenskommelser/2024-2027.yml").unlink()
    (root / "data/provstad/kommun.yml").unlink()
    (root / "data/provstad/kommun.yml").mkdir()
    found = [
        *library.municipality("provstad", shared).problems,
        *library.municipality("nystad", shared).problems,
    ]
    found += mishap(OSError(errno.ENOSPC, "full"), "provstad", root)
    found += mishap(RuntimeError(), "provstad", root)
    found += verify(root / "site", {"": Origin("data/provstad/kommun.yml")}, {}.get)
    assert {problem.kind for problem in found} >= BY_HAND


NEVER_SHOWN = {
    "ej-formaterad": "tests of formatting",
    "fel-varde": "a safety net: every type of the model has its own sentence",
    "andrad-under-bygget": "tests of publishing",
    "avslojat-av-historiken": "test_hidden_values",
    "dolda-uppgifter": "test_personal_data",
    "forsvunnen-adress": "tests of versions",
    "manga-borta": "tests of versions",
    "ej-att-forsegla": "test_sealing",
    "fordes-inte-over": "test_comparing",
    "dubbelt-anker-id": "test_verifying",
    "mallfel": "tests of publishing",
    "sokindex": "test_searching",
    "stoppad": "tests of publishing",
    "tom-sida": "test_verifying",
    "tabell-dubbel-rad": "test_importing",
    "tabell-ej-inford": "test_importing",
    "tabell-fel-rad": "test_importing",
    "tabell-foraldrad": "test_importing",
    "tabell-harlett": "test_importing",
    "tabell-okand-kolumn": "test_importing",
    "tabell-okand-rad": "test_importing",
    "tabell-olaslig": "test_importing",
    "upptagen-adress": "tests of publishing",
    "upptagen-hos-annan": "test_sharing",
    "fel-logotyp": "test_appearance",
    "fel-logotypnamn": "tests/cases/rules",
    "redogorelse-kontakt": "tests/cases/rules",
    "saknad-logotyp": "test_appearance",
}


def test_examples_in_words_are_few_and_known():
    assert {one.kind for one in all_kinds() if one.form is Form.WORDS} == {*SPOILT, *NEVER_SHOWN, *BY_HAND}


# The words

ENGLISH = """
the and with file key value error wrong right missing invalid unknown should must list string field number line
page template warning check true false null yes not this that from use write link broken of
"""
JARGON = """
yaml parser syntax sträng boolean token unicode alias tagg nod heltal validera validering parsa escape array
objekt scalar commit repo git
"""


def sentences(one: Explanation) -> Iterator[str]:
    yield from one.sentences
    if one.form is Form.WORDS:
        yield from (one.wrong, one.right)


@pytest.mark.parametrize("one", all_kinds(), ids=lambda one: one.kind)
def test_every_explanation_is_short_plain_and_swedish(one: Explanation):
    assert NAME.fullmatch(one.kind)
    assert one.severity in {"fel", "råd", "båda"}
    assert one.title[0].isupper()
    assert not one.title.endswith(".")
    assert 1 <= len(one.sentences) <= 3
    for sentence in sentences(one):
        assert sentence == sentence.strip()
        assert sentence.endswith("."), sentence
        assert sentence[0].isupper(), sentence
        assert len(sentence.split()) <= 26, sentence
    words = set(re.findall(r"[a-zåäö]+", f"{one.title} {' '.join(sentences(one))}".lower()))
    commands = {"check"} if one.kind == "okand-kommun" else set()
    assert not words & set(f"{ENGLISH}{JARGON}".split()) - commands
    assert '"' not in f"{one.title}{one.text}", "Swedish quotation marks are ” and ”"
    assert one.wrong != one.right


def test_the_catalogue_itself_is_written_as_it_tells_others_to_write():
    catalogue = (HOUSE / "explaining" / "katalog.yml").read_text("utf-8")
    _, problems = read_document(f"grupper:\n{catalogue}".encode(), "katalog.yml")
    assert [problem for problem in problems if problem.is_error] == []


def test_limits_are_quoted_as_they_are():
    assert f"fler än {MAX_DEPTH} nivåer" in KINDS["for-djupt"].text
    assert f"{MAX_EVENTS:_} värden".replace("_", " ") in KINDS["for-mycket"].text
    assert f"{MAX_BYTES // 1_000_000} MB" in KINDS["for-stor-fil"].text


def test_no_two_kinds_share_a_name_or_a_title():
    assert len(KINDS) == len(all_kinds()) == len({one.title for one in all_kinds()})


# Finding and showing


def test_a_kind_is_found_as_it_is_copied_from_a_message():
    found = explanation("okant-ord")
    assert found is not None
    assert explanation("[okant-ord]") is explanation(" Okänt ord ") is found
    assert explanation("finns-inte-alls") is None


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("kolon", "kolon-i-text"), ("okänt-åtagand", "okant-atagande"), ("citat", "oavslutat-citat"),
     ("tankstreck", "fel-lista"), ("enhet", "inget-tal")],
)  # fmt: skip
def test_what_is_misspelt_or_half_remembered_is_guessed(asked: str, meant: str):
    assert meant in nearest(asked)
    assert len(nearest(asked)) <= 3


def test_nothing_is_guessed_from_nothing():
    assert nearest("") == nearest("qqqqqq") == []


def test_kinds_come_in_order():
    names = [one.kind for one in all_kinds()]
    assert names == sorted(names)


def test_a_terminal_is_told_everything_without_markup():
    one = KINDS["kolon-i-text"]
    shown = as_text(one)
    assert shown.startswith("kolon-i-text: Kolon i en text\n")
    assert '    titel: "Trygg station: så gör vi"\n' in shown
    assert "måste rättas" in shown
    assert not set("`*") & set(shown)
    assert max(map(len, shown.splitlines())) < 100
    assert "Så blir det fel:\n    Disken är full" in as_text(KINDS["disk"])


def test_every_kind_is_a_heading_of_its_own_on_the_page():
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", as_page(), flags=re.DOTALL), re.MULTILINE)
    anchors = [re.sub(r"[^\wåäö-]", "", heading.lower().replace(" ", "-")) for heading in headings]
    assert len(anchors) == len(set(anchors))
    assert set(KINDS) <= set(headings)
    assert set(re.findall(r"\]\(#(.+?)\)", as_page())) == set(KINDS)


def test_the_page_in_docs_says_what_the_catalogue_says(request):
    if request.config.getoption("--accept-cases"):
        PAGE.write_text(as_page(), "utf-8")
        pytest.skip("page written")
    assert PAGE.read_text("utf-8") == as_page(), "run pytest tests/test_explaining.py --accept-cases"
