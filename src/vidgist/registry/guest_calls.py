"""Call what another package brings: in a thread of its own, within a time, its errors and its prints held.

What a plug-in prints goes to standard error, as standard output holds results. One that does not come back is
left to itself; where several calls of it have not, the next ones fail at once.
"""

import queue
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import TextIO, TypeVar, cast

from vidgist.errors import NoThreads, PluginFailed, VidgistError
from vidgist.protocols import Visit

T = TypeVar("T")

QUICK = 60.0
"""Seconds for a call that goes to no site and asks no model."""

_BREATH = 0.25
"""Seconds between two looks at the clock: an interrupt ends the wait in between."""

_LOST = 2
"""Calls of one plug-in that have not come back, from which on no more are made."""

_SHOWN = 300

_here = threading.local()
_unanswered: Counter[str] = Counter()
_guard = threading.Lock()


def guarded(who: str, what: str, call: Callable[[], T], *, seconds: float | None = None) -> T:
    """Return what a plug-in returns; it may take ``seconds``, `QUICK` where none are named.

    Raises vidgist's own errors; `PluginFailed` for every other one, an exit and an interrupt of its own too,
    and where it does not end in time.
    """
    if _unanswered[who] >= _LOST:
        raise PluginFailed(f"{who}: it does not come back from earlier calls")
    seconds = QUICK if seconds is None else seconds
    done: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()
    watch = _Watch(seconds)

    def act() -> None:
        _here.watch = watch
        try:
            done.put((call(), None))
        except BaseException as raised:  # noqa: BLE001 (it is raised where the call was made)
            done.put((None, raised))
        finally:
            with _guard:
                _unanswered[who] -= watch.is_left

    _hold_prints()
    try:
        threading.Thread(target=act, name=f"vidgist: {who}", daemon=True).start()
    except RuntimeError as error:
        raise NoThreads("the system starts no thread any more") from error
    while True:
        try:
            made, problem = done.get(timeout=min(_BREATH, seconds))
        except queue.Empty:
            if not watch.is_over():
                continue
            with _guard:
                watch.is_left = True
                _unanswered[who] += 1
            raise PluginFailed(f"{who}: {what} did not end within {seconds:g} s") from None
        if isinstance(problem, VidgistError):
            raise problem
        if problem is not None:
            raise PluginFailed(f"{who}: {what} raised {described(problem)}") from problem
        return cast("T", made)


def described(error: BaseException) -> str:
    """Return an exception in one line."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 (of another package's)
        text = ""
    return " ".join(f"{type(error).__name__}: {text}".split())[:_SHOWN].rstrip(": ")


def patient(visit: Visit) -> Visit:
    """Return a visit whose waits do not count as the plug-in's time."""

    def waiting(request: Callable[[], T], /) -> T:
        watch: _Watch = _here.watch

        def timed() -> T:
            watch.go()
            try:
                return request()
            finally:
                watch.pause()

        watch.pause()
        try:
            return visit(timed)
        finally:
            watch.go()

    return waiting


class _Watch:
    """The time that a call has taken, without the waits that are not its own."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._since: float | None = time.monotonic()
        self.is_left = False

    def go(self) -> None:
        self._since = time.monotonic()

    def pause(self) -> None:
        if self._since is not None:
            self._left -= time.monotonic() - self._since
            self._since = None

    def is_over(self) -> bool:
        since = self._since
        return since is not None and time.monotonic() - since >= self._left


class _Parted:
    """Standard output, for all but the threads of plug-ins: what they print goes to standard error."""

    def __init__(self, own: object) -> None:
        self.own = own

    def __getattribute__(self, name: str) -> object:
        if name in ("own", "__class__"):
            return super().__getattribute__(name)
        return getattr(sys.stderr if hasattr(_here, "watch") else self.own, name)


def _hold_prints() -> None:
    if not isinstance(sys.stdout, _Parted):
        sys.stdout = cast("TextIO", _Parted(sys.stdout))
