"""What happened, in the order it happened. The pipeline emits; a reporter shows or keeps."""

from datetime import date
from typing import Literal

from pydantic import Field

from vidgist.models import Failure, Item, Usage, Value


class Started(Value):
    """A run begins. ``model`` is the summarizer's name, empty where nothing is summarized."""

    event: Literal["started"] = "started"
    run: str
    model: str
    output: str


class Listed(Value):
    """An input turned out to be a list; ``count`` members so far, ``complete`` when that is all."""

    event: Literal["listed"] = "listed"
    ref: str
    count: int
    complete: bool


class Planned(Value):
    """All inputs are opened: ``count`` items are to be done in this run, those done by now among them."""

    event: Literal["planned"] = "planned"
    count: int


class Working(Value):
    """An item enters a stage.

    ``wait`` says that it will be done, also when it was begun and put back; ``fetch`` that the visit to its
    site begins, or the hearing of a recording; ``ready`` that its words are at hand and wait for a place.
    ``title`` is empty until it is known; ``requests`` counts those made to sites in this run so far.
    """

    event: Literal["working"] = "working"
    item: Item
    stage: Literal["wait", "fetch", "ready", "summarize"]
    title: str = ""
    requests: int = 0


class Asking(Value):
    """A call to a model: it waits for a place, is made, writes, and is over, with success or without.

    ``what`` names the talk, or its part behind the talk's title. ``tokens`` are those written so far, at
    ``rate`` a second where that is known; ``usage`` and ``cost`` (US dollars, None: no price known) are of
    the call that is over, nothing where it failed.
    """

    event: Literal["asking"] = "asking"
    what: str
    stage: Literal["wait", "ask", "write", "over"]
    tokens: int = 0
    rate: float | None = None
    usage: Usage = Usage()
    cost: float | None = 0.0


class Retrying(Value):
    """A call failed and is made again after ``seconds``. ``what`` names the item or the call."""

    event: Literal["retrying"] = "retrying"
    what: str
    reason: str
    seconds: float


class Paused(Value):
    """A whole lane waits: every call of it, for ``seconds``."""

    event: Literal["paused"] = "paused"
    lane: Literal["fetch", "summarize"]
    reason: str
    seconds: float


class Done(Value):
    """An item is finished. ``files`` are the paths written; ``reused`` says that no model was asked."""

    event: Literal["done"] = "done"
    item: Item
    title: str
    files: tuple[str, ...] = ()
    usage: Usage = Usage()
    cost: float | None = None
    supported: float | None = None
    notices: tuple[str, ...] = ()
    seconds: float = 0.0
    reused: bool = False


class Failed(Value):
    event: Literal["failed"] = "failed"
    item: Item
    title: str
    failure: Failure
    usage: Usage = Usage()
    cost: float | None = None


class Skipped(Value):
    """An item that is not done now.

    ``done`` earlier, ``failed`` earlier and not due (tried again on the day ``due``, or never), ``seen`` on
    purpose, ``older`` than asked for, ``left`` because the run stopped before it, or ``waiting`` for a batch.
    """

    event: Literal["skipped"] = "skipped"
    item: Item
    why: Literal["done", "failed", "seen", "older", "left", "waiting"]
    code: str = ""
    due: date | None = None


class Notice(Value):
    """Something a person should know that is no failure."""

    event: Literal["notice"] = "notice"
    text: str


class Stopped(Value):
    """No new work is begun; what is under way is finished."""

    event: Literal["stopped"] = "stopped"
    code: str
    reason: str
    hint: str = ""


class Report(Value):
    """A run in figures. ``failures`` counts this run's by code; ``cost`` is None where a price is unknown.

    ``saved`` is what the Batch API's discount was worth. ``left`` counts items known and not begun,
    ``waiting`` those whose replies come with a batch.
    """

    event: Literal["finished"] = "finished"
    run: str
    done: int = 0
    reused: int = 0
    skipped: int = 0
    failed: int = 0
    failed_before: int = 0
    left: int = 0
    waiting: int = 0
    failures: dict[str, int] = Field(default_factory=dict)
    usage: Usage = Usage()
    cost: float | None = 0.0
    saved: float | None = None
    supported: float | None = None
    seconds: float = 0.0
    requests: dict[str, int] = Field(default_factory=dict)
    stopped: str = ""
    exit_code: int = 0


Event = (
    Started
    | Listed
    | Planned
    | Working
    | Asking
    | Retrying
    | Paused
    | Done
    | Failed
    | Skipped
    | Notice
    | Stopped
    | Report
)
