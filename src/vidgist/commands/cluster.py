"""The composition root of ``vidgist cluster``: settings and a database become orders, orders become work."""

import json
import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from vidgist import config, registry
from vidgist.cluster import memory, queue, shared_destinations
from vidgist.cluster.allowance import OrderAllowance
from vidgist.cluster.database import Database, DatabaseLost
from vidgist.cluster.metered import Metered
from vidgist.cluster.orders import Order, Ticket, check, place
from vidgist.cluster.orders_db import OrdersDb
from vidgist.cluster.worker import SILENCE, Worker
from vidgist.cluster.worker_steps import LANES, Queue, WorkerSteps
from vidgist.cluster.workers_db import WorkersDb
from vidgist.commands.run import Shown, loaded_of, refs_of
from vidgist.config import Settings, providers
from vidgist.errors import ConfigError
from vidgist.events import Notice, Started
from vidgist.llm import prices, prompts
from vidgist.llm.bounds import Bounds
from vidgist.llm.budget import Bill
from vidgist.models import Item
from vidgist.protocols import Source
from vidgist.run import session
from vidgist.run.pipeline import FETCHERS
from vidgist.run.session import RunContext, Session
from vidgist.run.summarizers import SummarizerHandle, build, over
from vidgist.run.throttle import SiteThrottle
from vidgist.store import Store
from vidgist.ui import phrases

AT_ONCE = 500
"""Tickets put into the queue together."""


@contextmanager
def _database(url: str | None) -> Iterator[Database]:
    """Yield the database that is named here or in the environment, with all its tables."""
    named = url or config.environment().get("VIDGIST_DATABASE", "")
    if not named:
        raise ConfigError(
            "no database is named",
            hint="say --database postgresql://user@host/name, or set VIDGIST_DATABASE (and PGPASSWORD)",
        )
    with closing(Database(named)) as database:
        queue.prepare(database)
        yield database


def enqueue(
    arguments: Sequence[str],
    from_file: str | None,
    flags: Mapping[str, object],
    shown: Shown,
    *,
    url: str | None,
    in_flight: int | None,
    profile: str = "",
) -> int:
    """Do what ``vidgist cluster enqueue`` is for and return its exit code. Raises `SetupError`."""
    loaded = loaded_of(flags, profile, json_events=shown.json_events)
    settings = loaded.settings
    arguments, from_file = loaded.work(arguments, from_file)
    check(settings)
    with _database(url) as database, ExitStack() as opened:
        store = opened.enter_context(closing(memory.opened(_state(settings), database)))
        context = opened.enter_context(session.begun(store, shown.reporter(), verbose=shown.verbose))
        summarizer = opened.enter_context(closing(build(settings, store, context.report)))
        assert summarizer.summarizer is not None
        bounds = Bounds(in_flight=in_flight, max_tokens=settings.max_tokens, max_cost=settings.max_cost)
        order = place(settings, summarizer.summarizer.fingerprint, bounds)
        orders = OrdersDb(database)
        if settings.fresh:
            renewal = orders.renewal(order, settings.fresh, queue.orders(database))
            order = order.model_copy(update={"renewal": renewal})
        destination = shared_destinations.opened(order.destination, order.destination)
        sources = opened.enter_context(registry.opened(settings))
        context = replace(context, store=memory.shared(store, database, order.renewal))
        ordered = order.settings(settings)
        current = Session(ordered, context, sources, summarizer, session.files(ordered, context, destination))
        work_list = current.work_list(refs_of(arguments, from_file, settings, current.delivery, store))
        for notice in summarizer.notices:
            context.report(notice)
        orders.place(order)
        put = 0
        with queue.Inbox(database) as inbox:
            items = iter(work_list)
            while some := list(islice(items, AT_ONCE)):
                put += _put(inbox, order, some, {item.id: current.items.needs_visit(item) for item in some})
        text = f"{put} items wait for vidgist cluster work; their records go to {order.destination}"
        context.report(Notice(text=text))
        if work_list.is_senseless:
            return 2
        return context.report.exit_code


def _put(inbox: queue.Inbox, order: Order, items: Sequence[Item], visits: Mapping[str, bool]) -> int:
    put = 0
    for lane in LANES:
        tickets = [
            Ticket(order=order.id, item=item) for item in items if visits[item.id] == (lane == "fetch")
        ]
        put += inbox.put(lane, tickets) if tickets else 0
    return put


def work(
    flags: Mapping[str, object],
    shown: Shown,
    *,
    url: str | None,
    at: str | None,
    only: Queue | None,
    stay: bool,
    profile: str = "",
) -> int:
    """Do what ``vidgist cluster work`` is for and return its exit code. Raises `SetupError`.

    ``at`` is where this machine sees the destination of an order; None: where the order says. ``only`` names
    the lane that this worker serves; None: both.
    """
    settings = loaded_of(flags, profile, json_events=shown.json_events).settings
    widths: dict[Queue, int] = {"fetch": FETCHERS, "summarize": settings.width(8)}
    with _database(url) as database, ExitStack() as opened:
        store = opened.enter_context(closing(memory.opened(_state(settings), database)))
        opened.enter_context(store.locked(wait=settings.wait))
        context = opened.enter_context(session.begun(store, shown.reporter(), verbose=shown.verbose))
        kit = opened.enter_context(closing(Kit(settings, database, store, context, at)))
        worker = Worker(database, kit.number, kit.throttle, context.report, kit.steps, stay=stay)
        worker.prepare(queue.orders(database))
        context.report(Started(run=context.id, model=kit.model, output=kit.output))
        worker.run({lane: width for lane, width in widths.items() if only in (None, lane)})
        return context.conclude(
            sum((summarizer.bill() for summarizer in kit.summarizers), start=Bill()), kit.sources
        )


