"""A seal over what was signed: the same in any formatting, another at the least change of the promise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import test_cli_editing
from tests.small_sites import REPOSITORY
from trygglofte import wording
from trygglofte.formatting import format_document, put_value
from trygglofte.model import Agreement, Pledge, interpret
from trygglofte.model.base import Part
from trygglofte.pages import municipality_pages
from trygglofte.progress import due_dates, pledge_state
from trygglofte.reading import read_document
from trygglofte.sealing import SIGNED, canonical, chain, seal_of, sealing_of

run = test_cli_editing.run
FILE = "data/provstad/medborgarloften/lofte.yml"
AGREEMENT = "data/provstad/overenskommelser/2024-2027.yml"
TEXT = """\
# Handen på hjärtat

titel: Lugnare kvällar
gäller:
  från: 2026-01-01
  till: 2026-12-31
undertecknande:
  # Skrevs under i Folkets hus
  datum: 2026-01-15  # en torsdag
  av:
    - namn: Anna Exempel
      roll: ordförande
      för: kommunen
åtaganden:
  - id: pass
    ansvarig: polisen
    vad: Går till fots vid stationen
    omfattning: {minst: 50, enhet: pass, per: år}
"""
UNSIGNED_TEXT = TEXT[: TEXT.index("undertecknande")] + TEXT[TEXT.index("åtaganden") :]
CHANGE = """\
ändringar:
  - datum: 2026-05-04
    vad: Färre pass
