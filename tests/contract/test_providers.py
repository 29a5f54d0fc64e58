"""Every provider of the table, asked through the real library on loopback: its key, a reply, its own ways to fail."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.doubles.engine import Kept
from vidgist.config import Settings, providers
from vidgist.engines import openai
from vidgist.errors import VidgistError
from vidgist.models import Message, Reply, Request

GOOD = '{"answer": "yes"}'
ASKED = Request(
    messages=(Message(role="user", content='Answer as JSON: {"answer": ...}. ' * 20),),
    schema_={"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"]},
    max_output_tokens=500,
)
SSE, NDJSON, HTML = "text/event-stream", "application/x-ndjson", "text/html"


class Answer(NamedTuple):
    """What the server sends; ``outcome``: the code of an error, or how the reply ends."""

    outcome: str
    body: object
    status: int = 200
    kind: str = "application/json"
    retry: str = ""
    requests: int = 1

    @property
    def data(self) -> bytes:
        return (
            self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False)
        ).encode()


def error(message: str, **more: object) -> dict[str, object]:
    return {"error": {"message": message, **more}}


def chat(content: object, finish: object = "stop", **more: object) -> dict[str, object]:
    message = {"role": "assistant", "content": content, **more}
    return {
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 150},
    }


def piece(content: str, finish: object = None, **more: object) -> str:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice], **more}, ensure_ascii=False)}\n\n"


def lines(*pieces: dict[str, object]) -> str:
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in pieces)


OLLAMA_END = {"message": {"content": ""}, "done": True, "done_reason": "stop", "prompt_eval_count": 150}
PAGE = "<html><head><title>{}</title></head></html>"

SAID = {
    "openai": [
        Answer("stop", chat(GOOD)),
        Answer("bad_credentials", error("Incorrect API key provided: sk-x.", code="invalid_api_key"), 401),
        Answer("quota", error("You exceeded your current quota.", code="insufficient_quota"), 429),
        Answer("refusal", chat(None, refusal="I cannot help with that.")),
        Answer("no_endpoint", PAGE.format("Web Login Service"), kind=HTML),
        Answer("proxy", PAGE.format("407 Proxy Authentication Required"), 407, HTML),
        Answer("no_endpoint", PAGE.format("Just a moment..."), 403, HTML),
        Answer("timeout", PAGE.format("example.com | 524: A timeout occurred"), 524, HTML),
        Answer("too_long", PAGE.format("413 Request Entity Too Large"), 413, HTML),
        Answer("bad_response", ""),
        Answer("stop", f"\ufeff{json.dumps(chat(GOOD))}"),
        Answer("stop", chat(None, "tool_calls", tool_calls=[{"function": {"name": "out", "arguments": GOOD}}])),
        Answer("stop", chat(None, "function_call", function_call={"name": "out", "arguments": GOOD})),
        Answer("stop", chat({"answer": "yes"})),
        Answer("stop", {"choices": [{"text": GOOD, "finish_reason": "stop"}]}),
    ],
    "anthropic": [
        Answer("overloaded", {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, 529),
        Answer("quota", error("Your credit balance is too low to access the Anthropic API."), 400),
        Answer("no_model", {"type": "error", "error": {"type": "not_found_error", "message": "model: m1"}}, 404),
        Answer("refusal", chat("", "refusal")),
    ],
    "gemini": [
        Answer("overloaded", [{"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}], 503),
        Answer("bad_credentials", [{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}], 400),
        Answer("refusal", chat(None, "content_filter: RECITATION")),
        Answer("bad_response", {"id": "x", "choices": []}),
        Answer("length", {"choices": [{"finish_reason": "length", "message": {"role": "assistant"}}]}),
    ],
    "mistral": [
        Answer("rate_limit", {"object": "error", "message": "Service tier capacity exceeded for this model.", "code": "3505"}, 429),
        Answer("no_model", {"object": "error", "message": "Invalid model: m1", "type": "invalid_model", "code": "1500"}, 400),
        Answer("bad_credentials", {"detail": "Unauthorized"}, 401),
        Answer("stop", chat([{"type": "thinking", "thinking": [{"type": "text", "text": "hm {"}]}, {"type": "text", "text": GOOD}])),
    ],
    "deepseek": [
        Answer("stop", "\n\n\n" + json.dumps(chat(GOOD))),
        Answer("stop", f": keep-alive\n\n{piece(GOOD, 'stop')}data: [DONE]\n\n", kind=SSE),
        Answer("quota", error("Insufficient Balance", type="unknown_error", code="invalid_request_error"), 402),
    ],
    "xai": [
        Answer("bad_credentials", {"code": "invalid argument", "error": "Incorrect API key provided: xa***ys."}, 400),
        Answer("quota", {"code": "no permission", "error": "Your newly created team doesn't have any credits or licenses yet."}, 403),
        Answer("no_model", {"code": "not found", "error": "The model m1 does not exist or your team has no access to it."}, 404),
    ],
    "groq": [
        Answer("bad_response", error("Failed to generate JSON.", code="json_validate_failed", failed_generation="{"), 400, requests=2),
        Answer("bad_response", error("Generated JSON does not match the expected schema.", code="json_validate_failed"), 400, requests=2),
        Answer("too_long", error("Request too large for model `m1` on tokens per minute (TPM): Limit 8000, Requested 12345"), 413),
        Answer("rate_limit", error("Rate limit reached on tokens per day (TPD): Limit 100000. Please try again in 25m14.4s."), 429, retry="1514"),
    ],
    "openrouter": [
        Answer("server_error", piece("{") + piece("", "error", error={"message": "Provider disconnected"}) + "data: [DONE]\n\n", kind=SSE),
        Answer("server_error", {"choices": [{"message": {"content": ""}, "finish_reason": "error", "error": {"code": 502, "message": "Upstream error"}}]}),
        Answer("quota", error("This request requires more credits, or fewer max_tokens.", code=402), 402),
        Answer("refused", error('m1 requires moderation on X. Your input was flagged for "violence".', code=403), 403),
        Answer("stop", f": OPENROUTER PROCESSING\n\n{piece(GOOD, 'stop')}", kind=SSE),
    ],
    "together": [
        Answer("stop", chat(GOOD, "eos")),
        Answer("too_long", error("Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens"), 422),
        Answer("rate_limit", error("You have reached the rate limit specific to this model m1.", type="model_rate_limit"), 429),
    ],
    "fireworks": [
        Answer("no_model", error("Model not found, inaccessible, and/or not deployed", code="NOT_FOUND"), 404),
        Answer("quota", error("Account x is suspended, possibly due to reaching the monthly spending limit."), 412),
    ],
    "cerebras": [
        Answer("rate_limit", error("Requests per minute limit exceeded - too many requests sent.", code="request_quota_exceeded"), 429),
        Answer("no_model", {"message": "Model m1 does not exist or you do not have access to it.", "code": "model_not_found"}, 404),
    ],
    "cohere": [Answer("bad_credentials", {"id": "x", "message": "invalid api token"}, 401), Answer("length", chat(GOOD[:9], "MAX_TOKENS"))],
    "moonshot": [Answer("quota", error("Your account is suspended, please check your plan", type="exceeded_current_quota_error"), 429)],
    "dashscope": [Answer("refused", error("Output data may contain inappropriate content.", code="data_inspection_failed"), 400)],
    "huggingface": [Answer("quota", {"error": "You have exceeded your monthly included credits for Inference Providers."}, 402)],
    "github": [Answer("too_long", error("Request body too large for m1 model. Max size: 8000 tokens.", code="tokens_limit_reached"), 413)],
    "azure": [
        Answer("no_model", error("The API deployment for this resource does not exist.", code="DeploymentNotFound"), 404),
        Answer("refused", error("The response was filtered due to the prompt.", code="content_filter", innererror={"code": "ResponsibleAIPolicyViolation"}), 400),
        Answer("refusal", chat(None, "content_filter")),
        Answer("region", error("Access denied due to Virtual Network/Firewall rules.", code="AccessDenied"), 403),
        Answer("no_endpoint", error("API version not supported", code="BadRequest"), 400),
    ],
    "bedrock": [
        Answer("bad_credentials", {"message": "The security token included in the request is invalid."}, 403),
        Answer("rate_limit", {"message": "Too many tokens, please wait before trying again."}, 429),
    ],
    "litellm": [
        Answer("no_model", error("key not allowed to access model. Tried to access m1", type="key_model_access_denied"), 401),
        Answer("quota", error("Budget has been exceeded! Current cost: 12.1, Max budget: 10.0", type="budget_exceeded"), 400),
        Answer("rate_limit", error("No deployments available for selected model, Try again in 5 seconds. cooldown_list=['x']"), 429),
    ],
    "ollama": [
        Answer("stop", lines({"message": {"content": '{"answer": '}}, {"message": {"content": '"a\u2028b"}'}}, OLLAMA_END), kind=NDJSON),
        Answer("stop", lines({"message": {"content": "", "thinking": "hm"}}, {"message": {"content": GOOD}}, OLLAMA_END), kind=NDJSON),
        Answer("length", lines({"message": {"content": "{"}}, OLLAMA_END | {"done_reason": "length"}), kind=NDJSON),
        Answer("loading", lines({"message": {"content": ""}, "done": True, "done_reason": "load"}), kind=NDJSON),
        Answer("server_error", lines({"message": {"content": "{"}}, {"error": "an error was encountered while running the model"}), kind=NDJSON),
        Answer("bad_response", lines({"message": {"content": GOOD}}), kind=NDJSON),
        Answer("no_model", {"error": "model 'm1' not found"}, 404),
        Answer("out_of_memory", {"error": "model requires more system memory (9.7 GiB) than is available (6.1 GiB)"}, 500),
        Answer("overloaded", {"error": "server busy, please try again.  maximum pending requests exceeded"}, 503),
        Answer("rate_limit", {"error": "you've reached your hourly usage limit, please upgrade to continue"}, 429),
    ],
    "lmstudio": [
        Answer("server_error", f"event: error\ndata: {json.dumps(error('The model has crashed without additional information.'))}\n\n", kind=SSE),
        Answer("server_error", error('Failed to load model "m1". Error: Operation canceled.'), 400),
        Answer("out_of_memory", {"error": 'Failed to load model "m1". Error: insufficient system resources.'}, 400),
        Answer("too_long", {"error": "The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 5120>= n_ctx: 4096)."}, 400),
    ],
    "vllm": [
        Answer("server_error", piece("{") + f"data: {json.dumps({'object': 'error', 'message': 'EngineCore encountered an issue.', 'code': 500})}\n\ndata: [DONE]\n\n", kind=SSE, requests=2),
        Answer("stop", (piece('{"answer": "a\u2028') + piece('b"}', "stop")).replace("\n\n", "\r\n\r\n"), kind=SSE),
        Answer("no_model", {"object": "error", "message": "The model `m1` does not exist.", "type": "NotFoundError", "code": 404}, 404),
        Answer("too_long", {"object": "error", "message": "This model's maximum context length is 100 tokens. However, you requested 620 tokens."}, 400),
    ],
    "llamacpp": [
        Answer("loading", error("Loading model", type="unavailable_error", code=503), 503),
        Answer("too_long", error("request (4390 tokens) exceeds the available context size (4096 tokens)", type="exceed_context_size_error", n_ctx=4096), 400),
        Answer("too_long", error("the request exceeds the available context size.", code=400, n_ctx=8192)),
        Answer("stop", (piece('{"answer": ') + piece('"yes"}', "stop")).replace("\n\n", "\n"), kind=SSE),
    ],
}  # fmt: skip


class Server:
    """Sends the same answer to each request, and keeps what came."""

    def __init__(self) -> None:
        self.answer = Answer("stop", chat(GOOD))
        self.seen: list[tuple[str, dict[str, str], dict[str, Any]]] = []


@pytest.fixture(scope="module")
def serving() -> Iterator[tuple[Server, str]]:
    server = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.seen.append((self.path, {name.lower(): text for name, text in self.headers.items()}, body))
            answer = server.answer
            self.send_response(answer.status)
            headers = {"Content-Type": answer.kind, "Content-Length": str(len(answer.data))}
            for name, text in (headers | ({"Retry-After": answer.retry} if answer.retry else {})).items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(answer.data)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield server, f"http://127.0.0.1:{listening.server_address[1]}/v1"
        listening.shutdown()


def asked(name: str, url: str, monkeypatch: pytest.MonkeyPatch) -> Reply:
    """Ask a provider's model m1 at an address, its own key set."""
    row = providers.table()[name]
    monkeypatch.setenv(row.keys[0], "k-of-its-own")
    window = 8_192 if row.dialect == "ollama" else 0
    settings = Settings(base_url=url, timeout=20, window=window)
    engine = openai.of(row, settings, "m1", Kept())
    try:
        return engine.stream(ASKED, lambda _: None)
    finally:
        engine.close()


