"""The exchange with a language model over one transcript: asked, asked again where a reply is of no use.

A reply that breaks a rule is asked for again with that rule named; what is cut at its limit then gets
more room, all else is asked again. How often, `vidgist.llm.reply_retries` decides; what is left is a failure.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Protocol, TypeVar

from vidgist.errors import BadReply, CutPrompt, Refused, TooLong, Truncated
from vidgist.llm import filled_prompts
from vidgist.llm.context_window import ContextWindow
from vidgist.llm.reply_retries import ReplyRetries
from vidgist.models import Reply, Request, Usage

_Read = TypeVar("_Read")

_WIDEST = 4
"""Times the room that was wanted for a reply at first; what needs more is a model run wild."""

_TRIES_TOO_LONG = 2
"""Of a request longer than any that was taken: a refusal costs nothing, a needless cut does."""


class Calls(Protocol):
    """A language model behind retries, pacing, counting and memory. Several threads may call it."""

    @property
    def model(self) -> str:
        """Return ``provider:name``."""

    @property
    def window(self) -> int:
        """Return tokens that question and reply may fill together; may shrink when the server has told its
        own.
        """

    def complete(self, request: Request, what: str) -> Reply:
        """Return the reply; ``what`` names the call for a person. Raises `ItemError` or `RunError`."""

    def forget(self, request: Request) -> None:
        """Forget the reply, which was of no use: do not give it again."""


class ItemwiseCalls(Calls, Protocol):
    """The same, where the calls of an item can be bounded together."""

    def item(
        self, expected: Callable[[], Usage], placed: Callable[[], object] = ...
    ) -> AbstractContextManager[Calls]:
        """Return the calls of one item, which are ``expected`` to take so much; ``placed`` is called as one
        goes out. Raises `BudgetReached`.
        """


class Dialogue:
    """What is said about one transcript. Several threads may ask at once.

    ``context`` is what is known of the context window for this transcript.
    """

    def __init__(self, calls: Calls, context: ContextWindow, retries: ReplyRetries) -> None:
        self.calls = calls
        self.context = context
        self.retries = retries
        self.cut_at = 0
        """Tokens that the server read of a longer prompt; 0 where it read all that it was sent."""
        self._used: list[Usage] = []

    @property
    def usage(self) -> Usage:
        return sum(self._used, start=Usage())

    def read(
        self,
        request: Request,
        what: str,
        read: Callable[[str], _Read],
        make_do: Callable[[str], _Read] | None = None,
        ended: Callable[[_Read], _Read] | None = None,
        *,
        once: bool = False,
    ) -> tuple[_Read, Reply]:
        """Return what ``read`` makes of the reply to a request, and that reply.

        Where it raises `BadReply`, the model is asked to put that right; where that fails too, ``make_do``
        may take less, of the later reply or an earlier one. ``ended`` ends the sentences of a reply that
        was held to a length; ``once``: what cannot be used is not asked for again. Raises `Truncated`,
        `Refused` or `BadReply` in the end, `RunError` where no reply is of use any more, or what the call
        does.
        """
        plain, asked = request, [request]
        replies: list[Reply] = []
        while True:
            mends = asked[-1] is not plain
            reply = self._complete(asked[-1], f"{what}, put right" if mends else what)
            try:
                demand_whole(reply)
                replies.append(reply)
                found = _first_reading(replies, read, make_do or read)
            except (Truncated, Refused, BadReply) as error:
                failure = error
            else:
                self.retries.rewarded()
                return (ended(found[0]), found[1]) if ended and asked[-1].bounded else found
            if once:
                raise failure
            if not self.retries.tried(len(asked)):
                break
            if isinstance(failure, BadReply) and not mends:
                question = filled_prompts.repair(plain, reply.text, str(failure), fits=self.context.fits)
            elif isinstance(failure, Truncated):
                question = plain = self._wider(
                    plain, most=_WIDEST * request.max_output_tokens, again=len(asked) > 1
                )
            else:
                question = plain
            if question in asked:
                self.calls.forget(question)
            asked.append(question)
        for question in asked:
            self.calls.forget(question)
        self.retries.gave_up(failure)
        raise failure

    def _complete(self, request: Request, what: str) -> Reply:
        reply = self._taken(request, what)
        self.context.took(request)
        self._used.append(reply.usage)
        return reply

    def _taken(self, request: Request, what: str) -> Reply:
        """Return the reply to a request that may be found too long by chance, too: then it is made again."""
        refusals = 0
        while True:
            try:
                return self.calls.complete(request, what)
            except CutPrompt as error:
                self.cut_at = error.read
                raise
            except TooLong:
                refusals += 1
                if not self.context.fits(request):
                    raise
                may_pass = self.retries.tried(refusals)
                if not (may_pass if self.context.has_taken(request) else refusals < _TRIES_TOO_LONG):
                    raise

    def _wider(self, request: Request, most: int, *, again: bool) -> Request:
        """Return the request with more room for its reply; held to it where there is no more, or more did not
        do.
        """
        wider = self.context.wider(request)
        if wider is None or wider.max_output_tokens > most:
            return request.model_copy(update={"bounded": request.schema_ is not None})
        return wider.model_copy(update={"bounded": again and request.schema_ is not None})


def demand_whole(reply: Reply) -> None:
    """Raise `Truncated` or `Refused` where a reply is not the whole of what was asked for."""
    if reply.finish == "length":
        raise Truncated("the model's reply was cut at its token limit")
    if reply.finish == "refusal":
        raise Refused("the model declined to answer")


def _first_reading(
    replies: Sequence[Reply], read: Callable[[str], _Read], make_do: Callable[[str], _Read]
) -> tuple[_Read, Reply]:
    """Return the last reply as ``read``, or from the second one on what can be made do with, the later the
    better.

    Raises the `BadReply` of the last one.
    """
    try:
        return read(replies[-1].text), replies[-1]
    except BadReply as error:
        broken = error
    for reply in reversed(replies if len(replies) > 1 else ()):
        with suppress(BadReply):
            return make_do(reply.text), reply
    raise broken
