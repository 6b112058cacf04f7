"""What describes the model is generated from it, is up to date, and true: a schema accepts what the reader does."""

from __future__ import annotations

import copy
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tests.conftest import MINIMAL
from tests.test_cases import CASES, Case
from tests.test_model import DOCUMENTS, models
from trygglofte.describing import KINDS, generated, stale
from trygglofte.describing.accepted import TYPES
from trygglofte.describing.examples import understood
from trygglofte.describing.kinds import OPEN, PARTS, SHORT, Kind
from trygglofte.describing.shapes import fields, parts_in, shape_of
from trygglofte.model import interpret
from trygglofte.model.base import Part
from trygglofte.problems import Mark
from trygglofte.reading import Mapping, Node, Scalar, Sequence, node_at, read_document
from trygglofte.reading.tree import Entry

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
FILES = generated(ROOT)
SCHEMAS = {kind.id: json.loads(FILES[f"schema/{kind.id}.schema.json"]) for kind in KINDS}
VALIDATORS = {kind.id: Draft7Validator(SCHEMAS[kind.id]) for kind in KINDS}
BY_ID = {kind.id: kind for kind in KINDS}
BY_MODEL = {kind.model: kind for kind in KINDS}
kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


# ---- What an editor's YAML server takes a file for: the core schema of YAML 1.2 ----

INTEGER = re.compile(r"[-+]?[0-9]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
NULLS = {"", "~", "null", "Null", "NULL"}
TRUE, FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}


