"""A language model for questions across notes: the run's own calls, with its memory, budget and prices."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext

from vidgist import config, providers, registry
from vidgist.archive.streaming import Hear, StreamingEngine
from vidgist.config import Settings
from vidgist.errors import ConfigError
from vidgist.llm import prices
from vidgist.llm.budget import Bill
from vidgist.llm.calls import Calls
from vidgist.llm.context_window import ContextWindow
from vidgist.llm.dialogue import Dialogue
from vidgist.llm.reply_retries import ReplyRetries
from vidgist.protocols import Memory, Reporter
from vidgist.store import Store


class Model:
    """One model, open for questions. Several threads may use it."""

    def __init__(self, calls: Calls, jobs: int = 1, engine: StreamingEngine | None = None) -> None:
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
        """Give the pieces of the next reply to ``hear``, where the engine tells them."""
        return self._engine.heard(hear) if self._engine and hear else nullcontext()

    def dialogue(self) -> Dialogue:
        """Return a new exchange; its ``room`` says what fits."""
        return Dialogue(self.calls, self._window.of_one(), self._retries)


@contextmanager
def opened(settings: Settings, report: Reporter) -> Iterator[tuple[Model | None, Memory]]:
    """Open the model that the settings name, None where it is the embedded engine, and the memory.

    The state is not locked: a question may be asked while a run is at work. Raises `SetupError`.
    """
    if settings.batch:
        raise ConfigError("batch: a question is not put into a batch", hint="ask without --batch")
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
            )
            yield Model(calls, settings.width(8), engine), store.memory
