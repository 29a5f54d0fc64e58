import io
import json
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.doubles.answering import Scripted, reply
from tests.unit.archive.folders import write
from tests.unit.archive.test_answers import HITS
from vidgist import Settings
from vidgist.archive import ask, model
from vidgist.archive.answers import Asked, AskResult, Sentence
from vidgist.archive.index import Index
from vidgist.archive.streaming import Sentences, StreamingEngine
from vidgist.models import Message, Reply, Request
from vidgist.ui import answers as shown

TEXT = reply(
    [
        {"text": "It cost 14 million crowns.", "passages": [1], "quote": 'a "quote" ] {'},
        {"text": "It cost 99 million crowns.", "passages": [1], "quote": ""},
        {"text": "Bakers in Lyon wait for two days.", "passages": [2], "quote": ""},
    ]
)
STAND = ["It cost 14 million crowns.", "Bakers in Lyon wait for two days."]


def told(*pieces: str) -> list[str]:
    heard: list[str] = []
    live = Sentences(HITS, Asked(question="?"), lambda one: heard.append(one.text))
    for piece in pieces:
        live.feed(piece)
    return heard


def test_sentences_are_shown_as_they_become_whole() -> None:
    assert told(*TEXT) == STAND
    assert told(TEXT) == STAND
    middle = TEXT.index("99")
    assert told(TEXT[:middle]) == STAND[:1]


def test_what_is_no_answer_is_not_shown() -> None:
    assert told("The bridge ", '{"other": [{"text": "x"}]}', '{"answer": [{"text": ') == []
    assert told(json.dumps({"answer": ["plain"], "missing": "{x}"})) == []


class Telling(Scripted):
    def stream(self, request: Request, heard: object) -> Reply:
        made = self.complete(request)
        for letter in made.text:
            heard(letter)  # type: ignore[operator]
        return made


def test_the_next_reply_alone_is_heard() -> None:
    engine = StreamingEngine(Telling(TEXT, TEXT, TEXT))
    request = Request(messages=(Message(role="user", content="?"),))
    heard: list[str] = []
    with engine.heard(heard.append):
        engine.complete(request)
        engine.complete(request)
    engine.complete(request)
    assert "".join(heard) == TEXT


def test_what_was_told_is_not_told_again() -> None:
    first, second = (Sentence(text=text, passages=(1,)) for text in STAND)
    result = AskResult(question="?", sentences=(first, second), passages=HITS, model="openai:double")
    stream = io.StringIO()
    shown.show(result, stream, [first])
    assert STAND[0] not in stream.getvalue().split("1.")[0]
    assert STAND[1] in stream.getvalue()
    stream = io.StringIO()
    shown.show(result, stream, [second])
    assert "Put right:" in stream.getvalue()
    assert STAND[0] in stream.getvalue()


class _Server(BaseHTTPRequestHandler):
    """Streams one answer, a few letters an event, as chat servers do."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for at in range(0, len(SAID), 7):
            piece = {
                "choices": [{"index": 0, "delta": {"content": SAID[at : at + 7]}, "finish_reason": None}]
            }
            self.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
        last = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": None}
        self.wfile.write(f"data: {json.dumps(last)}\n\ndata: [DONE]\n\n".encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


SAID = reply([{"text": "The Halden bridge cost 14 million crowns.", "passages": [1, 2, 3], "quote": ""}])


def test_a_server_that_streams_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    address = f"http://127.0.0.1:{server.server_port}/v1"
    settings = Settings(model="openai:double", base_url=address, state=tmp_path / "state")
    heard: list[Sentence] = []
    try:
        with closing(Index(write(tmp_path / "notes"))) as index:
            index.refresh()
            with model.opened(settings, lambda _: None) as (language_model, _):
                made = ask.answer(
                    index, "What did the Halden bridge cost?", language_model, show=heard.append
                )
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert made.says
    assert tuple(heard) == made.sentences
