"""A loopback server that speaks the OpenAI API: chat, files, batches, and every fault on demand.

In a test, the fixture ``llm`` makes one; ``python -m tests.doubles.llm`` runs one and prints its address.
One event loop in one thread serves all connections, so that waiting costs nothing.
"""

import argparse
import asyncio
import contextlib
import gzip
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import pytest

from tests.doubles import completions
from tests.doubles.batches import Batches
from tests.doubles.completions import Responder
from tests.doubles.faults import ENDLESS, FAULTS, ApiError, Rule
from tests.doubles.shapes import SHAPES, Shape


class Dropped(Exception):
    """The connection is closed without an answer."""


@dataclass
class Seen:
    """One request as it came and how it ended. Times are of `time.monotonic`."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    began: float
    ended: float = 0.0
    status: int = 0
    fault: str = ""

    @property
    def prompt(self) -> str:
        return "\n".join(str(message["content"]) for message in self.body.get("messages", []))


@dataclass
class Llm:
    """The server. A context manager; ``seen`` holds every request, ``chats`` those to the chat endpoint."""

    shape: Shape = field(default_factory=Shape)
    rules: list[Rule] = field(default_factory=list)
    latency: float = 0.0
    responder: Responder | None = None
    models: tuple[str, ...] = ()
    """Served; empty: any. ``listed`` is what is told of them."""

    listed: tuple[str, ...] = ("double",)
    listing: Literal["", "open", "none", "silent"] = ""
    """Whether anyone gets the list of models, nobody does, or it never comes."""

    loading: int = 0
    """Lists of models that are still refused because the model is being loaded."""

    packed: bool = False
    """Whether replies come gzipped."""

    api_key: str = ""
    rate: tuple[int, float] | None = None
    places: int = 0
    """Calls that are answered at once, the others waiting in line; 0: any number."""

    together: int = 0
    """Calls that have to be under way at once before the first of them is answered."""

    batches: Batches = field(default_factory=Batches)
    port: int = 0
    seen: list[Seen] = field(default_factory=list)
    max_concurrency: int = 0
    early: int = 0

    def __post_init__(self) -> None:
        self._number = 0
        self._in_flight = 0
        self._window: list[float] = []
        self._closed_until = 0.0
        self._places = asyncio.Semaphore(self.places or 1_000_000)
        self._free, self._gathered = asyncio.Event(), asyncio.Event()
        self._free.set()
        self._reached = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    # -- life
    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)

    @contextlib.contextmanager
    def holding(self) -> Iterator[threading.Event]:
        """Answer no call meanwhile. What is yielded is set once one has come."""
        self._reached.clear()
        self._loop.call_soon_threadsafe(self._free.clear)
        try:
            yield self._reached
        finally:
            self._loop.call_soon_threadsafe(self._free.set)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def chats(self) -> list[Seen]:
        return [seen for seen in self.seen if seen.path.endswith("/chat/completions")]

    @property
    def statuses(self) -> Counter[int]:
        return Counter(seen.status for seen in self.chats)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    # -- HTTP
    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except asyncio.CancelledError:
            writer.transport.abort()  # a client that has stopped to read would be waited for
        except (Dropped, ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ", 2)
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])
        }
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        seen = Seen(method, target.split("?")[0].rstrip("/"), headers, {}, time.monotonic())
        self.seen.append(seen)
        extra: dict[str, str] = {}
        try:
            if not (self.listing == "open" and seen.path.endswith("/models")):
                self._authorize(headers)
            seen.status = 200
            content = await self._answer(seen, raw, extra)
        except ApiError as error:
            seen.status, content, extra = error.status, json.dumps(error.body).encode(), error.headers
        finally:
            seen.ended = time.monotonic()
        if self.packed:
            content, extra["content-encoding"] = gzip.compress(content), "gzip"
        lines = [
            f"HTTP/1.1 {seen.status} X",
            f"content-length: {len(content)}",
            "content-type: application/json",
        ]
        lines += [f"{name}: {value}" for name, value in extra.items()]
        cut = seen.fault == "truncated"
        if seen.fault in ENDLESS:
            await self._pour(writer, "\r\n".join([lines[0], *lines[2:]]), ENDLESS[seen.fault])
        writer.write(
            "\r\n".join(lines).encode() + b"\r\n\r\n" + (content[: len(content) // 2] if cut else content)
        )
        await writer.drain()
        return not cut

    async def _pour(self, writer: asyncio.StreamWriter, head: str, piece: bytes) -> None:
        """A reply without an end, piece by piece until nobody listens."""
        writer.write(head.encode() + b"\r\n\r\n")
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        raise Dropped

    def _authorize(self, headers: dict[str, str]) -> None:
        given = headers.get("authorization", "")
        if not given.startswith("Bearer ") or (self.api_key and given != f"Bearer {self.api_key}"):
            raise ApiError(401, "Incorrect API key provided.", "invalid_api_key")

    async def _answer(self, seen: Seen, raw: bytes, extra: dict[str, str]) -> bytes:
        path = seen.path.removeprefix("/v1")
        if seen.method == "POST" and path == "/chat/completions":
            seen.body = json.loads(raw)
            if not seen.body:
                raise ApiError(400, "you must provide a model parameter")
            return await self._chat(seen, extra)
        if path == "/models" and self.listing != "none":
            await asyncio.sleep(60 if self.listing == "silent" else 0)
            self.loading -= 1
            if self.loading >= 0:
                raise ApiError(503, "Loading model")
            listed = [{"id": name, "object": "model"} for name in self.models or self.listed]
            return json.dumps({"object": "list", "data": listed}).encode()
        found = self.batches.answer(seen.method, path, seen.headers, raw, self.complete_line)
        if found is None:
            raise ApiError(404, f"Invalid URL ({seen.method} {seen.path})")
        return found

    # -- chat
    async def _chat(self, seen: Seen, extra: dict[str, str]) -> bytes:
        self._number += 1
        self._in_flight += 1
        self.max_concurrency = max(self.max_concurrency, self._in_flight)
        try:
            number = self._number
            self._admit(seen.began, extra)
            rule = self._rule("chat", seen.body, number)
            seen.fault = rule.fault if rule else ""
            async with self._places:
                await self._hold()
                await asyncio.sleep(self.latency)
            if rule and rule.fault in ("hang", "slow"):
                await asyncio.sleep(rule.seconds)
            if seen.fault in ("hang", "reset"):
                raise Dropped
            if seen.fault == "not_json":
                return b"<html><body><h1>502 Bad Gateway</h1></body></html>"
            answer = json.dumps(self._complete(seen.body, rule), ensure_ascii=False)
            content = (self.shape.leads + answer).encode()
            return content[:-9] if seen.fault == "broken_json" else content
        finally:
            self._in_flight -= 1

    async def _hold(self) -> None:
        self._reached.set()
        await self._free.wait()
        if self.together:
            if self._in_flight >= self.together:
                self._gathered.set()
            await asyncio.wait_for(self._gathered.wait(), 60)

    def _admit(self, now: float, extra: dict[str, str]) -> None:
        if now < self._closed_until:
            self.early += 1
        if self.rate is None:
            return
        allowed, seconds = self.rate
        self._window = [moment for moment in self._window if moment > now - seconds]
        left = allowed - len(self._window)
        reset = self._window[0] + seconds - now if self._window else 0.0
        extra |= {
            "x-ratelimit-limit-requests": str(allowed),
            "x-ratelimit-remaining-requests": str(max(0, left - 1)),
            "x-ratelimit-reset-requests": f"{reset:.3f}s",
        }
        if left <= 0:
            self._closed_until = now + reset
            raise ApiError(
                429, "Rate limit reached", "rate_limit_exceeded", {**extra, "retry-after": f"{reset:.3f}"}
            )
        self._window.append(now)

    def _rule(self, endpoint: str, body: dict[str, Any], number: int) -> Rule | None:
        prompt = "\n".join(str(message["content"]) for message in body["messages"])
        for rule in self.rules:
            if rule.fits(endpoint, body.get("model", ""), prompt, number):
                rule.used += 1
                return rule
        return None

    def _complete(self, body: dict[str, Any], rule: Rule | None) -> dict[str, Any]:
        fault = rule.fault if rule else ""
        if rule and fault in FAULTS:
            status, message, code = FAULTS[fault]
            headers = {}
            if rule.retry_after is not None:
                headers["retry-after"] = f"{rule.retry_after:g}"
                self._closed_until = time.monotonic() + rule.retry_after
            raise ApiError(rule.status or status, rule.message or message, code, headers)
        if fault == "error_in_200":
            return {"error": {"message": "Provider returned error", "code": 502}}
        if self.models and body["model"] not in self.models:
            raise ApiError(404, f"The model `{body['model']}` does not exist", "model_not_found")
        return completions.complete(body, fault, self.shape, self.responder)

    def complete_line(self, body: dict[str, Any], number: int) -> tuple[int, dict[str, Any]]:
        """Status and body of one line of a batch."""
        try:
            return 200, self._complete(body, self._rule("batch", body, number))
        except ApiError as error:
            return error.status, error.body


@pytest.fixture
def llm() -> Iterator[Llm]:
    """A faultless server; change its attributes to make it another one."""
    with Llm() as server:
        yield server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--shape", choices=SHAPES, default="vllm")
    parser.add_argument("--fault", action="append", default=[], metavar="JSON", help='a rule: {"fault": …}')
    parser.add_argument("--rate", nargs=2, type=float, metavar=("REQUESTS", "SECONDS"))
    options = parser.parse_args()
    rules = [Rule(**json.loads(text)) for text in options.fault]
    rate = (int(options.rate[0]), options.rate[1]) if options.rate else None
    with Llm(SHAPES[options.shape], rules, options.latency, port=options.port, rate=rate) as server:
        print(server.base_url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
