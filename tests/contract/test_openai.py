"""The engine for OpenAI-compatible servers, against a loopback double of many of them."""

import itertools
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.doubles.client import ASKED, FREE, MESSAGES, SCHEMA, closed, engine  # noqa: F401 (closed is a fixture)
from tests.doubles.engine import Kept
from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from tests.doubles.shapes import SHAPES, Shape
from vidgist.config import Settings
from vidgist.engines import _replies, openai
from vidgist.errors import BadReply, ConfigError, MissingKey, RunError, TooLong
from vidgist.llm.prompt_counts import PromptCounts
from vidgist.models import Message, Request
from vidgist.text import tokens

# -- creation


@pytest.fixture
def memory() -> Kept:
    return Kept()


def test_the_official_api_wants_a_key_before_any_network(memory: Kept) -> None:
    with pytest.raises(MissingKey):
        openai.create(Settings(), "gpt-5-nano", memory)


@pytest.mark.parametrize(
    "base_url", ["ftp://host/v1", "http://ho st/v1", "http://", "http://host:port/v1", "http://[::1"]
)
def test_a_base_url_that_is_none_is_refused(base_url: str, memory: Kept) -> None:
    with pytest.raises(ConfigError, match="base URL"):
        openai.create(Settings(base_url=base_url), "m", memory)


def test_without_a_name_openai_has_a_default_and_another_server_its_first_model(
    memory: Kept, llm: Llm, monkeypatch: pytest.MonkeyPatch
) -> None:
    llm.models = ("one", "two")
    assert openai.create(Settings(base_url=llm.base_url), "", memory).model == "openai:one"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    assert openai.create(Settings(), "", memory).model == "openai:gpt-5.4-mini"


def test_a_server_that_names_no_model_or_is_not_there_says_so(memory: Kept, llm: Llm) -> None:
    llm.listed = ()
    with pytest.raises(ConfigError, match="lists no model"):
        openai.create(Settings(base_url=llm.base_url), "", memory)
    with Llm() as gone:
        address = gone.base_url
    with pytest.raises(RunError, match="refused") as caught:
        openai.create(Settings(base_url=address), "", memory)
    assert caught.value.code == "unreachable"


def test_the_first_model_of_a_server_that_is_loading_is_waited_for(
    memory: Kept, llm: Llm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai, "_PAUSE", 0.0)
    llm.loading = 3
    assert openai.create(Settings(base_url=llm.base_url), "", memory).model == "openai:double"
    monkeypatch.setattr(openai, "_PAUSE", 9.0)
    llm.loading = 3
    with pytest.raises(RunError, match="Loading model"):
        openai.create(Settings(base_url=llm.base_url, timeout=8), "", Kept())


