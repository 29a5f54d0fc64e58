"""The exchange with a language model over one transcript: asked, asked again where a reply is of no use.

A reply cut at its limit is asked for once more with more room, one that breaks a rule once more with that
rule named. What is left then is a failure.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from vidgist import tokens
from vidgist.errors import BadReply, ItemError, Refused, Truncated
from vidgist.llm import questions
from vidgist.llm.room import Room
from vidgist.models import Reply, Request, Usage

_Read = TypeVar("_Read")


class Calls(Protocol):
    """A language model behind whatever retries, paces, counts and remembers. Several threads may call it."""

    @property
    def model(self) -> str:
        """``provider:name``."""

    @property
    def window(self) -> int:
        """Tokens that question and reply may fill together; may shrink when the server has told its own."""

    def complete(self, request: Request, what: str) -> Reply:
        """``what`` names the call for a person. Raises `ItemError` or `RunError`."""

    def forget(self, request: Request) -> None:
        """The reply was of no use: do not give it again."""


class Dialogue:
    """What is said about one transcript. Several threads may ask at once."""

    def __init__(self, calls: Calls, room: Room) -> None:
        self.calls = calls
        self.room = room
        self.was_cut = False
        """A server counted far fewer tokens than it was sent: it read only part of them."""
        self._used: list[Usage] = []

    @property
    def usage(self) -> Usage:
        return sum(self._used, start=Usage())

    def ask(self, request: Request, what: str) -> Reply:
        """A whole reply. Raises `Truncated`, `Refused`, or what the call does."""
        reply = self._complete(request, what)
        wider = self.room.wider(request) if reply.finish == "length" else None
        if wider is not None:
            self.calls.forget(request)
            request, reply = wider, self._complete(wider, what)
        try:
            demand_whole(reply)
        except ItemError:
            self.calls.forget(request)
            raise
        return reply

    def read(
        self, request: Request, what: str, read: Callable[[str], _Read], make_do: Callable[[str], _Read]
    ) -> tuple[_Read, Reply]:
        """What ``read`` makes of the reply to a request, and that reply.

        Where it raises `BadReply`, the model is asked once to put that right; where that fails too,
        ``make_do`` may take less, of the later reply or the first. Raises `BadReply` in the end.
        """
        reply = self.ask(request, what)
        try:
            return read(reply.text), reply
        except BadReply as error:
            repair = questions.repair(request, reply.text, str(error), fits=self.room.fits)
        try:
            mended = self.ask(repair, f"{what}, put right")
            return _first((read, mended), (make_do, mended), (make_do, reply))
        except ItemError:
            self.calls.forget(request)
            self.calls.forget(repair)
            raise

    def _complete(self, request: Request, what: str) -> Reply:
        reply = self.calls.complete(request, what)
        self.room.took(request)
        if tokens.truncated_context(request, reply):
            self.was_cut = True
        self._used.append(reply.usage)
        return reply


def demand_whole(reply: Reply) -> None:
    """Raises `Truncated` or `Refused` where a reply is not the whole of what was asked for."""
    if reply.finish == "length":
        raise Truncated("the model's reply was cut at its token limit")
    if reply.finish == "refusal":
        raise Refused("the model declined to answer")


def _first(*attempts: tuple[Callable[[str], _Read], Reply]) -> tuple[_Read, Reply]:
    """The first reading that succeeds. Raises the `BadReply` of the first one."""
    broken: BadReply | None = None
    for read, reply in attempts:
        try:
            return read(reply.text), reply
        except BadReply as error:
            broken = broken or error
    assert broken is not None
    raise broken
