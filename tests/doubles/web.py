"""A small site on this machine: paths and what they answer, and what was asked for."""

import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

import pytest

__all__ = ["Page", "Web", "web"]


@dataclass(frozen=True)
class Page:
    """``keep``: the share of the body that is sent before the connection breaks off."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/plain"
    headers: dict[str, str] = field(default_factory=dict)
    keep: float = 1.0


class Web:
    """Serves from construction until it is closed. ``pages`` are by path; anything else is not found."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: Counter[str] = Counter()
        self._guard = threading.Lock()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = site.visit(self.path)
                self.send_response(page.status)
                headers = {"Content-Type": page.kind, "Content-Length": str(len(page.body)), **page.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(page.body[: int(len(page.body) * page.keep)])

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def visit(self, path: str) -> Page:
        with self._guard:
            self.asked[path] += 1
            return self.pages.get(path, Page(status=404))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as site:
        yield site
