"""A web server that summarizes: GET /?url=https://youtu.be/... or POST a transcript, with ?seconds=30.

python examples/web_server.py [PORT]      one client for all threads, a deadline for each request
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from vidgist import Client, OutOfTime, Settings, Transcript, VidgistError, render

SITES = ("https://youtu.be/", "https://www.youtube.com/")
LARGEST = 2_000_000


def server(client: Client, port: int) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = self.query("url")
            if not url.startswith(
                SITES
            ):  # anything else could be a file or a server of this machine's network
                return self.answer(400, f"say ?url={SITES[0]}...")
            return self.summarize(url)

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            if size > LARGEST:
                return self.answer(413, "too long")
            return self.summarize(Transcript.untimed(self.rfile.read(size).decode("utf-8", "replace")))

        def summarize(self, what: str | Transcript) -> None:
            seconds = min(float(self.query("seconds") or 60), 300)
            try:
                self.answer(200, render(client.summarize(what, deadline=seconds), "json"))
            except OutOfTime as error:
                self.answer(504, f"{error}; {error.hint}")
            except VidgistError as error:
                self.answer(502, f"{error.code}: {error}")

        def query(self, name: str) -> str:
            return parse_qs(urlsplit(self.path).query).get(name, [""])[0]

        def answer(self, status: int, text: str) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(f"{text}\n".encode())

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    with Client(Settings(pace=2)) as opened, server(opened, int((*sys.argv, "8000")[1])) as web:
        web.serve_forever()
