import io
import json

from tests.doubles.answering import Scripted, reply
from tests.unit.archive.test_answers import HITS
from vidgist.archive.answers import AskResult, Sentence
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
    live = Sentences(HITS, "?", lambda one: heard.append(one.text))
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
