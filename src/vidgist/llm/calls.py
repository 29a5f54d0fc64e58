"""Every call of a language model goes through here: remembered, bounded, paid for, and tried again.

The one retry loop above the engine. A call waits for its next try without holding a place in the lane. How
long it waits and when it gives up depends on whether others are served meanwhile: one that fails alone is
tried again soon and often, a server that serves nobody is asked ever more rarely, and soon not at all.
"""

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable
from copy import copy

from pydantic import ValidationError

from vidgist.errors import BadReply, ItemError, RunError, Transient
from vidgist.events import Asking, Retrying
from vidgist.llm.budget import Bill, Budget, Price
from vidgist.llm.limiter import AdaptiveLimiter, Slot
from vidgist.llm.meter import Meter
from vidgist.models import Reply, Request, Usage
from vidgist.protocols import Engine, Memory, Reporter, StreamEngine
from vidgist.scope import Scope
from vidgist.text import tokens

KIND = "reply"
TRIES = 16
"""Of one call in all: a fault that strikes every other call spoils one call in 65,000."""

TRIES_IN_VAIN = 8
"""Of one call while nobody else is served: about half a minute, a minute at most."""

TRIES_CROWDED = 12
"""The same where the server only says that there are too many calls: three minutes, five at most."""

TRIES_UNREACHED = 3
"""Of a server that was never reached: it is not running, or the address is wrong."""

TRIES_TIMED_OUT = 2
"""Of a call that ran out of time: another one is work that the server may still be doing."""

PATIENCE = 600.0
"""Seconds that a server is waited for which says that it loads a model."""

_LOOK_AGAIN = 5.0
"""Seconds between two looks at such a server, at most."""

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 60.0
_LONGEST_WAIT_SERVED = 4.0
"""Seconds, where there are too many calls and yet others were served since the last try."""

_LONGEST_PAUSE = 900.0
"""Seconds. Who is told to wait longer is better served by running again later."""

_ALIKE = 5
"""Calls given up in a row for the same reason before the run stops; fewer where the server is gone."""

_ALIKE_UNREACHED = 3


class Calls:
    """The calls of one engine, for all threads.

    ``server`` is the engine's host: part of what a reply is remembered by. ``price`` gives the US dollars
    of a usage. ``patience``: seconds that a loading server is waited for. ``fresh``: what earlier runs
    remembered does not count. Raises `ConfigError` where ``max_cost`` is set and the price is unknown.
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
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._engine = engine
        self._report = report
        self._memory = memory
        self._price = price
        self._budget = Budget(price, max_cost, max_tokens, engine.model)
        self._lane = AdaptiveLimiter(
            jobs,
            self._budget,
            report,
            clock,
            sleep,
            patience=patience,
            memory=memory,
            server=f"{server} {engine.model}",
        )
        self._circuit = _Circuit()
        self._fresh = fresh
        self._server = server
        self._patience = patience
        self._clock = clock
        self._chance = chance
        self._kept: set[str] = set()
        self._scope: Scope | None = None

    def within(self, scope: Scope) -> "Calls":
        """Return the same calls for one caller, whose scope ends its waits and nobody else's.

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
        """Tokens for prompt and reply; may shrink when the server has told its own."""
        return self._engine.window

    @property
    def bill(self) -> Bill:
        """What this run has paid for so far; recalled replies cost nothing."""
        return self._budget.bill

    def complete(self, request: Request, what: str) -> Reply:
        """One reply; ``what`` names the item or the part to whoever watches.

        A recalled reply tells the tokens that it once took, with ``usage.calls`` 0: nothing was paid now.
        Raises `ItemError` (`Transient` when tries are used up) or `RunError`; after a `RunError` every
        further call raises it, without network.
        """
        key = self.key(request)
        recalled = self.recall(key)
        return recalled if recalled is not None else self._pay(request, key, what)

    def forget(self, request: Request) -> None:
        """The remembered reply to this request turned out useless: ask again next time."""
        self._memory.forget(KIND, self.key(request))

    def stop(self) -> None:
        """Let no call begin any more and wake those that wait; they raise `RunError` (interrupted)."""
        self._lane.stop(RunError("interrupted", code="interrupted", hint="run the same command again"))

    def _pay(self, request: Request, key: str, what: str) -> Reply:
        worst = Usage(input_tokens=tokens.of_request(request), output_tokens=request.max_output_tokens)
        tries = _Tries(self._circuit, self._clock, self._patience)
        while True:
            try:
                return self._once(request, key, worst, what)
            except Transient as error:
                wait = tries.failed(error, self._chance())
                if wait is None:
                    self._give_up(error)
                    raise
                told = max(wait, error.retry_after or 0.0)
                self._report(Retrying(what=what, reason=str(error), seconds=round(told, 1)))
            except RunError as error:
                self._end(error)
                raise
            except BadReply as error:
                self._give_up(error)
                raise
            except ItemError:
                self._circuit.served()
                raise
            self._lane.rest(wait, self._scope)

    def _once(self, request: Request, key: str, worst: Usage, what: str) -> Reply:
        self._report(Asking(what=what, stage="wait"))
        used = Usage()
        try:
            with self._lane.slot(worst, self._scope) as slot:
                self._report(Asking(what=what, stage="ask"))
                reply = self._made(request, key, slot, what)
                used = reply.usage
        finally:
            self._report(Asking(what=what, stage="over", usage=used, cost=self._price(used)))
        self._circuit.served()
        self._lane.served(reply.rate_limit, reply.usage, slot)
        return reply

    def _answered(self, request: Request, slot: Slot, what: str) -> Reply:
        """Return the reply; where its pieces can be heard they are counted, and show how soon it began."""
        if not isinstance(self._engine, StreamEngine):
            return self._engine.complete(request)
        meter = Meter(what, self._report, self._clock)

        def heard(text: str) -> None:
            meter.heard(text)
            self._lane.heard(slot)

        return self._engine.stream(request, heard, thoughts=True)

    def _made(self, request: Request, key: str, slot: Slot, what: str) -> Reply:
        """One call in its place; a whole reply is remembered."""
        try:
            reply = self._answered(request, slot, what)
        except Transient as error:
            self._heed(error, slot.began)
            raise
        slot.used = reply.usage
        if reply.finish == "stop":
            self._memory.remember(KIND, key, reply.model_dump_json(exclude={"rate_limit"}))
            self._kept.add(key)
        return reply

    def _heed(self, error: Transient, began: float) -> None:
        """What a failed call means for all others: fewer at once, or none for a while."""
        if error.code == "rate_limit" or (error.code == "overloaded" and error.retry_after):
            self._lane.crowded(began, error.retry_after)
        if error.code == "timeout":
            self._lane.timed_out(began)
        if not error.retry_after:
            return
        if error.retry_after > _LONGEST_PAUSE:
            raise RunError(
                str(error),
                code="rate_limit",
                hint=f"run the same command again in {error.retry_after / 3_600:.1f} hours",
            ) from error
        self._lane.pause(error.retry_after, str(error))

    def _give_up(self, error: ItemError) -> None:
        """A call failed for good in a way that the next ones may share. Raises `RunError` where they do."""
        down = self._circuit.gave_up(error)
        if down is not None:
            self._end(down)
            raise down from error

    def _end(self, reason: RunError) -> None:
        """Let no call of this caller begin any more; without a scope, no call at all."""
        (self._scope or self._lane).stop(reason)

    def key(self, request: Request) -> str:
        """What the reply to a request is remembered by."""
        said = {"server": self._server, "model": self._engine.model, "request": request.model_dump()}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def recall(self, key: str) -> Reply | None:
        """The reply remembered under a key, at no cost now."""
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


