"""vidgist inside a program: functions and clients that return notes and write no file but the memory.

A function opens a client, asks it once and closes it; nothing is kept between two calls but what the memory
holds, so that asking twice costs once. A `Client` serves many threads, an `AsyncClient` many tasks.
"""

from collections.abc import Generator, Iterable

from vidgist import registry
from vidgist.api.async_client import AsyncClient
from vidgist.api.client import Client, Input, Preview
from vidgist.config import Settings
from vidgist.models import Fetched, Note, Summarized, Transcript
from vidgist.protocols import Reporter

__all__ = [
    "AsyncClient",
    "Client",
    "Input",
    "Preview",
    "fetch",
    "preview",
    "render",
    "summarize",
    "summarize_all",
]


def summarize(
    what: Input | Transcript,
    settings: Settings | None = None,
    *,
    title: str = "",
    report: Reporter | None = None,
) -> Summarized:
    """Return the note of one video, one file, or a transcript in hand, as `Client.summarize` does."""
    with Client(settings, report=report) as client:
        return client.summarize(what, title=title)


def summarize_all(
    what: Iterable[Input], settings: Settings | None = None, *, report: Reporter | None = None
) -> Generator[Note, None, None]:
    """Yield the notes of many inputs as they get done, as `Client.run` does; the state is held until then."""
    with Client(settings, report=report) as client:
        yield from client.run(what)


def fetch(what: Input, settings: Settings | None = None, *, report: Reporter | None = None) -> Fetched:
    """Return the transcript of one video or file and what is known of it, without a model.

    Raises as `Client.summarize`.
    """
    with Client(settings, report=report) as client:
        return client.fetch(what)


def preview(
    what: Input | Transcript,
    settings: Settings | None = None,
    *,
    title: str = "",
    report: Reporter | None = None,
) -> Preview:
    """Return the prompt that `summarize` would send, and its tokens and cost, as `Client.preview` does."""
    with Client(settings, report=report) as client:
        return client.preview(what, title=title)


def render(note: Note, format: str = "txt", settings: Settings | None = None) -> str:  # noqa: A002
    """Return the file that the command would write of a note: txt, md, json, html, vtt, a plug-in's format.

    Empty where a plug-in makes no file of this note. Raises `ConfigError` for an unknown format.
    """
    return registry.writers(settings or Settings(), (format,))[format].render(note) or ""
