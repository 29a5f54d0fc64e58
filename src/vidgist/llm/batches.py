"""Calls by a provider's Batch API: what is not remembered is queued, handed in cheaply, picked up later.

    run --batch     complete() -> Deferred, the request is queued;  hand_in() sends the queue
    collect         gather() keeps the raw answers;  complete() finds them, and queues what they lead to

Nothing else knows of batches: a summarizer asks as ever, and an item whose reply is not there yet waits.
An answer is read when it is asked for, so a crash at any moment repeats only the reading.
"""

import json
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Literal

from vidgist.errors import BatchGone, BudgetReached, Deferred, RunError, StateLost, Transient
from vidgist.events import Notice
from vidgist.llm.bounds import Amount, Bounds
from vidgist.llm.budget import Bill, Price
from vidgist.llm.calls import KIND as REPLY
from vidgist.llm.calls import Calls, worst_of
from vidgist.models import Reply, Request, Usage
from vidgist.protocols import BatchApi, BatchEngine, BatchStatus, Reporter
from vidgist.store import Batch, Store, private

MOST_LINES = 50_000
MOST_BYTES = 200_000_000
"""Of one file (https://platform.openai.com/docs/guides/batch)."""

TRIES = 3
"""Batches that a request is sent with; then it is asked for live."""

ANSWER = "batch_answer"
REJECTED = "batch_rejected"
_OK = 200
_PASSING = {408, 409, 425, 429}
_CLIENT_ERRORS = range(400, 500)


class BatchCalls:
    """The calls of one engine, by batch. ``live`` makes those that a batch cannot.

    ``price`` is that of a batch. ``settings`` is kept with each batch, so that `vidgist collect` can go on as
    the run began.
    """

    def __init__(
        self,
        live: Calls,
        engine: BatchEngine,
        store: Store,
        price: Price,
        live_price: Price,
        settings: str,
        report: Reporter,
        *,
        max_cost: float | None = None,
        max_tokens: int | None = None,
    ) -> None:
        self._live = live
        self._engine = engine
        self._store = store
        self._price = price
        self._live_price = live_price
        self._report = report
        self._bounds = Bounds(max_cost=max_cost, max_tokens=max_tokens)
        self._guard = threading.Lock()
        self._queue = _Queue(store, settings)
        self._promised = Usage()
        self._taken = Usage()
        self._told_of_live_calls = False

    @property
    def model(self) -> str:
        return self._live.model

    @property
    def window(self) -> int:
        return self._live.window

    @property
    def bill(self) -> Bill:
        """Return what was paid: live calls in full, answers of batches with the discount."""
        live, cost = self._live.bill, self._price(self._taken)
        whole = None if live.cost is None or cost is None else live.cost + cost
        return Bill(usage=live.usage + self._taken, cost=whole)

    @property
    def saved(self) -> float | None:
        """Return US dollars that the batches' discount was worth; None where the price is unknown."""
        cost, live_cost = self._price(self._taken), self._live_price(self._taken)
        return None if cost is None or live_cost is None else live_cost - cost

    def complete(self, request: Request, what: str) -> Reply:
        """Return a reply that is there.

        Raises `Deferred` where it is not there yet, `BudgetReached` where it may not be queued.
        """
        key = self._live.key(request)
        reply = self._live.recall(key) or self._answered(key, request)
        if reply is not None:
            return reply
        with self._guard:
            under_way, tries = self._store.batches.line(key)
            if not under_way and (tries >= TRIES or self._store.memory.recall(REJECTED, key) is not None):
                ask_live = True
            else:
                ask_live = False
                if not under_way and key not in self._queue:
                    self._admit(request)
                    self._queue.add(key, self._engine.endpoint, self._engine.body(request))
        if ask_live:
            self._tell_of_live_calls()
            return self._live.complete(request, what)
        raise Deferred(f"{what} waits for a batch")

    @contextmanager
    def item(
        self,
        expected: Callable[[], Usage],  # noqa: ARG002
        placed: Callable[[], object] = lambda: None,  # noqa: ARG002
    ) -> Iterator["BatchCalls"]:
        """Yield the same: what is queued is judged by its worst case, and nothing is under way meanwhile."""
        yield self

    def _tell_of_live_calls(self) -> None:
        with self._guard:
            is_told, self._told_of_live_calls = self._told_of_live_calls, True
        if not is_told:
            text = "batches did not answer all: the rest is asked directly, without the batch, at full price"
            self._report(Notice(text=text))

    def forget(self, request: Request) -> None:
        """Forget a reply that was of no use; the next request does not wait for another batch."""
        self._live.forget(request)
        self._store.memory.remember(REJECTED, self._live.key(request), "")

    def stop(self) -> None:
        self._live.stop()

    def hand_in(self) -> int:
        """Send what was queued; return the number of requests."""
        return self._queue.hand_in(self._engine.desk)

    def gather(self, batches: Iterable[Batch]) -> int:
        """Keep the answers of every batch that is over; return the number of those batches.

        A batch that was sent by a process that died before it knew the id is found again by its token. One
        that the provider does not know any more, or that cannot be had today, does not hold up the others.
        Raises `RunError` where none could be had.
        """
        over, failed = 0, None
        for batch in batches:
            try:
                over += self._gathered(batch)
            except BatchGone as error:
                over += 1
                self._store.batches.save(batch.model_copy(update={"state": "closed"}))
                again = "what it was to answer is asked again"
                self._report(Notice(text=f"batch {batch.id or batch.token}: {error}; {again}"))
            except RunError as error:
                failed = failed or error
                self._report(Notice(text=f"batch {batch.id or batch.token}: {error}; it stays open"))
        if failed is not None and not over:
            raise failed
        return over

    def _gathered(self, batch: Batch) -> bool:
        """Keep the answers of a batch where it is over; return whether it is. Raises `RunError`."""
        desk, store = self._engine.desk, self._store
        identity = batch.id or desk.find(batch.token)
        looked = desk.look(identity) if identity else BatchStatus(status="never sent", over=True)
        answered = 0
        if looked.over:
            answered = sum(_keep(store, *line) for file in looked.files for line in desk.read(file))
        state: Literal["open", "closed"] = "closed" if looked.over else "open"
        store.batches.save(batch.model_copy(update={"id": identity, "state": state}))
        count = answered if looked.over else looked.done
        reason = f" ({looked.reason})" if looked.reason else ""
        progress = f"batch {identity}: {looked.status}{reason}, {count} of {looked.total} answered"
        self._report(Notice(text=progress))
        return looked.over

    def _answered(self, key: str, request: Request) -> Reply | None:
        raw = self._store.memory.recall(ANSWER, key)
        if raw is None:
            return None
        try:
            reply = self._engine.read(json.loads(raw), request)
        except Transient:
            self._store.memory.forget(ANSWER, key)
            return None
        if reply.finish != "refusal":  # a cut one too: what it leads to comes with the next batch, after it
            self._store.memory.remember(REPLY, key, reply.model_dump_json(exclude={"rate_limit"}))
        self._store.memory.forget(ANSWER, key)
        with self._guard:
            self._taken += reply.usage
        return reply

    def _admit(self, request: Request) -> None:
        promised = self._promised + worst_of(request)
        if not self._bounds.fits(Amount(tokens=promised.tokens, cost=self._price(promised))):
            raise BudgetReached("the budget is used up by what is queued for the batch")
        self._promised = promised


