"""One canonical form: what `trygglofte fmt` makes of a file, and what it never does.

Golden cases lie in tests/cases/formatting; see the README there. The properties are tried on every file in
data/ and on documents written in every way that YAML allows.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trygglofte import formatting
from trygglofte.formatting import WIDTH, format_document, model_of
from trygglofte.formatting.kinds import Words, key_order, part_of, within
from trygglofte.formatting.prose import wrapped
from trygglofte.model import ActionPlan, Agreement, MunicipalityFile, Pledge, SituationSummary, ThemesFile
from trygglofte.model.base import Part, keys
from trygglofte.reading import plain, read_document
from trygglofte.reading.tree import fold
from trygglofte.text import to_html

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
CASES = sorted((Path(__file__).parent / "cases/formatting").glob("*.case"))
FILES = sorted((ROOT / "data").rglob("*.yml"))
_UNSEEN = re.compile(r"‹U\+([0-9A-F]{4,6})›")
_ANSWER = "==== formatted\n"


def formatted(text: str | bytes, model: type[Part]) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    result = format_document(raw, "prov.yml", model)
    assert result.problems == []
    assert result.text is not None
    assert result.changed == (result.text.encode() != raw)
    return result.text


def asked(question: str) -> tuple[bytes, str]:
    """The file of a case and its name."""
    story, _, section = question.partition("\n==== ")
    assert story.strip(), "a case begins with a sentence on what the editor did"
    head, _, text = section.partition("\n")
    name, *saved = head.split(" | ")
    text = _UNSEEN.sub(lambda found: chr(int(found[1], 16)), text)
    if "crlf" in saved:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if "utf-8-sig" in saved else "utf-8"), name


def answered(raw: bytes, name: str) -> str:
    model = model_of(name)
    assert model is not None
    result = format_document(raw, name, model)
    if result.text is None:
        return "".join(f"{p.line}:{p.column} {p.severity} {p.kind}\n" for p in result.problems)
    assert result.problems == []
    return result.text if result.changed else "(unchanged)\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_editor_gets_exactly_this(path, request):
    question, _, answer = path.read_text("utf-8").partition(_ANSWER)
    raw, name = asked(question)
    found = answered(raw, name)
    if request.config.getoption("--accept-cases"):
        path.write_text(f"{question}{_ANSWER}{found}", "utf-8")
        pytest.skip("answer written")
    assert found == answer


# What a file says, told without the room that is tested.


def says(node: Any, kinds: Any) -> Any:
    if isinstance(node, list):
        return [says(item, within(kinds, None)) for item in node]
    if isinstance(node, dict):
        part = part_of(kinds)
        if part is None:
            return [(key, says(value, within(kinds, key))) for key, value in node.items()]
        right = {fold(name): name for name in keys(part)}
        return {right[fold(key)]: says(value, within(kinds, right[fold(key)])) for key, value in node.items()}
    if Words.PROSE in kinds:
        return re.sub(r"[ \t\n]+", " ", to_html(node, ""))
    return re.sub(r"[ \t\n]+", " ", node.strip()) if Words.LINE in kinds else node.strip()


def said(text: str | bytes, model: type[Part]) -> Any:
    tree, problems = read_document(text if isinstance(text, bytes) else text.encode(), "prov.yml")
    assert tree is not None, problems
    return says(plain(tree), (model,))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "data").as_posix())
def test_every_file_in_data_means_the_same_formatted_and_is_formatted_once(path):
    model = model_of(path.relative_to(ROOT).as_posix())
    assert model is not None
    raw = path.read_bytes()
    once = formatted(raw, model)
    assert said(once, model) == said(raw, model)
    assert formatted(once, model) == once
    assert sorted(re.findall(r"^ *#.*", raw.decode(), re.MULTILINE)) == sorted(
        re.findall(r"^ *#.*", once, re.MULTILINE)
    )


# Documents written in every way that YAML allows

MODELS: list[type[Part]] = [Pledge, Agreement, SituationSummary, ActionPlan, MunicipalityFile, ThemesFile]
PIECES = [
    "ord", "Åtgärder", "vid", "stationen", "54", "0305", "12:30", "no", "~", "2026-01-02", "08.00", "ja", "-", "–",
    "#", "# x", ":", "x:", "a: b", "'", '"', "\\", "[", "]", "{a}", ",", "*", "*fet*", "1.", "2026.", ">", "|", "%",
    "@", "`", "&x", "!", "?", "”så”", "\u00a0", "\u00a04", "  ", "[länk](https://a.se)", "e\u0301", "\u200b", "🙂", "=",
    "---", "...", "<<", "a/b", "lång" * 12,
]  # fmt: skip


class Writer:
    """Writes a random document of a model, with comments that tell what they belong to."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.comments = 0

    def text(self, most: int = 5) -> str:
        return " ".join(self.chance.choice(PIECES) for _ in range(self.chance.randint(1, most)))

    def prose(self) -> str:
        blocks = []
        for _ in range(self.chance.randint(1, 3)):
            lines = [self.text(25) for _ in range(self.chance.randint(1, 3))]
            lead, end = self.chance.choice(
                [("", "")] * 4 + [("- ", ""), ("1. ", ""), ("", "  "), ("  ", " ")]
            )
            blocks.append("\n".join(f"{lead}{line}{end}" for line in lines))
        return "\n\n".join(blocks)

    def comment(self, text: str) -> str:
        self.comments += 1
        return f"# {self.comments}: {text}"

    def scalar(self, text: str, flow: bool) -> str:
        if re.fullmatch(r"[A-Za-zÅÄÖåäö]+( [a-zåäö]+)*|\d+", text) and self.chance.random() < 0.6:
            return text
        if self.chance.random() < 0.4 and "\n" not in text and not re.search("[\u200b\u0301]", text):
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii="🙂" not in text and self.chance.random() < 0.3).replace(
            "\u200b", "\\u200b"
        )

    def value(self, kinds: Any, indent: int, depth: int, flow: bool) -> tuple[str, list[str]]:
        """What stands after the key or dash, and the lines below."""
        holders = [kind for kind in kinds if part_of((kind,)) or str(kind).startswith(("tuple", "dict"))]
        if not holders or depth > 4 or self.chance.random() < 0.1:
            return self.leaf(kinds, indent, flow)
        kind = self.chance.choice(holders)
        is_list = str(kind).startswith("tuple")
        flow = flow or self.chance.random() < 0.3
        if part_of((kind,)):
            names = self.chance.sample(keys(kind), min(self.chance.randint(0, 4), len(keys(kind))))
        else:
            names = [f"n{number}" for number in range(self.chance.randint(0, 3))]
        if not names:
            return ("[]" if is_list else "{}"), []
        if flow:
            return self.in_flow(kind, names, is_list, indent, depth), []
        step = self.chance.choice([0, 1, 2, 3, 4]) if is_list else self.chance.choice([1, 2, 4])
        lines = []
        for name in names:
            lines += self.one(kind, None if is_list else name, indent + step, depth)
        if self.chance.random() < 0.2 and step:
            lines.append(" " * (indent + step) + self.comment("foot"))
        return "", lines

    def leaf(self, kinds: Any, indent: int, flow: bool) -> tuple[str, list[str]]:
        prose = Words.PROSE in kinds
        text = self.prose() if prose else self.text()
        if flow or "\u200b" in text or self.chance.random() < 0.3:
            return self.scalar(text, flow), []
        if prose or self.chance.random() < 0.1:
            lead = " " * (indent + self.chance.choice([1, 2, 4]))
            mark = self.chance.choice(["|", "|-", "|+"]) + (
                f"  {self.comment('tail')}" if self.chance.random() < 0.1 else ""
            )
            text = text.strip(" ")
            return mark, [f"{lead}{line}" if line.strip() else "" for line in text.split("\n")]
        return self.scalar(text, flow), []

    def in_flow(self, kind: Any, names: list[str], is_list: bool, indent: int, depth: int) -> str:
        parts = []
        for name in names:
            value = self.value(within((kind,), None if is_list else name), indent, depth + 1, True)[0]
            part = value if is_list else f"{self.key(name, part_of((kind,)))}: {value}"
            if self.chance.random() < 0.1:
                part += f",  {self.comment('tail')}\n{' ' * (indent + 6)}"
            elif self.chance.random() < 0.1:
                part = f"\n{' ' * (indent + 6)}{self.comment('head')}\n{' ' * (indent + 6)}{part}, "
            else:
                part += ", "
            parts.append(part)
        inside = "".join(parts)
        return f"[{inside}]" if is_list else f"{{{inside}}}"

    def key(self, name: str, part: type[Part] | None) -> str:
        if part is not None:
            name = self.chance.choice([name, name, fold(name), name.upper()])
        return self.chance.choice([name, name, name, f'"{name}"', f"'{name}'"])

    def one(self, kind: Any, name: str | None, indent: int, depth: int) -> list[str]:
        """A key or an item with its comments."""
        lead = " " * indent
        lines = [""] * self.chance.choice([0, 0, 0, 1, 3])
        below_at = indent
        if self.chance.random() < 0.25:
            lines.append(lead + self.comment(f"head of {fold(name)}" if name else "head"))
        line, below = self.value(within((kind,), name), below_at if name else indent + 1, depth + 1, False)
        label = f"{self.key(name, part_of((kind,)))}:" if name else "-"
        opening = f"{lead}{label} {line}".rstrip(" ")
        block_text = line.startswith("|")
        if not block_text and self.chance.random() < 0.25:
            known = name and "\n" not in line
            opening += f"  {self.comment(f'tail of {fold(str(name))}' if known else 'tail')}"
        if not name and below and not line and not block_text and self.chance.random() < 0.7:
            return [*lines, *self.joined(opening, lead, below)]
        return [*lines, opening, *below]

    def joined(self, opening: str, lead: str, below: list[str]) -> list[str]:
        """An item whose first key stands after its dash, if nothing stands before it."""
        if "#" in opening or not below[0].strip() or below[0].lstrip().startswith(("#", "-")):
            return [opening, *below]
        return [lead + "-" + below[0][len(lead) + 1 :], *below[1:]]


