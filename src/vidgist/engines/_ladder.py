"""Asks a server in the best way it takes, and finds that way out.

What is refused in words is asked again one step lower, at once and for everybody. What fails without words
(a bare server error, an answer that pays no heed to the schema) may be chance: it is asked again lower for
this request, and the lower way becomes everybody's only when that has helped twice before the higher one
ever worked.
"""

from collections.abc import Callable, Mapping

from vidgist.engines import _bodies, _error_map, _faults, _replies
from vidgist.engines._abilities import Abilities, Ability, concerns, lower, step
from vidgist.engines._faults import Fault, Refusal
from vidgist.errors import BadReply, TooLong, Transient, VidgistError
from vidgist.models import Reply, Request, Usage
from vidgist.text import tokens

Ask = Callable[[dict[str, object]], tuple[object, Mapping[str, str]]]
"""Sends a body; gives the answer's JSON and headers. Raises `Refusal` or one of our errors."""

_SERVER = 500


Build = Callable[[Request, str, Ability], dict[str, object]]
"""Makes the body of a request in the dialect of a kind of server."""


class Ladder:
    """One model on one server, asked by many threads."""

    def __init__(
        self,
        ask: Ask,
        name: str,
        host: str,
        abilities: Abilities,
        build: Build = _bodies.build,
    ) -> None:
        self._build = build
        self._ask = ask
        self._name = name
        self._host = host
        self._abilities = abilities

    def complete(self, request: Request) -> Reply:
        """Return one reply, its usage that of all that was answered on the way. Raises `ItemError` or
        `RunError`.
        """
        try:
            return self._walk(request)
        finally:
            self._abilities.step_back()

    def _walk(self, request: Request) -> Reply:
        ability, chance = self._abilities.current(), False
        heedless: list[Reply] = []
        while True:
            try:
                reply = self._once(request, ability)
            except Refusal as refusal:
                onward = self._onward(refusal.fault, request, ability, chance)
                if onward is None:
                    if heedless:
                        return _summed(heedless)
                    raise _error_map.translate(refusal.fault, self._host) from refusal.__cause__
                ability, chance = onward
                continue
            except Transient:
                if heedless:
                    return _summed(heedless)
                raise
            if self._serves(request, reply, ability, chance):
                return _summed([reply, *heedless])
            heedless.append(reply)
            below = lower(ability, request)
            if below is None:
                self._abilities.hopeless(ability)
                return _summed(heedless)
            ability, chance = below, True

    def _once(self, request: Request, ability: Ability) -> Reply:
        answer, headers = self._ask(self._build(request, self._name, ability))
        try:
            return _replies.read(answer, headers, request)
        except Transient as error:
            raise Transient(f"{self._host}: {error}", code=error.code) from error

    def _serves(self, request: Request, reply: Reply, ability: Ability, chance: bool) -> bool:
        """Return whether the reply is one to give back; what it shows of the server is noted."""
        if request.schema_ is None or reply.finish != "stop":
            if not chance:
                self._abilities.accepted(ability, obeyed=False)
            return True
        if self._abilities.proven(ability):
            return True
        if not _replies.obeys(reply.text, request.schema_):
            return False
        if chance:
            self._abilities.mended(ability)
        else:
            self._abilities.accepted(ability, obeyed=True)
        return True

    def _onward(
        self, fault: Fault, request: Request, ability: Ability, chance: bool
    ) -> tuple[Ability, bool] | None:
        """Return the next way and whether chance may be the reason for it; None where there is nothing to
        try.
        """
        meaning = _error_map.translate(fault, self._host)
        if isinstance(meaning, TooLong):
            pressed = self._pressed(fault, request, ability)
            return None if pressed is None else (pressed, chance)
        if isinstance(meaning, Transient) and fault.status < _SERVER:
            return self._by_chance(meaning, request, ability, chance)
        if not concerns(ability, request, fault.words) and _says_why(meaning):
            return None
        proven = self._abilities.proven(ability)
        below = step(ability, request, fault.status, fault.words, proven=proven)
        if below is not None:
            return (below, True) if chance else (self._abilities.refused(ability, below), False)
        by_schema = request.schema_ is not None and ability.rung in ("strict", "schema")
        waits = "retry-after" in fault.headers
        if fault.status == _SERVER and by_schema and not (proven or chance or waits):
            return ability.model_copy(update={"rung": "guided"}), True
        return None

    def _by_chance(
        self, trouble: Transient, request: Request, ability: Ability, chance: bool
    ) -> tuple[Ability, bool] | None:
        """Return one rung down for this request, where a server found that its own reply was no JSON."""
        if chance or trouble.code != "bad_response" or self._abilities.proven(ability):
            return None
        below = lower(ability, request)
        return None if below is None else (below, True)

    def _pressed(self, fault: Fault, request: Request, ability: Ability) -> Ability | None:
        """Return the same with a shorter reply, where the prompt alone fits the window
        that the server reports.
        """
        window = _faults.window_told(fault)
        if not window:
            return None
        self._abilities.learn_window(window)
        pressed = ability.model_copy(update={"window": window})
        shorter = _bodies.output_limit(request, pressed) < _bodies.output_limit(request, ability)
        fits = tokens.of_request(request) + _bodies.LEAST_OUTPUT <= window
        return pressed if shorter and fits and ability.limit else None


def _says_why(meaning: VidgistError) -> bool:
    """Return whether an error has a reason that no other way of asking would mend."""
    return not isinstance(meaning, BadReply) and meaning.code != "server_error"


def _summed(replies: list[Reply]) -> Reply:
    """Return the first, with the usage of all."""
    usage = sum((reply.usage for reply in replies), Usage())
    return replies[0].model_copy(update={"usage": usage})
