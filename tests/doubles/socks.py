"""A SOCKS 5 proxy on this machine that leads every request to one server, whatever host is asked for."""

import contextlib
import socket
import socketserver
import threading
from typing import Self

__all__ = ["Socks"]


class Socks(socketserver.ThreadingTCPServer):
    """Serves from construction until it is closed; ``asked`` are the hosts and ports of its clients."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[tuple[str, int]] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"socks5h://127.0.0.1:{self.server_address[1]}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self


class _Handler(socketserver.BaseRequestHandler):
    server: Socks

    def handle(self) -> None:
        client: socket.socket = self.request
        _, count = client.recv(2)
        client.recv(count)
        client.sendall(b"\x05\x00")
        _, _, _, kind = client.recv(4)
        host = client.recv(client.recv(1)[0]).decode() if kind == 3 else socket.inet_ntoa(client.recv(4))
        self.server.asked.append((host, int.from_bytes(client.recv(2), "big")))
        client.sendall(b"\x05\x00\x00\x01" + bytes(6))
        with socket.create_connection(("127.0.0.1", self.server.port)) as site:
            threading.Thread(target=_pass, args=(client, site), daemon=True).start()
            _pass(site, client)


def _pass(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
