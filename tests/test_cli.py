"""The command says in Swedish what it did and what went wrong, with an exit status a script can use."""

from __future__ import annotations

import io
import re
import socket
from datetime import date

import click
import pytest
from rich.console import Console

from tests.small_sites import (
    DAY,
    PLEDGE,
    SLUGS,
    THREE,
    built_once,
    copy_of,
    files_of,
    trygglofte,
    whole,
    write,
)
from trygglofte import serving
from trygglofte.cli import clock, commands, main, swedish
from trygglofte.problems import Problem, Severity
from trygglofte.publishing import publish

TODAY = ("--dag", DAY.isoformat())
ADVICE = b"\xef\xbb\xbf" + THREE[PLEDGE].encode()


@pytest.fixture
def built(tmp_path, tmp_path_factory):
    return copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in a folder, in this process: its exit status, and what it said to whom."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    def run(folder, *arguments):
        monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return left.value.code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    return run


# check


def test_check_says_that_nothing_is_wrong(built, run):
    status, out, _ = run(built, "check")
    assert status == 0
    assert out.startswith("Inga fel i 3 kommuner.")
    assert run(built, "check", "ostad")[1].startswith("Inga fel i 1 kommun.")


def test_check_shows_every_problem_with_its_place_and_fails(built, run):
    write(built, PLEDGE, THREE[PLEDGE] + "titlar: x\n")
    write(built, "data/ostad/lagesbilder/2026-01.yml", "period: nej\n")
    status, out, err = run(built, "check")
    assert (status, out) == (1, "")
    assert f"{PLEDGE}:8:1  fel  [okand-nyckel]" in err
    assert "    titlar: x\n    ^\n" in err
    assert "data/ostad/lagesbilder/2026-01.yml:1:" in err
    assert "2 fel och " in err
    assert "Rätta felen, så går det att publicera." in err
    assert run(built, "check", "alstad")[0] == 0


def test_check_lets_advice_pass(built, run):
    write(built, PLEDGE, ADVICE)
    status, out, err = run(built, "check")
    assert status == 0
    assert re.search(r"Inga fel i 3 kommuner\. \d+ råd", out)
    assert "råd  [bom]" in err


def test_check_of_broken_shared_files_looks_no_further(built, run):
    write(built, "data/teman.yml", "teman: nej\n")
    write(built, PLEDGE, "titel: [\n")
    status, _, err = run(built, "check")
    assert status == 1
    assert "data/teman.yml:1:" in err
    assert PLEDGE not in err


def test_in_github_actions_each_problem_is_put_on_its_line(built, run, monkeypatch):
    write(built, PLEDGE, THREE[PLEDGE] + "titlar: x\n")
    write(built, "data/ostad/medborgarloften/2026-trafik.yml", ADVICE)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    status, out, _ = run(built, "check")
    assert status == 1
    assert f"::error file={PLEDGE},line=8,col=1,title=okand-nyckel::Nyckeln ”titlar” finns inte här." in out
    assert "::notice file=data/ostad/medborgarloften/2026-trafik.yml,line=1," in out


# build


def test_build_names_every_municipality_with_its_pages(tmp_path, run):
    root = whole(tmp_path / "project")
    status, out, err = run(root, "build", *TODAY)
    assert (status, err) == (0, "")
    for slug in SLUGS:
        assert any(line.split()[:2] == ["byggd", slug] and "sidor på" in line for line in out.splitlines())
    assert "3 kommuner och portalen" in out
    assert (root / "site/index.html").as_uri() in out
    status, out, err = run(root, "build", *TODAY)
    assert [line.split()[:2] for line in out.splitlines()[:3]] == [["oförändrad", slug] for slug in SLUGS]


def test_build_tells_what_failed_and_that_its_site_stays(built, run):
    before = files_of(built / "site")
    write(built, PLEDGE, "titel: [\n")
    for name, text in THREE.items():
        if name.startswith("data/ostad/"):
            write(built, name.replace("ostad", "nystad"), text if "kommun.yml" in name else "")
    status, out, err = run(built, "build", *TODAY)
    assert status == 1
    assert "provstad har fel (se ovan): dess förra webbplats ligger kvar." in out
    assert "nystad har fel (se ovan): den har ingen webbplats än." in out
    assert "2 oförändrade som inte byggdes, 2 med fel." in out
    assert f"    {PLEDGE}, rad 2: " in out
    assert f"{PLEDGE}:2:1  fel" in err
    after = files_of(built / "site")
    assert after.pop("aktuellt/index.html") != before.pop("aktuellt/index.html")
    assert after == before


