"""Video transcripts in, exact notes out.

    from vidgist import Settings, summarize

    note = summarize("talk.vtt", Settings(model="offline:"))

`summarize`, `summarize_all`, `fetch`, `render`, `search`, `ask` and `digest` are what a program calls; the
other names are the values they take and give, and the errors they raise. Each is imported when it is first
asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vidgist.api import fetch, render, summarize, summarize_all
    from vidgist.archive.ask import ask
    from vidgist.archive.digest import digest
    from vidgist.archive.search import search
    from vidgist.config import Settings
    from vidgist.errors import ItemError, RunError, SetupError, VidgistError
    from vidgist.models import (
        Answer,
        ConceptMap,
        Evidence,
        Extras,
        Failure,
        Fetched,
        Item,
        Mention,
        Note,
        OutlineEntry,
        Point,
        Segment,
        Statement,
        Summary,
        Task,
        Transcript,
        Video,
    )

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "ConceptMap",
    "Evidence",
    "Extras",
    "Failure",
    "Fetched",
    "Item",
    "ItemError",
    "Mention",
    "Note",
    "OutlineEntry",
    "Point",
    "RunError",
    "Segment",
    "Settings",
    "SetupError",
    "Statement",
    "Summary",
    "Task",
    "Transcript",
    "Video",
    "VidgistError",
    "__version__",
    "ask",
    "digest",
    "fetch",
    "render",
    "search",
    "summarize",
    "summarize_all",
]

_HOMES = {
    "Settings": "config",
    **dict.fromkeys(("ItemError", "RunError", "SetupError", "VidgistError"), "errors"),
    **dict.fromkeys(("fetch", "render", "summarize", "summarize_all"), "api"),
    "ask": "archive.ask",
    "digest": "archive.digest",
    "search": "archive.search",
}


if not TYPE_CHECKING:  # to a type checker, a name that is not imported above does not exist

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'models')}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
