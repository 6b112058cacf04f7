"""On one's own machine: what was saved is on the page at once, or why it cannot be, above the last good version."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from watchdog.events import (
    DirModifiedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
)

from tests.small_sites import (
    CALM,
    COMMAND,
    DAY,
    PLEDGE,
    THREE,
    built_once,
    copy_of,
    files_of,
    hear_ctrl_c,
    write,
)
from trygglofte.problems import Problem
from trygglofte.publishing import Aside
from trygglofte.reporting import as_alert
from trygglofte.serving import Studio, finishing, serve_sites, studio, watching

PAGE = "provstad/medborgarloften/2026-trafik/"
OTHER = "alstad/medborgarloften/2026-trafik/"
OTHER_PLEDGE = PLEDGE.replace("provstad", "alstad")
FAULTY = "<title>Fel: Lugnare trafik"
BROKEN = THREE[PLEDGE].replace("titel:", "titell:")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to whoever asked."""

    def redirect_request(self, *arguments):
        return None


def get(address, method="GET"):
    """Status, text and headers of an answer."""
    request = urllib.request.Request(address, method=method)
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=90) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def mark_of(text):
    return re.search(r'data-mark="(\w+)"', text)[1]


def wait(address, mark):
    """As the page's script does: until the page would look otherwise."""
    base, page = address.split("/", 3)[:3], urlsplit(address).path
    for _ in range(4):
        status, _, _ = get(f"{'/'.join(base)}/_visning/andrad?sida={quote(page)}&marke={mark}")
        if status == 205:
            return
        assert status == 204
    raise AssertionError(f"{address} did not change")


def is_good(text):
    return 'role="alert"' not in text


class Served:
    """A server in a thread, and what it has told."""

    def __init__(self, root):
        self.root = root
        self.told = []
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        assert self.ready.wait(30)

    def run(self):
        self.code_changed = serve_sites(
            self.root, 0, DAY, lambda *what: self.told.append(what), self.on_ready
        )

    def on_ready(self, address):
        self.address = address
        self.ready.set()

    def page(self, page=PAGE):
        return get(self.address + page)[1]

    def until(self, holds, page=PAGE):
        """The page, once it is as it should be: looked at again each time that it changes."""
        while not holds(text := self.page(page)):
            wait(self.address + page, mark_of(text))
        return text

    def save(self, name, content, page=PAGE, *, shows):
        """Save a file while a page is looked at, and give the page once it shows something, and no other mistake.

        A file that is written in place is for a moment empty, and may be seen so.
        """
        self.page(page)
        write(self.root, name, content)
        return self.until(lambda text: shows in text and ("Fel: " in shows or is_good(text)), page)

    def close(self):
        write(self.root, "hooks/ny.py", "")
        self.thread.join(30)
        assert not self.thread.is_alive()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    server = Served(copy_of(built_once(base), tmp_path_factory.mktemp("served") / "project"))
    server.published = files_of(server.root / "site")
    yield server
    server.close()
    assert server.code_changed is True


@pytest.fixture
def served(server):
    """The server, whose files are afterwards as they were."""
    names = [*THREE, "content/om.md", "overrides/pages/pledge.html"]
    before = {name: (server.root / name).read_bytes() for name in names}
    yield server
    for name, content in before.items():
        if not (server.root / name).is_file() or (server.root / name).read_bytes() != content:
            write(server.root, name, content)
    for page in (PAGE, OTHER):
        server.until(lambda text: "Lugnare trafik" in text and "Fel: " not in text, page)


# A change


def test_what_is_saved_is_on_the_page(served):
    assert "Lugnare trafik" in served.page()
    assert is_good(served.save(PLEDGE, THREE[PLEDGE].replace("Lugnare", "Saktare"), shows="Saktare trafik"))


def test_the_last_of_two_quick_saves_is_what_stays(served):
    write(served.root, PLEDGE, BROKEN)
    write(served.root, PLEDGE, THREE[PLEDGE].replace("Lugnare", "Saktare"))
    assert is_good(served.until(lambda text: "Saktare trafik" in text and "Fel: " not in text))


def test_a_file_that_is_saved_beside_and_moved_into_place_is_seen(served):
    mark = mark_of(served.page())
    name = "data/provstad/medborgarloften/.2026-trafik.yml.tmp"
    written = write(served.root, name, THREE[PLEDGE].replace("Lugnare", "Saktare"))
    written.rename(served.root / PLEDGE)
    wait(served.address + PAGE, mark)
    assert "Saktare trafik" in served.page()


