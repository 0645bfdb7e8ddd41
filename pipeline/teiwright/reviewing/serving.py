"""The page of the review, served to this machine alone.

Nothing else on the machine, and no page of the web, can answer: the address holds a secret, the host
name must be this one, and an answer must come from the page itself.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from teiwright.diagnostics import TeiwrightError
from teiwright.naming.decisions import Scope, Verdict
from teiwright.reviewing.desk import Action, Desk, NotNowError
from teiwright.reviewing.questions import Question, Reading

_PAGE = Path(__file__).parent / "page"
_FILES = {
    "": ("index.html", "text/html; charset=utf-8"),
    "review.js": ("review.js", "text/javascript; charset=utf-8"),
    "review.css": ("review.css", "text/css; charset=utf-8"),
}
_LARGEST = 64 * 1024
_TAKEN, _NOT_TAKEN = "taken back", "the file was changed since; nothing is taken back"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Server(ThreadingHTTPServer):
    """Serves a desk on the loopback address; ``port`` 0 takes a free one."""

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.desk = desk
        self.secret = secrets.token_urlsafe(16)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names by which a browser may call it."""
        return tuple(f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost"))

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://127.0.0.1:{self.server_port}/{self.secret}/"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "teiwright"
    sys_version = ""

    def do_GET(self) -> None:
        name = self._asked()
        if name is None:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")
        elif name in _FILES:
            file, kind = _FILES[name]
            self._send(HTTPStatus.OK, (_PAGE / file).read_bytes(), kind)
        elif name.startswith("state/") or name == "state":
            self._state(name.partition("/")[2])
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def do_POST(self) -> None:
        name = self._asked()
        answer = self._answer()
        if name not in ("decide", "undo") or answer is None:
            self._send(HTTPStatus.BAD_REQUEST, b"", "text/plain")
            return
        desk = self.server.desk
        text = str(answer.get("text", ""))
        try:
            if name == "undo":
                self._state(text, said=_TAKEN if desk.undo() else _NOT_TAKEN)
            else:
                decision = desk.decide(_action(answer))
                self._state(text, said=f"{decision.verdict.value}: {decision.anchor.quote}")
        except NotNowError:
            self._state(text, HTTPStatus.CONFLICT, said="the files have changed; look again")
        except (KeyError, ValueError):
            self._send(HTTPStatus.BAD_REQUEST, b"", "text/plain")
        except TeiwrightError as error:
            self._state(text, HTTPStatus.CONFLICT, said=str(error))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (http.server's name)
        """Nothing: the terminal is the user's."""

    def _asked(self) -> str | None:
        """What is asked for, if it is asked by our page."""
        host, origin = self.headers.get("Host"), self.headers.get("Origin")
        ours = host in self.server.hosts and (origin is None or origin in {f"http://{h}" for h in self.server.hosts})
        _, secret, *rest = (self.path.split("?")[0] + "/").split("/", 2)
        if not ours or not secrets.compare_digest(secret.encode(), self.server.secret.encode()):
            return None
        return rest[0].strip("/") if rest else ""

    def _answer(self) -> Mapping[str, object] | None:
        length = self.headers.get("Content-Length", "")
        if self.headers.get("Content-Type") != "application/json" or not length.isdecimal() or int(length) > _LARGEST:
            return None
        try:
            answer = json.loads(self.rfile.read(int(length)))
        except ValueError:
            return None
        return answer if isinstance(answer, dict) else None

    def _state(self, name: str, status: HTTPStatus = HTTPStatus.OK, said: str = "") -> None:
        desk = self.server.desk
        known = name if name in desk.texts else next(iter(desk.texts))
        try:
            version, reading = desk.reading(known)
        except TeiwrightError as error:
            state: dict[str, Any] = {"texts": list(desk.texts), "text": known, "broken": str(error)}
        else:
            state = _state_of(reading) | {"texts": list(desk.texts), "text": known, "version": version}
        state |= {"said": said, "undo": desk.undoable}
        self._send(status, json.dumps(state, ensure_ascii=False).encode(), "application/json")

    def _send(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _action(answer: Mapping[str, object]) -> Action:
    given = {name: str(answer[name]) for name in ("text", "version", "question")}
    ref, becomes = (str(answer[name]) if answer.get(name) else None for name in ("ref", "becomes"))
    verdict, scope = Verdict(answer["verdict"]), Scope(answer.get("scope", "mention"))
    return Action(**given, verdict=verdict, scope=scope, ref=ref, becomes=becomes)


def _state_of(reading: Reading) -> dict[str, Any]:
    return {
        "paragraphs": [
            {"zone": p.zone, "runs": [[text, asked.id] if asked else [text] for text, asked in p.runs]}
            for p in reading.paragraphs()
        ],
        "questions": [_shown(question, reading) for question in reading.questions],
    }


def _shown(question: Question, reading: Reading) -> dict[str, Any]:
    mention = question.mention
    around = reading.passages.words_around(question.start, question.end)
    return {
        "id": question.id,
        "form": question.form,
        "before": around[0],
        "after": around[1],
        "kind": mention.kind.value,
        "ref": mention.ref,
        "certainty": mention.certainty.value if mention.certainty else "decided",
        "reason": mention.reason,
        "who": mention.who,
        "doubtful": question.doubtful,
        "decided": question.decided,
        "same": sum(q.form == question.form for q in reading.questions),
        "candidates": [{"id": c.id, "name": c.name, "facts": c.facts} for c in question.candidates],
    }
