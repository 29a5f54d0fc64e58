"""Builds what thinks in a run: the embedded engine, or a prompt over a language model, live or by batch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vidgist import config, registry
from vidgist.config import Settings
from vidgist.errors import ConfigError
from vidgist.events import Notice
from vidgist.llm import prices, prompts
from vidgist.llm.batches import BatchCalls
from vidgist.llm.budget import Bill
from vidgist.llm.calls import Calls
from vidgist.llm.prompts import Prompt
from vidgist.llm.summarizer import LlmSummarizer
from vidgist.models import Answer
from vidgist.protocols import BatchEngine, Engine, Reporter, Summarizer
from vidgist.store import Store

DEFAULT_PROMPT = str(Settings.model_fields["prompt"].default)


@dataclass(frozen=True)
class SummarizerHandle:
    """What thinks in a run, what it has cost so far, how to make it give up waiting, and how to let it go.

    ``notices`` are what a person should know of it once the run begins.
    """

    name: str = ""
    summarizer: Summarizer | None = None
    price: Callable[[Answer], float | None] = lambda _: 0.0
    bill: Callable[[], Bill] = Bill
    stop: Callable[[], None] = lambda: None
    close: Callable[[], None] = lambda: None
    batches: BatchCalls | None = None
    notices: tuple[Notice, ...] = ()


def build(settings: Settings, store: Store, report: Reporter) -> SummarizerHandle:
    """The summarizer that the settings ask for. Raises `SetupError` where it cannot be had."""
    prompt = prompts.find(settings.prompt, Path.cwd())
    provider, name = config.provider(settings, config.environment())
    if provider == config.OFFLINE:
        return _embedded(settings)
    engine = registry.engine(settings, store.memory, provider, name)
    return over(settings, engine, prompt, store, report)


def _embedded(settings: Settings) -> SummarizerHandle:
    if settings.batch:
        raise ConfigError("--batch: the embedded engine needs none", hint="name a model with --model")
    told = []
    if not settings.model:
        told.append("no OPENAI_API_KEY, no --base-url: the embedded engine, offline:, summarizes")
    if settings.prompt != DEFAULT_PROMPT:
        told.append(f"the embedded engine follows no prompt: {settings.prompt} is not used")
    from vidgist.offline import OfflineSummarizer

    return SummarizerHandle(
        f"{config.OFFLINE}:",
        OfflineSummarizer(settings.language, datetime.now),
        notices=tuple(Notice(text=text) for text in told),
    )


def over(
    settings: Settings, engine: Engine, prompt: Prompt, store: Store, report: Reporter
) -> SummarizerHandle:
    """A prompt over this engine. Raises `ConfigError` where its bounds or its batches cannot be had."""
    live_price = prices.of(engine.model)
    live = Calls(
        engine,
        settings.jobs,
        report,
        store.memory,
        live_price,
        max_cost=settings.max_cost,
        max_tokens=settings.max_tokens,
        fresh=settings.fresh in ("summary", "all"),
        server=engine.host,
    )

    def summarizer(calls: Calls | BatchCalls) -> LlmSummarizer:
        notes = prompts.notes(Path.cwd())
        return LlmSummarizer(
            calls, prompt, language=settings.language, jobs=settings.jobs, now=datetime.now, notes=notes
        )

    def price(answer: Answer) -> float | None:
        return prices.cost(answer.model, answer.usage, batch=settings.batch)

    if not settings.batch:
        return SummarizerHandle(
            engine.model, summarizer(live), price, lambda: live.bill, live.stop, engine.close
        )
    if not isinstance(engine, BatchEngine):
        raise ConfigError(f"{engine.model} has no Batch API", hint="run without --batch")
    calls = BatchCalls(
        live,
        engine,
        store,
        prices.of(engine.model, batch=True),
        live_price,
        config.public(settings).model_dump_json(),
        report,
        max_cost=settings.max_cost,
        max_tokens=settings.max_tokens,
    )
    return SummarizerHandle(
        engine.model, summarizer(calls), price, lambda: calls.bill, calls.stop, engine.close, calls
    )