def _state(settings: Settings) -> Path:
    """Return the state folder: a machine of a cluster has one."""
    assert settings.state is not None
    return settings.state


class Kit:
    """Hold what one worker uses: its number, its throttle, and what it has made for the orders it met."""

    def __init__(
        self, settings: Settings, database: Database, store: Store, context: RunContext, at: str | None
    ) -> None:
        self._settings = settings
        self._database = database
        self._store = store
        self._context = context
        self._at = at
        self._opened = ExitStack()
        self._workers = WorkersDb(database)
        self.summarizers: list[SummarizerHandle] = []
        self.sources: list[Source] = []
        self.output = ""
        self.throttle = SiteThrottle(settings.pace, settings.block_wait, context.report)
        self.number = self._workers.enter(f"{socket.gethostname()} {os.getpid()}")
        self._opened.callback(self._leave)

    @property
    def model(self) -> str:
        return ", ".join(sorted({summarizer.name for summarizer in self.summarizers}))

    def close(self) -> None:
        self._opened.close()

    def _leave(self) -> None:
        with suppress(DatabaseLost):  # then the other workers give this one up
            self._workers.leave(self.number)

    def steps(self, identity: str) -> WorkerSteps:
        """Return the steps of an order. Raises `SetupError` where this worker cannot do it as was asked."""
        order = OrdersDb(self._database).order(identity)
        settings = order.settings(self._settings)
        context = replace(self._context, store=memory.shared(self._store, self._database, order.renewal))
        summarizer = self._opened.enter_context(closing(self._summarizer(settings, order, context.store)))
        assert summarizer.summarizer is not None
        if summarizer.summarizer.fingerprint != order.fingerprint:
            raise ConfigError(
                f"this worker would summarize otherwise than order {identity} asks:"
                " another prompt, model or version",
                hint="give all machines the same vidgist, prompts and OPENAI_ variables, or drop the order",
            )
        sources = self._opened.enter_context(registry.opened(settings))
        destination = shared_destinations.opened(order.destination, self._at or order.destination)
        self.summarizers.append(summarizer)
        self.sources.extend(sources)
        self.output = self.output or order.destination
        deliver = session.files(settings, context, destination)
        return WorkerSteps(
            Session(settings, context, sources, summarizer, deliver, throttle=self.throttle).items
        )

    def _summarizer(self, settings: Settings, order: Order, store: Store) -> SummarizerHandle:
        report = self._context.report
        provider, name, notices = providers.choose(settings, config.environment())
        if provider == config.OFFLINE:
            summarizer = build(settings, store, report)
            for notice in summarizer.notices:
                report(notice)
            return summarizer
        prompt = prompts.find(settings.prompt, config.current_folder())
        engine = registry.engine(settings, store.memory, provider, name)
        allowance = OrderAllowance(self._database, order.id, self.number, engine.host)
        metered = Metered(engine, allowance, prices.of(engine.model))
        return over(settings, metered, prompt, store, report, notices, gate=metered)


def drop(url: str | None, identity: str, stream: TextIO) -> int:
    """Do what ``vidgist cluster drop`` is for and return its exit code. Raises `SetupError`."""
    with _database(url) as database:
        count = queue.drop(database, identity)
        if not count:
            OrdersDb(database).order(identity)
    print(f"{count} items dropped; their records are not touched, nor is what is remembered", file=stream)
    return 0


def status(url: str | None, stream: TextIO, *, as_json: bool) -> int:
    """Show each order, what waits in the lanes, and the workers, as ``vidgist cluster status`` does."""
    with _database(url) as database:
        alive = WorkersDb(database)
        alive.expire_dead(SILENCE)
        waiting, workers, orders = queue.waiting(database), alive.count(), OrdersDb(database).spent()
    if as_json:
        document = {
            "database": database.name,
            "workers": workers,
            "waiting": waiting,
            "orders": [spent.model_dump(mode="json") for spent in orders],
        }
        print(json.dumps(document, ensure_ascii=False, indent=2), file=stream)
        return 0
    print(f"database {phrases.visible(database.name)}: {workers} workers", file=stream)
    for lane, counts in waiting.items():
        print(f"{lane:9} {counts['todo']} wait, {counts['doing']} in hand", file=stream)
    for spent in orders:
        print(
            f"order     {spent.order.id}  {phrases.visible(spent.order.destination)}{_anew(spent.order)}",
            file=stream,
        )
        print(f"          {_counted(spent.items)}; failures: {_counted(spent.failures)}", file=stream)
        lost = f", {spent.lost} of them lost with their worker" if spent.lost else ""
        calls = f"{spent.calls + spent.lost} calls{lost}"
        print(f"          {calls}, {spent.tokens:,} tokens, {phrases.money(spent.cost)}", file=stream)
    if not orders:
        print("nothing yet", file=stream)
    return 0


def _anew(order: Order) -> str:
    if order.renewal is None:
        return ""
    return f", {order.renewal.what} made again since {order.renewal.since:%Y-%m-%d %H:%M %Z}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in counts.items()) or "none"
