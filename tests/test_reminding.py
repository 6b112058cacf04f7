"""What is due is told as the clocks say it, with days, and nothing is said where nothing is."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from trygglofte.cli import main
from trygglofte.reminding import as_markdown, due_in

FILE = "data/provstad/medborgarloften/station.yml"
PLEDGE = """\
titel: Tryggare vid stationen
gäller: {från: 2026-01-01, till: 2026-12-31}
följs_upp: varje tertial
åtaganden:
  - {id: pass, ansvarig: polisen, vad: Fotpatrullerar}
  - {id: ljus, ansvarig: kommunen, vad: Byter belysning, klart_senast: 2026-06-30}
uppföljningar:
  - period: {från: 2026-01-01, till: 2026-04-30}
    publicerad: 2026-05-11
    rapporterat_av: polisen
"""


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 4, 15), []),
        (date(2026, 5, 15), ["Uppföljning av Tryggare vid stationen ska vara ute 30 maj 2026 (kommunen)"]),
        (
            date(2026, 9, 5),
            [
                "! Uppföljning av Tryggare vid stationen skulle ha kommit 30 maj 2026 (kommunen)",
                "! ”Byter belysning” i Tryggare vid stationen skulle ha varit klart 30 juni 2026",
                "Uppföljning av Tryggare vid stationen ska vara ute 30 september 2026 (polisen)",
            ],
        ),
    ],
)
def test_what_is_late_comes_first_and_what_is_near_after(project, provstad, tmp_path, day, told):
    due = due_in(provstad(project({FILE: PLEDGE})), tmp_path, day)
    found = [f"{'! ' if one.late else ''}{one.text}".replace("\u00a0", " ") for one in due.reminders]
    assert found == told
    assert (as_markdown(due) == "") is (told == [])


def test_the_two_years_of_the_law_are_told(project, provstad, tmp_path):
    summary = (
        "period: {från: 2023-01-01, till: 2023-12-31}\nlagstadgad: ja\nkartläggning: Stöld.\n"
        "övrig_information: Två skolor.\nanalys: Kvällar.\n"
    )
    root = project({"data/provstad/lagesbilder/2023-lagstadgad.yml": summary})
    texts = [one.text for one in due_in(provstad(root), tmp_path, date(2025, 12, 15)).reminders]
    assert len(texts) == 1
    assert texts[0].startswith("Två år för")
    assert "6 § lag 2023:196" in texts[0]


def test_the_command_says_it_as_text_as_an_issue_and_as_json(project, monkeypatch):
    root = project({FILE: PLEDGE, "mkdocs.yml": "site_name: Prov\n"})
    monkeypatch.chdir(root)

    def due(*arguments: str) -> str:
        answer = CliRunner().invoke(main, ["due", "--dag", "2026-09-05", *arguments])
        assert answer.exit_code == 0, answer.output
        return answer.output

    assert "  ! Uppföljning av Tryggare vid stationen" in due()
    assert due("provstad", "--format", "md").startswith("# Dags att redovisa: Provstad\n")
    [one] = json.loads(due("--format", "json"))
    assert (one["kommun"], one["rubrik"]) == ("provstad", "Dags att redovisa: Provstad")
    assert one["påminnelser"][0]["adress"] == "/provstad/medborgarloften/station/"
    (root / FILE).write_text("titel: Trasigt\nokänt: 1\n", "utf-8")
    answer = CliRunner().invoke(main, ["due", "--dag", "2026-09-05"])
    assert answer.exit_code == 1
    assert "provstad har fel" in answer.output