def test_build_counts_the_advice(built, run):
    write(built, PLEDGE, ADVICE)
    assert "1 råd ovan." in run(built, "build", *TODAY)[1]


def test_build_shows_so_much_advice_that_its_own_end_is_still_seen(built, run, monkeypatch):
    monkeypatch.setattr(commands, "_MOST_ADVICE", 1)
    write(built, PLEDGE, ADVICE)
    write(built, PLEDGE.replace("provstad", "ostad"), ADVICE)
    _, out, err = run(built, "build", *TODAY)
    assert err.count("  råd  ") == 1
    assert "De första 1 av 2 råd står ovan; ”trygglofte check” visar alla." in out


def test_build_elsewhere_is_relative_to_where_one_stands(built, run):
    status, out, _ = run(
        built / "data/ostad", "build", "alstad", *TODAY, "--out", "../../../ny", "--utan-sok"
    )
    assert status == 0
    assert (built.parent / "ny/alstad/index.html").is_file()
    assert not (built.parent / "ny/pagefind").exists()
    assert "1 kommun och portalen" in out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (
            ["build", "okand"],
            1,
            "Det finns ingen kommun som heter okand. Det finns: alstad, ostad, provstad.",
        ),
        (
            ["check", "okand"],
            1,
            "Det finns ingen kommun som heter okand. Det finns: alstad, ostad, provstad.",
        ),
        (["build", "--out", "data"], 1, "finns redan och är inte gjord av trygglofte."),
        (["build", "--out", "mkdocs.yml"], 1, "finns redan och är inte gjord av trygglofte."),
        (["bygg"], 2, "Det finns inget kommando som heter ”bygg”. Det finns: archive, as-of, build, check, "),
        (["--fel"], 2, "Det finns inget val som heter --fel."),
        (["build", "--fel"], 2, "Det finns inget val som heter --fel."),
        (["build", "--out"], 2, "Valet --out ska följas av ett värde."),
        (["build", "--utan-sok=3"], 2, "Valet --utan-sok ska inte ha något värde."),
        (["build", "--dag", "i-dag"], 2, "--dag: ”i-dag” är inget datum. Skriv till exempel 2026-11-22."),
        (["build", "--dag", "2026-02-30"], 2, "”2026-02-30” är inget datum."),
        (["serve", "--port", "70000"], 2, "”70000” är ingen port. Skriv ett tal mellan 1 och 65535."),
        (["serve", "--port", "-1"], 2, "”-1” är ingen port."),
        (["check", "--format", "pdf"], 2, "--format: välj något av text, github, json, sarif."),
        (["forklara"], 2, "Det saknas något på raden: SLAG."),
        (["serve", "nu"], 2, "Det står mer på raden än kommandot förstår."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_mistake_in_the_command_is_told_in_swedish(built, run, arguments, status, said):
    code, out, err = run(built, *arguments)
    assert (code, out) == (status, "")
    assert err.startswith("Fel: ")
    assert said in err
    assert not {"Error", "Usage", "Try", "Invalid"} & set(err.replace(":", " ").split())


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_outside_a_project_the_way_to_it_is_told(tmp_path, run, command):
    status, out, err = run(tmp_path, command)
    assert (status, out) == (1, "")
    assert err == "Fel: Hittar inte projektet. Gå till mappen där data/ ligger, med portal.yml i.\n"


def test_a_project_without_municipalities_says_so(built, run):
    root = whole(built.parent / "tomt", dict.fromkeys(name for name in THREE if name.count("/") > 1))
    assert "Det finns: inga kommuner än." in run(root, "check", "x")[2]
    status, _, err = run(root, "build")
    assert (status, err) == (1, "Fel: Ingen kommun gick att bygga, så inget publiceras.\n")


@pytest.mark.parametrize(
    "arguments",
    [["--help"], *([name, "--help"] for name in main.list_commands(click.Context(main))), []],
    ids=" ".join,
)
def test_help_is_in_swedish(tmp_path, run, arguments):
    status, out, err = run(tmp_path, *arguments)
    assert status == (0 if arguments else 2)
    text = out + err
    assert text.startswith("Så skriver du: trygglofte")
    assert "Visa den här hjälpen." in text
    for english in ("Usage", "Options", "Commands", "Show this", "default", "COMMAND", "TEXT", "Error"):
        assert english not in text


def test_whatever_nobody_foresaw_is_one_sentence(built, run, monkeypatch):
    def fail(*arguments, **named):
        raise failures.pop()

    failures = [
        BrokenPipeError(),
        OSError(28, "No space left"),
        MemoryError(),
        RuntimeError("oj\noj"),
        KeyboardInterrupt(),
    ]
    monkeypatch.setattr(commands, "publish", fail)
    assert run(built, "build") == (130, "", "\nAvbrutet.\n")
    status, _, err = run(built, "build")
    assert status == 1
    assert err.startswith("Fel: Något oväntat gick fel i programmet (RuntimeError i test_cli.py, rad ")
    assert err.endswith(": oj oj). Felet är vårt, inte ditt: säg till projektet.\n")
    assert run(built, "build") == (1, "", "Fel: minnet är slut.\n")
    assert run(built, "build") == (1, "", "Fel: disken är full.\n")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert run(built, "build")[0] == 1


def test_a_terminal_that_lacks_letters_still_gets_the_message(built):
    write(built, PLEDGE, "titel: [\n")
    done = trygglofte(built, "check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{PLEDGE}:2:1" in done.stderr


def test_today_is_today_in_sweden(built, run, monkeypatch):
    days = []
    monkeypatch.setattr(clock, "today_in_sweden", lambda: date(2031, 1, 2))
    monkeypatch.setattr(
        commands, "publish", lambda root, out, today, **_: days.append(today) or publish(root, out, DAY)
    )
    assert run(built, "build")[0] == 0
    assert days == [date(2031, 1, 2)]
    monkeypatch.undo()
    assert abs((clock.today_in_sweden() - date.today()).days) <= 1  # noqa: DTZ011


# Progress


def test_on_a_terminal_the_progress_shows_names_and_leaves_lines(built, run, monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr(
        commands, "console", Console(file=screen, force_terminal=True, width=100, highlight=False)
    )
    assert run(built, "build", *TODAY)[0] == 0
    shown = screen.getvalue()
    assert "\x1b[" in shown
    assert "Bygger" in shown
    for slug in SLUGS:
        assert slug in shown


def test_in_ci_there_are_plain_lines(built):
    done = trygglofte(built, "build", *TODAY)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines()[:3]] == [
        ["oförändrad", slug] for slug in SLUGS
    ]


# serve


def test_a_port_that_is_taken_is_told(built, run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, _, err = run(built, "serve", "--port", port)
    assert status == 1
    assert err == (
        f"Fel: Det går inte att använda port {port}: den är upptagen av ett annat program. "
        "Välj en annan med --port.\n"
    )


def served(tellings, code_changed=False):
    def serve(root, port, today, told, on_ready):
        on_ready(f"http://127.0.0.1:{port}/")
        for telling in tellings:
            told(*telling)
        return code_changed

    return serve


def test_serving_tells_errors_in_full_and_of_advice_only_what_is_new(built, run, monkeypatch):
    advice, new, wrong = (
        Problem(PLEDGE, 1, 1, "slag", message, severity=severity)
        for message, severity in (
            ("Ett gammalt råd.", Severity.ADVICE), ("Ett nytt råd.", Severity.ADVICE), ("Ett fel.", Severity.ERROR)
        )
    )  # fmt: skip
    tellings = [
        ("", [], 0.0), ("provstad", [advice], 0.25), ("provstad", [wrong], 0.1), ("provstad", [advice, new], 0.1),
        ("", [wrong], 0.0),
    ]  # fmt: skip
    monkeypatch.setattr(serving, "serve_sites", served(tellings))
    status, out, err = run(built, "serve", "--port", "1234", *TODAY)
    assert status == 0
    assert [" ".join(line.split()) for line in out.splitlines()] == [
        "Webbplatserna visas på http://127.0.0.1:1234/. Avsluta med Ctrl+C.",
        "läst provstad 0,25 s 1 råd, se trygglofte check",
        "provstad har fel (se ovan). Felen står också på sidan.",
        "läst provstad 0,10 s 2 råd, se trygglofte check",
        "De gemensamma filerna har fel (se ovan). Det som visades ligger kvar.",
    ]
    assert [line.strip() for line in err.splitlines() if line.startswith("  E")] == [
        "Ett fel.", "Ett nytt råd.", "Ett fel."
    ]  # fmt: skip


def test_changed_code_starts_the_same_command_again(built, run, monkeypatch):
    started = []
    monkeypatch.setattr(serving, "serve_sites", served([], code_changed=True))
    monkeypatch.setattr(commands.os, "execv", lambda *command: started.append(command))
    assert "startar om" in run(built, "serve")[1]
    ((program, command),) = started
    assert program == command[0] == commands.sys.executable
    assert command[1:] == commands.sys.orig_argv[1:]


def test_mistakes_are_swedish_whatever_click_calls_them():
    mistake = swedish.click.BadParameter("Så går det inte.")
    assert swedish.in_swedish(mistake, main) == "Fel: Så går det inte."
