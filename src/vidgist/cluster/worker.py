"""One worker: what it does with a ticket, its sign of life, and what makes it end."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from vidgist.cluster.database import Database
from vidgist.cluster.lanes import Lanes
from vidgist.cluster.orders import Ticket
from vidgist.cluster.worker_steps import Next, Queue, WorkerSteps
from vidgist.cluster.workers_db import WorkersDb
from vidgist.errors import Blocked, RunError, SetupError
from vidgist.events import Stopped
from vidgist.protocols import Reporter
from vidgist.run.throttle import SiteThrottle

SILENCE = 30.0
"""Seconds after which a worker that was not heard of is taken for dead, and its tickets go to others."""

TEND = 1.0
"""Seconds between two looks at what else there is to do."""


class Worker:
    """Takes tickets until there are none, or until it cannot go on.

    ``number`` is its own in the database. ``steps_of`` makes the steps of an order. ``stay``: wait for more
    tickets instead of ending when there are none.
    """

    def __init__(
        self,
        database: Database,
        number: int,
        throttle: SiteThrottle,
        report: Reporter,
        steps_of: Callable[[str], WorkerSteps],
        *,
        stay: bool,
    ) -> None:
        self._database = database
        self._workers = WorkersDb(database)
        self._number = number
        self._throttle = throttle
        self._report = report
        self._steps_of = steps_of
        self._stay = stay
        self._steps: dict[str, WorkerSteps] = {}
        self._guard = threading.Lock()
        self._stopped: RunError | None = None

    def prepare(self, orders: list[str]) -> None:
        """Make the steps of these orders now. Raises `SetupError`."""
        for order in orders:
            self._steps_for(order)

    def run(self, widths: Mapping[Queue, int]) -> None:
        """Work with so many tickets in hand in each lane. An interrupt lets them be finished, a second
        kills.
        """
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:  # psycopg needs it on Windows
            runner.run(self._run(widths))

    async def _run(self, widths: Mapping[Queue, int]) -> None:
        lanes = Lanes(self._database, widths, self._step, self._halted, silence=SILENCE)
        loop = asyncio.get_running_loop()

        def interrupt() -> None:
            self._halted(RunError("finishing what is under way", code="interrupted"))
            lanes.end()

        def tend() -> bool:
            self._workers.heartbeat(self._number)
            self._workers.expire_dead(SILENCE)
            return not self._stay and lanes.is_idle

        with _signals(lambda: loop.call_soon_threadsafe(interrupt)):
            await lanes.run(tend, every=TEND)

    def _step(self, lane: Queue, ticket: Ticket, attempts: int, deaths: int) -> Next:
        try:
            steps = self._steps_for(ticket.order)
        except SetupError as error:
            raise RunError(str(error), code=error.code, hint=error.hint) from error
        return steps.step(lane, ticket.item, attempts=attempts, deaths=deaths)

    def _steps_for(self, order: str) -> WorkerSteps:
        with self._guard:
            if order not in self._steps:
                self._steps[order] = self._steps_of(order)
            return self._steps[order]

    def _halted(self, error: RunError) -> None:
        """Report why nothing more is begun; a block only ends the fetching, and a worse reason can follow."""
        with self._guard:
            if self._stopped is not None and not isinstance(self._stopped, Blocked):
                return
            news = self._stopped is None or not isinstance(error, Blocked)
            self._stopped = error
        if news:
            hint = "interrupt again to abandon it" if error.code == "interrupted" else error.hint
            self._report(Stopped(code=error.code, reason=str(error), hint=hint))
        if not isinstance(error, Blocked):
            self._throttle.abandon()


@contextmanager
def _signals(interrupt: Callable[[], object]) -> Iterator[None]:
    """Interrupt at the first signal to end and die at the next one: what is in hand
    goes back to the queue.
    """

    def first(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        interrupt()

    before = {number: signal.signal(number, first) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