"""


def pledge(text: str) -> Pledge:
    tree, problems = read_document(text.encode(), "")
    assert tree is not None, problems
    found = interpret(tree, Pledge, "")
    assert found.complete, found.problems
    assert found.part is not None
    return found.part


@pytest.fixture
def root(project) -> Path:
    folder: Path = project({FILE: TEXT})
    (folder / "mkdocs.yml").write_text("site_name: x\n")
    return folder


def kinds(problems: list[object]) -> list[str]:
    return [problem.kind for problem in problems]  # type: ignore[attr-defined]


def test_sealing_writes_one_line_and_leaves_every_other_as_it_was(root, run, problems_of):
    status, out, _ = run("seal", FILE)
    assert (status, out) == (0, f"  förseglad   {FILE} (undertecknandet)\n")
    before, after = TEXT.split("\n"), (root / FILE).read_text("utf-8").split("\n")
    added = [line for line in after if line not in before]
    assert added == [f"  sigill: {seal_of(pledge(TEXT))}"]
    assert [line for line in after if line not in added] == before
    assert problems_of(root) == []


def test_sealing_again_changes_nothing(root, run):
    run("seal", FILE)
    sealed = (root / FILE).read_bytes()
    assert run("seal", FILE)[1] == f"  oförändrad  {FILE}\n"
    assert (root / FILE).read_bytes() == sealed
    assert format_document(sealed, FILE, Pledge).changed is False


def change(root: Path, before: str, after: str) -> None:
    path = root / FILE
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_a_silent_change_is_an_error_and_cannot_be_sealed_away(root, run, problems_of):
    run("seal", FILE)
    change(root, "minst: 50", "minst: 40")
    assert kinds(problems_of(root)) == ["brutet-sigill"]
    status, _, said = run("seal", FILE)
    assert status == 1
    assert "ingen senare post säger det" in said
    change(root, "minst: 40", "minst: 50")
    assert problems_of(root) == []


def test_a_decided_change_is_sealed_on_its_own_entry_and_the_first_seal_stays(root, run, problems_of):
    run("seal", FILE)
    first = seal_of(pledge(TEXT))
    change(root, "minst: 50", "minst: 40")
    with (root / FILE).open("a") as file:
        file.write(CHANGE)
    assert kinds(problems_of(root)) == ["ej-forseglad-andring"]
    assert run("seal", FILE)[1] == f"  förseglad   {FILE} (posten från 2026-05-04)\n"
    assert problems_of(root) == []
    part = pledge((root / FILE).read_text("utf-8"))
    assert part.signing is not None
    assert (part.signing.seal, part.changes[0].seal) == (first, seal_of(part))
    assert part.signing.seal != part.changes[0].seal
    change(root, "minst: 40", "minst: 30")
    assert kinds(problems_of(root)) == ["brutet-sigill"]


def test_an_entry_from_before_the_seal_accounts_for_nothing(root, run, problems_of):
    with (root / FILE).open("a") as file:
        file.write(CHANGE)
    assert "posten från 2026-05-04" in run("seal", FILE)[1]
    change(root, "minst: 50", "minst: 40")
    assert kinds(problems_of(root)) == ["brutet-sigill"]
    change(root, "  - datum: 2026-05-04\n", "  - datum: 2026-03-04\n    vad: Äldre\n  - datum: 2026-05-04\n")
    assert kinds(problems_of(root)) == ["brutet-sigill"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (UNSIGNED_TEXT,
         "när och av vilka det skrevs under"),
        ("titel: [\n", "rätta felen i den först"),
    ],
    ids=["unsigned", "broken"],
)  # fmt: skip
def test_what_cannot_be_sealed_says_why(root, run, text, said):
    (root / FILE).write_text(text, "utf-8")
    status, _, told = run("seal", FILE)
    assert status == 1
    assert said in told
    assert (root / FILE).read_text("utf-8") == text


def test_only_pledges_and_agreements_named_one_by_one_are_sealed(root, run):
    assert "förseglad" in run("seal", AGREEMENT)[1]
    assert "ingen överenskommelse" in run("seal", "data/provstad/lagesbilder/2026-01.yml")[2]
    assert "Namnge filerna" in run("seal", "provstad")[2]
    (root / "data" / "portal.yml").unlink()
    assert "De gemensamma filerna har fel" in run("seal", FILE)[2]


def test_a_seal_is_put_into_braces_too():
    text = (
        TEXT[: TEXT.index("undertecknande")]
        + "undertecknande: {datum: 2026-01-15}\nåtaganden: [{id: x, vad: y}]\n"
    )
    written = put_value(text.encode(), Pledge, ("undertecknande",), "sigill", "sha256-1")
    assert written is not None
    assert "undertecknande: {datum: 2026-01-15, sigill: sha256-1}\n" in written
    again = put_value(written.encode(), Pledge, ("undertecknande",), "sigill", "sha256-2")
    assert again == written.replace("sha256-1", "sha256-2")
    assert put_value(b"titel: [", Pledge, ("undertecknande",), "sigill", "x") is None
    assert put_value(b"titel: x\n", Pledge, ("undertecknande",), "sigill", "x") is None


UNSIGNED = (
    ("titel: Lugnare kvällar", "titel: En annan"),
    ("titel: Lugnare", "sammanfattning: Ny text.\ntitel: Lugnare"),
    ("    - namn: Anna Exempel\n      roll", "    - roll"),
    ("    ansvarig: polisen", "    teman: [trafik]\n    ansvarig: [polisen]"),
    ("id: pass", "id: fotpass"),
    ("minst: 50,", 'minst: "50,0",'),
    ("vad: Går till fots vid stationen", "vad: |\n      Går till fots\n      vid   stationen"),
    ("  till: 2026-12-31", "  till: 2026-12-31\n  förlängt:\n    - till: 2027-06-30"),
    ("åtaganden:", "uppföljningar: []\nåtaganden:"),
)
PROMISED = (
    ("minst: 50", "minst: 40"),
    ("per: år", "per: period"),
    ("polisen", "kommunen"),
    ("2026-12-31", "2026-12-30"),
    ("Går till", "Kör till"),
    ("datum: 2026-01-15", "datum: 2026-01-16"),
    ("roll: ordförande", "roll: direktör"),
    ("    vad:", "    ordalydelse: Polisen ska.\n    vad:"),
    ("    vad:", "    klart_senast: 2026-11\n    vad:"),
    ("åtaganden:", "följs_upp: varje år\nåtaganden:"),
    ("åtaganden:", "åtaganden:\n  - {id: ny, vad: Nytt}"),
)


@given(st.lists(st.sampled_from(UNSIGNED), unique=True))
@settings(max_examples=30)
def test_what_is_ours_and_how_it_is_written_play_no_part(edits):
    text = TEXT
    for before, after in edits:
        text = text.replace(before, after)
    assert seal_of(pledge(text)) == seal_of(pledge(TEXT))


@pytest.mark.parametrize("edit", PROMISED, ids=lambda edit: edit[1][:20].strip())
def test_the_least_change_of_the_promise_is_another_seal(edit):
    assert seal_of(pledge(TEXT.replace(*edit))) != seal_of(pledge(TEXT))


def test_the_order_of_commitments_and_parties_plays_no_part():
    one, other = "  - {id: a, vad: A, ansvarig: [x, y]}\n", "  - {id: b, vad: B}\n"
    head = "titel: x\nåtaganden:\n"
    assert seal_of(pledge(head + one + other)) == seal_of(pledge(head + other + one.replace("x, y", "y, x")))


def test_a_seal_is_the_same_next_year():
    """Written down: a seal that the program no longer makes would break every sealed document there is."""
    assert seal_of(pledge(TEXT)) == "sha256-fb100d56654e5490dd056bfaca6a097cfa7d3da9c7112526cfad2e11a3577fed"


def test_what_is_signed_is_named_by_attributes_that_exist():
    for model, names in SIGNED.items():
        assert set(names) <= set(model.model_fields), model


def test_every_value_of_the_example_has_a_canonical_form():
    root = Path(__file__).parents[1] / "data"
    folders: dict[str, type[Part]] = {"medborgarloften": Pledge, "overenskommelser": Agreement}
    seals = set()
    for folder, model in folders.items():
        for path in sorted(root.glob(f"*/{folder}/*.yml")):
            tree, _ = read_document(path.read_bytes(), "")
            assert tree is not None
            part = interpret(tree, model, "").part
            assert isinstance(part, (Pledge, Agreement))
            assert canonical(part)
            seals.add(seal_of(part))
    assert len(seals) > 8


def test_the_chain_is_in_order_of_days_whichever_way_it_is_written():
    entries = "ändringar:\n  - {datum: 2026-06-01, vad: Sist}\n  - {datum: 2026-05-01, vad: Först}\n"
    entries += (
        "rättelser:\n  - {datum: 2026-05-15, vad: Mitt emellan}\n  - {datum: 2025-05-15, vad: För tidigt}\n"
    )
    part = pledge(TEXT + entries)
    assert [link.steps for link in chain(part)] == [
        ("signing",), ("changes", 1), ("corrections", 0), ("changes", 0),
    ]  # fmt: skip
    assert sealing_of(part).last is None
    assert [link.day for link in chain(pledge(TEXT.replace("  datum: 2026-01-15  # en torsdag\n", "")))] == [
        date.min
    ]


EXTENDED = """\
titel: Lugnare kvällar
gäller:
  från: 2025-01-01
  till: 2025-12-31
  förlängt:
    - {till: 2026-03-31, beslutat: 2025-11-10}
    - {till: 2026-06-30, beslutat: 2026-03-10, varför: Lampor fattas.}