def test_there_are_words_of_every_provider() -> None:
    assert set(SAID) == set(providers.table())


def test_the_page_has_a_line_for_every_provider() -> None:
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text("utf-8").split("\n")
    for name, row in providers.table().items():
        [line] = [line for line in page if line.startswith(f"| {row.title} |")]
        assert f"`--model {name}:" in line
        assert all(key in line for key in row.keys)
        assert row.url in line


@pytest.mark.parametrize("name", SAID)
def test_each_is_asked_with_its_key_for_its_model(
    serving: tuple[Server, str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    server, url = serving
    is_ollama = providers.table()[name].dialect == "ollama"
    server.seen.clear()
    told = lines({"message": {"content": GOOD}}, OLLAMA_END)
    server.answer = Answer("stop", told, kind=NDJSON) if is_ollama else Answer("stop", chat(GOOD))
    reply = asked(name, url, monkeypatch)
    [(path, headers, body)] = server.seen
    assert (reply.finish, reply.text, reply.usage.input_tokens) == ("stop", GOOD, 150)
    assert path == ("/api/chat" if is_ollama else "/v1/chat/completions")
    assert headers["authorization"] == "Bearer k-of-its-own"
    assert body["model"] == "m1"


@pytest.mark.parametrize(
    ("name", "answer"), [(name, one) for name, answers in SAID.items() for one in answers]
)
def test_what_each_says_is_understood(
    serving: tuple[Server, str], monkeypatch: pytest.MonkeyPatch, name: str, answer: Answer
) -> None:
    server, url = serving
    server.seen.clear()
    server.answer = answer
    try:
        outcome = str(asked(name, url, monkeypatch).finish)
    except VidgistError as failed:
        outcome = failed.code
    assert outcome == answer.outcome
    assert len(server.seen) == answer.requests