@st.composite
def documents(draw: Any) -> tuple[str, type[Part]]:
    return written(draw(st.integers(0, 2**32)))


def written(seed: int) -> tuple[str, type[Part]]:
    """A document of its own for every seed."""
    chance = Random(seed)
    model = chance.choice(MODELS)
    writer = Writer(chance)
    lines = []
    names = keys(model)
    for name in chance.sample(names, min(len(names), chance.randint(1, 6))):
        lines += writer.one(model, name, 0, 0)
    if chance.random() < 0.3:
        lines += ["", writer.comment("last")]
    if chance.random() < 0.3:
        lines = [writer.comment("first"), "", *lines]
    return "\n".join(lines) + chance.choice(["", "\n", "\n\n"]), model


def comments_of(text: str) -> list[str]:
    return re.findall(r"# \d+: (?:head|tail|foot|first|last)(?: of [\w-]+)?", text)


@settings(max_examples=200)
@given(documents(), st.sampled_from(["", "crlf", "bom"]))
def test_whatever_way_it_is_written_it_means_the_same_and_is_formatted_once(document, saved):
    text, model = document
    raw = text.replace("\n", "\r\n").encode() if saved == "crlf" else text.encode()
    raw = b"\xef\xbb\xbf" + raw if saved == "bom" else raw
    result = format_document(raw, "prov.yml", model)
    if result.text is None:  # the reader's own refusals; most of what is written here is not refused
        assert result.problems
        return
    once = formatted(raw, model)
    assert said(once, model) == said(raw, model)
    assert formatted(once, model) == once
    assert sorted(comments_of(once)) == sorted(comments_of(text))
    assert "\r" not in once
    assert "\n\n\n" not in once
    assert not once.startswith(("\n", "\ufeff"))
    assert once.endswith("\n")


