"""A publication on several machines gives byte for byte what one machine gives; one failure is one municipality's."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from tests.small_sites import DAY, PLEDGE, SLUGS, built_once, copy_of, files_of, outcomes, write
from trygglofte.cli import main
from trygglofte.publishing import Outcome, build_shard, merge, plan_shards, publish
from trygglofte.publishing.sharding import RESULT, _balanced

pytestmark = pytest.mark.slow

BAD = "titel: Trasigt\nåtaganden: {}\nokänt: 1\n"


@pytest.fixture
def built(tmp_path, tmp_path_factory):
    """A project with a live site."""
    return copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")


def changed(root):
    """Change two of the three municipalities."""
    for slug in SLUGS[:2]:
        pledge = root / f"data/{slug}/medborgarloften/2026-trafik.yml"
        pledge.write_text(
            pledge.read_text("utf-8").replace("Lugnare trafik", "Mycket lugnare trafik"), "utf-8"
        )
    return root


def on_machines(root, tmp_path, count=2):
    """Plan on this machine, build each shard on a machine of its own, and bring the parts here."""
    plan = plan_shards(root, root / "site", DAY, count)
    parts = []
    for number in range(1, len(plan.shards) + 1):
        machine = copy_of(root, tmp_path / f"machine-{number}")
        build_shard(machine, machine / "site", DAY, number, count, machine / "part", workers=1)
        parts.append(machine / "part")
    return plan, parts


def test_shards_are_byte_for_byte_what_one_machine_makes(built, tmp_path):
    alone = copy_of(changed(built), tmp_path / "alone")
    plan, parts = on_machines(built, tmp_path)
    assert sorted(slug for shard in plan.shards for slug in shard) == sorted(SLUGS[:2])
    assert plan.unchanged == SLUGS[2:]
    together = merge(built, built / "site", DAY, parts)
    single = publish(alone, alone / "site", DAY)
    assert outcomes(together) == outcomes(single)
    assert files_of(built / "site") == files_of(alone / "site")
    store, other = files_of(built / ".site"), files_of(alone / ".site")
    for seen in (store, other):
        del seen["sett.json"]  # when this machine's own files were touched
    assert {name for name in store if "kort.json" not in name} == {
        name for name in other if "kort.json" not in name
    }
    assert store == other


def test_what_failed_on_its_machine_keeps_its_last_good_site_and_the_others_go_out(built, tmp_path):
    write(changed(built), PLEDGE.replace("provstad", SLUGS[0]), BAD)
    before = files_of(built / "site" / SLUGS[0])
    _, parts = on_machines(built, tmp_path)
    release = merge(built, built / "site", DAY, parts)
    assert outcomes(release)[SLUGS[0]] is Outcome.FAILED
    assert release.kept == [SLUGS[0]]
    assert files_of(built / "site" / SLUGS[0]) == before
    pledge = (built / "site" / SLUGS[1] / "medborgarloften/2026-trafik/index.html").read_text("utf-8")
    assert "Mycket lugnare trafik" in pledge


@pytest.fixture(scope="module")
def a_whole_part(tmp_path_factory):
    """A changed project with a live site, and the one part that another machine has made of it. To be copied."""
    folder = tmp_path_factory.mktemp("part")
    root = changed(copy_of(built_once(tmp_path_factory.getbasetemp()), folder / "project"))
    _, [part] = on_machines(root, folder, count=1)
    return root, part


def test_a_part_that_came_whole_is_published_wherever_it_lay(a_whole_part, tmp_path):
    built, part = (copy_of(one, tmp_path / one.name) for one in a_whole_part)
    assert merge(built, built / "site", DAY, [part]).failed == []
    pledge = (built / "site" / SLUGS[0] / "medborgarloften/2026-trafik/index.html").read_text("utf-8")
    assert "Mycket lugnare trafik" in pledge


@pytest.mark.parametrize("harm", ["gone", "changed", "link", "no result", "other key"])
def test_a_part_that_did_not_come_whole_is_not_published(a_whole_part, tmp_path, harm):
    built, part = (copy_of(one, tmp_path / one.name) for one in a_whole_part)
    [version] = (part / "kommun" / SLUGS[0]).iterdir()
    if harm == "gone":
        shutil.rmtree(part)
    elif harm == "changed":
        (version / "html" / "index.html").write_text("Något annat", "utf-8")
    elif harm == "link":
        (version / "html" / "lank").symlink_to("/etc/hostname")
    elif harm == "no result":
        (part / RESULT).write_text("[{}]", "utf-8")
    else:
        version.rename(version.with_name("0" * 20))
    release = merge(built, built / "site", DAY, [part])
    assert SLUGS[0] in release.failed
    assert "Mycket" not in (built / "site" / SLUGS[0] / "medborgarloften/2026-trafik/index.html").read_text(
        "utf-8"
    )


def test_shards_are_balanced_by_size_and_never_empty(tmp_path):
    for number, size in enumerate([900, 500, 400, 300, 100]):
        write(tmp_path, f"data/k{number}/kommun.yml", "x" * size)
    slugs = [f"k{number}" for number in range(5)]
    assert _balanced(slugs, tmp_path, 2) == (("k0", "k3"), ("k1", "k2", "k4"))
    assert _balanced(slugs, tmp_path, 9) == (("k0",), ("k1",), ("k2",), ("k3",), ("k4",))
    assert _balanced([], tmp_path, 3) == ()


def test_the_commands_say_the_plan_build_a_part_and_put_it_out(built, tmp_path, monkeypatch):
    write(changed(built), PLEDGE.replace("provstad", SLUGS[0]), BAD)
    monkeypatch.chdir(built)
    day = ["--dag", DAY.isoformat()]

    def run(*arguments):
        return CliRunner().invoke(main, [*arguments, *day], catch_exceptions=False)

    plan = json.loads(run("plan", "--shards", "1").output)
    assert (plan["dag"], plan["delar"], plan["oförändrade"]) == (f"{DAY} 00:00", ["1/1"], [SLUGS[2]])
    assert run("build", "--shard", "1/1", "--del", str(tmp_path / "d")).exit_code == 0
    done = run("merge", str(tmp_path / "d"), "--resultat", str(tmp_path / "r.json"))
    assert done.exit_code == 0, done.output
    told = {one["kommun"]: one["text"] for one in json.loads((tmp_path / "r.json").read_text("utf-8"))}
    assert told.keys() == set(SLUGS)
    assert "Den förra webbplatsen ligger kvar" in told[SLUGS[0]]
    assert told[SLUGS[1]] == told[SLUGS[2]] == ""
    assert json.loads(run("plan", "--shards", "3").output)["kommuner"] == [[SLUGS[0]]]


@pytest.mark.parametrize(
    "arguments",
    [["--shard", "3/2", "--del", "x"], ["--shard", "en"], ["--del", "x"], ["--shard", "0/1", "--del", "x"]],
)
def test_a_shard_that_cannot_be_is_told_in_swedish(built, monkeypatch, arguments):
    monkeypatch.chdir(built)
    answer = CliRunner().invoke(main, ["build", *arguments])
    assert answer.exit_code != 0
    assert "ingen del" in answer.output or "hör ihop" in answer.output
