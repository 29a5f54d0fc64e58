"""What an HTTP error means, in the words of many servers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.engines import _error_map, _faults
from vidgist.errors import (
    BadCredentials,
    BadReply,
    ItemError,
    QuotaExhausted,
    Refused,
    RunError,
    TooLong,
    Transient,
    VidgistError,
)


def meaning(status: int, body: object, headers: dict[str, str] | None = None) -> VidgistError:
    text = body if isinstance(body, str) else json.dumps(body)
    return _error_map.translate(_faults.read(status, headers or {}, text), "host")


def said(message: str, **more: object) -> dict[str, object]:
    return {"error": {"message": message, **more}}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, said("This model's maximum context length is 4097 tokens.", code="context_length_exceeded")),
        (400, said("Your input exceeds the context window of this model.")),
        (400, said("You passed 9 input tokens. However, the model's context length is only 8 tokens.")),
        (400, said("the request exceeds the available context size", type="exceed_context_size_error")),
        (500, said("the request exceeds the available context size", code=500)),
        (400, said('This endpoint\'s maximum context length is 16384 tokens. Use "middle-out".', code=400)),
        (400, {"object": "error", "message": "Please reduce the length of the messages or completion."}),
        (400, {"error": "input length exceeds maximum context length"}),
        (413, "too big"),
        (429, said("Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 50000.")),
        (422, said("prompt is too long: 210000 tokens > 200000 maximum")),
    ],
)
def test_too_long_in_many_words(status: int, body: object) -> None:
    assert type(meaning(status, body)) is TooLong


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (401, said("Incorrect API key provided", code="invalid_api_key"), BadCredentials, "bad_credentials"),
        (403, "<html><title>403 Forbidden</title></html>", RunError, "no_endpoint"),
        (402, said("Insufficient Balance"), QuotaExhausted, "quota"),
        (429, said("You exceeded your current quota", code="insufficient_quota"), QuotaExhausted, "quota"),
        (429, said("Billing hard limit has been reached"), QuotaExhausted, "quota"),
        (429, said("Rate limit reached", code="rate_limit_exceeded"), Transient, "rate_limit"),
        (429, said("Too many tokens, please wait before trying again."), Transient, "rate_limit"),
        (408, "", Transient, "timeout"),
        (504, "<html><h1>Gateway Time-out</h1></html>", Transient, "timeout"),
        (524, "", Transient, "timeout"),
        (503, said("Loading model"), Transient, "loading"),
        (529, said("Overloaded"), Transient, "overloaded"),
        (500, said("The server had an error"), Transient, "server_error"),
        (502, "<html><body>Bad Gateway</body></html>", Transient, "server_error"),
        (409, "", Transient, "server_error"),
        (400, said("filtered", code="content_filter"), Refused, "refused"),
        (403, said("Your chosen model requires moderation and your input was flagged"), Refused, "refused"),
        (404, said("The model `x` does not exist", code="model_not_found"), RunError, "no_model"),
        (404, said('model "x" not found, try pulling it first'), RunError, "no_model"),
        (400, said("x is not a valid model ID"), RunError, "no_model"),
        (404, {"detail": "Not Found"}, RunError, "no_endpoint"),
        (405, {"detail": "Method Not Allowed"}, RunError, "no_endpoint"),
        (400, said("Something is wrong"), BadReply, "bad_request"),
        (418, "", BadReply, "bad_request"),
    ],
)
def test_each_answer_has_its_meaning(status: int, body: object, kind: type[VidgistError], code: str) -> None:
    error = meaning(status, body)
    assert (type(error), error.code) == (kind, code)
    assert str(error).startswith("host: ")


def test_an_echo_of_the_request_is_not_searched() -> None:
    detail = [{"loc": ["body", "stop"], "msg": "Extra inputs", "input": "insufficient_quota context length"}]
    error = meaning(422, {"detail": detail})
    assert (type(error), str(error)) == (BadReply, "host: body.stop: Extra inputs")


def test_the_wish_to_wait_comes_with_it() -> None:
    error = meaning(503, said("busy"), {"retry-after": "3"})
    assert isinstance(error, Transient)
    assert error.retry_after == 3


@pytest.mark.parametrize(
    ("body", "window"),
    [
        (said("This model's maximum context length is 16384 tokens. However, you requested 20000"), 16_384),
        (said("the model's context length is only 1024 tokens"), 1_024),
        (said("context window of 131,072 tokens"), 131_072),
        (said("exceeds the available context size", n_ctx=4096), 4_096),
        (said("Your input exceeds the context window of this model."), 0),
    ],
)
def test_the_window_that_is_told(body: object, window: int) -> None:
    assert _faults.window_told(_faults.read(400, {}, json.dumps(body))) == window


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"error": {"message": "x", "code": 429}}, 429),
        ({"error": {"message": "x", "code": "oops"}}, 502),
        ({"error": {"message": "x", "code": 7}}, 502),
        ({"error": "x"}, 502),
    ],
)
def test_an_error_inside_a_good_answer_has_the_status_it_names(body: object, status: int) -> None:
    fault = _faults.in_answer({}, body)
    assert fault is not None
    assert fault.status == status


@pytest.mark.parametrize("body", [[], {}, {"error": None, "choices": []}, {"error": "x", "choices": [1]}])
def test_a_good_answer_is_no_fault(body: object) -> None:
    assert _faults.in_answer({}, body) is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"id": "x", "cho', "the answer is cut or broken"),
        ("<html><title>Welcome</title></html>", "no answer but a web page (Welcome)"),
        ("<html></html>", "no answer but a web page"),
        ("Hello", "no answer but Hello"),
    ],
)
def test_what_is_no_json_gets_a_name(body: str, words: str) -> None:
    assert _faults.not_json(body) == words


BODIES = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "message", "detail", "code", "msg", "loc"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(st.integers(400, 599), BODIES | st.text().map(lambda text: f"<{text}"))
def test_any_answer_has_a_meaning_on_one_printable_line(status: int, body: object) -> None:
    error = meaning(status, body)
    assert isinstance(error, ItemError | RunError)
    assert len(str(error)) < 250
    assert "\n" not in str(error)
    assert "\x1b" not in str(error)
