"""A bucket at moto's server: the S3 protocol as others read it, in a process of its own on this machine."""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from defusedxml import ElementTree

_SERVE = """
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
print(server.port, flush=True)
server.serve_forever()
"""
_SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
}
"""Moto looks whether there is a signature, not at it."""

_NAMES = "{http://s3.amazonaws.com/doc/2006-03-01/}"


class Moto:
    """One bucket named ``notes``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._ask("PUT", "")

    @property
    def objects(self) -> dict[str, bytes]:
        """All that lies in the bucket, by key."""
        listed = ElementTree.fromstring(self._ask("GET", "?list-type=2"))
        keys = [str(found.text) for found in listed.iter(f"{_NAMES}Key")]
        return {key: self._ask("GET", f"/{quote(key)}") for key in keys}

    def _ask(self, method: str, path: str) -> bytes:
        asked = urllib.request.Request(f"{self.url}/notes{path}", headers=_SIGNED, method=method)
        with urllib.request.urlopen(asked, timeout=120) as answer:
            body: bytes = answer.read()
        return body


@contextmanager
def serve() -> Iterator[Moto]:
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield Moto(f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.kill()
