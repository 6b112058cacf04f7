"""Versions can be gone back to, and nothing that was ever published disappears without a word."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MINIMAL
from tests.small_sites import DAY, PLEDGE, THREE, built_once, copy_of, files_of, trygglofte, write
from trygglofte.outputs import redirects
from trygglofte.publishing import Outcome, StoreError, fingerprints, publish, roll_back
from trygglofte.publishing.records import MANIFEST, digests_of, is_whole
from trygglofte.publishing.store import KEPT_PORTALS, Store

pytestmark = pytest.mark.slow

PAGE = "provstad/medborgarloften/2026-trafik/index.html"
ADDRESS = "/medborgarloften/2026-trafik/"


@pytest.fixture
def built(tmp_path, tmp_path_factory):
    """A project with a live site."""
    return copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")


def again(root, day=DAY, **settings):
    return publish(root, root / "site", day, with_search=False, **settings)


def retitled(root, title):
    write(root, PLEDGE, THREE[PLEDGE].replace("Lugnare trafik", title))


# Going back


def test_what_was_live_becomes_live_again_to_the_byte_and_the_next_build_goes_forward(built):
    again(built)
    first = files_of(built / "site")
    retitled(built, "Saktare trafik")
    again(built)
    second = files_of(built / "site")
    assert first != second
    roll_back(built / "site", 1)
    assert files_of(built / "site") == first
    again(built)
    assert files_of(built / "site") == second


def test_several_versions_can_be_gone_back_and_no_more_than_are_kept(built):
    seen = []
    for title in "ABCD":
        retitled(built, title)
        again(built)
        seen.append(files_of(built / "site"))
    left = roll_back(built / "site", 2)
    assert files_of(built / "site") == seen[1]
    with pytest.raises(StoreError, match=f"Det finns {left} tidigare versioner"):
        roll_back(built / "site", KEPT_PORTALS)
    assert files_of(built / "site") == seen[1]


@pytest.mark.parametrize("harm", ["changed", "added", "removed"])
def test_a_version_whose_files_are_not_those_of_its_manifest_is_never_made_live(built, harm):
    again(built)
    page = (built / "site/alstad").resolve() / "om/index.html"
    page.chmod(0o644)
    for slug in ("alstad", "provstad"):
        write(built, f"data/{slug}/medborgarloften/2026-trafik.yml", THREE[PLEDGE].replace("Lugnare", "Ny"))
    again(built)
    live = files_of(built / "site")
    if harm == "changed":
        page.write_text("något annat")
    elif harm == "added":
        page.with_name("extra.html").write_text("mer")
    else:
        page.unlink()
    with pytest.raises(StoreError, match="skadad"):
        roll_back(built / "site", 1)
    assert files_of(built / "site") == live


def test_where_nothing_was_published_there_is_nothing_to_go_back_to(tmp_path):
    with pytest.raises(StoreError, match="ingen publicerad webbplats"):
        roll_back(tmp_path / "site", 1)


def test_the_command_goes_back_and_says_what_is_left(built):
    retitled(built, "Saktare trafik")
    again(built)
    said = trygglofte(built, "rollback")
    assert said.returncode == 0, said.stderr
    assert "1\u00a0version tidigare" in said.stdout
    assert "Lugnare trafik" in (built / "site" / PAGE).read_text("utf-8")
    refused = trygglofte(built, "rollback", "--steg", "9")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


# The manifest


def test_every_site_has_a_manifest_of_every_file(built):
    for slug in ("alstad", "ostad", "provstad"):
        html = (built / "site" / slug).resolve()
        manifest = html.parent / MANIFEST
        assert is_whole(html, manifest)
        assert set(json.loads(manifest.read_text())) == set(files_of(html))
    portal = (built / "site").resolve()
    assert is_whole(portal, Store(built / "site").manifest_of(portal))
    assert not [name for name in digests_of(portal) if name.startswith("provstad/")]


def test_a_live_portal_that_was_harmed_is_made_again(built):
    before = files_of(built / "site")
    (built / "site/index.html").write_text("harmed")
    publish(built, built / "site", DAY)
    assert files_of(built / "site") == before


# Why


def test_a_build_says_why_each_site_was_built(built):
    write(built, "data/provstad/lagesbilder/2026-02.yml", "period: {från: 2026-02-01, till: 2026-02-28}\n")
    retitled(built, "Saktare trafik")
    why = {one.slug: list(one.why) for one in publish(built, built / "site", DAY).built}
    assert why == {
        "alstad": [],
        "ostad": [],
        "provstad": [
            "data/provstad/lagesbilder/2026-02.yml är ny",
            "data/provstad/medborgarloften/2026-trafik.yml är ändrad",
        ],
    }
    said = trygglofte(built, "build", "--varfor", "--utan-sok", "--dag", "2027-02-01").stdout
    assert "dagen är 2027-02-01 och inte 2026-03-01" in said


NAMES = st.sampled_from(["dagen", "programmet", "data/a.yml", "data/b.yml", "content/om.md"])
INGREDIENTS = st.dictionaries(NAMES, st.sampled_from(["1", "2", "3"]))


@given(INGREDIENTS, INGREDIENTS)
def test_the_key_differs_exactly_when_a_reason_can_be_told(before, after):
    told = fingerprints.differences(before, after)
    assert bool(told) == (fingerprints.key_of(before) != fingerprints.key_of(after))


def test_many_reasons_are_cut_short():
    told = fingerprints.differences({}, {f"data/{n:02}.yml": "1" for n in range(20)})
    assert told == [f"data/{n:02}.yml är ny" for n in range(5)] + ["… och 15 till"]


# Nothing disappears


def kinds(release):
    return {problem.kind for problem in release.problems if problem.is_error}


def test_a_renamed_document_without_its_old_address_stops_the_site_and_says_what_to_write(built):
    before = files_of(built / "site/provstad")
    (built / PLEDGE).rename(built / PLEDGE.replace("2026-trafik", "2026-trafiken"))
    release = again(built)
    assert release.failed == release.kept == ["provstad"]
    assert kinds(release) == {"forsvunnen-adress"}
    (problem,) = release.problems
    assert problem.file == PLEDGE
    assert f"tidigare_adresser: [{ADDRESS}]" in problem.hint
    assert "2026-trafiken" in problem.hint
    assert files_of(built / "site/provstad") == before


def test_with_its_old_address_a_renamed_document_is_published_and_the_old_one_leads_there(built):
    (built / PLEDGE).unlink()
    new = PLEDGE.replace("2026-trafik", "2026-trafiken")
    write(built, new, THREE[PLEDGE] + f"tidigare_adresser: [{ADDRESS}]\n")
    assert not again(built).failed
    assert "2026-trafiken/" in (built / "site" / PAGE).read_text("utf-8")
    rule = "/provstad/medborgarloften/2026-trafik/ /provstad/medborgarloften/2026-trafiken/ 301\n"
    assert (built / "site/_redirects").read_text("utf-8") == rule
    assert (built / "site/.htaccess").is_file()


def test_the_portal_has_no_rules_for_a_site_with_an_address_of_its_own(built):
    about = "data/provstad/kommun.yml"
    write(built, about, THREE[about] + "adress: https://trygghet.provstad.example/\n")
    (built / PLEDGE).unlink()
    new = PLEDGE.replace("2026-trafik", "2026-trafiken")
    write(built, new, THREE[PLEDGE] + f"tidigare_adresser: [{ADDRESS}]\n")
    assert not again(built).failed
    rules = built / "site/_redirects"
    assert not rules.exists() or "/provstad/" not in rules.read_text("utf-8")


def test_a_document_that_is_taken_down_keeps_its_address(built):
    write(
        built, PLEDGE, THREE[PLEDGE] + "avpublicerad: {datum: 2026-02-20, skäl: Den gällde en annan ort.}\n"
    )
    assert not again(built).failed
    assert "annan ort" in (built / "site" / PAGE).read_text("utf-8")


def test_a_commitment_that_changes_its_id_keeps_its_anchor(built):
    anchors = [line for line in ledger(built) if "#" in line]
    assert anchors, "the small pledge has a commitment"
    anchor = anchors[0].partition("#")[2]
    id_ = anchor.removeprefix("atagande-")
    changed = THREE[PLEDGE].replace(id_, f"{id_}-ny")
    write(built, PLEDGE, changed)
    release = again(built)
    assert kinds(release) == {"forsvunnen-adress"}
    assert f"tidigare_ankare: [{anchor}]" in release.problems[0].hint
    write(built, PLEDGE, changed + f"tidigare_ankare: [{anchor}]\n")
    assert not again(built).failed
    assert f'id="{anchor}"' in (built / "site" / PAGE).read_text("utf-8")


def ledger(root):
    return (root / ".site/adresser/provstad.txt").read_text("utf-8").splitlines()


def test_the_ledger_only_grows_and_survives_a_municipality_that_fails(built):
    before = ledger(built)
    write(built, PLEDGE, "titel: [")
    again(built)
    assert ledger(built) == before
    write(built, PLEDGE, THREE[PLEDGE])
    write(built, "data/provstad/lagesbilder/2026-02.yml", "period: {från: 2026-02-01, till: 2026-02-28}\n")
    again(built)
    assert set(before) < set(ledger(built))


@pytest.fixture
def ten(built):
    for month in range(1, 10):
        write(
            built, f"data/provstad/lagesbilder/2025-0{month}.yml",
            f"period: {{från: 2025-0{month}-01, till: 2025-0{month}-28}}\n",
        )  # fmt: skip
    assert not again(built).failed
    shutil.rmtree(built / ".site/adresser")  # the ledger would say it first
    return built


def test_a_folder_that_is_lost_stops_the_site_until_somebody_says_that_it_is_meant(ten):
    for month in range(1, 5):
        (ten / f"data/provstad/lagesbilder/2025-0{month}.yml").unlink()
    release = again(ten)
    assert kinds(release) == {"manga-borta"}
    assert "har 12 dokument, men i mappen finns nu bara 8" in release.problems[0].message
    about = "data/provstad/kommun.yml"
    write(ten, about, MINIMAL[about] + "färre_dokument: {antal: 8, varför: De gällde en annan ort.}\n")
    shutil.rmtree(ten / ".site/adresser")
    assert not again(ten).failed


def test_a_few_documents_may_go_without_a_word(ten):
    for month in range(1, 3):
        (ten / f"data/provstad/lagesbilder/2025-0{month}.yml").unlink()
    assert not again(ten).failed


# The page that says who is behind


def test_who_is_behind_is_named_with_the_day_and_nobody_when_all_is_well(built):
    page = built / "site/aktuellt/index.html"
    assert "Alla kommuners sidor visar det som står i filerna nu." in page.read_text("utf-8")
    write(built, PLEDGE, "titel: [")
    assert again(built, date(2026, 3, 5)).kept == ["provstad"]
    said = page.read_text("utf-8")
    assert "Provstads kommun</a>: det senaste gick inte att publicera" in said
    assert "den 1 mars 2026" in said.replace("\u00a0", " ")
    assert "Alstad" not in said
    write(built, PLEDGE, THREE[PLEDGE])
    again(built, date(2026, 3, 5))
    assert "Provstad" not in page.read_text("utf-8")


def test_the_municipality_that_never_had_a_site_is_named_by_its_folder(built):
    write(built, "data/nystad/kommun.yml", "namn: [")
    assert again(built).failed == ["nystad"]
    assert "Mappen ”nystad”" in (built / "site/aktuellt/index.html").read_text("utf-8")


# Rules for hosts


def test_rules_are_sorted_and_addresses_are_quoted():
    rules = redirects.render({"/b/å/": "/b/ny/", "/a/x/": "/a/y/"})
    assert rules["_redirects"] == "/a/x/ /a/y/ 301\n/b/%C3%A5/ /b/ny/ 301\n"
    assert rules[".htaccess"].startswith("Redirect 301 /a/x/ /a/y/\n")
    assert redirects.render({}) == {}


def test_an_unchanged_run_makes_no_portal(built):
    publish(built, built / "site", DAY)
    stamp = (built / "site").resolve().stat().st_mtime_ns
    release = publish(built, built / "site", DAY)
    assert {one.outcome for one in release.built} == {Outcome.UNCHANGED}
    assert (built / "site").resolve().stat().st_mtime_ns == stamp
    assert release.pages == sum(name.endswith("index.html") for name in files_of(built / "site"))
