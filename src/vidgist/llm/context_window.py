"""How much a language model takes at once, as far as it is known and has been learnt. Pure but for that."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from vidgist.models import Request
from vidgist.text import tokens

_SURE = 0.9
"""Of what a server was seen to read: estimates differ from one text to another."""


@dataclass
class _Learnt:
    """What a server let through: a request of ``taken`` tokens at most, and none above the ``ceiling``."""

    ceiling: float = math.inf
    taken: int = 0


class ContextWindow:
    """How much a model takes at once, in tokens: its window and, below that, what its server let through.

    Shared by all threads of a run: one transcript teaches the next. Token counts are estimates that one
    transcript may belie, and refusals may be chance; `of_one` keeps such a thing to that transcript.
    """

    def __init__(self, window: Callable[[], int]) -> None:
        self._window = window
        self._learnt = _Learnt()
        self._ceiling = math.inf

    def of_one(self) -> "ContextWindow":
        """Return the same, as one transcript finds it."""
        context = ContextWindow(self._window)
        context._learnt = self._learnt
        return context

    @property
    def window(self) -> int:
        """Return tokens that question and reply may fill together, as far as is known by now."""
        return self._window()

    def for_reply(self, wanted: int) -> int:
        """Return what a reply gets of the tokens wanted for it: at most a third of the window."""
        return max(1, min(wanted, self.window // 3))

    def left(self, request: Request) -> int:
        """Return what can be added to a request; negative where it is too long already."""
        asked = tokens.of_request(request)
        ceiling = min(self._ceiling, self._learnt.ceiling)
        return int(min(self.window - request.max_output_tokens, ceiling)) - asked

    def fits(self, request: Request) -> bool:
        return self.left(request) >= 0

    def took(self, request: Request) -> None:
        """Note that a server answered this request: it takes as much, also where it refused before."""
        size = tokens.of_request(request)
        self._learnt.taken = max(self._learnt.taken, size)
        self._learnt.ceiling = max(self._learnt.ceiling, size)

    def has_taken(self, request: Request) -> bool:
        """Return whether a request as long as this one was answered."""
        return tokens.of_request(request) <= self._learnt.taken

    def lower(self, refused: Request, read: int = 0) -> None:
        """Note that a server found this request too long: half of it may pass, or what has passed before.

        ``read``: tokens that it read of it, so that as many pass, but for a little.
        """
        size = tokens.of_request(refused)
        if read:
            self._learnt.ceiling = min(self._learnt.ceiling, int(read * _SURE))
        elif self.has_taken(refused):
            self._ceiling = min(self._ceiling, size // 2)
        else:
            self._learnt.ceiling = min(self._learnt.ceiling, max(size // 2, self._learnt.taken))

    def wider(self, request: Request) -> Request | None:
        """Return the request with twice the room for its reply, or all there is; None where that is hardly
        more.
        """
        limit = min(2 * request.max_output_tokens, self.window - tokens.of_request(request))
        if limit < request.max_output_tokens * 5 // 4:
            return None
        return request.model_copy(update={"max_output_tokens": limit})

    def filled(self, request: Request, wanted: int, least: int) -> Request:
        """Return the request with as much of the ``wanted`` room for its reply as its own length leaves.

        Never less than ``least``: then it may not fit.
        """
        left = self.window - tokens.of_request(request)
        return request.model_copy(update={"max_output_tokens": max(1, min(wanted, max(left, least)))})