def test_a_document_that_is_renamed_moves_and_its_lost_address_is_told_in_the_page(served):
    index = "provstad/medborgarloften/"
    served.page(index)
    renamed = (served.root / PLEDGE).rename((served.root / PLEDGE).with_name("2026-fart.yml"))
    text = served.until(lambda text: "2026-fart/" in text and not is_good(text), index)
    assert "forsvunnen-adress" in text
    assert "Sidan här under visar det du har sparat" in text
    assert get(f"{served.address}{PAGE}")[0] == 404
    renamed.rename(served.root / PLEDGE)
    served.until(lambda text: "2026-trafik/" in text and is_good(text), index)


def test_a_new_municipality_comes_by_itself_and_goes_again(served):
    mark = mark_of(served.page(""))
    for name, text in THREE.items():
        if name.startswith("data/provstad/"):
            write(served.root, name.replace("provstad", "nystad"), text.replace("Provstad", "Nystad"))
    wait(served.address, mark)
    assert "Nystad" in served.until(lambda text: "Nystad" in text, "")
    assert "Nystad" in served.until(is_good, "nystad/")
    for path in sorted((served.root / "data/nystad").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (served.root / "data/nystad").rmdir()
    served.until(lambda text: "Sidan finns inte" in text, "nystad/")
    assert "Nystad" not in served.page("")


def test_a_template_and_prose_are_read_again(served):
    template = (served.root / "overrides/pages/pledge.html").read_text("utf-8")
    served.save("overrides/pages/pledge.html", f"<p>Nytt i mallen</p>{template}", shows="Nytt i mallen")
    prose = (served.root / "content/om.md").read_text("utf-8")
    served.save("content/om.md", f"{prose}\n\nNytt i prosan.\n", "provstad/om/", shows="Nytt i prosan")


def test_a_shared_pledge_changes_where_it_is_shown_too(served):
    name = "data/provstad/medborgarloften/2026-delat.yml"
    shared = THREE[PLEDGE].replace("Lugnare trafik", "Delat") + "kommuner: [alstad]\n"
    page = "alstad/medborgarloften/2026-delat/"
    served.save(name, shared, page, shows="<title>Delat")
    served.save(name, shared.replace("Delat", "Annorlunda"), page, shows="<title>Annorlunda")
    (served.root / name).unlink()
    served.until(lambda text: "Annorlunda" not in text, page)


# A mistake


def test_a_broken_file_tells_what_check_tells_above_the_last_good_version(served):
    served.page()
    write(served.root, PLEDGE, BROKEN)
    text = served.until(lambda text: "titell" in text)
    assert '<section class="tl-visning" role="alert" tabindex="0"' in text
    assert text.index("tl-visning") < text.index("Lugnare trafik</h1>")
    assert FAULTY in text
    (problem, *_) = [one for slug, found, _ in served.told for one in found if one.kind == "okand-nyckel"]
    assert (problem.file, problem.line) == (PLEDGE, BROKEN.splitlines().index("titell: Lugnare trafik") + 1)
    for said in (problem.message, problem.hint, f"{PLEDGE}, rad {problem.line}, kolumn {problem.column}",
                 "titell: Lugnare trafik\n    ^"):  # fmt: skip
        assert said in text
    assert "Här under ligger sidan som den var innan." in text
    served.save(PLEDGE, THREE[PLEDGE].replace("Lugnare", "Saktare"), shows="<title>Saktare trafik")


def test_a_mistake_of_one_municipality_leaves_the_others_alone(served):
    before = served.page(OTHER)
    served.save(PLEDGE, BROKEN, shows=FAULTY)
    assert served.page(OTHER) == before
    assert not is_good(served.page("provstad/"))


def test_a_mistake_in_what_all_share_is_told_everywhere(served):
    served.page(OTHER)
    served.save("data/teman.yml", "teman: nej\n", shows=FAULTY)
    for page in (PAGE, OTHER):
        text = served.until(lambda text: "data/teman.yml, rad 1" in text, page)
        assert "Lugnare trafik" in text
    served.save("data/teman.yml", THREE["data/teman.yml"], shows="<title>Lugnare trafik")


def test_a_broken_template_is_told_where_it_is_broken_above_the_page_as_it_was(served):
    served.page()
    write(served.root, "overrides/pages/pledge.html", "<p>\n{{ finns_inte }}</p>")
    text = served.until(lambda text: "overrides/pages/pledge.html, rad 2" in text)
    assert "Mallen använder något som inte finns" in text
    assert "Lugnare trafik" in text


def test_a_link_that_leads_nowhere_is_told_when_it_has_been_followed(served):
    page, prose = "provstad/om/", (served.root / "content/om.md").read_text("utf-8")
    served.page(page)
    write(served.root, "content/om.md", f"{prose}\n\n[Ett ställe](/finns-inte/)\n")
    text = served.until(lambda text: "trasig-lank" in text, page)
    assert "content/om.md, rad" in text


def test_a_municipality_that_never_was_whole_says_why(served):
    name = "data/nystad/kommun.yml"
    write(served.root, name, "namn: [\n")
    text = served.until(lambda text: "nystad/kommun.yml, rad" in text, "nystad/")
    assert "Sidan visas så snart felen är rättade." in text
    (served.root / name).unlink()
    (served.root / name).parent.rmdir()
    served.until(lambda text: "nystad" not in text, "nystad/")


def test_of_many_problems_the_first_are_told_and_how_many_more_there_are():
    problems = [Problem("data/x/kommun.yml", n, 2, "slag", f"Fel <{n}>.", "Gör så.") for n in range(1, 6)]
    text = as_alert(problems, lambda file, line: f"<rad> {line}", "Här under.")
    assert "5 fel att rätta" in text
    assert text.count("<li>") == 3
    assert "Fel &lt;3&gt;." in text
    assert "&lt;rad&gt; 3" in text
    assert "Fel &lt;4&gt;." not in text
    assert "och 2 fel till" in text
    assert as_alert([], lambda file, line: None, "") == ""


def test_a_line_about_a_person_is_not_shown_in_the_page():
    problem = Problem("data/x/kommun.yml", 1, 1, "personnummer", "Här står ett personnummer.")
    assert "19121212-1212" not in as_alert([problem], lambda file, line: "namn: 19121212-1212", "")


# What is shown


def test_a_page_is_what_a_build_publishes_but_for_the_script_that_waits(served):
    get(f"{served.address}provstad/pagefind/pagefind-entry.json")
    for page in ("provstad/", PAGE, "provstad/om/", "provstad/ataganden/"):
        script = re.compile(r'<script src="/_visning/visning\.js" data-mark="\w+" defer></script>')
        text, found = script.subn("", served.page(page))
        assert found == 1
        assert text == served.published[f"{page}index.html"].decode()


def test_what_lies_beside_pages_and_the_search_index_come_afterwards(served):
    for name in ("provstad/data/kommun.json", "provstad/assets/trygglofte.css", "provstad/assets/sok.js"):
        if name in served.published:
            status, text, headers = get(served.address + name)
            assert (status, text) == (200, served.published[name].decode())
            assert headers["Cache-Control"] == "no-store"
    assert get(f"{served.address}provstad/pagefind/pagefind-entry.json")[0] == 200
    assert get(f"{served.address}pagefind/pagefind-entry.json")[0] == 200


def test_what_is_not_there_gets_the_sites_own_page(served):
    status, text, _ = get(f"{served.address}provstad/finns/inte/")
    assert (status, "Sidan finns inte" in text, "visning.js" in text) == (404, True, True)
    assert get(f"{served.address}finns-inte/", "HEAD")[:2] == (404, "")
    assert get(f"{served.address}provstad/finns-inte.json")[0] == 404
    assert get(served.address, "POST")[0] == 501
    for outside in ("../hemligt", "provstad/../../hemligt", "%2e%2e/x", "_visning/finns-inte"):
        assert get(served.address + outside)[0] == 404
    status, _, headers = get(f"{served.address}provstad?q=1")
    assert (status, headers["Location"]) == (302, "/provstad/?q=1")
    assert get(f"{served.address}{PAGE.rstrip('/')}")[2]["Location"] == f"/{PAGE.rstrip('/')}/"


def test_the_script_and_the_style_of_the_alert_are_the_servers_own(served):
    assert get(f"{served.address}_visning/visning.js")[2]["Content-Type"].startswith("text/javascript")
    assert get(f"{served.address}_visning/visning.css")[2]["Content-Type"].startswith("text/css")


def test_nothing_is_written_where_a_build_would_look(served):
    get(f"{served.address}provstad/pagefind/pagefind-entry.json")
    assert files_of(served.root / "site") == served.published
    assert "2026-fart" not in (served.root / ".site/adresser/provstad.txt").read_text("utf-8")


# Many municipalities


@pytest.fixture
def aside():
    aside = Aside()
    yield aside
    aside.close()


@pytest.fixture
def many(aside, tmp_path, tmp_path_factory, monkeypatch):
    """A studio with more municipalities than are read at once, and what it has told."""
    monkeypatch.setattr(studio, "_FEW", 0)
    root = copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")
    told = []
    made = Studio(root, DAY, aside, lambda slug, *what: told.append(slug), lambda: None)

    def read():
        while made.settle():
            pass
        made.tell()
        return [slug for slug in told if slug]

    yield made, read
    made.stop()


def test_of_many_municipalities_each_is_read_when_it_is_looked_at_or_changed(many):
    served, read = many
    assert read() == []
    served.site("provstad")
    assert read() == ["provstad"]
    served.change([served.root / OTHER_PLEDGE])
    assert read() == ["provstad", "alstad"]


def test_the_portal_knows_all_municipalities_whoever_reads_them(many):
    served, read = many
    assert served.read_for_portal()  # one for whoever asked, and the rest when there is time
    assert sorted(read()) == served.slugs
    assert not served.read_for_portal()
    answer = served.site("").answer("", served.root, served.frame)
    assert all(f'href="{slug}/"' in answer.body.decode() for slug in served.slugs)
    assert not served.read_for_portal()
    served.change([served.root / PLEDGE])
    assert not served.read_for_portal()
    assert len(read()) == len(served.slugs) + 1


# What counts as a change


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
    gathered = watching.Gathered()
    watching.Changes(gathered).dispatch(event)
    assert bool(gathered.take(0)) == counts


def test_whoever_waits_for_changes_can_be_told_to_stop():
    gathered = watching.Gathered()
    gathered.end()
    assert gathered.take(None) == set()
    assert gathered.is_over()


def test_of_the_project_folder_only_the_named_file_counts():
    gathered = watching.Gathered()
    handler = watching.Changes(gathered, only="mkdocs.yml")
    handler.dispatch(FileModifiedEvent("/p/README.md"))
    assert not gathered.take(0)
    handler.dispatch(FileModifiedEvent("/p/mkdocs.yml"))
    assert gathered.take(0)


def test_whoever_waits_for_changes_can_be_woken_without_one():
    gathered = watching.Gathered()
    gathered.wake()
    assert gathered.take(0, is_deaf=True) == set()
    assert gathered.take(None) == set()


# Work apart


def test_without_fork_the_rest_is_made_here(aside, monkeypatch):
    monkeypatch.setattr(finishing.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    ended = []
    apart = finishing.Apart(aside, lambda: ended.append(1))
    apart.start(lambda folder: finishing.Rest([], frozenset({folder.name})))
    assert ended == [1]
    folder, rest = apart.take()
    assert rest.beside == {folder.name}
    assert apart.take() is None


def test_work_that_is_ended_leaves_nothing(aside, tmp_path):
    began = tmp_path / "began"
    os.mkfifo(began)

    def work(folder):
        with began.open("w") as pipe:
            pipe.write(str(folder))
        signal.pause()

    apart = finishing.Apart(aside, lambda: None)
    apart.start(work)
    folder = Path(began.read_text())
    assert folder.is_dir()
    assert apart.is_busy
    apart.stop()
    assert not apart.is_busy
    apart.close()
    assert not folder.exists()


def test_work_that_the_system_ends_is_over_all_the_same(aside):
    ended = threading.Event()
    apart = finishing.Apart(aside, ended.set)
    apart.start(lambda folder: os.kill(os.getpid(), signal.SIGKILL))
    assert ended.wait(30)
    assert apart.take()[1] == finishing.Rest([])


# The command


def test_serve_shows_changes_starts_again_and_ends_without_a_trace(tmp_path, tmp_path_factory):
    """The command as it is used: look, edit, look again, change the code, stop."""
    built = copy_of(built_once(tmp_path_factory.getbasetemp()), tmp_path / "project")
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

        page = wait_for("visas på").split()[3].rstrip(".") + PAGE
        text = get(page)[1]
        assert "Lugnare trafik" in text
        write(built, PLEDGE, THREE[PLEDGE].replace("Lugnare", "Saktare"))
        wait(page, mark_of(text))
        assert "Saktare trafik" in get(page)[1]
        write(built, "hooks/mkdocs_entry.py", (built / "hooks/mkdocs_entry.py").read_text("utf-8") + "\n")
        wait_for("startar om")
        page = wait_for("visas på").split()[3].rstrip(".") + "provstad/"
        assert get(page)[0] == 200
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate()
        guard.cancel()
    assert (process.returncode, err) == (0, "")
