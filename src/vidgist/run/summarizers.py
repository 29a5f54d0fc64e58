"""Builds the summarizer of a run: the embedded engine, or a prompt over a model, live or in batches."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from vidgist import config, registry
from vidgist.bounds.scope import Scope
from vidgist.config import Settings, providers
from vidgist.errors import ConfigError, MissingKey, RunError
from vidgist.events import Notice
from vidgist.llm import prices, prompts, width
from vidgist.llm.batches import BatchCalls
from vidgist.llm.budget import Bill
from vidgist.llm.calls import Calls, Gate
from vidgist.llm.prompts import Prompt
from vidgist.llm.summarizer import LlmSummarizer
from vidgist.models import Answer
from vidgist.protocols import BatchEngine, Engine, Reporter, Summarizer
from vidgist.store import Store

_PARTS = 16
"""Parts of one transcript that are sent to the model at once, where the calls in flight have no bound."""

DEFAULT_PROMPT = str(Settings.model_fields["prompt"].default)


@dataclass(frozen=True)
class SummarizerHandle:
    """The summarizer of a run, its cost so far, and how to stop and close it.

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
    threads: int = 8
    """Items to work on at once, where the calls in flight have no bound."""
    scoped: Callable[[Scope], Summarizer] | None = None
    """Make the summarizer for one caller; None where all callers share one."""

    def within(self, scope: Scope) -> "SummarizerHandle":
        """Return the handle for one caller, who stops with its scope and closes nothing."""
        summarizer = self.scoped(scope) if self.scoped else self.summarizer
        ended = RunError("the run was stopped", code="abandoned")
        return replace(self, summarizer=summarizer, stop=lambda: scope.stop(ended), close=lambda: None)


def build(settings: Settings, store: Store, report: Reporter) -> SummarizerHandle:
    """Return the summarizer that the settings ask for. Raises `SetupError` where it cannot be had."""
    prompt = prompts.find(settings.prompt, config.current_folder())
    choice = providers.choose(settings, config.environment())
    if choice.provider == config.OFFLINE:
        return _embedded(settings, store)
    engine = registry.engine(settings, store.memory, choice.provider, choice.name)
    return over(settings, engine, prompt, store, report, choice.notice)


def _embedded(settings: Settings, store: Store) -> SummarizerHandle:
    if settings.batch:
        raise ConfigError("--batch: the embedded engine needs none", hint="name a model with --model")
    texts = []
    if not settings.model:
        _keep_notes_of_a_model(settings, store)
        texts.append("no key and no --base-url: the embedded engine, offline:, summarizes")
        texts.extend(
            server.advice for server in registry.servers_nearby(config.environment()) if server.models
        )
    if settings.prompt != DEFAULT_PROMPT:
        texts.append(f"the embedded engine follows no prompt: {settings.prompt} is not used")
    from vidgist.offline import OfflineSummarizer, Workers

    summarizer = OfflineSummarizer(settings.language, datetime.now, workers=Workers())
    return SummarizerHandle(
        f"{config.OFFLINE}:",
        summarizer,
        close=summarizer.close,
        notices=tuple(Notice(text=text) for text in texts),
    )


def _keep_notes_of_a_model(settings: Settings, store: Store) -> None:
    """Raise `MissingKey` where the embedded engine, not asked for, would replace a model's notes."""
    if settings.output == "-":
        return
    folder = str(Path(settings.output).absolute())
    if any(job.tokens for job in store.jobs.all(folder, "done")):
        raise MissingKey(
            f"no key is set, and the notes in {settings.output} are a model's",
            hint="set the key (or --base-url) that made them; --model offline: replaces them all the same",
        )


def _identity(engine: Engine) -> str:
    """Return the part of a reply's memory key beside the model: the server, and what else the engine adds."""
    return " ".join(filter(None, (engine.host, getattr(engine, "fingerprint", ""))))


def over(
    settings: Settings,
    engine: Engine,
    prompt: Prompt,
    store: Store,
    report: Reporter,
    notice: str = "",
    *,
    gate: Gate | None = None,
) -> SummarizerHandle:
    """Return a prompt over this engine, with a line to say of it; ``gate`` lets its items begin on many
    machines.

    Raises `ConfigError` where its bounds or its batches cannot be had.
    """
    notices = (Notice(text=notice),) if notice else ()
    live_price = prices.of(engine.model)
    live = Calls(
        engine,
        settings.width(width.MOST),
        report,
        store.memory,
        live_price,
        max_cost=settings.max_cost,
        max_tokens=settings.max_tokens,
        fresh=settings.fresh in ("summary", "all"),
        server=_identity(engine),
        patience=settings.timeout,
        gate=gate,
    )

    def summarizer(calls: Calls | BatchCalls) -> LlmSummarizer:
        notes = prompts.notes(config.current_folder())
        return LlmSummarizer(
            calls,
            prompt,
            language=settings.language,
            jobs=settings.width(_PARTS),
            now=datetime.now,
            notes=notes,
            engine=getattr(engine, "fingerprint", ""),
        )

    def price(answer: Answer) -> float | None:
        return prices.cost(answer.model, answer.usage, batch=settings.batch)

    if not settings.batch:
        live_summarizer = summarizer(live)
        return SummarizerHandle(
            engine.model,
            live_summarizer,
            price,
            lambda: live.bill,
            live.stop,
            engine.close,
            notices=notices,
            threads=width.MOST,
            scoped=lambda scope: live_summarizer.over(live.within(scope)),
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
        engine.model,
        summarizer(calls),
        price,
        lambda: calls.bill,
        calls.stop,
        engine.close,
        calls,
        notices,
        width.MOST,
    )