@settings(max_examples=200)
@given(documents())
def test_a_comment_stays_with_its_key(document):
    text, model = document
    result = format_document(text.encode(), "prov.yml", model)
    if result.text is None:
        return
    lines = result.text.split("\n")
    for number, line in enumerate(lines):
        for name in re.findall(r"# \d+: tail of ([\w-]+)", line):
            assert re.match(rf"\s*(?:- )*{name}:", fold(line)), line
        for name in re.findall(r"^\s*# \d+: head of ([\w-]+)", line):
            column = len(line) - len(line.lstrip())
            following = (
                rest
                for rest in lines[number + 1 :]
                if rest.strip()
                and (not rest.lstrip().startswith("#") or len(rest) - len(rest.lstrip()) < column)
            )
            assert re.match(rf"\s*(?:(?:- )+[\w-]+|{name}):", fold(next(following))), result.text


def test_most_documents_that_the_properties_are_tried_on_can_be_read():
    results = [format_document(text.encode(), "prov.yml", model) for text, model in map(written, range(100))]
    assert sum(result.text is not None for result in results) > 90


@given(
    st.lists(st.sampled_from([*PIECES, "\n", "\n\n", "\n- ", "\n1. ", "  \n", "kväll", "och"]), min_size=1)
)
@example(["ord"] * 40 + ["-", "ord"])
def test_wrapped_prose_has_the_same_html_and_is_wrapped_once(pieces):
    text = " ".join(pieces).strip()
    lines = wrapped(text, 60)
    folded = [re.sub(r"[ \t\n]+", " ", to_html(one, "")) for one in (text, "\n".join(lines))]
    assert folded[0] == folded[1]
    assert wrapped("\n".join(lines).strip(), 60) == lines


