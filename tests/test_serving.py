"""On one's own machine: pages, the municipality's own 404 page, and a rebuild when something has changed."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import threading
import urllib.error
import urllib.request

import pytest
from watchdog.events import (
    DirModifiedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
)

from tests.small_sites import CALM, COMMAND, DAY, PLEDGE, THREE, built_once, copy_of, hear_ctrl_c, write
from trygglofte import serving


@pytest.fixture
def built(tmp_path, tmp_path_factory):
    return copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")


def get(address, method="GET"):
    """Status and text of a page."""
    request = urllib.request.Request(address, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


class Served:
    """A server in a thread, whose rebuilds (each in its own process) write a byte into a pipe."""

    def __init__(self, root):
        self.reader, self.writer = os.pipe()
        self.ready = threading.Event()
        self.root = root
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        assert self.ready.wait(30)
        self.rebuilt()

    def run(self):
        self.code_changed = serving.serve_site(
            self.root, self.root / "site", 0, lambda: os.write(self.writer, b"x"), self.on_ready
        )

    def on_ready(self, address):
        self.address = address
        self.ready.set()

    def rebuilt(self):
        ready, _, _ = select.select([self.reader], [], [], 30)
        assert ready, "no rebuild within half a minute"
        os.read(self.reader, 1)

    def close(self):
        write(self.root, "hooks/ny.py", "")
        self.thread.join(30)
        assert not self.thread.is_alive()
        os.close(self.reader)
        os.close(self.writer)


@pytest.fixture
def served(built):
    server = Served(built)
    yield server
    server.close()
    assert server.code_changed is True


def test_pages_are_served_and_what_is_missing_gets_its_own_page(served, built):
    status, text, headers = get(served.address)
    assert status == 200
    assert "Provportalen" in text
    assert headers["Cache-Control"] == "no-store"
    assert get(f"{served.address}alstad/medborgarloften/2026-trafik/")[0] == 200
    own = (built / "site/alstad/404.html").read_text("utf-8")
    assert get(f"{served.address}alstad/finns/inte/")[:2] == (404, own)
    shared = (built / "site/404.html").read_text("utf-8")
    assert get(f"{served.address}finns-inte/")[:2] == (404, shared)
    assert get(f"{served.address}finns-inte/", "HEAD")[:2] == (404, "")
    assert get(served.address, "POST")[0] == 501
    (built / "site").unlink()
    status, text, _ = get(served.address)
    assert status == 404
    assert "Webbplatsen kanske byggs just nu." in text


@pytest.mark.parametrize("name", [PLEDGE, "content/om.md", "overrides/pages/start.html", "mkdocs.yml"])
def test_a_change_rebuilds(served, name):
    path = served.root / name
    path.write_bytes(path.read_bytes() + b"\n")
    served.rebuilt()


def test_a_file_that_is_saved_beside_and_moved_into_place_rebuilds(served):
    written = write(served.root, "data/provstad/medborgarloften/.2026-trafik.yml.tmp", THREE[PLEDGE] + "\n")
    written.rename(served.root / PLEDGE)
    served.rebuilt()


@pytest.mark.parametrize(
    ("event", "counts"),
    [
        (FileModifiedEvent("/p/data/x/kommun.yml"), True),
        (FileCreatedEvent("/p/data/x/kommun.yml"), True),
        (FileMovedEvent("/p/data/x/.tmp1", "/p/data/x/kommun.yml"), True),
        (FileMovedEvent("/p/data/x/.tmp1", "/p/data/x/.tmp2"), False),
        (FileOpenedEvent("/p/data/x/kommun.yml"), False),
        (DirModifiedEvent("/p/data/x"), False),
        (FileCreatedEvent("/p/hooks/__pycache__/x.cpython-311.pyc"), False),
        (FileModifiedEvent("/p/data/x/.kommun.yml.swp"), False),
        (FileModifiedEvent("/p/data/x/kommun.yml~"), False),
        (FileModifiedEvent(b"/p/data/x/kommun.yml"), True),
    ],
    ids=str,
)
def test_only_changes_that_somebody_made_count(event, counts):
    changed = threading.Event()
    serving.Changes(changed).dispatch(event)
    assert changed.is_set() == counts


def test_of_the_project_folder_only_the_named_file_counts():
    changed = threading.Event()
    handler = serving.Changes(changed, only="mkdocs.yml")
    handler.dispatch(FileModifiedEvent("/p/README.md"))
    assert not changed.is_set()
    handler.dispatch(FileModifiedEvent("/p/mkdocs.yml"))
    assert changed.is_set()


def test_a_rebuild_without_fork_runs_here(monkeypatch):
    monkeypatch.setattr(serving.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    done = []
    serving._in_a_fresh_process(lambda: done.append(1))
    assert done == [1]


def test_ctrl_c_in_a_rebuild_is_told_once(capfd):
    serving._in_a_fresh_process(lambda: os.kill(os.getpid(), signal.SIGINT))
    assert capfd.readouterr() == ("", "")


def test_serve_shows_rebuilds_and_ends_without_a_trace(built):
    """The command as it is used: look, edit, look again, change the code, stop."""
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--dag", DAY.isoformat()],
        cwd=built,
        env={**os.environ, **CALM, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - nothing but the signal is touched
    ) as process:
        guard = threading.Timer(100, os.killpg, [process.pid, signal.SIGKILL])
        guard.start()

        def wait_for(words):
            for line in process.stdout:
                if words in line:
                    return line
            raise AssertionError(f"{words}: {process.stderr.read()}")

        page = wait_for("visas på").split()[3].rstrip(".") + "provstad/medborgarloften/2026-trafik/"
        wait_for("Klart på")
        assert "Lugnare trafik" in get(page)[1]
        write(built, PLEDGE, THREE[PLEDGE].replace("Lugnare", "Saktare"))
        assert "byggd" in wait_for("provstad")
        wait_for("Klart på")
        assert "Saktare trafik" in get(page)[1]
        write(built, "hooks/mkdocs_entry.py", (built / "hooks/mkdocs_entry.py").read_text("utf-8") + "\n")
        wait_for("startar om")
        page = wait_for("visas på").split()[3].rstrip(".") + "provstad/"
        wait_for("Klart på")
        assert get(page)[0] == 200
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate()
        guard.cancel()
    assert (process.returncode, err) == (0, "")
