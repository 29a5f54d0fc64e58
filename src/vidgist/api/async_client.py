"""The client for asyncio: the same calls, each made by a thread of its own."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterable
from types import TracebackType
from typing import Self, TypeVar

from vidgist.api.client import Client, Input, Preview
from vidgist.config import Settings
from vidgist.errors import ConfigError, NoThreads
from vidgist.models import Fetched, Note, Summarized, Transcript
from vidgist.protocols import Reporter

T = TypeVar("T")


class AsyncClient:
    """A `Client` for tasks. ``async with`` opens it and closes it; its methods are the client's.

    A task that is cancelled cancels its call. Raises what `Client` raises.
    """

    def __init__(self, settings: Settings | None = None, *, report: Reporter | None = None) -> None:
        self._settings = settings
        self._report = report
        self._opened: Client | None = None

    async def __aenter__(self) -> Self:
        self._opened = await _aside(lambda: Client(self._settings, report=self._report))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._opened is not None:
            await _aside(self._opened.close)

    @property
    def _client(self) -> Client:
        if self._opened is None:
            raise ConfigError("the client is not open", hint="async with AsyncClient(settings) as client")
        return self._opened

    async def summarize(
        self, what: Input | Transcript, *, title: str = "", deadline: float | None = None
    ) -> Summarized:
        """Return a note, as `Client.summarize`."""
        client, left = self._client, threading.Event()
        return await _aside(lambda: client.summarize(what, title=title, deadline=deadline, cancel=left), left)

    async def fetch(self, what: Input, *, deadline: float | None = None) -> Fetched:
        """Return a transcript, as `Client.fetch`."""
        client, left = self._client, threading.Event()
        return await _aside(lambda: client.fetch(what, deadline=deadline, cancel=left), left)

    async def preview(
        self, what: Input | Transcript, *, title: str = "", deadline: float | None = None
    ) -> Preview:
        """Return what would be sent, as `Client.preview`."""
        client, left = self._client, threading.Event()
        return await _aside(lambda: client.preview(what, title=title, deadline=deadline, cancel=left), left)

    async def run(
        self, what: Iterable[Input], *, deadline: float | None = None
    ) -> AsyncGenerator[Note, None]:
        """Yield notes as they get done, as `Client.run`."""
        left = threading.Event()
        notes = self._client.run(what, deadline=deadline, cancel=left)
        try:
            while (note := await _aside(lambda: next(notes, None), left)) is not None:
                yield note
        finally:
            if not left.is_set():
                await asyncio.shield(_aside(notes.close))


async def _aside(call: Callable[[], T], left: threading.Event | None = None) -> T:
    """Return what a call returns, made by a thread; ``left`` is set where its task is cancelled."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(made: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(made)  # type: ignore[arg-type]  # set where there is no error

    def work() -> None:
        made: T | None = None
        failure: BaseException | None = None
        try:
            made = call()
        except BaseException as error:  # noqa: BLE001 (it is raised where the call is awaited)
            failure = error
        try:
            loop.call_soon_threadsafe(settle, made, failure)
        except RuntimeError:  # the loop has ended: no coroutine awaits it
            return

    thread = threading.Thread(target=work, name="vidgist-async", daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        raise NoThreads("the system starts no thread any more") from error
    try:
        return await done
    except asyncio.CancelledError:
        if left is not None:
            left.set()
        raise
