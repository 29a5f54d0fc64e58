"""A language model for questions across notes: the run's own calls, with its memory, budget and prices."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext

from vidgist import config, registry
from vidgist.archive.streaming import Hear, StreamingEngine
from vidgist.bounds.scope import Scope
from vidgist.config import Settings, providers
from vidgist.errors import ConfigError, Deferred
from vidgist.llm import prices
from vidgist.llm.batches import BatchCalls
from vidgist.llm.budget import Bill
from vidgist.llm.calls import Calls
from vidgist.llm.context_window import ContextWindow
from vidgist.llm.dialogue import Dialogue
from vidgist.llm.reply_retries import ReplyRetries
from vidgist.protocols import BatchEngine, Engine, Memory, Reporter
from vidgist.store import Store


class Model:
    """One model, open for questions. Several threads may use it."""

    def __init__(
        self, calls: Calls | BatchCalls, jobs: int = 1, engine: StreamingEngine | None = None
    ) -> None:
        self.calls = calls
        self._engine = engine
        self.jobs = jobs
        self._window = ContextWindow(lambda: calls.window)
        self._retries = ReplyRetries()

    @property
    def name(self) -> str:
        return self.calls.model

    @property
    def bill(self) -> Bill:
        return self.calls.bill

    def heard(self, hear: Hear | None) -> AbstractContextManager[None]:
        """Give the pieces of the next reply to ``hear``, where the engine streams."""
        return self._engine.heard(hear) if self._engine and hear else nullcontext()

    def dialogue(self) -> Dialogue:
        """Return a new exchange; its ``room`` says what fits."""
        return Dialogue(self.calls, self._window.of_one(), self._retries)


@contextmanager
def opened(
    settings: Settings, report: Reporter, *, batch: bool = False, scope: Scope | None = None
) -> Iterator[tuple[Model | None, Memory]]:
    """Open the model that the settings name, None where it is the embedded engine, and the memory.

    The state is not locked, so a question may be asked while a run is at work, but for a ``batch``, which
    raises `Deferred` for what is not there yet. ``scope`` ends the waits of one caller. Raises `SetupError`.
    """
    with closing(Store(settings.state)) as store:
        choice = providers.choose(settings, config.environment())
        if choice.provider == config.OFFLINE:
            yield None, store.memory
            return
        made = registry.engine(settings, store.memory, choice.provider, choice.name)
        with closing(StreamingEngine(made)) as engine:
            calls = Calls(
                engine,
                settings.width(8),
                report,
                store.memory,
                prices.of(engine.model),
                max_cost=settings.max_cost,
                max_tokens=settings.max_tokens,
                fresh=bool(settings.fresh),
                server=engine.host,
                patience=settings.timeout,
            )
            if scope is not None:
                calls = calls.within(scope)
            if batch:
                with _batched(settings, calls, made, store, report) as batches:
                    yield Model(batches, settings.width(8)), store.memory
            else:
                yield Model(calls, settings.width(8), engine), store.memory


@contextmanager
def _batched(
    settings: Settings, calls: Calls, engine: Engine, store: Store, report: Reporter
) -> Iterator[BatchCalls]:
    """Give what comes with a batch by now; hand in what is still missing. The state is locked meanwhile."""
    if not isinstance(engine, BatchEngine):
        raise ConfigError(f"{engine.model} has no Batch API", hint="run without --batch")
    kept = config.public(settings).model_dump_json()
    with store.locked(wait=settings.wait):
        batches = BatchCalls(
            calls,
            engine,
            store,
            prices.of(engine.model, batch=True),
            prices.of(engine.model),
            kept,
            report,
            max_cost=settings.max_cost,
            max_tokens=settings.max_tokens,
        )
        batches.gather(one for one in store.batches.open() if one.settings == kept)
        try:
            yield batches
        except Deferred as error:
            count = batches.hand_in()
            message = f"{count} requests handed in as a batch" if count else "the batch is not over yet"
            raise Deferred(message, hint="run the same command again later") from error
