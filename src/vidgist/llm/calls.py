"""Every call of a language model goes through here: remembered, bounded, paid for, and tried again.

The one retry loop above the engine. A call waits for its next try without holding a place; how
long, and when it gives up, `vidgist.llm.call_retries` decides.
"""

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from copy import copy
from typing import Protocol

from pydantic import ValidationError

from vidgist.bounds.scope import Scope
from vidgist.errors import BadReply, BudgetReached, CutPrompt, ItemError, RunError, Transient
from vidgist.events import Asking, Retrying
from vidgist.llm.budget import Bill, Budget, Price
from vidgist.llm.call_retries import PATIENCE, Circuit, Tries
from vidgist.llm.limiter import AdaptiveLimiter, Slot
from vidgist.llm.meter import Meter
from vidgist.llm.prompt_counts import PromptCounts
from vidgist.models import Reply, Request, Usage
from vidgist.protocols import Engine, LearningEngine, Memory, Reporter, StreamEngine
from vidgist.text import tokens

KIND = "reply"
_LONGEST_PAUSE = 900.0
"""Seconds. For a longer wait the person runs again later."""


class Gate(Protocol):
    """Lets items begin within what several machines share."""

    def item(self, worst: Usage, expected: Usage) -> AbstractContextManager[object]:
        """Keep room for an item whose first call takes ``worst`` at most; waits for it. Raises `RunError`."""


