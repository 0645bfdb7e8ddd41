"""The page answers to itself alone: not to other pages of the web, nor to other users of the machine."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from teiwright.naming.decisions import of_text
from teiwright.reviewing import Desk, Server

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def server(desk_of: Callable[[], Desk]) -> Iterator[Server]:
    with Server(desk_of()) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


Headers = dict[str, str]


def ask(server: Server, method: str, path: str, body: str = "", headers: Headers | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def state(server: Server) -> dict[str, object]:
    return dict(json.loads(ask(server, "GET", f"/{server.secret}/state")[1]))


def test_the_page_is_served_under_a_secret_address(server: Server) -> None:
    assert 200 == ask(server, "GET", f"/{server.secret}/")[0]
    assert 404 == ask(server, "GET", "/")[0]
    assert 404 == ask(server, "GET", "/secret/state")[0]
    assert 404 == ask(server, "GET", f"/{server.secret}/../questions.py")[0]


def test_it_listens_on_the_loopback_address_only(server: Server) -> None:
    assert "127.0.0.1" == server.server_address[0]


def test_another_host_name_is_refused(server: Server) -> None:
    assert 404 == ask(server, "GET", f"/{server.secret}/state", headers={"Host": "evil.example"})[0]


def decide(server: Server, headers: dict[str, str], **more: object) -> int:
    now = state(server)
    first = now["questions"][0]["id"]  # type: ignore[index]
    answer = {"text": now["text"], "version": now["version"], "question": first, "verdict": "reject"} | more
    return ask(server, "POST", f"/{server.secret}/decide", json.dumps(answer), headers)[0]


def test_an_answer_of_another_page_is_refused(server: Server, text: Path) -> None:
    assert 400 == decide(server, JSON | {"Origin": "http://evil.example"})
    assert 400 == decide(server, {"Content-Type": "text/plain"})
    assert not of_text(text).exists()


def test_an_answer_of_its_own_page_is_written_down(server: Server, text: Path) -> None:
    assert 200 == decide(server, JSON | {"Origin": f"http://127.0.0.1:{server.server_port}"})
    assert of_text(text).is_file()


@pytest.mark.parametrize("more", [{"verdict": "guess"}, {"scope": "world"}])
def test_what_is_no_answer_is_refused(server: Server, text: Path, more: dict[str, object]) -> None:
    assert 400 == decide(server, JSON, **more)
    assert not of_text(text).exists()


def test_an_answer_to_an_older_state_is_told_the_new_one(server: Server, text: Path) -> None:
    assert 409 == decide(server, JSON, version="old")
    assert not of_text(text).exists()
