"""A worker's lanes: tickets taken from the queue, so many at a time, and what becomes of them.

A ticket is taken by one lane of one worker at a time. What ends with an error goes back to where it was; what
a dead worker held goes back when that worker has given no sign of life for a while.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued, AppNotOpen, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job
from pydantic import ValidationError

from vidgist.cluster import queue
from vidgist.cluster.database import IMPATIENCE, KEEP_ALIVE, PATIENCE, Database, DatabaseLost
from vidgist.cluster.orders import Ticket
from vidgist.cluster.worker_steps import LANES, Next, Queue
from vidgist.errors import Blocked, RunError
from vidgist.models import Item

CONNECTIONS = 4
"""Connections of a worker's queue at most; each lane takes one more to receive notifications."""

POLL = 2.0
"""Seconds between two looks at the queue where nothing is announced."""

AGAIN = 10
"""Seconds before a ticket that was put back on purpose is taken again."""

log = logging.getLogger(__name__)


class Lanes:
    """The lanes of one worker, each with so many tickets in hand at most.

    ``step`` does one step of a ticket, in a thread, and gets how often it was tried before and how many
    workers died with it. A `RunError` of it ends this worker's lanes, a `Blocked` the fetching alone.
    ``halted`` is called with the reason each time.
    ``silence``: seconds after which a worker that was not heard of is taken for dead.
    """

    def __init__(
        self,
        database: Database,
        widths: Mapping[Queue, int],
        step: Callable[[Queue, Ticket, int, int], Next],
        halted: Callable[[RunError], None],
        *,
        silence: float,
    ) -> None:
        self._database = database
        self._widths = widths
        self._step = step
        self._halted = halted
        self._silence = silence
        self._connector = PsycopgConnector(
            conninfo=database.url, kwargs=KEEP_ALIVE, min_size=1, max_size=CONNECTIONS, timeout=PATIENCE
        )
        self._app = App(connector=self._connector)
        self._threads = ThreadPoolExecutor(sum(widths.values()), "lane")
        self._running: dict[Queue, asyncio.Task[None]] = {}
        for lane in widths:
            self._app.task(name=queue.task(lane), queue=lane, pass_context=True, retry=_PutBack())(
                self._work(lane)
            )

    async def run(self, tend: Callable[[], bool], *, every: float) -> None:
        """Run until all lanes have ended. ``tend`` is called every so many seconds; True ends the lanes."""
        asyncio.get_running_loop().set_exception_handler(self._unheard)
        try:
            async with self._app.open_async():
                self._running = {lane: asyncio.create_task(self._lane(lane)) for lane in self._widths}
                tending = asyncio.create_task(self._tend(tend, every))
                outcomes = await asyncio.gather(*self._running.values(), return_exceptions=True)
                tending.cancel()
                await asyncio.gather(tending, return_exceptions=True)
        except ConnectorException as error:
            outcomes = []
            self._halted(queue.lost(error))
        finally:
            self._threads.shutdown()
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    def end(self, lanes: Iterable[Queue] = LANES) -> None:
        """Take no more tickets in these lanes; what is in hand is finished. From the event loop only."""
        for lane in lanes:
            running = self._running.get(lane)
            if running is not None and not running.done() and not running.cancelling():
                running.cancel()

    @property
    def is_idle(self) -> bool:
        """Return whether nothing waits for the lanes that still run, and no worker holds what could come to
        wait.
        """
        lanes = [lane for lane, running in self._running.items() if not running.done()]
        rows = self._database.rows(
            "SELECT 1 FROM procrastinate_jobs WHERE (status = 'todo' AND queue_name = ANY(%s))"
            " OR (status = 'doing' AND queue_name = ANY(%s)) LIMIT 1",
            lanes,
            list(LANES),
        )
        return not rows

    async def _lane(self, lane: Queue) -> None:
        """Work until cancelled; a lane ends by itself only where it has lost the database."""
        lost = DatabaseLost("the queue is lost")
        try:
            await self._app.run_worker_async(
                queues=[lane],
                concurrency=self._widths[lane],
                name=lane,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                install_signal_handlers=False,
                fetch_job_polling_interval=POLL,
                update_heartbeat_interval=self._silence / 4,
                stalled_worker_timeout=self._silence,
            )
        except ConnectorException as error:
            lost = queue.lost(error)
        self._halt(lost, LANES)

    def _unheard(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log an error that reaches no caller, such as that the outcome of a ticket could not be kept.

        It is reported when it is found, which may be after the worker has ended and its log is closed.
        """
        error = context.get("exception")
        log.info("%s", context.get("message"), exc_info=error)
        if isinstance(error, ConnectorException):
            self._halt(queue.lost(error), LANES)

    async def _tend(self, tend: Callable[[], bool], every: float) -> None:
        """Return tickets of dead workers and keep the clock, until there is nothing left to do."""
        try:
            while not await asyncio.to_thread(tend):
                await self._rescue()
                await asyncio.sleep(every)
        except RunError as error:
            self._halt(error, LANES)
        except ConnectorException as error:
            self._halt(queue.lost(error), LANES)
        finally:
            self.end()

    async def _rescue(self) -> None:
        """Put back what dead workers held; one at a time, since what was put back may be taken at once."""
        loop = asyncio.get_running_loop()

        def alone() -> None:
            with self._database.alone("rescue"):
                asyncio.run_coroutine_threadsafe(self._put_back(), loop).result()

        await asyncio.to_thread(alone)

    async def _put_back(self) -> None:
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=self._silence):
            try:
                await manager.retry_job(job, priority=job.priority - 1)
            except ConnectorException:
                log.debug("job %s ended after all", job.id)

    def _work(self, lane: Queue) -> Callable[..., Coroutine[Any, Any, None]]:
        async def work(context: JobContext, *, order: str, item: str) -> None:
            try:
                ticket = Ticket(order=order, item=Item.model_validate_json(item))
            except ValidationError:
                log.warning("a ticket is damaged: it is dropped; enqueue its input again")
                return
            try:
                job = context.job
                deaths = queue.PRIORITY[lane] - job.priority
                following = await asyncio.get_running_loop().run_in_executor(
                    self._threads, self._step, lane, ticket, job.attempts, deaths
                )
            except Blocked as error:
                self._halt(error, ["fetch"])
                raise
            except RunError as error:
                self._halt(error, LANES)
                raise
            if following == "again":
                raise _Again
            if following != "over":
                await self._pass_on(following, ticket)

        return work

    async def _pass_on(self, lane: Queue, ticket: Ticket) -> None:
        try:
            await self._app.job_manager.defer_job_async(queue.job(lane, ticket))
        except AlreadyEnqueued:
            log.debug("%s waits already", ticket.item.id)

    def _halt(self, error: RunError, lanes: Iterable[Queue]) -> None:
        self._halted(error)
        if isinstance(error, DatabaseLost):
            with contextlib.suppress(AppNotOpen):
                self._connector.pool.timeout = IMPATIENCE
        self.end(lanes)


class _Again(Exception):
    """A ticket is to wait a while."""


class _PutBack(BaseRetryStrategy):
    """Put a ticket back where it ends in anything but success: only the steps decide what has failed."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:  # noqa: ARG002
        return RetryDecision(retry_in={"seconds": AGAIN if isinstance(exception, _Again) else 0})