def test_a_key_with_strange_characters_is_refused_without_showing_it(
    memory: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-geheimnis-ü")
    with pytest.raises(ConfigError) as caught:
        openai.create(Settings(), "m", memory)
    assert "geheimnis" not in str(caught.value)


def test_a_broken_transport_setting_is_a_configuration_error(
    memory: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "nonsense://127.0.0.1:9")
    with pytest.raises(ConfigError, match="HTTP_PROXY"):
        openai.create(Settings(base_url="http://models.example/v1"), "m", memory)
    monkeypatch.setenv("SSL_CERT_FILE", "/there/is/none")
    with pytest.raises(ConfigError, match="SSL_CERT_FILE names /there/is/none"):
        openai.create(Settings(base_url="https://127.0.0.1/v1"), "m", memory)


@pytest.mark.parametrize(
    ("base_url", "name", "setting", "window"),
    [
        ("", "gpt-4o-mini", 0, 128_000),
        ("", "gpt-99", 0, 128_000),
        ("", "gpt-4", 0, 8_192),
        ("http://localhost/v1", "anthropic/claude-sonnet-4", 0, 200_000),
        ("http://localhost/v1", "llama3.1", 0, 16_384),
        ("http://localhost/v1", "llama3.1", 4_096, 4_096),
    ],
)
def test_the_window_is_set_or_known_or_careful(
    base_url: str, name: str, setting: int, window: int, memory: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    made = openai.create(Settings(base_url=base_url, window=setting), name, memory)
    assert made.window == window
    assert made.model == f"openai:{name}"


# -- the call


def test_a_reply_has_text_usage_and_what_is_left(llm: Llm, memory: Kept) -> None:
    llm.rate = (10, 60.0)
    reply = engine(llm, memory).complete(ASKED)
    assert reply.finish == "stop"
    assert _replies.obeys(reply.text, SCHEMA)
    assert reply.usage.calls == 1
    assert reply.usage.input_tokens > 300
    assert reply.usage.output_tokens > 10
    assert reply.rate_limit is not None
    assert (reply.rate_limit.requests, reply.rate_limit.remaining_requests) == (10, 9)


def test_the_body_is_the_smallest_and_the_same_every_time(llm: Llm, memory: Kept) -> None:
    made = engine(llm, memory)
    made.complete(FREE)
    made.complete(ASKED)
    made.complete(ASKED)
    first, *others = [chat.body for chat in llm.chats]
    assert set(first) == {"model", "messages", "max_tokens", "stream", "stream_options"}
    assert (
        others[0]
        == others[1]
        == made.body(ASKED) | {"stream": True, "stream_options": {"include_usage": True}}
    )
    assert others[0]["response_format"]["json_schema"]["strict"] is True


def test_the_key_goes_to_the_server_and_a_server_without_one_gets_some(
    llm: Llm, memory: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(llm, memory).complete(FREE)
    monkeypatch.setenv("OPENAI_API_KEY", " mine\n")
    engine(llm, memory).complete(FREE)
    assert [chat.headers["authorization"] for chat in llm.chats] == ["Bearer none", "Bearer mine"]


def test_the_body_of_a_batch_line_is_read_like_an_answer(llm: Llm, memory: Kept) -> None:
    made = engine(llm, memory)
    _, answer = llm.complete_line(made.body(ASKED), 1)
    assert _replies.obeys(made.read(answer, ASKED).text, SCHEMA)


# -- the ladder


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_server_ends_in_an_obedient_reply_and_is_remembered(name: str, memory: Kept) -> None:
    with Llm(SHAPES[name]) as server:
        made = engine(server, memory)
        for _ in range(3):
            assert _replies.obeys(made.complete(ASKED).text, SCHEMA)
        settled = len(server.seen)
        made.complete(ASKED)
        engine(server, memory).complete(ASKED)
        engine(server, memory).complete(FREE)
        assert len(server.seen) == settled + 3


@pytest.mark.parametrize(
    ("name", "refused"),
    [("openai", 2), ("ollama", 1), ("deepseek", 3), ("plain", 4), ("openrouter", 0), ("litellm", 3)],
)
def test_a_lone_call_walks_each_step_once(name: str, refused: int, memory: Kept) -> None:
    with Llm(SHAPES[name]) as server:
        engine(server, memory).complete(ASKED)
        assert len(server.chats) == refused + 1


@pytest.mark.parametrize("name", ["openai", "deepseek", "plain"])
def test_calls_that_begin_together_follow_the_one_that_finds_the_way(name: str, memory: Kept) -> None:
    with Llm(SHAPES[name], latency=0.05) as server:
        made = engine(server, memory)
        with ThreadPoolExecutor(6) as pool:
            replies = list(pool.map(lambda _: made.complete(ASKED), range(6)))
        assert all(_replies.obeys(reply.text, SCHEMA) for reply in replies)
        refused = sum(count for status, count in server.statuses.items() if status != 200)
        assert refused <= 6 + 5


def test_a_slow_answer_to_the_leader_does_not_hold_the_others(
    memory: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vidgist.engines._abilities._GRACE", 0.02)
    slow = Rule("slow", nth=(3,), seconds=0.4)
    with Llm(SHAPES["ollama"], [slow]) as server:
        made = engine(server, memory)
        ask, both_are_refused, numbers = made._ladder._ask, threading.Barrier(2), itertools.count(1)

        def ask_at_once(body: dict[str, object]) -> tuple[object, Mapping[str, str]]:
            is_first = next(numbers) <= 2
            try:
                return ask(body)
            finally:
                if is_first:
                    both_are_refused.wait(60)

        monkeypatch.setattr(made._ladder, "_ask", ask_at_once)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: made.complete(ASKED), range(2)))
        assert server.statuses == {400: 2, 200: 2}


def test_one_chance_failure_does_not_lower_the_rung(memory: Kept) -> None:
    with Llm(rules=[Rule("server_error", nth=(1,))]) as server:
        made = engine(server, memory)
        assert _replies.obeys(made.complete(ASKED).text, SCHEMA)
        made.complete(ASKED)
        assert server.chats[-1].body["response_format"]["json_schema"]["strict"] is True
        assert memory.held == {}


def test_a_proven_way_is_not_left_for_a_refusal_without_reason(memory: Kept) -> None:
    with Llm(rules=[Rule("bad_request", nth=(2,))]) as server:
        made = engine(server, memory)
        made.complete(ASKED)
        with pytest.raises(BadReply) as caught:
            made.complete(ASKED)
        assert caught.value.code == "bad_request"
        assert len(server.chats) == 2


@pytest.mark.parametrize("fault", ["invalid_json", "wrong_schema"])
def test_a_model_that_never_obeys_costs_the_walk_only_once(fault: str, memory: Kept) -> None:
    with Llm(rules=[Rule(fault)]) as server:
        made = engine(server, memory)
        reply = made.complete(ASKED)
        assert reply.usage.calls == len(server.chats) == 5
        made.complete(ASKED)
        engine(server, memory).complete(ASKED)
        assert len(server.chats) == 7


@pytest.mark.parametrize("fault", ["reset", "bad_request"])
def test_a_heedless_reply_is_kept_when_the_search_for_a_better_one_fails(fault: str, memory: Kept) -> None:
    with Llm(rules=[Rule("wrong_schema", nth=(1,)), Rule(fault)]) as server:
        reply = engine(server, memory).complete(ASKED)
        assert reply.text == '{"unexpected": true}'
        assert reply.usage.calls == 1


def test_a_reply_that_is_cut_in_the_search_for_an_obedient_one_proves_nothing(memory: Kept) -> None:
    with Llm(rules=[Rule("wrong_schema", nth=(1,)), Rule("length", nth=(2,))]) as server:
        reply = engine(server, memory).complete(ASKED)
        assert (reply.finish, reply.usage.calls) == ("length", 2)
        assert memory.held == {}


def test_a_temperature_that_is_refused_is_left_out_from_then_on(memory: Kept) -> None:
    with Llm(Shape(unknown=frozenset({"temperature"}))) as server:
        made = engine(server, memory)
        made.complete(ASKED)
        made.complete(ASKED)
        assert ["temperature" in chat.body for chat in server.chats] == [True, False, False]


def test_a_server_that_knows_no_limit_of_tokens_gets_none(memory: Kept) -> None:
    with Llm(Shape(unknown=frozenset({"max_tokens", "max_completion_tokens"}))) as server:
        engine(server, memory).complete(FREE)
        assert not {"max_tokens", "max_completion_tokens"} & set(server.chats[-1].body)


def test_the_largest_reply_of_a_model_is_learnt(memory: Kept) -> None:
    with Llm(SHAPES["deepseek"]) as server:
        made = engine(server, memory)
        for _ in range(2):
            made.complete(Request(messages=MESSAGES, max_output_tokens=20_000))
        assert [chat.body["max_tokens"] for chat in server.chats] == [20_000, 8_192, 8_192]


def test_a_memory_that_cannot_be_read_is_found_out_anew(memory: Kept) -> None:
    with Llm(SHAPES["ollama"]) as server:
        engine(server, memory).complete(ASKED)
        (key,) = memory.held
        memory.held[key] = '{"rung": "stairs"}'
        engine(server, memory).complete(ASKED)
        assert server.statuses[400] == 2


# -- length


def test_a_reply_is_pressed_into_the_window_that_a_refusal_tells(memory: Kept) -> None:
    with Llm(Shape(window=2_000)) as server:
        made = engine(server, memory)
        assert made.complete(FREE).finish == "stop"
        assert made.window == 2_000
        assert len(server.chats) == 2
        made.complete(FREE)
        assert server.chats[-1].body["max_tokens"] < 2_000
        assert engine(server, memory).window == 2_000


def test_a_prompt_beyond_the_window_is_too_long_and_the_window_is_learnt(memory: Kept) -> None:
    long = Request(messages=(Message(role="user", content="kettle " * 4_000),))
    with Llm(Shape(window=2_000)) as server:
        made = engine(server, memory)
        with pytest.raises(TooLong):
            made.complete(long)
        assert made.window == 2_000


def test_a_context_that_is_cut_silently_shows_in_the_usage(memory: Kept) -> None:
    long = Request(messages=(Message(role="user", content="kettle " * 40_000),))
    with Llm(SHAPES["ollama"]) as server:
        made = engine(server, memory)
        counts = PromptCounts()
        assert counts.cut(long, made.complete(long)) == 16_384
        assert not counts.cut(ASKED, made.complete(ASKED))


def test_a_missing_usage_is_estimated(memory: Kept) -> None:
    with Llm(Shape(usage=False)) as server:
        usage = engine(server, memory).complete(ASKED).usage
        assert usage.input_tokens == tokens.of_request(ASKED)
        assert usage.output_tokens > 0


# -- threads


def test_one_client_serves_many_threads(llm: Llm, memory: Kept) -> None:
    made = engine(llm, memory)
    started = threading.Barrier(16)

    def ask(number: int) -> bool:
        started.wait()
        words = (Message(role="user", content=f"Number {number} is here. " * 30),)
        return f"Number {number} is here" in made.complete(Request(messages=words, schema_=SCHEMA)).text

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(16)))


def test_connections_are_closed_when_the_run_is_over(llm: Llm) -> None:
    unused, used = engine(llm, Kept()), engine(llm, Kept())
    used.complete(FREE)
    for made in (unused, used):
        made.close()
    assert used.client.is_closed()
