"""The files of a built edition, served to this machine alone.

Nothing is written. The pages get, on their way to the browser, one script that waits for the next build;
their policy then allows that script and where it asks, and nothing else that it did not allow before.
"""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from teiwright.serving.board import Board, Notice

_SCRIPT = Path(__file__).with_name("reload.js")
_OURS = "/.teiwright/"
_HOME = "html/index.html"
_PATIENCE = 15.0
"""Seconds after which a silent stream says that it is there, so that one that nobody reads is noticed."""

_TYPES = {
    **{".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".txt": "text/plain"},
    **{".md": "text/markdown", ".csv": "text/csv", ".xml": "application/xml", ".json": "application/json"},
    **{".jsonl": "application/jsonl", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"},
    **{".pdf": "application/pdf", ".epub": "application/epub+zip", ".zip": "application/zip"},
    **{".rng": "application/xml", ".xsd": "application/xml", ".sch": "application/xml"},
}
_TEXTS = ("text/", "application/xml", "application/json")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
}
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_NOT_YET = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    "<title>Not there</title></head><body><main><h1>Not there</h1>"
    "<p>There is no such file in the edition, or not yet.</p></main></body></html>"
)


class Server(ThreadingHTTPServer):
    """Serves a folder on the loopback address; ``port`` 0 takes a free one."""

    daemon_threads = True

    def __init__(self, folder: Path, board: Board, port: int = 0) -> None:
        self.folder = folder.resolve()
        self.board = board
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names by which a browser may call it; no other, or pages of the web could read along."""
        return tuple(f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost"))

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://127.0.0.1:{self.server_port}/{_HOME}"

    def file(self, path: str) -> Path | None:
        """The file that a path of an address names, if it lies in the folder, wherever links lead."""
        if "\0" in path or "\\" in path:
            return None
        named = self.folder.joinpath(*(step for step in path.split("/") if step))
        file = named / "index.html" if named.is_dir() else named
        try:
            inside = file.resolve(strict=True).is_relative_to(self.folder)
        except (OSError, RuntimeError):
            return None
        return file if inside and file.is_file() else None


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "teiwright"
    sys_version = ""

    def do_GET(self) -> None:
        if self.headers.get("Host") not in self.server.hosts:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"", "text/plain")
            return
        path = unquote(urlsplit(self.path).path)
        if path == f"{_OURS}reload.js":
            self._send(HTTPStatus.OK, _SCRIPT.read_bytes(), "text/javascript")
        elif path == f"{_OURS}notices":
            self._notices()
        elif path == "/":
            self._redirect(f"/{_HOME}")
        else:
            self._file(path)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (http.server's name)
        """Nothing: the terminal shows what was built."""

    def _file(self, path: str) -> None:
        file = self.server.file(path)
        if file is None:
            self._send(HTTPStatus.NOT_FOUND, self._with_script(_NOT_YET), "text/html")
        elif file.name == "index.html" and not path.endswith(("/", "/index.html")):
            self._redirect(f"{quote(path)}/")
        else:
            kind = _TYPES.get(file.suffix.lower(), "application/octet-stream")
            data = file.read_bytes()
            if kind == "text/html":
                data = self._with_script(data.decode("utf-8", "replace"))
            self._send(HTTPStatus.OK, data, kind)

    def _with_script(self, page: str) -> bytes:
        """The page with the script that waits for the next build, and a policy that admits it."""
        origin = f"http://{self.headers['Host']}{_OURS}"
        page = _POLICY.sub(lambda m: f"{m[1]}{_admitting(m[2], origin)}{m[3]}", page, count=1)
        version = self.server.board.notice.version
        script = f'<script src="{_OURS}reload.js" data-version="{version}" defer></script>'
        return page.replace("</head>", f"{script}</head>", 1).encode()

    def _notices(self) -> None:
        """Server-sent events (HTML, 9.2): what holds now, then each change."""
        self._begin(HTTPStatus.OK, "text/event-stream")
        notice: Notice | None = self.server.board.notice
        number = -1
        try:
            while True:
                if notice is not None:
                    number = notice.number
                    said = {"version": notice.version, "building": notice.building, "trouble": notice.trouble}
                    self.wfile.write(f"data: {json.dumps(said)}\n\n".encode())
                else:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
                notice = self.server.board.after(number, _PATIENCE)
        except OSError:
            return  # the page was closed

    def _redirect(self, to: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self._begin(status, kind, len(data))
        if self.command != "HEAD":
            self.wfile.write(data)

    def _begin(self, status: HTTPStatus, kind: str, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()


def _admitting(policy: str, origin: str) -> str:
    """A policy that allows our script and where it asks, beside what it allowed."""
    directives = dict(one.strip().partition(" ")[::2] for one in policy.split(";") if one.strip())
    for name, source in (("script-src", f"{origin}reload.js"), ("connect-src", f"{origin}notices")):
        before = directives.get(name, "'none'")
        directives[name] = source if before == "'none'" else f"{before} {source}"
    return "; ".join(f"{name} {sources}".strip() for name, sources in directives.items())