class _Queue:
    """Requests on their way into files of at most the size that a provider takes. Not safe by itself."""

    def __init__(self, store: Store, settings: str) -> None:
        self._store = store
        self._settings = settings
        self._folder = store.folder / "batches"
        self._full: list[tuple[str, list[str]]] = []
        self._file: IO[bytes] | None = None
        self._token = ""
        self._keys: list[str] = []
        self._bytes = 0
        self._all: set[str] = set()
        self._sweep()

    def _sweep(self) -> None:
        """Clear away what a process that died has left: its requests are queued again."""
        with suppress(OSError):
            for left in self._folder.glob("*.jsonl"):
                left.unlink()

    def __contains__(self, key: str) -> bool:
        return key in self._all

    def add(self, key: str, endpoint: str, body: dict[str, object]) -> None:
        said = {"custom_id": key, "method": "POST", "url": endpoint, "body": body}
        line = json.dumps(said, ensure_ascii=False).encode() + b"\n"
        if len(self._keys) >= MOST_LINES or self._bytes + len(line) > MOST_BYTES:
            self._close()
        with self._writing():
            if self._file is None:
                private.within(self._folder)
                self._token = uuid.uuid4().hex
                self._file = private.file(self._path(self._token)).open("wb")
            self._file.write(line)
        self._bytes += len(line)
        self._keys.append(key)
        self._all.add(key)

    def hand_in(self, desk: BatchApi) -> int:
        self._close()
        count = 0
        for token, keys in self._full:
            batch = Batch(token=token, settings=self._settings)
            self._store.batches.save(batch, keys)
            identity = desk.send(self._path(token), token)
            self._store.batches.save(batch.model_copy(update={"id": identity, "state": "open"}))
            self._path(token).unlink()
            count += len(keys)
        self._full.clear()
        self._all.clear()
        return count

    def _close(self) -> None:
        if self._file is not None:
            with self._writing():
                self._file.close()
            self._full.append((self._token, self._keys))
            self._file, self._keys, self._bytes = None, [], 0

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Raise `StateLost` where a request cannot be kept: no half file is
        handed in.
        """
        try:
            yield
        except OSError as error:
            raise StateLost(f"the folder {self._folder} cannot be written: {error.strerror}") from error

    def _path(self, token: str) -> Path:
        return self._folder / f"{token}.jsonl"


def _keep(store: Store, key: str, status: int, body: object) -> bool:
    if status == _OK:
        store.memory.remember(ANSWER, key, json.dumps(body))
        return True
    if status in _CLIENT_ERRORS and status not in _PASSING:
        store.memory.remember(REJECTED, key, json.dumps(body))
    return False
