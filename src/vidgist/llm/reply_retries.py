"""Whether a reply of no use may be chance, and so worth asking for again; and when a model is given up.

A fault of the moment strikes one reply and not the next; one that lies in the transcript or in the model
strikes every time. Which of the two it is shows in how often replies are of no use elsewhere in the run: the
rarer that is, the sooner a transcript whose replies fail again and again is itself the reason.
"""

import threading

from vidgist.errors import ItemError, Refused, RunError

TRIES = 12
"""Of one question at most."""

TRIES_IN_VAIN = 4
"""Of one question while no reply in the run was of use."""

NO_CHANCE = 0.0001
"""A row of failures less likely than this is not taken for chance."""

ALIKE = 10
"""Questions given up, with no reply of use since the first, before the run stops."""


class ReplyRetries:
    """What the replies of one model were worth in this run. Shared by all threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._useful = 0
        self._useless = 0
        self._given_up = 0

    def rewarded(self) -> None:
        """Note that a reply was of use."""
        with self._guard:
            self._useful += 1
            self._given_up = 0

    def tried(self, failures: int) -> bool:
        """Return a reply was of no use, the ``failures``-th such to one question: whether to ask that once
        more.

        The chance of a failure is that of all other questions, by Laplace's rule of succession.
        """
        with self._guard:
            self._useless += 1
            if not self._useful:
                return failures < TRIES_IN_VAIN
            elsewhere = self._useless - failures
            chance = (elsewhere + 1) / (elsewhere + self._useful + 2)
            return failures < TRIES and chance**failures > NO_CHANCE

    def gave_up(self, reason: ItemError) -> None:
        """Note that a question is given up. Raises `RunError` where all are.

        A model that was of use before and declines some talks does so because of what they say.
        """
        with self._guard:
            self._given_up += not (self._useful and isinstance(reason, Refused))
            if self._given_up < ALIKE:
                return
        raise RunError(
            f"the model cannot be used: {reason}",
            code="llm_useless",
            hint=reason.hint or "choose another model; then run the same command again",
        ) from reason
