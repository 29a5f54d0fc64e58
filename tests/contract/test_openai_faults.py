"""What goes wrong with OpenAI-compatible servers, and what the engine makes of it."""

import itertools
from collections.abc import Iterator

import openai as library
import pytest

from tests.doubles.client import ASKED, FREE, closed, engine  # noqa: F401 (closed is a fixture)
from tests.doubles.engine import Kept
from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from vidgist.config import Settings, providers
from vidgist.engines import _addresses, _clients, _transport_errors, openai
from vidgist.engines._credentials import Key
from vidgist.engines._transport_errors import Place
from vidgist.errors import (
    BadCredentials,
    BadReply,
    ItemError,
    QuotaExhausted,
    RunError,
    TooLong,
    Transient,
    VidgistError,
)
from vidgist.models import Request


@pytest.fixture
def memory() -> Kept:
    return Kept()


def failure(server: Llm, memory: Kept, request: Request = ASKED) -> VidgistError:
    with pytest.raises((ItemError, RunError)) as caught:
        engine(server, memory).complete(request)
    return caught.value


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ("rate_limit", Transient, "rate_limit"),
        ("server_error", Transient, "server_error"),
        ("overloaded", Transient, "overloaded"),
        ("reset", Transient, "network"),
        ("truncated", Transient, "network"),
        ("not_json", Transient, "bad_response"),
        ("broken_json", Transient, "bad_response"),
        ("error_in_200", Transient, "server_error"),
        ("empty", Transient, "bad_response"),
        ("quota", QuotaExhausted, "quota"),
        ("auth", BadCredentials, "bad_credentials"),
        ("no_model", RunError, "no_model"),
        ("context_length", TooLong, "too_long"),
        ("bad_request", BadReply, "bad_request"),
    ],
)
def test_each_fault_is_an_error_that_names_the_host(
    fault: str, kind: type[VidgistError], code: str, memory: Kept
) -> None:
    with Llm(rules=[Rule(fault)]) as server:
        error = failure(server, memory)
        assert type(error) is kind
        assert error.code == code
        assert str(error).startswith(f"127.0.0.1:{server.port}: ")
        assert error.__cause__ is not None or fault == "error_in_200"


@pytest.mark.parametrize(
    ("fault", "finish"), [("refusal", "refusal"), ("content_filter", "refusal"), ("length", "length")]
)
def test_a_reply_that_is_none_says_why(fault: str, finish: str, memory: Kept) -> None:
    with Llm(rules=[Rule(fault)]) as server:
        assert engine(server, memory).complete(ASKED).finish == finish
        assert len(server.chats) == 1


def test_a_wish_to_wait_is_passed_on_and_obeyed(memory: Kept) -> None:
    for fault in ("rate_limit", "server_error"):
        with Llm(rules=[Rule(fault, retry_after=7)]) as server:
            error = failure(server, memory)
            assert isinstance(error, Transient)
            assert error.retry_after == 7
            assert len(server.chats) == 1


def test_a_server_that_does_not_answer_is_a_timeout(memory: Kept) -> None:
    with Llm(rules=[Rule("hang")]) as server, pytest.raises(Transient) as caught:
        engine(server, memory, timeout=0.1).complete(ASKED)
    assert caught.value.code == "timeout"


def test_a_reply_without_an_end_is_a_timeout(memory: Kept) -> None:
    """Each look at the clock is a second later, however fast the bytes come."""
    looks = itertools.count()
    with Llm(rules=[Rule("trickle")]) as server:
        settings = Settings(base_url=server.base_url, timeout=3)
        row, address = providers.table()["openai"], _addresses.read(server.base_url)
        made = openai.OpenAI(
            settings, "double", memory, row, address, Key("", ""), lambda: float(next(looks))
        )
        with pytest.raises(Transient) as caught:
            made.complete(ASKED)
    assert caught.value.code == "timeout"
    assert str(caught.value) == f"127.0.0.1:{server.port}: no end of the reply after 3 seconds"


def test_a_reply_without_a_measure_is_given_up(memory: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_clients, "MOST_BYTES", 3_000_000)
    with Llm(rules=[Rule("flood")]) as server, pytest.raises(Transient, match="more than 3 MB") as caught:
        engine(server, memory).complete(ASKED)
    assert caught.value.code == "too_large"


def test_a_packed_reply_is_unpacked(memory: Kept) -> None:
    with Llm(packed=True) as server:
        assert engine(server, memory).complete(ASKED).finish == "stop"


def test_a_server_that_is_not_there_is_unreachable(memory: Kept) -> None:
    with Llm() as server:
        made = engine(server, memory)
    with pytest.raises(Transient) as caught:
        made.complete(ASKED)
    assert caught.value.code == "unreachable"
    assert "base-url" in caught.value.hint


def test_a_wrong_path_is_told_apart_from_a_wrong_model(llm: Llm, memory: Kept) -> None:
    made = openai.create(Settings(base_url=llm.base_url.removesuffix("/v1") + "/api"), "m", memory)
    with pytest.raises(RunError) as caught:
        made.complete(ASKED)
    assert caught.value.code == "no_endpoint"


@pytest.mark.parametrize("status", [400, 401, 500])
def test_a_key_in_an_error_is_masked(status: int, memory: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "very-secret-key")
    said = "The key very-secret-key or sk-abcdefghijklmnop is wrong."
    with Llm(rules=[Rule("auth", status=status, message=said)]) as server:
        error = failure(server, memory)
    assert "very-secret-key" not in str(error)
    assert "abcdefghijklmnop" not in str(error)
    assert "***" in str(error)


def test_words_of_a_server_reach_a_person_on_one_printable_line(memory: Kept) -> None:
    with Llm(rules=[Rule("bad_request", message="\x1b[31mred\x1b[0m\n\n" + "x" * 1_000)]) as server:
        said = str(failure(server, memory, FREE))
    assert said.isprintable()
    assert len(said) < 300


def test_every_exception_of_the_library_has_a_meaning_of_its_own() -> None:
    def all_kinds(kind: type[Exception]) -> Iterator[type[Exception]]:
        for below in kind.__subclasses__():
            yield below
            yield from all_kinds(below)

    unknown = _transport_errors.meaning(library.OpenAIError)
    fallback = unknown("", "", Place("host")).code
    kinds = {kind for kind in all_kinds(library.OpenAIError) if kind.__module__.startswith("openai")}
    assert len(kinds) > 15
    deliberate = {"APIRemovedInV1", "_AmbiguousModuleClientUsageError"}
    for kind in kinds:
        error = _transport_errors.meaning(kind)("said", "None", Place("host"))
        assert isinstance(error, VidgistError)
        assert error.code != fallback or kind.__name__ in deliberate, f"{kind.__name__} is not mapped"
    with pytest.raises(TypeError):
        _transport_errors.meaning(ValueError)
