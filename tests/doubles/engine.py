"""An engine that answers what it is told, and calls over it whose time and chance are the test's own."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

from vidgist.errors import VidgistError
from vidgist.events import Event
from vidgist.llm.budget import Price
from vidgist.llm.calls import Calls
from vidgist.models import Message, RateLimit, Reply, Request, Usage

USED = Usage(input_tokens=100, output_tokens=50, calls=1)
GOOD = Reply(text="yes", usage=USED, rate_limit=RateLimit(requests=9, remaining_requests=8))


class Engine:
    """Answers what it is given, in turn; the last for ever."""

    model = "openai:double"
    host = "host"
    window = 1_000

    def __init__(self, *answers: Reply | VidgistError) -> None:
        self.asked: list[Request] = []
        self._answers = itertools.chain(answers[:-1], itertools.repeat(answers[-1]))
        self._guard = threading.Lock()

    def complete(self, request: Request) -> Reply:
        with self._guard:
            self.asked.append(request)
            answer = next(self._answers)
        if isinstance(answer, Reply):
            return answer
        raise answer.__class__(str(answer), **vars(answer))

    def close(self) -> None:
        """Nothing is kept open."""


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Kept:
    """A memory in a dictionary."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def recall(self, kind: str, key: str) -> str | None:
        return self.held.get((kind, key))

    def remember(self, kind: str, key: str, body: str) -> None:
        self.held[kind, key] = body

    def forget(self, kind: str, key: str) -> None:
        self.held.pop((kind, key), None)


class Bench:
    """Calls over an engine, with everything around them at hand."""

    def __init__(self, engine: Engine, memory: Kept, time: Time) -> None:
        self.engine, self.memory, self.time = engine, memory, time
        self.events: list[Event] = []

    def note(self, event: Event) -> None:
        self.events.append(event)

    def calls(
        self,
        jobs: int = 4,
        *,
        price: Price = lambda usage: usage.tokens / 1_000,
        max_cost: float | None = None,
        max_tokens: int | None = None,
        fresh: bool = False,
        server: str = "host",
    ) -> Calls:
        return Calls(
            self.engine,
            jobs,
            self.note,
            self.memory,
            price,
            max_cost=max_cost,
            max_tokens=max_tokens,
            fresh=fresh,
            server=server,
            clock=self.time.clock,
            sleep=self.time.sleep,
            chance=lambda: 1.0,
        )


def ask(number: int = 0, words: str = "kettle", limit: int = 100) -> Request:
    return Request(messages=(Message(role="user", content=f"{words} {number}"),), max_output_tokens=limit)


def outcomes(calls: Calls, count: int) -> list[str]:
    found = []
    for number in range(count):
        try:
            found.append(calls.complete(ask(number), "it").text)
        except VidgistError as error:
            found.append(error.code)
    return found


def run_all(calls: Calls, count: int, pool: ThreadPoolExecutor) -> list[str]:
    def one(number: int) -> str:
        try:
            return calls.complete(ask(number), "it").text
        except VidgistError as error:
            return error.code

    return list(pool.map(one, range(count)))
