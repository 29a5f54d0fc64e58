"""How much a language model takes at once, as far as it is known and has been learnt. Pure but for that."""

import math
from collections.abc import Callable

from vidgist import tokens
from vidgist.models import Request


class Room:
    """How much a model takes at once, in tokens: its window and, below that, what its server let through.

    Shared by all threads of a run: one transcript teaches the next.
    """

    def __init__(self, window: Callable[[], int]) -> None:
        self._window = window
        self._ceiling = math.inf
        self._taken = 0

    @property
    def window(self) -> int:
        """Tokens that question and reply may fill together, as far as is known by now."""
        return self._window()

    def for_reply(self, wanted: int) -> int:
        """What a reply gets of the tokens wanted for it: at most a third of the window."""
        return max(1, min(wanted, self.window // 3))

    def left(self, request: Request) -> int:
        """What can be added to a request; negative where it is too long already."""
        asked = tokens.of_request(request)
        return int(min(self.window - request.max_output_tokens, self._ceiling)) - asked

    def fits(self, request: Request) -> bool:
        return self.left(request) >= 0

    def took(self, request: Request) -> None:
        """A server answered this request."""
        self._taken = max(self._taken, tokens.of_request(request))

    def lower(self, refused: Request) -> None:
        """A server found this request too long: half of it may pass, or what has passed before."""
        size = tokens.of_request(refused)
        self._ceiling = min(self._ceiling, max(size // 2, self._taken if self._taken < size else 0))

    def wider(self, request: Request) -> Request | None:
        """The request with twice the room for its reply, or all there is; None where that is hardly more."""
        limit = min(2 * request.max_output_tokens, self.window - tokens.of_request(request))
        if limit < request.max_output_tokens * 5 // 4:
            return None
        return request.model_copy(update={"max_output_tokens": limit})
