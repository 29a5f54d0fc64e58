"""A web server for people you trust: GET /?url=https://... or POST a text, with ?seconds=30."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from vidgist import Cancelled, Client, OutOfTime, Settings, Transcript, VidgistError, render


def server(client: Client, port: int, cancel: threading.Event) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = self.asked("url")
            if url.startswith(("https://", "http://")):  # anything else may be a file of this machine
                self.summarize(url)
            else:
                self.send_error(400, "say ?url=https://...")

        def do_POST(self) -> None:
            text = self.rfile.read(min(int(self.headers["Content-Length"] or 0), 2_000_000))
            self.summarize(Transcript.untimed(text.decode("utf-8", "replace")))

        def summarize(self, what: str | Transcript) -> None:
            seconds = min(float(self.asked("seconds") or 60), 300)
            try:
                note = client.summarize(what, deadline=seconds, cancel=cancel)
            except VidgistError as error:
                is_late = isinstance(error, OutOfTime | Cancelled)
                self.send_error(504 if is_late else 502, error.code, f"{error}; {error.hint}")
            else:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(render(note, "json").encode())

        def asked(self, name: str) -> str:
            return dict(parse_qsl(urlsplit(self.path).query)).get(name, "")

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    stop = threading.Event()
    with Client(Settings(pace=2)) as opened, server(opened, int((*sys.argv, "8000")[1]), stop) as web:
        try:
            web.serve_forever()
        finally:
            stop.set()
