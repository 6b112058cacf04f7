"""How the house is built: who may import whom, who may write, who may look at the clock, and how large a room is.

Everything is read from the source itself, so nothing here has to be kept up by hand except the order of rooms.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOOKS = Path(__file__).parents[1] / "hooks"
HOUSE = HOOKS / "trygglofte"
SOURCES = sorted(HOOKS.rglob("*.py"))

ROOMS = (
    "later",
    "problems",
    "reasons",
    "skeleton",
    "amounts",
    "moments",
    "handing",
    "explaining",
    "personal",
    "appearance",
    "words",
    "reporting",
    "reading",
    "auditing",
    "model",
    "sealing",
    "counting",
    "rules",
    "beside",
    "folders",
    "library",
    "sharing",
    "describing",
    "wording",
    "progress",
    "trends",
    "comparing",
    "advice",
    "text",
    "formatting",
    "migrating",
    "starting",
    "history",
    "addresses",
    "pages",
    "outputs",
    "forking",
    "mkdocs_engine",
    "verifying",
    "sites",
    "searching",
    "archiving",
    "publishing",
    "differing",
    "reminding",
    "serving",
    "importing",
    "forms",
    "cli",
)
"""Every room, from the foundation up. A room imports only rooms that stand before it."""

ONLY = {
    "personal": set(),
    "auditing": set(),
    "appearance": set(),
    "words": set(),
    "reporting": {"problems", "personal"},
}
"""Rooms that import less than their place would let them."""

MAX_MODULE = 320
MAX_FUNCTION = 60


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def room_of(path: Path) -> str:
    """The room a file belongs to: a module or a folder directly in the house."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    return path.relative_to(HOOKS).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, with its dots."""
    package = path.relative_to(HOOKS).with_suffix("").parts[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *((node.module,) if node.module else ())))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    return {
        parts[1]
        for name in imported(path)
        if (parts := name.split("."))[0] == "trygglofte" and len(parts) > 1
    }


def in_house() -> list[Path]:
    return [path for path in SOURCES if path.is_relative_to(HOUSE) and path != HOUSE / "__init__.py"]


def ids(path: Path) -> str:
    return name_of(path)


def test_every_room_is_in_the_list():
    unknown = {room_of(path) for path in in_house()} - set(ROOMS)
    assert not unknown, (
        f"add {sorted(unknown)} to ROOMS in tests/test_house.py, at its place, and to docs/architecture.md"
    )


@pytest.mark.parametrize("path", in_house(), ids=ids)
def test_a_room_imports_only_rooms_that_stand_before_it(path):
    room = room_of(path)
    if room not in ROOMS:
        pytest.skip("told by test_every_room_is_in_the_list")
    allowed = ONLY.get(room, set(ROOMS[: ROOMS.index(room)])) | {room}
    assert rooms_imported(path) <= allowed


def test_only_the_entry_and_the_engine_import_mkdocs():
    at_home = {"mkdocs_entry.py", "trygglofte/mkdocs_engine.py"}
    for path in SOURCES:
        own = name_of(path) in at_home or name_of(path).startswith("trygglofte/mkdocs_engine/")
        assert own or not any(
            name.split(".")[0] in {"mkdocs", "material", "properdocs"} for name in imported(path)
        ), name_of(path)


WRITING = {
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "rmdir",
    "rename",
    "touch",
    "symlink_to",
    "hardlink_to",
    "chmod",
    "writelines",
    "makedirs",
    "remove",
    "rmtree",
    "copyfile",
    "copytree",
    "copy2",
    "copyfileobj",
    "symlink",
    "mkdtemp",
    "NamedTemporaryFile",
    "TemporaryDirectory",
    "mkstemp",
}
ON_MODULES = {"remove", "rename", "replace", "copy", "move", "link"}
"""Names that write when called on os or shutil, and mean something else on a text or a list."""


