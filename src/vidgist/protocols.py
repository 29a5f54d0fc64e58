"""The doors: what a source, an engine, a summarizer, a writer and a reporter must do.

Everything foreign stands behind one of these. All calls block; several threads may call one object at once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

from vidgist.events import Event
from vidgist.models import Answer, Fetched, Item, Note, Ref, Reply, Request, Transcript, Usage, Value, Video

T = TypeVar("T")


class Visit(Protocol):
    """Makes a request when its turn has come: paced, tried again, held back while a site blocks."""

    def __call__(self, request: Callable[[], T], /) -> T:
        """Return what the request returns. Raises what it raises, `Blocked` or `RunError`."""


def at_once(request: Callable[[], T], /) -> T:
    """Return a `Visit` that does not wait."""
    return request()


class Source(Protocol):
    """Where transcripts come from: YouTube, local files, a podcast feed."""

    name: str
    """Stands in `Item.source`; lower case, one word."""

    remote: bool
    """True where a fetch is a visit to a site: paced, stopped by a block, and remembered."""

    requests: Counter[str]
    """Requests made so far, by kind; empty where there are none to count."""

    # A source whose items lie on many hosts says ``by_host = True``: each host is paced and blocks by itself.

    def claims(self, ref: str) -> bool:
        """Return whether this source understands the input. No network, no exception."""

    def lists(self, ref: str) -> bool:
        """Return whether opening this input means going to a site for its members. Asked only of what it
        claims.
        """

    def expand(self, ref: Ref, visit: Visit = at_once, /) -> Iterator[Item]:
        """Yield the items behind an input, one by one as they become known: a playlist is a stream.

        Each request that this takes, those for further pages too, is made through ``visit``. Raises
        `InputError` for what cannot be an input of this source, `ItemError` or `RunError` where a listing
        fails.
        """

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        """Return metadata and transcript. ``captions`` are preferred languages, first best; empty: the
        video's own.

        Raises `ItemError` (with ``video`` where that much was learnt) or `RunError`.
        """

    def close(self) -> None:
        """Give up what is kept open between fetches; called once, when the run is over."""


class Engine(Protocol):
    """A language model: text in, text out; JSON text when the request has a schema."""

    model: str
    """``provider:name``: identity for the memory, and shown to people."""

    host: str
    """The server, for people and for the memory; empty where there is none."""

    @property
    def window(self) -> int:
        """Return tokens that prompt and reply may fill together; may change when the
        server has reported its own.
        """

    def complete(self, request: Request) -> Reply:
        """Return one call, without retries of its own. Raises `ItemError` or `RunError`."""

    def close(self) -> None:
        """Give up what is kept open between calls; called once, when the run is over."""


@runtime_checkable
class StreamEngine(Engine, Protocol):
    """An engine that lets its replies be heard as they arrive."""

    def stream(self, request: Request, heard: Callable[[str], None], *, thoughts: bool = False) -> Reply:
        """Return one reply as `complete` does, each piece of its text given to ``heard`` before.

        ``thoughts``: pieces of the model's reasoning too. A server that does not stream gives one piece.
        """


@runtime_checkable
class LearningEngine(Engine, Protocol):
    """An engine that accepts what is known of its server."""

    def learn_window(self, tokens: int) -> None:
        """Remember that the server reads only so many tokens of what it is sent."""


class BatchStatus(Value):
    """How far a batch is: ``done`` of ``total`` requests; ``files`` hold the results once it is ``over``."""

    status: str
    over: bool
    done: int = 0
    total: int = 0
    files: tuple[str, ...] = ()
    reason: str = ""


class BatchApi(Protocol):
    """A provider's Batch API. Every method raises `RunError`."""

    def send(self, lines: Path, token: str) -> str:
        """Hand a file of lines in under our token; return the provider's id."""

    def find(self, token: str) -> str:
        """Return the id of the batch with our token; empty where there is none."""

    def look(self, identity: str) -> BatchStatus: ...

    def read(self, file: str) -> Iterator[tuple[str, int, object]]:
        """Yield the key, the HTTP status (0: never asked) and the body of each line of a result file."""


@runtime_checkable
class BatchEngine(Engine, Protocol):
    """An engine whose provider has a Batch API too."""

    endpoint: str
    """Path that a line of a batch asks."""

    desk: BatchApi

    def body(self, request: Request) -> dict[str, object]:
        """Return the body of a line."""

    def read(self, answer: object, request: Request) -> Reply:
        """Return the reply in the body of an answered line. Raises `Transient`."""


class Summarizer(Protocol):
    """The summarizing stage. A language model with a prompt is one; the embedded engine is another."""

    fingerprint: str
    """Changes whenever the same transcript would be summarized differently."""

    def summarize(self, video: Video, transcript: Transcript) -> Answer:
        """Summarize one talk. Raises `ItemError` or `RunError`."""

    def estimate(self, video: Video, transcript: Transcript) -> Usage:
        """Return calls and tokens that this would take; nothing where no model is asked."""


class Writer(Protocol):
    """One output format."""

    suffix: str
    """With the dot: ``.txt``."""

    def render(self, note: Note, old: str = "") -> str | None:
        """Return the whole file, None where there is to be none. Pure: the same arguments give the same text.

        ``old`` is the file that it replaces; a format that invites a person to add something keeps that.
        """


class Memory(Protocol):
    """What was learnt or paid for once. Bodies are text (JSON); a kind is a short word."""

    def recall(self, kind: str, key: str) -> str | None: ...

    def remember(self, kind: str, key: str, body: str) -> None:
        """Committed when this returns."""

    def forget(self, kind: str, key: str) -> None: ...


class Reporter(Protocol):
    """Receives what happens. Called from several threads."""

    def __call__(self, event: Event) -> None: ...
