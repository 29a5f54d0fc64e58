"""Replies that come piece by piece: put together, heard as they come, and told from those that were cut."""

import json

import pytest

from vidgist.engines import _faults, _streams
from vidgist.engines._streams import Cut, Listener


def piece(**delta: object) -> str:
    return f"data: {json.dumps({'choices': [{'index': 0, 'delta': delta}]})}\n\n"


def end(reason: str = "stop") -> str:
    return f"data: {json.dumps({'choices': [{'index': 0, 'delta': {}, 'finish_reason': reason}]})}\n\n"


def said(text: str) -> tuple[object, object, object]:
    """Content, reason and usage of a stream."""
    whole = _streams.joined(text)
    assert isinstance(whole, dict)
    choice = whole["choices"][0]
    return choice["message"].get("content"), choice["finish_reason"], whole.get("usage")


HELLO = piece(role="assistant") + piece(content="Hel") + piece(content="lo")
USAGE = {"prompt_tokens": 3, "completion_tokens": 2}


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        (HELLO + end() + "data: [DONE]\n\n", "stop"),
        (HELLO + end(), "stop"),
        (HELLO + "data: [DONE]\n\n", None),
        (": OPENROUTER PROCESSING\n\n" + HELLO + ": ping\n\n" + end("length"), "length"),
        ("retry: 3000\n" + HELLO + end(), "stop"),
        ("\ufeff" + HELLO + end(), "stop"),
        ((HELLO + end()).replace("\n", "\r\n"), "stop"),
        ((HELLO + end()).replace("data: ", "data:"), "stop"),
        ((HELLO + end()).replace("data: ", "event: message\nid: 7\ndata: "), "stop"),
        (HELLO + piece(content=None) + piece(content="", refusal=None) + end() + "data: {}\n\n", "stop"),
        (HELLO + end() + "data: not json\n\ndata: [DONE]\n\n", "stop"),
        ((HELLO + end()).rstrip("\n"), "stop"),
        (HELLO + end() + f"data: {json.dumps({'choices': [], 'usage': None})}\n\n", "stop"),
        (piece(content=[{"type": "text", "text": "Hello"}]) + end(), "stop"),
        (f"data: {json.dumps({'choices': [{'text': 'Hello', 'finish_reason': 'stop'}]})}\n\n", "stop"),
        (
            HELLO
            + f"data: {json.dumps({'choices': [{'index': 1, 'delta': {'content': 'other'}}]})}\n\n"
            + end(),
            "stop",
        ),
    ],
)
def test_a_stream_is_read_however_it_is_framed(stream: str, reason: str | None) -> None:
    assert _streams.is_stream(stream)
    assert said(stream)[:2] == ("Hello", reason)


def test_the_usage_is_that_of_the_last_count() -> None:
    counted = f"data: {json.dumps({'choices': [], 'usage': USAGE})}\n\n"
    assert said(HELLO + end() + counted + "data: [DONE]\n\n")[2] == USAGE


@pytest.mark.parametrize("stream", [HELLO, "", ": ping\n\n", HELLO + 'data: {"choi', piece(role="assistant")])
def test_a_stream_without_an_end_was_cut(stream: str) -> None:
    with pytest.raises(Cut):
        _streams.joined(stream)


@pytest.mark.parametrize("error", [{"error": {"message": "boom"}}, {"error": "boom"}])
def test_an_error_in_a_stream_is_what_came_of_it(error: dict[str, object]) -> None:
    assert _streams.joined(f"{HELLO}data: {json.dumps(error)}\n\n") == error


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        (
            HELLO + 'data: {"choices": [{"delta": {"content": ""}, "finish_reason": "error", '
            '"error": {"code": 502, "message": "Upstream idle timeout"}}]}\n\ndata: [DONE]\n\n',
            "Upstream idle timeout",
        ),
        ('data: {"detail": "Internal server error"}\n\n', "Internal server error"),
        ('event: error\ndata: {"status": "error", "message": "quota exceeded"}\n\n', "quota exceeded"),
    ],
)
def test_an_error_keeps_its_words_wherever_a_stream_has_it(stream: str, words: str) -> None:
    fault = _faults.in_answer({}, _streams.joined(stream))
    assert fault is not None
    assert fault.message == words


def test_a_message_beside_a_reply_is_no_error() -> None:
    assert said('data: {"message": "hello from the gateway"}\n\n' + HELLO + end()) == ("Hello", "stop", None)


def test_thoughts_are_put_together_apart() -> None:
    whole = _streams.joined(piece(reasoning_content="hm ") + piece(reasoning_content="so") + HELLO + end())
    assert isinstance(whole, dict)
    assert whole["choices"][0]["message"] == {"reasoning_content": "hm so", "content": "Hello"}


@pytest.mark.parametrize("body", ['{"choices": []}', "<html>", "", "database", '["data: x"]'])
def test_what_is_no_stream(body: str) -> None:
    assert not _streams.is_stream(body)


@pytest.mark.parametrize("size", [1, 2, 7, 64, 10_000])
@pytest.mark.parametrize("thoughts", [False, True])
def test_pieces_are_heard_wherever_the_bytes_are_cut(size: int, thoughts: bool) -> None:
    body = (piece(reasoning_content="hm") + HELLO + piece(content="…") + end() + "data: [DONE]\n\n").encode()
    heard: list[str] = []
    listener = Listener(heard.append, thoughts=thoughts)
    for at in range(0, len(body), size):
        listener.feed(body[at : at + size])
    assert heard == [*(["hm"] if thoughts else []), "Hel", "lo", "…"]


def test_lines_of_ollama_are_heard_too() -> None:
    heard: list[str] = []
    listener = Listener(heard.append)
    for text in ("Hel", "lo"):
        line = {"message": {"role": "assistant", "content": text}, "done": False}
        listener.feed(json.dumps(line).encode() + b"\n")
    assert heard == ["Hel", "lo"]
