"""How long a call of a language model waits for its next try, and when it and the run give up.

That depends on whether others are served meanwhile: a call that fails alone is tried again soon and often, a
server that serves no call is asked more and more rarely, and soon not at all.
"""

import threading
import time
from collections.abc import Callable

from vidgist.errors import ItemError, RunError, Transient

TRIES = 16
"""Of one call in all: a fault that strikes every other call spoils one call in 65,000."""

TRIES_IN_VAIN = 8
"""Tries of one call while no other is served: about half a minute, a minute at most."""

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

_ALIKE = 5
"""Calls given up in a row for the same reason before the run stops; fewer where the server is gone."""

_ALIKE_UNREACHED = 3


class Circuit:
    """Whether the server serves any call."""

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
        """Return the end of the run where the calls given up since the last one served are too many and
        alike.
        """
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


class Tries:
    """The tries of one call."""

    def __init__(
        self, circuit: Circuit, clock: Callable[[], float] = time.monotonic, patience: float = PATIENCE
    ) -> None:
        self._circuit = circuit
        self._clock = clock
        self._patience = patience
        self._until: float | None = None
        self._made = 0
        self._in_vain = 0
        self._served = circuit.count

    def failed(self, error: Transient, chance: float) -> float | None:
        """Return seconds to wait before the next try, by full jitter; None when there is none.

        Too many calls make a call wait longer with each of its own tries, so that they spread; any other
        fault with each try in which no call was served. What the server wants all to wait is the limiter's
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
        """Return seconds until the next look at a server that loads a model; None where
        that takes too long.
        """
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