def core(node: Node) -> Any:
    """A tree as an editor sees it, where `0305` is a number and `2026-01-15` a text."""
    if isinstance(node, Mapping):
        return {key: core(entry.node) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [core(item) for item in node.items]
    return core_scalar(node) if node.style == "plain" else node.text


def core_scalar(node: Scalar) -> Any:
    text = node.text
    if text in NULLS:
        return None
    if text in TRUE | FALSE:
        return text in TRUE
    if INTEGER.fullmatch(text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if FLOAT.fullmatch(text):
        return float(text)
    return text


def tree_of(text: str | bytes) -> Mapping:
    tree, problems = read_document(text.encode() if isinstance(text, str) else text, "data/prov.yml")
    assert tree is not None, problems
    return tree


def read_well(kind: Kind, tree: Mapping) -> bool:
    return not interpret(tree, kind.model, "data/prov.yml").problems


def seen_well(kind: Kind, tree: Mapping) -> bool:
    return VALIDATORS[kind.id].is_valid(core(tree))


# ---- Up to date ----


def test_what_is_generated_is_up_to_date():
    assert stale(ROOT) == {}, "run `trygglofte schema`"


def test_a_file_that_nobody_generates_any_more_is_to_be_removed(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/teman.yml").write_bytes((ROOT / "data/teman.yml").read_bytes())
    assert stale(tmp_path) == {}
    (tmp_path / "schema/gammal.schema.json").touch()
    (tmp_path / "docs/referens.md").unlink()
    assert stale(tmp_path) == {
        "schema/gammal.schema.json": None,
        "docs/referens.md": FILES["docs/referens.md"],
    }


def test_themes_that_cannot_be_read_are_said_so(tmp_path):
    with pytest.raises(ValueError, match=r"teman\.yml: Filen är tom"):
        generated(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/teman.yml").write_text("teman: nej\n", "utf-8")
    with pytest.raises(ValueError, match="ska vara en lista"):
        generated(tmp_path)


def test_every_part_of_the_model_is_named_once_and_nothing_else_is():
    parts = {part for kind in KINDS for part in parts_in(kind.model)}
    assert parts == set(models())
    assert parts - set(BY_MODEL) == set(PARTS)
    assert len(set(PARTS.values()) | {kind.name for kind in KINDS}) == len(PARTS) + len(KINDS)
    short = {part for part in parts if part.from_short("x") != "x"}
    assert short == set(SHORT)
    for part, names in OPEN.items():
        assert set(names) <= set(part.model_fields), part


# ---- Schemas accept what the reader accepts ----


@kinds
def test_a_schema_is_a_schema(kind):
    Draft7Validator.check_schema(SCHEMAS[kind.id])
    assert "://" not in SCHEMAS[kind.id]["$id"], "an address that does not exist"


def patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (value for key, value in schema.items() if key == "pattern" and isinstance(value, str))
        yield from schema.get("patternProperties", {})
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from patterns(inner)


@kinds
def test_patterns_are_written_in_what_python_and_ecmascript_have_in_common(kind):
    found = set(patterns(SCHEMAS[kind.id]))
    assert found
    for pattern in found:
        assert set(re.findall(r"\\(.)", pattern)) <= set("sS.+[]"), (
            "ECMAScript's u flag knows no other escapes"
        )
        assert not re.search(r"\(\?(?![:!=])|\\A|\\Z", pattern), pattern


def real_files() -> list[tuple[Kind, Path]]:
    return [(kind, path) for kind in KINDS for path in sorted(ROOT.glob(kind.files))]


@pytest.mark.parametrize(
    ("kind", "path"), real_files(), ids=[path.relative_to(ROOT).as_posix() for _, path in real_files()]
)
def test_every_real_file_is_right(kind, path):
    tree = tree_of(path.read_bytes())
    assert [error.message for error in VALIDATORS[kind.id].iter_errors(core(tree))] == []


def kind_of(path: str) -> Kind | None:
    return next((kind for kind in KINDS if re.fullmatch(kind.files.replace("*", "[^/]+"), path)), None)


# What JSON Schema cannot tell: the editor has made a number of what was written.
TOLD_BY_THE_READER_ALONE = {
    "40-wrong-code": "`305` is the same number as `0305`",
}


@pytest.mark.parametrize("path", sorted((CASES / "values").glob("*.txt")), ids=lambda path: path.stem)
def test_the_golden_cases_are_judged_alike(path):
    for name, raw in Case.read(path).files.items():
        kind = kind_of(name)
        assert kind
        assert raw is not None
        tree = tree_of(raw)
        told = path.stem in TOLD_BY_THE_READER_ALONE
        assert seen_well(kind, tree) == (read_well(kind, tree) or told), name


def nodes(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value in a tree, itself first."""
    yield path
    if isinstance(node, Mapping):
        for key, entry in node.entries.items():
            yield from nodes(entry.node, (*path, key))
    if isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from nodes(item, (*path, number))


def put(node: Node, path: tuple[str | int, ...], new: Node, name: str = "") -> Any:
    """A tree with another value at a place, or the same under another key; all else is shared, not copied."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    node = copy.copy(node)
    if isinstance(node, Sequence):
        node.items = [
            put(item, rest, new, name) if step == at else item for at, item in enumerate(node.items)
        ]
        return node
    assert isinstance(node, Mapping)
    node.entries = {
        (name if name and key == step and not rest else key): (
            Entry(put(entry.node, rest, new, name), *entry.mark) if key == step else entry
        )
        for key, entry in node.entries.items()
    }
    return node


def renamed(tree: Mapping, path: tuple[str | int, ...], name: str) -> Mapping:
    """A tree with another key at a place."""
    node = node_at(tree, path)
    assert node is not None
    renamed_tree: Mapping = put(tree, path, node, name)
    return renamed_tree


# A wide document of each type: its starter with every line that is commented out brought in.
def starter(kind: Kind, *, whole: bool) -> str:
    text = FILES[f"docs/mallar/{kind.id}.yml"]
    return re.sub(r"^#(?! \S|$)", "", text, flags=re.MULTILINE) if whole else text


TREES = {kind.id: [tree_of(starter(kind, whole=True))] for kind in KINDS}
for _model, _text in DOCUMENTS:
    TREES[BY_MODEL[_model].id].append(tree_of(_text))

WRITTEN = [
    "", " ", "x", "x y", "Ja", "NEJ", "nej", "no", "null", "~", "true", "True", "0305", "305", "5", "-1",
    "+5", "1e3", "5.", ".5", "0x1f", "12.30", "08.00", "24.00", "8:30", "8.5", "2026", "26", "0000",
    "2026-02", "2026-13", "2026-02-28", "2026-02-30", "2024-02-29", "2100-02-29", "2000-02-29", "20260115",
    "2026-1-5", "1 200", "1 20", "61,5", "7,0", "54 st", "9999", "10000", "0009 999", "1234567890123456",
    "-0", "−5", "färre än 5", "FÄRRE  ÄN 5", "minst 700", "minst sju", "drygt femtio", "50-tal", "Pågår",
    "delvis  genomfört", "klart", "varje tertial", "Tills Vidare", "lugnare", "polisen",
    "räddningstjänsten", "a-b", "a--b", "-a", "måndag", "Måndag – fredag", "fredag-måndag", "måndag-xdag",
    "https://x.se/", "http://a@x.se", "HTTPS://X.se/a b", "https://", "https://:80", "https://[::1]/",
    "https://x y.se", "a@b.se", "a@b", "a b@c.se", "042-10 50 00", "114 14", "112", "+46 42 10 50 00",
    "0270", "/a/", "/a/b-c/", "/a", "/A/", "trafik", "kommunen", "2026-trafik",
]  # fmt: skip
scalars = st.one_of(
    st.sampled_from(WRITTEN),
    st.text("0123456789-−+:., \u00a0/@", max_size=12),
    st.text("abzåäöÅ019-_ .", max_size=8),
)
ODD = [Sequence([], Mark()), Mapping({}, Mark()), Sequence([Scalar("x", *Mark())], Mark())]


def lost(text: str) -> bool:
    """Whether an editor has made something of a plain text that does not say how it was written."""
    return not isinstance(core_scalar(Scalar(text, *Mark())), str)


def judge(kind: Kind, tree: Mapping, text: str | None) -> None:
    """The two agree. Where the editor sees a number or a yes, it may only be the more lenient of the two."""
    well, seen = read_well(kind, tree), seen_well(kind, tree)
    if text is not None and text in NULLS - {""}:
        assert not seen or well, "an empty value and the word null are one to an editor: both are refused"
    elif text is not None and lost(text):
        assert seen or not well, ("a false alarm", kind.id, text)
    else:
        assert seen == well, (kind.id, text)


# A theme must also exist: the schema knows which do, the reader leaves it to a rule.
def is_theme(path: tuple[str | int, ...]) -> bool:
    keys = [step for step in path if isinstance(step, str)]
    return bool(keys) and keys[-1] in {"tema", "teman"}


@kinds
@given(data=st.data())
@settings(max_examples=60)
def test_schema_and_reader_agree_on_any_value_in_any_place(kind, data):
    tree = data.draw(st.sampled_from(TREES[kind.id]))
    path = data.draw(st.sampled_from([path for path in nodes(tree) if path and not is_theme(path)]))
    text = data.draw(scalars)
    style = data.draw(st.sampled_from(["plain", "quoted"]))
    if style == "plain":
        text = text.strip()
    new = data.draw(st.sampled_from([Scalar(text, *tree.mark, style)] * 6 + ODD))
    judge(kind, put(tree, path, new), text if new not in ODD and style == "plain" else None)


@kinds
def test_schema_and_reader_agree_on_every_place(kind):
    """Two of the values in each place, plain and in quotation marks."""
    turn = itertools.cycle(WRITTEN)
    for tree in TREES[kind.id]:
        for path in nodes(tree):
            if path and not is_theme(path):
                text = next(turn)
                judge(kind, put(tree, path, Scalar(text, *tree.mark, "quoted")), None)
                judge(kind, put(tree, path, Scalar(text.strip(), *tree.mark)), text.strip())


@kinds
def test_schema_and_reader_agree_on_keys(kind):
    """Every key without dots and rings, in capitals, or misspelled; and with it, what must be there left out."""
    plain = str.maketrans("åäö", "aao")
    turn = itertools.cycle((str.upper, str.title, lambda key: key + "x", lambda key: "Ny nyckel"))
    for tree in TREES[kind.id]:
        for path in nodes(tree):
            if path and isinstance(path[-1], str):
                for name in {path[-1].translate(plain), next(turn)(path[-1])} - {path[-1]}:
                    judge(kind, renamed(tree, path, name), None)


@pytest.mark.parametrize("code", ["0305", '"0305"', "2182"])
def test_a_code_may_stand_without_quotation_marks(code):
    tree = tree_of(MINIMAL["data/provstad/kommun.yml"].replace('"0000"', code))
    assert seen_well(BY_ID["kommun"], tree)


@pytest.mark.parametrize("item", TYPES.items(), ids=lambda item: item[1].id)
def test_examples_right_and_wrong_are_what_they_say(item):
    understand, accepted = item
    definitions = {other.id: other.schema for other in TYPES.values()}
    validator = Draft7Validator({**accepted.schema, "definitions": definitions})
    for example in accepted.right:
        understand(understood(example))
        node = tree_of(f"x: {example}\n").entries["x"].node
        assert validator.is_valid(core(node)), example
    for example in accepted.wrong:
        with pytest.raises(ValueError):  # noqa: PT011 - which one is the model's business
            understand(understood(example))


# ---- Starters ----


@kinds
@pytest.mark.parametrize("whole", [False, True], ids=["as it stands", "with everything in it"])
def test_a_starter_can_be_read(kind, whole):
    tree, problems = read_document(starter(kind, whole=whole).encode(), "data/prov.yml")
    assert problems == []
    assert tree is not None
    assert interpret(tree, kind.model, "data/prov.yml").problems == []
    assert seen_well(kind, tree)
    if whole:
        assert set(tree.entries) == {alias for alias, _ in fields(kind.model)}


# ---- The reference page ----


def test_the_reference_names_every_key_and_every_link_leads_somewhere():
    page = FILES["docs/referens.md"]
    for part in models():
        for alias, info in fields(part):
            assert f"| `{alias}` | {info.description}" in page
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    anchors = {"#" + re.sub(r"[^\wåäö-]", "", heading.lower().replace(" ", "-")) for heading in headings}
    assert len(headings) == len(set(headings))
    assert set(re.findall(r"\]\((#[^)]+)\)", page)) <= anchors
    for link in re.findall(r"\]\(([a-z][^)#:]*)\)", page):
        assert (ROOT / "docs" / link).exists(), link


def test_the_reference_shows_what_the_check_says():
    rows = re.findall(
        r"^\| `[^`]+` \| (.*) \|$", FILES["docs/referens.md"].partition("## Värdena")[2], re.MULTILINE
    )
    assert len(rows) > 40
    assert all(row.strip() for row in rows)


def test_a_type_that_nobody_has_described_is_told():
    class Odd(Part):
        """A part with a value that the table does not know."""

        number: int

    with pytest.raises(TypeError, match=r"describing/accepted\.py"):
        shape_of(Odd.model_fields["number"])


# ---- Editors ----


def test_every_file_of_data_has_its_schema_in_the_editor():
    mapped = json.loads(FILES[".vscode/settings.json"])["yaml.schemas"]
    assert set(mapped) == {f"schema/{kind.id}.schema.json" for kind in KINDS}
    globs = [glob for several in mapped.values() for glob in several]
    for path in (ROOT / "data").rglob("*.yml"):
        assert sum(path in set(ROOT.glob(glob)) for glob in globs) == 1, path
