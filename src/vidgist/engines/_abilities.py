"""What one model on one server can do, found out once and remembered.

Servers differ in how they take a schema and in the parameters they know, and tell only by refusing. An
`Ability` is the way of asking that works; a refusal leads one `step` down. Several threads begin at once: the
first that is refused leads, and the others follow its steps instead of repeating them.
"""

import logging
import re
import threading
from typing import Literal, get_args

from pydantic import NonNegativeInt, ValidationError

from vidgist.models import Request, Value
from vidgist.protocols import Memory

Rung = Literal["strict", "schema", "guided", "object", "text"]
"""How a schema is handed over, best first: json_schema strict, json_schema, json_object that carries the
schema (llama.cpp), json_object, plain text. For the last three the prompt shows or is given its outline."""

RUNGS: tuple[Rung, ...] = get_args(Rung)
DOUBTS = 2
"""Silent failures of a rung, each mended by a lower one, before that one is taken for good."""

_KIND = "capability"
_GRACE = 1.0
"""Seconds without a refusal after which a leader's way is taken to be accepted."""

_FORMAT = re.compile(
    r"response_format|json_?object|structured|schema|grammar|guided|requested parameters", re.IGNORECASE
)
_LIMITS = re.compile(r"max_(?:completion_)?tokens", re.IGNORECASE)
_STREAM_OPTIONS = re.compile(r"stream_options|include_usage", re.IGNORECASE)
_STREAM = re.compile(r"\bstream(?:ing|ed)?\b", re.IGNORECASE)
_MOST = re.compile(r"(?:at most|less than or equal to|<=|maximum (?:value )?(?:is|of)|\[\d+, ?)\s*(\d{2,7})")
_REFUSING = {400, 405, 415, 422, 501}
_NOT_FOUND = 404
_SERVER = 500


class Ability(Value):
    """A way of asking. ``most_output`` and ``window`` are tokens, 0 where no bound is known.

    ``stream``: whether the reply is asked for piece by piece, with a count of tokens at its end or without.
    ``heedless``: no rung brings what a schema asks for, so that this one is as good as any.
    """

    rung: Rung = "strict"
    stream: Literal["counted", "plain", ""] = ""
    limit: Literal["max_tokens", "max_completion_tokens", ""] = "max_tokens"
    temperature: bool = True
    most_output: NonNegativeInt = 0
    window: NonNegativeInt = 0
    heedless: bool = False


def concerns(ability: Ability, request: Request, words: str) -> bool:
    """Return whether words of a refusal are about the way of asking, rather than about a key, a model or a
    limit.
    """
    named = [_FORMAT] if request.schema_ is not None else []
    named += [_LIMITS] if ability.limit else []
    named += [_STREAM_OPTIONS, _STREAM] if ability.stream else []
    return any(pattern.search(words) for pattern in named) or (
        ability.temperature and request.temperature is not None and "temperature" in words
    )


def step(ability: Ability, request: Request, status: int, words: str, *, proven: bool) -> Ability | None:
    """Return the next way of asking after a refusal in these words, None where the refusal has another
    reason.

    ``proven``: the schema has been taken in this way before, so that only words about it count against it.
    """
    about_format = _FORMAT.search(words) is not None
    if status not in _REFUSING and not (about_format and (status >= _SERVER or status == _NOT_FOUND)):
        return None
    if ability.stream == "counted" and _STREAM_OPTIONS.search(words):
        return ability.model_copy(update={"stream": "plain"})
    if ability.stream and _STREAM.search(words):
        return ability.model_copy(update={"stream": ""})
    if ability.limit and _LIMITS.search(words):
        return _other_limit(ability, words)
    if ability.temperature and request.temperature is not None and "temperature" in words:
        return ability.model_copy(update={"temperature": False})
    return None if proven and not about_format else lower(ability, request)