class _Circuit:
    """Whether the server serves anybody."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self.count = 0
        self._reason = ""
        self._alike = 0

    def served(self) -> None:
        with self._guard:
            self.count += 1
            self._alike = 0

    def gave_up(self, error: ItemError) -> RunError | None:
        """The end of the run where the calls given up since the last one served are too many and alike."""
        with self._guard:
            self._alike = self._alike + 1 if error.code == self._reason else 1
            self._reason = error.code
            enough = 1 if error.code == "loading" else _ALIKE
            if error.code == "unreachable":
                enough = _ALIKE_UNREACHED if self.count else 1
            if self._alike < enough:
                return None
        return RunError(
            f"the model cannot be used: {error}",
            code="llm_down",
            hint=error.hint or "run the same command again when the server is well",
        )


class _Tries:
    """The tries of one call."""

    def __init__(
        self, circuit: _Circuit, clock: Callable[[], float] = time.monotonic, patience: float = PATIENCE
    ) -> None:
        self._circuit = circuit
        self._clock = clock
        self._patience = patience
        self._until: float | None = None
        self._made = 0
        self._in_vain = 0
        self._served = circuit.count

    def failed(self, error: Transient, chance: float) -> float | None:
        """Seconds to wait before the next try, by full jitter; None when there is none.

        Too many calls make a call wait longer with each of its own tries, so that they spread; any other
        fault with each try in which nobody was served. What the server wants all to wait is the lane's
        affair, and a little more than that is enough.
        """
        if self._circuit.count != self._served:
            self._served, self._in_vain = self._circuit.count, 0
        if error.code == "loading":
            return self._until_loaded(chance)
        self._made += 1
        self._in_vain += 1
        if self._made >= TRIES or self._in_vain >= self._most(error):
            return None
        if error.retry_after:
            return chance * _FIRST_WAIT
        crowded = error.code == "rate_limit"
        doubled = self._made if crowded else self._in_vain
        longest = _LONGEST_WAIT_SERVED if crowded and self._in_vain == 1 else _LONGEST_WAIT
        return chance * min(longest, _FIRST_WAIT * (1 << (doubled - 1)))

    def _until_loaded(self, chance: float) -> float | None:
        """Seconds until the next look at a server that loads a model; None where that takes too long."""
        now = self._clock()
        if self._until is None:
            self._until = now + self._patience
        return None if now >= self._until else 1.0 + chance * (_LOOK_AGAIN - 1.0)

    def _most(self, error: Transient) -> int:
        if error.code == "timeout":
            return TRIES_TIMED_OUT
        if error.code == "rate_limit":
            return TRIES_CROWDED
        return TRIES_UNREACHED if error.code == "unreachable" and not self._served else TRIES_IN_VAIN
