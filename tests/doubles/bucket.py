"""A bucket on this machine: as much of the S3 protocol as putting, reading and deleting objects takes."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import unescape

_EMPTY = b'<?xml version="1.0"?><ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>'
_ERROR = b'<?xml version="1.0"?><Error><Code>%s</Code></Error>'


class Bucket:
    """One bucket named ``notes``; ``objects`` by key. ``refusal``: the status that all but listing gets."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.refusal = 0
        self.url = ""


@contextmanager
def serve() -> Iterator[Bucket]:
    bucket = Bucket()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path)
            if "list-type" in path.query:
                self._send(200 if path.path.strip("/") == "notes" else 404, _EMPTY)
            else:
                self._give()

        def do_HEAD(self) -> None:
            self._give()

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not self._is_refused():
                bucket.objects[self._key()] = body
                self._send(200, b"")

        def do_POST(self) -> None:
            """Delete the objects that are named."""
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if not self._is_refused():
                keys = re.findall("<Key>.*?</Key>", body)
                for key in keys:
                    bucket.objects.pop(unescape(key[5:-6]), None)
                deleted = "".join(f"<Deleted>{key}</Deleted>" for key in keys)
                self._send(200, f'<?xml version="1.0"?><DeleteResult>{deleted}</DeleteResult>'.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

        def _key(self) -> str:
            return unquote(urlsplit(self.path).path).removeprefix("/notes/")

        def _is_refused(self) -> bool:
            if bucket.refusal:
                self._send(bucket.refusal, _ERROR % b"AccessDenied")
            return bool(bucket.refusal)

        def _give(self) -> None:
            if self._is_refused():
                return
            body = bucket.objects.get(self._key())
            if body is None:
                self._send(404, _ERROR % b"NoSuchKey")
            else:
                self._send(200, body)

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", '"1"')
            self.send_header("Last-Modified", "Tue, 24 Nov 2026 10:00:00 GMT")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    bucket.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield bucket
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