def lower(ability: Ability, request: Request) -> Ability | None:
    """Return one rung down; None below the last and for a request without a schema."""
    if request.schema_ is None or ability.rung == RUNGS[-1]:
        return None
    return ability.model_copy(update={"rung": RUNGS[RUNGS.index(ability.rung) + 1]})


def _other_limit(ability: Ability, words: str) -> Ability:
    most = _MOST.search(words)
    if most and not ability.most_output:
        return ability.model_copy(update={"most_output": int(most[1])})
    other = "max_completion_tokens" if ability.limit == "max_tokens" else ""
    return ability.model_copy(update={"limit": other})


class Abilities:
    """The ability of one model on one server, shared by all threads and kept in the memory."""

    def __init__(self, memory: Memory, key: str, start: Ability) -> None:
        self._memory = memory
        self._key = key
        self._changed = threading.Condition()
        self._known = _recalled(memory, key) or start
        self._proven = self._known.heedless
        self._leader: int | None = None
        self._trying: Ability | None = None
        self._doubts = 0

    @property
    def window(self) -> int:
        """Return tokens, as a refusal gave them; 0 where none did."""
        return self._known.window

    def proven(self, ability: Ability) -> bool:
        """Return whether a schema handed over in this way has come back obeyed, in this process."""
        with self._changed:
            return self._proven and ability.rung == self._known.rung

    def current(self) -> Ability:
        """Return the way to ask now; waits a moment while another thread finds it out."""
        with self._changed:
            return self._follow()

    def refused(self, ability: Ability, proposal: Ability) -> Ability:
        """Return where to go on after a refusal: by the proposal as the leader, else to where the leader has
        got.
        """
        with self._changed:
            if self._leader is None and self._known != ability:
                return self._known
            if self._leader in (None, threading.get_ident()):
                self._leader, self._trying = threading.get_ident(), proposal
                self._changed.notify_all()
                return proposal
            followed = self._follow()
            return proposal if followed == ability else followed

    def accepted(self, ability: Ability, *, obeyed: bool) -> None:
        """Take what worked for all calls from now on, and remember it.

        ``obeyed`` says that a schema was sent and the reply follows it; without that its rung proves nothing.
        """
        with self._changed:
            kept = {"window": self._known.window} | ({} if obeyed else {"rung": self._known.rung})
            self._settle(ability.model_copy(update=kept), proven=obeyed)

    def mended(self, ability: Ability) -> None:
        """Note that a lower rung gave what the known one did not; after two times it is taken for all."""
        with self._changed:
            self._doubts += 1
            if self._doubts >= DOUBTS and not self._proven:
                self._settle(ability, proven=True)

    def hopeless(self, ability: Ability) -> None:
        """Stay on this rung from now on: none brings what the schema asks for."""
        with self._changed:
            self._settle(ability.model_copy(update={"heedless": True}), proven=True)

    def step_back(self) -> None:
        """Stop leading, in the calling thread."""
        with self._changed:
            if self._leader == threading.get_ident():
                self._leader, self._trying = None, None
                self._changed.notify_all()

    def learn_window(self, tokens: int) -> Ability:
        """Remember the window that a refusal named."""
        with self._changed:
            self._settle(self._known.model_copy(update={"window": tokens}), proven=False)
            return self._known

    def _settle(self, ability: Ability, *, proven: bool) -> None:
        changed = ability != self._known
        self._known, self._proven = ability, self._proven or proven
        if changed:
            self._memory.remember(_KIND, self._key, ability.model_dump_json())

    def _follow(self) -> Ability:
        """Return what is known, or what the leader is trying once it was not refused for a while."""
        while self._leader not in (None, threading.get_ident()):
            trying = self._trying
            self._changed.wait(_GRACE)
            if trying is not None and self._trying is trying:
                return trying
        return self._known


def _recalled(memory: Memory, key: str) -> Ability | None:
    body = memory.recall(_KIND, key)
    if body is None:
        return None
    try:
        return Ability.model_validate_json(body)
    except ValidationError:
        logging.getLogger(__name__).info("a remembered capability cannot be read: it is probed again")
        return None
