"""examples/web_server.py serves many threads from one client, each request with its deadline."""

import json
import runpy
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from tests.doubles.youtube import YouTube
from vidgist import Client, Settings
from vidgist.notes import document

pytestmark = [pytest.mark.unmeasured, pytest.mark.usefixtures("patient")]

EXAMPLE = Path(__file__).parents[2] / "examples" / "web_server.py"


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def port(llm: Llm, stop: threading.Event, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    server = runpy.run_path(str(EXAMPLE))["server"]
    settings = Settings(model="openai:double", base_url=llm.base_url, state=None, pace=0)
    with Client(settings) as client, server(client, 0, stop) as web:
        web.RequestHandlerClass.log_message = lambda *_: None
        thread = threading.Thread(target=web.serve_forever, args=(0.01,))
        thread.start()
        yield web.server_address[1]
        web.shutdown()
        thread.join()


def ask(port: int, method: str, target: str, body: str = "") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, target, body.encode())
    reply = connection.getresponse()
    told = reply.read().decode()
    connection.close()
    return reply.status, told


def test_eight_requests_at_once_get_a_note_each(port: int, llm: Llm) -> None:
    llm.together = 8
    answers: dict[int, tuple[int, str]] = {}

    def post(number: int) -> None:
        answers[number] = ask(port, "POST", "/", f"Talk {number}.\nA cold night makes dough strong.")

    threads = [threading.Thread(target=post, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[number][0] for number in range(8)] == [200] * 8, answers
    for number, (_, told) in answers.items():
        note = document.parse(told)
        assert note.transcript is not None
        assert note.transcript.text.startswith(f"Talk {number}.")
        assert note.summary.core_ideas


def test_a_request_that_takes_too_long_is_told_so_and_the_next_one_gets_the_answer(
    port: int, llm: Llm
) -> None:
    with llm.holding():
        status, told = ask(port, "POST", "/?seconds=0.1", "A cold night makes dough strong.")
    assert (status, "not done within 0.1 s" in told) == (504, True)
    assert ask(port, "POST", "/?seconds=60", "A cold night makes dough strong.")[0] == 200


def test_an_address_is_fetched_and_a_file_of_the_machine_is_not(port: int, youtube: YouTube) -> None:
    status, told = ask(port, "GET", "/?url=https://youtu.be/bread_talk1")
    assert (status, json.loads(told)["title"]) == (200, "Bread Without Yeast")
    for local in (EXAMPLE, f"file://{EXAMPLE}", "FILE:///etc/hosts", ""):
        assert ask(port, "GET", f"/?url={local}")[0] == 400
    assert ask(port, "GET", "/?url=http://127.0.0.1:9/talk.vtt")[0] == 502
    assert ask(port, "GET", "/?url=https://youtu.be/private_xxx")[0] == 502


def test_requests_under_way_end_when_the_server_stops(port: int, llm: Llm, stop: threading.Event) -> None:
    with llm.holding() as reached, ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask, port, "POST", "/", "A cold night makes dough strong.")
        assert reached.wait(60)
        stop.set()
        status, told = asking.result(60)
    assert (status, "cancelled" in told) == (504, True)


def test_it_is_forty_lines() -> None:
    lines = [line for line in EXAMPLE.read_text("utf-8").splitlines() if line.strip()]
    assert len(lines) <= 40
