"""Sees from a server's own count that it read only part of a prompt. Pure but for what it has seen.

Local servers with a small window cut a prompt that is longer, say nothing, and answer from the rest. Their
count of the prompt shows it: it is the window, a power of two; or far below what such words can be; or below
what the same server counted for other prompts; or the same for prompts of different length. A count says
nothing where the server has read a longer prompt before: then it leaves out what it had cached.
"""

import threading

from vidgist.models import Reply, Request
from vidgist.text import tokens

_LEAST = 1_500
"""Tokens of a prompt below which no server cuts."""

_LOW, _LOW_PLAIN = 0.6, 0.72
"""Shares of the estimate below which a count is no mere difference of tokenizers: of any text, of ASCII."""

_ROUND, _UNLIKE_ROUND = 1_024, 0.9
_SMALLEST_WINDOW, _UNLIKE = 2_048, 0.97
"""Windows are multiples of the one, and most of them powers of two from the other on: a count of just that,
below this share of the estimate, is a window."""

_SAMPLES = 3
_BELOW, _BELOW_ROUND = 0.85, 0.995
"""Prompts read whole from which on a server's own measure is known, and shares of that which no whole prompt
has; the second where the count is a window."""

_SAME, _LONGER = 0.01, 1.15
"""How little the counts of two prompts may differ, and how many times the one is longer than the other."""


class PromptCounts:
    """Of one model on one server, for all threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._ratios: dict[bool, list[float]] = {True: [], False: []}
        self._most = self._most_sent = 0

    def cut(self, request: Request, reply: Reply) -> int:
        """Return how much of the request was read, in tokens as `tokens` estimates them; 0: all of it."""
        sent, counted = tokens.of_messages(request), reply.usage.input_tokens
        if sent < _LEAST:
            return 0
        plain = all(message.content.isascii() for message in request.messages)
        with self._guard:
            ratios = self._ratios[plain]
            measure = min(ratios) if len(ratios) >= _SAMPLES else 0.0
            if counted > self._most * (1 - _SAME) and self._is_cut(sent, counted, measure, plain=plain):
                return int(counted / max(measure, 1.0))
            ratios.append(counted / tokens.of_request(request))
            if counted > self._most:
                self._most, self._most_sent = counted, sent
        return 0

    def _is_cut(self, sent: int, counted: int, measure: float, *, plain: bool) -> bool:
        expected = measure * sent
        if _is_window(counted) and (counted < _UNLIKE * sent or counted < _BELOW_ROUND * expected):
            return True
        if counted >= _ROUND and counted % _ROUND in (0, 1, _ROUND - 1) and counted < _UNLIKE_ROUND * sent:
            return True
        if counted < (_LOW_PLAIN if plain else _LOW) * sent or counted < _BELOW * expected:
            return True
        return bool(self._most) and counted <= self._most * (1 + _SAME) and sent >= _LONGER * self._most_sent


def _is_window(counted: int) -> bool:
    """Return whether a count is a power of two, or one beside it."""
    return any(
        near >= _SMALLEST_WINDOW and not near & (near - 1) for near in (counted - 1, counted, counted + 1)
    )
