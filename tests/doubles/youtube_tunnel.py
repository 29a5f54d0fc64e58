"""An HTTPS proxy that ends TLS itself: what is asked inside the tunnel is answered by one function."""

import atexit
import base64
import contextlib
import functools
import http.server
import shutil
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import trustme

HOSTS = (
    "www.youtube.com",
    "m.youtube.com",
    "youtu.be",
    "consent.youtube.com",
    "manifest.googlevideo.com",
    "media.googlevideo.com",
    "framatube.org",
)


@dataclass(frozen=True)
class Request:
    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """``keep`` is the share of the body that is really sent; a negative one sends no answer at all."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    keep: float = 1.0


Answer = Callable[[Request], Reply]


@functools.cache
def certificates() -> tuple[ssl.SSLContext, Path]:
    """A throw-away authority and what it vouches for: the server's side, and the file for clients to trust."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    folder = tempfile.mkdtemp(prefix="loopback-youtube-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return context, path


class Tunnel(http.server.ThreadingHTTPServer):
    """Serves from construction until ``close``. ``plain`` answers what comes to the proxy itself."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, answer: Answer, plain: Answer, *, port: int = 0, credentials: str = "") -> None:
        self.answer, self.plain, self.credentials = answer, plain, credentials
        self.context, self.ca = certificates()
        self.refused: list[str] = []
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", port), _Proxy)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
        with self._guard:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def track(self, connection: socket.socket, *, is_open: bool) -> None:
        with self._guard:
            (self._open.add if is_open else self._open.discard)(connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error of a server."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Tunnel

    def log_message(self, *arguments: object) -> None:
        pass

    def request_of(self, host: str) -> Request:
        if hasattr(socket, "TCP_QUICKACK"):  # a client that sends head and body apart waits 40 ms otherwise
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return Request(self.command, host, self.path, dict(self.headers.items()), body)

    def reply(self, reply: Reply) -> None:
        self.close_connection = self.close_connection or reply.keep < 1
        if reply.keep < 0:
            return
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[: int(len(reply.body) * reply.keep)])
        self.wfile.flush()


class _Proxy(_Handler):
    """The outside: opens tunnels to the hosts that are played, and to no other."""

    def do_CONNECT(self) -> None:
        self.close_connection = True
        host = self.path.rpartition(":")[0]
        if self.server.credentials:
            wanted = base64.b64encode(self.server.credentials.encode()).decode()
            if self.headers.get("Proxy-Authorization") != f"Basic {wanted}":
                self.reply(Reply(407, headers={"Proxy-Authenticate": 'Basic realm="loopback"'}))
                return
        if host not in HOSTS:
            self.server.refused.append(host)
            self.reply(Reply(502))
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.wfile.flush()
        try:
            inside = self.server.context.wrap_socket(self.connection, server_side=True)
        except OSError:
            return
        self.server.track(inside, is_open=True)
        try:
            _Inside(inside, self.client_address, self.server, host)
        except OSError:
            pass
        finally:
            self.server.track(inside, is_open=False)
            with contextlib.suppress(OSError):
                inside.shutdown(socket.SHUT_RDWR)
            inside.close()

    def do_GET(self) -> None:
        self.reply(self.server.plain(self.request_of("")))

    do_POST = do_GET  # noqa: N815 (http.server's name)


class _Inside(_Handler):
    """The inside of a tunnel."""

    def __init__(self, inside: ssl.SSLSocket, client: object, server: Tunnel, host: str) -> None:
        self.host = host
        super().__init__(inside, client, server)

    def do_GET(self) -> None:
        self.reply(self.server.answer(self.request_of(self.host)))

    do_POST = do_GET  # noqa: N815 (http.server's name)
