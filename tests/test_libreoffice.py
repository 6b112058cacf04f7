"""A table that is opened, edited and saved in LibreOffice, as docs/open-data.md says, comes back as just the edit.

Skipped where LibreOffice is not installed: nothing here installs it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from tests.small_sites import REPOSITORY
from tests.test_importing import DAY, PLEDGE, TEXT, tables
from trygglofte.cli import main
from trygglofte.formatting import format_document
from trygglofte.model import Pledge

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) finns inte på den här datorn")

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
ORDERED = """2026-10
    ordalydelse: |
      Första raden.

      - andra; raden
      - +46 inte ett tal"""
AWKWARD = (
    TEXT.replace("vad: Kontrollerar hastigheten på genomfarten", 'vad: "=1+1 blir två, åäö; \\"så\\" är det"')
    .replace("{minst: 50, enhet: pass}", '{minst: 1.5, enhet: "0305", när: 1-2}')
    .replace("klart_senast: 2026-12-31", f"klart_senast: {ORDERED}")
    .replace("vad: Sätter upp skyltar", "vad: Sätter upp skyltar\n    klart_senast: 2026-12-31")
)


def filters() -> tuple[str, str]:
    """What the documentation says to type."""
    text = (REPOSITORY / "docs/open-data.md").read_text("utf-8")
    found = re.search(r'--infilter="([^"]+)" \S+\n.*--convert-to "([^"]+)"', text)
    assert found
    return found[1], found[2]


def convert(folder: Path, file: str, *arguments: str) -> None:
    assert SOFFICE
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", *arguments, file],
        cwd=folder, check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def said(cell: etree._Element) -> str:
    """What a cell holds: a number or a day as such, else its words."""
    value = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}date-value")
    return str(value or "".join(cell.itertext()).strip())


def edit(file: Path, was: str, new: str) -> None:
    """One cell of a flat spreadsheet, as it would be typed: the first, for what is derived stands last."""
    tree = etree.parse(file)
    cell, *_ = [cell for cell in tree.iter(f"{TABLE}table-cell") if said(cell) == was]
    [words] = cell.findall(f"{WORDS}p")
    words.text = new
    if cell.get(f"{OFFICE}value"):
        cell.set(f"{OFFICE}value", new)
    tree.write(file, encoding="utf-8", xml_declaration=True)


def test_a_table_edited_in_libreoffice_comes_back_as_just_the_edit(project, tmp_path, monkeypatch):
    awkward = format_document(AWKWARD.encode(), PLEDGE, Pledge).text
    assert awkward
    root = project({PLEDGE: awkward})
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    monkeypatch.chdir(root)
    sheet = tmp_path / "ataganden.csv"
    given = tables(root)["csv/excel/ataganden.csv"]
    sheet.write_bytes(given.encode())
    into, back = filters()
    convert(tmp_path, "ataganden.csv", f"--infilter={into}", "--convert-to", "fods")
    flat = tmp_path / "ataganden.fods"
    cells = list(etree.parse(flat).iter(f"{TABLE}table-cell"))
    kinds = {said(cell): cell.get(f"{OFFICE}value-type") for cell in cells}
    assert (kinds["1.5"], kinds["2026-12-31"]) == ("float", "date"), "numbers and days can be reckoned with"
    assert not [cell for cell in cells if cell.get(f"{TABLE}formula")]

    def run() -> str:
        convert(tmp_path, "ataganden.fods", "--convert-to", back)
        result = CliRunner().invoke(main, ["import", str(sheet), "--dag", DAY.isoformat()])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "Tabellen säger samma som filerna" in run()
    assert (root / PLEDGE).read_text("utf-8") == awkward
    edit(flat, "1.5", "2.5")
    edit(flat, "Sätter upp skyltar", "Sätter upp fler skyltar")
    run()
    wanted = awkward.replace("minst: 1.5", "minst: 2.5").replace(
        "Sätter upp skyltar", "Sätter upp fler skyltar"
    )
    assert (root / PLEDGE).read_text("utf-8") == wanted