@given(st.lists(st.sampled_from(["kväll", "och", "vid", "stationen", "Åparken", "2026."]), min_size=1))
def test_a_wrapped_paragraph_is_within_its_width(words):
    text = " ".join(["Vi", *words])
    lines = wrapped(text, 60)
    assert all(len(line) <= 60 or "2026." in line for line in lines)
    assert " ".join(lines) == text
    assert not any(line.startswith("2026.") for line in lines)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join) | st.text(max_size=12))
def test_any_text_is_read_back_as_it_was_by_us_and_by_another_reader(text):
    raw = ("teman:\n  - id: x\n    namn: " + json.dumps(text) + "\n").encode()
    tree, _ = read_document(raw, "prov.yml")
    if tree is None:
        return
    result = format_document(raw, "prov.yml", ThemesFile)
    assert result.problems == []
    name = re.sub(r"[ \t\n]+", " ", text.strip())
    assert said(result.text, ThemesFile)["teman"][0]["namn"] == name
    other = yaml.safe_load(result.text)["teman"][0]["namn"]
    if isinstance(other, str):
        assert other == name
    elif isinstance(other, (int, float)) and not isinstance(other, bool):
        assert float(name) == other
    else:
        assert re.fullmatch(r"\d{4}-\d\d?-\d\d?.*", name), name


def test_the_substance_of_a_document_comes_before_what_every_document_carries():
    order = key_order(Pledge)
    assert order[:2] == ["titel", "sammanfattning"]
    assert order.index("uppföljningar") < order.index("källor")
    assert sorted(order) == sorted(keys(Pledge))


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("data/provstad/medborgarloften/2026-x.yml", Pledge),
        ("data/provstad/kommun.yml", MunicipalityFile),
        ("data/teman.yml", ThemesFile),
        ("data/provstad/teman.yml", None),
        ("data/provstad/annat/x.yml", None),
        ("data/provstad/medborgarloften/x.txt", None),
        ("mkdocs.yml", None),
    ],
)
def test_what_a_file_is_follows_from_where_it_lies(path, model):
    assert model_of(path) is model


def test_a_result_that_would_say_something_else_is_never_given(monkeypatch):
    monkeypatch.setattr(formatting, "write", lambda root, head: "teman: []\n")
    raw = b"\xef\xbb\xbfteman: [a]\r\n"
    result = format_document(raw, "data/teman.yml", ThemesFile)
    assert result.text == raw.decode()
    assert not result.changed
    assert [problem.kind for problem in result.problems] == ["ej-formaterad"]


def test_block_text_is_as_wide_as_agreed():
    once = formatted("sammanfattning: |\n  " + "ord " * 200, Pledge)
    assert max(map(len, once.split("\n"))) in range(WIDTH - 4, WIDTH + 1)


def test_the_tree_tells_where_everything_ends():
    tree, _ = read_document(b"a:  'x' # c\n\"b\": [1, {c: 2}]\nd: |\n  e\n", "prov.yml")
    assert tree is not None
    ends = [(entry.end, entry.node.end) for entry in tree.entries.values()]
    assert [(key.line, key.column, value.line, value.column) for key, value in ends] == [
        (1, 2, 1, 8),
        (2, 4, 2, 17),
        (3, 2, 5, 1),
    ]
    assert tree.entries["b"].node.flow
