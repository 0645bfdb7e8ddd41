"""What the preview hands out, to whom, and what it does to pages on their way."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest

from teiwright.cli import rebuilding
from teiwright.cli.rebuilding import Built, Rebuilder, only_texts
from teiwright.cli.serving import output_of
from teiwright.serving import Board, Server, snapshot, watched

PAGE = (
    '<!DOCTYPE html><html lang="en"><head>'
    '<meta http-equiv="Content-Security-Policy" content="{}"><title>A letter</title></head><body></body></html>'
)
STRICT = "default-src 'none'; style-src 'sha256-x'; base-uri 'none'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out/html/search").mkdir(parents=True)
    (tmp_path / "out/html/index.html").write_text(PAGE.format(STRICT))
    (tmp_path / "out/html/search/index.html").write_text(PAGE.format(f"{STRICT}; script-src 'self'"))
    (tmp_path / "out/a.xml").write_text("<TEI/>")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "out/html/leak.txt").symlink_to(tmp_path / "secret.txt")
    return tmp_path / "out"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with Server(folder, Board()) as made:
        Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        yield made
        made.shutdown()


def ask(server: Server, path: str, method: str = "GET", host: str = "") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def test_a_file_is_served_with_its_type(server):
    status, headers, data = ask(server, "/a.xml")
    assert (status, headers["content-type"], data) == (200, "application/xml; charset=utf-8", b"<TEI/>")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "localhost:1", "127.0.0.1.example.org:80"])
def test_who_calls_it_by_another_name_gets_nothing(server, host):
    assert ask(server, "/html/index.html", host=host)[::2] == (421, b"")


@pytest.mark.parametrize(
    "path",
    [
        *("/../secret.txt", "/html/../../secret.txt", "/%2e%2e/secret.txt", "/html/..%2f..%2fsecret.txt"),
        *("//secret.txt", "/html/leak.txt", "/..\\secret.txt", "/a.xml%00.html", "/etc/passwd", "/html/missing.html"),
    ],
)
def test_nothing_outside_the_folder_is_served(server, path):
    status, _, data = ask(server, path)
    assert status == 404
    assert b"secret" not in data


def test_it_listens_to_this_machine_alone(server):
    assert server.server_address[0] == "127.0.0.1"


def test_a_page_gets_the_script_on_its_way_and_stays_as_it_is_on_the_disk(server, folder):
    before = (folder / "html/index.html").read_bytes()
    page = ask(server, "/html/index.html")[2].decode()
    assert '<script src="/.teiwright/reload.js" data-version="0" defer></script></head>' in page
    assert (folder / "html/index.html").read_bytes() == before


@pytest.mark.parametrize(("path", "scripts"), [("/html/index.html", ""), ("/html/search/index.html", "'self' ")])
def test_the_policy_of_a_page_allows_that_script_and_nothing_else_besides(server, path, scripts):
    page = ask(server, path)[2].decode()
    ours = f"http://127.0.0.1:{server.server_port}/.teiwright"
    policy = page.partition('content="')[2].partition('"')[0]
    assert policy == f"{STRICT}; script-src {scripts}{ours}/reload.js; connect-src {ours}/notices"


def test_a_folder_leads_to_its_index(server):
    assert ask(server, "/")[1]["location"] == "/html/index.html"
    assert ask(server, "/html/search")[1]["location"] == "/html/search/"
    assert ask(server, "/html/search/")[0] == 200


def test_a_page_that_is_not_there_yet_waits_for_it(server):
    status, _, data = ask(server, "/html/later.html")
    assert status == 404
    assert b"reload.js" in data


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(server, method):
    assert ask(server, "/html/index.html", method)[0] == 501


def test_only_the_head_is_sent_when_only_that_is_asked_for(server):
    status, headers, data = ask(server, "/a.xml", "HEAD")
    assert (status, headers["content-length"], data) == (200, "6", b"")


def test_who_waits_is_told_of_builds_and_what_is_wrong_with_them(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", "/.teiwright/notices")
    stream = connection.getresponse()

    def told() -> dict[str, object]:
        line = stream.readline()
        stream.readline()
        return json.loads(line.removeprefix(b"data: "))

    assert told() == {"version": 0, "building": False, "trouble": ""}
    server.board.begun()
    assert told()["building"] is True
    server.board.ended("error in a letter", changed=False)
    assert told() == {"version": 0, "building": False, "trouble": "error in a letter"}
    server.board.ended("", changed=True)
    assert told() == {"version": 1, "building": False, "trouble": ""}
    connection.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "tei").mkdir()
    (tmp_path / "texts/a.txt").write_text("A letter.")
    (tmp_path / "persons.xml").write_text("<TEI/>")
    file = tmp_path / "teiwright.toml"
    (tmp_path / "xslt").mkdir()
    file.write_text('sources = ["texts"]\nstylesheets = "xslt"\n[authority]\npersons = "persons.xml"\n')
    return file


@pytest.mark.parametrize(
    "name",
    [
        *("texts/a.txt", "texts/new.txt", "texts/a.toml", "texts/a.decisions.csv", "texts/decisions.csv"),
        *("tei/a.xml", "persons.xml", "teiwright.toml", "xslt/html.xsl"),
    ],
)
def test_each_file_that_an_edition_is_made_of_is_watched(project, name):
    before = snapshot(*watched(project))
    path = project.parent / name
    text = path.read_text() if path.exists() else ""
    path.write_text(f"{text} ")
    assert snapshot(*watched(project)) != before


def test_what_a_build_makes_is_not_watched(project):
    before = snapshot(*watched(project))
    (project.parent / "out/html").mkdir(parents=True)
    (project.parent / "out/html/a.html").write_text("made")
    assert snapshot(*watched(project)) == before


def test_a_project_file_that_is_broken_is_watched_until_it_is_mended(project):
    project.write_text("sources = [")
    broken = snapshot(*watched(project))
    assert list(broken) == [str(project)]
    project.write_text('sources = ["texts"]\n')
    assert snapshot(*watched(project)) != broken


def test_a_folder_that_leads_into_itself_is_looked_at_once(tmp_path):
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "a.xml").write_text("<TEI/>")
    assert str(tmp_path / "a.xml") in snapshot(tmp_path)


@pytest.mark.parametrize(
    ("name", "only"),
    [
        *(("texts/a.txt", True), ("texts/new.txt", True), ("texts/a.decisions.csv", True), ("tei/a.xml", True)),
        *(("persons.xml", False), ("teiwright.toml", False), ("xslt/html.xsl", False)),
    ],
)
def test_what_is_loaded_once_is_loaded_anew_if_it_changes(project, name, only):
    assert only_texts(project, [project.parent / name]) is only


def test_a_process_that_keeps_what_it_loaded_builds_texts_and_one_that_died_is_replaced(project, monkeypatch):
    done = []
    monkeypatch.setattr(rebuilding, "Processes", lambda *_, **__: ThreadPoolExecutor(1))
    monkeypatch.setattr(rebuilding, "_learn", lambda _: done.append("learnt"))
    monkeypatch.setattr(rebuilding, "_run_here", lambda _: done.append("here") or Built(0, "", ""))
    monkeypatch.setattr(rebuilding, "_run_apart", lambda *_: done.append("apart") or Built(0, "", ""))
    rebuilder, text = Rebuilder(project, None), project.parent / "texts/a.txt"
    for changed in ([text], [text], [project], [text]):
        rebuilder.build(changed)
    assert done == ["apart", "learnt", "here", "apart", "learnt", "here"]

    monkeypatch.setattr(rebuilding, "_run_here", lambda _: exec("raise RuntimeError('died')"))  # noqa: S102 (ours)
    rebuilder.build([text])
    rebuilder.end()
    assert done[6] == "apart"


def test_it_says_what_a_build_says(project):
    (project.parent / "persons.xml").unlink()
    built = rebuilding._run_here(("build", "--project", str(project.parent), "--jobs", "0"))
    assert (built.code, "persons.xml" in built.errors) == (2, True)


def test_where_the_edition_is_made_may_be_changed_while_it_is_served(project):
    out = project.parent / "out"
    assert output_of(project, Path("before")) == out.resolve()
    project.write_text('output = "public"\n' + project.read_text())
    assert output_of(project, out) == (project.parent / "public").resolve()
    project.write_text("output = ")
    assert output_of(project, out) == out
