"""What servers of many makes mean: their own words, as their trackers and documentation show them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vidgist.engines import _error_map, _faults
from vidgist.errors import (
    BadCredentials,
    BadReply,
    QuotaExhausted,
    Refused,
    RunError,
    TooLong,
    Transient,
    VidgistError,
)

NOW = datetime(2026, 11, 30, 12, 0)
KEY, EMPTY, GONE, PATH = "bad_credentials", "quota", "no_model", "no_endpoint"
LIMIT, BUSY, LOADS, LONG = "rate_limit", "overloaded", "loading", "too_long"


def meaning(status: int, body: Any, headers: dict[str, str] | None = None) -> VidgistError:
    if status == 200:
        fault = _faults.in_answer(headers or {}, body)
        assert fault is not None, "it is taken for an answer"
    else:
        fault = _faults.read(status, headers or {}, body if isinstance(body, str) else json.dumps(body))
    return _error_map.translate(fault, "host", lambda: NOW)


def error(message: str, **more: object) -> dict[str, object]:
    return {"error": {"message": message, **more}}


def gemini(code: int, message: str, status: str, *details: dict[str, object]) -> list[object]:
    return [{"error": {"code": code, "message": message, "status": status, "details": list(details)}}]


def violated(*quotas: str) -> dict[str, object]:
    return {
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [{"quotaMetric": "generate_content", "quotaId": quota} for quota in quotas],
    }


EXCEEDED = "You exceeded your current quota, please check your plan and billing details."
PER_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"
PER_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier"


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, gemini(400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT"), KEY),
        (400, gemini(400, "API key expired. Please renew the API key.", "INVALID_ARGUMENT"), KEY),
        (400, error("Bad request", details=[{"reason": "API_KEY_INVALID"}]), KEY),
        (403, gemini(403, "Your API key was reported as leaked.", "PERMISSION_DENIED"), KEY),
        (403, gemini(403, "Method doesn't allow unregistered callers.", "PERMISSION_DENIED"), KEY),
        (400, {"code": "Client specified an invalid argument", "error": "Incorrect API key provided: na***ys."}, KEY),
        (401, {"message": "Unauthorized", "request_id": "x"}, KEY),
        (401, {"type": "error", "error": {"type": "authentication_error", "message": "invalid x-api-key"}}, KEY),
        (401, {"error": {"code": "401", "message": "Access denied due to invalid subscription key"}}, KEY),
        (403, {"message": "The security token included in the request is expired"}, KEY),
        (400, {"__type": "UnrecognizedClientException", "message": "The security token is invalid."}, KEY),
        (400, error("Authentication Error, LiteLLM Virtual Key expected. Received=None"), KEY),
        (200, {"error": {"message": "No auth credentials found", "code": 401}}, KEY),
        (200, {"code": 401, "msg": "Invalid API key", "success": False}, KEY),
        (400, error("\u65e0\u6548\u7684\u4ee4\u724c"), KEY),
        (403, {"error": "This token is invalid: the access token has expired"}, KEY),
        (400, {"detail": "Missing API key in the Authorization header"}, KEY),
    ],
)  # fmt: skip
def test_a_wrong_key_in_many_words(status: int, body: object, code: str) -> None:
    found = meaning(status, body)
    assert (type(found), found.code) == (BadCredentials, code)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, error("Your credit balance is too low to access the API. Please go to Plans & Billing.")),
        (400, {"code": "Arrearage", "message": "Access denied, please make sure your account is in good standing."}),
        (402, error("Insufficient Balance", type="unknown_error")),
        (402, error("This request requires more credits, or fewer max_tokens.", code=402)),
        (403, {"code": 30001, "message": "Sorry, your account balance is insufficient"}),
        (403, error("Key limit exceeded (monthly limit).", code=403)),
        (429, {"error": "Your team x has either used all available credits or reached its monthly spending limit."}),
        (429, error("Your account org-x is suspended, please check your plan", type="exceeded_current_quota_error")),
        (429, error("You exceeded your current quota, please check your plan.", code="insufficient_quota")),
        (429, {"error": {"code": "1113", "message": "\u4f59\u989d\u4e0d\u8db3\u6216\u65e0\u53ef\u7528\u8d44\u6e90\u5305,\u8bf7\u5145\u503c\u3002"}}),
        (400, error("Budget has been exceeded! Current cost: 0.2, Max budget: 0.1", type="budget_exceeded")),
        (412, {"error": {"message": "Account x is suspended, possibly due to reaching the monthly spending limit"}}),
        (402, {"error": "You have exceeded your monthly included credits for Inference Providers."}),
        (403, {"code": "AllocationQuota.FreeTierOnly", "message": "The free tier of the model has been exhausted."}),
        (200, {"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}, "choices": None}),
        (400, error("You have reached your specified API usage limits. You will regain access on 2026-12-01.")),
        (403, {"code": "x", "error": "You have run out of credits or need a subscription."}),
    ],
)  # fmt: skip
def test_an_empty_account_in_many_words(status: int, body: object) -> None:
    found = meaning(status, body)
    assert (type(found), found.code) == (QuotaExhausted, EMPTY)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, error("/chat/completions: Invalid model name passed in model=m1. Call `/v1/models` to view", code="400")),
        (400, {"object": "error", "message": "Invalid model: foo", "type": "invalid_model", "code": "1500"}),
        (400, error("Model Not Exist", type="invalid_request_error")),
        (400, error("The model `x` has been decommissioned and is no longer supported.", code="model_decommissioned")),
        (404, {"code": "Some requested entity was not found", "error": "The model grok-9 does not exist or your team"}),
        (404, gemini(404, "models/gemini-x is not found for API version v1main", "NOT_FOUND")),
        (404, error("The API deployment for this resource does not exist.", code="DeploymentNotFound")),
        (404, {"type": "error", "error": {"type": "not_found_error", "message": "model: claude-9 not found"}}),
        (404, error('model "x" not found, try pulling it first', type="api_error")),
        (400, {"error": '"nomic-embed-text" does not support chat'}),
        (400, error("Model text-embedding-nomic-embed-text-v1.5 is not an LLM model.")),
        (400, {"error": "No models loaded. Please load a model in the developer page."}),
        (404, error("Model not found, inaccessible, and/or not deployed")),
        (404, error("No endpoints found for foo/bar.", code=404)),
        (400, {"code": 20012, "message": "Model does not exist. Please check it carefully.", "data": None}),
        (400, error("litellm.BadRequestError: LLM Provider NOT provided. Pass in the LLM provider")),
        (403, {"message": "You don't have access to the model with the specified model ID."}),
        (401, error("key not allowed to access model. This key can only access models=[]", type="key_model_access_denied")),
        (400, {"detail": "Unsupported model foo, please use models API to get a list of supported models"}),
        (400, {"error": {"code": "unknown_model", "message": "Unknown model: x"}}),
        (400, error("could not find suitable inference handler for x")),
    ],
)  # fmt: skip
def test_an_unknown_model_in_many_words(status: int, body: object) -> None:
    found = meaning(status, body)
    assert (type(found), found.code) == (RunError, GONE)
    assert "--model" in found.hint


@pytest.mark.parametrize(
    ("body", "headers", "seconds"),
    [
        (gemini(429, f"{EXCEEDED}\nPlease retry in 3.1s.", "RESOURCE_EXHAUSTED", violated(PER_MINUTE)), {}, 3.1),
        (gemini(429, EXCEEDED, "RESOURCE_EXHAUSTED", violated(PER_MINUTE), {"retryDelay": "7s"}), {}, 7),
        (error("Rate limit reached for m on requests per min (RPM): Limit 3, Used 3. Please try again in 20s."), {}, 20),
        (error("Rate limit reached for m on tokens per minute (TPM). Please try again in 1m2.5s. Upgrade today"), {}, 62.5),
        (error("Requests have exceeded the token rate limit. Please retry after 6 seconds.", code="429"), {}, 6),
        (error("Rate limit exceeded: free-models-per-min.", code=429), {}, None),
        (error("Provider returned error", code=429, metadata={"raw": "x is temporarily rate-limited upstream."}), {}, None),
        ({"message": "Requests rate limit exceeded"}, {}, None),
        ({"error": {"code": "1302", "message": "concurrency too high"}}, {}, None),
        (error("Service tier capacity exceeded for this model.", code="3505"), {}, None),
        ({"message": "ThrottlingException: Too many requests, please wait before trying again."}, {}, None),
        (error("No deployments available for selected model, Try again in 60 seconds."), {}, 60),
        (error("Rate limited", type="rate_limit_error"), {"retry-after": "12"}, 12),
        ("error code: 1015", {}, None),
        (error("You are using a Trial key, which is limited to 10 API calls / minute."), {}, None),
        (error("RPM limit", metadata={"headers": {"X-RateLimit-Reset": "1796040010000"}}), {}, 10),
    ],
)  # fmt: skip
def test_a_limit_that_passes_is_waited_for(
    body: object, headers: dict[str, str], seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 11, 30, 12, 0, tzinfo=UTC)

    monkeypatch.setattr("vidgist.engines._limits.datetime", Clock)
    found = meaning(429, body, headers)
    assert isinstance(found, Transient)
    assert found.code == LIMIT
    assert found.retry_after == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize(
    ("body", "headers", "told"),
    [
        (gemini(429, f"{EXCEEDED}\nPlease retry in 3.1s.", "RESOURCE_EXHAUSTED", violated(PER_MINUTE, PER_DAY)), {}, ""),
        (error(f"{EXCEEDED} Quota exceeded for metric: free_tier_requests, limit: 0, model: pro. Please retry in 11s"), {}, ""),
        (error("Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 requests per day"), {}, "tomorrow"),
        (error("Rate limit reached on tokens per day (TPD): Limit 100000. Please try again in 14m52.5s."), {}, "12:14, in 15 min"),
        (error("Rate limit reached on requests per day (RPD). Please try again in 7m12s."), {}, "12:07, in 7 min"),
        (error("Rate limit of 50 per 86400s exceeded for UserByModelByDay. Please wait 7200 seconds"), {}, "14:00"),
        (error("You are using a Trial key, which is limited to 1000 API calls / month."), {}, "tomorrow"),
        (error("Too many tokens per day, please wait before trying again."), {}, "tomorrow"),
        (error("Rate limit reached"), {"retry-after": "7200"}, "14:00, in 2.0 hours"),
        (error("Rate limit reached"), {"retry-after": "172800"}, "2026-12-02 12:00, in 48.0 hours"),
    ],
)  # fmt: skip
def test_a_limit_of_a_day_ends_the_run_with_the_hour(
    body: object, headers: dict[str, str], told: str
) -> None:
    found = meaning(429, body, headers)
    assert isinstance(found, RunError)
    assert told in found.hint
    assert "same command" in found.hint


def test_the_hour_comes_from_headers_that_a_router_quotes() -> None:
    later = int((datetime.now(UTC) + timedelta(hours=6)).timestamp() * 1_000)
    quoted = {"headers": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(later)}}
    found = meaning(429, error("Rate limit exceeded: free-models-per-day.", metadata=quoted))
    assert "17:59" in found.hint or "18:00" in found.hint


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, error("Loading model", type="unavailable_error", code=503)),
        (503, {"error": "Model org/x is currently loading", "estimated_time": 20.0}),
        (400, {"error": "Model is still loading"}),
        (502, {"error": "upstream is starting up"}),
        (500, error("model is being loaded, try again: model loading")),
    ],
)
def test_a_model_that_loads_is_told_apart(status: int, body: object) -> None:
    assert meaning(status, body).code == LOADS


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, error("model requires more system memory (5.6 GiB) than is available (3.1 GiB)")),
        (500, {"error": "llama runner process has terminated: cudaMalloc failed: out of memory"}),
        (500, {"error": "model failed to load, this may be due to resource limitations or an internal error"}),
        (400, {"error": 'Failed to load model "x". Model loading was stopped due to insufficient system resources.'}),
        (500, error("CUDA out of memory. Tried to allocate 2.00 GiB", type="OutOfMemoryError")),
        (503, error("not enough memory to load the model")),
        (200, {"error": "failed to allocate buffer for kv cache"}),
    ],
)  # fmt: skip
def test_too_little_memory_ends_the_run(status: int, body: object) -> None:
    found = meaning(status, body)
    assert (type(found), found.code) == (RunError, "out_of_memory")
    assert "smaller model" in found.hint


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, gemini(400, "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", "X")),
        (400, {"error": "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded "
                        "with context length of only 4096 tokens, which is not enough."}),
        (400, {"message": "Input is too long for requested model."}),
        (422, {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097."}),
        (400, error("Invalid request: Your request exceeded model token limit: 8192")),
        (413, error("Request body too large for gpt-4o model. Max size: 8000 tokens.", code="tokens_limit_reached")),
        (400, {"message": "Prompt contains 40000 tokens, too large for model with 32768 maximum context length"}),
        (400, error("prompt is too long: 210000 tokens > 200000 maximum")),
        (400, error("<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]")),
        (200, {"error": {"message": "the request exceeds the available context size", "type": "exceed_context_size_error"}}),
    ],
)  # fmt: skip
def test_too_long_in_more_words(status: int, body: object) -> None:
    assert type(meaning(status, body)) is TooLong


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, {"error": "Unexpected endpoint or method. (POST /chat/completions)"}, PATH),
        (200, {"error": "Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway"}, PATH),
        (404, "404 page not found", PATH),
        (404, "<html><title>404 Not Found</title></html>", PATH),
        (404, error("Invalid URL (POST /chat/completions)"), PATH),
        (405, {"detail": "Method Not Allowed"}, PATH),
        (403, "<html><title>Just a moment...</title></html>", PATH),
        (400, "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>", PATH),
        (404, {"error": {"code": "404", "message": "Resource not found"}}, PATH),
        (403, error("Country, region, or territory not supported", code="unsupported_country_region_territory"), "region"),
        (400, gemini(400, "User location is not supported for the API use.", "FAILED_PRECONDITION"), "region"),
    ],
)  # fmt: skip
def test_a_wrong_address_or_place_ends_the_run(status: int, body: object, code: str) -> None:
    found = meaning(status, body)
    assert (type(found), found.code) == (RunError, code)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}),
        (503, gemini(503, "The model is overloaded. Please try again later.", "UNAVAILABLE")),
        (503, {"error": "server busy, please try again. maximum pending requests exceeded"}),
        (498, error("Flex capacity exceeded")),
        (200, {"error": {"message": "The engine is currently overloaded", "code": 503}}),
    ],
)
def test_a_busy_server_is_tried_again(status: int, body: object) -> None:
    found = meaning(status, body)
    assert (type(found), found.code) == (Transient, BUSY)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"code": "data_inspection_failed", "message": "Input data may contain inappropriate content."}),
        (400, error("The request was rejected because it was considered high risk", type="content_filter")),
        (400, error("The response was filtered due to the prompt triggering the content management policy.")),
        (403, error("flagged", metadata={"reasons": ["violence"]}, code=403)),
    ],
)
def test_a_refusal_in_many_words(status: int, body: object) -> None:
    assert type(meaning(status, body)) is Refused


@pytest.mark.parametrize(
    "body",
    [
        error("Unrecognized request argument supplied: foo"),
        error("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'."),
        error("Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1)."),
        error("Unsupported value: 'stream' does not support true with this model."),
        error("'response_format.type' must be 'json_schema' or 'text'"),
        {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream_options"], "msg": "Extra inputs"}]},
    ],
)  # fmt: skip
def test_what_is_only_about_the_way_of_asking_ends_nothing(body: object) -> None:
    assert type(meaning(400, body)) is BadReply


def test_an_error_of_another_server_inside_the_message_is_shown_by_its_own_words() -> None:
    inner = json.dumps(
        {"error": {"code": 429, "message": "Resource exhausted", "status": "RESOURCE_EXHAUSTED"}}
    )
    found = meaning(429, error(f"litellm.RateLimitError: VertexAIException - {inner}"))
    assert str(found) == "host: litellm.RateLimitError: VertexAIException - Resource exhausted"


@pytest.mark.parametrize(
    "body",
    [
        {"choices": [{"message": {"content": "x"}}], "error": None},
        {"message": {"role": "assistant", "content": "x"}, "done": True},
        {"choices": [{"message": {"content": "about an error"}, "finish_reason": "stop"}]},
        [{"choices": []}, 1],
    ],
)
def test_an_answer_is_no_error(body: object) -> None:
    assert _faults.in_answer({}, body) is None


def test_an_error_inside_a_choice_is_one() -> None:
    choice = {
        "error": {"code": 502, "message": "Upstream error"},
        "finish_reason": "error",
        "message": {"content": ""},
    }
    found = meaning(200, {"choices": [choice]})
    assert (type(found), found.code) == (Transient, "server_error")


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, {"type": "error", "error": {"type": "not_found_error", "message": "model: claude-x"}}, GONE),
        (
            400,
            {"message": "Invocation of model ID a.b with on-demand throughput isn\u2019t supported."},
            GONE,
        ),
        (
            404,
            {"status": 404, "title": "Not Found", "detail": "Function 'x': Not found for account 'y'"},
            GONE,
        ),
        (
            404,
            {"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Endpoint with name 'x' does not exist."},
            GONE,
        ),
        (503, {"detail": "No models are currently loaded."}, GONE),
        (500, {"error": "timed out waiting for llama runner to start - progress 0.00 - "}, LOADS),
        (
            400,
            {"error": "The model has crashed without additional information. (Exit code: null)"},
            "server_error",
        ),
        (400, {"error": "Model unloaded."}, "server_error"),
        (499, gemini(499, "The operation was cancelled.", "CANCELLED"), "server_error"),
        (400, {"detail": "Function id 'x': DEGRADED function cannot be invoked"}, "server_error"),
        (
            400,
            error("Failed to validate JSON.", code="json_validate_failed", failed_generation="{"),
            "bad_response",
        ),
        (403, error("\u8be5\u4ee4\u724c\u989d\u5ea6\u5df2\u7528\u5c3d", type="new_api_error"), EMPTY),
        (403, error("\u7528\u6237\u989d\u5ea6\u4e0d\u8db3", code="insufficient_user_quota"), EMPTY),
        (200, {"base_resp": {"status_code": 1002, "status_msg": "rate limit exceeded(RPM)"}}, LIMIT),
        (
            200,
            {"base_resp": {"status_code": 1004, "status_msg": "login fail: Please carry the API secret key"}},
            KEY,
        ),
        (200, {"error_code": 18, "error_msg": "Open api qps request limit reached"}, LIMIT),
    ],
)
def test_words_of_further_servers(status: int, body: Any, code: str) -> None:
    found = meaning(status, body)
    assert found.code == code
    passes = code in (LOADS, LIMIT, "server_error", "bad_response")
    assert isinstance(found, Transient) is passes


@pytest.mark.parametrize(
    ("status", "body", "window"),
    [
        (400, {"error": "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)"}, 7_424),
        (400, {"detail": "Request length 71599 + 2048 is greater than max_seq_len 65536"}, 65_536),
        (400, error("The maximum context length of DeepSeek-V3-0324 is 32768. However, it will take 39732 tokens."), 32_768),
        (400, error("Requested token count exceeds the model's maximum context length of 32768 tokens."), 32_768),
        (400, error("Requested tokens (5000) exceed context window of 4096"), 4_096),
        (400, error("input length and `max_tokens` exceed context limit: 174167 + 64000 > 200000"), 200_000),
        (400, error("Please reduce the length of the messages. Current length is 9203 while limit is 8192"), 8_192),
        (400, {"error": "Prompt is 11543 tokens but the model context window is 4096 tokens."}, 4_096),
        (422, {"error": "Input validation error: `inputs` must have less than 2048 tokens. Given: 2222"}, 2_048),
        (400, error("inputs tokens (33000) exceeds the limit (32000)"), 32_000),
        (429, error("Extra usage is required for long context requests.", type="rate_limit_error"), 0),
    ],
)  # fmt: skip
def test_a_window_is_read_out_of_what_is_too_long_for_it(status: int, body: Any, window: int) -> None:
    assert type(meaning(status, body)) is TooLong
    assert _faults.window_told(_faults.read(status, {}, json.dumps(body))) == window


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, {"error": "404 Client Error. Repository Not Found for url: https://host/api/models/m1"}, GONE),
        (409, {"message": "Requested model is not running", "object": "error"}, GONE),
        (400, {"detail": "Please load a model first"}, GONE),
        (403, error("The model x requires terms acceptance.", code="model_terms_required"), GONE),
        (429, error("RateLimitError: You exceeded your current quota", type="throttling_error"), EMPTY),
        (429, {"message": "Requests per minute limit exceeded", "code": "request_quota_exceeded"}, LIMIT),
        (429, {"message": "We're experiencing high traffic right now!", "code": "queue_exceeded"}, LIMIT),
        (200, error("(ThrottlingException) Too many tokens, please wait before trying again."), LIMIT),
        (400, error("Too many tokens, please wait before trying again."), LIMIT),
        (503, {"detail": {"msg": "Server is busy; please try again later.", "type": "service_unavailable"}}, BUSY),
        (424, {"error": "Request failed during generation: Server error", "error_type": "generation"}, "server_error"),
    ],
)  # fmt: skip
def test_words_of_still_more_servers(status: int, body: Any, code: str) -> None:
    assert meaning(status, body).code == code
