"""Files written for an earlier version are read by today's program, after `migrate`, and lose no comment on the way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from trygglofte import migrating
from trygglofte.cli import main
from trygglofte.library import Library
from trygglofte.migrating import (
    MIGRATIONS,
    Edit,
    MigrateError,
    Migration,
    applied,
    key_renamed,
    key_set,
    migrate,
)
from trygglofte.model.shared import SCHEMA_VERSION
from trygglofte.problems import Mark
from trygglofte.reading import read_document

SAMPLES = Path(__file__).parent / "migrating"
VERSIONS = sorted(int(path.name) for path in SAMPLES.iterdir() if path.is_dir())


def files_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("data/**/*.yml"))
    }


def test_there_is_a_migration_to_every_version_after_the_first_and_a_sample_of_every_version():
    assert [step.to for step in MIGRATIONS] == list(range(2, SCHEMA_VERSION + 1))
    assert list(range(1, SCHEMA_VERSION + 1)) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_todays_program_reads_the_sample_of_every_earlier_version(version, tmp_path):
    root = shutil.copytree(SAMPLES / str(version), tmp_path / "prov")
    found = migrate(files_of(root))
    assert (found.before, found.after) == (version, SCHEMA_VERSION)
    for name, text in found.texts.items():
        (root / name).write_text(text, "utf-8")
    library = Library(root)
    checked = library.shared()
    assert checked.shared, checked.problems
    assert library.slugs()
    for slug in library.slugs():
        assert [one for one in library.municipality(slug, checked.shared).problems if one.is_error] == []


# The mechanism, by a made-up version 2 in which `antal` of a summary is called `händelser`, and a version 3

COUNTED = """\
# Överst
period: {från: 2026-01-01, till: 2026-01-31}  # hela månaden

kategorier:
  - tema: trafik
    # Talet kommer från polisen.
    antal:   12   # räknat i februari
    platser: {centrum: 7, hamnen: 5}
  - {tema: narkotika, "antal": 20}
"""


def renamed(path, tree):
    if "/lagesbilder/" not in path:
        return []
    return [
        edit for item in tree.get("kategorier").node.items for edit in key_renamed(item, "antal", "händelser")
    ]


def named(path, tree):
    return key_set(tree, "kortnamn", "Prov") if path.endswith("/kommun.yml") else []


MADE_UP = (Migration(2, "antal heter händelser.", renamed), Migration(3, "Alla heter Prov.", named))


def raw(**more: str) -> dict[str, bytes]:
    files = MINIMAL | {"data/provstad/lagesbilder/2026-01.yml": COUNTED} | more
    return {name: text.encode() for name, text in files.items()}


def test_a_step_changes_what_it_names_and_keeps_every_other_letter():
    found = migrate(raw(), MADE_UP[:1])
    assert set(found.texts) == {"data/portal.yml", "data/provstad/lagesbilder/2026-01.yml"}
    assert found.texts["data/provstad/lagesbilder/2026-01.yml"] == COUNTED.replace(
        "    antal:", "    händelser:"
    ).replace('"antal"', "händelser")
    assert found.texts["data/portal.yml"] == "schema_version: 2\n" + MINIMAL["data/portal.yml"]


def test_steps_are_taken_in_order_and_only_those_that_are_left():
    all_of_them = migrate(raw(), MADE_UP)
    assert (all_of_them.before, all_of_them.after) == (1, 3)
    assert all_of_them.said == ("antal heter händelser.", "Alla heter Prov.")
    assert "kortnamn: Prov\n" in all_of_them.texts["data/provstad/kommun.yml"]
    assert all_of_them.texts["data/portal.yml"].startswith("schema_version: 3\n")
    half = {**raw(), **{name: text.encode() for name, text in migrate(raw(), MADE_UP[:1]).texts.items()}}
    rest = migrate(half, MADE_UP)
    assert (rest.before, rest.said) == (2, ("Alla heter Prov.",))
    whole = {**half, **{name: text.encode() for name, text in rest.texts.items()}}
    assert whole == {**raw(), **{name: text.encode() for name, text in all_of_them.texts.items()}}
    assert migrate(whole, MADE_UP).texts == {}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"data/portal.yml": "schema_version: 4\n"}, "skrivna för version 4, och det här programmet känner till"),
        ({"data/portal.yml": "schema_version: två\n"}, "ska vara ett heltal"),
        ({"data/portal.yml": "schema_version: [2]\n"}, "ska vara ett heltal"),
        ({"data/portal.yml": "{namn: Prov}\n"}, "Ändra för hand. Det som ska göras: antal heter"),
        ({"data/provstad/lagesbilder/2026-01.yml": "a: [\n"}, "går inte att läsa. Rätta den först"),
    ],
)  # fmt: skip
def test_what_cannot_be_migrated_surely_is_left_and_said(files, said):
    with pytest.raises(MigrateError, match=said):
        migrate(raw(**files), MADE_UP)


def test_files_of_a_newer_program_get_one_clear_answer_and_nothing_else(project):
    broken = {"data/portal.yml": "schema_version: 9\nnytt: 1\n", "data/teman.yml": "nytt: 1\n"}
    [problem] = Library(project(broken)).shared().problems
    assert (problem.kind, problem.file, problem.line) == ("nyare-version", "data/portal.yml", 1)
    assert "nyare version av programmet" in problem.hint


def run(root: Path, *arguments: str):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return CliRunner().invoke(main, ["migrate", *arguments])


def test_the_command_tells_first_and_then_writes_or_says_that_all_is_well(project, monkeypatch):
    root = project({"data/provstad/lagesbilder/2026-01.yml": COUNTED})
    assert "redan skrivna för version 1" in run(root).output
    monkeypatch.setattr("trygglofte.cli.migrating.migrated", lambda files: migrate(files, MADE_UP))
    before = files_of(root)
    tried = run(root, "--prova")
    assert "skulle ändras  data/portal.yml" in tried.output
    assert files_of(root) == before
    done = run(root)
    assert "3\u00a0filer gick från version 1 till 3" in done.output
    assert files_of(root) == {
        **before, **{name: text.encode() for name, text in migrate(before, MADE_UP).texts.items()}
    }  # fmt: skip
    assert "redan skrivna för version 3" in run(root).output
    (root / "data/portal.yml").write_text("a: [\n", "utf-8")
    assert run(root).exit_code == 1


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["a", "å", "𝄞", "#", " "]), max_size=6).map("".join), st.integers(0, 3))
def test_a_renamed_key_leaves_all_that_stands_around_it(noise, depth):
    comment = f"# {noise}\n" if noise.strip() else ""
    text = f'{comment}{"  " * 0}först: "{noise}"\nlöfte: {depth} # {noise or "x"}\n'
    tree, _ = read_document(text.encode(), "x.yml")
    after = applied(text, key_renamed(tree, "löfte", "nytt"))
    assert after == f'{comment}först: "{noise}"\nnytt: {depth} # {noise or "x"}\n'


def test_edits_that_touch_the_same_letters_are_refused():
    with pytest.raises(ValueError, match="two edits at line 1"):
        applied("abc", [Edit(Mark(1, 1), Mark(1, 3), "x"), Edit(Mark(1, 2), Mark(1, 4), "y")])
    assert migrating.applied("abc", []) == "abc"