def writes(path: Path) -> Iterator[str]:
    """Calls that change files, with their lines."""
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.attr
            if isinstance(node.func, ast.Attribute)
            else node.func.id
            if isinstance(node.func, ast.Name)
            else ""
        )
        on = (
            node.func.value.id
            if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
            else ""
        )
        if name == "open":
            modes = [
                word.value
                for word in (*node.args, *(k.value for k in node.keywords if k.arg == "mode"))
                if isinstance(word, ast.Constant)
            ]
            found = any(isinstance(mode, str) and len(mode) < 4 and set(mode) & set("wax+") for mode in modes)
        elif name in ON_MODULES:
            found = on in {"os", "shutil"}
        else:
            found = name in WRITING
        if found:
            yield f"{name_of(path)}:{node.lineno} {name}"


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_only_publishing_searching_and_the_command_line_write_files(path):
    if path.is_relative_to(HOUSE) and room_of(path) in {"publishing", "searching", "cli"}:
        pytest.skip("may write")
    assert list(writes(path)) == []


CLOCK_AND_ENVIRONMENT = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "strftime"),
    ("time", "sleep"),
    ("os", "environ"),
    ("os", "getenv"),
    ("os", "environb"),
    ("os", "putenv"),
    ("locale", "setlocale"),
}
FROM_IMPORTS = {
    ("os", "environ"),
    ("os", "getenv"),
    ("time", "time"),
    ("time", "sleep"),
    ("time", "localtime"),
}


def looks_outside(path: Path) -> Iterator[str]:
    """Where a file asks what time it is, or what the environment says."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            holder = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            if (holder, node.attr) in CLOCK_AND_ENVIRONMENT:
                yield f"{name_of(path)}:{node.lineno} {holder}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (node.module, alias.name) in FROM_IMPORTS:
                    yield f"{name_of(path)}:{node.lineno} {node.module}.{alias.name}"


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_only_the_command_line_and_the_entry_read_the_clock_and_the_environment(path):
    if name_of(path) == "mkdocs_entry.py" or (path.is_relative_to(HOUSE) and room_of(path) == "cli"):
        pytest.skip("may look outside")
    assert list(looks_outside(path)) == []


def public(
    node: ast.Module | ast.ClassDef,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions, classes and methods; an overriding method is described where it was declared."""
    for child in node.body:
        if isinstance(
            child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        ) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_every_module_and_everything_public_says_what_it_is(path):
    tree = tree_of(path)
    assert ast.get_docstring(tree), "a module opens with what it is responsible for"
    assert [
        f"{name_of(path)}:{node.lineno} {node.name}" for node in public(tree) if not ast.get_docstring(node)
    ] == []


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_no_module_and_no_function_grows_past_comfort(path):
    assert len(path.read_text("utf-8").splitlines()) <= MAX_MODULE, "make a folder of the same name"
    for node in ast.walk(tree_of(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (node.end_lineno or 0) - node.lineno + 1 <= MAX_FUNCTION, (
                f"{name_of(path)}:{node.lineno} {node.name}"
            )


def test_what_the_tests_above_look_for_is_found(tmp_path, monkeypatch):
    """The watchers themselves are tried on a module that breaks every rule."""
    bad = tmp_path / "trygglofte" / "text.py"
    bad.parent.mkdir()
    bad.write_text(
        "import os, mkdocs.plugins\nfrom time import time\nfrom datetime import datetime\n"
        "from . import cli\nfrom .pages import page\n"
        "open('x', 'w')\nopen('w')\nPath('x').write_text('y')\nos.replace('a', 'b')\n'a'.replace('a', 'b')\n"
        "datetime.now()\nos.environ['X']\n",
        "utf-8",
    )
    monkeypatch.setattr("tests.test_house.HOOKS", tmp_path)
    assert rooms_imported(bad) == {"cli", "pages"}
    assert "mkdocs.plugins" in set(imported(bad))
    assert [line.split(":")[1] for line in writes(bad)] == ["6 open", "7 open", "8 write_text", "9 replace"]
    assert [line.split(":")[1] for line in looks_outside(bad)] == [
        "2 time.time",
        "11 datetime.now",
        "12 os.environ",
    ]