class Calls:
    """The calls of one engine, for all threads.

    ``server`` is the engine's host: part of what a reply is remembered by. ``price`` gives the US dollars
    of a usage. ``patience``: seconds that a loading server is waited for. ``fresh``: what earlier runs
    remembered does not count. ``gate``: of other machines that share a budget. Raises `ConfigError` where
    ``max_cost`` is set and the price is unknown.
    """

    def __init__(
        self,
        engine: Engine,
        jobs: int,
        report: Reporter,
        memory: Memory,
        price: Price,
        *,
        max_cost: float | None = None,
        max_tokens: int | None = None,
        fresh: bool = False,
        server: str = "",
        patience: float = PATIENCE,
        gate: Gate | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._engine = engine
        self._gate = gate
        self._report = report
        self._memory = memory
        self._price = price
        self._budget = Budget(price, max_cost, max_tokens, engine.model)
        self._limiter = AdaptiveLimiter(
            jobs,
            self._budget,
            report,
            clock,
            sleep,
            patience=patience,
            memory=memory,
            server=f"{server} {engine.model}",
        )
        self._counts = PromptCounts()
        self._circuit = Circuit()
        self._fresh = fresh
        self._server = server
        self._patience = patience
        self._clock = clock
        self._chance = chance
        self._kept: set[str] = set()
        self._scope: Scope | None = None

    def within(self, scope: Scope) -> "Calls":
        """Return the same calls for one caller, whose scope ends its waits and no others.

        Places, budget and what is learnt of the server are shared.
        """
        scoped = copy(self)
        scoped._scope = scope  # noqa: SLF001 (the copy's own)
        return scoped

    @property
    def model(self) -> str:
        return self._engine.model

    @property
    def window(self) -> int:
        """Return tokens for prompt and reply; may shrink when the server has reported its own."""
        return self._engine.window

    @property
    def bill(self) -> Bill:
        """Return what this run has paid for so far; recalled replies cost nothing."""
        return self._budget.bill

    def complete(self, request: Request, what: str) -> Reply:
        """Return one reply; ``what`` names the item or the part in events.

        A recalled reply has the tokens that it once took, with ``usage.calls`` 0: nothing was paid now.
        Raises `ItemError` (`Transient` when tries are used up) or `RunError`; after a `RunError` every
        further call raises it, without network, but for `BudgetReached`: a smaller call may still fit.
        """
        return self.complete_after(lambda _: None, request, what)

    def complete_after(
        self,
        begin: Callable[[Usage], object],
        request: Request,
        what: str,
        placed: Callable[[], object] = lambda: None,
    ) -> Reply:
        """Complete as `complete` does; ``begin`` gets the most that the call may take where it has to be
        paid for, and ``placed`` is called whenever it has its place and goes out.
        """
        key = self.key(request)
        recalled = self.recall(key)
        if recalled is not None:
            return recalled
        begin(worst_of(request))
        return self._pay(request, key, what, placed)

    @contextmanager
    def item(
        self, expected: Callable[[], Usage], placed: Callable[[], object] = lambda: None
    ) -> Iterator["ItemCalls"]:
        """Yield the same for the calls of one item, which begins where the budget has room for all of them.

        ``expected`` gives what they are likely to take; it is asked at the first that has to be paid for.
        ``placed`` is called as a call goes out.
        """
        with ExitStack() as held:

            def begin(worst: Usage) -> None:
                if self._gate is None and not self._budget.is_bounded:
                    return
                likely = expected()
                held.enter_context(self._limiter.item(worst, likely, self._scope))
                held.enter_context(self._gate.item(worst, likely) if self._gate else nullcontext())

            yield ItemCalls(self, begin, placed)

    def forget(self, request: Request) -> None:
        """Forget the remembered reply to this request, which turned out useless: ask again next time."""
        self._memory.forget(KIND, self.key(request))

    def stop(self) -> None:
        """Let no call begin any more and wake those that wait; they raise `RunError` (interrupted)."""
        self._limiter.stop(RunError("interrupted", code="interrupted", hint="run the same command again"))

    def _pay(self, request: Request, key: str, what: str, placed: Callable[[], object]) -> Reply:
        worst = worst_of(request)
        tries = Tries(self._circuit, self._clock, self._patience)
        while True:
            try:
                return self._once(request, key, worst, what, placed)
            except Transient as error:
                wait = tries.failed(error, self._chance())
                if wait is None:
                    self._give_up(error)
                    raise
                pause = max(wait, error.retry_after or 0.0)
                self._report(Retrying(what=what, reason=str(error), seconds=round(pause, 1)))
            except BudgetReached:
                raise
            except RunError as error:
                self._end(error)
                raise
            except BadReply as error:
                self._give_up(error)
                raise
            except ItemError:
                self._circuit.served()
                raise
            self._limiter.rest(wait, self._scope)

    def _once(
        self, request: Request, key: str, worst: Usage, what: str, placed: Callable[[], object]
    ) -> Reply:
        self._report(Asking(what=what, stage="wait"))
        used = Usage()
        try:
            with self._limiter.slot(worst, self._scope) as slot:
                self._report(Asking(what=what, stage="ask"))
                placed()
                reply = self._made(request, key, slot, what)
                used = reply.usage
        finally:
            self._report(Asking(what=what, stage="over", usage=used, cost=self._price(used)))
        self._circuit.served()
        self._limiter.served(reply.rate_limit, reply.usage, slot)
        return reply

    def _answered(self, request: Request, slot: Slot, what: str) -> Reply:
        """Return the reply; where its pieces can be heard they are counted, and show how soon it began."""
        if not isinstance(self._engine, StreamEngine):
            return self._engine.complete(request)
        meter = Meter(what, self._report, self._clock)

        def heard(text: str) -> None:
            meter.heard(text)
            self._limiter.heard(slot)

        return self._engine.stream(request, heard, thoughts=True)

    def _made(self, request: Request, key: str, slot: Slot, what: str) -> Reply:
        """Return one call in its place; a whole reply is remembered."""
        try:
            reply = self._answered(request, slot, what)
        except Transient as error:
            self._heed(error, slot.began)
            raise
        slot.used = reply.usage
        self._demand_read(request, reply)
        if reply.finish == "stop":
            self._memory.remember(KIND, key, reply.model_dump_json(exclude={"rate_limit"}))
            self._kept.add(key)
        return reply

    def _demand_read(self, request: Request, reply: Reply) -> None:
        """Raise `CutPrompt` where the server read only part of the request; what it reads is learnt."""
        read = self._counts.cut(request, reply)
        if not read:
            return
        if isinstance(self._engine, LearningEngine) and read < self._engine.window:
            self._engine.learn_window(read)
        where = self._server or self._engine.model
        raise CutPrompt(f"{where} read only {read:,} tokens of what it was sent", read=read)

    def _heed(self, error: Transient, began: float) -> None:
        """Apply to all calls what a failed one means: fewer at once, or none for a while."""
        if error.code == "rate_limit" or (error.code == "overloaded" and error.retry_after):
            self._limiter.crowded(began, error.retry_after)
        if error.code == "timeout":
            self._limiter.timed_out(began)
        if not error.retry_after:
            return
        if error.retry_after > _LONGEST_PAUSE:
            raise RunError(
                str(error),
                code="rate_limit",
                hint=f"run the same command again in {error.retry_after / 3_600:.1f} hours",
            ) from error
        self._limiter.pause(error.retry_after, str(error))

    def _give_up(self, error: ItemError) -> None:
        """Count a call that failed for good as the next ones may. Raises `RunError` where they do."""
        down = self._circuit.gave_up(error)
        if down is not None:
            self._end(down)
            raise down from error

    def _end(self, reason: RunError) -> None:
        """Let no call of this caller begin any more; without a scope, no call at all."""
        (self._scope or self._limiter).stop(reason)

    def key(self, request: Request) -> str:
        """Return what the reply to a request is remembered by."""
        said = {"server": self._server, "model": self._engine.model, "request": request.model_dump()}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def recall(self, key: str) -> Reply | None:
        """Return the reply remembered under a key, at no cost now."""
        if self._fresh and key not in self._kept:
            return None
        body = self._memory.recall(KIND, key)
        if body is None:
            return None
        try:
            reply = Reply.model_validate_json(body)
        except ValidationError:
            return None
        return reply.model_copy(update={"usage": reply.usage.model_copy(update={"calls": 0})})


class ItemCalls:
    """The calls of one item, which begins with the first that has to be paid for. Safe for many threads."""

    def __init__(
        self, calls: Calls, begin: Callable[[Usage], None], placed: Callable[[], object] = lambda: None
    ) -> None:
        self._calls = calls
        self._begin = begin
        self._placed = placed
        self._guard = threading.Lock()
        self._has_begun = False

    @property
    def model(self) -> str:
        return self._calls.model

    @property
    def window(self) -> int:
        return self._calls.window

    def complete(self, request: Request, what: str) -> Reply:
        """Complete as `Calls.complete` does."""
        return self._calls.complete_after(self._once_begun, request, what, self._placed)

    def forget(self, request: Request) -> None:
        self._calls.forget(request)

    def _once_begun(self, worst: Usage) -> None:
        with self._guard:
            if not self._has_begun:
                self._begin(worst)
                self._has_begun = True


def worst_of(request: Request) -> Usage:
    """Return the most that a call can take."""
    return Usage(input_tokens=tokens.of_request(request), output_tokens=request.max_output_tokens)