åtaganden:
  - {id: x, vad: Byter lampor, ansvarig: polisen}
följs_upp: varje tertial
"""


def test_what_is_extended_is_said_with_both_days_and_counted_with_the_new_one():
    part = pledge(EXTENDED)
    assert part.valid is not None
    assert wording.period(part.valid).replace("\u00a0", " ") == (
        "1 januari – 31 december 2025, förlängt till 30 juni 2026"
    )
    assert (part.valid.last, part.valid.original.last) == (date(2026, 6, 30), date(2025, 12, 31))
    assert pledge_state(part, date(2026, 6, 30), 30).ended is False
    assert pledge_state(part, date(2026, 7, 1), 30).ended is True
    assert [covers for covers, _ in due_dates(part, 30)][-1] == date(2026, 6, 30)


def test_an_extension_is_told_on_the_page_by_its_own_decision(project, provstad):
    root = project({FILE: EXTENDED})
    _, pages = municipality_pages(provstad(root), REPOSITORY, date(2026, 4, 1))
    html = next(page.html for page in pages if page.address == "medborgarloften/lofte/").replace(
        "\u00a0", " "
    )
    log = html.split('id="andringar"')[1].split("</section>")[0]
    assert log.index("10 mars 2026") < log.index("10 november 2025")
    assert "Förlängt till 30 juni 2026." in log
    assert "Lampor fattas." in log
