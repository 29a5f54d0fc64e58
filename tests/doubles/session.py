"""A session of stand-ins, for tests of what a run does."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tests.doubles.parts import Site, Thinker
from vidgist.config import Settings
from vidgist.models import Answer
from vidgist.protocols import Reporter
from vidgist.run import session as sessions
from vidgist.run.destinations import Destination, Folder
from vidgist.run.report import ReportBuilder
from vidgist.run.session import RunContext, Session
from vidgist.run.summarizers import SummarizerHandle
from vidgist.run.throttle import SiteThrottle
from vidgist.store import Store

NOW = datetime(2026, 2, 1, 8)


def session(
    store: Store,
    where: Destination | Path,
    language_model: Thinker | None,
    *sites: Site,
    report: Reporter = lambda _: None,
    price: Callable[[Answer], float | None] = lambda answer: answer.usage.tokens / 1000,
    throttle: SiteThrottle | None = None,
    listener: str = "",
    now: datetime = NOW,
    **settings: object,
) -> Session:
    """Open a session; ``settings`` are fields of `Settings`, ``listener`` names a speech model."""
    chosen = Settings.model_validate({"pace": 0, "formats": ("txt",), **settings})
    context = RunContext("run-1", store, ReportBuilder(report), now=lambda: now)
    destination = Folder(where) if isinstance(where, Path) else where
    deliver = sessions.files(chosen, context, destination)
    handle = SummarizerHandle("fake:one", language_model, price) if language_model else SummarizerHandle()
    made = Session(chosen, context, sites, handle, deliver, throttle=throttle)
    deliver.listener = made.items.memory.listener = listener
    return made
